"""Systems: every version is kept, whole; of two who know the same version, one puts the next."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import func, select

from alignment.api.store.engine import Database
from alignment.api.store.errors import Gone, NotThere, VersionDiffers
from alignment.api.store.nouns import Version
from alignment.api.store.store import Store
from alignment.api.store.systems import Expected
from alignment.api.store.tables import ContentRow, VersionRow
from tests.store.together import together


def test_what_was_put_comes_back_with_who_said_what(store: Store) -> None:
    data = '{"agencies": [{"id": "nhs", "name": "Gwasanaeth Iechyd ŵ"}]}'.encode()
    version = store.systems.put("london", data, form="xlsx", key="al_12345678", note="as published")
    content = store.systems.get("london")
    assert (content.data, content.version) == (data, version)
    assert version.hash == hashlib.sha256(data).hexdigest()
    assert (version.number, version.size, version.form) == (1, len(data), "xlsx")
    assert (version.key, version.note) == ("al_12345678", "as published")
    assert store.systems.content(version.hash) == data


def test_every_version_is_kept_newest_first(store: Store) -> None:
    for number in range(5):
        store.systems.put("london", b"%d" % number, expected="whatever")
    assert store.systems.get("london").data == b"4"
    assert store.systems.get("london", 2).data == b"1"
    assert store.systems.version("london", 2).number == 2
    assert [version.number for version in store.systems.versions("london", most=2)] == [5, 4]
    assert [version.number for version in store.systems.versions("london", before=4, most=2)] == [3, 2]


@pytest.mark.parametrize("expected", ["existing", frozenset({1}), frozenset[int]()])
def test_nothing_is_there_before_the_first(store: Store, expected: Expected) -> None:
    with pytest.raises(VersionDiffers) as refused:
        store.systems.put("london", b"{}", expected=expected)
    assert refused.value.current is None
    assert store.systems.list() == ()


@pytest.mark.parametrize("expected", ["new", frozenset({1, 3}), frozenset[int]()])
def test_a_version_that_is_not_expected_is_not_replaced(store: Store, expected: Expected) -> None:
    for _ in range(2):
        store.systems.put("london", b"{}", expected="whatever")
    with pytest.raises(VersionDiffers) as refused:
        store.systems.put("london", b"[]", expected=expected)
    assert refused.value.current == 2
    assert store.systems.get("london").data == b"{}"


@pytest.mark.parametrize("expected", ["existing", "whatever", frozenset({2}), frozenset({1, 2})])
def test_a_version_that_is_expected_is(store: Store, expected: Expected) -> None:
    for _ in range(2):
        store.systems.put("london", b"{}", expected="whatever")
    assert store.systems.put("london", b"[]", expected=expected).number == 3


def test_the_same_content_is_kept_once(store: Store, database: Database) -> None:
    for system in ("leeds", "london", "leeds"):
        store.systems.put(system, b"{}", expected="whatever")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ContentRow)) == 1
        assert session.scalar(select(func.count()).select_from(VersionRow)) == 3


def test_pages_are_in_the_order_of_characters_on_every_database(store: Store) -> None:
    # In the order of a language a comes before B; in that of characters capitals come first, and é last.
    for system in ("b", "é", "A", "a", "B", "a-1", "a1"):
        store.systems.put(system, b"{}")
    assert [version.system for version in store.systems.list()] == ["A", "B", "a", "a-1", "a1", "b", "é"]
    assert [version.system for version in store.systems.list(after="a", most=2)] == ["a-1", "a1"]
    assert store.systems.list(after="é") == ()


def test_what_is_not_there_is_told_from_what_was_deleted(store: Store) -> None:
    with pytest.raises(NotThere, match="no system 'leeds'") as refused:
        store.systems.get("leeds")
    assert not isinstance(refused.value, Gone)
    store.systems.put("leeds", b"{}")
    for number in (2, 0, -1, 2**70):
        with pytest.raises(NotThere):
            store.systems.get("leeds", number)
    assert len(store.systems.versions("leeds", before=2**70)) == 1
    with pytest.raises(NotThere):
        store.systems.content("0" * 64)
    store.systems.delete("leeds")
    for ask in (store.systems.get, store.systems.version, store.systems.versions, store.systems.delete):
        with pytest.raises(Gone):
            ask("leeds")
    assert store.systems.list() == ()


def test_a_deleted_system_comes_back_with_its_versions(store: Store) -> None:
    store.systems.put("leeds", b"1")
    store.systems.delete("leeds", expected={1})
    with pytest.raises(VersionDiffers):
        store.systems.put("leeds", b"2", expected={1})
    assert store.systems.put("leeds", b"2", expected="new").number == 2
    assert store.systems.get("leeds", 1).data == b"1"


def test_a_version_that_is_not_expected_is_not_deleted(store: Store) -> None:
    store.systems.put("leeds", b"1")
    with pytest.raises(VersionDiffers):
        store.systems.delete("leeds", expected={2})
    assert store.systems.get("leeds").data == b"1"


@pytest.mark.parametrize("expected", ["new", frozenset({1})])
def test_of_many_who_expect_the_same_one_wins(store: Store, expected: Expected) -> None:
    if expected != "new":
        store.systems.put("london", b"first")

    def put(which: int) -> Version | VersionDiffers:
        try:
            return store.systems.put("london", b"%d" % which, expected=expected)
        except VersionDiffers as refused:
            return refused

    answers = together(8, put)
    (won,) = [answer for answer in answers if isinstance(answer, Version)]
    assert {answer.current for answer in answers if isinstance(answer, VersionDiffers)} == {won.number}
    assert store.systems.get("london").data == b"%d" % answers.index(won)


def test_of_many_who_expect_nothing_all_are_kept(store: Store) -> None:
    # Halves put the same content, so that both make its row at the same moment.
    versions = together(8, lambda which: store.systems.put("london", b"%d" % (which // 2), expected="whatever"))
    assert sorted(version.number for version in versions) == list(range(1, 9))
    for which, version in enumerate(versions):
        assert store.systems.get("london", version.number).data == b"%d" % (which // 2)


def test_what_a_run_is_about_comes_in_its_order(store: Store) -> None:
    one, other = (store.systems.put(name, name.encode()).hash for name in ("one", "other"))
    assert store.systems.contents(one) == (b"one",)
    assert store.systems.contents(f"{other}+{one}+{other}") == (b"other", b"one", b"other")
    with pytest.raises(NotThere):
        store.systems.contents(f"{one}+nowhere")
