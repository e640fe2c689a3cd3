"""The audit: what holds, what does not, how far off it is, and what would settle it."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.audit import Audit, Target, audit_plans
from plantrack.audit.allowances import round_target
from plantrack.audit.build import build_system
from plantrack.errors import PlantrackError
from plantrack.findings import Finding, Level
from plantrack.numbers.numeral import Numeral, read_numeral
from plantrack.numbers.rounding import decimal_text
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file

CATALOGUE = load_catalogue()


def audited(*names: str) -> Audit:
    return audit_plans([read_plan_file(find_plan(name), CATALOGUE).require() for name in names], CATALOGUE)


def audit_rows(folder: Path, figures: str) -> Audit:
    return audit_plans([plan_of(folder, figures)], CATALOGUE)


def plan_of(folder: Path, figures: str) -> Plan:
    file = folder / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表, s: 文}\nfigures:\n" + figures,
        encoding="utf-8",
    )
    return read_plan_file(file, CATALOGUE).require()


def target(audit: Audit, indicator: str, section: str = "table") -> Target:
    (found,) = [
        each
        for each in audit.targets
        if each.figure.indicator == indicator and each.figure.section == section
    ]
    return found


def contradictions(audit: Audit) -> list[Finding]:
    return [finding for finding in audit.findings if finding.proof is not None]


def figures_of(finding: Finding) -> set[str]:
    return {each.figure for each in finding.proof.involved} if finding.proof else set()


def only(audit: Audit) -> Finding:
    (finding,) = contradictions(audit)
    return finding


# -- the real plans ------------------------------------------------------------------------------


def test_zhaoqings_table_has_fifteen_indicators() -> None:
    shown = [each for each in audited("zhaoqing").targets if each.figure.section == "table"]
    assert len({each.figure.indicator for each in shown}) == 15


def test_zhaoqings_premium_is_the_only_printed_growth_that_does_not_hold() -> None:
    audit = audited("zhaoqing", "zhanjiang", "zhuhai")
    stated = [each for each in audit.targets if each.figure.section == "table" and each.stated is not None]
    assert len(stated) == 19
    assert [each.figure.indicator for each in stated if each.verdict != "holds"] == ["premium"]


def test_zhaoqings_premium_is_proven_and_what_it_would_have_to_read_is_told() -> None:
    found = target(audited("zhaoqing"), "premium")
    assert found.verdict == "fails"
    assert found.implied is not None
    assert (round(found.implied.low or 0, 4), round(found.implied.high or 0, 4)) == (0.0828, 0.0847)
    (finding,) = [each for each in contradictions(audited("zhaoqing")) if each.code.code == "PT301"]
    assert finding.level is Level.WARNING
    proof = finding.proof
    assert proof is not None
    assert proof.severity == pytest.approx(1.21, abs=0.005)
    assert proof.ratio == ("1.00097", "1.01031")
    assert {each.figure.split("/", 2)[2]: each.should_read for each in proof.involved} == {
        # The goals say 115 or more, GDP and depth 76.9 or more for 2020: no other base does.
        "level/2020/table": (),
        "growth/2020->2025/table": ("8.38%", "8.47%"),
        "level/2025/table": ("116", "116"),
    }
    assert sorted(each.should_read_count or 0 for each in proof.involved) == [0, 1, 10]
    assert set(proof.readings) == {"bound-elsewhere", "truncation", "round-target"}


def test_printed_with_one_digit_less_it_would_hold(tmp_path: Path) -> None:
    row = "  premium:\n  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.5%}}\n"
    assert contradictions(audit_rows(tmp_path, row)) == []


@pytest.mark.parametrize(
    ("plan", "indicator", "low", "high", "verdict"),
    [
        ("zhanjiang", "finance_value_added", 0.1498, 0.1506, "holds"),
        ("zhanjiang", "loans", 0.1081, 0.1082, "holds"),
        ("zhaoqing", "financial_institutions", 2.6, 2.6, "holds"),
        ("zhuhai", "loans", 0.0557, 0.0557, "none"),
    ],
)
def test_what_real_targets_imply(plan: str, indicator: str, low: float, high: float, verdict: str) -> None:
    found = target(audited(plan), indicator)
    assert found.implied is not None
    assert (round(found.implied.low or 0, 4), round(found.implied.high or 0, 4)) == (low, high)
    assert found.verdict == verdict


def test_a_touched_bound_is_a_note() -> None:
    finding = only(audited("zhuhai"))
    assert (finding.code.code, finding.level) == ("PT302", Level.NOTE)
    assert finding.proof is not None
    assert finding.proof.severity is None
    assert [each.should_read for each in finding.proof.involved] == [("超过0家", "超过49家"), ("51", None)]


def test_the_order_of_plans_and_repeats_of_one_change_nothing() -> None:
    one = audited("zhaoqing", "zhuhai", "zhanjiang")
    other = audited("zhanjiang", "zhaoqing", "zhuhai", "zhaoqing")
    assert [finding.id for finding in one.findings] == [finding.id for finding in other.findings]
    assert one.figures.keys() == other.figures.keys()
    assert [each.verdict for each in one.targets] == [each.verdict for each in other.targets]


# -- the cases of the design ---------------------------------------------------------------------

CASES = [
    # rows, code, severity, level
    (
        "  deposits:\n  - {in: t, level: {2020: 2893.08}}\n  - {in: s, level: {2020: 2893.07}}\n",
        "PT302",
        1.0,
        "note",
    ),
    (
        (
            "  finance_value_added:\n  - {in: t, growth: {2015->2020: 12.9%}}\n"
            "  - {in: s, multiple: {2015->2020: 2}, printed: 翻一番}\n"
        ),
        "PT302",
        27.79,
        "warning",
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2025: 50家}}\n  - {in: s, level: {2025: 超过50家}}\n",
        "PT302",
        None,
        "note",
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2025: 50家}}\n  - {in: s, level: {2025: 52家}}\n",
        "PT302",
        None,
        "warning",
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2025: 50家}}\n  - {in: s, level: {2025: 57家}}\n",
        "PT302",
        None,
        "error",
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2020: 9, 2025: 12}, change: {2020->2025: 增加4家}}\n",
        "PT303",
        None,
        "error",
    ),
    (
        (
            "  insurance_depth:\n"
            "  - {in: t, level: {2020: 4.8, 2025: 5.3}, annual_change: {2020->2025: 上升0.3个百分点}}\n"
        ),
        "PT303",
        2.857,
        "error",
    ),
    (
        "  loans:\n  - {in: t, level: {2020: 1000.0, 2025: 1500.0}, multiple: {2020->2025: 1.7倍}}\n",
        "PT304",
        3.994,
        "error",
    ),
    (
        "  loans:\n  - {in: t, level: {2020: 1000, 2025: 1500}, total_growth: {2020->2025: 75%}}\n",
        "PT301",
        39.84,
        "error",
    ),
]


@pytest.mark.parametrize(("rows", "code", "severity", "level"), CASES, ids=lambda value: str(value)[:40])
def test_the_case_comes_out_as_stated(
    tmp_path: Path, rows: str, code: str, severity: float | None, level: str
) -> None:
    finding = only(audit_rows(tmp_path, rows))
    assert (finding.code.code, finding.level.value) == (code, level)
    assert finding.proof is not None
    assert finding.proof.severity == (None if severity is None else pytest.approx(severity, rel=0.01))


@pytest.mark.parametrize(
    "rows",
    [
        (
            "  finance_value_added:\n  - {in: t, growth: {2015->2020: 14.9%}}\n"
            "  - {in: s, multiple: {2015->2020: 2}, printed: 翻一番}\n"
        ),
        "  loans:\n  - {in: t, level: {2020: 100, 2025: 200以上}, multiple: {2020->2025: 3}}\n",
        "  deposits:\n  - {in: t, level: {2025: 1.2万亿元}}\n  - {in: s, level: {2025: 12345}}\n",
        "  gdp:\n  - {in: t, level: {2020: 100, 2025: 200}, growth: {2020->2025: 5%}}\n",
    ],
)
def test_rounding_bounds_and_other_price_bases_are_no_contradiction(tmp_path: Path, rows: str) -> None:
    assert contradictions(audit_rows(tmp_path, rows)) == []


def test_growth_at_constant_prices_is_not_held_against_current_levels(tmp_path: Path) -> None:
    audit = audit_rows(
        tmp_path, "  gdp:\n  - {in: t, level: {2020: 100, 2025: 200}, growth: {2020->2025: 5%}}\n"
    )
    found = target(audit, "gdp", "t")
    assert found.verdict == "undetermined"
    assert "constant prices" in (found.why.say("en") if found.why else "")


def test_figures_that_would_do_as_well_are_named(tmp_path: Path) -> None:
    rows = (
        "  loans:\n  - {in: t, level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 12%}}\n"
        "  - {in: s, level: {2025: 150}}\n"
    )
    proof = only(audit_rows(tmp_path, rows)).proof
    assert proof is not None
    assert [
        each.also for each in proof.involved if each.figure.endswith("2025/t") and "level" in each.figure
    ] == [("made/loans/level/2025/s",)]


def test_coverage_tells_what_was_not_checked_and_why() -> None:
    loaded = read_plan_file(find_plan("zhaoqing"), CATALOGUE).require()
    coverage = audit_plans([loaded], CATALOGUE).coverage
    assert coverage.figures == len(loaded.figures)
    assert coverage.in_some_law + len(coverage.unchecked) + len(coverage.undetermined) == coverage.figures
    unchecked = {each.figure.indicator for each in coverage.unchecked}
    assert "registered_unemployment" in unchecked
    assert not unchecked & {"output_4plus4", "loan_deposit_ratio", "insurance_depth"}
    assert {each.figure.indicator for each in coverage.undetermined} >= {"npl_ratio", "capital_adequacy"}


def test_a_target_row_that_lacks_its_base_is_undetermined(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, "  loans:\n  - {in: t, level: {2025: 150}, growth: {2020->2025: 12%}}\n")
    found = target(audit, "loans", "t")
    assert (found.verdict, found.base) == ("undetermined", None)
    assert found.why is not None


# -- laws ----------------------------------------------------------------------------------------

KINDS = st.sampled_from(["growth", "total_growth", "change", "annual_change", "multiple"])


@st.composite
def consistent_row(draw: st.DrawFn) -> str:
    """A base, a target and what is between them, each rounded 四舍五入 to some decimals."""
    base = Fraction(draw(st.integers(10_000, 10**7)), 1000)
    end = base * Fraction(draw(st.integers(500, 4000)), 1000)
    kind = draw(KINDS)
    exact = {
        "growth": 100 * (Fraction(float(end / base) ** 0.2) - 1),
        "total_growth": 100 * (end / base - 1),
        "change": end - base,
        "annual_change": (end - base) / 5,
        "multiple": end / base,
    }[kind]
    level, places = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    verb = "下降" if exact < 0 else "增长"
    unit = {"growth": "%", "total_growth": "%", "multiple": "倍"}.get(kind, "亿元")
    printed = f"{'' if kind == 'multiple' else verb}{decimal_text(abs(exact), places)}{unit}"
    return (
        f"  loans:\n  - {{in: t, level: {{2020: {decimal_text(base, level)}, 2025: {decimal_text(end, level)}}}, "
        f"{kind}: {{2020->2025: {printed}}}}}\n"
    )


@given(row=consistent_row())
@settings(max_examples=300)
def test_what_was_only_rounded_is_never_accused(tmp_path_factory: pytest.TempPathFactory, row: str) -> None:
    assert contradictions(audit_rows(tmp_path_factory.mktemp("plans"), row)) == []


def signed(numeral: Numeral) -> Fraction:
    return -numeral.values[0] if numeral.verb < 0 else numeral.values[0]


@given(
    base=st.integers(100, 99_999),
    end=st.integers(100, 99_999),
    rate=st.integers(0, 3000),
    places=st.integers(0, 2),
)
@settings(max_examples=30)
def test_what_a_figure_should_read_holds_and_its_neighbours_do_not(
    tmp_path_factory: pytest.TempPathFactory, base: int, end: int, rate: int, places: int
) -> None:
    texts = (
        decimal_text(Fraction(base, 10), places),
        decimal_text(Fraction(end, 10), places),
        f"{decimal_text(Fraction(rate, 100), 2)}%",
    )

    def findings(one: str, other: str, stated: str) -> list[Finding]:
        row = f"  loans:\n  - {{in: t, level: {{2020: {one}, 2025: {other}}}, growth: {{2020->2025: {stated}}}}}\n"
        return contradictions(audit_rows(tmp_path_factory.mktemp("plans"), row))

    for finding in findings(*texts):
        assert finding.proof is not None
        for involved in finding.proof.involved:
            number = 2 if "growth" in involved.figure else 1 if "2025" in involved.figure else 0
            for end_text, outward in zip(involved.should_read, (-1, 1), strict=False):
                assert end_text is not None
                assert findings(*(end_text if at == number else text for at, text in enumerate(texts))) == []
                numeral = read_numeral(end_text)
                beyond = signed(numeral) + outward * numeral.step
                if beyond > 0 or number == 2:
                    shown = decimal_text(abs(beyond), len(str(numeral.step.denominator)) - 1)
                    if number == 2:
                        shown = f"{'下降' if beyond < 0 else ''}{shown}%"
                    assert findings(*(shown if at == number else text for at, text in enumerate(texts)))


@given(severity_at=st.integers(2, 50))
def test_severity_is_the_factor_at_which_it_would_hold(
    tmp_path_factory: pytest.TempPathFactory, severity_at: int
) -> None:
    folder = tmp_path_factory.mktemp("plans")
    rows = f"  deposits:\n  - {{in: t, level: {{2020: 100}}}}\n  - {{in: s, level: {{2020: {100 + severity_at}}}}}\n"
    proof = only(audit_rows(folder, rows)).proof
    assert proof is not None
    assert proof.severity == pytest.approx(severity_at)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("4900", 100),
        ("2450", 50),
        ("175", 5),
        ("12000", 1000),
        ("115", 5),
        ("300", 20),
        ("10000", 1000),
        ("50", 5),
        ("116", 2),
        ("6.5", Fraction(1, 2)),
        ("117", None),
        ("6.7", None),
        ("约300", None),
    ],
)
def test_the_unit_of_a_round_target_is_at_most_its_tenth(
    tmp_path: Path, text: str, unit: Fraction | None
) -> None:
    loaded = plan_of(tmp_path, f"  loans:\n  - {{in: t, level: {{2025: {text}}}}}\n")
    ((bound,),) = build_system([loaded], CATALOGUE).bounds.values()
    wider = round_target(bound)
    if unit is None:
        assert wider is None
    else:
        assert wider is not None
        assert (wider.high or 0) - (wider.low or 0) == unit


def test_base_figures_are_never_taken_for_round_targets(tmp_path: Path) -> None:
    loaded = plan_of(tmp_path, "  loans:\n  - {in: t, level: {2020: 4900}}\n")
    ((bound,),) = build_system([loaded], CATALOGUE).bounds.values()
    assert round_target(bound, {"made": 2020}) is None


def test_a_base_that_may_be_zero_decides_nothing(tmp_path: Path) -> None:
    row = "  listed_companies:\n  - {in: t, level: {2020: 0, 2025: 1}, growth: {2020->2025: 10%}}\n"
    found = target(audit_rows(tmp_path, row), "listed_companies", "t")
    assert found.verdict == "undetermined"


# -- cases that were wrong once ------------------------------------------------------------------

MENDED = [
    # rows, verdicts of the targets, codes with levels and severities
    (
        "  loans:\n  - {in: t, level: {2020: 18.86, 2025: 29.32以下}, growth: {2020->2025: 10%}}\n",
        ["fails"],
        [("PT301", "warning", 1.531)],
    ),
    (
        "  loans:\n  - {in: t, level: {2020: 9.61, 2025: 12.82}, growth: {2020->2025: 5.9%以下}}\n",
        ["fails"],
        [("PT301", "warning", 1.732)],
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2020: 50, 2025: 100}, multiple: {2020->2025: 不足2倍}}\n",
        ["tie"],
        [("PT304", "note", None)],
    ),
    (
        "  loans:\n  - {in: t, level: {2020: 1.58, 2025: 1}, growth: {2020->2025: 1%}}\n",
        ["fails"],
        [("PT301", "warning", 1.211)],
    ),
    (
        "  deposits:\n  - {in: t, level: {2020: 100}}\n  - {in: s, level: {2020: 102}}\n",
        [],
        [("PT302", "error", 2.0)],
    ),
    (
        "  premium:\n  - {in: t, level: {2020: 100, 2025: 200}, growth: {2020->2025: 8%}, prices: constant}\n",
        ["undetermined"],
        [],
    ),
    (
        "  loans:\n  - {in: t, level: {2025: 1.2万亿元}}\n  - {in: s, level: {2025: 1.2万亿}}\n",
        ["none", "none"],
        [],
    ),
    (
        "  listed_companies:\n  - {in: t, level: {2020: 10, 2025: 5家以下}, growth: {2020->2025: 10%}}\n",
        ["fails"],
        [("PT301", "error", 45.89)],
    ),
    (
        (
            "  loans:\n"
            "  - {in: t, level: {2020: 100.0, 2025: 200.0}, growth: {2020->2025: 14.9%}, "
            "change: {2020->2025: 增加50}}\n"
        ),
        ["fails"],
        [("PT303", "error", 83.33)],
    ),
    (
        "  loans:\n  - {in: t, rank: {2025: 第12位}}\n  - {in: s, rank: {2025: 第13位}}\n",
        [],
        [("PT302", "error", None)],
    ),
    (
        (
            "  deposits:\n  - {in: t, level: {2025: 100}}\n  loans:\n  - {in: t, level: {2025: 150}}\n"
            "  - {in: s, level: {2025: {below: deposits}}}\n"
        ),
        ["none", "none", "fails"],
        [("PT308", "error", 50.0)],
    ),
    (
        "  loans:\n  - {in: t, level: {2025: 200}, change: {2020->2025: 增加100}, multiple: {2020->2025: 3倍}}\n",
        ["undetermined"],
        [("PT304", "warning", 1.941)],
    ),
    (
        "  loans:\n  - {in: t, change: {2020->2025: up}, growth: {2020->2025: 下降5%}}\n",
        ["undetermined"],
        [("PT301", "error", 10.0)],
    ),
    (
        "  loans:\n  - {in: t, level: {2015: 50, 2025: 200}, growth: {2015->2020: 5%, 2020->2025: 14.9%}}\n",
        ["undetermined"],
        [("PT301", "error", 12.01)],
    ),
    ("  loans:\n  - {in: t, growth: {2020->2025: up}}\n", ["undetermined"], []),
    (
        "  loans:\n  - {in: t, level: {2020: 100, 2025: 200}}\n  - {in: s, change: {2020->2025: up}}\n",
        ["none", "holds"],
        [],
    ),
    (
        "  loans:\n  - {in: t, level: {2020-12: 100, 2025-12: 200}, growth: {2020->2025: 14.9%}}\n",
        ["none", "holds"],
        [],
    ),
    (
        (
            "  premium:\n  - {in: t, level: {2020: 100.0}}\n  property_premium:\n  - {in: t, level: {2020: 60.0}}\n"
            "  life_premium:\n  - {in: t, level: {2020: 45.0}}\n"
        ),
        [],
        [("PT307", "error", 33.33)],
    ),
]


@pytest.mark.parametrize(("rows", "verdicts", "found"), MENDED, ids=lambda value: str(value)[:60])
def test_what_was_wrong_once_is_right(
    tmp_path: Path, rows: str, verdicts: list[str], found: list[tuple[str, str, float | None]]
) -> None:
    audit = audit_rows(tmp_path, rows)
    assert [each.verdict for each in audit.targets] == verdicts
    assert [(each.code.code, each.level.value) for each in contradictions(audit)] == [
        each[:2] for each in found
    ]
    for finding, (_, _, severity) in zip(contradictions(audit), found, strict=True):
        assert finding.proof is not None
        assert finding.proof.severity == (None if severity is None else pytest.approx(severity, rel=0.002))


@pytest.mark.parametrize(
    "value",
    [
        "total_growth: {2020->2025: 翻一番}",
        "multiple: {2020->2025: 增长一倍}",
        "growth: {2020->2025: -150%}",
        "level: {2025: up}",
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(PlantrackError, match="a plan file with errors"):
        plan_of(tmp_path, f"  loans:\n  - {{in: t, {value}}}\n")


# -- through latent quantities -------------------------------------------------------------------


def test_zhanjiangs_history_contradicts_itself_through_gdp_in_three_years() -> None:
    found = contradictions(audited("zhanjiang"))
    assert [(finding.code.code, finding.level.value) for finding in found] == [("PT306", "error")] * 4
    years = [
        {each.figure.split("/")[3] for each in finding.proof.involved} for finding in found if finding.proof
    ]
    assert sorted(years, key=sorted) == [{"2016"}, {"2017"}, {"2018"}, {"early13->2020", "2020"}]


def test_zhanjiangs_multiples_contradict_one_another_whatever_the_moment_means() -> None:
    (finding,) = [each for each in contradictions(audited("zhanjiang")) if "early13" in each.about]
    assert finding.level is Level.ERROR
    said = finding.message.say("zh")
    assert all(numeral in said for numeral in ("1.52", "1.96", "1.19倍", "2.12个百分点"))


@pytest.mark.parametrize("levels", [("100", "100"), ("90", "100"), ("100", "90"), ("90", "90")])
def test_moments_of_several_plans_are_tried_at_once_and_then_each_alone(
    tmp_path: Path, levels: tuple[str, str]
) -> None:
    """A level of 90 grows 1.5 times to 150 from neither 2015 nor 2016, one of 100 from either."""
    plans = []
    for name, level in zip(("loans", "deposits"), levels, strict=True):  # of one place, so audited as one
        file = tmp_path / f"of-{name}.yaml"
        file.write_text(
            f"plan: of-{name}\ntitle: {{zh: 例, en: Example}}\nplace: {{id: zhuhai, zh: 珠海市, en: Zhuhai}}\n"
            "base: 2020\ntarget: 2025\nsections: {t: 表}\n"
            "moments:\n  early: {zh: 初期, en: start, either: [2015, 2016]}\n"
            f"figures:\n  {name}:\n"
            f"  - {{in: t, level: {{2015: {level}, 2016: {level}, 2020: 150}}, multiple: {{early->2020: 1.50倍}}}}\n",
            encoding="utf-8",
        )
        plans.append(read_plan_file(file, CATALOGUE).require())
    found = [each for plan in plans for each in contradictions(audit_plans([plan], CATALOGUE))]
    together = contradictions(audit_plans(plans, CATALOGUE))
    assert sorted(each.about for each in together) == sorted(each.about for each in found)
    assert len(together) == levels.count("90")


@pytest.mark.parametrize(
    ("level", "found"), [("2015: 90, 2016: 95", 1), ("2015: 90, 2016: 100", 0), ("2016: 95", 0)]
)
def test_a_vague_moment_contradicts_only_where_every_meaning_does(
    tmp_path: Path, level: str, found: int
) -> None:
    moments = "moments:\n  early: {zh: 初期, en: start, either: [2015, 2016]}\n"
    rows = f"  loans:\n  - {{in: t, level: {{{level}, 2020: 150}}, multiple: {{early->2020: 1.50倍}}}}\n"
    findings = contradictions(audit_rows(tmp_path, rows + moments))
    assert len(findings) == found
    for finding in findings:
        assert finding.proof is not None
        assert [reading for reading, _ in finding.proof.cases] == ["early = 2015", "early = 2016"]


@pytest.mark.parametrize(("one", "other"), [("deflator", "population"), ("population", "deflator")])
def test_a_moment_that_only_meets_another_moment_is_given_its_meanings(
    tmp_path: Path, one: str, other: str
) -> None:
    """The first indicator forbids 2015 as the start, the second 2019, which is what the late moment means."""
    findings = contradictions(
        audit_rows(
            tmp_path,
            f"  {one}:\n  - {{in: t, level: {{early: 10, 2015: 20}}}}\n"
            f"  {other}:\n  - {{in: t, level: {{early: 10, late: 20}}}}\n"
            "moments:\n  early: {zh: 初期, en: start, either: [2015, 2019]}\n"
            "  late: {zh: 末期, en: late, either: [2019]}\n",
        )
    )
    assert [each.proof and [reading for reading, _ in each.proof.cases] for each in findings] == [
        ["early = 2015, late = 2019", "early = 2019, late = 2019"]
    ]


def test_zhanjiang_2017_is_the_worked_example() -> None:
    (finding,) = [each for each in contradictions(audited("zhanjiang")) if "level/2017" in each.about]
    proof = finding.proof
    assert proof is not None
    assert proof.severity == pytest.approx(110, rel=0.01)
    assert {each.figure.split("/")[1]: each.should_read for each in proof.involved} == {
        "finance_share_of_gdp": ("4.20", "4.21"),
        "finance_value_added": ("78.35", "78.92"),
        "insurance_depth": ("1.88", "1.89"),
        "premium": ("118.97", "119.83"),
    }
    assert "79.48 ÷ 保险深度2.83% = 2808亿元" in finding.message.say("zh")
    assert "118.13 ÷ 2808 = 4.21%" in finding.message.say("zh")


def test_zhuhais_insurance_targets_imply_an_implausible_population_and_gdp() -> None:
    said = [
        finding.message.say("en") for finding in audited("zhuhai").findings if finding.code.code == "PT401"
    ]
    assert any("resident population: 202 to 300" in each for each in said)
    assert any("GDP" in each and "11.2–12.0% a year" in each for each in said)


def test_parts_that_do_not_add_up_are_found(tmp_path: Path) -> None:
    own = (
        "own:\n  whole: {zh: 总, en: whole, unit: 亿元, kind: flow}\n  one: {zh: 甲, en: one, unit: 亿元, kind: flow}\n"
        "  other: {zh: 乙, en: other, unit: 亿元, kind: flow}\nlaws:\n- whole = one + other\n"
    )
    rows = (
        "  whole:\n  - {in: t, level: {2020: 2206.4}}\n  one:\n  - {in: t, level: {2020: 1346.99}}\n"
        "  other:\n  - {in: t, level: {2020: 859.26}}\n"
    )
    finding = only(audit_rows(tmp_path, rows + own))
    assert (finding.code.code, finding.level.value) == ("PT305", "error")
    assert finding.proof is not None
    assert finding.proof.severity == pytest.approx(2.5, rel=0.001)


def test_counts_that_do_not_add_up_have_no_severity(tmp_path: Path) -> None:
    own = (
        "own:\n  whole: {zh: 总, en: whole, unit: 家, kind: stock}\n  a: {zh: 甲, en: a, unit: 家, kind: stock}\n"
        "  b: {zh: 乙, en: b, unit: 家, kind: stock}\n  c: {zh: 丙, en: c, unit: 家, kind: stock}\nlaws:\n"
        "- whole = a + b + c\n"
    )
    rows = "".join(
        f"  {name}:\n  - {{in: t, level: {{2020: {value}家}}}}\n"
        for name, value in (("whole", 88), ("a", 26), ("b", 15), ("c", 46))
    )
    finding = only(audit_rows(tmp_path, rows + own))
    assert (finding.level.value, finding.proof and finding.proof.severity) == ("error", None)


def test_namesakes_of_two_plans_are_two_indicators(tmp_path: Path) -> None:
    plans = []
    for name, unit, level in (
        ("pa", "亿元", "{2020: 100}"),
        ("pb", "家", "{2025: 300}, growth: {2020->2025: 10%}"),
    ):
        file = tmp_path / f"{name}.yaml"
        file.write_text(
            f"plan: {name}\ntitle: {{zh: 例, en: Example}}\nplace: {{id: zhaoqing, zh: 肇庆市, en: Zhaoqing}}\n"
            "base: 2020\ntarget: 2025\nsections: {t: 表}\n"
            f"own:\n  mine: {{zh: 我, en: mine, unit: {unit}, kind: stock}}\n"
            f"figures:\n  mine:\n  - {{in: t, level: {level}}}\n",
            encoding="utf-8",
        )
        plans.append(read_plan_file(file, CATALOGUE).require())
    audit = audit_plans(plans, CATALOGUE)
    assert contradictions(audit) == []
    assert [(each.verdict, each.base) for each in audit.targets] == [("undetermined", None)]


# -- several plans, both kinds of law, limits ------------------------------------------------------

TWO_SHARES = (
    "own:\n  one: {zh: 甲, en: one, unit: 亿元, kind: flow}\n  other: {zh: 乙, en: other, unit: 亿元, kind: flow}\n"
    "  whole: {zh: 总, en: whole, unit: 亿元, kind: flow}\n  latent: {zh: 隐, en: latent, unit: 亿元, kind: flow}\n"
    '  one_share: {zh: 甲比, en: one share, unit: "%", kind: ratio, is: one / latent}\n'
    '  other_share: {zh: 乙比, en: other share, unit: "%", kind: ratio, is: other / latent}\n'
    '  whole_share: {zh: 总比, en: whole share, unit: "%", kind: ratio, is: whole / latent}\n'
    "laws:\n- whole = one + other\n"
)


@pytest.mark.parametrize(("share", "found"), [("30.0", []), ("31.0", [("PT306", "error")])])
def test_shares_add_up_as_their_amounts_do(tmp_path: Path, share: str, found: list[tuple[str, str]]) -> None:
    """Sums and ratios together: one = 10 %, other = 20 %, so the whole is 30 % of what is not printed."""
    rows = "".join(
        f"  {name}_share:\n  - {{in: t, level: {{2020: {value}}}}}\n"
        for name, value in (("one", "10.0"), ("other", "20.0"), ("whole", share))
    )
    audit = audit_rows(tmp_path, rows + TWO_SHARES)
    assert audit.coverage.complete
    assert [(each.code.code, each.level.value) for each in contradictions(audit)] == found
    for finding in contradictions(audit):
        assert finding.proof is not None
        assert finding.proof.severity == pytest.approx(20 / 3, rel=0.01)
        assert sorted(each.should_read for each in finding.proof.involved) == [
            ("10.9", "11.1"),
            ("20.9", "21.1"),
            ("29.9", "30.1"),
        ]
        assert set(finding.proof.in_every) == {each.figure for each in finding.proof.involved}


def test_two_plans_of_one_place_are_one_system() -> None:
    alone, together = audited("zhanjiang"), audited("zhanjiang", "zhanjiang-credit-2022")
    assert (
        together.coverage.figures
        == alone.coverage.figures + audited("zhanjiang-credit-2022").coverage.figures
    )
    assert {each.id for each in contradictions(alone)} <= {each.id for each in contradictions(together)}


def test_a_comparison_by_an_amount_is_decided(tmp_path: Path) -> None:
    """`below by 1个百分点`: this is the other less one point, as printed."""
    other = "  npl_ratio:\n  - {in: t, level: {2025: 2.00}, place: guangdong}\n"
    for level, level_of_finding in (("1.00", None), ("1.50", "error")):
        this = (
            f"  - {{in: s, level: {{2025: {level}}}}}\n"
            "  - {in: s, level: {2025: {below: npl_ratio@guangdong, by: 1.00个百分点}}}\n"
        )
        found = contradictions(audit_rows(tmp_path, other + this))
        assert [each.level.value for each in found] == ([level_of_finding] if level_of_finding else [])


def test_of_a_bound_the_level_is_not_known(tmp_path: Path) -> None:
    """A GDP of 3000亿元以上 beside a share and a value added is what these two imply; beside 999 it is no number."""
    rows = (
        "  gdp:\n  - {in: s, level: {2020: 3000亿元以上}}\n"
        "  finance_share_of_gdp:\n  - {in: t, level: {2020: 10.0}}\n"
        "  finance_value_added:\n  - {in: s, level: {2020: 500亿元以下}}\n  - {in: t, level: {2020: 400}}\n"
    )
    (gdp,) = [each for each in audit_rows(tmp_path, rows).latents if each.variable.indicator == "gdp"]
    assert (gdp.interval.low, gdp.interval.high) == (Fraction(7990, 201) * 100, Fraction(8010, 199) * 100)


def test_the_meanings_of_moments_are_gone_through_however_many_do_not_matter(tmp_path: Path) -> None:
    """Moments of which nothing else is said are not counted among the meanings of another."""
    alone = ("hightech_firms", "cash_service_points", "stock_accounts", "neeq_companies", "consumer_credit")
    idle = "".join(f"  {name}: {{zh: 某时, en: some time, either: [2015, 2016]}}\n" for name in alone)
    file = tmp_path / "made.yaml"
    file.write_text(
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表}\nmoments:\n"
        f"{idle}  early: {{zh: 初期, en: early, either: [2015, 2016]}}\nfigures:\n"
        "  premium:\n  - {in: t, level: {2015: 100, 2016: 110, 2020: 200}, multiple: {early->2020: 3.00}}\n"
        + "".join(f"  {name}:\n  - {{in: t, change: {{{name}->2020: up}}}}\n" for name in alone),
        encoding="utf-8",
    )
    (finding,) = contradictions(audit_plans([read_plan_file(file, CATALOGUE).require()], CATALOGUE))
    assert finding.proof is not None
    assert [reading for reading, _ in finding.proof.cases] == ["early = 2015", "early = 2016"]


def compared(folder: Path, ours: str, with_what: str, others: dict[str, str]) -> list[Finding]:
    """Contradictions of a level of Zhaoqing that is below something, beside the levels of other places."""
    rows = "".join(
        f"  - {{in: t, level: {{2020: {level}}}, place: {name}}}\n" for name, level in others.items()
    )
    mine = f"  - {{in: s, level: {{2020: {ours}}}}}\n  - {{in: s, level: {{2020: {with_what}}}}}\n"
    return contradictions(audit_rows(folder, "  listed_companies:\n" + rows + mine))


def test_below_the_cities_of_a_group_is_below_each_of_them(tmp_path: Path) -> None:
    """少于珠三角城市 is said of every city: what all of them have together says nothing."""
    below = "{below: listed_companies@pearl_river_delta}"
    assert compared(tmp_path, "9家", below, {"foshan": "40家", "zhuhai": "38家"}) == []
    (finding,) = compared(tmp_path, "39家", below, {"foshan": "40家", "zhuhai": "38家"})
    assert "made/listed_companies@zhuhai/level/2020/t" in figures_of(finding)
    assert "made/listed_companies@foshan/level/2020/t" not in figures_of(finding)
    both = compared(tmp_path, "39家", below, {"foshan": "30家", "zhuhai": "38家"})
    assert ["made/listed_companies@foshan/level/2020/t" in figures_of(each) for each in both] == [True]
    assert compared(tmp_path, "39家", below, {"pearl_river_delta": "38家"}) == []


def test_a_city_is_not_compared_with_itself_in_its_own_group(tmp_path: Path) -> None:
    """肇庆 is one of the nine cities: 少于珠三角城市 speaks of the other eight."""
    assert compared(tmp_path, "9家", "{below: listed_companies@pearl_river_delta}", {"zhuhai": "38家"}) == []


def test_below_the_province_is_below_what_is_printed_of_the_province(tmp_path: Path) -> None:
    """低于全省 speaks of the province's own number, written by name or as the parent, not of each of its cities."""
    for province in ("guangdong", "parent"):
        below = f"{{below: listed_companies@{province}}}"
        assert compared(tmp_path, "9家", below, {"guangdong": "500家", "zhanjiang": "2家"}) == []
        assert len(compared(tmp_path, "9家", below, {"guangdong": "8家"})) == 1


