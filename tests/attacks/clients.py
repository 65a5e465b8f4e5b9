"""Clients that ask without a pause, in a process of their own: ``python -m tests.attacks.clients PLAN``.

The plan is JSON: where, how many connections, for how long, and what is asked how often. What they say at the end is
JSON too: for each kind of question the seconds that each answer took, and every answer that was none of those
expected. They read no more of an answer than its length needs, so that it is the server that is measured.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import defaultdict
from typing import Any


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to a request on a connection."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next((line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b"0")
    return status, await reader.readexactly(int(length))


def request_of(question: dict[str, Any]) -> bytes:
    """A question as it goes over the line."""
    body = question.get("body", "").encode()
    headers = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **question.get("headers", {})}
    lines = [f"{question.get('method', 'GET')} {question['path']} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Clients:
    """So many connections, and what they saw."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._port, self._number, self._seconds = plan["port"], plan["connections"], plan["seconds"]
        self._questions = plan["questions"]
        self._requests = [request_of(each) for each in self._questions]
        self._shares = [each.get("share", 1) for each in self._questions]
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong = list[str]()
        self.used = self.took_in_all = 0.0

    async def run(self) -> None:
        """Ask until the time is over."""
        begin, used = time.perf_counter(), time.process_time()
        end = begin + self._seconds
        await asyncio.gather(*(self._one(random.Random(each), end) for each in range(self._number)))
        self.took_in_all, self.used = time.perf_counter() - begin, time.process_time() - used

    async def _one(self, dice: random.Random, end: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        while (begin := time.perf_counter()) < end:
            which = dice.choices(range(len(self._requests)), self._shares)[0]
            question = self._questions[which]
            try:
                status, body = await ask(reader, writer, self._requests[which])
            except (OSError, EOFError) as error:
                self.wrong.append(f"{question['kind']}: {type(error).__name__}")
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
                continue
            self.took[question["kind"]].append(time.perf_counter() - begin)
            if status != question["status"]:
                self.wrong.append(f"{question['kind']}: {status} {body[:200]!r}")
        writer.close()


def main() -> None:
    """Ask, and say what was seen."""
    clients = Clients(json.loads(sys.stdin.read()))
    asyncio.run(clients.run())
    seen = {"took": clients.took, "wrong": clients.wrong, "used": clients.used, "seconds": clients.took_in_all}
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
