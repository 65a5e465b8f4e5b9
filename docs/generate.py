"""Writes the parts of README and docs that the code knows best: python docs/generate.py.

With ``--usage`` it first finds anew what uses which column, which takes some minutes.

Such a part stands between ``<!-- generated: name -->`` and ``<!-- end -->``; a test says when one is out of date. Each
is made by a file of `generating`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from generating import argument, conflicts, doors, house, maps, options, problems, reference, stub, tables, usage

ROOT: Final = Path(__file__).parent.parent

PART: Final = re.compile(r"(?<=<!-- generated: )(?P<name>[a-z-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)

PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "answers": reference.answer_types,
    "commands": doors.commands,
    "doors": doors.doors,
    "errors": problems.error_tree,
    "forms": doors.forms,
    "functions": reference.functions,
    "kinds": conflicts.kinds,
    "layers": house.layers,
    "london-argument": argument.london_argument,
    "map-formats": maps.map_formats,
    "options": options.options,
    "other-commands": doors.other_commands,
    "problems": problems.problems,
    "settings": options.settings,
    "shared-columns": tables.shared_columns,
    "tables": tables.tables,
    "tables-in-short": tables.tables_in_short,
    "unused": tables.unused,
    "verbs": options.verbs,
}
"""Every part by its name."""


def pages() -> list[Path]:
    """README, CONTRIBUTING and every page of the documentation."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def written(text: str) -> str:
    """A page with its generated parts as they should be."""
    return PART.sub(lambda part: f"{part['name']}{part[2]}{PARTS[part['name']]()}\n", text)


def main() -> None:
    """Bring every page up to date."""
    if "--usage" in sys.argv:
        usage.find_anew()
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if (new := written(text)) != text:
            page.write_text(new, encoding="utf-8", newline="\n")
            sys.stderr.write(f"{page.relative_to(ROOT)}\n")
    stub.HOME.write_text(stub.stub(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
