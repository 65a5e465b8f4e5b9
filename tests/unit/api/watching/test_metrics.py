from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st
from prometheus_client.parser import text_string_to_metric_families

from alignment.api.store.errors import StoreAway
from alignment.api.watching.metrics import MEDIA_TYPE, Metrics

from .apps import watched
from .asking import ask

Labels = frozenset[tuple[str, str]]


def figures(metrics: Metrics) -> dict[tuple[str, Labels], float]:
    """All figures, as Prometheus reads them."""
    families = text_string_to_metric_families(metrics.render().decode())
    return {
        (each.name, frozenset(each.labels.items())): each.value
        for family in families
        for each in family.samples
        if not each.name.endswith("_created")
    }


def figure(metrics: Metrics, name: str, **labels: str) -> float | None:
    return figures(metrics).get((f"alignment_{name}", frozenset(labels.items())))


def test_requests_are_counted_by_what_they_were() -> None:
    metrics = Metrics()
    app = watched(metrics)
    for _ in range(3):
        ask(app)
    ask(app, "/systems/london/fails", method="POST")
    assert figure(metrics, "requests_total", method="GET", route="/", status="200") == 3
    fails = "/systems/{system}/fails"
    assert figure(metrics, "requests_total", method="POST", route=fails, status="500") == 1
    assert figure(metrics, "request_seconds_count", route="/") == 3
    assert figure(metrics, "requests_inside") == 0


@settings(max_examples=20)
@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=5)), max_size=10))
def test_strangers_make_no_series(asked: list[tuple[str, str]]) -> None:
    metrics = Metrics()
    app = watched(metrics)
    for path, method in asked:
        ask(app, f"/nothing/{path}", method=method)
    counted = {labels: value for (name, labels), value in figures(metrics).items() if name.endswith("requests_total")}
    assert len(counted) <= 2
    assert sum(counted.values()) == len(asked)


def test_who_is_inside_is_counted_while_there() -> None:
    metrics = Metrics()
    with metrics.inside(), metrics.inside():
        assert figure(metrics, "requests_inside") == 2
    with pytest.raises(ValueError, match="gone"), metrics.inside():
        raise ValueError("gone")
    assert figure(metrics, "requests_inside") == 0


def test_applications_have_their_own_figures() -> None:
    one, other = Metrics(), Metrics()
    one.answered("store")
    one.solved("propose", 3.0)
    one.given_up("memory")
    assert figure(one, "answers_total", source="store") == 1
    assert figure(one, "solve_seconds_bucket", verb="propose", le="5.0") == 1
    assert figure(one, "solve_seconds_bucket", verb="propose", le="2.0") == 0
    assert figure(one, "solves_given_up_total", reason="memory") == 1
    assert figure(other, "answers_total", source="store") == 0
    assert figure(other, "solves_given_up_total", reason="memory") == 0


def test_runs_are_asked_for_at_each_look() -> None:
    counts: dict[str, int] = {}
    warm = [1]
    metrics = Metrics()
    metrics.follow(lambda: counts, lambda: warm[0])
    assert figure(metrics, "runs", state="queued") == 0
    counts |= {"queued": 4, "running": 2}
    warm[0] = 3
    assert figure(metrics, "runs", state="queued") == figure(metrics, "queue_length") == 4
    assert figure(metrics, "runs", state="running") == 2
    assert figure(metrics, "runs", state="interrupted") == 0
    assert figure(metrics, "children_warm") == 3
    assert figure(metrics, "store_reachable") == 1


@pytest.mark.parametrize("error", [StoreAway("it is busy"), RuntimeError("whatever")])
def test_a_store_that_is_away_leaves_out_runs_alone(error: Exception) -> None:
    def away() -> Mapping[str, int]:
        raise error

    metrics = Metrics()
    metrics.answered("store")
    metrics.follow(away, lambda: 2)
    assert figure(metrics, "store_reachable") == 0
    assert not [name for name, _ in figures(metrics) if name in ("alignment_runs", "alignment_queue_length")]
    assert figure(metrics, "answers_total", source="store") == 1
    assert figure(metrics, "children_warm") == 2


def test_while_one_waits_for_the_store_others_do_not() -> None:
    asked, answer = threading.Event(), threading.Event()

    def slow() -> Mapping[str, int]:
        asked.set()
        assert answer.wait(10)
        return {"queued": 1}

    metrics = Metrics()
    metrics.follow(slow, lambda: 0)
    seen: list[float | None] = []
    first = threading.Thread(target=lambda: seen.append(figure(metrics, "queue_length")))
    first.start()
    assert asked.wait(10)
    assert figure(metrics, "store_reachable") == 0
    answer.set()
    first.join()
    assert seen == [1]
    assert figure(metrics, "store_reachable") == 1


def test_the_media_type_is_that_of_prometheus() -> None:
    assert MEDIA_TYPE.startswith("text/plain; version=")
