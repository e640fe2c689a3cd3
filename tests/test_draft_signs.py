"""What a drafted number says: its sign, its bound, its kind and its span, and that no doubt is kept from the reader."""

import pytest

from first_principles import CATALOGUE
from plantrack.documents import Document
from plantrack.draft.drafting import Draft, Wish, draft_plan, place_in
from plantrack.plan.plan import Plan
from plantrack.reading import read_plan
from plantrack.reading.omissions_file import load_omitted
from plantrack.trace import trace_plan

TITLE = ("梅园市“十四五”规划", "一、发展回顾")


def drafted(*lines: str) -> Draft:
    return draft_plan(Document.of_lines("made.txt", [*TITLE, *lines]), CATALOGUE, Wish(place="梅园市"))


def plan_of(draft: Draft) -> Plan:
    return read_plan(draft.content.encode(), "draft.yaml", CATALOGUE).require()


def told(sentence: str) -> list[tuple[str, str, str]]:
    """Indicator, kind and numeral of each figure that is drafted of a sentence."""
    draft = drafted(sentence)
    figures = sorted(plan_of(draft).figures, key=lambda each: draft.statement_of(each).start)  # type: ignore[union-attr]
    return [(each.measures.zh, each.kind, each.text or "") for each in figures]


def doubts(sentence: str) -> list[str]:
    return ["" if each.doubt is None else each.doubt.say("zh") for each in drafted(sentence).placed]


# -- signs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "kind", "numerals"),
    [
        ("甲产量、乙产量比2015年分别下降8%、9%和10%。", "total_growth", ["下降8%", "下降9%"]),
        ("甲率和乙率分别下降5.1和4.2个百分点。", "change", ["下降5.1", "下降4.2个百分点"]),
        ("甲率、乙率分别下降5个、4个百分点。", "change", ["下降5个百分点", "下降4个百分点"]),
        ("甲产量、乙产量比2015年分别增长8%、9%。", "total_growth", ["增长8%", "9%"]),
    ],
)
def test_each_number_of_a_list_rises_or_falls_as_the_first(
    sentence: str, kind: str, numerals: list[str]
) -> None:
    assert [each[1:] for each in told(sentence)][:2] == [(kind, each) for each in numerals]


@pytest.mark.parametrize(
    ("said", "kind", "numeral"),
    [
        ("产量比2015年下降了8%", "total_growth", "下降8%"),
        ("产量同比降8%", "growth", "下降8%"),
        ("产量同比增8%", "growth", "增长8%"),
        ("产量年均递减8%", "growth", "下降8%"),
        ("产量年均递增8%", "growth", "增长8%"),
        ("产量比2015年负增长8%", "total_growth", "下降8%"),
        ("产量比2015年增长-8%", "total_growth", "-8%"),
        ("产量增速为-8%", "total_growth", "-8%"),
        ("产量五年降幅达8%", "total_growth", "下降8%"),
        ("产量五年下降幅度为8%", "total_growth", "下降8%"),
        ("产量累计下降达8%", "total_growth", "下降8%"),
        ("产量年均增长约为8%", "growth", "增长约8%"),
        ("产量减少了约5吨", "change", "减少约5吨"),
        ("产量比2015年少5吨", "change", "减少5吨"),
        ("产量较2015年底多5吨", "change", "增加5吨"),
        ("产量净减少5吨", "change", "减少5吨"),
        ("产量同比多增5吨", "change", "增加5吨"),
        ("产量减至5吨", "level", "减至5吨"),
        ("产量降为5吨", "level", "5吨"),
        ("产量跌至5吨", "level", "5吨"),
        ("产量提高到了5吨", "level", "提高到5吨"),
    ],
)
def test_a_verb_tells_whether_a_number_rises_or_falls(said: str, kind: str, numeral: str) -> None:
    assert told(f"甲{said}。") == [("甲产量", kind, numeral)]


def test_a_minus_stands_in_a_list() -> None:
    found = drafted("甲县2018年、2019年、2020年产值增速分别为8.0%、7.0%和-2.5%。").placed
    assert [(each.kind, each.time, each.meant or each.printed) for each in found] == [
        ("growth", "2017->2018", "8.0%"),
        ("growth", "2018->2019", "7.0%"),
        ("growth", "2019->2020", "-2.5%"),
    ]


