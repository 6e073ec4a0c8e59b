"""Gather the pages of the docs site into ``build/pages`` and build them with mkdocs: what ``make site`` does.

Pages outside ``docs/`` (models, samples, benchmarks, changelog, notebooks) come along, and links between all of them
lead to their places on the site. Nothing is fetched.

python scripts/site.py [--pages-only]
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "pages"
LINK = re.compile(r"(?P<before>!?\[[^\]]*\])\((?P<target>(?!https?:|#|mailto:)[^)\s#]+)(?P<anchor>#[^)\s]*)?\)")
FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)


def places() -> dict[Path, str]:
    """Every file of the site: where it lies in the repository, and its name on the site."""
    docs = ROOT / "docs"
    found = {path: path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*")) if path.is_file()}
    found |= {path: f"models/{path.parent.name}.md" for path in sorted((ROOT / "models").glob("*/card.md"))}
    found |= {path: f"notebooks/{path.stem}.md" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
    return found | {
        ROOT / "models" / "README.md": "models/index.md",
        ROOT / "samples" / "README.md": "samples.md",
        ROOT / "benchmark" / "README.md": "benchmarks.md",
        ROOT / "CHANGELOG.md": "changelog.md",
    }


def relinked(text: str, source: Path, there: dict[Path, str]) -> str:
    """A page with its links led to the site; a link to what is not on the site stays as words."""
    here = Path(there[source]).parent

    def lead(match: re.Match[str]) -> str:
        target = (source.parent / match["target"]).resolve()
        if target not in there:
            return match["before"].lstrip("!")[1:-1]
        return f"{match['before']}({Path(os.path.relpath(there[target], here)).as_posix()}{match['anchor'] or ''})"

    return "".join(part if part.startswith("```") else LINK.sub(lead, part) for part in FENCE.split(text))


def notebook(source: Path, name: str, folder: Path) -> str:
    """A notebook as a page: text, code, and results as they were kept; pictures go into files of their own."""
    told: dict[str, Any] = json.loads(source.read_text("utf-8"))
    parts: list[str] = []
    for number, cell in enumerate(told["cells"]):
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(text)
            continue
        parts.append(f"```python\n{text}\n```")
        for k, output in enumerate(cell["outputs"]):
            data = output.get("data", {"text/plain": output.get("text", "")})
            if "image/png" in data:
                picture = folder / f"{Path(name).stem}-{number}-{k}.png"
                picture.write_bytes(base64.b64decode("".join(data["image/png"])))
                parts.append(f"![Result of the code above]({picture.name})")
            elif "text/html" in data:
                html = re.sub(r"<style.*?</style>", "", "".join(data["text/html"]), flags=re.S)
                parts.append(re.sub(r"\n\s*\n", "\n", html))
            elif "".join(data.get("text/plain", "")).strip():
                parts.append("```text\n" + "".join(data["text/plain"]).rstrip() + "\n```")
    return "\n\n".join(parts) + "\n"


def gather() -> None:
    """Write every page to ``build/pages``."""
    shutil.rmtree(PAGES, ignore_errors=True)
    there = places()
    for source, name in there.items():
        out = PAGES / name
        out.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".ipynb":
            out.write_text(notebook(source, name, out.parent), "utf-8")
        elif source.suffix == ".md":
            out.write_text(relinked(source.read_text("utf-8"), source, there), "utf-8")
        else:
            shutil.copyfile(source, out)


def outside(site: Path) -> list[str]:
    """What the built pages would load from other machines: scripts, styles, pictures. Links to click are not meant."""
    loads = re.compile(r"""(?:\ssrc=|<link[^>]*?\shref=|url\(|@import\s+)["']?((?:https?:)?//[^"')\s>]+)""")
    texts = (path.read_text("utf-8", "replace") for path in site.rglob("*") if path.suffix in (".html", ".css"))
    return sorted({address for text in texts for address in loads.findall(text)})


def main() -> int:
    """Gather, and build unless told not to."""
    gather()
    if "--pages-only" in sys.argv:
        return 0
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(ROOT / "mkdocs.yml")))
    asked = outside(ROOT / "build" / "site")
    if asked:
        print(f"the site would ask others: {', '.join(asked)}")
        return 1
    print("the site is in build/site; look at it with: python3 -m http.server -d build/site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
