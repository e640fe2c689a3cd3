"""A corpus of plans, made of the five: other places, other numbers, the same findings.

Run: python benchmarks/make_corpus.py FOLDER --plans 1000 [--moved 0.02] [--seed 1]

Each plan is a copy of one of the five. Its places are its own, the province and the country, too. Printed decimals are
drawn anew within their rounding, to one more digit: where a try shows that this adds a finding, the figures of that
finding stay as printed. Of a hundred plans 20 are a family: cities that have their province, its groups and
the numbers printed of them in common, as the five have. `--moved` is the share of numbers that are then moved by up to
a half, as errors would. The same arguments make the same files.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.reading import load_catalogue, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.audit import Audit
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import PlanFile

PLANS = Path(__file__).parent.parent / "data" / "plans"
INDICATORS = Path(__file__).parent.parent / "src" / "plantrack" / "plan" / "indicators.yaml"
TOGETHER = 20
"""Of a hundred plans that so many are a family."""
TRIES = 12
"""Redrawn copies of a plan without a further finding in a row, before its numbers are taken to be safe."""
DECIMAL = re.compile(r"\d+\.\d*[1-9]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SHARE = "gdp_share_of_pearl_river_delta"
"""What the catalogue defines with a place's id."""
NAMED = re.compile(r"(?<=@)[a-z_]+|(?<=place: )[a-z_]+|(?<=place: \[)[a-z_, ]+")


class Spot(NamedTuple):
    """A printed number in the file: line, first and last column."""

    figure: str
    line: int
    start: int
    end: int


class Original(NamedTuple):
    """A plan to be copied; of `safe` numbers any digits may follow, of `lonely` ones also beside plans of a family."""

    name: str
    city: str
    written: str
    decimals: tuple[Spot, ...]
    numbers: tuple[Spot, ...]
    safe: frozenset[str]
    lonely: frozenset[str]


def originals() -> list[Original]:
    return _lonely([_original(path) for path in sorted(PLANS.glob("*.yaml"))])


def _original(path: Path) -> Original:
    catalogue, written = load_catalogue(), path.read_text(encoding="utf-8")
    read = read_plan(written.encode(), path.name, catalogue)
    numbers, decimals = tuple(_spots(read, NUMBER)), tuple(_spots(read, DECIMAL))
    audit = audit_plans([read.require()], catalogue)
    every = frozenset(each.figure for each in decimals)
    one = Original(path.stem, read.require().model.place.id, written, decimals, numbers, every, every)
    safe = _safe(one, _told(audit), catalogue)
    lonely = {each.figure.id for each in audit.coverage.unchecked if each.figure.place == one.city} & every
    return one._replace(safe=safe, lonely=lonely)


def _spots(read: PlanFile, pattern: re.Pattern[str]) -> Iterator[Spot]:
    """Numbers that stand in the file as they are printed, and whose rounding is that of their digits."""
    lines = read.written.split("\n")
    for figure in read.figures:
        measure, (_, line, column, *_) = figure.measure, figure.position
        if measure is None or measure.numeral.bound is not None or len(measure.numeral.values) > 1:
            continue
        value = re.compile(r"[^\d,}\]]{0,12}").match(lines[line - 1], column - 1)
        found = pattern.match(lines[line - 1], value.end() if value is not None else column - 1)
        if found is not None and found[0] in measure.numeral.text and "/" not in measure.numeral.text:
            yield Spot(figure.id, line, *found.span())


def _told(audit: Audit) -> set[tuple[str, str]]:
    return {(each.id, each.level.value) for each in audit.findings}


def _safe(one: Original, expected: set[tuple[str, str]], catalogue: Catalogue) -> frozenset[str]:
    """The numbers that can be redrawn without another finding, by trial: those of each further finding are not."""
    dice, quiet = random.Random(one.name), 0
    while quiet < TRIES:
        written = redrawn(one, one.safe, dice)
        audit = audit_plans([read_plan(written.encode(), f"{one.name}.yaml", catalogue).require()], catalogue)
        changed = {name for name, _ in _told(audit) ^ expected}
        blamed = {name for each in audit.findings if each.id in changed for name in each.concerned}
        if changed and not blamed & one.safe:  # one that is gone: what it was about stays as printed
            blamed = {name for name in one.safe if any(name in each for each in changed)} or set(one.safe)
        quiet = 0 if changed else quiet + 1
        one = one._replace(safe=one.safe - blamed)
    return one.safe


def _lonely(known: list[Original]) -> list[Original]:
    """The plans with those numbers that can be redrawn in a family without another finding, by trial."""
    dice, quiet = random.Random(len(known)), 0
    expected = _told_together([one._replace(lonely=frozenset()) for one in known], dice)
    while quiet < TRIES // 3:
        told = _told_together(known, dice)
        quiet = 0 if told - expected else quiet + 1
        for figure in {figure for figures in told - expected for figure in figures}:
            plan, _, rest = figure.partition("/")
            number = int(plan[1:]) % len(known)
            one = known[number]
            known[number] = one._replace(
                lonely=one.lonely - {f"{one.name}/{rest.replace(f'own_{SHARE}', SHARE)}"}
            )
    return known


def _told_together(known: list[Original], dice: random.Random) -> set[tuple[str, ...]]:
    """The figures of what two copies of each contradict each other by."""
    catalogue, plans = load_catalogue(), []
    for number in range(2 * len(known)):
        one, plan = known[number % len(known)], f"p{number:05}"
        city = "f" if number < len(known) else plan
        written = renamed(one, redrawn(one, one.lonely, dice), plan=plan, city=city, family="f")
        plans.append(read_plan(written.encode(), f"{plan}.yaml", catalogue).require())
    return {each.figures for each in audit_plans(plans, catalogue, only_together=True).findings}


