"""A process that puts versions until it is killed, and says which were acknowledged."""

from __future__ import annotations

import os
import sys

from alignment.api.store.opening import open_store


def main(url: str, system: str) -> None:
    """Put versions of a system for ever."""
    store = open_store(url)
    while True:
        version = store.systems.put(system, os.urandom(400_000), expected="whatever")
        sys.stdout.write(f"{version.number} {version.hash}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
