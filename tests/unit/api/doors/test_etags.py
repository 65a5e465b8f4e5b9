"""Which version somebody means: every header is read as RFC 9110 says, and no text is more than refused."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, settings, strategies as st

from alignment.api.doors.etags import (
    ANY,
    Condition,
    Tag,
    content_tag,
    expected,
    is_fresh,
    named,
    tags_of,
    version_tag,
)
from alignment.api.store.nouns import Version
from alignment.errors import InputError

HASHES = [sha256(bytes([each])).hexdigest() for each in range(3)]


def version(number: int, content: str) -> Version:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Version(system="london", number=number, hash=content, form="json", size=1, at=at)


def own_tag(number: int, content: str, form: str, *, weak: bool) -> Tag:
    return Tag(version_tag(number, content, form)[1:-1], weak)


numbers, contents = st.integers(1, 3), st.sampled_from(HASHES)

versions = st.builds(version, numbers, contents)

words = st.text(st.sampled_from("!#,;*\\'ab\x80\xff"), max_size=6)

own_tags = st.builds(own_tag, numbers, contents, st.sampled_from(["json", "xlsx"]), weak=st.booleans())

tags = own_tags | st.builds(Tag, words, st.booleans())

gaps = st.sampled_from([",", ", ", " ,\t", ",,", " , , "])


def written(tag: Tag) -> str:
    return f'{"W/" if tag.weak else ""}"{tag.word}"'


@st.composite
def headers(draw: st.DrawFn, members: st.SearchStrategy[Tag] = tags) -> tuple[list[str], list[Tag]]:
    """Lines of a header and the tags in it."""
    meant = draw(st.lists(members, min_size=1, max_size=5))
    lines = [written(meant[0])]
    for tag in meant[1:]:
        if draw(st.booleans()):
            lines.append(written(tag))
        else:
            lines[-1] += draw(gaps) + written(tag)
    return lines, meant


@settings(deadline=None)
@given(headers())
def test_what_is_written_is_read(header: tuple[list[str], list[Tag]]) -> None:
    lines, meant = header
    assert tags_of(lines) == tuple(meant)


@settings(deadline=None)
@given(st.integers(1, 10**18 - 1), st.binary(), st.sampled_from(["json", "xlsx", "zip", "a-b"]))
def test_a_tag_names_its_version(number: int, content: bytes, form: str) -> None:
    digest = sha256(content).hexdigest()
    found = tags_of([version_tag(number, digest, form)])
    assert isinstance(found, tuple)
    assert named(found) == {(number, digest[:16])}


@pytest.mark.parametrize(
    "line", ["3-json", '"a', 'a"', '"a" "b"', 'w/"a"', 'W/ "a"', '*, "a"', '"a", *', '"a b"', '"é', "**", '"a";q=1']
)
def test_what_is_malformed_is_said_to_be(line: str) -> None:
    assert tags_of([line]) is None
    assert not is_fresh([line], '"a"')
    for lines in ({"if_match": [line], "if_none_match": []}, {"if_match": [], "if_none_match": [line]}):
        with pytest.raises(InputError, match="malformed") as caught:
            expected(**lines, current=lambda: None)
        assert {fault.where for fault in caught.value.faults} <= {"the header If-Match", "the header If-None-Match"}


texts = st.lists(st.text(st.sampled_from('"W/*, \t3-aé'), max_size=20), max_size=3)


@settings(deadline=None)
@given(texts, texts, st.none() | versions)
def test_no_text_is_more_than_refused(one: list[str], other: list[str], current: Version | None) -> None:
    is_fresh(one, '"a"')
    with suppress(InputError):
        expected(one, other, lambda: current)


@pytest.mark.parametrize("text", [" " * 60_000, '"' * 60_001, "W/" * 30_000, '"a",' * 15_000, ", \t" * 20_000 + "x"])
def test_long_headers_are_read_in_one_go(text: str) -> None:
    found = tags_of([text])
    assert found is None or len(found) in (0, 15_000)


@settings(deadline=None)
@given(headers(), tags)
def test_fresh_is_what_is_there_already_whether_weak_or_strong(header: tuple[list[str], list[Tag]], own: Tag) -> None:
    lines, meant = header
    assert is_fresh(lines, written(own)) == (own.word in {tag.word for tag in meant})
    assert is_fresh(["*"], written(own))
    assert not is_fresh([], written(own))
    assert not is_fresh([""], written(own))


def holds(condition: Condition, number: int | None) -> bool:
    """As the store sees it."""
    if isinstance(condition, str):
        return (number is None) == (condition == "new")
    return number in condition


def is_of(tag: Tag, current: Version) -> bool:
    forms = [version_tag(current.number, current.hash, form)[1:-1] for form in ("json", "xlsx")]
    return tag.word in forms


def is_met(match: Sequence[Tag] | str | None, other: Sequence[Tag] | str | None, current: Version | None) -> bool:
    """RFC 9110, 13.1.1 and 13.1.2, word by word."""
    if match is not None:
        if current is None:
            return False
        if match != ANY and not any(isinstance(tag, Tag) and not tag.weak and is_of(tag, current) for tag in match):
            return False
    if other is None or current is None:
        return True
    return other != ANY and not any(isinstance(tag, Tag) and is_of(tag, current) for tag in other)


conditions = st.none() | st.just((["*"], ANY)) | headers(own_tags)


@settings(deadline=None)
@given(conditions, conditions, st.none() | versions)
def test_what_must_be_there_is_what_the_headers_say(
    match: tuple[list[str], list[Tag] | str] | None,
    other: tuple[list[str], list[Tag] | str] | None,
    current: Version | None,
) -> None:
    found = expected(match[0] if match else [], other[0] if other else [], lambda: current)
    met = is_met(match and match[1], other and other[1], current)
    if found is None:
        # Nobody says which version is meant: what is new may be put, and nothing be written over.
        assert match is None
        assert met
    else:
        assert holds(found, current.number if current else None) == met


def test_a_number_that_came_again_in_another_database_is_not_what_was_meant() -> None:
    tag = version_tag(3, HASHES[0], "json")
    for content, meant in ((HASHES[0], {3}), (HASHES[1], set[int]())):
        now = version(3, content)
        assert expected([tag], [], lambda now=now: now) == meant


def test_nothing_is_looked_up_where_no_tag_is_given() -> None:
    def look() -> Version | None:
        raise AssertionError

    assert expected([], [], look) is None
    assert expected(["*"], [], look) == "existing"
    assert expected([], ["*"], look) == "new"
    assert expected(["*"], ["*"], look) == frozenset()


@pytest.mark.parametrize("line", ["", " ", ",", " , ,"])
def test_a_blank_header_is_refused_where_it_decides(line: str) -> None:
    with pytest.raises(InputError, match="is blank"):
        expected([line], [], lambda: None)


@settings(deadline=None)
@given(st.binary(), st.binary())
def test_other_bytes_have_another_tag(one: bytes, other: bytes) -> None:
    assert (content_tag(one) == content_tag(other)) == (one == other)
    assert tags_of([content_tag(one)]) == (Tag(content_tag(one)[1:-1]),)
