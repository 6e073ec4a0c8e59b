"""What one deciding sentence says of its matter: approved, refused, in part, sent on, or nothing."""

from __future__ import annotations

import re

from .objects import ABOUT_MATTERS, MATTER, PARTLY, REFUSED, VERB, asked_for, named_matter, outcome_of, points, things
from .other_objects import other_objects

NAMES_MATTER = re.compile(rf"\b(?:den av .{{3,200}}? väckta )?{MATTER}\b", re.IGNORECASE)
_QUOTE = re.compile(r"[\"”“][^\"”“]{30,}[\"”“]?")
EXCEPT = re.compile(
    r"\b(?:med undantag (?:av|för)|utom|förutom|bortsett från) (?:(?:vad |såvitt )?(?:avser|gäller|angår) )?"
    r"(?:den |motionens )?(?:\w+ )?(?:punkt|att-?sats|yrkande)\w* ?\d*",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:inte|ej|icke)\b")
# What is left of the motion, told by what is done with the other part: "avslås i den del den inte anses besvarad".
_REMAINDER = re.compile(r" i den del (?:som )?(?:den|motionen) (?:inte|ej) [^.,;]*")
_NO_REASON = re.compile(
    r"\b(?:ing(?:a|et|en)|sakna[rs]) (?:\w+ )?(?:skäl|anledning|grund(?:er)?)(?: för)? att (?:\w+ )?$"
)


def of_sentence(text: str, about: str) -> list[tuple[str, str]]:
    """(of, outcome) pairs that one deciding sentence states about its matter.

    ``about`` is the kind of the matter ("motion", "interpellation", ... or "ärendet").

    >>> of_sentence("Den av Ann Ek väckta motionen avslås.", "motion")
    [('motion', 'avslag')]
    >>> of_sentence("Motionens andra förslag avslås.", "motion")
    [('proposal 2', 'avslag')]
    >>> of_sentence("Motionens första att-sats bifalls, i övrigt avslås motionen.", "motion")
    [('proposal 1', 'bifall'), ('motion', 'delvis_bifall')]
    >>> of_sentence("Nämnden får i uppdrag att bifalla fler ansökningar.", "motion")
    []
    """
    if _LIST.match(text):
        return []  # what is done with the list is done with no matter
    text = _REMAINDER.sub("", named_matter(text, about))
    text = _plainly(_QUOTE.sub(lambda m: " " * len(m.group()), text))
    verbs = [m for m in VERB.finditer(text) if m.group().lower() != "enligt" and _of_matter(text, m)]
    if spared := EXCEPT.search(text):  # what becomes of the points that are spared, is said there or not at all
        taken = [outcome_of(m) for m in verbs if m.end() <= spared.start()]
        return [("motion", "delvis_bifall")] if taken[-1:] == ["bifall"] and not _NEGATED.search(text) else []
    numbered = points(text)
    if numbered and verbs and (limited := _as_far(text, numbered, verbs)):
        return limited
    if numbered and verbs:
        return _pointwise(text, numbered, verbs)
    matter = NAMES_MATTER.search(text)
    if matter is None:
        return other_objects(text, about)
    of = next((t.of for t in things(text, matter.start(), matter.end())), "motion")
    found: list[tuple[str, str]] = []
    for m in verbs:
        name = outcome_of(m)
        gap = text[matter.end() : m.start()] if m.start() > matter.end() else text[m.end() : matter.start()]
        if (
            _supposed(text, m)
            or _own_object(text, m)
            or (name == "remitterad" and len(gap) > 45 and "remi" not in m.group().lower())
        ):
            continue
        far = 320 if re.match(r" (?:om|angående|gällande|rörande|av|från|\(|-|–)", text[matter.end() :]) else 90
        if (
            len(gap) > far
            or "." in gap.replace("m.fl.", "").replace("nr.", "").replace("kap.", "")
            or (re.search(r"\bhänvisning\b", gap) and not _SHALL.search(gap))
        ):
            continue
        if (
            name == "remitterad"
            and re.search(r"remitterade", m.group())
            and "beslut" not in text[: m.start()].lower()
            and len(verbs) > 1
        ):
            continue
        if _denied(text, m) or re.search(r"\binte\s*$", gap):
            found.append((of, "avslag" if name == "bifall" else "other"))
        else:
            found.append((of, name))
    return _merge(found, text)


