"""The subject of a matter out of its printed title."""

from __future__ import annotations

import re

_WHO = (
    r"(?:(?:från|av|väckt av|ställd av|till|ifrån)\s+)"
    r"(?:(?!\b(?:om|angående|gällande|rörande|ang)\b).)+?"
)
_WHO_SHORT = r"(?:från|av|väckt av)\s+[^:]{4,60}?\([A-Za-zÅÄÖåäö]{1,4}\)(?:\s+m\.?\s?fl\.?|\s+med flera)?"
_KIND = (
    r"(?:initiativ och yrkande|motion(?:en|er)?|"
    r"medborgarförslag(?:et)?|interpellation(?:en)?|(?:enkel |skriftlig )?fråga(?:n)?|"
    r"initiativ(?:ärende|et)?|e-förslag|folkinitiativ|ledamotsinitiativ|nämndinitiativ|ledamotsförslag|"
    r"(?:tilläggs|ändrings|återremiss)?yrkande(?:t)?|(?:skriftlig )?reservation|särskilt yttrande)"
)
_LEAD = re.compile(
    r"^(?:(?:förslag till )?(?:svar|yttrande|remissvar|remissyttrande|tjänsteskrivelse|tjänsteutlåtande|beslut|"
    r"återremiss|"
    r"besvarande)\s+"
    r"(?:på|över|angående|gällande|av|avseende|till|för|med anledning av|från [\w &]+? ?-? ?gällande|från [\w &]+?)"
    r"(?:\s+remiss(?:en)?\b(?:\s+(?:av|om|angående|gällande))?)?\s*[–-]?\s*|"
    r"(?:anmälan|remittering|beredning|väckande|inlämnande|redovisning|remiss|handläggning|återrapportering|besvarande)"
    r"\s+(?:av|om)\s+(?:ny |nyinkommen |inkommen )?(?=" + _KIND + r")|"
    r"remiss(?:\s+från\s+[\wåäö -]{3,40}?)?\s*[:,–—-]\s*(?=" + _KIND + r")|"
    r"(?:yttrande|remissvar|remissyttrande|svar|tjänsteskrivelse|tjänsteutlåtande)\s+[–—-]\s+"
    r"(?:remiss\s+(?:av|om)\s+)?(?=" + _KIND + r")|"
    r"(?:ang|angående|betr|beträffande)\.?\s+(?=" + _KIND + r")|"
    r"beslut\s+[–—-]\s+(?=svar\b|" + _KIND + r")|"
    r"(?:yrkande|tilläggsyrkande|ändringsyrkande|yttrande)\s+(?:angående|gällande|över|om|på)\s*[–-]?\s*(?="
    + _KIND
    + r"))",
    re.I,
)
_CODE = r"\(?[A-ZÅÄÖ]{1,4}\)?"
# In whose name it is written: "Yttrande från (M), (L) och (KD) angående svar på motion om bussresor".
_OF_PARTIES = re.compile(
    rf"^(?:Yttrande|Uttalande) (?:(?:från|av) )?{_CODE}(?:(?:, | och | samt ){_CODE})* "
    r"(?:angående|gällande|avseende|rörande|över|om|på) (?=\w)"
)
_MOTION = re.compile(
    r"^\(?" + _KIND + r"\)?"
    r"(?:\s*\(\s*[\wÅÄÖåäö,. +&:/–-]{1,25}\s*\)(?:,? (?:och|samt) (?:motion|medborgarförslag)(?=\s*\())?)*"
    r"(?:\s+(?:(?:nr|nummer)\.?\s*)?\d[\d:/.]*(?<![:.]))?"
    r"(?:(?:\s+" + _WHO + r")?(?:\s*\([\wÅÄÖåäö,. +–-]{1,25}\))*(?:\s+m\.?\s?fl\.?|\s+med flera)?"
    r"(?:\s+med förslag)?"
    r"(?:\s+|(?<=fl\.))(?=(?:om|angående|gällande|rörande|ang|avseende|kring|beträffande|betr)\b)|"
    r"(?:\s+till\s+[^:–—]{3,50}?)?(?:\s+" + _WHO_SHORT + r")?(?:\s*:\s*|\s+[–—-]\s*|[,.]\s+))",
    re.I,
)
_ABOUT = re.compile(r"^(?:om|angående|gällande|rörande|ang[.:]?|avseende|kring|beträffande|betr\.?)\s+", re.I)
# Straight on the subject: "Motion Trygga skolvägar", "Motion 3/2019 Trygga skolvägar", "Motion ”Trygga skolvägar”".
_BARE = re.compile(r"^Motion(?: \d[\d:/.]*)?,? (?:(?=[A-ZÅÄÖ][a-zåäö]+ [a-zåäö])|(?=[”“\"][^”“\"]+[”“\"]$))")
_NAMES = r"[A-ZÅÄÖÉ][\w.'’-]+(?: [A-ZÅÄÖÉa-zåäö][\w.'’-]+){0,4}"
_TAIL = re.compile(
    r"(?<!\s)(?<!-)(?<!-\d\d)(?:\s*[,–—-]\s*|\s+)(?:"
    r"svar på (?:motion|medborgarförslag|interpellation|fråga)(?:en)?\b.*|"
    r"svar på (?:remiss(?: av motion)?|skrivelse|initiativ|uppdrag)(?:en|et)?(?: \([\d:/ ]+\))? "
    r"(?:av|från) (?-i:[A-ZÅÄÖ]).*|"
    r"motion(?:en)? (?:(?:den )?\d{1,2} \w+ \d{4} |\d{4}-\d\d-\d\d )?(?:av|från|väckt av)\b.*|"
    r"(?:beslut|yttrande|information|antagande|remissvar)$|"
    r"(?:dnr|diarienummer|diarienr)\b.*|"
    r"(?!SOU|SFS)(?-i:[A-ZÅÄÖ]{2,4})[ -]?(?:19|20)\d\d(?: ?[-–] ?\d{5}|[:/]\d+)$|"
    r"\((?-i:[A-ZÅÄÖ]{1,4})(?:(?:, | och )(?-i:[A-ZÅÄÖ]{1,4}))*\)$(?<=[–—-] \(...)|"
    r"\(?(?:19|20)\d\d-\d\d-\d\d\)?$)",
    re.I,
)
_AUTHORS = re.compile(
    r"(?:\s+[–—-]\s+|;\s+)" + _NAMES + r" \((?:[A-Za-zÅÄÖåäö]{1,4}|-)\)"
    r"(?:,? (?:och )?" + _NAMES + r" \((?:[A-Za-zÅÄÖåäö]{1,4}|-)\))*"
    r"(?: m\.? ?fl\.?| med flera)?$"
)
# Who raised it, behind the subject: "Fler bänkar av Eva Ek (S)", "Bänkar, Eva Ek, SJVP", "Bänkar (Eva Ek m.fl. L)".
_RAISED_BY = re.compile(
    r"\s+(?:(?:ställd|väckt|inlämnad|lämnad) )?(?:av|från) " + _NAMES + r" \((?:[A-ZÅÄÖ]{1,4}|-)\)"
    r"(?:(?:, | och )" + _NAMES + r" \((?:[A-ZÅÄÖ]{1,4}|-)\))*(?: m\.? ?fl\.?| med flera)?$|"
    r", " + _NAMES + r"(?:, [A-ZÅÄÖ]{1,5}| \([A-ZÅÄÖ]{1,4}\))$|"
    r" \(" + _NAMES + r"(?: m\.? ?fl\.?| med flera)?,? [A-ZÅÄÖ]{1,4}\)$"
)
_OWNED = re.compile(
    _NAMES + r"s? \([A-Za-zÅÄÖåäö]{1,4}\)(?:s)?,?(?: m\.? ?fl\.?:?s?| med flera)? motion(?=\s+(?:om|ang))"
)
# Who raised it, and straight on the subject: "Motion från Eva Ek (S) Fler bänkar".
_NAMELESS = re.compile(
    r"^(?:(?:Svar på |Yttrande över )?[Mm]otion(?:en)?|Interpellation|Medborgarförslag) (?:från|av) "
    + _NAMES
    + r" \((?:[A-Za-zÅÄÖåäö]{1,4})\)(?:(?:, | och )"
    + _NAMES
    + r" \((?:[A-Za-zÅÄÖåäö]{1,4})\))*"
    r"(?: m\.? ?fl\.?| med flera)? (?=[A-ZÅÄÖ][a-zåäö]+ [a-zåäö])"
)
_QUOTED = re.compile(r"^Motion(?:en)? (?:från|av) [^”“\"]{4,80}? ?[”“\"]([^”“\"]{4,})[”“\"]$")
# Below "MOTION", in a line of its own: "angående en fritidsgård".
_GOES_ON = re.compile(r"^(?:om|angående|gällande|rörande|ang\.?|avseende|beträffande|[Bb]etr\.?)\s+(?!att\b)")
# Below "INTERPELLATION": "till kommunalrådet Bo Ek (L) om bänkar".
_ASKED = re.compile(r"^till [^:.]{6,90}? (?:om|angående|gällande|rörande|beträffande) (?=\w{3})")
_NUMBER = re.compile(
    r"^(?:ärende(?:\s+nr)?:?\s*\d+(?:\.\d+)?"
    r"(?:, (?:[A-ZÅÄÖ]{2,6} )?§ ?\d+)?(?:, dnr [^\s:]+)?[.:,]?|punkt \d+[.:]?|"
    r"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,4} )?§ ?\d+\w?(?:/\d+)?|\d+(?:\.\d+)?[.)])\s+(?:dnr \S+ )?",
    re.I,
)


