"""Every reader fed with spoilt files: ``python -m tests.fuzz --inputs 100000``.

Each input is a valid file with random faults. It must end in an answer or in an error of the library's own, within ten
seconds of work and one GiB. What does not is kept with its traceback, a file a cause, and the run ends with 1.
"""

from __future__ import annotations

import argparse
import copy
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn, cast

import alignment as al
from alignment.cli.change_words import changes_in
from alignment.cli.edge_list import edge_list
from alignment.cli.expert_tables import expert_tables
from alignment.cli.lists import measures_in
from tests.mutations import VALUES, Spoiler
from tests.seeds import SMALL, TABLES, maps, systems, unpacked

SECONDS: Final = 10
GIB: Final = 2**30
KINDS: Final = ("systems", "maps", "tables", "frames", "answers")


class SlowError(Exception):
    """An input took too long."""


@dataclass
class Tally:
    """What came of the inputs."""

    ends: Counter[str] = field(default_factory=Counter[str])
    """How many ended how, by kind of input."""
    slowest: tuple[float, str] = (0.0, "")
    broken: dict[str, tuple[str, bytes, str]] = field(default_factory=dict[str, tuple[str, bytes, str]])
    """By cause: the file's name, what is in it, and the traceback."""

    @property
    def memory(self) -> float:
        """The most memory that was held, in GiB."""
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held / GIB if sys.platform == "darwin" else held * 1024 / GIB

    def lines(self) -> list[str]:
        """It in words."""
        rows = [f"{kind:40}{number:10,}" for kind, number in sorted(self.ends.items())]
        total = f"{'inputs':40}{sum(self.ends.values()):10,}"
        slow = f"slowest {self.slowest[0]:.2f} s ({self.slowest[1]}); most memory {self.memory:.2f} GiB"
        return [*rows, total, slow, f"{len(self.broken)} causes of errors that are not the library's own"]


Case = tuple[str, bytes, Callable[[Path], object]]
"""The name of a file, what is in it, and who reads it."""


def cases(kinds: Sequence[str] = KINDS) -> list[Case]:
    """Every format with a valid file and its reader."""
    found: list[Case] = []
    if "systems" in kinds:
        found += [(name, content, _read) for name, content in systems().items()]
    if "maps" in kinds:
        found += [(name, content, _read_map) for name, content in maps().items()]
    if "tables" in kinds:
        found += [(name, content, TABLE_READERS[name]) for name, content in TABLES.items()]
    if "answers" in kinds:
        found.append(("answer.json", al.find_conflicts(al.read(SMALL)).to_json().encode(), _replay))
    return found


def _read(path: Path) -> object:
    if path.name == "folder":
        path = _folder(path)
    return al.read(path), al.read(path, ids="make")


def _folder(path: Path) -> Path:
    """The parts of an archive as files of a folder."""
    folder = path.with_name("files")
    folder.mkdir()
    try:
        parts = unpacked(path.read_bytes())
    except Exception:  # noqa: BLE001 - that is the archive's business, which has a case of its own
        parts = {"measures.csv": path.read_bytes()}
    for name, content in parts.items():
        file = name.replace("/", "-").replace("\0", "-").encode("utf-8", "replace").decode()
        (folder / file[:100]).write_bytes(content)
    return folder


def _read_map(path: Path) -> object:
    drawn = al.read_map(path)
    al.write_map(drawn, path.with_name("again.graphml"))
    return drawn.system(scale=1e12, words={"": "+"})


def _replay(path: Path) -> object:
    return al.replay(path.read_bytes().decode("utf-8", "replace"), al.read(SMALL))


TABLE_READERS: Final[dict[str, Callable[[Path], object]]] = {
    "relations.csv": lambda path: edge_list(str(path)),
    "influence.csv": lambda path: expert_tables(str(path), str(_beside(path, "positions.csv"))),
    "positions.csv": lambda path: expert_tables(str(_beside(path, "influence.csv")), str(path)),
    "changes.json": lambda path: al.what_if(al.read(SMALL), changes_in(str(path), {})),
    "measures.csv": lambda path: measures_in([f"@{path}"]),
    "scp.txt": al.read_cover,
}


