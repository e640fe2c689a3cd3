"""Whether the tests notice what breaks: small changes of the source, one at a time, and the tests that run each.

Run: python benchmarks/mutants.py [--count 100] [--first 0] [--seed 13] [--minutes 2] [--processes 2]
                                  [--record FOLDER]                                 (POSIX; pip install coverage)
A mutant is a copy of the tree with one comparison, sign, `and`, number, `min`, condition or result changed, drawn by
the seed from solver, numbers and audit. The whole suite is run once to record which test executes which line; FOLDER
keeps the record for further runs on the same tree. A mutant is tried with the tests that execute its line, the fastest
and nearest first: pytest collects the tests once, and forks for each mutant (`forking.py`). What a test starts as a
process of its own is neither recorded nor changed. What no test executes, as it is executed at import (constants,
defaults), is changed in the copy and tried with all modules of tests in the same order. A mutant is caught where a test
fails or takes more than a minute; it survives where none does within the time it is given. Time is processor time, so
that a busy machine changes no verdict. Some survivors mean the same as the original. The working tree is only read.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib.util
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import compress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("solver", "numbers", "audit")
APART = {"test_fuzz.py", "test_windows.py", "test_readme.py", "test_language.py"}
"""Tests of words, of the platform, and of what runs for hours: they say nothing of arithmetic."""
RECORDING = """
import gc, os
from functools import cache
from coverage import Coverage
import pytest

recorder = Coverage(data_file=os.environ["RECORD"], data_suffix=True, source_pkgs=os.environ["PACKAGES"].split(),
                    config_file=False, messages=False)
recorder.set_option("run:disable_warnings", ["no-data-collected", "module-not-imported", "module-not-measured"])
recorder.start()
kept = []

def pytest_collection_finish(session):
    every = (each for each in gc.get_objects() if isinstance(each, type(cache(len))))
    kept.extend(each for each in every if each.__module__.startswith(tuple(os.environ["PACKAGES"].split())))

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    for each in kept:
        each.cache_clear()
    recorder.switch_context(item.nodeid)
    return (yield)

def pytest_unconfigure(config):
    recorder.stop()
    recorder.save()
"""
"""Records the lines that each test executes. What earlier tests left in caches is computed again."""


class Mutant(NamedTuple):
    """One change: where, from what to what. `start` and `end` are offsets into the file's bytes."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]

    @property
    def words(self) -> str:
        before, after = (" ".join(each.split()) for each in (self.before, self.after))
        return f"{self.path}:{self.line}: {before} -> {after}"


