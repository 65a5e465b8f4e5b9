"""What people call tables and columns that the documentation calls otherwise: small, and only what is common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COLUMNS_CALLED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "tiers": {"id": ("code", "tier id"), "name": ("tier", "tier name"), "parent": ("parent tier", "above", "part of")},
    "agencies": {
        "id": ("code", "agency id", "agency code", "organisation id", "organisation code", "ods code"),
        "name": ("agency", "agency name", "organisation", "organization", "organisation name", "body"),
        "tier": ("tier id",),
        "kind": ("type", "agency type", "organisation type"),
        "needs": ("measures needed",),
    },
    "accountability": {
        "agency": ("organisation", "organization", "body", "who"),
        "answers_to": ("accountable to", "reports to"),
        "kind": ("type",),
    },
    "populations": {
        "id": ("code", "population id"),
        "name": ("population", "population name", "group"),
        "parent": ("parent population", "part of"),
    },
    "outcomes": {
        "id": ("code", "outcome id"),
        "name": ("outcome", "outcome name", "goal", "objective"),
        "owner_tier": ("tier", "owner"),
    },
    "measures": {
        "id": ("code", "measure id", "measure code", "indicator id", "indicator code", "reference"),
        "name": ("measure", "measure name", "indicator", "indicator name", "kpi", "metric", "title"),
        "outcome": ("goal", "objective", "outcome id"),
        "direction": ("polarity", "good is", "better is", "desired direction"),
        "unit": ("units", "unit of measure", "unit of measurement"),
        "baseline": ("baseline value", "current", "current value", "latest", "latest value"),
        "floor": ("minimum", "min", "lowest"),
        "ceiling": ("maximum", "max", "highest"),
        "population": ("population id", "cohort"),
        "collection": ("data collection", "data source", "return", "survey"),
        "cost": ("burden",),
        "statutory": ("statutory?", "legal requirement", "required by law"),
        "recorded_by": ("collected by", "reading taken by"),
        "ref": ("reference", "ref no"),
        "source": ("data source",),
    },
    "captures": {"measure": ("indicator", "measure id"), "outcome": ("outcome id",)},
    "overlaps": {
        "measure_a": ("measure 1", "first measure"),
        "measure_b": ("measure 2", "second measure"),
        "kind": ("type",),
    },
    "collections": {
        "id": ("code", "collection id"),
        "name": ("collection", "collection name", "return", "survey"),
        "cost": ("burden",),
    },
    "targets": {
        "id": ("target id",),
        "agency": ("owner", "organisation", "organization", "body", "agency id", "wanted by"),
        "measure": ("indicator", "kpi", "metric", "measure id", "indicator id"),
        "sense": ("target type", "type of target", "comparison", "operator"),
        "value": ("target", "target value", "threshold"),
        "upper": ("upper limit", "upper value"),
        "for_agency": ("for", "deliverer", "delivered by"),
        "start": ("from", "start date", "begins"),
        "due": ("by", "by when", "due date", "deadline", "target date", "end date", "until"),
        "population": ("population id", "cohort"),
    },
    "influences": {
        "source_measure": ("from", "from measure", "cause"),
        "target_measure": ("to", "to measure", "affects"),
        "effect_se": ("standard error", "se"),
        "lag_years": ("lag", "lag in years"),
    },
    "controls": {"agency": ("organisation", "organization", "body"), "measure": ("indicator", "measure id")},
    "incentives": {
        "payer": ("paid by", "from"),
        "payee": ("paid to", "to"),
        "measure": ("indicator", "measure id"),
        "pays_for": ("paid for",),
        "start": ("start date",),
        "due": ("due date", "end date", "until"),
    },
    "resources": {
        "id": ("code", "resource id"),
        "name": ("resource", "resource name"),
        "unit": ("units",),
        "capacity": ("cap", "maximum"),
        "floor": ("minimum", "ring-fence"),
        "in_use": ("used", "use today"),
    },
    "draws": {"measure": ("indicator", "measure id"), "resource": ("resource id",), "moving": ("direction",)},
    "levels": {
        "measure": ("indicator", "measure id"),
        "agency": ("organisation", "organization", "body"),
        "value": ("level", "current", "current level", "current value", "baseline", "local baseline", "today"),
        "period": ("year", "date", "time period"),
    },
    "pathways": {"agency": ("organisation", "organization", "body"), "step": ("order", "stage")},
    "relationships": {"agency_a": ("agency 1", "first agency"), "agency_b": ("agency 2", "second agency")},
    "series": {
        "measure": ("indicator", "measure id"),
        "area": ("place", "area name"),
        "period": ("year", "date", "time period"),
        "value": ("reading",),
    },
    "finances": {
        "agency": ("organisation", "organization", "body"),
        "saving": ("savings", "benefit"),
        "cost": ("costs",),
    },
}
"""For each table and column what else it is called; a heading that stands under two columns is asked about."""

TABLES_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "agencies": ("organisations", "organizations", "bodies", "partners"),
    "measures": ("indicators", "metrics", "kpis"),
    "outcomes": ("goals", "objectives"),
    "influences": ("links", "effects"),
    "levels": ("local levels", "local baselines", "current levels"),
}
"""For each table what else a sheet or file of it is called, where its columns say so too."""
