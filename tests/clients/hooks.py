"""Has the real pre-commit run the hooks of this repository on plan files: they print findings and nothing else.

Run it as `python tests/clients/hooks.py`; pre-commit comes from PyPI and installs plantrack into its own cache. Where
it is not there, the script says so and ends with 0; where a hook prints what it should not, it ends with 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CASES = {
    ("plantrack-validate", "data/plans/zhaoqing.yaml"): "Passed",
    ("plantrack-check", "data/plans/zhuhai.yaml"): "Passed",
    ("plantrack-check", "data/plans/zhaoqing.yaml"): "Failed",
    ("plantrack-validate", "README.md"): "Skipped",
}
PLACE = re.compile(r"^ *\S+\.yaml:\d+:\d+ PT\d{3}$", re.MULTILINE)
LINES = 3
"""At most so many lines tell a finding."""


def run(hook: str, file: str, folder: Path) -> str:
    """What pre-commit prints for one file, less its own lines about the making of the hook."""
    command = ["pre-commit", "try-repo", str(ROOT), hook, "--files", file, "--color", "never"]
    environment = os.environ | {"PRE_COMMIT_HOME": str(folder), "PLANTRACK_LANG": "en"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    lines = done.stdout.rpartition("=" * 79)[2].splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.startswith("[INFO]"))


def failures(folder: Path) -> list[str]:
    wrong = []
    for (hook, file), outcome in CASES.items():
        shown = run(hook, file, folder)
        first, *others = shown.splitlines() or [""]
        findings = len(PLACE.findall(shown))
        room = LINES * findings + 2 if outcome == "Failed" else 0  # two are the hook's id and exit code
        is_right = first.endswith(outcome) and len(others) <= room and bool(findings) == (outcome == "Failed")
        print(
            f"{'ok   ' if is_right else 'WRONG'} {hook} {file}: {outcome}, {findings} findings, {len(others)} lines"
        )
        if not is_right:
            wrong.append(shown)
    return wrong


def main() -> int:
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if shutil.which("pre-commit") is None:
        print("pre-commit is not there: nothing was tried")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wrong = failures(Path(folder))
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
