"""Where a database is, and what is said when it is not there or has no room."""

from __future__ import annotations

import builtins
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from alignment.api.store import engine
from alignment.api.store.engine import Database, now, own_file, url_of
from alignment.api.store.errors import NotText, StoreAway, StoreFull
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store
from alignment.errors import MissingExtra, OptionError


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, ".local/share"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/local", "APPDATA": "/roaming"}, "/local"),
        ("win32", {"APPDATA": "/roaming"}, "AppData/Local"),
    ],
)
def test_the_users_own_file_is_in_the_local_folder(platform: str, environment: dict[str, str], folder: str) -> None:
    # An absolute folder takes the place of the home.
    assert own_file(platform, environment) == Path.home() / folder / "alignment" / "alignment.db"


def test_without_an_address_it_is_the_users_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "own_file", lambda: tmp_path / "new folder" / "alignment.db")
    store = open_store()
    store.systems.put("london", b"{}")
    store.close()
    assert (tmp_path / "new folder" / "alignment.db").exists()
    assert (tmp_path / "new folder").stat().st_mode & 0o077 == 0 or sys.platform == "win32"


@pytest.mark.parametrize("word", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_postgresql_has_one_driver(word: str) -> None:
    assert url_of(f"{word}://me:secret@db/kept").drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/kept", "'mysql' is no database"),
        ("kept.db", "not understood"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_other_addresses_are_refused(url: str, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        open_store(url)


def test_no_password_is_said() -> None:
    with pytest.raises(OptionError) as refused:
        open_store("mysql://me:secret@localhost/kept")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("missing", "url", "extra"),
    [
        ("sqlalchemy", "sqlite:///kept.db", "api"),
        ("alembic", "sqlite:///kept.db", "api"),
        ("psycopg", "postgresql://127.0.0.1/kept", "postgres"),
    ],
)
def test_what_is_not_installed_is_named(missing: str, url: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if is_part_of(missing, name) or is_loaded_anew(missing, name)]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if is_part_of(missing, name):
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=rf"\[{extra}\]"):
        open_store(url)


def is_part_of(package: str, name: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def is_loaded_anew(missing: str, name: str) -> bool:
    """Whether a module of the store imports what is missing when it is loaded."""
    return (
        missing != "psycopg" and name.startswith("alignment.api.store.") and not name.endswith((".opening", ".errors"))
    )


def test_time_is_the_databases_and_goes_on_within_a_transaction(store: Store, database: Database) -> None:
    with database.reading() as session:
        first = session.scalar(select(now()))
        time.sleep(0.02)
        second = session.scalar(select(now()))
    assert first is not None
    assert second is not None
    assert first == pytest.approx(time.time(), abs=5)
    assert 0.01 < second - first < 5


def test_a_database_that_is_not_there_is_away() -> None:
    with pytest.raises(StoreAway):
        open_store("postgresql://127.0.0.1:9/kept")


def test_a_file_that_is_no_database_is_away(tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_bytes(b"agency,measure\n" * 100)
    with pytest.raises(StoreAway):
        open_store(f"sqlite:///{tmp_path}/kept.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreAway):
        open_store(f"sqlite:///{tmp_path}/folder")


def test_a_store_that_was_reached_can_be_reached(store: Store) -> None:
    store.check()


def test_where_there_is_no_space_nothing_is_written(store: Store, database: Database) -> None:
    store.systems.put("london", b"{}")
    with database.writing() as session:
        session.execute(text(FULL[database.engine.dialect.name]))
        # A limit of SQLite holds for a connection: the store's own.
    if database.engine.dialect.name == "sqlite":
        _limit(store)
    try:
        with pytest.raises(StoreFull):
            store.systems.put("london", bytes(range(256)) * 4000, expected={1})
    finally:
        if database.engine.dialect.name == "postgresql":
            with database.writing() as session:
                session.execute(text("DROP TRIGGER full_disk ON contents"))
    assert store.systems.get("london").data == b"{}"
    assert len(store.systems.versions("london")) == 1


FULL = {
    "sqlite": "SELECT 1",
    # As PostgreSQL says it itself, with its own code.
    "postgresql": """
        CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON contents FOR EACH ROW EXECUTE FUNCTION full_disk()
    """,
}


def _limit(store: Store) -> None:
    """Let the file of a store grow no more."""

    def limit(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()

    found: Database = vars(store)["_database"]
    found.engine.dispose()
    event.listen(found.engine, "connect", limit)


def test_readers_do_not_wait_for_a_writer_and_writers_wait_for_each_other(store: Store, database: Database) -> None:
    store.systems.put("london", b"{}")
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with database.writing() as session:
            session.execute(text("UPDATE systems SET current = 1"))
            inside.set()
            leave.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(30)
    assert store.systems.get("london").data == b"{}"
    writer = threading.Thread(target=lambda: store.systems.put("london", b"[]", expected={1}))
    writer.start()
    writer.join(0.2)
    assert writer.is_alive()
    leave.set()
    for thread in (holder, writer):
        thread.join(30)
    assert store.systems.get("london").data == b"[]"


def test_who_waits_too_long_for_a_writer_is_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", ("busy_timeout=20", *engine.PRAGMAS[1:]))
    store, other = (open_store(f"sqlite:///{tmp_path}/kept.db") for _ in range(2))
    found: Database = vars(other)["_database"]
    with found.writing() as session:
        session.execute(text("SELECT 1"))  # a transaction begins with its first statement
        with pytest.raises(StoreAway):
            store.systems.put("london", b"{}")
    assert store.systems.put("london", b"{}").number == 1
    for each in (store, other):
        each.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_was_restarted_is_reached_again(store: Store, database: Database) -> None:
    mine: Database = vars(store)["_database"]
    with pytest.raises(StoreAway):
        break_off(mine, database)
    # Once more while nobody asks: the pool's connections are looked at before they are used.
    store.check()
    end_others(database)
    store.check()


def break_off(mine: Database, other: Database) -> None:
    """A transaction in whose midst the server goes."""
    with mine.writing() as session:
        session.execute(text("SELECT 1"))
        end_others(other)
        session.execute(text("SELECT 1"))


def end_others(database: Database) -> None:
    """End every connection but one's own, as a server does that is stopped at once."""
    ending = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
    )
    with database.writing() as session:
        session.execute(text(ending))


def test_nothing_heavy_is_loaded_before_a_store_is_opened() -> None:
    asking = "import sys, alignment.api.store.opening; print({'sqlalchemy', 'alembic', 'fastapi'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_text_that_no_database_keeps_is_refused(store: Store) -> None:
    with pytest.raises(NotText):
        store.systems.put("london", b"{}", note="half a letter: \ud800")
    assert store.systems.list() == ()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_postgresql_keeps_no_zero(store: Store) -> None:
    with pytest.raises(NotText):
        store.runs.get("\0")
