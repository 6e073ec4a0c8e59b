"""Page images in, page texts out, in order: several at a time, never more in memory than are being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from PIL import Image

from ..document import Note
from ..errors import EngineFailed, EngineMissing
from .page import PageText
from .ppocr import LineReader, PpOcr
from .prepare import read_prepared
from .recorded import Recording
from .settings import OcrSettings
from .tesseract import PageTimeout, Tesseract, usable_languages

Loaded = tuple[Image.Image, int] | Note  # pixels and dpi, or why there are none


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that has to be read. ``load`` is called once, in the reader's own thread.

    ``layer`` is the text layer that is thought bad, for when the image cannot be read either, and ``choose`` takes
    it and what was read and says which of them to keep.
    """

    number: int
    load: Callable[[], Loaded]
    notes: tuple[Note, ...] = ()
    layer: PageText | None = None
    choose: Callable[[PageText, PageText], PageText] | None = None

    def settled(self, read: PageText) -> PageText:
        """The page to keep: what was read, or the text layer if that is better."""
        failed = any(note.code in FAILURES for note in read.notes)
        if self.layer is not None and self.layer.letters and failed:
            return replace(self.layer, notes=(*self.notes, *read.notes, LAYER_AFTER_ALL))
        if self.layer is not None and self.choose:
            return self.choose(self.layer, replace(read, notes=self.notes + read.notes))
        return replace(read, notes=self.notes + read.notes)


Pending = PageText | PageImage


FAILURES = frozenset(
    {"ocr.page-timeout", "ocr.page-failed", "ocr.page-too-large", "ocr.engine-missing", "input.page-damaged"}
)
LAYER_AFTER_ALL = Note("ocr.text-layer-kept", "The text layer was kept, for want of anything better.")


def read_pages(pages: Iterable[Pending], settings: OcrSettings, recording: Recording | None) -> Iterator[PageText]:
    """Read the images among the pages; the others pass. A page that fails is empty and has a note.

    Raises:
        EngineMissing: an image without any text layer has to be read and there is no Tesseract.
    """
    waiting: deque[PageText | Future[PageText]] = deque()
    with _Desk(settings, recording) as desk:
        for page in pages:
            waiting.append(page if isinstance(page, PageText) else desk.take(page))
            while len(waiting) > settings.workers or (waiting and isinstance(waiting[0], PageText)):
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


def _done(page: PageText | Future[PageText]) -> PageText:
    return page if isinstance(page, PageText) else page.result()


class _Desk:
    """Hands page images to the engine, which is started for the first of them only."""

    def __init__(self, settings: OcrSettings, recording: Recording | None) -> None:
        self._settings = settings
        self._recording = recording
        self._engine: Tesseract | None = None
        self._second: LineReader | None = None
        self._pool = ThreadPoolExecutor(settings.workers, thread_name_prefix="ocr")

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        if self._engine:
            self._engine.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def take(self, page: PageImage) -> PageText | Future[PageText]:
        """The page, if it is known or cannot be read at all; else the promise of it."""
        known = self._recording.read(page.number) if self._recording else None
        if known:
            return page.settled(known)
        try:
            engine = self._started()
        except EngineMissing as error:
            if page.layer is None or not page.layer.letters:
                raise
            note = Note("ocr.engine-missing", f"A page image was not read. {error.message}")
            return page.settled(PageText(page.number, "ocr", notes=(note,)))
        loaded = page.load()
        if isinstance(loaded, Note):
            return page.settled(PageText(page.number, "ocr", notes=(loaded,)))
        return self._pool.submit(self._read, engine, page, *loaded)

    def _started(self) -> Tesseract:
        if self._engine is None:
            languages, _ = usable_languages(self._settings.languages)
            self._second = PpOcr() if self._settings.cross_check else None
            self._engine = Tesseract(languages, timeout=self._settings.page_timeout)
        return self._engine

    def _read(self, engine: Tesseract, page: PageImage, image: Image.Image, dpi: int) -> PageText:
        try:
            found = read_prepared(engine, image, number=page.number, dpi=dpi, second=self._second)
        except PageTimeout as error:
            note = Note("ocr.page-timeout", f"The engine was stopped {error}; the page was not read.")
        except EngineFailed as error:
            note = Note("ocr.page-failed", f"The page was not read. {error.message}")
        else:
            if self._recording:
                self._recording.write(found)
            return page.settled(found)
        return page.settled(PageText(page.number, "ocr", (), image.width, image.height, dpi, (note,)))
