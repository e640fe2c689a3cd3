"""Whatever validates can be projected by every method, tracked and compared, and shown."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from called import called
from odd_plans import chained_plan, crowded_plan, odd_plan
from odd_use import LIMIT, damaged, outcome_of, try_damaged
from plantrack.audit import audit_plans, violations
from plantrack.audit.constraint_system import ConstraintSystem
from plantrack.compare import compare_plans
from plantrack.findings import Position
from plantrack.formats import json
from plantrack.formats.layout import laid_out
from plantrack.formats.sheet import said_in
from plantrack.numbers.interval import Interval
from plantrack.paths import METHODS, Wish, implied_paths, project_paths, yearly_tasks
from plantrack.paths import path as paths_module
from plantrack.plan.actuals import Actual
from plantrack.plan.measures import Measure, Misunderstood, Subject, read_value
from plantrack.plan.model import Row
from plantrack.reading import load_catalogue, read_plan, read_plan_file
from plantrack.solver.constraints import Constraint
from plantrack.solver.variables import Variable
from plantrack.track import Assessment, track_plan
from plantrack.views import compare as compare_views
from plantrack.views import documents as json_paths
from plantrack.views import paths as path_views
from plantrack.views import tracked as track_views
from plantrack.views.assessed import assessed_page
from plantrack.views.tasks import tasks_page
from test_reading import NAMES

CATALOGUE = load_catalogue()
HEAD = (
    "plan: odd\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nbase: 2020\ntarget: 2025\n"
    "sections: {t: 表}\nmoments:\n  early: {zh: 初, en: start, either: [2015, 2016]}\nfigures:\n"
)
TIMES = ["2019", "2020", "2020", "2022", "2025", "2025", "2035", "2021/2025", "2020-12", "early"]
VALUES = [
    "0",
    "5",
    "5.0",
    "50以上",
    "超过3",
    "不超过40",
    "2—3",
    "-3",
    "100",
    "0.05",
    "约70",
    "1/15",
    "0.0",
    "up",
    "{above: loans}",
]
PACES = {
    "growth": [
        "2020->2025: 5%",
        "2020->2025: 10%以上",
        "2021->2025: 5%",
        "2020->2025: -50%",
        "2020->2025: up",
    ],
    "change": ["2020->2025: 5", "early->2025: 5", "2020->2025: 下降200", "2020->2025: not down"],
    "annual_change": ["2020->2025: 2—3", "2020->2025: 下降1"],
    "multiple": ["2020->2025: 2", "2020->2035: 0"],
}
ROW = Row.model_validate({"in": "t"})


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A plan of odd rows: any time, any value, any pace."""
    lines = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        lines.append(f"  {name}:")
        for _ in range(draw(st.integers(1, 2))):
            levels = draw(st.lists(st.sampled_from(TIMES), min_size=1, max_size=4, unique=True))
            level = ", ".join(f"{time}: {draw(st.sampled_from(VALUES))}" for time in levels)
            parts = [f"level: {{{level}}}"]
            kinds = draw(st.lists(st.sampled_from(sorted(PACES)), max_size=2, unique=True))
            parts += [f"{kind}: {{{draw(st.sampled_from(PACES[kind]))}}}" for kind in kinds]
            lines.append(f"  - {{in: t, {', '.join(parts)}}}")
    return HEAD + "\n".join(lines) + "\n"


@st.composite
def actuals(draw: st.DrawFn) -> tuple[Actual, ...]:
    found = []
    for name in NAMES:
        for year in draw(st.lists(st.integers(2018, 2026), max_size=3, unique=True)):
            try:
                subject = Subject(CATALOGUE.indicators[name], comes_whole=True)
                (said,) = read_value("level", draw(st.sampled_from(VALUES)), ROW, subject, CATALOGUE)
            except (Misunderstood, ValueError):
                continue
            if isinstance(said, Measure):
                found.append(Actual(name, "zhaoqing", year, said, Position("a.csv", 1, 1)))
    return tuple(found)


