"""Broken plan files by the thousand, each with a number: the same number makes the same file.

    python tests/fuzzing.py --first 0 --count 1000

prints what became of them as JSON. One that brings down the process is named by its last line on
stderr. Bytes and lines of real plans are damaged, and their structure: what is read from them is
cut down, mixed with others, and given values from elsewhere.
"""

import argparse
import contextlib
import copy
import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from fixed import TODAY
from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.formats.findings import Report
from plantrack.formats.findings.table import print_report
from plantrack.formats.json import dump
from plantrack.formats.sheet import said_in
from plantrack.formats.terminal import Screen
from plantrack.paths import project_paths
from plantrack.plan.plan import PlanFile
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.yaml_tree import read_tree
from plantrack.views import documents, targets
from plantrack.views import documents as json_paths
from plantrack.views import paths as path_views
from plantrack.waivers import AUDIT, VALIDATION, apply_waivers, draft_lines

MOST_SECONDS, MOST_MEGABYTES = 2, 500
"""No input takes more: seconds of processor time, so that a busy machine fails nobody."""
TESTS = Path(__file__).parent
CATALOGUE = load_catalogue()
MESSAGE_EVERY = 50
"""One in so many inputs goes through the command line as a whole."""


def use(read: PlanFile) -> str:
    """Everything the commands do with a plan: validate; if that finds no error, audit, project, show.

    Returns:
        The verdict: `refused`, `contradictory` or `sound`.
    """
    findings = apply_waivers(read.findings, [read], VALIDATION, today=TODAY)
    assert all(finding.message.say(language) for finding in findings for language in ("zh", "en"))
    dump(documents.validate_document(1, findings), ascii_only=False)
    plan = read.plan
    if plan is None:
        assert findings
        return "refused"
    audit = audit_plans([plan], CATALOGUE)
    audit = replace(audit, findings=apply_waivers(audit.findings, [read], AUDIT, today=TODAY))
    paths = project_paths(plan, CATALOGUE)
    dump(documents.check_document(audit, ()), ascii_only=False)
    dump(json_paths.paths_document(plan, paths), ascii_only=False)
    dump(documents.show_document(plan, plan.figures), ascii_only=False)
    for language in ("zh", "en"):
        said_in(language, targets.targets_table(audit, plan, CATALOGUE))
        said_in(language, targets.derived_table(audit, CATALOGUE))
        said_in(language, path_views.paths_table(plan, paths, CATALOGUE))
        print_report(Screen("never", io.StringIO()), Report(language, audit.findings, CATALOGUE, audit=audit))
        list(draft_lines(audit.findings, [read], language, TODAY))
        for path in paths:
            if path.why is None:
                said_in(language, path_views.path_table(plan, path, CATALOGUE))
    return "contradictory" if audit.findings else "sound"


# -- damage ---------------------------------------------------------------------------------------


def _texts() -> list[str]:
    files = [
        *sorted((TESTS.parent / "data" / "plans").glob("*.yaml")),
        *sorted((TESTS / "cases" / "plans" / "valid").glob("*.yaml")),
        *sorted((TESTS / "cases" / "plans" / "invalid").glob("pt[1-9]*.yaml")),
    ]
    return [file.read_text(encoding="utf-8-sig") for file in files]


