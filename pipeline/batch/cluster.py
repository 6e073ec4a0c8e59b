"""The same work on a Dask cluster: an extra, imported only when a cluster is asked for.

Each Dask worker keeps a pool of one warm worker process of its own, so that limits, crashes and noise are
dealt with as on one machine, and a document that ends its process does not end the Dask worker.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import queue
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .pool import LocalPool
from .refusal import LoadFailed, Refused, Stopped
from .task import Job, Limits, Outcome, Task, crash_failure

try:
    distributed: Any = importlib.import_module("distributed")
except ImportError:
    raise Refused("A cluster needs Dask.", "Install it with: pip install 'attsats[cluster]'.") from None

_CONNECT_WITHIN, _WORKERS_WITHIN, _RESULT_WITHIN = 30.0, 60.0, 60.0
_NO_WORKERS_WITHIN, _COUNT_EVERY = 120.0, 5.0


class Host(distributed.WorkerPlugin):  # type: ignore[misc]
    """What lives on a Dask worker: warm pools, one for each of its threads that has had work."""

    def __init__(self, name: str, job: Job, limits: Limits) -> None:
        self.name, self._job, self._limits = name, job, limits

    def setup(self, worker: Any) -> None:
        """Called by Dask, on each worker, also on those that come later."""
        self._idle: queue.SimpleQueue[LocalPool] = queue.SimpleQueue()
        if not self._limits.memory:  # not said: the share of what Dask gives this worker
            given = worker.memory_manager.memory_limit or 0
            self._limits = replace(self._limits, memory=int(given * 0.8 / max(1, worker.state.nthreads)))

    def teardown(self, worker: Any) -> None:
        """Called by Dask when the plugin is taken away or the worker ends."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    @contextlib.contextmanager
    def pool(self) -> Iterator[LocalPool]:
        """A pool that nobody else is using; one that fails is not used again."""
        try:
            pool = self._idle.get_nowait()
        except queue.Empty:
            pool = LocalPool(self._job, jobs=1, limits=self._limits)
        try:
            yield pool
        except BaseException:
            pool.close()
            raise
        self._idle.put(pool)

    def do(self, task: Task) -> Outcome:
        """One document, behind all limits."""
        with self.pool() as pool:
            pool.submit(task)
            while not (came := pool.wait(1.0)):
                pass
            return replace(came[0], suspect=False)  # it was alone

    def versions(self) -> dict[str, str]:
        """Those of the models on this machine."""
        with self.pool() as pool:
            return pool.versions


def do_on_host(task: Task, plugin: str) -> Outcome:
    """What is submitted to Dask."""
    host: Host = distributed.get_worker().plugins[plugin]
    return host.do(task)


def versions_on_host(plugin: str, dask_worker: Any) -> dict[str, str]:
    """The versions of a Dask worker (``Client.run`` passes it)."""
    from ..record import version

    host: Host = dask_worker.plugins[plugin]
    return {"attsats": version(), **host.versions()}


