"""Numerals: printed text to interval and back, as the conventions of rounding say."""

import json
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.numbers.footnote_marks import narrowed, split_marks
from plantrack.numbers.interval import Interval
from plantrack.numbers.numeral import MAX_DIGITS, read_numeral
from plantrack.numbers.rounding import (
    CONVENTIONS,
    decimal_text,
    inexact_reach,
    last_nonzero,
    preimage,
    round_unit,
    rounded_text,
)
from plantrack.numbers.words import FORMS
from strategies import decimals, fractions

VECTORS = json.loads((Path(__file__).parent / "cases/vectors/unround.json").read_text(encoding="utf-8"))[
    "cases"
]
NAMES = {
    "up": "half_up",
    "even": "half_even",
    "trunc": "truncation",
    "floor": "floor",
    "ceiling": "ceiling",
    "up_or_down": "either_tie",
    "half_away": "half_away",
    "half_even": "half_even",
    "half_away_unit": "half_away",
}
"""The vectors' names of the conventions -> ours."""


def convention_of(case: dict[str, object]) -> str | None:
    """Our convention for a vector; `None` for conventions and thresholds that plantrack has not."""
    if case.get("threshold", 5) != 5 and case["kind"] == "unround":
        return None
    return NAMES.get(str(case.get("rounding", case["kind"])))


def interval_of(ends: dict[str, object]) -> Interval:
    low, high = (None if ends[end] is None else Fraction(str(ends[end])) for end in ("lower", "upper"))
    return Interval(low, high, low_closed=bool(ends["incl_lower"]), high_closed=bool(ends["incl_upper"]))


ROUNDED = [case for case in VECTORS if case["kind"] != "bound_word" and convention_of(case)]


def test_the_vectors_cover_every_convention_wanted() -> None:
    wanted = {"half_up", "half_away", "half_even", "truncation", "floor", "ceiling", "either_tie"}
    assert wanted == {convention_of(case) for case in ROUNDED}
    assert len(ROUNDED) > 80


