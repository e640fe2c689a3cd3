"""Units by rule: a scale, a word, perhaps a second unit; exact, converted only inside one dimension."""

from fractions import Fraction

import pytest

from plantrack.numbers.interval import Interval
from plantrack.plan.measures import Measure, Misunderstood, Subject, read_value
from plantrack.plan.model import Indicator
from plantrack.plan.plan import PlanFile
from plantrack.plan.units import NO_UNIT, RATIO
from plantrack.reading import load_catalogue, read_plan
from plantrack.reading.actuals_units import ACTUALS_ROW

CATALOGUE = load_catalogue()
UNITS = CATALOGUE.units


def said(kind: str, written: str, unit: str, of: str = "ratio") -> Measure:
    indicator = Indicator.model_validate({"zh": "例", "unit": unit, "kind": of})
    (found,) = read_value(kind, written, ACTUALS_ROW, Subject(indicator), CATALOGUE)
    assert isinstance(found, Measure)
    return found


@pytest.mark.parametrize(
    ("name", "base", "factor"),
    [
        ("十万元", "元", 10**5),
        ("百万美元", "美元", 10**6),
        ("万亿元", "元", 10**12),
        ("千亿元", "元", 10**11),
        ("万标准箱", "标准箱", 10**4),
        ("亿千瓦时", "瓦时", 10**11),
        ("万亩", "平方米", Fraction(20_000_000, 3)),
        ("平方公里", "平方米", 10**6),
        ("件/万人", "件/人", Fraction(1, 10**4)),
        ("吨标准煤/万元", "吨标准煤/元", Fraction(1, 10**4)),
        ("微克/立方米", "吨/立方米", Fraction(1, 10**12)),
        ("人/十万人", "人/人", Fraction(1, 10**5)),
        ("个月", "年", Fraction(1, 12)),
        ("小时", "天", Fraction(1, 24)),
        ("‰", RATIO, Fraction(1, 1000)),
        ("基点", RATIO, Fraction(1, 10**4)),
        (NO_UNIT, RATIO, 1),
    ],
)
def test_a_unit_is_composed(name: str, base: str, factor: Fraction) -> None:
    unit = UNITS[name]
    assert (unit.base, unit.factor) == (base, factor)


@pytest.mark.parametrize(
    "name", ["打", "万", "/人", "元/", "元/人/年", "万%", "万位", "%/年", "亿万万元", "x" * 400]
)
def test_what_is_no_unit_is_none(name: str) -> None:
    assert name not in UNITS


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("1000公顷", "万亩", Fraction(3, 2)),
        ("1平方公里", "公顷", 100),
        ("3亿立方米", "万立方米", 30_000),
        ("500万千瓦", "千瓦", 5_000_000),
        ("2亿千瓦时", "万千瓦时", 20_000),
        ("1200公斤", "吨", Fraction(6, 5)),
        ("1.2万", "亩", 12_000),
        ("1.2万", "万公顷", Fraction(6, 5)),
        ("7张", "张/千人", 7),
        ("7个", "张/千人", 7),
        ("12万个", "座", 120_000),
        ("12座", "个", 12),
        ("12家", "户", 12),
        ("70张/万人", "张/千人", 7),
        ("3.5万元", "元/人", 35_000),
        ("12件", "件/万人", 12),
        ("6.5‰", "‰", Fraction(13, 2000)),
        ("0.65%", "‰", Fraction(13, 2000)),
        ("45%", "", Fraction(9, 20)),
        ("0.45", "", Fraction(9, 20)),
        ("18个月", "年", Fraction(3, 2)),
    ],
)
def test_a_number_is_converted_exactly(written: str, unit: str, value: Fraction) -> None:
    assert said("level", written, unit).value == value


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("下降0.5个百分点", "%", Fraction(-1, 200)),
        ("下降50个基点", "%", Fraction(-1, 200)),
        ("0.5", "%", Fraction(1, 200)),
        ("降低0.02", "", Fraction(-1, 50)),
        ("降低0.2", "倍", Fraction(-1, 5)),
        ("下降1.1个千分点", "‰", Fraction(-11, 10000)),
        ("提高1.1岁", "岁", Fraction(11, 10)),
        ("增加1.6件", "件/万人", Fraction(8, 5)),
    ],
)
def test_a_difference_is_in_the_unit_or_in_points(written: str, unit: str, value: Fraction) -> None:
    assert said("change", written, unit).value == value


