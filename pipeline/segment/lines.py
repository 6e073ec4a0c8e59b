"""The lines of a text with what layout says about them: marks, gaps, widths, folded keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from ..document import Span
from .run_ins import RunIns
from .run_on_titles import RunOnTitle

_FOLD = str.maketrans("åäáàâãöøóòôõéèêëüúùíìñçÅÄÖ–—−‐‑“”„»«’‘´`", 'aaaaaaooooooeeeeuuuiincAAO-----"""""\'\'\'\'')
_COMMON = tuple(zip("åäöé–”’", "aaoe-\"'", strict=True))  # replaced one by one, as no table does it faster
# What scanners and word processors leave of a bullet; ``e`` and ``o`` are read off round bullets, ``_`` off dashes.
_MARK = re.compile(
    r"""(?P<bullet>[-–—•·●▪■□►»«*¢°~§]?[-–—•·●▪■□►»«*¢°~\uf0b7\uf0a7\uf02d]+)[ \t]*(?=[^\s-])
      | (?P<round>[eoé©@+_])@?[ \t]+(?=(?:\|?[A-ZÅÄÖ]|att\b))
      | (?:att-?sats|punkt)?[ \t]*(?P<number>\d{1,2})
        (?:[.)](?!\d)[ \t]*|,[ \t]+(?=[A-ZÅÄÖ])|
           [ \t]+(?=[A-ZÅÄÖ]\w+[ \t](?:\w+[ \t]){0,2}(?:bifaller|avslår|anser|beslutar|antar|uppdrar|ger|får|ges|
             avslås|bifalls|bifalles|anses|besvaras|återremitteras|remitteras|bordläggs|godkänns|antas|fastställs)\b)|
           [ \t]+(?:[-–—][ \t]+)?(?=[Aa]tt\b)|
           [ \t]+(?=(?:Är|Har|Hur|Vad|När|Vilk(?:a|en|et)|Varför|Kan|Kommer|Avser|Anser|Ska|Finns|Vem|Tycker|Tänker|
             Ämnar)[ ]\w)|
           [ \t]{3,}(?=[A-ZÅÄÖ](?:(?![ ]{3}|\t|\.{4}|\([A-Za-zÅÄÖåäö]{1,4}\),?[ ]\w+$).){30,}$))
      | (?P<roman>I{1,3}|IV|V|VI{1,3}|IX|X)[.)][ \t]+(?=[Aa]tt\b|[A-ZÅÄÖ][\wåäö]+[ ](?:[\wåäö-]+[ ]){2})
      | (?P<letter>[a-hA-H])[.)][ \t]+
    """,
    re.X,
)

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# A clause with att, as OCR leaves the word, or glued to the next one.
_ATT = re.compile(r"^((och )?dels |i (forsta|andra|tredje) hand,? +)?(att|alt|aft|atl|atf)\b|^att[a-z]{5,}")


# "M O T I O N", as typists set off a heading.
_SPACED = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]:?")


@dataclass(frozen=True)
class Mark:
    """A list mark at the start of a line: ``bullet``, ``number`` or ``letter``, its value and its width."""

    kind: str
    value: str
    width: int


@dataclass(frozen=True)
class Line:
    """One non-blank line: ``n`` counts lines of the text from 0, ``gap`` is the number of blank lines above."""

    n: int
    span: Span
    text: str
    indent: int
    gap: int
    new_page: bool = False

    @cached_property
    def key(self) -> str:
        """The folded line, for matching; a word that was typed with a blank behind each letter is closed up."""
        return fold(self.text.replace(" ", "") if _SPACED.fullmatch(self.text) else self.text)

    @cached_property
    def mark(self) -> Mark | None:
        """The list mark the line begins with."""
        return mark_of(self.text)

    @cached_property
    def att(self) -> bool:
        """Whether the line opens an att-sats, after a "dels" or a rank perhaps."""
        return _ATT.match(self.key) is not None

    @property
    def body(self) -> str:
        """The line without its list mark."""
        return self.text[self.mark.width :] if self.mark else self.text


def fold(text: str) -> str:
    """Lower case without diacritics, quotes and dashes made plain, blanks collapsed.

    >>> fold("Förslag  till BESLUT –")
    'forslag till beslut -'
    """
    lower = text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()
    for letter, plain in _COMMON:
        lower = lower.replace(letter, plain)
    if not lower.isascii() or "`" in lower:
        lower = lower.translate(_FOLD)
    return " ".join(lower.split())


def mark_of(text: str) -> Mark | None:
    """The list mark of a line, if any.

    >>> mark_of("2. Att utreda"), mark_of("- att"), mark_of("2021 var") is None
    (Mark(kind='number', value='2', width=3), Mark(kind='bullet', value='-', width=2), True)
    >>> mark_of("1    Motionens första förslag bifalls av nämnden.")
    Mark(kind='number', value='1', width=5)
    >>> mark_of("1    Eva Ek (S), ordförande"), mark_of("4    Svar på motion om bänkar ............ 12")
    (None, None)
    """
    found = _MARK.match(text)
    if not found:
        return None
    kind = found.lastgroup or "bullet"
    value = found.group(kind)
    if kind == "roman":
        kind, value = "number", str(_ROMAN.index(value) + 1)
    return Mark(
        "bullet" if kind == "round" else kind,
        ("-" if value == "_" else "o") if kind == "round" else value[:1] if kind == "bullet" else value,
        found.end(),
    )


