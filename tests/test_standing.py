"""What is said around the proofs is true: where each target row stands, and why something was not checked."""

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from plantrack.audit import Audit, audit_plans
from plantrack.audit.build import build_system
from plantrack.audit.coverage import measure_coverage
from plantrack.audit.targets import standings
from plantrack.findings import Level
from plantrack.formats.findings.summary import headline, meaning_lines
from plantrack.formats.sheet import said_in
from plantrack.language import Language
from plantrack.plan.catalogue import Catalogue
from plantrack.plan.citing import in_words
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.views import tidy
from plantrack.views.documents import check_document
from plantrack.views.targets import targets_table

CATALOGUE: Catalogue = load_catalogue()
CASES = Path(__file__).parent / "cases" / "audit"
EVERY = ("jieyang", "zhanjiang", "zhanjiang-credit-2022", "zhaoqing", "zhuhai")


@cache
def real(name: str) -> Audit:
    return audit_plans([read_plan_file(find_plan(name), CATALOGUE).require()], CATALOGUE)


def plan_of(folder: Path, figures: str, name: str = "made") -> Plan:
    file = folder / f"{name}.yaml"
    file.write_text(
        f"plan: {name}\ntitle: {{zh: 例{name}, en: Example {name}}}\n"
        "place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表, s: 文}\nfigures:\n" + figures,
        encoding="utf-8",
    )
    return read_plan_file(file, CATALOGUE).require()


def audit_rows(folder: Path, figures: str) -> Audit:
    return audit_plans([plan_of(folder, figures)], CATALOGUE)


# -- what a target row leads to --------------------------------------------------------------------


def test_the_target_of_a_row_that_states_growth_alone_is_the_level_printed_elsewhere(tmp_path: Path) -> None:
    audit = audit_rows(
        tmp_path,
        "  loans:\n  - {in: t, level: {2020: 100.0}, growth: {2020->2025: 10%}}\n  - {in: s, level: {2025: 161.0}}\n"
        "  deposits:\n  - {in: t, level: {2020: 100.0}, growth: {2020->2025: 10%}}\n",
    )
    ends = [
        (each.figure.indicator, each.figure.kind, each.target and each.target.text) for each in audit.targets
    ]
    assert ends == [("loans", "growth", "161.0"), ("loans", "level", "161.0"), ("deposits", "growth", None)]


# -- the status of a target row --------------------------------------------------------------------

ROW = "  loans:\n  - {in: t, level: {2020: 100.0, 2025: %s}%s}\n"


@pytest.mark.parametrize(
    ("rows", "status", "zh", "en"),
    [
        (ROW % ("161.0", ", growth: {2020->2025: 10%}"), "consistent", "相符", "holds"),
        (ROW % ("161.0", ", growth: {2020->2025: 12%}"), "in_finding", "不符", "fails"),
        (ROW % ("161.0", ""), "nothing_to_compare", "—（无可比数据）", "— (nothing to compare)"),
        (ROW % ("161.0", "") + "  - {in: s, level: {2025: 161}}\n", "consistent", "相符", "holds"),
        (ROW % ("161.0", "") + "  - {in: s, level: {2025: 171}}\n", "in_finding", "不一致", "contradicted"),
        (
            ROW % ("161.0", ", growth: {2020->2025: 10%}") + "  - {in: s, level: {2025: 171}}\n",
            "in_finding",
            "不一致",
            "contradicted",
        ),
        ("  loans:\n  - {in: t, growth: {2020->2025: 10%}}\n", "undetermined", "缺数据", "not enough data"),
        ("  loans:\n  - {in: t, change: {2020->2025: up}}\n", "undetermined", "缺数据", "not enough data"),
        (
            "  loans:\n  - {in: t, change: {2020->2025: up}}\n  - {in: t, change: {2020->2025: up}}\n",
            "undetermined",
            "缺数据",
            "not enough data",
        ),
        (
            "  gdp:\n  - {in: t, level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 6%}}\n",
            "undetermined",
            "缺数据",
            "not enough data",
        ),
    ],
)
def test_a_row_tells_what_the_whole_audit_knows_of_it(
    tmp_path: Path, rows: str, status: str, zh: str, en: str
) -> None:
    audit = audit_rows(tmp_path, rows)
    assert check_document(audit, [])["targets"][0]["status"] == status
    assert tidy.targets(audit).rows[0]["status"] == status
    for language, word in (("zh", zh), ("en", en)):
        table = said_in(language, targets_table(audit, audit.plans[0], CATALOGUE))
        if any(each.measure for each in audit.plans[0].figures):
            assert table.rows[0][-1] == word
        else:  # rows without a number are no rows of the table
            assert not table.rows
            assert len(table.notes) == 1


