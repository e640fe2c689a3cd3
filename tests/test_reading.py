"""Plan files: every problem found, at its place, without a crash; everything kept as typed."""

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixed import TODAY
from fuzzing import use
from plantrack.errors import PlantrackError
from plantrack.laws.grammar import read_definition, read_law
from plantrack.plan.folders import PACKAGE, files_under, plans_folders
from plantrack.reading import find_plan, load_catalogue, plan_files, read_plan_file
from plantrack.reading.library import CATALOGUE as FILES
from plantrack.reading.yaml_tree import read_plain, read_tree
from plantrack.validity import RULES
from plantrack.validity.units_check import require_like_units
from plantrack.waivers import VALIDATION, apply_waivers, open_findings

CASES = Path(__file__).parent / "cases" / "plans"
INVALID = sorted((CASES / "invalid").glob("pt[012]*.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))
CATALOGUE = load_catalogue()
PLANS = ["jieyang", "zhanjiang", "zhanjiang-credit-2022", "zhaoqing", "zhuhai"]


def findings_of(path: Path) -> list[str]:
    loaded = read_plan_file(path, CATALOGUE)
    findings = apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)
    return [finding.code.code for finding in open_findings(findings)]


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_the_case_yields_the_code_in_its_name(path: Path) -> None:
    started = time.perf_counter()
    loaded = read_plan_file(path, CATALOGUE)
    findings = loaded.findings
    assert path.stem[:5].upper() in {finding.code.code for finding in findings}
    for finding in findings:
        assert 1 <= finding.position.line <= path.read_bytes().count(b"\n") + 1
        assert finding.message.say("zh") != finding.message.say("en")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_the_case_is_clean(path: Path) -> None:
    assert findings_of(path) == []


@pytest.mark.parametrize("name", PLANS)
def test_the_plans_are_clean(name: str) -> None:
    assert findings_of(find_plan(name)) == []


@pytest.mark.parametrize(
    ("case", "line", "at", "said"),
    [
        ("pt003-duplicate-key", 11, "premium:", "first at 9:3"),
        ("pt101-unknown-key", 10, "growht:", "growth"),
        ("pt102-missing-section", 10, "{level", "`in`"),
        ("pt103-wrong-type", 10, "fast}", '"fast"'),
        ("pt105-invalid-time", 10, "20205: 115", "20205"),
        ("pt107-invalid-numeral", 10, "fast}}", '"fast"'),
        ("pt201-unknown-indicator", 9, "premiums:", "premium"),
        ("pt202-unit-mismatch", 10, "115家", "亿元"),
        ("pt208-file-name", 1, "another-name", "another-name"),
        ("pt004-unclosed-bracket", 10, "{in: t", "`}`"),
        ("pt004-unclosed-quote", 8, '"肇庆', "quotation mark"),
        ("pt006-alias-bomb", 9, "&a [", "write the value out"),
        ("pt012-full-width-colon", 9, "：", "full-width"),
        ("pt102-missing-name", 2, "{en: Example}", "`zh`"),
        ("pt104-invalid-value", 10, "real}", "current, constant"),
        ("pt106-times-out-of-order", 10, "2025->2020", "after the start"),
        ("pt106-span-out-of-order", 10, "2020/2016", "after the start"),
        ("pt106-base-after-target", 5, "2019", "2020"),
        ("pt108-growth-between-months", 10, "2017-09->2020-12", "total_growth"),
        ("pt109-stock-over-span", 10, "2021/2025", "stock"),
        ("pt202-law-mixes-units", 12, "listed_companies", "元 on one side and 个"),
        ("pt202-points-for-level", 10, "3个百分点", "%"),
        ("pt203-undeclared-section", 10, "table", "declared are: t"),
        ("pt204-unused-section", 8, "u: 正文", '"u"'),
        ("pt205-unknown-place", 3, "atlantis", "anhui"),
        ("pt206-invalid-law", 12, "= loans", "a = b / c"),
        ("pt207-unknown-moment", 10, "early13->2025", "early13"),
        ("pt209-figure-twice", 11, "115}", "at 10:40"),
        ("pt210-unknown-unit", 12, "打", "亿元"),
    ],
)
def test_a_problem_has_its_place_and_says_what_to_write(case: str, line: int, at: str, said: str) -> None:
    path = CASES / "invalid" / f"{case}.yaml"
    findings = read_plan_file(path, CATALOGUE).findings
    finding = next(each for each in findings if each.code.code == case[:5].upper())
    assert finding.position.line == line
    text = path.read_text(encoding="utf-8").split("\n")[line - 1]
    assert text[finding.position.column - 1 :].startswith(at)
    assert said in finding.message.say("en")


def test_every_unknown_name_of_a_law_is_told_at_its_word() -> None:
    path = CASES / "invalid" / "pt201-unknown-in-law.yaml"
    findings = read_plan_file(path, CATALOGUE).findings
    assert [(each.code.code, each.position.column) for each in findings] == [("PT201", 13), ("PT201", 20)]


def test_one_cause_is_one_finding(tmp_path: Path) -> None:
    """What could not be read is not reported again for what it then seems to lack."""
    for name in ("pt006-alias", "pt102-missing-section"):
        (code,) = set(findings_of(CASES / "invalid" / f"{name}.yaml"))
        assert code == name[:5].upper()
    file = tmp_path / "rows.yaml"
    head = (CASES / "invalid" / "pt110-no-figure.yaml").read_text(encoding="utf-8").split("figures:")[0]
    file.write_text(
        head.replace("pt110-no-figure", "rows")
        + "figures:\n  loans: []\n  premium:\n  - in: t\n    level: fast\n  - in: t\n",
        encoding="utf-8",
    )
    findings = read_plan_file(file, CATALOGUE).findings
    lines = [(each.code.code, each.position.line - head.count("\n")) for each in findings]
    assert lines == [("PT110", 2), ("PT103", 5), ("PT110", 6)]


@pytest.mark.parametrize(
    ("law", "is_mixed"),
    [
        ("premium = property_premium + life_premium", False),
        ("premium >= listed_companies", True),
        ("premium + 5 >= 3", True),
        ("npl_ratio = premium / gdp", False),
        ("npl_ratio = premium / listed_companies", True),
        ("npl_ratio = change(premium) / change(gdp)", False),
        ("insurance_density = premium / population", False),
        ("premium = insurance_density * population", False),
        ("premium >= property_premium - population", True),
        ("loans = 2 * deposits", False),
        ("listed_companies >= population", True),
        ("npl_ratio + provision_coverage >= insurance_depth", False),
        ("cross_border_rmb >= mine", True),
        ("mine >= 2", True),
        ("listed_companies >= 2", False),
    ],
)
def test_a_law_adds_and_compares_what_is_measured_alike(tmp_path: Path, law: str, *, is_mixed: bool) -> None:
    case = (CASES / "invalid" / "pt202-law-mixes-units.yaml").read_text(encoding="utf-8")
    own = "own:\n  mine: {zh: 我, en: mine, unit: 亿美元, kind: flow}\nfigures:"
    file = tmp_path / "pt202-law-mixes-units.yaml"
    head = case.split("- premium >=")[0].replace("figures:", own)
    file.write_text(f"{head}- {law}\n", encoding="utf-8")
    assert findings_of(file) == (["PT202"] if is_mixed else [])


def test_a_law_may_name_what_is_measured_in_an_unknown_unit(tmp_path: Path) -> None:
    case = (CASES / "invalid" / "pt202-law-mixes-units.yaml").read_text(encoding="utf-8")
    own = "own:\n  mine: {zh: 我, en: mine, unit: '?', kind: flow}\nfigures:"
    file = tmp_path / "pt202-law-mixes-units.yaml"
    head = case.split("- premium >=")[0].replace("figures:", own)
    file.write_text(f"{head}- premium + mine >= 5\n", encoding="utf-8")
    assert findings_of(file) == ["PT210", "PT202"]


def test_the_catalogue_is_read_as_plan_files_are() -> None:
    written = "".join((PACKAGE / "plan" / f"{name}.yaml").read_text(encoding="utf-8") for name in FILES)
    tree, problems = read_tree(written)
    assert not problems
    assert tree is not None
    assert tree.plain() == read_plain(written)


def test_the_catalogues_own_laws_are_of_one_measure() -> None:
    laws = [read_law(line) for line in (*CATALOGUE.laws, *CATALOGUE.usual_laws)]
    laws += [
        read_definition(name, each.definition)
        for name, each in CATALOGUE.indicators.items()
        if each.definition is not None
    ]
    for law in laws:
        require_like_units(law, CATALOGUE.indicators, CATALOGUE)
    assert len(laws) > 10


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text(
        "plan: other\ntitle: {en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\nbase: 2020\ntarget: 2025\n"
        "sections: {t: 表}\nfigures:\n  premium:\n  - {in: t, level: {20205: 1, 2025: fast}, colour: red}\n"
        "  - {in: u, level: {2020: 1}}\n  premiums:\n  - {in: t, level: {2020: 1}}\n",
        encoding="utf-8",
    )
    assert sorted(findings_of(file)) == ["PT101", "PT102", "PT105", "PT107", "PT201", "PT203", "PT208"]


def test_a_value_that_may_take_several_forms_is_told_once() -> None:
    path = CASES / "invalid" / "pt103-place-is-a-mapping.yaml"
    findings = read_plan_file(path, CATALOGUE).findings
    assert [finding.position.line for finding in findings if finding.code.code == "PT103"] == [9]
    assert {finding.code.code for finding in findings} == {"PT103", "PT104"}


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("figures: [", encoding="utf-8")
    assert [bool(findings_of(path)) for path in files_under(tmp_path)] == [True, True]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    assert findings_of(tmp_path / "missing.yaml") == ["PT001"]
    assert findings_of(tmp_path) == ["PT001"]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text("#" * 4_000_001, encoding="utf-8")
    assert findings_of(file) == ["PT010"]


@pytest.mark.parametrize(
    "content",
    ["[" * 1_000_000, "{a: " * 300_000, "- " * 300_000, "a: &a [" + "*a, " * 300_000, "? " * 200_000],
)
def test_what_would_exhaust_a_parser_ends_soon(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bomb.yaml"
    file.write_text(content, encoding="utf-8")
    started = time.process_time()
    assert findings_of(file)
    assert time.process_time() - started < 10


def test_scalars_stay_the_text_they_were() -> None:
    loaded = read_plan_file(CASES / "valid" / "literal-text.yaml", CATALOGUE)
    assert [figure.text for figure in loaded.figures] == ["010", "4900"]
    assert loaded.model is not None
    assert loaded.model.sections["no"] == "[bold]NO[/bold] =1+1 {0}"


def test_figures_have_their_place_and_a_unique_id() -> None:
    loaded = read_plan_file(find_plan("zhaoqing"), CATALOGUE)
    ids = [figure.id for figure in loaded.figures]
    assert len(set(ids)) == len(ids)
    figure = next(each for each in loaded.figures if each.id == "zhaoqing/premium/growth/2020->2025/table")
    lines = Path(loaded.file).read_text(encoding="utf-8").splitlines()
    assert lines[figure.position.line - 1][figure.position.column - 1 :].startswith("8.50%")
    assert figure.measure is not None
    assert figure.measure.interval.low == Fraction("0.08495")


def test_values_are_in_the_indicators_own_unit() -> None:
    loaded = read_plan_file(find_plan("zhuhai"), CATALOGUE)
    values = {figure.id: figure.measure.value for figure in loaded.figures if figure.measure}
    assert values["zhuhai/deposits/level/2025/sectors"] == 12000
    assert values["zhuhai/finance_total_assets/level/2025/overall"] == Fraction("1.8")
    assert values["zhuhai/insurance_depth/level/2020/table"] == Fraction("0.044")


def test_relative_and_directional_values_are_kept() -> None:
    loaded = read_plan_file(CASES / "valid" / "every-kind-of-figure.yaml", CATALOGUE)
    relations = [figure.relation for figure in loaded.figures if figure.relation]
    assert [relation.operator for relation in relations] == [
        "at_least",
        "at_least",
        "below",
        "above",
        "not down",
    ]
    assert {figure.place for figure in loaded.figures} == {"zhaoqing", "guangdong", "zhuhai"}


def test_a_wrong_id_names_the_nearest() -> None:
    with pytest.raises(PlantrackError, match="zhaoqing"):
        find_plan("zhaoqin")


def test_plans_are_looked_up_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "plans").mkdir(parents=True)
    (tmp_path / "deeper").mkdir()
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(tmp_path / "deeper")
    assert plans_folders()[0] == tmp_path / "data" / "plans"
    monkeypatch.setenv("PLANTRACK_PLANS", str(tmp_path))
    assert plans_folders()[0] == tmp_path
    assert plans_folders(tmp_path / "deeper")[0] == tmp_path / "deeper"
    with pytest.raises(PlantrackError, match="no plan file"):
        plan_files(tmp_path)
    with pytest.raises(PlantrackError, match="no folder"):
        plans_folders(tmp_path / "nowhere")


def test_every_rule_has_a_name_that_states_it() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES) > 8


