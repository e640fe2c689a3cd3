"""Actuals files: as typed in Excel on a Chinese Windows, in YAML, and broken in every way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import PlantrackError
from plantrack.loading import find_plan, load_catalogue, load_plan
from plantrack.loading.actuals import MISSING, LoadedActuals, load_actuals

CATALOGUE = load_catalogue()
ZHAOQING = load_plan(find_plan("zhaoqing"), CATALOGUE)
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
    wide = '肇庆市主要指标,,,,\n序号,指标,单位,2021年,2022,备注\n1,保费收入,亿元,80.1,—,快报\n2,Loans,万元,"27,838,000",,\n'
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
    content = "plan: zhaoqing\nsource: 统计公报\nactuals:\n  保费收入: {2022: -, 2023: 98.70亿元}\n  npl_ratio@guangdong: {2023: 1.1%}\n"
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
        "保费收入,2020,五,",
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
        ("actuals:\n  premium: {2023-09: 98.7}\n", "a.yaml", "invalid-time"),
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
    table = "单位：千万元、%、家,,\n指标,单位,2023\n保费收入,,987\n不良贷款率,,0.9\n境内外上市公司,,38\n本外币贷款余额,亿元,5\n"
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
        ("单位：斤,\n指标,2022\n保费收入,850\n", (1, 1), '"斤" is no unit known here'),
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


def test_under_a_unit_that_is_not_understood_only_rows_with_their_own_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "单位：斤,,\n指标,单位,2022\n保费收入,亿元,85\n本外币贷款余额,,3000\n")
    assert [each.indicator for each in found.actuals] == ["premium"]
    assert len(found.findings) == 1


@pytest.mark.parametrize("title", ["示例市主要指标（2023年）,", "主要指标（初步统计）,", "责任单位：各县区,"])
def test_a_title_that_names_no_unit_is_passed_over(tmp_path: Path, title: str) -> None:
    assert given_in(read(tmp_path, f"{title}\n指标,2022\n保费收入,85\n"))[0][3] == 85
