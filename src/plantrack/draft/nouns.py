"""What a number in a sentence measures: the noun before its verb, or behind it, and the names of a list."""

from __future__ import annotations

import re
from string import ascii_letters

from plantrack.draft import words

_SAYS_SOMETHING = re.compile(rf"(?!增(?:加值|长率|速|幅|量))(?:{words.PREDICATE})")
"""A predicate, but for the verbs in names: 一产增加值."""
_LEAST_END = 3
"""Of a name that ends with 率 or 额 alone, the parts of a list share so many letters: 普及率."""
_INDUSTRY = re.compile(
    r"第?([一二三])(?:(?=(?:[、和]第?[二三])*[、和]第?三产业)|(?<=[、和]三)产业|(?<=[、和]第三)产业)"
)
"""Of a list whose parts lack both their beginning and their end: 第一、二、三产业."""
_SEVERAL_IN_ONE = {
    "存贷款": ("存款", "贷款"),
    "城乡": ("城镇", "农村"),
    "内外资": ("内资", "外资"),
    "一二三产": ("一产", "二产", "三产"),
}
_CARRIED = re.compile(
    rf"(?:^|[。；;\n])\s*(?P<noun>[^，。；;:：、\s]{{2,12}}?)(?:{words.PREDICATE})[^，。；;:：]{{1,6}}[。；;]\s*$"
)
_PER_SO_MANY = re.compile(r"^/[0-9]+.")
SHORT_NAME = 4
"""A shorter name in a list shares the end of the last: 一产、二产、三产增加值."""
LONGEST_NAME = 30


def noun_of(before: str) -> str:
    """The name that stands before a verb: the last clause without what leads in and what leads on."""
    before = _PER_SO_MANY.sub("", words.QUOTES.sub("", words.IN_ROUND_BRACKETS.sub("", before)))
    return _trimmed(words.NAME_BREAKS.split(before)[-1])


def subject_of(before: str, *, is_first: bool) -> str:
    """What the clauses before the last one are about, where the last only goes on: 进出口总值创新高，达到.

    But for a sentence's first number the first of them is of the number before.
    """
    *earlier, _ = words.NAME_BREAKS.split(words.QUOTES.sub("", before))
    for clause in reversed(earlier if is_first else earlier[1:]):
        if found := words.SUBJECT.match(_trimmed(clause)):
            return found["noun"]
    return ""


def share_of(name: str, whole: str | None) -> str:
    """The name of a thing's share: 外贸占全省比重 of 外贸 and 全省, 工业占比 of 工业 alone."""
    if not name or words.RATIO.search(name):
        return name
    return (
        f"{name}{words.SHARE_OF}{whole}{words.SHARE}" if whole else f"{name}{words.SHARE_OF}{words.SHARE[0]}"
    )


def carried_over(above: str) -> str:
    """What a short sentence before is about: 经营主体 of 经营主体持续壮大。总量…."""
    found = _CARRIED.search(above)
    return found["noun"] if found else ""


def noun_behind(following: str) -> str:
    """What is counted, at the beginning of what follows a number and its unit: 示范园区 of 4个示范园区."""
    found = words.NOUN_BEHIND.match(following)
    if found and len(found["noun"]) < SHORT_NAME:
        found = words.CLAUSE_BEHIND.match(following, found.start("noun"))
    return found["noun"] if found else ""


def _trimmed(clause: str) -> str:
    clause = _without_end(clause.strip())
    clause = words.OF_YEAR_BEHIND.sub("", clause)
    if words.FROM_BEHIND.search(clause):
        clause = _without_end(words.FROM.sub("", clause))
    while (found := words.LEADING.match(clause)) and found[0]:
        clause = clause[found.end() :].strip()
    clause = words.EMPTY_INSIDE.sub("", clause)
    clause = words.INSIDE_PREDICATE.split(clause)[0]
    if len(clause) > LONGEST_NAME:
        clause = clause[clause.rfind(words.OF) + 1 :]
    return clause if 1 < len(clause) <= LONGEST_NAME and not clause.isdigit() else ""


def _without_end(clause: str) -> str:
    while (found := words.TRAILING.search(clause)) and found[0]:
        clause = clause[: found.start()].strip()
    return clause


def parted(name: str) -> list[str]:
    """The names of a list, the short ones completed by the end of the last; 存贷款余额 is one of two."""
    name = _INDUSTRY.sub(r"第\1产业", name)
    parts = [words.OF_LIST.sub("", each) for each in words.NAME_LISTS.split(name)]
    *some, last = [each for each in parts if each and not words.ONLY_PREDICATE.match(each)] or [""]
    end = next((head for head in words.HEADS if last.endswith(head)), "")
    return [*(_completed(each, last, end) for each in some), last]


def is_one(names: list[str]) -> bool:
    """Whether a list of names is the name of one thing: 水电、风电发电量占比, unlike 产值突破万亿元、企业."""
    return not any(_SAYS_SOMETHING.search(each) for each in names[:-1])


def all_in(name: str) -> list[str]:
    """The names in one that stands for several: 存款余额 and 贷款余额 of 存贷款余额."""
    found = (
        [name.replace(all_, each, 1) for each in some]
        for all_, some in _SEVERAL_IN_ONE.items()
        if all_ in name
    )
    return next(found, [])


def _completed(name: str, last: str, end: str) -> str:
    if name.endswith(words.HEADS):
        return name
    if words.PLACE_ALONE.fullmatch(name) and (place := words.PLACE_BEFORE.match(last)):
        return name + last[place.end() :]
    if len(end) > 1:
        return name + end[end.find(name[-1]) + 1 :]
    if len(name) < SHORT_NAME:
        own = len(last) - len(last.lstrip(ascii_letters)) or last.find(name[-1]) + 1
        return name + last[own or len(name) :]
    return name + last[-_LEAST_END:] if end else name
