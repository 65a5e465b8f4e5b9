"""What a set of measures means for one organisation, in words: what it keeps, takes on and gives up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from alignment.aligned_set.retirements import GROUNDS
from alignment.conflicts.naming import when
from alignment.index import Index, group
from alignment.models.answers.answer import Stop
from alignment.models.answers.proposal import SaidTo
from alignment.models.answers.view import Part, SetLine
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress
from alignment.models.system import System
from alignment.models.system.measures import Target
from alignment.options.weighing import weighed
from alignment.wording import WAYS, ask, count, in_words, names, quantity, quoted

from .chosen_set import Found, Harm, given_set, proposed_set
from .plain import plainly

AGREED: Final = 3
"""So many targets to agree on are told; the others are counted."""


def set_seen(
    system: System,
    options: Options,
    measures: Sequence[str] | None,
    who: int,
    part_of: Callable[[int], Part],
    progress: Progress,
) -> SetSeen:
    """What a set means for an organisation.

    Parameters
    ----------
    system
        The system.
    options
        What is asked of the set.
    measures
        The set, by id; none is the proposed one.
    who
        The organisation, by position.
    part_of
        What it has to do with a measure that it works to today.
    progress
        Told in words what is being done.

    Raises
    ------
    UnknownWord
        A measure is not known.
    NoAlignedSet
        No set was given, and none meets all wishes.
    """
    index = weighed(system, options).derive(Index)
    if measures is None:
        found = proposed_set(system, index, options, who, progress)
    else:
        found = given_set(system, options, measures, who)
    return SetSeen(index, who, found, part_of, proposed=measures is None)


class SetSeen:
    """What a set means for one organisation.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    found
        The set.
    part_of
        What the organisation has to do with a measure that it works to today.
    proposed
        Whether it is the proposed one.
    """

    def __init__(self, index: Index, who: int, found: Found, part_of: Callable[[int], Part], *, proposed: bool) -> None:
        self._index, self._found, self._part_of = index, found, part_of
        self._set = "proposed set" if proposed else "given set"
        self.measures, self.clashes = found.measures, found.clashes
        self.stopped: Stop = found.stopped
        self._agency = index.agencies[who].id
        voice = next((row for row in found.voices if row.agency == self._agency), None)
        self.voice = (0, 0) if voice is None else (voice.before, voice.after)
        self.lines = tuple(self._lines())

    def _lines(self) -> Iterator[SetLine]:
        row = self._found.adopter
        if row is not None:
            yield from (self._kept(measure) for measure in row.keeps)
            yield from (self._new(measure) for measure in row.takes_on)
            yield from (self._gone(measure) for measure in row.gives_up)

    def _kept(self, measure: str) -> SetLine:
        one = self._found.targets.get(measure)
        differs = one is not None and one.basis != "agreed"
        return self._line(measure, "keeps", one.sentence if one is not None and differs else "", negotiate=differs)

    def _new(self, measure: str) -> SetLine:
        sentence = f"It takes on {self._name(measure)}: of what is kept, that says most of a duty of its."
        return self._line(measure, "takes on", sentence)

    def _gone(self, measure: str) -> SetLine:
        said, row = self._found.said.get(measure), self._index.measures[self._index.measure_at[measure]]
        law = " The law still wants it reported." if row.statutory else ""
        if said is not None and not said.said:
            how = " (inferred from how it acts)" if self._part(measure) == "inferred" else ""
            why = self._why_not(measure)
            sentence = f"It would have to argue for {self._name(measure)}{how}, which goes: {_unsaid(said)}.{why}{law}"
        else:
            sentence = f"It gives up {self._name(measure)}{self._instead(measure, said)}.{law}"
        return self._line(measure, "gives up", sentence, said)

    def _why_not(self, measure: str) -> str:
        """What others will say against it: which way it is wanted, and what that pushes which way."""
        harms = group((each.way, each) for each in self._found.against.get(measure, ()))
        said = [f"its going {WAYS[way]} pushes {_pushed(some)}" for way, some in harms.items()]
        return f" Others will say that {', and '.join(said)}." if said else ""

    def _part(self, measure: str) -> Part:
        return self._part_of(self._index.measure_at[measure])

    def _instead(self, measure: str, said: SaidTo | None) -> str:
        """What says it now, after its name; where it said nothing by it, why."""
        if said is not None and said.measure_name is not None:
            return f": {quoted(said.measure_name)}, {GROUNDS[said.ground]}, says it"
        own = any(row.measure == measure and row.agency == self._agency for row in self._index.system.targets)
        return ", on which it wanted nothing that is better for people" if own else ", which only others asked of it"

    def _line(
        self, measure: str, change: str, sentence: str, said: SaidTo | None = None, *, negotiate: bool = False
    ) -> SetLine:
        row = self._index.measures[self._index.measure_at[measure]]
        return SetLine(
            measure=measure,
            name=row.name,
            change=change,  # pyright: ignore[reportArgumentType]
            part=None if change == "takes on" else self._part(measure),
            instead=None if said is None else said.measure,
            instead_name=None if said is None else said.measure_name,
            ground=None if said is None else said.ground,
            said=None if said is None else said.said,
            statutory=bool(row.statutory),
            negotiate=negotiate,
            sentence=sentence,
        )

    def _name(self, measure: str) -> str:
        return quoted(self._index.measures[self._index.measure_at[measure]].name)

    # In sentences

    def _number(self, part: Part | None, change: str) -> int:
        return sum((row.part, row.change) == (part, change) for row in self.lines)

    @property
    def summary(self) -> str:
        """What it keeps and gives up of what it is judged on, and takes on, in numbers that add up."""
        kept, gone = (self._number("judged on", change) for change in ("keeps", "gives up"))
        new = self._number(None, "takes on")
        parts = [_kept_and_gone(kept, gone, "these")] if kept + gone else []
        parts += [f"takes on {in_words(new)} more"] if new else []
        size = count(len(self.measures), "measure", "measures")
        return f"If the {self._set} of {size} is agreed, it {', and '.join(parts)}." if parts else ""

    def _besides(self) -> Iterator[str]:
        """The same of measures that it works to today without being judged on them."""
        for part, words in BESIDES.items():
            kept, gone = (self._number(part, change) for change in ("keeps", "gives up"))
            if kept + gone:
                yield f"Of {in_words(kept + gone)} more, {words}, it {_kept_and_gone(kept, gone)}."

    def sentences(self) -> Iterator[str]:
        """What it gives up and takes on, its voice, and what is to be negotiated."""
        gone = [row for row in self.lines if row.change == "gives up"]
        # What it would have to argue for comes first.
        yield from (row.sentence for row in sorted(gone, key=lambda row: row.said is not False))
        yield from (row.sentence for row in self.lines if row.change == "takes on")
        yield from self._voice()
        yield from self._besides()
        differ = [self._agreed(row.measure) for row in self.lines if row.negotiate]
        if differ:
            more = f"; and {len(differ) - AGREED} more" if len(differ) > AGREED else ""
            yield f"One target for all is to be agreed, as today's differ: {'; '.join(differ[:AGREED])}{more}."

    def _agreed(self, measure: str) -> str:
        """What all could share on a measure."""
        one = self._found.targets[measure]
        assert one is not None
        row = self._index.measures[self._index.measure_at[measure]]
        target = Target(agency=self._agency, measure=measure, sense=one.sense, value=one.value, upper=one.upper)
        exact = one.sense == "between" and one.value is not None and one.value == one.upper
        asked = quantity(one.value or 0.0, row.unit) if exact else ask(target, row).removeprefix("at ")
        due = f" by {when(one.due)}" if one.due else ""
        return f"{self._name(measure)}, {plainly(asked, self._index.system.about.currency)}{due}"

    def _voice(self) -> Iterator[str]:
        before, after = self.voice
        if before and after == before:
            yield f"Its own measures go on serving {_all_duties(before)}."
        elif before:
            yield f"Its own measures serve {_duties(before)} today, and {after or 'none'} of them then."


def _duties(number: int) -> str:
    return "its one duty" if number == 1 else f"{in_words(number)} of its duties"


def _all_duties(number: int) -> str:
    words = {1: "its one duty", 2: "both its duties"}
    return words.get(number, f"all {in_words(number)} of its duties")


def _kept_and_gone(kept: int, gone: int, these: str = "") -> str:
    """What is kept and given up of so many; both are said where there are both, so that they add up."""
    every = "all" if kept + gone > 2 else "both" if kept + gone == 2 else "that"
    whole = f"{every} {in_words(kept + gone)} of {these}" if these and kept + gone > 2 else every
    whole = f"both of {these}" if these and kept + gone == 2 else "that one" if kept + gone == 1 else whole
    if not gone:
        return f"keeps {whole}"
    if not kept:
        return f"gives up {whole}"
    of = f" of {these} {in_words(kept + gone)}" if these else ""
    return f"keeps {in_words(kept)}{of} and gives up {in_words(gone)}"


BESIDES: Final[Mapping[Part, str]] = {
    "inferred": "on which a wish is only inferred",
    "asks of others": "which it asks only of others",
}
"""What is told apart from what it is judged on."""


def _pushed(harms: Sequence[Harm]) -> str:
    """What is pushed which way: two by name, of more the first."""
    said = [f"{quoted(each.name)} {WAYS[each.pushed]}" for each in harms]
    return " and ".join(said) if len(said) < 3 else f"{said[0]}, and {len(said) - 1} others the wrong way"


def _unsaid(said: SaidTo) -> str:
    left = [quoted(name) for name in said.left_with_names]
    still = f", though the same duty is still read from {names(left)}" if left else ""
    return f"nothing kept says it{still}"