TEXTS = _texts()
SOUND = [text for text in TEXTS if not re.match(r"plan: pt[129]", text)]
PLANS = [tree.plain() for text in TEXTS for tree in [read_tree(text)[0]] if tree is not None]
NUMERALS = [
    "0",
    "1",
    "-1",
    "010",
    "1/3",
    "1/15左右",
    "100%",
    "8.50%",
    "0.00",
    "50以上",
    "超过3",
    "2—3家",
    "约8%",
    "翻一番",
    "增长1倍",
    "3倍",
    "第3位",
    "1.5万亿元",
    "2亿",
    "下降2.1个百分点",
    "5.0个百分点",
    "-120%",
    "５０",
    "1,234",
    "99999999999999999999",
    "0.000000001",
    "50家（含新三板）以上",
    "up",
    "down",
]
TIMES = ["2020", "2025", "2022", "2035", "1999", "2020-12", "2017-09", "2016/2020", "2021/2025", "early"]
STEPS = ["2020->2025", "2015->2020", "2020->2021", "2025->2020", "2017-09->2020", "early->2020", "1950->2010"]
NAMES = [
    "premium",
    "loans",
    "deposits",
    "gdp",
    "population",
    "npl_ratio",
    "insurance_depth",
    "insurance_density",
    "green_loans",
    "listed_companies",
]
ODD = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ":",
    ",",
    "-",
    "-",
    '"',
    "'",
    "#",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "->",
    "/",
    "=",
    "：",
    "，",
    "&a",
    "*a",
    "<<:",
    "---",
    "...",
    "\t",
    "\n",
    "\r",
    "\x00",
    "\u3000",
    "\xa0",
    "\ufeff\n1e9",
    "1/0",
    "-0",
    "2020->2020",
    "1899",
    "2201",
    "null",
    "true",
    "NO",
    "~",
    "in",
    "level",
    "growth",
    "rank",
    "premium@parent",
    "loans@guangdong",
    "@",
    "a=b",
    "change(gdp)\npremium/gdp",
    ">=",
    "PT301",
]
PIECES = [*NUMERALS, *TIMES, *STEPS, *NAMES, *ODD]
BYTES = [b"\xff", b"\xc3", b"\xe4\xb8", b"\x00", b"\xd5\xd8", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]


def damaged(number: int) -> bytes:
    """The broken file of that number."""
    dice = random.Random(number)
    return dice.choice((_bytes, _lines, _values, _values, _structure))(dice)


def _bytes(dice: random.Random) -> bytes:
    """Bytes taken out, put in, doubled."""
    content = bytearray(_shortened(dice, dice.choice(TEXTS)).encode())
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(len(content) + 1)
        piece = dice.choice((dice.choice(BYTES), dice.choice(PIECES).encode(), dice.randbytes(2)))
        content[at : at + dice.choice((0, 0, 1, 3, 30))] = piece * dice.choice((1, 1, 1, 2, 300))
    return bytes(content)


def _lines(dice: random.Random) -> bytes:
    """Lines moved, doubled, indented, and taken from other plans."""
    lines = _shortened(dice, dice.choice(TEXTS)).split("\n")
    for _ in range(dice.choice((1, 1, 2, 6))):
        at, other = dice.randrange(len(lines)), dice.choice(dice.choice(TEXTS).split("\n"))
        change = dice.randrange(5)
        lines[at : at + 1] = [
            [],
            [lines[at]] * 2,
            [" " * dice.randint(1, 5) + lines[at]],
            [other],
            [other, lines[at]],
        ][change]
        lines = lines or [""]
    return "\n".join(lines).encode()


def _values(dice: random.Random) -> bytes:
    """Numbers, times and names replaced by others of their kind: mostly still a plan."""
    text = _shortened(dice, dice.choice(SOUND))
    for pattern, others in _KINDS:
        often = dice.choice((0, 0, 0.02, 0.2))
        text = pattern.sub(partial(_other, dice, others, often), text)
    return re.sub(r"[0-9](?=[^,{}\n:]*[,}])", lambda digit: _digit(dice, digit[0]), text).encode()


def _other(dice: random.Random, others: list[str], often: float, match: re.Match[str]) -> str:
    return dice.choice(others) if dice.random() < often else match[0]


def _digit(dice: random.Random, digit: str) -> str:
    """The digit, one time in ten another."""
    return str(dice.randrange(10)) if dice.random() < 0.1 else digit


_KINDS = [
    (re.compile(r"(?<=[0-9]: )[^,{}\[\]\n]+(?=[,}])"), NUMERALS),
    (re.compile(r"(?<=[ {])[0-9]{4}(?=:)"), TIMES),
    (re.compile(r"(?<=[ {])[0-9]{4}->[0-9]{4}(?=:)"), STEPS),
    (re.compile(r"(?<=^  )[a-z_]+(?=:)", re.MULTILINE), NAMES),
]


def _shortened(dice: random.Random, text: str) -> str:
    """A plan with most of its rows left out, so that many can be audited in little time."""
    keep = dice.choice((0.1, 0.3, 1))
    return "\n".join(line for line in text.split("\n") if not line.startswith("  -") or dice.random() < keep)


