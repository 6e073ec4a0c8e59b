"""Reading XML whose namespaces and versions vary."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..errors import InputDamaged


def tree(data: bytes, what: str) -> Element:
    """The root element.

    Raises:
        InputDamaged: it is not well-formed, or declares entities (which could unfold to any size).
    """
    if b"<!ENTITY" in data[:65536]:
        raise InputDamaged(f"The {what} file declares entities of its own.", "Write it without a DTD.")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputDamaged(f"The {what} file is not well-formed XML ({error}).", "Export it again.") from None


def local(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, tag: str) -> Iterator[Element]:
    """The direct children with that tag, whatever the namespace."""
    return (child for child in element if local(child) == tag)


def find(element: Element, tag: str) -> Element | None:
    """The first descendant with that tag, whatever the namespace."""
    return next((e for e in element.iter() if local(e) == tag), None)


def number_of(element: Element, attribute: str) -> float:
    """A numeric attribute; 0 where it is missing or no number."""
    try:
        return float(element.get(attribute, "0"))
    except ValueError:
        return 0.0
