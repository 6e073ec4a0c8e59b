"""Other ways to mend OCR text, each behind one function from text to text; packages of the extra ``peers``.

``open_*`` loads a peer and gives its function; a package that is not installed raises ImportError from there.
A peer keeps what it found for a word, as anyone would do who used it.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

Mend = Callable[[str], str]

# What the English model prints for a Swedish letter, with how often it does: read -> (printed, probability).
CONFUSED = {
    "a": (("a", 1.0), ("å", 0.96), ("ä", 0.87)),
    "A": (("A", 1.0), ("Å", 0.96), ("Ä", 0.87)),
    "o": (("o", 1.0), ("ö", 0.47)),
    "O": (("O", 1.0), ("Ö", 0.47)),
    "é": (("é", 1.0), ("ö", 0.33), ("ä", 0.012)),
    "i": (("i", 1.0), ("ä", 0.04)),
    "d": (("d", 1.0), ("ö", 0.05), ("ä", 0.02)),
    "6": (("6", 1.0), ("ö", 0.10)),
    "4": (("4", 1.0), ("ä", 0.014)),
    "&": (("&", 1.0), ("ä", 0.01)),
    "|": (("|", 1.0), ("I", 0.5)),
    "ia": (("ia", 1.0), ("ä", 0.01)),
    "éa": (("éa", 1.0), ("ä", 0.01)),
    "aé": (("aé", 1.0), ("ä", 0.01)),
}
MOST = 20_000  # readings of one word that are tried
_UNITS = re.compile("|".join(sorted(map(re.escape, CONFUSED), key=len, reverse=True)) + "|.", re.S)
_SINGLE = re.compile(r".", re.S)
_WORD = re.compile(r"[\w&|][\w&|-]*[\w&|]|[\w&|]")
FREQUENT = 1e-7  # below this share a word of wordfreq's list is as often a misprint as a word

BYT5 = {
    "vocab_size": 384,
    "d_model": 1472,
    "d_kv": 64,
    "d_ff": 3584,
    "num_layers": 12,
    "num_decoder_layers": 4,
    "num_heads": 6,
    "feed_forward_proj": "gated-gelu",
    "tie_word_embeddings": False,
    "decoder_start_token_id": 0,
}
PIECE, BATCH = 128, 32  # bytes of one piece, pieces at a time


def word_by_word(mend: Callable[[str], str]) -> Mend:
    """A peer that knows words, put on running text: all between the words stays.

    >>> word_by_word(str.upper)("ett, (två)")
    'ETT, (TVÅ)'
    """
    known = lru_cache(maxsize=None)(mend)
    return lambda text: _WORD.sub(lambda found: known(found.group()), text)


def as_cased(word: str, like: str) -> str:
    """A word in the letter case of another.

    >>> as_cased("är", "AR"), as_cased("är", "Ar"), as_cased("är", "ar")
    ('ÄR', 'Är', 'är')
    """
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def readings(word: str) -> Iterator[tuple[str, float]]:
    """What may have been printed where ``word`` was read, with the probability of reading it so.

    >>> sorted(readings("ar"), key=lambda r: -r[1])
    [('ar', 1.0), ('år', 0.96), ('är', 0.87)]
    """
    for units in {tuple(_UNITS.findall(word)), tuple(_SINGLE.findall(word))}:
        choices = [CONFUSED.get(unit, ((unit, 1.0),)) for unit in units]
        if math.prod(map(len, choices)) <= MOST:
            for chosen in product(*choices):
                yield "".join(c for c, _ in chosen), math.prod(p for _, p in chosen)


def unigram(frequency: dict[str, float]) -> Callable[[str], str]:
    """The likeliest word of a frequency list behind a read one: the simplest noisy channel there is.

    >>> unigram({"är": 0.03, "ar": 0.00003})("Ar")
    'Är'
    """

    def mend(word: str) -> str:
        score, best = max(((frequency.get(r.lower(), 0.0) * p, r) for r, p in readings(word)), default=(0.0, word))
        return best if score else word

    return mend


def open_unigram() -> Mend:
    """The unigram over wordfreq's Swedish list."""
    from wordfreq import get_frequency_dict

    return word_by_word(unigram(get_frequency_dict("sv", "best")))


def open_symspell() -> Mend:
    """SymSpell, two edits at most, over the frequent words of wordfreq's list (it brings no Swedish one)."""
    from symspellpy import SymSpell, Verbosity
    from wordfreq import get_frequency_dict

    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, share in get_frequency_dict("sv", "best").items():
        if share >= FREQUENT:
            speller.create_dictionary_entry(word, int(share * 1e9))

    def mend(word: str) -> str:
        if any(c.isdigit() for c in word):
            return word
        found = speller.lookup(word.lower(), Verbosity.TOP, max_edit_distance=2)
        return as_cased(found[0].term, word) if found and found[0].distance else word

    return word_by_word(mend)


def open_hunspell() -> Mend:
    """Hunspell with the Swedish dictionary: the first suggestion for each word that it does not know."""
    import hunspell

    folders = (Path(sys.prefix) / "share" / "hunspell", Path("/usr/share/hunspell"))
    folder = next((f for f in folders if (f / "sv_SE.dic").is_file()), None)
    if folder is None:
        raise ImportError("no sv_SE.dic")
    speller: Any = hunspell.Hunspell("sv_SE", hunspell_data_dir=str(folder))

    def mend(word: str) -> str:
        if any(c.isdigit() for c in word) or speller.spell(word):
            return word
        return next(iter(speller.suggest(word)), word)

    return word_by_word(mend)


def open_trollfab() -> Mend:
    """The Swedish post-processor of trollfab-ocr, as it comes."""
    from multi_ocr.swedish_postprocessor import SwedishTextPostProcessor

    mend: Mend = SwedishTextPostProcessor().process
    return mend


def open_byt5(*, quantised: bool) -> Mend:
    """ByT5-small with random weights: as slow as the trained network, and of no use otherwise.

    Pieces of 128 bytes, up to 32 at a time, greedy, as many bytes out as in; one thread.
    """
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    torch.set_num_threads(1)
    torch.manual_seed(1)
    model: Any = T5ForConditionalGeneration(T5Config(**BYT5)).eval()
    if quantised:
        model = torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)

    def mend(text: str) -> str:
        data = text.encode()
        pieces = [data[k : k + PIECE] for k in range(0, len(data), PIECE)]
        out = []
        for k in range(0, len(pieces), BATCH):
            rows = [[b + 3 for b in p] + [1] for p in pieces[k : k + BATCH]]
            longest = max(map(len, rows))
            ids = torch.tensor([r + [0] * (longest - len(r)) for r in rows])
            with torch.inference_mode():
                made = model.generate(
                    input_ids=ids, attention_mask=(ids != 0).long(), do_sample=False, num_beams=1,
                    min_new_tokens=longest, max_new_tokens=longest,
                )  # fmt: skip
            out += made.tolist()
        return "".join(chr(t) for row in out for t in row)

    return mend
