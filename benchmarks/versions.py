"""Does the suite pass with the lowest and with the newest of everything that plantrack needs?

Run: python benchmarks/versions.py [--ends] [--jobs N] [--extras NAMES] [-- WHAT PYTEST IS GIVEN]
Every Python here that plantrack allows, with the newest release of each library; the oldest of them
also with every lower bound of pyproject.toml, exactly (old releases of libraries are rarely built for
new Pythons). Each has a virtual environment of its own, in which plantrack is installed as a user
installs it, not in place. `--ends` tries the oldest of all and the newest of all only.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
TOOLS = ("benchmark", "dev")
"""They are no part of plantrack or its suite."""
BOUND = re.compile(r"([\w.-]+)>=([\d.]+)")
OWN = re.compile(r"plantrack\[(.+)\]")
ASK = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
PIP = ("-m", "pip", "--disable-pip-version-check")
INSTALL = (*PIP, "install", "--quiet")
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
BEARING = ("-W", "default::DeprecationWarning")
"""Old releases call what is deprecated by now beneath them; that says nothing of plantrack."""
LINES_SHOWN = 60

Version = tuple[int, ...]


@dataclass
class Combination:
    name: str
    python: str
    lowest: bool
    verdict: str = "cannot be installed"
    passed: bool = False
    seconds: int = 0
    versions: dict[str, str] = field(default_factory=dict)


def lower_bounds(extras: str) -> dict[str, str]:
    """The oldest release that will do of each library that plantrack, its extras and its build need."""
    needed = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"], *needed_by(extras)]
    return dict(BOUND.fullmatch(each).groups() for each in needed)


def needed_by(extras: str) -> Iterator[str]:
    """What extras need, and the extras that they have in them."""
    for each in chain.from_iterable(EXTRAS[extra] for extra in extras.split(",")):
        own = OWN.fullmatch(each)
        yield from [each] if own is None else needed_by(own[1])


# -- the Pythons here ----------------------------------------------------------------------------


def combinations() -> list[Combination]:
    """From the oldest to the newest."""
    found = pythons()
    oldest = next(iter(found))
    newest = [Combination(f"{version} newest", path, lowest=False) for version, path in found.items()]
    return [Combination(f"{oldest} lowest", found[oldest], lowest=True), *newest]


def pythons() -> dict[str, str]:
    """Where each minor version of Python is that plantrack allows, from the oldest."""
    lowest = numbers(PROJECT["project"]["requires-python"].removeprefix(">="))
    found = {version: path for path in candidates() if (version := version_of(path)) >= lowest}
    return {f"{major}.{minor}": found[major, minor, micro] for major, minor, micro in sorted(found)}


def candidates() -> list[str]:
    """The Pythons on the path, those that pyenv keeps, and this one."""
    named = (shutil.which(f"python3.{minor}") for minor in range(30))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [*filter(None, named), *map(str, pyenv.glob("3.*/bin/python3")), sys.executable]


def version_of(python: str) -> Version:
    """What a Python says of itself; nothing where it does not start."""
    asked = subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=False)
    return numbers(asked.stdout.strip()) if asked.returncode == 0 else ()


def numbers(version: str) -> Version:
    return tuple(map(int, version.split(".")))


# -- one combination -----------------------------------------------------------------------------


def tried(given: list[str], extras: str, folder: Path, what: Combination) -> Combination:
    """Install it, run the suite, and note what came of it."""
    started = time.monotonic()
    log = folder / f"{what.name}.log"
    with log.open("w", encoding="utf-8") as file:
        call = partial(called, file)
        try:
            python = installed(call, what, extras, folder / what.name)
            what.versions = versions_in(python)
            what.passed = call([python, *PYTEST, *(BEARING if what.lowest else ()), *given]) == 0
        except subprocess.CalledProcessError:
            pass  # the log says at which step
    lines = log.read_text(encoding="utf-8").splitlines()
    if what.versions:
        what.verdict = lines[-1].strip("= ")
    what.seconds = round(time.monotonic() - started)
    if not what.passed:
        print(f"\n== {what.name}", *lines[-LINES_SHOWN:], sep="\n", flush=True)
    return what


def installed(call: partial, what: Combination, extras: str, folder: Path) -> str:
    """The Python of a new environment with plantrack in it."""
    call([what.python, "-m", "venv", str(folder)], check=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    package = f"{ROOT}[{extras}]"
    if what.lowest:
        pins = [f"{name}=={version}" for name, version in lower_bounds(extras).items()]
        call([python, *INSTALL, *pins], check=True)
        call([python, *INSTALL, "--no-build-isolation", package, *pins], check=True)
    else:
        call([python, *INSTALL, "--upgrade", "--upgrade-strategy", "eager", package], check=True)
    return python


def called(log: TextIO, command: list[str], *, check: bool = False) -> int:
    """The exit code of a command in the checkout, which says what it says in the log."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, check=check, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    ).returncode


def versions_in(python: str) -> dict[str, str]:
    """What is installed beside a Python, and that Python."""
    listed = subprocess.run([python, *PIP, "list", "--format", "json"], capture_output=True, check=True)
    found = {each["name"].lower(): each["version"] for each in json.loads(listed.stdout)}
    return {"python": ".".join(map(str, version_of(python))), **found}


# -- all of them ---------------------------------------------------------------------------------


def table(results: list[Combination], extras: str) -> str:
    """A column for each combination: the releases that were tried."""
    rows = [["", *(each.name for each in results)]]
    rows += [
        [name, *(each.versions.get(name.lower(), "-") for each in results)]
        for name in ("python", *lower_bounds(extras))
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ends", action="store_true", help="the oldest of all and the newest of all only")
    parser.add_argument("--jobs", type=int, default=1, help="so many combinations at a time")
    every = ",".join(each for each in EXTRAS if each not in TOOLS)
    parser.add_argument(
        "--extras", default=every, help="with these extras, by comma; otherwise all but tools"
    )
    parser.add_argument("given", nargs="*", help="what pytest is given, after `--`: tests, options")
    asked = parser.parse_args()
    chosen = combinations()
    if asked.ends:
        chosen = [chosen[0], chosen[-1]]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        results = list(pool.map(partial(tried, asked.given, asked.extras, Path(folder)), chosen))
    print(table(results, asked.extras), "", sep="\n")
    for each in results:
        print(
            f"{each.name}: {'passed' if each.passed else 'FAILED'}, {each.verdict}; {each.seconds} s in all"
        )
    sys.exit(not all(each.passed for each in results))


if __name__ == "__main__":
    main()
