"""How well `draft` reads documents: F1 against annotations and against plan files, kinds of error, seconds.

Run: python benchmarks/draft.py [FOLDER] [--documents FOLDER] [--errors NAME]
FOLDER holds documents and `gold/NAME.jsonl`, one annotated statement a line; its README has their policy. The other
folder holds the documents of plans, each named by its plan's id. A statement is right with the same line (not for web
pages, whose lines are another matter), absolute value, kind and end year; an annotated year that is open fits any.
"Named" wants the names alike as well: one contains the other, or 40 % of the pairs of characters are shared.
Minor annotations count neither found nor missed; the same holds for omitted numbers of plan files. What a row of a
plan file tells of several places with one number counts once.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import plantrack
from plantrack.documents import Document, document_in, read_document
from plantrack.draft.drafting import read_statements
from plantrack.draft.names import Known
from plantrack.draft.period import Period, read_period
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import SCALES
from plantrack.reading import load_catalogue, plan_files
from plantrack.trace.number_use import OMITTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.draft.statements import Statement
    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace

SHARED = Path(__file__).resolve().parents[2] / "shared"
ALIKE = Fraction(2, 5)
KINDS = {"level", "growth", "total_growth", "change", "annual_change", "multiple", "rank"}
"""Of plan files: what is no number there is not drafted."""


class Wanted(NamedTuple):
    """What a document says, according to a person: `spots` are lines or offsets, `ends` the years that fit."""

    name: str
    kind: str
    printed: str
    values: frozenset[Fraction]
    ends: frozenset[str] | None
    spots: range | None
    in_table: bool
    minor: bool = False


class Found(NamedTuple):
    """What was drafted, with where it stands in the terms of what is wanted."""

    statement: Statement
    spots: range
    value: Fraction | None
    neutral: bool = False
    called: str = ""
    """The catalogue's name of the indicator that it becomes."""

    def is_named(self, name: str) -> bool:
        return alike(self.statement.name, name) or alike(self.called, name)

    @property
    def end(self) -> str | None:
        found = self.statement.time
        return None if found is None else re.split("->|/", found)[-1][:4]

    def stands_at(self, wanted: Wanted) -> bool:
        spots = wanted.spots
        return spots is None or (self.spots.start < spots.stop and spots.start < self.spots.stop)

    def is_value_of(self, wanted: Wanted) -> bool:
        return self.stands_at(wanted) and self.value in wanted.values

    def is_kind_of(self, wanted: Wanted) -> bool:
        return self.statement.kind == wanted.kind

    def is_year_of(self, wanted: Wanted) -> bool:
        return wanted.ends is None or self.end in wanted.ends


class Score(NamedTuple):
    right: int
    named: int
    extra: int
    wanted: int
    found: int
    errors: Counter[str]
    told: tuple[str, ...]

    def f1(self, right: int) -> float:
        return 2 * right / max(1, self.right + self.extra + self.wanted)

    def __str__(self) -> str:
        errors = ", ".join(f"{name} {number}" for name, number in self.errors.most_common()) or "none"
        return (
            f"{self.wanted:4} wanted  F1 {self.f1(self.right):.3f}  named {self.f1(self.named):.3f}"
            f"  value {self.found / max(1, self.wanted):.3f}  errors: {errors}"
        )


# -- scoring -------------------------------------------------------------------------------------


