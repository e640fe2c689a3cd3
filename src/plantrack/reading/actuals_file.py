"""Actuals files: published values in YAML or as a table, every problem with its place.

The format is told in docs/actuals.md.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.errors import PlantrackError, reason_of
from plantrack.findings import Finding, Level, Position
from plantrack.language import listing, shortened, text
from plantrack.reading.actuals_entries import Plans, Reader
from plantrack.reading.actuals_layout import Entry, read_table
from plantrack.reading.actuals_units import is_unit
from plantrack.reading.delimited import MAX_BYTES, Table, encoding_of
from plantrack.reading.headings import Known
from plantrack.reading.problems import Problems, TooMany, problem
from plantrack.reading.sheets import read_workbook
from plantrack.reading.yaml_tree import MAX_CHARACTERS, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.plan.tree import Node, Spot
    from plantrack.reading.actuals_layout import Grid
    from plantrack.reading.problems import Problem

YAML_SUFFIXES = (".yaml", ".yml")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
OFFICE_SUFFIXES = (".xls", ".xlsb", ".et", ".ett", ".ods", ".doc", ".docx", ".wps", ".pdf")


class LoadedActuals(NamedTuple):
    """An actuals file as read: its values in the order of the file, and what is wrong with it.

    `actuals` are of whole years; `parts` are of months of a year, which nothing but the assessment within a year takes.
    """

    file: str
    actuals: tuple[Actual, ...]
    findings: tuple[Finding, ...]
    parts: tuple[Actual, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the values cannot be used."""
        return tuple(each for each in self.findings if each.level is Level.ERROR)

    def require(self) -> LoadedActuals:
        """The same, of a file without errors.

        Raises:
            PlantrackError: with the first error, and how many there are.
        """
        if self.errors:
            first = self.errors[0]
            raise PlantrackError(
                text(
                    "{place}: {said} (errors in this file: {number})",
                    place=str(first.position),
                    said=first.message,
                    number=len(self.errors),
                )
            )
        return self


def load_actuals(path: Path, plan: Plan, catalogue: Catalogue, *, until: int | None = None) -> LoadedActuals:
    """Read published values to hold against a plan. `findings` tell everything that is wrong.

    Args:
        path: a YAML file, a workbook (.xlsx), or a table saved as text (CSV).
        plan: the plan whose indicators are meant.
        catalogue: units, places and the indicators that plans share.
        until: the last year that is asked for, where it is beyond those of the plan.

    Raises:
        PlantrackError: where there is no such file, or it is of no such kind.
    """
    parts = _parts(path)
    is_mapping = path.suffix.lower() in YAML_SUFFIXES
    plans = Plans(plan.model, _years(plan, until), catalogue.of(plan.model))
    reader = Reader(path.as_posix(), plans, Problems())
    found: list[tuple[Problem, str]] = []
    for part in list(filter(_holds_text, parts)) or parts[:1]:
        reader.begin(part.name, Problems())
        _read_part(part, plan if is_mapping else None, reader)
        found += [(each, part.name) for each in reader.problems.in_order()]
    found += [(_odd_zero(each), each.position.sheet) for each in reader.take_out_odd_zeros()]
    values = reader.found.values()
    whole, months = (
        tuple(each for each in values if (each.months is None) == only) for only in (True, False)
    )
    return LoadedActuals(reader.file, whole, tuple(_findings(reader, found)), months)


def _odd_zero(actual: Actual) -> Problem:
    message = text(
        '"…" says less than half a unit, and the other numbers of this row are far from that: leave the cell empty '
        "where nothing was published"
    )
    return problem("invalid-value", (actual.position.line, actual.position.column), message)


def _holds_text(part: Grid) -> bool:
    return any(map(str.strip, part.lines()))


def _read_part(part: Grid, mapped: Plan | None, reader: Reader) -> None:
    """Read the entries of a table or worksheet, or of a mapping for a plan, as far as that tells anything."""
    problems = reader.problems
    try:
        if not _holds_text(part):
            message = text("the file is empty: write 指标,年份,数值 in its first line")
            problems.add(problem("empty-file", (1, 1), message))
        elif mapped is not None:
            entries, found = _read_mapping("".join(part.lines()), mapped)
            problems.note(found)
            reader.read(entries)
        else:
            known = Known(partial(is_unit, catalogue=reader.catalogue), reader.is_indicator)
            reader.read(read_table(part, known, problems))
    except TooMany:
        problems.stop()


