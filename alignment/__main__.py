"""`python -m alignment` is the command `alignment`."""

from __future__ import annotations

from .cli import run

if __name__ == "__main__":
    run()