@given(st.data())
@settings(max_examples=25)
def test_no_mutation_of_a_plan_crashes_the_loader(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(find_plan("zhaoqing").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(
                    [b"{", b"[", b": ", b"\n", b"- ", b'"', b"&a ", b"*a", b"->", b"\t", "：".encode()]
                ),
            )
        )
    file = tmp_path_factory.mktemp("fuzz") / "zhaoqing.yaml"
    file.write_bytes(bytes(content))
    use(read_plan_file(file, CATALOGUE))


VALUES = [
    "0",
    "5",
    "1.5万亿元",
    "50以上",
    "超过3",
    "下降2%",
    "-3",
    "2—3家",
    "约8%",
    "up",
    "not down",
    "翻一番",
    "第3位",
    "1/15左右",
    "100%",
    "2亿",
    "增长1倍",
    "3倍",
    "-120%",
    "5.0个百分点",
]
TIMES = ["2020", "2025", "2020-12", "2017-09", "2021/2025", "2015/2020", "early", "2035", "1999"]
STEPS = [
    "2020->2025",
    "2015->2020",
    "early->2020",
    "2020->2020-12",
    "2017-09->2020",
    "2020->2021",
    "2025->2020",
]
NAMES = [
    "premium",
    "insurance_depth",
    "npl_ratio",
    "listed_companies",
    "loans",
    "gdp",
    "insurance_density",
    "finance_share_of_gdp",
]


