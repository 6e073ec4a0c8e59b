"""What a single line of a head is: a field of a form, a date, an office, a party's name, or nothing of that sort."""

from __future__ import annotations

import re

from ..diary import is_number
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
    r"fran:? (?!och med |den )|avsandare|"
    r"namn: |(?:post)?adress: |inlamna(?:d|t) av:|vackt av:|stalld av:|motionar(?:er)?:|forslagsstallare:|"
    r"inkom|ankom|sida |e-post|telefon|kopia|nr \d|kommunstyrelsen, |kommunfullmaktige, |kf |ks )"
)
KIND = re.compile(
    r"^(motion|interpellation|(enkel )?fraga|medborgarforslag|(ledamots|namnd|folk)?initiativ(arende)?|"
    r"tjansteskrivelse|tjansteutlatande|"
    r"yttrande|remissvar|(\w+partiets |\w+ernas )?(andrings- och |tillaggs- och )?"
    r"(tillaggs|andrings|aterremiss|avslags|gemensamt )?yrkande|motforslag|"
    r"(skriftlig )?reservation( och sarskilt yttrande)?|"
    r"sarskilt yttrande|protokollsanteckning|kallelse(/underrattelse)?|foredragningslista|dagordning|arendelista|"
    r"protokoll|protokollsutdrag|skrivelse|svar|tjansteyttrande|(tjansteutlatande|tjansteskrivelse) \w+)( ?/ ?\w+)?$"
)
_REPLY = re.compile(r"(skriftligt )?svar pa (interpellation|(enkel )?fraga)")
_KIND_META = re.compile(
    r"^(motion|interpellation|yttrande|(\w+)?yrkande|medborgarforslag|(\w+)?initiativ(arende)?|tjanste\w+|kallelse)"
    r"( (enligt|jamlikt|med stod av) .{3,60}(lagen|ordningen)|"
    r" till| till .{0,40}(fullmaktige|styrelsen|namnden|mote)\b((?! (om|angaende) ).){0,60}|"
    r" [a-z]{3,20}( den)? .{0,8}\d{4}.{0,12}|"
    r" \d{4}-\d\d-\d\d|"
    r" {1,}(\w+partiet|\w+erna|\w+aterna)(, .*)?)$"
)
_ORGAN = re.compile(
    r"^(?!.*[a-z]{3}\. [a-z])(?!(ny|fyllnads)?val (av|till)\b|(avsagelse|entledigande)\b)(till )?"
    r"(.{2,30} )?((kommun|region|lands|landstings|stads)?fullmaktige|(kommun|region|stads)?styrelsen|\w*namnden|"
    r"namnden for .{2,50}|"
    r"\w+forvaltningen|\w+kontoret|\w+s (kontor|stab|kansli)|.{2,40} forvaltning(en)?|direktionen|"
    r"forbundsstyrelsen|\w+utskott(et)?|"
    r"stadsledningskontoret|forvaltningen .{2,40})( i .{2,25})?( ?/ ?.{4,40})?( .{0,3})?((19|20)\d\d-\d\d-\d\d)?$"
)
# An office or a board alone in its line, as under the municipality's name.
OFFICE = re.compile(r"([\w-]+,? (och )?){0,5}\w*(forvaltning(en)?|kontoret|kansliet|namnden|avdelningen|sektorn)")
_COUNCIL = re.compile(
    r"(?!(kommun|region|lands|landstings|stads)?fullmaktige$).{0,30}?\b(kommun|region|lands|landstings|stads)?fullmaktige\b"
    r"(( i)? .{2,25})?( ?/ ?.{4,40})?"
)
_PARTY = re.compile(
    r"^(?!.*\b(yrkar|foreslar|vill|anser|hemstaller)\b)(.{0,4} )?(socialdemokraterna|moderaterna|"
    r"sverigedemokraterna|centerpartiet|vansterpartiet|kristdemokraterna|"
    r"liberalerna|miljopartiet( de grona)?|folkpartiet( liberalerna)?|feministiskt initiativ|demokraterna|piratpartiet|"
    r"alternativ for sverige|\w+partiet|\w+borna)( (i )?\w+)?$"
)
# A member's paper that says in its title what it is and what about: "Motion av N.N. angående X".
SUBJECT = re.compile(
    r"^((gemensam|skriftlig|enkel) )?(motion|interpellation|fraga|medborgarforslag|\w*yrkande|reservation|"
    r"sarskilt yttrande|(\w+)?initiativ(arende)?)\b[^.:]{0,80}?"
    r"(\b(om|ang|angaende|gallande|avseende|rorande|betraffande)\b\.?|:| -) ?\w{2}"
)
_DATED_TAIL = re.compile(r"[^.:,]{2,45}[ ,]((19|20)\d\d-\d\d-\d\d|\d\d-\d\d-\d\d)")
# What a form prints above or beside what is filled in.
LABEL = re.compile(
    r"(datum|(vart|ert) datum|dnr|diarienr|diarienummer|arendenr|arendenummer|handlaggare|(var |"
    r"er )?(beteckning|referens)|"
    r"kontaktperson|telefon|direkttelefon|e-post|instans|tjanstestalle|sida|till|(ditt )?namn|adress)[ .:]*"
)
# When the paper was dealt with, and who wrote or leads it: what stands alone above a title.
_DATE = r"((den )?\d{1,2} [a-z]{3,9} (19|20)\d\d|(19|20)\d\d-\d\d-\d\d)"
SITTING = re.compile(
    rf"((\w*(fullmaktige|styrelsen|namnden)s?|kf|ks),?( sammantrade)? )?{_DATE}"
    r"(,? (arende|punkt|§)( nr)? ?\d+(\.\d+)*)?|"
    rf"(motion|medborgarforslag|interpellation)( vackt| inlamnad)? {_DATE} (av|fran) .{{4,80}}|"
    r"(motion|medborgarforslag|interpellation) (av|fran) [^.:]{4,60}\([a-z]{1,4}\)|"
    rf"(inlamnad|vackt|stalld|undertecknad) av .{{4,80}}"
)
_PAGED = re.compile(r"\s*\d{1,3} ?(\(\d{1,3}\)|/ ?\d{1,3})$")
_STAMPED = re.compile(r"(ink(om|ommen|ommet|\.)?|ank(om|ommen|\.)?)( till .{3,40})?( (19|20)?\d\d.{0,14})?$")
_COUNTER = re.compile(r"\d{1,3} ?\(\d{1,3}\)")
# A company of the municipality at the head of its letter.
COMPANY = re.compile(r"(?:AB|Stiftelsen) [A-ZÅÄÖ][\w -]{2,35}|[A-ZÅÄÖ][\w -]{2,35} (?:AB|Aktiebolag)", re.I)
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
# Below the word "INTERPELLATION": whom it asks, and what about.
ASKING = frozenset({"interpellation", "fraga"})
ASKED = re.compile(r"till (?!.*(fullmaktige|namnden)\b).{6,90}? (om|angaende|gallande|rorande|betraffande) \w{3}")
_OFFICIAL = re.compile(r"^[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){1,2}, [a-zåäö]")


