"""Archives that say nothing of when and where they were made: of the same parts the same bytes."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any, Final

BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name."""

UNIX: Final = 3
"""Who made a part, wherever it was made."""

READABLE: Final = 0o600 << 16
"""Who may read a part that is unpacked: its owner."""


class SteadyArchive(zipfile.ZipFile):
    """An archive to be written, whose parts all bear the same date.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO()
    >>> with SteadyArchive(file, "w") as archive:
    ...     archive.writestr("a.csv", "id,name")
    >>> zipfile.ZipFile(file).getinfo("a.csv").date_time
    (1980, 1, 1, 0, 0, 0)
    """

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        """Write a part."""
        given = zinfo_or_arcname
        super().writestr(self._part(given if isinstance(given, str) else given.filename), data)

    def write(self, filename: str | os.PathLike[str], arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write what is in a file as a part."""
        part = self._part(str(arcname or filename))
        part.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as file, self.open(part, "w") as to:
            shutil.copyfileobj(file, to)

    def _part(self, name: str) -> zipfile.ZipInfo:
        made = zipfile.ZipInfo(name, BEGINNING)
        made.compress_type, made.create_system, made.external_attr = self.compression, UNIX, READABLE
        return made
