"""Why this one, and what else: prices of measures, membership in best sets, other sets as good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal, get_args

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options
from alignment.models.stopping import Stopped
from alignment.models.system import count
from alignment.models.wishes import ClashingWish

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import fold, folded
from .stages import Member, StageName

if TYPE_CHECKING:
    import pandas as pd


class Price(Noun):
    """What one stage is worth today's answer, and what it would be."""

    stage: StageName
    """The stage."""
    unit: str
    """What its value counts."""
    now: float
    """Its value in the proposed set."""
    then: float
    """Its value in the best set that does otherwise."""
    proven: bool
    """Whether that is proved to be the least, given the stages before."""

    @property
    def more(self) -> float:
        """How much worse (or, in a later stage, better) it would be. Unit: the stage's."""
        return round(self.then - self.now, 9)


class Shift(Noun):
    """What a body would gain or lose in the set that does otherwise."""

    agency: str
    """The body, by id."""
    agency_name: str
    """What people call it."""
    said: float
    """How much more of what its targets say would be said by kept measures; below 0 less. Weights of targets."""
    voice: int
    """How many more of its duties its own kept measures would serve; below 0 fewer. Unit: duties."""

    @property
    def gains(self) -> bool:
        """Whether more is said for it; where as much is, whether its own measures serve more of its duties."""
        return (self.said, self.voice) > (0, 0)


Decision = Literal["kept", "retired", "not judged", "unused"]


class Why(AnswerNoun):
    """Why a measure is kept or not, and what it would cost to do otherwise."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    decision: Decision
    """What is proposed; unused has no targets today and is not in the set."""
    reason: str
    """Why, in a sentence."""
    member: Member
    """In which of the best sets it is."""
    prices: tuple[Price, ...]
    """Every stage, now and in the best set without it (of a kept measure) or with it (of any other)."""
    comes: tuple[str, ...]
    """The measures that the best set then has more, by id; without the measure itself."""
    comes_names: tuple[str, ...]
    """What people call them."""
    goes: tuple[str, ...]
    """The measures that it then has less, by id; without the measure itself."""
    goes_names: tuple[str, ...]
    """What people call them."""
    shifts: tuple[Shift, ...] = ()
    """Who would gain and who would lose in that set, the largest loss first; who would do neither is not named."""
    clash: tuple[ClashingWish, ...] = ()
    """The wishes that cannot be met then; there is no such set."""
    proven: bool
    """Whether that set is proved to be the best of its sort."""
    sentence: str
    """What doing otherwise would cost, in a sentence."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``prices``, ``shifts``."""
        return {"prices": self._prices, "shifts": self._shifts}

    def _shifts(self) -> pd.DataFrame:
        """A row for each body that would gain or lose.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``said`` (float, weights of targets), ``voice`` (int, duties), ``gains``
            (bool).
        """
        return frame_of([beside(each, gains=each.gains) for each in self.shifts], SHIFTS)

    def _prices(self) -> pd.DataFrame:
        """A row for each stage; none where no set is possible.

        Returns
        -------
        pandas.DataFrame
            ``stage``, ``unit``, ``now``, ``then`` (float, in ``unit``: of the proposed set, and of the best set that
            does otherwise), ``proven`` (bool), ``more`` (float, in ``unit``).
        """
        rows = [beside(price, more=price.more) for price in self.prices]
        return frame_of(rows, ("stage", "unit", "now", "then", "proven", "more"))

    def _title(self) -> str:
        return f"{self.name}: {self.decision}"

    def _lines(self, width: int) -> Iterable[str]:
        return _why_lines(self, width)


