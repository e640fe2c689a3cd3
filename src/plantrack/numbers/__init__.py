"""Exact numbers as documents print them: text in, intervals and times out.

Nothing here knows a plan, an indicator or a unit. Intervals are of fractions; floats stand only in `growth`,
which computes arrays of rates.
"""