def _denied(text: str, m: re.Match[str]) -> bool:
    """Whether a verb is told not to hold: "kan inte bifalla", "ser inga skäl att bifalla"."""
    before = text[max(0, m.start() - 60) : m.start()]
    return (
        _NEGATED.search(text, max(0, m.start() - 14), m.start()) is not None
        or _NO_REASON.search(before) is not None
        or before.endswith((" avstår från att ", " avstår ifrån att "))
    )


_TAKES = re.compile(r"(?i)godkänn|anta")  # what is approved or adopted is most often a plan, or a report
_MATTER_TAKEN = re.compile(rf" (?:{MATTER})(?=[.,;]|$| i sin helhet| med\b)", re.IGNORECASE)
_MATTER_IS_TAKEN = re.compile(rf"^(?:att )?{MATTER} (?:ska |bör )?$", re.IGNORECASE)


def _of_matter(text: str, m: re.Match[str]) -> bool:
    """Whether a verb may speak of the matter: "anta" only with the matter as its object, or its subject."""
    if not _TAKES.match(m.group()):
        return True
    return _MATTER_TAKEN.match(text, m.end()) is not None or _MATTER_IS_TAKEN.match(text[: m.start()]) is not None


_LIST = re.compile(
    r"(?:[\wåäö]+ )?(?:att )?(?:(?:fastställ|godkänn)\w* )?(?:\w+ )?(?:dagordning|föredragningslist|ärendelist)",
    re.IGNORECASE,
)


def _as_far(text: str, numbered: list[tuple[int, int, int]], verbs: list[re.Match[str]]) -> list[tuple[str, str]]:
    """Points that limit what was decided of the motion: "Motionen avslås såvitt avser punkt 1 och bifalls i övrigt".

    >>> of_sentence("Motionen avslås såvitt avser punkterna 1 och 3.", "motion")
    [('proposal 1', 'avslag'), ('proposal 3', 'avslag')]
    """
    first, last = numbered[0][1], numbered[-1][2]
    before = [m for m in verbs if m.end() <= first]
    if (
        any(first < m.start() < last for m in verbs)
        or len(before) != 1
        or not _LIMITED.search(text[:first])
        or not NAMES_MATTER.search(text[:first])
    ):
        return []
    found = [(f"proposal {n}", outcome_of(before[0])) for n, _, _ in numbered]
    rest = [m for m in verbs if m.start() >= last]
    if rest and re.search(r"\bi övrigt\b", text[last:]):
        whole = outcome_of(rest[0])
        mixed = {whole, outcome_of(before[0])} == {"bifall", "avslag"}
        found.append(("motion", "delvis_bifall" if mixed else whole))
    elif outcome_of(before[0]) == "bifall":
        found.append(("motion", "delvis_bifall"))
    return found


_LIMITED = re.compile(
    r"(?:såvitt (?:avser|gäller|angår)|vad (?:avser|gäller)|i fråga om|avseende|beträffande|"
    r"i (?:den del|de delar) som (?:avser|gäller|rör|omfattar)) $"
)
# Reasons behind a decision, and what others thought before it.
_ASIDE = re.compile(
    r"(?:\b(?:eftersom|då|med motiveringen att|därför att|med hänvisning till att)\b).*$|"
    r"^(?:[Ss]edan|[Tt]rots att|[Tt]rots|[Ee]fter att|[Ää]ven om|[Mm]edan) [^.]*?"
    r"(?=\b(?:beslutar|beslutade|beslutat)\b)",
    re.DOTALL,
)
_NO_TO_YES = re.compile(r"\b(?:avstyrk(?:er|t|te|a|s)|avslår?|avslag på) bifall till\b", re.IGNORECASE)
_YES_TO_NO = re.compile(
    r"\btillstyrk(?:er|t|te|a|s) (?=avslag på\b|att (?:avslå|\w+ (?:ska )?avslås)\b)", re.IGNORECASE
)
_ASKED_PASSIVE = re.compile(
    r"\b(?:[Yy]rkandet|[Ff]örslaget) om (?:avslag på|bifall till) (?:\w+ )?\w+ "
    r"(?P<verb>avslås|avslogs|(?:inte |ej )?bif(?:alls|ölls))\b"
)


