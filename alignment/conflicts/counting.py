"""How many conflicts stand between which groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from alignment.index import Index, Ints
from alignment.models.options.fields import Group

from .finding import Finding

if TYPE_CHECKING:
    import pandas as pd


def count_pairs(index: Index, findings: Sequence[Finding], by: Group) -> pd.DataFrame:
    """How many conflicts, and exact pairs of targets, stand between each two groups, most conflicts first."""
    import pandas as pd

    labels: list[str] = [row.id if by == "agency" else getattr(row, by) or "(unknown)" for row in index.agencies]
    words = sorted(set(labels))
    place = {word: at for at, word in enumerate(words)}
    code = np.array([place[label] for label in labels], dtype=np.int64)
    meetings = _meetings(findings, code, len(words))
    pairs = _exact_pairs(index, findings, code, len(words))
    exact = _entries(pairs)
    rows = [
        (words[a], words[b], number, exact.get((a, b), 0)) for (a, b), number in _entries(meetings).items() if number
    ]
    rows.sort(key=lambda row: (-row[2], -row[3], row[0], row[1]))
    return pd.DataFrame(rows, columns=["a", "b", "conflicts", "pairs"])


def _entries(matrix: Any) -> dict[tuple[int, int], int]:
    """The entries of a symmetric sparse matrix by place, each pair once."""
    entries: Any = sparse.coo_array(matrix)
    ones, twos = entries.coords
    return {(int(a), int(b)): int(number) for a, b, number in zip(ones, twos, entries.data, strict=True) if a <= b}


def _meetings(findings: Sequence[Finding], code: Ints, size: int) -> Any:
    """How many findings stand between each two groups (size x size, both ways round)."""
    present: list[set[int]] = []
    alone: list[set[int]] = []
    for finding in findings:
        parts = [{int(code[who]) for who in part} for part in finding.parties]
        times = Counter(group for part in parts for group in part)
        present.append(set(times))
        alone += [{group for group in part if times[group] == 1} for part in parts]
    # Two groups in one finding meet in it, unless both stand in the same part of it and in no other.
    together, beside = _incidence(present, size), _incidence(alone, size)
    return sparse.csr_array(together.T @ together - beside.T @ beside)


def _incidence(groups: Sequence[set[int]], size: int) -> Any:
    rows = [at for at, members in enumerate(groups) for _ in members]
    columns = [member for members in groups for member in members]
    return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(groups), size))


def _exact_pairs(index: Index, findings: Sequence[Finding], code: Ints, size: int) -> Any:
    """How many exact pairs of targets pull apart between each two groups (size x size, both ways round)."""
    whose = code[index.targets.agency]
    blocks = [block for finding in findings for block in finding.pair_blocks()]
    left, right = (_counted([whose[block[side]] for block in blocks], size) for side in (0, 1))
    cross = left.T @ right
    return sparse.csr_array(cross + cross.T - sparse.diags_array(cross.diagonal(), dtype=np.int64))


def _counted(groups: Sequence[Ints], size: int) -> Any:
    rows = np.repeat(np.arange(len(groups)), [len(members) for members in groups])
    columns = np.concatenate(groups) if groups else np.array([], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return sparse.coo_array((ones, (rows, columns)), shape=(len(groups), size)).tocsr()
