"""How sure answers are: uncertain influences sampled anew many times."""
