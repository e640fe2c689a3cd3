"""Plan files: from a path to the plan, its figures and every problem of the file."""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from plantrack.errors import reason_of
from plantrack.findings import Finding, Position
from plantrack.language import Text, text
from plantrack.plan.figures import Figure, place_figures
from plantrack.plan.model import PlanModel
from plantrack.plan.plan import PlanFile
from plantrack.reading.naming import with_ids
from plantrack.reading.problems import Problem, problem
from plantrack.reading.repeats import other_readings
from plantrack.reading.structure import read_model
from plantrack.reading.yaml_tree import MAX_CHARACTERS, read_tree
from plantrack.validity import with_rules

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.tree import Node


def read_plan_file(path: Path, catalogue: Catalogue) -> PlanFile:
    """Read one plan file. Never raises for what a file contains: `findings` tells it all."""
    file, (content, problems) = path.as_posix(), read_content(path)
    return PlanFile(file, findings=problems) if content is None else read_plan(content, file, catalogue)


def read_content(path: Path) -> tuple[bytes | None, tuple[Finding, ...]]:
    """What is in the file; `None` and why where nothing is to be had."""
    content, problems = _read_bytes(path)
    return content, findings_of(path.as_posix(), problems)


def read_plan(content: bytes, file: str, catalogue: Catalogue) -> PlanFile:
    """What the content of a plan file called `file` writes, and every problem of it: of reading it, and of rules."""
    if len(content) > MAX_CHARACTERS:
        return _no_plan(file, [_too_large()])
    written, problems = _decoded(content)
    if written is None:
        return _no_plan(file, problems)
    tree, more = read_tree(written)
    problems += more
    if tree is None:
        return _no_plan(file, problems)
    tree, more = with_ids(tree, catalogue)
    problems += more
    plan, figures, more = _understood(tree, file, catalogue)
    if any(each.code.name == "duplicate-key" for each in problems):
        for other, fresh in other_readings(tree):
            more += [each for each in _understood(other, file, catalogue)[2] if each.spot in fresh]
    aliases = {each.spot for each in problems if each.code.name == "alias"}
    problems += [each for each in more if each.spot not in aliases]  # nobody knows what stands there
    read = PlanFile(file, plan, tuple(figures), findings_of(file, problems), tree, written)
    return replace(read, findings=with_rules(read, catalogue))


def _understood(
    tree: Node, file: str, catalogue: Catalogue
) -> tuple[PlanModel | None, list[Figure], list[Problem]]:
    """The plan and the figures of a file's tree, and what is wrong with them."""
    plan, problems = read_model(PlanModel, tree, stem=PurePath(file).stem)
    if plan is None:
        return None, [], problems
    figures, misfits = place_figures(plan, catalogue.of(plan), lambda at: Position(file, *tree.spot_of(at)))
    for each in misfits:
        spot = tree.spot_of(each.path, key=each.at_key)
        problems.append(Problem(each.code, spot, each.message, each.about))
    return plan, figures, problems


def _no_plan(file: str, problems: list[Problem]) -> PlanFile:
    return PlanFile(file, findings=findings_of(file, problems))


def findings_of(file: str, problems: list[Problem]) -> tuple[Finding, ...]:
    """The problems as findings of a file, by place."""
    stem, found = PurePath(file).stem, []
    for each in sorted(problems, key=lambda each: each.spot):
        about, level = f"{stem}/{each.about}" if each.about else "", each.level or each.code.level
        found.append(Finding(each.code, level, each.message, Position(file, *each.spot), about))
    return tuple(found)


_START = (1, 1)


def _too_large() -> Problem:
    message = text("the file has more than {most} bytes: a plan file is far smaller", most=MAX_CHARACTERS)
    return problem("too-large", _START, message)


def _read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """What is in the file; `None` with the problem where nothing is to be had."""
    try:
        if path.exists() and not path.is_file():
            return None, [problem("unreadable-file", _START, _why_no_file(path))]
        if path.stat().st_size > MAX_CHARACTERS:
            return None, [_too_large()]
        return path.read_bytes(), []
    except OSError as error:
        message = text("the file cannot be read: {reason}", reason=reason_of(error))
        return None, [problem("unreadable-file", _START, message)]


def _why_no_file(path: Path) -> Text:
    """What stands in a file's place: a folder is named only where its files cannot be."""
    try:
        if path.is_dir():
            os.scandir(path).close()
    except OSError as error:
        return text("the folder cannot be read: {reason}", reason=reason_of(error))
    return text("this is no regular file")


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The file's text; `None` with the problem where there is none to be had."""
    content, problems = _read_bytes(path)
    return (None, problems) if content is None else _decoded(content)


def _decoded(content: bytes) -> tuple[str | None, list[Problem]]:
    """The text; `None` with the problem where it is not UTF-8."""
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return _with_plain_ends(content.decode("utf-8")), []
    except UnicodeDecodeError as error:
        *before, line = _with_plain_ends(content[: error.start].decode("utf-8", "replace")).split("\n")
        spot = len(before) + 1, len(line) + 1
        return None, [problem("not-utf8", spot, _encoding_advice(content))]


def _with_plain_ends(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_advice(content: bytes) -> Text:
    if content.startswith(_OFFICE_FILES):
        return text(
            "this is a workbook or a document, no plan file: `plantrack new --from FILE` makes one of a table, "
            "`plantrack draft FILE` one of a document"
        )
    for marks, name in _MARKED:
        if content.startswith(marks):
            return text("the file is {encoding}: save it as UTF-8", encoding=name)
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return text("the file is not UTF-8: save it as UTF-8")
    return text("the file is not UTF-8; it looks like GBK: save it as UTF-8")


_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
"""With which .xlsx and .docx, .xls and .doc, and .pdf begin."""
_MARKED = (
    ((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "UTF-32"),
    ((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "UTF-16"),
)
"""Byte order marks and their encodings; those of UTF-32 begin like those of UTF-16."""
