"""Formats of findings. A new one is a module here with `render(report)`, and a line in `FORMATS`.

In goes a `Report`, out comes text; `table` alone is printed on a screen, and `proof_list` is a page to hand on. Modules
are imported when asked for. One that also has `stream(report, parts)` makes the same of the findings of many files,
file by file.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.language import Language
    from plantrack.plan.catalogue import Catalogue
    from plantrack.views.passages import Passages


class Format(NamedTuple):
    """A format's suffixes of files, by which it is known; others that its files may `also` have.

    Whether Excel needs a byte order mark; whether it is commands to a runner.
    """

    suffixes: tuple[str, ...] = ()
    with_mark: bool = False
    has_commands: bool = False
    also: tuple[str, ...] = ()
    is_line_by_line: bool = False
    """Whether what is written so far can be read."""
    is_of_sound_plans: bool = False
    """Whether it tells nothing of files that cannot be audited: these are told beside it."""


FORMATS: dict[str, Format] = {
    "concise": Format((".txt",), is_line_by_line=True),
    "json": Format((".json",)),
    "jsonl": Format((".jsonl", ".ndjson"), is_line_by_line=True),
    "github": Format(has_commands=True, also=(".txt",), is_line_by_line=True),
    "sarif": Format((".sarif",), also=(".json",)),
    "junit": Format((".xml",)),
    "gitlab": Format(also=(".json",)),
    "markdown": Format((".md", ".markdown")),
    "csv": Format((".csv",), with_mark=True, is_line_by_line=True),
    "page": Format(also=(".md", ".markdown"), is_of_sound_plans=True),
}
"""Every format by its name, which is that of its module."""


IN_MEMORY = 1_000_000
"""Bytes of a report that are held or copied at a time; more go to a temporary file."""


def suffixes() -> dict[str, str]:
    return {suffix: name for name, each in FORMATS.items() for suffix in each.suffixes}


class Report(NamedTuple):
    """What `validate` or `check` found, for a format.

    `findings` are all of them, waived ones included; `files` counts the files that were validated;
    `audit` is set for `check`, and `broken` are the findings of files that could not be audited;
    `given` is what was read from no file, by the name it goes by.
    """

    language: Language
    findings: tuple[Finding, ...]
    catalogue: Catalogue
    files: int = 0
    audit: Audit | None = None
    broken: tuple[Finding, ...] = ()
    given: Mapping[str, bytes] = MappingProxyType({})
    show_waived: bool = False
    verbosity: Literal[-1, 0, 1] = 0
    """Findings alone, the first screen, or everything."""
    ascii_only: bool = False
    passages: Mapping[str, Passages] = MappingProxyType({})
    """The sentences of plans whose document was given, by the plan's id."""

    @property
    def command(self) -> str:
        return "validate" if self.audit is None else "check"

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are open, and the waived ones where they were asked for."""
        return self.only_shown(self.findings)

    def only_shown(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(each for each in findings if self.show_waived or each.waived is None)


def render_findings(name: str, report: Report) -> str:
    content: str = import_module(f"{__name__}.{name}").render(report)
    return content


def lines_of(name: str, report: Report) -> str:
    """What the findings add to a report without any, in a format that tells each by itself."""
    return render_findings(name, report).removeprefix(render_findings(name, report._replace(findings=())))


class Part(NamedTuple):
    """What was found in one file."""

    file: str
    findings: tuple[Finding, ...]


def stream_findings(name: str, report: Report, parts: Iterable[Part]) -> Iterator[str]:
    """The same text as of a report with the findings of all parts, in pieces that end with a line.

    A format that cannot be written in pieces holds all findings.
    """
    module = import_module(f"{__name__}.{name}")
    if hasattr(module, "stream"):
        yield from module.stream(report, parts)
        return
    findings = tuple(each for part in parts for each in part.findings)
    yield module.render(report._replace(findings=findings))