@pytest.mark.parametrize(
    ("operator", "by", "ours", "found"),
    [
        ("below", "", "12.0%", ["error"]),
        ("below", "", "8.0%", []),
        ("above", "", "12.0%", []),
        ("above", "", "8.0%", ["error"]),
        ("above", ", by: 2.0个百分点", "12.0%", []),
        ("above", ", by: 2.0个百分点", "14.0%", ["error"]),
    ],
)
def test_growth_is_compared_with_growth_elsewhere(
    tmp_path: Path, operator: str, by: str, ours: str, found: list[str]
) -> None:
    rows = (
        "  loans:\n  - {in: t, growth: {2019->2020: 10.0%}, place: guangdong}\n"
        f"  - {{in: t, growth: {{2019->2020: {ours}}}}}\n"
        f"  - {{in: s, growth: {{2019->2020: {{{operator}: loans@guangdong{by}}}}}}}\n"
    )
    assert [each.level.value for each in contradictions(audit_rows(tmp_path, rows))] == found


def test_a_law_of_changes_ties_what_was_raised_to_how_much_loans_grew(tmp_path: Path) -> None:
    own = (
        "own:\n  raised: {zh: 融资, en: raised, unit: 亿元, kind: flow}\n"
        '  raised_share: {zh: 融资比, en: raised share, unit: "%", kind: ratio, is: raised / change(loans)}\n'
    )
    rows = (
        "  loans:\n  - {in: t, level: {2019: 1000.0, 2020: 1200.0}}\n  raised:\n  - {in: t, level: {2020: 26.0}}\n"
        "  raised_share:\n  - {in: t, level: {2020: %s}}\n"
    )
    assert contradictions(audit_rows(tmp_path, rows % "13.0" + own)) == []
    assert only(audit_rows(tmp_path, rows % "14.0" + own)).level is Level.ERROR


