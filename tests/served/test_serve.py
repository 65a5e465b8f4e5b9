"""`alignment serve` as a process, with real children: what is put is answered, and outlives the server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

import alignment as al

WAIT = {"wait": 90}


@contextmanager
def serving(folder: Path, *options: str) -> Generator[tuple[httpx2.Client, subprocess.Popen[str]]]:
    """A client of a server that keeps things in a folder, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "ALIGNMENT_WORKERS": "1"}
    command = [sys.executable, "-m", "alignment", "serve", "--port", str(port), *options]
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(command, env=environment, stderr=log, text=True, start_new_session=True)
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
                until_it_answers(client, process)
                yield client, process
        finally:
            process.kill()
            process.wait()


def until_it_answers(client: httpx2.Client, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            client.get("/healthz")
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_is_put_is_answered_and_outlives_the_server(tmp_path: Path) -> None:
    london = al.read(al.example("london-2018"))
    with serving(tmp_path) as (client, process):
        put = client.put("/v1/systems/london", json=al.to_document(london), params={"note": "a council's secret"})
        assert put.status_code == 201
        found = client.get("/v1/systems/london/conflicts", params=WAIT)
        assert found.text == al.find_conflicts(london).to_json(indent=None)
        sheet = client.get("/v1/systems/london/conflicts.csv")
        assert sheet.text.count("\r\n") > len(al.find_conflicts(london))
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    with serving(tmp_path) as (client, process):
        assert client.get("/v1/systems/london").headers["etag"] == put.json()["etag"]
        # No child need be warm for what is kept.
        assert client.get("/v1/systems/london/conflicts", params={"wait": 0}).text == found.text
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    said = (tmp_path / "log").read_text()
    assert "secret" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    requests: list[Any] = [line for line in lines if line["event"] == "request" and "systems" in line["route"]]
    assert [line["status"] for line in requests] == [201, 200, 200, 200, 200]


def test_other_computers_do_not_come_in_without_a_key(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "alignment", "serve", "--host", "0.0.0.0", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "alignment keys new NAME --role owner" in " ".join(ended.stderr.split())
    assert "Answering" not in ended.stderr
