"""Made-up documents are drafted as a person reads them."""

import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BENCHMARK = runpy.run_path(str(HERE.parent / "benchmarks" / "draft.py"))
MEASURED = {
    name: BENCHMARK["score"](wanted, found)
    for name, _, wanted, found in BENCHMARK["against_annotations"](HERE / "documents")
}


@pytest.mark.parametrize("name", MEASURED)
def test_a_made_up_document_is_drafted(name: str) -> None:
    score = MEASURED[name]
    assert score.f1(score.right) >= 0.92, score.told
    assert score.f1(score.named) >= 0.9, score.told


def test_all_annotated_documents_are_there() -> None:
    assert len(MEASURED) == len(list((HERE / "documents" / "gold").glob("*.jsonl"))) > 0
