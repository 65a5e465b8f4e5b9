"""perverse: somebody is paid for a move that goes against a wish.

Condition: an incentive pays its payee to move a measure so that, directly or through N, it moves a targeted measure
against a wish. Severity: w(t) min(1, abs effect), half of it where all that pays is a cap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.naming import (
    BODIES,
    Detail,
    by_height,
    called,
    details,
    fitting,
    measure_name,
    named,
)
from alignment.index import Index, Ints, group
from alignment.models.answers.conflict import Evidence
from alignment.models.fields import first_day, last_day
from alignment.models.system.links import Incentive
from alignment.wording import WAYS, in_words, names, upper_first, verb, with_article

from .spillover import amount, pushed

CAPPED: Final = 0.5
"""What is left of a severity where all that pays is a cap."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each paid move, harmed measure and wish."""
    index = search.index
    paid = group(((index.measure_at[row.measure], paid_way(search, row)), row) for row in search.incentives)
    for (measure, way), rows in sorted(paid.items()):
        if not way:
            continue
        start, end = search.effects.net.indptr[measure : measure + 2]
        reached = search.effects.net.indices[start:end].tolist()
        effects = dict(zip(reached, search.effects.net.data[start:end].tolist(), strict=True))
        effects.pop(measure, None)
        for harmed, effect in [(measure, 1.0), *sorted(effects.items())]:
            if abs(effect) <= search.tolerance:
                continue
            for side in search.groups_of(harmed):
                if way * effect * side.wish < 0:
                    yield from _finding(search, rows, way, side, measure, effect)


def paid_way(search: Search, row: Incentive) -> int:
    """The way an incentive pays for: +1, -1, or 0 where it pays for a target whose way is not clear."""
    if row.pays_for != "target":
        return 1 if row.pays_for == "increase" else -1
    index = search.index
    measure, payee = index.measure_at[row.measure], index.agency_at[row.payee]
    on_it = index.by_measure.get(measure, np.array([], dtype=np.int64))
    own = on_it[index.targets.deliverer[on_it] == payee]
    ways = set(index.targets.wish[own if len(own) else on_it].tolist())
    return int(ways.pop()) if len(ways) == 1 else 0


def _finding(
    search: Search, rows: Sequence[Incentive], way: int, side: Group, measure: int, effect: float
) -> Iterator[Finding]:
    index = search.index
    direct = side.measure == measure
    meeting = {at: _meeting(search, row, side) for at, row in enumerate(rows)}
    paid = [row for at, row in enumerate(rows) if len(meeting[at])]
    if not paid:
        return
    harmed = side.only(np.unique(np.concatenate(list(meeting.values()))))
    nodes = () if direct else search.effects.walk(measure, side.measure, 1 if effect > 0 else -1) or ()
    parties = frozenset(index.agency_at[who] for row in paid for who in (row.payer, row.payee))
    yield Finding(
        kind="perverse",
        id=identity("perverse", (index.measures[measure].id, way), (side.row.id, side.wish)),
        severity=rounded(harmed.weight_of_heaviest * min(1.0, abs(effect)) * (CAPPED if _capped(paid) else 1.0)),
        confidence=1.0 if direct else rounded(search.effects.confidence(nodes)),
        sides=(harmed,),
        measures=(measure,) if direct else (measure, side.measure),
        bodies=(parties, harmed.agencies),
        nodes=nodes,
        effect=None if direct else effect,
        amount=None if direct else _amount(search, measure, way, side.measure, effect),
        facts=tuple(paid),
    )


def _amount(search: Search, measure: int, way: int, harmed: int, effect: float) -> float | None:
    """What meeting the heaviest target that the payment is for would do, of those of which that is known."""
    side = search.pushing.get((measure, way))
    if side is None:
        return None
    known = side.targets[~search.index.targets.need_assumed[side.targets]]
    return amount(search, side.only(known).heaviest, harmed, effect) if len(known) else None


def _capped(paid: Sequence[Incentive]) -> bool:
    """Whether all that pays is a cap, which takes nothing from who stays below it."""
    return all(row.basis == "cap" for row in paid)


def _meeting(search: Search, row: Incentive, side: Group) -> Ints:
    """The targets of a side that hold while an incentive does."""
    rows = search.index.targets
    first, last = first_day(row.start), last_day(row.due)
    return side.targets[(rows.start[side.targets] <= last) & (rows.end[side.targets] >= first)]


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    (side,), index = finding.sides, search.index
    paid: tuple[Incentive, ...] = finding.facts
    heading = upper_first(paid_for(index, paid, measure_name(index, finding.measures[0]), paid_way(search, paid[0])))
    return f"{heading}, against {side.name}" if finding.nodes else f"{heading}, wanted {side.limits}"


def raised(index: Index, paid: Sequence[Incentive]) -> bool:
    """Whether what is paid comes from voters to whom the payee answers: that is a tax, whatever it is called."""
    elects = {(row.agency, row.answers_to) for row in index.system.accountability if row.kind == "electoral"}
    gains = all(row.basis not in ("penalty", "threat", "cap") for row in paid)
    return gains and all((row.payee, row.payer) in elects for row in paid)


