"""Runs that are killed at random moments: is a file damaged, is a process or a temporary file left?

Run: python benchmarks/kills.py [--kills N] [--files N] [--seed N]      (POSIX)
`check -o`, `export -o FOLDER` and `validate` of many files take turns. Only the first process of a
run is killed, with SIGKILL; as long as another of them lives, it holds the pipe of stderr open. Half
of the moments lie anywhere in the time that a run usually takes; the others within three milliseconds
of the first temporary file. Ends with 1 where anything is damaged or left.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from validate import PLAN, write_files

TEMPORARY = re.compile(r"\.plantrack-\w+\.tmp")
PATIENCE = 5
"""Seconds that the other processes of a killed run have to end."""
HALF, WRITING = 0.5, 0.003


class Kind(NamedTuple):
    """A command to be killed, and the folder it writes to."""

    name: str
    arguments: tuple[str, ...]
    folder: Path

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "plantrack", *self.arguments]

    def contents(self) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in self.folder.iterdir() if each.is_file()}


def kinds(root: Path, files: int) -> list[Kind]:
    plans = root / "plans"
    plans.mkdir()
    write_files(plans, PLAN.read_text(encoding="utf-8"), files)
    plan = str(PLAN)
    found = []
    for name, arguments, output in (
        ("check -o", ["check", plan], "found.json"),
        ("export", ["export", plan, "-f", "csv"], ""),
        (f"validate of {files}", ["validate", str(plans), "--exit-zero"], "found.json"),
    ):
        folder = root / name.split()[0]
        folder.mkdir()
        found.append(Kind(name, (*arguments, "-o", str(folder / output)), folder))
    return found


def run_whole(kind: Kind) -> tuple[dict[str, bytes], float]:
    """What the command writes when nobody kills it, and the seconds it takes."""
    began = time.perf_counter()
    done = subprocess.run(kind.command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode not in {0, 1}:
        sys.exit(f"{kind.name} ended with {done.returncode}: {done.stderr.decode()}")
    return kind.contents(), time.perf_counter() - began


def killed(kind: Kind, usual: float, dice: random.Random) -> list[str]:
    """Kill a run that usually takes so many seconds; what happened to its processes."""
    process = subprocess.Popen(
        kind.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    if dice.random() < HALF:
        time.sleep(dice.uniform(0, usual))
    else:
        wait_for_writing(kind, process)
        time.sleep(dice.uniform(0, WRITING))
    ended = process.poll() is not None
    process.kill()
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return ["with processes left"]
    return ["ended before"] if ended else ["killed"]


def wait_for_writing(kind: Kind, process: subprocess.Popen[bytes]) -> None:
    """Until the run writes a temporary file, or has ended."""
    while process.poll() is None and not any(
        TEMPORARY.fullmatch(each.name) for each in kind.folder.iterdir()
    ):
        time.sleep(0.0005)


def damage(kind: Kind, whole: dict[str, bytes], old: bytes) -> list[str]:
    """What became of the files."""
    found = kind.contents()
    left = {name for name in found if TEMPORARY.fullmatch(name)}
    kept = {name: content for name, content in found.items() if name not in left}
    wrong = [name for name, content in kept.items() if content not in {old, whole.get(name)}]
    missing = whole.keys() - kept.keys()
    happened = ["temporary files left"] * bool(left) + ["damaged"] * bool(wrong or missing)
    return [*happened, "some new" if any(content != old for content in kept.values()) else "all old"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="of all kinds together")
    parser.add_argument("--files", type=int, default=1000, help="that validate reads")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    dice, old = random.Random(chosen.seed), b"old"
    faults = 0
    with tempfile.TemporaryDirectory() as root:
        every = kinds(Path(root), chosen.files)
        usual = {kind: run_whole(kind) for kind in every}
        counts: dict[Kind, Counter[str]] = {kind: Counter() for kind in every}
        for number in range(chosen.kills):
            kind = every[number % len(every)]
            whole, seconds = usual[kind]
            for left in set(kind.contents()) - set(whole):
                (kind.folder / left).unlink()  # so that the next is seen
            for name in whole:
                (kind.folder / name).write_bytes(old)
            counts[kind].update(killed(kind, seconds, dice))
            counts[kind].update(damage(kind, whole, old))
        for kind in every:
            again, _ = run_whole(kind)
            counts[kind]["not whole afterwards"] = int(again != usual[kind][0])
            told = ", ".join(f"{what} {count}" for what, count in sorted(counts[kind].items()) if count)
            print(f"{kind.name} ({usual[kind][1]:.1f} s, {len(again)} file(s)): {told}")
            faults += sum(
                counts[kind][bad] for bad in ("with processes left", "damaged", "not whole afterwards")
            )
    print(f"{chosen.kills} kills: {faults} fault(s)")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
