"""Writing HTML in which nothing of a document can become markup."""

from __future__ import annotations

from html import escape

from .visible import visible


class Html(str):
    """Text that is markup already; every other string is escaped when it is put into markup."""

    __slots__ = ()


def tag(element: str, /, *content: str, **attributes: str | bool | None) -> Html:
    """An element. Attributes that are None or False are left out; ``class_`` and ``for_`` lose their underscore.

    >>> tag("p", "1 < 2", class_="note")
    '<p class="note">1 &lt; 2</p>'
    >>> tag("p", tag("b", "x"), hidden=True)
    '<p hidden><b>x</b></p>'
    """
    inner = "".join(safe(part) for part in content)
    return Html(f"<{element}{_attributes(attributes)}>{inner}</{element}>")


def void(element: str, /, **attributes: str | bool | None) -> Html:
    """An element without content, such as ``<input>``.

    >>> void("input", type="checkbox", checked=True)
    '<input type="checkbox" checked>'
    """
    return Html(f"<{element}{_attributes(attributes)}>")


def join(*content: str) -> Html:
    """Content one after the other."""
    return Html("".join(safe(part) for part in content))


def safe(part: str) -> str:
    """Markup as it is, text escaped and freed of control characters."""
    return str(part) if isinstance(part, Html) else escape(visible(part), quote=True).replace("\f", "")


def _attributes(attributes: dict[str, str | bool | None]) -> str:
    made = []
    for name, value in attributes.items():
        name = name.rstrip("_").replace("_", "-")
        if value is True:
            made.append(f" {name}")
        elif value is not None and value is not False:
            made.append(f' {name}="{escape(visible(value), quote=True)}"')
    return "".join(made)
