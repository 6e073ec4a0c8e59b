"""Search an index: Swedish as people type it, with facets"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

EPILOG = """\
Every word must be found, in any inflection, with or without dots, also as part of a compound.
"two words" stay together, skol* is a beginning, -word is not wanted.

examples:
  attsats search vald i nara relationer --db council.db
  attsats search skolskjuts --db council.db --party SD --kind motion --year 2021
  attsats search belysning --db council.db --level proposal --outcome bifall --json
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "search",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", nargs="*", metavar="WORD", help="what to look for; nothing lists the newest")
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index")
    parser.add_argument("--level", choices=("matter", "proposal", "all"), default="matter", help="what to list")
    for name in ("municipality", "body", "party", "kind", "outcome"):
        parser.add_argument(f"--{name}", metavar="VALUE", help=f"only this {name}")
    parser.add_argument("--year", type=int, metavar="YYYY", help="only this year")
    parser.add_argument("--since", metavar="DATE", help="this date or later")
    parser.add_argument("--until", metavar="DATE", help="this date or earlier")
    parser.add_argument("--exact", action="store_true", help="only the forms as typed")
    parser.add_argument("-n", "--limit", type=int, default=10, metavar="N", help="how many to list (10)")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="how many to leave out first")
    parser.add_argument("--json", action="store_true", help="one hit a line as JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    """List what is found; exit code 1 where nothing is."""
    from ..search import Filters, open_index, search

    filters = Filters(
        level=None if args.level == "all" else args.level,
        municipality=args.municipality,
        body=args.body,
        party=args.party,
        kind=args.kind,
        year=args.year,
        outcome=args.outcome,
        since=args.since,
        until=args.until,
    )
    with open_index(args.db) as index:
        found = search(
            index,
            " ".join(args.query),
            filters,
            limit=args.limit,
            offset=args.offset,
            exact=args.exact,
            facets=not args.json,
        )
    for word, guesses in found.guesses.items():
        print(f"attsats: no text holds {word}; looked for {', '.join(guesses)}", file=sys.stderr)
    if args.json:
        for hit in found.hits:
            told = {**hit.entry, "score": hit.score, "snippet": hit.snippet.text, "marks": hit.snippet.marks}
            print(json.dumps({k: v for k, v in told.items() if k not in ("text", "rowid")}, ensure_ascii=False))
        return 0 if found.total else 1
    before, after = ("\x1b[1;33m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    for number, hit in enumerate(found.hits, args.offset + 1):
        entry = hit.entry
        about = (entry["municipality"], entry["body"], entry["date"], entry["paragraph"], entry["kind"])
        marks = [*entry["parties"], *entry["outcomes"]]
        print(f"{number}. {_plain(entry['title'])}")
        print(f"   {' · '.join(part for part in (*about, *marks) if part)}")
        print(f"   {hit.snippet.marked(before, after, _plain)}")
        print(f"   {_plain(entry['source'])}  {entry['record']}\n")
    print(f"{found.total} found")
    for name, values in found.facets.items():
        if values:
            print(f"  {name}: " + ", ".join(f"{value} {count}" for value, count in values[:8]))
    return 0 if found.total else 1


def _plain(text: str) -> str:
    """The text without control characters: a document must not steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
