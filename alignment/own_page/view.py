"""One organisation's own page, for whoever runs it: nothing new is worked out, all that is known is seen from there."""

from __future__ import annotations

from collections.abc import Iterator

from alignment.errors import UnknownWord
from alignment.index import Index
from alignment.models.answers.view import View
from alignment.models.options.aligned_set import ViewOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.wording import count, in_words, names, upper_first

from .asked import Asked
from .chosen_set import SetSeen, set_seen
from .means import Means
from .quarrels import Quarrels


@verb(ViewOptions, "agency", "measures", "options", "progress")
def view(system: System, asked: ViewOptions, progress: Progress = quiet) -> View:
    """One organisation's own page: what it is asked, whom it meets, what a set of measures means for it.

    Its targets and who asks them, with where they stand today; what it can move and what money follows; the quarrels
    it stands in, by themes, with its side; what it keeps, takes on and gives up in the proposed set, and what says
    that instead; who helps and who hinders it.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done while a set is looked for.

    Returns
    -------
    View
        Its text is one page; its tables and JSON are complete.

    Raises
    ------
    UnknownWord
        The organisation or a measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> page = al.view(al.read(al.example("winter-pressure")), "council")
    >>> page
    <View: The council is judged on 3 measures by 6 targets, two of them asked by the commissioner>
    >>> [(row.name, row.change) for row in page.set]
    [('Delayed discharges', 'keeps'), ('Flu vaccination', 'keeps'), ('Home care spending', 'keeps')]
    """
    agency = agency_named(system, asked.agency)
    index = weighed(system, asked.of_set).derive(Index)
    who = index.agency_at[agency]
    seen = set_seen(system, asked.of_set, asked.measures, who, progress)
    wanted, means = Asked(index, who), Means(index, who)
    quarrels = Quarrels(index, who, asked.of_set, seen)
    row = index.agencies[who]
    return View(
        system=system.hash,
        options=asked.of_set,
        agency=row.id,
        name=row.name,
        tier=row.tier,
        tier_name=index.tiers[row.tier].name if row.tier else None,
        sector=row.sector,
        headline=" ".join(filter(None, _headline(wanted, seen))),
        ties=wanted.ties,
        asked=wanted.asked,
        targets=wanted.targets,
        controls=means.controls,
        money=means.money,
        quarrels=quarrels.quarrels,
        findings=quarrels.findings,
        proposed=asked.measures is None,
        measures=seen.measures,
        set=seen.lines,
        voice_before=seen.voice[0],
        voice_after=seen.voice[1],
        neighbours=quarrels.neighbours,
        standing=tuple(wanted.standing()),
        means=tuple(means.sentences()),
        meaning=tuple(seen.sentences()),
        around=tuple(quarrels.around()),
        stopped=seen.stopped,
    )


def agency_named(system: System, word: str) -> str:
    """The agency of an id, or of a name that only one bears.

    Raises
    ------
    UnknownWord
        There is none, or several bear the name.
    """
    known = {row.id for row in system.agencies}
    if word in known:
        return word
    called = [row.id for row in system.agencies if row.name.casefold() == word.casefold()]
    if len(called) == 1:
        return called[0]
    raise UnknownWord(word, called or known, "the name of one agency alone" if called else "an agency")


def _headline(wanted: Asked, seen: SetSeen) -> Iterator[str]:
    name = upper_first(wanted.name)
    if not wanted.judged:
        yield f"{name} has no target to deliver{_passing(wanted)}."
        yield seen.summary
        return
    measures, targets = count(wanted.judged, "measure", "measures"), count(wanted.number, "target", "targets")
    yield f"{name} is judged on {measures} by {targets}{_masters(wanted)}."
    yield _compared(*wanted.levels)
    yield seen.summary


def _passing(wanted: Asked) -> str:
    targets, bodies = wanted.passed
    if not targets:
        return ", and asks none of others"
    return f": it asks {count(targets, 'target', 'targets')} of {count(bodies, 'other body', 'other bodies')}"


def _compared(levels: int, met: int) -> str:
    """How many targets can be compared with today's figure, and how many of these are met."""
    if not levels:
        return "None of these names a level that can be compared with a figure of today."
    if levels == 1:
        return f"One names a level and has a figure today: it is {'met' if met else 'missed'}."
    some = "all" if met == levels else in_words(met) if met else "none"
    return f"{upper_first(in_words(levels))} name a level and have a figure today: {some} {_are(met)} met."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _masters(wanted: Asked) -> str:
    if not wanted.masters:
        return ""
    number = wanted.number_given
    some = "all" if number == wanted.number else in_words(number)
    return f", {some} of them asked by {names(list(wanted.masters))}"
