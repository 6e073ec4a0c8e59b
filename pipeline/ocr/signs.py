"""What may be a paragraph sign, and is: by its ink, or by a second look.

Tesseract's Swedish model does not know ``§`` (it reads 8, $, & or 3); the English one does, but takes the rings and
dots off letters wherever the two are run together. So the page is read in Swedish, and the places where a § may
stand are looked at again: a § hangs below the line, what it is read as does not; and where the ink says nothing the
place is read in English, all of a page in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from PIL import Image

from ..document import Box, around
from .descent import Hang, hang_of
from .page import Line, PageText, Paragraph, Token
from .second_look import looked_at_again
from .tesseract import Tesseract

_LIKE_SIGN = re.compile(r"([(«»]?)(83|[83Ss569gB]|[$&%£€8][$&%£€8]?)")
# Behind its number a § may end a sentence, or run together with the word after it.
_LIKE_SIGN_BEHIND = re.compile(r"([83S569gB]|[$&%£€8][$&%£€8]?)([.,:;)]{0,2})|(?P<sign>[$£])(?P<word>[a-zåäö]{1,4})")
_LIKE_SIGN_OF_TWO = re.compile(r"(\(?)([3589]{2})")  # one character that was read as two digits, or §§
_RANGE = re.compile(r"\d{1,3}[–-]\d{1,3}[.,]?")
_GLUED = re.compile(r"(?:[8$&%£€Ss]|S[$&])(?=(\d{1,3})[a-z]?[.,)]?$)")
_SURELY_GLUED = re.compile(r"[S$&%£€]?[$&%£€]-?(?=(\d{1,3})\b)")
_PERHAPS_GLUED = re.compile(r"[8S359](?=(\d{1,3})[a-z]?[.,)]?$)")  # inside a line a number, unless its ink hangs
_PERHAPS_TWO = re.compile(r"[8S359]{2}(?=(\d{3})[.,]?$)")  # at a line's head; there are no sections of four digits
_IN_CHAPTER = re.compile(r"(\d{1,2}[a-z]?)([8S])([.,:;)]{0,2})")
_GLUED_BEHIND = re.compile(r"(\d{1,3}[a-z]?)([$&£])([.,:;)]{0,2})")
_GROUP, _THOUSANDS = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}[.,]?")
_NUMBER = re.compile(r"(\d{1,3})[a-z]?\b")
_NUMBER_AT_END = re.compile(r"(?<![^–-])\d{1,3}[a-z]?$")
_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{4}),?")  # a meeting's date: its § follows
_MARKS_READ = ("«", "»")  # what • is read as, together with the § behind it
_MARKS = frozenset("•*-–")  # what a line of a list begins with
_STANDING = frozenset("8S$&%£€")
_HANGING = frozenset("34579")  # the digits that hang below the line in some typefaces, and then all of them do
_HANGS = 0.09  # of the digits' height: digits were at most .06 below each other, nearly all § .1 to .3
_FOREIGN = frozenset("$£€")  # not met before a number in these texts, so that less is enough
_HANGS_A_LITTLE = 0.03
_HANGS_BELOW_HANGING = 0.13  # below digits that may hang themselves
_ONE_WIDE = 0.8  # times its height: two digits are wider
_SPACED = 0.4  # of the digits' height: blanks were .42 and more, the gap within "§10" at most .34
_PERHAPS_SPACED = 0.3  # of it: the second look tells
_UNSURE = 0.65  # a number where a § may begin: below, it is looked at again
_MOST = 40  # places on a page; a table of figures has more, and no signs
# The second language, too, reads a § as $ where it is printed small; nobody writes a sum so.
_BEFORE = re.compile(r"^[^\w§$]*([§$] ?§?) ?\d")
_BEHIND = re.compile(r"\d ?[a-z]? ?([§$] ?§?)[^\w§$]*$")
_APART = re.compile(r"[§$] \d")
_BOARD = re.compile(r"[A-ZÅÄÖ]{2,4}|Dnr|Diarienummer|Ärende")  # whose section it is, or the number of its matter


@dataclass(frozen=True, slots=True)
class Place:
    """A token that may be a §, and how a reading of it and of its number shows one.

    Attributes:
        token: what was read there.
        box: around the token and its number.
        shown: where a § stands in a reading of the box.
        signs: the token's characters that may be signs.
        number: the number's digits, and its letter if that stands between.
        left: the rest of the token before the signs: a bracket, or a number.
        right: the rest of the token after them.
        doubtful: only where its ink hangs may it be a sign.
        sure: the word before leaves no doubt: a chapter is followed by a section, not by a sum.
        least: how many signs have to be seen: before a range of numbers two digits are §§ or digits.
    """

    token: Token
    box: Box
    shown: re.Pattern[str]
    signs: str
    number: str
    left: str = ""
    right: str = ""
    doubtful: bool = False
    sure: bool = False
    least: int = 1

    def text(self, signs: int, *, spaced: bool = False) -> str:
        """The token's text with so many signs, and with a blank where it stands between sign and number."""
        left = "• " if self.left in _MARKS_READ else f"{self.left} " if self.left[:1].isdigit() else self.left
        spaced = self.right[:1].isalpha() or (spaced and self.right[:1].isdigit())
        right = f" {self.right}" if spaced else self.right
        return left + "§" * signs + right


