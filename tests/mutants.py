"""make mutants: the code changed in one place at a time; which changes no test notices.

mutmut does the work, as `tool.mutmut` in pyproject.toml has it: what is changed, and the quick tests that are to
notice. It leaves decorated functions (properties) and constants outside of functions alone. `mutmut show NAME` shows a
change.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
MUTMUT: Final = Path(sys.executable).with_name("mutmut")

AIM: Final = 0.9
"""The least share of mutants that tests have to notice."""

UNNOTICED: Final = ("survived", "no tests", "suspicious", "not checked")
"""How mutmut calls what is not; a mutant that never ends, or breaks the process, is noticed."""


def main(only: Sequence[str]) -> int:
    """Run all mutants, or some.

    Parameters
    ----------
    only
        Paths of files or folders, or names as mutmut prints them; none is all.

    Returns
    -------
    int
        0 where enough of them are noticed.
    """
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    names = [pattern(word) for word in only]
    ran = subprocess.run([MUTMUT, "run", *names], cwd=ROOT, check=False)
    if ran.returncode:
        return ran.returncode
    told = subprocess.run([MUTMUT, "results", "--all", "true"], cwd=ROOT, check=True, text=True, capture_output=True)
    results = dict(line.strip().split(": ") for line in told.stdout.splitlines())
    tried = {name: how for name, how in results.items() if not only or how != "not checked"}
    sys.stdout.writelines(f"{line}\n" for line in report(tried))
    return int(share(tried.values()) < AIM)


def pattern(word: str) -> str:
    """The mutants of a file or folder.

    >>> pattern("alignment/conflicts/opposed.py"), pattern("alignment/conflicts"), pattern("alignment.index.x_group*")
    ('alignment.conflicts.opposed.*', 'alignment.conflicts.*', 'alignment.index.x_group*')
    """
    return f"{word.removesuffix('.py').strip('/').replace('/', '.')}.*" if "/" in word else word


def report(results: Mapping[str, str]) -> Iterable[str]:
    """The share noticed in each file, worst first, and every mutant that was not.

    >>> lines = report({"a.b.x_f__mutmut_1": "killed", "a.b.x_f__mutmut_2": "survived", "a.c.x_g": "timeout"})
    >>> print("\\n".join(lines))
        1 of     2 noticed:  50.0%  a/b.py
        1 of     1 noticed: 100.0%  a/c.py
        2 of     3 noticed:  66.7%  in all
    a.b.x_f__mutmut_2: survived
    """
    by_file: dict[str, list[str]] = defaultdict(list)
    for name, how in results.items():
        by_file[name.rpartition(".")[0].replace(".", "/") + ".py"].append(how)
    for path, found in [*sorted(by_file.items(), key=lambda each: share(each[1])), ("in all", list(results.values()))]:
        yield f"{len(found) - missed(found):5} of {len(found):5} noticed: {share(found):6.1%}  {path}"
    yield from (f"{name}: {how}" for name, how in results.items() if how in UNNOTICED)


def missed(found: Iterable[str]) -> int:
    """How many were not noticed."""
    counted = Counter(found)
    return sum(counted[how] for how in UNNOTICED)


def share(found: Iterable[str]) -> float:
    """The share that was noticed."""
    every = list(found)
    return 1 - missed(every) / max(1, len(every))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
