"""All that is done with an odd plan, and what became of it: verdict, internal error, processor time."""

import contextlib
import io
import random
import re
import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from fixed import TODAY
from odd_plans import CATALOGUE, odd_plan
from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.formats import json
from plantrack.formats.findings import FORMATS, Report, render_findings
from plantrack.formats.findings.table import print_report
from plantrack.formats.sheet import said_in
from plantrack.formats.terminal import Screen
from plantrack.language import Language, text
from plantrack.paths import METHODS, Wish, implied_paths, project_paths
from plantrack.plan.plan import Plan
from plantrack.views import documents as json_paths
from plantrack.views import paths as path_views
from plantrack.views import targets
from plantrack.waivers import draft_lines

_T = TypeVar("_T")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LIMIT = 5
"""Seconds of processor time that any plan may take."""
PATIENCE = 5.2
"""Seconds after which nobody waits for the end of it."""


class Outcome(NamedTuple):
    """What became of a plan. `error` is the kind of internal error, `stages` the seconds of each stage."""

    verdict: str
    error: str | None
    stages: dict[str, float]

    @property
    def seconds(self) -> float:
        """Of the longest stage: each is what one command does, or more."""
        return max(self.stages.values())


class TooLong(BaseException):
    """A plan took too long. No `Exception`: nothing must catch it."""


def outcome_of(loaded: Plan) -> Outcome:
    """Project a plan's paths, audit it, and show both in every form and language, with a clock."""
    signal.signal(signal.SIGPROF, _stop)
    stages: dict[str, float] = {}
    verdict, error = "consistent", None
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        for stage, found in _warned(used(loaded)):
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            stages[stage] = time.process_time() - started
            started, verdict = time.process_time(), found or verdict
    except TooLong as failure:
        verdict, error = "stopped", _way(failure)
    except Exception as failure:  # noqa: BLE001 - whatever it is, it is what is sought
        verdict, error = "internal error", _kind(failure)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    stages["rest"] = time.process_time() - started
    return Outcome(verdict, error, stages)


def _stop(*_: object) -> None:
    raise TooLong


def _warned(stages: Iterator[_T]) -> Iterator[_T]:
    """The same; what a library warns of is an error here, for users see it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield from stages


def _way(failure: BaseException) -> str:
    """The way into the package when the clock ran out."""
    frames = [each for each in traceback.extract_tb(failure.__traceback__) if "plantrack" in each.filename]
    names = list(dict.fromkeys(f"{Path(each.filename).stem}.{each.name}" for each in frames))
    return "too long in " + " > ".join(names[1:6])


def _kind(failure: Exception) -> str:
    """What was raised, and where in the package."""
    frames = [each for each in traceback.extract_tb(failure.__traceback__) if "plantrack" in each.filename]
    at = frames[-1] if frames else traceback.extract_tb(failure.__traceback__)[-1]
    where = f"{Path(at.filename).parent.name}/{Path(at.filename).name} {at.name}"
    return f"{type(failure).__name__} in {where}: {re.sub('[0-9]+', '#', str(failure))[:80]}"


def used(loaded: Plan) -> Iterator[tuple[str, str | None]]:
    """What the commands do with a plan, stage by stage; the verdict where a stage tells one."""
    _projected(loaded)
    yield "paths", None
    yield from _audited(loaded)


def _projected(loaded: Plan) -> None:
    """The paths of the plan by every method, shown in every form and language."""
    for method in (None, *METHODS):
        paths = project_paths(loaded, CATALOGUE, Wish(method))
        implied = implied_paths(paths, loaded, CATALOGUE)
        json.dump(json_paths.paths_document(loaded, paths, implied), ascii_only=False)
        for language in LANGUAGES:
            said_in(language, path_views.paths_table(loaded, paths, CATALOGUE))
            said_in(language, path_views.implied_table(implied, loaded.model, CATALOGUE))
            for path in paths if method is None else ():
                if path.why is None:
                    said_in(language, path_views.path_table(loaded, path, CATALOGUE))


def _audited(loaded: Plan) -> Iterator[tuple[str, str | None]]:
    audit = audit_plans([loaded], CATALOGUE)
    levels = {each.level.value for each in audit.findings}
    decided = "consistent" if audit.coverage.complete else "undetermined"
    assert audit.meanings is not None
    yield "audit", next((each for each in ("error", "warning", "note") if each in levels), decided)
    for language in LANGUAGES:
        report = Report(language, audit.findings, CATALOGUE, audit=audit)
        assert "internal error" not in _shown(report)
        said_in(language, targets.targets_table(audit, loaded, CATALOGUE))
        said_in(language, targets.derived_table(audit, CATALOGUE))
        list(draft_lines(audit.findings, [loaded.source], language, TODAY))
    yield "shown", None


def _shown(report: Report) -> str:
    """The report as a table and in every format."""
    stream = io.StringIO()
    assert report.audit is not None
    print_report(Screen("never", stream), report)
    return stream.getvalue() + "".join(render_findings(name, report) for name in FORMATS)


def megabytes() -> int:
    """The most memory this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