def languages_in_turn(languages: str) -> tuple[str, str | None]:
    """What to read the page with, and what to read possible signs with.

    >>> languages_in_turn("swe+eng"), languages_in_turn("deu")
    (('swe', 'eng'), ('deu', None))
    """
    codes = languages.split("+")
    return ("swe", "eng") if sorted(codes) == ["eng", "swe"] else (languages, None)


def signs_restored(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, language: str) -> PageText:
    """The page with § where the ink or the second look shows one; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    places = [
        place
        for paragraph in page.paragraphs
        for line, following in zip_longest(paragraph, paragraph[1:], fillvalue=())
        for place in (*places_in(line), *_at_the_end(line, following))
    ]
    if not places:
        return page
    grey = image if image.mode == "L" else image.convert("L")
    restored = {place.token: text for place in places[: 3 * _MOST] if (text := _by_ink(grey, place))}
    left = [place for place in places if place.token not in restored and _worth_a_look(grey, place)][:_MOST]
    if left:
        restored |= _read_again(engine, grey, left, dpi, language)
    return _replaced(page, {token: replace(token, text=text) for token, text in restored.items()})


def _by_ink(grey: Image.Image, place: Place) -> str | None:
    """The token's text with those of its signs that hang below its number, as a § does."""
    if place.sure or (place.shown is _BEHIND and place.left[-1:].isalpha()):
        return place.text(1)  # nobody writes a sum as 15a$
    standing = set(place.signs) <= _STANDING
    told = set(place.signs) <= (_HANGING if len(place.signs) == 1 else _HANGING | _STANDING)
    if not standing and not (told and set(place.number) & _HANGING):
        return None
    enough = _HANGS_A_LITTLE if set(place.signs) <= _FOREIGN else _HANGS
    if not standing and not _mixed(place.number):
        enough = _HANGS_BELOW_HANGING
    for signs in range(len(place.signs), place.least - 1, -1):  # one § may be read as two characters
        found = _hang(grey, place, signs, level=not standing)
        if found and found.depth >= enough:
            return place.text(signs, spaced=found.gap >= _SPACED)
    return None


def _worth_a_look(grey: Image.Image, place: Place) -> bool:
    """Whether the second look may tell: of a digit of a number only where it hangs below the others.

    In some typefaces 5 hangs beside a 10, and 3 a little below a 4, so that the ink alone does not tell.
    """
    if not place.doubtful:
        return True
    if place.shown is _BEHIND or len(place.signs) > 1 or not set(place.signs) <= _HANGING:
        return False
    found = _hang(grey, place, 1)
    return found is not None and found.depth >= _HANGS


def _mixed(number: str) -> bool:
    """Whether it has digits that hang in some typefaces, and others, so that it shows which typeface this is."""
    return 0 < len(set(number) & _HANGING) < len(set(number))


def _hang(grey: Image.Image, place: Place, signs: int, *, level: bool = False) -> Hang | None:
    behind = place.shown is _BEHIND
    beyond = len(place.right if behind else place.left)
    return hang_of(grey, place.box, beyond=beyond, signs=signs, digits=len(place.number), behind=behind, level=level)


def _read_again(engine: Tesseract, grey: Image.Image, places: list[Place], dpi: int, language: str) -> dict[Token, str]:
    """The text of the tokens of those places in which the second language sees a sign, with it."""
    seen = looked_at_again(engine, grey, [place.box for place in places], dpi=dpi, language=language)
    restored: dict[Token, str] = {}
    for place, text in zip(places, seen, strict=True):
        if signs := _signs_in(place, text):
            beside = _hang(grey, place, signs)
            gap = beside.gap if beside else _PERHAPS_SPACED
            apart = gap >= _SPACED or (gap >= _PERHAPS_SPACED and _APART.search(text) is not None)
            restored[place.token] = place.text(signs, spaced=apart)
    return restored


