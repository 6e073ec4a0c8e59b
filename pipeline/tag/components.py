"""A Swedish spaCy pipeline of our own: tokeniser, rule components and a small entity recogniser.

Importing this module registers the factories ``attsats_parties``, ``attsats_persons`` and
``attsats_references``, so that they can be added to any pipeline::

    import spacy
    import pipeline.tag.components
    nlp = spacy.blank("sv")
    nlp.add_pipe("attsats_parties", config={"municipality": "Huddinge"})

Each writes character spans with a label and, as ``kb_id_``, the normalised form to ``doc.spans["attsats"]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import IS_SPACE, LOWER, NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from ..errors import ModelMissing
from .dates import dates
from .money import amounts
from .names import Reading
from .parties import Codes, PartyBook, Scope
from .party_brackets import brackets
from .party_persons import persons
from .references import Citations, private_data
from .statutes import Found, Statutes
from .tables import read

_ABBREVIATIONS = (
    "m.fl. m.m. p.g.a. bl.a. t.ex. s.k. d.v.s. dvs. f.d. fr.o.m. t.o.m. o.s.v. osv. o.d. f.n. e.d. kap. nr. "
    "dnr. Dnr. Dnr ca. inkl. exkl. ev. resp. ordf. v.ordf. sekr. tfn. tel. kl. st. mkr. tkr. mnkr. jfr. obs. "
    "bil. sid. avd. forts. tj. tf. bitr. 1:e 2:e 3:e 1:a 2:a KF:s KS:s SD:s S:s M:s MP:s KD:s V:s L:s C:s EU:s"
).split()
NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 48,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 64,
            "depth": 2,
            "embed_size": 3000,
            "window_size": 1,
            "maxout_pieces": 2,
            "subword_features": True,
        },
    }
}


def swedish() -> Language:
    """A blank Swedish pipeline whose tokeniser knows abbreviations, party brackets, § and diarienummer."""
    nlp = spacy.blank("sv")
    tokenizer: Any = nlp.tokenizer
    for word in _ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    prefixes = spacy.util.compile_prefix_regex([*(nlp.Defaults.prefixes or ()), "§+", r"\("])
    suffixes = spacy.util.compile_suffix_regex([*(nlp.Defaults.suffixes or ()), r"\)", "§+"])
    tokenizer.prefix_search = prefixes.search
    tokenizer.suffix_search = suffixes.search
    return nlp


def with_recogniser() -> Language:
    """:func:`swedish` with an untrained entity recogniser for PER, ORG and LOC."""
    nlp = swedish()
    recogniser: Any = nlp.add_pipe("ner", config=NER)
    for label in ("PER", "ORG", "LOC"):
        recogniser.add_label(label)
    return nlp


# What the recogniser reads of a word: nothing else need be worked out for one never met before.
_READ = {NORM, LOWER, PREFIX, SUFFIX, SHAPE, IS_SPACE}


def open_pipeline(folder: Path) -> Language:
    """Load the trained recogniser of a model folder.

    Raises:
        ModelMissing: the weights are not there or do not fit this version of spaCy.
    """
    nlp = with_recogniser()
    vocab: Any = nlp.vocab
    for attribute in set(vocab.lex_attr_getters) - _READ:
        del vocab.lex_attr_getters[attribute]
    nlp.initialize()
    recogniser: Any = nlp.get_pipe("ner")
    try:
        recogniser.from_disk(folder, exclude=["vocab"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(
            f"The entity recogniser in {folder} cannot be read: {error}.", "Rebuild it with 'make models'."
        ) from error
    return nlp


def _write(doc: Doc, found: Iterable[tuple[str, int, int, str]]) -> Doc:
    """Add (label, start, end, normalised) to the span group, widened to whole tokens."""
    spans: list[Span] = list(doc.spans.get("attsats", []))
    for label, start, end, normal in found:
        span = doc.char_span(start, end, label=label, kb_id=normal, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.spans["attsats"] = SpanGroup(doc, name="attsats", spans=spans)
    return doc


_TABLES = Path(__file__).resolve().parent.parent / "tables"


@Language.factory("attsats_parties", default_config={"municipality": None, "date": None})
def parties(nlp: Language, name: str, municipality: str | None, date: str | None) -> Callable[[Doc], Doc]:
    """Parties in brackets, by name and by code; local ones need the municipality, old ones the date."""
    book = PartyBook(read(_TABLES))
    scope = Scope(municipality, date)

    def component(doc: Doc) -> Doc:
        reading = Reading(book, scope)
        text = doc.text
        hits = [h for h, _, _, _ in brackets(text, reading) if h]
        hits += [*book.named(text, scope), *Codes(frozenset(h.code for h in hits)).find(text)]
        return _write(doc, [("PARTY", h.start, h.end, h.code) for h in hits])

    return component


@Language.factory("attsats_persons", default_config={"municipality": None, "date": None})
def people(nlp: Language, name: str, municipality: str | None, date: str | None) -> Callable[[Doc], Doc]:
    """Persons before party brackets."""
    book = PartyBook(read(_TABLES))
    scope = Scope(municipality, date)

    def component(doc: Doc) -> Doc:
        hits = persons(doc.text, Reading(book, scope))
        return _write(doc, [("PER", h.start, h.end, h.name) for h in hits])

    return component


@Language.factory("attsats_references")
def references(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Laws, earlier §§, dates, amounts, personnummer and contact details."""
    tables = read(_TABLES)
    citations, statutes, book = Citations(tables), Statutes(tables), PartyBook(tables)

    def component(doc: Doc) -> Doc:
        text = doc.text
        looked = [hit for hit in book.lexicon.find(text) if hit.entry.type == "LAW"]
        found: list[Found] = [
            *statutes.find(text, looked, tables.laws, None),
            *citations.paragraphs(text),
            *amounts(text),
        ]
        found += private_data(text, addresses=True)
        found += [Found("DATE", text[d.start : d.end], d.iso, d.start, d.end, 0.9) for d in dates(text)]
        return _write(doc, [(f.type, f.start, f.end, f.normalized) for f in found])

    return component
