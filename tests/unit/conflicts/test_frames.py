"""The tables of conflicts hold what each conflict says, names beside ids."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflict import Conflict
from alignment.wording import severity_word
from tests.small import with_notes

Cells = Mapping[str, object]


@pytest.fixture(scope="module")
def winter() -> System:
    return al.read(al.example("winter-pressure"))


@pytest.fixture(scope="module")
def conflicts(winter: System) -> al.Conflicts:
    return al.find_conflicts(winter)


@pytest.fixture(scope="module")
def called(winter: System) -> Mapping[str, str]:
    """What people call agencies, tiers, measures and populations."""
    rows = (*winter.agencies, *winter.tiers, *winter.measures, *winter.populations)
    return {row.id: row.name for row in rows}


def joined(words: tuple[str, ...]) -> str:
    return "; ".join(words)


def rows_of(frame: pd.DataFrame) -> list[Cells]:
    """The rows of a frame, blanks as None."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(map(str, whole.columns), row, strict=True)) for row in whole.itertuples(index=False, name=None)]


def test_a_row_for_each_conflict(conflicts: al.Conflicts, called: Mapping[str, str]) -> None:
    assert rows_of(conflicts.to_frame()) == [
        {
            "id": each.id,
            "kind": each.kind,
            "title": each.title,
            "severity": each.severity,
            "confidence": each.confidence,
            "relations": joined(each.relations),
            "agencies": joined(each.agencies),
            "agency_names": joined(tuple(called[name] for name in each.agencies)),
            "tiers": joined(each.tiers),
            "tier_names": joined(tuple(called[name] for name in each.tiers)),
            "measures": joined(each.measures),
            "measure_names": joined(tuple(called[name] for name in each.measures)),
            "population": each.population,
            "population_name": each.population and called[each.population],
            "pairs": len(list(each.pairs())),
            "effect": each.effect,
            "amount": each.amount,
            "mixed": each.mixed,
            "sentence": each.sentence,
            "suggestion": each.suggestion,
            "assumed": joined(each.assumed),
            "rows": joined(tuple(f"{row.table}:{row.row}" for row in each.evidence)),
        }
        for each in conflicts
    ]


def sides(each: Conflict, called: Mapping[str, str]) -> list[Cells]:
    return [
        {
            "conflict": each.id,
            "side": number,
            "measure": side.measure,
            "name": side.measure and called[side.measure],
            "wish": side.wish,
            "asks": side.asks,
            "targets": joined(side.targets),
            "agencies": joined(side.agencies),
            "agency_names": joined(tuple(called[name] for name in side.agencies)),
            "deliverers": joined(side.deliverers),
            "deliverer_names": joined(tuple(called[name] for name in side.deliverers)),
        }
        for number, side in enumerate(each.sides, start=1)
    ]


def test_a_row_for_each_side(conflicts: al.Conflicts, called: Mapping[str, str]) -> None:
    wanted = [row for each in conflicts for row in sides(each, called)]
    assert rows_of(conflicts.to_frame("sides")) == wanted
    assert len(wanted) > len(conflicts)


def test_a_row_for_each_row_of_evidence(conflicts: al.Conflicts) -> None:
    assert rows_of(conflicts.to_frame("evidence")) == [
        {"conflict": each.id, "table": row.table, "row": row.row, "says": row.says, "source": row.source}
        for each in conflicts
        for row in each.evidence
    ]


def test_the_text_tells_the_worst_and_counts_the_rest(conflicts: al.Conflicts) -> None:
    text = conflicts.to_text(10_000, 3)
    head, *blocks, rest, notes = text.split("\n\n")
    assert head == conflicts.summary()
    assert blocks == [
        f"{each.title}\n  {each.kind}, severity {each.severity:.2f} ({severity_word(each.severity)}), confidence "
        f"{each.confidence:.2f}\n  {each.sentence}\n  {each.id}"
        for each in list(conflicts)[:3]
    ]
    assert rest == f"... and {len(conflicts) - 3} more."
    assert notes == "\n".join(f"Note: {note}." for note in conflicts.notes)
    assert "... and" not in conflicts.to_text(limit=None)
    assert str(conflicts.only(())) == "No conflicts."
    assert conflicts.only(()).summary() == "no conflicts"
    assert conflicts[:1].summary() == f"1 conflict: 1 {conflicts[0].kind}"


def test_what_could_not_be_looked_for_is_told_even_where_nothing_is_found() -> None:
    found = al.find_conflicts(with_notes(), "joint")
    (note,) = found.notes
    assert found.to_text(300) == f"No conflicts.\n\nNote: {note}."


def test_a_glimpse_shows_names(conflicts: al.Conflicts) -> None:
    page = conflicts._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert conflicts.summary() in page
    assert page.count("<tr>") == 13
    assert f"{len(conflicts) - 12} more rows" in page
    for column in ("kind", "title", "severity", "confidence", "sentence"):
        assert f">{column}</th>" in page
    assert repr(conflicts[:1]) == f"<Conflicts: {conflicts[:1].summary()}>"
