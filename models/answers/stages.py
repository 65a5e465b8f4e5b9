"""Words: the stages of an aligned set, and how a measure belongs to the best sets."""

from __future__ import annotations

from typing import Literal

StageName = Literal[
    "gaps", "lost", "toll", "left", "conflict", "burden", "price", "voice", "unsaid", "holders", "first"
]
"""What is made small, in this order unless wished otherwise; the last chooses among sets that are as good."""

Member = Literal["every", "some", "none", "unknown"]
"""In which of the best sets a measure is; unknown where the search ended before that was proved."""
