"""What remains of a server that is killed: no process, and no word."""

from __future__ import annotations

from .conftest import is_gone, until_true
from .running import children_of, line_of, server


def test_children_end_with_a_killed_server_and_write_nothing_before() -> None:
    with server() as process:
        said = line_of(process)
        children = children_of(process)
        process.kill()
        until_true(lambda: all(is_gone(each.pid) for each in children), 10.0)
        rest, errors = process.communicate()
    assert said.startswith("Answered(stopped='finished') ")
    assert int(said.split()[-1]) in {each.pid for each in children}
    assert "SECRET" not in rest + errors