def test_below_the_findings_a_row_points_to_them(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, ROW % ("161.0", "") + "  - {in: s, level: {2025: 171}}\n")
    for language, word in (("zh", "见上"), ("en", "see above")):
        table = targets_table(audit, audit.plans[0], CATALOGUE, below_findings=True)
        assert said_in(language, table).rows[0][-1] == word
    selected = replace(audit, findings=())
    table = targets_table(selected, audit.plans[0], CATALOGUE, below_findings=True)
    assert said_in("zh", table).rows[0][-1] == "不一致"


def test_what_only_notes_are_about_is_wording(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, ROW % ("161.0", "") + "  - {in: s, level: {2025: 171}}\n")
    (finding,) = audit.findings
    note = replace(finding, level=Level.NOTE)
    assert set(standings(audit.targets, [note], audit.coverage).values()) == {"wording"}


def test_what_is_not_decided_is_listed_and_its_row_undetermined(tmp_path: Path) -> None:
    """An audit that gave up on the laws of loans, and none of whose figures stand in a finding."""
    loaded = plan_of(
        tmp_path,
        ROW % ("161.0", ", growth: {2020->2025: 10%}") + ROW.replace("loans", "premium") % ("161.0", ""),
    )
    system = build_system([loaded], CATALOGUE)
    held = frozenset(each.id for each in loaded.figures)
    variables = frozenset(variable for variable in system.bounds if variable.indicator == "loans")
    coverage = measure_coverage(loaded.figures, system, held, frozenset(), variables)
    assert not coverage.complete
    assert repr(coverage) == "<Coverage: 2 of 5 figures in some law, not complete>"
    assert {each.figure.indicator for each in coverage.undetermined} == {"loans"}
    assert all("neither shown to agree" in each.why.say("en") for each in coverage.undetermined)
    assert coverage.in_some_law + len(coverage.undetermined) + len(coverage.unchecked) == coverage.figures
    target = audit_plans([loaded], CATALOGUE).targets[0]
    assert standings([target], [], coverage) == {target.figure.id: "undetermined"}
    told = measure_coverage(loaded.figures, system, held, held, variables)
    assert (told.complete, told.undetermined) == (False, ())
    assert (coverage.open, told.open) == ({each.figure.id for each in coverage.undetermined}, frozenset())


@pytest.mark.parametrize("name", EVERY)
def test_no_real_row_holds_while_one_of_its_figures_is_in_a_finding(name: str) -> None:
    audit = real(name)
    grave = {id_ for each in audit.findings if each.level is not Level.NOTE for id_ in each.figures}
    for target in audit.targets:
        own = {each.id for each in (*target.figures, *target.ahead)}
        if own & grave:
            assert audit.status_of(target) == "in_finding"


def test_the_status_does_not_depend_on_the_findings_that_are_shown() -> None:
    audit = real("zhaoqing")
    hidden = replace(audit, findings=())
    assert [hidden.status_of(each) for each in hidden.targets] == [
        audit.status_of(each) for each in audit.targets
    ]
    assert Counter(map(audit.status_of, audit.targets))["in_finding"] >= 10


# -- the value that base and target imply ------------------------------------------------------------


def implied_in(folder: Path, rows: str, language: Language = "en") -> str:
    audit = audit_rows(folder, rows)
    return said_in(language, targets_table(audit, audit.plans[0], CATALOGUE)).rows[0][4]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("  loans:\n  - {in: t, level: {2020: 7626, 2025: 1万亿元}}\n", "5.57%"),
        ("  loans:\n  - {in: t, level: {2020: 7626, 2025: 1万亿元}, growth: {2020->2025: 6%}}\n", "5.57%"),
        (
            "  loans:\n  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}}\n",
            "8.38% (8.28–8.47%)",
        ),
        (
            "  loans:\n  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.40%}}\n",
            "8.38% (8.28–8.47%)",
        ),
        ("  loans:\n  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.4%}}\n", "8.38%"),
        ("  loans:\n  - {in: t, level: {2020: 76.91, 2025: 115以上}}\n", "≥8.38%"),
        ("  loans:\n  - {in: t, level: {2020: 76.91, 2025: 不超过115}}\n", "≤8.38%"),
        ("  loans:\n  - {in: t, level: {2020: 超过100, 2025: 200}}\n", "≤14.87%"),
        ("  loans:\n  - {in: t, level: {2020: 100.0, 2025: 150—161}}\n", "8.44–10.00%"),
        (
            "  loans:\n  - {in: t, level: {2020: 100.0, 2025: 161.05}, multiple: {2020->2025: 1.61倍}}\n",
            "1.611",
        ),
    ],
)
def test_the_nominal_value_comes_first_and_the_interval_where_it_tells(
    tmp_path: Path, rows: str, shown: str
) -> None:
    assert implied_in(tmp_path, rows) == shown


