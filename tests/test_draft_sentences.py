"""Sentences word by word: what a number measures, whether it is an amount, and which years are meant."""

import pytest

from first_principles import CATALOGUE
from plantrack.documents import Document, read_numbers, read_outline
from plantrack.draft.amounts import Amount, Amounts
from plantrack.draft.drafting import read_statements
from plantrack.draft.nouns import all_in, carried_over, is_one, noun_behind, noun_of, parted, subject_of
from plantrack.draft.period import Period, When, guessed_period, read_modes, read_period, year_compared

# -- what a number measures ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "noun"),
    [
        ("全市“绿源”企业（含个体户）达到", "绿源企业"),
        ("梅园门票收入同比增长", "梅园门票收入"),
        ("梅园面积由2020年", "梅园面积"),
        ("梅园面积是2020年", "梅园面积"),
        ("桃园改造；其中，梅园面积", "梅园面积"),
        ("各园区合计实现游园收入", "各园区游园收入"),
        ("梅园产值连跨两级", "梅园产值"),
        ("经过上上下下共同努力建成的覆盖城乡内外各个镇村的公共绿地和花园面积", "公共绿地和花园面积"),
        ("2020年，达到", ""),
        ("桃", ""),
        ("12", ""),
    ],
)
def test_the_noun_before_a_number_is_its_last_clause_without_what_leads_in_and_on(
    before: str, noun: str
) -> None:
    assert noun_of(before) == noun


@pytest.mark.parametrize(
    ("before", "is_first", "subject"),
    [
        ("游园收入再创新高，达到", True, "游园收入"),
        ("游园收入再创新高，达到", False, ""),
        ("门票持续走俏，游园收入持续扩大，达到", False, "游园收入"),
        ("大力推进建设，达到", True, ""),
        ("达到", True, ""),
    ],
)
def test_a_clause_without_a_noun_goes_on_about_the_one_before(
    before: str, subject: str, *, is_first: bool
) -> None:
    assert subject_of(before, is_first=is_first) == subject


@pytest.mark.parametrize(
    ("above", "subject"),
    [
        ("前文。经营网点持续壮大。", "经营网点"),
        ("经营网点持续壮大，势头好。", ""),
        ("经营网点。", ""),
        ("经营网点持续壮大。又及，", ""),
    ],
)
def test_only_a_short_sentence_right_before_hands_its_subject_on(above: str, subject: str) -> None:
    assert carried_over(above) == subject


@pytest.mark.parametrize(
    ("content", "noun"),
    [
        ("4个示范园区。", "示范园区"),
        ("4个的园区群落", "园区群落"),
        ("4家梅园等示范农场", "示范农场"),
        ("4个以上园区", ""),
        ("4个，园区", ""),
        ("4个园区建成。", "园区建成"),
    ],
)
def test_what_is_counted_stands_right_behind_the_unit(content: str, noun: str) -> None:
    assert noun_behind(content[2:]) == noun


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("梅、桃产量", ["梅产量", "桃产量"]),
        ("入园、升学率", ["入园率", "升学率"]),
        ("幼儿、小学入园率", ["幼儿入园率", "小学入园率"]),
        ("学前教育、高中阶段毛入学率", ["学前教育入学率", "高中阶段毛入学率"]),
        ("城镇居民、农村居民收入", ["城镇居民收入", "农村居民收入"]),
        ("小微、制造业贷款余额", ["小微贷款余额", "制造业贷款余额"]),
        ("梅园收入、桃园产值", ["梅园收入", "桃园产值"]),
        ("梅园、桃园", ["梅园", "桃园"]),
        ("梅园和桃园等指标", ["梅园", "桃园"]),
        ("梅园、稳居前列", ["梅园"]),
        ("梅园与桃园比值", ["梅园与桃园比值"]),
        ("梅园及格率", ["梅园及格率"]),
        ("", [""]),
    ],
)
def test_a_list_of_names_is_parted_where_it_joins_and_nowhere_else(name: str, parts: list[str]) -> None:
    assert parted(name) == parts


def test_one_name_may_stand_for_several_and_several_for_one() -> None:
    assert all_in("内外资企业数") == ["内资企业数", "外资企业数"]
    assert all_in("一二三产产值") == ["一产产值", "二产产值", "三产产值"]
    assert all_in("绿地") == []
    assert is_one(["水电", "风电发电量占比"])
    assert not is_one(["产值突破万亿元", "企业"])
    assert is_one(["一产增加值", "二产增加值占比"])


# -- whether it is an amount ---------------------------------------------------------------------


def amounts(line: str) -> list[Amount | None]:
    document = Document.of_lines("made.txt", [line])
    numbers, reader = read_numbers(read_outline(document)).all, Amounts(document, CATALOGUE.units)
    return [
        reader.read(each, document.plain[: each.start], numbers[at + 1 :]) for at, each in enumerate(numbers)
    ]


