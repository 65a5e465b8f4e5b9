"""Keys: shown once, kept as a digest, found in constant time."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from typing import Final

from sqlalchemy import ColumnElement, or_, select, update

from .engine import Database, changed, now
from .errors import KeyRefused, NotThere, StoreError
from .nouns import Key, NewKey, Role, noun
from .packing import digest
from .tables import KeyRow

MARK: Final = "al_"
"""How every key begins, so that scanners of code find one that was left there."""

PUBLIC: Final = len(MARK) + 8
"""How much of a key is no secret; the 35 letters behind it hold 210 bits that are."""

RANDOM_BYTES: Final = 32

LETTERS: Final = re.compile(r"[A-Za-z0-9_-]+")
"""What a key is made of; other text may be such as no database keeps."""

NOBODY: Final = digest(b"nobody's key")
"""What an unknown key is compared with, so that it takes as long as a known one."""

MINUTE: Final = 60.0
"""How old the time of the last use may be before it is written anew. Unit: seconds."""


class Keys:
    """The keys of a database.

    Parameters
    ----------
    database
        The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, name: str, role: Role, lasts: float | None = None) -> NewKey:
        """A new key, the only time that it can be read.

        Parameters
        ----------
        name
            Whose it is.
        role
            What it may do.
        lasts
            How long; blank is until it is revoked. Unit: seconds.
        """
        secret = MARK + secrets.token_urlsafe(RANDOM_BYTES)
        prefix, ends = secret[:PUBLIC], None if lasts is None else now() + lasts
        row = KeyRow(prefix=prefix, digest=digest(secret.encode()), name=name, role=role, made=now(), expires=ends)
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return NewKey(secret=secret, key=noun(Key, row))

    def list(self) -> tuple[Key, ...]:
        """All keys that ever were, the oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(KeyRow).order_by(KeyRow.made, KeyRow.prefix)).all()
        return tuple(noun(Key, row) for row in rows)

    def is_any(self) -> bool:
        """Whether there is a key that opens something."""
        valid = (KeyRow.revoked.is_(None), or_(KeyRow.expires.is_(None), KeyRow.expires > now()))
        with self._database.reading() as session:
            return session.scalar(select(KeyRow.prefix).where(*valid).limit(1)) is not None

    def revoke(self, prefix: str) -> None:
        """Let a key open nothing from now on; one that was revoked stays so since then.

        Parameters
        ----------
        prefix
            How it begins.

        Raises
        ------
        NotThere
            There is no such key.
        """
        with self._database.writing() as session:
            row = session.get(KeyRow, prefix)
            if row is None:
                raise NotThere("key", prefix)
            if row.revoked is None:
                row.revoked = now()

    def find(self, secret: str) -> Key:
        """Whose a key is; that it was used is noted, to the minute.

        Parameters
        ----------
        secret
            The key.

        Raises
        ------
        KeyRefused
            It is not known, has expired or was revoked.
        """
        prefix = secret[:PUBLIC] if LETTERS.fullmatch(secret) else ""
        with self._database.reading() as session:
            wanted = select(KeyRow, _is_past(), _is_stale())
            row, expired, stale = session.execute(wanted.where(KeyRow.prefix == prefix)).one_or_none() or NONE
        given = digest(secret.encode("utf-8", "surrogatepass"))
        is_it = secrets.compare_digest(NOBODY if row is None else row.digest, given)
        if row is None or not is_it:
            raise KeyRefused("unknown")
        if row.revoked is not None:
            raise KeyRefused("revoked")
        if expired:
            raise KeyRefused("expired")
        if stale:
            self._touch(prefix)
        return noun(Key, row)

    def _touch(self, prefix: str) -> None:
        # Whoever may read still may where nothing can be written.
        with suppress(StoreError), self._database.writing() as session:
            changed(session, update(KeyRow).where(KeyRow.prefix == prefix).values(last_used=now()))


NONE: Final = (None, False, False)


def _is_past() -> ColumnElement[bool]:
    return KeyRow.expires.is_not(None) & (KeyRow.expires <= now())


def _is_stale() -> ColumnElement[bool]:
    return or_(KeyRow.last_used.is_(None), KeyRow.last_used < now() - MINUTE)