def test_prices_that_would_have_to_double_are_doubted(tmp_path: Path) -> None:
    row = "  gdp:\n  - {in: t, level: {2020: 100, 2025: %s}, growth: {2020->2025: 5%%}}\n"
    codes = {
        level: [each.code.code for each in audit_rows(tmp_path, row % level).findings]
        for level in ("140", "300")
    }
    assert codes == {"140": [], "300": ["PT401"]}


def test_a_plan_may_set_its_own_band(tmp_path: Path) -> None:
    rows = (
        "  premium:\n  - {in: t, level: {2020: 100, 2025: 200}}\n"
        "  insurance_depth:\n  - {in: t, level: {2020: 4.00, 2025: 4.00}}\n"
    )
    assert [each.code.code for each in audit_rows(tmp_path, rows).findings] == ["PT401"]
    band = "bands:\n  gdp: {low: 0%, high: 20%, zh: 新区, en: a new district}\n"
    assert audit_rows(tmp_path, rows + band).findings == ()


def test_an_error_is_told_before_a_smaller_warning_that_shares_its_figures(tmp_path: Path) -> None:
    """The growth leads to 161.0, a little less than 161.3; that is 10.3 % where 353.7 is 20.6 %, which cannot be."""
    rows = (
        "  one_share:\n  - {in: t, level: {2020: 10.0, 2025: 10.3}}\n  one:\n"
        "  - {in: t, level: {2020: 100.0, 2025: 161.3}}\n  - {in: s, growth: {2020->2025: 10.00%}}\n"
        "  other_share:\n  - {in: t, level: {2020: 20.0, 2025: 20.6}}\n"
        "  other:\n  - {in: t, level: {2020: 200.0, 2025: 353.7}}\n"
    )
    found = contradictions(audit_rows(tmp_path, rows + TWO_SHARES))
    assert [each.level.value for each in found] == ["error", "warning"]
    assert found[0].proof is not None
    assert "made/other/level/2025/t" in {each.figure for each in found[0].proof.involved}


