"""PDF: pages with their text layer and their images. The only module that knows PDFium.

PDFium is not safe for threads: everything here runs in the reader's own thread, one page open at a time.
Actions, scripts and forms are never run.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from ..document import Box, Note
from ..errors import InputDamaged, InputEmpty, InputEncrypted
from .settings import OcrSettings

_LAYER_DPI = 200  # boxes of a page that is not drawn are counted at this resolution
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
    that matters, or 0.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    image_share: float
    image_dpi: int
    largest_image: int

    def dpi(self, settings: OcrSettings) -> int:
        """The resolution at which to draw the page: that of its image, or the settings' where there is none."""
        wanted = min(max(self.image_dpi, _COARSEST), _FINEST) if self.image_dpi else settings.dpi
        inches = max(1e-6, self.width * self.height / 72**2)
        return max(1, min(wanted, int((settings.max_pixels / inches) ** 0.5)))

    @property
    def layer_dpi(self) -> int:
        """The resolution in which the boxes of a kept text layer are given."""
        return min(max(self.image_dpi, _COARSEST), _FINEST) if self.image_dpi else _LAYER_DPI


class Pdf:
    """An open PDF; use it in a ``with`` block.

    Raises:
        InputEncrypted: it asks for a password.
        InputDamaged: it cannot be opened.
        InputEmpty: it has no pages.
    """

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise InputEncrypted(
                    "The PDF asks for a password.", "Open it with the password and save it without one."
                ) from None
            if error.err_code == raw.FPDF_ERR_SUCCESS:
                raise InputEmpty("The PDF has no pages.", "Export it again.") from None
            raise InputDamaged(
                "The PDF cannot be opened: it is broken or cut off.", "Fetch it again, or print it to a new PDF."
            ) from None

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def pages(self) -> Iterator[PdfPage | Note]:
        """What each page holds; a note for a page that cannot be opened."""
        for index in range(len(self._pdf)):
            try:
                with closing(self._pdf[index]) as page:
                    yield _inspect(page, index + 1)
            except pypdfium2.PdfiumError:
                yield Note("input.page-damaged", "A page of the PDF is broken and was not read.")

    def draw(self, number: int, dpi: int) -> Image.Image:
        """The page as a grey image.

        Raises:
            PdfiumError: it cannot be drawn.
        """
        with closing(self._pdf[number - 1]) as page, closing(
            page.render(scale=dpi / 72, grayscale=True, may_draw_forms=False, limit_image_cache=True)
        ) as bitmap:  # fmt: skip
            image: Image.Image = bitmap.to_pil().copy()
            return image


def draw(pdf: Pdf, number: int, dpi: int) -> tuple[Image.Image, int] | Note:
    """The page's pixels and dpi, or a note why there are none."""
    try:
        return pdf.draw(number, dpi), dpi
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return Note("input.page-damaged", "A page of the PDF cannot be drawn and was not read.")


def _inspect(page: pypdfium2.PdfPage, number: int) -> PdfPage:
    width, height = page.get_size()
    share, dpi, largest = _images(page, width, height)
    return PdfPage(number, width, height, tuple(_glyphs(page)), share, dpi, largest)


def _images(page: pypdfium2.PdfPage, width: float, height: float) -> tuple[float, int, int]:
    """Share of the page under images, dpi of the finest large one, pixels of the largest."""
    share, dpi, largest = 0.0, 0.0, 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        try:
            across, down = item.get_px_size()
            x0, y0, x1, y1 = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        largest = max(largest, across * down)
        # A picture may reach over the edge of the page; an unturned page counts in both orders.
        covered = min(abs(x1 - x0) * abs(y1 - y0), width * height) / max(1.0, width * height)
        share += covered
        if covered > 0.05 and x1 > x0 and y1 > y0:
            dpi = max(dpi, 72 * max(across, down) / max(x1 - x0, y1 - y0))
    return min(1.0, share), round(dpi), largest


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


def scaled(box: tuple[float, float, float, float], dpi: int) -> Box:
    """Points to pixels, outward to whole ones."""
    scale = dpi / 72
    return Box(int(box[0] * scale), int(box[1] * scale), -int(-box[2] * scale // 1), -int(-box[3] * scale // 1))
