"""The whole argument for London's aligned set."""

from __future__ import annotations

import alignment as al
from alignment.models.answers.reasons import MEMBERS


def london_argument() -> str:
    """Every measure of the London example: why it is kept or not, and what it would cost to do otherwise."""
    found = al.why(al.read(al.example("london-2018")))
    heads = {"kept": "Kept", "retired": "Retired", "unused": "Not used: nobody has a target on it today"}
    parts: list[str] = []
    for decision, head in heads.items():
        parts += ["", f"### {head}", ""]
        parts += [f"- {_argument(why)}" for why in found.measures if why.decision == decision]
    return "\n".join(parts[1:])


def _argument(why: al.Why) -> str:
    name, reason = why.reason.split(": ", 1) if why.reason.startswith(f"{why.name}: ") else (why.name, why.reason)
    return f"**{name}.** {reason[0].upper()}{reason[1:]} {MEMBERS[why.member]} {why.sentence}"