def tangled(parts: int, off: str = "1.00") -> str:
    """Amounts, their shares in an unprinted total, and sums of neighbours: a component with many cycles."""
    own, laws, figures = "own:\n", "laws:\n", ""
    values = [Fraction(1000 + 137 * number % 900, 10) for number in range(parts)]
    total = sum(values) * 3
    for number, value in enumerate(values):
        own += f"  q{number}: {{zh: 量, en: q{number}, unit: 亿元, kind: flow}}\n"
        own += f'  s{number}: {{zh: 比, en: s{number}, unit: "%", kind: ratio, is: q{number} / total}}\n'
        figures += f"  q{number}:\n  - {{in: t, level: {{2020: {decimal_text(value, 1)}}}}}\n"
        figures += f"  s{number}:\n  - {{in: t, level: {{2020: {decimal_text(value / total * 100, 3)}}}}}\n"
    own += "  total: {zh: 隐, en: total, unit: 亿元, kind: flow}\n  sum: {zh: 和, en: sum, unit: 亿元, kind: flow}\n"
    laws += f"- sum = {' + '.join(f'q{number}' for number in range(parts))}\n"
    for number in range(0, parts - 1, 3):
        own += f"  p{number}: {{zh: 对, en: p{number}, unit: 亿元, kind: flow}}\n"
        own += f'  r{number}: {{zh: 对比, en: r{number}, unit: "%", kind: ratio, is: p{number} / sum}}\n'
        laws += f"- p{number} = q{number} + q{number + 1}\n"
        share = (
            (values[number] + values[number + 1]) / sum(values) * 100 * Fraction(off if number == 3 else "1")
        )
        figures += f"  r{number}:\n  - {{in: t, level: {{2020: {decimal_text(share, 2)}}}}}\n"
    return figures + own + laws


