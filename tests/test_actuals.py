"""Actuals files: as typed in Excel on a Chinese Windows, in YAML, and broken in every way."""

import csv
import json
import runpy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.findings import Level
from plantrack.numbers.numeral import read_numeral
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_entries import MISSING
from plantrack.reading.actuals_file import LoadedActuals, load_actuals
from plantrack.reading.actuals_units import joined, may_follow
from plantrack.reading.problems import MOST_OF_A_KIND

CATALOGUE = load_catalogue()
ZHAOQING = read_plan_file(find_plan("zhaoqing"), CATALOGUE).require()
LONG = "指标,年份,数值,单位\n"


def read(folder: Path, content: str | bytes, name: str = "actuals.csv") -> LoadedActuals:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_actuals(file, ZHAOQING, CATALOGUE)


def given_in(read_in: LoadedActuals) -> list[tuple[str, int, str, float]]:
    assert read_in.findings == (), [finding.message.say("en") for finding in read_in.findings]
    return [(each.indicator, each.year, each.text, each.value) for each in read_in.actuals]


def problems(read_in: LoadedActuals) -> list[tuple[int, int, str, str]]:
    return [
        (each.position.line, each.position.column, each.code.name, each.message.say("en"))
        for each in read_in.findings
    ]


# -- what Excel writes ---------------------------------------------------------------------------

TYPED = (
    "指标名称,年份,数值,单位\r\n"
    "保费收入,2023年,９８．７０,亿元\r\n"
    '本外币贷款余额,２０２３,"3,491.90",亿元\r\n'
    "制造业贷款余额（亿元）,2023,300.5,\r\n"
    "不良贷款率,2023,0.90%,\r\n"
)
EXPECTED = [
    ("premium", 2023, "９８．７０亿元", 98.7),
    ("loans", 2023, "3,491.90亿元", 3491.9),
    ("manufacturing_loans", 2023, "300.5亿元", 300.5),
    ("npl_ratio", 2023, "0.90%", 0.009),
]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_that_excel_writes_is_read(tmp_path: Path, encoding: str) -> None:
    assert given_in(read(tmp_path, TYPED.encode(encoding))) == EXPECTED


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_tabs_and_semicolons_separate_as_well(tmp_path: Path, separator: str) -> None:
    typed = TYPED.replace('"3,491.90"', "3491.90").replace(",", separator)
    found = given_in(read(tmp_path, typed))
    assert [each[3] for each in found] == [98.7, 3491.9, 300.5, 0.009]


def test_years_may_stand_across_under_a_title(tmp_path: Path) -> None:
    wide = (
        "肇庆市主要指标,,,,\n序号,指标,单位,2021年,2022,备注\n1,保费收入,亿元,80.1,—,快报\n"
        '2,Loans,万元,"27,838,000",,\n'
    )
    assert given_in(read(tmp_path, wide)) == [
        ("premium", 2021, "80.1亿元", 80.1),
        ("loans", 2021, "27,838,000万元", 2783.8),
    ]


@pytest.mark.parametrize(
    "name", ["premium", "保费收入", "insurance premiums", "Insurance Premiums", " 保费收入 "]
)
def test_an_indicator_goes_by_its_id_or_either_name(tmp_path: Path, name: str) -> None:
    assert given_in(read(tmp_path, f"indicator,year,value\n{name},2023,98.7\n"))[0][0] == "premium"


def test_other_places_are_named_in_a_column_or_behind_the_indicator(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "指标,地区,年份,数值\n不良贷款率,广东省,2023,1.1\nnpl_ratio@guangdong,,2022,1.2\nnpl_ratio,,2022,1\n",
    )
    assert [(each.place, each.year) for each in found.actuals] == [
        ("guangdong", 2023),
        ("guangdong", 2022),
        ("zhaoqing", 2022),
    ]


