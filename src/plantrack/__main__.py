"""The `plantrack` command, and `python -m plantrack`: in fast, out fast.

Memory is collected seldom, for the many small imports are no garbage; and the process leaves
without tearing down what the system takes back anyway.
"""

import gc
import os
import sys

gc.set_threshold(100_000, 20, 20)
os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # matrices here are small: threads would wait for one another

from plantrack.cli import run  # noqa: E402 - the imports are what takes time


def main() -> None:
    """Run the command and leave with its code."""
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