@pytest.mark.parametrize(
    ("line", "unit", "tail"),
    [
        ("绿地3 公 顷以上成林", "公顷", "成林"),
        ("算力11.4万P，", "万P", "，"),
        ("补贴5元/月起步", "元/月", "起步"),
        ("粮食8.6亿担，", "亿担", "，"),
        ("园区50家（含园中园）以上", "家", ""),
        ("收入翻两番", "倍", ""),
        ("产值增长5%—5.5%，", "%", "，"),
        ("优良天数增加7.8天", "天", ""),
        ("木料50米左右", "米", ""),
        ("绿化率从5%到6%", "%", "到6%"),
    ],
)
def test_a_numeral_ends_behind_its_unit_and_its_bound(line: str, unit: str, tail: str) -> None:
    found = amounts(line)[0]
    assert found is not None
    assert (found.unit, line[found.end :]) == (unit, tail)


@pytest.mark.parametrize(
    "line",
    [
        "把安全放在首位",
        "连续5年办展",
        "连续5次办展",
        "建成1小时园圈",
        "50米内换乘",
        "魔法2.0平台",
        "“3个100万”工程",
        "在26个城市中领先",
        "位列全国20强",
        "稳居全国前5家",
        "每10人一座",
        "高于全国12公顷",
        "8英寸晶圆",
        "园区共7",
    ],
)
def test_a_number_of_a_name_a_time_or_a_ranking_is_no_amount(line: str) -> None:
    assert not any(amounts(line))


@pytest.mark.parametrize("line", ["居全省第3位", "居全省首位", "跃居首位"])
def test_a_place_is_an_amount_only_where_a_rank_is_told(line: str) -> None:
    assert [each is not None and each.is_rank for each in amounts(line)] == [True]


def test_a_number_knows_the_list_that_it_begins() -> None:
    assert [each and each.listed for each in amounts("增长8%、9%和4%，6%")] == [2, 1, 0, 0]
    assert [each and each.is_passed for each in amounts("连跨7亿元、8亿元两个台阶")] == [True, False]


def test_points_above_another_place_are_a_comparison_and_numbers_that_move_need_no_unit() -> None:
    assert [each and each.is_compared for each in amounts("高于全国0.3个百分点")] == [True]
    assert [each and each.unit for each in amounts("由3增加到5")] == ["", ""]


# -- which years are meant -----------------------------------------------------------------------

PLAN, YEAR = When(2020, 2025, now=2020), When(2019, 2020, is_yearly=True, now=2020)


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (["2024年某市国民经济和社会发展统计公报"], Period(2024, 2025, 2025)),
        (["2026年某市政府工作报告"], Period(2025, 2026, 2026)),
        (["某市第十四个五年规划"], Period(2020, 2025)),
        (["“十四五”时期，建成梅园。", "某市“十五五”规划"], Period(2025, 2030)),
        (["到2030年，落实某市“十四五”规划。"], None),
    ],
)
def test_a_sentence_below_the_title_tells_no_years_of_the_document(
    lines: list[str], period: Period | None
) -> None:
    assert read_period(Document.of_lines("made.txt", lines)) == period


@pytest.mark.parametrize(
    ("line", "target"), [("到2030年，到2025年", 2025), ("到2030年，到2025年，到2030年", 2030)]
)
def test_the_year_that_is_named_most_often_is_guessed_and_the_first_of_equals(line: str, target: int) -> None:
    guess = guessed_period(Document.of_lines("made.txt", [line]))
    assert guess == Period(target - 5, target, is_guessed=True)


@pytest.mark.parametrize(
    ("before", "base", "end", "is_yearly"),
    [
        ("梅园面积", 2020, 2025, False),
        ("2020年，梅园面积", 2019, 2020, True),
        ("2023年，梅园面积", 2020, 2023, False),
        ("2030年，梅园面积", 2025, 2030, False),
        ("目前，梅园面积", 2015, 2020, False),
        ('"十三五"期间，', 2015, 2020, False),
        ('2018年启动，"十五五"时期', 2025, 2030, False),
        ('"十四五"末，', 2020, 2025, False),
        ("比2015年", 2020, 2025, False),
        ("从2015年的", 2020, 2025, False),
        ("2020年以来", 2020, 2025, False),
        ("2035年远景", 2020, 2025, False),
    ],
)
def test_a_year_before_a_number_counts_unless_it_is_compared_with(
    before: str, base: int, end: int, *, is_yearly: bool
) -> None:
    assert PLAN.told_by(before) == When(base, end, is_yearly, now=2020)


@pytest.mark.parametrize("before", ["梅园面积", "目前，梅园面积", '"十三五"末，梅园面积'])
def test_a_sentence_of_a_year_stays_with_it(before: str) -> None:
    assert YEAR.told_by(before) == YEAR


