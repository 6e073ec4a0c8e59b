"""The fixed phrases of all tables but the parties', as entries of one look-up."""

from __future__ import annotations

from .lexicon import Entry
from .tables import Tables


def phrases(tables: Tables) -> list[Entry]:
    """Municipalities, bodies, roles, authorities, laws and well-known names; abbreviations must be printed as such."""
    entries = [Entry(name, "MUNICIPALITY", name, False) for name in tables.municipalities]
    entries += [Entry(form, "BODY", name, not form.islower()) for form, (_, name) in tables.bodies.items()]
    entries += [Entry(form, "ROLE", role, False) for form, role in tables.roles.items()]
    entries += [Entry(name, "AUTHORITY", name, True) for name in tables.authorities if len(name) > 3]
    entries += [Entry(form, "LAW", form, not form.islower()) for form in tables.laws]
    entries += [Entry(name, kind, name, True) for name, kind in tables.known_names.items()]
    return entries
