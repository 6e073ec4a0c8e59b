"""Look whether everything is here that reading needs, and say what to type if not"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict, dataclass

from ..errors import AttsatsError, EngineMissing, ModelMissing

EPILOG = """\
The exit code is 0 when all is there, 20 when Tesseract or a language of it is missing, 22 for a model.
Without Tesseract, text files and PDFs with a good text layer can still be processed.

examples:
  attsats doctor
  attsats doctor --json
"""

LIBRARIES = ("ftfy", "jsonschema", "numpy", "pillow", "pypdfium2", "pytesseract", "rich", "spacy")
PYTHONS = ((3, 11), (3, 13))


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``advice`` says what to type where it is not well."""

    what: str
    well: bool
    found: str
    advice: str = ""
    exit_code: int = 1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "doctor",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--languages", metavar="LANGS", default="swe+eng", help="languages to look for (swe+eng)")
    return parser


def run(args: argparse.Namespace) -> int:
    """Look, tell, and leave with the exit code of the first thing that is not well."""
    findings = [python(), *libraries(), engine(args.languages), *models()]
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        width = max(len(finding.what) for finding in findings)
        for finding in findings:
            print(f"{'ok     ' if finding.well else 'MISSING'}  {finding.what:<{width}}  {finding.found}")
            if finding.advice and not finding.well:
                print(f"{'':<9}{'':<{width}}  {finding.advice}")
    bad = [finding for finding in findings if not finding.well]
    if not args.json:
        print("All is there." if not bad else f"{len(bad)} of {len(findings)} not well.", file=sys.stderr)
    return bad[0].exit_code if bad else 0


def python() -> Finding:
    """The running Python."""
    well = PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]
    return Finding("Python", well, platform.python_version(), "Install Python 3.11, 3.12 or 3.13.")


def libraries() -> list[Finding]:
    """The libraries, by the names under which they are installed."""
    from importlib import metadata  # costs more than all of --help

    found = []
    for name in LIBRARIES:
        try:
            found.append(Finding(name, True, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(Finding(name, False, "not installed", f"python -m pip install {name}"))
    return found


def engine(languages: str) -> Finding:
    """Tesseract and the languages asked for."""
    from ..ocr import probe

    report = probe(languages)
    if report.version is None:
        return Finding("Tesseract", False, "not installed", report.advice, EngineMissing.exit_code)
    found = f"{report.version}, languages {' '.join(report.languages)}"
    if report.missing:
        found += f"; missing {' '.join(report.missing)}"
    return Finding("Tesseract", report.ready, found, report.advice, EngineMissing.exit_code)


def models() -> list[Finding]:
    """The trained models: is each there, and which version is it?"""
    from ..models import NAMES, folder

    found = []
    for name in NAMES.values():
        try:
            config = json.loads((folder(name) / "config.json").read_text(encoding="utf-8"))
            found.append(Finding(f"model {name}", True, str(config.get("version", "no version"))))
        except (AttsatsError, ValueError) as error:
            advice = error.advice if isinstance(error, AttsatsError) else "Reinstall attsats."
            found.append(Finding(f"model {name}", False, "not there", advice, ModelMissing.exit_code))
    return found
