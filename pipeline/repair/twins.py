"""Evidence from the document itself: a name or a rare word read well elsewhere mends its damaged twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .candidates import Candidate
from .channel import FAR, Channel
from .model import MIXED
from .skeleton import skeleton
from .tokens import Piece, dress, shape

SHORTEST = 5
LIMIT = 125  # two or three misread letters
TIMES = 2  # how much oftener than the damaged form the good one must stand


def twins(
    found: Sequence[Piece], chosen: Sequence[tuple[Candidate, float]], channel: Channel
) -> dict[int, tuple[str, float]]:
    """Pieces to read as their twin: index to (text, confidence)."""
    strangers = [
        i
        for i, (reading, _) in enumerate(chosen)
        if reading.word <= MIXED and len(reading.text) >= SHORTEST and not reading.text.isdigit()
    ]
    if not strangers:
        return {}
    forms = Counter([reading.text.lower() for reading, _ in chosen])
    rare = {chosen[i][0].text.lower() for i in strangers}
    models = [form for form in rare if forms[form] >= TIMES and form.isalpha()]
    ends: dict[str, list[str]] = {}
    for form in models:
        folded = skeleton(form)
        for end in {"<" + folded[:3], ">" + folded[-3:]}:
            ends.setdefault(end, []).append(form)
    mended: dict[int, tuple[str, float]] = {}
    for i in strangers:
        reading, posterior = chosen[i]
        text = reading.text.lower()
        best, twin = LIMIT + 1, ""
        raw = found[i].text.lower()
        folded, stem = skeleton(raw), skeleton(text)
        for form in {*ends.get("<" + folded[:3], ()), *ends.get(">" + folded[-3:], ())}:
            other = skeleton(form)
            if other != folded and (
                other.startswith((folded, stem)) or folded.startswith(other) or folded.endswith(other)
            ):
                continue  # another ending of the same word, or what is left of it
            if form != text and forms[form] >= TIMES * forms[text] and abs(len(form) - len(raw)) <= 2:
                cost = channel.cost(raw, form, LIMIT)
                if cost < FAR and (cost, form) < (best, twin):
                    best, twin = cost, form
        if twin:
            mended[i] = dress(twin, shape(reading.text)), max(0.6, 1.0 - posterior / 4 if best > 60 else 0.93)
    return mended
