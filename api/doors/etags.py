"""Entity tags (RFC 9110): which version of a system somebody means, and what they have already."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from alignment.api.store.nouns import Version
from alignment.errors import InputError
from alignment.models.faults import Fault

SHOWN: Final = 16
"""How much of a hash a tag tells. Unit: hexadecimal digits."""

ANY: Final = "*"
"""What is said instead of tags: whatever is there."""

Condition = Literal["new", "existing"] | frozenset[int]
"""What must be there before it is changed, as `Systems.put` and `Systems.delete` take it; no number is never so."""

# A member may be blank. Nothing is tried twice, so that a header of any length is read in one go.
MEMBER: Final = re.compile(r'[ \t]*+(?:(W/)?"([\x21\x23-\x7e\x80-\xff]*+)"[ \t]*+)?+(?:,|\Z)')

OWN: Final = re.compile(rf"([1-9][0-9]{{0,17}})-([0-9a-f]{{{SHOWN}}})-.+")
"""What stands in the quotes of a version's tag."""


class Tag(NamedTuple):
    """An entity tag."""

    word: str
    """What stands in the quotes."""
    weak: bool = False
    """Whether what has it may differ in its bytes."""


class Named(NamedTuple):
    """The version that a tag names."""

    number: int
    """Its number."""
    hash: str
    """The beginning of its content's hash."""


def version_tag(number: int, content_hash: str, form: str) -> str:
    """The strong tag of a version in a form, each of which has bytes of its own.

    Parameters
    ----------
    number
        The number of the version.
    content_hash
        The SHA-256 of its content, in hexadecimal. A number alone could come again in a database that was lost.
    form
        A word for the form, such as json.

    Examples
    --------
    >>> version_tag(3, "0123456789abcdef" * 4, "json")
    '"3-0123456789abcdef-json"'
    """
    return f'"{number}-{content_hash[:SHOWN]}-{form}"'


def content_tag(data: bytes) -> str:
    """The strong tag of any bytes.

    >>> content_tag(b"")
    '"e3b0c44298fc1c149afbf4c8996fb924"'
    """
    return f'"{sha256(data).hexdigest()[: 2 * SHOWN]}"'


def tags_of(lines: Sequence[str]) -> Literal["*"] | tuple[Tag, ...] | None:
    """What the lines of an `If-Match` or `If-None-Match` say; nothing where they are malformed.

    >>> tags_of(['"a", W/"b,c"', '"d"'])
    (Tag(word='a', weak=False), Tag(word='b,c', weak=True), Tag(word='d', weak=False))
    >>> tags_of(["*"]), tags_of(["3-json"])
    ('*', None)
    """
    text, found, at = ",".join(lines), list[Tag](), 0
    if text.strip(" \t") == ANY:
        return ANY
    while at < len(text):
        member = MEMBER.match(text, at)
        if member is None:
            return None
        if member[2] is not None:
            found.append(Tag(member[2], member[1] is not None))
        at = member.end()
    return tuple(found)


def named(tags: Sequence[Tag]) -> frozenset[Named]:
    """The versions that tags name, in whatever form; tags of other things name none.

    >>> sorted(named([Tag("3-0123456789abcdef-json"), Tag("other")]))
    [Named(number=3, hash='0123456789abcdef')]
    """
    parts = filter(None, (OWN.fullmatch(tag.word) for tag in tags))
    return frozenset(Named(int(part[1]), part[2]) for part in parts)


def is_fresh(if_none_match: Sequence[str], tag: str) -> bool:
    """Whether somebody has what bears a tag already, and a 304 will do. What is malformed says no.

    Parameters
    ----------
    if_none_match
        The lines of the header; none where there is none.
    tag
        The tag, in its quotes.

    Examples
    --------
    >>> is_fresh(['W/"a", "b"'], '"a"'), is_fresh(['"c"'], '"a"'), is_fresh([], '"a"')
    (True, False, False)
    """
    tags = tags_of(if_none_match)
    if tags == ANY:
        return True
    return tag.removeprefix("W/") in {f'"{each.word}"' for each in tags or ()}


def expected(
    if_match: Sequence[str], if_none_match: Sequence[str], current: Callable[[], Version | None]
) -> Condition | None:
    """What must be there before a system is put or deleted.

    `If-Match` compares strongly, `If-None-Match` weakly; where both are given, both must hold.

    Parameters
    ----------
    if_match, if_none_match
        The lines of the headers; none where there is none.
    current
        Gives the current version, or nothing where there is no system. It is asked only where tags are given.

    Returns
    -------
    str, set of int, or None
        "new", "existing", or the number that the current version must still have: an empty set where what is there is
        not what is meant. Nothing where nobody says which version is meant, so that only what is new may be put
        (``expected="new"``), and what is there not be written over.

    Raises
    ------
    InputError
        A header is malformed or blank.

    Examples
    --------
    >>> expected(["*"], [], lambda: None), expected([], ["*"], lambda: None), expected([], [], lambda: None)
    ('existing', 'new', None)
    """
    wanted, other = _condition("If-Match", if_match), _condition("If-None-Match", if_none_match)
    if other == ANY:
        return "new" if wanted is None else frozenset()
    if other is None and (wanted is None or wanted == ANY):
        return None if wanted is None else "existing"
    return _of_tags(wanted, other or (), current())


Wanted = Literal["*"] | tuple[Tag, ...] | None
"""What `If-Match` says; nothing where it is not there."""


def _of_tags(wanted: Wanted, other: Sequence[Tag], current: Version | None) -> Condition | None:
    """What must be there, where it takes a look at what is there."""
    now = None if current is None else Named(current.number, current.hash[:SHOWN])
    if now in named(other):
        return frozenset()
    if wanted is None:
        # That it is not some old version does not say which it is.
        return None
    meant = wanted == ANY or now in named([tag for tag in wanted if not tag.weak])
    return frozenset({now.number}) if now is not None and meant else frozenset()


def _condition(header: str, lines: Sequence[str]) -> Wanted:
    """What a header says; nothing where it is not there."""
    tags = tags_of(lines)
    if not lines or tags:
        return tags or None
    what = "is malformed" if tags is None else "is blank"
    remedy = (
        'Write the ETag that you were given as it is, in its double quotes, such as "3-0123456789abcdef-json", or *'
    )
    raise InputError([Fault(table="", place=f"the header {header}", what=what, remedy=remedy)])