def _beside(path: Path, name: str) -> Path:
    other = path.with_name(f"sound-{name}")
    other.write_bytes(TABLES[name])
    return other


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in cast("list[Any]", rows))


def frames(spoiler: Spoiler) -> dict[str, Any]:
    """The small system as DataFrames and lists, some cells and headings spoilt."""
    import pandas as pd

    tables: dict[str, Any] = copy.deepcopy(SMALL)
    name = spoiler.random.choice(list(tables))
    tables[name] = spoiler.value(tables[name])
    for other, rows in list(tables.items()):
        if _is_table(rows) and spoiler.random.random() < 0.5:
            frame = pd.DataFrame(rows, dtype=object)
            if len(frame) and len(frame.columns) and spoiler.random.random() < 0.5:
                row, column = (spoiler.random.randrange(size) for size in frame.shape)
                frame.iat[row, column] = spoiler.random.choice(VALUES)
            tables[other] = frame
    return tables


def tried(
    tally: Tally,
    kind: str,
    name: str,
    content: bytes,
    work: Callable[[], object],
    refusals: tuple[type[Exception], ...] = (al.AlignmentError,),
) -> None:
    """One input, under the clock; only some errors are meant."""
    # Of this process: what others do on the machine is not the reader's fault.
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS)
    try:
        work()
        end = "sound"
    except refusals as error:
        end = "refused"
        _is_plain(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        end = "BROKEN"
        where = traceback.extract_tb(error.__traceback__)[-1]
        cause = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno} ({kind})"
        tally.broken.setdefault(cause, (name, content, traceback.format_exc()))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    tally.ends[f"{kind} {end}"] += 1
    tally.slowest = max(tally.slowest, (time.process_time() - started, kind))


def _is_plain(error: BaseException) -> None:
    """Whether an error can be said and names no path that nobody gave."""
    text = str(error)
    if str(Path.home()) in text or "Traceback" in text:
        raise AssertionError(f"A fault says too much: {text[:300]}")


def fuzzed(inputs: int, seed: int = 0, kinds: Sequence[str] = KINDS) -> Tally:
    """So many inputs, in turn of every format."""
    tally, known = Tally(), cases(kinds)
    signal.signal(signal.SIGPROF, _too_slow)
    warnings.simplefilter("error")
    turns = len(known) + ("frames" in kinds)
    with tempfile.TemporaryDirectory() as place:
        for at in range(inputs):
            spoiler = Spoiler(seed * 10_000_019 + at)
            if at % turns == len(known):
                tables = frames(spoiler)
                tried(tally, "frames", "frames.txt", repr(tables).encode("utf-8", "replace"), lambda: al.read(tables))  # noqa: B023
                continue
            name, content, reader = known[at % turns]
            _one(tally, Path(place) / str(at), name, spoiler.spoilt(name, content), reader)
    return tally


def _one(tally: Tally, home: Path, name: str, content: bytes, reader: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / name
        file.write_bytes(content)
        tried(tally, name, name, content, lambda: reader(file))


def _too_slow(*_: int | FrameType | None) -> NoReturn:
    raise SlowError


def main(arguments: Sequence[str]) -> int:
    """Fuzz, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--keep", type=Path, help="a folder for what broke a reader")
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    # What takes more fails at once, in a way that tells which it was.
    resource.setrlimit(resource.RLIMIT_AS, (3 * GIB // 2, resource.getrlimit(resource.RLIMIT_AS)[1]))
    tally = fuzzed(asked.inputs, asked.seed, asked.kinds)
    print(*tally.lines(), f"{time.perf_counter() - started:.0f} s", sep="\n")  # noqa: T201 - a script
    for at, (cause, (name, content, trace)) in enumerate(tally.broken.items()):
        print(f"\n{cause}\n{trace[-1500:]}")  # noqa: T201 - a script
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{at}-{name}").write_bytes(content)
    return int(bool(tally.broken) or tally.memory > 1 or tally.slowest[0] > SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