@pytest.mark.parametrize("sign", ["", *sorted(MISSING)])
def test_missing_is_missing_and_never_zero(tmp_path: Path, sign: str) -> None:
    assert given_in(read(tmp_path, f"{LONG}保费收入,2022,{sign},\n保费收入,2023,98.7,\n")) == [
        ("premium", 2023, "98.7", 98.7)
    ]


def test_printed_digits_are_kept(tmp_path: Path) -> None:
    (actual,) = read(tmp_path, f"{LONG}保费收入,2023,98.70,\n").actuals
    assert (float(actual.interval.low or 0), float(actual.interval.high or 0)) == (98.695, 98.705)


def test_yaml_gives_the_same(tmp_path: Path) -> None:
    content = (
        "plan: zhaoqing\nsource: 统计公报\nactuals:\n  保费收入: {2022: -, 2023: 98.70亿元}\n"
        "  npl_ratio@guangdong: {2023: 1.1%}\n"
    )
    found = read(tmp_path, content, "a.yaml")
    assert given_in(found) == [("premium", 2023, "98.70亿元", 98.7), ("npl_ratio", 2023, "1.1%", 0.011)]
    assert (found.actuals[0].position.line, found.actuals[0].position.column) == (4, 25)


# -- broken files --------------------------------------------------------------------------------


def test_all_problems_are_told_at_once_with_their_cells(tmp_path: Path) -> None:
    rows = [
        "保费收入,2023,1,234.5,亿元",
        "保费收入,23,5,亿元",
        "保费收入,2022,5,家",
        "保费收人,2022,5,",
        "保费收入,2021,1.2E+03,",
        "保费收入,2020,五五,",
        "贷款,2022,5,",
        "本外币贷款余额,2022,5,",
        "loans,2022,6,",
    ]
    found = problems(read(tmp_path, LONG + "\n".join(rows) + "\n"))
    assert [each[:3] for each in found] == [
        (2, 5, "wrong-type"),
        (3, 2, "invalid-time"),
        (4, 3, "unit-mismatch"),
        (5, 1, "unknown-indicator"),
        (6, 3, "invalid-numeral"),
        (7, 3, "invalid-numeral"),
        (8, 1, "unknown-indicator"),
        (10, 3, "duplicate-key"),
    ]
    told = " ".join(each[3] for each in found)
    for advice in (
        '"1,234.5"',
        "write 2023",
        "保费收入 (premium)",
        "format the cell as a number",
        "leave the cell empty",
        "(first at 9:3)",
    ):
        assert advice in told


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("", "a.csv", "empty-file"),
        ("\n \n", "a.csv", "empty-file"),
        ("保费收入,2023,98.7\n", "a.csv", "missing-key"),
        ('指标,年份,数值\n"保费收入,2023,98.7\n', "a.csv", "wrong-type"),
        ("指标,年份,2022,数值\n保费收入,2023,98.7,98\n", "a.csv", "invalid-value"),
        ("指标,年份,数值,口径\n保费收入,2023,98.7,全口径\n", "a.csv", "unknown-key"),
        ("指标,地区,年份,数值\n保费收入,火星,2023,98.7\n", "a.csv", "unknown-place"),
        ("- premium\n", "a.yaml", "wrong-type"),
        ("premium: {2023: 98.7}\n", "a.yaml", "unknown-key"),
        ("actuals: {premium: [98.7]}\n", "a.yaml", "wrong-type"),
        ("actuals: {premium: {2023: [98.7]}}\n", "a.yaml", "wrong-type"),
        ("plan: zhuhai\nactuals: {premium: {2023: 98.7}}\n", "a.yaml", "invalid-value"),
        ("actuals: {premium: {2023: 98.7, 2023: 99}}\n", "a.yaml", "duplicate-key"),
        ("actuals: {premium: {2023: 98.7\n", "a.yaml", "yaml-syntax"),
        ("actuals:\n  premium: {2023-13: 98.7}\n", "a.yaml", "invalid-time"),
    ],
)
def test_a_broken_file_is_told_what_it_lacks(tmp_path: Path, content: str, name: str, code: str) -> None:
    assert code in [each[2] for each in problems(read(tmp_path, content, name))]


