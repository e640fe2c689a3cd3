"""The five documents: what contradicts itself in them, and that nothing else is called an error."""

from collections import ChainMap
from functools import cache
from pathlib import Path

import pytest

from plantrack.audit import Audit, audit_plans
from plantrack.documents import read_document
from plantrack.findings import Finding, Level
from plantrack.numbers.interval import Interval
from plantrack.plan.model import Indicator
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.omissions_file import load_omitted
from plantrack.solver.variables import Variable
from plantrack.trace import trace_plan

CATALOGUE = load_catalogue()
TOP = Path(__file__).parent.parent
DOCUMENTS = TOP.parent / "shared" / "documents"

# What each contradiction is about: figures that only a correction of the document can reconcile.
ERRORS = {
    "GDP of 2016 by share and by depth": {
        "zhanjiang/finance_share_of_gdp/level/2016/history",
        "zhanjiang/finance_value_added/level/2016/history",
        "zhanjiang/insurance_depth/level/2016/history",
        "zhanjiang/premium/level/2016/history",
    },
    "GDP of 2017": {
        "zhanjiang/finance_share_of_gdp/level/2017/history",
        "zhanjiang/insurance_depth/level/2017/history",
    },
    "GDP of 2018": {
        "zhanjiang/finance_share_of_gdp/level/2018/history",
        "zhanjiang/insurance_depth/level/2018/history",
    },
    "multiples since the start of the 13th plan": {
        "zhanjiang/finance_share_of_gdp/change/early13->2020/1.1",
        "zhanjiang/finance_value_added/multiple/early13->2020/1.1",
        "zhanjiang/insurance_depth/multiple/early13->2020/1.1",
        "zhanjiang/premium/multiple/early13->2020/1.1",
    },
    "the 4+4 industries and their two halves": {
        "zhaoqing/output_4plus4/level/2020/1.1.2",
        "zhaoqing/output_leading4/level/2020/1.1.2",
        "zhaoqing/output_special4/level/2020/1.1.2",
    },
    "no city but five of the Bay Area above 400, and Zhuhai's 402.7": {
        "zhaoqing/finance_value_added@zhuhai/level/2020/2.2.3",
        "zhuhai/finance_value_added/level/2020/table",
    },
}
WARNINGS = {
    "value added doubled, and premiums beside their depth": {
        "zhaoqing/finance_share_of_gdp/change/2015->2020/1.2.1",
        "zhaoqing/finance_value_added/multiple/2015->2020/1.2.1",
        "zhaoqing/insurance_depth/change/2015->2020/1.2.1",
        "zhaoqing/premium/growth/2015->2020/1.2.1",
    },
    "doubled, and 12.9 % a year": {
        "zhaoqing/finance_value_added/multiple/2015->2020/1.2.1",
        "zhaoqing/finance_value_added/growth/2015->2020/1.2.1",
    },
    "+1100 and +1200 with the loan-to-deposit ratio": {
        "zhaoqing/deposits/change/2015->2020/1.3.2",
        "zhaoqing/loans/change/2015->2020/1.3.2",
        "zhaoqing/loan_deposit_ratio/change/2015->2020/1.2.1",
    },
    "76.91 to 115 at 8.50 %": {
        "zhaoqing/premium/level/2025/table",
        "zhaoqing/premium/growth/2020->2025/table",
    },
}
NOTES = {
    "more than 50 and 50": {
        "zhuhai/listed_companies/level/2025/overall",
        "zhuhai/listed_companies/level/2025/table",
    },
    "2893.08 and 2893.07": {
        "zhaoqing/deposits/level/2020/1.2.1",
        "zhaoqing/deposits/level/2020/table",
    },
    "14.12 and 14.13 points": {
        "zhaoqing/loan_deposit_ratio/change/2015->2020/1.2.1",
        "zhaoqing/loan_deposit_ratio/change/2015->2020/1.3.2",
    },
}


@cache
def plans() -> tuple[Plan, ...]:
    return tuple(
        read_plan_file(file, CATALOGUE).require() for file in sorted((TOP / "data" / "plans").glob("*.yaml"))
    )


@cache
def audited() -> Audit:
    return audit_plans(plans(), CATALOGUE)


def contradictions(level: Level) -> list[Finding]:
    return [each for each in audited().findings if each.proof is not None and each.level is level]


def about(finding: Finding) -> set[str]:
    assert finding.proof is not None
    return {each.figure for each in finding.proof.involved}


@pytest.mark.parametrize("name", ERRORS)
def test_what_the_document_contradicts_is_an_error(name: str) -> None:
    assert [each for each in contradictions(Level.ERROR) if ERRORS[name] <= about(each)]


@pytest.mark.parametrize("name", WARNINGS)
def test_what_may_be_rounding_or_a_reading_is_a_warning(name: str) -> None:
    assert [each for each in contradictions(Level.WARNING) if WARNINGS[name] <= about(each)]


