"""PDF: pages with their text layer and their images. The only module that knows PDFium.

PDFium is not safe for threads: everything here runs in the reader's own thread, one page open at a time.
Actions, scripts and forms are never run.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from ..document import Note
from ..errors import AttsatsError, InputDamaged, InputEmpty, InputEncrypted
from .settings import OcrSettings

_LAYER_DPI = 200  # boxes of a page that is not drawn are counted at this resolution
_REOPEN = 64  # pages after which the file is opened anew
_LAYER_PIXELS = 40_000_000
_FINEST = 400  # dpi above this costs time and reads no better
_COARSEST = 150


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a text layer; ``box`` in points from the top left of the page as it is shown."""

    char: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page holds before anything is drawn. Sizes in points.

    ``image_share`` is how much of the page images cover, 0..1; ``image_dpi`` the resolution of the finest image
    that matters, or 0; ``scan`` the pixel size (as shown) of the one image that is the whole page, or None;
    ``largest_image`` the pixels of the largest image.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    image_share: float
    image_dpi: int
    scan: tuple[int, int] | None
    largest_image: int

    def canvas(self, settings: OcrSettings) -> tuple[int, int, int]:
        """Width and height in pixels, and dpi, at which to draw the page.

        A page that is one image is drawn in exactly that image's pixels: anything else would blur it.
        """
        if self.scan and self.image_dpi <= _FINEST and self.scan[0] * self.scan[1] <= settings.max_pixels:
            return (*self.scan, self.image_dpi)
        wanted = min(max(self.image_dpi, _COARSEST), _FINEST) if self.image_dpi else settings.dpi
        inches = max(1e-6, self.width * self.height / 72**2)
        dpi = max(1, min(wanted, int((settings.max_pixels / inches) ** 0.5)))
        return (*self._size_at(dpi), dpi)

    @property
    def layer_canvas(self) -> tuple[int, int, int]:
        """Width, height and dpi in which the boxes of a kept text layer are given."""
        inches = max(1e-6, self.width * self.height / 72**2)
        dpi = max(1, min(_LAYER_DPI, int((_LAYER_PIXELS / inches) ** 0.5)))
        return (*self._size_at(dpi), dpi)

    def _size_at(self, dpi: int) -> tuple[int, int]:
        return max(1, math.ceil(self.width * dpi / 72)), max(1, math.ceil(self.height * dpi / 72))


class Pdf:
    """An open PDF; use it in a ``with`` block.

    Raises:
        InputEncrypted: it asks for a password.
        InputDamaged: it cannot be opened.
        InputEmpty: it has no pages.
    """

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        self._opened = 0
        try:
            self._pdf = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError:
            raise _why_not(source) from None

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def _page(self, index: int) -> pypdfium2.PdfPage:
        """One page. PDFium keeps what it has unpacked, so that the file is opened anew from time to time."""
        self._opened += 1
        if self._opened > _REOPEN:
            self._pdf.close()
            self._pdf = pypdfium2.PdfDocument(self._source)
            self._opened = 1
        return self._pdf[index]

    def pages(self) -> Iterator[PdfPage | Note]:
        """What each page holds; a note for a page that cannot be opened."""
        for index in range(len(self._pdf)):
            try:
                with closing(self._page(index)) as page:
                    yield _inspect(page, index + 1)
            except pypdfium2.PdfiumError:
                yield Note("input.page-damaged", "A page of the PDF is broken and was not read.")

    def bookmarks(self) -> dict[int, str]:
        """The outermost bookmarks: page number to title. A broken outline has none."""
        found: dict[int, str] = {}
        try:
            for bookmark in self._pdf.get_toc(max_depth=1):
                target = bookmark.get_dest()
                index = target.get_index() if target else None
                if index is not None and index >= 0:
                    found.setdefault(index + 1, " ".join(bookmark.get_title().split()))
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            return {}
        return found

    def draw(self, number: int, width: int, height: int) -> Image.Image:
        """The page as a grey image of that many pixels.

        Raises:
            PdfiumError: it cannot be drawn.
        """
        with (
            closing(self._page(number - 1)) as page,
            closing(pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)) as bitmap,
        ):
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            # The bitmap is grey already: FPDF_GRAYSCALE gives the same pixels and takes twice the time.
            flags = raw.FPDF_ANNOT | raw.FPDF_RENDER_LIMITEDIMAGECACHE
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
            image: Image.Image = bitmap.to_pil().copy()
            return image


