"""The repaired text of a document, or every edit with its reason"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .inputs import Reader, add_reading_options, content, each, settings
from .terminal import console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ..document import Edit, Transcript

EPILOG = """\
examples:
  attsats repair motion.txt > motion.repaired.txt
  attsats repair motion.txt --explain | less -R
"""

CONTEXT = 28  # characters shown on each side of an edit


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "repair",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="PDF, TIFF, PNG, JPEG or text; - is stdin")
    parser.add_argument("--explain", action="store_true", help="list every edit with line, rule and confidence")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour in --explain")
    add_reading_options(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the repaired text, or the edits, of every file."""
    reader = Reader(args)
    screen = console(args.color) if args.explain else None

    def work(name: str) -> None:
        transcript = _transcript(name, reader, args)
        if screen is not None:
            explain(transcript, screen)
        else:
            print(transcript.text, end="" if transcript.text.endswith("\n") else "\n", flush=True)

    return each(args.files, work)


def _transcript(name: str, reader: Reader, args: argparse.Namespace) -> Transcript:
    from .. import ocr
    from ..quality import assess
    from ..repair import repair

    source, shown = content(name, args)
    how = settings(args, source, shown).ocr
    models = reader.models
    scan = ocr.read(source, name=shown if isinstance(source, bytes) else None, settings=how, quality=models.quality)
    return repair(scan, models.repair, assess(scan, models.quality))


def explain(transcript: Transcript, screen: Console) -> None:
    """Print every edit: place, what stood there and what stands there now, rule and confidence."""
    quality = transcript.quality
    screen.print(
        f"{transcript.scan.source.name}: {quality.ocr}"
        + (f", read with {quality.read_with}" if quality.read_with else "")
        + f", about {quality.damage:.0%} of the words damaged; {len(transcript.edits)} edits"
    )
    for edit in transcript.edits:
        screen.print(_line(transcript.scan.text, edit), soft_wrap=True)
    for note in transcript.notes:
        screen.print(f"note {note.code}: {note.message}" + (f" ({note.count} times)" if note.count > 1 else ""))


def _line(raw: str, edit: Edit) -> Text:
    from rich.text import Text

    from ..show.visible import visible

    start, end = edit.span
    row = raw.count("\n", 0, start) + 1
    column = start - (raw.rfind("\n", 0, start) + 1) + 1
    text = Text(f"{row:>4}:{column:<4}")
    text.append(_flat(visible(raw[max(0, start - CONTEXT) : start])).rjust(CONTEXT), style="dim")
    text.append("[-" + _flat(visible(raw[start:end])) + "-]", style="red strike" if end > start else "red")
    text.append("{+" + _flat(visible(edit.text)) + "+}", style="bold green")
    text.append(_flat(visible(raw[end : end + CONTEXT])).ljust(CONTEXT), style="dim")
    text.append(f"  {edit.rule}", style="cyan")
    text.append(f"  {edit.confidence:.3f}", style="yellow" if edit.confidence < 0.6 else "")
    return text


def _flat(text: str) -> str:
    """Line ends as a sign, so that an edit stays on its line."""
    return text.replace("\n", "⏎").replace("\f", "⏎").replace("\t", " ")