@pytest.mark.parametrize(
    ("written", "unit", "instead"),
    [
        ("5公里", "平方公里", "公顷"),
        ("5吨", "吨标准煤", "吨标准煤"),
        ("5千瓦", "千瓦时", "千瓦时"),
        ("5美元", "亿元", "万元"),
        ("5人", "个", "家"),
        ("5所", "家", "家"),
        ("5件", "座", "座"),
        ("5年", "天", "小时"),
        ("5打", "个", "个"),
        ("5‰", "岁", "岁"),
        ("5元/人", "亿元", "亿元"),
    ],
)
def test_nothing_converts_to_another_dimension(written: str, unit: str, instead: str) -> None:
    with pytest.raises(Misunderstood) as refused:
        said("level", written, unit)
    assert refused.value.name == "unit-mismatch"
    for language in ("zh", "en"):
        assert instead in refused.value.message.say(language)


@pytest.mark.parametrize("written", ["12/10万", "12/10万人", "1/3亿元"])
def test_so_many_of_a_scaled_number_is_no_fraction(written: str) -> None:
    with pytest.raises(Misunderstood):
        said("level", written, "人/十万人")


@pytest.mark.parametrize("kind", ["level", "growth", "change", "annual_change", "multiple", "rank"])
@pytest.mark.parametrize("unit", [*UNITS, NO_UNIT, "件/万人", "万亩"])
def test_what_is_offered_instead_fits(kind: str, unit: str) -> None:
    with pytest.raises(Misunderstood) as refused:
        said(kind, "5打", unit)
    assert refused.value.message.say("zh")
    assert all(each in UNITS for each in UNITS.alike(UNITS[unit]))


# -- units of plans ----------------------------------------------------------------------------------


def plan_with(unit: str, level: str, kind: str = "stock", units: str = "{}") -> PlanFile:
    content = (
        "plan: made\ntitle: {zh: 例}\nplace: {id: zhaoqing, zh: 肇庆市}\nbase: 2020\ntarget: 2025\n"
        f"sections: {{t: 表}}\nunits: {units}\nown:\n  it: {{zh: 例, unit: '{unit}', kind: {kind}}}\n"
        f"figures:\n  it: [{{in: t, level: {{2020: {level}}}}}]\n"
    )
    return read_plan(content.encode(), "made.yaml", CATALOGUE)


@pytest.mark.parametrize(
    ("unit", "units"),
    [("蒸吨", "{蒸吨: {}}"), ("万蒸吨", "{蒸吨: {en: tonnes of steam}}"), ("蒸吨/万人", "{蒸吨: {}}")],
)
def test_a_plan_declares_words_of_units(unit: str, units: str) -> None:
    plan = plan_with(unit, "5", units=units)
    assert [each.code.name for each in plan.findings] == []
    assert [each.code.name for each in plan_with(unit, "5").findings] == ["unknown-unit"]


def test_the_scale_of_a_declared_word_is_none_of_it() -> None:
    plan = plan_with("千伏安", "500千伏安", units="{千伏安: {}}")
    assert plan.require().figures[0].measure is not None
    assert plan.figures[0].measure.value == 500  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["蒸 吨", "1吨", "元/吨", "一二三四五六七八九"])
def test_a_word_of_units_is_one_word(word: str) -> None:
    assert {each.code.name for each in plan_with("元", "5", units=f"{{'{word}': {{}}}}").findings} == {
        "invalid-value"
    }


@pytest.mark.parametrize(
    ("unit", "kind", "level", "is_exact"),
    [
        ("家", "stock", "87", True),
        ("件", "flow", "87件", True),
        ("人", "stock", "87", True),
        ("人次", "flow", "87", True),
        ("件", "stock", "87.0", False),
        ("万户", "stock", "87", False),
        ("张/千人", "stock", "7", False),
        ("个", "ratio", "7", False),
        ("岁", "stock", "77", False),
        ("吨", "flow", "77", False),
    ],
)
def test_counts_are_whole(unit: str, kind: str, level: str, is_exact: bool) -> None:
    measure = plan_with(unit, level, kind).require().figures[0].measure
    assert measure is not None
    assert (measure.interval == Interval.point(measure.value)) is is_exact


def test_a_declared_measure_word_counts() -> None:
    measure = plan_with("盏", "87", units="{盏: {whole: true}}").require().figures[0].measure
    assert measure is not None
    assert measure.interval == Interval.point(Fraction(87))
