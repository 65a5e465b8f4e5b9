r"""What moving one measure does to another: net effects, strongest paths, confidence.

The net effect along walks of at most K influences, each further step halved, is

.. math:: N = \sum_{k=1}^{K} \delta^{k-1} A R^{k-1}

with A the direct effects in steps per step (Weitz, Carlsen, Nilsson and Skanberg 2018, second order: K = 2 and
delta = 1/2), own and borrowed from twins, and R those with which a walk can go on (`links.py`; without twins both are
E). Longer walks may weaken a direct effect, but never turn its sign: N that would is 0. Between measures that are
declared complementary no effect is read. Everything is sparse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import FrozenInstanceError, dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, cast

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from alignment.errors import DivergentEffects, UnknownWord
from alignment.index import Index
from alignment.models.answers.answer import Answer, Frames, Record
from alignment.models.answers.effects import EffectsTable, NetEffect
from alignment.models.answers.frame import beside, frame_of
from alignment.models.answers.layout import SHOWN, grid
from alignment.models.memory import Memory
from alignment.models.options.fields import DECLARED, Counting, Walks
from alignment.models.system import System, count
from alignment.models.system.links import Influence
from alignment.models.system.measures import Overlap
from alignment.options.verb import verb

from .links import DIGITS, Link, Links, links_of

NEGLIGIBLE: Final = 1e-12
"""Terms of the full series below this are left out."""


@dataclass(frozen=True)
class Effect:
    """What moving one measure does to another.

    Attributes
    ----------
    net
        Steps of the second measure per step of the first, over all walks.
    path
        The influences of the strongest walk that pushes the way the net effect pushes, in order.
    overlaps
        The rows by which that walk goes over a measure that is read twice.
    confidence
        That of the weakest link of the path, 0 to 1.
    mixed
        Share of the larger sign among the contributions of all walks, 1/2 to 1; blank when all have one sign.
    """

    net: float
    path: tuple[Influence, ...]
    confidence: float
    mixed: float | None
    overlaps: tuple[Overlap, ...] = ()


class NetEffects(Answer):
    """The net effects of a system, by measure; build it with `net_effects`.

    It holds a system, steps, decay and evidence; everything else follows from them, so that is all that equals,
    travels and is copied.
    """

    record: Record | None
    """How it came about."""
    index: Index
    """The system as arrays."""
    steps: int
    """The longest walk that counts; 0 is all. Unit: influences."""
    decay: float
    """What each further influence of a walk is multiplied by."""
    evidence: Counting
    """Which influences count of two measures with estimated and other ones."""
    positive: Any
    """What walks add to net effects (n x n, steps per step)."""
    negative: Any
    """What they take away."""
    _links: Links
    _further: Links
    _searched: dict[int, dict[tuple[int, int], tuple[float, tuple[int, ...]]]]

    def __init__(self, index: Index, steps: int, decay: float, evidence: Counting = DECLARED) -> None:
        size, (links, further) = len(index.measures), links_of(index, evidence)
        first, rest = (tuple(_matrix(size, each, sign) for sign in (1, -1)) for each in (links, further))
        positive, negative = (_apart(each, index.complementary) for each in _series(first, rest, steps, decay))
        self._hold(record=None, index=index, steps=steps, decay=decay, evidence=evidence)
        self._hold(positive=positive, negative=negative, _links=links, _further=further, _searched={})

    def _hold(self, **facts: Any) -> None:
        cast("dict[str, Any]", self.__dict__).update(facts)

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    @cached_property
    def net(self) -> Any:
        """N as a sparse matrix, rows and columns in the order of measure ids (n x n, steps per step)."""
        matrix = sparse.csr_array(self.positive - self.negative)
        # Walks that cancel leave a rounding error behind, which is no effect; 0.2 is 0.2 whatever it was made of.
        matrix.data = np.round(matrix.data, DIGITS)
        matrix = sparse.csr_array(matrix - matrix * (matrix * self._ways < 0))
        matrix.eliminate_zeros()
        matrix.sort_indices()
        return matrix

    @property
    def _ways(self) -> Any:
        """The sign of every direct effect (sparse, n x n)."""
        entries = [(one, two, np.sign(size)) for one, row in self.direct.items() for two, size in row.items()]
        return _sparse(entries, len(self.index.measures))

    @cached_property
    def with_itself(self) -> Any:
        """I + N as a sparse matrix: what a step on each measure does to all."""
        return sparse.csr_array(sparse.eye_array(self.net.shape[0], format="csr") + self.net)

    @cached_property
    def direct(self) -> dict[int, dict[int, float]]:
        """A by source and target position: own effects, and those borrowed from twins."""
        return {
            source: {target: size for target, link in row.items() if (size := round(link.steps, DIGITS))}
            for source, row in self._links.items()
        }

    def between(self, source: str, target: str) -> Effect | None:
        """What moving one measure does to another; nothing when no walk leads there.

        Parameters
        ----------
        source, target
            Ids of measures.

        Examples
        --------
        >>> import alignment as al
        >>> effects = al.net_effects(al.read(al.example("winter-pressure")))
        >>> effects.between("no-such", "measure")
        Traceback (most recent call last):
        ...
        alignment.errors.UnknownWord: 'no-such' is not a measure. ...
        """
        for word in (source, target):
            if word not in self.index.measure_at:
                raise UnknownWord(word, self.index.measure_at, "a measure")
        return self.at(self.index.measure_at[source], self.index.measure_at[target])

    def at(self, source: int, target: int) -> Effect | None:
        """`between`, by position."""
        up, down = float(self.positive[source, target]), float(self.negative[source, target])
        net = float(self.net[source, target])
        # Where longer walks would have turned the sign, what is direct is shown.
        nodes = self.walk(source, target, 1 if (net or self.direct.get(source, {}).get(target, 0.0)) > 0 else -1)
        if nodes is None:
            return None
        return Effect(
            net=net,
            path=self.rows(nodes),
            confidence=self.confidence(nodes),
            mixed=max(up, down) / (up + down) if up and down else None,
            overlaps=self.overlaps(nodes),
        )

    def walk(self, source: int, target: int, sign: int) -> tuple[int, ...] | None:
        """The strongest walk of that sign, as positions of measures; the shorter, then the first by id, of equals."""
        if (source, target) in self.index.complementary:
            return None
        if source not in self._searched:
            self._searched[source] = self._search(source)
        found = self._searched[source].get((target, sign))
        return None if found is None else found[1]

    def link(self, source: int, target: int) -> Link:
        """The direct effect of one measure on another; there has to be one."""
        return self._links[source][target]

    def links(self, nodes: tuple[int, ...]) -> tuple[Link, ...]:
        """The direct effects along a walk."""
        first = [self._links[one][two] for one, two in pairwise(nodes[:2])]
        return (*first, *(self._further[one][two] for one, two in pairwise(nodes[1:])))

    def rows(self, nodes: tuple[int, ...]) -> tuple[Influence, ...]:
        """The influences along a walk, parallel ones together."""
        return tuple(row for link in self.links(nodes) for row in link.influences)

    def overlaps(self, nodes: tuple[int, ...]) -> tuple[Overlap, ...]:
        """The overlaps by which a walk goes over measures that are read twice."""
        return tuple(row for link in self.links(nodes) for row in link.overlaps if row is not None)

    def confidence(self, nodes: tuple[int, ...]) -> float:
        """That of the weakest link of a walk."""
        return min(link.confidence for link in self.links(nodes))

    def years(self, nodes: tuple[int, ...]) -> float:
        """How long it takes along a walk, as far as anybody says; of parallel influences the slowest. Unit: years."""
        return sum(link.years for link in self.links(nodes))

    def _search(self, source: int) -> dict[tuple[int, int], tuple[float, tuple[int, ...]]]:
        # The strongest walk to each measure and of each sign, one influence longer in each round. Without a limit
        # of steps it ends too: the series converges, so going round a loop makes a walk weaker.
        best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        edge: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(source, 1): (1.0, (source,))}
        rounds = self.steps or 2 * len(self.index.measures)
        for at in range(rounds):
            links = self._further if at else self._links
            longer: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
            for (node, sign), (product, nodes) in sorted(edge.items()):
                for target, link in links.get(node, {}).items():
                    end = (target, sign if link.steps > 0 else -sign)
                    reach = product * abs(link.steps)
                    if _stronger(reach, longer.get(end)):
                        longer[end] = (reach, (*nodes, target))
            if self.steps:
                edge = longer
            else:
                edge = {end: walk for end, walk in longer.items() if _stronger(walk[0], best.get(end))}
            for end, walk in longer.items():
                if _stronger(walk[0], best.get(end)):
                    best[end] = walk
            if not edge:
                break
        return best

    @property
    def frames(self) -> Frames:
        """Tables by name: ``effects``."""
        return {"effects": self._effects}

    def _effects(self) -> pd.DataFrame:
        """A row for each net effect, by source, then target.

        Returns
        -------
        pandas.DataFrame
            ``source`` (id of the measure that is moved), ``source_name``, ``target`` (id of the measure that moves with
            it), ``target_name``, ``direct``, ``net`` (float, steps per step), ``confidence`` (float, 0 to 1), ``mixed``
            (float, 1/2 to 1, or blank), ``path`` (ids along the strongest walk, joined by " > "), ``path_names``
            (joined in the same way).
        """
        called = {row.id: row.name for row in self.index.measures}
        rows = [
            beside(row, path=" > ".join(row.path), path_names=" > ".join(called[each] for each in row.path))
            for row in self.rows_of_all()
        ]
        return frame_of(rows, (*NetEffect.model_fields, "path_names"))

    def _title(self) -> str:
        effects = count(self.net.nnz, "net effect", "net effects")
        return f"{effects} between {count(len(self.index.measures), 'measure', 'measures')}"

    def _glimpse(self) -> pd.DataFrame:
        return self._largest()[["source_name", "target_name", "direct", "net", "confidence", "path_names"]]

    def _largest(self) -> pd.DataFrame:
        """Every net effect, the largest first."""
        rows = self._effects()
        return rows.loc[rows["net"].abs().sort_values(ascending=False, kind="stable").index]

    def rows_of_all(self) -> Iterator[NetEffect]:
        """Every net effect, by source, then target."""
        coo = self.net.tocoo()
        sources, targets = (each.tolist() for each in coo.coords)
        # Of no places at all scipy gives no array.
        ups, downs = (
            np.asarray(part[coo.coords]).ravel().tolist() if len(sources) else []
            for part in (self.positive, self.negative)
        )
        rows = zip(sources, targets, coo.data.tolist(), ups, downs, strict=True)
        ids = [row.id for row in self.index.measures]
        order = cast("Iterable[tuple[int, int, float, float, float]]", rows)
        for source, target, net, up, down in sorted(order, key=lambda row: (ids[row[0]], ids[row[1]])):
            nodes = self.walk(source, target, 1 if net > 0 else -1)
            assert nodes is not None
            yield NetEffect(
                source=ids[source],
                source_name=self.index.measures[source].name,
                target=ids[target],
                target_name=self.index.measures[target].name,
                direct=self.direct.get(source, {}).get(target, 0.0),
                net=net,
                confidence=self.confidence(nodes),
                mixed=max(up, down) / (up + down) if up and down else None,
                path=tuple(ids[node] for node in nodes),
            )

    def document(self) -> EffectsTable:
        """The net effects as plain data."""
        return EffectsTable(
            record=self.record,
            system=self.index.system.hash,
            steps=self.steps,
            decay=self.decay,
            evidence=self.evidence,
            effects=tuple(self.rows_of_all()),
        )

    def _lines(self, width: int) -> Iterator[str]:
        size = len(self.index.measures)
        yield f"{count(size, 'measure', 'measures')}, {count(self.net.nnz, 'net effect', 'net effects')}:"
        shown = self._largest()[["source", "target", "net", "confidence", "path"]]
        yield from grid(shown, width, SHOWN)

    def __repr__(self) -> str:
        return f"<NetEffects of {len(self.index.measures)} measures: {self.net.nnz} pairs, K={self.steps}>"

    @property
    def _facts(self) -> tuple[System, int, float, Counting, Record | None]:
        return self.index.system, self.steps, self.decay, self.evidence, self.record

    def __eq__(self, other: object) -> bool:
        return self._facts[:4] == other._facts[:4] if isinstance(other, NetEffects) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.index.system, self.steps, self.decay, self.evidence))

    def __copy__(self) -> NetEffects:
        twin = NetEffects.__new__(NetEffects)
        twin._hold(**self.__dict__)
        return twin

    def __deepcopy__(self, memo: Any) -> NetEffects:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, self._facts


def _again(system: System, steps: int, decay: float, evidence: Counting, record: Record | None) -> NetEffects:
    """The same net effects in another process."""
    found = effects_of(system, steps, decay, evidence)
    return found if record is None else found.recorded(record)


@verb(Walks, "steps", "decay", "evidence")
def net_effects(system: System, asked: Walks) -> NetEffects:
    """What moving each measure does to every other, along walks of influences.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    NetEffects
        Net effects in steps per step, with the strongest path, the confidence and the mixed share of any pair.

    Raises
    ------
    OptionError
        An option is out of its range.
    DivergentEffects
        With ``steps=0``, decay times the spectral radius of abs(E) is not below 1.

    References
    ----------
    Weitz, Carlsen, Nilsson, Skanberg (2018). Towards systemic and contextual priority setting for
    implementing the 2030 Agenda. Sustainability Science 13.

    Examples
    --------
    >>> import alignment as al
    >>> al.net_effects(al.read(al.example("london-2018")))
    <NetEffects of 55 measures: 299 pairs, K=2>
    """
    return effects_of(system, asked.steps, asked.decay, asked.evidence)


def effects_of(system: System, steps: int, decay: float, evidence: Counting = DECLARED) -> NetEffects:
    """The net effects of a system, kept with it.

    Parameters
    ----------
    system
        The system.
    steps, decay
        K and delta.
    evidence
        Which influences count of two measures with estimated and other ones.
    """
    kept = system.derive(_effects_so_far)
    return kept.get((steps, decay, evidence), lambda: NetEffects(system.derive(Index), steps, decay, evidence))


MOST_EFFECTS: Final = 8
"""For how many options the effects are kept with a system."""


def _effects_so_far(_: System) -> Memory[NetEffects]:
    """The effects asked for last."""
    return Memory[NetEffects](MOST_EFFECTS)


def _apart(matrix: Any, pairs: Iterable[tuple[int, int]]) -> Any:
    """A matrix without the cells of some pairs."""
    cells = [each for each in pairs if matrix[each]]
    if not cells:
        return matrix
    found = matrix.tolil()
    for each in cells:
        found[each] = 0.0
    return sparse.csr_array(found.tocsr())


def _stronger(reach: float, than: tuple[float, tuple[int, ...]] | None) -> bool:
    """Whether a walk is stronger than the best so far; what differs by the noise of decimals is as strong."""
    return round(reach, DIGITS) > (0.0 if than is None else round(than[0], DIGITS))


def _matrix(size: int, links: Links, sign: int) -> Any:
    parts = ((one, two, link.part(sign)) for one, row in links.items() for two, link in row.items())
    return _sparse([each for each in parts if each[2]], size)


def _sparse(entries: Sequence[tuple[int, int, float]], size: int) -> Any:
    sources, targets, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_array((np.array(values, float), (sources, targets)), shape=(size, size))


def _series(first: tuple[Any, ...], rest: tuple[Any, ...], steps: int, decay: float) -> tuple[Any, Any]:
    """Contributions of walks of each sign, positive and negative apart."""
    up, down = rest
    if steps == 0:
        radius = decay * spectral_radius(up + down)
        if radius >= 1:
            raise DivergentEffects(radius)
    positive, negative = first
    term_up, term_down = first
    k = 1
    while steps == 0 or k < steps:
        term_up, term_down = (
            decay * (term_up @ up + term_down @ down),
            decay * (term_up @ down + term_down @ up),
        )
        if steps == 0:
            term_up, term_down = _without_dust(term_up), _without_dust(term_down)
        if not term_up.nnz and not term_down.nnz:
            break
        positive, negative = positive + term_up, negative + term_down
        k += 1
    return sparse.csr_array(positive), sparse.csr_array(negative)


def _without_dust(matrix: Any) -> Any:
    matrix = sparse.csr_array(matrix)
    matrix.data[matrix.data < NEGLIGIBLE] = 0.0
    matrix.eliminate_zeros()
    return matrix


def spectral_radius(matrix: Any) -> float:
    """The spectral radius of a sparse matrix without negative entries.

    Measures that influence each other in circles are taken one circle at a time: only there can effects
    reinforce each other, and there power iteration of A + I gives bounds from both sides (Collatz and Wielandt).

    Parameters
    ----------
    matrix
        Sparse, n x n, no entry below 0.

    Returns
    -------
    float
        To nine digits.

    Examples
    --------
    >>> spectral_radius(sparse.csr_array([[0.0, 4.0], [0.25, 0.0]]))
    1.0
    >>> spectral_radius(sparse.csr_array([[0.0, 4.0], [0.0, 0.0]]))
    0.0
    """
    matrix = sparse.csr_array(matrix)
    number, labels = csgraph.connected_components(matrix, directed=True, connection="strong")
    largest = 0.0
    sizes = np.bincount(labels, minlength=number)
    loops = matrix.diagonal()
    alone = sizes[labels] == 1
    if alone.any():
        largest = float(loops[alone].max())
    for label in np.flatnonzero(sizes > 1):
        nodes = np.flatnonzero(labels == label)
        largest = max(largest, _radius_of_circle(matrix[nodes][:, nodes]))
    return round(largest, 9)


def _radius_of_circle(matrix: Any) -> float:
    vector = np.ones(matrix.shape[0])
    middle = 0.0
    for _ in range(100_000):
        image = matrix @ vector + vector
        ratios = image / vector
        low, high = float(ratios.min()) - 1, float(ratios.max()) - 1
        middle = (low + high) / 2
        if high - low <= 1e-11 * max(1.0, high):
            break
        vector = np.maximum(image / image.max(), 1e-300)
    return middle
