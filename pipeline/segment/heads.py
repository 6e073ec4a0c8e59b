"""The head of a document or of a §: letterhead, meta lines, title."""

from __future__ import annotations

import re

from ..diary import is_number
from .draft import Draft
from .head_lines import ASKED, ASKING, KIND, LABEL, SITTING, SUBJECT, is_meta_line, key_number, small_print
from .kinds import MEMBERS, PROTOCOLS
from .letterheads import letterhead
from .lines import Line
from .starts import identifies

_TITLED = re.compile(
    r"^(motion|yttrande|svar|yrkande|tillaggsyrkande|interpellation|medborgarforslag|initiativ|anmalan|remiss|beredning)\b"
    r"(.{0,80}?\b(om|over|angaende|gallande|pa|av|fran|till|med anledning av)\b|( \(.{1,12}\))? - \S)"
)
_RUBRIC = re.compile(
    r"(forslag|arende) \((kort|rubrik|sammanfatt)[^()]*\)|((forslag(et|ets)?|motionens|arendets|"
    r"ange) ?)?\(?(rubrik|arendemening|amne|arende)\)?[ .:]*"
)
_PERSON = re.compile(r"[A-ZÅÄÖ][a-zåäöé-]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?){1,2}")
# A title that has named whom it asks, and not yet what about.
_ADDRESSED = re.compile(r"^(interpellation|(enkel )?fraga) till (?!.*\b(om|angaende|gallande)\b)")
_ON_MATTER = re.compile(r"^\w*yrkande (till|i|over) (?!.*\b(om|angaende|gallande|att)\b).{4,60}$")
_OPEN = re.compile(
    r"\b(om|att|angaende|gallande|for|av|och|i|pa|mot|med|till|samt|fran|vid|inom|hos|under|efter|som|en|ett|den|det|:|-|ang\.?)$"
)
# Headings that are a matter's own title where they stand right under its number ("Ordningsfråga").
_TITLES = frozenset({"procedure", "statement", "floor", "other"})


def label_head(draft: Draft, indices: list[int], *, item: bool = False) -> tuple[list[int], int]:
    """Label the head of a document (or of a §, after its number line).

    Returns:
        The indices of the title's lines and the position in ``indices`` where the text begins.
    """
    title: list[int] = []
    at = 0
    if item and (between := _before_decision(draft, indices)):
        for n, i in enumerate(indices[: between[-1] + 1]):
            draft.put([i], "title" if n in between else "meta", 0.93)
        end = between[-1] + 1
        while end < len(indices) and not _decides(draft, indices[end]):
            draft.put([indices[end]], "meta", 0.93)
            end += 1
        return [indices[n] for n in between], end
    if not item and (filled := _rubric(draft, indices)):
        for n, i in enumerate(indices[:filled]):
            printed = len(draft.lines[i].text) > 60 or draft.lines[i].text.endswith((".", "!"))
            draft.put([i], "furniture" if printed and n < filled - 1 else "meta", 0.9)
        at = filled
    while at < len(indices) and at < 25:
        i = indices[at]
        line = draft.lines[i]
        if draft.label[i] is not None:
            at += 1
            continue
        if title and not _more_title(draft, title, i, item):
            if item and _runs_on(draft, i):
                break
            if not (is_meta_line(draft, line, at) or _form(draft, indices, at)) or draft.tables.heading(line):
                break
            draft.put([i], "meta", 0.9)
        elif title:
            title.append(i)
            draft.put([i], "title", 0.93)
        elif (
            (label := draft.tables.heading(line))
            and not (KIND.match(line.key) and at < 3)
            and not is_meta_line(draft, line, at)
        ):
            if not (item and at < 3 and label in _TITLES):
                break
            title.append(i)
            draft.put([i], "title", 0.8)
        elif label := letterhead(draft, indices, at) or small_print(draft, line, at) or _form(draft, indices, at):
            draft.put([i], label, 0.9)
        elif not (item and at < 3) and _running(draft, indices, at):
            break
        else:
            title.append(i)
            draft.put([i], "title", 0.93)
        at += 1
    return title, at


def _rubric(draft: Draft, indices: list[int]) -> int:
    """Where the title that a citizen has filled in on a form begins: under the field's own caption; 0 without one."""
    if draft.kind not in {"medborgarforslag", "motion"}:
        return 0
    for at, i in enumerate(indices[:16]):
        line = draft.lines[i]
        if at and at + 1 < len(indices) and _RUBRIC.fullmatch(line.key) and not draft.lines[indices[at + 1]].gap:
            return at + 1
    return 0