def sign_in(place: Place, seen: str) -> str | None:
    """The token's text with its signs, if ``seen``, a reading of the place, shows any."""
    signs = 0 if place.doubtful else _signs_in(place, seen)
    return place.text(signs) if signs else None


def _signs_in(place: Place, seen: str) -> int:
    shown = place.shown.search(seen)
    return sum(shown[1].count(sign) for sign in "§$") if shown else 0


def places_in(line: Line) -> list[Place]:
    """The tokens of a line that may be a §, with the number beside them."""
    places = (_before_number(line, i) or _behind_number(line, i) or _glued(line, i) for i in range(len(line)))
    return [place for place in places if place]


def _before_number(line: Line, i: int) -> Place | None:
    """``8 129``, ``(8 129``: the number is the next token."""
    token, number = line[i], line[i + 1] if i + 1 < len(line) else None
    one = token.box.x1 - token.box.x0 <= _ONE_WIDE * (token.box.y1 - token.box.y0)
    of_two = _LIKE_SIGN_OF_TWO.fullmatch(token.text) if one and token.text != "83" else None
    sign = _LIKE_SIGN.fullmatch(token.text) or of_two
    both = None
    if not sign and number is not None and _RANGE.fullmatch(number.text):  # 85 107-108
        sign = both = _LIKE_SIGN_OF_TWO.fullmatch(token.text)
    if not sign or not number or not (found := _NUMBER.match(number.text)):
        return None
    box = around(token.box, number.box)
    least = 2 if both else 1
    return Place(token, box, _BEFORE, sign[2], found[1], sign[1], doubtful=bool(of_two or both), least=least)


def _behind_number(line: Line, i: int) -> Place | None:
    """``12 8``, ``15 a 8.``: the number stands before."""
    sign = _LIKE_SIGN_BEHIND.fullmatch(line[i].text)
    lettered = i > 1 and len(line[i - 1].text) == 1 and line[i - 1].text.islower() and line[i - 2].text.isdigit()
    number = line[i - 2 if lettered else i - 1] if i else None
    if not sign or not number or not (found := _NUMBER_AT_END.search(number.text)):
        return None
    digits = found[0] + line[i - 1].text * lettered
    signs, right = sign[1] or sign["sign"], sign[2] or sign["word"] or ""
    return Place(line[i], around(line[i].box, number.box), _BEHIND, signs, digits, right=right)


def _at_the_end(line: Line, following: Line) -> Iterator[Place]:
    """``2024, 8`` at the end of a line, the number on the next: the ink is held against the word before."""
    if len(line) < 2 or not following or not _NUMBER.match(following[0].text):
        return
    token, word = line[-1], line[-2]
    sign, known = _LIKE_SIGN.fullmatch(token.text), _NUMBER_AT_END.search(word.text)
    if sign and not sign[1] and not known:
        yield Place(token, around(token.box, word.box), _BEHIND, sign[2], word.text[-3:], doubtful=True)


def _glued(line: Line, i: int) -> Place | None:
    """``8129``, ``$129``, ``15a$``: read as one with the number."""
    token, before = line[i], line[i - 1] if i else None
    chapter = before is not None and before.text.rstrip(".").lower() == "kap"
    if chapter and (behind := _IN_CHAPTER.fullmatch(token.text)):
        return Place(token, token.box, _BEHIND, behind[2], behind[1], left=behind[1], right=behind[3], doubtful=True)
    if behind := _GLUED_BEHIND.fullmatch(token.text):
        signs, number, right = behind[2], behind[1], behind[3]
        return Place(token, token.box, _BEHIND, signs, number, left=number, right=right, sure=chapter)
    if before and _GROUP.fullmatch(before.text) and _THOUSANDS.fullmatch(token.text):
        return None  # 16 879
    begins = before is None or before.text in _MARKS or _DATE.fullmatch(before.text)
    glued = (begins and _GLUED.match(token.text)) or _SURELY_GLUED.match(token.text)
    two = _PERHAPS_TWO.match(token.text) if before is None else None
    if found := glued or two or _PERHAPS_GLUED.match(token.text):
        right = token.text[found.end() :]
        following = line[i + 1].text if i + 1 < len(line) else ""
        believed = not begins or ((token.confidence or 0) >= _UNSURE and not _BOARD.fullmatch(following))
        one = found is glued and right.isdigit()  # $£73: one section has one sign, however it was read
        signs = found[0][-1:] if one else found[0]
        return Place(token, token.box, _BEFORE, signs, found[1], right=right, doubtful=not glued and believed)
    return None


def _replaced(page: PageText, restored: dict[Token, Token]) -> PageText:
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [tuple(restored.get(token, token) for token in line) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))