def small_print(draft: Draft, line: Line, at: int) -> str | None:
    """``meta`` or ``furniture`` for a line of the head that is no title."""
    key = line.key
    protocol = draft.kind in PROTOCOLS or draft.kind == "kallelse"
    if KIND.match(key) or (at == 0 and not protocol and _REPLY.fullmatch(key)):
        return "heading" if draft.kind in {"reservation", "sarskilt_yttrande"} else "meta"
    if _PARTY.match(key) and not protocol:
        return "furniture"
    if re.fullmatch(
        r"\w+ (kommun|stad|lans landsting)|"
        r"\d{3} ?\d\d \w+|"
        r"region \w+( \w+)?",
        key,
    ) or draft.tables.place(_PAGED.sub("", key)):
        return "meta"
    if at == 0 and not protocol and COMPANY.fullmatch(line.text):
        return "furniture"
    if _ORGAN.match(key) and not re.match(r"(till|motion|interpellation|medborgarforslag|\w*initiativ)\b", key):
        addressed = draft.kind in MEMBERS and _COUNCIL.fullmatch(key)
        alone = at == 0 and not protocol and "," not in key and not addressed
        return "furniture" if alone else "meta"
    if _OFFICIAL.match(line.text) and draft.tables.has("role", key):
        return "meta"
    coded = len(line.text) < 32 and re.search(r"\d{4}", key) and not re.search(r"[a-zåäö]{3}", line.text)
    numbers = re.split(r"\s{2,}", line.text)
    if coded or (len(numbers) > 1 and all(map(is_number, numbers))) or is_meta_line(draft, line, at):
        return "meta"
    return "furniture" if noise(line) else None


def is_meta_line(draft: Draft, line: Line, at: int) -> bool:
    key, tables = line.key, draft.tables
    if re.match(r"^(motion|medborgarforslag|interpellation)\b[^:]{0,60}: \S.{5,}", key):
        return False
    if _DATED_TAIL.fullmatch(key) and draft.kind in MEMBERS and not SUBJECT.match(key):
        return True
    if key.startswith("till ") and len(line.text) > 0.75 * draft.width and re.search(r" har .|[-,]$", line.text):
        return False
    if tables.has("place-date", key) or tables.has("date-only", key) or _KIND_META.match(re.sub(r"\s+", " ", key)):
        return True
    if _MATTER.match(key) or (draft.kind in ASKING and ASKED.match(key)):
        return False
    if _FORM_HEAD.match(key) or (_CODED.search(key) and len(key) < 60):
        return True
    if SITTING.fullmatch(key) or _BRACKET.fullmatch(key) or _CHAIR.fullmatch(key):
        return True
    if (item := re.match(r"[Ää]rende(?: nr)? \d+,? (.+)", line.text)) and is_number(item[1]):
        return True
    if re.fullmatch(r"\w*yrkande,? (i |till )?arende( nr)? [\d.]+", key):
        return True
    if re.match(r"^arende( nr)? \d+(\.\d+)*[.:,]?( -)? [a-z]{2,}", key):
        return False
    columns = [fold(column) for column in re.split(r"\s{3,}", line.text)]
    if len(columns) > 1 and re.fullmatch(r".{2,40} (kommun|stad|landsting)|region .{3,30}", columns[0]):
        return True
    if (
        len(columns) > 1
        and not SUBJECT.match(key)
        and any(
            KIND.match(c)
            or LABEL.fullmatch(c)
            or _COUNTER.fullmatch(c)
            or _STAMPED.match(c)
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


def key_number(line: Line) -> str:
    """The digits and colons of a line, for names of properties such as ``Vallda 20:3``."""
    return re.sub(r"[^\d:]", "", line.text) if re.search(r"\d:\d", line.text) else ""
