"""What type checkers see of the package is what the verbs and their options make."""

from __future__ import annotations

import ast
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import alignment as al
from alignment.verbs.registry import VERBS

ROOT = Path(__file__).parents[2]
STUB = ROOT / "alignment" / "__init__.pyi"


def test_it_is_what_its_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    (maker,) = (ROOT / "docs").rglob("stub.py")
    monkeypatch.syspath_prepend(str(ROOT / "docs"))  # pyright: ignore[reportUnknownMemberType]
    spec = spec_from_file_location("maker_of_the_stub", maker)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    assert module.stub() == STUB.read_text(encoding="utf-8"), "python docs/generate.py writes it anew"


def test_it_names_all_that_there_is_and_types_every_option() -> None:
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    imported = {
        alias.asname for each in tree.body if isinstance(each, ast.ImportFrom) for alias in each.names if alias.asname
    }
    assert set(al.__all__) <= imported | set(functions)
    for verb in VERBS:
        arguments = functions[verb.home[1]].args
        typed = {each.arg: each.annotation for each in (*arguments.args, *arguments.kwonlyargs)}
        assert set(verb.options.model_fields) | {"system", "options"} <= set(typed)
        assert all(annotation is not None for annotation in typed.values())
        assert not any(isinstance(each, ast.Name) and each.id == "Any" for each in ast.walk(functions[verb.home[1]]))
