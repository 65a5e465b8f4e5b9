"""How open a server may be: without keys only to its own computer."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from alignment.api.settings import Settings
from alignment.errors import OptionError

if TYPE_CHECKING:
    from alignment.api.store.keys import Keys

OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What this computer is called by itself, as a Host header has it."""


def is_required(settings: Settings, keys: Keys) -> bool:
    """Whether visitors need a key.

    Parameters
    ----------
    settings
        Its `keys`: where that is auto, they do once a key was made, even if none opens anything any more.
    keys
        The keys that there are.
    """
    return settings.keys == "required" or (settings.keys == "auto" and bool(keys.list()))


def is_own(host: str) -> bool:
    """Whether only programs of this computer reach an address.

    Parameters
    ----------
    host
        Where a server listens; a name is not looked up, as its address can be another tomorrow.

    Examples
    --------
    >>> is_own("127.0.0.1"), is_own("localhost"), is_own("0.0.0.0"), is_own("health.example")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def own_names(host: str) -> frozenset[str]:
    """What a server that only this computer reaches may be called in a Host header.

    Parameters
    ----------
    host
        Where it listens.

    Examples
    --------
    >>> sorted(own_names("127.0.0.2"))
    ['127.0.0.1', '127.0.0.2', '[::1]', 'localhost']
    """
    return OWN_NAMES | {f"[{host}]" if ":" in host else host.lower()}


def check_address(host: str, *, required: bool, any_valid_key: bool) -> None:
    """Refuse to let other computers in where that is open to everybody, or to nobody.

    Parameters
    ----------
    host
        Where to listen.
    required
        Whether visitors need a key.
    any_valid_key
        Whether there is a key that opens something.

    Raises
    ------
    OptionError
        Other computers reach the address, and keys are not needed or none is there.
    """
    if is_own(host) or (required and any_valid_key):
        return
    raise OptionError(
        f"host: other computers reach {host or 'every address'}, and there visitors need keys. Make one with "
        "`alignment keys new NAME --role owner`, and let ALIGNMENT_KEYS be auto or required."
    )


def settled_for(host: str, settings: Settings) -> Settings:
    """The settings of a server that listens somewhere, with `keys` settled: required or open.

    Parameters
    ----------
    host
        Where it is to listen.
    settings
        What is wanted.

    Raises
    ------
    OptionError
        Other computers could come in without a key.
    StoreError
        What is kept cannot be reached.
    """
    from alignment.api.store.opening import open_store

    store = open_store(settings.database)
    try:
        required = is_required(settings, store.keys)
        check_address(host, required=required, any_valid_key=store.keys.is_any())
    finally:
        store.close()
    return settings.model_copy(update={"keys": "required" if required else "open"})
