"""Laws: lines of text that relate quantities, such as `depth = premium / gdp`.

In: a line of the catalogue or of a plan. Out: a `Law` with an expression on each side (`grammar`), and its normal
form, a product of powers that equals one or a sum of multiples that equals zero (`normal_form`). A line that is no law
raises `NotALaw`, with the part not understood and its place.

A new operation is a rule of the grammar with its normal form. Which laws there are is data: `plan/laws.yaml`.
Nothing here knows a number that was printed.
"""
