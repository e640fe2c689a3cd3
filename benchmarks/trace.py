"""How long tracing takes: a plan of 400 figures in a document of 60,000 characters.

Prints the time against that of loading the plan's file, which every command pays for.
"""

import tempfile
import time
from pathlib import Path

from plantrack.documents import Document
from plantrack.plan.omissions import Omitted
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.omissions_file import LoadedOmitted
from plantrack.trace import trace_plan

FIGURES, SECTIONS, ROUNDS = 400, 20, 5
FILLER = "全面贯彻新发展理念，构建新发展格局，推动金融高质量发展。" * 5
HEADER = (
    "plan: example\ntitle: {zh: 题, en: title}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\nbase: "
    "2020\ntarget: 2025\n"
)


def best(function: object) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        function()  # type: ignore[operator]
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main() -> None:
    sections = "".join(f"  s{at}: 第{at + 1}章 部分\n" for at in range(SECTIONS))
    rows = "".join(
        f"  - {{in: s{at % SECTIONS}, level: {{2020: {at}.{at:02}亿元}}}}\n" for at in range(FIGURES)
    )
    lines = []
    for section in range(SECTIONS):
        lines.append(f"第{section + 1}章 部分")
        lines += [f"{FILLER}存款余额{at}.{at:02}亿元。" for at in range(FIGURES) if at % SECTIONS == section]
    document = "\n".join(lines)
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "example.yaml"
        file.write_text(f"{HEADER}sections:\n{sections}figures:\n  deposits:\n{rows}", encoding="utf-8")
        loading = best(lambda: read_plan_file(file, catalogue).require())
        loaded = read_plan_file(file, catalogue).require()
    none = LoadedOmitted("", Omitted())
    tracing = best(
        lambda: trace_plan(
            loaded, Document.of_lines("x.txt", document.split("\n")), none, catalogue, unused=True
        )
    )
    trace = trace_plan(loaded, Document.of_lines("x.txt", document.split("\n")), none, catalogue, unused=True)
    assert trace.statuses["found"] == FIGURES
    print(
        f"{FIGURES} figures, {len(document)} characters: {tracing:.0f} ms, {tracing / loading:.2f} of loading the plan"
    )


if __name__ == "__main__":
    main()
