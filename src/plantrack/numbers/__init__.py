"""Exact numbers as documents print them.

In: the text of a number or of a time. Out: an `Interval` of fractions with open or closed ends, a `Numeral` with its
words, a `Time`. Nothing here knows a plan, an indicator or the size of a unit.

`words` is the one list of words and signs: a new bound word, verb, scale or mark is one line there, and reading,
writing and the trace know it. `numeral` reads a number with it, `rounding` finds what a printed digit may stand for,
`times` reads years, months and spans. Intervals are fractions and must stay exact; only `growth` computes arrays of
floats, to show rates.
"""
