"""Every kind of conflict is told, once, in a sentence, with a page that has its section."""

from __future__ import annotations

from pathlib import Path

from alignment.conflicts.described import described
from alignment.models.options.conflicts import KINDS

DOCS = Path(__file__).parents[3] / "docs"


def test_every_kind_is_told_once() -> None:
    assert [each.kind for each in described()] == list(KINDS)
    assert len({each.title for each in described()}) == len(KINDS)


def test_every_kind_is_told_in_one_sentence() -> None:
    for each in described():
        assert each.meaning[0].isupper()
        assert each.meaning.count(".") == 1
        assert "Condition" not in each.meaning


def test_every_page_has_a_section_on_its_kind() -> None:
    for each in described():
        page, _, anchor = each.page.partition("#")
        assert f"## {anchor}\n" in (DOCS / page).read_text(encoding="utf-8")
