"""Conflicts and the minimal aligned set of this folder: python examples/england-2026/run.py."""

from pathlib import Path

import alignment as al

system = al.read(Path(__file__).parent)
print(system)

conflicts = al.find_conflicts(system)
print(conflicts.to_text(limit=5))

proposal = al.propose(system)
print(proposal)
