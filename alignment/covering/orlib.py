"""Set covering files of the OR-Library (Beasley 1990), in both of its layouts.

Numbers with any space between: rows, columns; then the cost of each column, and for each row how many columns serve it
and which, counted from 1. The railway files have it by columns: the cost of each, how many rows it serves, and which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.errors import InputError
from alignment.index import Floats, Ints
from alignment.models.faults import Fault
from alignment.models.numbers import count
from alignment.tables.guarded import content_of

HEAD: Final = "The file begins with two whole numbers: how many rows, and how many columns"


def read_cover(path: str | Path) -> tuple[Any, Floats]:
    r"""A set covering problem from a file of the OR-Library.

    Parameters
    ----------
    path
        The file, by rows (scp) or by columns (rail); which is found out.

    Returns
    -------
    tuple
        The matrix, sparse, rows x columns, and the cost of each column: what `cover` takes.

    Raises
    ------
    InputError
        Everything that is wrong with it.
    OSError
        It cannot be read.

    Examples
    --------
    >>> import alignment as al
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "small.txt"
    >>> _ = file.write_text("3 2\n4 5\n1  1\n2  1 2\n1  2\n")
    >>> matrix, costs = al.read_cover(file)
    >>> matrix.toarray()
    array([[1., 0.],
           [1., 1.],
           [0., 1.]])
    >>> al.cover(matrix, costs).cost
    9.0
    """
    numbers = _numbers(content_of(Path(path)), str(path))
    sizes = _sizes(numbers, str(path))
    by_rows = _Layout(numbers, str(path), *sizes)
    by_rows.read_rows()
    if not by_rows.faults:
        return by_rows.matrix(), by_rows.costs
    by_columns = _Layout(numbers, str(path), *sizes)
    by_columns.read_columns()
    if not by_columns.faults:
        return by_columns.matrix(), by_columns.costs
    # Which layout was meant is seen by where its lists end; in doubt it is the usual one.
    meant = by_columns if by_rows.broken and not by_columns.broken else by_rows
    raise InputError(meant.faults)


def _numbers(data: bytes, path: str) -> Floats:
    try:
        return np.array(data.split(), dtype=float)
    except ValueError:
        raise InputError(list(_not_numbers(data, path))) from None


def _not_numbers(data: bytes, path: str) -> Iterator[Fault]:
    for line, text in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
        for word in text.split():
            try:
                float(word)
            except ValueError:
                place = f"{path}, line {line}"
                yield Fault(table="file", place=place, what=f"'{word[:40]}' is no number", remedy="Only numbers go in")


def _sizes(numbers: Floats, path: str) -> tuple[int, int]:
    head = numbers[:2]
    if len(head) < 2 or not (np.isfinite(head) & (head >= 1) & (head == np.floor(head)) & (head < 2**31)).all():
        found = " ".join(f"{number:g}" for number in head) or "nothing"
        raise InputError([Fault(table="file", place=path, what=f"begins with {found}", remedy=HEAD)])
    return int(head[0]), int(head[1])


@dataclass
class _Layout:
    """One way to read the numbers of a file, and what is wrong with them then."""

    numbers: Floats
    path: str
    rows: int
    columns: int
    at: int = 2
    costs: Floats = field(default_factory=lambda: np.zeros(0))
    faults: list[Fault] = field(default_factory=list[Fault])
    ones: list[tuple[int, Ints]] = field(default_factory=list[tuple[int, Ints]])
    by_columns: bool = False
    ended: bool = False

    def read_rows(self) -> None:
        """Costs, and then the columns of each row."""
        self.costs = self._take(self.columns, f"the costs of {self.columns} columns", self.path)
        self._check_costs(self.costs, 0)
        for row in range(self.rows):
            if self.ended:
                # The head may say that there are billions.
                break
            self._list(row, f"{self.path}, row {row + 1}", "column", self.columns)
        self._check_rest()

    def read_columns(self) -> None:
        """The cost and the rows of each column."""
        self.by_columns = True
        costs: list[float] = []
        for column in range(self.columns):
            if self.ended:
                break
            place = f"{self.path}, column {column + 1}"
            cost = self._take(1, "its cost", place)
            self._check_costs(cost, column)
            costs += cost.tolist()
            self._list(column, place, "row", self.rows)
        self.costs = np.array(costs)
        self._check_rest()
        self._check_served()

    @property
    def broken(self) -> bool:
        """Whether the lists do not end where the numbers do."""
        return self.ended or self.at < len(self.numbers)

    def matrix(self) -> Any:
        """The matrix, rows x columns."""
        outer = np.repeat([at for at, _ in self.ones], [len(inner) for _, inner in self.ones])
        inner = np.concatenate([each for _, each in self.ones])
        place = (inner, outer) if self.by_columns else (outer, inner)
        return sparse.csr_array((np.ones(len(inner)), place), shape=(self.rows, self.columns))

    def _fault(self, place: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(table="file", place=place, what=what, remedy=remedy))

    def _take(self, number: int, what: str, place: str) -> Floats:
        found = self.numbers[self.at : self.at + number]
        self.at += len(found)
        if len(found) < number and not self.ended:
            self.ended = True
            self._fault(place, f"the file ends before {what}", "Fetch the whole file, or correct a count before it")
        return found

    def _check_costs(self, costs: Floats, first: int) -> None:
        for at in np.flatnonzero(~(np.isfinite(costs) & (costs >= 0))).tolist():
            place = f"{self.path}, column {first + at + 1}"
            self._fault(place, f"its cost is {costs[at]:g}", "Costs are numbers not below 0")

    def _list(self, at: int, place: str, word: str, most: int) -> None:
        """How many there are, and which."""
        head = self._take(1, f"how many {word}s it has", place)
        if not len(head):
            return
        number = float(head[0])
        if not (number >= 0 and number == np.floor(number)):
            self._fault(place, f"has {number:g} {word}s", "Counts are whole numbers")
            # Where the next list begins is anybody's guess.
            self.ended, self.at = True, len(self.numbers)
            return
        if number == 0 and not self.by_columns:
            self._fault(place, "no column serves it", "Leave the row out, or add a column")
        self._keep(at, place, self._take(int(min(number, 2**31)), f"its {number:g} {word}s", place), word, most)

    def _keep(self, at: int, place: str, found: Floats, word: str, most: int) -> None:
        fine = (found >= 1) & (found <= most) & (found == np.floor(found))
        for number in found[~fine].tolist():
            self._fault(place, f"there is no {word} {number:g}", f"The file has {word}s 1 to {most}")
        each = np.unique(found[fine]).astype(np.int64)
        if len(each) < int(fine.sum()):
            self._fault(place, f"names a {word} twice", f"Name each {word} once, and count it once")
        self.ones.append((at, each - 1))

    def _check_rest(self) -> None:
        rest = len(self.numbers) - self.at
        if rest and not self.ended:
            what = f"{count(rest, 'number is', 'numbers are')} left over at the end"
            self._fault(self.path, what, "Correct the number of rows or of columns, or a count")

    def _check_served(self) -> None:
        if self.ended:
            return
        if self.rows > len(self.numbers):
            what = f"has {self.rows:,} rows, and too few numbers to name them"
            self._fault(self.path, what, "Correct the number of rows")
            return
        served = np.zeros(self.rows, dtype=bool)
        for _, rows in self.ones:
            served[rows] = True
        for row in np.flatnonzero(~served).tolist():
            self._fault(f"{self.path}, row {row + 1}", "no column serves it", "Leave the row out, or add a column")
