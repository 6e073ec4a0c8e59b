"""Who was there: members, substitutes and officials of the attendance block."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..document import Person
from .names import Reading, bare, persons
from .passages import Passage, of_kind


def attendance(found: tuple[Passage, ...], reading: Reading, spelled: Mapping[str, str]) -> tuple[Person, ...]:
    """The members and substitutes of the attendance block, with role and status."""
    made: dict[tuple[str, str], Person] = {}
    for p in of_kind(found, "attendance"):
        hits = persons(p.text, reading)
        for hit in hits:
            before, after = p.text[max(0, hit.start - 30) : hit.start], p.text[hit.after : hit.after + 40]
            status = "tjänstgörande"
            if re.search(r"(?:ersätter|ersättare för)\s*$", before):
                status = "frånvarande"
            elif re.match(r",? ?(?:ersätter|tjänstgörande ersättare)\b", after):
                status = "tjänstgörande ersättare"
            elif "Ersättare" in p.text[: hit.start] and "Övriga närvarande" in p.text[: hit.start]:
                status = "ersättare"
            role = re.match(r",? ?((?:\d:[ae] |förste |andre )?(?:vice )?ordförande)", after, re.IGNORECASE)
            name = spelled.get(hit.name, hit.name)
            made.setdefault(
                (name, ""),
                Person(
                    name,
                    hit.party,
                    role.group(1).lower() if role else None,
                    min(0.9, hit.sure),
                    (p.span(hit.start, hit.end),),
                    status,
                ),
            )
        for loose in bare(p.text, reading):
            title = re.match(r", ([a-zåäö][\wåäö -]{3,40}?)(?=,| §|\s+[A-ZÅÄÖ]|$)", p.text[loose.end :])
            if title and all(loose.end <= h.start or loose.start >= h.end for h in hits):
                at = (p.span(loose.start, loose.end),)
                made.setdefault((loose.name, ""), Person(loose.name, None, title.group(1), 0.7, at, "övrig"))
    return tuple(made.values())