def test_an_empty_column_without_a_known_heading_harms_nobody(tmp_path: Path) -> None:
    assert len(given_in(read(tmp_path, "指标,年份,数值,口径\n保费收入,2023,98.7,\n"))) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"PK"), ("a.csv", b"\x00\x01"), ("missing.csv", None)]
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PlantrackError):
        load_actuals(tmp_path / name, ZHAOQING, CATALOGUE)


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\x00.csv", "folder.csv"])
def test_what_cannot_be_opened_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(PlantrackError):
        load_actuals(tmp_path / name, ZHAOQING, CATALOGUE)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{LONG}{text}".encode()))
def test_whatever_a_file_holds_gets_a_verdict(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.csv", "a.yaml"):
        try:
            found = read(folder, content, name)
        except PlantrackError:
            continue
        assert isinstance(found, LoadedActuals)


# -- marks and units of the whole table ----------------------------------------------------------


def test_a_footnote_mark_is_kept_and_is_no_digit(tmp_path: Path) -> None:
    wide = "指标,2022①,2023\n境内外上市公司,33,38②\n保费收入（万元）,850000*,\n"
    assert given_in(read(tmp_path, wide)) == [
        ("listed_companies", 2022, "33", 33),
        ("listed_companies", 2023, "38②", 38),
        ("premium", 2022, "850000万元*", 85),
    ]
    assert "footnote mark" in problems(read(tmp_path, f"{LONG}保费收入,2022,9②8,亿元\n"))[0][3]


@pytest.mark.parametrize(
    "above",
    [
        "示例市主要指标,,\n单位：千万元,,\n",
        "（单位：千万元）,,\n",
        "示例市主要指标（单位: 千万元）,,\n",
        "示例市主要指标（千万元）,,\n",
        "计量单位：,千万元,\n",
        "单位 千万元,,\n",
        "填报单位：市金融工作局,,\n单位：千万元,,\n",
        "Unit: 千万元,,\n",
        "单位：千万元、%,,\n",
        "单位：千万元,,制表日期：2024年1月\n",
        "货币单位：人民币千万元,,\n",
        "单位：千万元,%,\n",
    ],
)
def test_the_unit_of_the_whole_table_is_read(tmp_path: Path, above: str) -> None:
    found = read(tmp_path, f"{above}指标,2022,2023\n保费收入,850以上,987②\n本外币贷款余额,,3000亿元\n")
    assert given_in(found) == [
        ("premium", 2022, "850千万元以上", 85.0),
        ("premium", 2023, "987千万元②", 98.7),
        ("loans", 2023, "3000亿元", 3000),
    ]


def test_each_of_several_units_goes_to_what_it_fits(tmp_path: Path) -> None:
    table = (
        "单位：千万元、%、家,,\n指标,单位,2023\n保费收入,,987\n不良贷款率,,0.9\n境内外上市公司,,38\n"
        "本外币贷款余额,亿元,5\n"
    )
    assert [each[3] for each in given_in(read(tmp_path, table))] == [98.7, 0.009, 38, 5]


@pytest.mark.parametrize(
    "table",
    [
        "指标（单位：千万元）,2022\n保费收入,850\n",
        "指标（千万元）,2022\n保费收入,850\n",
        "指标,2022\n单位：千万元,\n保费收入,850\n",
        "指标,2022,备注\n保费收入,850,单位：千万元\n",
        "指标,年份,数值（千万元）\n保费收入,2022,850\n",
        "单位：亿元,\n指标,2022\n本外币贷款余额,3\n单位：千万元,\n保费收入,850\n",
    ],
)
def test_wherever_a_unit_stands_it_holds(tmp_path: Path, table: str) -> None:
    assert given_in(read(tmp_path, table))[-1] == ("premium", 2022, "850千万元", 85.0)


@pytest.mark.parametrize(
    ("table", "spot", "advice"),
    [
        ("单位：担,\n指标,2022\n保费收入,850\n", (1, 1), '"担" is no unit known here'),
        ("单位：市统计局,\n指标,2022\n保费收入,850\n", (1, 1), "no unit known"),
        ("主要指标（亿日元）,\n指标,2022\n保费收入,850\n", (1, 1), "no unit known"),
        ("（单位：亿美元）,\n指标,2022\n保费收入,850\n", (3, 2), "the table is in 亿美元"),
        ("单位：亿元,\n指标,2022\n不良贷款率,0.9\n", (3, 2), "the table is in 亿元"),
        ("单位：亿元、万元,\n指标,2022\n保费收入,850\n", (3, 2), "beside it or in a column"),
        ("指标,2022\n保费收入,850\n注：本表单位为千万元,\n", (3, 1), "above them"),
        ("单位：万元,\n指标,2022\n保费收入,1.2亿\n", (3, 2), "is no number in 万元"),
    ],
)
def test_what_is_not_understood_of_a_unit_is_an_error(
    tmp_path: Path, table: str, spot: tuple[int, int], advice: str
) -> None:
    ((row, column, code, message),) = problems(read(tmp_path, table))
    assert ((row, column), code) == (spot, "unit-mismatch")
    assert advice in message


@pytest.mark.parametrize("unit", ["", "亿元"])
@pytest.mark.parametrize("value", ["85", "85亿元"])
@pytest.mark.parametrize("name", ["保费收入（含境外）", "保费收入（PM2.5）", "保费收入（24小时）"])
def test_what_is_no_unit_in_brackets_makes_another_indicator(
    tmp_path: Path, name: str, value: str, unit: str
) -> None:
    """Told once, at the name, and with what to write; never read as the indicator before the brackets."""
    found = read(tmp_path, f"指标,单位,2022,2023\n{name},{unit},{value},{value}\n")
    ((row, column, code, message),) = problems(found)
    assert (row, column, code, [*found.actuals]) == (2, 1, "unit-mismatch", [])
    assert "is no unit known here; write insurance premiums alone" in message


def test_under_a_unit_that_is_not_understood_only_rows_with_their_own_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "单位：担,,\n指标,单位,2022\n保费收入,亿元,85\n本外币贷款余额,,3000\n")
    assert [each.indicator for each in found.actuals] == ["premium"]
    assert len(found.findings) == 1


