"""Path methods over arrays: ends exact, rates recovered, sums kept; pyam's vectors where they apply."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.numbers.growth import constant_growth, constant_step, implied_rate, through, whole_steps
from plantrack.paths import METHODS, Course

VECTORS = Path(__file__).parent.parent.parent / "shared" / "vectors" / "pyam_growth.json"
values = st.floats(0.01, 1e6)
years = st.integers(1, 20)
REACHING = sorted(name for name, method in METHODS.items() if "target" in method.needs)
"""Methods that lead to the target by construction."""


@pytest.mark.parametrize("name", REACHING)
@given(base=values, target=values, span=years, more=st.integers(0, 5))
def test_both_ends_are_exact(name: str, base: float, target: float, span: int, more: int) -> None:
    """A path's ends are exact."""
    course = Course(np.array([base]), np.array([target]), span, span + more)
    path = METHODS[name].formula(course)
    assert path.shape == (1, span + more + 1)
    assert (path[0, 0], path[0, span]) == (base, target)


@given(values, values, years, st.integers(0, 5))
def test_a_constant_growth_has_the_rate_that_made_it(
    base: float, target: float, span: int, more: int
) -> None:
    """Growth recovered from a path is the rate that made it, in every year and beyond the target."""
    path = constant_growth(base, target, span, last=span + more)
    rate = float(implied_rate(base, target, span))
    assert path[1:] / path[:-1] - 1 == pytest.approx(rate, rel=1e-6, abs=1e-9)


@given(values, st.floats(-0.5, 1), years)
def test_a_printed_rate_is_recovered_from_its_path(base: float, rate: float, span: int) -> None:
    course = Course(np.array([base]), np.array([base]), span, span, pace=np.array([rate]))
    path = METHODS["stated"].formula(course)[0]
    assert float(implied_rate(path[0], path[-1], span)) == pytest.approx(rate, rel=1e-9, abs=1e-12)


@given(values, values, years)
def test_constant_steps_are_equal(base: float, target: float, span: int) -> None:
    steps = np.diff(constant_step(base, target, span))
    assert steps == pytest.approx((target - base) / span, rel=1e-6, abs=1e-6)


@given(st.integers(1, 500), st.integers(1, 500), years)
def test_whole_steps_add_up_exactly(base: int, target: int, span: int) -> None:
    """Counts sum: the whole steps of a path add up to the way."""
    path = whole_steps(constant_growth(float(base), float(target), span))
    assert (path == np.round(path)).all()
    assert np.diff(path).sum() == target - base


@given(st.lists(values, min_size=2, max_size=5), st.booleans())
def test_a_path_through_values_has_each_of_them(given_values: list[float], in_steps: bool) -> None:
    at = tuple(range(0, 2 * len(given_values), 2))
    path = through(at, np.array(given_values), last=at[-1], in_steps=in_steps)
    assert list(path[::2]) == given_values


@pytest.mark.parametrize("name", METHODS)
def test_methods_take_arrays(name: str) -> None:
    two = np.array([100.0, 200.0])
    course = Course(
        two, two[::-1].copy(), 5, 7, pace=np.array([0.1, 0.2]), marks=(2,), values=two[:, np.newaxis]
    )
    assert METHODS[name].formula(course).shape == (2, 8)


def test_every_method_tells_what_it_does() -> None:
    told = (Path(__file__).parents[1] / "docs" / "paths.md").read_text(encoding="utf-8")
    for name, method in METHODS.items():
        assert method.formula.__doc__
        assert f"| `{name}` |" in told


# -- pyam ----------------------------------------------------------------------------------------


def vectors(kind: str) -> list[dict[str, Any]]:
    if not VECTORS.exists():
        return []
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))[kind]
    return found


needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/vectors is not here")


def rates_of(series: dict[str, float | None]) -> dict[str, float]:
    """The rate from each year that is known to the next, as pyam names it: by the first."""
    known = sorted((int(year), value) for year, value in series.items() if value is not None)
    pairs = itertools.pairwise(known)
    return {str(a): float(implied_rate(x, y, b - a)) for (a, x), (b, y) in pairs}


@needs_vectors
@pytest.mark.parametrize("case", vectors("growth_rate"), ids=str)
def test_rates_are_pyams_where_values_are_positive(case: dict[str, Any]) -> None:
    """docs/paths.md: below zero there is no rate here; a missing year is passed over, not an error."""
    rates = rates_of(case["in"])
    given_values = [value for value in case["in"].values() if value is not None]
    if min(given_values) <= 0:
        assert all(np.isnan(rate) for rate in rates.values())
    elif None in case["in"].values():
        assert "error" in case
        assert rates == {"2020": pytest.approx(0.1)}
    else:
        assert rates == pytest.approx(case["result"])


@needs_vectors
@pytest.mark.parametrize("case", vectors("interpolate"), ids=lambda case: case["method"])
def test_steps_are_pyams_interpolation_up_to_the_target(case: dict[str, Any]) -> None:
    """docs/paths.md: beyond the last value pyam's linear method stands still, and a path goes on."""
    path = constant_step(100, 150, 5, last=7)
    for year, value in case["result"]:
        if year <= 2025 or case["method"] == "method=pchip":
            assert path[int(year) - 2020] == pytest.approx(value)
        else:
            assert value == 150
            assert path[int(year) - 2020] > value


@needs_vectors
@pytest.mark.parametrize("case", vectors("fill_series"), ids=lambda case: str(case["at"]))
def test_values_between_are_pyams(case: dict[str, Any]) -> None:
    path = dict(zip(range(2020, 2026), constant_step(100, 150, 5).tolist(), strict=True))
    assert path.get(case["at"]) == case["result"]


@needs_vectors
@pytest.mark.parametrize("case", vectors("cumulative"), ids=str)
def test_the_sum_of_a_flows_years_is_pyams_cumulative(case: dict[str, Any]) -> None:
    assert constant_step(100, 150, case["last"] - case["first"]).sum() == case["result"]
