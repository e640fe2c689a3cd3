"""The five documents: what contradicts itself in them, and that nothing else is called an error."""

from collections import ChainMap
from functools import cache
from pathlib import Path

import pytest

from plantrack.audit import Audit, audit_plans
from plantrack.documents import read_document
from plantrack.findings import Finding, Level
from plantrack.loading import LoadedPlan, load_catalogue, load_plan
from plantrack.loading.omitted import load_omitted
from plantrack.plan import Indicator
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
    "value added doubled, and premiums beside their depth": {
        "zhaoqing/finance_share_of_gdp/change/2015->2020/1.2.1",
        "zhaoqing/finance_value_added/multiple/2015->2020/1.2.1",
        "zhaoqing/insurance_depth/change/2015->2020/1.2.1",
        "zhaoqing/premium/growth/2015->2020/1.2.1",
    },
    "the 4+4 industries and their two halves": {
        "zhaoqing/output_4plus4/level/2020/1.1.2",
        "zhaoqing/output_leading4/level/2020/1.1.2",
        "zhaoqing/output_special4/level/2020/1.1.2",
    },
}
WARNINGS = {
    "more than 50 and 50": {
        "zhuhai/listed_companies/level/2025/overall",
        "zhuhai/listed_companies/level/2025/table",
    },
    "doubled, and 12.9 % a year": {
        "zhaoqing/finance_value_added/multiple/2015->2020/1.2.1",
        "zhaoqing/finance_value_added/growth/2015->2020/1.2.1",
    },
    "+1100 and +1200 with the loan-to-deposit ratio": {
        "zhaoqing/deposits/change/2015->2020/1.3.2/2",
        "zhaoqing/loans/change/2015->2020/1.3.2/2",
        "zhaoqing/loan_deposit_ratio/change/2015->2020/1.2.1",
    },
    "76.91 to 115 at 8.50 %": {
        "zhaoqing/premium/level/2025/table",
        "zhaoqing/premium/growth/2020->2025/table",
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
def plans() -> tuple[LoadedPlan, ...]:
    return tuple(load_plan(file, CATALOGUE) for file in sorted((TOP / "data" / "plans").glob("*.yaml")))


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


def test_nothing_else_is_called_an_error() -> None:
    assert len(contradictions(Level.ERROR)) == len(ERRORS)


def test_no_contradiction_runs_across_plans() -> None:
    """The documents speak of different cities and years: what joins them would be a law that presumes too much."""
    for level in Level:
        for finding in contradictions(level):
            assert len({figure.partition("/")[0] for figure in about(finding)}) == 1


def test_every_law_that_touches_a_figure_is_decided() -> None:
    assert audited().coverage.complete


def all_indicators() -> dict[str, Indicator]:
    own = (loaded.plan.own for loaded in plans() if loaded.plan is not None)
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
    assert limits == {"population", "registered_unemployment", "capital_adequacy", "provision_coverage"}


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not here")
@pytest.mark.parametrize("loaded", plans(), ids=lambda loaded: loaded.plan.plan)
def test_every_figure_is_found_and_every_number_accounted_for(loaded: LoadedPlan) -> None:
    assert loaded.plan is not None
    document = read_document(DOCUMENTS / f"{loaded.plan.plan}.txt")
    trace = trace_plan(loaded, document, load_omitted(loaded), CATALOGUE, unused=True)
    assert [each.message.say("en") for each in trace.findings] == []
