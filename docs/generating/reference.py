"""What the reference shows: every public function, and every type that answers are made of."""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

import alignment as al
from alignment.models.answers.answer import Answer
from alignment.verbs.registry import VERBS

ELSEWHERE: Final = (
    "alignment.models.system",
    "alignment.models.options",
    "alignment.models.fields",
    "alignment.errors",
)
"""Where types live that are told of on other pages."""

HEAD: Final = "::: {}"


TABLES: Final = ("example", "read", "fix", "write", "to_document", "to_frames", "graph", "read_map", "write_map")
"""What people do with a system before they ask anything of it."""


def functions() -> str:
    """Every public function: those of tables, the verbs in the order of the registry, then all others."""
    public = [name for name in al.__all__ if inspect.isfunction(getattr(al, name))]
    first = [*TABLES, *(verb.home[1] for verb in VERBS)]
    names = dict.fromkeys([*first, *public])
    return "\n".join(HEAD.format(f"alignment.{name}") for name in names)


def answer_types() -> str:
    """Every public type of answer, each followed by what it is made of."""
    shown: dict[str, None] = {}
    for kind in _public():
        shown |= dict.fromkeys(_names(kind))
    return "\n".join(map(HEAD.format, shown))


def _public() -> list[type]:
    """The public types of answers: the family's own, then those of verbs in the order of the registry, then others."""
    public = [thing for name in al.__all__ if inspect.isclass(thing := getattr(al, name))]
    answers = [kind for kind in public if issubclass(kind, Answer)]
    order = [kind for verb in VERBS for kind in _of(verb.function)]
    ranked = sorted(answers, key=lambda kind: order.index(kind) if kind in order else len(order))
    return [al.Answer, al.Record, *(kind for kind in ranked if kind is not al.Answer)]


def _of(function: Any) -> list[type]:
    """The type that a verb gives back, as far as it is public."""
    name = str(inspect.signature(inspect.unwrap(function), eval_str=False).return_annotation)
    found = getattr(al, name, None)
    return [found] if inspect.isclass(found) else []


def _names(kind: type) -> Iterator[str]:
    """The names of a type and of every noun that can be reached from it, in the order in which they are met."""
    seen: dict[type, None] = {}
    _reach(kind, seen)
    yield from (_name(each) for each in seen)


def _reach(kind: type, seen: dict[type, None]) -> None:
    if kind in seen:
        return
    seen[kind] = None
    for each in _parts(kind):
        if _is_shown(each):
            _reach(each, seen)


def _is_shown(kind: type[Any]) -> bool:
    """Whether people meet a type in an answer: it is a noun, or a tuple with names, or public."""
    cells: Mapping[str, Any] = kind.__dict__
    ours = kind.__module__.startswith("alignment.") and not kind.__module__.startswith(ELSEWHERE)
    data = issubclass(kind, BaseModel) or "_fields" in cells or getattr(al, kind.__name__, None) is kind
    return ours and data and not kind.__name__.startswith("_")


def _parts(kind: type[Any]) -> Iterator[type]:
    """The types in the fields of a type, and of what its properties and methods give."""
    if issubclass(kind, BaseModel):
        for field in kind.model_fields.values():
            yield from _classes(field.annotation)
    bases: list[type[Any]] = [each for each in kind.__mro__ if each.__module__.startswith("alignment.")]
    for base in bases:
        for name, member in vars(base).items():
            function = member.fget if isinstance(member, property) else member
            if inspect.isfunction(function) and (name == "__getitem__" or not name.startswith("_")):
                yield from _named(function.__annotations__.get("return", ""), base.__module__)
        if not issubclass(base, BaseModel):
            for hint in vars(base).get("__annotations__", {}).values():
                yield from _named(hint, base.__module__)


def _classes(hint: Any) -> Iterator[type]:
    if inspect.isclass(hint):
        yield hint
    for part in typing.get_args(hint):
        yield from _classes(part)


def _named(hint: str, module: str) -> Iterator[type]:
    """The types that the words of an annotation stand for; what only type checkers see is of no noun."""
    known = vars(sys.modules[module])
    yield from (known[word] for word in re.findall(r"\w+", str(hint)) if inspect.isclass(known.get(word)))


def _name(kind: type) -> str:
    public = getattr(al, kind.__name__, None) is kind
    return f"{'alignment' if public else kind.__module__}.{kind.__name__}"
