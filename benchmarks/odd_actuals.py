"""Odd actuals files by number, the same number the same file: whether each is read or told what it lacks.

Run: python benchmarks/odd_actuals.py [N] [--first NUMBER] [--show NUMBER]
Sound tables are damaged as people and programs damage them: cells and columns moved, emptied and
merged, headings lost, quotation marks left open, bytes cut and mixed. No file may end in a traceback,
take longer than a few seconds, or lose a number in silence: one that stands in a row and a column that
a reading of its own, below, knows is among the values, or named in a finding; and where there are no
errors, every number in a cell of its own is among the values, but for remarks. Of tables of months that
are left whole, each number is of the indicator and the months that it was made for. One file in four of
those with a separator is a workbook.
"""

import argparse
import contextlib
import csv
import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.findings import Finding
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import LoadedActuals, load_actuals
from plantrack.track import Assessment, track_plan

MOST_SECONDS, MOST_MEGABYTES = 5, 500
WHOLE_EVERY = 40
"""One in so many files goes through the command line as a whole."""
CATALOGUE = load_catalogue()
PLAN = read_plan_file(find_plan("zhaoqing"), CATALOGUE).require()
INDICATORS = {**CATALOGUE.indicators, **PLAN.model.own}
NAMES = {name: key for key, each in INDICATORS.items() for name in (key, each.zh)}
YEARS = tuple(map(str, range(2018, 2027)))
HEADINGS = ("指标", "indicator", "项目")
VALUES = ("数值", "value", "实际值")
YEAR_HEADINGS = ("年份", "year")
Grid = list[list[str]]
Times = dict[str, tuple[str, int, tuple[int, int] | None]]
"""Number -> the indicator, the year and the months that it was made for."""
MONTHS = {
    (1, 9): ("1—9月", "1-9月累计", "前三季度", "9月累计", "一至九月"),
    (1, 6): ("上半年", "1—6月", "前6个月", "1-6月累计"),
    (1, 3): ("一季度", "1-3月", "第一季度", "Q1"),
    (4, 6): ("二季度", "Q2"),
    (5, 5): ("5月", "5月份"),
    None: ("全年", "", "1—12月"),
}


class File(NamedTuple):
    """A file to be read, and the separator of its cells; none of YAML."""

    content: bytes
    suffix: str
    separator: str
    times: Times = {}  # noqa: RUF012 - none is changed


# -- sound tables --------------------------------------------------------------------------------


def numbers(dice: random.Random) -> Iterator[str]:
    """Numbers no two of which are the same, and none a year."""
    taken = set()
    while True:
        number = dice.randrange(3000, 9_999_999)
        if number not in taken:
            taken.add(number)
            yield f"{number // 100}.{number % 100:02}"


def value_of(name: str, number: str) -> str:
    unit = CATALOGUE.units.get(INDICATORS[name].unit)
    return number.replace(".", "") if unit is not None and unit.whole else number


def long_table(dice: random.Random) -> Grid:
    number = numbers(dice)
    grid = [[dice.choice(HEADINGS), dice.choice(YEAR_HEADINGS), dice.choice(VALUES), "单位", "备注"]]
    for name in dice.sample(list(INDICATORS), dice.randint(1, 12)):
        for year in dice.sample(YEARS, dice.randint(1, 4)):
            said = dice.choice((name, INDICATORS[name].zh))
            unit = dice.choice((INDICATORS[name].unit, ""))
            grid.append(
                [
                    said,
                    year,
                    value_of(name, next(number)),
                    unit,
                    dice.choice(("", "", "快报", "初步数, 待核")),
                ]
            )
    return grid


def wide_table(dice: random.Random) -> Grid:
    number = numbers(dice)
    years = sorted(dice.sample(YEARS, dice.randint(1, 6)))
    grid = [[dice.choice(HEADINGS), "单位", *(dice.choice((each, f"{each}年")) for each in years)]]
    for name in dice.sample(list(INDICATORS), dice.randint(1, 15)):
        values = [dice.choice((value_of(name, next(number)),) * 5 + ("", "—")) for _ in years]
        grid.append([INDICATORS[name].zh, dice.choice((INDICATORS[name].unit, "")), *values])
    return grid


def months_of(name: str, months: tuple[int, int] | None) -> tuple[int, int] | None:
    """A stock's months are the end of the last."""
    is_stock = months is not None and INDICATORS[name].kind == "stock"
    return (months[1], months[1]) if is_stock and months is not None else months