@pytest.mark.parametrize("case", ROUNDED, ids=lambda case: case["id"])
def test_the_interval_is_the_exact_preimage(case: dict[str, object]) -> None:
    printed = str(case["x"])
    places = case.get("digits", len(printed.partition(".")[2]))
    unit = Fraction(str(case.get("unit", Fraction(1, 10 ** int(str(places))))))
    found = preimage(Fraction(printed), unit, str(convention_of(case)))
    assert found == interval_of(case.get("exact") or case["expected"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "case", [case for case in VECTORS if case["kind"] == "bound_word"], ids=lambda case: case["id"]
)
def test_bound_words_make_half_lines(case: dict[str, object]) -> None:
    assert read_numeral(str(case["text"])).interval() == interval_of(case["expected"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("convention", "around"),
    [
        ("truncation", ["(-2, -1]", "(-1, 1)", "[1, 2)"]),
        ("raising", ["[-1, 0)", "[0, 0]", "(0, 1]"]),
        ("floor", ["[-1, 0)", "[0, 1)", "[1, 2)"]),
        ("ceiling", ["(-2, -1]", "(-1, 0]", "(0, 1]"]),
        ("either_way", ["(-2, 0)", "(-1, 1)", "(0, 2)"]),
        ("half_away", ["(-3/2, -1/2]", "(-1/2, 1/2)", "[1/2, 3/2)"]),
        ("half_up", ["[-3/2, -1/2)", "[-1/2, 1/2)", "[1/2, 3/2)"]),
        ("half_even", ["(-3/2, -1/2)", "[-1/2, 1/2]", "(1/2, 3/2)"]),
        ("either_tie", ["[-3/2, -1/2]", "[-1/2, 1/2]", "[1/2, 3/2]"]),
    ],
)
def test_around_zero_each_convention_keeps_to_its_side(convention: str, around: list[str]) -> None:
    """What is printed as -1, 0 and 1."""
    for value, expected in zip((-1, 0, 1), around, strict=True):
        low, high = expected[1:-1].split(", ")
        closed = {"low_closed": expected[0] == "[", "high_closed": expected[-1] == "]"}
        found = preimage(Fraction(value), Fraction(1), convention)
        assert found == Interval(Fraction(low), Fraction(high), **closed)


# -- laws of rounding ----------------------------------------------------------------------------


@given(decimals(), fractions)
def test_an_interval_holds_exactly_the_values_that_print_as_its_numeral(text: str, value: Fraction) -> None:
    places = len(text.partition(".")[2])
    near = Fraction(text) + value / 1000 / 10**places
    assert read_numeral(text).interval().contains(near) == (decimal_text(near, places) == text)


@given(decimals())
def test_the_ends_themselves_are_tested(text: str) -> None:
    places = len(text.partition(".")[2])
    interval = read_numeral(text).interval()
    for end in (interval.low, interval.high):
        assert end is not None
        assert interval.contains(end) == (decimal_text(end, places) == text)


@given(decimals())
def test_text_to_interval_to_text_returns_the_text(text: str) -> None:
    assert rounded_text(read_numeral(text).interval()) == text


@given(decimals(), st.sampled_from(sorted(CONVENTIONS)))
def test_every_convention_keeps_the_value_it_prints(text: str, convention: str) -> None:
    value, places = Fraction(text), len(text.partition(".")[2])
    interval = preimage(value, Fraction(1, 10**places), convention)
    assert interval.contains(value)


@pytest.mark.parametrize(
    ("convention", "low", "high", "closed"),
    [("truncation", -1, 1, False), ("raising", 0, 0, True), ("either_way", -1, 1, False)],
)
def test_what_is_printed_as_zero(convention: str, low: int, high: int, closed: bool) -> None:
    """What is cut off may be of either sign; what is raised away from zero is zero."""
    found = preimage(Fraction(0), Fraction(1), convention)
    assert found == Interval(Fraction(low), Fraction(high), low_closed=closed, high_closed=closed)


@pytest.mark.parametrize(
    "interval",
    [
        Interval.at_least(Fraction(1)),
        Interval.point(Fraction(1)),
        Interval(Fraction(0), Fraction(1, 3), low_closed=True, high_closed=True),
    ],
)
def test_what_was_not_rounded_has_no_rounded_text(interval: Interval) -> None:
    with pytest.raises(ValueError, match=r"."):
        rounded_text(interval)


# -- forms ---------------------------------------------------------------------------------------

READ = [
    # text, low, high, low closed, high closed, unit
    ("1.2万亿元", "1150000000000", "1250000000000", True, False, "元"),
    ("50以上", "50", None, True, False, ""),
    ("115亿元以上", "11500000000", None, True, False, "元"),
    ("超过9000元/人", "9000", None, False, False, "元/人"),
    ("突破4875亿元", "487500000000", None, False, False, "元"),
    ("1.1%以下", None, "1.1", False, True, "%"),
    ("不足5家", None, "5", False, False, "家"),
    ("不超过10", None, "10", False, True, ""),
    ("至少10场", "10", None, True, False, "场"),
    ("新增2—3家", "2", "3", True, True, "家"),
    ("2-3家", "2", "3", True, True, "家"),
    ("2家至3家", "2", "3", True, True, "家"),
    ("5%～6%", "5", "6", True, True, "%"),
    ("下降2.06个百分点", "-2.065", "-2.055", False, True, "个百分点"),
    ("下降超3个百分点", None, "-3", False, False, "个百分点"),
    ("约2亿元", "150000000", "250000000", True, True, "元"),
    ("约1.50", "1.35", "1.65", True, True, ""),
    ("5.5%左右", "5.25", "5.75", True, True, "%"),
    ("大约15%", "13.5", "16.5", True, True, "%"),
    ("5%上下", "4.5", "5.5", True, True, "%"),
    ("29左右", "28.5", "29.5", True, True, ""),
    ("约4875亿元", "487250000000", "487750000000", True, True, "元"),
    ("下降约3个百分点", "-3.5", "-2.5", True, True, "个百分点"),
    ("约0", "-0.5", "0.5", True, True, ""),
    ("6.5%—7.5%左右", "6.25", "7.75", True, True, "%"),
    ("近20个", "18", "20", True, True, "个"),
    ("接近0.5%", "0.45", "0.5", True, True, "%"),
    ("300余家", "300", "400", False, False, "家"),
    ("3000多亿元", "300000000000", "400000000000", False, False, "元"),
    ("逾3000亿元", "300000000000", None, False, False, "元"),
    ("千亿级", "100000000000", None, True, False, ""),
    ("100亿级", "10000000000", None, True, False, ""),
    ("1/15左右", "2/31", "2/29", False, True, "倍"),
    ("翻一番", "1.95", None, True, False, "倍"),
    ("实现翻番", "1.95", None, True, False, "倍"),
    ("翻两番", "3.8025", None, True, False, "倍"),
    ("翻三番", "7.414875", None, True, False, "倍"),
    ("翻一番以上", "2", None, True, False, "倍"),
    ("翻近一番", "1.5", "2", True, False, "倍"),
    ("增长一倍", "0.95", None, True, False, "倍"),
    ("增长超过一倍", "1", None, False, False, "倍"),
    ("增长一倍以上", "1", None, True, False, "倍"),
    ("两倍", "1.95", "2.05", True, False, "倍"),
    ("超过一半", "50", None, False, False, "%"),
    ("一半", "50", "50", True, True, "%"),
    ("第12位", "12", "12", True, True, "位"),
    ("50家（含新三板）以上", "50", None, True, False, "家"),
    ("１，２３４.5亿元", "123445000000", "123455000000", True, False, "元"),
    ("1,234,567", "1234566.5", "1234567.5", True, False, ""),
    ("８．５％", "8.45", "8.55", True, False, "%"),
    (" 8.50 % ", "8.495", "8.505", True, False, "%"),
    ("−2.7", "-2.75", "-2.65", False, True, ""),
    ("8千万元", "75000000", "85000000", True, False, "元"),
    ("010", "9.5", "10.5", True, False, ""),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "low_closed", "high_closed", "unit"), READ, ids=[row[0] for row in READ]
)
def test_forms_that_documents_print(
    text: str, low: str | None, high: str | None, low_closed: bool, high_closed: bool, unit: str
) -> None:
    numeral = read_numeral(text)
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    assert numeral.interval() == Interval(*ends, low_closed=low_closed, high_closed=high_closed)
    assert numeral.unit == unit
    assert numeral.text == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2—3家", "5/2"),
        ("下降2—3%", "-5/2"),
        ("1.2万亿元", "1200000000000"),
        ("1/15", "1/15"),
        ("翻一番", "2"),
        ("翻两番", "4"),
        ("翻近一番", "2"),
        ("两倍", "2"),
        ("增长一倍", "1"),
        ("一半", "50"),
        ("全覆盖", "100"),
        ("清零", "0"),
    ],
)
def test_the_nominal_value_is_in_base_units(text: str, value: str) -> None:
    assert read_numeral(text).value == Fraction(value)


