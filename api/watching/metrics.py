"""The figures of a server, in the text that Prometheus reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final, Literal, get_args

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector

from alignment.api.store.nouns import State

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
"""The media type of the figures."""

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 100, 180)
"""The edges between which times are counted; 2, 60, 90 and 180 s are limits of a server."""

Source = Literal["store", "worked-out"]
"""Whence an answer comes: it was kept, or a child worked it out."""

Reason = Literal["cancelled", "time", "memory", "gone"]
"""Why a question that a child had taken came to no answer."""

Counts = Callable[[], Mapping[str, int]]
"""How many runs stand how."""


class Metrics:
    """The figures of one application, in a registry of their own.

    Examples
    --------
    >>> metrics = Metrics()
    >>> metrics.answered("store")
    >>> 'alignment_answers_total{source="store"} 1.0' in metrics.render().decode()
    True
    """

    def __init__(self) -> None:
        here = self._registry = CollectorRegistry()
        ProcessCollector(registry=here)
        by = ["method", "route", "status"]
        self._requests = Counter("alignment_requests", "Requests that have ended.", by, registry=here)
        self._seconds = Histogram(
            "alignment_request_seconds", "How long requests took.", ["route"], buckets=SECONDS, registry=here
        )
        self._inside = Gauge("alignment_requests_inside", "Requests that have not ended.", registry=here)
        self._answers = Counter(
            "alignment_answers", "Answers, by whether they were kept or worked out.", ["source"], registry=here
        )
        self._solves = Histogram(
            "alignment_solve_seconds",
            "How long children took over a question.",
            ["verb"],
            buckets=SECONDS,
            registry=here,
        )
        self._given_up = Counter(
            "alignment_solves_given_up", "Questions that a child took and did not answer.", ["reason"], registry=here
        )
        for source in get_args(Source):
            self._answers.labels(source)
        for reason in get_args(Reason):
            self._given_up.labels(reason)

    def inside(self) -> AbstractContextManager[None]:
        """The time that a request is inside."""
        return self._inside.track_inprogress()

    def request(self, method: str, route: str, status: int | None, seconds: float) -> None:
        """A request has ended.

        Parameters
        ----------
        method, route
            Words of which there are few, not what a caller made up.
        status
            Its status code; None where the client left before there was one.
        seconds
            How long it took.
        """
        self._requests.labels(method, route, "none" if status is None else str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, source: Source) -> None:
        """Somebody was given an answer."""
        self._answers.labels(source).inc()

    def solved(self, verb: str, seconds: float) -> None:
        """A child is done with a question, whatever came of it."""
        self._solves.labels(verb).observe(seconds)

    def given_up(self, reason: Reason) -> None:
        """A question that a child had taken came to no answer."""
        self._given_up.labels(reason).inc()

    def follow(self, counts: Counts, warm: Callable[[], int]) -> None:
        """Ask, whenever figures are wanted, how runs stand and how many children are warm.

        Parameters
        ----------
        counts
            How many runs stand how; what it raises leaves these figures out.
        warm
            How many children are ready or at work.
        """
        self._registry.register(_Runs(counts))
        Gauge("alignment_children_warm", "Children ready or at work.", registry=self._registry).set_function(warm)

    def render(self) -> bytes:
        """All figures. It asks the store, so it is to be called in a thread, not in the event loop."""
        return generate_latest(self._registry)


class _Runs:
    """How runs stand, as the store says at the moment."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._asking = threading.Lock()

    def collect(self) -> Iterator[Metric]:
        counts = self._asked()
        about = "Whether the store answers."
        yield GaugeMetricFamily("alignment_store_reachable", about, value=float(counts is not None))
        if counts is None:
            return
        runs = GaugeMetricFamily("alignment_runs", "Runs of all servers of the store, by state.", labels=["state"])
        for state in get_args(State):
            runs.add_metric([state], counts.get(state, 0))
        yield runs
        yield GaugeMetricFamily("alignment_queue_length", "Runs that wait.", value=counts.get("queued", 0))

    def _asked(self) -> Mapping[str, int] | None:
        """What the store says; None where it is away, or somebody still waits for its word."""
        if not self._asking.acquire(blocking=False):
            return None
        try:
            return self._counts()
        except Exception:  # noqa: BLE001 - whatever a database raises: the other figures are wanted all the more
            return None
        finally:
            self._asking.release()