@pytest.mark.parametrize("title", ["示例市主要指标（2023年）,", "主要指标（初步统计）,", "责任单位：各县区,"])
def test_a_title_that_names_no_unit_is_passed_over(tmp_path: Path, title: str) -> None:
    assert given_in(read(tmp_path, f"{title}\n指标,2022\n保费收入,85\n"))[0][3] == 85


# -- values that stand where none is read --------------------------------------------------------


def test_a_value_under_an_empty_heading_is_told_with_its_cell(tmp_path: Path) -> None:
    wide = "指标,,2022,,2023\n保费收入,,85,3,\n本外币贷款余额,,3000,,,4\n不良贷款率,7,0.9,5,\n"
    found = problems(read(tmp_path, wide))
    assert [each[:3] for each in found] == [
        (2, 4, "unknown-key"),
        (3, 6, "wrong-type"),
        (4, 2, "unknown-key"),
    ]
    assert found[0][3] == '"3" stands under an empty heading, where it is not read: name the column (2 cells)'


def test_an_empty_column_under_an_empty_heading_harms_nobody(tmp_path: Path) -> None:
    assert len(given_in(read(tmp_path, "指标,,2022,\n保费收入,,85,\n"))) == 1


def test_a_heading_that_stands_twice_is_told_where_it_holds_anything(tmp_path: Path) -> None:
    (found,) = problems(read(tmp_path, "指标,年份,数值,实际值\n保费收入,2022,85,86\n"))
    assert found[:3] == (1, 4, "duplicate-key")
    assert len(given_in(read(tmp_path, "指标,年份,数值,实际值\n保费收入,2022,85,\n"))) == 1


