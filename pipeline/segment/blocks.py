"""What a line looks like on its own: names under a document, dates, noise of stamps and logos."""

from __future__ import annotations

import re
from dataclasses import replace

from ..roles import MANDATE_KEY, OFFICE_KEY
from .lines import Line, fold
from .tables import Tables

_NAME = re.compile(
    r"^([A-ZÀ-ÖØ-ÞŠČŽ][\w.'’-]*\.?|[a-zåäö]{1,3}|\([A-Za-zÅÄÖåäö/–-]{1,5}\)?|\(?[A-ZÅÄÖ]{1,3}\)|,|&|m\.?fl\.?|och|för|genom)$"
)
_PARTY = re.compile(r"\((?:[A-Za-zÅÄÖåäö]{1,4}|[-–—])\)|(?<= )/[A-ZÅÄÖ]{1,4}/$")
_COLUMN = re.compile(r"\s{3,}|\t")
# What officials are, under their names: "stadsarkitekt", "tf miljöinspektör", "Strategisk planerare".
_PROFESSION = re.compile(
    r"(tf\.? |bitr\.? |bitradande |vice |stallforetradande |\w+(sk|ig|ad) ){0,2}\w*" + f"({OFFICE_KEY})"
)
_FILLED_IN = re.compile(r"(ort (och|/) ?)?datum\b.*\d.*\b(underskrift|namnteckning|namnfortydligande)\b")  # of a form
_WORD = re.compile(r"[^\W\d_]{3,}")


def names(line: Line, tables: Tables) -> bool:
    """Whether the line can be a line of a sign-off: names, with or without parties and roles."""
    text = line.text.removeprefix("/").lstrip()
    if len(text) > 130 or (text[-1:] in ".:;?!" and not text.endswith(("fl.", "”"))) or line.mark:
        return False
    tokens = re.split(r"[\s,]+", text)
    fitting = sum(bool(_NAME.match(token)) for token in tokens if token)
    capital = sum(bool(re.search(r"[A-ZÅÄÖ]", token)) for token in tokens if len(token) > 1)
    share = fitting / max(1, len(tokens))
    if tokens and all(_PARTY.fullmatch(token) for token in tokens):  # under the names, a column each
        return True
    if _PARTY.search(text) and ((share >= 0.6 and capital >= 2) or (len(tokens) < 9 and capital * 2 >= len(tokens))):
        return True
    if tables.has("role", line.key) and len(text) < 110 and len(tokens) <= 9 and line.text[:1].isupper():
        return True
    return share >= 0.85 and capital >= 2 and len(tokens) <= 14


def signs(line: Line, tables: Tables) -> bool:
    """Whether the line can stand in a sign-off: names, place and date, party, role, remains of handwriting.

    A line of columns is one where each of them can.
    """
    columns = _COLUMN.split(line.text)
    return _signs(line, tables) or (
        1 < len(columns) < 5 and all(_signs(replace(line, text=column), tables) for column in columns)
    )


def _signs(line: Line, tables: Tables) -> bool:
    key = line.key
    return (
        names(line, tables)
        or _PROFESSION.fullmatch(key) is not None
        or _FILLED_IN.match(key) is not None
        or tables.has("place-date", key)
        or tables.has("date-only", key)
        or tables.has("sign.for", key)
        or _of_party(line, tables)
        or _told_by(line)
        or (line.text[:1].isupper() and tables.place(key))
        or (tables.has("sign.organ", key) and line.text[:1].isupper())
        or (tables.has("sign.party", key) and len(key) < 75 and not key.endswith((".", ":")))
        or (tables.has("role", key) and len(key) < 90 and not key.endswith("."))
        or noise(line)
    )


def _of_party(line: Line, tables: Tables) -> bool:
    """``Ann Ek, Miljöpartiet de gröna``."""
    name, comma, party = line.text.partition(", ")
    capital = all(word[:1].isupper() for word in name.split()) and 2 <= len(name.split()) <= 4
    return bool(comma) and capital and tables.has("sign.party", fold(party)) and len(party) < 40


# A name with its caption on a form, a field of its own; a name with what its bearer is behind a comma.
_CAPTIONED = re.compile(
    r"(?:Förslagsställare|Motionär(?:er)?|Namn(?:förtydligande)?|Underskrift|Undertecknad|Insändare|Avsändare|"
    r"Inlämna(?:d|t) av|Inskicka(?:d|t) av|Sign\.?|"
    r"(?:Undertecknat|Digitalt|Elektroniskt) (?:digitalt|elektroniskt|undertecknat|signerat|undertecknad|signerad) av)"
    r"(?:: ?| )(?P<name>.{4,50}?)(?: \d{4}-\d\d-\d\d\b.{0,12})?"
)
_TITLED = re.compile(r"(?P<name>[^,]{4,40}), (?P<role>[a-zåäö][\w åäö.-]{3,60})")
_MANDATE = re.compile(r"\w*(" + f"{MANDATE_KEY})" + r"( i .{3,40})?")


def _told_by(line: Line) -> bool:
    """``Förslagsställare: Eva Ek``, ``Eva Ek, regionråd``."""
    captioned, titled = _CAPTIONED.fullmatch(line.text), _TITLED.fullmatch(line.text)
    if captioned:
        return _proper(captioned["name"])
    if titled is None or not _proper(titled["name"]):
        return False
    role = fold(titled["role"])
    return bool(_PROFESSION.match(role) or _MANDATE.fullmatch(role))


def _proper(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(word[:1].isupper() or word in ("von", "af", "de") for word in words)


def noise(line: Line) -> bool:
    """Whether the line is what OCR makes of a logo, a stamp or handwriting."""
    text = line.text
    if len(text) > 45:
        return False
    words = _WORD.findall(text)
    return not words or (len(text) < 8 and len(words) < 2 and not text[:1].isdigit() and not text.endswith((".", ":")))
