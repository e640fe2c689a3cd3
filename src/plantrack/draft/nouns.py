"""What a number in a sentence measures: the noun before its verb, or behind it, and the names of a list."""

from __future__ import annotations

import re

from plantrack.draft import words

SHORT_NAME = 4
"""A shorter name in a list shares the end of the last: 一产、二产、三产增加值."""
LONGEST_NAME = 30


def noun_of(before: str) -> str:
    """The name that stands before a verb: the last clause without what leads in and what leads on."""
    before = words.QUOTES.sub("", words.IN_ROUND_BRACKETS.sub("", before))
    return _trimmed(words.NAME_BREAKS.split(before)[-1])


def subject_of(before: str) -> str:
    """What the clauses before the last one are about, where the last only goes on: 进出口总值创新高，达到."""
    *earlier, _ = words.NAME_BREAKS.split(words.QUOTES.sub("", before))
    for clause in reversed(earlier[1:]):
        if found := words.SUBJECT.match(_trimmed(clause)):
            return found["noun"]
    return ""


def noun_behind(content: str, end: int) -> str:
    """What is counted, right behind a number and its unit: 示范园区 of 4个示范园区."""
    found = words.NOUN_BEHIND.match(content, end)
    return re.sub(r"\s", "", found["noun"]) if found else ""


def _trimmed(clause: str) -> str:
    clause = clause.strip()
    while (found := words.TRAILING.search(clause)) and found[0]:
        clause = clause[: found.start()].strip()
    clause = words.OF_YEAR_BEHIND.sub("", clause)
    if words.FROM_BEHIND.search(clause):
        clause = words.FROM.sub("", clause)
    while (found := words.LEADING.match(clause)) and found[0]:
        clause = clause[found.end() :].strip()
    clause = words.EMPTY_INSIDE.sub("", clause)
    if len(clause) > LONGEST_NAME:
        clause = clause[clause.rfind(words.OF) + 1 :]
    return clause if 1 < len(clause) <= LONGEST_NAME and not clause.isdigit() else ""


def parted(name: str) -> list[str]:
    """The names of a list, the short ones completed by the end of the last; 存贷款余额 is one of two."""
    *some, last = (words.OF_LIST.sub("", each) for each in words.NAME_LISTS.split(name))
    end = next((head for head in words.HEADS if last.endswith(head)), "")
    return [*(_completed(each, last, end) for each in some if each), last]


def both_in(name: str) -> list[str]:
    """The two names in one that stands for both: 存款余额 and 贷款余额 of 存贷款余额."""
    for both, pair in words.TWO_IN_ONE.items():
        if both in name:
            return [name.replace(both, each, 1) for each in pair]
    return []


def _completed(name: str, last: str, end: str) -> str:
    if name.endswith(words.HEADS):
        return name
    if len(end) > 1:
        return name + end
    if len(name) < SHORT_NAME:
        return name + last[len(name) :]
    return name + last[-words.LEAST_END :] if end else name
