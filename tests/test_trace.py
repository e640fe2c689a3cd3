"""Tracing: each figure's place, each number's use, findings."""

import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import page_of, pdf_of
from plantrack.cli import run
from plantrack.documents import Document
from plantrack.findings import CODES
from plantrack.numbers.words import BOUND_WORDS, FALLING, RANGE_WORDS, SHORT_VERBS
from plantrack.reading import load_catalogue
from plantrack.trace import USES, Source
from plantrack.trace.units import Units
from tracing import HEADER, codes, traced, write_plan

Captured = pytest.CaptureFixture[str]
GOALS = "sections: {goals: 一、目标}\nfigures:\n"


UNITS = Units({name: unit.base for name, unit in load_catalogue().units.items()})


def source_of(content: str) -> Source:
    return Source(Document.of_lines("x.txt", content.split("\n")), {}, UNITS)


def stands(numeral: str, content: str) -> bool:
    """Whether the numeral stands in this text exactly as it is written."""
    return any(source_of(content).places_of(numeral))


# -- numerals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numeral", "content"),
    [
        ("149.02亿元", "增加值 149.02 亿元，"),
        ("149.02亿元", "增加值１４９．０２亿元"),
        ("149.02亿元", "增加值149.02\n亿元，占GDP的比重达到百分之四点八，其余各项指标也都稳步增长"),
        ("1331.93元", "密度达 1 331.93 元。"),
        ("1331.93元", "密度达1,331.93元"),
        ("1331.93", "保险密度\t1 331.93\t15"),
        ("149.02亿元", "全市金融业增加值在这一年里实现了较快的增长，达到149.\n02亿元。"),
        ("提高2.12个百分点", "分别提\n高 2.12 个百分点"),
        ("下降超3个百分点", "较初期下降超 3 个百分点"),
        ("新增2—3家", "每年新增 2-3 家"),
        ("2—3家", "2～3家"),
        ("第12位", "排全省第 12 位"),
        ("50家（含新三板）以上", "达到50家(含新三板)以上"),
        ("50家以上", "达到50家（含新三板）以上"),
        ("1/15左右", "约为1/15左右"),
        ("超过9000元/人", "密度超过9000元/人"),
        ("300", "增加值\t亿元\t300\t15"),
        ("-1.5%", "增长-1.5%"),
        ("翻一番", "实现翻一番"),
        ("6%", "分别增长6%和4.9%"),
        ("5%", "最近5%的企业"),
        ("8%", "节约8%的成本"),
        ("115亿元", "达到115¹亿元"),
        ("115亿元", "达到115①亿元"),
        ("115亿元", "达到115*亿元"),
        ("115亿元", "达到**115**亿元"),
        ("115①亿元", "达到115亿元"),
        ("50家以上", "达到50家※以上"),
        ("3×10⁴吨", "达到3×10⁴吨"),
        ("15公顷", "达到15公顷"),
        ("300", "增加值\t300\t公顷"),
        ("300", "增加值 300 预期性"),
        ("≥570", "指标\t≥570"),
        ("2亿", "资产\t2亿\t预期性"),
        ("2亿", "资产达到 2 亿 预期较好，"),
        ("15家", "机构\t15家\t次年"),
        ("15%", "增速\t15%\n第二章"),
        ("15", "增速\t15\n第二章"),
        ("15", "增速\t15\t家"),
        ("15%", "目标：\n> 15%的企业"),
        (">15%", "目标\n>15%\n预期性"),
        (">15%", "目标\n> 15%\n预期性"),
        ("[1]亿人", "参保人数达到[1]亿人"),
        ("1.2亿公顷", "耕地（亿公顷）\t1.2\t-0.3"),
        ("8.16万公里", "里程（万公里）\n8.16\n14"),
        ("9.89亿", "规模由9.89亿提高到12亿，"),
        ("9万亿", "迈上9万亿三个台阶，"),
        ("20余家", "共有 20 余家"),
        ("2万余台", "共有2万余台"),
        ("36.6", "三次产业结构由17.1:46.3:36.6 调整为新的比例，"),
        ("第1", "取得全省第 1 的名次"),
        ("9", "分别增长9和7.9%"),
        ("15家", "共有 15 家企业"),
        ("15人", "共有15人参加"),
        ("提高2.12个百分点", "提高2.12个百\n分点，"),
        *(("5.2", f"死亡率由5.2{verb}{reached}4.8") for verb in SHORT_VERBS for reached in RANGE_WORDS),
    ],
)
def test_a_numeral_is_found_however_it_is_set(numeral: str, content: str) -> None:
    assert stands(numeral, content)


