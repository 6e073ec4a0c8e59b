"""Whose yrkande it is, where the form's own headings name the board instead.

A party writes its yrkande on the form of an official proposal ("Kommunstyrelsens förslag till kommunfullmäktige"),
so the body in that heading proposes nothing. The sender is the party of those who sign; where nobody signs,
the one party that the document names, if it names one only. Otherwise nobody is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..document import Matter, Protocol

_BODY = re.compile(r"(?i:styrelse|nämnd|utskott|fullmäktige|direktion|förvaltning)|^(?:KS|KF|KSAU|AU|RS|RF)$")


def sent_by(protocol: Protocol) -> Protocol:
    """The protocol with its own yrkande's proposers resolved; other kinds as they are."""
    if protocol.outline.kind.value != "yrkande":
        return protocol
    sender = _sender(protocol)
    return replace(protocol, matters=tuple(_resolved(matter, sender) for matter in protocol.matters))


def _sender(protocol: Protocol) -> str | None:
    signed = {person.party for person in protocol.signatories if person.party}
    named = signed or {party.code for party in protocol.parties}
    return named.pop() if len(named) == 1 else None


def _resolved(matter: Matter, sender: str | None) -> Matter:
    def who(by: str | None) -> str | None:
        return sender if by is None or _BODY.search(by) else by

    return replace(
        matter,
        proposers=tuple(who(by) for by in matter.proposers),
        outcomes=tuple(replace(o, by=who(o.by)) if o.act == "floor" else o for o in matter.outcomes),
    )