def _form(draft: Draft, indices: list[int], at: int) -> str | None:
    """``meta`` for what a form prints, for a short value under its label, and for a title that only addresses."""
    i = indices[at]
    line, above = draft.lines[i], draft.lines[indices[at - 1]] if at else None
    if _RUBRIC.fullmatch(line.key):
        return "meta"
    if above is not None and not line.gap and above.key.startswith("bilaga ") and re.search(r"§ ?\d+$", line.key):
        return "meta"
    filled = above is not None and not line.gap and LABEL.fullmatch(above.key) and len(line.text) < 50
    if filled and not _TITLED.match(line.key):
        return "meta"
    if draft.kind in MEMBERS:
        if not SUBJECT.match(line.key) and _titled_below(draft, indices, at, SUBJECT):
            return "meta"
    elif not _TITLED.match(line.key) and (_PERSON.fullmatch(line.text) or _titled_below(draft, indices, at, _TITLED)):
        return "meta"
    below = draft.lines[indices[at + 1]] if at + 1 < len(indices) else None
    if (
        (_ADDRESSED.match(line.key) or _ON_MATTER.match(line.key))
        and below is not None
        and below.gap
        and not draft.tables.heading(below)
    ):
        subject = len(below.text) < 110 and below.text[-1:] not in ".:" and not is_meta_line(draft, below, at + 1)
        return "meta" if subject and below.text[:1].isupper() else None
    return None


def _titled_below(draft: Draft, indices: list[int], at: int, form: re.Pattern[str]) -> bool:
    """Whether a head goes on to a line that says what the paper is about, as ``Svar på motion om X``."""
    if draft.kind in PROTOCOLS:
        return False
    for i in indices[at + 1 : 25]:
        line = draft.lines[i]
        if draft.tables.heading(line) or line.text.endswith(".") or len(line.text) > 0.95 * draft.width:
            return False
        after = draft.lines[i + 1].gap if i + 1 < len(draft.lines) else 1
        if form.match(line.key) and (line.gap or after) and not SITTING.fullmatch(line.key):
            return True
    return False


# Who raised the motion, on a line of its own under the title.
_RAISED = re.compile(r"(motion|interpellation|medborgarforslag) (av|fran|den|vackt)\b(?!.*\b(om|angaende)\b)")
_NUMBER = re.compile(r"^(dnr|diarie|arendenummer|arendenr|datum|handlaggare)")


# A matter's title that reads like a heading: "Valberedningens förslag till val av nämndemän".
_SOMEBODYS = re.compile(r"[\w -]{4,40}s forslag (till|pa|om) (?!beslut|yttrande)\w")


def _before_decision(draft: Draft, indices: list[int]) -> list[int]:
    """Positions of the title's lines where a § goes from its number straight to the heading of its decision."""
    found: list[int] = []
    for at, i in enumerate(indices[:7]):
        line = draft.lines[i]
        if not found and _SOMEBODYS.match(line.key) and any(_decides(draft, j) for j in indices[at + 1 : at + 5]):
            found.append(at)
            continue
        if _decides(draft, i):
            text = " ".join(draft.lines[indices[n]].text for n in found)
            return found if len(text) < 350 and not text.endswith((".", ":")) else []
        if draft.label[i] is not None or line.mark:
            return []
        dated = draft.tables.has("date-only", line.key) or draft.tables.has("place-date", line.key)
        if found and line.gap and _RAISED.match(line.key):
            continue
        goes_on = bool(found) and at - 1 in found and _OPEN.search(draft.lines[i - 1].key) is not None and not line.gap
        goes_on = goes_on or (bool(found) and at - 1 in found and not line.gap and _ends_in_years(line.text))
        if goes_on or not (dated or identifies(line.text) or _NUMBER.match(line.key)):
            found.append(at)
    return []


def _decides(draft: Draft, i: int) -> bool:
    return draft.tables.heading(draft.lines[i]) in {"decision", "proposal"}


def _runs_on(draft: Draft, i: int) -> bool:
    """Whether a paragraph of running text begins at line ``i``, right under a title."""
    block = [draft.lines[i].text]
    for line in draft.lines[i + 1 : i + 8]:
        if line.gap or draft.tables.heading(line):
            break
        block.append(line.text)
    if len(block) < 2 or len(block[0]) <= 0.75 * draft.width:
        return False
    closed = block[-1].endswith((".", ":")) or _NEXT_SENTENCE.search(" ".join(block)) is not None
    return closed and (sum(map(len, block)) > 150 or _TELLS.search(draft.lines[i].key) is not None)


# A sentence of the minutes, by its verb in the first line; and where one sentence ends and the next begins.
_TELLS = re.compile(
    r"\b(har|hade|ar|var|vill|foreslar|foreslog|hemstaller|anhaller|begar|inkom|anmaler|redogor|meddelar|utses|utsags|"
    r"foreligger|forelag|yrkar|beslot|beslutade)\b"
)
_NEXT_SENTENCE = re.compile(r"(?<!\bfl)(?<!\bnr)(?<!\bang)(?<=[a-zåäö)\d]{2})\. [A-ZÅÄÖ][a-zåäö]*\b(?! \d)")


# "MOTION" and below it "angående en fritidsgård i Edsvik".
_ABOUT = re.compile(r"(om|ang|angaende|gallande|avseende|rorande|betraffande)\b\.? \w{2}")


