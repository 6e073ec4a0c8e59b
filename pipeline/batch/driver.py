"""The loop of a batch: feed the pool, keep the outcomes, judge the crashes, stop when asked."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol

from .feed import LARGE, Feed
from .journal import Journal
from .progress import Report, State
from .task import Failure, Outcome, Task

STRIKES = 2  # workers that a document may end before it is quarantined
_TURN = 0.25


class Pool(Protocol):
    """Where documents are worked on: on this machine or on a cluster."""

    @property
    def room(self) -> int: ...
    @property
    def slots(self) -> int: ...
    @property
    def in_hand(self) -> int: ...
    def submit(self, task: Task) -> None: ...
    def wait(self, seconds: float) -> list[Outcome]: ...
    def close(self) -> None: ...


@dataclass
class Interrupts:
    """How often somebody asked to stop: once finishes what is in hand, twice stops at once.

    Before the work begins there is nothing to finish, and whoever asks may stop it as he likes.
    """

    count: int = 0
    working: bool = False


class Driver:
    """One run over a list that stands in the journal."""

    def __init__(self, journal: Journal, feed: Feed, pool: Pool, report: Report, interrupts: Interrupts) -> None:
        self._journal, self._feed, self._pool, self._report = journal, feed, pool, report
        self._interrupts = interrupts
        self._tasks: dict[str, Task] = {}
        self._again: deque[Task] = deque()
        self._suspects: deque[Task] = deque()  # to be tried alone, when all others are done
        self._retried: set[str] = set()
        inputs, size = journal.totals()
        self.state = State(inputs=inputs, bytes=size)

    def run(self) -> bool:
        """Work until all is done or somebody stops it.

        Returns:
            Whether all is done.

        Raises:
            Stopped: the disk is full.
        """
        self.state.begun = time.monotonic()
        self._interrupts.working = True
        self._report.begin(self.state)
        try:
            while self._interrupts.count < 2:
                if not self._interrupts.count:
                    self._fill()
                self._count_skipped()
                if not self._pool.in_hand:
                    if self._interrupts.count or self._nothing_left:
                        break
                    self._feed.rest(_TURN)
                else:
                    for outcome in self._pool.wait(_TURN):
                        self._settle(outcome)
                self._journal.tick()
                self._report.tick(self.state)
            complete = self._nothing_left and not self._pool.in_hand
            while self._interrupts.count == 1 and self._feed.recognise():
                self._journal.tick()
            self._count_skipped()
            self._journal.commit()
        finally:
            self._interrupts.working = False
        return complete

    def page_done(self, task: Task, done: int, of: int) -> None:
        """A page of a document in hand has been read."""
        self.state.open_pages[task.sha256] = (done, of)

    @property
    def _nothing_left(self) -> bool:
        return self._feed.exhausted and not self._again and not self._suspects

    def _fill(self) -> None:
        while self._pool.room > 0:
            task = self._again.popleft() if self._again else self._feed.next()
            if task is None and self._suspects and self._feed.exhausted and not self._pool.in_hand:
                task = self._suspects.popleft()
            if task is None:
                return
            self._tasks[task.sha256] = task
            self._pool.submit(replace(task, page_jobs=self._page_jobs(task)))

    def _page_jobs(self, task: Task) -> int:
        """How many pages of it may be read at once.

        One large document at a time may use all slots, although other documents are in hand: the kernel shares
        the cores, and when the others are done it is not left alone with one. At the end of the list the slots
        that nobody needs go to whoever comes last.
        """
        idle = self._pool.room if self._feed.exhausted and not self._again else 1
        large = task.size >= LARGE and not any(
            other.size >= LARGE for other in self._tasks.values() if other.sha256 != task.sha256
        )
        return max(1, self._pool.slots if large else idle)

    def _count_skipped(self) -> None:
        self.state.done += self._feed.skipped
        self.state.reused += self._feed.skipped
        self._feed.skipped = 0
        for name, failure in self._feed.unreadable:
            self._fail(name, failure)
            self.state.done += 1
        self._feed.unreadable.clear()

    def _settle(self, outcome: Outcome) -> None:
        task = self._tasks.pop(outcome.sha256)
        self.state.open_pages.pop(outcome.sha256, None)
        if self._worth_trying_again(outcome):
            (self._suspects if outcome.suspect else self._again).append(task)
            return
        self._journal.keep(task.name, outcome)
        self._feed.settled(task)
        self.state.done += 1
        self.state.worked += 1
        self.state.worked_bytes += task.size
        self.state.pages += outcome.pages
        if outcome.failure:
            self._fail(task.name, outcome.failure)

    def _worth_trying_again(self, outcome: Outcome) -> bool:
        """A crash may have come from the worker's past, a slip of the disk may pass; nothing else changes by itself."""
        if outcome.crashed:
            return self._journal.strike(outcome.sha256) < STRIKES
        if outcome.transient and outcome.sha256 not in self._retried:
            self._retried.add(outcome.sha256)
            return True
        return False

    def _fail(self, name: str, failure: Failure) -> None:
        self.state.failed += 1
        self._report.failure(name, failure)
