"""What editors and type checkers see of `import alignment`: `__init__.pyi`, made from the verbs and their options.

It comes out as the formatter would leave it, so that whoever compares it needs none.
"""

from __future__ import annotations

import inspect
import json
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

import alignment as al
from alignment.models.options.conflicts import Kind
from alignment.options.verb import OPTIONS, Asking, verb_of

HEAD: Final = '''\
"""What editors and type checkers see of `import alignment`; docs/generate.py writes it."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

'''

HOME: Final = Path(__file__).parents[2] / "alignment" / "__init__.pyi"
"""Where it lives."""

MEANS: Final = {"progress": "alignment.models.progress.Progress", "executor": "alignment.uncertainty.executors.Where"}
"""What verbs can be given besides options, and where its type is."""

ROWS: Final = {"changes": "Changes", "bundles": "Bundles | None"}
"""Options that are rows, which people give in several ways."""

NAMED: Final[Mapping[Any, str]] = {Kind: "Kind", NoneType: "None"}
"""Types that are called by their name."""

OTHERS: Final = (
    "alignment.models",
    "alignment.models.options.changes.Changes",
    "alignment.models.options.conflicts.Kind",
    "alignment.models.options.targeting.Bundles",
    *MEANS.values(),
)
"""What the stub needs besides what the package has to offer and the types of options."""

WIDEST: Final = 120
"""How long a line may be."""


TIDYING: Final = (("check", "--select", "I", "--fix", "--quiet"), ("format", "--quiet"))
"""What ruff is asked to do with it, as with every other file."""


def stub() -> str:
    """The text of the stub."""
    verbs = [name for name in al.__all__ if _is_verb(getattr(al, name))]
    exported = "\n".join(f'    "{name}",' for name in al.__all__)
    parts = [
        f"{HEAD}{_imports(verbs)}",
        "__version__: Final[str]",
        f"__all__ = [\n{exported}\n]",
        *(_verb(name, getattr(al, name)) for name in verbs),
    ]
    return "\n\n".join(parts) + "\n"


def _imports(verbs: Iterable[str]) -> str:
    """Where everything comes from that the stub names: what is for others to use under its own name once more."""
    homes: Mapping[str, tuple[str, ...]] = vars(al)["_HOMES"]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for home, names in homes.items():
        found[home] |= {f"{name} as {name}" for name in names if name not in verbs}
    for options in {verb_of(getattr(al, name)).options for name in verbs}:
        found[options.__module__] |= {_name(options)} - set(al.__all__)
    for other in OTHERS:
        home, _, name = other.rpartition(".")
        found[home].add(f"{name} as {name}" if home == "alignment" else name)
    return "\n".join(_import(home, sorted(names, key=_place)) for home, names in sorted(found.items()) if names)


def _place(name: str) -> tuple[bool, str]:
    """Types come before functions."""
    return name[0].islower(), name


def _import(home: str, names: list[str]) -> str:
    line = f"from {home} import {', '.join(names)}"
    if len(line) <= WIDEST:
        return line
    return f"from {home} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _is_verb(thing: Any) -> bool:
    return inspect.isfunction(thing) and "verb" in thing.__dict__


def _name(kind: type) -> str:
    return kind.__name__


def _verb(name: str, function: Callable[..., Any]) -> str:
    made = verb_of(function)
    lines = ",\n    ".join(_parameters(made))
    doc = textwrap.indent((function.__doc__ or "").strip(), "    ")
    returns = inspect.signature(inspect.unwrap(function), eval_str=False).return_annotation
    raw = "r" if "\\" in doc else ""
    return f'def {name}(\n    {lines},\n) -> {returns}:\n    {raw}"""{doc.strip()}\n    """'


def _parameters(made: Asking[Any]) -> Iterator[str]:
    named = False
    for each in made.signature.parameters.values():
        if each.kind is inspect.Parameter.VAR_POSITIONAL:
            named = True
            yield f"*{each.name}: {each.annotation}"
            continue
        if each.kind is inspect.Parameter.KEYWORD_ONLY and not named:
            named = True
            yield "*"
        yield f"{each.name}: {_type(made, each)}{_default(each)}"


def _type(made: Asking[Any], each: inspect.Parameter) -> str:
    if each.name == "system":
        return "System"
    if each.name == OPTIONS:
        known = {_name(made.options), "Options"} if issubclass(made.options, al.Options) else {_name(made.options)}
        return " | ".join([*sorted(known), "Mapping[str, object]", "None"])
    if each.name in MEANS:
        return MEANS[each.name].rpartition(".")[2]
    if each.name in ROWS:
        return ROWS[each.name]
    return source(each.annotation)


def _default(each: inspect.Parameter) -> str:
    if each.default is inspect.Parameter.empty:
        # Whatever is needed can also be given with all the other options.
        return "" if each.name == "system" else " = ..."
    return " = ..." if each.name in MEANS else f" = {_written(each.default)}"


def _written(value: Any) -> str:
    """A value as it stands in a program."""
    if isinstance(value, str):
        return json.dumps(value)
    return repr(dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else value)


def source(kind: Any) -> str:
    """A type as a person writes it who calls a verb.

    >>> source(tuple[str, ...] | None)
    'str | Iterable[str] | None'
    """
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if kind in NAMED:
        return NAMED[kind]
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return " | ".join(source(each) for each in get_args(kind))
    if origin is Literal:
        return f"Literal[{', '.join(json.dumps(each) for each in get_args(kind))}]"
    if origin is tuple:
        word = source(get_args(kind)[0])
        return f"{word} | Iterable[{word}]"
    if origin is dict or origin is Mapping:
        return "Mapping[str, float]"
    return str(kind.__name__)
