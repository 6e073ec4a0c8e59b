"""Train the quality model: ``python -m pipeline.quality.train PAGES... --clean TEXT --out FOLDER``.

PAGES are folders as the scan factory leaves them: ``ID.printed.txt`` is what stands on the page and
``ID.LANG.txt`` what an OCR model read. TEXT is clean Swedish, one paragraph a line (plain or .xz).
The same input gives the same bytes. Needs the extra ``train`` (scikit-learn); nothing here runs in use.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import BITS, BUCKETS, LEXICON_BITS, MARKED, ORDERS, Words, grams, letter_counts, lexicon_rows, words_of
from .model import DAMAGE, READERS, QualityModel, load

SEED = 3
COMMON = 12  # counts that make a word common
LETTER_FLOOR = 2e-4  # a stray letter must not outweigh a page
CLEAN_PIECES = 150
SPOILED = 400  # clean texts that are spoiled as a worn print would
READ_PIECES = 700  # clean texts beside the printed pages for the reader's weights; damage sees all
NAME_WEIGHT = 0.3
Pages = dict[str, list[tuple[Words, Words]]]  # reader -> (printed words, read words)


def read_pages(folders: Iterable[Path]) -> Pages:
    """The pages by the model that read them; ``swe`` and ``swe+eng`` count as noisy."""
    found: Pages = {}
    for folder in folders:
        for printed in sorted(folder.glob("*.printed.txt")):
            stem = printed.name.removesuffix(".printed.txt")
            truth = words_of(printed.read_text(encoding="utf-8"))
            for read in sorted(folder.glob(stem + ".*.txt")):
                language = read.name[len(stem) + 1 : -4]
                reader = "noisy" if language.startswith("swe") else language
                if reader in READERS:
                    found.setdefault(reader, []).append((truth, words_of(read.read_text(encoding="utf-8"))))
    return found


def damaged(truth: Words, read: Words) -> list[bool]:
    """For every word that was read, whether it is not the printed one."""
    flags = [True] * len(read.forms)
    for block in SequenceMatcher(None, truth.forms, read.forms, autojunk=False).get_matching_blocks():
        flags[block.b : block.b + block.size] = [False] * block.size
    return flags


_SLIPS = [("m", "rn"), ("rn", "m"), ("l", "1"), ("l", "I"), ("l", "|"), ("i", "l"), ("e", "c"), ("c", "e"), ("o", "0"),
          ("å", "ä"), ("ä", "å"), ("ö", "o"), ("å", "a"), ("ä", "a"), ("f", "t"), ("t", "f"), ("h", "b"), ("n", "u"),
          ("u", "n"), ("g", "q"), ("v", "y"), ("s", "5"), ("ll", "U"), ("k", "lc"), ("d", "cl"), ("r", "t"), ("ö", "é"),
          ("ä", "á"), ("å", "&"), ("w", "vv"), ("ti", "ü"), ("a", "s"), ("i", "j"), ("li", "h")]  # fmt: skip


def spoil(word: str, rng: random.Random) -> str:
    """A worn print's reading of the word: one or two slips of shape, or a letter lost or made up."""
    for _ in range(1 if rng.random() < 0.7 else 2):
        fitting = [(a, b) for a, b in _SLIPS if a in word]
        at, kind = rng.randrange(len(word)), rng.random()
        if fitting and kind < 0.6:
            a, b = rng.choice(fitting)
            word = word.replace(a, b, 1)
        elif kind < 0.75 and len(word) > 2:
            word = word[:at] + word[at + 1 :]
        elif kind < 0.9:
            word = word[:at] + rng.choice("abcdefghijklmnoprstuvy|.'~,:;*") + word[at + 1 :]
        else:
            word = word[:at] + rng.choice("il.'~^*_") + word[at:]
    return word


def chunks(words: Words, rng: random.Random) -> Iterator[Words]:
    """The page in pieces of every length, from one word to all of it."""
    at = 0
    while at < len(words.forms):
        size = int(2 ** rng.uniform(0, 6))
        yield Words(words.forms[at : at + size], words.named[at : at + size])
        at += size
    yield words