@settings(max_examples=150)
@given(plans(), actuals(), st.sampled_from([None, *METHODS]), st.sampled_from([None, 2030]))
def test_whatever_is_valid_can_be_followed(
    tmp_path_factory: pytest.TempPathFactory,
    plan: str,
    given_values: tuple[Actual, ...],
    method: str | None,
    to: int | None,
) -> None:
    file = tmp_path_factory.mktemp("odd") / "odd.yaml"
    file.write_text(plan, encoding="utf-8")
    loaded = read_plan_file(file, CATALOGUE).plan
    if loaded is None:
        return
    paths = project_paths(loaded, CATALOGUE, Wish(method, to, given_values))
    for path in paths:
        assert len(path.years) == len(path.values) == len(path.low) == len(path.high)
        assert (path.why is None) == bool(path.years)
        for low, value, high in zip(path.low, path.values, path.high, strict=True):
            assert math.isfinite(value)
            assert low <= value <= high or math.isclose(low, value) or math.isclose(value, high)
    implied = implied_paths(paths, loaded, CATALOGUE)
    json.dump(json_paths.paths_document(loaded, paths, implied), ascii_only=False)
    line = None if method == "from-actual" else method
    tracking = track_plan(loaded, CATALOGUE, Assessment(given_values, None, line))
    json.dump(json_paths.tracking_document(tracking, "a.csv"), ascii_only=False)
    names = list(dict.fromkeys(figure.indicator for figure in loaded.figures))
    matrix = compare_plans(names, [loaded], CATALOGUE, per="gdp")
    json.dump(json_paths.matrix_document(matrix), ascii_only=False)
    for language in ("zh", "en"):
        said_in(language, path_views.paths_table(loaded, paths, CATALOGUE))
        said_in(language, path_views.implied_table(implied, loaded.model, CATALOGUE))
        said_in(language, track_views.tracking_table(tracking, loaded, CATALOGUE))
        said_in(language, compare_views.standings_table(matrix, CATALOGUE))
        said_in(language, compare_views.matrix_table(matrix, CATALOGUE))
        for path in paths:
            if path.why is None:
                said_in(language, path_views.path_table(loaded, path, CATALOGUE))
        for row in tracking.rows:
            said_in(language, track_views.progress_table(row, loaded, CATALOGUE))
    tasks = yearly_tasks(loaded, CATALOGUE, Wish(method, to, given_values))
    for page in (tasks_page(loaded, tasks, CATALOGUE, paths), assessed_page(tracking, tasks, CATALOGUE)):
        assert all(len(row) == len(page.table.columns) for row in page.table.rows)
        laid_out(said_in("zh", page.table))


# -- by number -----------------------------------------------------------------------------------

FEW, SMALL = 40, 8
"""So many plans of so many figures; `python benchmarks/odd_plans.py 20000` tries many and large ones."""


@pytest.mark.parametrize("number", range(FEW))
def test_whatever_is_valid_is_audited_and_shown_in_time(number: int) -> None:
    """No internal error, no warning of a library, within the limit, whatever laws and numbers say."""
    outcome = outcome_of(odd_plan(number, SMALL).loaded)
    assert outcome.error is None
    assert outcome.seconds < LIMIT


@pytest.mark.parametrize(
    "number",
    [
        631,  # what a figure printed as -0% would have to read
        1318,  # a rate that no float holds, in JSON
        4367,  # a rounding whose widened end no float holds
        4834,  # how far off, where floats give no number
        4913,  # a law that leads to the year before the first that plans may name
        5974,  # laws that leave no whole number, whatever is printed
        9367,  # a path that ends beyond all floats, with the digits of its target
        6203,  # what figures imply is larger than any float
    ],
)
def test_what_once_ended_a_run_ends_none(number: int) -> None:
    assert outcome_of(odd_plan(number).loaded).error is None