@pytest.mark.parametrize("said", ["巩固提升5个基地", "改造提升5个机构", "加快5个项目建设"])
def test_the_end_of_another_word_is_no_verb(said: str) -> None:
    assert not [each for each in drafted("甲率5%。", f"{said}。").placed if "增" in each.meant]


@pytest.mark.parametrize("said", ["甲率下降-5%。", "甲工业—5亿元。"])
def test_a_dash_that_may_be_a_minus_is_doubted(said: str) -> None:
    assert any("横线" in each for each in doubts(said))


# -- bounds and units ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "numeral"),
    [
        ("超过了5吨", "超过5吨"),
        ("突破了5吨", "突破5吨"),
        ("约为5吨", "约5吨"),
        ("不到5吨", "不到5吨"),
        ("少于5吨", "少于5吨"),
        ("多于5吨", "多于5吨"),
        ("超出5吨", "超出5吨"),
        ("最多5吨", "最多5吨"),
        ("至多5吨", "至多5吨"),
        ("未超过5吨", "未超过5吨"),
        ("高达5吨", "5吨"),
    ],
)
def test_a_bound_is_kept_with_whatever_stands_behind_it(said: str, numeral: str) -> None:
    assert told(f"甲产量{said}。") == [("甲产量", "level", numeral)]


@pytest.mark.parametrize("said", ["提高5.5个点", "下降30个BP"])
def test_points_of_another_word_are_counted_as_no_units(said: str) -> None:
    draft = drafted(f"甲率{said}。", "乙率5%。")
    assert [(each.name, each.printed) for each, _ in draft.left] == [("甲率", said)]


def test_a_comma_that_may_part_thousands_is_doubted() -> None:
    assert any("逗号" in each for each in doubts("甲产量达到1，234.5吨。"))
    assert not any("逗号" in each for each in doubts("甲产量达到1，乙人口达到234人。"))


@pytest.mark.parametrize(("said", "times"), [("翻了一番", 2), ("翻了两番", 4), ("增长到1.5倍", 1.5)])
def test_doublings_and_what_it_grew_to_are_multiples(said: str, times: float) -> None:
    (figure,) = plan_of(drafted(f"甲产量比2015年{said}。")).figures
    assert (figure.kind, figure.measure.value) == ("multiple", times)


# -- what is compared ----------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["比全国低0.5个百分点", "比全省平均水平高2个百分点", "比全国快1个百分点"])
def test_what_is_compared_with_others_is_no_change(said: str) -> None:
    draft = drafted(f"甲率{said}。", "乙率5%。")
    assert [(each.name, each.kind) for each, _ in draft.left] == [("甲率", "comparison")]


def test_so_many_times_that_of_a_year_is_told_of_that_year() -> None:
    (figure,) = plan_of(drafted("甲产量达到2015年的2.5倍。")).figures
    assert (figure.measures.zh, figure.kind, figure.time_text) == ("甲产量", "multiple", "2015->2020")


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        ("甲产量5吨，增长8%。", True),
        ("甲产量比2015年增长8%。", False),
        ("甲产量五年增长8%。", False),
        ("甲产量年均增长8%。", False),
        ("甲产量比2015年多5吨，增长8%。", False),
    ],
)
def test_growth_of_which_nothing_tells_the_span_is_doubted(said: str, *, doubted: bool) -> None:
    assert any("累计增幅" in each for each in doubts(said)) is doubted


def test_what_grows_beyond_a_plan_is_held_against_its_total() -> None:
    found = drafted("甲投资五年累计500亿元，较“十二五”增长30%。").placed
    assert [each.time for each in found] == ["2016/2020", "2011/2015->2016/2020"]