class Reasons(AnswerNoun):
    """Why measures are kept or not, and what it would cost to do otherwise."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    proven: bool
    """Whether every price is proved."""
    stopped: Stopped
    """Why the search ended."""
    measures: tuple[Why, ...]
    """The measures asked about, by id."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``prices``, ``measures``, ``shifts``."""
        return {"prices": self._prices, "measures": self._measures, "shifts": self._shifts}

    def _shifts(self) -> pd.DataFrame:
        """A row for each measure and body that would gain or lose in the set that does otherwise.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``agency`` (id), ``agency_name``, ``said`` (float, weights of targets),
            ``voice`` (int, duties), ``gains`` (bool).
        """
        rows = [
            beside(each, measure=why.measure, name=why.name, gains=each.gains)
            for why in self.measures
            for each in why.shifts
        ]
        return frame_of(rows, ("measure", "name", *SHIFTS))

    def _prices(self) -> pd.DataFrame:
        """A row for each measure and stage; none of a measure for which no set is possible.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``decision`` ("kept", "retired", "not judged" or "unused"), ``member`` (in
            "every", "some" or "none" of the best sets, or "unknown"), ``stage``, ``now``, ``then``, ``more`` (float, in
            ``unit``), ``unit``, ``proven`` (bool, of the stage), ``comes`` (ids of what the best set that does
            otherwise has more), ``comes_names``, ``goes`` (ids of what it has less), ``goes_names``. Lists are joined
            by "; ".
        """
        rows = [beside(why, **beside(price, more=price.more)) for why in self.measures for price in why.prices]
        head = ("measure", "name", "decision", "member", "stage", "now", "then", "more", "unit", "proven")
        return frame_of(rows, (*head, "comes", "comes_names", "goes", "goes_names"))

    def _measures(self) -> pd.DataFrame:
        """A row for each measure asked about.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``decision`` ("kept", "retired", "not judged" or "unused"), ``member`` (in
            "every", "some" or "none" of the best sets, or "unknown"), ``proven`` (bool), ``reason``, ``sentence`` (what
            doing otherwise would cost).
        """
        return frame_of(self.measures, ("measure", "name", "decision", "member", "proven", "reason", "sentence"))

    def _title(self) -> str:
        parts = [f"{number} {word}" for word in DECISIONS if (number := self._number(word))]
        sure = "every price proven" if self.proven else "not every price proven"
        return f"Reasons of {count(len(self.measures), 'measure', 'measures')}: {', '.join([*parts, sure])}"

    def _number(self, decision: str) -> int:
        return sum(why.decision == decision for why in self.measures)

    def _glimpse(self) -> pd.DataFrame:
        return self._measures()[["name", "decision", "reason", "sentence"]]

    def _lines(self, width: int) -> Iterable[str]:
        rows = sorted(self.measures, key=_close) if len(self.measures) > MOST else self.measures
        yield from "\n\n".join(why.to_text(width) for why in rows[:MOST]).split("\n")
        if len(rows) > MOST:
            yield from ["", f"... and {len(rows) - MOST} more, the closest calls first (table measures)."]


SHIFTS: Final = ("agency", "agency_name", "said", "voice", "gains")

MOST: Final = 10
"""Of more measures only the closest calls are told to people; the tables have all."""

DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)

MEMBERS: Final[dict[Member, str]] = {
    "every": "In every best set.",
    "some": "In some best sets, not in all: another is as good.",
    "none": "In no best set.",
    "unknown": "",
}


def _close(why: Why) -> tuple[bool, bool, float, str]:
    """Closest calls first: what goes before what stays, then what is cheapest to decide otherwise."""
    worse = next(((at, price.more) for at, price in enumerate(why.prices) if price.more > 0), (len(why.prices), 0.0))
    return why.decision != "retired", why.decision != "kept", -worse[0] + worse[1] / (1 + worse[1]), why.measure


def _why_lines(why: Why, width: int) -> Iterator[str]:
    for text in (why.reason, MEMBERS[why.member], why.sentence):
        if text:
            yield from fold(text, width, 0, 2)
    for said in _who(why):
        yield from fold(said, width, 2, 4)
    for wish in why.clash:
        yield from fold(str(wish), width, 4, 6)
    yield from folded((_price_line(price) for price in why.prices if price.more), width)


def _who(why: Why) -> Iterator[str]:
    """Who would lose and who would gain."""
    for word, gains in (("lose", False), ("gain", True)):
        some = [each for each in why.shifts if each.gains == gains]
        if some:
            yield f"Would {word}: {', '.join(_shift(each) for each in some)}."


def _shift(each: Shift) -> str:
    parts: list[str] = []
    if each.said:
        parts.append(f"{abs(each.said):,.6g} {'more' if each.said > 0 else 'less'} of what it wants is said")
    if each.voice:
        duties = count(abs(each.voice), "duty", "duties")
        parts.append(f"its own measures serve {duties} {'more' if each.voice > 0 else 'fewer'}")
    return f"{each.agency_name} ({'; '.join(parts)})"


def _price_line(price: Price) -> str:
    sure = "" if price.proven else " (not proven)"
    return f"    {price.stage:10}{price.now:>12,.6g} -> {price.then:,.6g} {price.unit}{sure}"
