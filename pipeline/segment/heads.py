"""The head of a document or of a §: letterhead, meta lines, title."""

from __future__ import annotations

import re

from .blocks import noise
from .draft import Draft
from .kinds import MEMBERS, PROTOCOLS
from .lines import Line, fold
from .starts import identifies

_META = re.compile(
    r"^(till:? |till:?$|datum|dnr|diarienr|diarienummer|arendenummer|arendenr|arende nr|arende ?:? ?\d|"
    r"handlaggare|utfardat|"
    r"handling (19|20)\d\d|sammantradesdatum|sammantrade |bilaga( [a-z0-9]+)?( |$)|upprattad|plats|tid:|vart datum|"
    r"paragraf( |$)|var referens|var beteckning|er beteckning|beteckning|referens|kontakt|adressat|mottagare|"
    r"fran:? |avsandare|"
    r"inkom|ankom|sida |e-post|telefon|kopia|nr \d|kommunstyrelsen, |kommunfullmaktige, |kf |ks )"
)
_KIND = re.compile(
    r"^(motion|interpellation|(enkel )?fraga|medborgarforslag|(ledamots|namnd|folk)?initiativ(arende)?|"
    r"tjansteskrivelse|tjansteutlatande|"
    r"yttrande|remissvar|(\w+partiets |\w+ernas )?(tillaggs|andrings|aterremiss|avslags|gemensamt )?yrkande|motforslag|"
    r"(skriftlig )?reservation|"
    r"sarskilt yttrande|protokollsanteckning|kallelse(/underrattelse)?|foredragningslista|dagordning|arendelista|"
    r"protokoll|protokollsutdrag|skrivelse|svar|tjansteyttrande|(tjansteutlatande|tjansteskrivelse) \w+)( ?/ ?\w+)?$"
)
_KIND_META = re.compile(
    r"^(motion|interpellation|yttrande|(\w+)?yrkande|medborgarforslag|initiativ(arende)?|tjanste\w+|kallelse)"
    r"( till| till .{0,40}(fullmaktige|styrelsen|namnden|mote)\b((?! (om|angaende) ).){0,60}|"
    r" [a-z]{3,20}( den)? .{0,8}\d{4}.{0,12}|"
    r" \d{4}-\d\d-\d\d|"
    r" {1,}(\w+partiet|\w+erna|\w+aterna)(, .*)?)$"
)
_ORGAN = re.compile(
    r"^(till )?(.{2,30} )?((kommun|region|lands|stads)?fullmaktige|(kommun|region|stads)?styrelsen|\w*namnden|"
    r"namnden .{2,50}|"
    r"\w+forvaltningen|\w+kontoret|\w+s (kontor|stab|kansli)|.{2,40} forvaltning(en)?|direktionen|"
    r"forbundsstyrelsen|\w+utskott(et)?|"
    r"stadsledningskontoret|forvaltningen .{2,40})( i .{2,25})?( .{0,3})?((19|20)\d\d-\d\d-\d\d)?$"
)
_PARTY = re.compile(
    r"^(?!.*\b(yrkar|foreslar|vill|anser|hemstaller)\b)(.{0,4} )?(socialdemokraterna|moderaterna|"
    r"sverigedemokraterna|centerpartiet|vansterpartiet|kristdemokraterna|"
    r"liberalerna|miljopartiet( de grona)?|folkpartiet( liberalerna)?|feministiskt initiativ|demokraterna|piratpartiet|"
    r"alternativ for sverige|\w+partiet|\w+borna)( (i )?\w+)?$"
)
_TITLED = re.compile(
    r"^(motion|yttrande|svar|yrkande|tillaggsyrkande|interpellation|medborgarforslag|initiativ|anmalan|remiss|beredning)\b"
    r"(.{0,80}?\b(om|over|angaende|gallande|pa|av|fran|till|med anledning av)\b|( \(.{1,12}\))? - \S)"
)
# A member's paper that says in its title what it is and what about: "Motion av N.N. angående X".
_SUBJECT = re.compile(
    r"^((gemensam|skriftlig|enkel) )?(motion|interpellation|fraga|medborgarforslag|\w*yrkande|reservation|"
    r"sarskilt yttrande|(\w+)?initiativ(arende)?)\b[^.:]{0,80}?"
    r"(\b(om|ang|angaende|gallande|avseende|rorande|betraffande)\b\.?|:| -) ?\w{2}"
)
# A party's or local list's own name at the head of its paper, with the place perhaps.
_LETTERHEAD = re.compile(
    r"([\w-]+ (· )?){0,4}[\w-]*(partiet|listan|demokraterna|demokrati|moderaterna|alternativet)"
    r"( (de grona|liberalerna))?(( i)? [\w-]+( kommun)?| ?[·|/-] ?.{3,40})?"
)
_DATED_TAIL = re.compile(r"[^.:,]{2,45}[ ,]((19|20)\d\d-\d\d-\d\d|\d\d-\d\d-\d\d)")
# What a form prints above or beside what is filled in.
_LABEL = re.compile(
    r"(datum|(vart|ert) datum|dnr|diarienr|diarienummer|arendenr|arendenummer|handlaggare|(var |"
    r"er )?(beteckning|referens)|"
    r"kontaktperson|telefon|direkttelefon|e-post|instans|tjanstestalle|sida|till|(ditt )?namn|adress)[ .:]*"
)
_RUBRIC = re.compile(
    r"(forslag|arende) \((kort|rubrik|sammanfatt)[^()]*\)|((forslag(et|ets)?|motionens|arendets|"
    r"ange) ?)?\(?(rubrik|arendemening|amne|arende)\)?[ .:]*"
)
# When the paper was dealt with, and who wrote or leads it: what stands alone above a title.
_DATE = r"((den )?\d{1,2} [a-z]{3,9} (19|20)\d\d|(19|20)\d\d-\d\d-\d\d)"
_SITTING = re.compile(
    rf"((\w*(fullmaktige|styrelsen|namnden)s?|kf|ks),?( sammantrade)? )?{_DATE}"
    r"(,? (arende|punkt|§)( nr)? ?\d+(\.\d+)*)?|"
    rf"(motion|medborgarforslag|interpellation)( vackt| inlamnad)? {_DATE} (av|fran) .{{4,80}}|"
    rf"(inlamnad|vackt|stalld|undertecknad) av .{{4,80}}"
)
_PAGED = re.compile(r"\s*\d{1,3} ?(\(\d{1,3}\)|/ ?\d{1,3})$")
_COUNTER = re.compile(r"\d{1,3} ?\(\d{1,3}\)")
_PERSON = re.compile(r"[A-ZÅÄÖ][a-zåäöé-]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?){1,2}")
# A company of the municipality at the head of its letter.
_COMPANY = re.compile(r"(?:AB|Stiftelsen) [A-ZÅÄÖ][\w -]{2,35}|[A-ZÅÄÖ][\w -]{2,35} (?:AB|Aktiebolag)", re.I)
# A letterhead and the word for the paper in one line; a label with its number.
_FORM_HEAD = re.compile(
    r"(\w+s? (kommun|stad)|\w+(forvaltningen|kontoret|kansliet|namnden)|region \w+( lan)?) "
    r"(tjansteskrivelse|tjansteutlatande|motion|yttrande|(\w+)?yrkande)( \d{1,3} ?(\(\d+\)|/ ?\d+))?$"
)
_CODED = re.compile(r"\b(datum|dnr|diarienr|diarienummer|arendenr|arendenummer)[:.]? ?\S{0,6}\d")
_BRACKET = re.compile(r"((motion|yttrande|(\w+)?yrkande) )?\((\w{1,4}(, | och |/))*\w{1,4}\)")
_CHAIR = re.compile(
    r"(\w+s )?((1:e|2:e|forste|andre|vice) )*(ordforande|kommunalrad|oppositionsrad|regionrad|gruppledare)"
)
_MATTER = re.compile(r"(kf|ks|\w*(fullmaktige|styrelsen|namnden))\b.{0,30}\barende( nr)? ?[\d.]+:? [a-z]{4}")
# A title that has named whom it asks, and not yet what about.
_ADDRESSED = re.compile(r"^(interpellation|(enkel )?fraga) till (?!.*\b(om|angaende|gallande)\b)")
_ON_MATTER = re.compile(r"^\w*yrkande (till|i|over) (?!.*\b(om|angaende|gallande|att)\b).{4,60}$")
_OPEN = re.compile(
    r"\b(om|att|angaende|gallande|for|av|och|i|pa|mot|med|till|samt|fran|vid|inom|hos|under|efter|som|en|ett|den|det|:|-|ang\.?)$"
)
_OFFICIAL = re.compile(r"^[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){1,2}, [a-zåäö]")


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
            if not (_meta(draft, line, at) or _form(draft, indices, at)) or draft.tables.heading(line):
                break
            draft.put([i], "meta", 0.9)
        elif title:
            title.append(i)
            draft.put([i], "title", 0.93)
        elif (
            (label := draft.tables.heading(line))
            and not (_KIND.match(line.key) and at < 3)
            and not _meta(draft, line, at)
        ):
            if not (item and at < 3 and label in _TITLES):
                break
            title.append(i)
            draft.put([i], "title", 0.8)
        elif label := _letterhead(draft, i, at) or _small(draft, line, at) or _form(draft, indices, at):
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


