"""Words that a made-up national system is named with."""

from __future__ import annotations

from random import Random
from typing import Final

ASPECTS: Final = (
    "Median wait for {}",
    "Longest wait for {}",
    "Emergency admissions after {}",
    "Complaints about {}",
    "People satisfied with {}",
    "Staff vacancies in {}",
    "Cost a head of {}",
    "Missed appointments in {}",
    "Repeat referrals to {}",
    "Deaths within a year of {}",
    "People offered {} near home",
    "Plans agreed before {}",
    "Carers supported during {}",
    "Beds taken up by {}",
    "Readmissions within 30 days of {}",
    "Early contacts that prevent {}",
    "Unplanned transfers from {}",
    "Hours of support through {}",
    "Quality rating of {}",
    "Inequality between areas in {}",
    "Digital bookings of {}",
    "Days lost to delays in {}",
    "Spending on agency staff for {}",
    "People at home 91 days after {}",
    "Falls recorded in {}",
    "Harm reported from {}",
    "People who know whom to call about {}",
    "Reviews on time after {}",
    "Tenancies kept with help of {}",
    "Journeys by car to {}",
)
TOPICS: Final = (
    *("hip replacement", "stroke", "asthma", "diabetes", "dementia", "home care", "care homes", "maternity"),
    *("school nursing", "housing repairs", "homelessness relief", "mental health crisis", "talking therapy"),
    *("cancer diagnosis", "heart surgery", "kidney dialysis", "ambulance calls", "urgent treatment", "dentistry"),
    *("eye clinics", "hearing tests", "foster care", "adoption", "youth services", "probation", "drug treatment"),
    *("alcohol advice", "smoking advice", "weight management", "vaccination", "screening", "end-of-life care"),
    *("reablement", "district nursing", "general practice", "pharmacy", "physiotherapy", "wheelchair services"),
    *("learning disability support", "autism assessment", "sight-loss support", "debt advice", "job coaching"),
    *("bus travel", "cycling", "road safety", "air quality", "parks", "libraries", "food inspection", "flood defence"),
    *("planning decisions", "waste collection", "street cleaning", "trading standards", "benefit claims"),
    *("early years places", "special educational needs", "apprenticeships", "refugee settlement", "domestic abuse"),
)
PLACES: Final = (
    *("", " among older people", " among children", " in rural areas", " in coastal towns", " at weekends"),
    *(" in the poorest fifth of areas", " for new patients", " out of hours", " for working-age adults"),
)
QUALITIES: Final = (
    *("Timely", "Safe", "Joined-up", "Fair", "Affordable", "Dignified", "Lasting", "Early", "Trusted", "Local"),
    *("Effective", "Sustainable", "Open", "Personal"),
)
FIELDS: Final = ("care", "recovery", "support", "independence", "housing", "prevention", "use of beds", "use of money")


def measure_names(rng: Random, number: int) -> list[str]:
    """Different names; one in eighty nearly repeats the one before, as catalogues do."""
    combinations = len(ASPECTS) * len(TOPICS) * len(PLACES)
    picks = rng.sample(range(combinations), min(number, combinations))
    found = [_name(pick) for pick in picks]
    found += [f"{_name(at % combinations)} ({at // combinations})" for at in range(combinations, number)]
    return [f"{found[at - 1]} (local count)" if at % 80 == 79 else name for at, name in enumerate(found)]


def _name(pick: int) -> str:
    pick, place = divmod(pick, len(PLACES))
    aspect, topic = divmod(pick, len(TOPICS))
    return ASPECTS[aspect].format(TOPICS[topic]) + PLACES[place]


def outcome_names(number: int) -> list[str]:
    """Different names; related ones stand side by side."""
    return [f"{QUALITIES[at % len(QUALITIES)]} {FIELDS[at // len(QUALITIES) % len(FIELDS)]}" for at in range(number)]
