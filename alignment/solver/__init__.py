"""The only place that knows PuLP, HiGHS and CBC: one solve of a linear programme.

What a solver says is three things: why it stopped, the values it found, and a bound. None is believed before it was
held against the programme in our own arithmetic (`check`); what cannot be true is asked again in another way
(`ladder`). Whether a set is proven is decided in whole numbers by the caller.
"""

from __future__ import annotations

from .clock import GRACE, Aim, Clock, Outcome, Stopped, Tell, telling, until
from .ladder import How, minimise
from .rivals import Rival, race
from .warm import Status, Warm

__all__ = [
    "GRACE",
    "Aim",
    "Clock",
    "How",
    "Outcome",
    "Rival",
    "Status",
    "Stopped",
    "Tell",
    "Warm",
    "minimise",
    "race",
    "telling",
    "until",
]
