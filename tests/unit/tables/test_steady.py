"""Of the same system a file always holds the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import datetime as dt
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import alignment as al
from alignment.tables.doors import WRITERS
from alignment.tables.steady import SteadyArchive


class Moved(dt.datetime):
    """A moment, where now is another year."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Moved:
        """The moment that it is not."""
        return cls(2030, 1, 1, tzinfo=tz)


Move = Callable[[], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """A clock that is moved on by a week."""

    def move() -> None:
        now = time.time() + 7 * 24 * 3600
        monkeypatch.setattr(time, "time", lambda: now)
        there = time.localtime(now)

        def localtime(_: float | None = None) -> time.struct_time:
            return there

        monkeypatch.setattr(time, "localtime", localtime)
        monkeypatch.setattr(dt, "datetime", Moved)

    return move


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_system_is_the_same_bytes_at_another_time(suffix: str, tmp_path: Path, later: Move) -> None:
    system = al.read("winter-pressure")
    al.write(system, tmp_path / f"one{suffix}")
    later()
    al.write(system, tmp_path / f"two{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_an_answer_and_a_template_are_the_same_bytes_at_another_time(tmp_path: Path, later: Move) -> None:
    answer = al.find_conflicts(al.read("winter-pressure"))
    date = dt.date(2026, 11, 27)
    answer.to_excel(tmp_path / "one.xlsx", date=date)
    later()
    answer.to_excel(tmp_path / "two.xlsx", date=date)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_nothing_of_the_file_that_a_part_is_of_is_told(tmp_path: Path) -> None:
    found: list[bytes] = []
    for at, mode in enumerate((0o600, 0o644)):
        part, packed = tmp_path / f"{at}.csv", tmp_path / f"{at}.zip"
        part.write_text("id,name")
        part.chmod(mode)
        os.utime(part, (1e9 + at * 1e6, 1e9 + at * 1e6))
        with SteadyArchive(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(part, "a.csv")
        found.append(packed.read_bytes())
    assert found[0] == found[1]
    with zipfile.ZipFile(tmp_path / "0.zip") as archive:
        assert (archive.read("a.csv"), archive.testzip()) == (b"id,name", None)


def test_a_zip_of_more_than_tables_is_kept_when_it_is_replaced(tmp_path: Path) -> None:
    system, path = al.read("winter-pressure"), tmp_path / "a.zip"
    al.write(system, path)
    al.write(system, path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("mine.txt", "mine")
    before = path.read_bytes()
    al.write(system, path)
    assert (tmp_path / "a.zip.old").read_bytes() == before
