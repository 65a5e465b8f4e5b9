"""What one's own tables leave open, and what that decides."""