# -- changes -------------------------------------------------------------------------------------

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def changes(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What may stand instead of an expression of this node."""
    yield from _changed_operators(node)
    match node:
        case ast.Constant(value=bool(value)):
            yield node, ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield node, ast.Constant(value + 1)
            yield node, ast.Constant(value - 1)
        case ast.Call(func=ast.Name(id=name) as function) if name in NAMES:
            yield function, ast.Name(NAMES[name])
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield node, operand
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield test, ast.UnaryOp(ast.Not(), test)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield value, ast.Constant(None)


def _changed_operators(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=others) if type(operator) in COMPARISONS:
            yield node, ast.Compare(left, [COMPARISONS[type(operator)]()], others)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            yield node, ast.BinOp(left, SIGNS[type(sign)](), right)
        case ast.BoolOp(op=ast.And(), values=values):
            yield node, ast.BoolOp(ast.Or(), values)
        case ast.BoolOp(values=values):
            yield node, ast.BoolOp(ast.And(), values)


def judged(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run: no annotations, assertions (`strict=` is one), decorators, nothing for type checkers."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            is_for_types = isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING"
            if (
                isinstance(each, ast.AST)
                and not isinstance(each, ast.Assert | ast.JoinedStr)
                and not (isinstance(each, ast.keyword) and each.arg == "strict")
                and not is_for_types
            ):
                yield each
                yield from judged(each)


def mutants_of(path: Path) -> Iterator[Mutant]:
    source = (ROOT / path).read_bytes()
    starts = [0, *(match.end() for match in re.finditer(rb"\n", source))]
    for node in judged(ast.parse(source)):
        for old, new in changes(node):
            start = starts[old.lineno - 1] + old.col_offset
            end = starts[(old.end_lineno or 0) - 1] + (old.end_col_offset or 0)
            before = source[start:end].decode()
            yield Mutant(path, old.lineno, start, end, before, f"({ast.unparse(new)})")


def statement_lines(mutant: Mutant) -> range:
    """The lines of the innermost statement of a function that is changed, up to its body; none outside of functions."""
    tree = ast.parse((ROOT / mutant.path).read_bytes())
    inside = [
        each
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for each in ast.walk(function)
        if isinstance(each, ast.stmt)
        and each is not function
        and each.lineno <= mutant.line <= (each.end_lineno or 0)
    ]
    if not inside:
        return range(0)
    innermost = max(inside, key=lambda each: (each.lineno, -(each.end_lineno or 0)))
    body = getattr(innermost, "body", None)
    return range(innermost.lineno, body[0].lineno if body else (innermost.end_lineno or 0) + 1)


def drawn(count: int, seed: int) -> list[Mutant]:
    folders = [Path("src/plantrack") / each for each in PACKAGES]
    files = sorted(file.relative_to(ROOT) for folder in folders for file in (ROOT / folder).rglob("*.py"))
    found = [mutant for file in files for mutant in mutants_of(file)]
    print(f"{len(found):,} changes of {len(files)} files are possible")
    return random.Random(seed).sample(found, count)


# -- tests ---------------------------------------------------------------------------------------


def distances(path: Path) -> dict[str, int]:
    """How far each test module is: 0 imports the changed module, 1 a helper that does, 2 its package."""
    package, module = path.parent.name, path.stem
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests").glob("*.py"))}
    direct = re.compile(rf"plantrack\.{package}(?:\.{module}\b| import [^\n]*\b{module}\b)")
    around = re.compile(rf"plantrack\.{package}\b")

    def distance(name: str) -> int:
        imported = [texts[f"{each}.py"] for each in _imports(texts[name]) if f"{each}.py" in texts]
        steps = (direct.search(texts[name]), any(map(direct.search, imported)), around.search(texts[name]))
        return next((number for number, is_near in enumerate(steps) if is_near), len(steps))

    return {name: distance(name) for name in texts if name.startswith("test_") and name not in APART}


def _imports(written: str) -> Iterable[str]:
    """The modules of the tests that a test imports."""
    return re.findall(r"^(?:from|import) (\w+)", written, re.MULTILINE)


class Record:
    """Which tests execute a line, and how long each takes; made by one run of the suite, or found in a folder."""

    def __init__(self, folder: Path, copy: Path, processes: int) -> None:
        files = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py")])
        tree = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
        self._file, said = folder / f"{tree}.lines", folder / f"{tree}.seconds"
        if not said.exists():
            folder.mkdir(parents=True, exist_ok=True)
            said.write_text(self._made(copy, processes), encoding="utf-8")
        self.seconds: dict[str, float] = {}
        for took, test in re.findall(
            r"^([\d.]+)s \w+ +(.+)$", said.read_text(encoding="utf-8"), re.MULTILINE
        ):
            self.seconds[test] = self.seconds.get(test, 0) + float(took)

    def _made(self, copy: Path, processes: int) -> str:
        from coverage import CoverageData  # noqa: PLC0415 (needed for a new record alone)

        print("recording which test executes which line: some minutes", flush=True)
        environment = environment_of(copy) | {
            "RECORD": str(self._file),
            "PACKAGES": " ".join(f"plantrack.{each}" for each in PACKAGES),
        }
        tests = [f"tests/{each}" for each in distances(Path("src"))]
        options = ["-p", "recording", "-n", str(processes), "--durations=0", "--durations-min=0"]
        made = subprocess.run(
            [*PYTEST, *options, *tests],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            sys.exit(f"the tests fail without any change:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")
        whole = CoverageData(str(self._file))
        for part in self._file.parent.glob(f"{self._file.name}.*"):
            found = CoverageData(str(part))
            found.read()
            whole.update(found, map_path=lambda name: str(Path(name).relative_to(copy)))
            part.unlink()
        return made.stdout

    def executing(self, mutant: Mutant, lines: Iterable[int]) -> list[str]:
        """The tests that execute one of some lines of the mutant's file, the fastest and nearest first."""
        from coverage import CoverageData  # noqa: PLC0415

        data = CoverageData(str(self._file))
        data.read()
        by_line = data.contexts_by_lineno(str(mutant.path))
        return self._sorted({test for line in lines for test in by_line.get(line, ()) if test}, mutant)

    def modules(self, mutant: Mutant) -> list[str]:
        """All modules of tests, in the same order."""
        return self._sorted(distances(mutant.path), mutant)

    def _sorted(self, tests: Iterable[str], mutant: Mutant) -> list[str]:
        near, seconds = distances(mutant.path), defaultdict(float, self.seconds)
        for test, took in self.seconds.items():
            seconds[module_of(test)] += took
        return sorted(tests, key=lambda test: ((0.1 + seconds[test]) * 3 ** near[module_of(test)], test))


def module_of(test: str) -> str:
    return test.partition("::")[0].removeprefix("tests/")


class Outcome(NamedTuple):
    """What the tests said, and how long they took; `None` where only what is executed at import is changed."""

    is_caught: bool | None
    seconds: float
    by: str


PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]


