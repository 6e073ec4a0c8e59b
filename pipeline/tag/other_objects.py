"""Decisions on what is no motion: the matter itself, a yrkande, a body's proposal, a letter, an election."""

from __future__ import annotations

import re

from .alternatives import chosen
from .objects import ABOUT_MATTERS, PARTLY, VERB, outcome_of, things


def other_objects(text: str, about: str) -> list[tuple[str, str]]:
    """Decisions on the matter under another word: the matter itself, or a body's proposal that is taken."""
    case = re.search(r"\b[Ää]rendet\b", text)
    for m in VERB.finditer(text):
        if (
            outcome_of(m) in ("aterremiss", "bordlagd", "avskriven", "atertagen")
            and case
            and abs(m.start() - case.end()) < 60
            and not _NOT.search(text[max(0, m.start() - 24) : m.start()])
            and not _NOT.match(text, m.end() + 1)
        ):
            return [(about if about in ABOUT_MATTERS else "ärendet", outcome_of(m))]
    if moved_on := _CASE_MOVED.match(text):
        return [(about if about in ABOUT_MATTERS else "ärendet", str(moved_on.lastgroup))]
    if about in ABOUT_MATTERS and _LEFT_TO.search(text):
        return [(about, "remitterad")]
    asked = next((t for t in things(text) if t.of in _SENT), None)
    sent = re.search(r"\b(?P<no>avslå\w*|avslogs?|utan bifall)|\bbifall\w*|\bbiföll\w*", text)
    if asked and sent:
        if sent["no"]:
            return [(asked.of, "avslag")]
        return [(about if about in ABOUT_MATTERS else "ärendet", _SENT[asked.of])]
    taken = _TAKEN_PROPOSAL.search(text)
    if taken:
        return [(t.of, "bifall") for t in things(taken["a"] or taken["b"] or taken["c"])[:1]]
    if about == "medborgarförslag" and _AS_ANSWER.search(text):
        return [(about, "besvarad")]
    if _AS_LAID.match(text):
        return [("liggande förslag", "bifall")]
    if about in ABOUT_MATTERS and _AS_MOTION.search(text):
        return [(about, "bifall")]
    return withdrawn(text) or _by_itself(text, about) or chosen(text)


# What lies before the meeting is taken: "Enligt förslaget.", "I enlighet med liggande förslag till beslut."
_AS_LAID = re.compile(
    r"^(?:att )?(?:(?:\w+ ){1,2}(?:beslutar|beslutade) )?(?:[Ee]nligt|[Ii] enlighet med) "
    r"(?:liggande |föreliggande |framlagt )?förslag(?:et)?(?: till beslut)?[.\s]*$"
)
# What the motion asks for is decided: "beslutar i enlighet med motionärens förslag".
_AS_MOTION = re.compile(
    r"\b(?:[Ee]nligt|[Ii] enlighet med) (?:motionens|motionär(?:ens|ernas)) (?:förslag|yrkande)\w*[.\s]*$"
)
_AS_ANSWER = re.compile(r"\bsom (?:sitt |nämndens )?svar på (?:medborgarförslaget|e-förslaget|förslaget)\b")
_NOT = re.compile(r"\b(?:inte|ej|icke)\b")
_CASE_MOVED = re.compile(
    r"^(?:att )?(?:(?:[Bb]eslut(?:et)? i|[Bb]ehandlingen av) ärendet|[Ää]rendet) (?:ska )?"
    r"(?:(?P<remitterad>(?:remitteras|hänskjuts|hänskjutes) till\b)|(?P<aterremiss>skickas tillbaka(?= till\b))|"
    r"(?P<bordlagd>(?:skjuts upp|uppskjuts|senareläggs)(?= till\b|[.]?$)))"
)


# Another body decides for this one: "överlåter till tekniska nämnden att besluta i ärendet".
_LEFT_TO = re.compile(r"\böverlåt(?:er|a|s)?(?: ärendet)? (?:till|åt) [^.]{3,60}? att (?:fatta )?beslut(?:a)?\b")


def withdrawn(text: str) -> list[tuple[str, str]]:
    """Yrkanden that their movers take back: "anmäler att yrkandet från D och L återtas"."""
    taken = _WITHDRAWN.search(text)
    return [(t.of, "atertagen") for t in things(taken["what"])[:1]] if taken else []