@given(st.data())
@settings(max_examples=300)
def test_whatever_is_valid_can_be_audited_and_projected(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = []
    for name in data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        lines.append(f"  {name}:")
        for _ in range(data.draw(st.integers(1, 3))):
            parts = [f"level: {{{data.draw(st.sampled_from(TIMES))}: {data.draw(st.sampled_from(VALUES))}}}"]
            kinds = st.sampled_from(["growth", "total_growth", "change", "annual_change", "multiple", "rank"])
            for kind in data.draw(st.lists(kinds, max_size=2, unique=True)):
                times = TIMES if kind == "rank" else STEPS
                parts.append(
                    f"{kind}: {{{data.draw(st.sampled_from(times))}: {data.draw(st.sampled_from(VALUES))}}}"
                )
            if data.draw(st.booleans()):
                parts.append(
                    data.draw(
                        st.sampled_from(
                            ["prices: constant", "place: guangdong", "scope: 含横琴", "printed: 实现翻番"]
                        )
                    )
                )
            lines.append(f"  - {{in: t, {', '.join(parts)}}}")
    file = tmp_path_factory.mktemp("fuzz") / "odd.yaml"
    head = (
        "plan: odd\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nbase: 2020\ntarget: 2025\n"
        "sections: {t: 表}\nmoments:\n  early: {zh: 初, en: start, either: [2015, 2016]}\nfigures:\n"
    )
    file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    use(read_plan_file(file, CATALOGUE))
