"""A system as a .zip: a folder of CSV files, packed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import partial
from pathlib import Path

from alignment.errors import AlignmentError
from alignment.models import System

from .folder import SUFFIXES, File, file_bytes, file_of, from_files
from .guarded import check_size
from .raw import RawSystem, refused
from .steady import SteadyArchive
from .unpacked import BROKEN, opened, part
from .written_cells import written_tables
from .xml_parts import StrangePartsError, TooLargeError

UNPACK = "Unpack it, and give the folder or file that is in it"


def archive_bytes(system: System, place: str = "") -> bytes:
    """A system as a folder of CSV files, packed: of the same system the same bytes."""
    del place  # nothing of it can be refused
    file = io.BytesIO()
    with SteadyArchive(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in written_tables(system).items():
            archive.writestr(file_of(name), file_bytes(name, table))
    return file.getvalue()


def read_archive(path: Path, content: bytes) -> RawSystem:
    """The tables of the files in an archive, wherever in it their folder is."""
    return from_files(files_in(path.name, content))


def files_in(place: str, content: bytes) -> list[File]:
    """The files of the folder in an archive."""
    try:
        with opened(content) as archive:
            return _files(place, archive)
    except AlignmentError:
        raise
    except TooLargeError as error:
        raise refused(place, str(error), error.remedy) from error
    except StrangePartsError as error:
        raise refused(place, str(error), UNPACK) from error
    except BROKEN as error:
        # A bare RuntimeError is what it says of a password; other ways of packing are a sort of it.
        locked = type(error) is RuntimeError
        raise refused(place, "is protected by a password" if locked else "cannot be unpacked", UNPACK) from error


def _files(place: str, archive: zipfile.ZipFile) -> list[File]:
    names = [name for name in archive.namelist() if _is_a_table(name)]
    folders = {posixpath.dirname(name) for name in names}
    if len(folders) != 1:
        what = "holds no .csv files" if not folders else f"holds .csv files in {len(folders)} folders"
        raise refused(place, what, UNPACK)
    (folder,) = folders
    inside = [name for name in archive.namelist() if posixpath.dirname(name) == folder and not name.endswith("/")]
    files = [File(posixpath.basename(name), partial(part, archive, name)) for name in sorted(inside)]
    if len({file.path for file in files}) < len(files):
        # Each would be unpacked as the last of them, however large.
        raise refused(place, "holds two files of one name", UNPACK)
    # As a folder of the same files would be.
    sizes = {posixpath.basename(name): archive.getinfo(name).file_size for name in inside}
    check_size(place, sum(sizes[file.path] for file in files if file.is_read))
    for file in files:
        # Read while it is open, and only what may be a table: what is wrong with the others is nobody's concern.
        if file.is_read:
            _ = file.content
    return files


def _is_a_table(name: str) -> bool:
    file = posixpath.basename(name)
    hidden = file.startswith(".") or name.startswith("__MACOSX/")
    return not hidden and Path(file).suffix.lower() in SUFFIXES - {".txt"}
