"""Train the entity recogniser for PER, ORG and LOC.

    python -m benchmark.tags.train DATA_DIR [--passes N] [--out models/ner-sv/pipeline]

Gold: news sentences, one token a line (``ner_news_klintan_*``). Silver: paragraphs of interpellations, where
names with party brackets are persons, authorities organisations and municipalities places; capitalised words that
nothing explains are left open. A third of all sentences is damaged as an English OCR model damages Swedish.
Scores the news test set, clean and damaged.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import compounding, minibatch

from pipeline.tag.components import with_recogniser
from pipeline.tag.lexicon import Entry, Lexicon
from pipeline.tag.model import TABLES
from pipeline.tag.names import Reading
from pipeline.tag.parties import PartyBook, Scope
from pipeline.tag.party_persons import persons
from pipeline.tag.tables import read

LABELS = {"PER", "ORG", "LOC"}
Sentence = tuple[list[str], list[str]]
# Shares measured on rendered pages: what the English model makes of the letters that it lacks.
DAMAGE = {
    "å": [("a", 0.96), ("&", 0.02)],
    "ä": [("a", 0.87), ("i", 0.04), ("d", 0.02), ("é", 0.01)],
    "ö": [("o", 0.5), ("é", 0.33), ("6", 0.1), ("d", 0.05)],
    "Å": [("A", 0.97)],
    "Ä": [("A", 0.97)],
    "Ö": [("O", 0.97)],
}  # fmt: skip


def news(path: Path) -> Iterator[Sentence]:
    """The sentences of the news corpus as words and BIO-less labels."""
    words: list[str] = []
    labels: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            parts = line.split()
            if len(parts) == 2:
                words.append(parts[0].replace("\u00ad", "") or "-")
                labels.append(parts[1] if parts[1] in LABELS else "O")
            elif words:
                yield words, labels
                words, labels = [], []
    if words:
        yield words, labels


def damaged(words: list[str], rng: random.Random) -> list[str]:
    """The words as an English OCR model reads them."""

    def letter(c: str) -> str:
        draw = rng.random()
        for other, share in DAMAGE.get(c, []):
            if draw < share:
                return other
            draw -= share
        return c

    return ["".join(letter(c) for c in word) for word in words]


def bilou(labels: list[str]) -> list[str]:
    """BILUO tags of runs of equal labels; "-" stays open."""
    tags = []
    for n, label in enumerate(labels):
        if label in ("O", "-"):
            tags.append(label)
            continue
        first = n == 0 or labels[n - 1] != label
        last = n + 1 == len(labels) or labels[n + 1] != label
        tags.append(("U-" if first and last else "B-" if first else "L-" if last else "I-") + label)
    return tags


def silver(path: Path, nlp: Any, most: int, rng: random.Random) -> Iterator[Sentence]:
    """Paragraphs of interpellations with the labels that rules are sure of."""
    tables = read(TABLES)
    reading = Reading(PartyBook(tables), Scope())
    places = Lexicon([Entry(name, "LOC", name, True) for name in tables.municipalities if len(name) > 4])
    bodies = Lexicon([Entry(name, "ORG", name, True) for name in tables.authorities if len(name) > 6])
    given = 0
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if rng.random() > 0.2:
                continue
            record = json.loads(line)
            texts = [
                s["text"].replace("\u00ad", "") for s in record["sections"] if s["type"] in ("ipqTitle", "ipContext")
            ]
            for text in texts[:3]:
                spans = [(p.start, p.end, "PER") for p in persons(text, reading)]
                spans += [(h.start, h.end, "LOC") for h in places.find(text)]
                spans += [(h.start, h.end, "ORG") for h in bodies.find(text)]
                spans += [
                    (m.start(1), m.end(1), "PER")
                    for m in re.finditer(r"statsråd(?:et)? ([A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)+)", text)
                ]
                doc = nlp.make_doc(text[:400])
                labels = []
                for token in doc:
                    label = next((lab for a, b, lab in spans if a <= token.idx < b), None)
                    open_ = token.text[:1].isupper() and token.i > 0 and not doc[token.i - 1].is_sent_end
                    labels.append(label or ("-" if open_ else "O"))
                if any(lab in LABELS for lab in labels):
                    yield [t.text for t in doc], labels
                    given += 1
            if given >= most:
                return


def example(nlp: Any, words: list[str], labels: list[str]) -> Example:
    """A training example that keeps the given words."""
    doc = Doc(nlp.vocab, words=words)
    return Example.from_dict(doc, {"words": words, "entities": bilou(labels)})


def score(nlp: Any, sentences: list[Sentence]) -> dict[str, Any]:
    """Entity scores on the sentences."""
    examples = []
    for words, labels in sentences:
        made = example(nlp, words, labels)
        made.predicted = nlp.get_pipe("ner")(made.predicted)
        examples.append(made)
    result = Scorer.score_spans(examples, "ents")
    return {
        "ents": [round(result[k], 4) for k in ("ents_p", "ents_r", "ents_f")],
        **{k: round(v["f"], 4) for k, v in result["ents_per_type"].items()},
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("--passes", type=int, default=6)
    ap.add_argument("--silver", type=int, default=1500)
    ap.add_argument("--out", type=Path, default=Path("models/ner-sv/pipeline"))
    a = ap.parse_args()
    rng = random.Random(7)
    spacy.util.fix_random_seed(7)
    nlp: Any = with_recogniser()
    gold = list(news(a.data / "ner_news_klintan_train_corpus.txt.xz"))
    extra = list(silver(a.data / "interpellations.jsonl.xz", nlp, a.silver, rng))
    test = list(news(a.data / "ner_news_klintan_test_corpus.txt.xz"))
    print(len(gold), "gold,", len(extra), "silver,", len(test), "test sentences")
    optimizer = nlp.initialize(lambda: [example(nlp, w, lab) for w, lab in gold[:200]])
    optimizer.learn_rate = 0.002
    for turn in range(a.passes):
        sentences = [(damaged(w, rng) if rng.random() < 0.33 else w, lab) for w, lab in [*gold, *extra]]
        rng.shuffle(sentences)
        losses: dict[str, float] = {}
        for batch in minibatch(sentences, size=compounding(8.0, 64.0, 1.002)):
            nlp.update([example(nlp, w, lab) for w, lab in batch], sgd=optimizer, drop=0.3, losses=losses)
        if turn == a.passes - 1:
            with nlp.use_params(optimizer.averages):
                print(turn, losses, score(nlp, test[:800]), flush=True)
        else:
            print(turn, losses, flush=True)
    with nlp.use_params(optimizer.averages):
        card = {"clean": score(nlp, test), "damaged": score(nlp, [(damaged(w, rng), lab) for w, lab in test])}
        print(json.dumps(card, indent=1))
        a.out.mkdir(parents=True, exist_ok=True)
        nlp.get_pipe("ner").to_disk(a.out, exclude=["vocab"])
    (a.out.parent / "scores.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