@pytest.mark.parametrize("name", NOTES)
def test_one_intention_in_two_forms_is_a_note(name: str) -> None:
    assert [each for each in contradictions(Level.NOTE) if NOTES[name] <= about(each)]


def test_nothing_else_is_called_an_error() -> None:
    assert len(contradictions(Level.ERROR)) == len(ERRORS)


def test_one_contradiction_runs_across_plans_and_names_both() -> None:
    """Each document speaks of its own city, but one says of the others what one of them denies."""
    across = [
        finding
        for level in Level
        for finding in contradictions(level)
        if len({figure.partition("/")[0] for figure in about(finding)}) > 1
    ]
    (finding,) = across
    assert about(finding) >= ERRORS["no city but five of the Bay Area above 400, and Zhuhai's 402.7"]
    for language in ("zh", "en"):
        cities = {"zh": ("肇庆", "珠海"), "en": ("Zhaoqing", "Zhuhai")}[language]
        assert all(city in finding.message.say(language) for city in cities)


def test_what_one_plan_says_of_another_city_leaves_what_that_city_implies() -> None:
    """GDP above 3000 and value added of at most 400, as Zhaoqing has it, are no numbers of Zhuhai's to reckon with."""
    alone = audit_plans([each for each in plans() if each.id == "zhuhai"], CATALOGUE)

    def implied(audit: Audit) -> dict[Variable, Interval]:
        return {each.variable: each.interval for each in audit.latents if each.variable.place == "zhuhai"}

    together = implied(audited())
    assert implied(alone)
    assert {column: together.get(column) for column in implied(alone)} == implied(alone)


def test_one_thing_has_one_id() -> None:
    """金融机构, 持牌金融机构 and 银证保金融机构 are the same institutions, of three cities."""
    held = {
        figure.plan: figure.text
        for loaded in plans()
        for figure in loaded.figures
        if figure.indicator == "financial_institutions" and figure.measure and str(figure.at) == "2020"
    }
    assert held == {"zhaoqing": "87", "zhanjiang": "99家", "zhuhai": "175家"}
    names: dict[str, set[str]] = {}
    for name, each in all_indicators().items():
        names.setdefault(each.zh, set()).add(name)
    assert {zh: ids for zh, ids in names.items() if len(ids) > 1} == {}


def test_no_time_is_written_that_the_document_does_not_print() -> None:
    """2015 and 2016 stand where the text says 2015年, “十二五”期末, “十三五”时期 or a table says the year."""
    undated = {
        f"{figure.plan}/{figure.indicator}": figure.time_text
        for loaded in plans()
        for figure in loaded.figures
        if (figure.row.printed or "").endswith(("零的突破", "“零”的突破"))
        or "近年来" in (figure.row.note or "")
    }
    assert undated
    assert not [each for each, time in undated.items() if "2015" in str(time) or "2016" in str(time)]


def test_every_law_that_touches_a_figure_is_decided() -> None:
    assert audited().coverage.complete


def all_indicators() -> dict[str, Indicator]:
    own = (loaded.model.own for loaded in plans() if loaded.model is not None)
    return dict(ChainMap(CATALOGUE.indicators, *own))


def test_the_growth_of_money_above_a_size_is_on_comparable_coverage() -> None:
    """Firms grow into the size and fall out of it: an amount of theirs is no base of printed growth."""
    above_size = {
        name
        for name, each in all_indicators().items()
        if each.unit == "亿元" and each.zh.startswith(("规上", "规模以上", "限上", "限额以上"))
    }
    comparable = {name for name, each in all_indicators().items() if each.growth_basis == "comparable"}
    assert above_size == {"industrial_value_added", "industrial_output", "electronics_output"}
    assert above_size | {"fixed_asset_investment", "retail_sales", "budget_revenue"} <= comparable
    assert not {"gdp", "premium", "deposits", "finance_value_added"} & comparable


def test_limits_are_told_from_aims() -> None:
    limits = {name for name, each in all_indicators().items() if each.role == "limit"}
    finance = {"capital_adequacy", "provision_coverage"}
    people = {"population", "total_population", "natural_growth_rate"}
    economy = {"registered_unemployment", "surveyed_unemployment", "consumer_prices"}
    resources = {"energy_consumption", "water_consumption", "farmland", "new_construction_land"}
    assert limits == finance | people | economy | resources


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not here")
@pytest.mark.parametrize("loaded", plans(), ids=lambda loaded: loaded.id)
def test_every_figure_is_found_and_every_number_accounted_for(loaded: Plan) -> None:
    assert loaded.model is not None
    document = read_document(DOCUMENTS / f"{loaded.id}.txt")
    trace = trace_plan(loaded, document, load_omitted(loaded), CATALOGUE, unused=True)
    assert [each.message.say("en") for each in trace.findings] == []
