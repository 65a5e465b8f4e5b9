"""Why measures are retired: body by body what says now what each said, and what people will ask about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from alignment.conflicts.collection import Conflicts
from alignment.conflicts.residual import pushing
from alignment.index import group, positions
from alignment.models.answers.proposal import Clash, Ground, SaidTo
from alignment.verdict.clashes import clashes, total
from alignment.wording import WAYS, ask, names, number, quoted, upper_first, verb

from .adoption import Adoption, called, ids
from .programme import Programme, micro
from .standing import ITSELF, ONE, Standing, Voiced

GROUNDS: Final[Mapping[str, str]] = {
    "same": "the same figure",
    "part": "which holds it as a part",
    "overlap": "which shares its definition",
    "shows": "in which progress on it shows",
    "speaks": "which speaks for the same outcome",
}
"""Why one measure says what another said."""

NAMED: Final = 6
"""How many bodies are named where it is told who is left with what."""


class Retirements:
    """What a set lets go, and on what ground.

    Parameters
    ----------
    programme
        The programme.
    kept
        The set, by position.
    conflicts
        The conflicts that are residual.
    """

    def __init__(self, programme: Programme, kept: Collection[int], conflicts: Conflicts) -> None:
        self._programme, self._index = programme, programme.index
        self._kept, self._conflicts = frozenset(kept), conflicts
        self._least = micro(programme.options.said)
        self._voiced = group((voice.measure, voice) for voice in programme.standings.voiced)

    def said(self, at: int) -> tuple[SaidTo, ...]:
        """Who wanted something of a measure, and what says it now."""
        return tuple(self._said(voice) for voice in self._voiced.get(at, ()))

    def _said(self, voice: Voiced) -> SaidTo:
        index, who = self._index, voice.agency
        other, found, ground = self._best(voice)
        left = self._left_with(voice)
        return SaidTo(
            agency=index.agencies[who].id,
            agency_name=index.agencies[who].name,
            weight=voice.weight / ONE,
            people=voice.people > 0,
            measure=None if other is None else index.measures[other].id,
            measure_name=None if other is None else index.measures[other].name,
            ground=ground,
            standing=found.size / ONE,
            said=found.size >= self._least,
            holds=other is not None and other in index.holding_live.get(who, ()),
            left_with=ids(index, left),
            left_with_names=called(index, left),
        )

    def _best(self, voice: Voiced) -> tuple[int | None, Standing, Ground]:
        """The kept measure that says most of what a body said, how far, and why."""
        able = self._programme.standings.of(voice.agency, voice.measure)
        able = {at: each for at, each in able.items() if at in self._kept and each is not ITSELF}
        if able:
            at = min(able, key=lambda each: (-able[each].size, *self._stature(each)))
            ground = able[at].ground
            assert ground != "itself"
            return at, able[at], ground
        return self._told(voice)

    def _stature(self, at: int) -> tuple[int, bool, int]:
        """Of measures that say the same, the one held by most bodies, then one that the law wants, stands for them."""
        holders = sum(at in held for held in self._index.holding_live.values())
        return -holders, not self._index.measures[at].statutory, at

    def _told(self, voice: Voiced) -> tuple[int | None, Standing, Ground]:
        """What is told of, and counts for nothing: another side of the thing, or what the body sees itself in."""
        sight, nothing = self._programme.sight, Standing(0, "speaks")
        sides = (at for one, at in sorted(self._index.complementary) if one == voice.measure and at in self._kept)
        side = next(sides, None)
        if side is not None:
            return side, nothing, "side"
        captured = set(sight.duties.captured.get(voice.measure, ()))
        for at in sorted(self._kept):
            same = captured & set(sight.duties.captured.get(at, ()))
            if same and sight.sees(voice.agency, at, (voice.measure,)):
                return at, nothing, "sight"
        return None, nothing, "nothing"

    def _left_with(self, voice: Voiced) -> frozenset[int]:
        """Kept measures that a body is judged on, about these people, and that serve a duty that the measure served."""
        index, programme = self._index, self._programme
        held = index.holding_live.get(voice.agency, frozenset()) & self._kept
        narrow = int(index.measure_population[voice.measure])
        found: set[int] = set()
        for duty in programme.duties.by_agency.get(voice.agency, ()):
            serving = programme.sight.serving(duty)
            if voice.measure in serving:
                found |= held.intersection(serving)
        # What gets worse when the measure is pursued does not stand for it.
        found = {at for at in found if not programme.sight.harms(voice.measure, at)}
        about = index.measure_population
        return frozenset(
            at for at in found if (about[at] == narrow if not about[at] else index.contains(int(about[at]), narrow))
        )

    def ceiling(self, at: int) -> bool:
        """Whether only wishes to cap or cut a measure fall away that people would not have lower."""
        rows = self._index.by_measure.get(at, ())
        wishes = {int(self._index.targets.wish[row]) for row in rows}
        return wishes == {-1} and int(self._index.good[at]) != -1

    def brought_back(self, at: int) -> tuple[tuple[Clash, ...], float]:
        """The conflicts that keeping a measure as well would bring back, worst first, and what they add up to."""
        found = self._back.get(at, ())
        return clashes(self._conflicts, found), total(self._conflicts, found)

    @cached_property
    def _back(self) -> Mapping[int, Sequence[int]]:
        """For each measure outside the set, the conflicts that keeping it as well would bring back, by position."""
        found: list[tuple[int, int]] = []
        for at, finding in enumerate(self._conflicts.findings):
            outside = pushing(self._index, finding) - self._kept
            if len(outside) == 1:
                found.extend((measure, at) for measure in outside)
        return group(found)

    # In words

    def reason(
        self, at: int, said: Sequence[SaidTo], brought: Sequence[Clash], conflict: float, *, weighed: bool = True
    ) -> str:
        """Why a measure goes, in a few sentences; weighed, where that rests on what measures are worth."""
        row = self._index.measures[at]
        parts = ["It is dropped because that was asked."] if row.id in self._programme.options.drop else []
        parts += [*self._wanted(at), *self._grounds([each for each in said if each.said])]
        silent = [each for each in said if not each.said]
        if not said:
            parts.append("No wish on it goes the way that is better for people.")
        parts += self._unsaid(at, silent, len(said))
        if silent or not said:
            parts += self._harm(at)
        if brought and (silent or not said):
            parts.append(f"Kept, it would add {number(round(conflict, 1))} of conflict.")
        elif weighed and silent:
            parts.append("What is unsaid weighs less than a measure costs.")
        if row.statutory:
            parts.append("The law still wants it reported.")
        return f"{quoted(row.name)}: {' '.join(parts)}"

    def _wanted(self, at: int) -> Iterator[str]:
        """Who wants what of it, and whether that was given or inferred."""
        index, targets = self._index, self._index.targets
        asked: dict[tuple[str, bool], dict[str, None]] = {}
        for row in positions(index.by_measure[at]) if at in index.by_measure else ():
            mark = ask(targets.rows[row], index.measures[at]), bool(targets.rows[row].revealed)
            asked.setdefault(mark, {})[index.agencies[int(targets.agency[row])].name] = None
        for (words, inferred), who in asked.items():
            one, many = ("acts as if it wanted", "act as if they wanted") if inferred else ("wants", "want")
            yield f"{upper_first(names(list(who), NAMED))} {verb(len(who), one, many)} it {words}."

    def _grounds(self, said: Sequence[SaidTo]) -> Iterator[str]:
        """What says it now, on what ground, to whom."""
        marks = group(((each.measure_name or "", each.ground), each) for each in said)
        for (measure, ground), some in marks.items():
            yield f"{quoted(measure)}, {GROUNDS[ground]}, says it to {_named(some)}{_unheld(some)}."

    def _unsaid(self, at: int, silent: Sequence[SaidTo], wanting: int) -> Iterator[str]:
        """Whom nothing kept says it to, and what they still see of the same duty."""
        for (left, new), some in group(((each.left_with_names, self._new(each, at)), each) for each in silent).items():
            what = [f"the same duty is still read from {names([quoted(word) for word in left])}"] if left else []
            take = f"{verb(len(some), 'it', 'they')} would take on"
            what += [f"{take} {names([quoted(word) for word in new])} for that duty"] if new else []
            whom = f" to {_named(some)}" if what or len(some) < wanting else ""
            yield f"Nothing kept says it{whom}{'; ' if what else ''}{' and '.join(what)}."

    def _new(self, each: SaidTo, at: int) -> tuple[str, ...]:
        """What a body would take on for a duty that the measure served; nothing where its wish was not for people."""
        if not each.people:
            return ()
        who = self._index.agency_at[each.agency]
        new = self._adoption.proposed.get(who, frozenset()) - self._adoption.today.get(who, frozenset())
        serving = [self._programme.sight.serving(duty) for duty in self._programme.duties.by_agency.get(who, ())]
        return called(self._index, new & frozenset(one for able in serving if at in able for one in able))

    @cached_property
    def _adoption(self) -> Adoption:
        return Adoption(self._programme, self._kept)

    def _harm(self, at: int) -> Iterator[str]:
        """What pursuing a measure makes worse, by the way it is wanted; kept measures first."""
        index, found = self._index, dict[int, dict[int, None]]()
        for place in self._back.get(at, ()):
            finding = self._conflicts.findings[place]
            if len(finding.measures) == 2 and finding.measures[0] == at:
                found.setdefault(finding.sides[0].wish, {})[finding.measures[1]] = None
        for wish, harmed in sorted(found.items(), reverse=True):
            order = sorted(harmed, key=lambda each: each not in self._kept)
            words = [quoted(index.measures[each].name) for each in order]
            yield f"Wanted {WAYS[wish]}, it works against {names(words)}."


def _named(some: Sequence[SaidTo]) -> str:
    return names([each.agency_name for each in some], NAMED)


def _unheld(some: Sequence[SaidTo]) -> str:
    """Which of the bodies have no live target on what says it now."""
    without = [each.agency_name for each in some if not each.holds]
    if not without:
        return ""
    if len(without) < len(some):
        return f" ({names(without, NAMED)} {verb(len(without), 'has', 'have')} no target on it today)"
    return f", {verb(len(some), 'which has', 'who have')} no target on it today"
