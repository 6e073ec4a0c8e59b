"""The verdict on a scan: one for the document, one for every page."""

from __future__ import annotations

from collections import Counter

from ..document import Note, Page, PageQuality, Quality, Scan, Span
from .model import QualityModel
from .verdict import Verdict, verdict

_SHORT = 25  # words: a page with fewer is judged by its neighbours where it says nothing itself


def assess(scan: Scan, model: QualityModel) -> Quality:
    """Judge the document and its pages. ``mixed``: pages of different kinds, each with words enough to tell."""
    whole = verdict(scan.text, model)
    judged = [
        (page, whole if (text := _text(scan, page)) == scan.text else verdict(text, model), _words(scan, page))
        for page in scan.pages
    ]
    pages = tuple(_page(page, own, count, whole) for page, own, count in judged)
    kinds = {_kind(own) for _, own, count in judged if count >= _SHORT and own.ocr != "empty"}
    if len(kinds) < 2:
        return Quality(whole.ocr, whole.read_with, whole.damage, whole.confidence, pages, whole.language)
    total = sum(count for _, _, count in judged) or 1
    damage = sum(own.damage * count for _, own, count in judged) / total
    readers = Counter(own.read_with for _, own, count in judged if own.read_with and count >= _SHORT)
    read_with = readers.most_common(1)[0][0] if readers else None
    sure = min(own.confidence for _, own, count in judged if count >= _SHORT)
    return Quality("mixed", read_with, round(damage, 4), sure, pages, whole.language)


def language_notes(scan: Scan, quality: Quality) -> tuple[Note, ...]:
    """``quality.other-language`` where the text is not Swedish: it is passed on unrepaired."""
    if quality.language == "sv":
        return ()
    message = f"The text seems to be written in another language than Swedish ({quality.language}); it is not repaired."
    return (Note("quality.other-language", message, (Span(0, len(scan.text)),)),)


def _page(page: Page, own: Verdict, count: int, whole: Verdict) -> PageQuality:
    """A page of a few words that looks clean takes the document's verdict if that is a wrong language."""
    if 0 < count < _SHORT and own.ocr == "clean" and whole.ocr == "wrong-language":
        return PageQuality(page.number, whole.ocr, whole.damage, page.source)
    return PageQuality(page.number, own.ocr, own.damage, page.source)


def _text(scan: Scan, page: Page) -> str:
    return scan.text[page.span.start : page.span.end]


def _words(scan: Scan, page: Page) -> int:
    return len(_text(scan, page).split())


def _kind(own: Verdict) -> tuple[str, str | None]:
    return ("clean", None) if own.ocr == "noisy" and own.damage < 0.1 else (own.ocr, own.read_with)
