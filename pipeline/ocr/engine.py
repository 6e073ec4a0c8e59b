"""Page images in, page texts out, in order: several at a time, never more in memory than are being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from PIL import Image

from ..document import Note
from ..errors import EngineFailed
from .page import PageText
from .prepare import read_prepared
from .recorded import Recording
from .settings import OcrSettings
from .tesseract import PageTimeout, Tesseract, usable_languages

Loaded = tuple[Image.Image, int] | Note  # pixels and dpi, or why there are none


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that has to be read. ``load`` is called once, in the reader's own thread."""

    number: int
    load: Callable[[], Loaded]
    notes: tuple[Note, ...] = ()


Pending = PageText | PageImage


def read_pages(pages: Iterable[Pending], settings: OcrSettings, recording: Recording | None) -> Iterator[PageText]:
    """Read the images among the pages; the others pass. A page that fails is empty and has a note.

    Raises:
        EngineMissing: an image has to be read and there is no Tesseract.
    """
    engine: Tesseract | None = None
    waiting: deque[PageText | Future[PageText]] = deque()
    pool = ThreadPoolExecutor(settings.workers, thread_name_prefix="ocr")
    try:
        for page in pages:
            if isinstance(page, PageText):
                waiting.append(page)
            elif recording and (known := recording.read(page.number)):
                waiting.append(replace(known, notes=page.notes + known.notes))
            else:
                loaded = page.load()
                if isinstance(loaded, Note):
                    waiting.append(PageText(page.number, "ocr", notes=(*page.notes, loaded)))
                else:
                    if engine is None:
                        languages, _ = usable_languages(settings.languages)
                        engine = Tesseract(languages, timeout=settings.page_timeout)
                    waiting.append(pool.submit(_read_one, engine, page, *loaded))
                    del loaded
            while len(waiting) > settings.workers or (waiting and isinstance(waiting[0], PageText)):
                yield _settle(waiting.popleft(), recording)
        while waiting:
            yield _settle(waiting.popleft(), recording)
    finally:
        if engine:
            engine.stop()
        pool.shutdown(wait=True, cancel_futures=True)


def _settle(page: PageText | Future[PageText], recording: Recording | None) -> PageText:
    if isinstance(page, PageText):
        return page
    done = page.result()
    if recording and not any(note.code in FAILURES for note in done.notes):
        recording.write(done)
    return done


FAILURES = frozenset({"ocr.page-timeout", "ocr.page-failed", "ocr.page-too-large", "input.page-damaged"})


def _read_one(engine: Tesseract, page: PageImage, image: Image.Image, dpi: int) -> PageText:
    try:
        found = read_prepared(engine, image, number=page.number, dpi=dpi)
    except PageTimeout as error:
        note = Note("ocr.page-timeout", f"The engine was stopped {error}; the page was not read.")
    except EngineFailed as error:
        note = Note("ocr.page-failed", f"The page was not read. {error.message}")
    else:
        return replace(found, notes=page.notes + found.notes)
    return PageText(page.number, "ocr", (), image.width, image.height, dpi, (*page.notes, note))
