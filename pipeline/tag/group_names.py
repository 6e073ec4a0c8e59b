"""Groups of members by any of their names: "Ledamöterna från SD", "hela moderata gruppen", "(S) och (V)"."""

from __future__ import annotations

import re

from .names import Reading
from .parties import PartyHit

GROUP = re.compile(r"\b([Ll]edam\w{1,3}t(?:en|er|erna)|[Rr]epresentant(?:en|er|erna)|[Gg]ruppen) (från|för|i) ")


# Groups by another word: "vpk-gruppen", "hela moderata gruppen", "samtliga ledamöter för (SD)".
_WHOLE = re.compile(
    r"(?:\b(?P<listed>[A-Za-zÅÄÖåäö]{1,4}-(?:,? (?:[A-Za-zÅÄÖåäö]{1,4}-|och))* [A-Za-zÅÄÖåäö]{1,4}-)grupp(?:en|erna)|"
    r"\b(?P<owned>[A-ZÅÄÖ]{1,4}):s (?:ledamöter(?:na)?|fullmäktigegrupp|grupp)|"
    r"\b[Ss]amtliga (?:ledamöter|företrädare) (?P<several>\([A-ZÅÄÖ]{1,4}\)(?:(?:, | och )\([A-ZÅÄÖ]{1,4}\))*)|"
    r"(?:\b[Ll]edamöterna i )?\b(?P<code>[A-Za-zÅÄÖåäö]{1,4})-gruppen|"
    r"\b(?:(?P<lead>[Hh]ela|[Dd]en|[Dd]et) )?(?P<party>[A-ZÅÄÖa-zåäö]{5,25}?)s? (?:fullmäktige)?(?:gruppen|grupp)|"
    r"\b[Ss]amtliga (?:ledamöter|företrädare) (?:för|från|i|tillhörande) \((?P<bracket>[A-ZÅÄÖa-zåäö]{1,4})\)"
    r"(?:- ?grupp(?:en)?)?|"
    r"\b(?P<codes>[A-Za-zÅÄÖåäö]{1,4}-(?:,? (?:[A-Za-zÅÄÖåäö]{1,4}-|och))* [A-Za-zÅÄÖåäö]{1,4}-|[A-Za-zÅÄÖåäö]{1,4}-)"
    r"(?:ledamöterna|gruppernas ledamöter)|"
    r"(?:\b[Ss]amtliga |(?<=ister och )|(?<=rater och )|(?<=ler och ))"
    r"(?P<kin>\w{3,20}partister|\w{2,20}demokrater|moderater|liberaler))"
    r"(?![\wåäö])"
)


# Printed forms with OCR slips lead to these: by first letter, then indefinite and definite.
_LEADS = {
    "l": ("Ledamöter", "Ledamöterna"),
    "r": ("Representanter", "Representanterna"),
    "g": ("Gruppen", "Gruppen"),
}


_CODE = r"\(?[A-ZÅÄÖ]{1,4}\)?"
_CODES = re.compile(rf"^(?P<all>{_CODE}(?:(?:,|,? och|,? samt) {_CODE})*) $")


def parties_alone(sentence: str, verb: re.Match[str], reading: Reading) -> list[PartyHit]:
    """Parties that reserve themselves without a member named: "(S) och (V) reserverar sig", "lämnas av Liberalerna"."""
    if codes := _CODES.match(sentence[: verb.start()]):
        found = []
        for m in re.finditer(r"[A-ZÅÄÖ]+", codes["all"]):
            code, _ = reading.book.code(m.group(), reading.scope, after_name=True)
            if code:
                first = codes.start("all")
                found.append(PartyHit(code, first + m.start(), first + m.end(), 0.8))
        return found
    if not verb.group().endswith(("av", "från")):
        return []
    listed: list[PartyHit] = []
    for h in reading.named(sentence):
        if h.start >= verb.end() and _JOINED.fullmatch(sentence, listed[-1].end if listed else verb.end(), h.start):
            listed.append(h)
    return listed


_JOINED = re.compile(r"(?:,| och| samt)* (?:från )?")


SHORT = 90  # characters of a note that only names who reserves themselves


