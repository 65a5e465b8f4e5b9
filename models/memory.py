"""What was worked out once and is kept: a bounded memory that threads can share."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Final, Generic, TypeVar, cast

Kept = TypeVar("Kept")

LEFT: Final = object()
"""Stands where nothing was worked out yet."""


class Memory(Generic[Kept]):
    """Things by what they were worked out of. Of more than it holds, the one not asked for longest is forgotten.

    Each is made once, also where several threads ask at once: the others wait for it, while other things go on being
    made. Where making fails, whoever asks next tries again.

    Parameters
    ----------
    most
        How many things it holds, from 1.

    Examples
    --------
    >>> squares = Memory[int](most=2)
    >>> squares.get(3, lambda: 3**2)
    9
    >>> squares.get(3, lambda: 0), len(squares)
    (9, 1)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The thing of a key, made if it is not there.

        Parameters
        ----------
        key
            What it is worked out of.
        make
            Makes it.
        """
        return cast("Kept", self._place(key).thing(make))

    def put(self, key: Hashable, thing: Kept) -> None:
        """Keep a thing that somebody has already."""
        self._place(key).fill(thing)

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            if len(self._places) > self._most:
                self._places.popitem(last=False)
            return place

    def __len__(self) -> int:
        return len(self._places)


class _Place:
    """Where one thing is, once it is made."""

    def __init__(self) -> None:
        # A thing that asks for itself while it is made ends as endless recursion, not as endless waiting.
        self._lock = RLock()
        self._held: object = LEFT

    def thing(self, make: Callable[[], object]) -> object:
        if self._held is LEFT:
            with self._lock:
                if self._held is LEFT:
                    self._held = make()
        return self._held

    def fill(self, thing: object) -> None:
        with self._lock:
            self._held = thing
