"""Each command as a whole process, against a script that imports the same libraries.

Run: python benchmarks/startup.py
Runs take turns, so that a machine that changes its speed changes it for both.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 11
SCRIPT = """\
import numpy, pydantic, rich.console, rich.table, typer, yaml
class One(pydantic.BaseModel):
    field: int
"""
COMMANDS = (
    ["check", "zhaoqing"],
    ["check"],
    ["path", "zhuhai", "--indicator", "loans"],
    ["path", "zhuhai", "--indicator", "loans", "--chart"],
    ["export", "zhuhai", "-f", "csv"],
    ["show", "zhaoqing"],
    ["list"],
    ["validate"],
    ["explain", "PT301"],
    ["--version"],
)


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "imports.py"
        script.write_text(SCRIPT, encoding="utf-8")
        imports = [sys.executable, str(script)]
        for words in COMMANDS:
            command = [sys.executable, "-m", "plantrack", *words]
            pairs = [(seconds(command), seconds(imports)) for _ in range(ROUNDS + 1)][1:]
            ours, theirs = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            print(f"{' '.join(words):38} {ours:6.0f} ms   imports alone {theirs:6.0f} ms   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
