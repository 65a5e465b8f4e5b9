"""The JSON Schema of a system's document: every table and column, in the words of the models."""

from __future__ import annotations

from typing import Any, Final

from alignment.models import Row, System
from alignment.models.cell_fault_words import rules
from alignment.models.fields import DATED, ID
from alignment.models.system import REQUIRED

from .column_notes import is_list, named_table
from .columns import columns, required
from .names import ROW_TYPES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

OWN: Final = {"^[xX]-": True}
"""What begins so is its owner's own, and left alone."""

MOMENT: Final = r"^[0-9]{4}(/[0-9]{2}|-[0-9]{2}-[0-9]{2})?$"
"""A year, a financial year or an ISO date."""

SAID: Final = {"allOf": [{"pattern": r"[^\s\x85]|\uFEFF"}]}
"""Of text, space alone is a blank."""

NO_DATE: Final = {"not": {"pattern": f"^(?:{DATED.pattern})$"}}
"""What a spreadsheet made a date of is no id any more."""

ABOUT: Final = (
    "A system as a JSON document: an object with a list of rows for each table. What is blank is left out. "
    "Reading takes more than this, such as numbers written as text; what is written keeps to it. "
    "Whether ids are those of rows, no two rows have the same key, and facts agree, no schema can say: reading does."
)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a system as a document, as `to_document` makes one.

    Returns
    -------
    dict
        A schema of 2020-12: under `properties` each table, under `$defs` its rows, with the type, unit, range and
        words of each column, and the table that it refers to in words.

    Examples
    --------
    >>> schema = json_schema()
    >>> schema["required"]
    ['agencies', 'measures', 'targets']
    >>> schema["$defs"]["targets"]["properties"]["for_agency"]["description"]
    'The agency that has to deliver it; blank is the agency itself. An id of the table agencies.'
    """
    return {
        "$schema": DIALECT,
        "title": "System",
        "description": ABOUT,
        "type": "object",
        "properties": {name: _table(name) for name in ROW_TYPES},
        "patternProperties": OWN,
        "required": list(REQUIRED),
        "additionalProperties": False,
        "$defs": {name: _row(row_type) for name, row_type in ROW_TYPES.items()},
    }


def _table(name: str) -> dict[str, Any]:
    row = {"$ref": f"#/$defs/{name}"}
    told = {"description": System.model_fields[name].description}
    return {**told, **row} if name == "about" else {**told, "type": "array", "items": row}


def _row(row_type: type[Row]) -> dict[str, Any]:
    said = " ".join((row_type.__doc__ or "").partition("\n\n")[0].split())
    key = f" No two rows have the same {' and '.join(row_type.key)}." if row_type.key else ""
    return {
        "title": row_type.__name__,
        "description": said + key,
        "type": "object",
        "properties": {column: _column(row_type, column) for column in columns(row_type)},
        "patternProperties": OWN,
        "required": list(required(row_type)),
        "additionalProperties": False,
    }


def _column(row_type: type[Row], column: str) -> dict[str, Any]:
    rule = {name: value for name, value in rules(row_type, column).items() if name not in ("title", "description")}
    if rule.get("type") == "string" and rule.keys().isdisjoint({"enum", "const", "pattern"}):
        rule["pattern"] = MOMENT
    if "minLength" in rule:
        rule |= SAID
    if rule.get("pattern") == ID:
        rule |= NO_DATE
    if rule.get("items", {}).get("pattern") == ID:
        rule["items"] = {**rule["items"], **NO_DATE}
    said = " ".join((row_type.model_fields[column].description or "").split())
    table = named_table(row_type, column)
    refers = "" if table is None else f" {'Ids' if is_list(row_type, column) else 'An id'} of the table {table}."
    return {"description": said + refers, **rule}
