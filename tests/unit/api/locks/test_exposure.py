"""Without keys a server listens to its own computer only."""

from __future__ import annotations

import pytest

from alignment.api.locks.exposure import check_address, is_own, own_names
from alignment.errors import OptionError

OWN = ("127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", "::1")

OTHERS = ("", "0.0.0.0", "::", "10.0.0.1", "192.168.1.2", "localhost.health.example", "127.1", "2130706433", "[::1]")


@pytest.mark.parametrize("host", OWN)
def test_its_own_computer_may_come_in_without_keys(host: str) -> None:
    assert is_own(host)
    for required in (False, True):
        for any_valid_key in (False, True):
            check_address(host, required=required, any_valid_key=any_valid_key)


@pytest.mark.parametrize("host", OTHERS)
def test_other_computers_come_in_with_keys_or_not_at_all(host: str) -> None:
    assert not is_own(host)
    check_address(host, required=True, any_valid_key=True)
    for required, any_valid_key in ((False, False), (False, True), (True, False)):
        with pytest.raises(OptionError, match="alignment keys new NAME --role owner"):
            check_address(host, required=required, any_valid_key=any_valid_key)


def test_names_are_written_as_a_host_header_has_them() -> None:
    assert own_names("127.0.0.1") == own_names("LocalHost") == own_names("::1") == {"127.0.0.1", "localhost", "[::1]"}
    assert "[::ffff:127.0.0.1]" in own_names("::ffff:127.0.0.1")