def _findings(reader: Reader, found: Iterable[tuple[Problem, str]]) -> Iterator[Finding]:
    """The problems with their worksheets; one without headings is no error where others hold values."""
    for each, sheet in found:
        level = each.level or each.code.level
        if sheet and reader.found and each.code.name == "missing-key":
            level = Level.WARNING
        yield Finding(each.code, level, each.message, Position(reader.file, *each.spot, sheet))


def _years(plan: Plan, until: int | None) -> range:
    """The years that a plan speaks of, from the earliest to the latest."""
    model = plan.model
    times = [time for figure in plan.figures for time in figure.times]
    starts = [each.start // 12 for each in times if each.start is not None]
    ends = [(each.end - 1) // 12 for each in times if each.end is not None]
    return range(min([int(model.base), *starts]), max([int(model.target), until or 0, *ends]) + 1)


def _parts(path: Path) -> Sequence[Grid]:
    """The worksheets of a workbook, or the one table of a file that is text.

    Raises:
        PlantrackError: where it is no file, of a kind that is not read, or too large.
    """
    suffix = path.suffix.lower()
    most = MAX_CHARACTERS if suffix in YAML_SUFFIXES else MAX_BYTES
    try:
        _require_known(path, suffix)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        message = text("{file} cannot be read: {reason}", file=path, reason=reason_of(error))
        raise PlantrackError(message) from None
    if len(content) > most:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=most))
    if suffix in WORKBOOK_SUFFIXES:
        return read_workbook(path, content)
    encoding = encoding_of(content)
    if encoding is None:
        raise PlantrackError(text("{file} is no text in UTF-8 or GBK: save it as CSV UTF-8", file=path))
    return [Table(content, encoding)]


def _require_known(path: Path, suffix: str) -> None:
    """Refuse what is no file, or of a kind that is not read."""
    known = (*WORKBOOK_SUFFIXES[:1], *TABLE_SUFFIXES, *YAML_SUFFIXES)
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    if suffix in OFFICE_SUFFIXES:
        message = text(
            "{file}: {suffix} files are not read: save the table as .xlsx", file=path, suffix=suffix
        )
        raise PlantrackError(message)
    if suffix not in (*known, *WORKBOOK_SUFFIXES):
        raise PlantrackError(text("{file}: actuals are read from {known}", file=path, known=listing(*known)))


# -- YAML ----------------------------------------------------------------------------------------

_KEYS = ("plan", "source", "note", "actuals")


def _read_mapping(content: str, plan: Plan) -> tuple[list[Entry], list[Problem]]:
    """The entries of `actuals: {indicator: {year: numeral}}`."""
    tree, problems = read_tree(content)
    if tree is None or (problems and not isinstance(tree.value, dict)):
        return [], problems
    if not isinstance(tree.value, dict):
        return [], [*problems, problem("wrong-type", tree.spot, _FORM)]
    problems += _odd_keys(tree, plan)
    actuals = tree.value.get("actuals")
    if actuals is None:
        return [], [*problems, problem("missing-key", tree.spot, _FORM)]
    entries: list[Entry] = []
    for name, years in _pairs(actuals, problems):
        for year, value in _pairs(years, problems):
            if isinstance(value.value, str):
                spots = {"name": name.spot, "place": name.spot, "year": year.spot, "value": value.spot}
                entries.append(Entry(name.text, "", year.text, value.value.strip(), "", spots.__getitem__))
            else:
                problems.append(problem("wrong-type", value.spot, _FORM))
    return entries, problems


_FORM = text(
    "write `actuals:`, below it each indicator, and below that `year: value`, as in `premium: {{2023: 98.7亿元}}`"
)


def _odd_keys(tree: Node, plan: Plan) -> Iterator[Problem]:
    assert isinstance(tree.value, dict)
    for key in tree.value:
        if key not in _KEYS:
            yield problem(
                "unknown-key",
                tree.keys[key],
                text('unknown key "{key}"; known here: {known}', key=shortened(key), known=listing(*_KEYS)),
            )
    named = tree.value.get("plan")
    if named is not None and named.value != plan.id:
        yield problem(
            "invalid-value",
            named.spot,
            text(
                "these are actuals for {named}, not for {plan}",
                named=shortened(str(named.plain())),
                plan=plan.id,
            ),
        )


class _Key(NamedTuple):
    text: str
    spot: Spot


def _pairs(node: Node, problems: list[Problem]) -> Iterator[tuple[_Key, Node]]:
    if not isinstance(node.value, dict):
        problems.append(problem("wrong-type", node.spot, _FORM))
        return
    for key, value in node.value.items():
        yield _Key(key.strip(), node.keys[key]), value
