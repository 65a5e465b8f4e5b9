"""frontier at the command line: the points in three forms, and how a stopped search ends."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models.answers.answer import Answer
from alignment.models.answers.frontier import Frontier
from alignment.models.options.fields import Asked
from alignment.models.progress import Progress
from alignment.verbs.registry import Verb
from tests.running import Runner


def test_the_points_as_text_json_and_csv(run: Runner, winter: al.System) -> None:
    found = al.frontier(winter)
    assert "burden" in run("frontier", "winter-pressure").out
    ran = run("frontier", "winter-pressure", "--json")
    assert Frontier.model_validate(ran.json) == found
    frame = run("frontier", "winter-pressure", "--csv").frame
    assert list(zip(frame["burden"], frame["conflict"], strict=True)) == [(5, 2), (6, 2), (7, 2)]
    assert frame["left"].tolist() == [4.35, 3.35, 2.5]
    assert frame["comes"].tolist()[1:] == ["emergency-admissions", "delayed-discharges"]


def test_an_interrupted_search_hands_over_what_it_has(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Verb.ask

    def interrupted(verb: Verb, system: al.System, asked: Asked, progress: Progress) -> Answer:
        heard: list[str] = []

        def stop(words: str) -> None:
            heard.append(words)
            if len(heard) == 4:
                raise KeyboardInterrupt

        return whole(verb, system, asked, progress=stop)

    monkeypatch.setattr(Verb, "ask", interrupted)
    ran = run("frontier", "winter-pressure", "--json")
    assert ran.code == 130
    assert ran.said.endswith("Interrupted: these are the points found so far.")
    assert ran.json["stopped"] == "interrupted"
    assert len(ran.json["points"]) == 1


def test_the_time_limit_is_told(run: Runner) -> None:
    ran = run("frontier", "winter-pressure", "--time-limit", "1e-9")
    assert (ran.code, "not proven" in ran.out) == (0, True)
    assert "these are the points found so far. Give --time-limit a larger number." in ran.said


def test_a_price_is_no_option(run: Runner) -> None:
    assert "--price" not in run("frontier", "--help").out
    ran = run("frontier", "winter-pressure", "--price", "1")
    assert (ran.code, "No such option: --price" in ran.said) == (2, True)
    assert "--limit: 1 is below 2." in run("frontier", "winter-pressure", "--limit", "1").said
