"""Which figures are told, which of them decide, and what each would have to read: cases worked out by hand.

A case is the body of a plan file and, for each finding: its code, its level, what its figures read,
the severity, the deciding ones, and of some what they would have to read.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from first_principles import CATALOGUE, HEAD
from plantrack.audit import Audit, audit_plans
from plantrack.audit.build import Builder, build_system, places_compared
from plantrack.audit.contradictions import Search, _is_beside, _size, variables_held_by
from plantrack.numbers.interval import POSITIVE
from plantrack.reading import read_plan
from plantrack.solver.constraints import span_constraints
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from plantrack.audit.minimal_sets import Known


class Told(NamedTuple):
    """A finding as the case wants it; `None` for what it does not tell."""

    code: str
    level: str
    figures: str
    severity: float | None = None
    deciding: str | None = None
    would_read: dict[str, tuple[str | None, ...]] = {}  # noqa: RUF012 - never changed


def own(*names: str, unit: str = "亿元") -> str:
    lines = (f"  {name}: {{zh: 甲{name}, en: {name}, unit: {unit}, kind: stock}}\n" for name in names)
    return "own:\n" + "".join(lines)


def rows(**figures: str) -> str:
    """`premium="level: {2020: 1}"`; rows of one indicator are separated by `|`."""
    found = ["figures:\n"]
    for name, said in figures.items():
        found.append(f"  {name}:\n")
        found += [
            f"  - {{in: {section}, {row.strip()}}}\n"
            for section, row in zip("abcabc", said.split("|"), strict=False)
        ]
    return "".join(found)


CASES = {
    "a count that rises from nothing": (
        rows(listed_companies="level: {2020: 0, 2025: 5}, change: {2020->2025: 新增5家}"),
        [],
    ),
    "a count that rises from nothing, year by year": (
        rows(listed_companies="level: {2020: 0, 2025: 5}, annual_change: {2020->2025: 1家}"),
        [],
    ),
    "a count that rises from nothing, without a number": (
        rows(listed_companies="level: {2020: 0, 2025: 5}, change: {2020->2025: up}"),
        [],
    ),
    "a multiple of nothing": (
        rows(listed_companies="level: {2020: 0, 2025: 5}, multiple: {2020->2025: 5}"),
        # 1 and 5, or 0 and 0, are five times one another; no multiple leads from 0 to 5.
        [Told("PT303", "error", "0 5 5", None, "0 5", {"0": ("1", "1")})],
    ),
    "a ratio below zero that doubles": (
        rows(
            inclusive_loan_growth="level: {2020: 下降3.0%, 2025: 下降6.0%}, change: {2020->2025: down}, "
            "multiple: {2020->2025: 2倍}"
        ),
        [],
    ),
    "a comparison set aside says nothing of which side is greater": (
        rows(
            npl_ratio=(
                "level: {2025: 1.00}|level: {2025: {below: npl_ratio@guangdong, by: 0.5个百分点}}|level: "
                "{2025: 1.10以下}"
                "|level: {2025: 1.20}, place: guangdong|level: {2025: 1.15以上}, place: guangdong"
            )
        ),
        [Told("PT308", "error", "1.20 1.00 below", 25.0, "1.20 1.00 below")],
    ),
    "a comparison decides": (
        rows(
            npl_ratio="level: {2025: 1.5}|level: {2025: {above: npl_ratio@guangdong}}|"
            "level: {2025: 2.0}, place: guangdong"
        ),
        [Told("PT308", "error", "1.5 2.0 above", 5.0, "1.5 2.0 above")],
    ),
    "a repetition accuses no change that fits both": (
        rows(listed_companies="level: {2025: 1312家}, annual_change: {2020->2025: 50}|level: {2025: 984家}"),
        [Told("PT302", "error", "1312家 984家")],
    ),
    "a repetition of changes accuses no level": (
        rows(premium="level: {2025: 2768.1}, change: {2020->2025: 1706.78}|change: {2020->2025: 1551.5}"),
        [Told("PT302", "error", "1706.78 1551.5")],
    ),
    "an inequality wakes when what made it sure is set aside": (
        own("aa", "bb", "cc", "dd")
        + rows(
            aa="level: {2025: 253}",
            bb="level: {2020: 140.1, 2025: 161}, total_growth: {2020->2025: 53.3%}",
            cc="level: {2025: 69.1}",
            dd="level: {2025: 209.50}",
        )
        + "laws: [aa = bb + cc, dd >= bb]\n",
        [
            # bb is 183.9 by the sum with 161 corrected, 214.8 by its growth: no other dd is enough.
            Told("PT305", "error", "140.1 53.3% 209.50", 34.96, "140.1 53.3%"),
            Told("PT305", "error", "253 161 69.1", 21.81, "253 161 69.1"),
        ],
    ),
    "a correction that breaks an inequality is not enough": (
        own("bb", "dd")
        + rows(bb="level: {2020: 100, 2025: 120}, total_growth: {2020->2025: 50%}", dd="level: {2025: 130}")
        + "laws: [dd >= bb]\n",
        [Told("PT301", "error", "100 120 50%", 17.58, "100 50%")],
    ),
    "a correction that uncovers another contradiction is not enough": (
        rows(
            capital_adequacy=(
                "change: {2015->2025: 4.71个百分点以上}, total_growth: {2015->2025: 102%}, level: {2020: "
                "6.08, 2025: 9.1}"
                "|change: {2020->2025: 3.28个百分点以上}"
            )
        ),
        [Told("PT303", "error", "6.08 9.1 3.28个百分点以上", 4.727, "9.1")],
    ),
    "nor one that only laws of both kinds see": (
        rows(
            capital_adequacy=(
                "multiple: {2015->2020: 3倍, 2020->2025: 1.30倍}, level: {2020: 7.06以上, 2025: 9.19},"
                " change: {2015->2025: 4.71个百分点}"
            )
        ),
        [Told("PT304", "error", "3倍 4.71个百分点 9.19 1.30倍", 2.795, "3倍 4.71个百分点 1.30倍")],
    ),
    "a level that stands in two parts of a circuit is one number": (
        rows(
            premium="level: {2020: 275}",
            finance_value_added="level: {2020: 293.7}",
            insurance_depth="level: {2020: 4.17}",
            finance_share_of_gdp="level: {2025: 3.2}, annual_change: {2020->2025: 减少0.17个百分点}",
        ),
        [
            Told(
                "PT306",
                "error",
                "3.2 293.7 4.17 275 减少0.17个百分点",
                4.53,
                "3.2 293.7 4.17 275 减少0.17个百分点",
                {"3.2": ("3.6", "3.6")},
            )
        ],
    ),
    "exact counts leave a rate room": (
        rows(
            listed_companies=(
                "level: {2025: 501家}, growth: {2020->2025: 下降3.68%}|change: {2015->2020: 277家, 2015->2025: 172家}"
            )
        ),
        [
            Told(
                "PT303",
                "warning",
                "277家 172家 501家 下降3.68%",
                10.796,
                "501家 下降3.68%",  # whatever the others read, 3.68 % leads to 501 from no whole number
                {"501家": ("509家", "510家"), "下降3.68%": ("下降3.73%", "下降3.73%"), "277家": ()},
            )
        ],
    ),
    "a bound is found, and how far off it is": (
        rows(
            listed_companies="level: {2020: 不足8家}, multiple: {2020->2025: 1倍}, annual_change: {2020->2025: 1.00}"
        ),
        [Told("PT303", "warning", "不足8家 1倍 1.00", 1.2422, None, {"不足8家": ("不足10家", None)})],
    ),
    "how far off a fall is from a bound": (
        rows(
            listed_companies="level: {2020: 860以下}, total_growth: {2020->2025: 下降25.0%}, "
            "change: {2020->2025: 减少224家}"
        ),
        [Told("PT303", "error", "860以下 下降25.0% 减少224家", 20.93)],
    ),
    "a fall and a growth need no level to exclude one another": (
        rows(premium="level: {2025: 81.02}, growth: {2020->2025: 3.0%}, change: {2020->2025: 减少0.82}"),
        [Told("PT301", "error", "3.0% 减少0.82", 60.0, "3.0% 减少0.82")],
    ),
    "sums of unprinted levels exclude changes": (
        own("aa", "bb", "cc", unit="家")
        + rows(
            aa="change: {2020->2025: 减少48家}",
            bb="level: {2020: 181家}, total_growth: {2020->2025: 下降50.9%}",
            cc="level: {2025: 191家以下}, change: {2020->2025: 36家}",
        )
        + "laws: [aa = bb + cc]\n",
        [Told("PT305", "error", "36家 181家 下降50.9% 减少48家", 89.82, None, {"181家": ("165家", "165家")})],
    ),
    "the December of a ratio is its year": (
        rows(
            loan_deposit_ratio="level: {2020-12: 85.00}",
            loans="level: {2020-12: 1000}",
            deposits="level: {2020-12: 2000}",
        ),
        [Told("PT306", "error", "2000 85.00 1000", 694.8)],
    ),
    "what may be below zero would read below zero": (
        own("aa").replace("kind: stock", "kind: stock, domain: any")
        + rows(aa="level: {2020: 10.0, 2025: 20.0}, change: {2020->2025: 减少30.0}"),
        [Told("PT303", "error", "10.0 20.0 减少30.0", None, None, {"20.0": ("-20.1", "-19.9")})],
    ),
    "nothing falls by more than its whole": (
        rows(premium="level: {2020: 100.0, 2025: 90.0以下}, total_growth: {2020->2025: 下降5%}"),
        [
            Told(
                "PT301",
                "warning",
                "100.0 90.0以下 下降5%",
                9.171,
                None,
                {"下降5%": ("下降100%", "下降10%")},
            )
        ],
    ),
    "a fall of no points or more stays a fall: a rise is not looked for": (
        rows(
            provision_coverage="annual_change: {2020->2025: 下降0.0个百分点以上}|change: {2020->2025: 超过0.1个百分点}"
        ),
        [
            Told(
                "PT302",
                "warning",
                "下降0.0个百分点以上 超过0.1个百分点",
                None,
                None,
                {"下降0.0个百分点以上": ()},
            )
        ],
    ),
}


def audited(body: str) -> Audit:
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    return audit_plans([loaded], CATALOGUE)


@pytest.mark.parametrize(("body", "wanted"), CASES.values(), ids=CASES.keys())
def test_the_case_is_told_as_worked_out_by_hand(body: str, wanted: list[Told]) -> None:
    audit = audited(body)

    def reads(figure: str) -> str:
        said = audit.figures[figure]
        return said.text or (said.relation.operator if said.relation else "")

    found = [finding for finding in audit.findings if finding.proof]
    assert [(each.code.code, each.level.value) for each in found] == [each[:2] for each in wanted]
    assert audit.coverage.complete
    for finding, told in zip(found, wanted, strict=True):
        proof = finding.proof
        assert proof is not None
        assert sorted(reads(each.figure) for each in proof.involved) == sorted(told.figures.split())
        if told.severity is not None:
            assert proof.severity == pytest.approx(told.severity, rel=1e-3)
        if told.deciding is not None:
            assert sorted(map(reads, proof.in_every)) == sorted(told.deciding.split())
        numerals = {reads(each.figure): each.should_read for each in proof.involved}
        assert {name: numerals[name] for name in told.would_read} == told.would_read


def test_no_other_set_is_the_set_itself() -> None:
    audit = audited(
        rows(listed_companies="level: {2020: 10, 2025: 27}, annual_change: {2020->2025: 新增2—3家}")
    )
    (finding,) = audit.findings
    assert finding.proof is not None
    assert finding.proof.alternatives == ()


def test_two_levels_and_two_rates_between_them_are_two_findings() -> None:
    """The rate is connected with the level that the other finding is about."""
    row = "level: {2020: 38652}|level: {2020: 19874}|growth: {2015->2020: 7.9%}|growth: {2015->2020: 9.3%}"
    found = [sorted(each.figures) for each in audited(rows(premium=row)).findings]
    assert len(found) == len({*map(tuple, found)}) == 2


def test_what_is_not_connected_with_a_contradiction_is_not_told_again_beside_it() -> None:
    """Of `bb` two figures must be corrected; the two of `aa` are one contradiction, apart from it."""
    apart = "multiple: {2020->2025: 0.0}, annual_change: {2020->2025: 2.10}"
    paces = (
        "multiple: {2015->2019: 1, 2024->2025: 0.0001, 2019->2025: 翻一番}, growth: {2019->2025: 0.1%左右}"
    )
    paces += ", annual_change: {2015->2025: 96446, 2019->2025: 6左右}"
    audit = audited(own("aa", "bb") + rows(aa=apart, bb=paces))
    found = [next(iter(each.figures)).split("/")[1] for each in audit.findings if each.proof]
    assert sorted(found) == ["aa", "bb", "bb"], [each.figures for each in audit.findings]


def test_figures_of_a_finding_are_held_against_others() -> None:
    body = own("bb", "dd") + rows(
        bb="level: {2020: 140.1}, total_growth: {2020->2025: 53.3%}", dd="level: {2025: 209.50}"
    )
    audit = audited(body + "laws: [dd >= bb]\n")
    assert audit.findings[0].proof is not None
    assert audit.coverage.unchecked == ()


ABOVE = "growth: {2015->2020: 8.0%}|growth: {2015->2020: {above: premium@guangdong, by: 2.0个百分点}}|"


def test_growth_of_several_years_compared_by_an_amount_is_told_to_be_half_decided() -> None:
    audit = audited(rows(premium=f"{ABOVE}level: {{2020: 14.0}}, place: guangdong"))
    (half,) = audit.coverage.undetermined
    assert half.figure.relation is not None
    assert "over several years" in half.why.say("en")


def test_rates_that_levels_tell_are_compared_by_an_amount() -> None:
    """From 10.0 to 14.0 in five years are 6.96 % a year, 1.04 points below 8.0 %."""
    audit = audited(rows(premium=f"{ABOVE}level: {{2015: 10.0, 2020: 14.0}}, place: guangdong"))
    (finding,) = audit.findings
    assert finding.code.code == "PT308"
    assert "1.04 points apart" in finding.message.say("en")


def search_of(body: str, effort: float = 1.0) -> Search:
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    return Search(build_system([loaded], CATALOGUE, effort=Effort(times=effort)))


TURNED = "level: {2020: 100, 2025: 120}, total_growth: {2020->2025: 50%}"


def test_contradictions_that_share_no_figure_are_no_alternatives_of_one_another() -> None:
    found = search_of(rows(premium=TURNED, loans=TURNED)).apart()
    assert [len(each.proof.bounds) for each in found] == [3, 3]
    assert [each.alternatives for each in found] == [(), ()]


def test_those_that_share_a_figure_are_five_at_most() -> None:
    """One level against seven others, each with a rise between them."""
    years = range(2021, 2028)
    levels = ", ".join(f"{year}: 100.0" for year in (2020, *years))
    growth = ", ".join(f"2020->{year}: 50%" for year in years)
    found = search_of(rows(premium=f"level: {{{levels}}}, total_growth: {{{growth}}}")).apart()
    assert [len(each.alternatives) for each in found] == [5]


CHANGED = rows(premium="change: {2020->2025: 增加20.0}, total_growth: {2020->2025: 20%}")


@pytest.mark.parametrize(("effort", "is_decided"), [(1.0, True), (1e-9, False)])
def test_what_changes_mean_is_decided_unless_the_work_is_spent(effort: float, is_decided: bool) -> None:
    search = search_of(CHANGED, effort)
    assert search.apart() == []
    assert (not search.undecided()) is is_decided
    assert bool(search.known) is is_decided  # kept for who asks the same again


def test_what_is_decided_is_kept_where_it_is_asked_to_be() -> None:
    system = search_of(CHANGED).system
    known: Known = {}
    assert Search(system, known=known).known is known
    assert Search(system).known == {}


def test_how_far_off_is_not_told_where_floats_find_it_too_near() -> None:
    """At least 100 % is demanded: from 80 % it takes 40 times its rounding."""
    names = own("aa", "bb") + "  rr: {zh: 甲rr, en: rr, unit: '%', kind: ratio, is: aa / bb}\n"
    audit = audited(names + rows(rr="level: {2020: 80%}") + "laws: [aa >= bb]\n")
    (finding,) = audit.findings
    assert finding.proof is not None
    assert (finding.proof.severity, finding.proof.is_weighed) == (None, False)


@pytest.mark.parametrize(
    ("figures", "is_minimal"),
    [
        ("level: {2020: 100, 2025: 120}, multiple: {2020->2025: 1.5}", True),
        ("level: {2020: 100, 2025: 120}, change: {2020->2025: 50}", True),
        ("level: {2020: 100}, change: {2020->2025: 20}, multiple: {2020->2025: 1.5}", False),
        ("change: {2020->2025: up}, multiple: {2020->2025: 0.5}", False),
    ],
)
def test_of_a_ratio_made_of_a_change_it_is_not_told_that_every_figure_is_needed(
    figures: str, is_minimal: bool
) -> None:
    (found,) = search_of(rows(premium=figures)).of_laws()
    assert found.proof.is_minimal is is_minimal


def test_of_contradictions_of_as_many_figures_one_without_an_assumption_is_told_first() -> None:
    """The price basis of one multiple is not printed."""
    multiples = "multiple: {2020->2024: 1.2}|multiple: {2020->2025: 1.2}, prices: current"
    figures = rows(gdp=f"level: {{2020: 100, 2024: 150, 2025: 150}}, {multiples}")
    (conflict,) = search_of(figures).of_laws()
    proofs: list[Any] = sorted([*conflict.alternatives, conflict.proof], key=_size)  # type: ignore[arg-type]
    assert [[each.id.split("/")[-2] for each in proof.bounds] for proof in proofs] == [
        ["2020", "2025", "2020->2025"],
        ["2020", "2024", "2020->2024"],
    ]


@pytest.mark.parametrize("is_generous", [False, True])
def test_of_a_sum_found_beside_a_contradiction_it_is_not_asked_whether_every_figure_is_needed(
    *, is_generous: bool
) -> None:
    figures = rows(aa="level: {2025: 200}", bb="level: {2025: 60}", cc="level: {2025: 70}")
    system = search_of(own("aa", "bb", "cc") + figures + "laws: [aa = bb + cc]\n").system
    (found,) = Search(system, is_generous=is_generous).of_laws()
    assert found.proof.is_minimal is not is_generous


def test_a_reading_with_further_variables_knows_what_their_spans_mean() -> None:
    system = search_of(rows(premium="level: {2020: 100}")).system
    (level,) = system.bounds
    ratio = level._replace(kind="ratio", times=("2020", "2025"))
    assert system.with_variables([level]) is system
    more = system.with_variables([ratio, level])
    assert {each: more.domains[each] for each in more.domains.keys() - system.domains.keys()} == {
        ratio: POSITIVE
    }
    assert more.domains[level] is system.domains[level]
    assert more.constraints == (*system.constraints, *span_constraints(ratio))


@pytest.mark.parametrize(
    ("error", "is_beside"),
    [("bc", True), ("cd", False), ("abc", True), ("abcd", False), ("acd", True), ("ab", True)],
)
def test_an_error_beside_a_contradiction_shares_figures_and_is_not_the_same_with_several_more(
    error: str, is_beside: bool
) -> None:
    proofs: list[Any] = [SimpleNamespace(bounds=tuple(each)) for each in (error, "ab")]
    assert _is_beside(*proofs) is is_beside


def test_figures_hold_their_variables_and_a_change_its_ratio_as_well() -> None:
    bounds = search_of(rows(premium="level: {2020: 100}, change: {2020->2025: 20}")).everything
    held = variables_held_by(bounds)
    assert {(each.kind, each.times) for each in held} == {
        ("level", ("2020",)),
        ("difference", ("2020", "2025")),
        ("ratio", ("2020", "2025")),
    }


COMPARED = "level: {2025: 1.0}|level: {2025: {below: %s@guangdong}}|level: {2025: 2.0}, place: guangdong"


@pytest.mark.parametrize("about", [{"npl_ratio"}, {"npl_ratio", "insurance_density"}])
def test_a_system_about_indicators_holds_what_is_connected_with_them_alone(about: set[str]) -> None:
    body = rows(**{name: COMPARED % name for name in ("npl_ratio", "insurance_density")})
    build = Builder([read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()], CATALOGUE)
    system = build(about=about)
    compared = [each for each in system.constraints if each.law in system.by_id]
    assert {each.variables[0].indicator for each in compared} == about
    assert {each.figure.indicator for each in system.by_id.values()} == about


def test_laws_that_lead_from_year_to_year_end_two_years_before_the_first_that_is_printed() -> None:
    """Those of the year before it still hold, and lead to its start."""
    laws = "laws: [aa = 2 * change(bb), bb = 2 * aa]\n"
    system = search_of(own("aa", "bb") + rows(aa="level: {2025: 100}") + laws).system
    assert {time for each in system.domains for time in each.times} == {"2023", "2024", "2025"}


@pytest.mark.parametrize(
    ("place", "beside", "places"),
    [
        ("zhuhai", "premium@parent", ["guangdong"]),
        ("china", "premium@parent", []),
        ("zhuhai", "premium@zhaoqing", ["zhaoqing"]),
        ("zhuhai", "loans", ["zhuhai"]),
    ],
)
def test_places_that_a_figure_is_compared_with(place: str, beside: str, places: list[str]) -> None:
    body = rows(premium=f"level: {{2025: {{above: {beside}}}}}, place: {place}")
    (figure,) = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require().figures
    assert places_compared(figure, CATALOGUE) == places


def test_ranks_among_different_places_are_different_quantities() -> None:
    body = rows(gdp="rank: {2020: 第3位}, among: 全省|rank: {2020: 第9位}, among: 全国")
    plan = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    assert {each.scope for each in build_system([plan], CATALOGUE).bounds} == {"全省", "全国"}
