"""From contradictions to findings, with what each figure would have to read; meanings of vague moments."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.advice import Adviser
from plantrack.audit.all_conflicts import all_conflicts
from plantrack.audit.constraint_system import variables_of_moments
from plantrack.audit.contradictions import Search
from plantrack.audit.derivation import derivation_of
from plantrack.audit.identities import identities_of
from plantrack.audit.levels import difference_of, is_one_intention, opened, opening_of, severity_of
from plantrack.audit.minimal_sets import InfeasibleSubset, exact_of
from plantrack.audit.presolve import Components, components_of
from plantrack.audit.proofs import Conflict, Proof, finding_of
from plantrack.audit.wording import code_of, message_of, note_of
from plantrack.findings import Finding, Level
from plantrack.numbers.interval import to_float
from plantrack.solver.constraints import variables_of
from plantrack.solver.effort import BESIDE, Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import Variable

WIDENED = 3
"""How far off constraints of both kinds are takes so many times the work of looking for a figure's values."""
MAX_MEANINGS = 16
"""More combined meanings of a plan's vague moments are not gone through."""


class Conflicts(NamedTuple):
    """A finding for each independent contradiction that is asked for, and what the search tells besides.

    `figures` are those of all contradictions, `reached` those that laws reach, `undecided` the variables that are not
    decided, `excluded` the fewest figures without which all others can be true.
    """

    findings: list[Finding]
    figures: frozenset[str]
    reached: frozenset[str]
    undecided: frozenset[Variable]
    excluded: frozenset[PrintedBound]


def find_conflicts(
    system: ConstraintSystem,
    wholes: frozenset[str],
    never: AbstractSet[PrintedBound] = frozenset(),
    asked: Callable[[Conflict], bool] | None = None,
) -> Conflicts:
    """The contradictions of a system, of figures that are `never` left in aside; those `asked` for are told."""
    closed = system.closed()
    known: Known = {}
    search = Search(closed, never, known=known)
    conflicts = all_conflicts(search)
    corrected = frozenset(each for conflict in conflicts for each in conflict.corrected)
    # What only open ends exclude, once figures are corrected; laws that say something of intervals with their ends
    # say no less of those without.
    strict = Search(system, corrected | never, components=search.components, is_generous=True, known=known)
    touching = all_conflicts(strict)
    touched = frozenset(each for conflict in touching for each in conflict.corrected)
    adviser = Adviser(system, corrected, touched, known, wholes)
    findings = [_finding(each, adviser, closed) for each in filter(asked, conflicts)]
    findings += [_finding(each, adviser, system) for each in filter(asked, touching)]
    return Conflicts(
        sorted(findings, key=gravity),
        frozenset(each.id for conflict in (*conflicts, *touching) for each in conflict.proof.bounds),
        _reached(search.components, closed),
        search.undecided() | strict.undecided(),
        corrected | touched | never,
    )


def reached_in(system: ConstraintSystem) -> frozenset[str]:
    """The figures that laws hold against others."""
    return _reached(components_of(system.constraints, system), system)


def _reached(components: Components, system: ConstraintSystem) -> frozenset[str]:
    held: list[Iterable[Variable]] = [row for component in components.of_one_kind for row in component.rows]
    held += [set(variables_of(constraints)) for constraints in components.mixed]
    held += [constraint.variables for constraint in components.redundant]
    held += [(span,) for span in components.changed]
    together = (
        {each.id for variable in variables for bound in system.bounds_on(variable) for each in bound.bounds}
        for variables in held
    )
    return frozenset(chain.from_iterable(figures for figures in together if len(figures) > 1))


def whatever_is_meant(
    plans: Sequence[Plan],
    build: Callable[..., ConstraintSystem],
    as_own: ConstraintSystem,
    reported: AbstractSet[str],
) -> list[Finding]:
    """A contradiction that every meaning of a plan's vague moments has, though none has it in common.

    None of figures that are `reported` already. Where all holds with one meaning of every plan at once, it holds with
    that of each.
    """
    constraining = {time for variable in as_own.domains for time in variable.times}
    choices = [
        meanings
        for meanings in _meanings(plans, as_own)
        if not any(_is_new(meaning, constraining) for meaning in meanings)
    ]
    if len(choices) > 1:
        at_once = {name: time for meanings in choices for name, time in meanings[0].items()}
        search = _search_near(at_once, reported, build, as_own)
        if search is None or search.holds:
            return []
    return [each for meanings in choices for each in _in_every(meanings, reported, build, as_own)]


def _in_every(
    meanings: Sequence[dict[str, str]],
    reported: AbstractSet[str],
    build: Callable[..., ConstraintSystem],
    as_own: ConstraintSystem,
) -> list[Finding]:
    searches = []
    for meaning in meanings:
        search = _search_near(meaning, reported, build, as_own)
        if search is None or not search.is_contradictory:
            return []
        searches.append(search)
    found = [(search.system, all_conflicts(search)) for search in searches]
    if not all(conflicts for _, conflicts in found):
        return []
    findings = [_finding(conflicts[0], Adviser(system), system) for system, conflicts in found]
    readings = [
        ", ".join(f"{at.partition('@')[0]} = {time}" for at, time in each.items()) for each in meanings
    ]
    cases = tuple((reading, each.message) for reading, each in zip(readings, findings, strict=True))
    level = max((each.level for each in findings), key=list(Level).index)
    first = findings[0]
    return [replace(first, level=level, proof=first.proof and first.proof._replace(cases=cases))]