@pytest.mark.parametrize(
    "number",
    [
        2,  # implied levels of more digits than Python writes
        11,  # the same, with growth
    ],
)
def test_laws_that_lead_a_long_way_end_in_time(number: int) -> None:
    """What they come to is too long to be computed: that is left undecided, or decided by other means."""
    outcome = outcome_of(chained_plan(number).loaded)
    assert outcome.error is None
    assert outcome.seconds < LIMIT


@pytest.mark.parametrize("number", range(3))
def test_many_figures_of_one_form_end_in_time(number: int) -> None:
    outcome = outcome_of(crowded_plan(number).loaded)
    assert outcome.error is None
    assert outcome.seconds < LIMIT


def test_laws_are_solved_once_for_all_relations_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of growth between all years of a quarter of a century there are hundreds, of as many laws."""
    one, other = (Variable("level", "gdp", "zhaoqing", (year,)) for year in ("2020", "2025"))
    law = Constraint("sum", ((one, Fraction(1)), (other, Fraction(-1))), Fraction(0))
    relations = [
        violations.ElementaryRelation("sum", ((one, times), (other, -times)), Fraction(0), (law,))
        for times in (1, 2)
    ]
    solved = []
    eliminated = violations.eliminated
    monkeypatch.setattr(violations, "eliminated", lambda *rows: solved.append(rows) or eliminated(*rows))
    assert [relation.shares for relation in relations] == [((law, 1),), ((law, 2),)]
    assert len(solved) == 1


def test_ratios_of_a_system_are_looked_for_once() -> None:
    """Also where there are none, for readings of it are made by the thousand."""
    looked: list[object] = []

    class Domains(dict[Variable, Interval | None]):
        def __iter__(self) -> Iterator[Variable]:
            looked.append(self)
            return super().__iter__()

    level = Variable("level", "gdp", "zhaoqing", ("2020",))
    system = ConstraintSystem({level: ()}, (), Domains({level: None}), {})
    for _ in range(3):
        system = system.with_bounds({level: ()})._with({level: ()})  # noqa: SLF001 - readings are made so
    assert len(looked) < 3


def test_odd_plans_are_valid_and_of_every_kind() -> None:
    """What the drafts are meant to hold is not all struck out."""
    made = [odd_plan(number, SMALL).loaded for number in range(FEW)]
    laws = [law for plan in made for law in plan.model.laws]
    for sign in ("=", ">=", "+", "*", "/", "change(", "@"):
        assert any(sign in law for law in laws), sign
    assert any(len(moment.either) > 1 for plan in made for moment in plan.model.moments.values())
    assert any(len(figure.text or "") > 40 for each in made for figure in each.figures)


def test_the_number_makes_the_plan() -> None:
    """Whatever was made before."""
    alone = odd_plan(57).text, damaged(57)
    for number in range(20):
        odd_plan(number)
        damaged(number)
    assert (odd_plan(57).text, damaged(57)) == alone


def test_damaged_odd_plans_are_refused_in_sentences() -> None:
    tried = try_damaged(range(15))
    assert tried.failures == []
    assert tried.counts["refused"]


CENTURIES = """\
plan: odd
title: {zh: 例, en: E}
place: {id: zhaoqing, zh: 肇庆市, en: Z}
base: 1900
target: 2199
sections: {t: 表}
figures:
  hightech_firms:
  - {in: t, level: {1900: 5683077337397042418.646079170053132803497442685136, 2199: 5132}}
"""


def test_a_path_of_centuries_is_shown_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decimals of the printed ends are counted once, not for every year of every year."""
    loaded = read_plan(CENTURIES.encode(), "odd.yaml", CATALOGUE).require()
    (path,) = project_paths(loaded, CATALOGUE)
    counted = []
    monkeypatch.setattr(paths_module, "printed_decimals", lambda measure: counted.append(measure) or 2)
    sheet = path_views.path_table(loaded, path, CATALOGUE)
    assert len(sheet.rows) == len(path.years) == 300
    assert len(counted) < 20


