"""coverage at the command line: three forms, and how a stopped search ends."""

from __future__ import annotations

import alignment as al
from alignment.models.answers.coverage import Coverage
from tests.running import Runner


def test_the_points_as_text_json_and_csv(run: Runner, winter: al.System) -> None:
    found = al.coverage(winter, 3)
    assert "Without the trust." in run("coverage", "winter-pressure").out
    ran = run("coverage", "winter-pressure", "--at-most", "3", "--json")
    assert Coverage.model_validate(ran.json) == found
    assert run("coverage", "winter-pressure", "--at-most", "3", "--csv").frame["gap_weight"].tolist() == [8.5, 4.5, 2.5]


def test_the_time_limit_is_told(run: Runner) -> None:
    ran = run("coverage", "winter-pressure", "--time-limit", "1e-9")
    assert (ran.code, "not proven" in ran.out) == (0, True)
    assert "what was not proved is marked. Give --time-limit a larger number." in ran.said


def test_what_duties_do_not_ask_is_no_option(run: Runner) -> None:
    page = run("coverage", "--help").out
    assert "--theta" in page
    assert not [word for word in ("--balance", "--voice", "--worth", "--needs", "--achievable") if word in page]
    assert "--at-most: 0 is below 1." in run("coverage", "winter-pressure", "--at-most", "0").said
