"""Where targets pull apart: findings of every kind, in words and with evidence."""
