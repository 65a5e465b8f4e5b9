"""What it would cost to do otherwise: the best set without a kept measure, or with a retired one, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from alignment.errors import NoAlignedSet, UnknownWord
from alignment.models.answers.alternatives import Alternative, Alternatives, StageValue
from alignment.models.answers.proposal import Proposal
from alignment.models.answers.reasons import Decision, Price, Reasons, Shift, Why
from alignment.models.answers.stages import StageName
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.wishes import ClashingWish
from alignment.options.asked import fitted
from alignment.options.weighing import short_fraction
from alignment.solver import Clock
from alignment.verdict.check import verdict_of
from alignment.wording import names, number, quoted

from .pool import near, others
from .programme import Programme
from .search import UNITS, agree, best
from .stages import Answer, Found
from .standing import ONE

WORKERS: Final = 2
"""How many prices are worked out at once; a search lets go of the interpreter while it runs."""


class Reasoning:
    """An answer that can be asked for its reasons.

    Parameters
    ----------
    system
        The system.
    proposal
        The answer, as told.
    programme, answer
        The answer, as found.
    """

    def __init__(self, system: System, proposal: Proposal, programme: Programme, answer: Answer) -> None:
        self.system = system
        self.proposal = proposal
        self.programme = programme
        self.answer = answer
        self.index = programme.index
        self.column = {at: column for column, at in enumerate(programme.candidates)}
        self._known: dict[str, Why] = {}

    def __deepcopy__(self, _: Any) -> Reasoning:
        return self

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What the answer says of each measure."""
        found = self.proposal
        return {row.measure: row.reason for row in (*found.kept, *found.retired, *found.not_judged)}

    def _clock(self) -> Clock:
        return Clock(self.programme.options.time_limit)

    # Prices

    def why(self, measure: str, clock: Clock | None = None) -> Why:
        """Why a measure is kept or not, and what it would cost to do otherwise; worked out once, if that is proved."""
        if measure not in self.index.measure_at:
            raise UnknownWord(measure, self.index.measure_at, "a measure")
        if measure not in self._known:
            found = self._why(measure, clock or self._clock())
            if not found.proven:
                return found
            self._known[measure] = found
        return self._known[measure]

    def _why(self, measure: str, clock: Clock) -> Why:
        if clock.stopped != "finished":
            return self._told(measure, (), (), (), proven=False)
        options = self._otherwise(measure)
        try:
            programme, answer = best(self.system, options, clock, begin=self._near_by(measure))
        except NoAlignedSet as error:
            return self._told(measure, (), (), error.clash, proven=error.proven)
        chosen = {programme.index.measures[programme.candidates[column]].id for column in answer.kept}
        agree(answer, verdict_of(self.system, chosen, options))
        return self._told(measure, _prices(self.answer, answer), chosen, (), proven=answer.best_proven)

    def _otherwise(self, measure: str) -> Options:
        """What would have to be asked for the opposite."""
        asked = self.programme.options
        without = {name: tuple(word for word in getattr(asked, name) if word != measure) for name in ("keep", "drop")}
        if self._is_kept(measure):
            statutory = [row.id for row in self.index.measures if row.statutory and row.id != measure]
            keep = {*without["keep"], *(statutory if asked.keep_statutory else ())}
            more = {"keep": tuple(sorted(keep)), "drop": (*without["drop"], measure), "keep_statutory": False}
        else:
            more = {"keep": (*without["keep"], measure), "drop": without["drop"], "candidates": self._open_to(measure)}
        return fitted(self.system, asked.model_copy(update=more))

    def _open_to(self, measure: str) -> Any:
        """The candidates, with a measure among them."""
        asked = self.programme.options.candidates
        if asked == "all":
            return asked
        targeted = [self.index.measures[at].id for at in self.index.by_measure]
        return tuple(sorted({*(targeted if asked == "targeted" else asked), measure}))

    def _is_kept(self, measure: str) -> bool:
        return measure in self.proposal.measures

    def _near_by(self, measure: str) -> set[int]:
        """A set to begin from: today's answer with or without the measure."""
        return {self.index.measure_at[name] for name in self.proposal.measures} ^ {self.index.measure_at[measure]}

    def _told(
        self,
        measure: str,
        prices: tuple[Price, ...],
        chosen: Iterable[str],
        clash: tuple[ClashingWish, ...],
        *,
        proven: bool,
    ) -> Why:
        kept, chosen = set(self.proposal.measures), set(chosen)
        comes = tuple(sorted(chosen - kept - {measure})) if prices else ()
        goes = tuple(sorted(kept - chosen - {measure})) if prices else ()
        at = self.index.measure_at[measure]
        name = self.index.measures[at].name
        decision = self._decision(measure)
        return Why(
            measure=measure,
            name=name,
            decision=decision,
            reason=self.said.get(measure)
            or f"{quoted(name)}: nobody has a target on it today, and the set needs it for no duty.",
            member="unknown" if decision == "not judged" else self.answer.members.of(self.column.get(at)),
            prices=prices,
            comes=comes,
            comes_names=self._names(comes),
            goes=goes,
            goes_names=self._names(goes),
            shifts=self._shifts(chosen) if prices else (),
            clash=clash,
            proven=proven,
            sentence=self._sentence(measure, prices, (comes, goes), proven=proven),
        )

    def _shifts(self, chosen: Iterable[str]) -> tuple[Shift, ...]:
        """Who would gain and who would lose if another set were kept."""
        now, then = (self._heard(each) for each in (self.proposal.measures, chosen))
        rows = self.index.agencies
        found = [
            Shift(
                agency=rows[who].id,
                agency_name=rows[who].name,
                said=(then[who][0] - said) / ONE,
                voice=then[who][1] - voice,
            )
            for who, (said, voice) in now.items()
            if then[who] != (said, voice)
        ]
        return tuple(sorted(found, key=lambda each: (each.said, each.voice, each.agency)))

    def _heard(self, measures: Iterable[str]) -> dict[int, tuple[int, int]]:
        """For each body how much of what it wants is said (in millionths), and the duties its own measures serve."""
        kept = {self.index.measure_at[name] for name in measures}
        said = dict.fromkeys(sorted(self.index.counting), 0)
        standings = self.programme.standings
        for voice in standings.voiced:
            sizes = [each.size for at, each in standings.of(voice.agency, voice.measure).items() if at in kept]
            said[voice.agency] += voice.weight * max(sizes, default=0) // ONE
        return {
            who: (size, sum(not kept.isdisjoint(own) for own in self.programme.sight.voiced(who).values()))
            for who, size in said.items()
        }

    def _decision(self, measure: str) -> Decision:
        told: Mapping[Decision, Iterable[str]] = {
            "kept": self.proposal.measures,
            "retired": [row.measure for row in self.proposal.retired],
            "not judged": [row.measure for row in self.proposal.not_judged],
        }
        found: list[Decision] = [decision for decision, measures in told.items() if measure in measures]
        return found[0] if found else "unused"

    def _sentence(
        self,
        measure: str,
        prices: tuple[Price, ...],
        change: tuple[tuple[str, ...], tuple[str, ...]],
        *,
        proven: bool,
    ) -> str:
        head = "Without it" if self._is_kept(measure) else "With it"
        if not prices:
            reason = "no set meets all wishes" if proven else "nothing was found in the time given"
            return f"{head} {reason}."
        sure = "the best set" if proven else "the best set found so far (a better one may exist)"
        return f"{head}, {sure} {_cost(prices)}{self._exchange(*change, instead=self._is_kept(measure))}."

    def _exchange(self, comes: tuple[str, ...], goes: tuple[str, ...], *, instead: bool) -> str:
        if comes and goes:
            return f"; it keeps {self._named(comes)} instead of {self._named(goes)}"
        if comes:
            return f"; it keeps {self._named(comes)} instead" if instead else f"; it also keeps {self._named(comes)}"
        return f"; it does without {self._named(goes)}" if goes else ""

    def _named(self, measures: Iterable[str]) -> str:
        return names([quoted(name) for name in self._names(measures)])

    def _names(self, measures: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.index.measures[self.index.measure_at[name]].name for name in measures)

    def reasons(self, measures: Iterable[str] | None, progress: Callable[[str], None]) -> Reasons:
        """The reasons of some measures, or of all, several at once, in what is left of the time."""
        asked = list(self.index.measure_at) if measures is None else list(dict.fromkeys(measures))
        for word in asked:
            if word not in self.index.measure_at:
                raise UnknownWord(word, self.index.measure_at, "a measure")
        _ = self.said  # before several threads ask for it
        found = tuple(sorted(self._all(asked, progress), key=lambda why: why.measure))
        return Reasons(
            system=self.system.hash,
            options=self.programme.options,
            proven=self.proposal.proven and all(why.proven for why in found),
            stopped=self.answer.clock.ending if not all(why.proven for why in found) else "finished",
            measures=found,
        )

    def _all(self, asked: Iterable[str], progress: Callable[[str], None]) -> list[Why]:
        clock = self.answer.clock
        with ThreadPoolExecutor(WORKERS) as pool:
            jobs = [pool.submit(self.why, word, clock) for word in asked]
            try:
                for done, _ in enumerate(as_completed(jobs), start=1):
                    progress(f"{done} of {len(jobs)} measures")
            except KeyboardInterrupt:
                clock.interrupt()  # those that go on, or have not begun, end at once and say so
            return [job.result() for job in jobs]

    # Alternatives

    def alternatives(self, within: float, limit: int, progress: Callable[[str], None]) -> Alternatives:
        """The sets that are as good, or nearly."""
        share, clock = short_fraction(within), self.answer.clock
        members = self.answer.members
        holds = near(self.answer, share) if share else list(self.answer.holds)
        more, complete = others(self.programme, self.answer, holds, clock, limit - 1, progress)
        sets = [self._alternative(kept) for kept in more]
        sets.sort(key=lambda each: (len(each.comes) + len(each.goes), each.measures))
        known = (members.every, members.some - members.every) if members.proven else ((), ())
        kept = self._ids(known[0]), self._ids(known[1])
        return Alternatives(
            system=self.system.hash,
            options=self.programme.options,
            within=float(share),
            proposed=self.proposal.measures,
            every=kept[0],
            every_names=self._names(kept[0]),
            some=kept[1],
            some_names=self._names(kept[1]),
            members_proven=members.proven,
            sets=(self._alternative(self.answer.kept), *sets),
            complete=complete and self.answer.best_proven,
            stopped="finished" if complete else clock.ending,
        )

    def _ids(self, columns: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.measures[self.programme.candidates[column]].id for column in sorted(columns))

    def _alternative(self, kept: frozenset[int]) -> Alternative:
        measures = self._ids(kept)
        comes = tuple(sorted(set(measures) - set(self.proposal.measures)))
        goes = tuple(sorted(set(self.proposal.measures) - set(measures)))
        stages = tuple(self._worth(found, kept) for found in self.answer.stages if found.objective.stage != "measures")
        return Alternative(
            measures=measures,
            measure_names=self._names(measures),
            comes=comes,
            comes_names=self._names(comes),
            goes=goes,
            goes_names=self._names(goes),
            stages=stages,
            sentence=self._difference(comes, goes, stages),
        )

    def _worth(self, found: Found, kept: frozenset[int]) -> StageValue:
        objective, values = found.objective, self.programme.complete(kept)
        worth = values[self.programme.loss] if objective.stage == "voice" else objective.value(values)
        value, now = (round(float(each * objective.unit), 9) for each in (Fraction(worth), found.value))
        return StageValue(stage=_stage(found), value=value, more=round(value - now, 9))

    def _difference(self, comes: tuple[str, ...], goes: tuple[str, ...], stages: tuple[StageValue, ...]) -> str:
        if not comes and not goes:
            return "The proposed set."
        if comes and goes:
            head = f"Keeps {self._named(comes)} instead of {self._named(goes)}"
        else:
            head = f"Also keeps {self._named(comes)}" if comes else f"Does without {self._named(goes)}"
        worse = [f"{_signed(each.more)} {UNITS.get(each.stage, each.stage)}" for each in stages if each.more]
        return f"{head}: {', '.join(worse)}." if worse else f"{head}; as good in every stage."