def score(wanted: Sequence[Wanted], found: Sequence[Found]) -> Score:
    """Match one to one, those that count first, the name alike first."""
    free = list(found)
    right = named = 0
    errors: Counter[str] = Counter()
    told = []
    for each in sorted(wanted, key=lambda each: each.minor):
        fits = [
            one for one in free if one.is_value_of(each) and one.is_kind_of(each) and one.is_year_of(each)
        ]
        fits.sort(key=lambda one: not one.is_named(each.name))
        if fits:
            free.remove(fits[0])
        if each.minor:
            continue
        if not fits:
            error = _error(each, found)
            errors[error] += 1
            told.append(f"{error}: {each.name} {each.kind} {sorted(each.ends or ())} {each.printed}")
            continue
        right += 1
        is_named = fits[0].is_named(each.name)
        named += is_named
        errors["name"] += not is_named
        if not is_named:
            told.append(f"name: {each.name}, drafted {fits[0].statement.name} ({each.printed})")
    extra = [one for one in free if not one.neutral and not _is_about_minor(one, wanted)]
    errors["extra"] += len(extra)
    told += (
        f"extra: {one.statement.line} {one.statement.name} {one.statement.kind} {one.end} {one.statement.printed}"
        for one in extra
    )
    main = [each for each in wanted if not each.minor]
    seen = sum(any(one.is_value_of(each) for one in found) for each in main)
    return Score(right, named, len(extra), len(main), seen, +errors, tuple(told))


def _error(wanted: Wanted, found: Sequence[Found]) -> str:
    """Why it is missed: the value was not drafted, or with another kind or year, or for something else."""
    there = [one for one in found if one.is_value_of(wanted)]
    if not there:
        return "not drafted"
    if not any(one.is_kind_of(wanted) for one in there):
        return "kind"
    return "year" if not any(one.is_year_of(wanted) for one in there) else "taken"


def _is_about_minor(found: Found, wanted: Sequence[Wanted]) -> bool:
    return any(each.minor and found.is_value_of(each) for each in wanted)


def alike(one: str, other: str) -> bool:
    one, other = re.sub(r"\W", "", one), re.sub(r"\W", "", other)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    pairs, others = ({name[at : at + 2] for at in range(len(name) - 1)} for name in (one, other))
    return len(pairs & others) >= ALIKE * max(1, len(pairs | others))


def _is_row(document: Document, line: int, printed: str) -> bool:
    """Whether a line is a row of a table, or the cell itself where each stands on a line of its own."""
    written = document.text.split("\n")[line - 1]
    return "\t" in written or "|" in written or written.strip() == printed.strip()


def number_in(text: str) -> Fraction | None:
    found = re.search(r"[0-9]+(?:\.[0-9]+)?", text.replace(",", ""))
    return Fraction(found[0]) if found else None


def _number_of(printed: str) -> Fraction | None:
    """The digits of a numeral, or what it says in words."""
    digits = number_in(printed)
    return _exact(printed) if digits is None else digits


# -- annotations ---------------------------------------------------------------------------------


def annotated(document: Document, file: Path, *, is_page: bool) -> Iterator[Wanted]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ends = (
            None if row["year"] is None else row["year"][-1] if isinstance(row["year"], list) else row["year"]
        )
        yield Wanted(
            name=row["indicator_zh"],
            kind=row["kind"],
            printed=row["printed"],
            values=frozenset(_values(row)),
            ends=None if ends is None else frozenset([str(ends).split("/")[-1][:4]]),
            spots=None if is_page else range(row["line"], row["line"] + 1),
            in_table=is_page or _is_row(document, row["line"], row["printed"]),
            minor=row["minor"],
        )


def _values(row: dict[str, str | None]) -> Iterator[Fraction]:
    """The value as annotated, in the plain unit, and as printed."""
    if (value := number_in(row["value"] or "")) is not None:
        yield value
        scale = next(
            (each for each in sorted(SCALES, key=len, reverse=True) if (row["unit"] or "").startswith(each)),
            "",
        )
        yield value * SCALES.get(scale, 1)
    if (printed := number_in(row["printed"] or "")) is not None:
        yield printed


def against_annotations(folder: Path) -> Iterator[tuple[str, float, list[Wanted], list[Found]]]:
    for gold in sorted(folder.glob("gold/*.jsonl")):
        path = next(each for each in sorted(folder.glob(f"{gold.stem}.*")) if each.is_file())
        start = time.perf_counter()
        document = read_document(path)
        statements = read_statements(document, read_period(document), load_catalogue())
        seconds = time.perf_counter() - start
        is_page = path.suffix == ".html"
        wanted = list(annotated(document, gold, is_page=is_page))
        found = [
            Found(each, range(each.line, each.line + 1), _number_of(each.printed)) for each in statements
        ]
        yield gold.stem, seconds, wanted, found


