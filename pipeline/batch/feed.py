"""From the list to tasks: hash each document, skip what has an outcome, hand on the rest."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple

from .journal import FOLDER, Journal
from .task import Failure, Task

LARGE = 20_000_000  # bytes; a scan of this size has pages enough to keep several workers busy
_INLINE = 1 << 20  # smaller files are hashed at once, larger ones beside the work
_BATCH, _AHEAD = 256, 8
_CHUNK = 1 << 20


class Found(NamedTuple):
    """A document whose bytes are known."""

    sha256: str
    size: int
    path: str


class _Waiting(NamedTuple):
    seq: int
    raw: bytes
    name: str
    mark: str
    hashing: Future[Found]


class Feed:
    """Tasks, as they become ready; remembers which content is in hand."""

    def __init__(self, journal: Journal, out: Path, *, keep_pages: bool = False) -> None:
        self._journal = journal
        self._keep_pages = keep_pages
        self._kept = out / FOLDER / "pages"
        self._spool = out / FOLDER / "spool"
        self._rows: deque[tuple[int, bytes, str, int]] = deque()
        self._last = -1
        self._ended = False
        self._hashing: deque[_Waiting] = deque()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="hash")
        self._in_hand: set[str] = set()
        self.skipped = 0  # inputs that had an outcome already, or share their bytes with another
        self.unreadable: list[tuple[str, Failure]] = []  # since somebody last took them

    @property
    def exhausted(self) -> bool:
        """No task will come any more."""
        return self._ended and not self._rows and not self._hashing

    def next(self) -> Task | None:
        """The next task, or ``None`` where there is none yet (or, when ``exhausted``, none any more)."""
        for _ in range(_BATCH):  # then let the caller look after its workers
            task = self._from_threads()
            if task:
                return task
            if len(self._hashing) >= _AHEAD or not self._refill():
                return None
            task = self._look(*self._rows.popleft())
            if task:
                return task
        return None

    def recognise(self) -> bool:
        """After an interruption: note which of the next inputs have an outcome from an earlier run.

        Only files that have not been touched since are known without reading them.

        Returns:
            Whether there may be more.
        """
        self._refill()
        for seq, raw, _, _ in self._rows:
            try:
                found = os.stat(os.fsdecode(raw))
            except (OSError, ValueError):
                continue
            known = self._journal.seen(raw, _mark(found))
            if known:
                self._journal.hashed(seq, known, found.st_size)
                self.skipped += self._journal.is_done(known)
        self._rows.clear()
        return not self._ended

    def rest(self, seconds: float) -> None:
        """Wait until a hash is ready, at most ``seconds``."""
        if self._hashing:
            wait([w.hashing for w in self._hashing], seconds, return_when="FIRST_COMPLETED")

    def settled(self, task: Task) -> None:
        """The task has its outcome."""
        self._in_hand.discard(task.sha256)
        self._drop_spooled(task.sha256, task.path)
        if task.pages_kept:
            shutil.rmtree(task.pages_kept, ignore_errors=True)

    def close(self) -> None:
        """Stop hashing."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _drop_spooled(self, sha: str, path: str) -> None:
        if path == str(self._spool / sha):
            Path(path).unlink(missing_ok=True)

    def _refill(self) -> bool:
        if not self._rows and not self._ended:
            self._rows.extend(self._journal.inputs_after(self._last, _BATCH))
            self._ended = len(self._rows) < _BATCH  # known while the last are in hand: slots can be given away
            if self._rows:
                self._last = self._rows[-1][0]
        return bool(self._rows)

    def _look(self, seq: int, raw: bytes, name: str, size: int) -> Task | None:
        path = os.fsdecode(raw)
        if "://" in path:
            self._hashing.append(_Waiting(seq, raw, name, "", self._threads.submit(_fetched, path, self._spool)))
            return None
        try:
            found = os.stat(path)
        except (OSError, ValueError) as error:
            return self._give_up(seq, name, error)
        if not stat.S_ISREG(found.st_mode):
            return self._give_up(seq, name, OSError(0, "it is not a regular file"))
        mark = _mark(found)
        known = self._journal.seen(raw, mark)
        if known:
            return self._task(seq, name, Found(known, found.st_size, path))
        if found.st_size > _INLINE:
            self._hashing.append(_Waiting(seq, raw, name, mark, self._threads.submit(_hashed, path)))
            return None
        try:
            made = _hashed(path)
        except OSError as error:
            return self._give_up(seq, name, error)
        self._journal.remember(raw, mark, made.sha256)
        return self._task(seq, name, made)

    def _from_threads(self) -> Task | None:
        for waiting in self._hashing:
            if waiting.hashing.done():
                self._hashing.remove(waiting)
                try:
                    made = waiting.hashing.result()
                except OSError as error:
                    return self._give_up(waiting.seq, waiting.name, error)
                if waiting.mark:
                    self._journal.remember(waiting.raw, waiting.mark, made.sha256)
                return self._task(waiting.seq, waiting.name, made)
        return None

    def _task(self, seq: int, name: str, found: Found) -> Task | None:
        self._journal.hashed(seq, found.sha256, found.size)
        if found.sha256 in self._in_hand or self._journal.is_done(found.sha256):
            self.skipped += 1
            if found.sha256 not in self._in_hand:
                self._drop_spooled(found.sha256, found.path)
            return None
        self._in_hand.add(found.sha256)
        kept = str(self._kept / found.sha256) if self._keep_pages and found.size >= LARGE else None
        return Task(seq, found.sha256, name, found.path, found.size, pages_kept=kept)

    def _give_up(self, seq: int, name: str, error: Exception) -> Task | None:
        why = getattr(error, "strerror", None) or str(error)
        failure = Failure("input.missing", f"The file cannot be read: {why}.", "Check its path and permissions.")
        self._journal.unreadable(seq, failure)
        self.unreadable.append((name, failure))
        return None


def _mark(found: os.stat_result) -> str:
    """Changes whenever the file's content does."""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def _hashed(path: str) -> Found:
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Found(digest.hexdigest(), size, path)


def _fetched(url: str, spool: Path) -> Found:
    """Copy an object from storage to the spool, under the name of its hash."""
    from .remote import fetch

    spool.mkdir(parents=True, exist_ok=True)
    local = spool / f"{hashlib.sha256(url.encode('utf-8', 'surrogateescape')).hexdigest()}.part"
    try:
        fetch(url, local)
        found = _hashed(str(local))
        target = spool / found.sha256
        local.replace(target)
    finally:
        local.unlink(missing_ok=True)
    return found._replace(path=str(target))