def test_a_whole_count_is_not_reached_by_what_comes_near_it() -> None:
    assert not read_numeral("近200家").interval(whole=True).contains(Fraction(200))
    assert read_numeral("近200家").interval(whole=False).contains(Fraction(200))


@given(decimals(), st.sampled_from(["约{}", "{}左右", "近{}", "{}余"]))
def test_the_nominal_value_of_what_is_inexact_is_what_is_printed(text: str, form: str) -> None:
    numeral = read_numeral(form.format(text.removeprefix("-")))
    assert numeral.is_inexact
    assert numeral.interval().closure().contains(numeral.value)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("4900", "100"),
        ("2450", "50"),
        ("12000", "1000"),
        ("175", "5"),
        ("28", "2"),
        ("7.5", "0.5"),
        ("117", "1"),
    ],
)
def test_a_round_number_is_a_multiple_of_one_two_or_five(value: str, unit: str) -> None:
    number = Fraction(value)
    assert round_unit(number, (1, 2, 5), number / 10) == Fraction(unit)


@pytest.mark.parametrize(
    ("text", "inexact"),
    [
        ("约5", True),
        ("近5", True),
        ("50余", True),
        ("翻近一番", True),
        ("翻一番", False),
        ("5以上", False),
        ("5", False),
    ],
)
def test_what_is_inexact_by_its_authors_word(text: str, inexact: bool) -> None:
    assert read_numeral(text).is_inexact is inexact