def redrawn(one: Original, figures: frozenset[str], dice: random.Random, *, moved: float = 0.0) -> str:
    """The plan with one more digit behind those decimals, at most half a step away, and a share of numbers moved."""
    changes = {
        (each.line, each.start, each.end): _within(dice) for each in one.decimals if each.figure in figures
    }
    if moved:
        changes |= {
            (each.line, each.start, each.end): _away(dice) for each in one.numbers if dice.random() < moved
        }
    lines = one.written.split("\n")
    for (line, start, end), change in sorted(changes.items(), reverse=True):
        text = lines[line - 1]
        lines[line - 1] = text[:start] + change(text[start:end]) + text[end:]
    return "\n".join(lines)


def _within(dice: random.Random) -> Callable[[str], str]:
    """The number with one digit more: what rounds to it, half a step up or down."""
    shift = dice.randrange(-4, 5)

    def change(number: str) -> str:
        whole, _, decimals = number.partition(".")
        digits = len(decimals) + 1
        moved = max(int(whole + decimals) * 10 + shift, 1)
        return f"{moved // 10**digits}.{moved % 10**digits:0{digits}}"

    return change


def _away(dice: random.Random) -> Callable[[str], str]:
    factor = dice.uniform(0.5, 1.5)

    def change(number: str) -> str:
        decimals = len(number.partition(".")[2])
        return f"{float(number) * factor:.{decimals}f}"

    return change


# -- places ----------------------------------------------------------------------------------------


def renamed(one: Original, written: str, *, plan: str, city: str, family: str) -> str:
    """The plan under another id; its city and all other places get the names of the city and of its family."""
    catalogue = load_catalogue()
    named = {each for found in NAMED.findall(written) for each in found.split(", ")}
    has_share = SHARE in written
    places = _with_relatives({*named, one.city, *(("pearl_river_delta",) if has_share else ())}, catalogue)

    def fresh(name: str) -> str:
        return f"{name}_{city if name == one.city else family}"

    written = NAMED.sub(lambda match: ", ".join(fresh(each) for each in match[0].split(", ")), written)
    own = catalogue.places[one.city]
    head = f"place: {{id: {fresh(one.city)}, zh: {own.zh}{city}, en: {own.en} {city}, parent: {fresh(own.parent)}}}"
    declared = [
        f"  {fresh(each)}: {_declaration(each, fresh, family, catalogue)}"
        for each in sorted(places - {one.city})
    ]
    written = re.sub(r"^plan: .*$", f"plan: {plan}", written, flags=re.MULTILINE)
    written = re.sub(r"^place: .*$", head, written, count=1, flags=re.MULTILINE)
    written = written.replace("\nfigures:\n", "\n" + "\n".join(["places:", *declared]) + "\n\nfigures:\n", 1)
    return _with_own_share(written, fresh) if has_share else written


def _with_relatives(names: set[str], catalogue: Catalogue) -> set[str]:
    """The places with the provinces they are in and the members of groups; a province's are not all named."""
    found = set(names)
    for name in names:
        place = catalogue.places[name]
        found |= {place.parent} if place.parent else set()
        found |= set(place.members) if len(place.members) < TOGETHER and place.code is None else set()
    return found


def _declaration(name: str, fresh: Callable[[str], str], family: str, catalogue: Catalogue) -> str:
    place = catalogue.places[name]
    known = f'zh: {place.zh}{family}, en: "{place.en} {family}"'
    if place.members and place.code is None:
        return f"{{{known}, members: [{', '.join(map(fresh, place.members))}]}}"
    return f"{{{known}}}"


def _with_own_share(written: str, fresh: Callable[[str], str]) -> str:
    """The share of the nine cities, which the catalogue defines with their id."""
    line = next(
        each for each in INDICATORS.read_text(encoding="utf-8").split("\n") if each.startswith(f"  {SHARE}:")
    )
    line = line.replace("@pearl_river_delta", f"@{fresh('pearl_river_delta')}").replace(SHARE, f"own_{SHARE}")
    written = re.sub(rf"(?<![\w@]){SHARE}\b", f"own_{SHARE}", written)
    return written.replace("\nown:\n", f"\nown:\n{line}\n", 1)


# -- the corpus ------------------------------------------------------------------------------------


def corpus(number: int, seed: int = 1, moved: float = 0.0) -> Iterator[tuple[str, str]]:
    """Ids and contents of so many plans."""
    known = originals()
    for count in range(number):
        dice, one = random.Random(f"{seed}/{count}"), known[count % len(known)]
        plan = f"p{count:05}"
        together = count % 100 < TOGETHER
        family = f"f{count // 100:03}" if together else plan
        city = family if count % 100 < len(known) else plan
        written = redrawn(one, one.lonely if together else one.safe, dice, moved=moved)
        yield plan, renamed(one, written, plan=plan, city=city, family=family)


def make_corpus(folder: Path, number: int, seed: int = 1, moved: float = 0.0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for plan, written in corpus(number, seed, moved):
        (folder / f"{plan}.yaml").write_text(written, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--moved", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    make_corpus(chosen.folder, chosen.plans, chosen.seed, chosen.moved)


if __name__ == "__main__":
    main()