def groups_alone(text: str, reading: Reading) -> list[tuple[str, str | None, int, int]]:
    """Groups or parties below a heading that says what they do: "Samtliga ledamöter i SD-gruppen."."""
    if whole := whole_groups(text, reading):
        return whole
    if group := GROUP.search(text):
        return [*group_names(text, group, reading)]
    codes = _CODES.match(text.rstrip(" .") + " ")
    if codes:
        found = [(m, reading.book.code(m.group(), reading.scope, after_name=True)[0]) for m in _LETTERS.finditer(text)]
        return [(m.group(), code, m.start(), m.end()) for m, code in found if code]
    named = reading.named(text)
    if not named or text[: named[0].start].strip():
        return []
    return [(text[h.start : h.end], h.code, h.start, h.end) for h in named]


_LETTERS = re.compile(r"[A-ZÅÄÖ]+")


def whole_groups(text: str, reading: Reading) -> list[tuple[str, str | None, int, int]]:
    """(name as printed, code, start, end) of the groups that :data:`_WHOLE` finds."""
    made: list[tuple[str, str | None, int, int]] = []
    for m in _WHOLE.finditer(text):
        if m["party"] and GROUP.search(text[: m.start()]):
            continue  # "Ledamöterna i Moderaternas grupp"
        code = m["code"] or m["bracket"] or m["owned"]
        if m["several"]:
            for letters in re.finditer(r"[A-ZÅÄÖ]{1,4}", m["several"]):
                known, _ = reading.book.code(letters.group(), reading.scope, after_name=True)
                first, last = (m.start("several") + at for at in letters.span())
                if known:
                    made.append((f"samtliga ledamöter ({letters.group()})", known, first, last))
            continue
        if m["listed"]:
            for letters in re.finditer(r"([A-Za-zÅÄÖåäö]{1,4})-", m["listed"]):
                known, _ = reading.book.code(letters[1], reading.scope, after_name=True)
                if known:
                    made.append(
                        (f"{letters[1]}-gruppen", known, m.start() + letters.start(), m.start() + letters.end())
                    )
            continue
        if m["codes"]:
            parties = re.findall(r"([A-Za-zÅÄÖåäö]{1,4})-", m["codes"])
            one = reading.book.code(parties[0], reading.scope, after_name=True)[0] if len(parties) == 1 else None
            made.append((m.group(), one, m.start(), m.end()))
            continue
        if m["kin"]:
            party = re.sub("ister$", "iet", m["kin"]) if m["kin"].endswith("ister") else f"{m['kin']}na"
            known = next((h.code for h in reading.named(party.capitalize())), None)
        elif code:
            known, _ = reading.book.code(code, reading.scope, after_name=True)
        else:
            word = m["party"].capitalize()
            known = next((h.code for h in reading.named(word) or reading.named(word + "s")), None)
        if known:
            name = re.sub(r"^ledam", "Ledam", m.group().replace("- grupp", "-grupp"))
            if m["kin"] and not name.lower().startswith("samtliga"):
                name = f"samtliga {name}"  # the second of "samtliga miljöpartister och vänsterpartister"
            made.append((name, known, m.start(), m.end()))
    return made


def group_names(subject: str, group: re.Match[str] | None, reading: Reading) -> list[tuple[str, str, int, int]]:
    """(name, code, start, end): one group as printed, several each with the common lead-in."""
    if group is None:
        return []
    word = _LEADS[group.group(1)[0].lower()][group.group(1).endswith("erna")]
    lead = f"{word} {group.group(2)} "
    listed = groups_named(subject, group.end(), reading)
    if len(listed) == 1:
        _, code, a, b = listed[0]
        tail = re.match(r"(?::s|s)? (?:grupp\w*|fullmäktigegrupp)", subject[b:])
        end = b + (tail.end() if tail else 0)
        every = re.search(r"\b[Ss]amtliga $", subject[: group.start()])
        if every:
            lead, start = f"{every.group()}{lead[0].lower()}{lead[1:]}", every.start()
        return [(lead + subject[a:end], code, start if every else group.start(), end)]
    return [(lead + name.removesuffix("s"), code, a, b) for name, code, a, b in listed]


def groups_named(text: str, at: int, reading: Reading) -> list[tuple[str, str, int, int]]:
    """The parties of "Ledamöterna från SD och KD": (printed, code, start, end)."""
    made = [(text[h.start : h.end], h.code, h.start, h.end) for h in reading.named(text) if h.start >= at]
    if made:
        return made
    for m in re.finditer(r"\b[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}\b", text[at:]):
        code, _ = reading.book.code(m.group(), reading.scope, after_name=True)
        if code:
            made.append((m.group(), code, at + m.start(), at + m.end()))
    return made
