"""The text of a comparison: one screen, with the tables that have the rest named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from .layout import fold, section
from .themes import some

if TYPE_CHECKING:
    from .compare import Comparison
    from .compared import Figure, StandsHere, StandsToday, ThemeSeen

SHOWN: Final[Mapping[str, str]] = {
    "year": ".0f",
    "working": ",.0f",
    "targets": ",.0f",
    "measures": ",.0f",
    "measures_each": ",.1f",
    "masters_each": ",.1f",
    "shared": ".0%",
    "findings_per_100": ",.0f",
    "severity_per_100": ",.0f",
    "met": ".0%",
    "alignment": "+.2f",
    "congruity": ".0%",
    "experience": ".0%",
    "outcomes": ".0%",
    "resource-use": ".0%",
    "person": ".0%",
    "set": ",.0f",
    "set_burden": ",.1f",
    "served": ".0%",
    "unsaid_per_100": ",.1f",
}
"""The figures that the text shows, and how."""

SIZES: Final = frozenset({"working", "targets", "measures", "set", "set_burden"})
"""The figures that grow with a system."""

MAIN: Final = 5
"""So many of the main differences are told."""

FEW: Final = 4
"""So many names are told of a list; the others are counted."""

WIDE: Final = 18
"""A longer name of a system stands as a letter at the head of its column, and beside it below. Unit: letters."""

LABEL: Final = 46
"""How wide the words of a figure are; longer ones go on below. Unit: letters."""


def lines_of(answer: Comparison, width: int) -> Iterator[str]:
    """The lines of the text."""
    yield from fold(answer.headline, width)
    if not answer.same:
        yield ""
        yield from _figures(answer, width)
    # Where nothing is one, all is only in its own, and lists of that say nothing.
    if not answer.same and not answer.apart:
        yield from section("What differs most", answer.main, width, MAIN, "differences")
        yield from section("Targets met in one and missed in another", _met(answer), width)
        yield from section("Quarrels (share of all that pulls apart)", _themes(answer), width)
        yield from section("Proposed sets", _sets(answer), width)
        yield from section("One set for all together", _core(answer), width)
    # Notes hold words to type, which must not be broken.
    yield from section("Notes", answer.notes, width, MAIN, hyphens=False)


def _figures(answer: Comparison, width: int) -> Iterator[str]:
    """The figures that are known of some system, side by side; as many columns as fit."""
    heads, legend = _heads(answer.labels, width - LABEL)
    for line in legend:
        yield from fold(line, width)
    wide = max(7, *(len(head) + 2 for head in heads))
    fits = max(1, (width - LABEL) // wide)
    rows = _shown(answer)
    for first in range(0, len(heads), fits):
        part = slice(first, first + fits)
        yield f"{'':{LABEL}}" + "".join(f"{head:>{wide}}" for head in heads[part])
        for row in rows:
            said, *below = fold(_label(row), LABEL - 1, hang=2)
            yield f"{said:{LABEL}}" + "".join(f"{cell:>{wide}}" for cell in _cells(row)[part])
            yield from below


def _shown(answer: Comparison) -> list[Figure]:
    """The figures that are not 0 everywhere; burden only where it is not the number of measures, years that differ.

    Where nothing is one those of size are left out.
    """
    sizes = next(row.values for row in answer.figures if row.figure == "set")
    return [
        row
        for row in answer.figures
        if row.figure in SHOWN
        and any(row.values)
        and not (row.figure == "set_burden" and row.values == sizes)
        and not (row.figure == "year" and len(set(row.values)) == 1)
        and not (answer.apart and row.figure in SIZES)
    ]


def _heads(labels: Sequence[str], room: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands above the columns, and what that means."""
    wide = max(map(len, labels))
    if wide <= WIDE and len(labels) * (wide + 2) <= room:
        return tuple(labels), ()
    letters = tuple(chr(ord("A") + at) if at < 26 else str(at + 1) for at in range(len(labels)))
    return letters, tuple(f"{letter}: {label}" for letter, label in zip(letters, labels, strict=True))


def _label(row: Figure) -> str:
    return row.label[:1].upper() + row.label[1:]


def _cells(row: Figure) -> list[str]:
    return ["-" if value is None else f"{value:{SHOWN[row.figure]}}" for value in row.values]


def _themes(answer: Comparison) -> Iterator[str]:
    """Those that all have, with their shares; those that only some have; those that stand by themselves in some."""
    both = [
        f"“{row.name}” ({', '.join(f'{share or 0:.0%}' for share in row.shares)})"
        for row in answer.themes
        if row.what == "all"
    ]
    if both:
        yield f"In {_all(answer)}: {some(both, FEW)}."
    yield from _by_place([(row.where, f"“{row.name}”") for row in answer.themes if row.what == "only in"])
    parts = [(row.where, _part(answer, row)) for row in answer.themes if row.what == "part of"]
    for where, called in _grouped(parts):
        yield f"By itself only in {_joined(where)}, {len(called)}: {some(called, FEW)}."