def test_a_part_grows_over_the_span_of_the_whole() -> None:
    found = told("甲投资年均增长10%，其中乙投资增长12%。")
    assert found == [("甲投资", "growth", "增长10%"), ("乙投资", "growth", "增长12%")]


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("甲率由2015年的3.5%下降到2020年的1.5%，下降2.0个百分点。", ["2015", "2020", "2015->2020"]),
        ("甲产值从2016年的5亿元增加到2020年的9亿元，增长80%。", ["2016", "2020", "2016->2020"]),
        ("甲产值从2019年的5亿元增加到9亿元，增长80%。", ["2019", "2020", "2019->2020"]),
        ("甲产值2019年增长5%，2020年增长6%。", ["2018->2019", "2019->2020"]),
        ("到2025年，甲率达到65%（2020年为60%），提高5个百分点。", ["2025", "2020", "2020->2025"]),
        ("到2025年，甲率达到65%（2019年为59%，2020年为60%），乙率达到5%。", ["2025", "2019", "2020", "2025"]),
        ("甲量由2017年的5吨增到2018年的6吨、2020年的9吨，增加4吨。", ["2017", "2018", "2020", "2017->2020"]),
        ("甲率由2019年的3%提高到5%，乙率提高2个百分点。", ["2019", "2020", "2015->2020"]),
        (
            "甲量从2015年的5吨增加到2019年的12吨，2020年降至8吨，减少4吨。",
            ["2015", "2019", "2020", "2019->2020"],
        ),
    ],
)
def test_a_way_is_told_from_the_year_that_it_begins_with(said: str, times: list[str]) -> None:
    found = drafted(said).placed
    assert [each.time for each in found] == times
    assert {each.doubt for each in found} == {None}


@pytest.mark.parametrize(
    ("said", "kinds", "times"),
    [
        ("甲产值比年初增加5亿元，增长11.1%。", ["change", "growth"], ["2019->2020"] * 2),
        ("甲企业比2018年增加20家、增长50%。", ["change", "total_growth"], ["2018->2020"] * 2),
        ("甲产值同比增长5%，增加30亿元。", ["growth", "change"], ["2019->2020"] * 2),
        ("甲产值比2018年增加20亿元，年均增长10.8%。", ["change", "growth"], ["2018->2020", "2015->2020"]),
    ],
)
def test_what_only_goes_on_is_compared_with_the_same(said: str, kinds: list[str], times: list[str]) -> None:
    found = drafted(said).placed
    assert [each.kind for each in found] == kinds
    assert [each.time for each in found] == times
    assert {each.doubt for each in found} == {None}


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("截至2021年6月末，甲余额5亿元。", "所说的是月份、季度或半年"),
        ("上半年，甲产值5亿元，同比增长5%。", "所说的是月份、季度或半年"),
        ("甲投资累计5亿元，年均1亿元。", "是多年平均数"),
        ("甲产值近三年年均增长5%。", "没有写明起止年份"),
        ("甲产值在2015年基础上翻一番。", "没有写明起止年份"),
        ("甲产值在2015年5亿元的基础上增长50%。", "没有写明起止年份"),
    ],
)
def test_a_time_that_is_no_year_of_the_document_is_doubted(said: str, doubt: str) -> None:
    assert doubts(said)[-1] == doubt


def test_the_end_of_a_year_is_the_year() -> None:
    assert doubts("2020年12月末，甲余额5亿元。") == [""]


def test_places_of_a_list_have_a_number_each() -> None:
    found = told("甲县、乙县、丙区财政收入分别为500、300和1200亿元。")
    assert [each[0] for each in found] == ["甲县财政收入", "乙县财政收入", "丙区财政收入"]
    assert [each[2] for each in found] == ["500", "300", "1200亿元"]


def test_a_unit_over_a_unit_is_read_to_its_end() -> None:
    found = told("单位GDP能耗由0.5吨标准煤/万元降至0.4吨标准煤/万元。")
    assert [each[2] for each in found] == ["0.5吨标准煤/万元", "降至0.4吨标准煤/万元"]


@pytest.mark.parametrize(
    "said", ["确保年均增长6%、力争7%", "年均增长6%左右，力争达到7%", "年均增长6%，力争增长7%"]
)
def test_a_higher_mark_of_growth_is_no_level(said: str) -> None:
    assert [each[1] for each in told(f"甲产值{said}。")] == ["growth", "strive"]


