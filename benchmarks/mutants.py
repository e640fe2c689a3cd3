"""Whether the tests notice what breaks: small changes of the source, one at a time, and the tests nearest to each.

Run: python benchmarks/mutants.py [--count 100] [--first 0] [--seed 13] [--minutes 5] [--processes 2]      (POSIX)
A mutant is a copy of the tree with one comparison, sign, `and`, number, `min`, condition or result changed, drawn by
the seed from solver, numbers and audit. Its tests are run in the order in which they are near: modules that import
the changed one, modules that import its package, the rest. It is caught where one fails, and where one runs for more
than two minutes; it survives where none does within the time it is given. Time is processor time, so that a busy
machine changes no verdict. Some survivors mean the same as the
original. The working tree is only read.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("solver", "numbers", "audit")
APART = {"test_fuzz.py", "test_windows.py", "test_readme.py", "test_language.py"}
"""Tests of words, of the platform, and of what runs for hours: they say nothing of arithmetic."""
PLUGIN = """
import signal
from hypothesis import Phase, settings
import pytest

def pytest_collection():
    settings.register_profile("mutants", parent=settings.default, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")

@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    def give_up(*_):
        pytest.fail("the test takes too long")
    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, 120)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
"""
"""Examples that fail are not made smaller, and a test that does not end fails."""


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
    """The nodes that run: no annotations, no assertions, nothing for type checkers, no decorators."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            is_for_types = isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING"
            if (
                isinstance(each, ast.AST)
                and not isinstance(each, ast.Assert | ast.JoinedStr)
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


def drawn(count: int, seed: int) -> list[Mutant]:
    folders = [Path("src/plantrack") / each for each in PACKAGES]
    files = sorted(file.relative_to(ROOT) for folder in folders for file in (ROOT / folder).rglob("*.py"))
    found = [mutant for file in files for mutant in mutants_of(file)]
    print(f"{len(found):,} changes of {len(files)} files are possible")
    return random.Random(seed).sample(found, count)


# -- tests ---------------------------------------------------------------------------------------


def nearest_tests(path: Path) -> list[str]:
    """All test modules: first those that import the changed module, then those that import its package."""
    package, module = path.parent.name, path.stem
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests").glob("*.py"))}
    direct = re.compile(rf"plantrack\.{package}(?:\.{module}\b| import [^\n]*\b{module}\b)")
    around = re.compile(rf"plantrack\.{package}\b")

    def distance(name: str) -> int:
        imported = [texts[f"{each}.py"] for each in _imports(texts[name]) if f"{each}.py" in texts]
        steps = (direct.search(texts[name]), any(map(direct.search, imported)), around.search(texts[name]))
        return next((number for number, is_near in enumerate(steps) if is_near), len(steps))

    names = [name for name in texts if name.startswith("test_") and name not in APART]
    return sorted(names, key=lambda name: (distance(name), len(texts[name])))


def _imports(written: str) -> Iterable[str]:
    """The modules of the tests that a test imports."""
    return re.findall(r"^(?:from|import) (\w+)", written, re.MULTILINE)


class Outcome(NamedTuple):
    """What the tests said, and how long they took."""

    is_caught: bool
    seconds: float
    by: str


def tried(copy: Path, tests: Iterable[str], minutes: float) -> Outcome:
    """Run tests in a copy until one fails or the time is over."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    environment = os.environ | {
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy.parent}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    arguments = [*command, "-p", "plugin_of_mutants", *(f"tests/{each}" for each in tests)]
    with (copy.parent / "output").open("w+", encoding="utf-8") as told:
        limit = f'ulimit -t {round(minutes * 60)}; exec "$@"'
        process = subprocess.Popen(
            ["/bin/sh", "-c", limit, "limited", *arguments],
            cwd=copy,
            env=environment,
            stdout=told,
            stderr=told,
        )
        _, status, used = os.wait4(process.pid, 0)
        told.seek(0)
        failed = [line for line in told.read().splitlines() if line.startswith(("FAILED", "ERROR"))]
    is_over = os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGKILL, signal.SIGXCPU}
    seconds = used.ru_utime + used.ru_stime
    return Outcome(status != 0 and not is_over, seconds, failed[0] if failed else "")


def copied(folder: Path) -> Path:
    """A copy of the tree, with what lies beside it at the same place."""
    copy = folder / ROOT.name
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    (folder / "plugin_of_mutants.py").write_text(PLUGIN, encoding="utf-8")
    if (beside := ROOT.parent / "shared").exists():
        (folder / "shared").symlink_to(beside.resolve())
    return copy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="mutants to draw")
    parser.add_argument("--first", type=int, default=0, help="the number of the first to try")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--minutes", type=float, default=5, help="for the tests of one mutant")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    waiting = drawn(asked.count, asked.seed)[asked.first :]
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(asked.processes):
            place = Path(folder) / str(number)
            place.mkdir()
            copies.put(copied(place))

        def judge(mutant: Mutant) -> Outcome:
            copy = copies.get()
            file = copy / mutant.path
            original = file.read_bytes()
            try:
                file.write_bytes(mutant.applied(original))
                return tried(copy, nearest_tests(mutant.path), asked.minutes)
            finally:
                file.write_bytes(original)
                copies.put(copy)

        copy = copies.get()
        plain = tried(copy, nearest_tests(Path("src/plantrack/audit/__init__.py")), asked.minutes)
        copies.put(copy)
        if plain.is_caught:
            sys.exit(f"the tests fail without any change: {plain.by}")
        survivors = []
        with ThreadPoolExecutor(asked.processes) as pool:
            for number, (mutant, outcome) in enumerate(zip(waiting, pool.map(judge, waiting), strict=True)):
                verdict = "caught" if outcome.is_caught else "SURVIVED"
                print(
                    f"{asked.first + number:3} {verdict} {outcome.seconds:.0f} s {mutant.words}  {outcome.by}",
                    flush=True,
                )
                survivors += [] if outcome.is_caught else [mutant]
    print(f"{len(waiting) - len(survivors)} of {len(waiting)} caught; survivors:")
    for mutant in survivors:
        print(f"  {mutant.words}")


if __name__ == "__main__":
    main()
