from __future__ import annotations

import pytest

from alignment.api.store.errors import StoreAway
from alignment.api.watching.health import Missing, readiness


def away() -> None:
    raise StoreAway("it is busy")


@pytest.mark.parametrize(
    ("is_away", "warm", "missing"),
    [(False, 1, ()), (False, 0, ("children",)), (True, 2, ("database",)), (True, 0, ("database", "children"))],
)
def test_a_server_says_what_it_lacks(is_away: bool, warm: int, missing: tuple[Missing, ...]) -> None:
    found = readiness(away if is_away else lambda: None, warm)
    assert found.missing == missing
    assert (found.status, found.code) == (("not-ready", 503) if missing else ("ready", 200))


def test_an_error_of_the_server_s_own_is_not_hidden() -> None:
    def broken() -> None:
        raise TypeError

    with pytest.raises(TypeError):
        readiness(broken, 1)
