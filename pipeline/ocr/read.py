"""A file goes in, a Scan comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..document import Note, Part, Scan, Source
from ..errors import EngineFailed, InputDamaged, InputEmpty, InputMissing, InputTooLarge
from ..quality import QualityModel
from .alto import read_alto
from .decide import decide
from .docx import read_docx
from .engine import FAILURES, Pending, read_pages
from .furniture import furniture_notes
from .hocr import read_hocr
from .image import frames, open_image
from .page import PageText, assemble
from .page_xml import read_page_xml
from .pdf import Pdf
from .recorded import Recording
from .settings import OcrSettings
from .sniff import IMAGES, MEDIA_TYPES, SNIFFED, kind_of, wrong_extension
from .tesseract import usable_languages
from .text import read_text
from .tsv import parse_pages

_CHUNK = 1 << 20


def read(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    settings: OcrSettings | None = None,
    quality: QualityModel | None = None,
) -> Scan:
    """Read one file of any kind: the text as it stands there, with pages, and words with boxes where it has them.

    The kind is told by the bytes, never by the name alone.

    Args:
        source: a path, or the bytes of a file.
        name: the name to keep in the record; the path's own by default.
        settings: languages, limits, parallel pages.
        quality: the model of :mod:`pipeline.quality` that judges text layers; without it simple counts decide.

    Raises:
        InputMissing, InputEmpty, InputUnknown, InputDamaged, InputEncrypted, InputTooLarge: the file is at fault.
        EngineMissing, EngineFailed: the OCR engine is.
    """
    settings = settings or OcrSettings()
    content = source if isinstance(source, bytes) else _existing(Path(source))
    head, sha256, size = _identify(content)
    if not size:
        raise InputEmpty("The file is empty (0 bytes).", "Fetch or export it again.")
    if size > settings.max_bytes:
        raise InputTooLarge(f"The file has {size:,} bytes.", "Cut it into smaller files, or raise max_bytes.")
    kind = kind_of(head)
    name = name or (content.name if isinstance(content, Path) else "input")
    made = Source(name, sha256, MEDIA_TYPES[kind], size, 1, Part(1, 1, (1, 1)))
    scan = _read_kind(kind, content, made, settings, quality)
    if not any(ch.isalnum() for ch in scan.text):
        raise _no_text(scan)
    notes = scan.notes
    if wrong_extension(kind, name):
        notes = (Note("input.extension", f"The name says otherwise, but the file is {MEDIA_TYPES[kind]}."), *notes)
    notes += furniture_notes(scan)
    pages = len(scan.pages)
    return replace(scan, source=replace(made, pages=pages, part=Part(1, 1, (1, pages))), notes=notes)


def _existing(path: Path) -> Path:
    if path.is_dir():
        raise InputMissing(f"{path} is a folder.", "Name the files in it, or use the batch command.")
    if not path.exists():
        raise InputMissing(f"There is no file {path}.", "Check the path.")
    return path


def _identify(content: Path | bytes) -> tuple[bytes, str, int]:
    """First bytes, sha256 and size, without holding a large file in memory."""
    if isinstance(content, bytes):
        return content[:SNIFFED], hashlib.sha256(content).hexdigest(), len(content)
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with content.open("rb") as file:
            while chunk := file.read(_CHUNK):
                head = head or chunk[:SNIFFED]
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise InputMissing(f"{content} cannot be read: {error.strerror}.", "Check its permissions.") from None
    return head, digest.hexdigest(), size


def _read_kind(
    kind: str, content: Path | bytes, source: Source, settings: OcrSettings, quality: QualityModel | None
) -> Scan:
    if kind == "pdf":
        with Pdf(content) as pdf:
            notes = () if b"%%EOF" in _tail(content) else (_CUT,)
            return _read_images(decide(pdf, settings, quality), len(pdf), source, settings, notes)
    if kind in IMAGES:
        with open_image(content, max_pixels=settings.max_pixels) as image:
            pages = getattr(image, "n_frames", 1)
            return _read_images(frames(image, max_pixels=settings.max_pixels), pages, source, settings)
    data = _all(content)
    if kind == "docx":
        return read_docx(data, source)
    if kind in _GIVEN:
        return assemble(source, _GIVEN[kind](data), read_with=None)
    return read_text(data, source)


_GIVEN: dict[str, Callable[[bytes], Iterable[PageText]]] = {
    "alto": read_alto,
    "hocr": read_hocr,
    "page-xml": read_page_xml,
    "tsv": lambda data: parse_pages(data.decode("utf-8-sig", "replace")),
}


_CUT = Note("input.truncated", "The PDF ends before its end: pages may be missing.")


def _tail(content: Path | bytes) -> bytes:
    """The last bytes, where a whole PDF says that it ends."""
    if isinstance(content, bytes):
        return content[-2048:]
    with content.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 2048))
        return file.read()


def _all(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _read_images(
    pages: Iterable[Pending], count: int, source: Source, settings: OcrSettings, known: Iterable[Note] = ()
) -> Scan:
    recording, notes = None, list(known)
    if settings.recorded:
        recording = Recording(settings.recorded, sha256=source.sha256, languages=settings.reading)
        if recording.stale:
            notes.append(
                Note("ocr.recorded-stale", "The recorded OCR is of another file or language; it was replaced.")
            )
    done = list(_counted(read_pages(pages, settings, recording), count, settings))
    read_with = None
    if any(page.source == "ocr" and page.paragraphs for page in done):
        read_with = settings.languages
        if not recording:
            read_with, missing = usable_languages(settings.languages)
            if missing:
                notes.append(Note("ocr.language-missing", f"Read without {', '.join(missing)}: not installed."))
    return assemble(source, done, read_with=read_with, notes=notes)


def _counted(pages: Iterator[PageText], count: int, settings: OcrSettings) -> Iterator[PageText]:
    for done, page in enumerate(pages, 1):
        if settings.progress:
            settings.progress(done, count)
        yield page


def _no_text(scan: Scan) -> Exception:
    """Why a file without text has none."""
    codes = {note.code for note in scan.notes}
    if "ocr.page-too-large" in codes:
        return InputTooLarge("No page could be read: the page images are too large.", "Scan them at 300 dpi.")
    if "input.page-damaged" in codes or "input.truncated" in codes:
        return InputDamaged("No page could be read: the file is broken or cut off.", "Fetch it again.")
    if codes & FAILURES:
        said = next(note.message for note in scan.notes if note.code in FAILURES)
        return EngineFailed(f"No page could be read. {said}", "Run 'attsats doctor', or raise the time limit.")
    return InputEmpty("There is no text on any page.", "If the pages are not blank, scan them again at 300 dpi.")
