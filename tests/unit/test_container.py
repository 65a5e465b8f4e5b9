"""What can be said of the Containerfile without building it."""

from __future__ import annotations

import fnmatch
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from alignment.api.settings import PREFIX, Settings
from alignment.api.store.engine import url_of
from alignment.cli.app import program

ROOT: Final = Path(__file__).parents[2]

TEXT: Final = (ROOT / "Containerfile").read_text("utf-8")

LINE: Final = re.compile(r"^([A-Z]+) ((?:.*\\\n)*.*)$", re.MULTILINE)

STAGES: Final = [LINE.findall(stage) for stage in re.split(r"^(?=FROM )", TEXT, flags=re.MULTILINE)[1:]]
"""The instructions of each stage, each with what it is told."""

LAST: Final = dict(STAGES[-1])
"""Those of the image, of several the last."""


def copied() -> Iterator[str]:
    """What is copied from this folder."""
    for stage in STAGES:
        for word, told in stage:
            if word == "COPY" and not told.startswith("--from="):
                yield from told.split()[:-1]


def is_kept_out(path: str) -> bool:
    """Whether a path never gets to who builds: of the patterns that fit, the last one decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!")
        places = [path, *map(str, Path(path).parents)]
        if not line.startswith("#") and any(fnmatch.fnmatch(place, pattern) for place in places):
            out = not line.startswith("!")
    return out


def test_all_that_is_copied_is_there_and_let_in() -> None:
    sources = set(copied())
    assert {path for path in sources if not (ROOT / path).exists() or is_kept_out(path)} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tops = set(project["tool"]["setuptools"]["package-dir"].values())
    assert {"alignment", *tops, project["project"]["readme"], *project["project"]["license-files"]} <= sources


@pytest.mark.parametrize("path", [".git/config", ".venv/bin/python", "tests/small.py", "alignment/__pycache__/a.pyc"])
def test_nothing_else_is_let_in(path: str) -> None:
    assert is_kept_out(path)


def test_what_is_installed_is_what_was_tested() -> None:
    (extras,) = re.findall(r'--constraint constraints\.txt "\.\[(.+?)\]"', TEXT)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(extras.split(",")) == {"api", "postgres"} <= set(project["project"]["optional-dependencies"])


def test_it_is_run_by_nobody_of_consequence() -> None:
    user, _, group = LAST["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    after = [word for word, _ in STAGES[-1]]
    assert "RUN" not in after[after.index("USER") :]


def test_what_it_keeps_is_on_the_volume() -> None:
    settings = dict(word.split("=", 1) for word in LAST["ENV"].replace("\\\n", " ").split())
    ours = {name: value for name, value in settings.items() if name.startswith(PREFIX)}
    found = Settings.gather(ours)
    assert {f"{PREFIX}{name.upper()}" for name in found.model_fields_set} == set(ours)
    assert Path(url_of(found.database).database or "").parent == Path(LAST["VOLUME"])


def test_it_starts_a_server_that_others_reach() -> None:
    assert json.loads(LAST["ENTRYPOINT"]) == ["alignment"]
    name, *words = json.loads(LAST["CMD"])
    group: Any = program
    with group.commands[name].make_context(name, words) as context:
        assert context.params["host"] == "0.0.0.0"
        assert context.params["port"] == int(LAST["EXPOSE"])


@pytest.mark.parametrize(("status", "left"), [(200, 0), (503, 1)])
def test_its_health_is_asked_for(status: int, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    how, script = json.loads(LAST["HEALTHCHECK"].partition(" CMD ")[2])[1:]
    assert how == "-c"
    asked: list[tuple[str, int, str]] = []

    class Connection:
        def __init__(self, host: str, port: int, timeout: float) -> None:
            self.where = host, port
            self.status = status

        def request(self, method: str, path: str) -> None:
            asked.append((*self.where, path))

        def getresponse(self) -> Connection:
            return self

    monkeypatch.setattr("http.client.HTTPConnection", Connection)
    with pytest.raises(SystemExit) as ended:
        exec(compile(script, "healthcheck", "exec"), {})
    assert int(ended.value.code or 0) == left
    assert asked == [("127.0.0.1", int(LAST["EXPOSE"]), "/healthz")]
