"""What becomes of an answer that the judge objects to."""

from __future__ import annotations

from collections.abc import Iterable

from alignment.errors import SolverTrouble


def refuse(objections: Iterable[str]) -> None:
    """Refuse an answer that there are objections to.

    Parameters
    ----------
    objections
        What is wrong with it, in words.

    Raises
    ------
    SolverTrouble
        There are some.
    """
    found = list(objections)
    if found:
        raise SolverTrouble("The answer did not survive the judge: " + "; ".join(found))