def _letterhead(draft: Draft, i: int, at: int) -> str | None:
    """``furniture`` for the name of a party at the very top of its paper, and for the place right under it."""
    line = draft.lines[i]
    if draft.kind not in MEMBERS or at > 2:
        return None
    under = i > 0 and draft.label[i - 1] == "furniture" and not line.gap
    named = _LETTERHEAD.fullmatch(line.key) and not _SUBJECT.match(line.key)
    return "furniture" if named or (under and draft.tables.place(line.key)) else None


def _form(draft: Draft, indices: list[int], at: int) -> str | None:
    """``meta`` for what a form prints, for a short value under its label, and for a title that only addresses."""
    i = indices[at]
    line, above = draft.lines[i], draft.lines[indices[at - 1]] if at else None
    if _RUBRIC.fullmatch(line.key):
        return "meta"
    filled = above is not None and not line.gap and _LABEL.fullmatch(above.key) and len(line.text) < 50
    if filled and not _TITLED.match(line.key):
        return "meta"
    if draft.kind in MEMBERS:
        if not _SUBJECT.match(line.key) and _titled_below(draft, indices, at, _SUBJECT):
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
        subject = len(below.text) < 110 and below.text[-1:] not in ".:" and not _meta(draft, below, at + 1)
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
        if form.match(line.key) and (line.gap or after) and not _SITTING.fullmatch(line.key):
            return True
    return False


