"""Laws that tie quantities, as lines of text: `depth = premium / gdp`, `loans >= green_loans`.

law        = expression ("=" | ">=") expression
expression = term {("+" | "-") term}
term       = factor {("*" | "/") factor}
factor     = number | indicator ["@" place] | "change" "(" indicator ["@" place] ")" | "(" expression ")"
           | "sum" "(" indicator "@" place ")"

`sum` is over the members of a place, `@members` over those of the place that the law is about.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOKENS = 100
"""A longer law is no law a person reads."""


class NotALaw(ValueError):
    """A line that is no law: the part not understood, and where it begins."""

    def __init__(self, part: str, at: int) -> None:
        super().__init__(part)
        self.at = at


class Member(NamedTuple):
    """An indicator in a law; `place` is as written, `parent` meaning the place's parent.

    What is `summed` is added up over the members of `place`, of `members` over those of the law's own place.
    """

    indicator: str
    place: str | None = None
    changed: bool = False
    summed: bool = False


class Operation(NamedTuple):
    """Two expressions joined by one of + - * /."""

    sign: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


Expression = Fraction | Member | Operation


class Law(NamedTuple):
    """An equation, or a left side that is at least the right side."""

    text: str
    left: Expression
    relation: Literal["=", ">="]
    right: Expression

    @property
    def members(self) -> tuple[Member, ...]:
        """The indicators it ties, each once, in the order of the text."""
        return tuple(dict.fromkeys([*members_of(self.left), *members_of(self.right)]))


def members_of(expression: Expression) -> Iterator[Member]:
    """The indicators of an expression, from left to right."""
    if isinstance(expression, Operation):
        yield from members_of(expression.left)
        yield from members_of(expression.right)
    elif isinstance(expression, Member):
        yield expression


@cache
def read_law(text: str) -> Law:
    """The law that a line of text writes.

    Raises:
        NotALaw: where it is not of the form above.
    """
    reader = _Reader(text)
    left = reader.expression()
    relation = reader.take("=", ">=")
    right = reader.expression()
    reader.finish()
    return Law(text, left, ">=" if relation == ">=" else "=", right)


@cache
def read_definition(indicator: str, text: str) -> Law:
    """The law of an indicator's `is:`.

    Raises:
        NotALaw: where `text` is no expression.
    """
    reader = _Reader(text)
    right = reader.expression()
    reader.finish()
    return Law(f"{indicator} = {text}", Member(indicator), "=", right)


_CHANGE, _SUM = "change", "sum"
PARENT, MEMBERS = "parent", "members"
"""What a law calls places by where it is applied."""
_TOKEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*|[㐀-鿿][^\s+\-*/()=>@]*|>=|[-+*/()=@])")


class _Reader:
    """The tokens of one line, taken from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self.spots: list[int] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None or len(self.tokens) >= MAX_TOKENS:
                raise NotALaw(text[at:].strip()[:40], at)
            self.tokens.append(match[1])
            self.spots.append(match.start(1))
            at = match.end()
        self.spots.append(len(text))
        self.tokens.reverse()

    def unexpected(self, token: str = "") -> NotALaw:
        """Of the token that was just taken, or of the one that comes next."""
        left = len(self.tokens) + (1 if token else 0)
        part = token or (self.tokens[-1] if self.tokens else "")
        return NotALaw(part, self.spots[len(self.spots) - 1 - left])

    def expression(self) -> Expression:
        left = self.term()
        while sign := self.maybe("+", "-"):
            left = Operation("+" if sign == "+" else "-", left, self.term())
        return left

    def term(self) -> Expression:
        left = self.factor()
        while sign := self.maybe("*", "/"):
            left = Operation("*" if sign == "*" else "/", left, self.factor())
        return left

    def factor(self) -> Expression:
        if self.maybe("("):
            inner = self.expression()
            self.take(")")
            return inner
        token = self.tokens.pop() if self.tokens else ""
        if token[:1].isdigit():
            return Fraction(token)
        if token == _CHANGE and self.maybe("("):
            member = self.member(self.tokens.pop() if self.tokens else "")
            self.take(")")
            return Member(member.indicator, member.place, changed=True)
        if token == _SUM and self.maybe("("):
            return self.summed()
        return self.member(token)

    def summed(self) -> Member:
        member = self.member(self.tokens.pop() if self.tokens else "")
        if member.place is None:
            raise self.unexpected()
        self.take(")")
        return Member(member.indicator, member.place, summed=True)

    def member(self, token: str) -> Member:
        if not token[:1].isalpha():
            raise self.unexpected(token)
        if not self.maybe("@"):
            return Member(token)
        place = self.tokens.pop() if self.tokens else ""
        if not place[:1].isalpha():
            raise self.unexpected(place)
        return Member(token, place)

    def maybe(self, *tokens: str) -> str | None:
        return self.tokens.pop() if self.tokens and self.tokens[-1] in tokens else None

    def take(self, *tokens: str) -> str:
        found = self.maybe(*tokens)
        if found is None:
            raise self.unexpected()
        return found

    def finish(self) -> None:
        if self.tokens:
            raise self.unexpected()
