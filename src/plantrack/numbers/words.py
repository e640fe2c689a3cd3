"""The one list of words and signs around printed numbers: bounds, verbs, scales, units, phrases, marks.

A word is one line here, and every part knows it: numerals are read and written with it, documents are
searched with it, tables of actuals are read with it. No other module spells one, which a test holds.
Units stand in `plan/units.yaml`; here are only those that have a meaning of their own.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# -- bounds --------------------------------------------------------------------------------------

Bound = Literal["ge", "gt", "le", "lt", "range", "about", "near", "over"]
INEXACT = ("about", "near", "over")
"""约 and 左右, 近, 余 and 多: words by which the author says that the number is not exact."""


class BoundWord(NamedTuple):
    """A word that makes another numeral of the number beside it.

    `stands` tells where: before the number, right behind its digits or its scale, or behind its unit.
    `not_after` are letters behind which it is part of another word: 节约, 最近.
    """

    word: str
    stands: Literal["before", "inside", "behind"]
    bound: Bound
    not_after: str = ""

    @property
    def pattern(self) -> str:
        """How it is found in a text."""
        return (f"(?<![{self.not_after}])" if self.not_after else "") + re.escape(self.word)


BOUND_WORDS = (
    BoundWord("不低于", "before", "ge"),
    BoundWord("不少于", "before", "ge"),
    BoundWord("不小于", "before", "ge"),
    BoundWord("至少", "before", "ge"),
    BoundWord("不超过", "before", "le"),
    BoundWord("不高于", "before", "le"),
    BoundWord("不大于", "before", "le"),
    BoundWord("不多于", "before", "le"),
    BoundWord("不突破", "before", "le"),
    BoundWord("未超过", "before", "le"),
    BoundWord("未突破", "before", "le"),
    BoundWord("至多", "before", "le"),
    BoundWord("最多", "before", "le"),
    BoundWord("超", "before", "gt"),
    BoundWord("超出", "before", "gt"),
    BoundWord("多于", "before", "gt"),
    BoundWord("超过", "before", "gt"),
    BoundWord("突破", "before", "gt"),
    BoundWord("逾", "before", "gt"),
    BoundWord("高于", "before", "gt"),
    BoundWord("大于", "before", "gt"),
    BoundWord("低于", "before", "lt"),
    BoundWord("小于", "before", "lt"),
    BoundWord("少于", "before", "lt"),
    BoundWord("不到", "before", "lt", not_after="看见得"),
    BoundWord("不足", "before", "lt"),
    BoundWord("不满", "before", "lt"),
    BoundWord("约", "before", "about", not_after="节合预签"),
    BoundWord("大约", "before", "about"),
    BoundWord("近", "before", "near", not_after="最附邻"),
    BoundWord("接近", "before", "near"),
    *(BoundWord(sign, "before", "ge") for sign in "≥≧⩾"),
    *(BoundWord(sign, "before", "le") for sign in "≤≦⩽"),
    BoundWord(">", "before", "gt"),
    BoundWord("<", "before", "lt"),
    BoundWord("余", "inside", "over"),
    BoundWord("多", "inside", "over"),
    BoundWord("以上", "behind", "ge"),
    BoundWord("及以上", "behind", "ge"),
    BoundWord("以下", "behind", "le"),
    BoundWord("及以下", "behind", "le"),
    BoundWord("以内", "behind", "le"),
    BoundWord("左右", "behind", "about"),
    BoundWord("上下", "behind", "about"),
)
CLASS = "级"
"""Right behind a scale: 千亿级 is of that class, so much or more."""


def bounds(stands: str) -> dict[str, Bound]:
    """Word -> bound, of the words that numerals have at one place: before, inside or behind the number."""
    return {each.word: each.bound for each in BOUND_WORDS if each.stands == stands}


RANGE_WORDS = ("至", "到")
"""Words between the ends of a range; behind a verb they tell what is reached: 降至0.9%."""
MINUS = "-−－"
DASHES = "‐‑‒–—―﹣~～〜"
"""Signs between the ends of a range; with `MINUS` they are compared as —."""

# -- verbs ---------------------------------------------------------------------------------------


class Verb(NamedTuple):
    """A word that tells a change and its direction.

    `turned` is the verb for the other direction, `of` what it is written of: shares in per cent and
    points, or amounts.
    """

    word: str
    sign: Literal[1, -1]
    turned: str
    of: Literal["share", "amount"]


VERBS = (
    Verb("新增", 1, "减少", "amount"),
    Verb("净增", 1, "净减", "amount"),
    Verb("净减", -1, "净增", "amount"),
    Verb("提高", 1, "降低", "share"),
    Verb("上升", 1, "下降", "share"),
    Verb("增加", 1, "减少", "amount"),
    Verb("增长", 1, "下降", "share"),
    Verb("下降", -1, "上升", "share"),
    Verb("减少", -1, "增加", "amount"),
    Verb("降低", -1, "提高", "share"),
    Verb("提升", 1, "降低", "share"),
    Verb("前移", 1, "后移", "amount"),
    Verb("后移", -1, "前移", "amount"),
    Verb("回升", 1, "回落", "share"),
    Verb("上涨", 1, "下降", "share"),
    Verb("扩大", 1, "缩小", "share"),
    Verb("回落", -1, "回升", "share"),
    Verb("下滑", -1, "上升", "share"),
    Verb("缩小", -1, "扩大", "share"),
    Verb("收窄", -1, "扩大", "share"),
    Verb("萎缩", -1, "增长", "share"),
    Verb("压减", -1, "增加", "amount"),
    Verb("压缩", -1, "增加", "amount"),
    Verb("缩减", -1, "增加", "amount"),
)
RISING, FALLING = (tuple(each.word for each in VERBS if each.sign == sign) for sign in (1, -1))
FALL_NAMED = rf"(?P<verb>{'|'.join(FALLING)}|减排)(?:率|幅度|量|比例|程度)?$"
"""The end of a name that tells a fall: 单位GDP能耗降低, 重点工程减排量."""
SIGN_OF = {each.word: each.sign for each in VERBS}
GROWN = "增长"
"""The one of them that means a rate; what is 提高 or 增加 may be an amount or points."""
ORDINAL, SHARED = "第", "并列"
"""Before a rank; 并列第3 is shared with others."""
EMPTY = ("实现", "达到", "达", "力争", "争取", "确保", "控制在", "保持在", "稳定在", "维持在")
"""Words before a number that say nothing of it."""
SHORT_VERBS = "增升提降减"
"""Verbs of one letter, which only stand before what is reached: 增至."""
FOREMOST, HEAD = "前", "名"
"""前10名 is a rank of 10 or better."""


def turned(text: str) -> str | None:
    """The text of a numeral with its verb turned: 增长5% from 下降5%; `None` where it has no verb."""
    verb = next((each for each in VERBS if each.word in text), None)
    return None if verb is None else text.replace(verb.word, verb.turned, 1)


def as_fall(text: str, unit: str) -> str:
    """The text of a numeral that has no verb, as a fall: 下降5% of a share, 减少5家 of an amount."""
    of = "share" if unit in SHARES else "amount"
    return next(each.word for each in VERBS if (each.sign, each.of) == (-1, of)) + text


def with_minus(text: str) -> str:
    """The text of a numeral with a minus for the verb of its fall: -5% from 下降5%."""
    verb = next((each for each in FALLING if each in text), None)
    if verb is None:
        return text
    minus = "-" if re.search("[1-9１-９]", text) else ""
    return re.sub("(?=[0-9０-９])", minus, text.replace(verb, "", 1), count=1)


PERCENT, PERMILLE, TIMES, RANK, YUAN, PERSON, PIECE = "%", "‰", "倍", "位", "元", "人", "个"

# -- scales and digits ---------------------------------------------------------------------------

POWERS = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
SCALES = {
    name: prod(POWERS[sign] for sign in name)
    for name in ("百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿")
}
"""Word between a number and its unit -> what it multiplies the number by."""
SCALE_NAMES = {
    "十": "ten",
    "百": "hundred",
    "千": "thousand",
    "万": "10 thousand",
    "十万": "100 thousand",
    "百万": "million",
    "千万": "10 million",
    "亿": "100 million",
    "十亿": "billion",
    "百亿": "10 billion",
    "千亿": "100 billion",
    "万亿": "trillion",
}
"""Scale of a unit -> its English name."""
OFFERED_SCALES = ("", "万", "亿", "万亿")
"""Scales of the units that messages and editors offer."""
UNITS_SHOWN = (
    "亿元",
    "人",
    "家",
    "项",
    "公里",
    "公顷",
    "立方米",
    "吨",
    "吨标准煤",
    "千瓦时",
    "岁",
    "天",
    "%",
)
"""Some units, for messages."""
SLIPPED = ("万", "亿")
"""Scales of which one is printed where the other is meant."""
ONES = "一二三四五六七八九"
DIGITS = {sign: value for value, sign in enumerate(ONES, 1)} | {"零": 0, "〇": 0, "两": 2}
TEN, TENTH, HALF, POINT = "十", "成", "半", "点"
"""八成 is 80 %, 七成半 75 %; 一点五 is 1.5."""
PARTS = "分之"
PER = {"百": PERCENT, "千": PERMILLE}
"""百分之八十 is 80 %, 千分之五 5 ‰."""
COUNT = f"[{''.join(DIGITS)}十百]{{1,6}}"
"""A whole number in words, as headings are counted."""


# -- units ---------------------------------------------------------------------------------------

POINTS = ("个百分点", "百分点")
SMALL_POINTS = ("个千分点", "基点", "个基点")
SHARES = {PERCENT: 100, **dict.fromkeys(POINTS, 100), PERMILLE: 1000, SMALL_POINTS[0]: 1000}
"""Unit whose numbers are kept as fractions -> how many of it make one."""
POINTS_OF = {PERCENT: POINTS[0], PERMILLE: SMALL_POINTS[0]}
"""Unit of shares -> the unit of their changes."""
REPEATED = "次"
"""Behind a measure word it makes another one: 家次, 人次."""
PERIODS = ("月", "季度", "小时", "星期", "学期")
"""Behind 个 they are time: 3个月 counts nothing."""
COUNTS = ("家", "个", "项")
"""Measure words behind which a number is no numbering: 附件3项."""
OF_MONTHS = "个?月"
"""Behind a number of months: 前9个月."""
HALVES = ("上", "下")
UNTIL = (f"截{RANGE_WORDS[0]}", "截止", f"截{RANGE_WORDS[1]}")
"""Before the last month of what is counted since January."""
SINCE_JANUARY = (
    *("累计", "累计数", "累计完成", "本月累计", "本月止累计", "自年初累计", "本年累计"),
    f"年初{RANGE_WORDS[0]}今",
)
"""Of what is counted since January."""
LETTER = r"A-Za-z%‰°℃㎀-㏟㐀-鿿"
"""Characters of units, as a class of a pattern."""

# -- numbers in words ----------------------------------------------------------------------------


class Phrase(NamedTuple):
    """Words that are a numeral: what they print nominally, and what they mean: that, or from `least` to `below`.

    `step` is what a rounded one is rounded to, `None` where it is exact.
    """

    words: str
    value: int
    unit: str
    least: Fraction | None = None
    below: Fraction | None = None
    step: Fraction | None = None


DOUBLED = Fraction(195, 100)
"""What its author rounds to a doubling: 翻一番 is so much or more."""
PHRASES = (
    Phrase("翻近一番", 2, TIMES, least=Fraction(3, 2), below=Fraction(2)),
    Phrase("近翻一番", 2, TIMES, least=Fraction(3, 2), below=Fraction(2)),
    Phrase("两倍", 2, TIMES, step=Fraction(1, 10)),
    Phrase("全覆盖", 100, PERCENT),
    Phrase("全面覆盖", 100, PERCENT),
    Phrase("清零", 0, ""),
    Phrase("动态清零", 0, ""),
    *(Phrase(f"{verb}一倍", 1, TIMES, least=DOUBLED - 1) for verb in RISING),
)
SAME_AS = {
    "零增长": "0%",
    "正增长": "超0%",
    "负增长": "不足0%",
    "两位数增长": "不低于10%",
    "两位数以上增长": "不低于10%",
    "过半": "超50%",
    "首位": "第1位",
    "百分之百": "100%",
}
"""Words -> the numeral that says the same."""
UNCHANGED = "持平"
"""A direction in words: neither up nor down."""
NUMBER_WORDS = {"一半": (50, PERCENT), "一倍": (1, TIMES)}
"""Words that stand for a number and its unit: 超过一半."""
DOUBLING = "翻了?{times}番(?!半)"
"""翻番, 翻两番: doubled so often."""
DOUBLING_TIMES = "一两二三四"
PRINTED_NUMBERS = (
    DOUBLING.format(times=f"[{DOUBLING_TIMES}]?"),
    rf"[{ONES}十百]{{1,6}}{PARTS}[{ONES}十]{{1,6}}",
    *NUMBER_WORDS,
    rf"[{ONES}两十]{TIMES}",
    r"首位(?!度)",
)
"""Patterns of the numbers that documents print in words."""

FORMS = [
    "76.91",
    "8.50%",
    "1.2万亿元",
    "50以上",
    "≥50",
    "超过9000元",
    "约2亿",
    "2—3家",
    "下降2.06个百分点",
    "降至0.9%",
    "[13.5]",
    "前10位",
    "1/15左右",
    "三百家",
    "八成",
    "翻一番",
]
"""One numeral of each form that is understood, for messages."""

# -- sentences -----------------------------------------------------------------------------------

GOES_ON = "和与及或的等并而且则较比占为是在之下调" + "".join(
    [*RANGE_WORDS, *(each.word[0] for each in BOUND_WORDS if each.stands != "before")]
)
"""Letters behind a number with which no unit begins: the sentence goes on, or a bound begins."""
CHANGE_BEHIND = (
    *SIGN_OF,
    *(verb + reached for verb in SHORT_VERBS for reached in RANGE_WORDS),
    *("跃升", "攀升", "台阶"),
)
"""Words behind a number, which are no unit of it: 从84.7提升至89.6, 由5.2降至4.8, 迈上5万亿台阶."""

# -- marks ---------------------------------------------------------------------------------------

DAGGERS = "※†‡"
ASTERISKS = "*＊"
RAISED = dict(
    zip(
        "0123456789+-−–=()[]（）［］〔〕【】,，、abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾⸴⸴⸴ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
"""Sign -> its superscript."""
SUPERSCRIPTS = "".join(dict.fromkeys(RAISED.values()))
EXPONENTS = "".join(RAISED[sign] for sign in "0123456789+-")
CIRCLED = r"\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
"""Enclosed numbers and letters, as a class of a pattern."""
BEHIND_NUMBERS = frozenset(
    SUPERSCRIPTS + ASTERISKS + DAGGERS + "∗⁎✱§¶#＃★☆△▲◆◇❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⓿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾🄋🄌"
)
"""Footnote marks behind a numeral; what Unicode describes as superscript or enclosed is one, too."""
NOTE = "注"
OPENING, CLOSING = r"[\[［(（〔【]", r"[\]］)）〕】]"
"""Brackets around a mark."""
BRACKETED_MARK = (
    rf"(?:[\[［【〔](?:{NOTE}释?)?[0-9０-９①-⑳]{{0,2}}[\]］】〕]"
    rf"|[(（](?:{NOTE}释?[0-9０-９]{{0,2}}|[0-9０-９]{{1,2}})[)）])"
)
"""A footnote mark in brackets: `[1]`, `[注1]`, `(1)`; `[]`, but not `()`."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest that fits."""
    return "|".join(sorted(map(re.escape, filter(None, words)), key=len, reverse=True))