@pytest.mark.parametrize(("off", "level"), [("1.00", None), ("1.02", "error")])
def test_sixty_figures_with_cycles_are_decided(tmp_path: Path, off: str, level: str | None) -> None:
    audit = audit_rows(tmp_path, tangled(25, off))
    assert audit.coverage.figures >= 58
    assert audit.coverage.complete
    assert [each.level.value for each in contradictions(audit)] == ([level] if level else [])


def test_five_hundred_figures_of_one_quantity_are_audited(tmp_path: Path) -> None:
    rows = "".join(
        f"  - {{in: t, level: {{2020: 100}}, change: {{2020->2025: 增加{20 + n % 7}}}}}\n" for n in range(250)
    )
    audit = audit_rows(tmp_path, f"  loans:\n{rows}")
    assert audit.coverage.figures == 500
    assert {each.code.code for each in contradictions(audit)} == {"PT302"}


def test_numerals_of_fifty_digits_are_compared_to_the_last(tmp_path: Path) -> None:
    digits = "1" * 25 + "." + "3" * 25
    rows = f"  loans:\n  - {{in: t, level: {{2020: {digits}}}}}\n  - {{in: s, level: {{2020: {digits[:-1]}9}}}}\n"
    proof = only(audit_rows(tmp_path, rows)).proof
    assert proof is not None
    assert proof.severity == pytest.approx(6)
    # What each would read is looked for among numbers of up to eighteen digits; of longer ones nothing is said.
    assert {(each.should_read, each.should_read_count) for each in proof.involved} == {((), None)}


