"""Systems sent and given as bytes: the same system back, every fault with its place, and limits that hold."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings

import alignment as al
from alignment.api.media import BY_SUFFIX, MEDIA, WRITTEN, SystemForm, media_of
from alignment.api.refusals import TooLargeError, WrongTypeError
from alignment.api.settings import Settings
from alignment.api.uploads import bytes_of, read_upload
from alignment.models.faults import Fault
from alignment.models.system import System
from tests import bombs
from tests.seeds import SMALL, packed, systems, unpacked
from tests.strategies import systems as any_system, wild_numbers, wild_words
from tests.thoroughly import most

SETTINGS = Settings()


def sent(form: SystemForm, content: bytes, given: Settings = SETTINGS) -> System:
    return read_upload(content, MEDIA[form].type, given)


def faults(form: SystemForm, content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(al.InputError) as caught:
        sent(form, content)
    return caught.value.faults


@pytest.mark.parametrize("form", [each.form for each in WRITTEN])
@settings(max_examples=most(30, 6), deadline=None)
@given(system=any_system(words=wild_words, numbers=wild_numbers))
def test_what_is_given_is_the_same_system_when_it_is_sent(form: SystemForm, system: System) -> None:
    content = bytes_of(system, form)
    again = sent(form, content)
    assert (again, again.hash) == (system, system.hash)
    assert bytes_of(again, form) == content


@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.xlsm", "a.ods", "a.zip"])
def test_what_is_sent_says_what_the_file_says(name: str) -> None:
    system = sent(BY_SUFFIX[name[1:]].form, systems()[name])
    assert system.targets == al.read(SMALL).targets


def test_a_document_may_hold_the_tables_one_level_down() -> None:
    assert sent("json", json.dumps({"system": SMALL}).encode()) == al.read(SMALL)


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("application/json;charset=utf-8", "json"),
        ("application/vnd.api+json", "json"),
        ("Application/X-Zip-Compressed", "zip"),
        ("application/vnd.ms-excel.sheet.macroEnabled.12", "xlsm"),
    ],
)
def test_types_are_told_by_the_header(said: str, form: str) -> None:
    assert media_of(said).form == form


@pytest.mark.parametrize("said", ["", "text/csv", "application/x-www-form-urlencoded", "text/json", "json"])
def test_other_types_are_refused_with_those_that_are_taken(said: str) -> None:
    with pytest.raises(WrongTypeError, match="application/zip") as caught:
        read_upload(b"{}", said, SETTINGS)
    assert caught.value.headers is not None
    assert caught.value.headers["Accept"].startswith("application/json, ")


@pytest.mark.parametrize(
    ("form", "content", "place", "what"),
    [
        ("json", b"{", "upload.json", "is not JSON"),
        ("json", b"[]", "upload.json", "is not an object"),
        ("json", b'"/etc/passwd"', "upload.json", "is not an object"),
        ("xlsx", b"", "upload.xlsx", "cannot be read as a workbook"),
        ("xlsx", b"{}", "upload.xlsx", "cannot be read as a workbook: it is plain text"),
        ("xls", b"PK\x03\x04", "upload.xls", "cannot be read as a workbook"),
        ("ods", packed({"content.xml": b"<a"}), "upload.ods", "cannot be read as a workbook"),
        ("zip", b"PK\x03\x04", "upload.zip", "cannot be unpacked"),
        ("zip", packed({"a.txt": b"x"}), "upload.zip", "holds no .csv files"),
    ],
)
def test_what_is_none_of_its_type_is_one_fault(form: SystemForm, content: bytes, place: str, what: str) -> None:
    (fault,) = faults(form, content)
    assert fault.place == place
    assert fault.what.startswith(what)


def test_faults_of_rows_are_told_where_their_sender_sees_them() -> None:
    wrong = unpacked(systems()["a.zip"])
    wrong["targets.csv"] = wrong["targets.csv"].replace(b"at_most", b"at_mst")
    (fault,) = faults("zip", packed(wrong))
    assert str(fault).startswith("targets.csv, row 2, column sense: 'at_mst' is not one of")
    assert fault.key is None


def test_a_map_is_told_as_one() -> None:
    (fault,) = faults("json", b'{"elements": [], "connections": []}')
    assert fault.place == "upload.json"
    assert "is a systems map of Kumu" in fault.what


@pytest.mark.parametrize("form", [each.form for each in WRITTEN])
def test_rows_are_counted_in_every_form(form: SystemForm) -> None:
    content = bytes_of(al.read(SMALL), form)
    assert sent(form, content, Settings(agencies=2, targets=2, rows=2))
    with pytest.raises(TooLargeError) as caught:
        sent(form, content, Settings(agencies=1, targets=1, rows=1))
    told = {fault.table: fault.what for fault in caught.value.faults}
    assert told == dict.fromkeys(("agencies", "targets", "tiers"), "has 2 rows, and this server takes 1")


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.ods"])
def test_what_is_unpacked_is_counted(name: str) -> None:
    content = systems()[name]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(each.file_size for each in archive.infolist())
    form = BY_SUFFIX[name[1:]].form
    assert sent(form, content, Settings(unzipped=size))
    with pytest.raises(TooLargeError, match=f"has {size:,} bytes, and this server takes {size - 1:,}"):
        sent(form, content, Settings(unzipped=size - 1))


def test_a_part_never_holds_more_than_it_says() -> None:
    (fault,) = faults(*bombs.told_too_little(0.5))
    assert fault.what == "cannot be unpacked"


def test_one_name_many_times_is_unpacked_not_even_once() -> None:
    (fault,) = faults(*bombs.one_name_many_times(0.9))
    assert fault.what == "holds two files of one name"


def test_limits_of_the_library_are_told_as_the_servers() -> None:
    with pytest.raises(TooLargeError) as caught:
        sent(*bombs.many_rows(1))
    assert [(each.table, each.remedy) for each in caught.value.faults] == [
        ("", "Send less, or use the library on your own computer")
    ]
    for bomb, size in ((bombs.long_line, 1.0), (bombs.high_ratio, 0.97)):
        with pytest.raises(TooLargeError) as caught:
            sent(*bomb(size), Settings(unzipped=400_000_000))
        assert [(each.place, each.what[-27:]) for each in caught.value.faults] == [
            ("upload.zip", "MB, and at most 64 are read")
        ]
    with pytest.raises(TooLargeError, match="Unpacked, the system is larger"):
        sent(*bombs.told_too_much(1))


def test_it_knows_neither_the_framework_nor_files() -> None:
    code = """
import sys
from alignment.api import uploads
assert not {"fastapi", "starlette", "sqlalchemy"} & sys.modules.keys()
import builtins, os
def refuse(*_, **__):
    raise AssertionError("a file is opened")
uploads.read_upload(content := open(sys.argv[1], "rb").read(), uploads.MEDIA["json"].type, uploads.Settings())
builtins.open = os.open = refuse
uploads.read_upload(content, uploads.MEDIA["json"].type, uploads.Settings())
"""
    document = bytes_of(al.read(SMALL), "json")
    done = subprocess.run([sys.executable, "-c", code, "/dev/stdin"], input=document, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
