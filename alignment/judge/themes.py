"""Themes: every finding in one of them, sums that add up, the right finding in front, and who stands in it.

That communities hang together best is Louvain's word alone: it proves nothing, and nor does the judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from alignment.models.answers.themes import Theme

from .cases import Case

FRONT: Final = frozenset(
    {
        *("opposed", "torn", "spillover", "perverse", "wrong-pocket", "joint", "cascade", "inconsistent"),
        *("unguarded", "against-people"),
    }
)
"""Kinds that stand by themselves; of capacity, what has numbers."""

BACK: Final = frozenset({"two-masters", "judged-by-rival", "duplicate"})
"""Kinds that only point at others."""

NEAR: Final = 1e-6
"""What a share may be off by."""


def objections(cases: Sequence[Case], themes: Sequence[Theme]) -> tuple[str, ...]:
    """What is wrong with themes, in words.

    Parameters
    ----------
    cases
        The findings.
    themes
        The themes.
    """
    by_id = {case.id: case for case in cases}
    times = Counter(finding for theme in themes for finding in theme.findings)
    if times.keys() != by_id.keys() or any(number > 1 for number in times.values()):
        return ("not every finding is in one theme",)
    return tuple(_wrong(by_id, themes))


def _wrong(by_id: Mapping[str, Case], themes: Sequence[Theme]) -> Iterator[str]:
    total = sum(case.weight for case in by_id.values())
    places = [(-theme.weight, theme.id) for theme in themes]
    if places != sorted(places) or len({theme.id for theme in themes}) < len(themes):
        yield "the worst theme is not first, or two have one id"
    taken: set[str] = set()
    for theme in sorted(themes, key=lambda theme: (-theme.weight, min(theme.findings))):
        members = [by_id[finding] for finding in theme.findings]
        yield from _of_sums(theme, members, total)
        yield from _of_words(theme, members)
        yield from _of_name(theme, members, taken)
        taken.add(theme.id)
    yield from _apart(by_id, themes)


def _of_sums(theme: Theme, members: Sequence[Case], total: int) -> Iterator[str]:
    weight = sum(case.weight for case in members)
    share = weight / total if total else 0.0
    if abs(theme.weight - weight / 1e6) > NEAR or abs(theme.share - share) > NEAR:
        yield f"{theme.id} weighs {weight / 1e6:g}, {share:.1%} of all, not {theme.weight:g}, {theme.share:.1%}"
    worst = sorted(members, key=lambda case: (-round(case.severity * case.confidence, 12), case.id))
    if [case.id for case in worst] != list(theme.findings):
        yield f"the findings of {theme.id} are not in order"


def _of_words(theme: Theme, members: Sequence[Case]) -> Iterator[str]:
    told = [finding for each in theme.adds for finding in each.findings]
    if sorted([theme.leading, *told]) != sorted(theme.findings):
        yield f"{theme.id} does not tell each of its findings once"
    if set(theme.agencies) != {who for case in members for group in case.groups for who in group}:
        yield f"others stand in {theme.id}"
    severe = _severe(members)
    best = min(_footing(case) for case in members if severe[case.id] >= 0)
    leading = next((case for case in members if case.id == theme.leading), None)
    if leading is None or severe[leading.id] < 0 or _footing(leading) > best:
        yield f"{theme.id} is led by a finding that should not lead"
    elif max(_place(case, severe, theme, best) for case in members) > _place(leading, severe, theme, best):
        yield f"{theme.id} has a worse finding to lead it"


def _place(case: Case, severe: Mapping[str, float], theme: Theme, best: int) -> tuple[bool, float]:
    """What leads a theme: of what stands by itself, what is on what it is named after, then the worst."""
    stands = _footing(case) == best and severe[case.id] >= 0
    on = any(subject == theme.id for subject, _ in _about(case))
    return (on, severe[case.id]) if stands else (False, -1.0)


def _footing(case: Case) -> int:
    if case.kind in BACK:
        return 2
    return 0 if case.kind in FRONT or (case.kind == "capacity" and case.reckoned) else 1


def _severe(members: Sequence[Case]) -> dict[str, float]:
    """Of each its own, or that of a payment that is told with it; -1 of a payment that is told elsewhere."""
    own = {case.id: round(case.severity * case.confidence, 12) for case in members}
    found = dict(own)
    for case in members:
        if (other := _repeated(case)) in own:
            found[other] = max(found[other], own[case.id])
            found[case.id] = -1.0
    return found


def _repeated(case: Case) -> str:
    """The spillover that a payment would repeat: the same move, the same harm; ids are made of them."""
    kind, _, rest = case.id.partition(".")
    return f"spillover.{rest}" if kind == "perverse" else ""


def _apart(by_id: Mapping[str, Case], themes: Sequence[Theme]) -> Iterator[str]:
    home = {finding: theme.id for theme in themes for finding in theme.findings}
    for case in by_id.values():
        same = _repeated(case)
        if same in home and home[same] != home[case.id]:
            yield f"{case.id} is told apart from {same}"


def _of_name(theme: Theme, members: Sequence[Case], taken: set[str]) -> Iterator[str]:
    weights: dict[str, Fraction] = {}
    least = min(map(_footing, members))
    for case in members:
        weight = case.weight if _footing(case) == least else 0
        for subject, part in _about(case):
            weights[subject] = weights.get(subject, Fraction(0)) + weight * part
    free = {subject: weight for subject, weight in weights.items() if subject not in taken}
    expected = max(free.values(), default=None)
    if free.get(theme.id) != expected:
        yield f"{theme.id} is not what has the most weight in it"


def _about(case: Case) -> Iterator[tuple[str, Fraction]]:
    for measure in case.measures:
        yield f"measure.{measure}", Fraction(1, len(case.measures))
    if case.resource is not None:
        yield f"resource.{case.resource}", Fraction(1)
    if case.outcome is not None and not case.measures:
        yield f"outcome.{case.outcome}", Fraction(1)
