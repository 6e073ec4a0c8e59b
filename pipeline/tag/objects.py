"""What an outcome is about, and which outcome a verb names: the grammar that all acts share."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BODY_WORD = (
    r"(?:kommunstyrelsens arbetsutskotts|kommunstyrelsens förvaltnings|(?:(?:[Tt]ekniska|[Ss]ociala) |"
    r"[\wåäöÅÄÖ]{1,40}-? och )?[\wåäöÅÄÖ]{0,60}(?:nämndens|nämndernas)|nämnden för [\wåäöÅÄÖ&\- ]{3,50}?s|"
    r"tjänste(?:skrivelsens|utlåtandets)|[\wåäö-]{0,60}(?:styrelsens|utskottets|utskotts|beredningens|förvaltningens|förvaltningarnas|kontorets|"
    r"presidiets|direktionens|"
    r"fullmäktiges|kommitténs|förvaltnings)|ordförandens|majoritetens|alliansens)"
)
_PERSON = (
    r"[A-ZÅÄÖÉŠ][\wåäöéüšćčžñáíóøæ'’-]{1,40}(?: (?:von|af|de|la|van|ben|al|"
    r"el) )?(?: [A-ZÅÄÖÉŠ][\wåäöéüšćčžñáíóøæ'’-]{1,40}){0,4}"
)
# Yrkanden named by what they ask for alone, without who moved them.
UNOWNED = ("återremissyrkande", "bordläggningsyrkande", "tilläggsyrkande", "yrkande")
_KIND = (
    r"(?:tilläggs|ändrings|återremiss|avslags|bifalls|mot|förstahands|andrahands|budget)?"
    r"(?:yrkande(?:t|n|na)?|förslag(?:et|en)?)"
)
MATTER = (
    r"(?i:motion(?:en|erna|ens|er|sförslaget)?|interpellation(?:en|erna)?|frågan|medborgarförslag(?:et|ets)?|"
    r"initiativ(?:et|ets|ärendet)?|e-förslag(?:et)?)"
)

_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
_ORDINAL = r"(?:första|andra|tredje|fjärde|femte|sjätte)"
_CARDINALS = {"ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6}
_N = rf"(?:\d+|(?:{'|'.join(_CARDINALS)})\b)"
_POINT = re.compile(
    rf"(?:motionens |den )?(?P<o>{_ORDINAL}(?:(?:, | och | samt ){_ORDINAL})*) "
    r"(?:att-?sats(?:en|er|erna)?|besluts(?:sats|mening)(?:en|er|erna)?|"
    r"(?:förslags)?punkt(?:en)?|yrkande(?:t)?|förslag(?:et)?(?= (?:bifall|biföll|avsl|anse|besvar)))\b|"
    rf"\b(?:motionens|sin|dess) (?P<part>{_ORDINAL}) del\b|\b(?P<whole>{_ORDINAL}) delen av motionen\b|"
    r"(?:att-?sats(?:en|er|erna)?|besluts(?:sats|mening)(?:en|er|erna|ar|arna)?|(?:besluts|förslags)?punkt(?:en|er|erna)?|"
    rf"yrkande(?:na)?|förslag(?:en)?(?= [\d, och–-]{{1,14}} i motionen\b)|(?<=\bmotionens )förslag(?= \d)) "
    rf"(?P<n>{_N}(?:(?:, | och | samt |-|–){_N})*)(?: \(\d{{1,2}}\))?"
    r"(?=[.,]?$|,? (?:och |samt )?(?:anses )?(?:i övrigt|(?:bifalls|avslås) i övrigt)| (?:i|"
    r"av) (?:den av .{3,80} väckta )?motionen|"
    r":? (?:i motionen )?(?:[–-] )?(?:(?:inte |ej )?(?:ska(?:ll)?|skulle|bör|kan) (?:inte |ej )?|(?:inte|ej) )?"
    r"(?:bifall|biföll|avsl|anse|besvar|tillstyrk|avstyrk|är)|"
    r",? (?:och|samt|men) (?:att )?(?:bifall|avslå|anse|besvara|tillstyrk|avstyrk|förklara)|"
    r",? (?:bifall(?:a|er)|avslår?|anser?|förklarar?|tillstyrk(?:a|er)|avstyrk(?:a|er))\b)",
    re.IGNORECASE,
)


_ELLIPTIC = re.compile(
    rf"\b(?:den|det|dess) ({_ORDINAL})(?=[.,;]|$| (?:och|samt|avslås|avstyrks|bifalls|tillstyrks|anses)\b)"
)
_THE_OTHER = re.compile(rf"\s*(?:till |på )?{_ELLIPTIC.pattern}")
_COUNTS = {"två": 2, "tre": 3, "fyra": 4}
_FIRST_ONES = re.compile(
    r"\b(?P<n>två|tre|fyra) första (?:att-?satser(?:na)?|punkter(?:na)?|yrkanden(?:a)?|förslag(?:en)?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Thing:
    """An object found at ``text[start:end]``: ``of`` as the record prints it."""

    of: str
    start: int
    end: int


_TITLE = r"(?:vice )?ordföranden |ledamoten "
_THINGS = re.compile(
    rf"(?P<asked>(?:[Yy]rkandet|[Ff]örslaget|[Yy]rkandena) om (?:minoritets)?(?:(?P<refer>återr?emiss)|"
    rf"(?P<table>bordläggning)|(?P<refuse>avslag|bifall)))|"
    rf"(?P<whole>samtliga (?:yrkanden|förslag|att-?satser|punkter) i (?=motionen\b))|"
    rf"(?P<other>(?:samtliga )?övriga (?:yrkanden|förslag))|(?P<all>(?:samtliga|alla) yrkanden)|"
    rf"(?P<request>[Hh]emställan(?: (?:från|av) {_PERSON}(?: AB)?)?)|"
    rf"(?P<own>(?:hans|hennes|sitt|det|eget|egna|sina) (?:eget |egna )?(?P<ok>{_KIND}))(?! från)|"
    rf"(?P<party>(?P<pw>[A-ZÅÄÖ]{{1,4}}):s (?P<pk>{_KIND}))|"
    rf"(?P<motive>(?P<mk>(?:minoritets)?återremissyrkandet) med motiv(?:ering(?:en)?)? (?:från|av) "
    rf"(?P<mw>[A-ZÅÄÖ]{{1,4}}(?![a-zåäö])|{_PERSON}))|"
    rf"(?P<bare>(?:det )?(?P<bk>(?:tilläggs|ändrings|avslags|(?:minoritets)?återremiss|bordläggnings)yrkande(?:t|na)))"
    rf"(?! (?:från|av) [A-ZÅÄÖ])|"
    rf"(?P<lying>(?:det )?liggande förslag(?:et)?|föreliggande förslag(?:et)?|framlagda? förslag(?:et)?)|"
    rf"(?P<from>(?P<fk>{_KIND})(?: i kommunstyrelsen)? (?:från|av) "
    rf"(?:{_TITLE})?(?P<fw>(?:[A-ZÅÄÖ]{{1,4}}(?:(?:, | och |"
    rf" samt )[A-ZÅÄÖ]{{1,4}})*(?![a-zåäö])|{_PERSON}))"
    rf"(?:(?: i kommunstyrelsen)?(?P<fs> beträffande [^.;:\"”“]{{2,160}}?)"
    rf"(?=,? (?:samt|och) (?:\w*yrkande|förslag|finner|fann|avslag|bifall)|[.;:\"”“]|$))?)|"
    rf"(?P<gen>(?P<gw>{_PERSON})(?: \([^)]{{1,6}}\))?(?:,? (?:m\.? ?fl\.?|med fleras?|"
    rf"med flera))?(?: \([^)]{{1,6}}\))? (?P<gk>{_KIND}))(?! till beslut i)|"
    rf"(?P<body>\b(?P<bw>{_BODY_WORD}) (?:eget )?(?:budget)?förslag(?: till (?:beslut|yttrande))?)|"
    rf"(?P<matter>(?:den av .{{3,160}}? väckta )?{MATTER})|"
    rf"(?P<case>[Ää]rendet)",
)


def things(text: str, start: int = 0, end: int | None = None) -> list[Thing]:
    """The objects of decisions in ``text[start:end]``, in order."""
    matches = _THINGS.finditer(text, start, len(text) if end is None else end)
    return [Thing(_of(m), m.start(), m.end()) for m in matches]


def _of(m: re.Match[str]) -> str:
    if m.group("asked"):
        return "återremissyrkande" if m.group("refer") else "bordläggningsyrkande" if m.group("table") else "yrkande"
    if m.group("whole"):
        return "motion"
    if m.group("other"):
        return "övriga yrkanden"
    if m.group("all"):
        return "samtliga yrkanden"
    if m.group("request"):
        return "hemställan"
    if m.group("own"):
        return _kind(m.group("ok"))
    if m.group("party") and m["pw"] in ("KS", "KSAU", "AU", "RS", "TN", "BUN"):
        return f"{m['pw']} förslag"
    if m.group("party"):
        return f"{_kind(m.group('pk'))} by {m.group('pw')}"
    if m.group("motive"):
        return f"återremissyrkande by {m.group('mw')}"
    if m.group("bare"):
        word = m.group("bk").lower()
        of = "återremissyrkande" if "återremiss" in word else "bordläggningsyrkande" if "bordl" in word else None
        return of or _kind(word)
    if m.group("lying"):
        return "liggande förslag"
    if m.group("from"):
        return f"{_kind(m.group('fk'))} by {m.group('fw')}{m.group('fs') or ''}"
    if m.group("gen"):
        who = m.group("gw")
        if re.match(rf"(?i)(?:{_BODY_WORD})$", who):
            return f"{body_of(who)} förslag"
        if who in ("KS", "KSAU", "AU", "RS", "RSAU"):
            return f"{who} förslag"
        return f"{_kind(m.group('gk'))} by {bare_name(who)}"
    if m.group("body"):
        return f"{body_of(m.group('bw'))} förslag"
    if m.group("case"):
        return "ärendet"
    word = m.group("matter").lower()
    for stem in ("interpellation", "medborgarförslag", "initiativ", "motion"):
        if stem in word.rsplit(" ", 1)[-1]:
            return stem
    return "fråga" if "frågan" in word else "förslag" if "e-förslag" in word else "motion"


def _kind(word: str) -> str:
    """A named person's or party's "förslag" is a yrkande; tilläggsförslag a tilläggsyrkande."""
    return "tilläggsyrkande" if word.lower().startswith("tillägg") else "yrkande"


def bare_name(name: str) -> str:
    """A name without the genitive: "Per Malms" -> "Per Malm"; "Sundqvists" -> "Sundqvist".

    >>> bare_name("Lennart Jonssons"), bare_name("Monica Neptun"), bare_name("Stefan Vilumsons")
    ('Lennart Jonsson', 'Monica Neptun', 'Stefan Vilumson')
    """
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is", "as", "nes")) else name


def body_of(word: str) -> str:
    """A body's genitive, abbreviated where the abbreviation is common.

    >>> body_of("kommunstyrelsens"), body_of("tekniska nämndens")
    ('KS', 'tekniska nämndens')
    """
    low = " ".join(word.lower().split())
    short = {
        "kommunstyrelsens": "KS",
        "kommunstyrelsens arbetsutskotts": "KSAU",
        "regionstyrelsens": "RS",
        "arbetsutskottets": "AU",
    }
    short["kommunstyrelsens förvaltnings"] = "förvaltningens"
    if low in short:
        return short[low]
    if low.endswith("förvaltningens"):
        return "förvaltningens"
    return low


def points(text: str) -> list[tuple[int, int, int]]:
    """(number, start, end) of single att-satser of a motion that the text names."""
    found = []
    if both := _FIRST_ONES.search(text):
        found += [(n + 1, both.start(), both.end()) for n in range(_COUNTS[both["n"].lower()])]
    for m in _POINT.finditer(text):
        if printed := m.group("o") or m.group("part") or m.group("whole"):
            named = re.findall(_ORDINAL, printed.lower())
            found += [(_ORDINALS[word], m.start(), m.end()) for word in named]
            continue
        found += [(n, m.start(), m.end()) for n in numbers(m.group("n"))]
    if found:  # "tillstyrker den första att-satsen och avstyrker den andra"
        found += [
            (_ORDINALS[m.group(1)], m.start(), m.end())
            for m in _ELLIPTIC.finditer(text, found[-1][2])
            if _ORDINALS[m.group(1)] not in {n for n, _, _ in found}
        ]
    return found


def the_other(text: str) -> int | None:
    """The other of two points, which stands without its noun, where ``text`` begins with it.

    >>> the_other(" till den andra"), the_other(" till den andra vägen"), the_other(" på motionen")
    (2, None, None)
    """
    match = _THE_OTHER.match(text)
    return _ORDINALS[match.group(1)] if match else None


def numbers(printed: str) -> list[int]:
    """The numbers of "1 och 3" or "1-3".

    >>> numbers("1, 2 och 4"), numbers("2–4"), numbers("ett och tre")
    ([1, 2, 4], [2, 3, 4], [1, 3])
    """
    span = re.fullmatch(r"(\d+)[-–](\d+)", printed)
    if span and int(span.group(2)) - int(span.group(1)) < 20:
        return list(range(int(span.group(1)), int(span.group(2)) + 1))
    return [_CARDINALS.get(n) or int(n) for n in re.findall(_N, printed.lower())]


VERBS = (
    ("delvis_bifall", r"delvis bifall\w*|bifall\w* (?:delvis|till (?:viss )?del)|bifall till (?:delar av|"
    r"de (?:två|tre|fyra) första)|i (?:delar|viss del) bifall\w*|delvis tillstyrk\w*|tillstyrk\w* delvis"),
    ("avslag", r"utan (?:bifall|avseende)|(?:bifall(?:s|es|er|a|as)|biföll(?:s|es)?|tillstyrk(?:s|es|er|te|tes)|"
    r"antas|antogs|beviljas|beviljades) (?:inte|ej|icke)|avslag|avslå(?:r|s|tt)?|avslog(?:s)?|"
    r"avslagits?|"
    r"avslagna|avstyrk\w*|ogilla(?:s|r)|(?:icke|inte|ej) (?:ska(?:ll)? )?(?:må |måtte )?föranled\w+ (?:till )?någon "
    r"(?:ytterligare |(?:\w*fullmäktiges|\w+styrelsens|\w+nämndens) )?åtgärd|"
    r"föranled\w+ ingen åtgärd|utan åtgärd"),
    ("other", r"föranled\w+ ingen (?:ytterligare|vidare) åtgärd|utan (?:vidare|ytterligare) åtgärd"),
    ("besvarad", r"besvarade?|besvarar?(?= (?:motion|medborgarförslag|interpellation))|"
    r"besvaras|besvarat|(?:därmed|härmed|därigenom) besvarats|"
    r"bevarade?(?= motion|\.|,|$)|färdigbehandlad|tillgodosedd|tillgodosett"),
    ("aterremiss", r"återr?emi\w+"),
    ("bordlagd", r"bordlä\w+|bordlagt|bordlagd|bordlades?|bordlade"),
    ("remitterad", r"remitter\w+|remiss till|hänskjut\w+|(?:överlämn|översänd|överlåt|skicka|lämna)\w*"
    r"(?= (?:motionen |medborgarförslaget |ärendet )?till )"),
    ("avskriven", r"avskriv\w+|avskrevs?|bereds (?:inte|ej) vidare|(?:inte|ej) bereda"),
    ("atertagen", r"återta\w*|återkall\w+|dra(?:s|r|gits)? tillbaka|utgår"),
    ("till_handlingarna", r"(?:läggs?|lägga|lades?|lagts|läggas) till handlingarna|"
    r"lägg(?:a|er)(?= (?:motionen|medborgarförslaget|interpellationen) till handlingarna)"),
    ("far_stallas", r"får (?:fram)?ställas|få (?:fram)?ställas|får läggas|får väckas|får anmälas|"
    r"medges(?! att (?:åter|dra))"),
    ("bifall", r"bifall(?:s|es|er|a|as|it|its|en)?|biföll(?:s|es)?|tillstyrk\w*|antar|antas|antagits?|anta|"
    r"antogs?|beviljar?|beviljas|godkänn\w+|enligt"),
)  # fmt: skip
VERB = re.compile("|".join(f"(?P<{name}>\\b(?:{pattern})\\b)" for name, pattern in VERBS), re.IGNORECASE)
ABOUT_MATTERS = ("motion", "interpellation", "fråga", "medborgarförslag", "initiativ", "ärendet")


def outcome_of(m: re.Match[str]) -> str:
    """The outcome that a match of :data:`VERB` names."""
    return m.lastgroup or "other"


# What limits an approval to a part of the matter.
PARTLY = re.compile(
    r"^[^.]{0,40}?\b(?:så ?till ?vida\b|på så sätt att|i så måtto|såvitt (?:avser|gäller|angår)|"
    r"(?:i|till) (?:den del|de delar|(?:vissa|några|flera) delar|en del)|vad (?:avser|gäller))\b"
)
# Approval of a refusal is a refusal; what the refusal of a refusal is, the words do not say.
REFUSED = re.compile(
    r"(?P<verb>\b[Bb]ifall till|\b[Bb]ifall(?:er|a|s|as|en)?|\b[Aa]vslag på|\b[Aa]vslå(?:r|s)?|\b[Aa]vslog(?:s)?)"
    r" (?:det )?(?P<what>yrkandet|förslaget|(?:[A-ZÅÄÖ][\wåäö-]+ ){1,3}(?:\([^()]{1,5}\) )?yrkande) "
    r"(?:om (?P<o>avslag|bifall)(?: på| till)?|att (?P<to>avslå|bifalla))\b"
)


_PROPOSAL = re.compile(
    r"\b[Ff]örslaget\b(?= (?:ska |bör |skall )?"
    r"(?:överlåt|överlämn|bifall|avslå|anse|besvar|remitter|återremi|bordlägg|avstyrk|tillstyrk|lämnas utan))|"
    r"(?:(?<=\bavslå )|(?<=\bavslår )|(?<=\bbifalla )|(?<=\bbifaller )|(?<=\banse ))"
    r"förslaget(?=[.,;]|$| besvarat\b| med hänvisning\b)"
)


def named_matter(text: str, about: str) -> str:
    """A sentence about a medborgarförslag with "förslaget" written out, where that is what is decided on.

    >>> named_matter("att förslaget bifalls", "medborgarförslag")
    'att medborgarförslaget bifalls'
    """
    return _PROPOSAL.sub("medborgarförslaget", text) if about == "medborgarförslag" else text


def asked_for(m: re.Match[str]) -> str:
    """What approval or refusal of "yrkandet om avslag" comes to."""
    if m["verb"].lower().startswith("bifall"):
        return "avslag på" if (m["o"] or m["to"]).startswith("avs") else "bifall till"
    return "det yrkandet rör"
