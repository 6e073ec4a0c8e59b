"""One call of the batch: check, list, work, write."""

from __future__ import annotations

import platform
import shutil
import socket
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import AttsatsError
from .checks import check_place, check_room, check_same
from .driver import Driver, Interrupts, Pool
from .feed import Feed
from .inputs import Selection
from .journal import FILE, FOLDER, Journal
from .outputs import write
from .pool import LocalPool
from .progress import Quiet, Report
from .refusal import DONE, INTERRUPTED, SOME_FAILED, Stopped
from .task import Job, Limits, Task

Json = dict[str, Any]

SHARDS = "shards"
# What may be another time when somebody has mended the installation.
MENDABLE = ("engine.missing", "model.missing", "input.changed")


@dataclass(frozen=True)
class Plan:
    """What is asked for.

    Attributes:
        selection: the documents; without sources, those of the run that is resumed.
        out: the folder of results; a shard works in a folder of its own below it.
        jobs: documents at a time on this machine.
        shard: K and N, to do every N-th document only, beginning with the K-th (from 1).
        cluster: address of a Dask scheduler, or its scheduler file.
        keep_pages: keep the pages of large scans as they are read, to go on in the middle of one. Not the default:
            the recorded pages lack the notes on how they were read, so a killed run would differ from a calm one.
        send_bytes: give a cluster the bytes of each document, where its machines do not see the same disk.
    """

    selection: Selection
    out: Path
    job: Job = field(default_factory=Job)
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    resume: bool = False
    retry_failed: bool = False
    shard: tuple[int, int] | None = None
    cluster: str | None = None
    send_bytes: bool = False
    keep_pages: bool = False

    @property
    def place(self) -> Path:
        """Where this call writes."""
        return self.out if self.shard is None else shard_place(self.out, *self.shard)


@dataclass(frozen=True)
class Ending:
    """How it went: the manifest (``None`` where none was written) and the exit code."""

    manifest: Json | None
    exit_code: int


def shard_place(out: Path, k: int, n: int) -> Path:
    """The folder of one shard."""
    return out / SHARDS / f"{k}-of-{n}"


def run(
    plan: Plan, *, report: Report | None = None, interrupts: Interrupts | None = None, stdin: BinaryIO | None = None
) -> Ending:
    """Do a batch.

    Raises:
        Refused: it would not go well; nothing has been changed.
        Stopped: it had to end early; nothing finished is lost.
        AttsatsError: the models cannot be loaded.
    """
    going_on = plan.resume or plan.retry_failed
    check_place(plan.place, plan.selection, resume=going_on)
    fresh = not (plan.place / FOLDER / FILE).exists()
    with closing(Journal(plan.place)) as journal:
        try:
            check_same(journal, "job", plan.job.as_json(), "other settings")
            check_same(journal, "shard", list(plan.shard or (1, 1)), "other shards")
            listener = _Listener()
            pool, versions = _pool(plan, listener)
            with closing(pool):
                check_same(journal, "versions", versions, "other versions")
                _prepare(journal, plan, stdin)
                journal.put("versions", versions)
                return _work(journal, plan, pool, listener, report or Quiet(), interrupts or Interrupts())
        except (AttsatsError, KeyboardInterrupt):
            if fresh and journal.get("versions") is None:  # no work was done: leave no run behind
                journal.close()
                _clean(plan)
            raise
        except (sqlite3.OperationalError, OSError) as error:
            raise Stopped(
                f"The results cannot be written to {plan.place}: {error}.",
                "Make room on the disk, then go on with --resume; nothing finished is lost.",
            ) from error


