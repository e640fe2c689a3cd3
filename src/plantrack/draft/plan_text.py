"""A plan file as text, made of statements: in the document's order, one line a row, doubts beside their rows."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import count, groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.draft.in_step import other_in_step
from plantrack.draft.names import better_of, kind_of
from plantrack.draft.sections import sections_of, title_of
from plantrack.draft.statements import COMPARISON
from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import FALL_NAMED, FALLING, PERCENT, PIECE, POINTS, SCALES, SHARES
from plantrack.plan.measures import Misunderstood
from plantrack.plan.places import short_name
from plantrack.reading.actuals_units import joined
from plantrack.reading.characters import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from plantrack.documents import Document
    from plantrack.draft.names import Known
    from plantrack.draft.period import Period
    from plantrack.draft.statements import Statement
    from plantrack.draft.unused import Unused
    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue

LEFT_OVER = "# 未能写入的数字 · not placed: line: indicator, number: reason"
NOT_UNDERSTOOD = "# 未识别的数字 · numbers that nothing was made of: line: words"
_PLAIN = re.compile(r"[\w][\w.%/+—]*")
COUNTRY = "china"  # 全国
LONGEST_ID = 50


class Measured(NamedTuple):
    """An indicator of the plan: its id, name and unit, and its line under `own:` where the catalogue has none."""

    id: str
    zh: str
    unit: str
    own: str


@dataclass(frozen=True)
class PlanText:
    """The text of a plan file, and the statements that each of its lines holds, counted from 1."""

    name: str
    content: str
    by_line: dict[int, list[Statement]]

    def with_left(self, left: Sequence[tuple[Statement, Text]], unused: Sequence[Unused]) -> str:
        """The text with what could not be placed, and what was not understood, at the end as comments."""
        said = [f"# {each.line}: {each.name} {each.printed}: {why.say('zh')}" for each, why in left]
        others = [f"# {each.line}: {each.words}" for each in unused]
        lines = [LEFT_OVER] * bool(said) + said + [NOT_UNDERSTOOD] * bool(others) + others
        if not lines:
            return self.content
        return "\n".join([self.content, *(cleaned(re.sub(r"\s+", " ", each)).text for each in lines), ""])


class About(NamedTuple):
    """What a plan file says of its document: the plan's id, its place and its years.

    `headings` are the sections of lines, where the document's own headings do not tell them.
    """

    name: str
    place: str
    period: Period
    title: str | None = None
    headings: Mapping[int, str] = MappingProxyType({})
    sections: Mapping[str, str] = MappingProxyType({})
    """Headings that have a key already."""
    shows_ids: bool = True
    """Whether anybody sees the ids of indicators, which are made of their sounds then."""


def write_plan(document: Document, statements: Sequence[Statement], about: About, known: Known) -> PlanText:
    """The plan file of some statements of a document."""
    sections = {**sections_of(document, statements), **about.headings}
    sections = {each.line: sections[each.line] for each in statements}
    keys = _keys(dict.fromkeys(sections.values()), about.sections)
    made = identifier if about.shows_ids else numbered
    indicators = _indicators(statements, known, made)
    guess = "  # 请确认：由正文推断 · guessed from the text" if about.period.is_guessed else ""
    lines = [
        f"plan: {about.name}",
        f"title: {{zh: {quoted(about.title or title_of(document))}}}",
        _place(about.place, known.catalogue, made),
        f"base: {about.period.base}{guess}",
        f"target: {about.period.target}{guess}",
        "",
        "sections:",
        *(f"  {quoted(key)}: {quoted(heading)}" for heading, key in keys.items()),
        "",
    ]
    by_line: dict[int, list[Statement]] = {}
    own: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in statements:
        own[indicators[each.name].own].append(each)
    own.pop("", None)
    if own:
        lines.append("own:")
        for line, some in own.items():
            lines.append(line)
            by_line[len(lines)] = some
        lines.append("")
    lines.append("figures:")
    rows: defaultdict[str, list[list[Statement]]] = defaultdict(list)
    for _, group in groupby(statements, key=lambda each: (each.row, indicators[each.name].id)):
        some = list(group)
        rows[indicators[some[0].name].id] += list(_apart(some))
    for indicator, groups in rows.items():
        lines.append(f"  {indicator}:")
        for some in groups:
            measured = indicators[some[0].name]
            section = keys[sections[some[0].line]]
            is_compared = some[0].kind == COMPARISON
            row = (
                _comparison(some[0], section, indicator, known)
                if is_compared
                else _row(some, section, measured)
            )
            lines.append(f"  - {row}")
            by_line[len(lines)] = some
    return PlanText(about.name, "\n".join([*lines, ""]), by_line)


def _keys(headings: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """A key for each heading: the one it has, else the next number that is free."""
    free = (key for number in count(1) if (key := str(number)) not in known.values())
    return {heading: known.get(heading) or next(free) for heading in headings}


def _place(zh: str, catalogue: Catalogue, made: Callable[[str, set[str]], str]) -> str:
    """The plan's own place: one of the catalogue with its id and code."""
    places = catalogue.places
    exact = [name for name, each in places.items() if each.zh == zh]
    known = exact or [name for name, each in places.items() if short_name(each.zh) == zh]
    if len(known) != 1:
        return f"place: {{id: {made(zh, set())}, zh: {quoted(zh)}}}"
    (name,), place = known, places[known[0]]
    code = f", code: {json.dumps(place.code)}" if place.code else ""
    return f"place: {{id: {name}, zh: {quoted(place.zh)}, en: {quoted(place.en or place.zh)}{code}}}"