@pytest.mark.parametrize(
    ("when", "before", "time"),
    [
        (PLAN, "梅园面积", "2025"),
        (PLAN, "从", "2020"),
        (PLAN, "从2018年的", "2018"),
        (PLAN, "由上年的", "2024"),
        (PLAN, "五年内新增", "2021/2025"),
        (PLAN, "比2018年末梅园面积", "2018"),
        (PLAN, '比"十三五"末', "2020"),
        (YEAR, "累计", "2020"),
        (YEAR, "由上年的", "2019"),
        (When(None, None), "梅园面积", None),
    ],
)
def test_a_level_is_of_the_end_unless_the_words_lead_back(when: When, before: str, time: str | None) -> None:
    assert when.of("level", before, "") == time


@pytest.mark.parametrize(
    ("when", "kind", "before", "clause", "time"),
    [
        (PLAN, "growth", "增长", "", "2020->2025"),
        (PLAN, "growth", "同比增长", "", "2024->2025"),
        (PLAN, "growth", '比"十三五"时期', "", "2016/2020->2021/2025"),
        (PLAN, "change", "提高", "比2015年", "2015->2025"),
        (PLAN, "change", "提高", "比2025年", "2020->2025"),
        (YEAR, "growth", "增长", "", "2019->2020"),
        (YEAR, "growth", "年均增长", "", "2015->2020"),
        (YEAR, "change", "提高", '较"十二五"末', "2015->2020"),
        (When(None, 2025), "growth", "增长", "", None),
        (When(2025, 2025), "growth", "增长", "", None),
    ],
)
def test_a_step_leads_from_the_year_that_is_compared_with(
    when: When, kind: str, before: str, clause: str, time: str | None
) -> None:
    assert when.of(kind, before, clause) == time


def test_the_beginning_of_a_plan_is_the_end_of_the_one_before() -> None:
    assert year_compared('是"十三五"初期的') == year_compared('较"十二五"末') == 2015
    assert year_compared("梅园面积") is None


def test_the_lines_of_a_plan_are_of_its_chapter() -> None:
    lines = ["前言", "一、发展基础", "梅园", "二、发展目标", "第三章 现状", "第四章 保障", "三、其他"]
    found = [each.end for each in read_modes(Document.of_lines("made.txt", lines), Period(2020, 2025))]
    assert found == [2025, 2020, 2020, 2025, 2020, 2025, 2025]


def test_the_lines_of_a_report_go_on_about_the_same_years() -> None:
    lines = {
        "梅园": (2024, 2025),
        "过去五年，梅园": (2020, 2025),
        "桃园": (2020, 2025),
        "过去一年，桃园": (2024, 2025),
        '"十三五"，梅园': (2015, 2020),
        "2026年目标": (2025, 2026),
        "——梅园": (2020, 2025),
        "——桃园五年累计": (2020, 2025),
    }
    modes = read_modes(Document.of_lines("made.txt", list(lines)), Period(2025, 2026, 2026))
    assert [(each.base, each.end) for each in modes] == list(lines.values())


@pytest.mark.parametrize(("time", "ends"), [("", [2026, 2020, 2026]), ("的五年", [2026, 2025, 2025])])
def test_a_plan_that_a_report_names_in_passing_is_of_its_paragraph_alone(time: str, ends: list[int]) -> None:
    lines = ["今年目标，梅园", f'我们要总结各方面发展的经验，全面落实"十三五"{time}安排', "桃园"]
    modes = read_modes(Document.of_lines("made.txt", lines), Period(2025, 2026, 2026))
    assert [each.end for each in modes] == ends


def test_where_no_years_are_known_no_line_has_any() -> None:
    assert read_modes(Document.of_lines("made.txt", ["梅园"]), None) == [When(None, None)]


@pytest.mark.parametrize(
    ("heading", "sentence", "wanted"),
    [
        ("一、发展目标", "“十三五”末，绿地面积达到3公顷。", [("绿地面积", "2020", "达到3公顷")]),
        ("一、发展基础", "“十二五”末，绿地面积达到3公顷。", [("绿地面积", "2015", "达到3公顷")]),
        ("一、发展目标", "“十五五”末，绿地面积达到3公顷。", [("绿地面积", "2030", "达到3公顷")]),
        (
            "一、发展目标",
            "绿地面积由“十三五”末的3公顷提高到5公顷。",
            [("绿地面积", "2020", "3公顷"), ("绿地面积", "2025", "提高到5公顷")],
        ),
        (
            "一、发展目标",
            "到2025年，引进500万元以上工业项目20个。",
            [("500万元以上工业项目", "2025", "20个")],
        ),
    ],
)
def test_the_end_of_a_plan_and_a_size_in_a_name(
    heading: str, sentence: str, wanted: list[tuple[str, str, str]]
) -> None:
    found = read_statements(Document.of_lines("made.txt", [heading, sentence]), Period(2020, 2025), CATALOGUE)
    assert [(each.time, each.printed) for each in found] == [each[1:] for each in wanted]
    assert all(name.endswith(each.name) for each, (name, *_) in zip(found, wanted, strict=True))