# -- names and places ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("甲产量2020年达到5吨", ["甲产量"]),
        ("甲产量“十三五”年均增长5%", ["甲产量"]),
        ("甲产量5年年均增长5%", ["甲产量"]),
        ("甲率每年提高1个百分点", ["甲率"]),
        ("甲产值人均5万元", ["甲产值人均"]),
        ("甲产值占全省的5%", ["甲产值占全省比重"]),
        ("甲产值5亿元，乙产值占60%，占比下降5个百分点", ["甲产值", "乙产值占比", "乙产值占比"]),
    ],
)
def test_a_name_ends_before_its_year_and_tells_a_share(said: str, names: list[str]) -> None:
    assert [each[0] for each in told(f"{said}。")] == names


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["某市“十四五”规划", "甲产量居全省第五位，推动市场发展。"], None),
        (["在全市推进", "梅园市“十四五”规划"], "梅园市"),
        (["发展规划", "梅园县地区生产总值"], "梅园县"),
    ],
)
def test_a_place_is_named_by_the_title_and_is_no_other_word(lines: list[str], place: str | None) -> None:
    assert place_in(Document.of_lines("made.txt", lines)) == place


# -- the plan file -------------------------------------------------------------------------------


def test_what_is_written_otherwise_has_its_words_beside_it_and_is_found() -> None:
    draft = drafted("甲产量、乙产量比2015年分别下降8%、9%，丙产量减少了5吨，增长约为8%。")
    plan = plan_of(draft)
    trace = trace_plan(plan, draft.document, load_omitted(plan), CATALOGUE, unused=False)
    assert "printed: 减少了5吨" in draft.content
    assert [each.place is not None for each in trace.traced] == [True] * len(plan.figures)


# -- tables --------------------------------------------------------------------------------------

HEAD = "指标\t单位\t2020年\t2025年\t年均增长（%）"


def of_table(*rows: str, head: str = HEAD) -> Draft:
    return drafted("表1 主要指标", head, *rows)


