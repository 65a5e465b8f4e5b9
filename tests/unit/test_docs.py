"""README and docs: every example runs and says what is shown, every generated part is up to date, every link leads."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import generate
import pytest
from generating import stub

import alignment as al
from alignment import models
from alignment.conflicts.described import FAMILIES
from alignment.models.options.conflicts import KINDS
from tests.reaching import reach
from tests.terminal import Terminal
from tests.thoroughly import ALL

pytestmark = pytest.mark.usefixtures("answered_once")

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
LONG = {"examples/england-2026/README.md"}
"""Pages whose examples take as long as a dozen others; make thorough runs them, and its script always runs."""
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, text, and the line it begins at."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(found[1], found[2], text.count("\n", 0, found.start(2)))


def with_examples() -> list[Path]:
    found = [page for page in PAGES if any(block.language in ("pycon", "console") for block in blocks(page))]
    return [page for page in found if ALL or name_of(page) not in LONG]


@pytest.mark.parametrize("page", with_examples(), ids=name_of)
def test_the_examples_of_a_page_run_in_order(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    names: dict[str, Any] = {}
    with Terminal(monkeypatch) as terminal:
        reach(terminal, monkeypatch)
        for block in blocks(page):
            if block.language == "pycon":
                run_python(page, block, names)
            elif block.language == "console":
                run_shell(page, block, terminal)


def run_python(page: Path, block: Block, names: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(with_blank_lines(block.text), {}, name_of(page), str(page), block.line)
    test.globs = names
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
    runner.run(test, out=said.append, clear_globs=False)
    assert not runner.failures, "".join(said)


def with_blank_lines(text: str) -> str:
    """A session as doctest wants it: a blank line within an output is marked."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        after = next((later for later in lines[at + 1 :] if later), ">>>")
        if not line and not after.startswith(">>>"):
            lines[at] = "<BLANKLINE>"
    return "\n".join(lines) + "\n"


def run_shell(page: Path, block: Block, terminal: Terminal) -> None:
    """Commands after `$`, each with what a terminal shows; one that fails is followed by `$ echo $?`."""
    steps = re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
    code = 0
    for at, (command, wanted) in enumerate(steps):
        place = f"{name_of(page)}, line {block.line}: {command}"
        if command == "echo $?":
            shown = f"{code}\n"
        else:
            code, shown = terminal.run(command.replace("\\\n", " "))
            told = steps[at + 1][0] if at + 1 < len(steps) else ""
            assert code == 0 or told == "echo $?", f"{place} ends with {code}:\n{shown}"
        checked = doctest.OutputChecker().check_output(wanted.rstrip() + "\n", shown.rstrip() + "\n", FLAGS)
        assert checked, f"{place}\n--- shown in the page\n{wanted}\n--- said now\n{shown}"


def test_generated_parts_are_up_to_date() -> None:
    stale = [name_of(page) for page in generate.pages() if (text := page.read_text("utf-8")) != generate.written(text)]
    assert not stale, f"Run python docs/generate.py: {', '.join(stale)}"


def test_what_type_checkers_see_is_up_to_date() -> None:
    pytest.importorskip("ruff")
    assert stub.HOME.read_text("utf-8") == stub.stub(), "Run python docs/generate.py"


def test_every_part_is_on_some_page() -> None:
    text = "".join(page.read_text("utf-8") for page in generate.pages())
    assert {name for name in generate.PARTS if f"<!-- generated: {name} -->" in text} == set(generate.PARTS)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    assert not [link for link in LINK.findall(text) if not (page.parent / link).exists()]


def test_every_kind_of_conflict_is_explained() -> None:
    for family, kinds in FAMILIES.items():
        text = (DOCS / "ideas" / "conflicts" / f"{family}.md").read_text(encoding="utf-8")
        parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
        explained = {part.partition("\n")[0]: part for part in parts}
        for kind in kinds:
            assert all(word in explained[kind] for word in ("**When.**", "**Severity.**", "```pycon", "**Limits.**"))
    assert sorted(kind for kinds in FAMILIES.values() for kind in kinds) == sorted(KINDS)


def test_everything_public_is_in_the_reference() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in (DOCS / "reference").glob("*.md"))
    shown = set(re.findall(r"^::: (\S+)", text, re.MULTILINE))
    public = [f"alignment.{name}" for name in al.__all__]
    public += [f"alignment.models.{name}" for name in models.__all__ if name not in al.__all__]
    assert not [name for name in public if name not in shown]
