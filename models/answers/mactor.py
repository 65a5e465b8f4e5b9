"""MACTOR's matrices, cell by cell."""

from __future__ import annotations

from typing import Literal

from alignment.models.answers.answer import Document
from alignment.models.fields import Noun


class MactorActor(Noun):
    """An actor's figures in MACTOR."""

    actor: str
    """The agency, by id."""
    name: str
    """What people call it."""
    influence: float
    """I: the sum of its row of MIDI."""
    dependence: float
    """D: the sum of its column of MIDI."""
    net: float
    """The sum of its row of the net scale: its upper hand over all others."""
    strength: float
    """r: its share of all influence times how little it depends. No unit, 0 to 1."""
    relative_strength: float
    """R*: r over the mean of all, so that 1 is average; 0 where nobody has any influence."""
    mobilisation: float
    """The sum of |3MAO| over the objectives."""
    ambivalence_1: float | None
    """How far it is friend and foe to the same others, by signs. No unit, 0 to 1; blank where it meets nobody."""
    ambivalence_2: float | None
    """The same by stakes. No unit, 0 to 1."""
    ambivalence_3: float | None
    """The same by stakes times power. No unit, 0 to 1."""


class MactorPair(Noun):
    """What two actors can do to each other, and how much they want alike or opposite things."""

    a: str
    """The first, by id."""
    a_name: str
    """What people call it."""
    b: str
    """The second, by id."""
    b_name: str
    """What people call it."""
    direct: float
    """MDI: how far the first can touch the second, 0 to 4."""
    indirect: float
    """MIDI: the same with what goes through third parties."""
    net: float
    """NS: MIDI of the first on the second less that of the second on the first."""
    convergence_1: float
    """1CAA: on how many objectives they agree. Unit: objectives."""
    convergence_2: float
    """2CAA: the mean of their stakes in these."""
    convergence_3: float
    """3CAA: the mean of their stakes times power in these."""
    divergence_1: float
    """1DAA: on how many objectives they disagree. Unit: objectives."""
    divergence_2: float
    """2DAA: the mean of their stakes in these."""
    divergence_3: float
    """3DAA: the mean of their stakes times power in these."""


class MactorPosition(Noun):
    """What an actor wants of an objective."""

    actor: str
    """The agency, by id."""
    actor_name: str
    """What people call it."""
    objective: str
    """The measure, by id; the objective is to move it up."""
    objective_name: str
    """What people call it."""
    valued: float
    """2MAO: its stake, -4 (against) to 4 (for)."""
    weighted: float
    """3MAO: its stake times R*."""


class MactorImplication(Noun):
    """How much an objective moves the actors."""

    objective: str
    """The measure, by id."""
    name: str
    """What people call it."""
    order: Literal[1, 2, 3]
    """1 counts actors, 2 adds up stakes, 3 stakes times power."""
    agreement: float
    """The sum of what is for it."""
    disagreement: float
    """The sum of what is against it, without its sign."""
    total: float
    """Both; of order 3 its mobilisation."""


class MactorEvidence(Noun):
    """A row of the input behind a cell of MDI or 2MAO."""

    matrix: Literal["MDI", "2MAO"]
    """The matrix of the cell."""
    actor: str
    """The row of the cell: an agency, by id."""
    actor_name: str
    """What people call it."""
    on: str
    """Its column: an agency or a measure, by id."""
    on_name: str
    """What people call that."""
    score: int
    """What the row says: 1 to 4, or -4 to 4 for a wish."""
    table: str
    """The table of the input."""
    row: str
    """The key of the row there."""
    says: str
    """What it says, in words."""
    source: str | None
    """Where that was published."""


class MactorMatrices(Document):
    """MACTOR's matrices, cell by cell; pairs and positions that are not listed are 0."""

    system: str | None
    """The hash of the system; blank where tables of experts were given."""
    diagonal: Literal["in", "out"]
    """Whether influence and dependence count what comes back to the actor itself."""
    actors: tuple[MactorActor, ...]
    """The actors, the strongest first."""
    pairs: tuple[MactorPair, ...]
    """Pairs of actors, each with itself included, that have anything to do with each other."""
    positions: tuple[MactorPosition, ...]
    """Who is for or against what."""
    objectives: tuple[MactorImplication, ...]
    """How much each objective moves the actors, by order."""
    evidence: tuple[MactorEvidence, ...]
    """The rows behind MDI and 2MAO; none where tables of experts were given."""
