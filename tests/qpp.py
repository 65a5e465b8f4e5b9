"""The measures that US Medicare asks clinicians to choose from, as a system: ``../shared/data/cms-qpp``, 2026.

Specialties and pathways (MIPS Value Pathways) choose: a pathway four of its measures, a specialty six of its set. The
foundation measures that CMS demands of every pathway count among its measures. The data lie beside the project, not in
it; ``ALIGNMENT_SHARED`` names another folder that holds ``data``.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import pytest

import alignment as al
from alignment.models import System
from tests.small import Cells

SHARED: Final = Path(os.environ.get("ALIGNMENT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
FOLDER: Final = SHARED / "data" / "cms-qpp"

there = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the data of US Medicare are not in {FOLDER}")
"""Of a test that reads them."""

PATHWAY, SPECIALTY = 4, 6
"""How many quality measures each has to report. Unit: measures."""

ROLES: Final = ("quality", "foundation_quality", "admin_claims")
"""The roles in which a pathway names a quality measure."""

OWN: Final = ("quality", "admin_claims")
"""The same without those that every pathway shares."""

ADMISSIONS: Final = ("479", "484", "492")
"""Hospital readmissions and admissions, which are read from claims: no specialty has them in its set."""

RADIOLOGY: Final = ("diagnostic-radiology", "interventional-radiology")

Outcomes = Literal["one", "domain"]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table as it was published; a blank is an empty text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code(name: str) -> str:
    """An id in small letters with hyphens: diagnosticRadiology is diagnostic-radiology.

    >>> code("diagnosticRadiology"), code("001SSP"), code("CAHPS_1")
    ('diagnostic-radiology', '001ssp', 'cahps-1')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_ ]", "-", name).lower()


@cache
def choices(roles: tuple[str, ...] = ROLES) -> Mapping[str, tuple[frozenset[str], int]]:
    """For each pathway and specialty, the measures it chooses from, and how many it has to.

    From the two tables that say so, and nothing of the library: what the independent solver starts from.
    """
    pathways = {row["programme_id"] for row in table("programmes") if row["kind"] == "mvp"}
    named = [row for row in table("programme_measures") if row["programme_id"] in pathways and row["role"] in roles]
    found: dict[str, tuple[frozenset[str], int]] = {}
    for rows, column, needs in (
        (named, "programme_id", PATHWAY),
        (table("specialty_measures"), "specialty_set", SPECIALTY),
    ):
        for who in sorted({row[column] for row in rows}):
            found[who] = frozenset(row["measure_id"] for row in rows if row[column] == who), needs
    return found


@cache
def qpp(outcomes: Outcomes = "one", roles: tuple[str, ...] = ROLES) -> System:
    """The system: each pathway and specialty wants each of its measures to get better; all 270 measures can be kept.

    Parameters
    ----------
    outcomes
        "one" for all measures, or the "domain" of the National Quality Strategy that each had last (published until
        2022; measures that are newer have none).
    roles
        In which roles a measure of a pathway is its own.
    """
    chosen = choices(roles)
    every = {measure for some, _ in choices().values() for measure in some}
    about = {row["measure_id"]: row for row in table("measures") if row["measure_id"] in every}
    speaks = dict.fromkeys(every, "care") if outcomes == "one" else _domains(every)
    tables: dict[str, Any] = {
        "about": {"name": f"US Medicare quality measures, 2026, outcomes: {outcomes}", "year": 2026, "currency": "USD"},
        "tiers": [
            {"id": "pathways", "name": "Pathways", "level": 1},
            {"id": "specialties", "name": "Specialties", "level": 2},
        ],
        "agencies": list(_agencies(chosen)),
        "outcomes": [{"id": code(name), "name": name.capitalize()} for name in sorted(set(speaks.values()))],
        "measures": [
            {
                "id": code(name),
                "name": row["title"],
                "outcome": code(speaks[name]) if name in speaks else None,
                "direction": "lower" if row["is_inverse"] == "True" else "higher",
                "perspective": "person" if row["measure_type"] in PERSON else "organisation",
            }
            for name, row in about.items()
        ],
        "targets": list(_targets(chosen, {name for name, row in about.items() if row["is_inverse"] == "True"})),
    }
    return al.read(tables)


PERSON: Final = ("patientReportedOutcome", "patientEngagementExperience")


def _agencies(chosen: Mapping[str, tuple[frozenset[str], int]]) -> Iterator[Cells]:
    titles = {row["programme_id"]: row["title"] for row in table("programmes")}
    for who, (_, needs) in chosen.items():
        tier = "pathways" if who in titles else "specialties"
        name = f"Pathway: {titles[who]}" if who in titles else code(who).replace("-", " ").capitalize()
        yield {"id": code(who), "name": name, "tier": tier, "needs": needs}


def _targets(chosen: Mapping[str, tuple[frozenset[str], int]], inverse: Collection[str]) -> Iterator[Cells]:
    for who, (measures, _) in chosen.items():
        for each in sorted(measures):
            yield {"agency": code(who), "measure": code(each), "sense": "decrease" if each in inverse else "increase"}


def _domains(measures: Collection[str]) -> dict[str, str]:
    """The last domain of each measure that had one, the several spellings of one domain being one."""
    rows = (row for row in table("measures_by_year") if row["nqs_domain"] and row["measure_id"] in measures)
    return {
        row["measure_id"]: re.sub(r"[^a-z]+", " ", row["nqs_domain"].lower()).strip()
        for row in sorted(rows, key=lambda row: int(row["year"]))
    }
