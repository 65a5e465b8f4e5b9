"""alignment keys: a key is shown once, listed without its secret, and revoked."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from alignment.api.store.errors import KeyRefused
from alignment.api.store.keys import Keys
from alignment.api.store.nouns import Key
from alignment.api.store.opening import open_store
from tests.running import Ran, Runner


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the server of the environment keeps things."""
    found = f"sqlite:///{tmp_path}/kept.db"
    monkeypatch.setenv("ALIGNMENT_DATABASE", found)
    return found


@pytest.fixture
def keys(url: str) -> Generator[Keys]:
    """The keys of that server."""
    with closing(open_store(url)) as store:
        yield store.keys


def secret_of(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    assert re.fullmatch("al_[A-Za-z0-9_-]{43}\n", ran.out)
    return ran.out.strip()


def test_a_new_key_stands_alone_on_stdout_and_opens(run: Runner, keys: Keys) -> None:
    ran = run("keys", "new", " Health board ", "--role", "owner")
    found = keys.find(secret_of(ran))
    assert (found.name, found.role, found.expires) == ("Health board", "owner", None)
    assert f"This is the key {found.prefix} of Health board, owner. It cannot be read again" in ran.said
    assert secret_of(ran) not in ran.err


def test_the_least_role_is_given_unless_more_is_asked_for(run: Runner, keys: Keys) -> None:
    assert keys.find(secret_of(run("keys", "new", "dashboard"))).role == "reader"
    assert run("keys", "new", "dashboard", "--role", "boss").code == 2


def test_a_key_ends_after_its_days(run: Runner, keys: Keys) -> None:
    found = keys.find(secret_of(run("keys", "new", "dashboard", "--days", "30")))
    assert found.expires is not None
    assert (found.expires - found.made).total_seconds() == pytest.approx(30 * 86_400, abs=1)
    for days in ("0", "-1", "36501", "soon"):
        assert run("keys", "new", "dashboard", "--days", days).code == 2
    assert len(keys.list()) == 1


def test_only_the_first_key_changes_who_comes_in(run: Runner, url: str) -> None:
    assert "once it is started anew" in run("keys", "new", "dashboard").said
    assert "once it is started anew" not in run("keys", "new", "dashboard").said


@pytest.mark.parametrize("name", ["", "  ", "a" * 101])
def test_a_key_is_somebody_s(run: Runner, keys: Keys, name: str) -> None:
    ran = run("keys", "new", name)
    assert (ran.code, ran.out) == (2, "")
    assert "Write whose it is." in ran.said
    assert keys.list() == ()


def test_the_list_in_every_form(run: Runner, keys: Keys) -> None:
    assert "There are no keys." in run("keys", "list").out
    assert run("keys", "list", "--json").json == []
    assert run("keys", "list", "--csv").out == ",".join(Key.model_fields) + "\n"
    secrets = [secret_of(run("keys", "new", "=1+1")), secret_of(run("keys", "new", "old", "--days", "1"))]
    run("keys", "revoke", secrets[0][:11])
    wanted = keys.list()
    assert [Key.model_validate(row) for row in run("keys", "list", "--json").json] == list(wanted)
    frame = run("keys", "list", "--csv").frame
    assert frame["prefix"].tolist() == [key.prefix for key in wanted]
    assert frame["name"].tolist() == ["'=1+1", "old"]  # a spreadsheet would work it out
    text = run("keys", "list").out
    assert f"not since {wanted[0].revoked:%Y-%m-%d}" in text
    assert f"until {wanted[1].expires:%Y-%m-%d}" in text
    for form in ("--json", "--csv", "--html", "--markdown"):
        told = run("keys", "list", form).out
        assert not any(secret[11:] in told for secret in secrets)
    assert run("keys", "list", "--json", "--csv").code == 2


def test_no_workbook_of_keys_is_written(run: Runner, tmp_path: Path, url: str) -> None:
    assert run("keys", "list", "--xlsx", tmp_path / "keys.xlsx").code == 2
    assert "--xlsx" not in run("keys", "list", "--help").out
    assert not (tmp_path / "keys.xlsx").exists()


@pytest.mark.parametrize("letters", [11, 46])  # its beginning, or all of it
def test_a_revoked_key_opens_nothing(run: Runner, keys: Keys, letters: int) -> None:
    secret, other = secret_of(run("keys", "new", "lost")), secret_of(run("keys", "new", "dashboard"))
    ran = run("keys", "revoke", secret[:letters])
    assert (ran.code, ran.out) == (0, "")
    assert f"Revoked {secret[:11]} of lost" in ran.said
    with pytest.raises(KeyRefused, match="was revoked"):
        keys.find(secret)
    assert keys.find(other).name == "dashboard"


def test_an_unknown_key_names_the_closest_and_tells_no_secret(run: Runner, keys: Keys) -> None:
    secret = secret_of(run("keys", "new", "dashboard"))
    wrong = secret[:9] + "~~" + secret[11:]
    ran = run("keys", "revoke", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert f"Did you mean '{secret[:11]}'?" in ran.said
    assert secret[11:] not in ran.said
    assert keys.find(secret).revoked is None


def test_a_database_that_is_given_wins_over_the_environment(run: Runner, keys: Keys, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    secret = secret_of(run("keys", "new", "dashboard", "--database", other))
    assert keys.list() == ()
    assert [row["prefix"] for row in run("keys", "list", "--json", "--database", other).json] == [secret[:11]]
    assert run("keys", "revoke", secret[:11], "--database", other).code == 0
    assert "'mysql' is no database" in run("keys", "list", "--database", "mysql://localhost/x").said


def test_the_extra_that_it_needs_is_named(run: Runner, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.delitem(sys.modules, "alignment.api.store.store", raising=False)
    monkeypatch.delitem(sys.modules, "alignment.api.store.keys", raising=False)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    for words in (("new", "dashboard"), ("list",), ("revoke", "al_12345678")):
        ran = run("keys", *words)
        assert (ran.code, ran.out) == (2, "")
        assert 'pip install "stakeholder-alignment[api]"' in ran.said


def test_the_words_of_the_group_are_its_own(run: Runner) -> None:
    listed = run("--help").out.split("Commands:")[1]
    assert re.search(r"^  new  +Write a template", listed, re.MULTILINE)  # keys new does not hide it
    ran = run("keys", "nwe")
    assert (ran.code, "No such command 'nwe'" in ran.said) == (2, True)
    assert run("revoke", "al_12345678").code == 2
