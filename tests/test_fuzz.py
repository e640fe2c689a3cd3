"""Whatever a file contains, it gets a verdict: no traceback, no crash, no hang, no flood of memory."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzzing import CATALOGUE, MOST_MEGABYTES, NAMES, PIECES, STEPS, TIMES, damaged, use
from plantrack.laws.grammar import read_law
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.times import read_step, read_time
from plantrack.plan.model import PlanModel
from plantrack.reading import read_plan_file
from plantrack.reading.yaml_tree import read_tree

FEW = 400
STEP = 2_000
MANY = 100_000


def fuzzed(first: int, count: int) -> dict[str, object]:
    """So many inputs in a process of their own, which may crash without taking the tests along."""
    script = Path(__file__).parent / "fuzzing.py"
    command = [sys.executable, str(script), "--first", str(first), "--count", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    last = done.stderr.strip().rpartition("\n")[2]
    assert done.returncode == 0, f"the process ended with {done.returncode} at input {last}"
    return dict(json.loads(done.stdout))


def test_every_damaged_plan_gets_a_verdict() -> None:
    """No traceback, no crash, no hang over 2 s, no memory over 500 MB."""
    result = fuzzed(0, FEW)
    assert result["failures"] == []
    assert result["megabytes"] < MOST_MEGABYTES  # type: ignore[operator]
    assert {"refused", "sound", "contradictory"} <= result["verdicts"].keys()  # type: ignore[attr-defined]


@pytest.mark.fuzz
@pytest.mark.parametrize("first", range(0, MANY, STEP))
def test_a_hundred_thousand_damaged_plans_get_a_verdict(first: int) -> None:
    assert fuzzed(first, STEP)["failures"] == []


def test_the_number_makes_the_file() -> None:
    """Whatever was made before."""
    alone = damaged(57)
    for number in range(300):
        damaged(number)
    assert damaged(57) == alone


WORDS = st.one_of(
    st.sampled_from([*PIECES, *PlanModel.model_fields]),
    st.text(max_size=12),
    st.from_regex(r"[0-9,.]{0,6}(万|亿)?(元|家|%|个百分点|倍)?(以上|以下|左右)?", fullmatch=True),
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=20,
)
ROWS = st.fixed_dictionaries(
    {"in": st.just("t")},
    optional={
        "level": st.dictionaries(st.sampled_from(TIMES) | WORDS, WORDS, max_size=2),
        "growth": st.dictionaries(st.sampled_from(STEPS) | WORDS, WORDS, max_size=2),
        "change": st.dictionaries(st.sampled_from(STEPS), TREES, max_size=1),
        "place": TREES,
        "printed": WORDS,
    },
)
HEAD = {
    "plan": "odd",
    "title": {"zh": "例", "en": "Example"},
    "place": {"id": "zhaoqing", "zh": "肇庆市", "en": "Zhaoqing"},
    "base": "2020",
    "target": "2025",
    "sections": {"t": "表"},
}
PLANS = st.fixed_dictionaries(
    {"figures": st.dictionaries(st.sampled_from(NAMES) | WORDS, st.lists(ROWS, max_size=3), max_size=4)},
    optional=dict.fromkeys(("moments", "own", "laws", "waivers", "unmeasured", "issued", "base"), TREES),
)


@given(PLANS.map(lambda drawn: HEAD | drawn) | TREES)
@settings(max_examples=200)
def test_any_tree_gets_a_verdict(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "odd.yaml"
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    assert use(read_plan_file(file, CATALOGUE)) in {"refused", "sound", "contradictory"}


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_get_a_verdict(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "odd.yaml"
    file.write_bytes(content)
    assert use(read_plan_file(file, CATALOGUE)) == "refused"


@given(WORDS)
@pytest.mark.parametrize("read", [read_numeral, read_time, read_step, read_law, read_tree])
def test_any_text_is_understood_or_refused(read: object, written: str) -> None:
    """A reader of text raises nothing but `ValueError`."""
    with contextlib.suppress(ValueError):
        read(written)  # type: ignore[operator]
