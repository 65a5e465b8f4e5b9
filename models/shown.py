"""What `dir` and `help` show of a noun: what people use, and not how pydantic makes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import Parameter, Signature
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

SHOWN: Final = frozenset({"model_copy", "model_dump", "model_dump_json", "model_validate", "model_validate_json"})
"""What pydantic gives that people use; the rest of it is machinery."""

MACHINERY: Final = frozenset({*dir(BaseModel), "hidden"}) - frozenset(dir(object)) - SHOWN

INNER: Final = re.compile(r"_[^_]|__(pydantic_|class_vars|fields|private_attributes|signature)")
"""How names begin that are nobody's business."""


def shown(names: Iterable[str], hidden: frozenset[str]) -> list[str]:
    """The names that people use, and those that every object has."""
    own = (name for name in names if name not in MACHINERY and name not in hidden)
    return sorted(name for name in own if not INNER.match(name))


def plain(annotation: Any) -> Any:
    """A type without what is checked beyond it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return plain(parts[0])
    if origin is None or origin is Literal:
        return annotation
    if origin in (Union, UnionType):
        return Union[tuple(map(plain, parts))]  # noqa: UP007 - a union of whatever there is
    return origin[tuple(map(plain, parts))]


def _parameter(name: str, field: FieldInfo) -> Parameter:
    default = Parameter.empty if field.is_required() else ... if field.default_factory else field.default
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=plain(field.annotation))


class Shown(type(BaseModel)):  # pyright: ignore[reportUntypedBaseClass, reportGeneralTypeIssues]
    """A class of which `dir` and `help` show what people use."""

    def __dir__(self) -> list[str]:
        names = shown(super().__dir__(), getattr(self, "hidden", frozenset()))
        ours = {name for kind in self.__mro__ if isinstance(kind, Shown) for name in vars(kind)}
        return [name for name in names if name in ours and not name.startswith("__")]

    @property
    def __signature__(self) -> Signature:
        fields = cast("type[BaseModel]", self).model_fields
        return Signature([_parameter(name, field) for name, field in fields.items()])

    @__signature__.setter
    def __signature__(self, _: Any) -> None:
        """Pydantic's own tells how every cell is checked, in words of its own."""
