"""Hypothesis strategies: printed decimals, intervals, plans."""

from fractions import Fraction

from hypothesis import strategies as st

from plantrack.numbers.interval import Interval

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
positive_fractions = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)


@st.composite
def decimals(draw: st.DrawFn, *, negative: bool = True) -> str:
    """Digits as they are printed: `0.050`, `-2.70`, `149`; trailing zeros included."""
    whole = draw(st.integers(0, 10**6))
    places = draw(st.integers(0, 5))
    digits = f"{whole}.{draw(st.integers(0, 10**places - 1)):0{places}d}" if places else str(whole)
    return f"-{digits}" if negative and draw(st.booleans()) and digits.strip("0.") else digits


@st.composite
def intervals(draw: st.DrawFn, values: st.SearchStrategy[Fraction] = fractions) -> Interval:
    """Intervals of every sort: points, open, closed, unbounded."""
    low, high = sorted((draw(values), draw(values)))
    if low == high:
        return Interval.point(low)
    low_end = None if draw(st.integers(0, 5)) == 0 and values is fractions else low
    high_end = None if draw(st.integers(0, 5)) == 0 else high
    return Interval(
        low_end,
        high_end,
        low_closed=low_end is not None and draw(st.booleans()),
        high_closed=high_end is not None and draw(st.booleans()),
    )


@st.composite
def members(draw: st.DrawFn, interval: Interval) -> Fraction:
    """A number of the interval: an end that belongs, or one between."""
    low = interval.low if interval.low is not None else (interval.high or Fraction(0)) - 1000
    high = interval.high if interval.high is not None else (interval.low or Fraction(0)) + 1000
    if low == high:
        return low
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=97))
    value = low + (high - low) * share
    return value if interval.contains(value) else (low + high) / 2
