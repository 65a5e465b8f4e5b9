"""The kinds of value that options hold, and what every set of options has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal, cast, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticKnownError

from alignment.models.fields import FrozenMapping, Noun, Refers


def _no_truth(kind: Literal["int_type", "float_type"]) -> BeforeValidator:
    def refuse(value: Any) -> Any:
        if isinstance(value, bool):
            raise PydanticKnownError(kind)
        return value

    return BeforeValidator(refuse)


# Constraints come before these: the other way round the schema would not know of them.
WHOLE: Final = _no_truth("int_type")
"""Neither true nor false is a whole number."""

REAL: Final = _no_truth("float_type")
"""Neither true nor false is a number."""

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), REAL]
"""A number from 0 to 1."""

Ids = Annotated[tuple[str, ...], Refers("measures")]
"""Ids of measures."""

Powers = Annotated[
    FrozenMapping[str, Annotated[float, Field(ge=1e-9, le=1e12, allow_inf_nan=False), REAL]], Refers("agencies")
]
"""The power of agencies, by id."""

Group = Literal["agency", "tier", "sector"]
"""What agencies are grouped by."""

How = Literal["highs", "cbc", "race"]
"""Who searches."""

Reach = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False), REAL]
"""How far an agency can push a measure. Unit: steps."""

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False), REAL]
"""A time that something may take."""


class Asked(Noun):
    """What can be asked of a verb. Blank (None, null) is the default; one word is a list of one."""

    # Help needs the names and sentences of all of them, and a check of one at most.
    model_config = ConfigDict(defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        cells = cast("dict[str, Any]", given)
        return {
            name: listed(value) if name in cls.lists() else value
            for name, value in cells.items()
            if value is not None or name not in cls.model_fields
        }

    @classmethod
    def lists(cls) -> frozenset[str]:
        """The names of the options that are lists and nothing else."""
        return frozenset(name for name, field in cls.model_fields.items() if _is_list(field.annotation))


def listed(value: Any) -> Any:
    """One word as a list of one; whatever else gives words (a set, a column of a frame) as a list of them.

    A frame gives its rows.
    """
    if isinstance(value, str):
        return (value,)
    if hasattr(value, "columns"):
        return tuple(value.to_dict("records"))
    if isinstance(value, Iterable) and not isinstance(value, list | tuple | Mapping | bytes | BaseModel):
        return tuple(cast("Iterable[Any]", value))
    return value  # pyright: ignore[reportUnknownVariableType]


def _is_list(kind: Any) -> bool:
    kinds = [each for each in get_args(kind) if each is not type(None)] if get_origin(kind) is not tuple else [kind]
    return len(kinds) == 1 and get_origin(_bare(kinds[0])) is tuple


def _bare(kind: Any) -> Any:
    """A type without the marks that it bears."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


Counting = Literal["declared", "estimated"]
"""Which influences count of a pair that has both: the estimated ones, or those that are not."""

DECLARED: Final[Counting] = "declared"
"""Which influences count unless something else is asked for: estimates are never mixed up with what people declared."""


class Walks(Asked):
    """How far influences are followed."""

    steps: Annotated[int, Field(ge=0), WHOLE] = 2
    """The longest walk of influences that counts; 0 is all. Unit: influences."""
    decay: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.5
    """What each further influence of a walk is multiplied by. Above 0 to 1."""
    evidence: Counting = DECLARED
    """Which count of two measures' declared and estimated influences; only conflicts can be asked for both."""


class Search(Walks):
    """How far influences are followed, and how long to search."""

    time_limit: Seconds = 60.0
    """How long to search; after that, what is known is given, marked. Unit: seconds."""


CHOICE: Final = "highs"
"""Who searches unless somebody else is asked for: a child process may be barred on locked-down laptops."""
