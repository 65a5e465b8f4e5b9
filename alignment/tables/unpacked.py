"""The parts of an archive, unpacked within bounds.

What an archive says of itself may be untrue, and two readers of one file may not agree on what is in it. So its parts
are unpacked here, byte by byte counted; and what others are to read of it is packed anew from what was counted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from .guarded import MB, most_unpacked, raise_it
from .xml_parts import StrangePartsError, TooLargeError

MOST_PARTS: Final = 3_000
"""The most parts that an archive may have."""

AT_ONCE: Final = 2**16
"""So many bytes are unpacked at once."""

METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The ways of packing that can be undone a bit at a time: others make gigabytes of one bit."""

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zip and XML raise of a broken file: offsets that lead nowhere, parts and encodings that are not there."""

READ: Final = (".xml", ".rels", "mimetype")
"""How the parts of a workbook end that say what is in its cells."""


def opened(content: bytes) -> zipfile.ZipFile:
    """An archive that says nothing impossible of itself.

    Raises
    ------
    StrangePartsError
        It has too many parts, or says that they hold too much, or they lie in each other.
    """
    # Before they are listed, as each takes half a thousand bytes of memory.
    if content.count(b"PK\x01\x02") > 10 * MOST_PARTS:
        raise _too_large()
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > most_unpacked():
        raise _too_large()
    if sum(each.compress_size for each in parts) > len(content):
        raise StrangePartsError("has parts that lie in each other, as no program writes them")
    return archive


def unpacked_size(content: bytes) -> int:
    """How much the parts of an archive hold; none is unpacked, and none gives more than it says.

    Raises
    ------
    StrangePartsError
        As `opened` does.
    zipfile.BadZipFile
        It is no archive.
    """
    with opened(content) as archive:
        return sum(each.file_size for each in archive.infolist())


def part(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> bytes:
    """What is in one part.

    Raises
    ------
    StrangePartsError
        It holds more than it says, or is packed in a way that cannot be bounded.
    """
    told = archive.getinfo(name) if isinstance(name, str) else name
    if told.compress_type not in METHODS:
        raise StrangePartsError("is packed in an unusual way")
    with archive.open(told) as file:
        # Never all at once, where it could be more than it says.
        return b"".join(iter(lambda: file.read(AT_ONCE), b""))


def repacked(content: bytes) -> bytes:
    """A workbook of the same parts, each of them as large as it says.

    Raises
    ------
    StrangePartsError
        It could not be unpacked within bounds.
    """
    new = io.BytesIO()
    with opened(content) as archive, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        parts = archive.infolist()
        if len({each.filename for each in parts}) < len(parts):
            raise StrangePartsError("holds two parts of one name")
        for each in parts:
            # Pictures and the like are named and not unpacked.
            packed.writestr(each.filename, part(archive, each) if each.filename.endswith(READ) else b"")
    return new.getvalue()


def _too_large() -> TooLargeError:
    what = f"holds more than {MOST_PARTS:,} parts, or {most_unpacked() // MB:,} MB unpacked"
    return TooLargeError(what, raise_it())
