"""What the API says of tables and conflicts, and systems from one form into another."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.models.options.conflicts import KINDS

from .doors import document, system, tiny


@pytest.mark.parametrize("name", ["london-2018", "winter-pressure"])
def test_examples_are_of_the_format(client: TestClient, name: str) -> None:
    schema = client.get("/v1/format").json()
    jsonschema_rs.validator_for(schema).validate(document(name))
    assert not jsonschema_rs.is_valid(schema, {**tiny()["system"], "targets": [{"agency": 3}]})


def test_every_kind_is_told(client: TestClient) -> None:
    found = client.get("/v1/kinds").json()["kinds"]
    assert {each["kind"] for each in found} == set(KINDS)
    for each in found:
        assert each["meaning"].endswith(".")
        assert Path("docs", each["page"].partition("#")[0]).is_file()


@pytest.mark.parametrize("empty", [False, True])
def test_the_workbook_to_fill_is_that_of_the_library(client: TestClient, tmp_path: Path, empty: bool) -> None:
    given = tmp_path / "given.xlsx"
    given.write_bytes(client.get("/v1/template.xlsx", params={"empty": empty}).content)
    if not empty:
        assert al.read(given).hash == system("winter-pressure").hash
    else:
        with pytest.raises(al.InputError):
            al.read(given)


@pytest.mark.parametrize("suffix", ["xlsx", "zip"])
def test_from_one_form_into_another_and_back(client: TestClient, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"winter.{suffix}"
    al.write(system("winter-pressure"), path)
    medias: dict[str, str] = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip": "application/zip",
    }
    headers = {"Content-Type": medias[suffix]}
    found = client.post("/v1/conversions", content=path.read_bytes(), headers=headers)
    assert found.status_code == 200, found.text
    assert al.read(found.json()).hash == system("winter-pressure").hash
    back = client.post("/v1/conversions", json=found.json(), headers={"Accept": medias[suffix]})
    assert back.headers["content-type"] == medias[suffix]
    assert back.content == path.read_bytes()


def test_what_is_no_system_is_not_converted(client: TestClient) -> None:
    response = client.post("/v1/conversions", json={"targets": ["no row"]})
    assert response.status_code == 422
    assert response.json()["faults"]
