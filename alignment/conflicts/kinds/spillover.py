"""spillover: moving one measure as wished moves another against a wish.

Condition: t on i pushes (it is not met, nor a hold), u on j, i != j, meet, g(t) N[i, j] g(u) < -tolerance, and t needs
more than u can spare: need(t) abs N[i, j] > slack(u). Severity: w(t, u) min(1, abs N[i, j]).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, at_place, both, identity, parts, rounded
from alignment.conflicts.matching import Match, match, overlap
from alignment.conflicts.naming import Detail, details, fitting, measure_name
from alignment.index import Bools, Ints, positions
from alignment.models.answers.conflict import Evidence
from alignment.wording import WAYS, about, evidence_words, percent

HARDLY: Final = 1e-9
"""Steps by which a need has to exceed what can be spared."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each ordered pair of measures and wishes."""
    for source, target, effect in strong_pairs(search):
        for left in search.pushing_on(source):
            for right in search.groups_of(target):
                if left.wish * right.wish * effect < 0:
                    yield from _between(search, left, right, effect)


def strong_pairs(search: Search) -> Iterator[tuple[int, int, float]]:
    """Two different measures, the first targeted, and a net effect beyond the tolerance between them."""
    net = search.effects.net.tocoo()
    strong = abs(net.data) > search.tolerance
    sources, targets = net.coords[0][strong].tolist(), net.coords[1][strong].tolist()
    for source, target, effect in zip(sources, targets, net.data[strong].tolist(), strict=True):
        if source != target and source in search.index.by_measure:
            yield source, target, effect


def _between(search: Search, left: Group, right: Group, effect: float) -> Iterator[Finding]:
    found = _meeting(search, left, right, abs(effect))
    if found is None:
        return
    nodes = search.effects.walk(left.measure, right.measure, 1 if effect > 0 else -1)
    assert nodes is not None
    yield Finding(
        kind="spillover",
        id=identity("spillover", (left.row.id, left.wish), (right.row.id, right.wish)),
        severity=rounded(found.worst * min(1.0, abs(effect))),
        confidence=rounded(search.effects.confidence(nodes)),
        sides=(left.only(found.left), right.only(found.right)),
        blocks=found.blocks,
        measures=(left.measure, right.measure),
        nodes=nodes,
        effect=effect,
        pair=found.pair,
        amount=amount(search, found.pair[0], right.measure, effect),
    )


def _meeting(search: Search, left: Group, right: Group, size: float) -> Match | None:
    """The pairs of targets whose periods overlap, of which the first needs more than the second can spare."""
    index, rows = search.index, search.index.targets
    together = max(left.latest_start, right.latest_start) <= min(left.earliest_end, right.earliest_end)
    if together and left.least_need * size > right.most_slack + HARDLY:
        worst = (left.weight_of_heaviest * right.weight_of_heaviest) ** 0.5
        return Match(left.targets, right.targets, None, worst, (left.heaviest, right.heaviest))

    def meet(ones: Ints, twos: Ints) -> Bools:
        return overlap(index, ones, twos) & (rows.need[ones] * size > rows.slack[twos] + HARDLY)

    return match(index, left.by_need, right.by_slack, meet)


@dataclass(frozen=True)
class Pushed:
    """What a move does to a measure, in words.

    Attributes
    ----------
    one, other
        The measure that is moved, and the one that moves with it.
    verb, way, how
        What the one does to the other, which way, and in a bracket how sure that is.
    """

    one: str
    other: str
    verb: str
    way: str
    how: str

    def does(self, pushing: str) -> str:
        """That a move, which stands first, pushes the other measure."""
        return f"{pushing} {self.verb} {self.other} {self.way} {self.how}"