class ClusterPool:
    """A running Dask scheduler and its workers.

    Raises:
        Refused: it cannot be reached, has no workers, or its workers have different versions.
    """

    def __init__(self, job: Job, *, address: str, limits: Limits, send_bytes: bool = False) -> None:
        self._send_bytes = send_bytes
        self._client = _connect(address)
        self._plugin = f"attsats-{uuid.uuid4().hex[:12]}"
        self._came: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._tasks: dict[str, Task] = {}
        self._counted, self._threads, self._last_alive = 0.0, 0, time.monotonic()
        self._checked_disk = send_bytes
        try:
            self._client.wait_for_workers(1, timeout=_WORKERS_WITHIN)
            self._client.register_plugin(Host(self._plugin, job, limits), name=self._plugin)
            self.versions = self._agreed_versions()
        except TimeoutError:
            self._client.close()
            raise Refused(f"The scheduler {address} has no workers.", "Start some with: dask worker ADDRESS.") from None
        except OSError as error:
            self._client.close()
            raise _unreachable(address, error) from error
        except BaseException:
            self._client.close()
            raise

    @property
    def slots(self) -> int:
        """How many documents the cluster works on at a time."""
        now = time.monotonic()
        if now - self._counted > _COUNT_EVERY:
            try:
                self._threads = sum(self._client.nthreads().values())
            except OSError as error:
                raise _lost(error) from error
            self._counted = now
            if self._threads:
                self._last_alive = now
            elif now - self._last_alive > _NO_WORKERS_WITHIN:
                raise Stopped("The cluster has no workers any more.", "Start some, then go on with --resume.")
        return self._threads

    @property
    def room(self) -> int:
        """Twice as many as there are threads, so that none waits for us."""
        return max(0, 2 * self.slots - len(self._tasks))

    @property
    def in_hand(self) -> int:
        """How many documents were submitted and have not come back."""
        return len(self._tasks)

    def submit(self, task: Task) -> None:
        """Send a task: its path, or its bytes."""
        if not self._checked_disk:
            self._check_disk(task.path)
        sent = replace(task, page_jobs=1)
        if self._send_bytes:
            sent = replace(sent, data=Path(task.path).read_bytes(), pages_kept=None)
        # Not pure: a retried document must not be answered by its own earlier failure.
        future = self._client.submit(
            do_on_host, sent, self._plugin, pure=False, key=f"{task.sha256}-{uuid.uuid4().hex}"
        )
        self._tasks[future.key] = task
        future.add_done_callback(self._came.put)

    def wait(self, seconds: float) -> list[Outcome]:
        """The outcomes that have come, after at most ``seconds``.

        Raises:
            Stopped: the scheduler is gone.
        """
        _ = self.slots  # notices when all workers are gone
        outcomes = []
        with contextlib.suppress(queue.Empty):
            outcomes += self._outcome(self._came.get(timeout=seconds))
            while True:
                outcomes += self._outcome(self._came.get_nowait())
        return outcomes

    def close(self) -> None:
        """Take the pools away from the workers and hang up; what runs there ends by its time limit at the latest."""
        with contextlib.suppress(Exception):
            self._client.cancel(list(self._tasks), force=True)
        with contextlib.suppress(Exception):
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close(timeout=5)

    def _outcome(self, future: Any) -> list[Outcome]:
        if future.cancelled() or future.status == "lost":
            raise _lost("cancelled")
        try:
            outcome: Outcome = future.result(timeout=_RESULT_WITHIN)
        except TimeoutError:  # the worker that held the result died: Dask works it out again
            future.add_done_callback(self._came.put)
            return []
        except distributed.KilledWorker:
            task = self._tasks.pop(future.key)
            failure = crash_failure("the Dask worker died with it")
            # Dask blames all documents that a dead worker had, not only the one it was at.
            return [Outcome(task.seq, task.sha256, failure=failure, crashed=True, suspect=True)]
        except (distributed.CancelledError, OSError) as error:
            raise _lost(error) from error
        except LoadFailed as error:
            raise Stopped(f"A cluster worker cannot load its models: {error.message}", error.advice) from error
        self._tasks.pop(future.key)
        return [outcome]

    def _agreed_versions(self) -> dict[str, str]:
        from ..record import version

        answers: dict[str, dict[str, str]] = self._client.run(versions_on_host, self._plugin)
        expected = {"attsats": version()}
        models: dict[str, str] | None = None
        for worker, found in answers.items():
            models = models if models is not None else {k: v for k, v in found.items() if k != "attsats"}
            if found != {**expected, **models}:
                raise Refused(
                    f"The worker {worker} has other versions: {found} instead of { {**expected, **models} }.",
                    "Install the same attsats on all machines.",
                )
        return models or {}

    def _check_disk(self, path: str) -> None:
        blind = [worker for worker, sees in self._client.run(os.path.exists, path).items() if not sees]
        if blind:
            raise Stopped(f"The cluster worker {blind[0]} does not see {path}.", "Use --send-bytes, or a shared disk.")
        self._checked_disk = True


def _connect(address: str) -> Any:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we tell what happens ourselves
    try:
        if os.path.exists(address):
            return distributed.Client(scheduler_file=address, timeout=_CONNECT_WITHIN, set_as_default=False)
        return distributed.Client(address, timeout=_CONNECT_WITHIN, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise _unreachable(address, error) from error


def _unreachable(address: str, error: object) -> Refused:
    return Refused(f"The scheduler {address} cannot be reached: {error}.", "Check that it is running.")


def _lost(error: object) -> Stopped:
    return Stopped(f"The connection to the scheduler was lost: {error}.", "Nothing is lost: go on with --resume.")
