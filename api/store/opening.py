"""Opening what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.errors import MissingExtra

if TYPE_CHECKING:
    from .store import Store

PARTS: Final = frozenset({"sqlalchemy", "alembic"})


def open_store(url: str | None = None, queue: int | None = None) -> Store:
    """What is kept in a database, whose tables are brought up to date first.

    Parameters
    ----------
    url
        Where it is: `sqlite:///PATH` or `postgresql://USER@HOST/NAME`; blank is a file in the user's local data folder.
    queue
        How many runs may wait; blank is 20.

    Raises
    ------
    MissingExtra
        What this needs is not installed.
    OptionError
        The URL is none, or of another kind of database.
    StoreAway
        The database cannot be reached.
    StoreTooNew
        The database was made by a newer version of the library.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> store = open_store(f"sqlite:///{folder.name}/kept.db")
    >>> store.systems.put("london", b"{}").number
    1
    >>> store.close(); folder.cleanup()
    """
    try:
        from .store import Store
    except ModuleNotFoundError as error:
        if error.name in PARTS:
            raise MissingExtra("api", "Keeping systems and runs") from error
        raise
    return Store(url, queue)
