"""The first screen: the finding as a headline, four numbers in people's words, and what to know before all else.

It promises no more than was worked out: what is left is counted anew without the targets that would go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import alignment as al
from alignment.models.options.conflicts import Kind
from alignment.wording import count, names, percent, quoted, upper_first

from .markup import Markup, element, joined, listed, paragraph
from .material import Material
from .wording import capped

Number = tuple[str, str]

NAMED: Final = 5
"""So many bodies are named."""

BEYOND: Final[Mapping[Kind, str]] = {
    "perverse": "money for moves that somebody does not want",
    "capacity": "resources that cannot hold what is wanted of them",
    "no-control": "measures out of the hands of who is judged on them",
    "wrong-pocket": "one pays and another gains",
}
"""The kinds of conflict that a choice of measures does not reach."""


def headline(told: Material) -> str:
    """The finding, in a sentence without a full stop."""
    found = told.proposal
    if found is None:
        seen = count(len(told.conflicts), "way", "ways")
        return f"The tables show {seen} in which targets pull apart, and allow no choice of measures"
    before, after = found.before.conflicts, found.after.conflicts
    moves, clashes = _moves(found), f"{count(before, 'clash', 'clashes')} between what bodies want"
    if not moves:
        stay = _all(found.before.measures)
        return f"{stay}, and so {_do(before, 'does', 'do')} {clashes}" if before else stay
    today = count(found.before.measures, "measure", "measures")
    head = f"{moves} of {today}" if found.retired else moves
    if after == before:
        return f"{head} {f'would settle none of {clashes}' if before else 'would bring no clash'}"
    return f"{head} would take {clashes} {'down' if after < before else 'up'} to {after:,}"


def _moves(found: al.Proposal) -> str:
    """What is done to today's measures; nothing where all stay and none is new."""
    gone, new = len(found.retired), sum(not row.targeted for row in found.kept)
    added = f"adding {new:,} that nobody works to today" if new else ""
    if not gone:
        return upper_first(added)
    return f"{f'{upper_first(added)} and letting' if added else 'Letting'} go of {gone:,}"


def _all(number: int) -> str:
    if not number:
        return "No body works to any measure"
    return f"No measure has to go: {'the one there is stays' if number == 1 else f'all {number:,} stay'}"