def _part(answer: Comparison, row: ThemeSeen) -> str:
    """A quarrel of which most findings stand in other quarrels elsewhere."""
    groups: dict[str, list[str]] = {}
    for label, name in zip(answer.labels, row.within, strict=True):
        if name is not None:
            groups.setdefault(name, []).append(label)
    stand = [f"in {_joined(labels)} most of it stands in “{name}”" for name, labels in groups.items()]
    return f"“{row.name}” ({_joined(stand)})"


def _met(answer: Comparison) -> Iterator[str]:
    """The measures whose every target is met in some systems and missed in all others where it is known."""
    rows = [(_meeting(answer, row), f"“{row.name}”") for row in answer.standing]
    for where, called in _grouped([(where, name) for where, name in rows if where]):
        yield f"Met in {_joined(where)} only, {len(called)}: {some(called, FEW)}."


def _meeting(answer: Comparison, row: StandsToday) -> tuple[str, ...]:
    """The systems that meet every target on a measure, where all others that know of any miss each; else none."""
    shares = [met / known if known else None for met, known in zip(row.met, row.known, strict=True)]
    meeting = tuple(label for label, share in zip(answer.labels, shares, strict=True) if share == 1)
    return meeting if 0.0 in shares and {None, 0.0, 1.0}.issuperset(shares) else ()


def _sets(answer: Comparison) -> Iterator[str]:
    if not answer.sets:
        return
    both = [row for row in answer.sets if set(row.kept_in) == {*answer.labels}]
    yield f"Kept in {_all(answer)}: {len(both)}."
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for row in sorted(answer.sets, key=lambda row: -sum(row.targets)):
        if row not in both:
            groups.setdefault((row.kept_in, _because(answer, row)), []).append(f"“{row.name}”")
    for where, why in sorted(groups, key=lambda group: (len(group[0]), group)):
        called = groups[where, why]
        most = " with most targets" if len(called) > FEW else ""
        yield f"Only in {_joined(where)}, {len(called)} {why},{most}: {some(called, FEW)}.".replace("),:", "):")


def _because(answer: Comparison, row: StandsHere) -> str:
    """Why others do not keep it, in a few words."""
    others = {ELSEWHERE[standing] for standing in row.standings if standing != "kept"}
    if any(PROBABLY in (why or "") for why in row.why):
        others = {"probably there under another id"}
    elsewhere = [label for label in answer.labels if label not in row.kept_in]
    return f"({' or '.join(sorted(others))} in {_joined(elsewhere) if len(elsewhere) < FEW else 'the others'})"


ELSEWHERE: Final[Mapping[str, str]] = {
    "retired": "let go",
    "nobody's": "nobody has a target on it",
    "not there": "no such measure",
    "not judged": "not judged",
    "no set": "no set",
}
"""What becomes of a measure where it is not kept, in a few words."""

PROBABLY: Final = "probably the same"
"""What is said of a measure that may be there under another id."""


def _by_place(rows: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """What only some have, a sentence for each group of systems."""
    for where, called in _grouped(rows):
        yield f"Only in {_joined(where)}, {len(called)}: {some(called, FEW)}."


def _grouped(rows: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Names by the systems that they belong to, those of few systems first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for where, name in rows:
        groups.setdefault(where, []).append(name)
    yield from sorted(groups.items(), key=lambda group: (len(group[0]), group[0]))


def _core(answer: Comparison) -> Iterator[str]:
    core = answer.core
    if core is None:
        return
    shared, number = core.shared, len(core.measures)
    if not shared and any(set(row.kept_in) == {*answer.labels} for row in answer.sets):
        yield (
            f"Not told, as what {_all(answer)} keep is defined a little differently, and would count as two: say which "
            f"measures are one (same=, --same)."
        )
        return
    if number == len(shared) == core.separately:
        yield f"The same {number} measures serve {_all(answer)}{'' if core.proven else ' (not proven)'}."
        return
    sure = "" if core.proven else " (not proven)"
    if number < core.separately:
        said = f"{number} measures would serve {_all(answer)}{sure}, where the sets of their own keep {core.separately}"
    else:
        said = (
            f"Nothing is gained by one set: it would keep {number} measures{sure}, no fewer than the "
            f"{core.separately} of the sets of their own"
        )
    if not shared:
        yield f"{said}; none of them serves duties in {_all(answer)}."
        return
    yield f"{said}; {len(shared)} serve duties in {_all(answer)}."
    rows = sorted(core.measures, key=lambda row: -sum(row.duties))
    yield from _by_place([(row.serves_in, f"“{row.name}”") for row in rows if row.part != "core" and row.serves_in])


def _all(answer: Comparison) -> str:
    return "both" if len(answer.sides) == 2 else "all"


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
