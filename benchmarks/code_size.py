"""How large and how plain the code is: lines, function bodies, complexity, classes, files, tests, docstrings.

Run: python benchmarks/code_size.py [CHECKOUT]
Complexity is McCabe's, counted as radon counts it. A numeric function is a public function of a module of solver,
numbers, paths or track whose result is a number, an interval or an array. It is documented where its docstring has
a mark of an equation, of the unit, of the source and, where it takes or gives arrays, of their shape. That is a
search for words, no proof that the sentence is right. It ends with 1 where functions, classes or files are too long.
"""

from __future__ import annotations

import argparse
import ast
import math
import re
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_COMPLEX, LONGEST_CLASS, LONGEST_FILE = 15, 150, 400
NUMERIC = ("solver", "numbers", "paths", "track")
MARKS = {
    "equation": r"`[^`]*[-+*/=<>≤≥·^∑±(][^`]*`|[=≤≥∑]",
    "shape": r"\bshapes?\b|\barrays?\b|\bone number\b|\bbroadcast",
    "unit": r"\bunits?\b|\bfractions?\b|\byears?\b|\bper cent\b",
    "source": r"\bsource\b|https?://|\b(?:1[89]|20)\d\d\b",
}
ARRAYS = r"\b(?:Floats|ArrayLike|NDArray|Course)\b"
NUMBERS = r"\b(?:Floats|NDArray|Fraction|float|Interval|Implied|Spread)\b"
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """A file with its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")


def sources(folder: Path) -> list[Source]:
    found = []
    for path in sorted(folder.rglob("*.py")):
        written = path.read_text(encoding="utf-8")
        found.append(Source(path.relative_to(folder), written, ast.parse(written)))
    return found


def functions(tree: ast.AST) -> Iterator[Function]:
    return (each for each in ast.walk(tree) if isinstance(each, Function))


def body_lines(function: Function) -> int:
    """Lines of the body without its docstring."""
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def complexity(function: Function) -> int:
    """One, and one for each branch; functions within are added, as radon does."""
    return 1 + sum(_branches(each) for each in ast.walk(function) if each is not function)


def _branches(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.ExceptHandler() | ast.Assert() | ast.FunctionDef() | ast.Lambda():
            return 1
        case ast.For() | ast.AsyncFor() | ast.While():
            return 1 + bool(node.orelse)
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.Match():
            return len(node.cases) - any(_is_default(each) for each in node.cases)
        case ast.Try():
            return int(bool(node.orelse))
    return 0


def _is_default(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def is_numeric(function: Function) -> bool:
    gives = ast.unparse(function.returns) if function.returns is not None else ""
    return not function.name.startswith("_") and re.search(NUMBERS, gives) is not None


def numeric_functions(files: Sequence[Source]) -> Iterator[tuple[str, Function]]:
    """Module-level functions of the numeric packages, by place."""
    for file in files:
        if file.path.parts[1] in NUMERIC:
            for each in file.tree.body:
                if isinstance(each, Function) and is_numeric(each):
                    yield f"{file.path}:{each.lineno} {each.name}", each


def missing_marks(function: Function) -> list[str]:
    told = ast.get_docstring(function) or ""
    signature = ast.unparse(function.args) + ast.unparse(function.returns or ast.Constant(None))
    needed = MARKS if re.search(ARRAYS, signature) else MARKS.keys() - {"shape"}
    return [name for name in MARKS if name in needed and not re.search(MARKS[name], told, re.IGNORECASE)]


def quantile(values: Sequence[int], share: float) -> int:
    """The least value that so large a share does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def listed(title: str, found: Sequence[str], *, shown: bool) -> None:
    print(f"{title}: {len(found)}")
    for each in found if shown else ():
        print(f"  {each}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--list", action="store_true", help="name what is too long or not documented")
    asked = parser.parse_args()
    files, tests = sources(asked.checkout / "src"), sources(asked.checkout / "tests")
    lines, characters = sum(each.lines for each in files), sum(len(each.text) for each in files)
    print(f"{len(files)} files, {lines:,} lines, {characters:,} characters")
    bodies = [body_lines(each) for file in files for each in functions(file.tree)]
    median, most = statistics.median(bodies), quantile(bodies, 0.9)
    print(f"{len(bodies):,} function bodies: median {median:g} lines, 90 % up to {most}")
    complex_ones = [
        f"{file.path}:{each.lineno} {each.name} {complexity(each)}"
        for file in files
        for each in functions(file.tree)
        if complexity(each) > MOST_COMPLEX
    ]
    listed(f"functions of complexity over {MOST_COMPLEX}", complex_ones, shown=True)
    classes = [
        f"{file.path}:{each.lineno} {each.name} {length}"
        for file in files
        for each in ast.walk(file.tree)
        if isinstance(each, ast.ClassDef)
        and (length := (each.end_lineno or 0) - each.lineno + 1) > LONGEST_CLASS
    ]
    listed(f"classes over {LONGEST_CLASS} lines", classes, shown=True)
    long_files = [f"{each.path} {each.lines}" for each in files if each.lines > LONGEST_FILE]
    listed(f"files over {LONGEST_FILE} lines", long_files, shown=True)
    test_lines = sum(each.lines for each in tests)
    print(f"{test_lines:,} lines of tests, {test_lines / lines:.2f} for each line of source")
    numeric = dict(numeric_functions(files))
    wanting = [
        f"{place}: no {', '.join(missing)}"
        for place, each in numeric.items()
        if (missing := missing_marks(each))
    ]
    share = 1 - len(wanting) / max(len(numeric), 1)
    print(
        f"{len(numeric)} public numeric functions, {share:.0%} with equation, shape, unit and source in the docstring"
    )
    listed("without", wanting, shown=asked.list)
    if complex_ones or classes or long_files:
        sys.exit("functions, classes or files are beyond their limits")


if __name__ == "__main__":
    main()
