"""What `draft` asks a person at a terminal: what the document does not tell. In pipes nobody is asked."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.cli.streams import flush_streams, tell
from plantrack.language import text, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.cli.session import Session
    from plantrack.documents import Document
    from plantrack.draft.drafting import Wish
    from plantrack.draft.period import Period
    from plantrack.language import Text

LONGEST_PLACE = 20


def is_answered() -> bool:
    """Whether a person can answer: input and output are a terminal, and no machine builds something."""
    ends = (sys.stdin, sys.stdout)
    return all(each is not None and each.isatty() for each in ends) and not os.environ.get("CI")


def completed(session: Session, document: Document, wish: Wish) -> Wish:
    """The wish with the years and the place that the document does not tell; as it is where nobody can answer."""
    from plantrack.draft.drafting import place_in, years_in

    if not is_answered():
        return wish
    found = years_in(document)
    if found is None or found.is_guessed:
        wish = _with_years(session, found, wish)
    if wish.place is None and place_in(document) is None:
        place = _ask(session, text("whose plan it is, for example 苏州市"), None, _is_place)
        wish = replace(wish, place=place)
    return wish


def _with_years(session: Session, guess: Period | None, wish: Wish) -> Wish:
    """The wish with the years that it leaves open, the target year first."""
    if wish.target is None:
        target = _ask_year(session, text("target year of the plan"), guess and guess.target)
        wish = replace(wish, target=target)
    if wish.base is None:
        asked = text("base year, before the target year")
        wish = replace(wish, base=_ask_year(session, asked, guess and guess.base, wish.target))
    return wish


def _ask_year(session: Session, what: Text, guess: int | None, before: int | None = None) -> int | None:
    def is_valid(said: str) -> bool:
        return _is_year(said) and (before is None or int(said) < before)

    answer = _ask(session, what, None if guess is None else str(guess), is_valid)
    return int(answer) if answer else None


def _ask(session: Session, what: Text, guess: str | None, is_valid: Callable[[str], bool]) -> str | None:
    """The first answer that is valid; the guess for none, and where there is nothing to read."""
    asked = text("{what}? (Enter: {guess})", what=what, guess=guess) if guess else text("{what}?", what=what)
    while True:
        tell(session.say(asked), err=True)
        flush_streams()
        try:
            answer = sys.stdin.readline().strip()
        except UnicodeDecodeError:
            answer = "\ufffd"
        if not answer or is_valid(answer):
            return answer or guess
        tell(session.say(text("{answer} is no answer to that", answer=answer)), err=True)


def _is_year(said: str) -> bool:
    return re.fullmatch(r"(?:19|20|21)[0-9]{2}", said) is not None


def _is_place(said: str) -> bool:
    return len(said) <= LONGEST_PLACE and visible(said) == said and re.search(r"[^\W\d_]", said) is not None
