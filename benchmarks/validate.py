"""Validation of many plan files, and of one, against check-jsonschema and yamllint on the same files.

Run: pip install check-jsonschema yamllint; python benchmarks/validate.py [--files N] [--plan FILE]
Whole processes take turns, so that a machine that changes its speed changes it for all; ratios are
of one round, their median is shown. The files are copies of one plan with other numbers in each, so
that nothing is faster than it would be on as many real plans.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
PLAN, SCHEMA = DATA / "plans" / "zhaoqing.yaml", DATA / "plan.schema.json"
ROUNDS, ROUNDS_OF_ONE = 3, 11
NUMERAL = re.compile(r"(?<!\bin)(: [^\d\s{},:\"]{0,5})(\d+(?:\.\d+)?)")


def varied(plan: str, name: str, dice: random.Random) -> str:
    """The plan under another id, with other digits in its numerals and the same number of them."""
    head, figures, body = plan.partition("\nfigures:")
    head = re.sub(r"^plan: .*$", f"plan: {name}", head, flags=re.MULTILINE)
    return head + figures + NUMERAL.sub(lambda match: match[1] + other_digits(match[2], dice), body)


def other_digits(numeral: str, dice: random.Random) -> str:
    return numeral[0] + "".join(sign if sign == "." else str(dice.randrange(10)) for sign in numeral[1:])


def write_files(folder: Path, plan: str, number: int) -> list[str]:
    dice = random.Random(1)
    for count in range(number):
        name = f"plan-{count:04}"
        (folder / f"{name}.yaml").write_text(varied(plan, name, dice), encoding="utf-8")
    return sorted(str(path) for path in folder.glob("*.yaml"))


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ
    )
    taken = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()}")
    return taken


def compare(title: str, rounds: int, commands: dict[str, list[str]]) -> None:
    """Run all commands in turn, so often, and print how much longer the others take than the first."""
    taken = [{name: seconds(command) for name, command in commands.items()} for _ in range(rounds)]
    first, *others = commands
    print(f"{title}: {first} {statistics.median(each[first] for each in taken):.2f} s")
    for other in others:
        ratios = [each[other] / each[first] for each in taken]
        median, least, most = statistics.median(ratios), min(ratios), max(ratios)
        print(f"  {other:18} takes {median:6.2f} times as long ({least:.2f} to {most:.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--plan", type=Path, default=PLAN)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_files(folder, chosen.plan.read_text(encoding="utf-8"), chosen.files)
        ours = [sys.executable, "-m", "plantrack", "validate", "--exit-zero"]
        scripts = Path(sys.executable).parent
        theirs = [str(scripts / "check-jsonschema"), "--schemafile", str(SCHEMA)]
        lint = [str(scripts / "yamllint"), "-d", "relaxed"]
        tools = {"plantrack": ours, "check-jsonschema": theirs, "yamllint": lint}
        for command in tools.values():
            seconds([*command, files[0]])  # not counted: it warms the machine's caches
        for rounds, some in ((ROUNDS_OF_ONE, files[:1]), (chosen.rounds, files)):
            commands = {tool: [*command, *some] for tool, command in tools.items()}
            compare(f"files: {len(some)}", rounds, commands)


if __name__ == "__main__":
    main()
