"""Matrices and edge lists, as text and as workbooks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import alignment as al
from alignment.maps.from_system import map_of
from alignment.maps.map import Factor, Link
from alignment.tables.map_headings import text_of

SDG = ",1.3,2.2,8.5\n1.3,0,1,2\n2.2,,0,-1\n8.5,3,x,0\n"
FUZZY = "acts on;Beds;Waits\nBeds;0;0,75\nWaits;-0,6;-\n"
MICMAC = "\tBeds\tWaits\tMorale\nBeds\t0\t3\tP\nWaits\t1\t0\t2\nMorale\t0\t0\t0\n"
MARKS = ",Beds,Waits\nBeds,-,+\nWaits,-,-\n"


def drawn(path: Path, text: str, encoding: str = "utf-8") -> al.Map:
    (path / "scores.csv").write_text(text, encoding=encoding)
    return al.read_map(path / "scores.csv")


def links(found: al.Map) -> list[tuple[str, str, str | None, float | None]]:
    return [(each.source, each.target, each.sign, each.weight) for each in found.links]


def test_rows_act_on_columns_and_nothing_is_no_link(tmp_path: Path) -> None:
    found = drawn(tmp_path, SDG)
    assert links(found) == [
        ("1.3", "2.2", None, 1),
        ("1.3", "8.5", None, 2),
        ("2.2", "8.5", None, -1),
        ("8.5", "1.3", None, 3),
    ]
    assert [row.strength for row in found.system(scale=3).influences] == [1, 2, -1, 3]
    assert [row.name for row in found.system(scale=3).measures] == ["1.3", "2.2", "8.5"]


def test_semicolons_tabs_and_decimal_commas(tmp_path: Path) -> None:
    found = drawn(tmp_path, FUZZY, "utf-8-sig")
    assert links(found) == [("Beds", "Waits", None, 0.75), ("Waits", "Beds", None, -0.6)]
    assert [row.strength for row in found.system(scale=1).influences] == pytest.approx([2.25, -1.8])


def test_a_potential_influence_is_listed_until_somebody_says_what_it_means(tmp_path: Path) -> None:
    found = drawn(tmp_path, MICMAC)
    system = found.system(scale=3)
    assert [row.strength for row in system.influences] == [3, 1, 2]
    said = " ".join(note.what for note in system.notes)
    assert "1 link says no sign and is left out: Beds -> Morale" in said
    assert 'such as {"P": "+"}' in said
    assert "no weight is below 0" in said
    assert [row.strength for row in found.system(scale=3, words={"p": 1}).influences] == [3, 1, 1, 2]


def test_a_dash_is_a_sign_where_somebody_wrote_plus(tmp_path: Path) -> None:
    assert links(drawn(tmp_path, MARKS)) == [("Beds", "Waits", "+", None), ("Waits", "Beds", "-", None)]
    assert links(drawn(tmp_path, MARKS.replace("+", "2"))) == [("Beds", "Waits", None, 2)]


@pytest.mark.parametrize(
    ("scale", "says"),
    [
        (None, r"run from -1 to 3, and nothing says what the largest of their scale is. Give scale: 1 for fuzzy"),
        (1, r"run from -1 to 3, beyond a scale of 1"),
        (0, "scale is a number above 0"),
        (float("nan"), "scale is a number above 0"),
    ],
)
def test_a_scale_is_asked_for_and_never_guessed(tmp_path: Path, scale: float | None, says: str) -> None:
    with pytest.raises(al.OptionError, match=says):
        drawn(tmp_path, SDG).system(scale=scale)


def test_a_row_or_column_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(al.InputError) as raised:
        drawn(tmp_path, ",a,b,a\na,0,1,1\nb,1,0,1\nb,0,0,0\n")
    assert [str(fault) for fault in raised.value.faults] == [
        "scores.csv, row 4: 'b' is there already. Make one row of the two.",
        "scores.csv: the column 'a' is there twice. Make one column of the two.",
    ]


def test_a_table_that_is_neither_says_what_it_would_need(tmp_path: Path) -> None:
    with pytest.raises(al.InputError, match="neither matrix of scores nor edge list"):
        drawn(tmp_path, "name,age\nx,3\n")
    with pytest.raises(al.InputError, match="its columns are name, age"):
        al.read_map(tmp_path / "scores.csv", "edges")
    with pytest.raises(al.InputError, match="is no matrix"):
        al.read_map(tmp_path / "scores.csv", "matrix")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from,to,sign\nA,B,-1\nB,C,+\n", [("A", "B", "-", None), ("B", "C", "+", None)]),
        ("Source,Target,Polarity,Weight\nA,B,-,2\nB,C,+,1\n", [("A", "B", "-", 2), ("B", "C", "+", 1)]),
        ("a,b,weight\nA,B,-\nB,C,0.5\n", [("A", "B", "-", None), ("B", "C", None, 0.5)]),
        ("cause,effect,+/-\nA,B,positive\nB,C,negative\n", [("A", "B", "+", None), ("B", "C", "-", None)]),
        ("source_measure,target_measure,strength\nA,B,-3\n", [("A", "B", None, -3)]),
    ],
)
def test_edge_lists_with_any_clear_headings(
    tmp_path: Path, text: str, found: list[tuple[str, str, str | None, float | None]]
) -> None:
    assert links(drawn(tmp_path, text)) == found


def test_what_is_neither_a_sign_nor_a_number_is_kept_and_may_be_explained(tmp_path: Path) -> None:
    found = drawn(tmp_path, "from,to,strength,year\nA,B,strong,2019\nB,A,weak,2020\n")
    assert dict(found.links[0].attributes) == {"strength": "strong", "year": 2019.0} or dict(
        found.links[0].attributes
    ) == {
        "strength": "strong",
        "year": "2019",
    }
    assert not found.system().influences
    assert [row.strength for row in found.system(scale=3, words={"strong": 3, "weak": "-1"}).influences] == [3, -1]


def test_blank_ends_are_faults_with_their_row(tmp_path: Path) -> None:
    with pytest.raises(al.InputError) as raised:
        drawn(tmp_path, "from,to,sign\nA,,+\n\n,B,-\n")
    assert [(fault.row, fault.column) for fault in raised.value.faults] == [(2, "to"), (4, "from")]


def test_workbooks_hold_matrices_and_edge_lists_too(tmp_path: Path) -> None:
    book = Workbook()
    for row in ((None, "a", "b"), ("a", 0, 0.5), ("b", "=1-2", 0)):
        book.worksheets[0].append(row)
    book.save(tmp_path / "scores.xlsx")
    with pytest.raises(al.InputError, match="cell B3: holds a formula that was never worked out"):
        al.read_map(tmp_path / "scores.xlsx")
    book.worksheets[0]["B3"] = 0
    book.save(tmp_path / "scores.xlsx")
    assert links(al.read_map(tmp_path / "scores.xlsx")) == [("a", "b", None, 0.5)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [(f"m.{suffix}", kind) for kind in ("matrix", "edges") for suffix in ("csv", "tsv", "txt", "xlsx")],
)
def test_there_and_back(tmp_path: Path, name: str, kind: str) -> None:
    found = drawn(tmp_path, SDG)
    al.write_map(found, tmp_path / name, kind)
    again = al.read_map(tmp_path / name)
    assert sorted(links(again), key=str) == sorted(links(found), key=str)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    found = drawn(tmp_path, "from,to,sign\n=1+1,-b,+\n")
    for name, kind in (
        ("e.xlsx", "edges"),
        ("p.xlsx", "prsm-workbook"),
        ("k.xlsx", "kumu-workbook"),
        ("m.xlsx", "matrix"),
    ):
        al.write_map(found, tmp_path / name, kind)
        assert [each.label for each in al.read_map(tmp_path / name, kind).factors] == ["=1+1", "-b"], name


def test_the_workbook_of_a_system_is_no_map(tmp_path: Path) -> None:
    al.write(al.read("winter-pressure"), tmp_path / "winter.xlsx")
    with pytest.raises(al.InputError, match="is no map that can be told"):
        al.read_map(tmp_path / "winter.xlsx")


def test_sums_are_passed_over_and_words_beside_the_scores_are_attributes(tmp_path: Path) -> None:
    found = drawn(tmp_path, ",a,b,external,Sum,c\na,0,1,true,1,2\nb,-1,0,false,-1,0\nSum,-1,1,,,\n")
    assert links(found) == [("a", "b", None, 1), ("a", "c", None, 2), ("b", "a", None, -1)]
    assert [(each.id, dict(each.attributes)) for each in found.factors] == [
        ("a", {"external": "true"}),
        ("b", {"external": "false"}),
        ("c", {}),
    ]
    assert any("sums are passed over: Sum, Sum" in note.what for note in found.notes)


def test_a_word_for_sums_on_both_sides_may_be_a_name(tmp_path: Path) -> None:
    found = drawn(tmp_path, ",a,Dependence\na,0,1\nDependence,-1,0\n")
    assert [each.label for each in found.factors] == ["a", "Dependence"]
    assert [each.label for each in drawn(tmp_path, ",a,b,Dependence\na,0,1,1\nb,1,0,2\n").factors] == ["a", "b"]


def test_a_column_beside_the_scores_may_be_called_as_it_likes(tmp_path: Path) -> None:
    found = drawn(tmp_path, ",a,b,label,id\na,0,1,first,one\nb,-1,0,second,two\n")
    assert [dict(each.attributes) for each in found.factors] == [
        {"label": "first", "id": "one"},
        {"label": "second", "id": "two"},
    ]


@pytest.mark.parametrize("form", ["matrix", "edges"])
def test_names_that_look_like_formulas_are_text_in_files_and_come_back(form: str, tmp_path: Path) -> None:
    labels = ['=HYPERLINK("a")', "@beds", "-staff", "'=odd"]
    rows = [["", *labels], *([label, *(str(at - 1) for at in range(4))] for label in labels)]
    with (tmp_path / "given.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["'" + cell if cell in labels else cell for cell in row] for row in rows])
    given = al.read_map(tmp_path / "given.csv", format="matrix")
    al.write_map(given, tmp_path / "made.csv", format=form)
    again = al.read_map(tmp_path / "made.csv", format=form)
    assert set(labels) == set(given.labels.values()) == set(again.labels.values())
    with (tmp_path / "made.csv").open(encoding="utf-8", newline="") as made:
        cells = [cell for row in csv.reader(made) for cell in row]
    assert not any(cell[:1] in set("=@-") for cell in cells if cell not in {"-1", ""})
    assert "-1" in cells


WILD = ["=1+1", "+plus", "-minus", "@at", "'tis", "''=1", "#N/A", "_x000D_", "007", "TRUE", "a\tb", "two\nlines", "0,5"]
"""Text that a spreadsheet, or whoever writes one, may take for something else."""


@pytest.mark.parametrize("kind", ["kumu-workbook", "prsm-workbook"])
def test_a_workbook_of_a_map_alters_no_text(kind: str, tmp_path: Path) -> None:
    factors = tuple(
        Factor(id=f"f{at}", label=text_of(text) or "", note=text, attributes={"Fuel NOx": text, "=odd": "x"})
        for at, text in enumerate(WILD)
    )
    al.write_map(al.Map(factors=factors), tmp_path / "m.xlsx", kind)
    again = al.read_map(tmp_path / "m.xlsx", kind)
    assert [(each.id, each.label, each.note, dict(each.attributes)) for each in again.factors] == [
        (each.id, each.label, each.note, dict(each.attributes)) for each in factors
    ]
    book = load_workbook(tmp_path / "m.xlsx")
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("kind", ["kumu-workbook", "prsm-workbook", "edges", "matrix"])
def test_a_text_that_a_cell_would_cut_off_is_refused(kind: str, tmp_path: Path) -> None:
    factors = (Factor(id="a", label="a" * 33_000), Factor(id="b", label="b"))
    drawn = al.Map(factors=factors, links=(Link(source="a", target="b", sign="+"),))
    with pytest.raises(al.InputError, match="takes 33,000 characters, and a cell of Excel holds 32,767"):
        al.write_map(drawn, tmp_path / "m.xlsx", kind)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["m.csv", "m.tsv", "m.xlsx"])
@pytest.mark.parametrize("kind", ["edges", "matrix"])
def test_weights_come_back_to_the_last_digit(name: str, kind: str, tmp_path: Path) -> None:
    weights = (0.0076030111525882405, 1e-05, -2.0000000000000004, 1 / 3, -1e-12)
    labels = "abcdef"
    links = tuple(Link(source=labels[at], target=labels[at + 1], weight=each) for at, each in enumerate(weights))
    al.write_map(al.Map(factors=tuple(Factor(id=x, label=x) for x in labels), links=links), tmp_path / name, kind)
    assert [each.weight for each in al.read_map(tmp_path / name).links] == list(weights)


MATRIX = [["acts on", "Beds", "Café"], ["Beds", "0", "2"], ["Café", "-1", "0"]]
EDGES = [["from", "to", "strength"], ["Beds", "Café", "2"], ["Café", "Beds", "-1"]]
WAYS = {
    "semicolons": (";", "", "utf-8-sig", "has semicolons between its cells"),
    "tabs": ("\t", "", "utf-16", "is UTF-16"),
    "bars": ("|", "", "utf-8", "has vertical bars"),
    "sep": ("|", "sep=|\r\n", "utf-8", "begins with the line sep=|"),
    "western": (",", "", "cp1252", "read as Windows-1252, as in 'Café'"),
    "titles": (";", "Who acts on whom; 2019\n\nSource: workshop\n", "utf-8", "where the headings are"),
}
"""What separates cells, what stands above, the encoding, and what is noted of it."""


@pytest.mark.parametrize("rows", [MATRIX, EDGES], ids=["matrix", "edges"])
@pytest.mark.parametrize("way", WAYS)
def test_text_is_read_as_tables_are(rows: list[list[str]], way: str, tmp_path: Path) -> None:
    between, above, encoding, noted = WAYS[way]
    found = drawn(tmp_path, above + "\n".join(between.join(row) for row in rows), encoding)
    assert links(found) == [("Beds", "Café", None, 2), ("Café", "Beds", None, -1)]
    assert any(noted in note.what for note in found.notes)


def test_titles_above_the_headings_of_a_workbook_are_passed_over(tmp_path: Path) -> None:
    for name, rows in (("m.xlsx", MATRIX), ("e.xlsx", EDGES)):
        book = Workbook()
        book.worksheets[0].append(["What this is"])
        sheet = book.create_sheet("Scores")
        for row in (["Who acts on whom"], [], *rows):
            sheet.append([int(cell) if cell.lstrip("-").isdigit() else cell for cell in row])
        book.save(tmp_path / name)
        assert links(al.read_map(tmp_path / name)) == [("Beds", "Café", None, 2), ("Café", "Beds", None, -1)]


def test_a_link_under_too_few_headings_is_no_head_of_a_matrix(tmp_path: Path) -> None:
    with pytest.raises(al.InputError, match="row 2: has 3 cells, and the header has 2"):
        drawn(tmp_path, "from,to\nA,B,+\nB,A,-\n")


def test_names_that_are_numbers_are_told_in_a_workbook_too(tmp_path: Path) -> None:
    book = Workbook()
    for row in ([None, 1, 2], [1, 0, 3], [2, -1, 0]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "m.xlsx")
    assert links(al.read_map(tmp_path / "m.xlsx")) == [("1", "2", None, 3), ("2", "1", None, -1)]


@pytest.mark.parametrize("kind", ["kumu-workbook", "prsm-workbook"])
def test_spaces_around_notes_and_attributes_stay(kind: str, tmp_path: Path) -> None:
    factor = Factor(id="beds", label="Beds", note="  moved in\n  twice", attributes={"who": " Trust "})
    al.write_map(al.Map(factors=(factor,)), tmp_path / "m.xlsx", kind)
    (again,) = al.read_map(tmp_path / "m.xlsx", kind).factors
    assert (again.note, again.attributes["who"]) == (factor.note, " Trust ")


@pytest.mark.parametrize("name", ["w.csv", "w.xlsx", "w.graphml"])
def test_an_attribute_called_as_an_end_of_a_link_is_no_end(name: str, tmp_path: Path) -> None:
    winter = al.read("winter-pressure")
    assert any(row.source for row in winter.influences)
    drawn = map_of(winter)
    al.write_map(drawn, tmp_path / name, "edges" if name != "w.graphml" else None)
    again = al.read_map(tmp_path / name).system(scale=3)
    assert told(again) == told(winter)


def told(system: al.System) -> list[tuple[str, str, float, str]]:
    """Who acts on whom, how much, and by what source."""
    called = {row.id: row.name for row in system.measures}
    rows = system.influences
    return sorted((called[row.source_measure], called[row.target_measure], row.steps, row.source or "") for row in rows)