@pytest.mark.parametrize(
    ("numeral", "content"),
    [
        ("15", "2015\t115\t15.5\t8.15\t150"),
        ("5%", "15%，8.5%，5.5%"),
        ("331.93元", "密度达 1 331.93 元。"),
        ("331.93元", "密度达1,331.93元"),
        ("15", "增长15%"),
        ("15", "共有 15 家"),
        ("9", "9月16日"),
        ("2", "2. 具体目标"),
        ("3家", "新增2—3家"),
        ("2", "2—3"),
        ("15%", "目标\n>15%\n预期性"),
        ("43万亿元", "总值（万亿元）\n39.8\n比重（%）\n43"),
        ("838.6亿", "产量达到838.6亿担"),
        ("50家", "达到50家以上"),
        ("50家", "达到50家（含新三板）以上"),
        ("50家", "总数超过50家"),
        ("20个", "数量接近20个"),
        ("0.77个百分点", "比期末下降0.77个百分点"),
        ("提高2.12个百分点", "下降2.12个百分点"),
        ("2万", "资产2万亿元"),
        ("4.4%", "提高4.4个百分点"),
        ("1/15", "1/150"),
        ("第1位", "第12位"),
        ("5%", "5‰"),
        ("1151亿元", "达到115¹亿元"),
        ("10", "达到10⁴"),
        ("10吨", "达到10⁴吨"),
        ("15家", "达到15公顷"),
        ("15家", "达到15家次"),
        ("15家次", "达到15家"),
        ("15人", "达到15人次"),
        ("15元", "达到15元/人"),
        ("15个", "提高15个百分点"),
        ("15个", "历时15个月"),
        ("2亿", "资产2亿元"),
        ("2亿", "产量2亿吨"),
        ("15", "面积15公顷"),
        ("15", "装机15GW"),
        ("15", "共有15所，"),
        ("15", "全市增长较快，年均15\n%，其余指标也稳步增长"),
        ("2", "2至3"),
        ("570", "指标\t≥570"),
        ("4%", "指标\t＜4%"),
        ("20家", "共有20余家"),
        ("20", "共有20多"),
        ("2万", "共有2万余台"),
        *(("50家", f"总数{word}50家") for word in FALLING),
        *(("50家", f"总数{each.word}50家") for each in BOUND_WORDS if each.stands == "before"),
        *(("50家", f"总数50家{each.word}") for each in BOUND_WORDS if each.stands == "behind"),
    ],
)
def test_another_number_is_not_taken_for_it(numeral: str, content: str) -> None:
    assert not stands(numeral, content)


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.sampled_from(["亿元", "%", "家", ""]))
def test_digits_are_found_only_in_their_own_number(one: int, other: int, unit: str) -> None:
    """A numeral is never found inside a longer number."""
    assert stands(f"{one}{unit}", f"指标\t{other}{unit}\t") == (one == other)


OTHER_UNITS = ("公顷", "平方公里", "吨标准煤", "千瓦时", "GW", "℃", "亿元", "个百分点", "天")


