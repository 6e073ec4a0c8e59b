"""Print the samples' sources as pages and age them a little, the way an office scanner does.

    python samples/render.py [ID ...]

``source.txt`` of a sample is a list of blocks. A block begins with ``@label option ...``, where the label is one of
the line labels of the record; the text below it is set in the sample's font and wrapped, or kept line by line.
From it come the scan (an image-only PDF, or a PNG) and ``printed.txt``: what stands on the page, line by line.
The same source gives the same pixels as long as Pillow, NumPy and the Liberation and DejaVu fonts stay the same.
Every figure of the ageing is in ``sample.json``; the random numbers start from the sample's name.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts/truetype")
PAGE, MARGIN = (8.27, 11.69), (1.0, 0.8)  # inches: A4, and what stays white at the sides and at the top
COLUMN_UNITS = 750  # a ``cols`` position counts in 750ths of the text width


@dataclass(frozen=True)
class Block:
    """One block of a source: its label, its options and its lines as written."""

    label: str
    options: dict[str, str]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a sample is printed and aged."""

    font: str = "LiberationSerif"
    points: float = 11.0
    leading: float = 1.28
    dpi: int = 150
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    paper: int = 255
    ink: int = 0
    bilevel: bool = False
    layer: bool = False  # a PDF that holds text, not pictures