def _plainly(text: str) -> str:
    """The sentence without reasons and what others thought, and "bifaller yrkandet om avslag på" as what it does."""
    without = _ASIDE.sub("", text)
    text = without if VERB.search(without) else text
    passive = _ASKED_PASSIVE.search(text)
    if passive and passive["verb"].startswith(("avsl", "inte", "ej")):
        return text[: passive.start()] + text[passive.end() :]
    text = _YES_TO_NO.sub("föreslår ", _NO_TO_YES.sub("avslag på", text))
    return REFUSED.sub(asked_for, text)


_IF = re.compile(r"\b(?:om|ifall) (?:hela )?(?:motionen|medborgarförslaget|initiativet)(?: skulle| ska| inte)? $")
_TO_BE_ASKED = re.compile(r"\btar ställning till (?:om|huruvida) [^,.]{0,40}$")
_OF_YRKANDE = re.compile(r"\b[Yy]rkandet(?: om)?(?: avslag| bifall)?(?: om| inte| ej)? $")
_LATER = re.compile(r" (?:först )?(?:vid|på|under) (?:fullmäktiges |nämndens |ett )?(?:näst|kommande|följande|senare)")


_SHALL = re.compile(
    r"\bhänvisning (?:till [^,]{3,80}|här(?:till|av)|därtill) (?:ska|skall|bör|må|måtte|därför|"
    r"därmed)(?: anses| vara)* $|"
    # the verb at the end, of the motion as a whole: "motionen med hänvisning till nämndens yttrande avslås"
    r"^ med hänvisning till (?:(?!\batt\b)[^,.:]){3,90} $"
)
# What is approved is no more than the thought behind it: "tillstyrker motionens intention".
_THOUGHT = re.compile(
    r" (?:bifall till )?(?:(?:den )?(?:bakomliggande )?(?:intention(?:en|erna)?|syftet|andan|andemeningen|ambitionen) "
    r"(?:i|med|bakom) |motionens (?:bakomliggande )?(?:intention|syfte|and[ae]|ambition))"
)


# What somebody is charged with: "bifaller motionen genom att uppdra åt nämnden att avslå alla ansökningar".
_TASK = re.compile(r"\b(?:i uppdrag|[Uu]ppdra(?:r|s)?(?: åt [^,.]{3,50}?)?) att $")
# What others have proposed, and what is thought of it: "Förvaltningens förslag att avslå motionen är olyckligt".
_THEIR_IDEA = re.compile(r"\b(?:[Ff]örslag(?:et)?|[Bb]eslut(?:et)?|[Ll]inje(?:n)?)(?: om)? (?:att |till )?$")
_JUDGED = re.compile(
    r"^ (?:hela |den )?\w+(?: i sin helhet)? (?:är|vore|var|innebär|bygger|visar|saknar|känns|framstår|går|"
    r"strider|ger)\b"
)


def _supposed(text: str, m: re.Match[str]) -> bool:
    """Whether the verb tells what might be, is to come or is of another thing: "om motionen bifalls"."""
    if _OF_YRKANDE.search(text[: m.start()]) or (m.group() == "besvarade" and text[m.end() :].startswith(" motioner")):
        return True
    if _TASK.search(text[: m.start()]) or _TO_BE_ASKED.search(text[: m.start()]) or _THOUGHT.match(text, m.end()):
        return True
    if _THEIR_IDEA.search(text[: m.start()]) and _JUDGED.search(text[m.end() :]):
        return True
    if m.group().lower() == "besvaras" and _LATER.match(text, m.end()):
        return True
    return bool(m.group().endswith("s") and _IF.search(text[: m.start()]))


_OWNED = re.compile(r"\b[Mm]otionen (?:från|av) (?=[A-ZÅÄÖ])")


# A part that the sentences before have named: "Motionen bör avslås i denna del".
_IN_THAT_PART = re.compile(r"\b[Mm]otionen\b[^.]{0,40}\bi (?:denna|den|dessa|de) (?:del|delen|delar|delarna)[.]?$")


