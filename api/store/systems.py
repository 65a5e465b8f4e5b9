"""Systems and their versions: every version is kept, and one is put over another only by who knows that one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .engine import Database, insert_new, now
from .errors import Gone, NotThere, VersionDiffers
from .nouns import Content, Version, noun
from .packing import digest, packed, unpacked
from .tables import ContentRow, SystemRow, VersionRow

Expected = Literal["new", "existing", "whatever"] | AbstractSet[int]
"""What must be there: nothing; some version; either; or a version of these numbers."""

SYSTEM: Final = "system"

SEVERAL: Final = "+"
"""What stands between the hashes of several contents."""

PAGE: Final = 100
"""How many rows a page has, where nobody says."""


class Systems:
    """The systems of a database.

    Parameters
    ----------
    database
        The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        system: str,
        data: bytes,
        *,
        form: str = "json",
        key: str | None = None,
        note: str | None = None,
        expected: Expected = "new",
    ) -> Version:
        """Keep a version of a system, all of it or nothing.

        Parameters
        ----------
        system
            Its id. One that was deleted comes back with all its versions.
        data
            Its tables, as the canonical JSON document.
        form
            The form in which it was handed in.
        key
            Which key puts it.
        note
            What is to be said of it.
        expected
            What must be there now: "new", nothing (or deleted); "existing", some version; "whatever"; or a version of
            these numbers. Of two who expect the same number, one wins.

        Raises
        ------
        VersionDiffers
            What is there is not what was expected.
        """
        content = {"hash": digest(data), "size": len(data), "data": packed(data)}
        with self._database.writing() as session:
            found = _advanced(session, system, expected)
            insert_new(session, ContentRow, **content)
            version = VersionRow(
                system=system, number=found.current, hash=content["hash"], form=form, at=now(), key=key, note=note
            )
            session.add(version)
            session.flush()
            return noun(Version, version, size=len(data))

    def get(self, system: str, number: int | None = None) -> Content:
        """A version and what it holds.

        Parameters
        ----------
        system
            The id of a system.
        number
            Its version; blank is the current one.

        Raises
        ------
        NotThere
            There is no such system or no such version.
        Gone
            The system was deleted.
        """
        with self._database.reading() as session:
            wanted = _numbered(session, system, number).add_columns(ContentRow.data)
            row, size, data = session.execute(wanted).one()
        return Content(version=noun(Version, row, size=size), data=unpacked(data))

    def version(self, system: str, number: int | None = None) -> Version:
        """A version without what it holds, such as for its hash.

        Raises
        ------
        NotThere
            There is no such system or no such version.
        Gone
            The system was deleted.
        """
        with self._database.reading() as session:
            row, size = session.execute(_numbered(session, system, number)).one()
        return noun(Version, row, size=size)

    def content(self, content_hash: str) -> bytes:
        """What a version of this hash holds, such as for a run.

        Raises
        ------
        NotThere
            No version holds it.
        """
        with self._database.reading() as session:
            data = session.scalar(select(ContentRow.data).where(ContentRow.hash == content_hash))
        if data is None:
            raise NotThere("content", content_hash)
        return unpacked(data)

    def contents(self, hashes: str) -> tuple[bytes, ...]:
        """What versions hold whose hashes are joined by "+", in this order: what a run is about.

        Raises
        ------
        NotThere
            No version holds one of them.
        """
        return tuple(self.content(each) for each in hashes.split(SEVERAL))

    def list(self, after: str = "", most: int = PAGE) -> tuple[Version, ...]:
        """The current versions of systems that are not deleted, by id.

        Parameters
        ----------
        after
            The last id of the page before.
        most
            How many, at most; who asks for one more than is shown knows whether there is another page.
        """
        current = (VersionRow.system == SystemRow.id) & (VersionRow.number == SystemRow.current)
        wanted = _versions().join(SystemRow, current).where(SystemRow.deleted_at.is_(None), SystemRow.id > after)
        with self._database.reading() as session:
            rows = session.execute(wanted.order_by(SystemRow.id).limit(most)).all()
        return tuple(noun(Version, row, size=size) for row, size in rows)

    def versions(self, system: str, before: int | None = None, most: int = PAGE) -> tuple[Version, ...]:
        """The versions of a system, newest first.

        Parameters
        ----------
        system
            The id of a system.
        before
            The last number of the page before.
        most
            How many, at most.

        Raises
        ------
        NotThere
            There is no such system.
        Gone
            It was deleted.
        """
        wanted = _versions().where(VersionRow.system == system)
        with self._database.reading() as session:
            end = _current(session, system) + 1
            wanted = wanted.where(VersionRow.number < (end if before is None else min(before, end)))
            rows = session.execute(wanted.order_by(VersionRow.number.desc()).limit(most)).all()
        return tuple(noun(Version, row, size=size) for row, size in rows)

    def delete(self, system: str, expected: Expected = "existing") -> None:
        """Serve a system no more; its versions are kept, and come back when it is put again.

        Parameters
        ----------
        system
            The id of a system.
        expected
            What must be there now, as for `put`.

        Raises
        ------
        NotThere
            There is no such system.
        Gone
            It was deleted before.
        VersionDiffers
            What is there is not what was expected.
        """
        with self._database.writing() as session:
            current = _current(session, system, locked=True)
            _check(system, current, expected)
            session.get_one(SystemRow, system).deleted_at = now()


def _advanced(session: Session, system: str, expected: Expected) -> SystemRow:
    """The row of a system with the number of its next version; nobody else can change it before the end."""
    # A row of no version yet, which goes again where it was not expected: so that there is one to lock.
    insert_new(session, SystemRow, id=system, current=0)
    row = session.scalars(_locked(system)).one()
    there = row.current > 0 and row.deleted_at is None
    _check(system, row.current if there else None, expected)
    row.current, row.deleted_at = row.current + 1, None
    return row


def _locked(system: str) -> Select[SystemRow]:
    return select(SystemRow).where(SystemRow.id == system).with_for_update()


def _check(system: str, current: int | None, expected: Expected) -> None:
    """Refuse unless what is there is what was expected."""
    if isinstance(expected, str):
        fits = {"new": current is None, "existing": current is not None, "whatever": True}[expected]
    else:
        fits = current in expected
    if not fits:
        raise VersionDiffers(system, current)


def _current(session: Session, system: str, *, locked: bool = False) -> int:
    """The number of the current version."""
    row = session.scalar(_locked(system) if locked else select(SystemRow).where(SystemRow.id == system))
    if row is None:
        raise NotThere(SYSTEM, system)
    if row.deleted_at is not None:
        raise Gone(SYSTEM, system)
    return row.current


def _versions() -> Select[VersionRow, int]:
    """Versions with how long their contents are."""
    return select(VersionRow, ContentRow.size).join(ContentRow, ContentRow.hash == VersionRow.hash)


def _numbered(session: Session, system: str, number: int | None) -> Select[VersionRow, int]:
    """The version of a number, which is there, or the current one."""
    current = _current(session, system)
    wanted = current if number is None else number
    if not 0 < wanted <= current:
        raise NotThere("version", f"{system}, {number}")
    return _versions().where(VersionRow.system == system, VersionRow.number == wanted)