# -- plan files ----------------------------------------------------------------------------------


def against_plans(folder: Path) -> Iterator[tuple[str, float, list[Wanted], list[Found]]]:
    catalogue = load_catalogue()
    for file in plan_files(None):
        plan = plantrack.load(file)
        path = document_in(folder, plan.id)
        if path is None:
            continue
        trace = plantrack.trace(plan, path, unused=True)
        document = trace.document
        start = time.perf_counter()
        period = read_period(document) or Period(int(plan.model.base), int(plan.model.target))
        statements = read_statements(document, period, catalogue)
        seconds = time.perf_counter() - start
        known = Known(catalogue, plan.model.place.zh)
        taken = [each.number for each in trace.numbers if each.use in OMITTED]
        found = [
            Found(
                each,
                range(each.start, each.end),
                _exact(each.printed),
                neutral=each.kind not in KINDS
                or any(each.start <= number.start < each.end for number in taken),
                called=catalogue.indicators[name].zh if (name := known.find(each.name)) else "",
            )
            for each in statements
        ]
        yield plan.id, seconds, list(_figures(plan, trace)), found


def _figures(plan: Plan, trace: Trace) -> Iterator[Wanted]:
    moments = {name: each.either for name, each in plan.model.moments.items()}
    told = set()
    for figure, _, place, _ in trace.traced:
        if figure.measure is None or place is None or figure.kind not in KINDS:
            continue
        once = figure.position.line, figure.kind, figure.due, place.start
        if once in told:
            continue
        told.add(once)
        due = str(figure.due)
        years = moments.get(due, [due])
        yield Wanted(
            name=figure.measures.zh,
            kind=figure.kind,
            printed=figure.text or "",
            values=frozenset([value] if (value := _exact(figure.text or "")) is not None else []),
            ends=frozenset(str(each).split("/")[-1][:4] for each in years) or None,
            spots=range(place.start, place.end),
            in_table=_is_row(trace.document, trace.document.line_at(place.start), figure.text or ""),
        )


def _exact(printed: str) -> Fraction | None:
    try:
        return abs(read_numeral("".join(printed.split())).value)
    except ValueError:
        return number_in(printed)


# -- report --------------------------------------------------------------------------------------


def report(title: str, measured: Iterator[tuple[str, float, list[Wanted], list[Found]]], errors: str) -> None:
    print(title)
    every: list[tuple[list[Wanted], list[Found]]] = []
    for name, seconds, wanted, found in measured:
        scored = score(wanted, found)
        print(f"{name:24} {seconds:5.2f} s {scored}")
        if errors and errors in name:
            print("".join(f"    {each}\n" for each in scored.told), end="")
        every.append((wanted, found))
    for part, in_table in (("tables", True), ("prose", False)):
        scores = [
            score(
                [each for each in wanted if each.in_table is in_table],
                [one for one in found if one.statement.in_table is in_table],
            )
            for wanted, found in every
        ]
        print(f"{part:32} {total(scores)}")
    print(f"{'all':32} {total([score(*each) for each in every])}\n")


def total(scores: Sequence[Score]) -> Score:
    sums = [sum(numbers) for numbers in list(zip(*scores, strict=True))[:5]] or [0] * 5
    return Score(*sums, sum((each.errors for each in scores), Counter()), ())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "documents-more")
    parser.add_argument("--documents", type=Path, default=SHARED / "documents")
    parser.add_argument(
        "--errors", default="", help="also list the errors of documents whose name has this in it"
    )
    given = parser.parse_args()
    for title, folder, measure in (
        ("against annotations", given.folder, against_annotations),
        ("against plan files", given.documents, against_plans),
    ):
        if folder.is_dir():
            report(f"{title} ({folder.name})", measure(folder), given.errors)
        else:
            print(f"{title}: skipped, there is no folder {folder}")


if __name__ == "__main__":
    main()
