"""Which services, for whom, fit a budget: all services for some people, some for all, or the best mix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun

from .answer import Frames, Stop
from .frame import frame_of
from .layout import SHOWN, grid
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

MixKind = Literal["best mix", "all services for some", "some services for all"]
"""Any bundles; people whole, with all that is for them; or services whole, for all whom they are for."""

EVERYONE: Final = "everyone"
"""What people are called where nobody says who."""


class ServiceBundle(Noun):
    """A service for some people."""

    population: str | None
    """The people, by id, or in words that were handed in; blank is everyone."""
    population_name: str | None
    """What people call them."""
    service: str
    """The service: the id of the measure that is moved, or words that were handed in."""
    service_name: str
    """What people call it."""
    way: Literal["up", "down"] | None
    """Which way the measure is moved; blank of bundles that were handed in."""
    steps: float | None
    """How far, so that its targets for these people are met. Unit: steps; blank of bundles that were handed in."""
    assumed: bool
    """Whether that is assumed, as nobody says where the measure stands today."""
    benefit: float
    """What it does for these people. Unit: steps times weight, or that of the bundles that were handed in."""
    cost: float
    """What it takes of the budget. Unit: the budget's."""
    chosen: tuple[MixKind, ...]
    """The mixes that hold it."""
    targets: tuple[str, ...]
    """The targets that it meets, by key; none of bundles that were handed in."""


class Mix(Noun):
    """What a way of choosing can do within the budget."""

    kind: MixKind
    """The way."""
    benefit: float
    """What it does for people. Unit: that of the bundles."""
    bound: float
    """No choice of this kind does more. Unit: that of the bundles."""
    share: float | None
    """The share of all that could be had without a budget. 0 to 1; blank where that is nothing."""
    cost: float
    """What it takes of the budget. Unit: the budget's."""
    proven: bool
    """Whether it is proved that no choice of this kind does more."""
    bundles: int
    """How many bundles it holds. Unit: bundles."""
    populations: tuple[str, ...]
    """Those who are served, by id, or in words that were handed in."""
    population_names: tuple[str, ...]
    """What people call them."""
    services: tuple[str, ...]
    """The services that they get, by id of the measure, or in words that were handed in."""
    service_names: tuple[str, ...]
    """What people call them."""


class Targeting(Lens):
    """Which services, for whom, fit a budget."""

    unit: str | None
    """What the budget is counted in; blank where nobody says."""
    resources: tuple[str, ...]
    """The resources that are spent, by id; none where bundles were handed in."""
    budget: float | None
    """What there is to spend. Blank where it is not known."""
    needed: float
    """What all services for all would take. Unit: the budget's."""
    whole: float
    """All that could be had without a budget. Unit: that of the bundles."""
    bundles: tuple[ServiceBundle, ...]
    """Every bundle, those with most benefit for what they take first."""
    mixes: tuple[Mix, ...]
    """The best of each way of choosing; none where the budget is not known."""
    stopped: Stop
    """Why the search ended."""

    @property
    def needs(self) -> str | None:
        """The costs of services, where no service has any."""
        return None if self.bundles else "per_step in draws, or bundles with their costs"

    @property
    def frames(self) -> Frames:
        """Tables by name: ``mixes``, ``bundles``."""
        return {"mixes": self._mixes, "bundles": self._bundles}

    def _mixes(self) -> pd.DataFrame:
        """A row for each way of choosing.

        Returns
        -------
        pandas.DataFrame
            ``kind`` ("best mix", "all services for some" or "some services for all"), ``benefit`` and ``bound`` (float,
            the unit of the bundles), ``share`` (float, of all that could be had, 0 to 1, or blank), ``cost`` (float,
            the budget's unit), ``proven`` (bool), ``bundles`` (int), ``populations`` (ids), ``population_names``,
            ``services`` (ids of measures), ``service_names``. Lists are joined by "; ".
        """
        return frame_of(self.mixes, tuple(Mix.model_fields))

    def _bundles(self) -> pd.DataFrame:
        """A row for each bundle, those with most benefit for what they take first.

        Returns
        -------
        pandas.DataFrame
            ``population`` (id, blank is everyone), ``population_name``, ``service`` (id of the measure),
            ``service_name``, ``way`` ("up", "down" or blank), ``steps`` (float, or blank), ``assumed`` (bool),
            ``benefit`` (float, steps times weight), ``cost`` (float, the budget's unit), ``chosen`` (the mixes that
            hold it), ``targets`` (keys). Lists are joined by "; ".
        """
        return frame_of(self.bundles, tuple(ServiceBundle.model_fields))

    def _shown(self, width: int) -> Iterator[str]:
        if self.mixes:
            yield ""
            yield from grid(self._sums(), width)
        if self.bundles:
            yield ""
            yield from grid(self._services(), width, SHOWN - 5)

    def _sums(self) -> pd.DataFrame:
        import pandas as pd

        rows = [
            (
                row.kind,
                round(row.benefit, 2),
                "" if row.share is None else f"{100 * row.share:.0f}%",
                round(row.cost, 2),
                "proven" if row.proven else f"at most {row.bound:,.2f}",
            )
            for row in self.mixes
        ]
        return pd.DataFrame(rows, columns=["within the budget", "benefit", "of all", "takes", ""])

    def _services(self) -> pd.DataFrame:
        import pandas as pd

        rows = [
            (
                row.service_name if row.way is None else f"{row.service_name} {row.way}",
                row.population_name or EVERYONE,
                round(row.benefit, 2),
                round(row.cost, 2),
                "; ".join(SHORT[kind] for kind in row.chosen),
            )
            for row in self.bundles
        ]
        return pd.DataFrame(rows, columns=["service", "for", "benefit", "takes", "chosen in"])


SHORT: Final[dict[MixKind, str]] = {
    "best mix": "mix",
    "all services for some": "some people",
    "some services for all": "some services",
}
"""The ways of choosing in a narrow column."""