def _apart(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Rows in which no kind has one time twice; what is written otherwise than printed has a row of its own."""
    row: list[Statement] = []
    for each in (each for each in statements if not each.meant):
        is_apart = COMPARISON in {each.kind, *(other.kind for other in row)}
        if row and (is_apart or any((other.kind, other.time) == (each.kind, each.time) for other in row)):
            yield row
            row = []
        row.append(each)
    yield from ([row] if row else [])
    yield from ([each] for each in statements if each.meant)


def _row(statements: Sequence[Statement], section: str, measured: Measured) -> str:
    """One row: `{in: 1, level: {2020: 76.9亿元}}`; of a table with its place and its name there."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for each in statements:
        kinds[each.kind].append(f"{each.time}: {quoted(numeral(each, measured.unit))}")
    parts = [f"in: {quoted(section)}", *(f"{kind}: {{{', '.join(said)}}}" for kind, said in kinds.items())]
    if any(each.binding for each in statements):
        parts.append("binding: true")
    if (item := statements[0].item) is not None:
        name = statements[0].name
        parts += [f"item: {item}", *[f"named: {quoted(name)}"] * (name != measured.zh)]
    parts += [f"printed: {quoted(''.join(each.printed.split()))}" for each in statements if each.meant]
    doubts = dict.fromkeys(each.doubt.say("zh") for each in statements if each.doubt is not None)
    if doubts:
        parts.append(f"confirm: {quoted('；'.join(doubts))}")
    return f"{{{', '.join(parts)}}}"


def is_written(statement: Statement, known: Known) -> bool:
    """Whether a plan file can tell it: of comparisons those with the whole country, more or less, and in step."""
    return statement.kind != COMPARISON or _compared(statement, "", known) is not None


def _comparison(statement: Statement, section: str, indicator: str, known: Known) -> str:
    """The row of a comparison: `{in: 1, growth: {2020->2025: {above: gdp@china, by: 0.3个百分点}}, printed: …}`."""
    kind, other = "growth" if "->" in str(statement.time) else "level", _compared(statement, indicator, known)
    told = f"{kind}: {{{statement.time}: {{{other}}}}}"
    printed = quoted("".join(statement.printed.split()))
    more = ", binding: true" * bool(statement.binding)
    more += f", confirm: {quoted(statement.doubt.say('zh'))}" if statement.doubt is not None else ""
    return f"{{in: {quoted(section)}, {told}, printed: {printed}{more}}}"


def _compared(statement: Statement, indicator: str, known: Known) -> str | None:
    """The other side as a plan file writes it; `None` where it cannot."""
    if (other := other_in_step(statement.printed, known)) is not None:
        return f"in_step: {other}"
    if (found := words.WITH_COUNTRY.match(statement.printed)) is None:
        return None
    by = quoted("".join(found["by"].split()))
    return f"{'above' if found['more'] else 'below'}: {indicator}@{COUNTRY}, by: {by}"


def numeral(statement: Statement, unit: str) -> str:
    """The numeral as a plan file writes it: without blanks and what a cell says besides, with a minus for a dash.

    A bare number has the unit of its column, or of the last of its list, behind it where the indicator has another.
    """
    printed = _GAPS.sub(_without_gap, statement.meant or statement.printed)
    if statement.in_table:
        printed = _of_cell(printed, statement)
    elif not printed[-1:].isdigit():
        return printed
    stands_apart = statement.unit not in {"", unit, *POINTS} and statement.kind in {"level", "change"}
    return _with_unit(printed, statement.unit) if stands_apart else printed


def _of_cell(printed: str, statement: Statement) -> str:
    """What a cell prints, with a minus for a dash, and with the verb that the row's name tells."""
    printed = re.sub(r"^—(?=[0-9])", "-", words.BESIDE.sub("", printed))
    verb = _fall_named(statement.name) if statement.kind == "total_growth" else ""
    return printed if words.HAS_SIGN.match(printed) else verb + printed


def _with_unit(printed: str, unit: str) -> str:
    """A number in the unit that stands apart from it: 350公顷以上.

    One with a scale of its own is in another: 1.2亿 in a column of 万元 is no number that can be read.
    """
    try:
        numeral = read_numeral(printed)
        return printed if numeral.unit else joined(numeral, unit)
    except (ValueError, Misunderstood):
        return f"{printed}?{unit}"


_GAPS = re.compile(r"(?P<one>(?<=[0-9]) (?=[0-9]))|(?P<parting>(?<=[0-9.])\s+(?=[0-9.]))|\s+")


def _without_gap(gap: re.Match[str]) -> str:
    """Nothing for blanks, but for those between digits, which may part two numbers: 38 and 45 are not 3845."""
    return gap["one"] or ("  " if gap["parting"] else "")


def _fall_named(name: str) -> str:
    """The verb of a fall with which a name ends: 降低 of 单位GDP能耗降低."""
    found = re.search(FALL_NAMED, name)
    return found["verb"] if found and found["verb"] in FALLING else ""


def _indicators(
    statements: Sequence[Statement], known: Known, make_id: Callable[[str, set[str]], str]
) -> dict[str, Measured]:
    """Each name that statements use -> its indicator; an own one where the catalogue has none that fits."""
    found: dict[str, Measured] = {}
    taken = set(known.catalogue.indicators)
    for each in statements:
        if each.name in found:
            continue
        listed = known.find(each.name)
        if listed is not None:
            indicator = known.catalogue.indicators[listed]
            found[each.name] = Measured(listed, indicator.zh, indicator.unit, "")
        else:
            unit = _unit_of(each.name, statements, known.catalogue)
            found[each.name] = _own_indicator(each, unit, make_id(each.name, taken))
    return found


def _own_indicator(first: Statement, unit: str, name: str) -> Measured:
    """An indicator of the plan's own, by the first statement that names it."""
    kind = kind_of(first.name, unit)
    tells = {"total_growth": FALL_NAMED, "growth": words.RATE_NAMED.pattern}.get(first.kind)
    zh = re.sub(tells, "", first.name) if tells else first.name
    entry = f"zh: {quoted(zh)}, unit: {quoted(unit)}, kind: {kind}"
    if words.MAY_BE_NEGATIVE.search(first.name):
        entry += ", domain: any"
    if better := better_of(first.name):
        entry += f", better: {better}"
    return Measured(name, zh, unit, f"  {name}: {{{entry}}}")


def _unit_of(name: str, statements: Sequence[Statement], catalogue: Catalogue) -> str:
    """The unit of the levels and changes of an indicator: the first that is known, else the first."""
    levels = [each for each in statements if each.name == name and each.kind in {"level", "change"}]
    units = [each.unit for each in levels if each.unit and each.unit not in POINTS]
    unit = next((each for each in units if each in catalogue.units), next(iter(units), None))
    if unit is None:
        unit = PERCENT if any(each.unit in SHARES for each in levels) else ""
    return unit + PIECE if unit in SCALES else unit


def numbered(_: str, taken: set[str]) -> str:
    """An id that nobody sees, unlike those taken."""
    made = f"own_{len(taken)}"
    taken.add(made)
    return made


def identifier(name: str, taken: set[str]) -> str:
    """An id made of a name's sounds, unlike those taken.

    Raises:
        PlantrackError: where the library for that is missing.
    """
    try:
        from pypinyin import lazy_pinyin  # noqa: PLC0415 - an extra
    except ImportError:
        raise PlantrackError(
            text('to make ids of Chinese names, install what it takes: pip install "plantrack[draft]"')
        ) from None
    sounds = "_".join(lazy_pinyin(re.sub(r"[^\w]", "", name)))
    stem = re.sub(r"[^a-z0-9_]+", "", sounds.lower()).strip("_")[:LONGEST_ID].strip("_") or "it"
    stem = stem if stem[0].isalpha() else f"n_{stem}"
    made, number = stem, 2
    while made in taken:
        made, number = f"{stem}_{number}", number + 1
    taken.add(made)
    return made


def quoted(said: str) -> str:
    """A text as YAML reads it back, without characters that nobody sees."""
    said = cleaned(said).text
    is_plain = _PLAIN.fullmatch(said) is not None and not re.fullmatch(
        r"[-—~].*|null|true|false|yes|no", said, re.IGNORECASE
    )
    return said if is_plain and said == said.strip() else json.dumps(said, ensure_ascii=False)
