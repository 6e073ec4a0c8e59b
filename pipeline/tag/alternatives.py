"""Choices between alternatives that are named by a letter or a number: ``Nämnden antar alternativ A.``"""

from __future__ import annotations

import re

_WHICH = r"(?P<which>(?:samtliga|alla|båda|övriga) (?:alternativ\w*|förslag)|alternativ(?:et)? (?:[A-ZÅÄÖ]|\d{1,2}))\b"
_ACTIVE = re.compile(
    r"\b(?:(?P<yes>antar|anta|antagit|väljer|välja|förordar|förorda|godkänner|godkänna|bifaller|bifalla|fastställer)|"
    rf"(?P<no>avslår|avslå|avvisar|avvisa|förkastar|avstyrker)) {_WHICH}"
)
_PASSIVE = re.compile(
    rf"\b{_WHICH} (?:ska(?:ll)? )?(?:(?P<yes>antas|antages|väljs|väljes|godkänns|godkännes|"
    r"bifalls|bifalles|fastställs)|"
    r"(?P<no>avslås|avvisas|förkastas|avstyrks))\b"
)
_BUT = re.compile(r"\b(?:dock|med undantag|med den ändringen|med den skillnaden|förutom)\b")


def chosen(text: str) -> list[tuple[str, str]]:
    """(of, outcome) of the first alternative that a sentence takes or refuses.

    >>> chosen("Nämnden antar alternativ A."), chosen("att alternativ B antas, dock att gården undantas.")
    ([('alternativ A', 'bifall')], [('alternativ B', 'delvis_bifall')])
    >>> chosen("att samtliga alternativ avvisas"), chosen("Förvaltningen redovisar tre alternativ.")
    ([('samtliga alternativ', 'avslag')], [])
    """
    found = [m for m in (_ACTIVE.search(text), _PASSIVE.search(text)) if m]
    if not found:
        return []
    first = min(found, key=lambda m: m.start())
    if first["no"]:
        return [(first["which"], "avslag")]
    return [(first["which"], "delvis_bifall" if _BUT.search(text, first.end()) else "bifall")]
