"""The `plantrack` command, and `python -m plantrack`: in fast, out fast.

Memory is collected seldom, for the many small imports are no garbage; and the process leaves
without tearing down what the system takes back anyway.
"""

import _signal as signal  # type: ignore[import-not-found]  # `signal` itself takes the time of some interrupts
import gc
import os
import sys


def main() -> None:
    _be_silent()
    gc.set_threshold(250_000, 2, 2)
    # matrices here are small: threads would wait for one another
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # no plugin of pydantic is asked for: to look for some it reads what every installed package tells of itself
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from plantrack.cli import run  # noqa: PLC0415 - the imports are what takes time: interrupted, they are silent

    os._exit(run(sys.argv[1:]))


def _be_silent() -> None:
    """Let Ctrl-C end the process at once, without a word, whatever is being done.

    An exception would be raised between any two steps, also inside of libraries that swallow it or
    tell it. Somebody else's handler stays, and so does that interrupts are ignored, as under `nohup`.
    What libraries warn of is for programmers, here and in the processes that are started.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    if not sys.warnoptions:
        import warnings  # noqa: PLC0415 - after the interrupts are seen to

        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"


INTERRUPTED = 130

if __name__ == "__main__":
    main()
