"""How far it is: a bar for people at a terminal, JSON lines for machines, nothing for everybody else."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from ..durations import duration
from .task import Failure

_TELL_EVERY = 5.0


@dataclass
class State:
    """The figures of the run so far. ``done`` counts inputs with an outcome, also those of earlier runs."""

    inputs: int = 0
    bytes: int = 0
    done: int = 0
    reused: int = 0
    failed: int = 0
    pages: int = 0
    worked: int = 0  # documents of this session
    worked_bytes: int = 0
    begun: float = field(default_factory=time.monotonic)
    open_pages: dict[str, tuple[int, int]] = field(default_factory=dict)  # long documents in hand: pages done, of

    @property
    def seconds(self) -> float:
        """Since the work began."""
        return time.monotonic() - self.begun

    @property
    def all_pages(self) -> int:
        """Pages read, with those of documents that are in hand."""
        return self.pages + sum(done for done, _ in self.open_pages.values())

    def seconds_left(self) -> float | None:
        """A guess by the bytes that are left, once there is something to go by."""
        if not self.worked_bytes or self.done >= self.inputs:
            return 0.0 if self.done >= self.inputs else None
        # What was skipped because it was done already says nothing about speed.
        mean = self.worked_bytes / max(1, self.worked)
        return self.seconds * (self.inputs - self.done) * mean / self.worked_bytes


class Report(Protocol):
    """Somebody who wants to know."""

    def begin(self, state: State) -> None: ...
    def tick(self, state: State) -> None: ...
    def failure(self, name: str, failure: Failure) -> None: ...
    def end(self, state: State, summary: str) -> None: ...


class Quiet:
    """Says nothing until the end, and then only what went wrong."""

    def begin(self, state: State) -> None:
        """Nothing."""

    def tick(self, state: State) -> None:
        """Nothing."""

    def failure(self, name: str, failure: Failure) -> None:
        """Nothing."""

    def end(self, state: State, summary: str) -> None:
        """One line, if anything failed or is left."""
        if state.failed or state.done < state.inputs:
            print(summary, file=sys.stderr)


class JsonLog:
    """One JSON object a line: ``begin``, ``progress`` every five seconds, ``failure``, ``end``."""

    def __init__(self, file: IO[str] | None = None, every: float = _TELL_EVERY) -> None:
        self._file = file or sys.stderr
        self._every = every
        self._told = time.monotonic()

    def begin(self, state: State) -> None:
        """The size of the work."""
        self._say("begin", inputs=state.inputs, bytes=state.bytes)

    def tick(self, state: State) -> None:
        """How far it is."""
        if time.monotonic() - self._told >= self._every:
            self._told = time.monotonic()
            self._say("progress", **_figures(state))

    def failure(self, name: str, failure: Failure) -> None:
        """One document failed."""
        self._say("failure", name=name, code=failure.code, message=failure.message, advice=failure.advice)

    def end(self, state: State, summary: str) -> None:
        """It is over."""
        self._say("end", **_figures(state), summary=summary)

    def _say(self, event: str, **facts: Any) -> None:
        told = {"event": event, "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **facts}
        print(json.dumps(told, ensure_ascii=False), file=self._file, flush=True)


class Bar:
    """A line that moves, for people."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("documents"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages · {task.fields[rate]:.1f} pages/s · {task.fields[failed]} failed"),
            TextColumn("{task.fields[left]}"),
            console=self._console,
            transient=True,
            refresh_per_second=4,
        )
        self._bar: Any = None

    def begin(self, state: State) -> None:
        """Show it."""
        self._bar = self._progress.add_task("", total=state.inputs, pages=0, rate=0.0, failed=0, left="")
        self._progress.start()

    def tick(self, state: State) -> None:
        """Move it."""
        left = state.seconds_left()
        self._progress.update(
            self._bar,
            completed=state.done,
            pages=state.all_pages,
            rate=state.all_pages / max(0.1, state.seconds),
            failed=state.failed,
            left="" if left is None else f"{duration(left)} left",
        )

    def failure(self, name: str, failure: Failure) -> None:
        """Name it above the bar."""
        self._console.print(f"{name}: {failure.message} [{failure.code}]", markup=False, highlight=False)

    def end(self, state: State, summary: str) -> None:
        """Take it away and say how it went."""
        self._progress.stop()
        self._console.print(summary, markup=False, highlight=False)


def _figures(state: State) -> dict[str, Any]:
    left = state.seconds_left()
    return {
        "inputs": state.inputs,
        "done": state.done,
        "reused": state.reused,
        "failed": state.failed,
        "pages": state.all_pages,
        "pages_per_second": round(state.all_pages / max(0.1, state.seconds), 2),
        "documents_per_second": round(state.worked / max(0.1, state.seconds), 2),
        "seconds": round(state.seconds, 1),
        "seconds_left": None if left is None else round(left, 1),
    }
