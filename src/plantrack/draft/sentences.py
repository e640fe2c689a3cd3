"""Prose: each number with its unit, its verb and bound, what it measures and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.draft.period import When, read_modes
from plantrack.draft.statements import Statement
from plantrack.language import text
from plantrack.numbers.words import BOUND_WORDS, EMPTY, PERCENT, PERMILLE, POINTS, SIGN_OF, TIMES, any_of
from plantrack.trace.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document, Number
    from plantrack.draft.period import Period
    from plantrack.language import Text

_ENDS = "。；;！？\n"
_BOUND_BEFORE = any_of(each.word for each in BOUND_WORDS if each.stands == "before")
_BOUND_BEHIND = any_of(each.word for each in BOUND_WORDS if each.stands == "behind")
_REACH = r"(?:至|到|达到|达|为)"
_LEAD = re.compile(
    rf"(?P<verb>{any_of(SIGN_OF)}|[增升降减涨](?=[至到]))?了?(?P<reach>{_REACH})?(?P<bound>{_BOUND_BEFORE})?\s*$"
)
_BEHIND = re.compile(rf"\s*(?:{_BOUND_BEHIND})")
_GROWTH_NAMED = re.compile(r"(?:增速|增幅|涨幅|降幅|增长率|增长速度)[^，、]{0,6}$")
_YEARLY = re.compile(r"年均|年平均|平均每年")
_OVER = re.compile(r"(?:比|较)[^，。]{0,8}(?:20[0-9]{2}年|末|初|前)[^，]{0,8}$|累计(?:增长|下降|降低)")
_LAST_YEAR = re.compile(r"同比|比上年|较上年|比去年")
_COMPARED = re.compile(r"(?:高于|低于|快于|超过|高出|高)(?:全国|全省|全市|同期|预期)[^，]{0,14}$")
_FROM = re.compile(r"(?:从|由)(?:[^，。；从由]{0,14})$")
_RANK = re.compile(r"第$")
_ENUMERATION = re.compile(r"\s*(?:、|和|及|与)\s*")
_TRAILING = re.compile(
    rf"(?:{any_of((*EMPTY, *SIGN_OF))}|[为达占至到约超均近以从由有的了是在]|突破|超过|跨越|接近|不低于|年均|同比|分别|平均|"
    r"比上年|较上年|比上年末|比20[0-9]{2}年|累计|总计|共|合计|已|仍|继续|稳步|快速|净|再|也|将|要|能|可|左右|预计|跃升|跃上|"
    r"连续|各省区|全国|全球|保持|稳定|控制|维持|稳居|跃居|位居|居|排名|列|迈上|大关|攀升|扩大|升|增|降|减|涨|高达|多达|以上|接近|建成|拥有|完成|新增)$"
)
_LEADING = re.compile(
    r'^(?:到|至|截至)?(?:20[0-9]{2}年(?:底|末|初)?|"?[一二三四五六七八九十]{1,3}五"?(?:期间|时期|末|以来|规划)?)[，,]?|'
    r"^(?:实现|办理|开立|发放|累计发放|推动|引进|目前已?|其中|全年|今年|去年|上年|预计|力争|实现|完成|累计|主要预期目标是|分别|同时|另外|并|且|以及|及|和|与|使|让|推动|带动|"
    r"确保|努力|争取|达到|新增的|全市|全省|全区|全县|我市|我省|我区|我县|该|《规划》提出|《规划》要求|要求|提出|方面|来|的|"
    rf"(?:{any_of(SIGN_OF)})(?:至|到)|(?:比|较)[^，]{{1,8}}(?:末|年|初)的?|五年来|期间|一年来|经济|[0-9]+[.、]|[(（][一二三四五六七八九十0-9]+[)）])[，,：:]?"
)
_TIME_UNITS = re.compile(r"年|个?月|个?季度|小时|分钟|天|周|日|步|条龙|站式|级|版|维")
_NOUN_BEHIND = re.compile(r"[^\d，。；、,;:：！？（）()\n]{2,16}")
_MAKING = re.compile(
    r"(?:打造|建设|培育|新建|建成|引进|培养|拥有|形成|实施|新增|建立|设立|落地|引育|认定|创建|推出|布局|新培育|新引进)了?$"
)
_GENERIC = {
    "期末",
    "期初",
    "初期",
    "末期",
    "规模",
    "总量",
    "增速",
    "增幅",
    "总数",
    "数量",
    "经济总量",
    "总额",
    "人数",
    "价值",
    "总数量",
    "均",
}
"""Words that name no indicator of their own: the one before goes on."""
_RANGE = re.compile(r"\s*(?:—|至|到)\s*")
_HEADS = ("增加值", "收入", "余额", "比重", "产量", "数量", "总额", "数", "率", "额", "值")
_NAME_BREAKS = re.compile(
    r"(?<=[，。；;：:])(?:是|比|较)(?=\"?[一二三四五六七八九十]{1,3}五|20[0-9]{2}年)|是(?=\"?[一二三四五六七八九十]{1,3}五)|[，,。；;：:！？\n（）()]"
)
SHORT_NAME = 4
"""A shorter name in a list shares the end of the last: 一产、二产、三产增加值."""
LONGEST_NAME = 30


class _Clause(NamedTuple):
    """A number with what stands before it since the last one."""

    number: Number
    before: str
    unit: str
    end: int


def prose_statements(
    document: Document, period: Period | None, units: Mapping[str, str]
) -> Iterator[Statement]:
    """The statements of all sentences of a document.

    Args:
        document: the document.
        period: its years, where they are known.
        units: known units and what each converts to.
    """
    numbers = read_numbers(read_outline(document)).all
    modes = read_modes(document, period)
    known = Units(units)
    reader = _Sentence(document, known)
    last = -1
    for number in numbers:
        line = document.line_at(number.start)
        if number.kind not in {"number", "word"} or not _is_prose(document, line):
            continue
        start = _sentence_start(document.plain, number.start)
        if start != last:
            reader.begin(start, modes[line - 1])
            last = start
        yield from reader.read(number, line)


def _is_prose(document: Document, line: int) -> bool:
    return document.first_tabs[line - 1] < 0 and "|" not in document.lines[line - 1]


def _sentence_start(content: str, at: int) -> int:
    return max(content.rfind(sign, 0, at) for sign in _ENDS) + 1


class _Sentence:
    """One sentence while it is read: where the last number ended, what was named, and which verb goes on."""

    def __init__(self, document: Document, units: Units) -> None:
        self.document, self.units = document, units

    def begin(self, start: int, when: When) -> None:
        self.at, self.when = start, when
        self.name, self.kind = "", ""
        self.listed: list[str] = []

    def read(self, number: Number, line: int) -> Iterator[Statement]:
        content = self.document.plain
        before = re.sub(r"\s", "", content[self.at : number.start])
        behind = self.units.behind(content, number.end, in_sentence=True)
        unit = behind.scale + behind.word
        end = content.find(unit[-1], number.end) + 1 if unit else number.end
        if bound := _BEHIND.match(content, end):
            end = bound.end()
        self.at = end
        is_rank = _RANK.search(before) is not None or number.text == "首位"
        if number.kind == "word":
            unit = "" if is_rank else TIMES
        elif (
            _RANGE.fullmatch(before)
            or _COMPARED.search(before)
            or (not is_rank and _TIME_UNITS.match(behind.word))
        ):
            return
        elif behind.word.startswith(tuple(SIGN_OF)) or behind.word[:2] in {"跃升", "攀升"}:
            unit, self.at = "", number.end
            end = number.end
        is_moved = _FROM.search(before) is not None or re.search(r"[至到]$", before) is not None
        if not unit and not is_moved and not is_rank:
            return
        self.when = self.when.told_by(before)
        lead = _LEAD.search(before)
        assert lead is not None
        goes_on = _ENUMERATION.fullmatch(before) is not None
        if goes_on and self.listed:
            self.name = self.listed.pop(0)
        elif not goes_on:
            self._take_name(before[: lead.start()].removesuffix("第"))
        if _MAKING.search(before) and (noun := _NOUN_BEHIND.match(content, end)):
            self.name = noun[0]
        is_from = _FROM.search(before) is not None
        kind = self.kind if goes_on and self.kind else self._kind(before, lead, unit, number)
        kind = "rank" if is_rank else kind
        self.kind = kind
        time, doubt = self._time(kind, before, is_from=is_from)
        if not self.name:
            return
        start = number.start
        for sign in reversed(lead[0]):
            start = content.rfind(sign, 0, start)
        yield Statement(
            line, start, end, self.name, kind, time, content[start:end].strip(), unit, doubt=doubt
        )

    def _take_name(self, before: str) -> None:
        """The noun before the verb; nothing new where the sentence goes on about the same."""
        is_listed = "分别" in before
        name = _noun(before)
        if not name or (name in _GENERIC and self.name):
            return
        if name.startswith("占") and self.name:
            name = self.name + name
        self.name, self.listed = name, []
        if is_listed or "、" in name:
            names = _parted(name)
            if is_listed and len(names) > 1:
                self.name, self.listed = names[0], names[1:]
            else:
                self.name = names[-1]

    def _kind(self, before: str, lead: re.Match[str], unit: str, number: Number) -> str:
        is_yearly = _YEARLY.search(before) is not None
        told = lead["verb"] is not None and not lead["reach"]
        if number.kind == "word":
            return "multiple" if "番" in number.text or number.text.endswith(TIMES) else "level"
        if unit in POINTS:
            return "annual_change" if is_yearly else "change"
        if unit in {PERCENT, PERMILLE}:
            if not (told or _GROWTH_NAMED.search(before)):
                return "level"
            is_over = _OVER.search(before[: lead.start()]) or not self.when.is_yearly
            return "total_growth" if is_over and not is_yearly and not _LAST_YEAR.search(before) else "growth"
        if unit == TIMES:
            return "total_growth" if told else "multiple"
        if told:
            return "annual_change" if is_yearly else "change"
        return "level"

    def _time(self, kind: str, before: str, *, is_from: bool) -> tuple[str | None, Text | None]:
        time = self.when.of(
            kind, is_yearly=_YEARLY.search(before) is not None, is_from=is_from, before=before
        )
        return time, None if time is not None else text("the year is not told")


def _noun(before: str) -> str:
    """The name that stands before a verb: the last clause without what leads in and what leads on."""
    clause = _NAME_BREAKS.split(before)[-1] if before else ""
    clause = re.sub(r'["“”《》]', "", clause).strip()
    while (found := _TRAILING.search(clause)) and found[0]:
        clause = clause[: found.start()].strip()
    clause = (
        re.sub(r"(?:从|由)[^从由]{0,12}$", "", clause)
        if re.search(r"(?:从|由)(?:20[0-9]{2}年|上年|去年)?$", clause)
        else clause
    )
    while (found := _LEADING.match(clause)) and found[0]:
        clause = clause[found.end() :].strip()
    return clause if 1 < len(clause) <= LONGEST_NAME and not clause.isdigit() else ""


def _parted(name: str) -> list[str]:
    """The names of a list, the short ones completed by the end of the last."""
    *some, last = re.split(r"[、和与及]", name)
    if not some:
        return [last]
    ends = next((head for head in _HEADS if last.endswith(head)), "")
    return [
        *(
            each + last[len(each) :]
            if len(each) < SHORT_NAME
            else each
            if each.endswith(_HEADS)
            else each + ends
            for each in some
        ),
        last,
    ]
