"""What a server reads fed with spoilt and malicious uploads: ``python -m tests.upload_fuzz --inputs 5000``.

Each input is a valid upload with random faults, or a bomb (`tests.bombs`) of random size. It must end in a system,
which comes back from every form that it is given in, or in one of the refusals that the door knows; within ten seconds
of work, and with no more memory than a child is given.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import alignment as al
from alignment.api.media import BY_SUFFIX, MEDIA, WRITTEN, SystemForm
from alignment.api.refusals import TooLargeError
from alignment.api.settings import Settings
from alignment.api.uploads import bytes_of, read_upload
from alignment.tables.guarded import RAISED_BY
from tests.bombs import BOMBS
from tests.fuzz import GIB, SECONDS, SlowError, Tally, tried
from tests.mutations import Spoiler
from tests.seeds import systems

SETTINGS: Final = Settings()
MEMORY: Final = 3 * GIB // 2
"""How much address space all of it may take, the library and its solvers included."""

Upload = tuple[str, SystemForm, bytes]
"""What an input is called, the form that its type says, and the bytes."""


def upload(seed: int) -> Upload:
    """One input: a bomb of twenty, else a valid file with some faults, now and then of another type than it says."""
    spoiler = Spoiler(seed)
    random = spoiler.random
    if random.random() < 0.05:
        bomb = random.choice(BOMBS)
        form, content = bomb(random.random())
        return bomb.__name__, form, content
    name = random.choice([each for each in systems() if Path(each).suffix in BY_SUFFIX])
    form = BY_SUFFIX[Path(name).suffix].form
    said = random.choice(list(MEDIA)) if random.random() < 0.05 else form
    return name, said, spoiler.spoilt(name, systems()[name])


def asked(form: SystemForm, content: bytes) -> object:
    """What comes of an upload; of one that is read, whether it comes back."""
    if len(content) > SETTINGS.body_limit:
        raise TooLargeError("The body is too large.")
    try:
        system = read_upload(content, MEDIA[form].type, SETTINGS)
    except (al.InputError, TooLargeError) as error:
        _tells_nothing(error)
        raise
    for each in WRITTEN:
        again = read_upload(bytes_of(system, each.form), each.type, SETTINGS)
        assert again.hash == system.hash, each
    return system


def _tells_nothing(error: al.InputError | TooLargeError) -> None:
    """Whether a refusal speaks of what was sent alone, and not of the server."""
    text = "\n".join([str(error), *map(str, error.faults)])
    if RAISED_BY in text or "/tmp" in text or "Traceback" in text:
        raise AssertionError(f"A refusal says too much: {text[:300]}")


def fuzzed(inputs: int, seed: int = 0) -> Tally:
    """So many inputs."""
    tally = Tally()
    signal.signal(signal.SIGPROF, _too_slow)
    warnings.simplefilter("error")
    for at in range(inputs):
        _one(tally, *upload(seed * 10_000_019 + at))
    return tally


def bombed() -> Tally:
    """Every bomb at several sizes."""
    tally = Tally()
    signal.signal(signal.SIGPROF, _too_slow)
    for bomb in BOMBS:
        for size in (0.3, 0.51, 0.8, 0.91, 0.99, 1.0):
            _one(tally, bomb.__name__, *bomb(size))
    return tally


def _one(tally: Tally, name: str, form: SystemForm, content: bytes) -> None:
    tried(tally, name, f"upload.{form}", content, lambda: asked(form, content), (al.InputError, TooLargeError))


def _too_slow(*_: int | FrameType | None) -> NoReturn:
    raise SlowError


def main(arguments: Sequence[str]) -> int:
    """Fuzz, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bombs", action="store_true", help="every bomb at several sizes first")
    parser.add_argument("--keep", type=Path, help="a folder for what broke a reader")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    # What takes more fails at once, in a way that tells which it was.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    code = 0
    for tally in ([bombed()] if given.bombs else []) + [fuzzed(given.inputs, given.seed)]:
        print(*tally.lines(), f"{time.perf_counter() - started:.0f} s", sep="\n")  # noqa: T201 - a script
        for at, (cause, (name, content, trace)) in enumerate(tally.broken.items()):
            print(f"\n{cause}\n{trace[-1500:]}")  # noqa: T201 - a script
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{at}-{name}").write_bytes(content)
        code |= bool(tally.broken) or tally.slowest[0] > SECONDS
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
