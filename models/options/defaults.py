"""What is done unless something else is asked for; plain numbers, so that whoever needs one loads nothing else."""

from __future__ import annotations

from typing import Final

LIMIT: Final = 20
"""How many sets are looked for."""

DRAWS: Final = 200
"""How many times influences are drawn anew."""

POINTS: Final = 100
"""How many points a frontier has at most."""
