"""Which paragraphs are yrkanden, by their wording alone."""

from __future__ import annotations

import re

from .draft import Draft
from .running import running

# A yrkande without a party in brackets, on the printed text: only names are written with capitals.
_NAMED_MOVES = re.compile(
    r"^(?!(?:Jag|Vi|Hon|Han|Man|De|Som|Denne) |"
    r"\w*(?:nämnden|styrelsen|utskottet|gruppen|partiet|fullmäktige|n?ären|n?ärerna) )"
    r"(?:[A-ZÅÄÖ][\w-]+ ){1,3}(?:anför och |talar för motionen och )?(?:yrkar|yrkade)(?:, [^.]{3,90},)? "
    r"(?:på )?(?:bifall|avslag|återremiss|bordläggning|att)\b"
)
# A member with the party who proposes something, and not that one body shall propose it to another.
_MEMBER_MOVES = re.compile(
    r"[^.:]{0,260}?\([A-Za-zÅÄÖåäö]{1,4}\) "
    r"(?:(?:yrkar|yrkade|begär|begärde) att\b|(?:föreslår|föreslog) att\b(?! \w+ (?:föreslår|beslutar))|"
    r"(?:hemställer|hemställde|vill se|förordar)(?: om)? (?:bifall|avslag|återremiss|bordläggning)\b)"
)
# The same in a numbered list of what the parties propose: "2. Karin Ek (L) m.fl. föreslår att nämnden beslutar att".
_MEMBER_MOVES_BODY = re.compile(
    r"[^:]{0,240}?\([A-Za-zÅÄÖåäö]{1,4}\) (?:föreslår|föreslog|yrkar|yrkade) att (?:\w+ ){1,3}"
    r"(?:beslutar|ska besluta|besluta) (?:att|enligt|i enlighet med|bifalla|avslå)\b"
)
# "Eva Ek (S) och Bo Al (M): Bifall till motionen."
_SHORT = re.compile(
    r"[A-ZÅÄÖ][^.:]{2,200}?\([A-Za-zÅÄÖåäö]{1,4}\)(?: m\.? ?fl\.?)?(?::| [–-]) ?"
    r"(?:[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Bb]ordläggning|[Aa]tt (?:motionen|ärendet|förslaget|initiativet)|"
    r"[Mm]otionen)\b"
)
# "Herr Wedin (s) yrkade, att motionen måtte anses besvarad", "Vid fullmäktiges behandling yrkar Eva Ek (S) bifall".
_OF_OLD = re.compile(
    r"(?:Herr|Fru|Fröken) [A-ZÅÄÖ][\w-]+(?: \([A-Za-zÅÄÖåäö]{1,4}\))? (?:yrkar|yrkade),? "
    r"(?:att|bifall|avslag|återremiss)\b|"
    r"Vid \w+s (?:behandling|sammanträde)[^.]{0,40}? (?:yrkar|yrkade) [^.]{3,90}? (?:bifall|avslag|återremiss|att)\b"
)
# "Under överläggningen yrkar Eva Ek (kd) bifall till motionen, Bo Al (s) bifall till nämndens förslag ..."
_DEBATED = re.compile(
    r"(?:Under|I|Vid) (?:överläggning\w*|debatt\w*|sammanträdet) (?:yrkar|yrkade) [^.]{3,90}?"
    r"\([A-Za-zÅÄÖåäö]{1,4}\)[^.]{0,40}? "
    r"(?:bifall|avslag|återremiss|bordläggning|att)\b"
)
# A candidate at an election: "Eva Ek (S) föreslår Bo Al (S)", "Eva Ek (S) nominerar till ordförande Bo Al".
_NOMINATES = re.compile(
    r"(?:[A-ZÅÄÖ][^.:]{0,120}?\([A-Za-zÅÄÖåäö]{1,4}\)|(?:[A-ZÅÄÖ][\w-]+ ){2,3})\s?"
    r"(?:föreslår|föreslog|nominerar|nominerade)(?: (?:till|som) [a-zåäö: ]{4,40}?)?"
    r" (?:omval av |nyval av |val av )?[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+(?: \(|[.,]|$)"
)

# Who voted what, by names: "Ja för nämndens förslag: Ek, Al och Bo.", "Nej: Eva Ek, Bo Al och Cia Ås (S)".
_VOTERS = re.compile(
    r"(?:Ja|Nej|Avstår)(?:-?röster)?(?: för [^:]{3,60}| ?\([^):]{2,25}\))?: "
    r"[A-ZÅÄÖ][\w-]+(?:,| och [A-ZÅÄÖ]|(?: [A-ZÅÄÖ][\w-]+)+(?:,| \(| och [A-ZÅÄÖ]))"
)


# In a numbered list of yrkanden: "1) Runa Stål (MP) yrkade bifall till motionen."
_NOUNS = re.compile(
    r"[^:.]{0,200}?\([A-Za-zÅÄÖåäö]{1,4}\) (?:föreslår|föreslog|yrkar|yrkade) (?:på )?"
    r"(?:bifall|avslag|återremiss|bordläggning)\b"
)


def lists_voters(draft: Draft, group: list[int]) -> bool:
    """Whether a paragraph names those who voted Ja, Nej or not at all."""
    return _VOTERS.match(running(draft.lines[i].text for i in group)) is not None


def is_move(draft: Draft, group: list[int], key: str) -> bool:
    """Whether a paragraph is a yrkande, whatever heading it stands under."""
    text = running(draft.lines[i].text for i in group).replace("m.fl.", "m fl")
    text = re.sub(r"^Yrkanden?: (?=[A-ZÅÄÖ])", "", text)
    if (mark := draft.lines[group[0]].mark) is not None and mark.kind == "number":
        text = re.sub(r"^\W*\d+[.)]?\s+", "", text)
        return (_MEMBER_MOVES_BODY.match(text) or _NOUNS.match(text)) is not None
    return draft.tables.has("moves", re.sub(r"^yrkanden?: ", "", key)) or bool(
        _NAMED_MOVES.match(text)
        or _MEMBER_MOVES.match(text)
        or _NOMINATES.match(text)
        or _SHORT.match(text)
        or _DEBATED.match(text)
        or _OF_OLD.match(text)
    )
