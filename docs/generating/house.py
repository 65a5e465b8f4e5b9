"""The layers of the house, as the import contract has them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

CONTRACTS: Final = Path(__file__).parents[2] / "pyproject.toml"


def layers() -> str:
    """Every layer a line, from the top; what stands in one line does not know its neighbours."""
    contracts = tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    lines = next(each["layers"] for each in contracts if each["type"] == "layers")
    return "\n".join(["```text", *(_line(each) for each in lines), "```"])


def _line(layer: str) -> str:
    return ", ".join(name.strip().removeprefix("alignment.") for name in layer.split(":"))