def test_a_row_above_the_headings_is_no_title_where_it_holds_a_value(tmp_path: Path) -> None:
    ((*spot, _, message),) = problems(read(tmp_path, "保费收入,2021,84\n指标,年份,数值\n保费收入,2022,85\n"))
    assert spot == [1, 3]
    assert "above the headings" in message


@pytest.mark.parametrize(
    ("table", "spots"),
    [
        ("指标,年份,数值\n保费收入,2021,84\n,2022,85\n,2023,86\n", [(3, 1)]),
        ("年份,数值,指标\n2022,85\n", [(2, 3)]),
        ("数值,指标,年份\n85,保费收入\n", [(2, 3)]),
    ],
)
def test_a_value_without_a_name_or_a_year_is_told(
    tmp_path: Path, table: str, spots: list[tuple[int, int]]
) -> None:
    assert [each[:2] for each in problems(read(tmp_path, table))] == spots


def test_a_number_in_the_column_of_names_is_told(tmp_path: Path) -> None:
    found = problems(read(tmp_path, f"{LONG}金融业,,,\n保费收入,2023,9\n8.7,,\n2024年,,\n"))
    assert [each[:3] for each in found] == [(4, 1, "wrong-type")]


def test_rows_within_a_cell_are_told(tmp_path: Path) -> None:
    """Two quotation marks too many pair up, and what stands between them is one cell."""
    table = '指标,年份,数值,备注\n保费收入,2021,84,"快报\n保费收入,2022,85,快报"\n保费收入,2023,86,\n'
    ((line, column, _, message),) = problems(read(tmp_path, table))
    assert (line, column) == (2, 4)
    assert "whole rows" in message
    remark = '指标,年份,数值,备注\n保费收入,2021,84,"快报,\n以年报为准"\n'
    assert len(given_in(read(tmp_path, remark))) == 1


# -- values that cannot be -----------------------------------------------------------------------


@pytest.mark.parametrize("value", ["-5", "－0.94", "-0.01亿元", "下降5"])
def test_below_zero_is_told_where_it_cannot_be(tmp_path: Path, value: str) -> None:
    ((line, column, code, message),) = problems(read(tmp_path, f"{LONG}保费收入,2022,{value},\n"))
    assert (line, column, code) == (2, 3, "invalid-value")
    assert "is below zero, which insurance premiums cannot be" in message


def test_below_zero_is_read_where_it_can_be(tmp_path: Path) -> None:
    name = next(key for key, each in CATALOGUE.indicators.items() if each.domain == "any")
    assert len(given_in(read(tmp_path, f"{LONG}{name},2022,-5,\n"))) == 1
    assert len(given_in(read(tmp_path, f"{LONG}保费收入,2022,0.0,\n保费收入,2023,0,\n"))) == 2


@pytest.mark.parametrize("value", ["38.5", "38.5家", "2.5—3", "1.23456万家", "38.5以上"])
def test_decimals_in_a_whole_count_are_told(tmp_path: Path, value: str) -> None:
    ((line, column, code, message),) = problems(read(tmp_path, f"{LONG}境内外上市公司,2022,{value},\n"))
    assert (line, column, code) == (2, 3, "invalid-value")
    assert "is a whole number of 家" in message


@pytest.mark.parametrize("value", ["38", "38.0", "0.38万家", "30余", "2—3"])
def test_whole_counts_are_read_however_they_are_written(tmp_path: Path, value: str) -> None:
    assert len(given_in(read(tmp_path, f"{LONG}境内外上市公司,2022,{value},\n"))) == 1


