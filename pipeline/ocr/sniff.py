"""What kind of file the bytes are, whatever the file is called."""

from __future__ import annotations

import re

from ..errors import InputUnknown

SNIFFED = 65536  # bytes from the beginning that decide

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "jp2": "image/jp2",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "pnm": "image/x-portable-anymap",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "alto": "application/alto+xml",
    "page-xml": "application/page+xml",
    "hocr": "text/vnd.hocr+html",
    "tsv": "text/tab-separated-values",
    "text": "text/plain",
}
IMAGES = frozenset({"png", "jpeg", "tiff", "jp2", "gif", "bmp", "webp", "pnm"})
EXTENSIONS = {
    "pdf": ("pdf",),
    "png": ("png",),
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "tiff": ("tif", "tiff"),
    "jp2": ("jp2", "j2k", "jpx", "jpf", "j2c", "jpc"),
    "gif": ("gif",),
    "bmp": ("bmp",),
    "webp": ("webp",),
    "pnm": ("pnm", "pgm", "pbm", "ppm"),
    "docx": ("docx", "docm"),
    "alto": ("xml", "alto"),
    "page-xml": ("xml", "page"),
    "hocr": ("hocr", "html", "htm", "xhtml", "xml"),
    "tsv": ("tsv", "txt"),
}
# A text may be called anything except what names another kind of file.
_NOT_TEXT = frozenset({"pdf", "png", "jpg", "jpeg", "tif", "tiff", "jp2", "docx", "doc", "gif", "bmp", "webp", "zip"})

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_OTHERS = (  # kinds that people try, which cannot be read: magic, name, what to do
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word, Excel or e-mail file",
        "Open it in an office program and save it as PDF or DOCX.",
    ),
    (b"{\\rtf", "a rich text (RTF) file", "Open it in an office program and save it as PDF or DOCX."),
    (b"PK\x03\x04", "a ZIP archive or an office file other than DOCX", "Unpack it, or save it as PDF."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"\x7fELF", "a program", ""),
    (b"SQLite format 3", "a database", ""),
)


def kind_of(head: bytes) -> str:
    """The kind (a key of ``MEDIA_TYPES``) of a file that begins with ``head`` (not empty).

    Raises:
        InputUnknown: nothing that can be read.

    >>> kind_of(b"%PDF-1.7"), kind_of("Motion om lekplatser".encode("latin-1"))
    ('pdf', 'text')
    """
    kind = _binary_kind(head)
    if kind:
        return kind
    for magic, what, advice in _OTHERS:
        if head.startswith(magic):
            raise InputUnknown(f"This is {what}, which attsats does not read.", advice)
    if looks_like_text(head):
        return _markup_kind(head)
    raise InputUnknown(
        "The bytes are neither text nor any kind of document that attsats reads.",
        "It reads PDF, TIFF, PNG, JPEG, JPEG 2000, DOCX, ALTO, hOCR, PAGE XML, Tesseract TSV and plain text.",
    )


def _binary_kind(head: bytes) -> str | None:
    if b"%PDF-" in head[:1024] and (head.startswith(b"%PDF-") or not looks_like_text(head[:16])):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(_TIFF):
        return "tiff"
    if head.startswith((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")):
        return "jp2"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if re.match(rb"P[456]\s+(#|\d+\s+\d)", head):
        return "pnm"
    if head.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head[:64]):
        return "docx"
    return None


def _markup_kind(head: bytes) -> str:
    start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")[:4096]
    if start.startswith("<"):
        if re.search(r"<(\w+:)?alto[\s>]", start, re.IGNORECASE):
            return "alto"
        if re.search(r"<(\w+:)?PcGts[\s>]", start):
            return "page-xml"
        if "ocr_page" in head.decode("utf-8", "replace") or "ocr-system" in start:
            return "hocr"
    if re.match(
        r"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext", start
    ):
        return "tsv"
    return "text"


def looks_like_text(head: bytes) -> bool:
    """Whether the bytes may be text in UTF-8, UTF-16, or a one-byte encoding.

    >>> looks_like_text(b"Motion\\r\\n"), looks_like_text(bytes(range(256)))
    (True, False)
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _few_controls(head.decode("utf-16", "replace"))
    if b"\0" in head:  # UTF-16 without a mark has a zero in every other byte
        halves = (head[::2], head[1::2])
        return len(head) > 3 and any(
            0 not in letters[:2000] and zeros[:2000].count(0) > 0.7 * len(zeros[:2000])
            for letters, zeros in (halves, halves[::-1])
        )
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut off at the end of what was sniffed is no fault.
        text = head[: error.start].decode("utf-8") if error.start > len(head) - 4 else head.decode("latin-1")
    return _few_controls(text)


_CONTROL = re.compile(r"[\x00-\x07\x0e-\x19\x1c-\x1f\x7f\ufffd]")


def _few_controls(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= len(text) * 0.01


def wrong_extension(kind: str, name: str) -> bool:
    """Whether the file's name promises another kind than its bytes hold.

    >>> wrong_extension("jpeg", "motion.pdf"), wrong_extension("text", "motion.md"), wrong_extension("pdf", "motion")
    (True, False, False)
    """
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if not suffix:
        return False
    if kind == "text":
        return suffix in _NOT_TEXT
    return suffix not in EXTENSIONS[kind] and (suffix in _NOT_TEXT or suffix in {"txt", "xml", "html", "tsv"})
