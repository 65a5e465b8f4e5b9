"""The same children on other machines: a task of a Dask cluster, found by its scheduler's address, holds each.

Dask itself cannot end a task that runs. The task therefore does nothing but hold a child of its worker's machine, look
at an event, and end the child when that is set.
"""

from __future__ import annotations

import logging
import multiprocessing
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from queue import Empty, SimpleQueue
from typing import Any, Final, NamedTuple

from alignment.errors import MissingExtra, OptionError

from .answering import answer
from .child import Answering, warm_up
from .children import Children
from .job import Job
from .limits import RunLimits
from .question import Begun, Gone, Outcome, Question, Told
from .where import Heard

LOG: Final = logging.getLogger("alignment.api")

LOOK: Final = 0.1
"""Seconds between two looks of a task at whether it is still wanted."""

PATIENCE: Final = 10.0
"""Seconds in which a scheduler has to answer."""


class Cluster:
    """The workers of a Dask scheduler, as children.

    Parameters
    ----------
    address
        The scheduler's, such as tcp://10.0.0.1:8786.
    limits
        How many of this server's runs go on at once, how long, how large.
    answering
        What children do with a question; a function that a module has, on the workers, too.
    warm
        What each does when it starts; so, too.

    Raises
    ------
    MissingExtra
        Dask is not installed.
    OptionError
        Nobody answers there.
    """

    def __init__(
        self, address: str, limits: RunLimits, answering: Answering = answer, warm: Callable[[], None] = warm_up
    ) -> None:
        self._limits, self._answering, self._warm = limits, answering, warm
        self._topic = f"alignment-{secrets.token_hex(8)}"
        self._tasks: dict[str, _Task] = {}
        self._closed = False
        self._client = _connected(address)
        self._client.subscribe_topic(self._topic, self._hear)

    @property
    def free(self) -> int:
        """How many questions more may be begun now; none while the scheduler is away."""
        away = self._closed or self._client.status != "running"
        return 0 if away else max(0, self._limits.children - len(self._tasks))

    @property
    def warm(self) -> int:
        """How many questions could be answered at once, were none under way; none while the scheduler is away."""
        return self.free + len(self._tasks) if self.free else 0

    def begin(self, question: Question, hear: Heard) -> _Task:
        """Put a question to a worker."""
        name = f"{self._topic}-{secrets.token_hex(8)}"
        order = _Order(name, self._topic, question, self._limits.model_dump_json(), self._answering, self._warm)
        task = self._tasks[name] = _Task(self._client, name, hear)
        try:
            task.future = self._client.submit(hold, order, key=name, pure=False, retries=0)
        except Exception as error:
            del self._tasks[name]
            raise RuntimeError("The scheduler takes no task.") from error
        task.future.add_done_callback(partial(self._done, task))
        return task

    def close(self) -> None:
        """Tell all tasks to end their children, and hang up."""
        self._closed = True
        for task in tuple(self._tasks.values()):
            task.cancel()
        self._client.close()

    def _hear(self, event: tuple[Any, Mapping[str, Any]]) -> None:
        """What a task says meanwhile."""
        _, said = event
        task = self._tasks.get(said["name"])
        if task is not None:
            pid = said.get("pid")
            task.hear(Told(said["stage"], said["incumbent"], said["bound"]) if pid is None else Begun(pid))

    def _done(self, task: _Task, future: Any) -> None:
        try:
            outcome: Outcome = future.result()
        except Exception as error:  # noqa: BLE001 - a worker or the scheduler is gone; Dask has many words for it
            LOG.warning("A task of the cluster is lost: %s.", type(error).__name__)
            outcome = Gone()
        self._tasks.pop(task.name, None)
        task.hear(outcome)
        task.forget()


class _Task:
    """A question that a worker holds a child for."""

    def __init__(self, client: Any, name: str, hear: Heard) -> None:
        self.name, self.future = name, None
        self._client, self._hear = client, hear
        self._cancelled = False

    def hear(self, what: Begun | Told | Outcome) -> None:
        self._hear(self, what)

    def cancel(self) -> None:
        """Set the event that the task looks at; beside the caller, as a scheduler that is gone keeps one waiting."""
        if not self._cancelled:
            self._cancelled = True
            threading.Thread(target=self._say, args=("set", self.name), daemon=True).start()

    def forget(self) -> None:
        """Let the scheduler forget what was said of it."""
        for name in (self.name, _taken(self.name)):
            self._say("clear", name)

    def _say(self, what: str, name: str) -> None:
        with suppress(Exception):  # Dask has many words for a scheduler that is gone, and its tasks end by themselves
            getattr(_event(name, self._client), what)()


class _Order(NamedTuple):
    """What a task is given."""

    name: str
    topic: str
    question: Question
    limits: str
    answering: Answering
    warm: Callable[[], None]


def hold(order: _Order) -> Outcome:
    """Hold a child of this machine until it has answered or is not wanted: what a task does."""
    distributed = _distributed()
    worker, client = distributed.get_worker(), distributed.get_client()
    unwanted, taken = (_event(name, client) for name in (order.name, _taken(order.name)))
    # Dask does the task of a lost worker again by itself; but only the ledger of runs counts attempts.
    if taken.is_set():
        return Gone()
    taken.set()
    heard: SimpleQueue[Begun | Told | Outcome] = SimpleQueue()
    job = _children(order.limits, order.answering, order.warm).begin(order.question, lambda _, what: heard.put(what))
    threading.Thread(target=_cancel_when, args=(unwanted, job), daemon=True).start()
    while True:
        try:
            what = heard.get(timeout=LOOK)
        except Empty:
            continue
        if not isinstance(what, Begun | Told):
            return what
        said = {"pid": what.pid} if isinstance(what, Begun) else vars(what)
        worker.log_event(order.topic, {"name": order.name, **said})


def _cancel_when(unwanted: Any, job: Job) -> None:
    """End the child as soon as nobody wants its answer; also when the scheduler, who would say so, is gone."""
    try:
        while not job.ended:
            if unwanted.wait(timeout=LOOK):
                return job.cancel()
    except Exception:  # noqa: BLE001 - Dask has many words for a scheduler that is gone
        job.cancel()


@cache
def _children(limits: str, answering: Answering, warm: Callable[[], None]) -> Children:
    """The children of a worker's process; they end with it."""
    # A worker under Dask's nanny is a daemon, which may have no children, as they could outlive it: ours do not.
    getattr(multiprocessing.current_process(), "_config")["daemon"] = False  # noqa: B009
    # The scheduler says how many tasks a worker has; here none is to be refused.
    return Children(RunLimits.model_validate_json(limits), answering, warm)


def _taken(name: str) -> str:
    """The event that says that a task was begun."""
    return f"{name}-taken"


def _event(name: str, client: Any) -> Any:
    return _distributed().Event(name, client)


def _connected(address: str) -> Any:
    try:
        return _distributed().Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise OptionError(f"No Dask scheduler answers at {address}: {error}") from None


def _distributed() -> Any:
    try:
        import distributed  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise MissingExtra("cluster", "Work on a Dask cluster") from None
    found: Any = distributed
    return found