_WITHDRAWN = re.compile(
    r"\batt (?P<what>(?:\w+)?yrkandet\b[^.]{0,80}?) (?:återtas|återkallas|dras tillbaka|tas tillbaka)\b"
)
# What an item decides of a thing that is no motion: "Yrkandet från M avslås.", "Nämndens hemställan om X tillstyrks."
# The verb closes the sentence or its reasons follow, so that "elever som beviljas skolskjuts" decides nothing.
_LETTER = r"(?:[Hh]emställan|[Ff]ramställ(?:an|ning(?:en|ar|arna)?)|[Bb]egäran)"
_SUBJECT = re.compile(
    r"^(?:att )?(?P<what>(?:\w*[Yy]rkande(?:t|na|n)|[Ff]örslag(?:et|en)) (?:från|av) .{1,70}?|"
    r"(?:[A-ZÅÄÖ][\wåäö-]+ ){1,2}[A-ZÅÄÖ][\wåäö-]+s?(?: \([^()]{1,5}\))?"
    r"(?: m\.? ?fl\.?:?s?| med fleras?)? \w*yrkanden?|"
    r"\w*[Yy]rkande(?:t|na) om .{1,90}?|\w*[Yy]rkande(?:t|na)|"
    rf"(?:[\w:-]+,? ){{0,14}}?{_LETTER}\b.{{0,260}}?|"
    r"(?:[\w-]+ ){0,3}\w*(?:nämndens|styrelsens|kontorets|utskottets|ordförandens) förslag\b.{0,200}?|"
    r"[Pp]unkt(?:en|erna)? \d[\d ,och–-]* i \w*(?:nämndens|styrelsens|kontorets|utskottets|ordförandens) förslag\b"
    r".{0,40}?|"
    r"(?:\w+ ){0,3}[Aa]nsökan\b.{0,160}?),? "
    r"(?P<verb>avslås|avslogs|bifalls|bifalles|bifölls|beviljas|godkänns|tillstyrks|avstyrks|återtas|"
    r"lämnas utan bifall|anses (?:härmed |därmed |med detta |vara )?besvara\w+|besvaras)"
    r"(?=[.,;\s]*$|[,.]? (?:med|genom|i enlighet|enligt|under|till|av|och|samt|på grund|då|eftersom)\b)"
)
# Whose letter it is: "Tekniska nämndens hemställan om X", "Hemställan från Higab AB om X".
_OWNED = re.compile(
    rf"^(?:att )?(?P<owner>(?:[\w:-]+,? )*?)(?P<word>{_LETTER})\b"
    r"(?: (?:från|av) (?P<sender>.{3,80}?)(?= (?:om|gällande|avseende|angående|rörande|att|till|för)\b|,|$))?"
)
# "Godkänns" answers a letter only where the letter itself is what is approved: of "Avtal enligt nämndens framställning
# godkänns" and "Redovisning av hemställan godkänns" it is the agreement and the report.
_APPROVED_LETTER = re.compile(rf"^(?:att )?(?:(?:[\w-]+,? ){{0,7}}[\w-]+s )?{_LETTER}\b")
_ABOUT_A_LETTER = re.compile(r"\b(?:av|enligt|över|till|med|om|på|i anledning)\b")
# What is put off or sent back, under a name of its own: "Val av styrelse i X bordläggs till sammanträdet den 29 maj."
_PUT_OFF = re.compile(
    r"^(?:att |På förs?lag av [^:]{3,60}: )?(?P<what>[A-ZÅÄÖ][^.:;]{3,400}?),? "
    r"(?P<verb>bordläggs|bordlägges|återremitteras)"
    r"(?=[.,;\s]*$|[,.]? (?:till|för|i syfte|i enlighet|enligt|med|och)\b)"
)
_REST = re.compile(
    r"^I övrigt (?P<verb>bifalls|bifalles|avslås) (?P<what>\w*(?:nämndens|styrelsens|kontorets|ordförandens) förslag)\b"
)
# The same in the infinitive, or with the body before it: "att avslå Eva Eks tilläggsyrkande om X".
_ACTS = re.compile(
    r"^(?:att |(?:[A-ZÅÄÖ][\wåäö-]+ ){1,4}(?:beslutar att )?)?(?:i övrigt )?"
    r"(?P<verb>avslå|avslår|bifalla|bifaller)(?= (?!motion))"
)
# A paper that is no motion: a resignation, a letter or a referral that is answered or handed on.
_PAPER = re.compile(
    r"(?:(?P<bifall>\b(?:[Bb]ifaller|[Bb]ifalla|[Bb]eviljar|[Bb]evilja))|"
    r"(?P<besvarad>\b[Bb]esvara(?:r)?)(?= \w+ (?:med|genom|enligt)\b)|"
    r"(?P<remitterad>\b(?:[Öö]verlämna|[Öö]verlämnar|[Öö]versända|[Öö]versänder)(?= \w+ till\b))) "
    r"(?P<what>avsägelsen|remissen|skrivelsen|namninsamlingen)\b"
)
_FILED = re.compile(r"\b(?:läggs?|lägga|lägger) (?:\w+ ){0,4}till handlingarna\b|\btill handlingarna läggs\b")
_ELECTED = re.compile(r"\bvalberedningen\b.{0,80}?\bförslag\w*\b.{0,40}?\b(?:bifall\w*|antas|godkänns)")
_SENDS = re.compile(r"^(?:att )?(?:[A-ZÅÄÖ][\wåäöÅÄÖ -]{3,50}? )?(?:beslutar att )?remittera(?:r)? (?!till\b)\w")


