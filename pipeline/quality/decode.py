"""Bytes into text: which encoding a plain text was written in, by what it does to the Swedish letters."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "cp850", "mac_roman")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of the encoding: utf-8(-sig), utf-16, utf-32, latin-1, cp1252, cp850 or mac_roman.

    Never fails: bytes that an encoding leaves undefined come through as C1 controls, and a file that mixes UTF-8 and
    Windows-1252 (texts pasted together) is read piece by piece.

    >>> decode("får".encode("cp850")), decode("får".encode("mac_roman")), decode("får".encode("latin-1"))
    (('får', 'cp850'), ('får', 'mac_roman'), ('får', 'latin-1'))
    >>> decode("på".encode() + " för".encode("latin-1"))
    ('på för', 'utf-8')
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    whole = len(_MULTIBYTE.findall(data))
    stray = sum(byte >= 0x80 for byte in _MULTIBYTE.sub(b"", data))
    if whole >= stray:
        return _mixed(data), "utf-8"
    name = max(_EIGHT_BIT, key=lambda name: (_swedish(data, name), name == "cp1252"))
    text = _eight_bit(data, name)
    if name == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in data):
        name = "latin-1"
    return text, name


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 0."""
    head = data[:2000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _swedish(data: bytes, name: str) -> int:
    """How many å, ä and ö stand beside a letter when the bytes are read so; capitals inside words count against."""
    letters = "åäöÅÄÖ".encode(name)
    small, large = re.escape(letters[:3]), re.escape(letters[3:])
    good = re.findall(rb"(?<=[A-Za-z])[" + small + rb"]|[" + small + rb"](?=[A-Za-z])", data)
    capitals = re.findall(rb"(?<![A-Za-z])[" + large + rb"](?=[A-Za-z])|(?<=[A-Z])[" + large + rb"]", data)
    odd = re.findall(rb"(?<=[a-z])[" + large + rb"](?=[a-z])", data)
    return len(good) + len(capitals) - len(odd)


def _eight_bit(data: bytes, name: str) -> str:
    return "".join(bytes([byte]).decode(name, "replace").replace("\ufffd", chr(byte)) for byte in data)


def _mixed(data: bytes) -> str:
    """UTF-8 where it is valid, Windows-1252 for the bytes between."""
    parts, last = [], 0
    for match in _MULTIBYTE.finditer(data):
        parts.append(_eight_bit(data[last : match.start()], "cp1252"))
        parts.append(match[0].decode("utf-8", "replace"))
        last = match.end()
    return "".join([*parts, _eight_bit(data[last:], "cp1252")])