def read_lines(text: str) -> tuple[Line, ...]:
    """The non-blank lines of ``text``; lines end at a line feed, a form feed opens a page.

    A lead-in and items that are set in one line with each other count as lines of their own: see :class:`RunIns`; so
    does the first sentence where a title runs on into it: see :class:`RunOnTitle`.
    """
    lines: list[Line] = []
    start, gap, new_page = 0, 0, False
    run_ins, title = RunIns(), RunOnTitle()
    for n, raw in enumerate(text.split("\n")):
        stripped = raw.strip()
        new_page = new_page or "\f" in raw
        if stripped:
            left = start + raw.index(stripped[0])
            indent = len(raw) - len(raw.lstrip())
            cut = title.cut(stripped, gap=gap > 0)
            for a, b in [(0, cut - 1), (cut, len(stripped))] if cut else run_ins.parts(stripped):
                span = Span(left + a, left + b)
                lines.append(Line(n, span, stripped[a:b], indent, gap, new_page))
                indent, gap, new_page = 0, int(cut > 0), False
            gap = 0
        else:
            gap += 1
        start += len(raw) + 1
    return tuple(lines)


def page_width(lines: tuple[Line, ...]) -> int:
    """How long a full line of running text is, in characters."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return max(lengths[len(lengths) * 9 // 10], 55) if lengths else 80  # no page is set narrower


_END = re.compile(r"[.!?:;][\"”'’)\d]{0,3}$|[\"”]$")


# Wordings that open a paragraph in the minutes of a meeting, however long the line above is.
_OPENS = re.compile(
    r"^(Ordföranden?|Mötesordföranden?) (?!\()[^.]{0,60}\b(anmäler|finner|ställer|frågar|prövar|konstaterar)\b|"
    r"^(?:[A-ZÅÄÖ][\w-]+ ){2,3}(?:\([A-Za-zÅÄÖåäö]{1,4}\) )?(?:yrkar|yrkade|reserverar|reserverade)\b|"
    r"^(?:(?:[A-ZÅÄÖ][\w-]+ ){2,4}\([A-Za-zÅÄÖåäö]{1,4}\)(?:, | och )?){2}|"
    r"^\d{1,3} ledamöter (?:röstar|röstade) |"
    r"^Vid (?:ärendets behandling|behandling(?:en)? av ärendet) i \w+ (?:förekom|framställdes|förelåg)\b|"
    r"^(?:Efter|På) (?:proposition|propositioner) |^(?:Votering|Omröstning) begär|^Mot beslutet reserver|"
    r"^\w*[Ff]ullmäktige har (?:alltså|således|sålunda|därmed) "
)


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence can end."""
    return bool(_END.search(text))


# Words that no sentence ends with; where a long line follows, text between them may be lost.
_UNDONE = re.compile(r" (i|och|av|för|till|på|med|en|ett|den|det|som|om|från|eller|vid|mot|inom|genom|hos)$")


def joined(above: Line, below: Line, width: int) -> bool:
    """Whether ``below`` goes on with the paragraph of ``above``.

    A blank line inside a sentence (OCR leaves many) does not end the paragraph;
    without a blank line, a paragraph ends where the next word would still have fitted.
    """
    if below.mark and (ends_sentence(above.text) or below.mark.kind in {"bullet", "letter"} or _opens_numbered(below)):
        return False
    first = below.text[:1]
    lower = first.islower() or first in "(,&" or (first.isdigit() and not below.mark)
    if below.gap:
        if ends_sentence(above.text):
            return False
        return (
            lower
            or (
                len(above.text) > 0.75 * width
                and above.text[-1:].islower()
                and below.gap == 1
                and len(below.text) > 0.5 * width
            )
            or above.text.endswith((",", "-"))
            or (below.gap == 1 and len(below.text) < 0.5 * width and _UNDONE.search(above.text) is not None)
        )
    if not ends_sentence(above.text):
        return True
    if _OPENS.match(below.text):
        return False
    if lower:
        return True
    word = len(below.text.split(" ", 1)[0])
    return len(above.text) + 1 + word > 0.95 * width


def _opens_numbered(below: Line) -> bool:
    """Whether a line opens a numbered item, and no date or amount that only broke here."""
    return bool(
        below.mark
        and below.mark.kind == "number"
        and below.mark.value.isdigit()
        and len(below.text) > 20
        and below.text[below.mark.width : below.mark.width + 1].isalpha()
    )


def paragraphs(lines: tuple[Line, ...] | list[Line], width: int) -> list[list[Line]]:
    """The lines in paragraphs; a list item is a paragraph of its own."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and joined(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
