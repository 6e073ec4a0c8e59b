"""Files for the tests of reading: small PDFs written by hand, pages drawn with Pillow's own font."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from pipeline.ocr.tsv import HEADER


def pdf(
    pages: list[list[str]],
    *,
    size: tuple[float, float] = (595, 842),
    catalog: str = "",
    trailer: str = "",
    rotate: int = 0,
    step: int = 14,
) -> bytes:
    """A PDF whose pages hold these lines as a text layer in Helvetica 11."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode())
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, lines in enumerate(pages):
        box = f"/MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate}"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * i} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        shown = b" ".join(
            b"(" + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"
            + f" 0 -{step} Td".encode()
            for line in lines
        )  # fmt: skip
        content = f"BT /F1 11 Tf 72 {size[1] - 72} Td ".encode() + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    out = b"%PDF-1.4\n"
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return out


def drawn(lines: list[str], *, dpi: int = 150, size: int = 12, width: float = 6.0, height: float = 4.0) -> Image.Image:
    """A white page with these lines in Pillow's own font."""
    image = Image.new("L", (int(width * dpi), int(height * dpi)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size * dpi / 72)
    for i, line in enumerate(lines):
        draw.text((0.5 * dpi, 0.5 * dpi + i * 1.5 * size * dpi / 72), line, font=font, fill=0)
    image.info["dpi"] = (dpi, dpi)
    return image


def saved(image: Image.Image, kind: str, *more: Image.Image, dpi: int = 150) -> bytes:
    """The image (and further pages) as the bytes of a file of that kind."""
    buffer = io.BytesIO()
    extra: dict[str, object] = {}
    if more:
        extra = {"save_all": True, "append_images": list(more)}
    if kind == "PDF":
        extra["resolution"] = dpi
    elif kind != "JPEG2000":
        extra["dpi"] = (dpi, dpi)
    image.save(buffer, kind, **extra)
    return buffer.getvalue()


class SecondReader:
    """Stands for the engine: answers with these words, each at its place on the sheet."""

    def __init__(self, words: list[tuple[str, int, int, int, int]]) -> None:
        self.words = words
        self.asked = 0
        self.how: set[tuple[int, str]] = set()

    def read(self, image: Image.Image, *, dpi: int, psm: int, languages: str) -> str:
        self.asked += 1
        self.how.add((psm, languages))
        rows = [f"5\t1\t1\t1\t{n}\t1\t{x}\t{y}\t{w}\t{h}\t90\t{t}" for n, (t, x, y, w, h) in enumerate(self.words, 1)]
        return "\n".join([HEADER, *rows])
