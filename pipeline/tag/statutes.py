"""Laws with chapter and section, as printed and normalised: "KL 5:35" is "kommunallagen (2017:725) 5 kap. 35 §"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..needles import Quick
from .lexicon import LexiconHit
from .tables import LawRow, Tables


@dataclass(frozen=True, slots=True)
class Found:
    """Something found at ``text[start:end]`` with its normalised form."""

    type: str
    text: str
    normalized: str
    start: int
    end: int
    sure: float


_ONE = r"\d{1,3}(?: ?[a-h](?![\wåäö]))?"
_LIST = rf"{_ONE}(?:(?:, ?| och | samt | ?[-–] ?){_ONE})*"
_SIGN = r"(?:§§?|\$|8(?!\d))"
_PLACE = (
    rf"(?:\d{{1,2}} ?kap(?:itlet|itel|\.)?,? ?(?:§§? ?)?(?:{_LIST}(?: ?{_SIGN})?)?|{_LIST} ?§§?|§§? ?{_LIST}|"
    r"\d{1,2}:\d{1,3}(?:[-–]\d{1,3})?)"
)
_BEFORE = re.compile(rf"(?<![\d:])({_PLACE}),? (?:i |enligt |av )?$")
_BESIDE = re.compile(r"(?: ?\((?:[A-ZÅÄÖ][A-ZÅÄÖa-z]{1,5},? ?)?(?:(?:SFS )?(\d{4}:\d+))?\)){1,2}")
_AFTER = re.compile(rf",? ?({_PLACE})(?![\d:])")
_TITLE = r" om (?:(?! (?:som|ska|finns|gäller|är|får|har|kan) )[^.,;:()\n]){3,70}"
_NUMBERED = Quick(
    re.compile(rf"\b(?P<w>[Ll]ag(?:en)?|[Ff]örordning(?:en)?) \((?:SFS )?(?P<y>\d{{4}}:\d+)\)(?P<o>{_TITLE})?")
)
_STATUTES = (
    Quick(re.compile(r"\b(?:SFS|HSLF-FS|AFS|SOSFS|SKOLFS|BFS|NFS|MSBFS) \d{4}:\d+")),
    Quick(re.compile(r"\b(?:[A-ZÅÄÖ][a-zåäö]+s )?förordning \(E[UG]\) (?:nr )?\d+/\d+")),
)
_OTHER = Quick(re.compile(r"\b[A-ZÅÄÖa-zåäö]{3,}(?:lag|balk|förordning)(?:en|ens|s)?\b(?: \(\d{4}:\d+\))?"))
# Compounds in -lag that are no statutes.
_NO_LAW = re.compile(
    r"(?i)(?:(?:för|an|av|be|in|ut|upp|till|om|över|miss|kol|ned|genom|träd|bi)slag|bolag|underlag|upplag|inlag|fotbollslag|arbetslag|lärarlag|vårdlag|ämneslag|skiftlag|domarlag|"
    r"landslag|team\w*lag|idrottslag|herrlag|damlag|ungdomslag|beläggning\w*)(?:en|ens|s)?$"
)
_LAWFUL = re.compile(r"[lL]ag(?:en|ens)?\b|balk|förordning|\bkap|§|\b[A-ZÅÄÖ]{2,5}\b|SoL|-FS")


class Statutes:
    """Laws of the table by their names and abbreviations, and others by their form."""

    def __init__(self, tables: Tables) -> None:
        self.by_number = {row.sfs: row for group in tables.laws.values() for row in group}

    def find(self, text: str, looked: Iterable[LexiconHit], laws: dict[str, tuple[LawRow, ...]], day: str | None
             ) -> Iterator[Found]:  # fmt: skip
        """Laws in the text: ``looked`` are the look-up's hits of type LAW, ``day`` the document's ISO date."""
        looked = tuple(looked)
        worded = any(form.may_match(text) for form in (_OTHER, _NUMBERED, *_STATUTES))
        if not (looked or worded) or not _LAWFUL.search(text):
            return
        taken: list[tuple[int, int]] = []
        for m in _NUMBERED.finditer(text):
            found = self._numbered(text, m)
            taken.append((found.start, found.end))
            yield found
        for hit in looked:
            law = self._known(text, hit, laws[hit.entry.value], day)
            if law and all(law.end <= a or law.start >= b for a, b in taken):
                taken.append((law.start, law.end))
                yield law
        for m in _OTHER.finditer(text):
            other = self._unknown(text, m)
            if other and all(other.end <= a or other.start >= b for a, b in taken):
                taken.append((other.start, other.end))
                yield other
        for pattern in _STATUTES:
            for m in pattern.finditer(text):
                yield Found("LAW", m.group(), m.group(), m.start(), m.end(), 0.95)

    def _numbered(self, text: str, m: re.Match[str]) -> Found:
        """ "lagen (2003:778) om skydd mot olyckor": the number says which law."""
        row = self.by_number.get(m["y"])
        end = m.end() if row is None else m.end("y") + 1
        if row and m["o"] and row.name.startswith("lagen om") and m["o"].strip().startswith(row.name[6:]):
            end = m.end("y") + 1 + len(row.name) - 5
        name = f"{row.name} ({row.sfs})" if row else f"{m['w'].lower()} ({m['y']})" + (m["o"] or "")
        return self._placed(text, m.start(), end, name, 0.9)

    def _placed(self, text: str, start: int, end: int, name: str, sure: float) -> Found:
        """The law with the chapter and section before or behind it."""
        before = _BEFORE.search(text[max(0, start - 45) : start])
        after = _AFTER.match(text, end) if not before else None
        if before:
            start = max(0, start - 45) + before.start(1)
            name += " " + place(before[1])
        elif after:
            end = after.end()
            name += " " + place(after[1])
        return Found("LAW", text[start:end], name, start, end, sure)

    def _known(self, text: str, hit: LexiconHit, rows: tuple[LawRow, ...], day: str | None) -> Found | None:
        beside = _BESIDE.match(text, hit.end)
        printed = beside[1] if beside else None
        end = beside.end() if beside else hit.end
        row = self.by_number.get(printed) if printed else None
        row = row or next((r for r in rows if day and r.since <= day and (not r.until or day < r.until)), rows[0])
        found = self._placed(text, hit.start, end, f"{row.name} ({printed or row.sfs})", 0.9)
        short = hit.entry.value.isupper() or hit.entry.value == "SoL"
        return None if short and found.normalized.endswith(")") else found

    def _unknown(self, text: str, m: re.Match[str]) -> Found | None:
        word = m.group()
        if "(" not in word and _NO_LAW.search(word):
            return None
        found = self._placed(text, m.start(), m.end(), word[0].lower() + word[1:], 0.7)
        sectioned = re.search(r"kap\.|§", found.normalized)
        return found if "(" in word or (sectioned and not re.search(r"\d:\d", found.text)) else None


def place(printed: str) -> str:
    """Chapter and section in one form.

    >>> place("5:35"), place("5 kapitel 35 §"), place("6 kap 28-30 §§"), place("36 §")
    ('5 kap. 35 §', '5 kap. 35 §', '6 kap. 28-30 §§', '36 §')
    """
    short = re.fullmatch(r"(\d+):(\d+(?:[-–]\d+)?)", printed)
    chapter = re.match(r"(\d+) ?kap(?:itlet|itel|\.)?,?", printed)
    rest = short[2] if short else printed[chapter.end() if chapter else 0 :]
    rest = re.sub(r" ?(?:§+|\$|(?<= )8$) ?", "", rest).strip(" ,").replace("–", "-")
    rest = re.sub(r" ?- ?", "-", re.sub(r"(?<=\d)(?=[a-h]\b)", " ", rest))
    sign = " §§" if re.search(r"och|samt|,|-", rest) else " §"
    number = short[1] if short else chapter[1] if chapter else ""
    return " ".join(part for part in (f"{number} kap." if number else "", f"{rest}{sign}" if rest else "") if part)
