"""Exact mathematics for constraints between unknown numbers that lie in intervals; knows no plan and no text.

In: constraints (products of powers, sums of multiples) and an interval for each variable. Out: whether
some numbers obey all of them, proven either way or left undecided; an elementary relation that is violated;
what a variable may be; minimal sets that are infeasible, and the fewest elements that hit all of them.

One algorithm a module, each with its equation, source and cost: `elementary` vectors, the `simplex` method,
`linear` forms of products, `propagation` of intervals, polynomials as arrays of `terms`, the Chebyshev `centre`,
an exact `witness`, `feasibility` of both kinds of constraint together, `roots`, `minimal_subsets`,
`hitting_sets`. `effort` counts the steps.
Floats only guess: every answer is proven in `Fraction`, or by floats that are rounded outward.

A new algorithm is a module of its own. Caps are in `limits`, the work of a whole audit is in `effort`. A cap may leave
more undetermined; it must never turn an undecided problem into a verdict.
"""
