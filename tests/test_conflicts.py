"""Which meanings of vague moments are looked at: of others no contradiction can come."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from plantrack.audit.conflicts import whatever_is_meant
from plantrack.solver.variables import Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    Moments = dict[str, Sequence[str]]


class Asked(Exception):
    """What was to be built first: a meaning of each moment, and of which indicators."""


def first_asked(
    *plans: Moments, levels: Sequence[str], kind: str = "stock"
) -> tuple[dict[str, str], set[str]] | None:
    """The first meaning that is looked at, of plans with such moments, where such levels are printed."""
    variables = [Variable("level", name, "here", (time,)) for name, time in map(str.split, levels)]
    as_own: Any = SimpleNamespace(
        domains=dict.fromkeys(variables),
        indicators={each.indicator: SimpleNamespace(kind=kind) for each in variables},
    )
    made: Any = [
        SimpleNamespace(
            id=f"p{number}",
            model=SimpleNamespace(
                moments={name: SimpleNamespace(either=either) for name, either in each.items()}
            ),
        )
        for number, each in enumerate(plans)
    ]

    def build(meaning: dict[str, str], about: set[str]) -> Any:
        raise Asked(meaning, about)

    try:
        assert whatever_is_meant(made, build, as_own, frozenset()) == []
    except Asked as asked:
        meaning, about = asked.args
        return meaning, about
    return None


@pytest.mark.parametrize(
    ("either", "levels", "wanted"),
    [
        (("2015", "2019"), ["a early@p0", "a 2015", "a 2019", "b 2015"], "2015"),
        (("2019", "2015"), ["a early@p0", "a 2015", "a 2019", "b 2015"], "2019"),
        (("2015", "2014"), ["a early@p0", "a 2015", "b 2015"], None),  # of 2014 nothing else is said
        (("2014", "2015"), ["a early@p0", "a 2015", "b 2014"], None),  # nothing of a in 2014
        (("2015", "2019"), ["b early@p0", "a 2015", "a 2019"], None),  # nothing of b in either
        (("2015", "2019"), ["a 2015", "a 2019", "b 2015"], None),  # nothing of the moment
    ],
)
def test_a_moment_is_given_a_meaning_where_something_else_is_said_of_every_time(
    either: Sequence[str], levels: list[str], wanted: str | None
) -> None:
    asked = first_asked({"early": either}, levels=levels)
    assert asked == (None if wanted is None else ({"early@p0": wanted}, {"a"}))


def test_a_flow_may_be_a_part_of_what_is_said_of_other_times() -> None:
    levels = ["a early@p0", "a 2015", "b 2014"]
    assert first_asked({"early": ("2014", "2015")}, levels=levels, kind="flow") == (
        {"early@p0": "2014"},
        {"a"},
    )


@pytest.mark.parametrize(
    ("early", "late", "is_asked"),
    [
        (("2015",), ("2015",), True),  # both mean the same
        (("2014", "2015"), ("2015", "2016"), False),  # they may mean two years of which nothing else is said
    ],
)
def test_two_moments_may_mean_the_same(early: Sequence[str], late: Sequence[str], is_asked: bool) -> None:
    asked = first_asked({"early": early, "late": late}, levels=["a early@p0", "a late@p0"])
    assert asked == (({"early@p0": "2015", "late@p0": "2015"}, {"a"}) if is_asked else None)


@pytest.mark.parametrize(("number", "is_asked"), [(16, True), (17, False)])
def test_up_to_sixteen_meanings_are_gone_through(number: int, is_asked: bool) -> None:
    years = [str(2001 + each) for each in range(number)]
    levels = ["a early@p0", *(f"a {year}" for year in years)]
    assert (first_asked({"early": years}, levels=levels) is not None) is is_asked


def test_of_several_plans_one_meaning_of_each_is_tried_at_once() -> None:
    """Where all holds with these, it holds with each alone."""
    levels = ["a early@p0", "a 2015", "a 2019", "a late@p1", "a 2020"]
    asked = first_asked(
        {"early": ("2015", "2019")}, {"late": ("2020", "2019")}, {"idle": ("2015",)}, levels=levels
    )
    assert asked == ({"early@p0": "2015", "late@p1": "2020"}, {"a"})
