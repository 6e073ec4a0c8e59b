"""Yrkanden made at a meeting: who moves what, out of running sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..yrkanden import ON_BEHALF
from .floor_sentences import VERB, WHO, clauses
from .items import split_run_in
from .running import sats

# Others who want the same: in a sentence of their own, in a clause behind the yrkande, or inside it.
_JOINS = re.compile(
    r"^(?P<who>[A-ZÅÄÖ][^.:]{3,200}?)\s+(?:instämmer|instämde|ansluter sig|anslöt sig|biträder|stödjer)"
    r"(?:(?: i| till)? (?:yrkandet|detta|förslaget|(?:[A-ZÅÄÖ][\w-]+ ){1,3}(?:\(\w{1,4}\) )?(?:yrkande|förslag)))?[.]?$"
)
_JOINS_AFTER = re.compile(
    r"^(?:(?:I (?:detta |dessa |samma )?yrkande(?:t|n|na)?|Häri|Däri|Till (?:detta )?yrkandet?) "
    r"(?:instämmer|instämde|instämma|ansluter sig|anslöt sig)|"
    r"(?:Yrkandet|Förslaget|Detta) (?:biträds|biträdes|biträddes|stöds|stöddes) av)"
    r"(?: även| också)? (?P<who>[A-ZÅÄÖa-z][^.:]{3,200}?)[.]?$"
)
# They want the same as to one part of what was moved: who moves the whole stays as it is.
_JOINS_PART = re.compile(
    r"^[A-ZÅÄÖ][^.:]{3,200}?\s+(?:instämmer|instämde|ansluter sig|anslöt sig|biträder|stödjer|stöder)"
    r"(?: i| till)? (?:\w{3,15}(?:yrkandet|förslaget)|yrkandet om \w+)[.]?$"
)
_JOINED = re.compile(
    r",?\s+(?:(?:vari|i vilket|vilket)(?: (?:yrkande|förslag))?(?: även| också)? "
    r"(?:herr |fru |fröken )?(?P<who>[A-ZÅÄÖ][^.]{3,120}?) (?:instämmer|instämde)|"
    r"(?:vilket|vilket yrkande|något som|som) (?:biträds|biträdes|biträddes|stöds|stöddes) av "
    r"(?:herrar |herr |fru |fröken )?(?P<whom>[A-ZÅÄÖ][^.]{3,160}?)|"
    r"(?:med|under) instämmande (?:av|från) (?P<agreed>[A-ZÅÄÖ][^.]{3,160}?))(?=[.,]$|$)"
)
_WITH = re.compile(
    r"^,?\s*(?:(?:med|under) instämmande (?:av|från|i)|tillsammans med|jämte) (?P<who>[^.]{3,160}?),?"
    r"\s+(?=(?:på )?(?:bifall|avslag|återremiss|att)\b)"
)
# In whose name the mover speaks: "yrkar för Liberalernas räkning bifall till motionen".
_IN_NAME = re.compile(
    r"^,?\s*(?:för|å|på) [\w -]{1,30}?s (?:räkning|vägnar),?\s+(?=(?:på )?(?:bifall|avslag|återremiss|att)\b)"
)
_AS_LIST = re.compile(
    r"^(?:på )?(?:ett |följande )(?:tillägg|ändring)\w*(?:,? enligt följande)?(?: till (?:förslaget|beslutet))?: "
    r"(?=att\b)",
    re.I,
)
_ADVERB = re.compile(
    r"^(?:också|även|därför|dessutom|vidare|härefter|därutöver|i sin tur|samtidigt|som tillägg|följande|på|om|:)"
    r"\s+(?!hand)|^:\s*",
    re.I,
)
_ORGAN = re.compile(
    r"^(?:att\s+)?(?:kommun|region|stads)?(?:fullmäktige|styrelsen)(?:n)?\s+(?:att\s+)?(?:besluta(?:r)?\s+)?(?=att\b)|"
    r"^(?:att\s+)?\w*(?:nämnden|utskottet|direktionen)\s+(?:beslutar\s+|ska besluta\s+)?(?=att\b)",
    re.I,
)
# "... att kommunstyrelsen föreslår kommunfullmäktige besluta att A, samt att B": the items stand behind the lead-in.
_TO_COUNCIL = re.compile(
    r"^(?:att )?\w*(?:styrelsen|nämnden|utskottet) (?:ska )?föreslår? \w*fullmäktige (?:att )?besluta (?=att\b)", re.I
)
_ADDITION = re.compile(
    r"^(?P<main>.+?),? (?:samt|och)(?: (?:lämnar|lägger|framställer|framlägger|yrkar|väcker))?"
    r"(?: (?:därutöver|dessutom|även|också))? (?:till )?följande \w+:\s*(?P<more>.+)$"
)
# What comes first where nothing is said to come second.
_FIRST_HAND = re.compile(r"^i första hand,? (?=bifall|avslag|återremiss|att\b)(?!.*\bi andra hand\b)", re.I)
# A sentence that names the mover by a pronoun: "Om ärendet avgörs i dag yrkar hon avslag".
_IF = re.compile(r"(?:Om|Därest|För den händelse|För det fall|I det fall)\b[^()]+$")
_PRONOUN = re.compile(
    r"^(?:hon|han|de|samma ledam\w+)\s+(?=(?:på |i första hand )?(?:bifall|avslag|återremiss|bordläggning|att)\b)"
)
_BESLUTA = re.compile(r"^(?:\w+\s){0,3}(?:besluta|att besluta)\b[^:]{0,80}:\s*(?P<text>.+)$")
_DASH = re.compile(
    rf"(?P<by>{WHO}) ?[–—-] (?P<text>(?:bifall|avslag|återremiss|bordläggning)\b.*?)(?=\s+{WHO} ?[–—-] |$)"
)
# The yrkande in the member's own words behind the name: "Eva Ek (S): Remiss till tekniska nämnden."
_SAID = re.compile(rf"(?P<by>{WHO}(?:(?:, | och | samt ){WHO})*): (?P<text>[A-ZÅÄÖ].{{5,}})$")
# The same without the party: "Eva Ek: att förslaget avslås."
_NAMED = re.compile(
    r"(?P<by>(?:[A-ZÅÄÖ][\w-]+ ){1,2}[A-ZÅÄÖ][\w-]+): "
    r"(?P<text>(?:att|[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Bb]ordläggning)\b.{5,})$"
)
# Who spoke, with what they moved in clauses of their own: "I ärendet yttrar sig Eva Ek, som yrkar bifall, Bo Al ...".
_RELATIVE = re.compile(
    r"(?:^I (?:ärendet|debatten|överläggningen) (?:yttrar|yttrade) sig |,? (?:samt|och) |, )"
    r"(?P<by>[A-ZÅÄÖ][^.:]{3,120}?),? (?:som|vilken|vilka(?: båda| samtliga| alla)?) (?:yrkar|yrkade) "
    r"(?P<text>.+?)(?=, (?:samt )?[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ]|,? samt [A-ZÅÄÖ]|\.?$)"
)
# What is moved stands before who moves it: "Bifall till motionen yrkas av Eva Ek (S)", "Avslag: Eva Ek (S)".
_PASSIVE = re.compile(
    r"(?:Yrkande(?:n)? om |Förslag om )?(?P<text>(?:[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Bb]ordläggning)\b[^.:]{0,120}?)"
    r"(?: (?:har )?(?:yrkas|yrkades|yrkats|framställs|framställdes|framställts|begärs|begärdes) av |: ?(?=[A-ZÅÄÖ]))"
    r"(?P<by>[A-ZÅÄÖ][^.:]{3,300}?\))\.?$"
)
_LED = re.compile(r"^Yrkanden?: (?=[A-ZÅÄÖ])|^Vid \w+s (?:behandling|sammanträde)[^.]{0,40}? (?=yrkar|yrkade)")
# "Eva Ek (S) m.fl. bifall till motionen."
_WITHOUT_VERB = re.compile(
    rf"(?P<by>{WHO}(?:(?:, | och | samt ){WHO})*)(?: m\.? ?fl\.?| med flera)?,? "
    r"(?P<text>(?:bifall|avslag|återremiss|bordläggning)\b.*)$"
)
# What the mover says besides: "... samt anmäler att yrkandet från M återtas".
_ANNOUNCES = re.compile(r",?\s+(?:och|samt)\s+(?:anmäler|meddelar)\s+att\b.*$")
# An addition to what another body proposed: "yrkar, som tillägg till nämndens förslag, att ...".
_BESIDES = re.compile(
    r"^,?\s*(?:som (?:ett )?tillägg|med tillägg|i tillägg|utöver|som komplettering|därutöver)"
    r"(?: (?:till )?(?:(?!\batt\b)[^,.:]){3,70}?)??,?\s+(?=att\b)"
)
# Several speakers in one sentence, of whom some move: "A (V), som yrkar avslag, B (S) och C (M), som yrkar ...".
MOVERS = rf"{WHO}(?:(?:, | och | samt ){WHO})*"
_SPEAKER = re.compile(
    rf"(?P<by>{MOVERS}),? (?:som|vilken|vilka)(?: (?:båda|alla|också|även|därvid))? (?:yrkar|yrkade|föreslår|föreslog)"
    rf"(?: på| även| också)? (?P<text>[^.]+?)(?=(?:,|,? (?:och|samt)) {WHO}(?:, | och | samt |[.]?$)|[.]?$)"
)
_SPEAKERS = re.compile(
    rf"(?:[^()]{{0,60}}\b(?:yttrar sig|yttrade sig|talar|talade|har ordet|deltar|deltog)\b[^()]{{0,25}}?:? |)(?={WHO})"
)
_TWO = re.compile(r"\s+och\s+(?:yrkar|föreslår)\s+")


# What may stand before the verb in place of who moves: "Vidare yrkade Eva Ek (S) ...".
_THEN = (
    r"(?:I (?:andra|tredje|sista) hand|Vidare|Dessutom|Därefter|Härefter|Slutligen|Därutöver|"
    rf"{ON_BEHALF}|"
    r"(?:Under|I|Vid) (?:dagens )?(?:överläggning\w*|debatt\w*|diskussion\w*|sammanträdet|ärendets behandling))"
)


class Move(NamedTuple):
    """One yrkande: who, the clean text, and where it begins and ends in the paragraph's running text."""

    by: str | None
    text: str
    start: int
    end: int


