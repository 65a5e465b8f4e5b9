"""spillover: moving one measure as wished moves another against a wish.

Condition: t on i pushes (it is not met, nor a hold), u on j, i != j, meet, g(t) N[i, j] g(u) < -tolerance, and t needs
more than u can spare: need(t) abs N[i, j] > slack(u). Severity: w(t, u) min(1, abs N[i, j]).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.matching import Match, match, overlap
from alignment.index import Bools, Ints
from alignment.models.answers.conflict import Evidence
from alignment.wording import evidence_words, percent, push

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


def chain(search: Search, nodes: Sequence[int], first: int) -> str:
    """What pushing the first measure of a walk does along it, in words."""
    signs = [first]
    for link in search.effects.links(tuple(nodes)):
        signs.append(signs[-1] * (1 if link.steps > 0 else -1))
    return push([search.index.measures[node] for node in nodes], signs)


def bracket(search: Search, finding: Finding) -> str:
    """How sure the path is, who says so, and whether other paths push the other way."""
    words = evidence_words(search.effects.rows(finding.nodes), finding.confidence)
    share = mixed(search, finding)
    if share is None:
        return f"({words})"
    return f"({words}; mixed, as other paths push the other way: {percent(share)} of the push goes this way)"


def mixed(search: Search, finding: Finding) -> float | None:
    """The share of the larger sign where walks of both signs contribute."""
    if len(finding.nodes) < 2:
        return None
    effect = search.effects.at(finding.nodes[0], finding.nodes[-1])
    return None if effect is None else effect.mixed


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    left, right = finding.sides
    return (
        f"{left.wants} {left.name} {left.asks} and "
        f"{right.wants} {right.name} {right.asks}, "
        f"but {chain(search, finding.nodes, left.wish)} {bracket(search, finding)}"
    )


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    left, right = finding.sides
    return (
        f"Judge both sides on what {left.name} and {right.name} are for, or agree "
        f"how far {left.name} may move before {right.name} suffers"
    )


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair, then the path."""
    return [*evidence.sides(search, finding), *evidence.influences(search, finding)]


def assumed(search: Search, finding: Finding) -> tuple[str, ...]:
    """What need and slack rest on, where nobody says where a measure stands today."""
    assert finding.pair is not None
    (left, right), (at, other), rows = finding.sides, finding.pair, search.index.targets
    found: list[str] = []
    if rows.need_assumed[at] and rows.slack[other] > 0:
        found.append(f"{left.name} is assumed to need one step, as nobody says where it stands today")
    if rows.slack_assumed[other]:
        found.append(f"{right.name} is assumed to have nothing to spare, as nobody says where it stands today")
    return tuple(found)


RULE = Rule("spillover", find, sentence, suggestion, rows, assumed)
