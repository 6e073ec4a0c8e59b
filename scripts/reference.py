"""Write the generated reference pages from the code: what ``make docs`` does, and a test compares.

python scripts/reference.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.cli.reference import exit_codes as codes
from pipeline.cli.reference import reference as cli
from pipeline.laws import schema

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
Json = dict[str, Any]


def main() -> int:
    """Write the pages, or with ``--check`` say which are not as the code would write them."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(name)
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; write them with 'make docs'")
    return bool(stale)


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        "record.md": schema_page("record-1", "The record"),
        "case.md": schema_page("case-1", "The case"),
        "exit-codes.md": exit_codes(),
        "cli.md": cli(),
    }


def schema_page(name: str, title: str) -> str:
    """A table of every field of a schema, with its description."""
    loaded = schema(name)
    lines = [f"# {title}", "", f"Generated from `pipeline/schemas/{name}.json`, the authority on types.", ""]
    lines += [loaded["description"], "", "| Field | Type | Meaning |", "| --- | --- | --- |"]
    lines += [f"| `{path}` | {kind} | {text} |" for path, kind, text in fields(loaded, loaded.get("$defs", {}), "")]
    return "\n".join(lines) + "\n"


def fields(node: Json, definitions: Json, path: str) -> Iterator[tuple[str, str, str]]:
    """Path, type and description of every field; a definition is written out once, where it is first used."""
    for key, child in node.get("properties", {}).items():
        here = f"{path}.{key}" if path else key
        target = resolved(child, definitions)
        inner = resolved(target["items"], definitions) if isinstance(target.get("items"), dict) else None
        listed = inner is not None and (inner.get("type") == "object" or "enum" in inner)
        yield here, type_of(target), target.get("description", "")
        if key != "at" or path == "":
            yield from fields(inner if listed and inner else target, definitions, here + ("[]" if listed else ""))


def resolved(node: Json, definitions: Json) -> Json:
    """The definition that a ``$ref`` names."""
    return definitions[node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else node


def type_of(node: Json) -> str:
    """A type for people."""
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return " ".join("null" if v is None else f"`{v}`" for v in node["enum"])
    kind = node.get("type", "object")
    return " or ".join(kind) if isinstance(kind, list) else kind


def exit_codes() -> str:
    """A table of the errors."""
    lines = ["# Errors and exit codes", "", "Generated from the code.", ""]
    lines += ["An error is told on stderr with its code in brackets, what happened, and what to do next."]
    lines += ["With several files the exit code is that of the first failure.", ""]
    lines += ["| Exit code | Code | Meaning |", "| --- | --- | --- |"]
    lines += [f"| {number} | {f'`{code}`' if code else '–'} | {text} |" for number, code, text in codes()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