@pytest.mark.parametrize(
    "figures",
    [
        "{in: t, change: {lately->2025: 5}, annual_change: {2020->2025: 2}}",
        "{in: t, total_growth: {lately->2025: {at_most: premium, by: 2个百分点}}, annual_change: {2020->2025: not up}}",
    ],
)
def test_a_moment_that_may_be_the_other_end_of_its_span_says_nothing_then(
    tmp_path: Path, figures: str
) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表}\n"
        "moments:\n  lately: {zh: 近年, en: lately, either: [2015, 2025]}\n"
        f"figures:\n  loans:\n  - {figures}\n",
        encoding="utf-8",
    )
    audit = audit_plans([read_plan_file(file, CATALOGUE).require()], CATALOGUE)
    assert audit.findings == ()
    assert all(not meaning.added for meaning in audit.meanings)


@pytest.mark.parametrize(
    ("laws", "told"),
    [
        ("- a = 0 * change(b)\n", ["a = 0 * change(b)"]),
        ("- a = b + c\n- b = a\n", ["a = b + c; b = a"]),
        ("- a = b\n- b = 2 * a\n- c = a\n", ["a = b; b = 2 * a"]),
        ("- a = b\n- a = 2 * b\n- c = d\n- c = 3 * d\n", ["a = b; a = 2 * b", "c = d; c = 3 * d"]),
    ],
)
def test_laws_that_exclude_one_another_are_named(tmp_path: Path, laws: str, told: list[str]) -> None:
    own = "".join(f"  {name}: {{zh: 量, en: {name}, unit: 亿元, kind: flow}}\n" for name in "abcd")
    file = tmp_path / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        f"base: 2020\ntarget: 2025\nsections: {{t: 表}}\nown:\n{own}laws:\n{laws}"
        "figures:\n  a:\n  - {in: t, level: {2020: 5, 2025: 6}}\n  c:\n  - {in: t, level: {2025: 6}}\n",
        encoding="utf-8",
    )
    found = audit_plans([read_plan_file(file, CATALOGUE).require()], CATALOGUE).findings
    assert {each.code.code for each in found} == {"PT310"}
    assert sorted(each.message.say("en").rpartition(": ")[2] for each in found) == told


LARGE = "2" + 58 * "0"
FACTOR = 6 * f" * {LARGE}"
BEYOND_FLOATS = {
    "a quantity between two powers": (
        "倍",
        f"level: {{2020: {LARGE}}}",
        "b = a" + 6 * " * a" + ", b = c" + 5 * " * c",
    ),
    "a printed number against a power": ("倍", f"level: {{2020: {LARGE}}}", "a = c" + 6 * " * c"),
    "a number of a sum": ("倍", f"level: {{2020: {LARGE}}}", f"a = c{FACTOR} + 1"),
    "a sum between two sums": ("倍", f"level: {{2020: {LARGE}}}", f"b = c{FACTOR} + 1, b = a + 1"),
    "no whole number": ("家", "level: {2020: 7}", f"b = a / 3{FACTOR}"),
    "a path by a path": ("亿元", "level: {2020: 4, 2025: 5}", f"b = a{FACTOR}"),
}


@pytest.mark.parametrize(("unit", "printed", "laws"), BEYOND_FLOATS.values(), ids=BEYOND_FLOATS.keys())
def test_numbers_of_laws_beyond_floats_end_no_run(tmp_path: Path, unit: str, printed: str, laws: str) -> None:
    own = "".join(f"  {name}: {{zh: 量{name}, en: {name}, unit: {unit}, kind: stock}}\n" for name in "abc")
    file = tmp_path / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        f"base: 2020\ntarget: 2025\nsections: {{t: 表}}\nown:\n{own}laws: [{laws}]\nfigures:\n"
        f"  a:\n  - {{in: t, {printed}}}\n  c:\n  - {{in: t, {printed}}}\n",
        encoding="utf-8",
    )
    for command in (["check"], ["check", "-f", "json"], ["path"], ["report", "-o", str(tmp_path / "pages")]):
        assert called(*command, str(file)).code < 2, command
