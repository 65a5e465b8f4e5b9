"""How the tables came to be, a file a change: Alembic reads `env.py`, then the files of `versions/` in their order."""