def counts(pieces: list[Words]) -> Any:
    """Sparse matrix (pieces, buckets) of n-gram counts."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    found = [grams(piece).bucket for piece in pieces]
    rows = np.repeat(np.arange(len(pieces)), [len(f) for f in found])
    columns = np.concatenate(found)
    matrix = csr_matrix((np.ones(len(columns), np.float32), (rows, columns)), shape=(len(pieces), BUCKETS))
    matrix.sum_duplicates()
    return matrix


def fit_readers(pages: Pages, clean: list[Words], rng: random.Random) -> tuple[Any, Any]:
    """Weights (readers, buckets) and biases of the softmax over who read a piece."""
    from sklearn.linear_model import LogisticRegression

    pieces, labels = [], []
    read = {reader: [words for _, words in found] for reader, found in pages.items()}
    for reader, found in [*read.items(), ("clean", clean)]:
        for words in found:
            for piece in chunks(words, rng):
                pieces.append(piece)
                labels.append(READERS.index(reader))
    tally = Counter(labels)
    weight = np.array([len(labels) / len(tally) / tally[label] for label in labels])
    model = LogisticRegression(C=0.02, max_iter=120, tol=1e-3)
    model.fit(counts(pieces), labels, sample_weight=weight)
    return model.coef_, model.intercept_


def fit_damage(pairs: list[tuple[Words, list[bool]]], clean: list[Words], names: list[str]) -> tuple[Any, float]:
    """Weights (buckets,) and bias of the log-odds that a word of this reader is damaged."""
    from sklearn.linear_model import LogisticRegression

    tally: Counter[tuple[str, bool]] = Counter()
    for words, flags in pairs:
        tally.update(zip(words.forms, flags, strict=True))
    known: Counter[str] = Counter(word for words in clean for word in words.forms)
    scale = 0.5 * sum(tally.values()) / max(1, sum(known.values()))  # half as many clean words again
    for name in names:  # and every name as if it had been met a few times
        known[name] += round(NAME_WEIGHT / scale)
    rows = sorted(tally)
    forms = [word for word, _ in rows] + sorted(known)
    labels = [flag for _, flag in rows] + [False] * len(known)
    weight = [float(tally[row]) for row in rows] + [known[word] * scale for word in sorted(known)]
    model = LogisticRegression(C=0.3, max_iter=150, tol=1e-3)
    model.fit(counts([Words((form,), (False,)) for form in forms]), labels, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def quantise(columns: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (buckets, columns) as int8 with a scale per column; 4.5 deviations are full scale."""
    scale = np.minimum(np.abs(columns).max(0), columns.std(0) * 12) / 127
    return np.clip(np.rint(columns / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def fit_straightening(model: QualityModel, pages: Pages, clean: list[Words]) -> dict[str, list[list[float]]]:
    """Per reader the knots (mean probability, share of damaged words) of a rising line through the training pages."""
    lines = {}
    for reader in DAMAGE:
        pairs = [(model.raw_damage(grams(words), reader), 0.0) for words in clean[-CLEAN_PIECES:]]
        for truth, read in pages.get(reader, []):
            flags = damaged(truth, read)
            size = max(1, len(flags) // max(1, len(flags) // 120))  # pieces of about 120 words
            for at in range(0, len(flags) - size + 1, size):
                piece = Words(read.forms[at : at + size], read.named[at : at + size])
                pairs.append((model.raw_damage(grams(piece), reader), float(np.mean(flags[at : at + size]))))
        lines[reader] = _knots(pairs)
    return lines


def lexicon(paragraphs: list[str], names: list[str]) -> NDArray[np.uint8]:
    """The bitmap of common words: what clean text has COMMON times, and the names; packed, bytes."""
    tally: Counter[str] = Counter()
    for paragraph in paragraphs:
        tally.update(words_of(paragraph).forms)
    forms = tuple(sorted({form for form, count in tally.items() if count >= COMMON} | set(names)))
    bits = np.zeros(1 << LEXICON_BITS, dtype=np.bool_)
    for rows in lexicon_rows(Words(forms, (False,) * len(forms))):
        bits[rows] = True
    return np.packbits(bits)


def fit_letters(pages: Pages, printed: list[Words]) -> dict[str, list[float]]:
    """Per reader the log-odds of each marked letter against what is printed; rare ones are held to a floor."""
    texts = {reader: [read for _, read in found] for reader, found in pages.items()} | {"clean": printed}
    shares = {}
    for reader, found in texts.items():
        tally = sum((letter_counts(words) for words in found), np.zeros(len(MARKED) + 1))
        shares[reader] = np.maximum(tally / tally.sum(), LETTER_FLOOR)
    shares["noisy"] = shares["clean"]
    return {reader: np.log(shares[reader] / shares["clean"]).round(4).tolist() for reader in READERS}


def _knots(pairs: list[tuple[float, float]], bins: int = 10) -> list[list[float]]:
    """Means of bins of equal mass, made to rise, the last one drawn on to 1."""
    rows = np.array(sorted(pairs))
    means = [part.mean(0) for part in np.array_split(rows, bins) if len(part)]
    xs = [float(x) for x, _ in means]
    ys = np.maximum.accumulate([y for _, y in means]).tolist()
    slope = (ys[-1] - ys[0]) / max(1e-6, xs[-1] - xs[0])
    end = [min(1.0, xs[-1] + (1.0 - ys[-1]) / slope), 1.0] if slope > 0 and ys[-1] < 1.0 else []
    return [[round(x, 4), round(y, 4)] for x, y in [*zip(xs, ys, strict=True), *([end] if end else [])]]


def train(pages: Pages, every: list[str], paragraphs: list[str], names: list[str], out: Path) -> QualityModel:
    """Fit, quantise, straighten and write ``weights.npz`` and ``config.json``."""
    rng = random.Random(SEED)
    rng.shuffle(paragraphs)
    joined = ["\n".join(paragraphs[i : i + 6]) for i in range(0, len(paragraphs), 6)]
    corpus = [words for text in joined if (words := words_of(text)).forms]
    printed = sorted({truth for found in pages.values() for truth, _ in found})
    clean = corpus[SPOILED:] + printed * 2
    rendered = {reader: list(found) for reader, found in pages.items()}
    for words in corpus[:SPOILED]:
        rate = rng.choice((0.05, 0.1, 0.2, 0.3, 0.4))
        spoiled = Words(tuple(spoil(w, rng) if rng.random() < rate else w for w in words.forms), words.named)
        pages.setdefault("noisy", []).append((words, spoiled))
    missing = set(DAMAGE) - set(pages)
    if missing:
        raise SystemExit(f"quality: no pages read with {', '.join(sorted(missing))}")
    weights, biases = fit_readers(pages, printed + corpus[-READ_PIECES:], rng)
    columns, constants = list(weights), list(biases)
    for reader in DAMAGE:
        pairs = [(read, damaged(truth, read)) for truth, read in pages[reader]]
        column, constant = fit_damage(pairs, clean, names)
        columns.append(column)
        constants.append(constant)
    table, scale = quantise(np.array(columns).T)
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "weights.npz", "wb") as file:
        np.savez(
            file,
            table=table,
            scale=scale,
            bias=np.array(constants, np.float32),
            lexicon=lexicon(every, names),
        )
    config = {"version": 1, "bits": BITS, "orders": list(ORDERS), "readers": READERS, "damage": DAMAGE,
              "straighten": {reader: [[0.0, 0.0], [1.0, 1.0]] for reader in DAMAGE}}  # fmt: skip
    config["letters"] = fit_letters(rendered, printed)
    _write(out, config)
    config["straighten"] = fit_straightening(load(out), rendered, corpus)
    _write(out, config)
    return load(out)


def _write(out: Path, config: dict[str, Any]) -> None:
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="names and abbreviations, one a line, that are no damage")
    parser.add_argument("--paragraphs", type=int, default=20000, help="how many paragraphs of TEXT to use")
    parser.add_argument("--out", type=Path, default=Path("models/quality-sv"))
    options = parser.parse_args()
    opener = lzma.open if options.clean.suffix == ".xz" else open
    with opener(options.clean, "rt", encoding="utf-8") as file:
        every = [line.strip() for line in file]
    random.Random(SEED).shuffle(every)
    names = options.names.read_text(encoding="utf-8").lower().split() if options.names else []
    train(read_pages(options.pages), every, every[: options.paragraphs], sorted(set(names)), options.out)


if __name__ == "__main__":
    main()