def clean_title(printed: str) -> str:
    """The subject, without the words that say what kind of paper it is and from whom.

    >>> clean_title("Svar på motion från Eva Ek (S) m.fl. om att bygga en lekplats")
    'Att bygga en lekplats'
    >>> clean_title("Svar på motion (V) - Fler bänkar"), clean_title("Motion till kommunfullmäktige: Fler bänkar")
    ('Fler bänkar', 'Fler bänkar')
    >>> clean_title("Yttrande över Eva Eks (s) m fl motion om bänkar"), clean_title("Reservation ärende 4 - Bänkar")
    ('Bänkar', 'Bänkar')
    >>> clean_title("Ärende 4. Fler bänkar – svar på motion väckt av Eva Ek (S)")
    'Fler bänkar'
    >>> clean_title("Svar på motion (L) och motion (V) om bänkar"), clean_title("Ärende nr 6, BUN § 9, dnr 9/1: Bänkar")
    ('Bänkar', 'Bänkar')
    >>> clean_title("Motion - Ny skidled, Eva Ek, SJVP"), clean_title("Svar på motion om bänkar av Eva Ek (S)")
    ('Ny skidled', 'Bänkar')
    >>> clean_title("Ny motion om bänkar, Eva Ek (S)"), clean_title("Yttrande från (M) och L om motion om bänkar")
    ('Bänkar', 'Bänkar')
    >>> clean_title("Remiss av En reform för bänkar SOU 2023:96"), clean_title("Bänkar i parken KS 2023:96")
    ('Remiss av En reform för bänkar SOU 2023:96', 'Bänkar i parken')
    >>> clean_title("Ärende 'Gångväg till skolan"), clean_title("”Fler bänkar” – motion av Eva Ek (S)")
    ('Gångväg till skolan', 'Fler bänkar')
    >>> clean_title("Motion Trygga skolvägar"), clean_title("Motion 3/2019 ang: bänkar")
    ('Trygga skolvägar', 'Bänkar')
    >>> clean_title("Punkt 8 Fler bänkar")
    'Fler bänkar'
    >>> clean_title("Interpellation av Bo Ek (L) till kommunstyrelsens ordförande angående bänkar")
    'Bänkar'
    """
    text = re.sub(r"\s+", " ", printed).strip()
    text = re.sub(r"^(?:KF|KS|\w*(?:fullmäktige|styrelsen|nämnden))\b.{0,30}?\bärende(?: nr)? ?[\d.]+:? ", "", text)
    text = re.sub(
        r"^(?:Skriftlig )?(?:[Rr]eservation|[Ss]ärskilt yttrande|\w*[Yy]rkande) (?:(?:mot|till|i|över|"
        r"angående)\b.{0,30}?)?"
        r"\bärende(?: nr)? ?[\d.]+(?:[,:.]| [–—-])? (?=\w{4})",
        "",
        text,
    )
    text = re.sub(r"^(?:Gemensam|Skriftlig|Enskild|Ny)t? (?=(?:motion|interpellation|yrkande|fråga)\b)", "", text)
    text = _OF_PARTIES.sub("", text)
    text = _GOES_ON.sub("", re.sub(r"^Ang(?:ående|\.):? ", "", text))
    # The label of a form, whose colon may have been read as a quotation mark.
    text = re.sub(
        r"^(?:Ärende:?|(?:Förslag|Rubrik|Ämne|Motionsrubrik|Ärendemening):)\s+['’´]?(?=[A-ZÅÄÖ][a-zåäö])", "", text
    )
    text = _ASKED.sub("", text)
    text = _BARE.sub("", _NAMELESS.sub("", text))
    text = _QUOTED.sub(r"\1", _NUMBER.sub("", text))
    for _ in range(3):
        shorter = _LEAD.sub("", text, count=1)
        shorter = "Motion" + shorter[owned.end() :] if (owned := _OWNED.match(shorter)) else shorter
        shorter = _MOTION.sub("", shorter, count=1)
        if shorter == text or len(shorter) < 3:
            break
        text = shorter
        about = _ABOUT.sub("", text, count=1)
        text = about if len(about) > 2 else text
    for _ in range(2):
        text = _TAIL.sub("", text, count=1) if len(_TAIL.sub("", text, count=1)) > 5 else text
    text = _RAISED_BY.sub("", _AUTHORS.sub("", text))
    text = re.sub(r"^[”“\"]([^”“\"]+)[”“\"]$", r"\1", text.strip())
    text = text.strip(" -–—:,;").rstrip(".") if not text.endswith(("m.m.", "m.fl.")) else text.strip(" -–—:,")
    return text[:1].upper() + text[1:] if re.match(r"[a-zåäö]", text) else text
