"""Growth: a series built from a known rate gives the rate back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.numbers.growth import (
    compounded,
    constant_growth,
    constant_step,
    implied_rate,
    implied_rate_bounds,
    through,
    whole_steps,
)

rates = st.floats(-0.5, 1.5)
bases = st.floats(0.01, 1e6)
years = st.integers(1, 30)


@given(bases, rates, years)
def test_the_rate_that_made_a_series_is_recovered(base: float, rate: float, span: int) -> None:
    assert implied_rate(base, compounded(base, rate, span), span) == pytest.approx(rate, abs=1e-9)


@given(bases, bases, years, st.floats(0, 0.2))
def test_the_rate_lies_between_its_bounds(base: float, target: float, span: int, slack: float) -> None:
    low, high = implied_rate_bounds(
        (base * (1 - slack), base * (1 + slack)), (target * (1 - slack), target * (1 + slack)), span
    )
    assert low <= implied_rate(base, target, span) <= high


def test_arrays_broadcast_and_meaningless_figures_are_nan() -> None:
    found = implied_rate([100.0, 0.0, -1.0, 100.0], [150.0, 5.0, 5.0, -5.0], 5)
    assert found[0] == pytest.approx(0.08447177119769855)
    assert np.isnan(found[1:]).all()
    assert implied_rate(np.full((2, 1), 100.0), np.full(3, 110.0), 1).shape == (2, 3)


@pytest.mark.parametrize(
    ("base", "target", "span", "rate"),
    [
        (0.5, 0.25, 0.5, -0.75),  # halved in half a year
        (0.0, 0.5, 1, np.nan), (-0.5, -0.25, 1, np.nan), (0.5, -0.5, 1, np.nan),
        (0.5, 0.25, 0, np.nan), (0.5, 0.25, -0.5, np.nan),
    ],
)  # fmt: skip
def test_only_positive_bases_and_years_have_a_rate(
    base: float, target: float, span: float, rate: float
) -> None:
    assert implied_rate(base, target, span) == pytest.approx(rate, nan_ok=True)


def test_an_endless_target_has_an_endless_rate() -> None:
    low, high = implied_rate_bounds((25.0, 25.0), (50.0, np.inf), 5)
    assert low == pytest.approx(0.1486983549970351)
    assert np.isinf(high)


def test_a_target_of_nothing_is_a_loss_of_all() -> None:
    assert implied_rate(100.0, 0.0, 5) == -1.0


@given(bases, bases, st.integers(1, 8), st.integers(0, 5))
def test_a_path_is_one_rate_or_one_step_and_goes_on_beyond_its_target(
    base: float, target: float, span: int, more: int
) -> None:
    at = np.arange(span + more + 1)
    for made, expected in (
        (constant_growth, base * (target / base) ** (at / span)),
        (constant_step, base + (target - base) * at / span),
    ):
        found = made(base, target, span, last=span + more)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)
        assert (found[0], found[span]) == (base, target)


def test_a_path_goes_on_from_the_target_itself() -> None:
    factor = 1 + implied_rate(100.0, 115.0, 5)
    assert constant_growth(100.0, 115.0, 5, last=6)[6] == 115.0 * factor


@pytest.mark.parametrize("in_steps", [True, False])
def test_a_path_through_several_values_has_them_all_and_goes_on_as_between_the_last_two(
    in_steps: bool,
) -> None:
    values = np.array([[100.0, 121.0, 133.1], [10.0, 30.0, 60.0]])
    found = through([0, 2, 3], values, last=5, in_steps=in_steps)
    assert found.shape == (2, 6)
    assert (found[:, [0, 2, 3]] == values).all()
    assert (found == through([0, 2, 3], values, last=5)).all() != in_steps  # one rate, if nothing is told
    if in_steps:
        assert found[1] == pytest.approx([10, 20, 30, 60, 90, 120])
    else:
        assert found[0] == pytest.approx([100 * 1.1**year for year in range(6)])


def test_halves_become_the_whole_number_above() -> None:
    assert whole_steps(np.array([-1.5, -0.5, 0.49, 0.5, 1.5, 2.5])).tolist() == [-1, 0, 0, 1, 2, 3]


@pytest.mark.parametrize(("bound", "whole"), [("ge", 34), ("gt", 34), ("le", 33), ("about", 33), (None, 33)])
def test_whole_numbers_keep_a_bound_in_every_year(bound: str | None, whole: int) -> None:
    assert whole_steps(np.array([33.2, 50 + 1e-9, 50 - 1e-9]), bound).tolist() == [whole, 50, 50]


def test_the_least_rate_leads_from_the_highest_base_to_the_lowest_target() -> None:
    low, high = implied_rate_bounds((100.0, 110.0), (121.0, 133.1), 1)
    assert (low, high) == (pytest.approx(0.1), pytest.approx(0.331))