# -- the first line ----------------------------------------------------------------------------------


def test_nothing_checked_is_no_freedom_from_contradiction(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, "  loans:\n  - {in: t, level: {2020: 100}}\n")
    said = {language: headline(audit, language) for language in ("zh", "en")}
    assert said["en"].startswith("Nothing was checked")
    assert "contradiction" not in said["en"]
    assert "未作任何核对" in said["zh"]
    assert "未发现" not in said["zh"]


def test_a_plan_that_was_checked_says_so(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, ROW % ("161.0", ", growth: {2020->2025: 10%}"))
    assert headline(audit, "en").startswith("3 figures, no contradiction")
    assert "nothing was checked" not in headline(audit, "en").lower()


def test_of_several_plans_those_of_which_nothing_was_checked_are_named(tmp_path: Path) -> None:
    checked = plan_of(tmp_path, ROW % ("161.0", ", growth: {2020->2025: 10%}"), "one")
    alone = plan_of(tmp_path, "  premium:\n  - {in: t, level: {2020: 100}}\n", "other")
    audit = audit_plans([checked, alone], CATALOGUE)
    assert "nothing was checked of Example other" in headline(audit, "en")
    assert "例other的数据均无可比数据" in headline(audit, "zh")
    assert "Example one" not in headline(audit, "en")
    neither = audit_plans([alone], CATALOGUE)
    assert headline(neither, "en").startswith("Nothing was checked")


def test_what_is_not_decided_is_said_first() -> None:
    audit = real("jieyang")
    open_ = replace(audit, coverage=audit.coverage._replace(complete=False))
    assert not headline(audit, "en").startswith("Not all")
    assert headline(open_, "en").startswith("Not all is decided")
    assert headline(open_, "zh").startswith("部分关系未能判定")
    names = frozenset(audit.figures)
    none = replace(audit, findings=(), coverage=open_.coverage._replace(checked=frozenset(), open=names))
    assert headline(none, "en").startswith(
        f"Nothing is decided of {len(names)} figures: {len(names)} are held"
    )
    assert "no contradiction" not in headline(none, "en")
    assert "未发现" not in headline(none, "zh")


# -- reasons -----------------------------------------------------------------------------------------

NO_LEVEL = "no level is printed for {}"
LEADS = "its growth or change leads from or to {}, for which no level is printed"
ONCE = "printed once, and no growth, change or multiple to hold it against"
PRICES = "growth at constant prices is not held against levels at current prices"
OWN = "own:\n  profit: {zh: 利润, en: profit, unit: 亿元, kind: flow, domain: any}\n"
SHARE = "  npl_ratio:\n  - {in: t, level: {2025: {below: npl_ratio@guangdong}}}\n"


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ("  loans:\n  - {in: t, level: {2020: 100}}\n", [ONCE]),
        ("  loans:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 10%}}\n",
         [LEADS.format("2025"), NO_LEVEL.format("2025")]),
        ("  loans:\n  - {in: t, growth: {2020->2025: 10%}}\n", [NO_LEVEL.format("2020, 2025")]),
        ("  loans:\n  - {in: t, level: {2020: 100, 2025: 200}, change: {2020->2025: up}}\n", []),
        ("  gdp:\n  - {in: t, level: {2020: 100, 2025: 150}, growth: {2020->2025: 6%}}\n", [PRICES] * 3),
        ("  gdp:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 6%}}\n",
         [PRICES, NO_LEVEL.format("2025")]),
        ("  gdp:\n  - {in: t, growth: {2020->2025: 6%}}\n", [NO_LEVEL.format("2020, 2025")]),
        ("  gdp:\n  - {in: t, rank: {2020: 第3位}}\n", ["no law ties a rank"]),
        (SHARE, ["Guangdong is not known for 2025"]),
        (SHARE + "  - {in: s, place: guangdong, level: {2025: 1.2%}}\n",
         ["the comparison stands alone: no number is printed for 2025", ONCE]),
        (SHARE + "  - {in: s, level: {2025: 1.1%}}\n", ["Guangdong is not known for 2025", ONCE]),
        (SHARE + "  - {in: s, place: guangdong, level: {2025: 1.2%}}\n  - {in: s, level: {2025: 1.1%}}\n", []),
    ],
)  # fmt: skip
def test_the_reason_is_true_of_what_is_printed(tmp_path: Path, rows: str, reasons: list[str]) -> None:
    coverage = audit_rows(tmp_path, rows).coverage
    said = [each.why.say("en") for each in (*coverage.undetermined, *coverage.unchecked)]
    assert sorted(said) == sorted(reasons)