# -- what is unusual or cannot be ------------------------------------------------------------------


def doubts(audit: Audit) -> list[tuple[str, str]]:
    """Code and English sentence of what is no contradiction."""
    return [(each.code.code, each.message.say("en")) for each in audit.findings if each.proof is None]


def people(**levels: str) -> str:
    """Premiums and densities that imply a population of so many 万人 in each year."""
    premium = ", ".join(f"{year[1:]}: {each}.00" for year, each in levels.items())
    density = ", ".join(f"{year[1:]}: 1000.0" for year in levels)
    return (
        f"  premium:\n  - {{in: t, level: {{{premium}}}}}\n"
        f"  insurance_density:\n  - {{in: t, level: {{{density}}}}}\n"
    )


def test_zhanjiangs_odd_population_is_one_finding_about_one_year() -> None:
    ((code, said),) = [each for each in doubts(audited("zhanjiang")) if "population" in each[1]]
    assert code == "PT401"
    assert "830 × 10 thousand persons in 2020" in said
    assert "736 in 2019 and 745 in 2025" in said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (people(y2015="10", y2020="20"), ["unusual"]),
        (people(y2020="10", y2025="20"), ["plausible"]),
        (people(y2015="10", y2020="20", y2025="40"), ["unusual", "plausible"]),
        (people(y2015="10", y2020="20", y2025="10"), ["out of line"]),
        (people(y2015="20", y2020="10", y2025="20"), ["out of line"]),
        (people(y2010="10", y2015="20", y2020="40", y2025="20"), ["unusual", "out of line"]),
        (people(y2019="100", y2020="107"), []),
        (people(y2019="100", y2020="109"), ["unusual"]),
        (people(y2015="100", y2020="110", y2025="105"), []),
    ],
)
def test_growth_outside_a_band_is_told_once_and_of_the_past_as_unusual(
    tmp_path: Path, rows: str, words: list[str]
) -> None:
    found = [each for each in doubts(audit_rows(tmp_path, rows)) if each[0] == "PT401"]
    assert len(found) == len(words)
    for (_, said), word in zip(found, words, strict=True):
        assert word in said
        assert ("plausible" in said) == (word == "plausible")


