"""A key opens what its role says, however it is shown, and on either database; all else tells a stranger nothing."""

from __future__ import annotations

import base64
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from hypothesis import HealthCheck, given, settings, strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from alignment.api import problems
from alignment.api.locks.doorman import ROLES, Doorman, Visitor, needs, secret_in
from alignment.api.locks.exposure import is_required
from alignment.api.settings import Settings
from alignment.api.store.engine import Database
from alignment.api.store.errors import StoreAway
from alignment.api.store.keys import Keys
from alignment.api.store.nouns import Role
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store

ROUTER = APIRouter()


@ROUTER.get("/reader")
async def reader(visitor: Annotated[Visitor, Depends(needs("reader"))]) -> Visitor:
    return visitor


@ROUTER.get("/editor")
async def editor(visitor: Annotated[Visitor, Depends(needs("editor"))]) -> Visitor:
    return visitor


@ROUTER.get("/owner")
async def owner(visitor: Annotated[Visitor, Depends(needs("owner"))]) -> Visitor:
    return visitor


@contextmanager
def visited(keys: Keys, *, required: bool = True) -> Generator[TestClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(ROUTER)
    app.state.doorman = Doorman(keys, required=required)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(store: Store) -> Generator[TestClient]:
    with visited(store.keys) as found:
        yield found


def basic(password: str, user: str = "excel") -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def refused(response: Any) -> str:
    """What a stranger is told."""
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/docs#no-key"
    challenge = response.headers["www-authenticate"]
    assert 'Bearer realm="alignment"' in challenge
    assert 'Basic realm="alignment", charset="UTF-8"' in challenge
    return response.json()["detail"]


@pytest.mark.parametrize("role", ROLES)
def test_a_key_opens_what_its_role_says_and_less(store: Store, client: TestClient, role: Role) -> None:
    made = store.keys.make("dashboard", role)
    for at, door in enumerate(ROLES):
        found = client.get(f"/{door}", headers={"Authorization": f"Bearer {made.secret}"})
        if at <= ROLES.index(role):
            assert found.json() == {"key": made.key.prefix, "name": "dashboard", "role": role}
        else:
            assert (found.status_code, found.json()["type"]) == (403, "/docs#not-allowed")
            assert f"of the role {door}" in found.json()["detail"]
            assert made.secret not in found.text


def test_every_way_to_show_a_key(store: Store, client: TestClient) -> None:
    secret = store.keys.make("dashboard", "reader").secret
    for shown in (
        f"Bearer {secret}",
        f"bearer   {secret} ",
        f"BEARER {secret}",
        basic(secret),
        basic(secret, user=""),
        basic(secret, user="Zoë"),
        basic(secret).replace("Basic", "bASIC"),
    ):
        assert client.get("/reader", headers={"Authorization": shown}).status_code == 200, shown


def test_a_key_elsewhere_opens_nothing(store: Store, client: TestClient) -> None:
    secret = store.keys.make("dashboard", "owner").secret
    for path in (f"/reader?key={secret}", f"/reader?access_token={secret}", f"/reader?ApiKeyName={secret}"):
        refused(client.get(path))
    assert refused(client.get("/reader", headers={"X-API-Key": secret, "Cookie": f"key={secret}"}))
    assert refused(client.get("/reader", headers={"Authorization": basic("", user=secret)}))
    both = [("Authorization", f"Bearer {secret}"), ("Authorization", f"Bearer {secret}")]
    assert refused(client.get("/reader", headers=both))


def test_unknown_expired_and_revoked_keys_are_told_apart_by_nobody(store: Store, client: TestClient) -> None:
    expired, revoked = store.keys.make("old", "owner", lasts=0.0), store.keys.make("lost", "owner")
    store.keys.revoke(revoked.key.prefix)
    unknown = ("al_unknown", f"{revoked.secret}a", expired.secret[:11])
    said = {
        refused(client.get("/reader", headers={"Authorization": f"Bearer {secret}"}))
        for secret in (expired.secret, revoked.secret, *unknown)
    }
    assert said == {"The key opens nothing."}


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer\tal_12345678",
        "Digest username=excel",
        "al_12345678",
        "Basic",
        "Basic !",
        "Basic YQ",  # not padded
        "Basic /w==",  # no UTF-8
        "Basic YWxfa2V5",  # no colon
        "Basic OnNlY3JldA",  # not padded
    ],
)
def test_what_shows_no_key_is_401(client: TestClient, shown: str) -> None:
    assert "as the password of any user name" in refused(client.get("/reader", headers={"Authorization": shown}))


def test_where_no_key_is_needed_anybody_does_anything(store: Store) -> None:
    with visited(store.keys, required=False) as client:
        for headers in ({}, {"Authorization": "Bearer al_12345678"}, {"Authorization": "Basic !"}):
            found = client.get("/owner", headers=headers)
            assert found.json() == {"key": None, "name": "anybody", "role": "owner"}


def test_a_database_that_is_away_is_not_the_visitor_s_fault(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "kept.db"
    open_store(f"sqlite:///{file}").close()
    for each in file.parent.iterdir():
        each.unlink()
    file.mkdir()
    database = Database(f"sqlite:///{file}")
    try:
        shown = Request({"type": "http", "headers": [(b"authorization", b"Bearer al_12345678")]})
        with pytest.raises(StoreAway):
            Doorman(Keys(database), required=True).who(shown)
    finally:
        database.close()


def test_auto_needs_keys_once_one_was_made_for_good(store: Store) -> None:
    auto, always, never = Settings(), Settings(keys="required"), Settings(keys="open")

    def required() -> list[bool]:
        return [is_required(settings, store.keys) for settings in (auto, always, never)]

    assert required() == [False, True, False]
    key = store.keys.make("dashboard", "owner", lasts=0.0).key
    assert required() == [True, True, False]
    store.keys.revoke(key.prefix)
    assert not store.keys.is_any()
    assert required() == [True, True, False]


BASE64 = st.binary(max_size=40).map(lambda raw: b"Basic " + base64.b64encode(raw))

USERS = st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=9)

SHOWN = st.binary(max_size=40) | BASE64 | st.binary(max_size=20).map(lambda raw: b"bearer " + raw)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=SHOWN)
def test_whatever_is_shown_without_a_key_is_401(client: TestClient, shown: bytes) -> None:
    refused(client.get("/reader", headers=[(b"Authorization", shown)]))


@settings(deadline=None)
@given(user=USERS, password=st.text(min_size=1, max_size=9))
def test_a_password_is_what_was_sent(user: str, password: str) -> None:
    assert secret_in(basic(password, user)) == password
