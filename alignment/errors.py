"""Everything that can go wrong, by meaning.

AlignmentError
├── InputError             the system or a file of it is wrong: every fault, with place and remedy
├── OptionError            an option is out of its range, or options contradict each other
│   └── UnknownWord        a word that is not an id or a kind: the closest known one is suggested
├── DivergentEffects       influences reinforce each other without end: the full series does not exist
├── NoAlignedSet           no set of measures meets all wishes: the wishes that clash
│   └── NothingToJudge     no outcome is known of anything that is judged, so no set is better than another
├── SolverTrouble          the solver failed, or its answer did not survive the judge
└── MissingExtra           a part of the library is not installed: which, and how to get it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, Self

from .models.faults import Fault, Note, meant
from .models.wishes import ClashingWish


class AlignmentError(Exception):
    """The root: catch this to catch everything the library raises on purpose."""


class InputError(AlignmentError, ValueError):
    """The input is wrong; `faults` holds everything that is wrong with it, `notes` what of it was put right."""

    def __init__(self, faults: Sequence[Fault], notes: Sequence[Note] = ()) -> None:
        self.faults = tuple(faults)
        self.notes = tuple(notes)
        number = len(self.faults)
        head = "1 fault in the input" if number == 1 else f"{number} faults in the input"
        super().__init__("\n".join([f"{head}:", *(f"  {fault}" for fault in self.faults)]))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...], tuple[Note, ...]]]:
        return type(self), (self.faults, self.notes)


class OptionError(AlignmentError, ValueError):
    """An option is out of its range, or options contradict each other; `faults` has each, where it can be told."""

    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> Self:
        """Everything that is wrong with options, in one error."""
        text = "\n".join(map(_sentence, faults))
        error = cls.__new__(cls, text)
        Exception.__init__(error, text)
        error.faults = tuple(faults)
        return error

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (type(self), self.faults)) if self.faults else (type(self), self.args)


def _sentence(fault: Fault) -> str:
    return f"{fault.column or 'An option'}: {fault.what}. {fault.remedy}" + ("" if fault.remedy[-1:] in ".?!" else ".")


class UnknownWord(OptionError):
    """A word that names nothing; `what` is wrong, and `remedy` what to do."""

    what: str = ""
    remedy: str = ""

    def __init__(self, word: str, known: Iterable[str], noun: str) -> None:
        self.what, self.remedy = f"'{word}' is not {noun}", _closest(word, sorted(known))
        super().__init__(f"{self.what}. {self.remedy}")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (type(self), self.faults)) if self.faults else (_unknown, (self.what, self.remedy))


def _closest(word: str, words: Sequence[str]) -> str:
    some = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return meant(word, words, f"There are: {some or 'none'}.")


def _again(kind: type[OptionError], faults: Sequence[Fault]) -> OptionError:
    """The same error in another process."""
    return kind.of(faults)


def _unknown(what: str, remedy: str) -> UnknownWord:
    """The same error in another process."""
    error = UnknownWord.of(())
    error.what, error.remedy, error.args = what, remedy, (f"{what}. {remedy}",)
    return error


class DivergentEffects(AlignmentError, ValueError):
    """Influences reinforce each other without end."""

    def __init__(self, radius: float) -> None:
        self.radius = radius
        super().__init__(
            f"The influences reinforce each other without end (spectral radius times decay {radius:.3f}, not "
            "below 1), so the full series does not exist. Use steps=2, or a smaller decay."
        )


class NoAlignedSet(AlignmentError):
    """No set of measures meets all wishes; `clash` holds wishes that cannot be met together, each with a way out."""

    def __init__(self, clash: Sequence[ClashingWish], *, proven: bool = True) -> None:
        self.clash = tuple(clash)
        self.proven = proven
        head = "No set of measures meets all of these together:" if proven else UNDECIDED
        super().__init__("\n".join([head, *(f"  {wish}" for wish in self.clash)]))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), proven=self.proven), (self.clash,)


class NothingToJudge(NoAlignedSet):
    """No set can be judged: of no measure with a target is it known which outcome it is for."""

    def __init__(self, message: str) -> None:
        super().__init__(())
        self.args = (message,)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


UNDECIDED: Final = "No set was found in the time given, and none was ruled out. Give it more time."


class SolverTrouble(AlignmentError, RuntimeError):
    """The solver failed, or its answer did not survive the judge."""


class MissingExtra(AlignmentError, ImportError):
    """A part of the library is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f'{purpose} needs more: pip install "stakeholder-alignment[{extra}]"')
