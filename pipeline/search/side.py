"""Preparing records in processes beside the one that writes them, which lends a hand when it would have to wait."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, cycle, islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from .analysis import Analysed, Analyzer, analyzer
from .entries import Fate
from .incoming import Incoming
from .preparing import Prepared, Preparer

FEW = 100  # records for which no other process is started
CHUNK = 500_000  # bytes of records that go over together
AHEAD = 60_000_000  # bytes that are on their way while the writer writes
UNCOLLECTED = 100_000  # objects made between two searches for cycles: a record holds thousands that are in none

Chunk = list[Incoming]
Answer = list[Prepared] | None  # none where that process could not do it
Learned = dict[str, Analysed]  # the words that a process met for the first time


@dataclass(frozen=True, slots=True)
class Helper:
    """A process that prepares, with what it is to do and what it has done, both in order."""

    process: BaseProcess
    inbox: Connection
    outbox: Connection
    sender: ThreadPoolExecutor  # going on while the process does not listen

    def ask(self, chunk: Chunk) -> Future[None]:
        """Let it prepare a chunk when it has time; until it has, the chunk can be taken back."""
        return self.sender.submit(self.inbox.send, [came.text for came in chunk])

    def has_answered(self) -> bool:
        """Whether its next answer need not be waited for, be it that it was killed."""
        try:
            return self.outbox.poll()
        except OSError:
            return True

    def answer(self, words: Analyzer) -> Answer:
        """What it made of its next chunk, and its words for those who have not met them; nothing where it was
        killed."""
        try:
            made: tuple[Answer, Learned] = self.outbox.recv()
        except (EOFError, OSError):
            return None
        words.learn(made[1])
        return made[0]

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.sender.shutdown(cancel_futures=True)
        self.inbox.close()
        self.outbox.close()


@dataclass(slots=True)
class Task:
    """A chunk on its way: to a helper, unless this process takes it back before the helper has time for it."""

    chunk: Chunk
    helper: Helper
    sending: Future[None]
    own: Answer = None
    taken: bool = False

    def is_done(self) -> bool:
        """Whether it need not be waited for, where it is the first."""
        return self.taken or self.helper.has_answered()

    def take(self, preparer: Preparer) -> bool:
        """Prepare it here; False where its helper has it already, or it is done."""
        if self.taken or not self.sending.cancel():
            return False
        self.taken, self.own = True, _answer(preparer, self.chunk)
        return True

    def answer(self, words: Analyzer) -> Answer:
        """What was made of it."""
        return self.own if self.taken else self.helper.answer(words)


def prepared(records: Iterable[Incoming], preparer: Preparer, jobs: int) -> Iterator[Prepared]:
    """Records ready to be written, in the order in which they came, whatever ``jobs`` is.

    Args:
        records: what came.
        preparer: prepares them in this process: where there is no other, and what another could not do.
        jobs: processes in all, this one among them; for a few records no other is started.

    Raises:
        What :meth:`Preparer.prepare` does.
    """
    source = iter(records)
    first = list(islice(source, FEW))
    if jobs <= 1 or len(first) < FEW or preparer.words.version != analyzer().version:
        yield from map(preparer.prepare, chain(first, source))
        return
    helpers = [_helper(preparer) for _ in range(jobs - 1)]
    try:
        for chunk, answer in _in_order(_chunks(chain(first, source)), helpers, preparer):
            if answer is None:
                preparer.forget()  # what it met in chunks further on has not been told yet
            yield from map(preparer.prepare, chunk) if answer is None else answer
    finally:
        for helper in helpers:
            helper.end()


def _chunks(records: Iterable[Incoming]) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for came in records:
        chunk.append(came)
        size += len(came.text)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(chunk: Chunk) -> int:
    return sum(len(came.text) for came in chunk)


def _in_order(chunks: Iterator[Chunk], helpers: list[Helper], preparer: Preparer) -> Iterator[tuple[Chunk, Answer]]:
    """Every chunk with what was made of it; helpers have more to do meanwhile.

    Where the next answer is not there yet, chunks are prepared here until it is. Each process prepares its chunks in
    order: a word is told with the first record that holds it, so that no batch is written without it.
    """
    turns = cycle(helpers)
    tasks: deque[Task] = deque()
    ahead = 0
    while True:
        while ahead < AHEAD and (chunk := next(chunks, None)):
            helper = next(turns)
            tasks.append(Task(chunk, helper, helper.ask(chunk)))
            ahead += _size(chunk)
        if not tasks:
            return
        while not tasks[0].is_done() and any(task.take(preparer) for task in tasks):
            pass
        task = tasks.popleft()
        ahead -= _size(task.chunk)
        yield task.chunk, task.answer(preparer.words)


def _helper(preparer: Preparer) -> Helper:
    context = multiprocessing.get_context("spawn")  # a forked process would hold the open file of the index too
    its_inbox, inbox = context.Pipe(duplex=False)
    outbox, its_outbox = context.Pipe(duplex=False)
    arguments = (its_inbox, its_outbox, preparer.known, preparer.masked)
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    its_inbox.close()  # so that the end of either process is the end of what it says
    its_outbox.close()
    return Helper(process, inbox, outbox, ThreadPoolExecutor(1))


def _work(inbox: Connection, outbox: Connection, known: Mapping[str, Fate], masked: bool) -> None:
    """Prepare whatever comes, until the process is ended or nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    gc.set_threshold(UNCOLLECTED, *gc.get_threshold()[1:])
    preparer = Preparer(analyzer(), known, masked=masked)
    with ThreadPoolExecutor(1) as sender, contextlib.suppress(EOFError, OSError):
        while True:  # the sender goes on while nobody listens
            made = _answer(preparer, map(Incoming, inbox.recv()))
            learned = {row[0]: preparer.words.word(row[0]) for one in made or () for row in one.fresh}
            sender.submit(outbox.send, (made, learned))


def _answer(preparer: Preparer, chunk: Iterable[Incoming]) -> Answer:
    try:
        return list(map(preparer.prepare, chunk))
    except Exception:  # whoever writes meets it again, and tells it where it belongs
        return None
