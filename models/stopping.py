"""Why a search ended: one word for every answer."""

from __future__ import annotations

from typing import Literal

Stopped = Literal["finished", "time limit", "interrupted", "solvers disagree"]
"""By itself; out of time; by Ctrl-C or because nobody waits any more; or without a proof, as what solvers said of it
could not be true, whichever way they were asked."""
