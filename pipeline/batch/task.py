"""One document's work, the same on one machine and on a cluster: a task goes in, an outcome comes out.

What is to be done is named by dotted paths (``module:function``), so that a process that has not yet
imported anything can be told, and so that tests and benchmarks can put another function there.
"""

from __future__ import annotations

import importlib
import json
import traceback
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import AttsatsError

Json = dict[str, Any]

REPORT = "Try it alone with 'attsats extract'; if it fails there too, please report it."


@dataclass(frozen=True)
class Job:
    """What is done to every document.

    Attributes:
        extract: ``extract(source, name=, settings=, models=) -> list of records``.
        load: gives the models, once a process; ``None`` for none.
        configure: ``configure(settings, task, tell)`` makes the settings of one document; ``tell(done, of)``
            is to be called after each page.
        settings: plain JSON values.
    """

    extract: str = "pipeline.run:extract"
    load: str | None = "pipeline.models:load"
    configure: str | None = "pipeline.batch.task:pipeline_settings"
    settings: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> Json:
        """For the wire and the manifest."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Task:
    """One document: its place in the list, the name for its record, and a path or its bytes.

    ``page_jobs`` pages may be read at once; ``pages_kept`` is a folder in which a long file's pages are
    kept as they are read, so that a run that was killed goes on in the middle of it.
    """

    seq: int
    sha256: str
    name: str
    path: str
    size: int = 0
    data: bytes | None = None
    page_jobs: int = 1
    pages_kept: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no record."""

    code: str
    message: str
    advice: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Attributes:
        lines: the records, as compressed JSON lines.
        failure: why there are none.
        crashed: the process that worked on it died.
        suspect: but another document may have killed it.
        transient: trying again may help.
    """

    seq: int
    sha256: str
    lines: bytes = b""
    ids: tuple[str, ...] = ()
    pages: int = 0
    failure: Failure | None = None
    crashed: bool = False
    suspect: bool = False
    transient: bool = False


@dataclass(frozen=True)
class Limits:
    """What one document may take.

    Attributes:
        seconds: at most this long; ``None``: five minutes and one more for each megabyte.
        memory: bytes beyond the loaded models (times the pages read at once); 0 for no limit.
    """

    seconds: float | None = None
    memory: int = 0

    def seconds_for(self, task: Task) -> float:
        """The time limit of a document.

        >>> Limits().seconds_for(Task(0, "", "a", "a", size=2_000_000)), Limits(5).seconds_for(Task(0, "", "a", "a"))
        (420.0, 5)
        """
        return self.seconds if self.seconds is not None else 300.0 + 60.0 * task.size / 1e6


Tell = Callable[[int, int], None]
Work = Callable[[Task, Tell], Outcome]


def named(path: str) -> Any:
    """The object behind ``module:attribute``.

    >>> named("json:dumps")([1])
    '[1]'
    """
    module, _, attribute = path.partition(":")
    return getattr(importlib.import_module(module), attribute)


def pipeline_settings(settings: Mapping[str, Any], task: Task, tell: Tell) -> Any:
    """The pipeline's own settings for one document."""
    from pathlib import Path

    from ..ocr import OcrSettings
    from ..run import Settings

    kept = Path(task.pages_kept) if task.pages_kept else None
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    ocr = OcrSettings(**settings.get("ocr", {}), jobs=task.page_jobs, recorded=kept, progress=tell)
    return Settings(ocr=ocr, split=bool(settings.get("split", True)))


def prepare(job: Job) -> tuple[Work, dict[str, str]]:
    """Import and load all that the job needs; gives the work and the versions of the models.

    Raises:
        AttsatsError: a model is missing.
    """
    extract = named(job.extract)
    models = named(job.load)() if job.load else None
    configure = named(job.configure) if job.configure else None

    def work(task: Task, tell: Tell) -> Outcome:
        try:
            settings = configure(job.settings, task, tell) if configure else job.settings
            source = task.path if task.data is None else task.data
            records = extract(source, name=task.name, settings=settings, models=models)
            return _success(task, records)
        except BaseException as error:  # a document must not end its worker, not even by SystemExit
            return failed(task, error)

    return work, dict(getattr(models, "versions", {}) or {})


def line(record: Json) -> str:
    """The one way a record is written, so that the same record is the same bytes on every run."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def encoded(lines: str) -> bytes:
    """UTF-8; a lone surrogate, which has none, becomes the JSON escape that it is in text.

    >>> encoded('"\\udce5"')
    b'"\\\\udce5"'
    """
    return lines.encode("utf-8", "backslashreplace")


def _success(task: Task, records: list[Json]) -> Outcome:
    sources = [record.get("source", {}) for record in records]
    for source in sources:
        if task.sha256 and source.get("sha256", task.sha256) != task.sha256:
            raise InputChanged("The file changed while it was being read.", "Run again with --resume.")
    return Outcome(
        task.seq,
        task.sha256,
        lines=zlib.compress(encoded("".join(map(line, records))), 1),
        ids=tuple(str(record.get("id", "")) for record in records),
        pages=int(sources[0].get("pages", 1)) if sources else 0,
    )


class InputChanged(AttsatsError):
    """The bytes that were read are not those that were listed."""

    code, exit_code = "input.changed", 16


def failed(task: Task, error: BaseException) -> Outcome:
    """The outcome of an exception; ``transient`` where trying again may help."""
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, AttsatsError):
        failure = Failure(error.code, error.message, error.advice, trace)
        transient = error.code == InputChanged.code
    elif isinstance(error, MemoryError):
        failure = memory_failure(trace)
        transient = False
    else:
        failure = Failure("error", f"{type(error).__name__}: {error}", REPORT, trace)
        transient = isinstance(error, OSError)
    return Outcome(task.seq, task.sha256, failure=failure, transient=transient)


def memory_failure(trace: str = "") -> Failure:
    """The document asked for more memory than it may have."""
    advice = "Give it more with --memory-limit MB and --retry-failed, or split the file."
    return Failure("limit.memory", "The document needs more memory than its limit.", advice, trace)


def time_failure(trace: str = "") -> Failure:
    """The document was not done in its time."""
    advice = "Give it more with --time-limit S and --retry-failed, or split the file."
    return Failure("limit.time", "The document was not done within its time limit.", advice, trace)


def crash_failure(how: str, trace: str = "") -> Failure:
    """The document ended the process that read it, twice."""
    advice = f"It is quarantined and not tried again without --retry-failed. {REPORT}"
    return Failure("worker.crashed", f"The document ended two worker processes: {how}.", advice, trace)
