"""The audits of blocks as one audit, in the order of the plans, with what is found between blocks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.conflicts import gravest_first
from plantrack.audit.coverage import Coverage
from plantrack.audit.derived import merged_ways
from plantrack.audit.result import Audit
from plantrack.audit.targets import standings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.derived import Latent
    from plantrack.audit.meanings import Meaning
    from plantrack.audit.result import Run
    from plantrack.audit.targets import Target
    from plantrack.findings import Finding
    from plantrack.plan.places import KnownPlace
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import Variable


def merged(audits: Sequence[Audit], between: Iterable[Finding], places: Mapping[str, KnownPlace]) -> Audit:
    """One audit of all plans."""
    between = list(between)
    plans = tuple(sorted((plan for each in audits for plan in each.plans), key=lambda plan: plan.id))
    targets = _targets(audits)
    found = [*between, *chain.from_iterable(each.findings for each in audits)]
    findings = gravest_first({each.id: each for each in found}.values())
    coverage = _coverage(audits, {name for finding in between for name in finding.figures})
    return Audit(
        plans=plans,
        figures={figure.id: figure for plan in plans for figure in plan.figures},
        measured={name: each for audit in audits for name, each in audit.measured.items()},
        targets=targets,
        findings=findings,
        latents=tuple(_latents(audits)),
        coverage=coverage,
        standings=standings(targets, findings, coverage),
        places=places,
        spent=max((each.spent for each in audits), default=0.0),
        by_meaning=lambda run: _meanings(audits, run),
    )


def part_of(audit: Audit, plan: Plan) -> Audit:
    """What an audit of several plans tells of one of them, with what contradicts it."""
    if len(audit.plans) == 1:
        return audit
    own = {figure.id for figure in plan.figures}
    targets = tuple(each for each in audit.targets if each.figure.plan == plan.id)
    return replace(
        audit,
        plans=(plan,),
        targets=targets,
        findings=tuple(
            each
            for each in audit.findings
            if each.position.file == plan.file or not own.isdisjoint(each.figures)
        ),
        latents=tuple(each for each in audit.latents if any(bound.id in own for bound in each.by)),
        coverage=_coverage_of(own, audit.coverage),
        standings={each.figure.id: audit.standings[each.figure.id] for each in targets},
        by_meaning=lambda _: tuple(each for each in audit.meanings if each.plan == plan.id),
    )


def _coverage_of(own: AbstractSet[str], coverage: Coverage) -> Coverage:
    """What is checked of some figures alone."""
    checked, open_ = coverage.checked & own, coverage.open & own
    return Coverage(
        figures=len(own),
        in_some_law=len(checked),
        complete=coverage.complete or not open_,
        unchecked=tuple(each for each in coverage.unchecked if each.figure.id in own),
        undetermined=tuple(each for each in coverage.undetermined if each.figure.id in own),
        checked=checked,
        open=open_,
    )


def _targets(audits: Iterable[Audit]) -> tuple[Target, ...]:
    found = chain.from_iterable(each.targets for each in audits)
    return tuple(sorted(found, key=lambda each: each.figure.plan))


def _coverage(audits: Iterable[Audit], reported: set[str]) -> Coverage:
    """What is checked in any block, and what contradictions between blocks report."""
    covered = [each.coverage for each in audits]
    checked = frozenset().union(reported, *(each.checked for each in covered))
    unchecked, undetermined = (
        tuple(
            sorted(
                (each for each in some if each.figure.id not in reported), key=lambda each: each.figure.plan
            )
        )
        for some in (
            chain.from_iterable(each.unchecked for each in covered),
            chain.from_iterable(each.undetermined for each in covered),
        )
    )
    return Coverage(
        figures=sum(each.figures for each in covered),
        in_some_law=len(checked),
        complete=all(each.complete for each in covered),
        unchecked=unchecked,
        undetermined=undetermined,
        checked=checked,
        open=frozenset().union(*(each.open for each in covered)) - reported,
    )


def _latents(audits: Iterable[Audit]) -> list[Latent]:
    ways: defaultdict[Variable, list[Latent]] = defaultdict(list)
    for each in chain.from_iterable(each.latents for each in audits):
        ways[each.variable].append(each)
    return [latent for variable in sorted(ways) for latent in merged_ways(ways[variable])]


def _meanings(audits: Iterable[Audit], run: Run) -> tuple[Meaning, ...]:
    found = chain.from_iterable(run(_told, [each.by_meaning for each in audits]))
    return tuple(sorted(found, key=lambda each: each.plan))


def _told(by_meaning: Callable[[Run], tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
    return by_meaning(map)
