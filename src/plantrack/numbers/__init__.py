"""Exact numbers as documents print them: text in, intervals and times out.

`words` is the one list of words and signs, `numeral` reads a number with it, `rounding` tells what a printed
digit stands for. Nothing here knows a plan, an indicator or the size of a unit. Intervals are of fractions;
floats stand only in `growth`, which computes arrays of rates.
"""
