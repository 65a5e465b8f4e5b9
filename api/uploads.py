"""What is sent as a system and given as one: bytes in, bytes out. Children run this; it knows no FastAPI."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignment.errors import InputError, UnknownWord
from alignment.models.system import System
from alignment.tables.assemble import assemble
from alignment.tables.doors import IDS, READERS, WRITERS, Ids, raw_in
from alignment.tables.guarded import RAISED_BY
from alignment.tables.unpacked import BROKEN, unpacked_size
from alignment.tables.xml_parts import TooLargeError as PartsTooLargeError

from .media import MEDIA, SystemForm, media_of
from .refusals import TooLargeError
from .settings import Settings
from .sizes import check_rows

NAME: Final = "upload"
"""What is sent is called so in faults: nothing is known of its name, and it never is a file."""

PACKED: Final = frozenset({"xlsx", "zip", "xlsm", "ods"})
"""The forms that are archives."""

LESS: Final = "Send less, or use the library on your own computer"


def read_upload(data: bytes, media: str, settings: Settings, ids: Ids = "given") -> System:
    """The system that somebody sends.

    Parameters
    ----------
    data
        What is sent.
    media
        Its Content-Type, which alone says what it is.
    settings
        What the server takes.
    ids
        Where ids are from, as `alignment.read` says.

    Returns
    -------
    System
        The system, with notes of what was put right.

    Raises
    ------
    WrongTypeError
        The media type is none of a system.
    TooLargeError
        Unpacked, or in rows, it is more than the server takes.
    InputError
        With every fault, each with its place in `upload.xlsx`, its sheets or its files.
    UnknownWord
        `ids` is neither given nor make.

    Examples
    --------
    >>> tables = b'{"agencies": [{"id": "trust", "name": "Acute trust"}], "measures": [], "targets": []}'
    >>> print(read_upload(tables, "application/json", Settings()))
    1 agency · 0 measures · 0 targets
    """
    form = media_of(media)
    if ids not in IDS:
        raise UnknownWord(ids, IDS, "where ids are from")
    if form.form in PACKED:
        _check_unpacked(data, settings)
    try:
        raw = raw_in(Path(f"{NAME}{form.suffix}"), data, READERS[form.suffix])
        check_rows({name: len(table.rows) for name, table in raw.tables.items()}, settings)
        return assemble(raw, make_ids=ids == "make")
    except InputError as error:
        raise _refusal(error) from None


def bytes_of(system: System, form: SystemForm) -> bytes:
    """A system in a form; of the same system always the same bytes.

    Parameters
    ----------
    system
        The system.
    form
        One of `alignment.api.media.WRITTEN`: json is what the store keeps, zip the CSV files of a folder.

    Raises
    ------
    InputError
        A workbook cannot hold it.
    """
    suffix = MEDIA[form].suffix
    return WRITERS[suffix](system, f"system{suffix}")


def _check_unpacked(data: bytes, settings: Settings) -> None:
    """Refuse what is too large when unpacked; what is broken is told by whoever reads it."""
    try:
        size = unpacked_size(data)
    except PartsTooLargeError as error:
        raise TooLargeError(f"Unpacked, the system is larger than this server takes: it {_ours(str(error))}.") from None
    except BROKEN:
        return
    if size > settings.unzipped:
        raise TooLargeError(f"Unpacked, the body has {size:,} bytes, and this server takes {settings.unzipped:,}.")


def _refusal(error: InputError) -> InputError | TooLargeError:
    """What is wrong; where a limit of the library is passed, that alone, as whoever sends cannot raise it."""
    beyond = [fault for fault in error.faults if RAISED_BY in fault.what + fault.remedy]
    if not beyond:
        return error
    told = (fault.model_copy(update={"what": _ours(fault.what), "remedy": LESS}) for fault in beyond)
    return TooLargeError("The system is larger than this server takes.", tuple(told))


def _ours(what: str) -> str:
    return what.partition(f" ({RAISED_BY}")[0]