@given(st.integers(0, 9999), st.sampled_from(OTHER_UNITS), st.sampled_from(["", " "]))
def test_a_number_of_another_unit_is_never_taken_whatever_word_it_is(
    value: int, unit: str, blank: str
) -> None:
    source = source_of(f"全市共有{value}{blank}{unit}，")
    assert list(source.places_of(f"{value}家")) == list(source.places_of_digits(f"{value}家")) == []
    assert list(source.places_of(f"{value}{unit}")) != []


@pytest.mark.parametrize(
    ("numeral", "column", "content", "taken"),
    [
        ("15", "家", "共有15家", True),
        ("15", "家", "共有15个", True),
        ("15", "家", "共有15亿元", False),
        ("15", "亿元", "共有15万元", True),
        ("15", "亿元", "增长15%", False),
        ("15", "%", "提高15个百分点", True),
        ("15", "家", "共有15以上", True),
        ("15", None, "共有15家", True),
        ("15家", None, "共有15户", True),
        ("15家", None, "共有15", True),
        ("15公顷", None, "共有15家", False),
        ("15公顷", None, "超过15公顷林地", True),
        ("15", "家", "共有15公顷", False),
        ("15", "家", "突破15大关", False),
        ("15", "公顷", "共有15公顷林地", True),
        ("15", "公顷", "共有15家", False),
        ("15", None, "共有15公顷", True),
        ("15%", "家", "提高15个百分点", True),
    ],
)
def test_digits_count_as_written_otherwise_only_where_the_same_is_measured(
    numeral: str, column: str | None, content: str, *, taken: bool
) -> None:
    assert bool(list(source_of(content).places_of_digits(numeral, column))) == taken


# -- figures -------------------------------------------------------------------------------------


def test_a_figure_in_another_section_is_told_with_its_line(tmp_path: Path) -> None:
    body = (
        "sections: {base: 一、基础, goals: 二、目标}\nfigures:\n  deposits:\n"
        "  - {in: base, level: {2025: 6300亿元}}\n  - {in: base, level: {2020: 3938亿元}}\n"
    )
    trace = traced(tmp_path, body, "一、基础\n存款3938亿元。\n二、目标\n存款6300亿元。")
    assert codes(trace) == ["PT502"]
    assert [(each.status, each.lines) for each in trace.traced] == [("elsewhere", (4,)), ("found", (2,))]


def test_a_heading_that_is_not_there_is_told_once_and_its_figures_looked_for_everywhere(
    tmp_path: Path,
) -> None:
    body = (
        "sections: {goals: 第三章 目标}\nfigures:\n  deposits:\n  - {in: goals, level: {2025: 6300亿元}}\n"
        "  - {in: goals, level: {2020: 77亿元}}\n"
    )
    trace = traced(tmp_path, body, "第二章 目标\n存款6300亿元。")
    assert codes(trace) == ["PT505", "PT501"]
    (missing,) = [each for each in trace.findings if each.code.code == "PT505"]
    assert "1: 第二章 目标" in missing.message.say("en")


def test_equal_numerals_are_told_apart_by_what_stands_before_them(tmp_path: Path) -> None:
    body = GOALS + (
        "  deposits:\n  - {in: goals, growth: {2020->2025: 10%}}\n  loans:\n"
        "  - {in: goals, growth: {2020->2025: 10%}}\n"
    )
    content = "一、目标\n本外币贷款余额年均增长10%，税收增长10%，本外币存款余额年均增长10%。"
    trace = traced(tmp_path, body, content)
    places = {each.figure.indicator: each.place.start for each in trace.traced if each.place}
    assert places["loans"] < content.index("税收") < places["deposits"]
    assert [each.number.start for each in trace.unused] == [content.index("税收增长") + 4]


def test_levels_of_a_row_take_its_cells_one_by_one(tmp_path: Path) -> None:
    body = (
        "sections: {table: 表1：情况表}\nfigures:\n  listed_companies:\n"
        "  - {in: table, level: {2018: 2, 2019: 2, 2020: 2}}\n"
    )
    trace = traced(
        tmp_path, body, "表1：情况表\n指标\t2018年\t2019年\t2020年\n境内外上市公司\t2\t2\t2\n银行\t2\t2\t2"
    )
    assert {each.lines for each in trace.traced} == {(3, 4)}
    assert [trace.document.line_at(each.number.start) for each in trace.unused] == [4, 4, 4]


