"""How fast, against what an analyst would write instead, and how large: ``python benchmarks/run.py [--quick]``."""

from __future__ import annotations

import sys
from pathlib import Path

# A script finds its own folder first; the benchmarks are imported as one package, by their children too.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import main

if __name__ == "__main__":
    main(sys.argv[1:])
