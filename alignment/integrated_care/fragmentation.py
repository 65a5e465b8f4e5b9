r"""Fragmentation: whose integration is whose fragmentation (Leutz 3).

With the set K, an own measure m of agency a (a has a target on it itself) that is not kept is *said* when a kept one
has standing S(a, m, k) of at least `said`, else *lost*. An influence m to n is a's own link when a works to n, and
works to m or controls enough of it; it is *cut* when n, or an m that a does not control, goes and nothing but the other
end says it.

.. math:: \frac{|\text{lost}|}{|\text{own}|}, \qquad \frac{|\text{cut}|}{|\text{links}|}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from alignment.aligned_set.adoption import Known, called, ids
from alignment.aligned_set.programme import micro
from alignment.aligned_set.standing import ITSELF, ONE, Standing
from alignment.effects.links import links_of
from alignment.index import Index, group, positions
from alignment.models.answers.fragmentation import (
    Fragmentation,
    Fragmented,
    LinkFate,
    MeasureFate,
    OwnLink,
    OwnMeasure,
)
from alignment.models.options.lenses import FragmentationOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.links import Influence
from alignment.options.verb import verb

from .chosen import chosen
from .fragmentation_told import missing, paragraph


@verb(FragmentationOptions, "measures")
def fragmentation(system: System, asked: FragmentationOptions) -> Fragmentation:
    """Whose integration is whose fragmentation: own measures lost, own links of cause and effect cut.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Fragmentation
        For each agency what becomes of the measures that it has a target on itself (kept, said by another, lost), and
        of the influences of which it sees both ends today (stays, through another, cut); who loses most comes first.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Leutz (1999), Milbank Quarterly 77: your integration is my fragmentation.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.fragmentation(al.read("winter-pressure"), ["bed-occupancy", "flu-vaccination"])
    >>> [(row.agency_name, len(row.lost), row.own) for row in found.agencies[:2]]
    [('the commissioner', 3, 4), ('the region', 2, 4)]
    """
    measures, stopped = chosen(system, asked)
    view = _Fragmentation(system, asked, measures)
    return Fragmentation(
        system=system.hash,
        measures=measures,
        agencies=view.agencies,
        own_measures=view.measures,
        own_links=view.links,
        paragraph=" ".join(paragraph(view.agencies, view.measures)),
        missing=tuple(missing(system, view.measures)),
        stopped=stopped,
    )


class _Fragmentation:
    def __init__(self, system: System, asked: FragmentationOptions, measures: tuple[str, ...]) -> None:
        self.options = asked.of_set
        self.known = Known(system, self.options)
        self.index: Index = self.known.index
        self.keys = system.derive(Keys)
        self.kept = frozenset(self.index.measure_at[word] for word in measures)
        self.voiced = {(each.agency, each.measure) for each in self.known.standings.voiced}

    # Own measures

    @cached_property
    def measures(self) -> tuple[OwnMeasure, ...]:
        """What becomes of each own measure, by agency and measure."""
        return tuple(self._measure(who, at, rows) for (who, at), rows in sorted(self._own.items()))

    @cached_property
    def _own(self) -> dict[tuple[int, int], Sequence[int]]:
        """For each agency and measure that it has a target on itself, those that are still to be met, by position."""
        rows = self.index.targets
        pairs = zip(positions(rows.agency), positions(rows.measure), strict=True)
        return dict(group((pair, place) for place, pair in enumerate(pairs) if self.index.live[place]))

    def _measure(self, who: int, at: int, rows: Sequence[int]) -> OwnMeasure:
        other, standing = self._best(who, at)
        by = None if other is None else self.index.measures[other]
        ground = standing.ground
        assert ground != "itself"
        return OwnMeasure(
            agency=self.index.agencies[who].id,
            agency_name=self.index.agencies[who].name,
            measure=self.index.measures[at].id,
            measure_name=self.index.measures[at].name,
            fate=self._fate(who, at, rows, standing),
            said_by=by and by.id,
            said_by_name=by and by.name,
            ground=ground if by else None,
            standing=standing.size / ONE if by else None,
            targets=tuple(self.index.targets.keys[place] for place in rows),
        )

    def _best(self, who: int, at: int, beside: int | None = None) -> tuple[int | None, Standing]:
        """The kept measure, not this one, that says most of another to a body, and how far; none where that is kept."""
        others = self.known.standings.of(who, at).items()
        able = {other: each for other, each in others if other in self.kept - {beside} and each is not ITSELF}
        if at in self.kept or not able:
            return None, Standing(0, "speaks")
        other = min(able, key=lambda each: (-able[each].size, each))
        return other, able[other]

    def _fate(self, who: int, at: int, rows: Sequence[int], standing: Standing) -> MeasureFate:
        if at in self.kept:
            return "kept"
        if not self.index.validity[at]:
            return "not judged"
        if all(self.index.targets.rows[place].revealed for place in rows):
            return "inferred"
        if (who, at) not in self.voiced:
            return "against people"
        return "said" if self._enough(standing) else "lost"

    def _enough(self, standing: Standing) -> bool:
        return standing.size >= micro(self.options.said)

    # Own links

    @cached_property
    def links(self) -> tuple[OwnLink, ...]:
        """What becomes of each own link, by agency, source and target."""
        held = sorted(self.index.holding_live.items())
        return tuple(
            self._link(who, source, target, rows)
            for who, mine in held
            for (source, target), rows in self._influences
            if target in mine and (source in mine or self._controls(who, source))
        )

    @cached_property
    def _influences(self) -> list[tuple[tuple[int, int], Sequence[Influence]]]:
        """The influences that count and do something, by the measures that they go from and to."""
        near, _ = links_of(self.index, self.options.evidence)
        every = (((source, target), link) for source, links in near.items() for target, link in links.items())
        own = ((pair, [row for row in link.influences if row.steps]) for pair, link in every if not link.borrowed)
        return sorted((pair, rows) for pair, rows in own if rows)

    def _controls(self, who: int, at: int) -> bool:
        return self.index.controls.get(at, {}).get(who, 0.0) >= self.options.sight

    def _link(self, who: int, source: int, target: int, rows: Sequence[Influence]) -> OwnLink:
        ends = [target] if self._controls(who, source) else [source, target]
        gone = frozenset(ends) - self.kept
        called_by = self.index.measures
        return OwnLink(
            agency=self.index.agencies[who].id,
            agency_name=self.index.agencies[who].name,
            cause=called_by[source].id,
            cause_name=called_by[source].name,
            effect=called_by[target].id,
            effect_name=called_by[target].name,
            fate=self._link_fate(who, gone, frozenset((source, target))),
            gone=ids(self.index, gone),
            gone_names=called(self.index, gone),
            rows=tuple(sorted(self.keys.key("influences", row) for row in rows)),
        )

    def _link_fate(self, who: int, gone: Iterable[int], ends: frozenset[int]) -> LinkFate:
        said = [self._says(who, at, ends) for at in gone]
        if not said:
            return "stays"
        return "through another" if all(said) else "cut"

    def _says(self, who: int, end: int, ends: frozenset[int]) -> bool:
        """Whether something kept says an end that goes; the other end shows what is done, and does not stand for it."""
        (other,) = ends - {end} or (end,)
        return self._enough(self._best(who, end, other)[1])

    # Agencies

    @cached_property
    def agencies(self) -> tuple[Fragmented, ...]:
        """What each agency loses, by the share of measures lost, then gone, then of links cut."""
        return tuple(
            sorted(
                self._agencies(),
                key=lambda row: (-(row.share_lost or 0), -row.share_gone, -(row.share_cut or 0), row.agency),
            )
        )

    def _agencies(self) -> Iterator[Fragmented]:
        measures = group((row.agency, row) for row in self.measures)
        links = group((row.agency, row) for row in self.links)
        for who in sorted(measures.keys() | links.keys()):
            yield self._agency(who, measures.get(who, ()), links.get(who, ()))

    @cached_property
    def _published(self) -> frozenset[tuple[int, int]]:
        """Agencies and measures on which these have, or must deliver, a published target that is still to be met."""
        rows, live = self.index.targets, positions(self.index.live.nonzero()[0])
        told = [at for at in live if not rows.rows[at].revealed]
        return frozenset(
            (int(ends[at]), int(rows.measure[at])) for at in told for ends in (rows.agency, rows.deliverer)
        )

    def _unsaid(self, link: OwnLink) -> Iterator[str]:
        """The ends of a link that go and are not said."""
        who, at = self.index.agency_at[link.agency], self.index.measure_at
        ends = frozenset((at[link.cause], at[link.effect]))
        yield from (end for end in link.gone if not self._says(who, at[end], ends))

    def _agency(self, who: str, measures: Sequence[OwnMeasure], links: Sequence[OwnLink]) -> Fragmented:
        row = self.index.agencies[self.index.agency_at[who]]
        own = sum(each.fate in ("kept", "said", "lost") for each in measures)
        fates: tuple[MeasureFate, ...] = ("lost", "said", "inferred", "against people")
        lost, said, inferred, against = ([each for each in measures if each.fate == fate] for fate in fates)
        gone = len(lost) + len(inferred) + len(against)
        cut, through = (sum(each.fate == fate for each in links) for fate in ("cut", "through another"))
        ends = {self.index.measure_at[end] for each in links if each.fate == "cut" for end in self._unsaid(each)}
        inferred_ends = {at for at in ends if (self.index.agency_at[who], at) not in self._published}
        return Fragmented(
            agency=row.id,
            agency_name=row.name,
            tier=row.tier,
            tier_name=self.index.tiers[row.tier].name if row.tier else None,
            held=len(measures),
            own=own,
            lost=tuple(each.measure for each in lost),
            lost_names=tuple(each.measure_name for each in lost),
            said=tuple(each.measure for each in said),
            said_names=tuple(each.measure_name for each in said),
            inferred=tuple(each.measure for each in inferred),
            inferred_names=tuple(each.measure_name for each in inferred),
            against=tuple(each.measure for each in against),
            against_names=tuple(each.measure_name for each in against),
            share_gone=round(gone / len(measures), 6) if measures else 0.0,
            share_lost=round(len(lost) / own, 6) if own else None,
            links=len(links),
            cut=cut,
            through_another=through,
            cut_ends=ids(self.index, ends),
            cut_ends_names=called(self.index, ends),
            cut_inferred=ids(self.index, inferred_ends),
            cut_inferred_names=called(self.index, inferred_ends),
            share_cut=round(cut / len(links), 6) if links else None,
            whole=not (gone or said or cut or through),
        )
