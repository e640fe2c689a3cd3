"""`python -m plantrack`, and the `plantrack` command.

Memory is collected seldom: a call is short, and its many small imports are no garbage.
"""

import gc

gc.set_threshold(100_000, 20, 20)

from plantrack.cli import main  # noqa: E402 - the imports are what takes time

__all__ = ["main"]

if __name__ == "__main__":
    main()