def _do(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def numbers(told: Material) -> Markup:
    """Four numbers, each with what it counts."""
    rows = [element("div", element("dt", what), element("dd", value)) for value, what in _numbers(told)]
    return element("dl", *rows, class_="numbers")


def _numbers(told: Material) -> Iterator[Number]:
    found, left = told.proposal, told.left
    if found is not None and left is not None:
        now, then = found.before, found.after
        yield (
            _change(now.conflicts, then.conflicts),
            "clashes (meeting one target works against another, or harms what nobody guards), today and then",
        )
        yield _change(now.measures, then.measures), "measures that bodies work to, today and then"
        new = len({each.id for each in left.findings} - {each.id for each in told.conflicts.findings})
        known = f"; {new:,} of those left are new" if new else ""
        yield (
            _change(len(told.conflicts), len(left)),
            f"findings of every kind: clashes, money, means, who is judged on what{known}",
        )
    else:
        yield f"{len(told.conflicts):,}", "findings of every kind: clashes, money, means, who is judged on what"
        yield f"{len(told.themes.themes):,}", "quarrels that they come down to"
    meetings, curve = told.agenda.conversations, told.agenda.curve
    share = percent(curve[-1].share) if meetings and curve else "none"
    verb = _do(len(meetings), "conversation that reaches", "conversations that reach")
    yield f"{len(meetings):,}", f"{verb} {share} of what pulls apart, by weight"


def _change(now: int, then: int) -> str:
    return f"{now:,} → {then:,}"


def first_of_all(told: Material) -> Markup | None:
    """What to know after two minutes, a line each."""
    lines = [joined(element("strong", f"{word}: "), sentence) for word, sentence in _lines(told)]
    return listed(lines)


def _lines(told: Material) -> Iterator[Number]:
    if told.lacking:
        yield "No set", capped(told.lacking)
    if told.themes.themes:
        worst = told.themes.themes[0]
        yield "The worst quarrel", told.said(f"{capped(worst.sentence)} A way out: {capped(worst.suggestion)}")
    if told.agenda.conversations:
        talk = told.agenda.conversations[0]
        yield "Bring together first", f"{talk.name} ({percent(talk.share)} of it). Begin with: {capped(talk.first)}"
    if told.proposal is not None:
        yield from _of_set(told, told.proposal)


def _of_set(told: Material, found: al.Proposal) -> Iterator[Number]:
    giving = [row for row in found.adoption if row.gives_up]
    giving.sort(key=lambda row: (-len(row.gives_up), row.agency_name))
    if giving:
        parts = [f"{row.agency_name} {len(row.gives_up)} of {len(row.gives_up) + len(row.keeps)}" for row in giving]
        rest = "Nobody else gives up any." if len(parts) <= NAMED else ""
        yield "Who gives up measures it works to", f"{upper_first(names(parts, NAMED))}. {_withdrawn(found)}{rest}"
    asked = [row for row in found.retired if not row.argued]
    if asked:
        yield (
            "People will ask about",
            f"{names([quoted(row.name) for row in asked], 4)}: nothing kept says enough of them.",
        )
    yield "Meant for people", _for_people(found)
    if told.left is not None:
        yield "Not mended by choosing measures", _not_mended(told.left)
    yield "How sure", _sure(told, found)


def _withdrawn(found: al.Proposal) -> str:
    """How much of what goes was ever a target: wishes that were inferred are no loss that anybody can show."""
    given, inferred = found.withdrawn
    if not inferred:
        return ""
    published = count(given, "target was published", "targets were published") if given else ""
    wishes = count(inferred, "wish was only inferred", "wishes were only inferred")
    return f"Of what goes {' and '.join(filter(None, [published, wishes]))} from how bodies act. "


def _for_people(found: al.Proposal) -> str:
    lost = [row.name for row in found.retired if any(each.people and not each.said for each in row.said)]
    unserved = count(len(found.gaps), "duty is", "duties are")
    gaps = f" {unserved} served by nothing kept." if found.gaps else ""
    if not lost:
        return f"Every target that a body was given for people's good is still said by what is kept.{gaps}"
    return (
        f"Targets set for people on {names([quoted(name) for name in lost], 4)} are no longer said by anything.{gaps}"
    )


def _not_mended(left: al.Conflicts) -> str:
    if not left:
        return "Nothing is left."
    kinds = Counter(each.kind for each in left.findings)
    parts = [f"{words} ({kinds[kind]:,})" for kind, words in BEYOND.items() if kinds[kind]]
    if not parts:
        return f"{upper_first(_findings(len(left)))} of other kinds."
    return f"{upper_first(names(parts, len(parts)))}. These need money, agreement or law."


def _findings(number: int) -> str:
    return count(number, "finding", "findings")


def _sure(told: Material, found: al.Proposal) -> str:
    proof = (
        "By the yardstick that was asked for no set is better: proven."
        if found.proven
        else f"This is the best set found, not proven to be the best ({found.stopped})."
    )
    blank = next((hint.what for hint in told.advice.hints if hint.code == "no-baseline"), "")
    return f"{proof} It is as right as the tables. {told.said(capped(blank)) if blank else ''}".strip()


def titled(told: Material) -> Markup | None:
    """What the report is about, under its headline."""
    about, system = told.system.about, told.system
    year = f", {about.year}" if about.year and str(about.year) not in (about.name or "") else ""
    size = ", ".join(
        (
            count(len(system.agencies), "body", "bodies"),
            count(len(system.targets), "target", "targets"),
        )
    )
    day = f" {told.date.day} {told.date:%B %Y}." if told.date else ""
    return paragraph(f"{about.name or 'A system without a name'}{year}: {size}.{day}", class_="second")