def _by_itself(text: str, about: str) -> list[tuple[str, str]]:
    """What the sentence decides on that is no motion: a yrkande, a hemställan, an election, a matter sent out."""
    if paper := _PAPER.search(text):
        return [(paper["what"].lower(), next(name for name in ("bifall", "besvarad", "remitterad") if paper[name]))]
    if _FILED.search(text):
        return [("ärendet", "till_handlingarna")]
    if subject := _SUBJECT.match(text) or _REST.match(text):
        return _of_subject(subject, text)
    if put_off := _PUT_OFF.match(text):
        what = put_off["what"]
        of = next((t.of for t in things(what) if t.of.endswith("förslag")), "ärendet")
        of = what[:1].lower() + what[1:] if what.startswith("Val av ") and len(what) < 120 else of
        return [(of, "aterremiss" if put_off["verb"].startswith("å") else "bordlagd")]
    acts = _ACTS.match(text)
    taken = things(text, acts.end(), acts.end() + 110)[:1] if acts else []
    refused = "avslag" if acts and acts["verb"].startswith("avsl") else "bifall"
    if acts and taken and "yrkande" in taken[0].of and taken[0].start <= acts.end() + 5:
        return [(taken[0].of, refused)]
    if acts and re.match(r" (?:yrkandet|yrkandena) om ", text[acts.end() :]):
        return [("yrkande", refused)]
    if acts and re.match(rf" (?:[\w:-]+s )?{_LETTER}\b", text[acts.end() :]):
        return [("hemställan", refused)]
    if _ELECTED.search(text):
        return [("valberedningens förslag", "bifall")]
    return [(about if about in ABOUT_MATTERS else "ärendet", "remitterad")] if _SENDS.match(text) else []


def _letter_is_approved(what: str) -> bool:
    """Whether the thing approved is the hemställan itself, not what a hemställan led to."""
    letter = _APPROVED_LETTER.match(what)
    return letter is not None and _ABOUT_A_LETTER.search(letter.group()) is None


def _of_subject(subject: re.Match[str], text: str) -> list[tuple[str, str]]:
    """What was decided of the sentence's subject; of part of it only, where a limit follows."""
    what, verb = subject["what"], VERB.search(subject["verb"])
    if subject["verb"] == "godkänns" and not _letter_is_approved(what):
        return []
    if "ansökan" in what.lower():
        return [("ansökan", "avslag" if subject["verb"].startswith(("avsl", "avst")) else "bifall")]
    letter = _OWNED.match(what)
    if letter:
        of = _with_sender(letter)
    else:
        of = next((t.of for t in things(what[:1].lower() + what[1:])), "yrkande" if "yrkande" in what.lower() else "")
    if verb is None or not of:
        return []
    name = outcome_of(verb)
    return [(of, "delvis_bifall" if name == "bifall" and PARTLY.match(text[subject.end() :]) else name)]


def _with_sender(letter: re.Match[str]) -> str:
    """A letter with who sent it: "hemställan by tekniska nämnden"."""
    word = re.sub(r"(framställning)\w+", r"\1", letter["word"].lower())
    who = re.sub(r"(?::s|s)$", "", letter["owner"].strip()) or letter["sender"] or ""
    if re.search(r"nämnd|styrelse|utskott|förvaltning|kontor", who):
        who = who[:1].lower() + who[1:]
    return f"{word} by {who}" if who else word


_SENT = {"återremissyrkande": "aterremiss", "bordläggningsyrkande": "bordlagd"}
_PROPOSED = (
    r"(?:\w+ ){0,3}?(?:\w*förvaltningens|\w*kontorets|\w*utskottets|\w*utskotts|\w*styrelsens|\w*nämndens) förslag"
)
_TAKEN_PROPOSAL = re.compile(
    r"\b(?:antar?|beviljar?|bifaller|bifalla|godkänner|godkänna|"
    rf"(?:beslutar|beslutade|beslutat)(?: således| därmed| alltså)?(?: att besluta)? (?:enligt|i enlighet med)) "
    rf"(?P<a>{_PROPOSED})"
    rf"|^(?:att )?(?:[Ee]nligt|[Ii] enlighet med) (?P<b>{_PROPOSED})(?: till \w+)?[.\s]*$"
    rf"|^(?:att )?(?P<c>{_PROPOSED})(?: till beslut)? (?:antas|bifalls|godkänns)[.\s]*$"
)
