"""Systems are kept whole, by version, and nobody's work is written over unseen."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from starlette.testclient import TestClient

import alignment as al
from tests.thoroughly import most

from .doors import document, system, tiny


def put(client: TestClient, name: str, tables: Any = None, **headers: str) -> Any:
    given = {key.replace("_", "-"): value for key, value in headers.items()}
    return client.put(
        f"/v1/systems/{name}", json=document("winter-pressure") if tables is None else tables, headers=given
    )


def kind(response: Any) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.json()["type"].partition("#")[2]


def test_what_is_put_is_given(keeping: TestClient) -> None:
    first = put(keeping, "given")
    assert (first.status_code, first.headers["location"]) == (201, "/v1/systems/given")
    assert first.json()["number"] == 1
    found = keeping.get("/v1/systems/given")
    assert al.read(found.json()).hash == system("winter-pressure").hash
    assert found.headers["etag"] == first.json()["etag"]
    assert keeping.get("/v1/systems/given.json").content == found.content
    assert keeping.head("/v1/systems/given").headers["etag"] == found.headers["etag"]


@pytest.mark.parametrize("suffix", ["xlsx", "zip"])
def test_other_forms_hold_the_same(keeping: TestClient, suffix: str, tmp_path: Any) -> None:
    first = put(keeping, f"form-{suffix}")
    by_suffix = keeping.get(f"/v1/systems/form-{suffix}.{suffix}")
    by_accept = keeping.get(f"/v1/systems/form-{suffix}", headers={"Accept": by_suffix.headers["content-type"]})
    assert by_suffix.content == by_accept.content
    assert by_suffix.headers["etag"] == by_accept.headers["etag"]
    path = tmp_path / f"system.{suffix}"
    path.write_bytes(by_suffix.content)
    assert al.read(path).hash == system("winter-pressure").hash
    # And it can be put again as it is.
    headers = {"Content-Type": by_suffix.headers["content-type"]}
    again = keeping.put(f"/v1/systems/again-{suffix}", content=by_suffix.content, headers=headers)
    assert again.status_code == 201, again.text
    assert again.json()["form"] == suffix
    assert again.json()["hash"] == first.json()["hash"]


def test_writing_over_needs_the_version_that_is_meant(keeping: TestClient) -> None:
    tag = put(keeping, "over").json()["etag"]
    refused = put(keeping, "over")
    assert (refused.status_code, kind(refused)) == (428, "no-condition")
    assert put(keeping, "over", If_None_Match="*").status_code == 412
    second = put(keeping, "over", tiny()["system"], If_Match=tag)
    assert (second.status_code, second.json()["number"]) == (200, 2)
    late = put(keeping, "over", If_Match=tag)
    assert (late.status_code, kind(late)) == (412, "version-differs")
    assert put(keeping, "over", If_Match=f"W/{second.json()['etag']}").status_code == 412
    assert put(keeping, "over", If_Match='"nonsense"').status_code == 412
    assert put(keeping, "over", If_Match="*").json()["number"] == 3
    malformed = put(keeping, "over", If_Match="3-json")
    assert (malformed.status_code, kind(malformed)) == (422, "input-faults")


def test_what_somebody_has_is_not_sent_again(keeping: TestClient) -> None:
    tag = put(keeping, "fresh").json()["etag"]
    same = keeping.get("/v1/systems/fresh", headers={"If-None-Match": f'"other", {tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    workbook = keeping.get("/v1/systems/fresh.xlsx", headers={"If-None-Match": tag})
    assert workbook.status_code == 200
    assert workbook.headers["etag"] != tag


def test_every_version_is_kept(keeping: TestClient) -> None:
    put(keeping, "kept")
    keeping.put("/v1/systems/kept", params={"note": "As agreed"}, json=tiny()["system"], headers={"If-Match": "*"})
    found = keeping.get("/v1/systems/kept/versions").json()
    assert [(each["number"], each["note"], each["form"]) for each in found["versions"]] == [
        (2, "As agreed", "json"),
        (1, None, "json"),
    ]
    assert found["next"] is None
    old = keeping.get(found["versions"][1]["url"])
    assert al.read(old.json()).hash == system("winter-pressure").hash
    assert kind(keeping.get("/v1/systems/kept", params={"version": 3})) == "not-there"
    page = keeping.get("/v1/systems/kept/versions", params={"page_size": 1}).json()
    assert [each["number"] for each in keeping.get(page["next"]).json()["versions"]] == [1]


def test_the_list_goes_on_page_by_page(keeping: TestClient) -> None:
    names = [f"page-{at}" for at in range(5)]
    for name in names:
        put(keeping, name, tiny()["system"])
    found: list[str] = []
    url: str | None = "/v1/systems?page_size=2&after=page-"
    while url is not None and len(found) < 5:
        page = keeping.get(url).json()
        found += [each["system"] for each in page["systems"]]
        url = page["next"]
    assert found[:5] == names


def test_what_is_deleted_is_gone_and_comes_back(keeping: TestClient) -> None:
    tag = put(keeping, "gone").json()["etag"]
    assert keeping.delete("/v1/systems/gone").status_code == 428
    assert keeping.delete("/v1/systems/gone", headers={"If-Match": '"nonsense"'}).status_code == 412
    assert keeping.delete("/v1/systems/gone", headers={"If-Match": tag}).status_code == 204
    for path in ("", "/versions", "/conflicts", ".xlsx"):
        response = keeping.get(f"/v1/systems/gone{path}")
        assert (response.status_code, kind(response)) == (410, "deleted")
    assert "gone" not in [each["system"] for each in keeping.get("/v1/systems").json()["systems"]]
    assert put(keeping, "gone").json()["number"] == 2


def test_nothing_half_read_is_kept(keeping: TestClient) -> None:
    broken = {**document("winter-pressure"), "targets": [{"agency": "nobody"}], "mesures": []}
    response = put(keeping, "broken", broken)
    assert (response.status_code, kind(response)) == (422, "input-faults")
    assert len(response.json()["faults"]) > 1
    assert kind(keeping.get("/v1/systems/broken")) == "not-there"


def test_what_was_put_right_is_told(keeping: TestClient) -> None:
    tables = json.loads(json.dumps(document("winter-pressure")))
    tables["measures"][0]["direction"] = "Higher"
    assert put(keeping, "noted", tables).json()["notes"]


@pytest.mark.parametrize("media", ["text/csv", "application/octet-stream", "", "multipart/form-data"])
def test_other_types_are_refused_with_those_that_are_taken(keeping: TestClient, media: str) -> None:
    response = keeping.put("/v1/systems/typed", content=b"{}", headers={"Content-Type": media})
    assert response.status_code == 415
    assert "application/json" in response.headers["accept"]


@pytest.mark.parametrize("name", ["a.b", "a b", "-a", "é", "a" * 65, "%00"])
def test_names_that_are_no_ids(keeping: TestClient, name: str) -> None:
    response = put(keeping, name)
    assert response.status_code in (404, 405, 422)
    assert response.headers["content-type"] == "application/problem+json"


@given(st.text(string.printable, max_size=20), st.text(max_size=20))
@settings(max_examples=most(200, 20), deadline=None)
def test_a_note_is_kept_as_it_is_or_refused(keeping: TestClient, note: str, wild: str) -> None:
    if keeping.get("/v1/systems/noting").status_code != 200:
        put(keeping, "noting", tiny()["system"])
    with_note = note + wild
    response = keeping.put(
        "/v1/systems/noting", params={"note": with_note}, json=tiny()["system"], headers={"If-Match": "*"}
    )
    if response.status_code == 422:
        assert kind(response) in ("not-text", "input-faults")
        assert "\0" in with_note
    else:
        assert keeping.get("/v1/systems/noting/versions").json()["versions"][0]["note"] == with_note