def _merge(found: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """One outcome of the matter: a rejected part beside an approved one is a partial approval."""
    unique = list(dict.fromkeys(found))
    names = {name for _, name in unique}
    if re.search(r"motionen i (?:den )?del(?:en|ar)?\b", text) and names == {"avslag"}:
        return []  # one part refused: the sentence beside it decides on the whole
    whole = NAMES_MATTER.search(text)
    if names == {"bifall"} and whole and PARTLY.match(text[whole.end() :]):
        return [(unique[0][0], "delvis_bifall")]
    if whole and _IN_THAT_PART.search(text):
        return [(unique[0][0], "delvis_bifall")] if names == {"bifall"} else []
    if len(names) > 1 and len(_OWNED.findall(text)) > 1:
        return []  # one motion is taken and another refused
    if names == {"avslag", "besvarad"} and re.search(r"\bi övrigt (?:är |anses |ska anses )*besvarad\b", text):
        return [(unique[0][0], "besvarad")]
    if {"bifall", "avslag"} <= names or {"bifall", "besvarad"} <= names:
        of = unique[0][0]
        return [(of, "delvis_bifall")]
    if "remitterad" in names:
        unique = [(of, name) for of, name in unique if name not in ("far_stallas", "bifall")]
    if "delvis_bifall" in names:
        return [(of, name) for of, name in unique if name == "delvis_bifall"]
    return unique


def _own_object(text: str, m: re.Match[str]) -> bool:
    """Whether the verb has another object of its own: "bifaller motionen och avslår yrkandet från M"."""
    if re.match(r" (?:förslaget|förslagen) om\b| motionens övriga (?:delar|förslag|att-satser)\b", text[m.end() :]):
        return True
    after = next(iter(things(text, m.end(), m.end() + 60)), None)
    near = after is not None and after.start - m.end() <= 8 and after.of not in ABOUT_MATTERS
    return near and not text.startswith(" enligt ", m.end())


_TAKES_POINTS = re.compile(r"(?:styrka|styrker|styrkt|bifalla|bifaller|avslå|avslår|biföll|avslog)$", re.IGNORECASE)


# A point with its own verb behind it: "... och att motionens andra att-sats ska anses besvarad".
_REGARDED = re.compile(
    r"\b(?:och|samt),? (?:att )?(?P<point>(?:motionens )?(?:\w+ )?(?:att-?sats|punkt|yrkande)\w*(?: \d+)?) "
    r"(?:ska(?:ll)? |bör )?(?:anses?|förklaras) (?:vara )?besvara"
)
_THE = re.compile(r"(?<= )(?:den|det) $")
_REGARDS = re.compile(r"\b(?:anser?|förklarar?)\b")  # what is regarded as answered, the verb behind it tells


def _pointwise(text: str, numbered: list[tuple[int, int, int]], verbs: list[re.Match[str]]) -> list[tuple[str, str]]:
    found = []
    own = _REGARDED.search(text)
    for number, start, end in numbered:
        if own and own.start("point") <= start < own.end("point"):
            found.append((f"proposal {number}", "besvarad"))
            continue
        led = [m for m in verbs if m.end() <= start]
        if led and _LIMITED.search(_THE.sub("", text[:start])):
            found.append((f"proposal {number}", outcome_of(led[-1])))
            continue
        after = [m for m in verbs if m.start() >= end and m.start() - end < 160]
        before = [m for m in verbs if m.end() <= start and start - m.end() < 40]
        chosen = (
            before[-1:]
            if before
            and not _REGARDS.search(text[before[-1].end() : start])
            and (
                _TAKES_POINTS.search(before[-1].group()) or text[before[-1].end() : start] in (" till ", " på ", " i ")
            )
            else after[:1]
        )
        if chosen:
            name = outcome_of(chosen[0])
            refused = name == "bifall" and _denied(text, chosen[0])
            found.append((f"proposal {number}", "avslag" if refused else name))
    kinds = {name for _, name in found}
    if numbered and re.search(r"\bi övrigt (?:är |anses |vara )*besvarad\b", text[numbered[-1][2] :]):
        found.append(("motion", "besvarad"))
    elif "bifall" in kinds or "delvis_bifall" in kinds:
        found.append(("motion", "delvis_bifall"))
    return list(dict.fromkeys(found))