def moves(text: str) -> list[Move]:
    """The yrkanden in one paragraph.

    >>> [(m.by, m.text) for m in moves("Eva Ek (S) yrkar bifall till motionen. Vidare yrkade Bo Al (M) avslag.")]
    [('Eva Ek (S)', 'bifall till motionen.'), ('Bo Al (M)', 'avslag.')]
    >>> [(m.by, m.text) for m in moves("Eva Ek (S) – bifall till motionen")]
    [('Eva Ek (S)', 'bifall till motionen')]
    """
    if _DASH.match(text):
        return [Move(dash["by"], sats(dash["text"]), dash.start(), dash.end()) for dash in _DASH.finditer(text)]
    if (said := _SAID.match(text)) and not VERB.search(text):
        return [Move(said["by"], sats(said["text"]), 0, len(text))]
    if (named := _NAMED.match(text)) and not VERB.search(text[: named.start("text")]):
        return [Move(named["by"], sats(named["text"]), 0, len(text))]
    found: list[Move] = []
    for start, end in clauses(text):
        sentence = _LED.sub("", text[start:end])
        if passive := _PASSIVE.match(sentence):
            found.append(Move(passive["by"], sats(passive["text"]), start, end))
            continue
        if listed := _of_speakers(sentence):
            found += [Move(m["by"], sats(m["text"].strip(" ,")), start, end) for m in listed]
            continue
        if len(told := list(_RELATIVE.finditer(sentence))) > 1:
            found += [Move(m["by"], sats(m["text"]), start, end) for m in told]
            continue
        verb = VERB.search(sentence)
        if not verb and (bare := _WITHOUT_VERB.match(sentence)):
            found.append(Move(bare["by"], sats(bare["text"]), start, end))
            continue
        if not verb or not _speaks(sentence, verb):
            if found and (joins := _JOINS.match(sentence) or _JOINS_AFTER.match(sentence)):
                last = found[-1]
                found[-1] = last._replace(by=_and(last.by, joins["who"]))
            elif found and not _JOINS_PART.match(sentence) and not tells(sentence):
                last = found[-1]
                found[-1] = Move(last.by, f"{last.text} {sentence}", last.start, end)
            continue
        made = _moves_of(sentence, verb, start, end)
        found += [move._replace(by=found[-1].by) if move.by is None and found else move for move in made]
    return found