def _structure(dice: random.Random) -> bytes:
    """A plan's mappings and lists, with parts taken out, doubled, and put elsewhere; JSON is YAML."""
    plan = copy.deepcopy(dice.choice(PLANS))
    if isinstance(plan, dict) and isinstance(plan.get("figures"), dict):
        rows = plan["figures"]
        plan["figures"] = {name: rows[name] for name in rows if dice.random() < dice.choice((0.2, 0.6, 1))}
    for _ in range(dice.choice((1, 1, 2, 8))):
        place, key = _some_place(dice, plan)
        if place is None:
            break
        what = dice.randrange(4)
        if what == 0 and len(place) > 1:
            del place[key]
        elif what == 1:
            place[key] = dice.choice(PIECES)
        else:
            other, at = _some_place(dice, dice.choice(PLANS))
            place[key] = copy.deepcopy(other[at]) if other is not None else []
        if what == 3 and isinstance(place, dict):
            place[dice.choice(PIECES)] = copy.deepcopy(place.get(key))
    return json.dumps(plan, ensure_ascii=False).encode()


def _some_place(dice: random.Random, plan: Any) -> tuple[Any, Any]:
    """A mapping or list somewhere inside, and one of its keys."""
    place: Any = None
    key: Any = None
    inside = plan
    while isinstance(inside, dict | list) and inside and (place is None or dice.random() < 0.8):
        place, key = inside, dice.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
        inside = inside[key]
    return place, key


# -- what becomes of them -------------------------------------------------------------------------


class Hang(BaseException):
    """An input took too long. No `Exception`: nothing must catch it."""


class Failure(NamedTuple):
    """An input that got no verdict."""

    number: int
    why: str


def verdict_of(content: bytes, folder: Path, *, whole: bool) -> str:
    """What the commands make of a file in that folder, which is called as its plan where it names one."""
    name = re.search(rb"""plan"?: ?"?([a-z0-9-]{1,60})""", content)
    file = folder / f"{name[1].decode() if name else 'zhaoqing'}.yaml"
    file.write_bytes(content)
    if not whole:
        return use(read_plan_file(file, CATALOGUE))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        codes = [run([command, str(file)]) for command in ("validate", "check", "show", "path")]
    assert set(codes) <= {0, 1}, told.getvalue()
    return f"exit code {max(codes)}"


def try_inputs(first: int, count: int, *, make: Callable[[int], bytes] = damaged) -> dict[str, Any]:
    """Verdicts, failures, the slowest input and the greatest memory of so many inputs."""
    signal.signal(signal.SIGVTALRM, _hang)
    verdicts: Counter[str] = Counter()
    failures: list[Failure] = []
    slowest = (0.0, first)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            sys.stderr.write(f"{number}\n")
            started = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
            try:
                verdicts[verdict_of(make(number), Path(folder), whole=number % MESSAGE_EVERY == 0)] += 1
            except (Exception, Hang) as error:  # noqa: BLE001 - whatever it is, it is what is sought
                failures.append(Failure(number, f"{type(error).__name__}: {str(error)[:300]}"))
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            slowest = max(slowest, (time.process_time() - started, number))
            if _megabytes() > MOST_MEGABYTES:
                failures.append(Failure(number, f"memory: {_megabytes()} MB"))
                break
    return {
        "inputs": count,
        "verdicts": dict(verdicts),
        "failures": [failure._asdict() for failure in failures],
        "slowest": {"seconds": round(slowest[0], 2), "number": slowest[1]},
        "megabytes": _megabytes(),
    }


def _hang(*_: object) -> None:
    raise Hang


def _megabytes() -> int:
    """The most memory this process has ever had."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system counts for a process begins with that of its parent
        return int(re.search(r"VmHWM:\s*([0-9]+)", status.read_text(encoding="utf-8"))[1]) // 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", action="store_true", help="print the file of the first number")
    asked = parser.parse_args()
    if asked.show:
        sys.stdout.buffer.write(damaged(asked.first))
        return
    sys.stdout.write(json.dumps(try_inputs(asked.first, asked.count), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
