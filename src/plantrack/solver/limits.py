"""The caps of the algorithms. A cap may leave more undetermined; none turns what is undecided into a verdict.

The work of a whole audit is limited in `effort`.
"""

MAX_VECTORS = 200
"""More elementary vectors of one component are not enumerated."""
MAX_TESTS = 600
"""More vectors of one component are not tested for being elementary."""
MAX_EXCHANGES = 5_000
"""More exchanges are not made; by Bland's rule there is an end, far below this for printed plans."""
MAX_ROUNDS = 6
"""Contraction goes round all constraints at most so often; it is a help, not a decision."""
MAX_LINEAR = 6
"""Constraints are made linear about the last point at most so often."""
MAX_NEAR = 12
"""Steps towards a point near the middle; where they find none, the centre is sought."""
MAX_NEWTON_STEPS = 50
"""Steps of the interior-point method; a dozen are usual."""
MAX_TRIES = 4
"""Other variables are made to depend at most so often where two of them are multiplied."""
MAX_HALVINGS = 4
"""How deep a box is halved."""
LARGE = 30
"""Boxes of more variables than this are halved less deep: an answer in time is worth more."""
MAX_NODES = 5_000
"""Branches of the search for the fewest; beyond them few enough are taken."""
MAX_FACTORS = 200
"""Products of more factors, a number counted by its digits, are not made of several: no printed laws come to one."""
MAX_BITS = 10_000
"""Numbers that would be longer are not computed: what they would decide is left to other means, or undetermined."""
MAX_KNOWN = 64
"""The constraints of so many problems are kept as polynomials, as they are asked about again and again."""
