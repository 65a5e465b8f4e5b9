"""A client that openapi-python-client makes of the document puts London, and reads its conflicts: by hand.

``python -m tests.generated_client [path of openapi-python-client]``; without a path it is looked for in PATH. It
belongs in an environment of its own (``python -m venv ENV && ENV/bin/pip install openapi-python-client``), and what it
makes runs there as well, so that nothing of this house is at hand but the document.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

import alignment as al

GENERATOR: Final = "openapi-python-client"

PACKAGE: Final = "made"
"""What the client is called."""

PATIENCE: Final = 120.0
"""How long the server may take to start. Unit: seconds."""

USER: Final = """
import json, sys
from pathlib import Path

from made import Client
from made.api.answers import get_conflicts, get_conflicts_csv, get_conflicts_table
from made.api.systems import delete_system, put_system
from made.models import ConflictList, ConflictsTableChoice, KindChoice, NewVersion, Problem, System, TablePage

client = Client(base_url=sys.argv[1])
london = System.from_dict(json.loads(Path(sys.argv[2]).read_text("utf-8")))
put = put_system.sync("london", client=client, body=london, note="By a generated client")
assert isinstance(put, NewVersion), put
again = put_system.sync("london", client=client, body=london)
assert isinstance(again, Problem) and again.status == 428, again

found = get_conflicts.sync("london", client=client, wait=60)
assert isinstance(found, ConflictList), found
kind = found.conflicts[0].kind
assert isinstance(kind, KindChoice), kind
few = {"where": [f"kind:{kind.value}"], "page_size": 5}
page = get_conflicts_table.sync("london", ConflictsTableChoice.CONFLICTS, client=client, **few)
assert isinstance(page, TablePage), page
sheet = get_conflicts_csv.sync("london", client=client, bom=False)
assert isinstance(sheet, str), sheet
faults = get_conflicts.sync("london", client=client, decay=7.0)
assert isinstance(faults, Problem) and faults.faults[0].column == "decay", faults
assert delete_system.sync_detailed("london", client=client, if_match=put.etag).status_code == 204
gone = get_conflicts.sync("london", client=client)
assert isinstance(gone, Problem) and gone.status == 410, gone
print(json.dumps({"answer": found.to_dict(), "kind": kind.value, "total": page.total, "lines": sheet.count("\\r\\n")}))
"""
"""What somebody writes who has the client."""


def main(words: Sequence[str]) -> int:
    """Make the client and let it ask; says why not, where that cannot be."""
    generator = words[0] if words else shutil.which(GENERATOR)
    if generator is None:
        sys.stdout.write(f"{GENERATOR} is not there: nothing was tried. See python -m pydoc tests.generated_client\n")
        return 0
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
        began = time.perf_counter()
        make(Path(generator), address, Path(folder))
        models = len(list(Path(folder, PACKAGE, "models").glob("*.py")))
        say(f"made without a warning in {time.perf_counter() - began:.1f} s: {models} types")
        told = use(Path(generator), address, Path(folder))
    own = al.find_conflicts(al.read(al.example("london-2018")))
    assert told["answer"] == json.loads(own.to_json()), "the client reads something else than the library says"
    assert told["lines"] == 1 + len(own.to_frame())
    assert told["total"] == sum(conflict.kind == told["kind"] for conflict in own)
    say(f"London was put, and its {len(own)} conflicts read: they are the library's, as are {told['total']} of a kind")
    return 0


@contextmanager
def served(folder: Path) -> Generator[str]:
    """A server that keeps things in a folder, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ALIGNMENT_DATABASE": f"sqlite:///{folder / 'kept.db'}", "ALIGNMENT_KEYS": "open"}
    command = [sys.executable, "-m", "alignment", "serve", "--port", str(port)]
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=environment, stderr=log) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/readyz")
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    """Wait until something is answered there.

    Raises
    ------
    TimeoutError
        Nothing is, for too long.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(f"Nothing is answered at {address}.")


def make(generator: Path, address: str, folder: Path) -> None:
    """Make the client of what the server says of itself; a warning is a failure."""
    with urlopen(f"{address}/openapi.json") as answer:
        document = json.load(answer)
    described, wishes = folder / "openapi.json", folder / "wishes.json"
    described.write_text(json.dumps(document), "utf-8")
    # It knows no bodies of bytes but by the one name.
    sent = document["paths"]["/v1/systems/{system}"]["put"]["requestBody"]["content"]
    plain = {media: "application/octet-stream" for media in sent if not media.endswith("json")}
    wishes.write_text(json.dumps({"content_type_overrides": plain, "post_hooks": []}), "utf-8")
    where = ["--path", described, "--config", wishes, "--meta", "none", "--output-path", folder / PACKAGE]
    subprocess.run([generator, "generate", "--fail-on-warning", *where], check=True, cwd=folder)


def use(generator: Path, address: str, folder: Path) -> dict[str, Any]:
    """What somebody learns with the client."""
    london = folder / "london.json"
    london.write_text(json.dumps(al.to_document(al.read(al.example("london-2018")))), "utf-8")
    python = generator.resolve().parent / "python"
    command = [python, "-c", USER, address, london]
    done = subprocess.run(command, check=True, cwd=folder, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def say(words: str) -> None:
    """Say something."""
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