@dataclass
class Sheet:
    """One page on its way: the picture, the pen's height and the lines printed so far."""

    image: Image.Image
    y: float
    printed: list[str] = field(default_factory=list)
    placed: list[tuple[float, float, float, bool, str]] = field(default_factory=list)  # x, y, pixels, bold, text


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source, in order; ``@page`` is a block without lines."""
    for chunk in re.split(r"(?m)^(?=@)", source):
        if not chunk.strip():
            continue
        head, *lines = chunk.rstrip("\n").split("\n")
        label, *words = head[1:].split()
        options = dict(word.partition("=")[::2] for word in words)
        yield Block(label, options, tuple(lines))


def face(style: Style, *, bold: bool = False, scale: float = 1.0) -> ImageFont.FreeTypeFont:
    """The font of a style at its size in pixels."""
    family = "liberation" if style.font.startswith("Liberation") else "dejavu"
    ending = "-Bold" if bold else "-Regular" if family == "liberation" else ""
    return ImageFont.truetype(str(FONTS / family / f"{style.font}{ending}.ttf"), style.points * scale * style.dpi / 72)


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a text into lines no wider than ``width`` pixels."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def blank(style: Style) -> Sheet:
    """An empty page."""
    size = round(PAGE[0] * style.dpi), round(PAGE[1] * style.dpi)
    return Sheet(Image.new("L", size, style.paper), MARGIN[1] * style.dpi)


def set_block(sheet: Sheet, block: Block, style: Style) -> None:
    """Print one block and move the pen below it."""
    options = block.options
    heading = next((name for name in ("h1", "h2", "h3") if name in options), None)
    scale = {"h1": 1.35, "h2": 1.1, "h3": 1.0}.get(heading or "", 0.85 if "small" in options else 1.0)
    font = face(style, bold=heading is not None, scale=scale)
    step = style.points * scale * style.dpi / 72 * style.leading
    left, width = MARGIN[0] * style.dpi, (PAGE[0] - 2 * MARGIN[0]) * style.dpi
    sheet.y += float(options.get("gap", 0.5 if heading else 0)) * step
    marker, indent = options.get("item", ""), 0.0
    if marker:
        indent = 0.3 * style.dpi
    columns = [int(n) for n in options["cols"].split(",")] if "cols" in options else []
    if columns:
        rows = [line.split("\t") for line in block.lines]
    elif "lines" in options:
        rows = [[line] for line in block.lines]
    else:
        rows = [[line] for line in wrap(" ".join(block.lines), font, width - indent)]
    draw = ImageDraw.Draw(sheet.image)
    size, bold = font.size, heading is not None
    for i, cells in enumerate(rows):
        if marker and i == 0:
            draw.text((left, sheet.y), marker, font=font, fill=style.ink)
            sheet.placed.append((left, sheet.y, size, bold, marker))
        for j, cell in enumerate(cells):
            x = left + indent + (columns[j] * width / COLUMN_UNITS if columns else 0)
            if "right" in options:
                x = left + width - font.getlength(cell)
            if x + font.getlength(cell) > PAGE[0] * style.dpi or sheet.y + step > PAGE[1] * style.dpi:
                raise ValueError(f"does not fit on the page: {cell!r}")
            draw.text((x, sheet.y), cell, font=font, fill=style.ink)
            sheet.placed.append((x, sheet.y, size, bold, cell))
        sheet.printed.append(" ".join([*([marker] if marker and i == 0 else []), *filter(None, cells)]))
        sheet.y += step
    sheet.printed.append("")
    tight = heading in ("h2", "h3")
    sheet.y += (0.05 if tight else 0.45) * step


def age(sheet: Sheet, style: Style, seed: int) -> Image.Image:
    """Tilt, soften and grain a page; the same seed gives the same grain."""
    image = sheet.image
    if style.skew:
        image = image.rotate(style.skew, fillcolor=style.paper, resample=Image.Resampling.BICUBIC)
    if style.blur:
        image = image.filter(ImageFilter.GaussianBlur(style.blur * style.dpi / 150))
    if style.noise:
        pixels = np.asarray(image).astype(float)
        pixels += np.random.default_rng(seed).normal(0, style.noise, pixels.shape)
        image = Image.fromarray(pixels.clip(0, 255).astype("uint8"))
    return image.point(lambda v: 255 if v > 150 else 0).convert("1") if style.bilevel else image


def render(folder: Path) -> None:
    """Print one sample: its scan and ``printed.txt``."""
    about = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    style = Style(**about.get("style", {}))
    sheets = [blank(style)]
    for block in blocks((folder / "source.txt").read_text(encoding="utf-8")):
        if block.label == "page":
            sheets.append(blank(style))
        else:
            set_block(sheets[-1], block, style)
    printed = "\f".join("\n".join(sheet.printed).strip("\n") + "\n" for sheet in sheets)
    (folder / "printed.txt").write_text(printed, encoding="utf-8")
    scan = about.get("scan")
    if not scan:
        return
    if style.layer:
        (folder / scan).write_bytes(text_pdf(sheets, style))
        return
    seed = int(hashlib.sha256(folder.name.encode()).hexdigest()[:8], 16)
    images = [age(sheet, style, seed + i) for i, sheet in enumerate(sheets)]
    if len(images) > 1 and not scan.endswith((".pdf", ".tif")):
        raise ValueError(f"{folder.name}: a picture file holds one page, the source has {len(images)}")
    images[0].save(folder / scan, **packing(scan, style, images[1:]))


def text_pdf(sheets: list[Sheet], style: Style) -> bytes:
    """A PDF of text in Times or Helvetica: the Liberation fonts have their widths, so the lines end alike."""
    family = "Times-Roman Times-Bold" if "Serif" in style.font else "Helvetica Helvetica-Bold"
    fonts = " ".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for n, name in enumerate(family.split())
    )
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(len(sheets)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode()]
    width, height = PAGE[0] * 72, PAGE[1] * 72
    for i, sheet in enumerate(sheets):
        page = (
            f"/MediaBox [0 0 {width:.0f} {height:.0f}] /Contents {4 + 2 * i} 0 R /Resources << /Font << {fonts} >> >>"
        )
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>".encode())
        shown = b"\n".join(_shown(place, style.dpi, height) for place in sheet.placed if place[-1])
        objects.append(b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + head + rows + tail.encode()


def _shown(place: tuple[float, float, float, bool, str], dpi: int, height: float) -> bytes:
    """One string at its place, in PDF's own units and from the foot of the page."""
    x, y, size, bold, text = place
    points = size * 72 / dpi
    coded = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    place_of = f"BT /F{int(bold)} {points:.2f} Tf {x * 72 / dpi:.2f} {height - y * 72 / dpi - points:.2f} Td ("
    return place_of.encode() + coded + b") Tj ET"


def packing(scan: str, style: Style, more: list[Image.Image]) -> dict[str, object]:
    """How Pillow is to write the file, by its ending."""
    if scan.endswith(".pdf"):
        # No dates in it: the file's bytes, and so the record's id, stay the same from day to day.
        undated = {"creationDate": None, "modDate": None, "producer": "attsats samples", "title": "scan"}
        squeeze = {} if style.bilevel else {"quality": 55}
        return {"save_all": True, "append_images": more, "resolution": style.dpi, **undated, **squeeze}
    resolution = (style.dpi, style.dpi)
    if scan.endswith(".tif"):
        return {"save_all": True, "append_images": more, "compression": "group4", "dpi": resolution}
    return {"dpi": resolution, "quality": 60} if scan.endswith(".jpg") else {"dpi": resolution, "optimize": True}


def main(names: list[str]) -> int:
    """Render the named samples, or all that have a source."""
    for source in sorted(HERE.glob("*/source.txt")):
        if not names or source.parent.name in names:
            render(source.parent)
            print(source.parent.name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
