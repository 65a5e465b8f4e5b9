"""The keys of a server: made, listed, revoked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignment.api.store.nouns import Key, Role
from alignment.errors import OptionError, UnknownWord

from .asking import give_rows
from .command import COMMANDS, Group, Printed, Registered, command
from .streams import hand_over, say, show

if TYPE_CHECKING:
    import pandas as pd

    from alignment.api.store.store import Store

KEYS: Final[dict[str, Registered | Group]] = {}
"""The commands of keys."""

DAY: Final = 86_400.0
"""Unit: seconds."""

LONGEST: Final = 100
"""The most characters of a name."""

Database = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The server's database, as in ALIGNMENT_DATABASE; blank is the file in your local data folder.",
    ),
]


def _keys() -> None:
    """Make, list and revoke the keys with which people and programs come into a server."""


COMMANDS["keys"] = Group(_keys, "alignment keys new dashboard", KEYS)


@command("new", "alignment keys new dashboard --role reader --days 365", among=KEYS)
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    *,
    role: Annotated[
        Role, typer.Option(help="reader asks; editor puts systems as well; owner deletes them as well.")
    ] = "reader",
    days: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=36_500, help="How long it opens; blank is until revoked.")
    ] = None,
    database: Database = None,
) -> int:
    """Make a key, the only time that it can be read.

    A server asks for keys once one was made: from its next start on.
    """
    if not 0 < len(name.strip()) <= LONGEST:
        raise OptionError(f"name: a key is called by 1 to {LONGEST} letters. Write whose it is.")
    with closing(_store(database)) as store:
        made = store.keys.make(name.strip(), role, None if days is None else days * DAY)
        is_first = len(store.keys.list()) == 1
    hand_over(made.secret)
    prefix = made.key.prefix
    say(
        f"This is the key {prefix} of {made.key.name}, {role}. It cannot be read again: keep it where passwords are "
        f"kept. To end it: alignment keys revoke {prefix}"
    )
    if is_first:
        say("It is the first. A server that runs without keys asks for them once it is started anew.")
    return 0


@command("list", "alignment keys list", among=KEYS)
def listed(*, database: Database = None, form: Printed) -> int:
    """List all keys that ever were, without what is secret of them."""
    with closing(_store(database)) as store:
        keys = store.keys.list()
    if form == "text" and not keys:
        show("There are no keys. To make one: alignment keys new NAME --role owner")
    else:
        give_rows(_told(keys) if form == "text" else _frame(keys), form, limit=0)
    return 0


@command("revoke", "alignment keys revoke al_12345678", among=KEYS)
def revoke(
    prefix: Annotated[
        str, typer.Argument(metavar="PREFIX", help="How the key begins, as keys list has it; the whole key does too.")
    ],
    *,
    database: Database = None,
) -> int:
    """Let a key open nothing any more, at once and for good."""
    with closing(_store(database)) as store:
        from alignment.api.store.keys import PUBLIC

        prefix = prefix[:PUBLIC]  # the rest is said nowhere again
        known = {key.prefix: key for key in store.keys.list()}
        if prefix not in known:
            raise UnknownWord(prefix, known, "the beginning of a key")
        store.keys.revoke(prefix)
    say(f"Revoked {prefix} of {known[prefix].name}: it opens nothing any more.")
    return 0


def _store(database: str | None) -> Store:
    """What the server keeps."""
    from alignment.api.settings import Settings
    from alignment.api.store.opening import open_store

    return open_store(Settings.gather(database=database).database)


def _frame(keys: tuple[Key, ...]) -> pd.DataFrame:
    """Every field of every key, for machines."""
    import pandas as pd

    return pd.DataFrame([key.model_dump(mode="json") for key in keys], columns=list(Key.model_fields), dtype=object)


def _told(keys: tuple[Key, ...]) -> pd.DataFrame:
    """What people want to know of keys."""
    import pandas as pd

    return pd.DataFrame(_rows(keys), columns=["prefix", "name", "role", "opens", "last used"])


def _rows(keys: tuple[Key, ...]) -> Iterator[tuple[str, ...]]:
    for key in keys:
        yield key.prefix, key.name, key.role, _opens(key), _day(key.last_used) or "never"


def _opens(key: Key) -> str:
    if key.revoked is not None:
        return f"not since {_day(key.revoked)}"
    return f"until {_day(key.expires) or 'revoked'}"


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"
