"""Actuals files: published values in YAML or as a table, every problem with its place.

The format is told in docs/actuals.md.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.actuals import Actual
from plantrack.catalogue import nearest
from plantrack.errors import PlantrackError, reason_of
from plantrack.findings import Finding, Position
from plantrack.language import listing, shortened, text
from plantrack.loading.actuals_table import Entry, read_table, read_year
from plantrack.loading.actuals_units import ACTUALS_ROW, is_unit, joined, unit_of_table
from plantrack.loading.delimited import Cell, decoded
from plantrack.loading.problems import Problem, problem
from plantrack.loading.tree import MAX_CHARACTERS, Node, read_tree
from plantrack.measures import Measure, Misunderstood, Subject, comes_whole, misplaced_mark, read_value
from plantrack.numeral import read_numeral
from plantrack.times import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from plantrack.catalogue import Catalogue
    from plantrack.language import Text
    from plantrack.loading.plans import LoadedPlan
    from plantrack.numeral import Numeral
    from plantrack.plan import Indicator

YAML_SUFFIXES = (".yaml", ".yml")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
_SIGNS = ("-", "--", "—", "——", "–", "…", "……", "...", "/", "\\", "n/a", "na", "nan", "null", "none", "#n/a")
_WORDS = ("无", "缺", "暂无", "未公布", "未统计", "不详")
MISSING = frozenset(Cell(each, 0, 0).key for each in (*_SIGNS, *_WORDS))
"""What stands where no value was published: missing, never zero."""
_NO_UNIT = MISSING | {""}
MAX_GUESSES = 3


class LoadedActuals(NamedTuple):
    """An actuals file as read: its values in the order of the file, and what is wrong with it."""

    file: str
    actuals: tuple[Actual, ...]
    findings: tuple[Finding, ...]


def load_actuals(path: Path, loaded: LoadedPlan, catalogue: Catalogue) -> LoadedActuals:
    """Read published values to hold against a plan. `findings` tell everything that is wrong.

    Args:
        path: a YAML file, or a table saved as text (CSV).
        loaded: the plan whose indicators are meant.
        catalogue: units, places and the indicators that plans share.

    Raises:
        PlantrackError: where there is no such file, or it is of no such kind.
    """
    content = _read(path)
    if not content.strip():
        problems = [
            problem("empty-file", (1, 1), text("the file is empty: write 指标,年份,数值 in its first line"))
        ]
        entries: list[Entry] = []
    elif path.suffix.lower() in YAML_SUFFIXES:
        entries, problems = _read_mapping(content, loaded)
    else:
        entries, problems = read_table(content, partial(is_unit, catalogue=catalogue))
    reader = _Reader(path.as_posix(), loaded, catalogue)
    actuals = reader.actuals(entries)
    problems = sorted([*problems, *reader.problems], key=lambda each: each.spot)
    file = path.as_posix()
    findings = tuple(
        Finding(each.code, each.code.level, each.message, Position(file, *each.spot)) for each in problems
    )
    return LoadedActuals(file, tuple(actuals), findings)


def _read(path: Path) -> str:
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    known = (*YAML_SUFFIXES, *TABLE_SUFFIXES)
    if path.suffix.lower() not in known:
        raise PlantrackError(
            text(
                "{file}: actuals are read from {known}; in a spreadsheet choose “Save as” and CSV",
                file=path,
                known=listing(*known),
            )
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlantrackError(text("the file cannot be read: {reason}", reason=reason_of(error))) from None
    if len(content) > MAX_CHARACTERS:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=MAX_CHARACTERS))
    decoded_text = decoded(content)
    if decoded_text is None:
        raise PlantrackError(text("{file} is no text in UTF-8 or GBK: save it as CSV UTF-8", file=path))
    return decoded_text


# -- YAML ----------------------------------------------------------------------------------------

_KEYS = ("plan", "source", "note", "actuals")


def _read_mapping(content: str, loaded: LoadedPlan) -> tuple[list[Entry], list[Problem]]:
    """The entries of `actuals: {indicator: {year: numeral}}`."""
    tree, problems = read_tree(content)
    if tree is None or (problems and not isinstance(tree.value, dict)):
        return [], problems
    if not isinstance(tree.value, dict):
        return [], [*problems, problem("wrong-type", tree.spot, _FORM)]
    problems += _odd_keys(tree, loaded)
    actuals = tree.value.get("actuals")
    if actuals is None:
        return [], [*problems, problem("missing-key", tree.spot, _FORM)]
    entries: list[Entry] = []
    for name, years in _pairs(actuals, problems):
        for year, value in _pairs(years, problems):
            if isinstance(value.value, str):
                entries.append(Entry(name, None, year, Cell(value.value.strip(), *value.spot), None))
            else:
                problems.append(problem("wrong-type", value.spot, _FORM))
    return entries, problems


_FORM = text(
    "write `actuals:`, below it each indicator, and below that `year: value`, as in `premium: {{2023: 98.7亿元}}`"
)


def _odd_keys(tree: Node, loaded: LoadedPlan) -> Iterator[Problem]:
    assert isinstance(tree.value, dict)
    for key in tree.value:
        if key not in _KEYS:
            yield problem(
                "unknown-key",
                tree.keys[key],
                text('unknown key "{key}"; known here: {known}', key=shortened(key), known=listing(*_KEYS)),
            )
    named = tree.value.get("plan")
    plan = loaded.plan.plan if loaded.plan is not None else ""
    if named is not None and named.value != plan:
        yield problem(
            "invalid-value",
            named.spot,
            text(
                "these are actuals for {named}, not for {plan}",
                named=shortened(str(named.plain())),
                plan=plan,
            ),
        )


def _pairs(node: Node, problems: list[Problem]) -> Iterator[tuple[Cell, Node]]:
    if not isinstance(node.value, dict):
        problems.append(problem("wrong-type", node.spot, _FORM))
        return
    for key, value in node.value.items():
        yield Cell(key.strip(), *node.keys[key]), value


# -- from entries to actuals ---------------------------------------------------------------------

_INSIDE = re.compile(r"\(([^()]*)\)$")


class _Reader:
    """Turns entries into actuals, collecting what is wrong."""

    def __init__(self, file: str, loaded: LoadedPlan, catalogue: Catalogue) -> None:
        assert loaded.plan is not None
        self.file, self.plan, self.catalogue = file, loaded.plan, catalogue
        self.problems: list[Problem] = []
        self.indicators: dict[str, Indicator] = {**catalogue.indicators, **loaded.plan.own}
        self.names = _names(self.indicators.items())
        self.places = {
            Cell(name, 0, 0).key: key
            for key, place in catalogue.places.items()
            for name in (key, place.zh, place.en)
        }
        self.told: set[str] = set()

    def actuals(self, entries: Iterable[Entry]) -> list[Actual]:
        found: dict[tuple[str, str, int], Actual] = {}
        for entry in entries:
            actual = self.actual(entry)
            if actual is None:
                continue
            first = found.setdefault((actual.indicator, actual.place, actual.year), actual)
            if first is not actual:
                self.report(
                    "duplicate-key",
                    entry.value,
                    text(
                        "{name} {year} is given twice (first at {first}): keep one",
                        name=self.indicators[actual.indicator].name,
                        year=actual.year,
                        first=f"{first.position.line}:{first.position.column}",
                    ),
                )
        return list(found.values())

    def actual(self, entry: Entry) -> Actual | None:
        """The value an entry gives; `None` where it gives none, or what it gives is not understood."""
        if not entry.value.text or entry.value.key in MISSING:
            return None
        found = self.indicator(entry)
        place, year = self.place(entry), self.year(entry)
        if found is None or place is None or year is None:
            return None
        indicator, inside = found
        measure = self.measure(entry, indicator, inside)
        if measure is None:
            return None
        return Actual(
            indicator, place, year, measure, Position(self.file, entry.value.row, entry.value.column)
        )

    def report(self, name: str, cell: Cell, message: Text) -> None:
        self.problems.append(problem(name, (cell.row, cell.column), message))

    def indicator(self, entry: Entry) -> tuple[str, str] | None:
        """The indicator that is named, and the unit in brackets behind its name."""
        written = entry.name.key.partition("@")[0]
        inside = _INSIDE.search(written)
        for name, unit in (
            (written, ""),
            (written[: inside.start()] if inside else "", inside[1] if inside else ""),
        ):
            if name in self.names:
                return self.names[name], unit
        if written not in self.told:
            self.told.add(written)
            guesses = [self.named(each) for each in self.guesses(written)]
            self.report("unknown-indicator", entry.name, _unknown(entry.name.text, guesses))
        return None

    def subject(self, name: str) -> Subject:
        indicator = self.indicators[name]
        return Subject(indicator, comes_whole(name, indicator, self.plan, self.catalogue))

    def guesses(self, written: str) -> list[str]:
        """Indicators whose name looks like what is written or contains it, the plan's own first."""
        alike = [self.names[each] for each in nearest(written, self.names)]
        longer = [found for name, found in self.names.items() if written in name]
        found = dict.fromkeys([*alike, *longer])
        return sorted(found, key=lambda each: each not in self.plan.figures)[:MAX_GUESSES]

    def named(self, indicator: str) -> str:
        known = self.indicators[indicator]
        return f"{known.zh} ({indicator})"

    def place(self, entry: Entry) -> str | None:
        cell = entry.place
        written = entry.name.key.partition("@")[2] or (cell.key if cell is not None else "")
        if not written:
            return self.plan.place.id
        if written not in self.places:
            message = text(
                'the place "{place}" is not in the catalogue; there are: {known}',
                place=shortened(written),
                known=listing(*self.catalogue.places),
            )
            self.report("unknown-place", cell if cell is not None and cell.text else entry.name, message)
        return self.places.get(written)

    def year(self, entry: Entry) -> int | None:
        year = read_year(entry.year.text)
        if year is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
            message = text('"{found}" is no year: write 2023 or 2023年', found=shortened(entry.year.text))
            if entry.year.text not in self.told:
                self.told.add(entry.year.text)
                self.report("invalid-time", entry.year, message)
            return None
        return int(year)

    def measure(self, entry: Entry, indicator: str, inside: str) -> Measure | None:
        subject = self.subject(indicator)
        own = inside if entry.unit is None or entry.unit.key in _NO_UNIT else entry.unit.text
        try:
            numeral = _number(entry.value.text)
            if not (numeral.unit or own) and entry.units is None:
                return None  # what the table says of its unit is not understood, and has been told
            written = entry.value.text
            if not numeral.unit and (unit := own or unit_of_table(entry, subject, self.catalogue)):
                written = joined(numeral, unit)
            (said,) = read_value("level", written, ACTUALS_ROW, subject, self.catalogue)
        except Misunderstood as error:
            self.report(error.name, entry.value, error.message)
            return None
        return said if isinstance(said, Measure) else None


def _names(indicators: Iterable[tuple[str, Indicator]]) -> dict[str, str]:
    """Id and both names of every indicator, as they are compared; the plan's own come last and win."""
    return {
        Cell(name, 0, 0).key: key
        for key, indicator in indicators
        for name in (key, indicator.zh, indicator.en)
    }


_SCIENTIFIC = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")


def _number(written: str) -> Numeral:
    if _SCIENTIFIC.fullmatch(written):
        message = text(
            '"{value}" was written by a spreadsheet and has lost digits: format the cell as a number and save again',
            value=written,
        )
        raise Misunderstood("invalid-numeral", message)
    try:
        return read_numeral(written)
    except ValueError:
        message = misplaced_mark(written) or text(
            '"{value}" is no number: write it as 98.7, 1,234.5 or 0.94%, and leave the cell empty where there is none',
            value=shortened(written),
        )
        raise Misunderstood("invalid-numeral", message) from None


def _unknown(name: str, guesses: list[str]) -> Text:
    if guesses:
        return text(
            'no indicator "{name}"; did you mean {guesses}?', name=shortened(name), guesses=listing(*guesses)
        )
    return text(
        'no indicator "{name}" in the plan or the catalogue; `plantrack show` lists ids and names',
        name=shortened(name),
    )
