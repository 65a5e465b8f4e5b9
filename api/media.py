"""The forms of a system: what each is called in a header, and how its name ends in a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from .refusals import WrongTypeError

SystemForm = Literal["json", "xlsx", "zip", "xlsm", "ods", "xls"]
"""A form of a system; the last three are read and not written."""


@dataclass(frozen=True)
class Media:
    """A form of a system.

    Attributes
    ----------
    form
        The form.
    type
        Its media type.
    title
        What people call it.
    written
        Whether systems are given in it, too.
    also
        Other media types that some programs say of it.
    """

    form: SystemForm
    type: str
    title: str
    written: bool = False
    also: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return f".{self.form}"


MEDIA: Final[dict[SystemForm, Media]] = {
    each.form: each
    for each in (
        Media("json", "application/json", "a JSON document", written=True),
        Media(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "an Excel workbook",
            written=True,
        ),
        Media("zip", "application/zip", "CSV files packed", written=True, also=("application/x-zip-compressed",)),
        Media("xlsm", "application/vnd.ms-excel.sheet.macroenabled.12", "an Excel workbook with macros"),
        Media("ods", "application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
        Media("xls", "application/vnd.ms-excel", "an old Excel workbook"),
    )
}
"""Every form of a system; what is written stands first."""

WRITTEN: Final = tuple(each for each in MEDIA.values() if each.written)
"""The forms in which systems are given."""

BY_TYPE: Final = {type_: each for each in MEDIA.values() for type_ in (each.type, *each.also)}
BY_SUFFIX: Final = {each.suffix: each for each in MEDIA.values()}


def media_of(said: str) -> Media:
    """The form that a Content-Type says.

    Parameters
    ----------
    said
        The header, with its parameters or without.

    Raises
    ------
    WrongTypeError
        It is none of a system.

    Examples
    --------
    >>> media_of("application/json; charset=utf-8").form
    'json'
    """
    type_ = said.partition(";")[0].strip().lower()
    if type_.startswith("application/") and type_.endswith("+json"):
        return MEDIA["json"]
    if type_ not in BY_TYPE:
        known = ", ".join(f"{each.type} ({each.title})" for each in MEDIA.values())
        raise WrongTypeError(f"Send a system, and say what it is by Content-Type: {known}.", {"Accept": ACCEPTED})
    return BY_TYPE[type_]


ACCEPTED: Final = ", ".join(each.type for each in MEDIA.values())
"""What a header says of the types that are read."""
