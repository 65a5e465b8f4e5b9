"""What editors and type checkers see of `import alignment`: `__init__.pyi`, made from the verbs and their options."""

from __future__ import annotations

import inspect
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import alignment as al
from alignment.options.verb import OPTIONS, Asking, verb_of

HEAD: Final = '''\
"""What editors and type checkers see of `import alignment`; docs/generate.py writes it."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

'''

HOME: Final = Path(__file__).parents[2] / "alignment" / "__init__.pyi"
"""Where it lives."""

MEANS: Final = {"progress": "alignment.options.progress.Progress", "executor": "alignment.uncertainty.executors.Where"}
"""What verbs can be given besides options, and where its type is."""


TIDYING: Final = (("check", "--select", "I", "--fix", "--quiet"), ("format", "--quiet"))
"""What ruff is asked to do with it, as with every other file."""


def stub() -> str:
    """The text of the stub, tidy."""
    text = _stub()
    for words in TIDYING:
        command = [sys.executable, "-m", "ruff", *words, "--stdin-filename", str(HOME), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return text


def _stub() -> str:
    homes: Mapping[str, tuple[str, ...]] = vars(al)["_HOMES"]
    verbs = [name for name in al.__all__ if _is_verb(getattr(al, name))]
    needed = {_name(verb_of(getattr(al, name)).options): verb_of(getattr(al, name)).options for name in verbs}
    imports = [
        f"from {home} import {', '.join(f'{name} as {name}' for name in names if name not in verbs)}"
        for home, names in sorted(homes.items())
        if set(names) - set(verbs)
    ]
    imports += [
        f"from {options.__module__} import {name}" for name, options in sorted(needed.items()) if name not in al.__all__
    ]
    imports += [f"from {home.rpartition('.')[0]} import {home.rpartition('.')[2]}" for home in MEANS.values()]
    imports += ["from alignment import models as models", "from alignment.models.options.changes import Changes"]
    exported = "\n".join(f'    "{name}",' for name in al.__all__)
    parts = [*(_verb(name, getattr(al, name)) for name in verbs)]
    return (
        f"{HEAD}{chr(10).join(sorted(imports))}\n\n__version__: Final[str]\n\n__all__ = [\n{exported}\n]\n\n"
        + "\n\n".join(parts)
        + "\n"
    )


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
    if each.name == "changes":
        return "Changes"
    return source(each.annotation)


def _default(each: inspect.Parameter) -> str:
    if each.default is inspect.Parameter.empty:
        # Whatever is needed can also be given with all the other options.
        return "" if each.name == "system" else " = ..."
    return " = ..." if each.name in MEANS else f" = {each.default!r}"


def source(kind: Any) -> str:
    """A type as a person writes it who calls a verb.

    >>> source(tuple[str, ...] | None)
    'str | Iterable[str] | None'
    """
    origin = get_origin(kind)
    if origin is Annotated:
        return source(get_args(kind)[0])
    if origin in (Union, UnionType):
        return " | ".join(source(each) for each in get_args(kind))
    if origin is Literal:
        return f"Literal[{', '.join(repr(each) for each in get_args(kind))}]"
    if origin is tuple:
        word = source(get_args(kind)[0])
        return f"{word} | Iterable[{word}]"
    if origin is dict or origin is Mapping:
        return "Mapping[str, float]"
    return "None" if kind is NoneType else str(kind.__name__)
