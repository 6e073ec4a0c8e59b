"""Preparing records in processes beside the one that writes them."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, cycle, islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from .analysis import analyzer
from .entries import Fate
from .incoming import Incoming
from .preparing import Prepared, Preparer

FEW = 100  # records for which no other process is started
CHUNK = 500_000  # bytes of records that go over together
AHEAD = 60_000_000  # bytes that are on their way while the writer writes
UNCOLLECTED = 100_000  # objects made between two searches for cycles: a record holds thousands that are in none

Chunk = list[Incoming]
Answer = list[Prepared] | None  # none where that process could not do it


@dataclass(frozen=True, slots=True)
class Helper:
    """A process that prepares, with what it is to do and what it has done, both in order."""

    process: BaseProcess
    inbox: Connection
    outbox: Connection
    sender: ThreadPoolExecutor  # going on while the process does not listen

    def ask(self, chunk: Chunk) -> None:
        """Let it prepare a chunk when it has time."""
        self.sender.submit(self.inbox.send, [came.text for came in chunk])

    def answer(self) -> Answer:
        """What it made of its next chunk; nothing where it was killed."""
        try:
            made: Answer = self.outbox.recv()
        except (EOFError, OSError):
            return None
        return made

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.sender.shutdown(cancel_futures=True)
        self.inbox.close()
        self.outbox.close()


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
    if jobs <= 1 or len(first) < FEW or preparer.version != analyzer().version:
        yield from map(preparer.prepare, chain(first, source))
        return
    helpers = [_helper(preparer) for _ in range(jobs - 1)]
    try:
        for chunk, answer in _in_order(_chunks(chain(first, source)), helpers):
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


def _in_order(chunks: Iterator[Chunk], helpers: list[Helper]) -> Iterator[tuple[Chunk, Answer]]:
    """Every chunk with what a helper made of it; each has more to do meanwhile."""
    turns = cycle(helpers)
    sent: deque[tuple[Chunk, Helper]] = deque()
    ahead = 0
    while True:
        while ahead < AHEAD and (chunk := next(chunks, None)):
            helper = next(turns)
            helper.ask(chunk)
            sent.append((chunk, helper))
            ahead += _size(chunk)
        if not sent:
            return
        chunk, helper = sent.popleft()
        ahead -= _size(chunk)
        yield chunk, helper.answer()


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
            sender.submit(outbox.send, _answer(preparer, inbox.recv()))


def _answer(preparer: Preparer, texts: list[bytes]) -> Answer:
    try:
        return [preparer.prepare(Incoming(text)) for text in texts]
    except Exception:  # whoever writes meets it again, and tells it where it belongs
        return None