def pushed(search: Search, finding: Finding, way: int, detail: Detail, *, sized: bool = False) -> Pushed:
    """What moving the first measure of a finding one way does to the last; how far where it is sized."""
    one, other = finding.measures[0], finding.measures[-1]
    moved = WAYS[way if (finding.effect or 0.0) > 0 else -way]
    far = ""
    if sized and detail.full and finding.amount is not None:
        far = f" by {about(finding.amount, search.index.measures[other].unit)}"
    said = "pushes" if len(finding.nodes) < 3 or not detail.full else "indirectly pushes"
    first, last = measure_name(search.index, one), measure_name(search.index, other)
    return Pushed(first, last, said, f"{moved}{far}", f"({bracket(search, finding)})")


def bracket(search: Search, finding: Finding) -> str:
    """How sure the path is, and how much of all paths pushes the other way."""
    words = evidence_words(search.effects.rows(finding.nodes), finding_confidence(search, finding))
    share = mixed(search, finding)
    return words if share is None else f"{words}; {percent(share)} of it this way"


def finding_confidence(search: Search, finding: Finding) -> float:
    """The confidence of the path alone, whatever is known of the targets."""
    return rounded(search.effects.confidence(finding.nodes))


def mixed(search: Search, finding: Finding) -> float | None:
    """The share of the larger sign where walks of both signs contribute."""
    if len(finding.nodes) < 2:
        return None
    effect = search.effects.at(finding.nodes[0], finding.nodes[-1])
    return None if effect is None else effect.mixed


def amount(search: Search, target: int, harmed: int, effect: float) -> float | None:
    """How far meeting a target would move a measure that it harms: need times net effect times its step.

    None where need or steps had to be assumed. Unit: the harmed measure's.
    """
    index, rows = search.index, search.index.targets
    if rows.need_assumed[target] or index.step_assumed[[int(rows.measure[target]), harmed]].any():
        return None
    return rounded(float(rows.need[target]) * abs(effect) * float(index.step[harmed]))


def is_sized(side: Group) -> bool:
    """Whether all targets of a side ask for one thing that has a size, so that what meeting it does can be told."""
    rows = side.index.targets.rows
    return side.agreed and rows[side.heaviest].value is not None


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    left, right = finding.sides
    return f"{left.name} {left.way} against {right.name}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    return fitting(_told(search, finding, detail) for detail in details(*parts(*finding.sides)))


def _told(search: Search, finding: Finding, detail: Detail) -> str:
    left, right = finding.sides
    push = pushed(search, finding, left.wish, detail, sized=is_sized(left))
    if not left.agencies & right.agencies:
        first = f"{left.wants(detail)} {push.one} {left.asking(detail)}; that {push.verb} {push.other} {push.way}"
        return f"{first} {push.how}, and {right.wants(detail)} it {right.asking(detail)}"
    return f"{both(left, right, detail)}; but the first going {left.way} {push.verb} the second {push.way} {push.how}"


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    left, right = finding.sides
    if any(row.sense == "hold" for row in (right.index.targets.rows[at] for at in positions(right.targets))):
        return f"Agree how far {left.name} may go {left.way} before {right.name} suffers, or loosen the guardrail"
    return f"Agree how far {left.name} may go {left.way} before {right.name} suffers, and judge both sides on that"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair, then the path."""
    return [*evidence.sides(search, finding), *evidence.influences(search, finding)]


def assumed(search: Search, finding: Finding) -> tuple[str, ...]:
    """What need and slack rest on, where nobody says where a measure stands today."""
    assert finding.pair is not None
    (left, right), (at, other), rows = finding.sides, finding.pair, search.index.targets
    found: list[str] = []
    if rows.need_assumed[at] and rows.slack[other] > 0:
        place = at_place(search.index, at)
        found.append(f"{left.name} is assumed to need one step, as nobody says where it stands today{place}")
    if rows.slack_assumed[other]:
        place = at_place(search.index, other)
        found.append(f"{right.name} is assumed to have nothing to spare, as nobody says where it stands today{place}")
    return tuple(found)


RULE = Rule("spillover", find, title, sentence, suggestion, rows, assumed)
