"""The kinds of cell a table can hold: ids, text, dates, references; how a blank is read."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, NoReturn, Self, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .shown import Shown, shown

ID: Final = r"^[-_.]*[A-Za-z0-9][A-Za-z0-9_.-]*$"
"""What an id is made of, as its owner writes it: at least one letter or digit."""

LONGEST_ID: Final = 80
"""The most characters of an id."""

# What XML 1.0, and so a workbook, can hold: anything else would be lost on the way to Excel.
PRINTABLE: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]*$"


LAST_YEAR: Final = 9999
"""The last year of the calendar."""

FINANCIAL: Final = re.compile(r"(?:FY ?)?([0-9]{4}) ?[/\u2010-\u2015-] ?([0-9]{2}|[0-9]{4})", re.IGNORECASE)
"""Two years with a stroke or a dash between."""

DATED: Final = re.compile(
    r"\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+)?"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
    r"|(?:[0-9]{1,2}-)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))\s*"
)
"""Dates as spreadsheets show them, and so what is left of an id such as 3-1 or MAR1."""


def as_text(value: Any) -> Any:
    """A cell that a spreadsheet turned into a number is text again; line ends are newlines."""
    if isinstance(value, str):
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return value


def _id(value: Any) -> Any:
    """An id as text; what a spreadsheet made a date of is none any more."""
    if isinstance(value, dt.date) or (isinstance(value, str) and DATED.fullmatch(value)):
        raise PydanticCustomError("date_for_id", "is a date")
    return as_text(value)


def financial_year(text: str) -> str | None:
    """A financial year as it is written here; nothing where it is none.

    >>> financial_year("FY 2018-19"), financial_year("1999/2000"), financial_year("2018-20")
    ('2018/19', '1999/00', None)
    """
    found = FINANCIAL.fullmatch(text)
    if found is None:
        return None
    year, after = int(found[1]), int(found[1]) + 1
    # 2018-12 is a month to most: only years one after the other are one financial year.
    ends = found[2] in (f"{after % 100:02}", f"{after:04}")
    return f"{year:04}/{after % 100:02}" if ends and 1 <= year < LAST_YEAR else None


def _moment(value: Any) -> Any:
    """A year, a financial year or an ISO date as text, from whatever a spreadsheet or pandas made of it."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    value = as_text(value)
    if not isinstance(value, str):
        return value
    value = value.strip()
    if re.fullmatch(r"[0-9]{4}", value) and int(value) >= 1:
        return value
    if (year := financial_year(value)) is not None:
        return year
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("is neither a year nor an ISO date")
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("is not a day of the calendar") from error