def paid_for(index: Index, paid: Sequence[Incentive], name: str, way: int) -> str:
    """What is paid for, in a few words: a penalty is for the other way."""
    if raised(index, paid):
        return f"money raised by {name} {WAYS[way]}"
    bases = {row.basis for row in paid}
    if len(bases) > 1:
        return f"incentives for {name} {WAYS[way]}"
    basis = bases.pop()
    if basis == "cap":
        return f"cap on {name}"
    return f"{NOUNS[basis]} for {name} {WAYS[-way if basis in ('penalty', 'threat') else way]}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    paid: tuple[Incentive, ...] = finding.facts
    (side,), (payees, payers) = finding.sides, _parties(search, paid)
    groups = (payees, payers, side.agencies - payees - payers)
    return fitting(_told(search, finding, detail) for detail in details(*groups))


def _parties(search: Search, paid: Sequence[Incentive]) -> tuple[frozenset[int], frozenset[int]]:
    """Who is paid, and who pays."""
    at = search.index.agency_at
    return frozenset(at[row.payee] for row in paid), frozenset(at[row.payer] for row in paid)


def _told(search: Search, finding: Finding, detail: Detail) -> str:
    paid: tuple[Incentive, ...] = finding.facts
    (side,), way = finding.sides, paid_way(search, paid[0])
    gets = payment(search, paid, way, detail)
    who = _wanting(search, finding, detail)
    if not finding.nodes:
        return f"{gets}, but {who} it {side.asking(detail)}"
    push = pushed(search, finding, way, detail)
    return f"{push.does(f'{gets}; that')}, and {who} it {side.asking(detail)}"


def _wanting(search: Search, finding: Finding, detail: Detail) -> str:
    """Who wants the harmed measure otherwise; whoever was named as paying or paid is not named again."""
    index, (side,) = search.index, finding.sides
    payees, payers = _parties(search, finding.facts)
    wanting, number = side.agencies, len(side.agencies)
    again = [
        *_again(index, wanting & payers, payers, "payer"),
        *_again(index, wanting & payees, payees, "payee"),
    ]
    others = wanting - payers - payees
    if not again or len(others) > detail.limit:
        return side.wants(detail)
    told = [called(index, at) for at in by_height(index, others)]
    return f"{names([*told, *again], BODIES)} {side.verb(number)}"


def _again(index: Index, wanting: frozenset[int], of: frozenset[int], word: str) -> list[str]:
    """Those of whom it was told that they pay, or are paid, and that want otherwise."""
    if not wanting:
        return []
    if wanting == of:
        return [f"the {word}s themselves" if len(of) > 1 else f"the {word} itself"]
    # Of several it is not plain which: one is named.
    return [called(index, *wanting) if len(wanting) == 1 else f"{in_words(len(wanting))} of the {word}s"]


NOUNS: Final = {
    "activity": "activity payment",
    "penalty": "penalty",
    "grant": "grant",
    "bonus": "bonus",
    "threat": "threat",
    "cap": "cap",
    None: "payment",
}
"""What an incentive of each basis is called."""


def payment(search: Search, paid: Sequence[Incentive], way: int, detail: Detail) -> str:
    """Who is paid for what move, by whom, as a clause: a penalty, a threat and a cap are no gain."""
    index, (payees, payers) = search.index, _parties(search, paid)
    who, payer = named(index, payees, detail.limit), named(index, payers, detail.limit)
    whom = f"from {payer}"
    one, name = len(payees), measure_name(index, index.measure_at[paid[0].measure])
    bases = {row.basis for row in paid}
    reached = all(row.pays_for == "target" for row in paid)
    goes = f"when {name} goes {WAYS[way]}" if detail.full else f"for {name} {WAYS[way]}"
    moved = f"for meeting {name}" if reached else goes
    missed = f"when {name} {'is missed' if reached else f'goes {WAYS[-way]}'}"
    if raised(index, paid):
        return f"{who} {verb(one, 'raises', 'raise')} more money {whom} {goes}"
    if len(bases) > 1:
        return f"{who} {verb(one, 'has', 'have')} {_several(bases)} {whom} that hang on {name} {WAYS[way]}"
    told = {
        "activity": f"{payer} {verb(len(payers), 'pays', 'pay')} {who} more {moved}",
        "penalty": f"{who} {verb(one, 'bears', 'bear')} a penalty {whom} {missed}",
        "threat": f"{who} {verb(one, 'is', 'are')} under threat {whom} {missed}",
        "cap": f"{who} {verb(one, 'is', 'are')} not paid beyond a cap on {name} set by {payer}",
    }
    basis = bases.pop()
    return told.get(basis or "", f"{who} {verb(one, 'gets', 'get')} a {NOUNS[basis]} {whom} {moved}")


def _several(bases: Iterable[str | None]) -> str:
    """Incentives of several kinds."""
    nouns = sorted(NOUNS[each] for each in bases)
    return names([with_article(noun) for noun in nouns], len(nouns))


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    index, paid = search.index, finding.facts
    payers = named(index, _parties(search, paid)[1])
    nouns = {NOUNS[row.basis] for row in paid}
    if raised(index, paid):
        return f"Agree how much may be raised by {measure_name(index, finding.measures[0])}, and by whom it is decided"
    noun, side = nouns.pop() if len(nouns) == 1 else "incentives", finding.sides[0]
    if not finding.nodes:
        return f"Agree which way {side.name} is to go, and let {payers} make the {noun} follow that"
    name = measure_name(index, finding.measures[0])
    return f"Let {payers} reward {side.name} going {side.way} as well, or end the {noun} on {name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The incentives, the heaviest target against them, the path."""
    paid: tuple[Incentive, ...] = finding.facts
    found = [evidence.incentive(search.index, row) for row in paid]
    return [*found, *evidence.heaviest(finding.sides), *evidence.influences(search, finding)]


RULE = Rule("perverse", find, title, sentence, suggestion, rows)
