"""Names of indicators as documents print them: cleaned, looked up, and what they tell of unit and kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.words import FALLING, RISING, any_of

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator

_NUMBERING = re.compile(
    r"^(?:[0-9]{1,3}[.、．)）]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[#*◆●·•\-—]|\s)+"
)
_AMONG = re.compile(r"^(?:其中|含)[:：,，]?")
_UNIT = re.compile(r"[(（]([^()（）]{1,12})[)）]\s*[*①-⑳※]?$")
RATIO = re.compile(
    r"率$|比重|比例|占比|占.{1,20}(?:比|的)|^每|人均|强度|系数|平均|密度|程度|年限|预期寿命|单位.{1,12}(?:能耗|用水|排放)"
)
FLOW = re.compile(
    r"新增|建设|转移|累计|投资|收入|产值|增加值|销售额|交易额|零售额|产量|支出|总额$|保费|融资|增量|改造|下降|投入|发放"
)
INDEX = re.compile(r"指数$")
FALL_OR_RISE = re.compile(rf"(?:{any_of((*FALLING, *RISING))})(?:率|幅度)?$")
BETTER_DOWN = re.compile(r"失业|死亡|不良|排放|能耗|消耗|发生率|事故|负债|成本|用水量|浓度")


class Name(NamedTuple):
    """An indicator's name without numbering, and the unit printed behind it."""

    zh: str
    unit: str


def read_name(cell: str) -> Name:
    """The name and its unit of a cell: `3.城镇化率（%）` has 城镇化率 and %."""
    name = _AMONG.sub("", _NUMBERING.sub("", cell.strip())).strip()
    unit = _UNIT.search(name)
    if unit:
        name = name[: unit.start()].strip()
    return Name(name.strip("*①②③④⑤※ "), unit[1].strip() if unit else "")


def normal(name: str) -> str:
    """A name as it is looked up: without blanks, brackets and what every place may put before it."""
    name = re.sub(r"[\s“”\"《》]|[(（][^()（）]*[)）]", "", name)
    return re.sub(r"^(?:全国|全省|全市|全区|全县|我国|我省|我市|我区|全社会(?=固定))", "", name)


class Known:
    """The indicators of a catalogue by their names and aliases."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids: dict[str, str] = {}
        for name, indicator in catalogue.indicators.items():
            for each in (indicator.zh, *getattr(indicator, "aliases", ())):
                self._ids.setdefault(normal(each), name)
        self.catalogue = catalogue

    def find(self, name: str) -> tuple[str, Indicator] | None:
        """The id and the indicator of that name; `None` where the catalogue has none."""
        wanted = normal(name)
        for form in (wanted, f"{wanted}余额", wanted.removesuffix("规模"), wanted.removesuffix("数量")):
            if form in self._ids:
                found = self._ids[form]
                return found, self.catalogue.indicators[found]
        return None


def kind_of(name: str, unit: str) -> str:
    """The kind that a name tells: a ratio, an index, a flow, else a stock."""
    if INDEX.search(name):
        return "index"
    if RATIO.search(name) or unit in {"%", "‰"} or "/" in unit:
        return "ratio"
    return "flow" if FLOW.search(name) else "stock"


def better_of(name: str) -> str:
    return "down" if BETTER_DOWN.search(name) else "up"