def _listed(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return value


# Constraints come before the validator: the other way round each would be a call of Python.
Id = Annotated[str, StringConstraints(strip_whitespace=True, pattern=ID, max_length=LONGEST_ID), BeforeValidator(_id)]
"""A code or short name as its owner writes it, unique in its table whatever its case."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, pattern=PRINTABLE),
    BeforeValidator(as_text),
]
"""Words for people."""

LARGEST: Final = 1e12
"""No number of a table is larger: what is beyond it is a slip, and sums and products of such numbers lose their end."""

SMALLEST: Final = 1e-9
"""No number that others are divided by is smaller."""

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
"""A number."""

NotNegative = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(ge=SMALLEST, le=LARGEST, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
"""A number from 0 to 1."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many of something."""

Year = Annotated[int, Field(ge=1, le=LAST_YEAR)]
"""A year of the calendar."""

Moment = Annotated[str, BeforeValidator(_moment)]
"""A year (2018), a financial year from April to March (2018/19), or an ISO date (2018-03-31)."""

Month = Annotated[int, Field(ge=1, le=12)]
"""A month of the calendar."""

APRIL: Final[int] = 4
"""The month with which a financial year begins where nobody says otherwise."""


@dataclass(frozen=True)
class Refers:
    """Marks a field whose words are ids of another table."""

    table: str


AgencyId = Annotated[Id, Refers("agencies")]
TierId = Annotated[Id, Refers("tiers")]
PopulationId = Annotated[Id, Refers("populations")]
OutcomeId = Annotated[Id, Refers("outcomes")]
MeasureId = Annotated[Id, Refers("measures")]
CollectionId = Annotated[Id, Refers("collections")]
ResourceId = Annotated[Id, Refers("resources")]
# A blank is every tier; a list that names none would look the same in a cell and say the opposite.
TierIds = Annotated[tuple[TierId, ...], Field(min_length=1), BeforeValidator(_listed)]


def first_day(moment: str | None) -> int:
    """The first day a moment covers, as a proleptic ordinal; blank is before everything.

    >>> first_day("2018") == dt.date(2018, 1, 1).toordinal()
    True
    """
    if moment is None:
        return 0
    if "/" in moment:
        return dt.date(int(moment[:4]), APRIL, 1).toordinal()
    return dt.date.fromisoformat(moment if len(moment) > 4 else f"{moment}-01-01").toordinal()


def last_day(moment: str | None) -> int:
    """The last day a moment covers, as a proleptic ordinal; blank is after everything.

    >>> last_day("2018") == dt.date(2018, 12, 31).toordinal()
    True
    >>> last_day("2018/19") == dt.date(2019, 3, 31).toordinal()
    True
    """
    if moment is None:
        return dt.date.max.toordinal() + 1
    if "/" in moment:
        return first_day(f"{int(moment[:4]) + 1:04}/") - 1
    return dt.date.fromisoformat(moment if len(moment) > 4 else f"{moment}-12-31").toordinal()


def last_year(moment: str) -> int:
    """The calendar year in which a moment ends.

    >>> last_year("2018/19"), last_year("2018-03-31")
    (2019, 2018)
    """
    return int(moment[:4]) + ("/" in moment)


Key = TypeVar("Key")
Value = TypeVar("Value")


class FrozenDict(dict[Key, Value]):
    """A dict that never changes, nor what is in it: it has a hash, and is equal to any dict that says the same.

    >>> weights = FrozenDict({"trust": 0.5})
    >>> weights == {"trust": 0.5}, hash(weights) == hash(FrozenDict({"trust": 0.5}))
    (True, True)
    >>> weights["trust"] = 1
    Traceback (most recent call last):
    ...
    TypeError: This mapping never changes. Make a dict of it, dict(...), and change that.
    """

    def __init__(self, given: Mapping[Key, Value] | None = None) -> None:
        super().__init__([(key, frozen(value)) for key, value in (given or {}).items()])

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("This mapping never changes. Make a dict of it, dict(...), and change that.")

    __setitem__ = __delitem__ = __ior__ = _refuse  # pyright: ignore[reportAssignmentType]
    clear = pop = popitem = setdefault = update = _refuse  # pyright: ignore[reportAssignmentType]

    def __hash__(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(frozenset(self.items()))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: Any) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # A dict would be filled after it is made, which is a change.
        return type(self), (dict(self),)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, handler(dict[Any, Any]))


def frozen(value: Any) -> Any:
    """A value in which no list or dict can change.

    >>> frozen({"reported_at": ["place", "provider"]})
    {'reported_at': ('place', 'provider')}
    """
    if isinstance(value, dict):
        return FrozenDict[Any, Any](cast("dict[Any, Any]", value))
    if isinstance(value, list | tuple):
        return tuple(map(frozen, cast("list[Any]", value)))
    return value


FrozenMapping = Annotated[Mapping[Key, Value], AfterValidator(FrozenDict)]
"""A field that holds a mapping: given any mapping, kept as one that never changes."""


@cache
def _sentences(module: str) -> dict[str, dict[str, str]]:
    """The sentence under each field of each class of a module; none where its source is not there."""
    try:
        source = Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8")
    except (OSError, KeyError, AttributeError):
        return {}
    return {each.name: _under(each) for each in ast.parse(source).body if isinstance(each, ast.ClassDef)}