def test_whole_counts_are_exact_unless_scaled() -> None:
    assert read_numeral("87家").interval(whole=True) == Interval.point(Fraction(87))
    assert not read_numeral("100.79万户").interval(whole=True).is_point
    assert not read_numeral("87家").interval(whole=False).is_point


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_named_in_messages_are_understood(text: str) -> None:
    read_numeral(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fast",
        "1e9",
        "1e999999999",
        "12家以上以下",
        "约50家以上",
        "2—3家以上",
        "近2—3家",
        "50余家左右",
        "3—2",
        "百分点",
        "12345,678",
        "1.2.3",
        "--5",
        "1/0",
        "0/3",
        "1/15—3",
        "一倍—3",
        "0x10",
        "NaN",
        "∞",
        "٣",
        "9" * (MAX_DIGITS + 1),
        "9" * 200_000,
        "(" * 100,
        "1—" * 50,
        "5万—6家",
        "5家—6万家",
        "5万吨—6吨",
        "5吨—6家",
        "约5—6以上",
        "前10%",
        "前约10名",
        "降至下降5%",
        "百分之五元",
        "5成元",
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_printed_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_numeral(text)


@given(st.text(max_size=30))
def test_any_text_is_a_numeral_or_refused(text: str) -> None:
    """What it prints lies in its interval, or is an end that does not belong: 翻近一番, 超过5."""
    try:
        numeral = read_numeral(text)
    except ValueError:
        return
    interval, value = numeral.interval(), numeral.value
    assert interval.low is None or interval.low <= value
    assert interval.high is None or value <= interval.high


# -- footnote marks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("38②", 38, ""),
        ("115①", 115, ""),
        ("115²", 115, ""),
        ("115 *", 115, ""),
        ("38※", 38, ""),
        ("38 [注1]", 38, ""),
        ("38【1】", 38, ""),
        ("38⑴", 38, ""),
        ("38⒈", 38, ""),
        ("38❶㉑", 38, ""),
        ("38ᵃ", 38, ""),
        ("３８家②", 38, "家"),
        ("8.5%†", Fraction(17, 2), "%"),
        ("1,234②", 1234, ""),
        ("1/15②", Fraction(1, 15), "倍"),
        ("50以上①", 50, ""),
        ("翻一番①", 2, "倍"),
    ],
)
def test_a_mark_behind_a_number_is_no_part_of_it(text: str, value: Fraction, unit: str) -> None:
    numeral = read_numeral(text)
    assert (numeral.value, numeral.unit) == (value, unit)
    assert numeral.text == text