def test_a_year_outside_the_plan_is_told_once_and_nothing_is_stopped(tmp_path: Path) -> None:
    table = "指标,2009年,2022,2031\n保费收入,1,85,2\n本外币贷款余额,3,3000,\n"
    found = read(tmp_path, table)
    assert (found.errors, {each.level for each in found.findings}) == ((), {Level.WARNING})
    assert [each[:3] for each in problems(found)] == [(1, 2, "invalid-time"), (1, 4, "invalid-time")]
    assert problems(found)[0][3] == (
        "2009 is outside the years of the plan, 2010 to 2025: its values are held against nothing (2 cells)"
    )
    long = read(tmp_path, f"{LONG}保费收入,2032,85,\n本外币贷款余额,2032,3000,\n")
    assert [each[:2] for each in problems(long)] == [(2, 2)]


def test_track_warns_of_such_a_year_beside_its_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("指标,年份,数值\n保费收入,2009,60\n保费收入,2023,98.7\n", encoding="utf-8")
    assert run(["track", "zhaoqing", "--actuals", str(file), "-f", "json", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["year"] == 2023
    assert f"{file.as_posix()}:2:2: PT105 警告 2009年不在规划所涉的" in shown.err


def test_a_plan_without_figures_in_years_has_those_of_its_head(tmp_path: Path) -> None:
    bare = Plan(replace(ZHAOQING.source, figures=()), ZHAOQING.model)
    file = tmp_path / "a.csv"
    file.write_text("指标,2019,2020,2025,2026\n保费收入,1,2,3,4\n", encoding="utf-8")
    assert [each.position.column for each in load_actuals(file, bare, CATALOGUE).findings] == [2, 5]


def test_the_years_asked_for_beyond_the_target_are_inside(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("指标,年份,数值\n保费收入,2030,150\n", encoding="utf-8")
    assert load_actuals(file, ZHAOQING, CATALOGUE).findings != ()
    assert load_actuals(file, ZHAOQING, CATALOGUE, until=2030).findings == ()


# -- long lists, long cells, long files ----------------------------------------------------------


def test_a_list_of_errors_stops_and_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"保费收入,2022,{number}x.,\n" for number in range(100))
    found = problems(read(tmp_path, f"{LONG}{rows}不良贷款率,20,1,\n"))
    assert len(found) == MOST_OF_A_KIND + 2
    assert found[-2] == (22, 3, "invalid-numeral", "80 more like those above, the first here")
    assert found[-1][:3] == (102, 2, "invalid-time"), "the next kind has its own list"


def test_values_given_twice_are_counted_to_the_end(tmp_path: Path) -> None:
    found = problems(read(tmp_path, LONG + "保费收入,2022,85,\n" * 70_001))
    assert len(found) == MOST_OF_A_KIND + 1
    assert found[-1][3] == "69980 more like those above, the first here"


def test_after_too_many_errors_nothing_more_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plantrack.reading.problems.MOST", 50)
    found = problems(read(tmp_path, LONG + "".join(f"保费收入{each},2022,5,\n" for each in range(100))))
    assert found[-1] == (52, 1, "too-large", "the rest of the file is not read: correct the above first")
    assert found[-2][3].startswith("31 more")


def test_a_name_that_is_unknown_is_told_once_with_its_cells(tmp_path: Path) -> None:
    found = problems(read(tmp_path, f"{LONG}23,2021,5,\n23,2022,5,\n保费收入,23,5,\n"))
    assert [each[:2] for each in found] == [(2, 1), (4, 2)]
    assert found[0][3].endswith("(2 cells)")


OPEN, LONG_CELL = "quotation mark that opens this cell", "the cell has more than"


@pytest.mark.parametrize(
    ("row", "spot", "advice"),
    [
        ('保费收入,2022,"85,亿元', (3, 3), OPEN),
        ('保费收入,"2022"年,85,亿元', (3, 2), OPEN),
        (f"保费收入,2022,85,亿元,{'长' * 140_000}", (3, 5), LONG_CELL),
        (f'保费收入,2022,"8""5",亿元,"{"长," * 140_000}"', (3, 5), LONG_CELL),
        (f"{'长' * 140_000},2022,85,亿元", (3, 1), LONG_CELL),
        (f'保费收入,2022,85,亿元,"{"长" * 140_000}', (3, 5), OPEN),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, row: str, spot: tuple[int, int], advice: str
) -> None:
    table = f"指标,年份,数值,单位,备注\n本外币贷款余额,2022,3000,,\n{row}\n不良贷款率,2022,1,,\n"
    found = read(tmp_path, table)
    ((line, column, _, message),) = problems(found)
    assert ((line, column), [each.indicator for each in found.actuals]) == (spot, ["loans"])
    assert advice in message
    assert csv.field_size_limit() == 131_072, "the limit is the process's own"


def test_the_cell_is_named_by_the_separator_that_the_table_has(tmp_path: Path) -> None:
    table = '"指标"\t"2022"\t"2023\n保费收入\t84\t85\n"本外币贷款余额"\t3000\t3100\n'
    ((line, column, _, message),) = problems(read(tmp_path, table))
    assert (line, column) == (1, 3)
    assert OPEN in message


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        ("指标,2022" + "," * 1_100 + "x\n保费收入,85\n", "more than 1000 columns"),
        ("指标,2022\n保费收入,85" + "," * 1_100 + "x\n", "more than 1000 columns"),
        ("指标,2022\n保费收入,85" + "," * 1_000_100 + "\n", "the line has more than 1000000 characters"),
        ("指标,2022\n" + "\n" * 2_000, "more than 1500 rows"),
    ],
)
def test_what_is_larger_than_any_table_is_told(
    tmp_path: Path, content: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plantrack.reading.delimited.MAX_LINES", 1_500)
    assert advice in [each[3] for each in problems(read(tmp_path, content))]


def test_a_file_of_too_many_bytes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plantrack.reading.actuals_file.MAX_BYTES", 1_000)
    with pytest.raises(PlantrackError, match="more than 1000 bytes"):
        read(tmp_path, LONG * 100)


def test_many_empty_columns_behind_the_table_harm_nobody(tmp_path: Path) -> None:
    blank = "," * 16_380
    assert len(given_in(read(tmp_path, f"指标,2022{blank}\n保费收入,85{blank}\n"))) == 1


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_rows_are_counted_whatever_ends_the_lines(tmp_path: Path, end: str) -> None:
    table = "指标,年份,数值\n\n保费收入,2022,85\n".replace("\n", end)
    assert read(tmp_path, table.encode()).actuals[0].position.line == 3


def test_more_rows_than_any_plan_needs_are_read(tmp_path: Path) -> None:
    table = LONG + "保费收入,2022,—,\n" * 50_000 + "保费收入,2022,85,\n"
    assert read(tmp_path, table).actuals[0].position.line == 50_002


def test_a_unit_simply_stands_behind_a_bare_number() -> None:
    """The short way to join them gives what the long way gives, for every unit there is."""
    for unit in (
        *CATALOGUE.units,
        "千万元",
        "百亿元",
        "万",
        "亿",
        "以上",
        "3家",
        ".5",
        "—3",
        "余家",
        "元/人",
    ):
        for number in ("7", "0", "12", "0.30", "98.70", "2023", "0012", "123456789.123456789"):
            if may_follow(unit):
                assert joined(read_numeral(number), unit) == number + unit
    assert may_follow("亿元")
    assert not may_follow("3家")


def test_odd_files_are_read_or_told_and_lose_nothing() -> None:
    odd = runpy.run_path(str(Path(__file__).parent.parent / "benchmarks" / "odd_actuals.py"))
    assert odd["try_files"](0, 80) == 0