def test_without_a_band_no_growth_is_unusual(tmp_path: Path) -> None:
    own = (
        "own:\n  heads: {zh: 人数, en: heads, unit: 万人, kind: stock}\n"
        '  a_head: {zh: 人均保费, en: premium a head, unit: "元/人", kind: ratio, is: premium / heads}\n'
    )
    rows = people(y2015="10", y2020="40").replace("insurance_density", "a_head")
    assert doubts(audit_rows(tmp_path, rows + own)) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2018: 10.0, 2019: 100.0", ["becomes 100.0 (2019) within a year, 10.0 times as much"]),
        ("2018: 100.0, 2019: 4.0", ["becomes 4.0 (2019) within a year, less than a fifth"]),
        ("2018: 10.0, 2019: 100.0, 2020: 12.0", ["100.0 (2019) stands between 10.0 (2018) and 12.0 (2020)"]),
        ("2018: 1.0, 2019: 10.0, 2020: 100.0", ["10.0 times as much", "10.0 times as much"]),
        ("2018: 10.0, 2020: 99.0", []),
        ("2018: 10.0, 2020: 100.0", ["becomes 100.0 (2020), 10.0 times as much"]),
        ("2017: 10.0, 2019: 99.0, 2020: 12.0", ["less than a fifth"]),
        ("2018: 10.0, 2019: 49.0", []),
    ],
)
def test_a_level_that_leaps_within_a_year_is_told_once(tmp_path: Path, row: str, said: list[str]) -> None:
    found = doubts(audit_rows(tmp_path, f"  social_financing:\n  - {{in: t, level: {{{row}}}}}\n"))
    assert [code for code, _ in found] == ["PT404"] * len(said)
    assert all(each in sentence for each, (_, sentence) in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("indicator", "levels", "codes"),
    [
        ("registered_unemployment", "2020: 2.3%, 2025: 3.5%以内", []),
        ("registered_unemployment", "2020: 2.3%, 2025: 3.5%", []),
        ("npl_ratio", "2020: 2.3%, 2025: 3.5%", ["PT402"]),
        ("provision_coverage", "2020: 200%, 2025: 150%", []),
    ],
)
def test_a_limit_leaves_room_and_is_not_weaker_than_its_base(
    tmp_path: Path, indicator: str, levels: str, codes: list[str]
) -> None:
    rows = f"  {indicator}:\n  - {{in: t, level: {{{levels}}}}}\n"
    assert [code for code, _ in doubts(audit_rows(tmp_path, rows))] == codes