def test_more_figures_than_places_share_them(tmp_path: Path) -> None:
    body = GOALS + (
        "  deposits:\n  - {in: goals, growth: {2020->2025: 10%}}\n  loans:\n"
        "  - {in: goals, growth: {2020->2025: 10%}}\n"
    )
    trace = traced(tmp_path, body, "一、目标\n存贷款年均增长10%。")
    assert codes(trace) == []


@pytest.mark.parametrize(
    ("row", "content"),
    [
        ("level: {2020: 100%}, printed: 全覆盖", "不良贷款率全 覆\n盖"),
        ("change: {2020->2025: down}, printed: 稳中……有降", "稳中求进、逐年有降"),
        ("change: {2020->2025: down}, printed: “两降”", "力争实现 “两降” 目标"),
        ("rank: {2020: 第1位}, among: 全省21市, printed: 首位", "位居全省 21 市首位"),
    ],
)
def test_printed_words_are_found(tmp_path: Path, row: str, content: str) -> None:
    trace = traced(tmp_path, GOALS + f"  npl_ratio:\n  - {{in: goals, {row}}}\n", f"一、目标\n{content}")
    assert codes(trace) == []


def test_printed_words_that_are_not_there_are_told(tmp_path: Path) -> None:
    row = "  npl_ratio:\n  - {in: goals, change: {2020->2025: down}, printed: 稳中有降}\n"
    assert codes(traced(tmp_path, GOALS + row, "一、目标\n稳中有升")) == ["PT501"]


def test_a_figure_is_not_traced_to_a_number_of_something_else(tmp_path: Path) -> None:
    """Neither as printed nor as written otherwise, and the number stays unaccounted for."""
    row = "  listed_companies:\n  - {in: goals, level: {2025: 15家}}\n"
    trace = traced(tmp_path, GOALS + row, "一、目标\n建设园区15公顷。")
    assert sorted(codes(trace)) == ["PT501", "PT503"]


def test_a_list_of_omissions_does_not_account_for_a_number_of_something_else(tmp_path: Path) -> None:
    omitted = "project:\n- {in: goals, numeral: 15家}\n"
    trace = traced(tmp_path, GOALS + ROW, "一、目标\n存款6300亿元，园区15公顷。", omitted=omitted)
    assert sorted(codes(trace)) == ["PT503", "PT507"]


def test_marks_are_no_numbers_that_somebody_has_to_account_for(tmp_path: Path) -> None:
    assert codes(traced(tmp_path, GOALS + ROW, "一、目标①\n存款¹6300²亿元③，见※。")) == []


# -- omitted numbers -----------------------------------------------------------------------------

ROW = "  deposits:\n  - {in: goals, level: {2025: 6300亿元}}\n"
PAGE = "一、目标\n存款6300亿元。甲公司3亿元，乙公司3亿元。\n二、措施\n推出“4+4”工程，奖励780万元。"


def test_each_entry_stands_for_one_number(tmp_path: Path) -> None:
    omitted = "company:\n- {in: goals, numeral: 3亿元, about: 甲}\n"
    trace = traced(tmp_path, GOALS + ROW, PAGE, omitted=omitted)
    second = PAGE.split("\n")[1].rindex("3亿元") + 1
    assert trace.document.column_at(trace.unused[0].number.start) == second
    assert (trace.uses["used"], trace.uses["company"], trace.uses["unused"]) == (1, 1, 4)


