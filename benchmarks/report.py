"""The benchmarks, one after the other, as plain tables."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import alignment as al
from benchmarks import achievable, analyst, checks, conflicting, covers, draws, ours, starting, tradeoffs
from benchmarks.journey import Journey
from benchmarks.national import national
from benchmarks.timing import GIB, Bound, Unfinished, child, steady

NATION: Final = {"agencies": 500, "measures": 2_000, "targets": 100_000, "influences": 10_000}
PARTS: Final = (
    "pairs",
    "paths",
    "journey",
    "frontier",
    "draws",
    "covers",
    "steps",
    "stated",
    "large",
    "achievable",
    "conflicting",
    "starting",
)
PACKAGES: Final = ("highspy", "networkx", "numpy", "pandas", "pulp", "pydantic", "scipy")
STEPS: Final = ("read", "conflicts", "propose")


@dataclass(frozen=True)
class Plan:
    """Which sizes are tried, as parts of a nation."""

    pairs: tuple[float, ...] = (1 / 8, 1 / 4, 1 / 2, 3 / 4, 1)
    paths: tuple[float, ...] = (1 / 4, 1)
    journey: tuple[float, ...] = (1 / 4, 1 / 2, 1)
    frontier: tuple[float, ...] = (1 / 8, 1 / 4, 1 / 2)
    walk: float = 120
    """The longest search for a frontier, in seconds."""
    draws: int = 200
    cap: float = 30
    """The longest search for a cover, in seconds."""
    large: float = 55
    """The same where there are more than a million entries: a minute with all around it."""
    achievable: tuple[int, ...] = (12, 20, 40, 80, 160, 320)
    """Measures of made-up places."""
    conflicting: tuple[tuple[int, int], ...] = conflicting.SIZES
    """Levers and targets of which a minimal conflicting set is looked for."""
    plants: int = 100
    """Conflicts planted among twenty times as many targets."""
    starts: int = 9
    """How often a process is started."""


QUICK: Final = Plan(
    pairs=(1 / 32, 1 / 16, 1 / 8),
    paths=(1 / 8,),
    journey=(1 / 32, 1 / 16),
    frontier=(1 / 32, 1 / 16),
    walk=10,
    draws=20,
    cap=5,
    large=5,
    achievable=(12, 20),
    conflicting=((20, 50),),
    plants=10,
    starts=3,
)


class Nations:
    """Systems of several sizes as folders, each made once."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed

    def sizes(self, share: float) -> dict[str, int]:
        return {name: round(number * share) for name, number in NATION.items()}

    def place(self, share: float) -> Path:
        """The folder of a system that is some part of a nation."""
        path = self.folder / f"nation-{self.sizes(share)['targets']}"
        if not path.exists():
            al.write(national(**self.sizes(share), seed=self.seed), path)
        return path


def main(arguments: Sequence[str]) -> None:
    """Run what is asked for."""
    asked = _asked(arguments)
    plan = QUICK if asked.quick else Plan()
    bound = Bound(asked.seconds, asked.memory)
    print(machine(asked.seed))
    with tempfile.TemporaryDirectory() as folder:
        nations = Nations(Path(folder), asked.seed)
        parts: dict[str, Callable[[], Iterable[str]]] = {
            "pairs": lambda: pairs(nations, plan.pairs, bound),
            "paths": lambda: paths(nations, plan.paths),
            "journey": lambda: journey(nations, plan.journey, bound),
            "frontier": lambda: tradeoffs.report(
                [nations.sizes(share) for share in plan.frontier], plan.walk, asked.seed
            ),
            "draws": lambda: draws.report(plan.draws),
            "covers": lambda: covers.covers(quick=asked.quick, cap=plan.cap),
            "steps": lambda: covers.steps(quick=asked.quick, cap=plan.cap),
            "stated": lambda: covers.stated(quick=asked.quick, cap=plan.cap),
            "large": lambda: covers.large(quick=asked.quick, seconds=plan.large),
            "achievable": lambda: achievable.report(plan.achievable, asked.seed),
            "conflicting": lambda: conflicting.report(plan.conflicting, plants=plan.plants),
            "starting": lambda: starting.report(plan.starts),
        }
        for name in asked.only or PARTS:
            for line in parts[name]():
                print(line, flush=True)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, under a minute")
    parser.add_argument("--only", nargs="*", choices=PARTS, help="some of the benchmarks")
    parser.add_argument("--seed", type=int, default=0, help="of the made-up nation")
    parser.add_argument("--seconds", type=float, default=300.0, help="what any script may take (default: 300)")
    parser.add_argument("--memory", type=float, default=_three_quarters(), help="GiB (default: 3/4 of the machine's)")
    return parser.parse_args(arguments)


