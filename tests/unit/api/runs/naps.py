"""The least that children can do, for tests of which many start: nothing heavy is imported for it."""

from __future__ import annotations

import os
import time

from alignment.api.runs.question import Answered, Question
from alignment.models.progress import Progress


def napping(question: Question, progress: Progress) -> Answered:
    """Nothing, for so many seconds, with a word on it ten times a second."""
    begin = time.monotonic()
    while (past := time.monotonic() - begin) < float(question.options["seconds"]):
        progress(f"asleep for {past:.1f} s")
        time.sleep(0.1)
    return Answered({"json": str(os.getpid()).encode()})


def cold() -> None:
    """No warm-up, for children that are to answer no verb."""
