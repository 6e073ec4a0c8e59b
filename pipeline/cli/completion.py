"""Shell completion for bash, zsh or fish"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

EPILOG = """\
to have it in every shell:
  bash   attsats completion bash > ~/.local/share/bash-completion/completions/attsats
  zsh    attsats completion zsh > ~/.zfunc/_attsats          (a folder of your $fpath)
  fish   attsats completion fish > ~/.config/fish/completions/attsats.fish
"""

SHELLS = ("bash", "zsh", "fish")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "completion",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell to complete in")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the script for one shell."""
    from . import build

    commands = dict(subcommands(build()))
    print({"bash": bash, "zsh": zsh, "fish": fish}[args.shell](commands), end="")
    return 0


def subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The subcommands of a parser, by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The actions of a parser that are options."""
    return [action for action in parser._actions if action.option_strings]


def _words(parser: argparse.ArgumentParser) -> str:
    flags = [flag for action in options(parser) for flag in action.option_strings]
    return " ".join([*flags, *_positional(parser)])


def _positional(parser: argparse.ArgumentParser) -> list[str]:
    """The fixed words that a parser takes as arguments."""
    return [str(choice) for action in parser._actions if not action.option_strings for choice in action.choices or ()]


def bash(commands: dict[str, argparse.ArgumentParser]) -> str:
    """The script for bash."""
    cases = "\n".join(f'    {name}) words="{_words(parser)}" ;;' for name, parser in commands.items())
    values = "\n".join(
        f'    {flag}) COMPREPLY=($(compgen -W "{words}" -- "$current")); return ;;'
        for flag, words in sorted(_choices(commands).items())
    )
    return f"""\
# bash completion for attsats
_attsats() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" words
  case "$before" in
{values}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(commands)} --help --version" -- "$current")); return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _attsats attsats
"""


def _choices(commands: dict[str, argparse.ArgumentParser]) -> dict[str, str]:
    """The words that an option takes, by option."""
    return {
        flag: " ".join(map(str, action.choices))
        for parser in commands.values()
        for action in options(parser)
        for flag in action.option_strings
        if action.choices
    }


def zsh(commands: dict[str, argparse.ArgumentParser]) -> str:
    """The script for zsh."""
    listed = "\n".join(f"    {_quoted(f'{name}:{parser.description}')}" for name, parser in commands.items())
    cases = "\n".join(
        f"    {name}) _arguments {' '.join(_zsh_option(a) for a in options(parser))} '*:file:{_zsh_rest(parser)}' ;;"
        for name, parser in commands.items()
    )
    return f"""\
#compdef attsats
_attsats() {{
  local -a commands=(
{listed}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
{cases}
  esac
}}
compdef _attsats attsats
"""


def _zsh_rest(parser: argparse.ArgumentParser) -> str:
    words = _positional(parser)
    return f"({' '.join(words)})" if words else "_files"


def _zsh_option(action: argparse.Action) -> str:
    text = (action.help or "").replace("[", "(").replace("]", ")").replace(":", ",")
    takes = (
        ""
        if action.nargs == 0
        else f":{action.dest}:" + (f"({' '.join(map(str, action.choices))})" if action.choices else "_files")
    )
    return _quoted(f"{action.option_strings[-1]}[{text}]{takes}")


def fish(commands: dict[str, argparse.ArgumentParser]) -> str:
    """The script for fish."""
    lines = ["# fish completion for attsats"]
    for name, parser in commands.items():
        lines.append(f"complete -c attsats -n __fish_use_subcommand -a {name} -d {_quoted(parser.description or '')}")
        here = f"-n '__fish_seen_subcommand_from {name}'"
        for action in options(parser):
            flags = " ".join(f"-l {f[2:]}" if f.startswith("--") else f"-s {f[1:]}" for f in action.option_strings)
            takes = "" if action.nargs == 0 else " -r"
            choices = f" -a {_quoted(' '.join(map(str, action.choices)))} -f" if action.choices else ""
            lines.append(f"complete -c attsats {here} {flags}{takes}{choices} -d {_quoted(action.help or '')}")
        if _positional(parser):
            lines.append(f"complete -c attsats {here} -f -a {_quoted(' '.join(_positional(parser)))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A word in single quotes for a shell.

    >>> _quoted("what's here")
    "'what'\\\\''s here'"
    """
    return "'" + text.replace("'", "'\\''") + "'"