def _under(made: ast.ClassDef) -> dict[str, str]:
    """The sentence under each field of a class."""
    found: dict[str, str] = {}
    for field, under in pairwise(made.body):
        said = under.value if isinstance(under, ast.Expr) else None
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(said, ast.Constant):
            found[field.target.id] = inspect.cleandoc(str(said.value))
    return found


class Noun(BaseModel, metaclass=cast("Any", Shown)):
    """Frozen data; the sentence under a field is its description in every schema.

    A changed copy is checked like a new noun.
    """

    hidden: ClassVar[frozenset[str]] = frozenset()
    """What is public for other parts of the library only."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        # As pydantic's use_attribute_docstrings does, which reads the source of each class anew: a fifth of a second.
        told = _sentences(cls.__module__).get(cls.__qualname__, {})
        for name, field in cls.__pydantic_fields__.items():
            if field.description is None and name in told:
                field.description = told[name]

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with some fields instead of its own.

        Parameters
        ----------
        update
            The fields; they are checked together with the others.
        deep
            Whether what the fields hold is copied too.

        Raises
        ------
        pydantic.ValidationError
            What the fields say is wrong, or there is no such field.
        """
        if not update:
            return super().model_copy(deep=deep)
        return type(self).model_validate({**{name: getattr(self, name) for name in self.model_fields_set}, **update})

    def __dir__(self) -> list[str]:
        return shown(super().__dir__(), self.hidden)

    def __replace__(self, **fields: Any) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.model_copy(update=fields)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **_: Any) -> NoReturn:
        """Refused: it would skip the checks."""
        raise TypeError(f"Nothing is built without its checks: write {cls.__name__}(...).")

    def copy(self, **_: Any) -> NoReturn:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Refused: it would skip the checks."""
        raise TypeError("Nothing is changed without its checks: use model_copy(update=...), or copy.copy.")


SomeNoun = TypeVar("SomeNoun", bound=Noun)


def unchecked(noun: SomeNoun, **fields: Any) -> SomeNoun:
    """A noun with some fields instead of its own, for parts of the library that know that these fit.

    Nothing is checked, and nothing is remembered of the other noun.

    Parameters
    ----------
    noun
        The noun.
    **fields
        The fields, as it would hold them.
    """
    kind = type(noun)
    # Beside its fields a noun may hold what was worked out of them.
    cells = {name: noun.__dict__[name] for name in kind.__pydantic_fields__}
    return put_together(kind, {**cells, **fields}, noun.model_fields_set | fields.keys())


def put_together(kind: type[SomeNoun], cells: Mapping[str, Any], given: Iterable[str]) -> SomeNoun:
    """A noun of cells that nobody checks, for parts of the library that know what they do.

    Parameters
    ----------
    kind
        Its type.
    cells
        All of its fields, as it would hold them.
    given
        The names of those that somebody gave.
    """
    made = kind.__new__(kind)
    object.__setattr__(made, "__dict__", dict(cells))
    object.__setattr__(made, "__pydantic_fields_set__", set(given))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    made.model_post_init(None)
    return made


class Row(Noun):
    """A row of a table. A blank cell is a field that is not there."""

    key: ClassVar[tuple[str, ...]] = ()
    """The columns that tell rows apart; none where only a whole row can repeat another."""

    source: Text | None = None
    """Where the fact was published."""
    verified: Text | None = None
    """Whether somebody checked the fact against its source, in the author's words."""
    note: Text | None = None
    """Anything a reader of the row should know."""

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, cells: Any) -> Any:
        if isinstance(cells, dict):
            # Whitespace alone is a blank to everybody but a computer.
            return {
                key: value
                for key, value in cast("dict[str, Any]", cells).items()
                if value is not None and not (isinstance(value, str) and not value.strip())
            }
        return cells