def _three_quarters() -> float:
    """Of the memory of the machine, in whole GiB."""
    return max(1.0, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4 // GIB)


def machine(seed: int) -> str:
    """Where and with what this was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {packages}; seed {seed}"
    )


def size_of(sizes: dict[str, int]) -> str:
    """The size of a system in one cell."""
    return f"{sizes['targets']:,} targets, {sizes['influences']:,} influences"


def pairs(nations: Nations, shares: Sequence[float], bound: Bound) -> Iterable[str]:
    """Opposed, inconsistent and spillover pairs: pandas merges against `find_conflicts`."""
    yield ""
    yield "Finding opposed, inconsistent and spillover pairs (seconds of processor, reading not counted;"
    yield f"same findings, pairs and severities checked first; a script may take {bound})"
    yield f"{'':40}{'pairs':>12}{'pandas':>9}{'GiB':>6}{'library':>9}{'GiB':>6}{'times':>7}"
    for share in shares:
        place = nations.place(share)
        label = f"  {size_of(nations.sizes(share)):38}"
        our_table, our_seconds, our_memory = child("ours", place, bound)
        found = f"{int(our_table['size'].sum()):12,}"
        our_cells = f"{our_seconds:9.2f}{our_memory:6.1f}"
        try:
            their_table, their_seconds, their_memory = child("analyst", place, bound)
        except Unfinished as error:
            yield f"{label}{found}{'-':>9}{'-':>6}{our_cells}{'-':>7}  (pandas: {error})"
            return
        checks.same_findings(our_table, their_table)
        times = their_seconds / our_seconds
        yield f"{label}{found}{their_seconds:9.2f}{their_memory:6.1f}{our_cells}{times:7.1f}"


def paths(nations: Nations, shares: Sequence[float]) -> Iterable[str]:
    """Net effects and strongest paths: networkx.all_simple_paths against `net_effects`."""
    yield ""
    yield "Net effects and strongest paths of at most two influences (seconds of processor, reading not counted;"
    yield "same effects and strengths checked first)"
    yield f"{'':40}{'paths':>12}{'networkx':>15}{'library':>15}{'times':>7}"
    for share in shares:
        graph = analyst.graph_of(analyst.tables(nations.place(share)))
        system = al.read(nations.place(share))
        copies = [ours.fresh(system) for _ in range(3)]
        found, our_seconds = steady(lambda copies=copies: ours.strongest_paths(copies.pop()))
        theirs, their_seconds = steady(lambda graph=graph: analyst.strongest_paths(graph))
        checks.same_paths(found, theirs)
        label = f"  {size_of(nations.sizes(share)):38}"
        times = their_seconds / our_seconds
        yield f"{label}{len(found):12,}{their_seconds:15.2f}{our_seconds:15.2f}{times:7.1f}"


def journey(nations: Nations, shares: Sequence[float], bound: Bound) -> Iterable[str]:
    """Read, all conflicts, propose; what doubling the system costs."""
    yield ""
    yield "From CSV to an aligned set (seconds by the clock; the set is judged once more before a time is printed;"
    yield "in brackets seconds of processor over those of half the system)"
    yield f"{'':40}{'read':>12}{'conflicts':>15}{'propose':>15}{'all':>15}{'GiB':>6}"
    before: Journey | None = None
    for share in shares:
        found: Journey = child("journey", nations.place(share), bound)
        yield f"  {size_of(nations.sizes(share)):38}" + _steps(found, before) + f"{found.memory:6.2f}"
        before = found
    if before is not None:
        yield from (f"  {line}" for line in _words(before))


def _steps(found: Journey, before: Journey | None) -> str:
    cells = [f"{found.clock[step]:.1f}{_growth(found, before, (step,))}" for step in STEPS]
    cells.append(f"{sum(found.clock.values()):.1f}{_growth(found, before, STEPS)}")
    return f"{cells[0]:>12}" + "".join(f"{cell:>15}" for cell in cells[1:])


def _growth(found: Journey, before: Journey | None, steps: Iterable[str]) -> str:
    if before is None:
        return ""
    now, then = (sum(each.processor[step] for step in steps) for each in (found, before))
    return f" (x{now / then:.1f})"


def _words(found: Journey) -> Iterable[str]:
    """The largest system, and how sure its answer is."""
    yield found.system
    yield found.conflicts
    open_stages = [stage for stage in found.stages if stage not in found.proven]
    proof = "every stage proven" if not open_stages else f"not proven: {', '.join(open_stages)}"
    yield f"{found.proposal}; {proof}"
