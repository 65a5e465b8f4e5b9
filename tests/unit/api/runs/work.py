"""What children of these tests do besides answering verbs: what takes long, much memory, or must not be seen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, cast

from alignment.api.runs.answering import answer
from alignment.api.runs.question import Answered, Question
from alignment.models.progress import Progress

if TYPE_CHECKING:
    from alignment.linear import Linear


def doing(question: Question, progress: Progress) -> Answered:
    """One of the deeds below, or a verb."""
    deed = DEEDS.get(question.verb)
    return answer(question, progress) if deed is None else deed(question, progress)


# What only some of them need is loaded where it is, as every child that a test starts waits for all that stands above.


def hard(columns: int, rows: int) -> Linear:
    """Cover each of many rows twice: HiGHS proves nothing of it for minutes."""
    import numpy as np
    from scipy import sparse

    from alignment.linear import Linear

    dice = np.random.default_rng(1)
    made: Any = sparse.random_array((rows, columns), density=12 / columns, rng=dice)
    matrix = made.tocsr()
    matrix.data[:] = 1
    twice = np.where(np.asarray(matrix.sum(axis=1)).ravel() >= 2, 2.0, 0.0)
    costs = dice.integers(5, 15, columns).astype(float)
    every = np.ones(columns)
    return Linear(costs, matrix, twice, np.full(rows, np.inf), 0 * every, every, every.astype(bool))


def solve(question: Question, progress: Progress) -> Answered:
    """A hard programme, within the clock that it is given."""
    from alignment.solver import Aim, Clock, minimise

    progress("solving")
    size = int(question.options.get("columns", 3000))
    clock = Clock(1000).part(1, Aim("burden", 1e9))
    outcome = minimise(hard(size, size // 2), clock)
    return Answered({"json": b"%r" % outcome.bound}, outcome.stopped)


def stubborn(_: Question, progress: Progress) -> Answered:
    """Work that hears nothing."""
    progress("not listening")
    while True:
        sum(range(1_000_000))


def hog(question: Question, progress: Progress) -> Answered:
    """Memory, bit by bit or at once."""
    progress("growing")
    if question.options.get("once"):
        return Answered({"json": bytes(int(question.options["once"]))})
    held = list[bytes]()
    while True:
        held.append(b"1" * 16_000_000)
        time.sleep(0.02)


def nap(question: Question, progress: Progress) -> Answered:
    """Nothing, for so many seconds."""
    progress("asleep")
    end = time.monotonic() + float(cast("float", question.options["seconds"]))
    while time.monotonic() < end:
        time.sleep(0.01)
    return Answered({"json": str(os.getpid()).encode()})


def chatter(_: Question, progress: Progress) -> Answered:
    """Words to whoever may be listening, in Python and below it."""
    print("SECRET of a council")  # noqa: T201
    sys.stderr.write("SECRET of a council\n")
    os.write(1, b"SECRET of a council\n")
    subprocess.run(["sh", "-c", "echo SECRET of a council; echo SECRET of a council >&2"], check=True)
    sys.stdout.flush()
    return Answered({"json": b"done"})


def parent(_: Question, progress: Progress) -> Answered:
    """A process of its own, as CBC is one."""
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    progress(str(started.pid))
    time.sleep(600)
    return Answered({})


def dies(_: Question, progress: Progress) -> Answered:
    """What a fault below Python does to its process."""
    os._exit(139)


def fail(_: Question, __: Progress) -> Answered:
    raise KeyError("SECRET of a council")


DEEDS = {
    "hard": solve,
    "stubborn": stubborn,
    "hog": hog,
    "nap": nap,
    "chatter": chatter,
    "fail": fail,
    "parent": parent,
    "dies": dies,
}


def cold() -> None:
    """No warm-up, for children that are to answer no verb."""
