"""Flows over years, spans and months against z3: `python benchmarks/time_laws.py [SYSTEMS] [SEED]`.

`accused` and `missed` must be 0; what the solver or the audit leaves open is counted apart.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from sums_of_time import compared

given = [int(each) for each in sys.argv[1:]]
count, seed = (*given, *(10_000, 1)[len(given) :])
print(*(f"{name}: {number}" for name, number in sorted(compared(seed, count).items())), sep="\n")
