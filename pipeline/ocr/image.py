"""Image files: one page per frame, opened one at a time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ..document import Note
from ..errors import InputDamaged, InputTooLarge
from .engine import PageImage

_RESCAN = "Scan or export it again."


def open_image(source: Path | bytes, *, max_pixels: int) -> Image.Image:
    """An image whose pixels are not read yet.

    Raises:
        InputDamaged: not an image after all.
        InputTooLarge: it would unpack to more than ``max_pixels``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own limit below is stricter than Pillow's warning
        try:
            image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        except Image.DecompressionBombError as error:
            raise _too_large(str(error)) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise InputDamaged("The image cannot be opened: it is broken or cut off.", _RESCAN) from error
    if getattr(image, "n_frames", 1) == 1 and image.width * image.height > max_pixels and image.format != "JPEG":
        raise _too_large(f"{image.width} x {image.height} pixels")
    return image


def _too_large(what: str) -> InputTooLarge:
    return InputTooLarge(f"The page image is too large ({what}).", "Scan it at 300 dpi, or cut it into pages.")


def frames(image: Image.Image, *, max_pixels: int) -> Iterator[PageImage]:
    """The pages of an opened image. Load each before asking for the next."""
    for number in range(1, getattr(image, "n_frames", 1) + 1):
        yield PageImage(number, partial(_frame, image, number, max_pixels))


def _frame(image: Image.Image, number: int, max_pixels: int) -> tuple[Image.Image, int] | Note:
    """The pixels and dpi of one frame, or why there are none."""
    try:
        image.seek(number - 1)
        if image.width * image.height > max_pixels:
            if image.format != "JPEG":
                return Note("ocr.page-too-large", f"A page of {image.width} x {image.height} pixels was not read.")
            _shrink(image, max_pixels)
        return upright(image), _dpi(image)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return Note("input.page-damaged", "A page image is broken or cut off and was not read.")


def _shrink(image: Image.Image, max_pixels: int) -> None:
    """Let the JPEG decoder itself give fewer pixels."""
    factor = (max_pixels / (image.width * image.height)) ** 0.5
    image.draft(image.mode, (int(image.width * factor), int(image.height * factor)))
    if image.width * image.height > max_pixels:
        raise OSError("too large even at an eighth")


def upright(image: Image.Image) -> Image.Image:
    """The pixels as a viewer shows them: turned as EXIF says, on white where transparent, grey or colour."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        rgba = turned.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba).convert("L")
    if turned.mode.startswith(("I", "F")):
        return _grey_from_deep(turned)
    return turned.copy() if turned.mode == "1" else turned.convert("L")


def _grey_from_deep(image: Image.Image) -> Image.Image:
    """16 and 32 bit grey, stretched to 8 bit."""
    low, high = image.convert("F").getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or high <= low:
        return Image.new("L", image.size, 255)
    if image.mode.startswith("I;16") or (low >= 0 and 255 < high <= 65535):
        low, high = 0.0, 65535.0
    scale = 255 / (high - low)
    return image.convert("F").point(lambda v: (v - low) * scale).convert("L")


def _dpi(image: Image.Image) -> int:
    """The resolution that the file states, or one that makes the page A4; whichever is believable."""
    stated = image.info.get("dpi")
    if stated:
        value = round(float(max(stated)))
        if 90 <= value <= 1300:
            return value
    return guess_dpi(image.width, image.height)


def guess_dpi(width: int, height: int) -> int:
    """The resolution at which the longer side is that of an A4 page.

    >>> guess_dpi(1654, 2339)
    200
    """
    return max(70, round(max(width, height) / 11.69))
