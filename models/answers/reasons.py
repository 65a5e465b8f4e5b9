"""Why this one, and what else: prices of measures, membership in best sets, other sets as good."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options
from alignment.models.wishes import ClashingWish

from .answer import AnswerNoun, Frames
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


class Why(AnswerNoun):
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

    @property
    def frames(self) -> Frames:
        """Tables by name: ``prices``."""
        return {"prices": self._prices}

    def _prices(self) -> pd.DataFrame:
        """A row for each stage: the fields of `Price`, and ``more`` (float, in ``unit``)."""
        import pandas as pd

        rows = [{**price.model_dump(), "more": price.more} for price in self.prices]
        return pd.DataFrame(rows, columns=[*Price.model_fields, "more"])

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
    stopped: Literal["finished", "time limit", "interrupted"]
    """Why the search ended."""
    measures: tuple[Why, ...]
    """The measures asked about, by id."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``prices``."""
        return {"prices": self._prices}

    def _prices(self) -> pd.DataFrame:
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
