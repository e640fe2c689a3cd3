"""The explanation pages of codes: what each means, an example with numbers, how to settle it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from plantrack import __version__
from plantrack.errors import PlantrackError
from plantrack.findings import CODES, Code, code_named
from plantrack.language import Language, listing, text
from plantrack.plan.catalogue import nearest
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def find_code(name: str) -> Code:
    """The code of that number or name; where there is none, an error names the nearest."""
    if found := code_named(name):
        return found
    known = [*(code.code for code in CODES.values()), *CODES]
    guesses = nearest(name.upper(), known) or nearest(name.lower(), known) or ("PT003", "PT301")
    raise PlantrackError(
        text(
            'no code "{name}"; did you mean {guesses}? `plantrack explain` lists all',
            name=name,
            guesses=listing(*guesses),
        )
    )


def page_lines(code: Code, language: Language) -> Iterator[str]:
    """The page, line by line, headed by code, name, level and title; examples are indented."""
    yield f"{code.code} {code.name} ({LEVELS[code.level].say(language)}): {code.title.say(language)}"
    yield ""
    inside = False
    for line in page_text(code, language).splitlines():
        if line.startswith("```"):
            inside = not inside
        else:
            yield f"    {line}" if inside else line


def codes_document(codes: Iterable[Code]) -> dict[str, object]:
    """`explain -f json`: codes with their titles and pages in both languages; a page is Markdown."""
    languages: tuple[Language, ...] = ("zh", "en")
    found = [
        {
            "code": code.code,
            "name": code.name,
            "level": code.level.value,
            "title": {language: code.title.say(language) for language in languages},
            "page": {language: page_text(code, language) for language in languages},
        }
        for code in codes
    ]
    return {"plantrack": __version__, "codes": found}


def page_text(code: Code, language: Language) -> str:
    page = files("plantrack") / "pages" / language / f"{code.code}.md"
    return page.read_text(encoding="utf-8")