Key = tuple[str, str, str | None]


def key_of(figure: Figure) -> Key:
    return figure.indicator, figure.place, figure.row.scope


def times_printed(audit: Audit) -> tuple[dict[Key, set[str]], dict[Key, set[str]]]:
    """Of each quantity the times of its levels, and the ends of what is told from one time to another."""
    levels: defaultdict[Key, set[str]] = defaultdict(set)
    ends: defaultdict[Key, set[str]] = defaultdict(set)
    for figure in audit.figures.values():
        if figure.kind == "level" and figure.measure is not None:
            levels[key_of(figure)].add(str(figure.at))
        elif figure.kind not in {"level", "rank"}:
            ends[key_of(figure)] |= set(map(str, figure.times))
    return levels, ends


@pytest.mark.parametrize("name", EVERY)
def test_reasons_of_the_real_plans_are_true(name: str) -> None:
    """Whatever lacks a level lacks it; whatever is printed once stands beside no growth of it."""
    audit = real(name)
    levels, ends = times_printed(audit)
    ids = {moment.en: name for name, moment in audit.plans[0].model.moments.items()}
    for figure, why in (*audit.coverage.unchecked, *audit.coverage.undetermined):
        said = why.say("en")
        ids |= {in_words(each.text).say("en"): each.text for each in figure.times if each.is_of_months}  # type: ignore[union-attr]
        if said.startswith("no level is printed for "):
            lacking = {
                ids.get(each, each) for each in said.removeprefix("no level is printed for ").split(", ")
            }
            assert lacking.isdisjoint(levels[key_of(figure)])
            assert lacking <= set(map(str, figure.times))
        if said == ONCE:
            assert str(figure.at) not in ends[key_of(figure)]
        if said.startswith("its growth"):
            assert str(figure.at) in ends[key_of(figure)]


def test_why_a_target_has_no_verdict_is_true(tmp_path: Path) -> None:
    for rows, why in (
        ("  loans:\n  - {in: t, level: {2025: 150}, growth: {2020->2025: 12%}}\n", NO_LEVEL.format("2020")),
        ("  loans:\n  - {in: t, level: {2020: 150}, growth: {2020->2025: 12%}}\n", NO_LEVEL.format("2025")),
        ("  loans:\n  - {in: t, growth: {2020->2025: 12%}}\n", NO_LEVEL.format("2020, 2025")),
        ("  loans:\n  - {in: t, level: {2025: 150}}\n", NO_LEVEL.format("2020")),
        ("  gdp:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 6%}}\n", NO_LEVEL.format("2025")),
        ("  gdp:\n  - {in: t, level: {2020: 100, 2025: 150}, growth: {2020->2025: 6%}}\n", PRICES),
        ("  listed_companies:\n  - {in: t, level: {2020: 0, 2025: 1}, growth: {2020->2025: 10%}}\n",
         "the base may be zero or below"),
        ("  listed_companies:\n  - {in: t, level: {2020: 10, 2025: 0}, growth: {2020->2025: -100%}}\n",
         "the target may be zero or below"),
    ):  # fmt: skip
        target = audit_rows(tmp_path, rows).targets[0]
        assert target.why is not None
        assert target.why.say("en") == why


