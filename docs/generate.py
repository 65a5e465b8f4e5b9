"""Writes the parts of README and docs that the code knows best: python docs/generate.py.

Such a part stands between ``<!-- generated: name -->`` and ``<!-- end -->``; a test says when one is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import stub
from pydantic_core import PydanticUndefined

import alignment as al
from alignment import errors
from alignment.conflicts.rules import RULES
from alignment.models.answers.conflict import Kind
from alignment.models.answers.reasons import MEMBERS
from alignment.models.fault_words import rules
from alignment.models.fields import KEBAB, Noun, Row
from alignment.models.options.aligned_set import Options
from alignment.models.system import REQUIRED, System
from alignment.models.system.checks import references
from alignment.tables.columns import columns
from alignment.tables.names import ROW_TYPES

ROOT: Final = Path(__file__).parent.parent

STUB: Final = ROOT / "alignment" / "__init__.pyi"
"""What type checkers see of the package."""

PART: Final = re.compile(r"(?<=<!-- generated: )(?P<name>[a-z-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)

FAMILIES: Final = {
    "targets": ("opposed", "inconsistent", "spillover", "unguarded", "cascade"),
    "means": ("capacity", "joint", "perverse", "wrong-pocket"),
    "judging": ("two-masters", "no-control", "judged-by-rival"),
    "measuring": ("unowned", "duplicate"),
}
"""The page on which each kind of conflict is explained."""


def pages() -> list[Path]:
    """README and every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def written(text: str) -> str:
    """A page with its generated parts as they should be."""
    return PART.sub(lambda part: f"{part['name']}{part[2]}{PARTS[part['name']]()}\n", text)