def negative(domain: str) -> str:
    return f"own:\n  net: {{zh: 净流入, en: net inflow, unit: 亿元, kind: flow{domain}}}\n"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("  npl_ratio:\n  - {in: t, level: {2020: 1.2%, 2025: -3.0%}}\n", ["PT405"]),
        ("  loans:\n  - {in: t, level: {2020: -50.0亿元}}\n", ["PT405"]),
        ("  loans:\n  - {in: t, level: {2020: 0}}\n", []),
        ("  listed_companies:\n  - {in: t, level: {2020: 0家}}\n", []),
        ("  net:\n  - {in: t, level: {2020: -50.0亿元}}\n" + negative(""), ["PT405"]),
        ("  net:\n  - {in: t, level: {2020: -50.0亿元}}\n" + negative(", domain: any"), []),
        ("  loans:\n  - {in: t, change: {2019->2020: -50.0亿元}}\n", []),
    ],
)
def test_a_level_below_zero_is_told_once_where_it_cannot_be(
    tmp_path: Path, rows: str, codes: list[str]
) -> None:
    audit = audit_rows(tmp_path, rows)
    assert [each.code.code for each in audit.findings] == codes
    if codes:
        assert not {each.figure.id for each in audit.coverage.unchecked} & set(audit.findings[0].figures)
