"""Which coat a path means, and what is no coat."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alignment.errors import InputError
from alignment.examples import example, names
from alignment.tables import read, write
from alignment.tables.doors import NO_SYSTEM, OTHERS, READERS, UNREAD, WRITERS

from .conftest import ROOT, Faults

Small = dict[str, Any]


def test_a_path_that_is_not_there(tmp_path: Path, faults: Faults, small: Small) -> None:
    write(read(small), tmp_path / "small.json")
    (fault,) = faults(tmp_path / "smal.json")
    assert str(fault) == (
        f"{tmp_path}/smal.json: there is no such file or folder. Did you mean '{tmp_path}/small.json'?"
    )
    (fault,) = faults(tmp_path / "no" / "such" / "folder")
    assert fault.remedy == "Check the path"


def test_where_there_is_no_path_a_name_is_that_of_an_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in names():
        assert read(name) == read(example(name))
    with pytest.raises(InputError, match="there is no such file"):
        read(Path("london-2018"))


def test_a_path_comes_before_an_example_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Small
) -> None:
    monkeypatch.chdir(tmp_path)
    write(read(small), "london-2018")
    assert read("london-2018") == read(small) != read(example("london-2018"))


def test_a_name_that_is_none_is_told_which_examples_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: Faults, small: Small
) -> None:
    monkeypatch.chdir(tmp_path)
    there_are = "The examples are: england-2026, england-frameworks, london-2018, winter-pressure"
    write(read(small), "winter.json")
    for name, remedy in (
        ("nowhere", f"Check the path. {there_are}"),
        ("london-2019", f"Did you mean 'london-2018'? {there_are}"),
        ("wintr.json", f"Did you mean 'winter.json'? {there_are}"),
        ("sub/london-2018", "Check the path"),
    ):
        (fault,) = faults(name)
        assert (fault.what, fault.remedy) == ("there is no such file or folder", remedy)


@pytest.mark.parametrize(
    ("name", "what", "remedy"),
    [
        ("agencies.csv", "is one table of a system by itself", "Give the folder that it is in"),
        ("a.xlsb", "is a binary workbook", "Open it in Excel, and save it"),
        ("a.yaml", NO_SYSTEM, "Save it as one"),
    ],
)
def test_kinds_of_file_that_are_not_read(name: str, what: str, remedy: str, tmp_path: Path, faults: Faults) -> None:
    (tmp_path / name).write_text("x")
    (fault,) = faults(tmp_path / name)
    assert fault.what == what
    assert fault.remedy.startswith(remedy)


@pytest.mark.parametrize("name", ["a.xls", "a.CSV", "a.7z", "a.docx", "a.PDF", "a.ods", "a.xltx", "a.csv.gz", "a.md"])
def test_kinds_of_file_that_are_not_written(name: str, tmp_path: Path, small: Small) -> None:
    with pytest.raises(InputError) as caught:
        write(read(small), tmp_path / name)
    (fault,) = caught.value.faults
    assert fault.what == f"ends in {Path(name).suffix}, and no system is written as such a file"
    assert fault.remedy == (
        "Give a name that ends in .xlsx, .json or .zip, or one without an ending for a folder of CSV files"
    )
    assert not list(tmp_path.iterdir())


def test_no_kind_of_file_that_is_read_becomes_a_folder() -> None:
    assert OTHERS | WRITERS.keys() >= READERS.keys() | UNREAD.keys()
    assert not OTHERS & WRITERS.keys()


def test_a_folder_is_not_replaced_by_a_file_nor_a_file_by_a_folder(tmp_path: Path, small: Small) -> None:
    (tmp_path / "a.xlsx").mkdir()
    (tmp_path / "b").write_text("mine")
    for name, what in (("a.xlsx", "is a folder"), ("b", "is a file")):
        with pytest.raises(InputError, match=what):
            write(read(small), tmp_path / name)
    assert (tmp_path / "b").read_text() == "mine"


@pytest.mark.parametrize("name", ["new/folder", "new/a.xlsx", "new/a.json", "london.v2"])
def test_folders_on_the_way_are_made(name: str, tmp_path: Path, small: Small) -> None:
    write(read(small), str(tmp_path / name))
    assert read(tmp_path / name) == read(small)


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_a_link_stays_a_link(name: str, tmp_path: Path, small: Small) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / name).symlink_to(tmp_path / "real" / name)
    write(read(small), tmp_path / name)
    assert (tmp_path / name).is_symlink()
    assert read(tmp_path / "real" / name) == read(small)


def test_a_system_that_is_about_nothing(tmp_path: Path, small: Small) -> None:
    del small["about"]
    for name in ("folder", "a.xlsx", "a.json"):
        write(read(small), tmp_path / name)
        assert read(tmp_path / name) == read(small)
    assert not (tmp_path / "folder" / "about.json").exists()


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, alignment.tables as tables\n"
        "tables.read('examples/london-2018')\n"
        "assert not {'pandas', 'numpy', 'openpyxl'} & set(sys.modules), 'heavy'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)
