"""The tables in a database are those in the code, on both."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from alignment.api.store.errors import StoreTooNew
from alignment.api.store.opening import open_store
from alignment.api.store.tables import Base
from tests.store.conftest import opened
from tests.store.together import together


def test_the_migrations_make_what_the_classes_say(bare_url: str) -> None:
    open_store(bare_url).close()
    with opened(bare_url) as database, database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(Base.metadata.tables) < set(inspect(connection).get_table_names())


def test_what_is_kept_is_there_at_the_next_start(bare_url: str) -> None:
    first = open_store(bare_url)
    first.systems.put("london", b"{}")
    first.close()
    second = open_store(bare_url)
    assert second.systems.get("london").data == b"{}"
    second.close()


def test_servers_may_start_together(bare_url: str) -> None:
    # Each changes the file to WAL, which does not wait for others by itself.
    stores = together(8, lambda _: open_store(bare_url))
    stores[0].systems.put("london", b"{}")
    assert stores[-1].systems.get("london").data == b"{}"
    for store in stores:
        store.close()


def test_a_database_of_a_newer_version_is_left_alone(bare_url: str) -> None:
    open_store(bare_url).close()
    with opened(bare_url) as database, database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTooNew, match="newer version"):
        open_store(bare_url)
