r"""Payback: when aligning pays, and whom (Leutz's second law: integration costs before it pays).

Of agency a, with its costs and savings by year, and a discount of r a year from the first year y0 on

.. math:: K_a(y) = \sum_{y' \le y} (\text{saving}_a(y') - \text{cost}_a(y')) (1 + r)^{-(y' - y_0)}

It breaks even in the first year from which on K is never below 0; the deepest point is the least K below 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from alignment.index import Index
from alignment.models.answers.payback import Payback, PaybackBody, PaybackYear, Purse
from alignment.models.options.lenses import PaybackOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.links import Finance
from alignment.options.verb import verb
from alignment.wording import count, money, names, upper_first, verb as conjugated

from .bundles import owners_of

DIGITS: Final = 2
"""Sums are told to this many decimals; a sum that rounds to 0 is none."""

TOGETHER: Final = "everybody together"
"""What all agencies are called as one."""


@verb(PaybackOptions)
def payback(system: System, asked: PaybackOptions) -> Payback:
    """When aligning pays, whom, and who pays without gaining.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Payback
        For everybody together and for each agency what it pays and saves over all years, how far it is behind at the
        deepest, and from when on it is not; and the same year by year.

    Raises
    ------
    OptionError
        An option is out of its range.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services: lessons from the United States and the United
    Kingdom, Milbank Quarterly 77(1): integration costs before it pays.

    Examples
    --------
    >>> import alignment as al
    >>> made_up = [
    ...     {"agency": "council", "item": "reablement", "year": 2030, "cost": 300, "saving": 0},
    ...     {"agency": "trust", "item": "reablement", "year": 2031, "cost": 0, "saving": 400},
    ... ]
    >>> found = al.payback(al.read("winter-pressure").replace(finances=made_up))
    >>> [(row.name, row.net, row.break_even) for row in found.bodies]
    [('everybody together', 100.0, 2031), ('the council', -300.0, None), ('the trust', 400.0, 2030)]
    """
    return _Payback(system, asked.discount).answer()


class _Payback:
    def __init__(self, system: System, discount: float) -> None:
        self.system, self.discount = system, discount
        self.index, self.keys = system.derive(Index), system.derive(Keys)
        self.years = sorted({row.year for row in system.finances})

    def answer(self) -> Payback:
        """The answer."""
        told = list(self._told())
        bodies = tuple(body for body, _ in told)
        return Payback(
            system=self.system.hash,
            currency=self.system.about.currency,
            discount=self.discount,
            bodies=bodies,
            years=tuple(year for _, years in told for year in years),
            paragraph=self._paragraph(bodies),
            missing=tuple(self._missing()),
        )

    def _told(self) -> Iterator[tuple[PaybackBody, tuple[PaybackYear, ...]]]:
        """Everybody together, then each agency, those that lose most first; each with its years."""
        if not self.years:
            return
        yield self._of(None, TOGETHER, self.system.finances)
        agencies = {row.id: row.name for row in self.index.agencies}
        each = (
            self._of(who, agencies[who], [row for row in self.system.finances if row.agency == who])
            for who in {row.agency for row in self.system.finances}
        )
        yield from sorted(each, key=lambda pair: (pair[0].net, pair[0].agency))

    def _of(
        self, agency: str | None, name: str, rows: Sequence[Finance]
    ) -> tuple[PaybackBody, tuple[PaybackYear, ...]]:
        years = tuple(self._by_year(agency, name, rows))
        line = [row.cumulative for row in years]
        deepest = min(line)
        behind = [row.year for row in years if row.cumulative < 0]
        body = PaybackBody(
            agency=agency,
            name=name,
            cost=_tidy(sum(row.cost for row in years)),
            saving=_tidy(sum(row.saving for row in years)),
            net=line[-1],
            deepest=_tidy(max(0.0, -deepest)),
            deepest_year=years[line.index(deepest)].year if deepest < 0 else None,
            break_even=next((year for year in self.years if not behind or year > behind[-1]), None),
            purse=_purse(years),
            items=tuple(sorted({row.item for row in rows})),
            rows=tuple(sorted(self.keys.key("finances", row) for row in rows)),
        )
        return body, years

    def _by_year(self, agency: str | None, name: str, rows: Sequence[Finance]) -> Iterator[PaybackYear]:
        worth = [(1 + self.discount) ** (self.years[0] - year) for year in self.years]
        by_year = [(part, _in_order(rows, year)) for part, year in zip(worth, self.years, strict=True)]
        costs = [part * sum(row.cost for row in some) for part, some in by_year]
        savings = [part * sum(row.saving for row in some) for part, some in by_year]
        nets = [saving - cost for saving, cost in zip(savings, costs, strict=True)]
        for year, cost, saving, net, so_far in zip(self.years, costs, savings, nets, accumulate(nets), strict=True):
            yield PaybackYear(
                agency=agency,
                name=name,
                year=year,
                cost=_tidy(cost),
                saving=_tidy(saving),
                net=_tidy(net),
                cumulative=_tidy(so_far),
            )

    def _paragraph(self, bodies: Sequence[PaybackBody]) -> str:
        if not bodies:
            who = names(owners_of(self.system)) or "whoever would have to pay"
            said = "What aligning costs and saves whom is not known (0 rows of finances)"
            return f"{said}: ask {who} for costs and savings."
        every, *each = bodies
        said = [*self._in_all(every), *self._pockets(each, every)]
        if self.discount:
            percent = f"{100 * self.discount:g}%"
            said.append(f"Money counts {percent} less for each year that it comes later than {self.years[0]}.")
        return " ".join(said)

    def _in_all(self, every: PaybackBody) -> Iterator[str]:
        """When it pays for everybody together, and the most that has to be found."""
        last = self.years[-1]
        spent, saved, net = (self._sum(value) for value in (every.cost, every.saving, abs(every.net)))
        if not every.deepest:
            yield f"Taken together it never costs more than it has saved: {saved} by {last}, for {spent}."
            return
        if every.break_even is None:
            yield f"Taken together it has not paid by {last}, the last year that is told: {net} is still to be saved."
        else:
            yield f"Taken together it pays from {every.break_even} on: {spent} spent and {saved} saved by {last}."
        yield f"At the deepest, in {every.deepest_year}, {self._sum(every.deepest)} is paid and not yet saved."

    def _pockets(self, bodies: Sequence[PaybackBody], every: PaybackBody) -> Iterator[str]:
        """Who is out of pocket after the last year, and who has what they have lost."""
        last = self.years[-1]
        losing = [row for row in bodies if row.net < 0]
        gaining = [row for row in reversed(bodies) if row.net > 0]
        if not losing:
            late = [row for row in bodies if row.deepest]
            if late:
                years = {row.break_even or last for row in late}
                yield f"Everybody who pays first has it back by {max(years)}."
            return
        pays, gains = [self._lost(row) for row in losing], [self._gained(row) for row in gaining]
        if not gaining:
            yield f"{upper_first(names(pays))} by {last}, and nobody gains."
            return
        yield f"{upper_first(names(pays))} by {last}; {names(gains)}."
        lost = self._sum(-sum(row.net for row in losing))
        if every.net >= 0:
            who = names([row.name for row in gaining]) if len(gaining) < 3 else "those who gain"
            yield f"If {who} passed {lost} on, nobody would be worse off."
        else:
            yield f"What is gained does not make up for the {lost} that is lost."

    def _lost(self, row: PaybackBody) -> str:
        if row.purse == "only pays":
            return f"{row.name} pays {self._sum(row.cost)} and saves nothing"
        return f"{row.name} pays {self._sum(-row.net)} more than it saves"

    def _gained(self, row: PaybackBody) -> str:
        if row.purse == "only gains":
            return f"{row.name} gains {self._sum(row.saving)} and pays nothing"
        return f"{row.name} gains {self._sum(row.net)} more than it pays"

    def _sum(self, value: float) -> str:
        return money(value, self.system.about.currency)

    def _missing(self) -> Iterator[str]:
        if not self.years:
            yield (
                "The table finances is empty: a row for each agency, item and year, with cost and saving, would tell "
                "when it pays, and whom."
            )
            return
        told = {row.agency for row in self.system.finances}
        counting = [self.index.agencies[at] for at in sorted(self.index.counting)]
        rest = [row.name for row in counting if row.id not in told]
        if rest:
            bodies = count(len(rest), "body", "bodies")
            yield (
                f"{bodies} with targets, payments or control {conjugated(len(rest), 'has', 'have')} no row in finances "
                f"({names(rest)}): what it costs or spares them is not known, and may be nothing."
            )
        if not self.system.about.currency:
            yield "about has no currency: it would say what the sums are counted in."


def _in_order(rows: Sequence[Finance], year: int) -> list[Finance]:
    """The rows of a year, in an order that is not that of the table: sums of decimals depend on it."""
    return sorted((row for row in rows if row.year == year), key=lambda row: (row.agency, row.item))


def _purse(years: Sequence[PaybackYear]) -> Purse:
    cost, saving, net = sum(row.cost for row in years), sum(row.saving for row in years), years[-1].cumulative
    if not net:
        return "comes out even"
    if net < 0:
        return "pays more than it gains" if saving else "only pays"
    return "gains more than it pays" if cost else "only gains"


def _tidy(value: float) -> float:
    return round(value, DIGITS) + 0.0