def _search_near(
    meaning: dict[str, str],
    reported: AbstractSet[str],
    build: Callable[..., ConstraintSystem],
    as_own: ConstraintSystem,
) -> Search | None:
    """What is new near the moments of a meaning, to be searched; `None` where nothing is."""
    joined = _joined_by(meaning, as_own)
    if not joined:
        return None
    system = build(meaning, about=joined)
    excluded = frozenset(each for each in system.by_id.values() if each.id in reported)
    moments = variables_of_moments(system, less=excluded)
    near = components_of(system.constraints, system).touching(moments)
    return Search(system, excluded, components=near)


def _joined_by(meaning: Mapping[str, str], as_own: ConstraintSystem) -> frozenset[str]:
    """The indicators of which two quantities become one, or may be parts of one another; of others nothing is new."""
    found: set[str] = set()
    met: set[Variable] = set()
    for variable in as_own.domains:
        if variable.indicator in found or meaning.keys().isdisjoint(variable.times):
            continue
        meant = variable._replace(times=tuple(meaning.get(time, time) for time in variable.times))
        indicator = as_own.indicators.get(variable.indicator)
        if meant in as_own.domains or meant in met or (indicator is not None and indicator.kind == "flow"):
            found.add(variable.indicator)
        met.add(meant)
    return frozenset(found)


def _is_new(meaning: dict[str, str], constraining: AbstractSet[str]) -> bool:
    """Whether nothing else is said of the times meant: then a moment may as well be a time of its own."""
    times = set(meaning.values())
    return len(times) == len(meaning) and constraining.isdisjoint(times)


def _meanings(plans: Sequence[Plan], as_own: ConstraintSystem) -> Iterator[list[dict[str, str]]]:
    """Every choice of a time for each vague moment of a plan that matters, unless they are too many."""
    for loaded in plans:
        declared = {f"{name}@{loaded.id}": each.either for name, each in loaded.model.moments.items()}
        joining = moments_that_join(declared, as_own)
        moments = {name: times for name, times in declared.items() if name in joining}
        if moments and math.prod(map(len, moments.values())) <= MAX_MEANINGS:
            yield [dict(zip(moments, choice, strict=True)) for choice in product(*moments.values())]


def moments_that_join(moments: Mapping[str, Sequence[str]], as_own: ConstraintSystem) -> set[str]:
    """The moments of which some meaning joins numbers; any other may as well be a time of its own."""
    found: set[str] = set()
    readers: dict[Variable, Variable] = {}
    for variable in as_own.domains:
        if moments.keys().isdisjoint(variable.times):
            continue
        for times in product(*(moments.get(time, (time,)) for time in variable.times)):
            reading = variable._replace(times=times)
            if reading in as_own.domains or reading in readers:
                found.update(variable.times, readers.get(reading, variable).times)
            readers[reading] = variable
    return found & moments.keys()


def _finding(conflict: Conflict, adviser: Adviser, system: ConstraintSystem) -> Finding:
    violation = conflict.proof
    exact = violation if isinstance(violation, InfeasibleSubset) else exact_of(violation, system)
    level = Level.ERROR if conflict.is_error else Level.WARNING
    level = Level.NOTE if is_one_intention(violation) else level
    assert conflict.connected is not None
    with system.effort.account(("advice", conflict.connected.variables), conflict.connected.count, BESIDE):
        advice = adviser.advice(conflict, exact)
        severity, is_weighed = weighed(exact, system.effort)
    reach = violation.range()
    sets: dict[frozenset[PrintedBound], tuple[PrintedBound, ...]] = {}
    for each in (violation, *conflict.alternatives):
        sets.setdefault(frozenset(each.bounds), each.bounds)
    derivation = None if level is Level.NOTE else derivation_of(violation, advice.in_every, system)
    told = advice._replace(
        derivation=derivation,
        identities=identities_of(violation, system),
        must_contain=violation.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=severity,
        is_weighed=is_weighed,
        is_minimal=violation.is_minimal,
        alternatives=tuple(tuple(each.id for each in some) for some in list(sets.values())[1:]),
    )
    if level is Level.NOTE:
        message = note_of(violation, system, difference_of(violation))
    else:
        message = message_of(violation, system)
        opening = opening_of(level, violation, system)
        message, told = opened(message, opening), told._replace(opening=opening)
    return finding_of(violation, code_of(violation), level, message, told)


NEARLY = 1.01
"""How far off a contradiction is found by floats, and is told where it is not farther off than this."""


def weighed(exact: Proof, effort: Effort) -> tuple[float | None, bool]:
    """How far off a contradiction is, and whether that is known: of both kinds only within the work left.

    Of both kinds it is found in floats, and of quantities that are not printed it may be found too near.
    """
    if not isinstance(exact, InfeasibleSubset):
        return severity_of(exact), True
    if not effort.pays(exact.steps * WIDENED):
        return None, False
    severity = severity_of(exact)
    is_too_near = severity is not None and _still_excluded(exact, Fraction(severity * NEARLY))
    return (None, False) if is_too_near else (severity, True)


def _still_excluded(exact: InfeasibleSubset, factor: Fraction) -> bool:
    return exact.side({each: each.widened(factor) for each in exact.bounds}) == 1


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{to_float(value):.6g}"


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Contradictions before what is unusual, the gravest first."""
    return tuple(sorted(findings, key=lambda each: (each.proof is None, gravity(each))))


def gravity(finding: Finding) -> tuple[object, ...]:
    severity = finding.proof.severity if finding.proof else None
    return list(Level).index(finding.level), -(severity or float("inf")), finding.position
