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
from functools import lru_cache
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


@lru_cache(maxsize=5_000)
def read_law(text: str) -> Law:
    """The law that a line of text writes; `NotALaw` where it is not of the form above."""
    reader = _Reader(text)
    left = reader.expression()
    relation = reader.take("=", ">=")
    return Law(text, left, ">=" if relation == ">=" else "=", reader.last_expression())


@lru_cache(maxsize=5_000)
def read_definition(indicator: str, text: str) -> Law:
    """The law of an indicator's `is:`; `NotALaw` where `text` is no expression."""
    return Law(f"{indicator} = {text}", Member(indicator), "=", _Reader(text).last_expression())


_CHANGE, _SUM = "change", "sum"
PARENT, MEMBERS = "parent", "members"
"""What a law calls places by where it is applied."""
_TOKEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*|[㐀-鿿][^\s+\-*/()=>@]*|>=|[-+*/()=@])")
_END = ""


class _Reader:
    """The tokens of one line with their places, taken from left to right; the last is its end."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, int]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None or len(self.tokens) >= MAX_TOKENS:
                raise NotALaw(text[at:].strip()[:40], at)
            self.tokens.append((match[1], match.start(1)))
            at = match.end()
        self.tokens = [(_END, len(text)), *reversed(self.tokens)]

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
        token, _ = self.tokens[-1]
        if token[:1].isdigit():
            return Fraction(self.take(token))
        name = self.name()
        if name not in {_CHANGE, _SUM} or not self.maybe("("):
            return self.member(name)
        member = self.member(self.name())
        if name == _SUM and member.place is None:
            raise NotALaw(*self.tokens[-1])
        self.take(")")
        return member._replace(changed=name == _CHANGE, summed=name == _SUM)

    def member(self, name: str) -> Member:
        return Member(name, self.name() if self.maybe("@") else None)

    def name(self) -> str:
        token, at = self.tokens[-1]
        if not token[:1].isalpha():
            raise NotALaw(token, at)
        return self.take(token)

    def maybe(self, *tokens: str) -> str | None:
        return self.tokens.pop()[0] if self.tokens[-1][0] in tokens else None

    def take(self, *tokens: str) -> str:
        token, at = self.tokens[-1]
        if token not in tokens:
            raise NotALaw(token, at)
        self.tokens.pop()
        return token

    def last_expression(self) -> Expression:
        found = self.expression()
        self.take(_END)
        return found
