"""The bodies that are sent: options, and one system or several beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, Field, create_model

from alignment.models.options.fields import Asked
from alignment.models.options.joining import JoinOptions
from alignment.models.options.scenarios import SubsetOptions
from alignment.models.system import System
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

BODY: Final = "Request"
"""How the names of bodies end."""

ONE: Final[Any] = {"system": (System, Field(description="The tables of the system, each a list of rows."))}

SEVERAL: Final[Any] = {
    "systems": (list[System], Field(description="The systems, each with its tables.", min_length=1)),
}


@cache
def body_type(verb: Verb) -> type[BaseModel]:
    """The type of a verb's body.

    >>> sorted(body_type(COMPARE).model_fields)[-3:], body_type(COMPARE).__name__
    (['voice', 'weights', 'worth'], 'CompareRequest')
    """
    name = f"{verb.command.title().replace('-', '')}{BODY}"
    return _made(name, verb.options, SEVERAL if verb is COMPARE else ONE)


@cache
def making_types() -> tuple[type[BaseModel], type[BaseModel]]:
    """The types of the bodies of which a part is cut, or one system is made."""
    return _made(f"Subset{BODY}", SubsetOptions, ONE), _made(f"Join{BODY}", JoinOptions, SEVERAL)


def _made(name: str, options: type[Asked], what: Any) -> type[BaseModel]:
    make: Callable[..., type[BaseModel]] = create_model
    return make(name, __base__=options, __doc__=options.__doc__, **what)