@pytest.mark.parametrize(
    "text",
    ["3②8", "②38", "3²8", "38②家", "10²亿元", "3(1)8", "1₂", "₋38", "38½", "38㎡", "38m²", "38㋀", "38⃣", "*"],
)
def test_elsewhere_a_mark_is_an_error_and_never_a_digit(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_numeral(text)


def numbers_in_disguise() -> list[str]:
    """Every character that is no plain digit and is one for somebody: by category, value, or NFKC form."""
    found = []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        narrow = unicodedata.normalize("NFKC", character)
        if character in "0123456789" or unicodedata.category(character) == "Cs":
            continue
        if any(unicodedata.numeric(each, None) is not None for each in character + narrow):
            found.append(character)
    return found


def test_no_character_of_unicode_changes_a_number_in_silence() -> None:
    """Behind 38 it is a mark or an error, full-width digits aside; inside and before 38 it is an error."""
    characters = numbers_in_disguise()
    assert {"②", "²", "½", "㈠", "㊀", "㋀", "㎡", "８", "𝟖", "⼀", "一"} <= set(characters)
    for character in characters:
        narrow = unicodedata.normalize("NFKC", character)
        is_digit = unicodedata.category(character) == "Nd" and narrow in "0123456789"
        for form in ("38{}", "3{}8", "{}38"):
            try:
                numeral = read_numeral(form.format(character))
            except ValueError:
                continue
            plain = form.format(narrow) if is_digit else "38"
            same = read_numeral(form.format(narrow)) if narrow in SCALES else None
            allowed = {Fraction(plain)} | ({same.value} if same else set())
            assert is_digit or form == "38{}", (form, hex(ord(character)))
            assert numeral.value in allowed, (form, hex(ord(character)))


def test_endless_marks_take_no_time() -> None:
    marks = "*" * 1_000_000
    assert split_marks(marks) == (marks, "")
    with pytest.raises(ValueError, match=r"\*"):
        narrowed(marks)


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        *(("绿地面积km²", ""), ("12 km²", ""), ("38m³", ""), ("PM2.5浓度µg/m³", "")),
        *(("面积²", "²"), ("38²", "²"), ("38家*", "*"), ("µ²", "²"), ("km²*", "*"), ("a²", "")),
    ],
)
def test_what_is_raised_behind_a_latin_letter_is_its_power(written: str, marks: str) -> None:
    assert split_marks(written) == (written.removesuffix(marks), marks)


SCALES = "十百千万亿"
"""Chinese numerals that scale a number; a radical that looks like one is read as one."""


@given(st.sampled_from(["38", "38家", "8.50%", "50以上", "2—3家"]), st.text("①②¹²*※† ⑴❶", max_size=4))
def test_marks_change_nothing_but_the_text(text: str, marks: str) -> None:
    plain, marked = read_numeral(text), read_numeral(text + marks)
    assert marked.interval() == plain.interval()
    assert split_marks(text + marks) == (text, marks)


# -- at the edges --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "step", "reach"),
    [
        ("200", "1", "20"),
        ("115", "1", "2.5"),
        ("3.0", "0.1", "0.3"),
        ("1", "1", "0.5"),
        ("5", "1", "0.5"),
        ("0", "1", "0.5"),
    ],
)
def test_how_far_a_number_reaches_that_is_said_not_to_be_exact(value: str, step: str, reach: str) -> None:
    assert inexact_reach(Fraction(value), Fraction(step)) == Fraction(reach)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("5", "5"),
        ("1000", "1000"),
        ("0.5", "0.5"),
        ("15", "5"),
        ("0", "0"),
        ("-25", "5"),
        ("1e-100", "1e-100"),
    ],
)
def test_a_number_may_be_its_own_unit(value: str, unit: str) -> None:
    assert round_unit(Fraction(value), (1, 5)) == Fraction(unit)


@pytest.mark.parametrize(
    ("value", "step", "unit"),
    [
        ("300", "1", "100"),
        ("3000", "1", "1000"),
        ("310", "1", "10"),
        ("1.50", "0.01", "0.1"),
        ("0", "1", "1"),
    ],
)
def test_the_last_digit_that_is_not_zero(value: str, step: str, unit: str) -> None:
    assert last_nonzero(Fraction(value), Fraction(step)) == Fraction(unit)


@pytest.mark.parametrize(
    ("text", "digits", "bound"),
    [
        ("增加1,100.5亿元", "1,100.5", None),
        ("两倍", "两倍", None),
        ("翻一番", "翻一番", "ge"),
        ("翻两番以上", "翻两番以上", "ge"),
        ("翻近一番", "翻近一番", "range"),
        ("前10名", "10", "range"),
    ],
)
def test_the_number_alone_as_it_is_printed_and_how_it_is_bounded(
    text: str, digits: str, bound: str | None
) -> None:
    assert (read_numeral(text).digits, read_numeral(text).bound) == (digits, bound)