# Who raised the motion, on a line of its own under the title.
_RAISED = re.compile(r"(motion|interpellation|medborgarforslag) (av|fran|den|vackt)\b(?!.*\b(om|angaende)\b)")
_NUMBER = re.compile(r"^(dnr|diarie|arendenummer|arendenr|datum|handlaggare)")


def _before_decision(draft: Draft, indices: list[int]) -> list[int]:
    """Positions of the title's lines where a § goes from its number straight to the heading of its decision."""
    found: list[int] = []
    for at, i in enumerate(indices[:7]):
        line = draft.lines[i]
        if _decides(draft, i):
            text = " ".join(draft.lines[indices[n]].text for n in found)
            return found if len(text) < 350 and not text.endswith((".", ":")) else []
        if draft.label[i] is not None or line.mark:
            return []
        dated = draft.tables.has("date-only", line.key) or draft.tables.has("place-date", line.key)
        if found and line.gap and _RAISED.match(line.key):
            continue
        goes_on = bool(found) and at - 1 in found and _OPEN.search(draft.lines[i - 1].key) is not None and not line.gap
        if goes_on or not (dated or identifies(line.text) or _NUMBER.match(line.key)):
            found.append(at)
    return []


def _decides(draft: Draft, i: int) -> bool:
    return draft.tables.heading(draft.lines[i]) in {"decision", "proposal"}


