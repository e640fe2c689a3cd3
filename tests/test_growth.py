"""Growth: a series built from a known rate gives the rate back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.numbers.growth import compounded, implied_rate, implied_rate_bounds

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


def test_an_endless_target_has_an_endless_rate() -> None:
    low, high = implied_rate_bounds((25.0, 25.0), (50.0, np.inf), 5)
    assert low == pytest.approx(0.1486983549970351)
    assert np.isinf(high)
