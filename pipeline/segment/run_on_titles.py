"""Titles that run on into the first sentence, where the text has lost the break between them."""

from __future__ import annotations

import re

_OPENS = re.compile(
    r"(?:Motion|Interpellation|Medborgarförslag|Initiativ|Skrivelse) (?:av|från|om|angående|gällande)\b"
)
_FIRST = "Vi Det Den Sedan Under När Många Idag I För Som Enligt Detta Dessa Av På Efter Genom Trots Varje Alla Flera"
# Words that a title goes on from: "om hur Göteborgs Stad har ...", "för Lunds kommun".
_LINKS = "som och hur vad där när att om i på för av till från hos med inom samt eller vid åt mot"
_UNLINKED = "".join(rf"(?<!\b{word})" for word in _LINKS.split())
_SENTENCE = re.compile(
    rf"(?<=[a-zåäö0-9)]){_UNLINKED} (?:(?=(?:{'|'.join(_FIRST.split())}) [a-zåäö])|"
    r"(?=[A-ZÅÄÖ][a-zåäö]+(?: [A-ZÅÄÖ][a-zåäö]+| stad| kommun)? (?:har|är|behöver|saknar|står)\b))"
)
_REACH = 3  # printed lines of a title within which its end is looked for


class RunOnTitle:
    """Finds where the first sentence begins; goes from printed line to printed line."""

    def __init__(self) -> None:
        self._left = 0

    def cut(self, line: str, *, gap: bool) -> int:
        """Where in the line the text begins that is no more of the title; 0 where nothing is to be cut.

        >>> title = RunOnTitle()
        >>> first, second = "Motion av Eva Ek (M) om enklare regler och", "lägre avgifter Vi ser att reglerna hindrar."
        >>> title.cut(first, gap=True), second[title.cut(second, gap=False):]
        (0, 'Vi ser att reglerna hindrar.')
        """
        if _OPENS.match(line):
            self._left = _REACH
        elif gap or self._left == 0:
            self._left = 0
            return 0
        self._left -= 1
        for found in _SENTENCE.finditer(line):
            if not line[: found.start()].rsplit(" ", 1)[-1][:1].isupper():  # not in the middle of a name
                self._left = 0
                return found.end()
        return 0