@pytest.mark.parametrize(
    ("levels", "start", "base"),
    [
        ("2020: 100, 2025: 150", "2020", "100"),
        ("2019: 60.6, 2025: 65", "2019", "60.6"),
        ("2018: 50, 2019: 60.6, 2025: 65", "2019", "60.6"),
        ("2018: 50, 2020: 60.6, 2025: 65", "2020", "60.6"),
        ("2021: 50, 2023: 60, 2025: 65", "2021", "50"),
        ("2025: 65", "2020", None),
    ],
)
def test_a_row_starts_from_its_own_base(tmp_path: Path, levels: str, start: str, base: str | None) -> None:
    rows = f"  loans:\n  - {{in: t, level: {{{levels}}}}}\n"
    (target,) = [each for each in audit_rows(tmp_path, rows).targets if each.due == "2025"]
    assert (target.start, target.base and target.base.text) == (start, base)
    assert (target.why is None) == (base is not None)


def test_a_rate_of_other_years_is_held_against_the_levels_of_its_own(tmp_path: Path) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 50.0, 2022: 100.0, 2025: 133.1}, growth: {2022->2025: 10%}}\n"
    (target,) = [each for each in audit_rows(tmp_path, rows).targets if each.due == "2025"]
    assert (target.start, target.verdict) == ("2022", "holds")


def test_the_base_of_growth_at_constant_prices_is_shown(tmp_path: Path) -> None:
    rows = "  gdp:\n  - {in: t, level: {2020: 2311.65}, growth: {2020->2025: 6%}}\n"
    (target,) = audit_rows(tmp_path, rows).targets
    assert target.base is not None
    assert target.base.text == "2311.65"


# -- what a contradiction says it needs --------------------------------------------------------------


def shares(law: str, *values: str) -> str:
    own = "".join(
        f'  {name}: {{zh: {zh}, en: {name}, unit: "%", kind: ratio}}\n'
        for name, zh in zip("abc", "甲乙丙", strict=True)
    )
    rows = "".join(
        f"  {name}:\n  - {{in: t, level: {{2020: {value}}}}}\n"
        for name, value in zip("abc", values, strict=True)
    )
    return f"{rows}own:\n{own}laws:\n- {law}\n"


def test_shares_must_come_to_a_hundred_per_cent(tmp_path: Path) -> None:
    (finding,) = audit_rows(tmp_path, shares("a + b + c = 1", "50.1", "30.1", "20.3")).findings
    assert ": 100% - b 30.1% - c 20.3% = 49.6% (49.5 to 49.7%), 0.5 points apart" in finding.message.say("en")
    assert "：100% - 乙30.1% - 丙20.3% = 49.6%（49.5%—49.7%），与原文相差0.5个百分点" in finding.message.say(
        "zh"
    )
    assert finding.proof is not None
    assert finding.proof.identities == ("1 = a(2020) + b(2020) + c(2020)",)


def test_shares_that_come_to_it_within_rounding_are_none(tmp_path: Path) -> None:
    assert audit_rows(tmp_path, shares("a + b + c = 1", "50.0", "30.0", "20.1")).findings == ()


def test_a_number_of_a_law_stands_in_its_identity(tmp_path: Path) -> None:
    (finding,) = audit_rows(tmp_path, shares("a = b + c + 0.1", "90.0", "30.0", "20.0")).findings
    assert finding.proof is not None
    (identity,) = finding.proof.identities
    assert " + 1 = " in identity
    assert "must come to" not in finding.message.say("en")


def test_the_title_of_repetition_is_true_of_growth_as_well(tmp_path: Path) -> None:
    rows = "  loans:\n  - {in: t, growth: {2015->2020: 12.9%}}\n  - {in: s, multiple: {2015->2020: 3倍}}\n"
    (finding,) = audit_rows(tmp_path, rows).findings
    assert (finding.code.code, finding.proof is not None) == ("PT302", True)
    assert "one growth of it" in finding.code.title.say("en")


# -- vague moments -----------------------------------------------------------------------------------

MOMENT = "moments:\n  early: {zh: 初期, en: start, either: [2015, 2016]}\n"


@pytest.mark.parametrize(
    ("levels", "added"),
    [
        ("2015: 90.0, 2016: 100.0", {"early = 2015": 1, "early = 2016": 0}),
        ("2015: 100.0, 2016: 110.0", {"early = 2015": 0, "early = 2016": 1}),
        (
            "2015: 90.0, 2016: 95.0",
            {"early = 2015": 0, "early = 2016": 0},
        ),  # told: it fails whatever is meant
        ("2015: 100.0", {"early = 2015": 0, "early = 2016": 0}),
    ],
)
def test_what_a_meaning_adds_is_what_it_contradicts(
    tmp_path: Path, levels: str, added: dict[str, int]
) -> None:
    rows = f"  loans:\n  - {{in: t, level: {{{levels}, 2020: 150.0}}, multiple: {{early->2020: 1.50倍}}}}\n"
    audit = audit_rows(tmp_path, rows + MOMENT)
    assert {each.reading: len(each.added) for each in audit.meanings} == added
    lines = list(meaning_lines(audit, "en"))
    assert bool(lines) == any(added.values())
    for meaning in audit.meanings:
        assert all("made/loans/multiple/early->2020/t" in each.figures for each in meaning.added)


