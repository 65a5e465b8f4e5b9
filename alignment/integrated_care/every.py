"""One lens by its name, and all of them at once.

Each lens is a function in a module of this folder; lens, module and function bear the same word.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, Final, cast, get_args

from alignment.aligned_set.proposal import propose
from alignment.errors import NoAlignedSet, UnknownWord
from alignment.models.answers.answer import Stop
from alignment.models.answers.lens import Lens
from alignment.models.answers.lenses import Lenses, LensSaid
from alignment.models.answers.proposal import Proposal
from alignment.models.options.aligned_set import Options
from alignment.models.options.lenses import LensesOptions, LensName
from alignment.models.system import System
from alignment.options.verb import verb, verb_of

NAMES: Final = get_args(LensName)
"""The lenses, in the order of the method."""

QUESTIONS: Final[Mapping[LensName, str]] = {
    "balance": (
        "are people's experience, outcomes and use of resources all measured, and how much is from the person's view?"
    ),
    "layers": "do the layers of government work to the same measures?",
    "journey": "is the person's path seamless?",
    "triage": "which outcomes need joint work at all?",
    "targeting": "all services for some, or some for all, within the budget?",
    "payback": "when does it pay, and whom?",
    "fragmentation": "whose integration is whose fragmentation?",
    "fit": "where are square pegs: one outcome, measured apart?",
    "sway": "who calls the tune?",
    "two-year-test": "what would tell us, in two years, that we succeed or fail?",
    "readiness": "are the five ingredients of joint work there?",
    "ring-fence": "which cap or floor binds?",
}
"""What each lens asks."""

NEEDED: Final[Mapping[LensName, str]] = {"journey": "pathways"}
"""A table without whose rows a lens cannot answer."""

NO_SET: Final = "No set of measures meets all wishes, so there is none to look at."


def lens(system: System, name: LensName, proposal: Proposal | None = None, **options: Any) -> Lens:
    """What one lens says of a system.

    Parameters
    ----------
    system
        The system.
    name
        The lens: one of the words of `alignment.lenses`.
    proposal
        The set to look at, for lenses that look at one, with what was asked of it; blank is the proposed one. The
        others do without.
    **options
        What else the lens can be asked, by name.

    Returns
    -------
    Lens
        A paragraph, the rows that carry it, and what the tables lack.

    Raises
    ------
    UnknownWord
        There is no such lens, or it has no such option.

    Examples
    --------
    >>> import alignment as al
    >>> print(al.lens(al.read("winter-pressure"), "layers").paragraph.partition(":")[0])
    No two tiers both have targets of their own on half of the measures that either works to
    """
    function = _function(name)
    return function(system, **{**_of_proposal(function, proposal), **options})


@verb(LensesOptions, "measures")
def lenses(system: System, asked: LensesOptions) -> Lenses:
    """Every lens on a system: a paragraph each, and what the tables lack.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Lenses
        A row for each lens, in the order of the method; `lens` gives the rows that carry its paragraph.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> al.lenses(al.read("winter-pressure")).lenses[0].lens
    'balance'
    """
    measures, stopped = _chosen(system, asked)
    return Lenses(
        system=system.hash,
        options=asked.of_set,
        measures=measures or (),
        lenses=tuple(_said(system, name, asked, measures) for name in NAMES),
        stopped=stopped,
    )


def _function(name: str) -> Callable[..., Lens]:
    if name not in NAMES:
        raise UnknownWord(name, NAMES, "a lens")
    word = name.replace("-", "_")
    return cast("Callable[..., Lens]", getattr(importlib.import_module(f"alignment.integrated_care.{word}"), word))


def _of_proposal(function: Callable[..., Lens], proposal: Proposal | None) -> dict[str, Any]:
    """What a lens is asked so that it looks at a proposal; nothing where it looks at no set."""
    known = verb_of(function).options.model_fields
    if proposal is None or "measures" not in known:
        return {}
    return {**_known(proposal.options, known), "measures": proposal.measures}


def _known(options: Options, known: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some options that a lens has too."""
    return {name: getattr(options, name) for name in type(options).model_fields if name in known}


def _chosen(system: System, asked: LensesOptions) -> tuple[tuple[str, ...] | None, Stop]:
    """The set to look at; none where no set meets all wishes."""
    if asked.measures is not None:
        return asked.measures, "finished"
    try:
        proposal = propose(system, asked.of_set)
    except NoAlignedSet:
        return None, "finished"
    return proposal.measures, proposal.stopped


def _said(system: System, name: LensName, asked: LensesOptions, measures: tuple[str, ...] | None) -> LensSaid:
    function = _function(name)
    known = verb_of(function).options.model_fields
    if "measures" in known and measures is None:
        return LensSaid(lens=name, question=QUESTIONS[name], paragraph=NO_SET, missing=(), needs=None)
    options = _known(asked, known) | ({"measures": measures} if "measures" in known else {})
    answer = function(system, **options)
    table = NEEDED.get(name)
    needs = table if table and not system.table(table) else answer.needs
    return LensSaid(
        lens=name, question=QUESTIONS[name], paragraph=answer.paragraph, missing=answer.missing, needs=needs
    )