def month_table(dice: random.Random) -> tuple[Grid, Times]:
    """Months across or down, their year beside them, above them or in a title, as bulletins have them."""
    number, times = numbers(dice), Times()
    names = dice.sample(
        [each for each in INDICATORS if INDICATORS[each].kind != "index"], dice.randint(1, 12)
    )
    asked = dice.sample(list(MONTHS), dice.randint(1, 3))
    year, form = dice.randint(2020, 2024), dice.choice(("heading", "row above", "title", "long", "columns"))

    def value(name: str, months: tuple[int, int] | None) -> str:
        made = value_of(name, next(number))
        times[made] = (name, year, months_of(name, months))
        return made

    said = [dice.choice(MONTHS[each]) for each in asked]
    across = [
        [INDICATORS[name].zh, INDICATORS[name].unit, *(value(name, each) for each in asked)] for name in names
    ]
    if form == "heading":
        return [["指标", "单位", *(f"{year}年{each}" for each in said)], *across], times
    if form == "row above":
        below = [each or "全年" for each in said]
        return [["指标", "单位", f"{year}年", *[""] * (len(said) - 1)], ["", "", *below], *across], times
    if form == "title":
        return [[f"{year}年主要指标"], ["指标", "单位", *(each or "全年" for each in said)], *across], times
    down = [(row[0], row[1], when, cell) for row in across for when, cell in zip(said, row[2:], strict=True)]
    if form == "long":
        rows = [[name, f"{year}年{when}", cell, unit] for name, unit, when, cell in down]
        return [["指标", "时间", "数值", "单位"], *rows], times
    rows = [[name, str(year), when or "全年", cell, unit] for name, unit, when, cell in down]
    return [["指标", "年份", "月份", "数值", "单位"], *rows], times


def written(grid: Grid, separator: str, dice: random.Random) -> str:
    """The table as text, cells in quotation marks where they must be and here and there besides."""

    def cell(each: str) -> str:
        needs = any(sign in each for sign in (separator, '"', "\n", "\r"))
        return '"' + each.replace('"', '""') + '"' if needs or dice.random() < often else each

    often = dice.choice((0, 0, 0.1, 1))
    return "".join(separator.join(map(cell, row)) + "\n" for row in grid)


# -- damage to the structure ---------------------------------------------------------------------


def spot(grid: Grid, dice: random.Random) -> tuple[int, int]:
    row = dice.randrange(len(grid))
    return row, dice.randrange(len(grid[row])) if grid[row] else 0