def cells(*rows: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    """Kind, time and doubt of each figure of a table."""
    found = of_table(*rows, head=head).placed
    return [(each.kind, str(each.time), "" if each.doubt is None else each.doubt.say("zh")) for each in found]


@pytest.mark.parametrize(
    ("row", "kind", "doubt"),
    [
        ("甲产值\t亿元\t1500\t2000\t[33]", "total_growth", ""),
        ("甲产值\t亿元\t1500\t2000\t[33%]", "total_growth", ""),
        ("甲产值\t亿元\t1500\t2000\t[500]", "change", ""),
        ("甲产值\t亿元\t1500\t2000\t[40]", "change", "未写明该数的单位是亿元还是百分比"),
        ("甲产值\t亿元\t1500\t2000左右\t[33]", "change", "未写明该数的单位是亿元还是百分比"),
        ("甲率\t%\t65\t70\t[5]", "change", ""),
    ],
)
def test_brackets_in_a_column_of_per_cent_are_what_fits_the_levels(row: str, kind: str, doubt: str) -> None:
    assert cells(row)[2] == (kind, "2020->2025", doubt)


def test_a_bare_number_of_growth_of_a_share_may_be_in_points() -> None:
    assert cells("甲率\t%\t65\t70\t1.0")[2][2] == "未写明该数的单位是个百分点还是百分比"


@pytest.mark.parametrize(
    ("row", "numerals"),
    [
        ("甲排名\t位\t第8\t前5\t前移3位", ["第8", "前5"]),
        ("甲位次\t位\t8\t5\t3", ["8", "5"]),
        ("甲产值排名\t\t第8位\t第5位\t", ["第8位", "第5位"]),
        ("甲产值在全省\t\t第8位\t第5位\t", ["第8位", "第5位"]),
    ],
)
def test_ranks_of_a_table_are_ranks(row: str, numerals: list[str]) -> None:
    figures = [each for each in plan_of(of_table(row)).figures if each.kind == "rank"]
    assert [each.text for each in figures] == numerals


def test_a_cell_that_names_another_year_is_of_that_year() -> None:
    assert cells("甲产值\t亿元\t100（2019年）\t150\t8.4")[0][:2] == ("level", "2019")


def test_columns_of_one_year_are_doubted() -> None:
    head = "指标\t单位\t2020年计划\t2020年实际\t2025年目标"
    found = cells("甲产值\t亿元\t100\t110\t120", head=head)
    assert [each[2] for each in found] == ["有几列都是2020年的数，请核对是否为同一口径"] * 2 + [""]


def test_several_units_above_a_table_are_nobodys() -> None:
    draft = drafted("单位：亿元、%", "指标\t2020年\t2025年", "甲产值\t100\t150")
    assert {each.unit for each in draft.placed} == {""}


def test_what_cannot_be_written_keeps_nothing_else_of_its_row_away() -> None:
    draft = of_table("甲产值\t亿元\t100\t下降10%\t8.4")
    assert [each.printed for each in draft.placed] == ["100", "8.4"]
    assert [each.printed for each, _ in draft.left] == ["下降10%"]


def test_cells_that_became_no_figure_are_told() -> None:
    draft = of_table("甲产值\t亿元\t100\t翻一番\t", "乙产值\t亿元\t100\t保持稳定\t下降10亿吨")
    told = draft.content.partition("# 未能写入")[2]
    assert [line.split(": ")[:2] for line in told.split("\n")[1:4]] == [
        ["# 5", "甲产值 翻一番"],
        ["# 6", "乙产值 保持稳定"],
        ["# 6", "乙产值 下降10亿吨"],
    ]


def test_a_table_is_called_by_its_caption() -> None:
    titled = "一、甲领域\t\t\t\t", "二、乙领域"
    draft = drafted(
        "表1 主要指标",
        "单位：亿元",
        HEAD,
        titled[0],
        "甲产值\t亿元\t1\t2\t",
        titled[1],
        "乙产值\t亿元\t1\t2\t",
    )
    assert list(plan_of(draft).model.sections.values()) == ["表1 主要指标"]
    draft = drafted(
        "表1", HEAD, "甲产值\t亿元\t1\t2\t", "二、目标", HEAD, "乙产值\t亿元\t1\t2\t", "正文一段，丙值3亿元。"
    )
    assert list(plan_of(draft).model.sections.values()) == ["表1", "二、目标"]


def test_the_beginning_of_a_plan_is_no_certain_year() -> None:
    assert any("初期" in each for each in doubts("甲产量5吨，是“十三五”初期的1.5倍。"))
    assert doubts("甲产量5吨，是“十二五”末的1.5倍。") == ["", ""]


def test_a_share_written_as_a_quotient_is_known() -> None:
    (figure,) = plan_of(of_table("金融业增加值/GDP\t%\t4.8\t\t")).figures
    assert figure.indicator == "finance_share_of_gdp"


def test_rows_that_end_with_a_whole_number_are_no_table_of_contents() -> None:
    rows = "一、民生\t14\t甲面积\t公顷\t100.00\t不低于100\t0", "一、民生\t15\t乙面积\t公顷\t500\t800\t10"
    draft = of_table(
        *rows, "1. 丙面积（公顷）\t\t310\t350", head="类别\t序号\t指标\t单位\t2020年\t2025年\t年均增长（%）"
    )
    assert draft.numbers == 10
    trace = trace_plan(plan_of(draft), draft.document, load_omitted(plan_of(draft)), CATALOGUE, unused=False)
    assert dict(trace.statuses) == {"found": 6}


def test_entries_of_a_table_of_contents_are_none_of_its_numbers() -> None:
    lines = ["目录", "第一章\t总则\t1", "一、目标\t5", "二、任务……7", "一、目标", "甲产量5吨。"]
    assert drafted(*lines).numbers == 1


def test_numbers_that_nothing_was_made_of_are_told() -> None:
    draft = drafted("甲产量达到5吨，入选世界500强。", "形成“4+4”体系，乙产量达到6吨。")
    told = draft.content.partition("# 未识别的数字")[2]
    assert [line.split(": ", 1)[0] for line in told.split("\n")[1:-1]] == ["# 3", "# 4", "# 4"]
    assert "世界500强" in told
    assert (draft.numbers, len(draft.placed), draft.unused) == (5, 2, 3)
    assert "未识别" not in drafted("甲产量达到5吨。").content


@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ("达到76.9亿元", "达到76.91亿元", False),
        ("达到1.2万亿元", "达到12000亿元", False),
        ("达到50亿元", "达到50.0亿元", False),
        ("达到76.9亿元", "达到76.98亿元", True),
        ("达到50亿元", "达到50万元", True),
    ],
)
def test_roundings_of_one_number_are_no_other_numbers(one: str, other: str, *, doubted: bool) -> None:
    assert [each != "" for each in doubts(f"甲产值{one}。甲产值{other}。")] == [doubted, doubted]


