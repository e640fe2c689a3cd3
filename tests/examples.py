"""The examples of the explanation pages, made into plan files.

A page has a block ```` ```yaml bad ```` and a block ```` ```yaml good ````. Blocks are short: rows alone stand
under `figures:`, other keys of a plan file stand as they are, and a common head supplies what is
missing. The word after `bad` tells how the file is stored where that is the point: `gbk`, `folder`,
`x80000` (so many times over). `<TAB>` and `<U+00A0>` stand for the character.

What a figure is traced to stands in a block `text document`, missing for an example that is `alone`.
`omitted` examples are lists of omitted numbers beside the `yaml plan` of the page.
"""

import re
from pathlib import Path
from typing import NamedTuple

import plantrack
from plantrack.plan.model import PlanModel

PAGES = Path(plantrack.__file__).parent / "pages"
HEAD = {
    "plan": "plan: zhaoqing",
    "title": "title: {zh: 肇庆市金融规划, en: Zhaoqing Financial Plan}",
    "place": "place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}",
    "base": "base: 2020",
    "target": "target: 2025",
    "sections": "sections: {history: 发展回顾, goals: 具体目标, table: 主要预期性指标表}",
    "figures": "figures:\n  premium:\n  - {in: table, level: {2020: 76.91}}",
}


class Example(NamedTuple):
    """One fenced block: `bad`, `good`, `plan` or `document`, how it is stored, and its text."""

    kind: str
    how: str
    block: str


def examples_of(code: str, language: str) -> list[Example]:
    """The blocks of a page, in its order."""
    page = (PAGES / language / f"{code}.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```\w+ (\w+) ?(\w*)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [Example(*fence) for fence in fences]


def write_example(example: Example, folder: Path) -> Path:
    """The example as the file `zhaoqing.yaml`."""
    file = folder / "zhaoqing.yaml"
    if example.how == "folder":
        file.mkdir()
        return file
    content = completed(re.sub(r"<(TAB|U\+[0-9A-F]{4})>", _character, example.block))
    if example.how.startswith("x"):
        content *= int(example.how[1:])
        example = example._replace(how="")
    file.write_bytes(content.encode(example.how or "utf-8"))
    return file


def completed(block: str) -> str:
    """A whole plan file; nothing at all stays nothing."""
    if not block.strip() or block.startswith("#"):
        return block
    keys = re.findall(r"^([a-z_]+):", block, re.MULTILINE)
    if not set(keys) <= PlanModel.model_fields.keys():
        keys, block = ["figures"], "figures:\n" + re.sub(r"^(?=.)", "  ", block, flags=re.MULTILINE)
    return "\n".join([*(line for key, line in HEAD.items() if key not in keys), block])


def _character(match: re.Match[str]) -> str:
    return "\t" if match[1] == "TAB" else chr(int(match[1].removeprefix("U+"), base=16))