def _stage(found: Found) -> StageName:
    stage = found.objective.stage
    return "first" if stage == "measures" else stage


def _prices(now: Answer, then: Answer) -> tuple[Price, ...]:
    """Each stage, before and after; stages that only one of two answers has are worth nothing in the other."""
    before, after = ({_stage(each): each for each in answer.stages} for answer in (now, then))
    return tuple(_price(before.get(stage), after.get(stage)) for stage in dict.fromkeys([*before, *after]))


def _price(now: Found | None, then: Found | None) -> Price:
    one = now or then
    assert one is not None
    values = [0.0 if each is None else round(float(each.value * each.objective.unit), 9) for each in (now, then)]
    return Price(
        stage=_stage(one),
        unit=UNITS.get(one.objective.stage, "measures"),
        now=values[0],
        then=values[1],
        proven=then is None or then.proven,
    )


COSTS: Final[Mapping[StageName, str]] = {
    "gaps": "leaves duties of weight {then} unserved instead of {now}",
    "lost": "loses targets for people of weight {then} instead of {now}",
    "toll": "has a toll of {then} instead of {now} (conflict, what is left unsaid, and burden)",
    "left": "leaves {then} of conflict and unsaid wishes instead of {now}",
    "conflict": "leaves a residual conflict of {then} instead of {now}",
    "burden": "carries a burden of {then} instead of {now}",
    "price": "is worse in burden and priced conflict: {then} instead of {now}",
    "voice": "takes up to {then} of somebody's voice instead of {now}",
    "unsaid": "leaves targets of weight {then} unsaid instead of {now}",
    "holders": "drops {then} live targets instead of {now}",
    "first": "has {then} measures instead of {now}",
}
"""What it means that a stage is worse."""


def _cost(prices: Iterable[Price]) -> str:
    """The first stage that is worse, in words: those before it are as good, those after it matter less."""
    worse = next((price for price in prices if price.more), None)
    if worse is None:
        return "is as good in every stage"
    return COSTS[worse.stage].format(then=number(worse.then), now=number(worse.now))


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '-'}{number(abs(value))}"