def test_a_complete_list_leaves_nothing(tmp_path: Path) -> None:
    omitted = (
        "company:\n- {in: goals, numeral: 3亿元, about: 甲}\n- {in: goals, numeral: 3亿元, about: 乙}\n"
        "subsidy:\n- {in: measures, numeral: 780万元}\nmeasure:\n- {in: measures, numeral: 4+4, about: 工程名称}\n"
        "project:\nsections_unused: {measures: 二、措施}\n"
    )
    trace = traced(tmp_path, GOALS + ROW, PAGE, omitted=omitted)
    assert codes(trace) == []
    assert sum(trace.uses.values()) == len(trace.numbers)
    assert set(trace.uses) <= set(USES)


@pytest.mark.parametrize(
    ("omitted", "code"),
    [
        ("company:\n- {in: goals, numeral: 9亿元}\n", "PT507"),
        ("company:\n- {in: goals, numeral: 6300亿元}\n", "PT507"),
        ("company:\n- {in: elsewhere, numeral: 3亿元}\n", "PT203"),
        ("sections_unused: {x: 九、别处}\n", "PT505"),
        ("companies:\n- {in: goals, numeral: 3亿元}\n", "PT101"),
        ("company:\n- {in: goals}\n", "PT102"),
        ("company: 3亿元\n", "PT103"),
        ("company: [\n", "PT004"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_at_its_place(tmp_path: Path, omitted: str, code: str) -> None:
    trace = traced(tmp_path, GOALS + ROW, PAGE, omitted=omitted)
    found = [each for each in trace.findings if each.code.code == code]
    assert found
    assert all(each.position.file.endswith("omitted/example.yaml") for each in found)


def test_without_asking_no_number_is_accounted_for(tmp_path: Path) -> None:
    assert codes(traced(tmp_path, GOALS + ROW, PAGE, unused=False)) == []


# -- command -------------------------------------------------------------------------------------


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    write_plan(tmp_path, GOALS + ROW, omitted="company:\n- {in: goals, numeral: 3亿元}\n")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "example.txt").write_text(PAGE, encoding="gb18030")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    code = run(["trace", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["plans/example.yaml", "--document", "documents/example.txt"], 0),
        (["plans/example.yaml", "--documents", "documents"], 0),
        (["--plans", "plans", "--all", "--documents", "documents"], 0),
        (["--plans", "plans", "example", "--documents", "documents", "--unused"], 1),
        (["--plans", "plans", "example", "--documents", "documents", "--unused", "--exit-zero"], 0),
        (["--plans", "plans", "--all"], 2),
        (["--plans", "plans", "--documents", "documents"], 2),
        (["--plans", "plans", "--all", "example", "--documents", "documents"], 2),
        (["--plans", "plans", "--all", "--document", "documents/example.txt"], 2),
        (["plans/example.yaml", "--document", "documents/example.txt", "--documents", "documents"], 2),
        (["plans/example.yaml", "--document", "nowhere.txt"], 2),
        (["plans/example.yaml", "--document", "plans/example.yaml"], 2),
        (["plans/example.yaml", "--documents", "nowhere"], 2),
        (["plans/example.yaml", "--documents", "plans"], 2),
        (["nowhere", "--documents", "documents"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes(capsys: Captured, arguments: list[str], code: int) -> None:
    found, out, err = called(capsys, *arguments)
    assert found == code
    assert "Traceback" not in err
    assert (out == "") == (code == 2)


def test_a_plan_without_document_is_told_beside_the_others(capsys: Captured, example: Path) -> None:
    (example / "plans" / "other.yaml").write_text(
        HEADER.replace("example", "other") + GOALS + ROW, encoding="utf-8"
    )
    code, out, err = called(capsys, "--plans", "plans", "--all", "--documents", "documents", "-v")
    assert (code, "PT508" in err, "6300亿元" in out) == (0, True, True)
    assert called(capsys, "--plans", "plans", "--all", "--documents", "documents", "--strict")[0] == 1


def test_a_plan_with_errors_is_not_traced(capsys: Captured, example: Path) -> None:
    (example / "plans" / "example.yaml").write_text("plan: example\n", encoding="utf-8")
    code, out, _ = called(capsys, "plans/example.yaml", "--documents", "documents", "-f", "json")
    assert code == 1
    assert json.loads(out)["plans"] == []
    assert {each["code"] for each in json.loads(out)["findings"]} >= {"PT102"}


@pytest.mark.usefixtures("example")
def test_json_tells_where_everything_stands(capsys: Captured) -> None:
    code, out, _ = called(capsys, "plans/example.yaml", "--documents", "documents", "--unused", "-f", "json")
    found = json.loads(out)
    assert code == 1
    (plan,) = found["plans"]
    assert plan["figures"] == [
        {
            "figure": "example/deposits/level/2025/goals",
            "text": "6300亿元",
            "printed": None,
            "in": "goals",
            "status": "found",
            "line": 2,
            "column": 3,
            "words": "一、目标 存款6300亿元。甲公司3亿元，乙公司3",
            "lines": [2],
        }
    ]
    assert plan["counts"]["figures"] == {"found": 1}
    assert (plan["counts"]["numbers"]["company"], plan["counts"]["numbers"]["unused"]) == (1, 4)
    assert [each["text"] for each in plan["unused"]] == ["3", "4", "4", "780"]
    assert {each["code"] for each in found["findings"]} == {"PT503"}
    assert found["findings"][0]["file"] == "documents/example.txt"


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_other_formats_own_stdout(capsys: Captured, form: str) -> None:
    _, out, err = called(capsys, "plans/example.yaml", "--documents", "documents", "--unused", "-f", form)
    assert err == ""
    assert out.count("6300亿元") >= 1
    assert "780" in out


CASES = Path(__file__).parent / "cases" / "public"


@pytest.mark.parametrize(
    ("case", "notes"),
    [
        ("h02-sup-in-html-document", []),
        ("h14-tracked-insertion-in-word", ["文档含修订，按全部接受读取（插入1处；删除1处，不计入）"]),
    ],
)
def test_marks_and_insertions_of_real_documents(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, case: str, notes: list[str]
) -> None:
    monkeypatch.chdir(CASES / case)
    arguments = shlex.split((CASES / case / "cmd").read_text(encoding="utf-8"))[1:]
    code = run(arguments)
    shown = capsys.readouterr().out.strip().split("\n")
    assert code == 0
    assert shown[-2 - len(notes) :] == [
        "已录入数据1个：已找到1个",
        "原文共有数字2个：已录入1个；有意不录0个（无）；日期1个；未录入0个",
        *notes,
    ]


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_not_read_is_told_in_every_format(capsys: Captured, lang: str) -> None:
    (Path("documents") / "example.txt").unlink()
    pages = page_of("一、目标", "存款6300亿元。甲公司3亿元。"), "q Q"
    (Path("documents") / "example.pdf").write_bytes(pdf_of(*pages))
    arguments = ["plans/example.yaml", "--documents", "documents"]
    page = {"en": "pages without text: 2", "zh": "没有文字的页：第2页"}[lang]
    aside = {"en": "numbers there are not counted above", "zh": "其中的数字未计入以上统计"}[lang]
    for form in ("table", "markdown", "csv"):
        for more, wanted in ((["--unused"], True), ([], False)):
            code, out, err = called(capsys, *arguments, *more, "-f", form, "--lang", lang)
            told = err if form == "csv" else out
            assert (code, page in told, aside in told) == (0, True, wanted)
    out = called(capsys, *arguments, "-f", "json")[1]
    (plan,) = json.loads(out)["plans"]
    assert [each[lang].startswith(page) for each in plan["not_read"]] == [True]
    assert plan["remarks"] == []


def test_every_code_of_provenance_is_registered() -> None:
    assert [each.code for each in CODES.values() if each.code.startswith("PT5")] == [
        f"PT50{n}" for n in range(1, 9)
    ]
