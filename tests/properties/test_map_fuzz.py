"""Whatever is in a file of a map, what comes of it is a map or a fault of the library's own."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import alignment as al

WORDS = st.sampled_from(
    [
        "label",
        "_id",
        "id",
        "from",
        "to",
        "type",
        "attributes",
        "tags",
        "direction",
        "strength",
        "grp",
        "note",
        "ops",
        "x",
    ]
)
CELLS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=8,
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tried(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        with suppress(al.AlignmentError):
            drawn = al.read_map(file)
            drawn.system(scale=1e12, words={"": "+"})


@pytest.mark.parametrize("name", ["m.json", "m.prsm"])
@given(
    parts=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("elements", "connections", "loops", "nodes", "edges", "styles"), CELLS)
    )
)
@QUICK
def test_documents(name: str, parts: dict[str, Any]) -> None:
    tried(name, json.dumps(parts).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", ["m.json", "m.prsm", "m.csv", "m.xlsx", "m.graphml", "m.gexf"])
@given(content=st.binary(max_size=60))
@QUICK
def test_bytes(name: str, content: bytes) -> None:
    tried(name, content)


@given(text=st.text(st.sampled_from('ab,;\t\n"+-01.P'), max_size=60))
@QUICK
def test_tables(text: str) -> None:
    for head in ("", "from,to,sign\n", ",a,b\n"):
        tried("m.csv", f"{head}{text}".encode())