@pytest.mark.parametrize(
    ("growth", "kind", "doubt"),
    [
        ("降低0.3个百分点", "change", "表头为年均，该数与整个时期的增减相符"),
        ("降低0.06个百分点", "annual_change", ""),
        ("降低0.9个百分点", "annual_change", ""),
    ],
)
def test_a_change_that_fits_the_whole_is_no_change_a_year(growth: str, kind: str, doubt: str) -> None:
    assert cells(f"甲率\t%\t1.50\t1.20\t{growth}")[2] == (kind, "2020->2025", doubt)


def test_what_may_be_less_than_nothing_is_drafted_so() -> None:
    draft = of_table("净出口\t亿元\t-5\t5\t", "甲产值\t亿元\t5\t6\t")
    assert [each.domain for each in plan_of(draft).model.own.values()] == ["any", None]


def test_rows_of_one_name_are_parts_of_the_rows_above_them() -> None:
    rows = ["甲总值", "其中：第二产业", "乙投资", "其中：第二产业", "丙额", "城镇", "丁入", "城镇"]
    draft = of_table(*(f"{name}\t亿元\t{at + 1}\t{at + 9}\t" for at, name in enumerate(rows)))
    assert [each.name for each in draft.placed[::2]] == [
        "甲总值",
        "甲总值中第二产业",
        "乙投资",
        "乙投资中第二产业",
        "丙额",
        "丙额中城镇",
        "丁入",
        "丁入中城镇",
    ]
    assert {each.doubt for each in draft.placed} == {None}


def test_rows_of_one_name_in_several_groups_are_told_apart() -> None:
    head = "类别\t指标\t单位\t2020年\t2025年"
    draft = of_table("甲县\t总产值\t亿元\t1\t2", "乙县\t总产值\t亿元\t3\t4", head=head)
    assert [each.name for each in draft.placed[::2]] == ["甲县中总产值", "乙县中总产值"]


def test_other_rows_of_one_name_are_doubted() -> None:
    found = cells("甲人口\t万人\t1\t2\t", "乙产值\t亿元\t100\t200\t", "乙产值\t%\t5\t6\t")
    assert [each[2] for each in found] == ["", "", *["表中有几行同名，请核对所指"] * 2]


def test_rows_of_a_table_that_nothing_was_made_of_are_told() -> None:
    draft = drafted("县区\t产值（亿元）\t人口（万人）", "甲县\t400\t40", "乙县\t300\t35", "甲产量达到5吨。")
    told = draft.content.partition("# 未识别的数字")[2]
    assert told.split("\n")[1:-1] == ["# 4: 甲县 400 40", "# 5: 乙县 300 35"]
    assert (draft.numbers, draft.unused) == (5, 4)


# -- what only some words tell -------------------------------------------------------------------


