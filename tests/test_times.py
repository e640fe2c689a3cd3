"""Times: what is part of what, what comes before what, and which are refused."""

import pytest

from plantrack.numbers.times import OutOfOrder, read_step, read_time, years_between


def test_the_months_of_a_year_are_its_parts() -> None:
    year, months = read_time("2020"), [read_time(f"2020-{month:02}") for month in range(1, 13)]
    assert [each.start for each in months] == list(range(year.start, year.end))
    assert all(each.end == each.start + 1 for each in months)


def test_quarters_are_three_months_each() -> None:
    quarters = [read_time(f"2020-Q{number}") for number in range(1, 5)]
    months = [read_time(f"2020-{first:02}/2020-{first + 2:02}") for first in (1, 4, 7, 10)]
    assert [each[1:] for each in quarters] == [each[1:] for each in months]
    assert [each.start for each in quarters[1:]] == [each.end for each in quarters[:-1]]
    assert (quarters[0].start, quarters[-1].end) == read_time("2020")[2:]
    assert read_time("2020-03/2020-03")[2:] == read_time("2020-03")[2:]
    with pytest.raises(OutOfOrder):
        read_time("2020-04/2020-03")


def test_a_span_is_its_years() -> None:
    span = read_time("2016/2020")
    assert (span.start, span.end) == (read_time("2016").start, read_time("2020").end)
    assert read_time("2016/2016")[2:] == read_time("2016")[2:]
    with pytest.raises(OutOfOrder):
        read_time("2017/2016")


def test_what_ends_first_is_before_and_nothing_is_before_itself() -> None:
    assert read_time("2019").is_before(read_time("2020-01"))
    assert not read_time("2020").is_before(read_time("2020-12"))
    assert not read_time("2020").is_before(read_time("2020"))
    assert read_time("2020").is_before(read_time("now")) is None


def test_plans_speak_of_three_centuries() -> None:
    assert [read_time(text).year for text in ("1900", "2200")] == [1900, 2200]
    for text in ("1899", "2201", "1899-12", "2199/2201"):
        with pytest.raises(ValueError, match=r"1899|2201"):
            read_time(text)


def test_years_lie_between_years_alone() -> None:
    assert years_between(*read_step("2015->2020")) == 5
    assert years_between(*read_step("2015 -> 2020-12")) is None