def _small(draft: Draft, line: Line, at: int) -> str | None:
    """``meta`` or ``furniture`` for a line of the head that is no title."""
    key = line.key
    protocol = draft.kind in PROTOCOLS or draft.kind == "kallelse"
    if _KIND.match(key):
        return "heading" if draft.kind in {"reservation", "sarskilt_yttrande"} else "meta"
    if _PARTY.match(key) and not protocol:
        return "furniture"
    if re.fullmatch(
        r"\w+ (kommun|stad|lans landsting)|"
        r"region \w+( \w+)?",
        key,
    ) or draft.tables.place(_PAGED.sub("", key)):
        return "meta"
    if at == 0 and not protocol and _COMPANY.fullmatch(line.text):
        return "furniture"
    if _ORGAN.match(key) and not re.match(r"(till|motion|interpellation|medborgarforslag)\b", key):
        alone = at == 0 and not protocol and "," not in key
        return "furniture" if alone else "meta"
    if _OFFICIAL.match(line.text) and draft.tables.has("role", key):
        return "meta"
    coded = len(line.text) < 32 and re.search(r"\d{4}", key) and not re.search(r"[a-zåäö]{3}", line.text)
    if coded or _meta(draft, line, at):
        return "meta"
    return "furniture" if noise(line) else None


def _meta(draft: Draft, line: Line, at: int) -> bool:
    key, tables = line.key, draft.tables
    if re.match(r"^(motion|medborgarforslag|interpellation)\b[^:]{0,60}: \S.{5,}", key):
        return False
    if _DATED_TAIL.fullmatch(key) and draft.kind in MEMBERS and not _SUBJECT.match(key):
        return True
    if key.startswith("till ") and len(line.text) > 0.75 * draft.width and re.search(r" har .|[-,]$", line.text):
        return False
    if tables.has("place-date", key) or tables.has("date-only", key) or _KIND_META.match(re.sub(r"\s+", " ", key)):
        return True
    if _MATTER.match(key):
        return False
    if _FORM_HEAD.match(key) or (_CODED.search(key) and len(key) < 60):
        return True
    if _SITTING.fullmatch(key) or _BRACKET.fullmatch(key) or _CHAIR.fullmatch(key):
        return True
    if re.match(r"^arende( nr)? \d+(\.\d+)*[.:,]? [a-z]{2,}", key):
        return False
    columns = [fold(column) for column in re.split(r"\s{3,}", line.text)]
    if len(columns) > 1 and re.fullmatch(r".{2,40} (kommun|stad|landsting)|region .{3,30}", columns[0]):
        return True
    if (
        len(columns) > 1
        and not _SUBJECT.match(key)
        and any(
            _KIND.match(c)
            or _LABEL.fullmatch(c)
            or _COUNTER.fullmatch(c)
            or (c is columns[0] and _ORGAN.match(c))
            or tables.has("date-only", c)
            or tables.has("place-date", c)
            for c in columns
        )
    ):
        return True
    return (
        bool(_META.match(key))
        or ("@" in key and len(key) < 60)
        or identifies(line.text)
        or (at > 0 and bool(_ORGAN.match(key)))
    )


def _runs_on(draft: Draft, i: int) -> bool:
    """Whether a paragraph of running text begins at line ``i``, right under a title."""
    block = [draft.lines[i].text]
    for line in draft.lines[i + 1 : i + 6]:
        if line.gap or draft.tables.heading(line):
            break
        block.append(line.text)
    return (
        len(block) > 1
        and len(block[0]) > 0.75 * draft.width
        and sum(map(len, block)) > 150
        and block[-1].endswith((".", ":"))
    )


def key_number(line: Line) -> str:
    """The digits and colons of a line, for names of properties such as ``Vallda 20:3``."""
    return re.sub(r"[^\d:]", "", line.text) if re.search(r"\d:\d", line.text) else ""


def is_meta(draft: Draft, i: int) -> bool:
    """Whether line ``i`` is a meta line such as a dnr or a date."""
    return _meta(draft, draft.lines[i], 1)


def _running(draft: Draft, indices: list[int], at: int) -> bool:
    """Whether running text begins here, so that the document has no title (or only a part is left)."""
    block = [draft.lines[indices[at]]]
    if _TITLED.match(block[0].key):
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
        or len(block) > 4
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


def _more_title(draft: Draft, title: list[int], i: int, item: bool) -> bool:
    """Whether line ``i`` goes on with the title."""
    line, above = draft.lines[i], draft.lines[title[-1]]
    if draft.tables.heading(line) and not line.text[:1].islower():
        return False
    if len(title) >= 6 or (line.mark and line.mark.kind == "bullet"):
        return False
    if (
        re.match(r"[^\W\d_]", line.text)
        and not line.text[:1].islower()
        and _meta(draft, line, 3)
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