def _why_not(source: Path | bytes) -> AttsatsError:
    """Why a PDF did not open. It is opened once more, because PDFium's last error may be that of another file."""
    if isinstance(source, bytes):
        handle = raw.FPDF_LoadMemDocument64(source, len(source), None)
    else:
        handle = raw.FPDF_LoadDocument(str(source).encode("utf-8", "surrogateescape") + b"\0", None)
    if handle:
        raw.FPDF_CloseDocument(handle)
        return InputEmpty("The PDF has no pages.", "Export it again.")
    if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return InputEncrypted("The PDF asks for a password.", "Open it with the password and save it without one.")
    return InputDamaged(
        "The PDF cannot be opened: it is broken or cut off.", "Fetch it again, or print it to a new PDF."
    )


def draw(pdf: Pdf, number: int, canvas: tuple[int, int, int]) -> tuple[Image.Image, int] | Note:
    """The page's pixels and dpi, or a note why there are none."""
    width, height, dpi = canvas
    try:
        return pdf.draw(number, width, height), dpi
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return Note("input.page-damaged", "A page of the PDF cannot be drawn and was not read.")


def _inspect(page: pypdfium2.PdfPage, number: int) -> PdfPage:
    width, height = page.get_size()
    images = tuple(_images(page))
    area = max(1.0, width * height)
    covering = [image for image in images if min(image.area, area) > 0.05 * area]
    dpi = max((round(image.dpi) for image in covering), default=0)
    scan = None
    if len(covering) == 1 and covering[0].area >= 0.95 * area:
        across, down = covering[0].size
        scan = (across, down) if (across > down) == (width > height) else (down, across)
        if not 0.97 < (scan[0] / scan[1]) / (width / height) < 1.03:
            scan = None
    share = min(1.0, sum(min(image.area, area) for image in images) / area)
    largest = max((image.size[0] * image.size[1] for image in images), default=0)
    return PdfPage(number, width, height, tuple(_glyphs(page)), share, dpi, scan, largest)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An image on a page: pixels, area in square points, resolution."""

    size: tuple[int, int]
    area: float
    dpi: float


def _images(page: pypdfium2.PdfPage) -> Iterator[_Placed]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        try:
            across, down = item.get_px_size()
            x0, y0, x1, y1 = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        # A turned image counts by its longer sides.
        longer = max(x1 - x0, y1 - y0)
        yield _Placed((across, down), abs((x1 - x0) * (y1 - y0)), 72 * max(across, down) / longer if longer > 0 else 0)


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """The characters of the text layer in its own order; line breaks as "\\n" without a box of their own."""
    to_view = _View(page)
    with closing(page.get_textpage()) as layer:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for i in range(layer.count_chars()):
            code = raw.FPDFText_GetUnicode(layer, i)
            if code in (0x0D, 0):
                continue
            if code in (0x02, 0xFFFE):  # PDFium's mark for a hyphen at the end of a line
                code = 0x2D
            if not raw.FPDFText_GetCharBox(layer, i, left, right, bottom, top):
                yield Glyph(chr(code), (0.0, 0.0, 0.0, 0.0))
                continue
            corners = (to_view(left.value, top.value), to_view(right.value, bottom.value))
            (xa, ya), (xb, yb) = corners
            yield Glyph(chr(code), (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))


class _View:
    """From PDF coordinates (any turn, origin anywhere) to points from the top left of the page as shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        steps = 1000  # PDFium answers in whole pixels: ask for a large page
        scale_x, scale_y = steps / max(1.0, width), steps / max(1.0, height)
        x, y = ctypes.c_int(), ctypes.c_int()
        seen = []
        for px, py in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            raw.FPDF_PageToDevice(page, 0, 0, steps * 10, steps * 10, 0, px, py, x, y)
            seen.append((x.value / 10 / scale_x, y.value / 10 / scale_y))
        self._origin = seen[0]
        self._dx = tuple((seen[1][k] - seen[0][k]) / 1000 for k in (0, 1))
        self._dy = tuple((seen[2][k] - seen[0][k]) / 1000 for k in (0, 1))

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._origin[0] + x * self._dx[0] + y * self._dy[0],
            self._origin[1] + x * self._dx[1] + y * self._dy[1],
        )
