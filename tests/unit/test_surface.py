"""The public surface, and what importing it costs."""

from __future__ import annotations

import pydoc
import subprocess
import sys

import pytest

import alignment as al
from alignment import errors
from alignment.models.shown import SHOWN
from alignment.models.system import TABLES


def test_every_public_name_is_there_once_and_sorted() -> None:
    assert al.__all__ == sorted(al.__all__)
    for name in al.__all__:
        assert getattr(al, name).__doc__, name


def test_dir_shows_what_people_use() -> None:
    assert {name for name in dir(al) if not name.startswith("__")} == {*al.__all__}
    assert {"__all__", "__doc__", "__file__", "__name__", "__path__", "__version__"} <= {*dir(al)}
    system = al.read("winter-pressure")
    assert shown(system) == {"about", *TABLES, "advice", "hash", "notes", "replace", "table"}
    assert shown(al.System) == {"advice", "hash", "notes", "replace", "table"}
    assert shown(system.targets[0]) == {*type(system.targets[0]).model_fields, "key", "deliverer", *SHOWN}
    proposal = al.propose(system)
    assert {"kept", "measures", "why", "to_text", "to_frame", "model_dump_json"} <= shown(proposal)
    assert all(hasattr(each, name) for each in (al, system, proposal) for name in dir(each))


def shown(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("__")}


@pytest.mark.parametrize("name", al.__all__)
def test_help_shows_neither_addresses_nor_machinery(name: str) -> None:
    text = pydoc.render_doc(getattr(al, name), renderer=vars(pydoc)["plaintext"])
    for machinery in (" at 0x", "<lambda>", "pydantic_", "model_rebuild", "StringConstraints"):
        assert machinery not in text, machinery


def test_a_verb_is_no_module_whatever_is_imported_first() -> None:
    script = (
        "import alignment.aligned_set.proposal, alignment.judge, alignment.network.graph, alignment.tables;"
        "import alignment.effects.alignment;"
        "import alignment as al;"
        "print(all(callable(getattr(al, name)) for name in al.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "('pandas', 'scipy', 'pulp', 'networkx', 'pydantic')"
    script = f"import sys, alignment; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_judge_loads_no_solver_of_the_search() -> None:
    names = (
        "alignment.judge, alignment.judge.achievement, alignment.judge.effort, alignment.judge.sharing,"
        "alignment.judge.repair, alignment.judge.camps, alignment.judge.wishes, alignment.judge.conflicts"
    )
    script = f"import sys, {names}; print([name for name in ('pulp', 'highspy', 'networkx') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_conflicts_and_a_proposal_are_told_without_pandas() -> None:
    script = """
import alignment as al, sys
system = al.read("winter-pressure")
for answer in (al.find_conflicts(system), al.propose(system)):
    assert answer.to_text() and answer.to_json()
print("pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'propos'"):
        al.propos  # type: ignore[attr-defined] # noqa: B018


def test_every_error_is_caught_by_the_root() -> None:
    found = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]
    assert all(issubclass(each, al.AlignmentError) for each in found)
    assert len(found) == 9


def test_unknown_words_suggest_the_closest() -> None:
    system = al.read(al.example("london-2018"))
    conflicts = al.find_conflicts(system)
    for ask in (
        lambda: conflicts.touching("dsc"),
        lambda: conflicts.between("national", "locl"),
        lambda: conflicts.of_kind("oposed"),  # type: ignore[arg-type]
        lambda: conflicts.counts("tir"),  # type: ignore[arg-type]
        lambda: al.find_conflicts(system).of_kind("spill-over"),  # type: ignore[arg-type]
        lambda: al.check(system, "ae4h"),
        lambda: conflicts["opposed.care-home-fee-up.care-home-fee-dow"],
    ):
        with pytest.raises(al.UnknownWord, match="Did you mean"):
            ask()
