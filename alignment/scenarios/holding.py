r"""What the targets that a change takes away were holding: help that is lost, and who is left unguarded.

A target t of weight w(t) on measure i helps a target u of another agency on measure j as alignment counts it:

.. math:: w(t) w(u) \max(0, g(t) (I + N)_{ij} g(u))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from alignment.effects.net_effects import effects_of
from alignment.index import Index, Ints, positions
from alignment.models.answers.what_if import Edit, Holding
from alignment.wording import WAYS, ask, lower_first, names, number, upper_first, verb

from .state import State

LIMIT: Final = 8
"""How many bodies or measures a sentence names."""


def holdings(before: State, after: State, edits: Iterable[Edit]) -> tuple[Holding, ...]:
    """What each target that is gone was holding, in the order of the edits.

    Parameters
    ----------
    before, after
        The system before and after.
    edits
        What the changes did to each row.
    """
    gone = [edit for edit in edits if edit.table == "targets" and edit.what == "removed"]
    if not gone:
        return ()
    found = _Held(before, after)
    told = [each for edit in gone for each in found.of_target(edit)]
    return (*told, *found.of_all(gone))


class _Held:
    def __init__(self, before: State, after: State) -> None:
        self.before, self.after = before, after
        options = before.options
        self.index = before.counted.derive(Index)
        self.later = after.counted.derive(Index)
        self.reach = effects_of(before.counted, options.steps, options.decay, options.evidence).with_itself
        self.place = {key: at for at, key in enumerate(self.index.targets.keys)}
        self.left = {(self.later.measures[measure].id, wish) for measure, wish in self.later.by_wish}

    def of_target(self, edit: Edit) -> Iterator[Holding]:
        """The help that one target gave, and the good that its wish did."""
        at = self.place.get(edit.row)
        if at is None:
            return
        yield from self._help(edit, at)
        yield from self._pushed(edit, at)

    def _row(self, at: int) -> tuple[Ints, Mapping[int, float]]:
        """The measures that a target's measure moves, itself first, and what a step on it does to each."""
        line = self.reach[[int(self.index.targets.measure[at])]]
        return line.indices, dict(zip(line.indices.tolist(), line.data.tolist(), strict=True))

    def _help(self, edit: Edit, at: int) -> Iterator[Holding]:
        rows, (_, effects) = self.index.targets, self._row(at)
        wish, weight, own = int(rows.wish[at]), float(rows.weight[at]), int(rows.agency[at])
        helped: dict[int, float] = {}
        for measure, effect in effects.items():
            for other in positions(self.index.by_measure.get(measure, np.zeros(0, dtype=np.int64))):
                who = int(rows.agency[other])
                if who != own and self.index.agencies[who].id in self.later.agency_at:
                    far = weight * float(rows.weight[other]) * wish * effect * int(rows.wish[other])
                    helped[who] = helped.get(who, 0.0) + max(0.0, far)
        ordered = sorted(((far, who) for who, far in helped.items() if round(far, 6) > 0), key=lambda e: (-e[0], e[1]))
        if ordered:
            bodies = [self.index.agencies[who] for _, who in ordered]
            told = [f"{row.name} ({number(far)})" for row, (far, _) in zip(bodies, ordered, strict=True)]
            total = round(sum(far for far, _ in ordered), 6)
            yield Holding(
                change=edit.change,
                what="help",
                target=edit.row,
                agencies=tuple(row.id for row in bodies),
                agency_names=tuple(row.name for row in bodies),
                measures=(),
                names=(),
                amount=total,
                sentence=f"{self._wish(at)}: that helped the wishes of {names(told, LIMIT)}.",
            )

    def _pushed(self, edit: Edit, at: int) -> Iterator[Holding]:
        """The measures that its wish moved the way that is better for people, where nobody else pushes the same way."""
        rows, index = self.index.targets, self.index
        measure, wish = int(rows.measure[at]), int(rows.wish[at])
        if (index.measures[measure].id, wish) in self.left:
            return
        _, effects = self._row(at)
        far = self.before.options.tolerance
        good = sorted(
            (index.measures[other].name, other)
            for other, effect in effects.items()
            if other != measure and wish * effect * int(index.good[other]) > far
        )
        if good and wish:
            told = names([lower_first(name) for name, _ in good], LIMIT)
            own = lower_first(index.measures[measure].name)
            yield Holding(
                change=edit.change,
                what="push",
                target=edit.row,
                agencies=(),
                agency_names=(),
                measures=tuple(index.measures[other].id for _, other in good),
                names=tuple(name for name, _ in good),
                amount=None,
                sentence=f"Nobody else wants {own} {WAYS[wish]}, which moves {told} the way that is better for people.",
            )

    def of_all(self, gone: Iterable[Edit]) -> Iterator[Holding]:
        """What all of them together were guarding: measures without any target now, and what harms them."""
        at = {edit.row: edit.change for edit in gone}
        held: dict[str, list[str]] = {}
        for key in at:
            if key in self.place:
                measure = self.index.measures[int(self.index.targets.measure[self.place[key]])].id
                held.setdefault(measure, []).append(key)
        live = {self.later.measures[measure].id for measure in self.later.by_measure}
        bare = sorted(name for name in held if name not in live and name in self.later.measure_at)
        if bare:
            called = [self.after.names[name] for name in bare]
            yield Holding(
                change=at[held[bare[0]][0]],
                what="target",
                target=None,
                agencies=(),
                agency_names=(),
                measures=tuple(bare),
                names=tuple(called),
                amount=None,
                sentence=f"Nobody has a target on {names([lower_first(name) for name in called], LIMIT)} any more.",
            )
        for measure in bare:
            yield from self._unguarded(measure, at[held[measure][0]])

    def _unguarded(self, measure: str, change: int) -> Iterator[Holding]:
        """What nobody guards a measure against now: unguarded findings on it that are new."""
        found = [
            self.after.conflicts[at]
            for name, at in self.after.places.items()
            if name not in self.before.places
            and self.after.conflicts[at].kind == "unguarded"
            and self.after.conflicts[at].measures[-1] == measure
        ]
        if not found:
            return
        who = sorted({agency for each in found for side in each.sides for agency in side.agencies})
        called = {row.id: row.name for row in self.later.agencies}
        pushes = sorted({self._push(side.measure or "", side.wish or "hold") for each in found for side in each.sides})
        yield Holding(
            change=change,
            what="guard",
            target=None,
            agencies=tuple(who),
            agency_names=tuple(called[name] for name in who),
            measures=(measure,),
            names=(self.after.names[measure],),
            amount=None,
            sentence=(
                f"{upper_first(lower_first(self.after.names[measure]))} is left unguarded against pushing "
                f"{names(pushes, LIMIT)}, as {names([called[name] for name in who], LIMIT)} "
                f"{verb(len(who), 'does', 'do')}."
            ),
        )

    def _push(self, measure: str, way: str) -> str:
        return f"{lower_first(self.after.names[measure])} {way}"

    def _wish(self, at: int) -> str:
        rows, index = self.index.targets, self.index
        measure, who = index.measures[int(rows.measure[at])], index.agencies[int(rows.agency[at])]
        return f"{upper_first(who.name)} no longer wants {lower_first(measure.name)} {ask(rows.rows[at], measure)}"