# -- damaged ---------------------------------------------------------------------------------------


class Tried(NamedTuple):
    """What the command line made of damaged plans."""

    counts: Counter[str]
    failures: list[tuple[int, str]]
    slowest: tuple[float, int]
    megabytes: int


def damaged(seed: int) -> bytes:
    """An odd plan with bytes, lines or values put out of order."""
    dice = random.Random(f"damaged {seed}")
    content = odd_plan(dice.randrange(10_000)).text
    for _ in range(dice.choice((1, 1, 2, 5))):
        content = dice.choice((_line_damaged, _value_damaged, _value_damaged, _key_damaged))(dice, content)
    if dice.random() < BYTES:
        return _bytes_damaged(dice, content.encode())
    return content.encode()


BYTES = 0.5


def _line_damaged(dice: random.Random, content: str) -> str:
    lines = content.split("\n")
    at, other = dice.randrange(len(lines)), dice.choice(lines)
    put = dice.choice(
        (
            [],
            [other],
            [lines[at]] * 2,
            [" " * dice.randint(1, 4) + lines[at]],
            [lines[at][: dice.randint(0, 30)]],
        )
    )
    return "\n".join([*lines[:at], *put, *lines[at + 1 :]])


PIECES = (
    *(
        "null",
        "[]",
        "{}",
        "[[]]",
        '""',
        "1e999",
        "-",
        "~",
        "[" * 70,
        "{" * 70,
        "&a",
        "*a",
        "!!int 1",
        "? x",
        "|",
        ">",
    ),
    *(
        '{"2020": {}}',
        '"2020->2020"',
        '"2200/1900"',
        '"9" * 9',
        "9" * 300,
        '"1/0"',
        '"翻翻番"',
        "：",
        "\u3000",
        "\x00",
    ),
    *(
        '"a = a"',
        '"a >= "',
        '"x0 = x0 / 0"',
        '"x0 = 1 / x0 / 0"',
        '"change(change(x0)) = 1"',
        '"' + "(" * 400 + '"',
    ),
    *(
        '"0 = 0"',
        '"x0 = 0 * x0"',
        '"x0 / 0 >= 1"',
        '{"above": "x0@parent", "by": "x"}',
        '[{"above": "x0"}, 3]',
    ),
)
_VALUE = re.compile(r'"[^"\n]*"|\{[^{}\n]*\}')


def _value_damaged(dice: random.Random, content: str) -> str:
    """A value, or several, replaced by something else."""
    found = list(_VALUE.finditer(content))
    if not found:
        return content
    match = dice.choice(found)
    put = dice.choice((dice.choice(PIECES), dice.choice(found)[0]))
    return content[: match.start()] + put + content[match.end() :]


def _key_damaged(dice: random.Random, content: str) -> str:
    word = dice.choice(re.findall(r"[a-z_0-9]+(?=\"?:)", content) or ["plan"])
    return content.replace(
        word,
        dice.choice(("", "in", "level", "x0", "plan", "own", "2020", "周", "x" * 600)),
        dice.choice((1, 1, -1)),
    )


def _bytes_damaged(dice: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice((1, 2, 10))):
        at = dice.randrange(len(changed) + 1)
        changed[at : at + dice.choice((0, 1, 4, 50))] = dice.choice(
            (dice.randbytes(1), dice.randbytes(3), b"", b"\xff\xfe", b"\xed\xa0\x80")
        )
    return bytes(changed)


def try_damaged(seeds: range) -> Tried:
    """Put damaged plans through `validate`, `check` and `path`."""
    counts, failures, slowest = Counter[str](), [], (0.0, seeds.start)
    signal.signal(signal.SIGPROF, _stop)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "odd.yaml"
        for seed in seeds:
            file.write_bytes(damaged(seed))
            started = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, 30)
            try:
                counts[_called(file)] += 1
            except (Exception, TooLong) as failure:  # noqa: BLE001 - as above
                failures.append((seed, f"{_kind(failure)}"))  # type: ignore[arg-type]
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, (time.process_time() - started, seed))
    return Tried(counts, failures, slowest, megabytes())


def _called(file: Path) -> str:
    """The exit code of the gravest of the commands; whatever they say is one sentence a line."""
    codes: list[Any] = []
    for arguments in (("validate", str(file)), ("check", str(file)), ("path", str(file))):
        with (
            contextlib.redirect_stdout(io.StringIO()) as out,
            contextlib.redirect_stderr(io.StringIO()) as told,
        ):
            codes.append(run(arguments))
        said = out.getvalue() + told.getvalue()
        if "Traceback" in said or "internal error" in said or codes[-1] not in {0, 1}:
            raise PlantrackError(text("{said}", said=told.getvalue().strip()[:200]))
        if codes == [1]:
            break
    return "refused" if codes[0] else "still valid"
