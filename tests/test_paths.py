"""Paths: ends exact, rates recovered, counts whole, and a reason where there is no path."""

from pathlib import Path as File
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.growth import implied_rate
from plantrack.loading import find_plan, load_catalogue, load_plan
from plantrack.paths import METHODS, Path, constant_growth, constant_step, project_paths, whole_steps
from test_audit import plan_of

CATALOGUE = load_catalogue()
values = st.floats(0.01, 1e6)
years = st.integers(1, 20)


def paths_of(name: str, method: str | None = None) -> dict[str, Path]:
    loaded = load_plan(find_plan(name), CATALOGUE)
    return {path.indicator_id: path for path in project_paths(loaded, CATALOGUE, name=method)}


def path_of(folder: File, figures: str, method: str | None = None) -> Path:
    (path,) = project_paths(plan_of(folder, figures), CATALOGUE, name=method)
    return path


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@given(base=values, target=values, span=years)
def test_both_ends_are_exact(method: Any, base: float, target: float, span: int) -> None:
    path = method(base, target, span)
    assert path.shape == (span + 1,)
    assert (path[0], path[-1]) == (base, target)


@given(values, values, years)
def test_a_constant_growth_has_the_rate_that_made_it(base: float, target: float, span: int) -> None:
    path = constant_growth(base, target, span)
    assert path[1:] / path[:-1] - 1 == pytest.approx(
        float(implied_rate(base, target, span)), rel=1e-6, abs=1e-9
    )


@given(values, values, years)
def test_constant_steps_are_equal(base: float, target: float, span: int) -> None:
    steps = np.diff(constant_step(base, target, span))
    assert steps == pytest.approx((target - base) / span, rel=1e-6, abs=1e-6)


@given(st.integers(1, 500), st.integers(1, 500), years)
def test_whole_steps_add_up_exactly(base: int, target: int, span: int) -> None:
    path = whole_steps(constant_growth(float(base), float(target), span))
    assert (path == np.round(path)).all()
    assert np.diff(path).sum() == target - base


def test_methods_take_arrays() -> None:
    path = constant_growth(np.array([100.0, 200.0]), np.array([200.0, 100.0]), 5)
    assert path.shape == (2, 6)


def test_zhuhais_loans_grow_by_557_a_year() -> None:
    path = paths_of("zhuhai")["loans"]
    assert path.years == tuple(range(2020, 2026))
    assert (path.values[0], path.values[-1]) == (7626.0, 10000.0)
    assert path.rate == pytest.approx(0.0557, abs=5e-5)
    assert (path.low[0], path.high[0], path.low[-1], path.high[-1]) == (7625.5, 7626.5, 9999.5, 10000.5)
    assert (path.low <= path.values).all()
    assert (path.values <= path.high).all()


def test_counts_are_whole_and_ratios_go_in_steps() -> None:
    zhaoqing = paths_of("zhaoqing")
    assert list(zhaoqing["financial_institutions"].values) == [87, 89, 92, 95, 97, 100]
    assert zhaoqing["finance_share_of_gdp"].method == "linear"
    assert zhaoqing["finance_share_of_gdp"].step == pytest.approx(0.001)
    assert paths_of("zhaoqing", "linear")["premium"].method == "linear"


def test_base_and_target_come_from_the_section_that_prints_both() -> None:
    path = paths_of("zhuhai")["specialty_farm_insurance_cover"]
    assert path.target is not None
    assert path.target.text == "6.54"
    shares = paths_of("zhaoqing")["finance_share_of_gdp"]
    assert shares.target is not None
    assert shares.target.section == "table"


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("{2020: 25, 2025: 50以上}", "least path"),
        ("{2020: 25, 2025: 20以下}", "greatest path"),
        ("{2020: 60, 2025: 50以上}", "met already"),
        ("{2020: 20, 2025: 30—40}", "middle"),
    ],
)
def test_a_bound_target_says_so(tmp_path: File, level: str, said: str) -> None:
    path = path_of(tmp_path, f"  listed_companies:\n  - {{in: t, level: {level}}}\n")
    assert path.note is not None
    assert said in path.note.say("en")


def test_a_target_already_met_is_held(tmp_path: File) -> None:
    path = path_of(tmp_path, "  listed_companies:\n  - {in: t, level: {2020: 60, 2025: 50以上}}\n")
    assert list(path.values) == [60] * 6


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("  loans:\n  - {in: t, level: {2025: 100}}\n", "no base is printed for 2020"),
        (
            "  loans:\n  - {in: t, level: {2020: 100, 2025: {above: deposits}}}\n",
            "no number is printed for 2025",
        ),
        ("  loans:\n  - {in: t, change: {2020->2025: up}}\n", "no number is printed for 2025"),
        ("  loans:\n  - {in: t, level: {2020: 0, 2025: 100}}\n", "not above zero"),
        ("  loans:\n  - {in: t, level: {2020: -5, 2025: 100}}\n", "not above zero"),
        ("  loans:\n  - {in: t, level: {2020: 100, 2025: 0}}\n", "not above zero"),
    ],
)
def test_where_there_is_no_path_what_is_missing_is_told(tmp_path: File, figures: str, said: str) -> None:
    path = path_of(tmp_path, figures)
    assert path.why is not None
    assert said in path.why.say("en")
    assert len(path.values) == 0


def test_a_linear_path_leads_from_zero(tmp_path: File) -> None:
    path = path_of(tmp_path, "  loans:\n  - {in: t, level: {2020: 0, 2025: 100}}\n", "linear")
    assert list(path.values) == [0, 20, 40, 60, 80, 100]