def spans(sentence: str) -> list[tuple[str, str | None]]:
    return [(each.kind, each.time) for each in drafted(sentence).placed]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2020年PM2.5年均浓度下降11.5%。", [("growth", "2019->2020")]),
        ("2020年甲产值、乙产值和丙产值分别年均增长5%、6%和7%。", [("growth", "2015->2020")] * 3),
        ("2020年甲产值、乙产值同比分别增长5%和下降7%。", [("growth", "2019->2020")] * 2),
        ("2016—2020年，累计投资5000亿元。", [("level", "2016/2020")]),
        ("2021—2023年，累计投资600亿元。", [("level", "2021/2023")]),
        ("2017—2020年，甲产值年均增长5%。", [("growth", "2016->2020")]),
        ("2015—2020年，甲产值年均增长5%。", [("growth", "2015->2020")]),
        (
            "2021年甲产值10亿元；乙产值20亿元。乙产值30亿元。",
            [("level", year) for year in ("2021", "2021", "2020")],
        ),
        ("2019年甲产值10亿元；今后五年乙产值年均增长5%。", [("level", "2019"), ("growth", "2015->2020")]),
        ("2019年甲产值10亿元；规划期末乙产值9亿元。", [("level", "2019"), ("level", "2020")]),
        (
            "与2016年相比，甲产值增长40%，年均增长7%。",
            [("total_growth", "2016->2020"), ("growth", "2016->2020")],
        ),
        ("2016年至2019年，甲产值年均增长10%。", [("growth", "2015->2019")]),
        ("2015年到2019年，甲率从5%提高到6%。", [("level", "2015"), ("level", "2019")]),
        ("“十四五”时期甲总额为“十三五”时期的2.2倍。", [("multiple", "2016/2020->2021/2025")]),
        ("甲人数50万人、从业人员超过30万人。", [("level", "2020")] * 2),
        ("甲总额5亿元，是“十二五”的1.5倍。", [("level", "2020"), ("multiple", "2011/2015->2016/2020")]),
        ("甲收入恢复到2019年的80%、75%，乙收入100亿元。", [("level", "2020")]),
        (
            "“十三五”期间，新增就业5万人，新建学校5所，绿地5亩。",
            [*[("level", "2016/2020")] * 2, ("level", "2020")],
        ),
        ("“十三五”期间公共预算收入达到5亿元。", [("level", "2020")]),
        ("甲产量减产2万吨，收入增收3%。", [("change", "2015->2020"), ("total_growth", "2015->2020")]),
    ],
)
def test_the_years_of_a_number_are_those_that_are_told_for_it(
    sentence: str, found: list[tuple[str, str | None]]
) -> None:
    assert spans(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("居民消费价格涨幅2%。", ["居民消费价格涨幅"]),
        ("每千人口拥有3岁以下婴幼儿托位数4.5个。", ["每千人口拥有3岁以下婴幼儿托位数"]),
        ("第一、二、三产业分别增长2%、5%、8%。", ["第一产业", "第二产业", "第三产业"]),
        ("第二和第三产业分别增长5%、8%。", ["第二产业", "第三产业"]),
        ("铁路、高速公路里程分别达到3公里、5公里。", ["铁路营业里程", "高速公路通车里程"]),
        ("氨氮、VOCs排放总量分别下降8%、9%。", ["氨氮排放总量", "VOCs排放总量"]),
        ("新能源装机占比达63%、规模比“十三五”末翻了一番。", ["新能源装机占比", "新能源装机规模"]),
        ("甲利润由年初的5亿元增至6亿元。", ["甲利润"] * 2),
        ("甲利润相当于2015年的1.4倍，增长到原来的2倍。", ["甲利润"] * 2),
        ("甲利润500亿元，为预算的102%，增长6%。", ["甲利润"] * 2),
        ("甲产值、乙产值和丙产值分别增长5%、6%和下降7%。", ["甲产值", "乙产值", "丙产值"]),
        ("奖励最高达780万元。", ["奖励最高"]),
        ("甲支出占乙支出的22%，年均增长9%。", ["甲支出占乙支出", "甲支出"]),
        ("丙额达到5亿元，甲值占乙值比重42%，年均增长9%。", ["丙额", "甲值占乙值比重", "甲值"]),
    ],
)
def test_a_number_is_told_of_what_it_measures(sentence: str, names: list[str]) -> None:
    assert sorted(each[0] for each in told(sentence)) == sorted(names)


@pytest.mark.parametrize(
    "said",
    [
        "甲产值达到2015年的1.5倍多",
        "甲产值翻一番多",
        "产值超100亿元企业10家",
        "甲收入10万元以上的村占比达到90%",
        "形成5个超500亿元的产业集群",
        "甲规模5000亿元以上的园区3个",
        "甲产值完成年度计划的110%",
        "甲产值降幅比上年收窄2个百分点",
        "甲产值恢复到2019年的110%以上",
        "甲产值为上年的98%",
    ],
)
def test_what_is_no_amount_of_an_indicator_is_told_at_the_end(said: str) -> None:
    draft = drafted(f"{said}。乙面积30亩。")
    assert draft.unused == 1
    assert "亿元" not in draft.content.partition("# 未识别")[0].partition("figures:")[2]


