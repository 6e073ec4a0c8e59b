"""Plain text: the raw text is the decoded file, exactly."""

from __future__ import annotations

import codecs

from ..document import Note, Page, Scan, Source, Span

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(data: bytes, source: Source) -> Scan:
    """A Scan without words; a form feed begins a new page. Line ends are kept as they are."""
    text, note = decode(data)
    pages, at = [], 0
    for number, page in enumerate(text.split("\f"), 1):
        pages.append(Page(number, Span(at, at + len(page)), "given"))
        at += len(page) + 1
    return Scan(source, text, tuple(pages), notes=(note,) if note else ())


def decode(data: bytes) -> tuple[str, Note | None]:
    """The text and, where it was not UTF-8, a note that names the encoding.

    >>> decode("å".encode("cp1252"))
    ('å', Note(code='input.encoding', message='The text is not UTF-8; it was read as cp1252.', at=(), count=1))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), None
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return text, None
        return text, Note("input.encoding", f"The text is not UTF-8; it was read as {encoding}.")
    raise AssertionError("latin-1 reads every byte")
