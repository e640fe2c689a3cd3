"""Sheets of `validate` and `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import CODES
from plantrack.formats.findings.line import waived_stamp
from plantrack.language import Language, text
from plantrack.views.table import LEVELS, Heading, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.findings import Finding


def findings_sheet(files: int, findings: Sequence[Finding], language: Language) -> Sheet:
    """The findings of a validation, by place."""
    titles = [text("place in the file"), text("code"), text("gravity"), text("what is wrong")]
    title = text("{files} file(s), {findings} finding(s)", files=files, findings=len(findings)).say(language)
    headings = tuple(
        Heading(each.say(language), each.template in {"place in the file", "code"}) for each in titles
    )
    sheet = Sheet(title, headings if findings else ())
    for finding in findings:
        level = LEVELS[finding.level].say(language)
        message = finding.message.say(language) + waived_stamp(finding, language)
        sheet.rows.append((str(finding.position), finding.code.code, level, message))
    return sheet


def findings_records(findings: Sequence[Finding], language: Language) -> Sheet:
    """The findings with every part in a column of its own."""
    titles = [
        text("file"),
        text("line"),
        text("column"),
        text("code"),
        text("name"),
        text("gravity"),
        text("what is wrong"),
        text("what it is about"),
        text("waived on"),
        text("waived because"),
    ]
    numbers = {"line", "column"}
    sheet = Sheet(
        text("Findings").say(language),
        tuple(Heading(each.say(language), each.template in numbers) for each in titles),
    )
    for finding in findings:
        file, line, column = finding.position
        reason, date = finding.waived or ("", "")
        level, message = LEVELS[finding.level].say(language), finding.message.say(language)
        code, name = finding.code.code, finding.code.name
        sheet.rows.append(
            (file, str(line), str(column), code, name, level, message, finding.about, date, reason)
        )
    return sheet


def codes_sheet(language: Language) -> Sheet:
    """Every code."""
    titles = [text("code"), text("name"), text("gravity"), text("meaning")]
    headings = tuple(Heading(each.say(language), each.template in {"code", "name"}) for each in titles)
    sheet = Sheet(text("Codes").say(language), headings)
    for code in CODES.values():
        sheet.rows.append((code.code, code.name, LEVELS[code.level].say(language), code.title.say(language)))
    return sheet
