"""The settings of a server, and starting one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

import alignment as al
from alignment.api.serve import serve
from alignment.api.settings import Settings
from alignment.api.watching import logs


def test_every_setting_can_come_from_the_environment() -> None:
    words = {"database": "sqlite:///kept.db", "cluster": "tcp://10.0.0.1:8786", "keys": "required"}
    numbers = {name: at for at, name in enumerate(Settings.model_fields, start=1) if name not in words}
    given = {f"ALIGNMENT_{name.upper()}": str(value) for name, value in {**words, **numbers}.items()}
    found = Settings.gather({**given, "ALIGNMENT_OTHER": "x", "PATH": "/bin"})
    assert found.model_dump() == {**words, **numbers}


def test_what_is_given_wins() -> None:
    assert Settings.gather({"ALIGNMENT_WORKERS": "4"}, workers=5).workers == 5
    assert Settings.gather({"ALIGNMENT_WORKERS": "4"}, workers=None).workers == 4


def test_every_fault_of_the_settings() -> None:
    with pytest.raises(al.OptionError) as caught:
        Settings.gather({"ALIGNMENT_WORKERS": "many", "ALIGNMENT_TIME_LIMIT": "inf"}, place=3, places=0)
    said = str(caught.value)
    assert all(f"settings.{name}: " in said for name in ("workers", "time_limit", "places", "place"))
    assert "Did you mean 'places'?" in said


def test_an_answer_has_time_for_its_search() -> None:
    with pytest.raises(al.OptionError, match="ALIGNMENT_ANSWER_LIMIT"):
        Settings.gather({}, time_limit=600)


def test_the_defaults_take_a_national_system() -> None:
    limits = Settings()
    national = {"agencies": 500, "measures": 2_000, "targets": 100_000, "influences": 10_000}
    assert all(getattr(limits, name) >= number for name, number in national.items())


@pytest.mark.parametrize("part", ["uvicorn", "fastapi"])
def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    monkeypatch.delitem(sys.modules, "alignment.api.app", raising=False)
    with pytest.raises(al.MissingExtra, match=r'pip install "stakeholder-alignment\[api\]"'):
        serve()


def test_other_missing_modules_are_not_mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "alignment.api.app", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        serve()
    assert not isinstance(caught.value, al.MissingExtra)


def test_serving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[uvicorn.Config] = []

    def run(server: uvicorn.Server) -> None:
        served.append(server.config)
        server.started = True

    monkeypatch.setattr(uvicorn.Server, "run", run)
    monkeypatch.setattr(logs, "set_up", lambda **_: None)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    serve("127.0.0.1", 9_999, Settings(answer_limit=7.5, database=f"sqlite:///{tmp_path}/kept.db"))
    [how] = served
    assert isinstance(how.app, FastAPI)
    assert how.app.title == "Stakeholder alignment"
    assert (how.host, how.port, how.timeout_graceful_shutdown) == ("127.0.0.1", 9_999, 8)


@pytest.mark.parametrize("keys", ["auto", "required", "open"])
def test_no_other_computer_comes_in_without_a_key(tmp_path: Path, keys: str) -> None:
    settings = Settings.model_validate({"keys": keys, "database": f"sqlite:///{tmp_path}/kept.db"})
    with pytest.raises(al.OptionError, match="alignment keys new"):
        serve("0.0.0.0", 9_999, settings)
