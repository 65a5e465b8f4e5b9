"""Maps there and back: ids, labels, signs and strengths are those that were written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import alignment as al
from alignment.maps.map import Direction, Factor, Link, Map
from alignment.tables.link_signs import Sign, number_of, sign_of
from alignment.tables.map_headings import text_of

ANY = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"), max_codepoint=0x2FFFF)
TEXT = st.text(ANY, min_size=1, max_size=12).map(lambda text: text_of(text) or "a")
"""Words on one line, of any script."""

WEIGHTS = st.one_of(
    st.none(), st.sampled_from([-3.0, -0.5, 0.1, 1 / 3, 2.0]), st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6)
)


def quiet(text: str | None) -> bool:
    """Whether words say neither a sign nor a number of their own."""
    return text is None or (sign_of(text) is None and number_of(text) is None)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """A map with labels of any script, whose types and labels of links leave signs to the links."""
    labels = draw(st.lists(TEXT, min_size=1, max_size=6, unique=True))
    ids = [f"elem-{at:08d}" for at in range(len(labels))]
    types = st.one_of(st.none(), TEXT.filter(quiet))
    factors = [
        Factor(
            id=own, label=label, type=draw(types), tags=tuple(draw(st.lists(st.sampled_from(["a", "b c"]), max_size=2)))
        )
        for own, label in zip(ids, labels, strict=True)
    ]
    return Map(factors=tuple(factors), links=tuple(_link(draw, ids, at) for at in range(draw(st.integers(0, 6)))))


def _link(draw: st.DrawFn, ids: list[str], at: int) -> Link:
    signs: tuple[Sign | None, ...] = ("+", "-", None)
    ways: tuple[Direction, ...] = ("directed", "mutual")
    sign, weight = draw(st.sampled_from(signs)), draw(WEIGHTS)
    quiet_text = st.one_of(st.none(), TEXT.filter(quiet))
    return Link(
        id=f"conn-{at:08d}",
        source=draw(st.sampled_from(ids)),
        target=draw(st.sampled_from(ids)),
        sign=sign,
        weight=abs(weight) if weight is not None and sign else weight,
        type=draw(quiet_text),
        label=draw(quiet_text),
        direction=draw(st.sampled_from(ways)),
    )


def said(drawn: Map) -> tuple[object, ...]:
    """What a round trip may not lose."""
    factors = [(each.id, each.label) for each in drawn.factors]
    links = [(each.id, each.source, each.target, each.sign, each.weight, each.direction) for each in drawn.links]
    return factors, links


@pytest.mark.parametrize(
    ("name", "kind"), [("m.json", "kumu"), ("m.prsm", "prsm"), ("m.xlsx", "prsm-workbook"), ("n.xlsx", "kumu-workbook")]
)
@given(drawn=maps())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ids_labels_signs_and_strengths_come_back(name: str, kind: str, drawn: Map) -> None:
    with tempfile.TemporaryDirectory() as folder:
        al.write_map(drawn, Path(folder) / name, kind)
        again = al.read_map(Path(folder) / name, kind)
    assert said(again) == said(drawn)


@given(drawn=maps())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_kumu_keeps_types_and_tags_too(drawn: Map) -> None:
    with tempfile.TemporaryDirectory() as folder:
        al.write_map(drawn, Path(folder) / "m.json")
        again = al.read_map(Path(folder) / "m.json")
    assert (again.factors, again.links) == (drawn.factors, drawn.links)


@given(drawn=maps(), scale=st.sampled_from([1e6, 2e6]), strength=st.sampled_from([0.5, 2.0, 3.0]))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_link_is_an_influence_or_a_note_and_none_is_beyond_the_scale(
    drawn: Map, scale: float, strength: float
) -> None:
    system = drawn.system(scale=scale, strength=strength)
    assert [row.name for row in system.measures] == [factor.label for factor in drawn.factors]
    ids = {factor.id: row.id for factor, row in zip(drawn.factors, system.measures, strict=True)}
    rows = {(row.source_measure, row.target_measure, row.strength) for row in system.influences}
    notes = " ".join(note.what for note in system.notes)
    expected = set[tuple[str, str, float]]()
    for link in drawn.links:
        by_sign = {"+": strength, "-": -strength}.get(link.sign or "")
        value = by_sign if link.signed is None else 3 * link.signed / scale
        if value is None or link.source == link.target:
            assert drawn.called(link) in notes
            continue
        ways = [(link.source, link.target), (link.target, link.source)]
        expected |= {(ids[one], ids[two], value) for one, two in ways[: 1 + (link.direction == "mutual")]}
    assert rows == expected
    assert all(abs(strength or 0) <= 3 for *_, strength in rows)


@given(strengths=st.lists(st.floats(-3, 3).filter(lambda x: abs(x) > 1e-9), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_strengths_come_back_to_the_last_digit(strengths: list[float]) -> None:
    links = tuple(Link(source="a", target="b", weight=each, note=f"row {at}") for at, each in enumerate(strengths))
    system = Map(factors=(Factor(id="a", label="a"), Factor(id="b", label="b")), links=links).system(scale=3)
    assert [row.strength for row in system.influences] == strengths
