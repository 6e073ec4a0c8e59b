"""Evidence from the document itself: a word read well elsewhere mends its damaged twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from .candidates import Candidate
from .channel import FAR, Channel
from .model import MIXED, UNIT
from .skeleton import skeleton
from .tokens import Piece, dress, shape

SHORTEST = 5
LIMIT = 125  # two or three misread letters
TIMES = 2  # how much oftener than the damaged form the good one must stand
KNOWN_SHORTEST = 7  # letters of a known word of the document that mends others
STRANGE = 4  # letters that only one of the two has
GARBLED = 150  # what a word costs that nothing explains
MARGIN = 60  # five nats: how much less a known word must cost than what nothing explains
SURE, AS_KNOWN = 0.95, 0.85
PER_LETTER = 15  # what the letters of a known word may have cost to misread

Mended = dict[int, tuple[str, float]]
Chosen = Sequence[tuple[Candidate, float]]


def twins(found: Sequence[Piece], chosen: Chosen, channel: Channel) -> Mended:
    """Pieces to read as their twin: index to (text, confidence)."""
    strangers = [
        i
        for i, (reading, _) in enumerate(chosen)
        if reading.word <= MIXED and len(reading.text) >= SHORTEST and not reading.text.isdigit()
    ]
    if not strangers:
        return {}
    forms = Counter([reading.text.lower() for reading, _ in chosen])
    mended = _named(found, chosen, channel, strangers, forms)
    garbled = [
        i for i in strangers if chosen[i][0].cost > GARBLED and len(found[i].text) >= KNOWN_SHORTEST and i not in mended
    ]
    return mended | _known(found, chosen, channel, garbled, forms) if garbled else mended


def _named(
    found: Sequence[Piece], chosen: Chosen, channel: Channel, strangers: Sequence[int], forms: Counter[str]
) -> Mended:
    """Names and rare words, by another that no lexicon has."""
    rare = {chosen[i][0].text.lower() for i in strangers}
    models = [form for form in rare if forms[form] >= TIMES and form.isalpha()]
    ends: dict[str, list[str]] = {}
    for form in models:
        folded = skeleton(form)
        for end in {"<" + folded[:3], ">" + folded[-3:]}:
            ends.setdefault(end, []).append(form)
    mended: Mended = {}
    for i in strangers:
        reading, posterior = chosen[i]
        text = reading.text.lower()
        best, twin = LIMIT + 1, ""
        raw = found[i].text.lower()
        folded = skeleton(raw)
        for form in {*ends.get("<" + folded[:3], ()), *ends.get(">" + folded[-3:], ())}:
            near = abs(len(form) - len(raw)) <= 2 and forms[form] >= TIMES * forms[text]
            if near and not _same_word(raw, text, form):
                cost = channel.cost(raw, form, LIMIT)
                if cost < FAR and (cost, form) < (best, twin):
                    best, twin = cost, form
        if twin:
            mended[i] = dress(twin, shape(reading.text)), max(0.6, 1.0 - posterior / 4 if best > 60 else 0.93)
    return mended


def _known(
    found: Sequence[Piece], chosen: Chosen, channel: Channel, strangers: Sequence[int], forms: Counter[str]
) -> Mended:
    """Words that nothing explains, by a word of the lexicon that the document has."""
    models = {
        reading.text.lower()
        for reading, sure in chosen
        if sure > SURE and reading.word > MIXED and len(reading.text) >= KNOWN_SHORTEST
    }
    ends: dict[str, list[str]] = {}
    for form in models:
        ends.setdefault("<" + form[:3], []).append(form)
        ends.setdefault(">" + form[-3:], []).append(form)
    mended: Mended = {}
    for i in strangers:
        reading, _ = chosen[i]
        raw, text = found[i].text.lower(), reading.text.lower()
        size, letters = len(raw), set(text)
        best, twin = float(reading.cost - MARGIN), ""
        for form in (*ends.get("<" + text[:3], ()), *ends.get(">" + text[-3:], ())):
            if -2 <= len(form) - size <= 2 and len(letters.symmetric_difference(form)) <= STRANGE:
                cost = channel.cost(raw, form, PER_LETTER * len(form))
                total = cost + log(len(chosen) / forms[form]) * UNIT
                if cost < FAR and (total, form) < (best, twin) and not _same_word(raw, text, form):
                    best, twin = total, form
        if twin:
            mended[i] = dress(twin, shape(reading.text)), AS_KNOWN
    return mended


def _same_word(raw: str, text: str, form: str) -> bool:
    """Whether a form is another ending of the same word, or what is left of it."""
    folded, stem, other = skeleton(raw), skeleton(text), skeleton(form)
    if form == text or other == folded:
        return form == text
    return (
        other.startswith((folded, stem)) or any(x.startswith(other) for x in (folded, stem)) or folded.endswith(other)
    )
