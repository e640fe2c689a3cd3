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
    found, base, target, place = years_in(document), wish.base, wish.target, wish.place
    is_sure = found is not None and not found.is_guessed
    if target is None and not is_sure:
        answer = _ask(session, text("target year of the plan"), found and str(found.target), _is_year)
        target = int(answer) if answer else None
    if base is None and not is_sure:

        def is_before(said: str) -> bool:
            return _is_year(said) and (target is None or int(said) < target)

        answer = _ask(
            session, text("base year, before the target year"), found and str(found.base), is_before
        )
        base = int(answer) if answer else None
    if place is None and place_in(document) is None:
        place = _ask(session, text("whose plan it is, for example 苏州市"), None, _is_place)
    return replace(wish, base=base, target=target, place=place)


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