def _prepare(journal: Journal, plan: Plan, stdin: BinaryIO | None) -> None:
    if plan.selection.sources:
        digest = journal.list_inputs(plan.selection.entries(stdin), plan.shard or (1, 1))
        journal.put("list", digest)
    count, size = journal.totals()
    left = max(0, count - journal.outcomes())
    check_room(plan.place, left, size * left // max(1, count))
    journal.put("job", plan.job.as_json())
    journal.put("shard", list(plan.shard or (1, 1)))
    journal.forget_failures(None if plan.retry_failed else MENDABLE)


def _work(
    journal: Journal, plan: Plan, pool: Pool, listener: _Listener, report: Report, interrupts: Interrupts
) -> Ending:
    started = datetime.now(UTC)
    with closing(Feed(journal, plan.place, keep_pages=plan.keep_pages)) as feed:
        driver = Driver(journal, feed, pool, report, interrupts)
        listener.driver = driver
        begun = time.monotonic()
        try:
            complete = driver.run()
        except BaseException:
            report.end(driver.state, "Stopped early; nothing finished is lost.")
            raise
    past = journal.get("seconds") or 0.0
    sessions = (journal.get("sessions") or 0) + 1
    journal.put("seconds", past + time.monotonic() - begun)
    journal.put("sessions", sessions)
    journal.commit()
    if interrupts.count > 1:
        report.end(driver.state, "Stopped at once; nothing finished is lost. Go on with --resume.")
        return Ending(None, INTERRUPTED)
    about = {
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(past + time.monotonic() - begun, 1),
        "sessions": sessions,
        "jobs": pool.slots,
        "host": socket.gethostname(),
    }
    manifest = write(journal, plan.place, facts(journal, about))
    report.end(driver.state, summary(manifest, plan.place))
    return Ending(manifest, exit_code(manifest, complete))


def facts(journal: Journal, about: Mapping[str, Any]) -> Json:
    """What the manifest tells beside counts: versions, settings, and (last) the run itself."""
    job = journal.get("job")
    return {
        "versions": journal.get("versions"),
        "settings": job["settings"],
        "task": job["extract"],
        "shard": journal.get("shard"),
        "list": journal.get("list"),
        "run": dict(about),
    }


def summary(manifest: Json, out: Path) -> str:
    """One line for people."""
    counts = manifest["counts"]
    parts = [f"{counts['done']} of {counts['documents']} documents done"]
    if counts["duplicates"]:
        parts.append(f"{counts['duplicates']} further names of the same bytes")
    if counts["failed"]:
        parts.append(f"{counts['failed']} failed (see {out / 'failures.jsonl'})")
    if counts["pending"]:
        parts.append(f"{counts['pending']} not begun: go on with --resume")
    return ", ".join(parts) + "."


def exit_code(manifest: Json, complete: bool) -> int:
    """0, or the code that says what is not as it should be."""
    if not complete:
        return INTERRUPTED
    return SOME_FAILED if manifest["counts"]["failed"] else DONE


class _Listener:
    """Pages are told by the pool, which is there before the driver."""

    def __init__(self) -> None:
        self.driver: Driver | None = None

    def __call__(self, task: Task, done: int, of: int) -> None:
        if self.driver:
            self.driver.page_done(task, done, of)


def _pool(plan: Plan, listener: _Listener) -> tuple[Pool, Json]:
    if plan.cluster:
        from .cluster import ClusterPool

        cluster = ClusterPool(plan.job, address=plan.cluster, limits=plan.limits, send_bytes=plan.send_bytes)
        return cluster, _versions(cluster.versions)
    local = LocalPool(plan.job, jobs=plan.jobs, limits=plan.limits, tell=listener)
    return local, _versions(local.versions)


def _versions(models: Mapping[str, str]) -> Json:
    from ..record import version

    return {"attsats": version(), "models": dict(models), "python": platform.python_version()}


def _clean(plan: Plan) -> None:
    shutil.rmtree(plan.place / FOLDER, ignore_errors=True)
    places = [plan.place, *([plan.place.parent, plan.out] if plan.shard else [])]
    for place in places:
        with suppress(OSError):  # only where it is empty
            place.rmdir()
