"""Running the command line, in this process and in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals and devices")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What was said, however it was wrapped."""
        return " ".join(self.err.split())

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def frame(self) -> pd.DataFrame:
        return pd.read_csv(io.StringIO(self.out))


Runner = Callable[..., Ran]


def process(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PYTHONIOENCODING")}
    return subprocess.Popen(
        [sys.executable, "-m", "alignment", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**plain, **environment},
    )


def finished(job: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = job.communicate(timeout=120)
    return job.returncode, out, err.decode()
