"""Has real programs read reports of findings: sarif-tools, sarif-multitool and junitparser.

Run it as `python tests/clients/reports.py [FOLDER OF PROGRAMS]`; sarif-tools and junitparser come from PyPI,
@microsoft/sarif-multitool from npm (node_modules/.bin). What is not there is skipped with a word; where something is
read wrongly, the script ends with 1.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plantrack.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
LEVELS = {"error": "major", "warning": "minor", "note": "info"}
"""Our levels as severities of Code Quality."""
BROKEN = "tests/cases/plans/invalid/pt107-several-problems.yaml"
COMMANDS = {"check": ["check", "--all"], "validate": ["validate", BROKEN, "data/plans"]}


def reported(command: str, folder: Path) -> Path:
    """All reports of one run, written into a folder."""
    files = {name: folder / f"{command}.{name}" for name in ("json", "sarif", "xml", "gitlab")}
    named = zip(("json", "sarif", "junit", "gitlab"), files.values(), strict=True)
    asked = [word for form, file in named for word in ("-f", form, "-o", str(file))]
    run([*COMMANDS[command], "--plans", "data/plans", "--lang", "zh", "--exit-zero", *asked])
    return folder / command


def findings(report: Path) -> list[Any]:
    found: list[Any] = json.loads(report.with_suffix(".json").read_text("utf-8"))["findings"]
    return found


def sarif_tools(report: Path) -> Iterator[str]:
    """`sarif summary` counts the levels, `sarif csv` has every place, `sarif codeclimate` makes our Code Quality."""
    ours, sarif = findings(report), str(report.with_suffix(".sarif"))
    made = report.with_suffix(".out")
    for words in (
        ["csv", "-o", str(made), sarif],
        ["codeclimate", "-o", f"{made}.json", sarif],
        ["summary", sarif],
    ):
        done = subprocess.run(
            [shutil.which("sarif") or "sarif", *words], capture_output=True, text=True, check=False
        )
        if done.returncode or "Traceback" in done.stderr:
            yield f"sarif {words[0]} ends with {done.returncode}: {done.stderr[-200:]}"
            return
    for level in LEVELS:
        number = sum(each["level"] == level for each in ours)
        if f"{level}: {number}" not in done.stdout:
            yield f"not {number} of {level} in {done.stdout}"
    rows = list(csv.DictReader(made.read_text("utf-8-sig").splitlines()))
    places = sorted((row["Location"], int(row["Line"]), row["Code"]) for row in rows)
    if places != sorted((each["file"], each["line"], each["code"]) for each in ours):
        yield "the places in sarif csv are others"
    theirs = json.loads(Path(f"{made}.json").read_text("utf-8"))
    yield from code_quality(json.loads(report.with_suffix(".gitlab").read_text("utf-8")), theirs)


def sarif_multitool(report: Path) -> Iterator[str]:
    """Valid, and no warning but that there is no public address to be named."""
    told = report.with_suffix(".told.sarif")
    words = ["validate", str(report.with_suffix(".sarif")), "--output", str(told), "--log", "ForceOverwrite"]
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    program = shutil.which("sarif-multitool") or ""
    done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not told.is_file():
        yield f"validate ends with {done.returncode}: {done.stdout[-300:]}"
        return
    results = json.loads(told.read_text("utf-8-sig"))["runs"][0]["results"]
    yield from (str(each["message"]) for each in results if each["ruleId"] != "SARIF2005")


def code_quality(ours: list[Any], theirs: list[Any]) -> Iterator[str]:
    """What GitLab asks of a report, and the same places as those that sarif-tools makes of SARIF."""

    def places(found: list[Any]) -> list[tuple[str, int]]:
        return sorted((each["location"]["path"], each["location"]["lines"]["begin"]) for each in found)

    if places(ours) != places(theirs):
        yield "the places in the Code Quality report are others than in SARIF"
    if len({each["fingerprint"] for each in ours}) != len(ours):
        yield "two findings have one fingerprint"
    for each in ours:
        if not (each["description"] and each["check_name"] and each["severity"] in LEVELS.values()):
            yield f"incomplete: {each}"
        if each["location"]["path"].startswith(("./", "/")):
            yield f"a path that GitLab does not find: {each['location']['path']}"


def junitparser(report: Path) -> Iterator[str]:
    """Every finding is a case, and those fail that are errors."""
    client, ours = import_module("junitparser"), findings(report)
    suites = list(client.JUnitXml.fromfile(str(report.with_suffix(".xml"))))
    cases = [case for suite in suites for case in suite]
    failed = [case for case in cases if any(isinstance(each, client.Failure) for each in case.result)]
    errors = [each for each in ours if each["level"] == "error" and each["waived"] is None]
    if (len(cases), len(failed)) != (len(ours), len(errors)):
        yield f"{len(cases)} cases, {len(failed)} failed; not {len(ours)}, {len(errors)}"
    if [suite.failures for suite in suites] != [sum(case in failed for case in suite) for suite in suites]:
        yield "a suite counts other failures than it has"
    if sorted(case.name.split()[0] for case in cases) != sorted(each["code"] for each in ours):
        yield "the codes of the cases are others"


def main() -> int:
    failures = 0
    programs = [str(Path(sys.executable).parent), *map(os.path.abspath, sys.argv[1:])]
    os.environ["PATH"] = os.pathsep.join([*programs, os.environ["PATH"]])
    clients = {
        sarif_tools: shutil.which("sarif"),
        sarif_multitool: shutil.which("sarif-multitool"),
        junitparser: _is_there("junitparser"),
    }
    os.chdir(ROOT)
    for check, is_there in clients.items():
        if not is_there:
            print(f"{check.__name__} skipped: it is not installed")
            continue
        for command in COMMANDS:
            with tempfile.TemporaryDirectory() as folder:
                wrong = list(check(reported(command, Path(folder))))
            failures += len(wrong)
            print(f"{check.__name__}, {command}: {'ok' if not wrong else 'WRONG'}", *wrong[:20], sep="\n  ")
    return int(failures > 0)


def _is_there(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
