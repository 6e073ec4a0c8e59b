"""What the page says, in Swedish and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ..show.labels import label

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts and labels in one language."""

    language: str

    def __call__(self, key: str) -> str:
        """A text of the page; an unknown key stands for itself."""
        pair = _texts().get(key)
        return pair[self._column] if pair else key

    def label(self, what: str, value: str) -> str:
        """The name of a code of the record, such as a kind or an outcome; what begins with a capital in Swedish, where
        it stands by itself, does so in English too."""
        names = label(what, value)
        name = names[self._column]
        return name[:1].upper() + name[1:] if names.swedish[:1].isupper() else name

    @property
    def other(self) -> str:
        """The other language."""
        return LANGUAGES[1 - self._column]

    @property
    def _column(self) -> int:
        return LANGUAGES.index(self.language)


@lru_cache(maxsize=1)
def _texts() -> dict[str, tuple[str, str]]:
    table = resources.files("pipeline").joinpath("tables", "reader_texts.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {key: (swedish, english) for key, swedish, english in rows}