def empty_cell(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    grid[row][at : at + 1] = [""]


def empty_heading(grid: Grid, dice: random.Random) -> None:
    if grid[0]:
        grid[0][dice.randrange(len(grid[0]))] = ""


def shift_left(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    del grid[row][at : at + 1]


def shift_right(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    grid[row][at:at] = [""] * dice.choice((1, 1, 2))


def repeat_row(grid: Grid, dice: random.Random) -> None:
    grid.insert(dice.randrange(len(grid) + 1), list(dice.choice(grid)))


def swap_rows(grid: Grid, dice: random.Random) -> None:
    one, other = dice.randrange(len(grid)), dice.randrange(len(grid))
    grid[one], grid[other] = grid[other], grid[one]


def repeat_column(grid: Grid, dice: random.Random) -> None:
    _, at = spot(grid, dice)
    to = dice.randrange(len(grid[0]) + 1)
    for row in grid:
        row[to:to] = row[at : at + 1]


def remove_column(grid: Grid, dice: random.Random) -> None:
    _, at = spot(grid, dice)
    for row in grid:
        del row[at : at + 1]


def remove_row(grid: Grid, dice: random.Random) -> None:
    del grid[dice.randrange(len(grid))]
    if not grid:
        grid.append([""])


def put_odd(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    grid[row][at : at + 1] = [dice.choice(ODD)]


def join_rows(grid: Grid, dice: random.Random) -> None:
    """Two cells, one below the other, as one with a line break."""
    row, at = spot(grid, dice)
    if row + 1 < len(grid) and at < len(grid[row]) and at < len(grid[row + 1]):
        grid[row][at] += "\n" + grid[row + 1][at]
        grid[row + 1][at] = ""


def change_number(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    if at < len(grid[row]):
        change = dice.choice(
            ("-{}", "({})", "{}e3", "{}①", "约{}", "{}亿", "{}.5", "'{}", '="{}"', " {}\u3000", "{}%")
        )
        grid[row][at] = change.format(grid[row][at])


def wide_letters(grid: Grid, dice: random.Random) -> None:
    row, at = spot(grid, dice)
    if at < len(grid[row]):
        grid[row][at] = "".join(
            chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in grid[row][at]
        )


def put_title(grid: Grid, dice: random.Random) -> None:
    title = dice.choice(
        (
            "主要指标",
            "单位：亿元",
            "表1（亿元）",
            "单位：斤",
            "sep=,",
            "2023年",
            "填报单位：局",
            '"',
            "单位：%、家",
        )
    )
    grid.insert(dice.choice((0, 0, 0, 1, len(grid))), [title])


ODD = (
    "", "-", "—", "…", "0", "-1", "-98.76", "38.5", "1e5", "1,234.5", "1 234", "2026", "2031年", "1899", "202",
    "23", "二〇二三", "保费收入", "指标", "年份", "广东省", "火星", "亿元", "斤", "%", "万亿", '"', '"98', "'", "=1+1",
    "#REF!", "#DIV/0!", "nan", "\t", "\x1b[31m", "\x85", "\u202e98", "\ufeff98.7", "９８．７", "㋀", "½", "①",
    "9" * 70, "x" * 300, "y" * 140_000, "1" * 140_000, "\n", "a\nb,c,2\n", "98.7亿元", "98.7家", "50以上",
    "2—3", "翻一番", "@", "npl_ratio@guangdong", "单位：万元", "premium", "数值", "单位", "2022", "2022年",
)  # fmt: skip
CHANGES: tuple[Callable[[Grid, random.Random], None], ...] = (
    empty_cell, empty_heading, shift_left, shift_right, repeat_row, swap_rows, repeat_column, remove_column,
    remove_row, put_odd, put_odd, put_odd, join_rows, change_number, wide_letters, put_title,
)  # fmt: skip


# -- damage to the text and its bytes ------------------------------------------------------------

SIGNS = (
    ",",
    '"',
    "\n",
    "\r",
    "\t",
    ";",
    "，",
    '","',
    '"\n',
    '",',
    '\n"',
    " ",
    "\u3000",
    "：",
    "0",
    ".",
    "-",
    "'",
    "\x00",
)
BYTES = (
    b"\xff",
    b"\x00",
    b"\xe4\xb8",
    b"\xd5\xd8",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x98\x80",
    b"\x1a",
    b"\x80",
)
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")


def damaged_text(text: str, dice: random.Random) -> str:
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(text) + 1)
        cut = dice.choice((0, 0, 1, 1, 4, 40))
        text = text[:at] + dice.choice((*SIGNS, "")) * dice.choice((1, 1, 1, 2)) + text[at + cut :]
    return text


def damaged_bytes(content: bytes, dice: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(found) + 1)
        piece = dice.choice((dice.choice(BYTES), dice.randbytes(2), dice.choice(SIGNS).encode(), b""))
        found[at : at + dice.choice((0, 0, 1, 2, 30))] = piece * dice.choice((1, 1, 3))
    if dice.random() < 0.1:
        del found[dice.randrange(len(found) + 1) :]
    return bytes(found)


def odd_file(number: int) -> File:
    """The file of that number; one in ten is left whole."""
    dice = random.Random(number)
    if number % 8 == 7:
        return odd_mapping(dice)
    times = Times()
    if number % 3 == 0:
        grid, times = month_table(dice)
    else:
        grid = dice.choice((long_table, wide_table))(dice)
    kind = dice.choice(
        ("whole", "structure", "structure", "structure", "structure", "text", "text", "bytes", "both", "both")
    )
    if kind in {"structure", "both"}:
        for _ in range(dice.choice((1, 1, 2, 4))):
            dice.choice(CHANGES)(grid, dice)
    if number % 4 == 1:
        return File(workbook(grid, dice), ".xlsx", "", times if kind == "whole" else {})
    separator = dice.choice((",", ",", ",", "\t", ";"))
    text = written(grid, separator, dice)
    if kind in {"text", "both"}:
        text = damaged_text(text, dice)
    encoding = dice.choice(ENCODINGS)
    content = text.replace("\n", dice.choice(("\n", "\r\n", "\r"))).encode(encoding, errors="replace")
    if kind == "bytes":
        content = damaged_bytes(content, dice)
    suffix = dice.choice((".csv", ".csv", ".txt", ".tsv"))
    return File(content, suffix, separator, times if kind == "whole" else {})


def workbook(grid: Grid, dice: random.Random) -> bytes:
    """The table in a worksheet: numbers as numbers or as text, here and there merged or with a broken byte."""
    book, stream = Workbook(), io.BytesIO()
    sheet, as_numbers = book.worksheets[0], dice.random() < 0.5
    for row in grid:
        cells = [ILLEGAL_CHARACTERS_RE.sub("", each)[:32_000].removeprefix("=") for each in row]
        sheet.append([float(each) if as_numbers and PLAIN.fullmatch(each[:20]) else each for each in cells])
    if dice.random() < 0.2:
        row, column = dice.randint(1, len(grid)), dice.randint(1, 3)
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + dice.randint(0, 2), end_column=column + 1
        )
    book.save(stream)
    return damaged_bytes(stream.getvalue(), dice) if dice.random() < 0.1 else stream.getvalue()


def odd_mapping(dice: random.Random) -> File:
    number = numbers(dice)
    lines = ["plan: zhaoqing", "actuals:"]
    for name in dice.sample(list(INDICATORS), dice.randint(1, 10)):
        years = ", ".join(f"{year}: {value_of(name, next(number))}" for year in dice.sample(YEARS, 3))
        lines.append(f"  {dice.choice((name, INDICATORS[name].zh))}: {{{years}}}")
    text = "\n".join(lines) + "\n"
    if dice.random() < 0.5:
        text = damaged_text(text, dice)
    content = text.encode()
    return File(damaged_bytes(content, dice) if dice.random() < 0.3 else content, ".yaml", "")


# -- a reading of its own ------------------------------------------------------------------------


class Stands(NamedTuple):
    """A number in a known row and column: its text, indicator, year, its line and its heading's line."""

    number: str
    indicator: str
    year: str
    line: int
    heading: int


PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
YEAR = re.compile(r"(20[0-9]{2})年?")


def decoded(content: bytes) -> str | None:
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def standing(file: File) -> Iterator[Stands]:
    """Numbers that stand where the headings and names are what they were; of tables with one heading each."""
    text = decoded(file.content) if file.suffix != ".xlsx" else None
    if text is None or "\x00" in text:
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not file.separator:
        yield from standing_in_mapping(text)
        return
    rows, lines = rows_of(text, file.separator), rows_by_line(text, file.separator)
    headings = [each for each in rows if {*each[1]} & {*HEADINGS}]
    if len(headings) == 1:
        for line, row in {(line, tuple(row)) for line, row in (*rows, *lines)}:
            yield from standing_in_row(row, line, *headings[0])


def rows_of(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The line on which each row begins, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    with contextlib.suppress(csv.Error):
        for row in reader:
            rows.append((start, [each.strip() for each in row]))
            start = reader.line_num + 1
    return rows


def rows_by_line(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The same with each line read by itself, as if no quotation mark were left open before it."""
    lines = enumerate(text.split("\n"), 1)
    return [(line, row) for line, written in lines for _, row in rows_of(written, separator)]


def standing_in_row(row: Sequence[str], line: int, heading: int, headings: list[str]) -> Iterator[Stands]:
    cells = dict(zip(headings, row, strict=False))
    name = next((cells[each] for each in HEADINGS if each in cells), "")
    year = next((cells[each] for each in YEAR_HEADINGS if each in cells), "")
    if name not in NAMES or line == heading:
        return
    for title, cell in cells.items():
        match = YEAR.fullmatch(year if title in VALUES else title)
        is_title = line < heading and YEAR.fullmatch(cell) is not None
        if match is not None and PLAIN.fullmatch(cell) and not is_title:
            yield Stands(cell, NAMES[name], match[1], line, heading)


def standing_in_mapping(text: str) -> Iterator[Stands]:
    for line, written_line in enumerate(text.split("\n"), 1):
        match = re.fullmatch(r"  ([^:{}\s]+): \{([0-9]{4}: [0-9.]+(?:, [0-9]{4}: [0-9.]+)*)\}", written_line)
        if match is not None and match[1] in NAMES:
            for pair in match[2].split(", "):
                year, _, number = pair.partition(": ")
                if PLAIN.fullmatch(number):
                    yield Stands(number, NAMES[match[1]], year, line, line)


def lost(file: File, read: LoadedActuals) -> Iterator[Stands]:
    """Numbers that stand there, are not among the values, and that no finding names."""
    known = [
        (each.indicator, str(each.year), each.position.line, each.text)
        for each in (*read.actuals, *read.parts)
    ]
    for stands in standing(file):
        place = stands.indicator, stands.year, stands.line
        if not any(each[:3] == place and each[3].startswith(stands.number) for each in known) and not any(
            names(each, stands, file) for each in read.findings
        ):
            yield stands


def unread(file: File, read: LoadedActuals) -> Iterator[str]:
    """Numbers of a table without errors that are none of its values, wherever they stand but in remarks."""
    text = decoded(file.content)
    if read.errors or text is None or not file.separator:
        return
    values = {(each.position.line, each.position.column) for each in (*read.actuals, *read.parts)}
    values |= {(each.position.line, each.position.column) for each in read.findings}
    rows = rows_of(text.replace("\r\n", "\n").replace("\r", "\n"), file.separator)
    heading = next((each for each in rows if {*each[1]} & {*HEADINGS}), (0, []))
    for line, row in rows:
        for column, cell in enumerate(row, 1):
            title = heading[1][column - 1] if column <= len(heading[1]) else ""
            is_number = PLAIN.fullmatch(cell) and YEAR.fullmatch(cell) is None and len(cell) >= LEAST_LENGTH
            if is_number and line > heading[0] and title not in REMARKS and (line, column) not in values:
                yield f"{line}:{column} {cell}"


LEAST_LENGTH = 4
REMARKS = ("备注", *YEAR_HEADINGS)
WHOLE_FILE = {"missing-key", "empty-file", "too-large"}


def names(finding: Finding, stands: Stands, file: File) -> bool:
    """Whether a finding is about the number: its row, its column, its year, or the file from there on.

    A row with a line break in it begins a line before, and headings stand in two rows.
    """
    said = finding.message.say("en")
    line, code = finding.position.line, finding.code.name
    ends_reading = "quotation mark" in said or "characters" in said or code in WHOLE_FILE
    return (
        line in {stands.line, stands.line - 1, stands.heading, stands.heading + 1}
        or "more like those above" in said
        or (ends_reading and line <= max(stands.line, stands.heading))
        or (code == "unit-mismatch" and line < stands.line)
        or (code == "invalid-time" and stands.year in said)
        or not file.separator
    )


# -- trying them ---------------------------------------------------------------------------------


class Hang(BaseException):
    pass


def verdict_of(file: File, folder: Path, *, whole: bool) -> str:
    path = folder / f"actuals{file.suffix}"
    path.write_bytes(file.content)
    if whole:
        run_whole(path)
    try:
        read = load_actuals(path, PLAN, CATALOGUE)
    except PlantrackError:
        return "refused"
    for finding in read.findings:
        assert finding.message.say("zh")
        assert finding.message.say("en")
    gone = list(lost(file, read))
    assert not gone, f"lost in silence: {gone[:3]}"
    wrong = [
        each
        for each in (*read.actuals, *read.parts)
        for made in [file.times.get(re.sub(r"[^0-9.]", "", each.text))]
        if made is not None and made != (each.indicator, each.year, each.months)
    ]
    assert not wrong, f"of another time: {wrong[:3]}"
    left = list(unread(file, read))
    assert not left, f"not read: {left[:3]}"
    if read.errors:
        return "told"
    track_plan(PLAN, CATALOGUE, Assessment(read.actuals, parts=read.parts))
    return "read, with warnings" if read.findings else "read"


def run_whole(path: Path) -> None:
    """The command as a whole: it ends with a code of its own, and stdout is JSON where it ends well."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["track", "zhaoqing", "--actuals", str(path), "-f", "json"])
    assert code in {0, 1, 2}, code
    assert "Traceback" not in err.getvalue()
    if code == 0:
        json.loads(out.getvalue())
    else:
        assert err.getvalue().strip()


def try_files(first: int, count: int) -> int:
    """Try so many files, print what became of them, and return how many failed."""
    signal.signal(signal.SIGVTALRM, _hang)
    before = _peak()
    verdicts: Counter[str] = Counter()
    slowest, failed = (0.0, first), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            started = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
            try:
                verdicts[verdict_of(odd_file(number), Path(folder), whole=number % WHOLE_EVERY == 0)] += 1
            except (Exception, Hang) as error:
                failed += 1
                last = traceback.extract_tb(error.__traceback__)[-1]
                print(
                    f"{number}: {type(error).__name__}: {str(error)[:300]} ({Path(last.filename).name}:{last.lineno})"
                )
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            slowest = max(slowest, (time.process_time() - started, number))
    megabytes = _peak()
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    print(
        f"{count} files: {counts}, {failed} failed; slowest {slowest[0]:.2f} s (number {slowest[1]}), {megabytes} MB"
    )
    return failed + (megabytes > max(before, MOST_MEGABYTES))


def _peak() -> int:
    """The most megabytes that this process has taken, which other tests may have begun with."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _hang(*_: object) -> None:
    raise Hang


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, help="write the file of this number to stdout")
    asked = parser.parse_args()
    if asked.show is not None:
        sys.stdout.buffer.write(odd_file(asked.show).content)
        return
    sys.exit(int(try_files(asked.first, asked.count) > 0))


if __name__ == "__main__":
    main()