def test_without_a_vague_moment_no_meaning_is_told(tmp_path: Path) -> None:
    audit = audit_rows(tmp_path, ROW % ("161.0", ", growth: {2020->2025: 10%}"))
    assert audit.meanings == ()
    assert list(meaning_lines(audit, "zh")) == []


def test_zhanjiangs_other_multiples_contradict_if_the_start_is_2016() -> None:
    audit = real("zhanjiang")
    told = check_document(audit, [])["meanings"]
    document = [each for each in told if each["moment"] == "early13"]
    assert [each["reading"] for each in document] == ["early13 = 2015", "early13 = 2016"]
    assert document[0]["contradictions"] == []
    indicators = {each["figures"][0].split("/")[1] for each in document[1]["contradictions"]}
    assert len(indicators) >= 7
    lines = list(meaning_lines(audit, "zh"))
    assert lines[0] == "如“十三五”初期指2015年，不增加不一致"
    assert lines[1].startswith("如“十三五”初期指2016年，另有")
    known = {frozenset(each.figures) for each in audit.findings if each.proof is not None}
    assert known.isdisjoint(frozenset(each["figures"]) for each in document[1]["contradictions"])


def test_moments_are_taken_one_at_a_time_and_those_that_add_nothing_are_not_told(tmp_path: Path) -> None:
    rows = (
        "  loans:\n  - {in: t, level: {2015: 90.0, 2016: 100.0, 2020: 150.0}, multiple: {early->2020: 1.50倍}}\n"
        "  premium:\n  - {in: t, level: {2019: 50, 2020: 60, now: 50以上}}\n"
    )
    now = "  now: {zh: 当前, en: now, either: [2019, 2020]}\n"
    audit = audit_rows(tmp_path, rows + MOMENT + now)
    assert [each.reading for each in audit.meanings] == [
        "early = 2015",
        "early = 2016",
        "now = 2019",
        "now = 2020",
    ]
    assert [len(each.added) for each in audit.meanings] == [1, 0, 0, 0]
    assert not [line for line in meaning_lines(audit, "en") if "now" in line]


def test_reasons_call_a_moment_by_its_name(tmp_path: Path) -> None:
    rows = (
        "  loans:\n  - {in: t, level: {2020: 150.0}, multiple: {early->2020: 1.50倍}}\n"
        "  npl_ratio:\n  - {in: t, level: {early: {below: npl_ratio@guangdong}}}\n"
    )
    coverage = audit_rows(tmp_path, rows + MOMENT).coverage
    told = (*coverage.undetermined, *coverage.unchecked)
    assert sorted(each.why.say("en") for each in told) == [
        "Guangdong is not known for start",
        "its growth or change leads from or to start, for which no level is printed",
        "no level is printed for start",
    ]
    assert {each.why.say("zh") for each in told} >= {"缺广东省初期的数据", "原文未列初期的数据"}


def test_a_level_below_zero_is_told_with_its_reason() -> None:
    audit = audit_plans([read_plan_file(CASES / "negative-level.yaml", CATALOGUE).require()], CATALOGUE)
    assert [each.code.code for each in audit.findings] == ["PT405", "PT405"]
    assert all("below zero, which it cannot be" in each.message.say("en") for each in audit.findings)
    assert [audit.status_of(each) for each in audit.targets] == ["in_finding"]


def test_a_meaning_adds_what_is_printed_of_the_same_years_otherwise(tmp_path: Path) -> None:
    rows = (
        "  loans:\n  - {in: t, multiple: {early->2020: 1.50倍}}\n"
        "  - {in: s, multiple: {2016->2020: 1.60倍}}\n"
    )
    audit = audit_rows(tmp_path, rows + MOMENT)
    assert {each.reading: [one.code for one in each.added] for each in audit.meanings} == {
        "early = 2015": [],
        "early = 2016": ["repetition-conflict"],
    }
