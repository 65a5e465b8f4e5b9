"""Systems side by side over HTTP, in any form of an answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.models.answers.compare import Comparison

from .doors import Json, document, system


def body() -> Json:
    changed = al.apply(system("winter-pressure"), al.Drop(table="targets", row="council-budget"))
    systems = [document("winter-pressure"), al.to_document(changed)]
    return {"systems": systems, "names": ["now", "later"], "core": False}


def test_it_is_what_the_library_says(client: TestClient) -> None:
    found = Comparison.model_validate(client.post("/v1/analyses/compare", json=body()).json())
    winter = system("winter-pressure")
    later = al.apply(winter, al.Drop(table="targets", row="council-budget"))
    wanted = al.compare(winter, later, names=("now", "later"), core=False)
    # A server cuts how long it searches.
    options = wanted.options.model_copy(update={"time_limit": found.options.time_limit})
    assert found == wanted.model_copy(update={"options": options})


def test_it_comes_as_text_and_as_a_table(client: TestClient) -> None:
    text = client.post("/v1/analyses/compare", json=body(), headers={"Accept": "text/plain"}).text
    assert text.startswith("Only in now: 1 of 14 targets and 1 of 17 findings.")
    table = client.post("/v1/analyses/compare", json=body(), headers={"Accept": "text/csv"}).text
    assert table.startswith("figure,label,unit,now,later,difference")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"systems": [document("winter-pressure")], "names": None}, "nothing to compare with"),
        ({"systems": {}}, "is not a list of systems"),
        ({"names": ["one"]}, "names 1 place"),
        ({"theta": 3}, "theta"),
        ({"steps": 10_000}, "this server goes to"),
    ],
)
def test_what_is_wrong_is_a_problem(client: TestClient, wrong: Json, said: str) -> None:
    answer = client.post("/v1/analyses/compare", json={**body(), **wrong})
    assert answer.status_code in (400, 422)
    assert said in answer.text
