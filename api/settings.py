"""What a server takes, and how hard it works: from the environment, or given by whoever starts it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from alignment.errors import OptionError
from alignment.models.fields import Noun, Positive
from alignment.options.fault_words import faults_of

PREFIX: Final = "ALIGNMENT_"

Number = Annotated[int, Field(gt=0)]

Keys = Literal["auto", "required", "open"]


class Settings(Noun):
    """What a server takes, and where it keeps things."""

    database: str | None = None
    """Where systems, answers, runs and keys are kept, as a URL; blank is a file in the user's local data folder."""
    cluster: str | None = None
    """The address of a Dask scheduler whose workers answer; blank is this computer."""
    keys: Keys = "auto"
    """Who comes in: with a key, anybody of this computer, or the former once there is a key."""

    body_limit: Number = 20_000_000
    """The largest body of a request. Unit: bytes."""
    agencies: Number = 5_000
    """The most agencies of a system. Unit: rows."""
    measures: Number = 5_000
    """The most measures of a system. Unit: rows."""
    targets: Number = 100_000
    """The most targets of a system. Unit: rows."""
    influences: Number = 20_000
    """The most influences of a system. Unit: rows."""
    rows: Number = 100_000
    """The most rows of any other table. Unit: rows."""
    steps: Number = 12
    """The longest walk of influences that can be asked for. Unit: influences."""
    most: Number = 10_000
    """The most sets, points, levels or draws that can be asked for. Unit: each of them."""
    time_limit: Positive = 60.0
    """The longest search for a set; who asks for more gets this, as the answer's options say. Unit: seconds."""
    answer_limit: Positive = 180.0
    """How long an answer may take in all, before it is given up; longer than time_limit. Unit: seconds."""
    upload_limit: Positive = 30.0
    """How long a request may take to arrive. Unit: seconds."""
    patience: Positive = 30.0
    """How long a request waits for its turn. Unit: seconds."""
    workers: Number = 2
    """How many requests are worked on at the same time. Unit: requests."""
    places: Number = 32
    """How many requests may be inside at once: arriving, waiting or worked on. Unit: requests."""
    queue: Number = 20
    """How many runs may wait. Unit: runs."""
    memory: Number = 2_000_000_000
    """How much memory one answer may take. Unit: bytes."""
    unzipped: Number = 200_000_000
    """How large a workbook or an archive may be when it is unpacked. Unit: bytes."""
    wait: Positive = 2.0
    """How long a question waits for its answer before a run is told of instead. Unit: seconds."""
    table_wait: Positive = 90.0
    """How long it waits where a CSV is asked for, as spreadsheets do not come back by themselves. Unit: seconds."""
    lease: Positive = 30.0
    """How long a server that is not heard of keeps its runs. Unit: seconds."""
    kept: Number = 500_000_000
    """How much of answers is kept, compressed; what nobody has read for longest goes first. Unit: bytes."""

    @classmethod
    def gather(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """The settings of a server.

        Parameters
        ----------
        environment
            Each setting may be in it, in capitals behind ALIGNMENT_, such as ALIGNMENT_BODY_LIMIT.
        **given
            Settings that win over the environment, such as from the command line; None is not given.

        Raises
        ------
        OptionError
            A setting is not known or out of its range, or two contradict each other.

        Examples
        --------
        >>> Settings.gather({"ALIGNMENT_WORKERS": "4"}, places=10, time_limit=None).workers
        4
        """
        names = {f"{PREFIX}{name.upper()}": name for name in cls.model_fields}
        found = {name: environment[word] for word, name in names.items() if word in environment}
        wanted = {name: value for name, value in given.items() if value is not None}
        try:
            made = cls.model_validate({**found, **wanted})
        except ValidationError as error:
            raise OptionError(" ".join(map(str, faults_of(error, cls, "settings")))) from None
        if made.time_limit > made.answer_limit:
            raise OptionError("time_limit is longer than answer_limit. Make ALIGNMENT_ANSWER_LIMIT longer as well.")
        return made
