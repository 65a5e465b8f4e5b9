"""Keys: shown once, kept as a digest, refused when they have ended."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from alignment.api.store.engine import Database
from alignment.api.store.errors import KeyRefused, NotThere
from alignment.api.store.store import Store
from alignment.api.store.tables import KeyRow


def test_a_key_opens_what_its_role_says(store: Store) -> None:
    made = store.keys.make("dashboard", "reader")
    found = store.keys.find(made.secret)
    assert (found.prefix, found.name, found.role) == (made.key.prefix, "dashboard", "reader")
    assert made.secret.startswith(made.key.prefix)
    assert len(made.secret) == 3 + 43  # al_ and 32 bytes, 6 bits a letter
    assert made.secret not in repr(found)


def test_no_secret_is_kept(store: Store, database: Database) -> None:
    made = store.keys.make("dashboard", "owner")
    with database.reading() as session:
        row = session.scalars(select(KeyRow)).one()
    assert row.digest == hashlib.sha256(made.secret.encode()).hexdigest()
    kept = {str(value) for value in vars(row).values()}
    assert not any(made.secret[11:] in value for value in kept)


@pytest.mark.parametrize("wrong", ["", "al_", "al_12345678", "\ud800", "'; DROP TABLE keys; --"])
def test_what_is_no_key_is_refused(store: Store, wrong: str) -> None:
    store.keys.make("dashboard", "owner")
    with pytest.raises(KeyRefused) as refused:
        store.keys.find(wrong)
    assert refused.value.reason == "unknown"


def test_a_key_that_only_begins_right_is_refused(store: Store) -> None:
    secret = store.keys.make("dashboard", "owner").secret
    for wrong in (secret[:11], secret[:-1], f"{secret}a", secret[:-1] + ("b" if secret[-1] == "a" else "a")):
        with pytest.raises(KeyRefused):
            store.keys.find(wrong)


def test_a_key_ends_when_it_was_to_or_is_revoked(store: Store) -> None:
    ended, lasting = store.keys.make("old", "reader", lasts=0.0), store.keys.make("new", "editor", lasts=3600.0)
    with pytest.raises(KeyRefused) as refused:
        store.keys.find(ended.secret)
    assert refused.value.reason == "expired"
    assert store.keys.find(lasting.secret).role == "editor"
    assert store.keys.is_any()
    store.keys.revoke(lasting.key.prefix)
    with pytest.raises(KeyRefused) as refused:
        store.keys.find(lasting.secret)
    assert refused.value.reason == "revoked"
    assert not store.keys.is_any()
    assert [key.name for key in store.keys.list()] == ["old", "new"]


def test_revoking_again_changes_nothing(store: Store) -> None:
    prefix = store.keys.make("old", "reader").key.prefix
    store.keys.revoke(prefix)
    (first,) = store.keys.list()
    store.keys.revoke(prefix)
    assert store.keys.list() == (first,)
    with pytest.raises(NotThere, match="no key 'al_nobody'"):
        store.keys.revoke("al_nobody")


def test_it_is_noted_that_a_key_is_used(store: Store) -> None:
    secret = store.keys.make("dashboard", "reader").secret
    assert store.keys.list()[0].last_used is None
    store.keys.find(secret)
    used = store.keys.list()[0].last_used
    assert used is not None
    store.keys.find(secret)
    assert store.keys.list()[0].last_used == used
