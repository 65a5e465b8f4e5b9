"""Answers that are more than one noun: a system in figures, its conflicts, who helps and hinders whom, MACTOR."""

from __future__ import annotations

from typing import Literal

from .conflict import Conflict
from .fields import Noun
from .stopping import Stopped


class Summary(Noun):
    """A system that was read without a fault, in figures."""

    system: str
    """The hash of the system: the same for the same facts, whatever the order of rows."""
    name: str | None
    """The system's name."""
    summary: str
    """Its size, in a line."""
    rows: dict[str, int]
    """How many rows each table has, by the table's name. Unit: rows."""


class ConflictList(Noun):
    """Where targets pull apart, worst first."""

    system: str
    """The hash of the system."""
    summary: str
    """How many conflicts there are of each kind, in a line."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""
    conflicts: tuple[Conflict, ...]
    """The conflicts, by severity times confidence, then id."""


class Pull(Noun):
    """What the targets of one group do to the wishes of another."""

    a: str
    """Whose targets push: an agency or tier by id, a sector by name, or "system"."""
    b: str
    """On whose wishes they push."""
    help: float
    """How much they help. Sum of weighted effects."""
    hinder: float
    """How much they hinder. Sum of weighted effects."""
    alignment: float | None
    """(help - hinder) / (help + hinder). No unit, -1 to 1."""


class AgencyCongruity(Noun):
    """How well what an agency is judged on matches what is good for people."""

    agency: str
    """The agency, by id."""
    congruity: float | None
    """The cosine between the two. No unit, -1 to 1; blank where nothing it is judged on moves anything."""


class AlignmentTable(Noun):
    """How far groups of agencies help or hinder each other, and whether what they are judged on is good for people."""

    system: str
    """The hash of the system."""
    by: Literal["agency", "tier", "sector"] | None
    """What the groups are; blank is the whole system as one."""
    groups: tuple[str, ...]
    """The groups, in order."""
    value: float | None
    """The alignment of everybody with everybody. No unit, -1 to 1; blank when nothing meets."""
    pairs: tuple[Pull, ...]
    """The pairs of groups that touch each other, the most hindered first."""
    congruity: tuple[AgencyCongruity, ...]
    """Each agency with targets, the least congruent first."""
    reach: float | None
    """The share of what is good for people that judging on these measures can reach. No unit, 0 to 1."""


class MactorActor(Noun):
    """An actor's figures in MACTOR."""

    actor: str
    """The agency, by id."""
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
    b: str
    """The second, by id."""
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
    objective: str
    """The measure, by id; the objective is to move it up."""
    valued: float
    """2MAO: its stake, -4 (against) to 4 (for)."""
    weighted: float
    """3MAO: its stake times R*."""


class MactorImplication(Noun):
    """How much an objective moves the actors."""

    objective: str
    """The measure, by id."""
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
    on: str
    """Its column: an agency or a measure, by id."""
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


class MactorMatrices(Noun):
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


class CampRelation(Noun):
    """Two that are for or against each other."""

    a: str
    """The first: an agency or tier by id, a sector, or a name."""
    b: str
    """The other."""
    help: float | None = None
    """How much they help each other, both ways together. Sum of weighted effects; blank where edges were given."""
    hinder: float | None = None
    """How much they hinder each other, both ways together. Sum of weighted effects; blank where edges were given."""
    alignment: float | None = None
    """(help - hinder) / (help + hinder). No unit, -1 to 1, not 0; blank where edges were given."""
    weight: float
    """What it counts: above 0 for, below 0 against each other."""
    against: bool
    """Whether it goes against the grain: for each other in different camps, or against each other in one."""
    sentence: str
    """What it says, in words."""


class CampSplit(Noun):
    """The split into camps with the least against the grain, and how sure that is."""

    system: str | None
    """The hash of the system; blank where edges were given."""
    by: Literal["agency", "tier", "sector"] | None
    """What is split; blank where edges were given."""
    k: int
    """The most camps."""
    count: Literal["relations", "effects"]
    """Whether each relation counts 1, or by its weight."""
    camps: tuple[tuple[str, ...], ...]
    """Who is in each camp, in order; the first camp has the first name."""
    alone: tuple[str, ...]
    """Those without any relation; they could be in any camp."""
    index: float
    """How many relations go against the grain, or what they weigh: the frustration index."""
    bound: float
    """No split has less."""
    with_grain: float
    """The share of all relations, or of their weight, that goes with the grain. No unit, 0 to 1."""
    proven: bool
    """Whether the index is proved to be the least."""
    unique: bool | None
    """Whether no other split of any connected part is as good; blank where that is not known."""
    first: bool
    """Whether it is proved that no split as good comes before it, by name."""
    parts: int
    """How many connected parts there are; which camp of one goes with which of another says nothing."""
    stopped: Stopped
    """Why the search ended."""
    neutral: int | None
    """How many pairs help each other exactly as much as they hinder each other; blank where edges were given."""
    relations: tuple[CampRelation, ...]
    """The relations, those against the grain first."""
