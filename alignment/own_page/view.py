"""One organisation's own page, for whoever runs it: nothing new is worked out, all that is known is seen from there."""

from __future__ import annotations

from alignment.errors import UnknownWord
from alignment.index import Index
from alignment.models.answers.view import View
from alignment.models.options.aligned_set import ViewOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.options.weighing import weighed

from .asked import Asked
from .means import Means
from .money import Money
from .neighbours import Neighbours
from .quarrels import Quarrels
from .set_seen import set_seen


@verb(ViewOptions, "agency", "measures", "options", "progress")
def view(system: System, asked: ViewOptions, progress: Progress = quiet) -> View:
    """One organisation's own page: what it is asked, whom it meets, what a set of measures means for it.

    Its targets and who asks them, with where they stand today; what it can move and what money follows; the quarrels
    it stands in, by themes, with its side; what it keeps, takes on and gives up in the proposed set, and what says
    that instead; who helps and who hinders it (table `neighbours`).

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
    wanted = Asked(index, who)
    seen = set_seen(system, asked.of_set, asked.measures, who, wanted.part_of, progress)
    quarrels, neighbours = Quarrels(index, who, asked.of_set, seen), Neighbours(index, who, asked.of_set)
    rows = wanted.asked(quarrels.weight)
    means, money = Means(index, who, wanted.judged, quarrels.weight), Money(index, who, quarrels.weight)
    row = index.agencies[who]
    return View(
        system=system.hash,
        options=asked.of_set,
        agency=row.id,
        name=row.name,
        tier=row.tier,
        tier_name=index.tiers[row.tier].name if row.tier else None,
        sector=row.sector,
        represents=1.0 if row.represents is None else row.represents,
        headline=" ".join(filter(None, (*wanted.headline(rows), seen.summary))),
        ties=wanted.ties,
        asked=rows,
        targets=wanted.targets,
        controls=means.controls,
        money=money.rows,
        quarrels=quarrels.quarrels,
        findings=quarrels.findings,
        proposed=asked.measures is None,
        measures=seen.measures,
        set=seen.lines,
        voice_before=seen.voice[0],
        voice_after=seen.voice[1],
        neighbours=neighbours.rows,
        standing=tuple(wanted.standing()),
        figures=wanted.whose_figures(),
        means=(*means.moves(), *money.sentences(), *means.holds()),
        meaning=tuple(seen.sentences()),
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
