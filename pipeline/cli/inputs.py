"""Where documents come from: files, stdin, and records that were made earlier."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from ..errors import AttsatsError, InputDamaged, InputMissing, RecordInvalid
from .terminal import complain, progress

if TYPE_CHECKING:
    from ..models import Models, Opening
    from ..run import Settings

Json = dict[str, Any]

UNEXPECTED = 1  # the exit code of what should not have happened


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """The options of every subcommand that reads documents."""
    group = parser.add_argument_group("reading")
    group.add_argument("--name", help="name of the document that comes on stdin (default: stdin)", default="stdin")
    group.add_argument(
        "--languages",
        metavar="LANGS",
        help="languages for Tesseract, joined by + (default: swe+eng)",
        default="swe+eng",
    )
    group.add_argument(
        "--text-layer",
        choices=("auto", "keep", "reread"),
        default="auto",
        help="a PDF's text layer: judge it (auto), always take it, or always read the image",
    )
    group.add_argument("--jobs", type=_positive, metavar="N", help="pages read at the same time (default: one a core)")
    group.add_argument(
        "--page-timeout", type=float, metavar="SECONDS", default=120.0, help="give up a page after this (default: 120)"
    )
    group.add_argument(
        "--cross-check",
        action="store_true",
        help="let a second engine look at §, numbers and unsure words (needs attsats[crosscheck])",
    )
    group.add_argument("--whole", action="store_true", help="do not take a file with several documents apart")
    group.add_argument(
        "--keep-pages",
        type=Path,
        metavar="DIR",
        help="keep each page: its image with the words boxed, and what was read, to go on from there another time",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def content(name: str, args: argparse.Namespace) -> tuple[str | bytes, str]:
    """What ``run.extract`` takes, a path or bytes, and the name to show; ``-`` is stdin."""
    if name == "-":
        return sys.stdin.buffer.read(), str(args.name)
    return name, name


def settings(args: argparse.Namespace, source: str | bytes, shown: str) -> Settings:
    """How to read one document, from the options."""
    from ..ocr import OcrSettings
    from ..run import Settings

    return Settings(
        ocr=OcrSettings(
            languages=args.languages,
            jobs=args.jobs,
            page_timeout=args.page_timeout,
            text_layer=args.text_layer,
            cross_check=args.cross_check,
            recorded=_page_folder(args.keep_pages, source, shown),
            progress=progress(shown),
        ),
        split=not args.whole,
    )


def _page_folder(root: Path | None, source: str | bytes, shown: str) -> Path | None:
    """A folder of its own for each document, named by its content: two files of one name do not mix."""
    if root is None:
        return None
    import hashlib

    try:
        with io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise _closed(shown, error) from error
    return root / f"{Path(shown).stem}-{digest[:12]}"


def _closed(path: str, error: OSError) -> InputMissing:
    return InputMissing(f"{path} cannot be opened: {error.strerror}.", "Check the path and its rights.")


def each(names: Sequence[str], work: Callable[[str], None]) -> int:
    """Do the work for every name; a failure is told and does not stop the others.

    Returns:
        0, or the exit code of the first failure.
    """
    first = 0
    for name in names:
        try:
            work(name)
        except AttsatsError as error:
            complain(error, name=name)
            first = first or error.exit_code
        except BrokenPipeError:
            raise
        except Exception as error:
            complain(f"unexpected {type(error).__name__}: {error}. Please report it [error]", name=name)
            if os.environ.get("ATTSATS_DEBUG"):
                from traceback import print_exc

                print_exc()
            first = first or UNEXPECTED
    return first


class Reader:
    """Makes records of documents; opens the models once, when the first document needs them."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._opening: Opening | None = None

    @property
    def opening(self) -> Opening:
        """The models, which are being opened since the first call."""
        if self._opening is None:
            from ..models import Opening

            self._opening = Opening()
        return self._opening

    @property
    def models(self) -> Models:
        """The models, all of them open."""
        return self.opening.ready()

    def records(self, name: str) -> list[Json]:
        """The records of one document, or the records or cases that a ``.json`` or ``.jsonl`` file holds."""
        if name != "-" and Path(name).suffix.lower() in (".json", ".jsonl"):
            return [_checked(value, f"{name}, line {n}") for n, value in stored(name)]
        return self.extract(name)

    def extract(self, name: str) -> list[Json]:
        """The records of one document."""
        from ..run import extract

        source, shown = content(name, self._args)
        named = shown if isinstance(source, bytes) else None
        chosen = settings(self._args, source, shown)
        records = extract(source, name=named, settings=chosen, models=self.opening)
        if chosen.ocr.recorded and any(record.get("source", {}).get("page_sizes") for record in records):
            from ..ocr import keep_pages, read

            # The pages have just been kept: this reads them from there, not with the engine.
            scan = read(source, name=named, settings=chosen.ocr, quality=self.opening.quality)
            keep_pages(scan, source, chosen.ocr.recorded, settings=chosen.ocr)
        return records


def _checked(value: Json, where: str) -> Json:
    """A record or a case that holds to its schema: views need not ask again."""
    from ..laws import validate, validate_case

    breaches = validate_case(value) if is_case(value) else validate(value)
    if breaches:
        raise RecordInvalid(f"{where} is not valid: {breaches[0]}.", "Run 'attsats validate' to see all of it.")
    return value


def is_case(value: Json) -> bool:
    """Whether a JSON object says that it is a case."""
    return str(value.get("schema", "")).startswith("case/")


def stored(name: str) -> Iterator[tuple[int, Json]]:
    """The records in a file, each with the number of the line it begins on, read one at a time.

    JSON Lines, one JSON list, or objects one after the other over several lines (``extract --pretty``).

    Raises:
        InputMissing: the file cannot be opened.
        InputDamaged: something in it is no JSON object.
    """
    with _text(name) as lines:
        try:
            yield from _records(lines, name)
        except UnicodeDecodeError as error:
            raise InputDamaged(f"{name} is not UTF-8: {error.reason}.", "Make the file again.") from error


def _text(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="\n")
    try:
        return Path(name).open(encoding="utf-8-sig", newline="\n")
    except OSError as error:
        raise _closed(name, error) from error


def _records(lines: Iterable[str], name: str) -> Iterator[tuple[int, Json]]:
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    for n, line in numbered:
        try:
            value = json.loads(line)
        except ValueError as error:
            if n > 1 and not line.lstrip().startswith(("{", "[")):
                raise InputDamaged(f"Line {n} of {name} is not JSON: {error}.", "Make the file again.") from error
            yield from _over_lines(n, line + "".join(rest for _, rest in numbered), name)
            return
        yield from ((n, _object(one, name, n)) for one in (value if isinstance(value, list) else [value]))


def _over_lines(first: int, text: str, name: str) -> Iterator[tuple[int, Json]]:
    """Objects that take several lines each. (Blank lines are gone: numbers count the others.)"""
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        n = first + text.count("\n", 0, at)
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError as error:
            raise InputDamaged(f"Line {n} of {name} is not JSON: {error}.", "Make the file again.") from error
        yield from ((n, _object(one, name, n)) for one in (value if isinstance(value, list) else [value]))


def _object(value: Any, name: str, n: int) -> Json:
    if not isinstance(value, dict):
        raise InputDamaged(f"Line {n} of {name} holds no record but a {type(value).__name__}.", "Give it records.")
    return value
