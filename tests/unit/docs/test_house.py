"""What CONTRIBUTING says of the house is so: every folder is told of, every file of the map is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def part(head: str) -> str:
    """The text under a heading."""
    return TEXT.split(f"## {head}\n", 1)[1].split("\n## ", 1)[0]


def test_every_folder_of_the_house_is_told_of() -> None:
    homes = [ROOT / "alignment", ROOT / "models"]
    folders = [each.parent.relative_to(ROOT) for home in homes for each in home.glob("*/__init__.py")]
    told = part("The house")
    linked = {"alignment/api", "alignment/models", "alignment/examples"}
    assert not [str(each) for each in folders if each.as_posix() not in linked and f"`{each.as_posix()}" not in told]


def test_every_file_of_the_map_is_there() -> None:
    rows = re.findall(r"^\| (?!task|---)[^|]+\| `([^`]+)`", part("A map"), re.MULTILINE)
    assert len(rows) == 20
    assert not [path for path in rows if not (ROOT / path).exists()]
