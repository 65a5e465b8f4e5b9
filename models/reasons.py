"""Why this one, and what else: prices of measures, membership in best sets, other sets as good."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from .fields import Answer, Noun
from .options import Options
from .stages import Member, StageName
from .stopping import Stopped
from .system import count
from .wishes import ClashingWish

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


class Why(Answer):
    """Why a measure is kept or not, and what it would cost to do otherwise."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    decision: Literal["kept", "retired", "unused"]
    """What is proposed; unused has no targets today and is not in the set."""
    reason: str
    """Why, in a sentence."""
    member: Member
    """In which of the best sets it is."""
    prices: tuple[Price, ...]
    """Every stage, now and in the best set without it (of a kept measure) or with it (of any other)."""
    comes: tuple[str, ...]
    """The measures that the best set then has more, by id; without the measure itself."""
    goes: tuple[str, ...]
    """The measures that it then has less, by id; without the measure itself."""
    clash: tuple[ClashingWish, ...] = ()
    """The wishes that cannot be met then; there is no such set."""
    proven: bool
    """Whether that set is proved to be the best of its sort."""
    sentence: str
    """What doing otherwise would cost, in a sentence."""

    def _lines(self, width: int) -> Iterable[str]:
        return _why_lines(self, width)


class Reasons(Answer):
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

    def to_frame(self) -> pd.DataFrame:
        """A row for each measure and stage.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``decision``, ``member``, ``stage``, ``now``, ``then``, ``more`` (float, in ``unit``),
            ``unit``, ``proven`` (bool), ``comes``, ``goes`` (ids joined by "; "); no stages where no set is possible.
        """
        import pandas as pd

        rows = [
            (
                *(why.measure, why.decision, why.member, price.stage, price.now, price.then, price.more),
                *(price.unit, price.proven, "; ".join(why.comes), "; ".join(why.goes)),
            )
            for why in self.measures
            for price in why.prices
        ]
        names = ["measure", "decision", "member", "stage", "now", "then", "more", "unit", "proven", "comes", "goes"]
        return pd.DataFrame(rows, columns=names)

    def _lines(self, width: int) -> Iterable[str]:
        return "\n\n".join(why.to_text(width) for why in self.measures).split("\n")


class StageValue(Noun):
    """What a set is worth in one stage."""

    stage: StageName
    """The stage."""
    value: float
    """Its value, in the stage's unit."""
    more: float
    """How much more that is than in the best set. Unit: the stage's."""


class Alternative(Noun):
    """A set that is as good, or nearly."""

    measures: tuple[str, ...]
    """The set, by id, in order."""
    comes: tuple[str, ...]
    """What it has that the proposed set has not, by id."""
    goes: tuple[str, ...]
    """What the proposed set has that it has not, by id."""
    stages: tuple[StageValue, ...]
    """Its value in every stage but the last."""
    sentence: str
    """What distinguishes it, in a sentence."""


class Alternatives(Answer):
    """The best sets, or those that are nearly as good, and which measures are in all of them."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    within: float
    """By what share conflict and burden may be worse than the best; 0 is as good in every stage. No unit, 0 to 1."""
    proposed: tuple[str, ...]
    """The set that is proposed: the first by id of the best sets."""
    every: tuple[str, ...]
    """The measures in every best set, by id."""
    some: tuple[str, ...]
    """The measures in some best sets, not all, by id."""
    members_proven: bool
    """Whether that is proved."""
    sets: tuple[Alternative, ...]
    """The sets, the proposed one first, then those that are most like it."""
    complete: bool
    """Whether these are proved to be all there are."""
    stopped: Stopped
    """Why the search ended; finished also where as many were found as were asked for."""

    @property
    def headline(self) -> str:
        """How many sets there are, in a line."""
        sort = "best" if not self.within else f"within {self.within:.1%} of the best"
        least = "Exactly" if self.complete else "At least"
        return f"{least} {count(len(self.sets), 'set is', 'sets are')} {sort}."

    def to_frame(self) -> pd.DataFrame:
        """A row for each measure of each set.

        Returns
        -------
        pandas.DataFrame
            ``set`` (number, from 1), ``measure`` (id), ``in_proposed`` (bool).
        """
        import pandas as pd

        known = set(self.proposed)
        rows = [(at, name, name in known) for at, each in enumerate(self.sets, start=1) for name in each.measures]
        return pd.DataFrame(rows, columns=["set", "measure", "in_proposed"])

    def _lines(self, width: int) -> Iterable[str]:
        return _alternative_lines(self, width)


MEMBERS: Final[dict[Member, str]] = {
    "every": "In every best set.",
    "some": "In some best sets, not in all: another is as good.",
    "none": "In no best set.",
    "unknown": "",
}


def _why_lines(why: Why, width: int) -> Iterator[str]:
    for text in (why.reason, MEMBERS[why.member], why.sentence):
        if text:
            yield from textwrap.wrap(text, width, subsequent_indent="  ")
    for wish in why.clash:
        yield from textwrap.wrap(str(wish), width, initial_indent="    ", subsequent_indent="      ")
    for price in why.prices:
        if price.more:
            sure = "" if price.proven else " (not proven)"
            yield f"    {price.stage:10}{price.now:>12,.6g} -> {price.then:,.6g} {price.unit}{sure}"


def _alternative_lines(found: Alternatives, width: int) -> Iterator[str]:
    yield found.headline
    if found.members_proven:
        yield f"{count(len(found.every), 'measure is', 'measures are')} in every best set, {len(found.some)} in some."
    for at, each in enumerate(found.sets, start=1):
        yield from textwrap.wrap(f"{at}. {each.sentence}", width, initial_indent="  ", subsequent_indent="     ")
