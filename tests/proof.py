"""The audit held against an independent exact solver and against planners' rounding, as often as asked."""

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from oracle import satisfiable
from plantrack.audit import Audit, audit_plans
from plantrack.audit.allowances import is_inexact, most_generous
from plantrack.audit.build import build_system
from plantrack.audit.constraint_system import ConstraintSystem
from plantrack.findings import Level
from systems import CATALOGUE, Row, corrupted, plan_of_rows, plan_of_texts, planners_rows, printed_rows

SHAPES = ("product", "sum", "mixed")


def audited(rows: list[Row], folder: Path) -> tuple[Audit, ConstraintSystem]:
    loaded = plan_of_rows(rows, folder)
    return audit_plans([loaded], CATALOGUE), build_system([loaded], CATALOGUE)


def against_the_solver(shape: str, seed: int, count: int) -> Counter[str]:
    """What audit and solver say of random systems, every other with a figure corrupted.

    `accused` and `missed` are disagreements; `undetermined` is what the audit does not decide.
    """
    dice, tally = random.Random(f"{shape} {seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            rows = printed_rows(dice, shape)
            if number % 2 and rows:
                rows, _ = corrupted(dice, rows)
            if not rows:
                continue
            started = time.process_time()
            audit, system = audited(rows, Path(folder))
            tally["milliseconds"] += round(1000 * (time.process_time() - started))
            tally["systems"] += 1
            tally[_compared(audit, satisfiable(system))] += 1
    return tally


def _compared(audit: Audit, possible: bool | None) -> str:
    if possible is None:
        return "unknown to the solver"
    if any(finding.proof for finding in audit.findings):
        return "accused" if possible else "contradictory"
    if not audit.coverage.complete:
        return "undetermined"
    return "consistent" if possible else "missed"


def under_planners_rounding(seed: int, count: int) -> Counter[str]:
    """Consistent plans as planners print them; `errors` are false accusations."""
    dice, tally = random.Random(f"planners {seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            audit = audit_plans([plan_of_texts(planners_rows(dice), Path(folder))], CATALOGUE)
            levels = {finding.level for finding in audit.findings if finding.proof}
            tally["plans"] += 1
            tally["errors" if Level.ERROR in levels else "warnings" if levels else "silent"] += 1
    return tally


def with_one_corrupted(shape: str, seed: int, count: int) -> Counter[str]:
    """Consistent systems with one figure corrupted.

    `grave` are those that the solver still calls contradictory with roundings twice as wide and with
    targets made round; `reported` those of them with an error, `named` with the figure among its own.
    """
    dice, tally = random.Random(f"corrupted {shape} {seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            rows = printed_rows(dice, shape)
            if not rows:
                continue
            rows, at = corrupted(dice, rows)
            audit, system = audited(rows, Path(folder))
            tally["systems"] += 1
            if not _is_grave(system):
                continue
            tally["grave"] += 1
            errors = [each for each in audit.findings if each.proof and each.level is Level.ERROR]
            tally["reported"] += bool(errors)
            tally["named"] += any(_names(finding.proof, rows[at]) for finding in errors)
    return tally


def _is_grave(system: ConstraintSystem) -> bool:
    """Whether nothing that the rules allow figures to mean, all of it together, makes the figures possible."""
    every = [each for variable in system.bounds.values() for each in variable if not is_inexact(each)]
    return satisfiable(system, {each.id: most_generous(each, system) for each in every}) is False


def _names(proof: object, row: Row) -> bool:
    name, kind, when, _, _ = row
    stem = f"made/{name}/{kind}/{when}/"
    involved = proof.involved  # type: ignore[attr-defined]
    return any(figure.startswith(stem) for each in involved for figure in (each.figure, *each.also))
