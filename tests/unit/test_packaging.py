"""What a wheel holds, and that it lives beside other people's models.py and api.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the files git knows, built in a folder of its own."""
    pytest.importorskip("setuptools", minversion="77")
    home = tmp_path_factory.mktemp("wheel")
    # The links alignment/models -> ../models are copied as links, as git checks them out.
    shutil.copytree(
        ROOT, home / "source", symlinks=True, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "site")
    )
    build = "import sys, setuptools.build_meta as b; print(b.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(home)], cwd=home / "source", capture_output=True, check=True)
    (found,) = home.glob("*.whl")
    return found


def test_it_holds_every_file_once(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    for name in (
        "alignment/models/system/system.py",
        "alignment/api/app.py",
        "alignment/api/store/migrations/env.py",
        "alignment/api/store/migrations/versions/r0001_first.py",
        "alignment/examples/london-2018/targets.csv",
        "alignment/py.typed",
    ):
        assert name in names
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "alignment").rglob("*.py")}
    assert modules <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"alignment"}


def test_it_works_beside_other_modules_of_the_same_names(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    (tmp_path / "work").mkdir()
    for name in ("models", "api", "examples"):
        (tmp_path / "work" / f"{name}.py").write_text("raise ImportError('not this one')\n", encoding="utf-8")
    script = (
        "import alignment as al, alignment.api.app; system = al.read(al.example('winter-pressure'));"
        "print(al.__file__, len(al.find_conflicts(system)), al.propose(system).proven)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    file, conflicts, proven = done.stdout.split()
    assert file.startswith(str(tmp_path))
    assert (conflicts, proven) == ("17", "True")