def test_twice_in_words_is_rounded_to_a_tenth() -> None:
    assert read_numeral("两倍").interval() == preimage(Fraction(2), Fraction(1, 10))


def test_a_count_is_exact_but_not_of_larger_units() -> None:
    assert read_numeral("2户").interval(whole=True).is_point
    assert not read_numeral("2万户").interval(whole=True).is_point


def test_a_range_has_the_step_of_its_finer_end_and_may_be_of_one_number() -> None:
    assert read_numeral("2—3.5家").step == read_numeral("2.5—3家").step == Fraction(1, 10)
    assert read_numeral("3—3家").interval() == Interval.point(Fraction(3))
    about = Interval(Fraction(18), Fraction("37.5"), low_closed=True, high_closed=True)
    assert read_numeral("约20—35家").interval() == about
    with pytest.raises(ValueError, match="3—2"):
        read_numeral("3—2家")
    with pytest.raises(ValueError, match="超过"):
        read_numeral("超过2—3家")


def test_neither_digits_nor_characters_are_endless() -> None:
    assert read_numeral("9" * 60).value == 10**60 - 1
    with pytest.raises(ValueError, match="999"):
        read_numeral("9" * 61)
    assert read_numeral("9" + " " * 199).value == 9
    with pytest.raises(ValueError, match="9"):
        read_numeral("9" + " " * 200)


def test_what_words_mean_has_a_lower_end_that_belongs() -> None:
    assert read_numeral("翻近一番").interval() == Interval(
        Fraction(3, 2), Fraction(2), low_closed=True, high_closed=False
    )
    assert read_numeral("翻一番").interval() == Interval.at_least(Fraction("1.95"))
    assert read_numeral("翻两番").interval() == Interval.at_least(Fraction("1.95") ** 2)
    assert read_numeral("增长一倍").interval() == Interval.at_least(Fraction("0.95"))


# -- what two numbers or a number and a mark would become if they were joined -------------------------


@pytest.mark.parametrize(
    "written",
    [
        *(
            "38[2]家",
            "38〔2〕家",
            "5[6]7",
            "0,123",
            "00,123家",
            "5 6家",
            "38\n45",
            "3. 5",
            "1 .5",
            "12 34",
            "1\n234",
        ),
        *("10⁴", "10²", "10⁻³", "一38", "98 7亿元"),
    ],
)
def test_numbers_that_something_parts_are_never_joined(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_numeral(written)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("前一百名", 1, 100),
        ("前3千名", 1, 3000),
        ("1 331.5", "1331.45", "1331.55"),
        ("1\u00a0331.5", "1331.45", "1331.55"),
        ("10①", "9.5", "10.5"),
        ("10¹", "9.5", "10.5"),
        ("[50]家", "49.5", "50.5"),
        ("三点五十亿元", "34.5e8", "35.5e8"),
        ("提高至少5%", 5, None),
    ],
)
def test_what_looks_like_two_numbers_and_is_one(written: str, low: object, high: object) -> None:
    interval = read_numeral(written).interval()
    assert interval.low == Fraction(str(low))
    assert interval.high == (None if high is None else Fraction(str(high)))


@pytest.mark.parametrize("text", ["＞[37]", ">[37]", "≥ [37]", "降低[15]", "＜〔4〕"])
def test_brackets_behind_a_sign_hold_the_number(text: str) -> None:
    assert read_numeral(text).over_period


def test_of_a_text_that_is_too_long_the_beginning_is_told() -> None:
    assert narrowed("1" * 200) == "1" * 200
    with pytest.raises(ValueError, match=f"^{'1' * 40}$"):
        narrowed("1" * 201)
    assert split_marks("1" * 199 + "①") == ("1" * 199, "①")
    assert split_marks("1" * 200 + "①") == ("1" * 200 + "①", "")