def test_what_a_rate_is_told_of_is_no_number_of_its_own() -> None:
    found = drafted("甲死亡率由10/10万下降到8/10万。").placed
    assert [(each.name, each.printed) for each in found] == [("甲死亡率", "10"), ("甲死亡率", "下降到8")]


def test_a_ratio_to_one_keeps_its_bound() -> None:
    assert told("甲收入比由2.1:1降至1.8:1以内。") == [
        ("甲收入比", "level", "2.1:1"),
        ("甲收入比", "level", "降至1.8:1以内"),
    ]


def test_what_is_saved_falls() -> None:
    assert told("甲物、乙物分别减排5%、6%，材料精简7项。") == [
        ("甲物", "total_growth", "下降5%"),
        ("乙物", "total_growth", "下降6%"),
        ("材料", "change", "减少7项"),
    ]


def test_the_unit_of_a_list_is_shared_with_pieces_by_points_only() -> None:
    assert [each.unit for each in drafted("托位数、床位数分别达到4.7个、27.3张。").placed] == ["个", "张"]


def test_a_doubling_keeps_its_bound() -> None:
    assert told("甲产值比2015年翻一番以上。") == [("甲产值", "multiple", "翻一番以上")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("甲额、乙额是“十三五”初期的1.4倍、1.8倍。", ["“初期”可能指规划首年，也可能指上一年"] * 2),
        ("过去三年，甲产值年均增长20%。", ["没有写明起止年份"]),
        ("自2016年以来，甲产值年均增长20%。", ["没有写明起止年份"]),
        ("“十三五”前三年，甲产值年均增长6%，乙产值年均增长5%。", ["没有写明起止年份"] * 2),
        ("甲产值比改制前增长6亿元。", ["没有写明起止年份"]),
        ("三季度增速回落，全年甲产值同比增长4.9%。", [""]),
        ("甲年均浓度控制在29微克/立方米。", [""]),
    ],
)
def test_a_doubt_holds_for_all_that_it_is_about_and_for_nothing_else(sentence: str, found: list[str]) -> None:
    assert doubts(sentence) == found


@pytest.mark.parametrize(("start", "doubt"), [("", "没有写明年份"), ("上年的", None), ("年初的", None)])
def test_the_year_that_a_way_begins_in_is_told_or_doubted(start: str, doubt: str | None) -> None:
    first, last = drafted("二、发展目标", f"2020年甲率由{start}8%提高到9%。").placed
    assert (first.time, last.time) == ("2019", "2020")
    assert (first.doubt and first.doubt.say("zh"), last.doubt) == (doubt, None)


@pytest.mark.parametrize(
    ("row", "numeral", "doubt"),
    [
        ("甲产量\t吨\t\t\t8%", "下降8%", ""),
        ("甲产量\t吨\t\t\t-8%", "-8%", ""),
        ("甲率\t%\t55\t45\t[10]", "下降[10]", ""),
        ("甲产量\t吨\t\t\t[10]", "下降[10]", "未写明该数的单位是吨还是百分比"),
        ("甲产量下降\t%\t\t\t[10]", "下降[10]", ""),
    ],
)
def test_numbers_below_a_heading_of_falls_are_falls(row: str, numeral: str, doubt: str) -> None:
    draft = of_table(row, head="指标\t单位\t2020年\t2025年\t累计下降")
    assert plan_of(draft).figures[-1].text == numeral
    assert (draft.placed[-1].doubt.say("zh") if draft.placed[-1].doubt else "") == doubt


def test_a_column_of_a_plans_aim_is_of_its_last_year() -> None:
    head = "指标\t单位\t2020年实际\t“十四五”目标\t年均增长"
    assert [each[1] for each in cells("甲产值\t亿元\t100\t200\t15%", head=head)] == [
        "2020",
        "2025",
        "2020->2025",
    ]