def _of_speakers(sentence: str) -> list[re.Match[str]]:
    """Those who move something among the speakers that one sentence names; none where it speaks of one alone."""
    if not _SPEAKERS.match(sentence):
        return []
    listed = list(_SPEAKER.finditer(sentence))
    return listed if len(listed) > 1 or (listed and re.search(WHO, sentence[listed[0].end() :])) else []


def tells(text: str) -> bool:
    """Whether a paragraph without a yrkande says something else of a member: "Eva Ek (S) har inte yrkanderätt"."""
    return re.match(rf"{MOVERS} (?!vill\b|önskar\b|förordar\b)[a-zåäö]+\b", text) is not None


def names_movers(text: str) -> bool:
    """Whether a paragraph only names those whose yrkande follows: ``Eva Ek (S) och Bo Al (M):``."""
    return re.fullmatch(rf"{WHO}(?:(?:, | och | samt ){WHO})*:", text) is not None


def _speaks(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the sentence moves something itself, and does not only speak of a yrkande."""
    before = sentence[: verb.start()]
    return len(before) < 600 and not re.search(r"\b(enligt|om att|(?<!\) )(?<!\), )som)\b", before[-25:])


def _and(by: str | None, more: str) -> str:
    """Those who move something, and those who join them."""
    return f"{by}, {more}" if by else more


def _moves_of(sentence: str, verb: re.Match[str], start: int, end: int) -> list[Move]:
    by: str | None = re.sub(rf"^{_THEN}\s+", "", sentence[: verb.start()]).strip(" ,")
    rest = sentence[verb.end() :].strip()
    by = re.sub(r"^I (?:ärendet|debatten) yttrar sig (.+?),? som$", r"\1", by or "")
    if with_ := _WITH.match(rest):
        by, rest = _and(by, with_["who"]), rest[with_.end() :]
    rest = _AS_LIST.sub("", _IN_NAME.sub("", rest))
    if _IF.match(by):
        by = ""
    if (not by or re.fullmatch(_THEN, by)) and (pronoun := _PRONOUN.match(rest)):
        by, rest = "", rest[pronoun.end() :]
    elif not by or re.fullmatch(_THEN, by):
        inverted = re.match(
            r"^(?P<who>(?:ordföranden?\s+)?[A-ZÅÄÖ].*?)\s+(?:även\s+|också\s+|"
            r"därför\s+)?(?=(?:på\s+)?(?:i första hand|bifall|avslag|"
            r"återremiss|bordläggning|att)\b)",
            rest,
        )
        if inverted:
            by, rest = inverted["who"], rest[inverted.end() :]
    if asked := re.match(r"(?P<who>.+?) om (?=(?:bifall|avslag|återremiss|att)\b)", rest) if by == "Yrkande" else None:
        by, rest = asked["who"], rest[asked.end() :]
    by, rest = by or None, _BESIDES.sub("", _ANNOUNCES.sub("", rest))
    if joined := _JOINED.search(rest):
        by, rest = (
            _and(by, joined["who"] or joined["whom"] or joined["agreed"]),
            rest[: joined.start()] + rest[joined.end() :],
        )
    found: list[Move] = []
    for part in _TWO.split(rest):
        text = part.strip()
        while _ADVERB.match(text):
            text = _ADVERB.sub("", text, count=1).strip()
        if "andra hand" not in text:
            text = re.sub(r"^i första hand,? (?=att\b)", "", text)
        more = None
        if addition := _ADDITION.match(text):
            text, more = _FIRST_HAND.sub("", addition["main"]), addition["more"]
        if decide := _BESLUTA.match(text):
            text = decide["text"]
        council = _TO_COUNCIL.match(text)
        text = text[council.end() :] if council else _ORGAN.sub("", text)
        items = split_run_in(text) if council else [text]
        found += [Move(by, sats(item).lstrip(", "), start, end) for item in items if len(item) > 3]
        if more:
            found.append(Move(by, sats(more), start, end))
    return found
