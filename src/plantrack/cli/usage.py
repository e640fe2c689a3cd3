"""The command line's own words in both languages: help, usage errors, options common to all."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Protocol

from plantrack.language import Language, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.language import Text

GLOBAL_OPTIONS = {"--lang": True, "--plans": True, "--color": True, "--force": False, "--version": False}
"""Options of every command, and whether a value follows. They may stand anywhere."""


def hoisted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options common to all commands, and the rest, so that they may stand after the command."""
    ahead: list[str] = []
    rest: list[str] = []
    waiting = list(reversed(arguments))
    while waiting:
        argument = waiting.pop()
        if argument == "--":
            return ahead, [*rest, argument, *reversed(waiting)]
        name, equals, _ = argument.partition("=")
        if name not in GLOBAL_OPTIONS:
            rest.append(argument)
            continue
        ahead.append(argument)
        if GLOBAL_OPTIONS[name] and not equals and waiting:
            ahead.append(waiting.pop())
    return ahead, rest


def asked_language(ahead: Sequence[str]) -> str:
    """The value of `--lang` among the options, `auto` where it is not given."""
    asked = "auto"
    for argument, following in zip(ahead, [*ahead[1:], ""], strict=False):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            asked = value if equals else following
    return asked


# -- help ----------------------------------------------------------------------------------------

GROUPS = ("Arguments", "Options", "Output", "Exit code", "Work")
_GROUP_OF = {
    **dict.fromkeys(
        ("form", "forms", "output", "outputs", "verbose", "quiet", "chart", "table", "draft", "show_waived"),
        "Output",
    ),
    **dict.fromkeys(("targets", "implied", "help"), "Output"),
    **dict.fromkeys(("strict", "exit_zero"), "Exit code"),
    **dict.fromkeys(("effort", "jobs", "cluster", "no_cache"), "Work"),
}
"""Parameters by their names in the functions of commands; others are of what is worked on."""


def group_of(parameter: object) -> str:
    """Under which heading of the help an argument or option stands."""
    if getattr(parameter, "param_type_name", "") == "argument":
        return "Arguments"
    return _GROUP_OF.get(getattr(parameter, "name", None) or "", "Options")


_HELP_WORDS = (
    *(text("Usage: "), text("Options:"), text("Arguments:"), text("Commands:"), text("[OPTIONS]")),
    *(text("COMMAND [ARGS]..."), text("[required]"), text("[default: ")),
    *(text("Output:"), text("Exit code:"), text("Work:"), text("Examples:")),
)
_HELP_LINES = (
    text("Show this message and exit."),
    text("Install completion for the current shell."),
    text("Show completion for the current shell, to copy it or customize the installation."),
)
EPILOG = text(
    "For every command: --lang zh|en, --plans DIR, --color auto|always|never, --force. Exit codes: 0 nothing "
    "grave found, 1 findings, 2 wrong usage."
)


def translate_tree(command: object, language: Language) -> None:
    """Translate the help of a command, its parameters and its subcommands, in place."""
    for each in (command, *getattr(command, "params", ())):
        words = getattr(each, "help", None)
        if words:
            each.help = text(words).say(language)
    command.language = language  # type: ignore[attr-defined]
    if hasattr(command, "commands"):
        command.epilog = EPILOG.say(language)  # type: ignore[attr-defined]
        for each in command.commands.values():
            translate_tree(each, language)


def translated_help(shown: str, language: Language) -> str:
    """The headings that the help itself writes. Chinese comes in whole lines, and is wrapped here."""
    for word in _HELP_WORDS:
        shown = shown.replace(word.template, word.say(language))
    shown = re.sub(r" <(?:list\[)?(?:str|path|Path)\]?>", "", shown)
    shown = re.sub(r"<list\[(.*?)\]>", r"<\1>", shown)
    for line in _HELP_LINES:
        spread = r"\s+".join(map(re.escape, line.template.split()))
        shown = re.sub(spread, line.say(language), shown)
    return shown if language == "en" else _wrapped_by_cells(shown)


MOST_COLUMNS, BESIDE, WHOLE_LINES = 80, 2, 10_000
_ENTRY = r"( *)(\S.*?)(?:( {2,})(\S.*))?"


def _wrapped_by_cells(shown: str) -> str:
    """The same in lines that are no wider than the terminal: Chinese characters take two cells."""
    from plantrack.formats.terminal import wrapped

    width = min(shutil.get_terminal_size().columns, MOST_COLUMNS) - BESIDE
    lines = []
    for line in shown.splitlines():
        entry = re.fullmatch(_ENTRY, line)
        if entry is None or (entry[4] is None and entry[2].startswith("-")):
            lines.append(line)
            continue
        indent, name, gap, told = entry.groups()
        column = len(indent) if told is None else len(indent + name + gap)
        before, words = (indent, name) if told is None else (indent + name + gap, told)
        first, *others = wrapped(words, width - column)
        lines += [before + first, *(" " * column + other for other in others)]
    return "\n".join(lines)


# -- usage errors --------------------------------------------------------------------------------


class UsageProblem(Protocol):
    """What a wrong command line raises."""

    def format_message(self) -> str: ...


_REST = "(?P<rest>.*)"
_ERRORS = (
    (r"No such option: (?P<what>\S+)" + _REST, text("no such option: {what}{rest}")),
    (r"No such command '(?P<what>[^']*)'\.?" + _REST, text("no such command: {what}{rest}")),
    (r"Missing argument '?(?P<what>[^'.]*)'?\.?" + _REST, text("an argument is missing: {what}{rest}")),
    (
        r"Missing (?:option|parameter) '?(?P<what>[^'.]*)'?\.?" + _REST,
        text("an option is missing: {what}{rest}"),
    ),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<what>.*)\)" + _REST, text("unexpected: {what}{rest}")),
    (
        r"Option '?(?P<what>[^' ]*)'? requires an argument\.?" + _REST,
        text("a value must follow {what}{rest}"),
    ),
    (
        r"Option '?(?P<what>[^' ]*)'? does not take a value\.?" + _REST,
        text("no value may follow {what}{rest}"),
    ),
    (r"Invalid value for (?P<what>.*?): " + _REST, text("{what}: this value is not allowed: {rest}")),
)
_RESTS = (
    (r" ?(?:Did you mean|\(Possible options:) (?P<guesses>.*?)[?)]", text("(did you mean {guesses}?)")),
    (r"(?P<found>.*) is not one of (?P<known>.*?)\.?", text("{found} is none of {known}")),
    (r"Input should be a valid number.*|.* is not a valid float\.?", text("write a number")),
    (r"Input should be greater than or equal to .*", text("write a greater number")),
    (r"Input should be a valid integer.*|.* is not a valid (?:int|integer)\.?", text("write a whole number")),
    (r"\w+ (?P<file>.*) is not readable\.?", text("{file} may not be read")),
)
"""What follows within those."""


def translated_error(error: UsageProblem, language: Language) -> str:
    """One sentence for a wrong command line."""
    message = error.format_message().strip().replace(": Value error, ", ": ")
    if language == "en":
        return message
    return _translated(message, _ERRORS, language)


def _translated(message: str, patterns: Iterable[tuple[str, Text]], language: Language) -> str:
    """What the first fitting pattern says; the message itself where none fits."""
    for pattern, said in patterns:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            parts = match.groupdict()
            if rest := parts.get("rest"):
                parts["rest"] = _translated(rest, _RESTS, language)
            return text(said.template, **parts).say(language)
    return message
