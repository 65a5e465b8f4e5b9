"""What can be asked: one type for each verb."""