class Worker:
    """A copy of the tree, and a process of pytest that has collected its tests."""

    def __init__(self, copy: Path, minutes: float) -> None:
        self.copy, self.seconds = copy, max(1, round(minutes * 60))
        heard, asked = os.pipe()
        answers, told = os.pipe()
        tests = [f"tests/{each}" for each in distances(Path("src"))]
        self.process = subprocess.Popen(
            [*PYTEST, "-p", "forking", *tests],
            cwd=copy,
            env=environment_of(copy) | {"ASKED": str(heard), "ANSWERS": str(told)},
            pass_fds=(heard, told),
            stdout=subprocess.DEVNULL,
        )
        os.close(heard)
        os.close(told)
        self.asked, self.answers = os.fdopen(asked, "w"), os.fdopen(answers)

    def tried(self, mutant: Mutant, record: Record) -> Outcome:
        """Run the tests of a mutant until one fails or the time is over."""
        tests = record.executing(mutant, statement_lines(mutant))
        outcome = self._answer(mutant, tests) if tests else None
        if outcome is None or outcome.is_caught is None:
            return self._tried_at_import(mutant, record.modules(mutant))
        return outcome

    def _answer(self, mutant: Mutant, tests: list[str]) -> Outcome:
        file = self.copy / mutant.path
        old = file.read_bytes()
        said = {"file": str(file), "old": old.decode(), "new": mutant.applied(old).decode()}
        print(json.dumps(said | {"tests": tests, "seconds": self.seconds}), file=self.asked, flush=True)
        return Outcome(**json.loads(self.answers.readline()))

    def _tried_at_import(self, mutant: Mutant, modules: Iterable[str]) -> Outcome:
        """Run all tests with the changed file in the place of the original."""
        file = self.copy / mutant.path
        original = file.read_bytes()
        file.write_bytes(mutant.applied(original))
        try:
            return self._run(modules)
        finally:
            file.write_bytes(original)

    def _run(self, modules: Iterable[str]) -> Outcome:
        """Run modules of tests until one fails or the time is over."""
        limit = f'ulimit -t {self.seconds}; exec "$@"'
        arguments = [*PYTEST, "-x", "-p", "forking", *(f"tests/{each}" for each in modules)]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
            process = subprocess.Popen(
                ["/bin/sh", "-c", limit, "limited", *arguments],
                cwd=self.copy,
                env=environment_of(self.copy),
                stdout=told,
                stderr=told,
            )
            _, status, used = os.wait4(process.pid, 0)
            told.seek(0)
            failed = [line for line in told.read().splitlines() if line.startswith(("FAILED", "ERROR"))]
        is_over = os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGKILL, signal.SIGXCPU}
        seconds = used.ru_utime + used.ru_stime
        return Outcome(status != 0 and not is_over, seconds, failed[0] if failed else "")

    def end(self) -> None:
        self.asked.close()
        self.process.wait()


def environment_of(copy: Path) -> dict[str, str]:
    plugins = f"{ROOT / 'benchmarks'}{os.pathsep}{copy.parent}"
    return os.environ | {
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{plugins}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def copied(folder: Path) -> Path:
    """A copy of the tree, with what lies beside it at the same place."""
    copy = folder / ROOT.name
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    (folder / "recording.py").write_text(RECORDING, encoding="utf-8")
    if (beside := ROOT.parent / "shared").exists():
        (folder / "shared").symlink_to(beside.resolve())
    return copy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="mutants to draw")
    parser.add_argument("--first", type=int, default=0, help="the number of the first to try")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--minutes", type=float, default=2, help="for the tests of one mutant")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="keeps which test executes which line")
    asked = parser.parse_args()
    if importlib.util.find_spec("coverage") is None:
        sys.exit(
            "coverage, which records the lines that tests execute, is missing: pip install 'plantrack[benchmark]'"
        )
    waiting = drawn(asked.count, asked.seed)[asked.first :]
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for number in range(asked.processes):
            place = Path(folder) / str(number)
            place.mkdir()
            copies.append(copied(place))
        record = Record((asked.record or Path(folder) / "record").resolve(), copies[0], asked.processes)
        workers: SimpleQueue[Worker] = SimpleQueue()
        for each in copies:
            workers.put(Worker(each, asked.minutes))

        def survives(number: int, mutant: Mutant) -> bool:
            worker = workers.get()
            try:
                is_caught, seconds, by = worker.tried(mutant, record)
            finally:
                workers.put(worker)
            verdict = "caught" if is_caught else "SURVIVED"
            print(f"{number:3} {verdict} {seconds:.0f} s {mutant.words}  {by}", flush=True)
            return not is_caught

        with ThreadPoolExecutor(asked.processes) as pool:
            are_left = list(pool.map(survives, range(asked.first, asked.count), waiting))
        while not workers.empty():
            workers.get().end()
    survivors = list(compress(waiting, are_left))
    print(f"{len(waiting) - len(survivors)} of {len(waiting)} caught; survivors:")
    for mutant in survivors:
        print(f"  {mutant.words}")


if __name__ == "__main__":
    main()