def _running(draft: Draft, indices: list[int], at: int) -> bool:
    """Whether running text begins here, so that the document has no title (or only a part is left)."""
    block = [draft.lines[indices[at]]]
    below_kind = at > 0 and KIND.match(draft.lines[indices[at - 1]].key)
    if _TITLED.match(block[0].key) or (below_kind and _ABOUT.match(block[0].key)):
        return False
    if below_kind and draft.kind in ASKING and ASKED.match(block[0].key):
        return False
    for i in indices[at + 1 : at + 6]:
        line = draft.lines[i]
        if line.gap or draft.tables.heading(line):
            break
        if len(block) == 1 and _breaks_off(draft, block[0], line):
            break
        block.append(line)
    text = " ".join(line.text for line in block)
    return (
        (text.endswith((".", ":")) and len(text) > 90)
        or (len(block) > 4 and any(len(line.text) > 0.6 * draft.width for line in block))
        or block[0].text[:1].islower()
        or (block[0].mark is not None and block[0].mark.kind == "bullet")
        or block[0].text.endswith(":")
    )


def _breaks_off(draft: Draft, line: Line, below: Line) -> bool:
    """Whether a line ends far from the margin with a new sentence under it: OCR lost the blank line below a title."""
    return (
        len(line.text) < 0.72 * draft.width
        and line.text[-1:] not in ".:,;-"
        and below.text[:1].isupper()
        and len(below.text) > 0.55 * draft.width
    )


_GIVEN_NAME = re.compile(r"\b(?:från|av|till|och|samt|\w+rådet|ordföranden?),? [A-ZÅÄÖ][a-zåäöé-]+$")
_SURNAME = re.compile(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)? \([A-Za-zÅÄÖåäö]{1,4}\)")


# Who raised it, in a line of its own below the subject: "– Eva Ek (S) m.fl."
_BEHIND_DASH = re.compile(r"[–—-] ?(?:[A-ZÅÄÖ][\w-]+ ){2,3}\([A-Za-zÅÄÖåäö]{1,4}\)(?: m\.? ?fl\.?| med flera)?")


def breaks_name(above: str, below: str) -> bool:
    """Whether a line ends in the middle of a name that the next one goes on with: "motion av Eva" and "Ek (S)"."""
    return _GIVEN_NAME.search(above) is not None and _SURNAME.match(below) is not None


# "hälsa 2024-2030": what ends a title, and reads like a number of the matter when it stands alone.
_YEARS = re.compile(r"(?:[a-zåäö]+ ){0,4}(?P<first>(?:19|20)\d\d)(?: ?[-–] ?(?P<last>(?:19|20)\d\d))?")


def _ends_in_years(text: str) -> bool:
    """Whether a line is the end of a title: a year, or a span of years, after no more than a few words.

    >>> [_ends_in_years(text) for text in ("hälsa 2024-2030", "2025", "2024-4510", "2024-2011")]
    [True, True, False, False]
    """
    years = _YEARS.fullmatch(text)
    if years is None:
        return False
    return years["last"] is None or 0 < int(years["last"]) - int(years["first"]) < 31


def _more_title(draft: Draft, title: list[int], i: int, item: bool) -> bool:
    """Whether line ``i`` goes on with the title."""
    line, above = draft.lines[i], draft.lines[title[-1]]
    if draft.tables.heading(line) and not line.text[:1].islower():
        return False
    printed = " ".join(draft.lines[n].text for n in title)
    if not line.gap and printed.rfind("(") > printed.rfind(")") and ")" in line.text:
        return True  # a bracket that was opened in the line above
    if not line.gap and (breaks_name(above.text, line.text) or _BEHIND_DASH.fullmatch(line.text)):
        return True
    if (
        not line.gap
        and not above.text.endswith(".")
        and (item or line.text[:1].islower())
        and _ends_in_years(line.text)
    ):
        return True
    if is_number(line.text) or len(title) >= 6 or (line.mark and line.mark.kind == "bullet"):
        return False
    if (
        re.match(r"[^\W\d_]", line.text)
        and not line.text[:1].islower()
        and is_meta_line(draft, line, 3)
        and ":" not in key_number(line)
    ):
        return False
    if line.gap:
        return line.gap < 3 and (line.text[:1].islower() or bool(_OPEN.search(above.key))) and len(line.text) < 110
    if item:
        if _runs_on(draft, i) and not line.text[:1].islower():
            return False
        return not (above.text.endswith(".") and len(above.text) < 60) or line.text[:1].islower()
    if line.text[:1].islower() or line.text[:1] in "(–-" or _OPEN.search(above.key):
        return True
    if _ADDRESSED.match(above.key) and re.search(r"\b(om|angaende|gallande)\b", line.key):
        return True
    return (
        not above.text.endswith((".", "!", "?"))
        and len(above.text) > 0.75 * draft.width
        and len(line.text) < draft.width
    )