def main() -> None:
    """Bring every page up to date."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if (new := written(text)) != text:
            page.write_text(new, encoding="utf-8", newline="\n")
            sys.stderr.write(f"{page.relative_to(ROOT)}\n")
    STUB.write_text(stub.stub(), encoding="utf-8", newline="\n")


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def said(thing: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((thing.__doc__ or "").partition("\n\n")[0].split())


# Tables


def tables_in_short() -> str:
    """Every table in a line, for README."""
    rows = [
        (f"**{name}**" if name in REQUIRED else name, System.model_fields[name].description or "") for name in ROW_TYPES
    ]
    return grid(("table", "what it says"), rows)


def tables() -> str:
    """Every table with its columns."""
    return "\n\n".join(_table(name, row_type) for name, row_type in ROW_TYPES.items())


def _table(name: str, row_type: type[Row]) -> str:
    shared = () if row_type is Row else tuple(Row.model_fields)
    rows = [
        (f"**{column}**" if row_type.model_fields[column].is_required() else column, *_column(row_type, column))
        for column in columns(row_type)
        if column not in shared
    ]
    key = f" Two rows with the same {_listed(row_type.key)} are a fault." if row_type.key else ""
    needed = " Required." if name in REQUIRED else ""
    return f"## {name}\n\n{said(row_type)}{needed}{key}\n\n{grid(('column', 'what it holds', 'meaning'), rows)}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def shared_columns() -> str:
    """The columns that every table may carry."""
    return grid(("column", "what it holds", "meaning"), [(name, *_column(Row, name)) for name in Row.model_fields])


def _column(row_type: type[Row], column: str) -> tuple[str, str]:
    return _holds(row_type, column), row_type.model_fields[column].description or ""


def _holds(row_type: type[Row], column: str) -> str:
    """What a cell of a column holds, in a few words."""
    other = dict(references(row_type)).get(column)
    rule = rules(row_type, column)
    if other is not None:
        many = rule["type"] == "array"
        return f"ids of [{other}](#{other}), `;` between" if many else f"id of [{other}](#{other})"
    return _words(rule)


def _words(rule: Mapping[str, Any]) -> str:
    if "enum" in rule:
        return ", ".join(f"`{word}`" for word in rule["enum"])
    if rule["type"] == "boolean":
        return "`yes` or `no`"
    if rule["type"] in ("number", "integer"):
        return _number(rule)
    if rule.get("pattern") == KEBAB:
        return "id"
    return "text" if "minLength" in rule else "year or ISO date"


def _number(rule: Mapping[str, Any]) -> str:
    kind = "whole number" if rule["type"] == "integer" else "number"
    low, above, high = (rule.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    if high is not None:
        return f"{kind} from {low:g} to {high:g}" if above is None else f"{kind} above {above:g} to {high:g}"
    if above is not None:
        return f"{kind} above {above:g}"
    return kind if low is None else f"{kind} from {low:g}"


# Conflicts and options


def kinds() -> str:
    """Every kind of conflict, in the words of its module."""
    return grid(("kind", "what it says"), [(f"[{kind}]({_page(kind)}.md#{kind})", _gist(kind)) for kind in RULES])


def _page(kind: str) -> str:
    return next(page for page, members in FAMILIES.items() if kind in members)


def _gist(kind: Kind) -> str:
    text = said(sys.modules[RULES[kind].find.__module__])
    gist = text.partition(": ")[2].partition(". Severity")[0].rstrip(".")
    return f"{gist[0].upper()}{gist[1:]}."


def options() -> str:
    """What can be asked of an aligned set."""
    return _fields(Options, Options.model_fields)


def _fields(noun: type[Noun], names: Iterable[str]) -> str:
    properties, fields = noun.model_json_schema()["properties"], noun.model_fields
    rows = [
        (f"`{name}`", _values(properties[name]), _default(fields[name].default), fields[name].description or "")
        for name in names
    ]
    return grid(("name", "values", "default", "meaning"), rows)


def _values(schema: Mapping[str, Any]) -> str:
    rule = schema["anyOf"][0] if "anyOf" in schema else schema
    if "enum" in rule:
        return ", ".join(f"`{word}`" for word in rule["enum"])
    if rule["type"] == "array" and "oneOf" in rule["items"]:
        return "objects"
    if rule["type"] == "array":
        return "ids" if "enum" not in rule["items"] else "words"
    if rule["type"] == "boolean":
        return "true or false"
    return _number(rule)


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "required"
    if value in (None, ()):
        return "blank" if value is None else "none"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,}".removesuffix(".0") if isinstance(value, int | float) else f"`{value}`"


def error_tree() -> str:
    """What can go wrong, by meaning."""
    tree = (errors.__doc__ or "").partition("\n\n")[2].strip()
    return f"```text\n{tree}\n```"


# The two doors


def commands() -> str:
    """Every command in a line."""
    from alignment.cli.app import app

    rows = [(f"`alignment {each.name}`", said(each.callback)) for each in app.registered_commands if each.callback]
    return grid(("command", "what it does"), rows)


def verbs() -> str:
    """Every verb of the API with its options."""
    from alignment.verbs.registry import VERBS

    return "\n".join(line for verb in VERBS for line in _verb(verb)).rstrip()


def _verb(verb: Any) -> Iterator[str]:
    yield f"### POST {verb.path}\n"
    names = verb.options.model_fields
    yield f"{verb.summary}. The library's `al.{verb.function}`; the answer is of type `{verb.answer.__name__}`.\n"
    if issubclass(verb.options, Options):
        names = [name for name in names if name not in Options.model_fields]
        yield f"Options: [those of an aligned set](ideas/aligned-set.md#options){', and' if names else '.'}\n"
    elif not names:
        yield "No options.\n"
    if names:
        yield f"{_fields(verb.options, names)}\n"


def settings() -> str:
    """The limits of a server."""
    from alignment.api.settings import PREFIX, Settings

    rows = [
        (f"`{PREFIX}{name.upper()}`", _default(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return grid(("environment", "default", "meaning"), rows)


def problems() -> str:
    """Every kind of problem the API answers with."""
    from alignment.api.problems import ALL_KINDS

    rows = [(str(kind.status), f"`{kind.type}`", kind.title) for kind in sorted(ALL_KINDS, key=lambda k: k.status)]
    return grid(("status", "type", "title"), rows)


def london_argument() -> str:
    """Every measure of the London example: why it is kept or not, and what it would cost to do otherwise."""
    found = al.why(al.read(al.example("london-2018")))
    heads = {"kept": "Kept", "retired": "Retired", "unused": "Not used: nobody has a target on it today"}
    parts: list[str] = []
    for decision, head in heads.items():
        parts += ["", f"### {head}", ""]
        parts += [f"- {_argument(why)}" for why in found.measures if why.decision == decision]
    return "\n".join(parts[1:])


def _argument(why: al.Why) -> str:
    name, reason = why.reason.split(": ", 1) if why.reason.startswith(f"{why.name}: ") else (why.name, why.reason)
    return f"**{name}.** {reason[0].upper()}{reason[1:]} {MEMBERS[why.member]} {why.sentence}"


PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "commands": commands,
    "errors": error_tree,
    "kinds": kinds,
    "options": options,
    "problems": problems,
    "settings": settings,
    "shared-columns": shared_columns,
    "tables": tables,
    "tables-in-short": tables_in_short,
    "verbs": verbs,
    "london-argument": london_argument,
}

if __name__ == "__main__":
    main()
