"""Planners' words and signs: each habit prints a true number in one of the notations of the list."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from told_plans import BASE, TARGET, Maker, digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from told_plans import Data

Rows = dict[str, list["Data"]]
SPAN = f"{BASE}->{TARGET}"
YEARS = TARGET - BASE
MONEY = ("premium", "loans", "deposits", "tax_revenue", "finance_tax", "lending", "consumer_credit")
COUNTS = ("listed_companies", "hightech_firms", "financial_institutions", "cash_service_points")
SHARES = ("npl_ratio", "direct_finance_share", "enterprise_loan_share")
ONES = "零一二三四五六七八九"


def printed(value: Fraction) -> str:
    """All its decimals."""
    for decimals in range(8):
        if (value * 10**decimals).denominator == 1:
            return digits(value, decimals)
    raise ValueError(value)


def rate_of(first: Fraction, last: Fraction, years: int = YEARS) -> Fraction:
    """Growth a year in per cent, close enough for what is printed of it."""
    return 100 * (Fraction(float(last / first) ** (1 / years)) - 1)


def in_characters(number: int) -> str:
    """A whole number below ten thousand: 一千二百三十四, 一百零五, 二十."""
    said, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + ONES[digit] + sign
        gap = False
    return said or ONES[0]


def _beside(make: Maker, rows: Rows, name: str, said: str, exact: str) -> None:
    """A target said in words in one section, and printed exactly in another."""
    rows[name] = [{"in": "b", "level": {"2025": said}}, {"in": "a", "level": {"2025": exact}}]
    make.dice.shuffle(rows[name])


def count_in_words(make: Maker, rows: Rows) -> str:
    """一百二十三家, 300余家, 80多家, 近200家, 不多于90家 of a count."""
    number = make.dice.randint(11, 2900)
    tens = 10 ** (len(str(number)) - 1)
    floor, ceiling = number // tens * tens, -(-number // tens) * tens
    forms = [
        f"{in_characters(number)}家",
        f"≥{floor}家",
        f"不多于{ceiling}家",
        f"不少于{number}家",
        f"{number}家及以上",
    ]
    if floor < number:
        forms += [
            f"{floor}余家",
            f"{floor}多家",
            f"超{floor}家",
            f"逾{floor}家",
            f"{in_characters(floor)}多家",
        ]
    if 0 < ceiling - number <= ceiling / 20:
        forms.append(f"近{ceiling}家")
    _beside(make, rows, make.dice.choice(COUNTS[:3]), make.dice.choice(forms), f"{number}家")
    return "count in words"


def amount_in_words(make: Maker, rows: Rows) -> str:
    """4380亿元及以上, 3000多亿元, ＞400, 4000到4380亿元, 4万亿—5万亿元 of an amount."""
    value = make.amount(20_000, 9_000_000)
    whole = int(value)
    tens = 10 ** (len(str(whole)) - 1)
    floor, ceiling = whole // tens * tens, (whole // tens + 1) * tens
    forms = [
        f"{floor}亿元及以上", f"≥{floor}", f"＞{floor - 1}", f"≤{ceiling}", f"不高于{ceiling}亿元",
        f"{floor}到{ceiling}亿元", f"{floor}—{ceiling}亿元", f"{floor}亿元—{ceiling}亿元", f"{floor}～{ceiling}亿元",
        f"力争突破{floor - 1}亿元", f"达到{digits(value, 1)}亿元", f"增至{digits(value, 1)}亿元",
        f"提高到{floor}亿元以上", f"{floor}亿元①", f"不低于{floor}亿元",
    ]  # fmt: skip
    if whole > floor:
        forms += [f"{floor}多亿元", f"{floor}余亿元", f"逾{floor}亿元"]
    if tens >= 10_000:
        forms += [f"{printed(Fraction(floor, 10_000))}万亿—{printed(Fraction(ceiling, 10_000))}万亿元"]
    forms = [each for each in forms if "①" not in each or value < floor + Fraction(1, 2)]
    _beside(make, rows, make.dice.choice(MONEY), make.dice.choice(forms), digits(value, 2))
    return "amount in words"


def share_in_words(make: Maker, rows: Rows) -> str:
    """八成, 百分之八十, 三成多, 过半, ≤5.5%, 控制在5.5%以内, 降至0.9% of a share."""
    value = Fraction(make.dice.randint(51, 949), 10)
    tenth, nearest = int(value / 10), int(value / 10 + Fraction(1, 2))
    forms = [
        f"百分之{printed(value)}", f"≤{int(value) + 1}%", f"控制在{int(value) + 1}%以内", f"≥{int(value)}%",
        f"降至{digits(value, 1)}%", f"提高到{int(value)}%以上", f"稳定在{digits(value, 0)}%",
        f"保持在{digits(value, 0)}%左右", f"不小于{int(value)}%", f"不大于{int(value) + 1}%",
        f"{int(value)}%～{int(value) + 1}%", f"{int(value)}%—{int(value) + 1}%左右",
    ]  # fmt: skip
    if value % 1 == 0:
        forms.append(f"百分之{in_characters(int(value))}")
    if 1 <= nearest <= 9:
        forms.append(f"{ONES[nearest]}成")
    if 1 <= tenth <= 9 and value % 10:
        forms += [f"{ONES[tenth]}成多", f"{ONES[tenth]}成以上"]
    if value > 50:
        forms.append("过半")
    _beside(make, rows, make.dice.choice(SHARES[1:]), make.dice.choice(forms), f"{digits(value, 1)}%")
    return "share in words"


def change_in_words(make: Maker, rows: Rows) -> str:
    """[13.5], 提升1.6个百分点, 回落0.3个百分点, 50个基点 of a share's change."""
    first, last = (Fraction(make.dice.randint(100, 900), 10) for _ in range(2))
    gap = abs(last - first)
    rises = last > first
    verbs = ("提升", "提高", "上升", "回升") if rises else ("回落", "下降", "降低", "下滑")
    verb = make.dice.choice(verbs)
    forms = [f"{verb}{printed(gap)}个百分点", f"{verb}{printed(gap * 100)}个基点", f"{verb}[{printed(gap)}]"]
    forms.append(f"{verb}{printed(max(gap - 1, Fraction(0)))}个百分点以上")
    if rises:
        forms += [f"[{printed(gap)}]", f"【{printed(gap)}】", f"〔{printed(gap)}〕"]
    rows[make.dice.choice(SHARES[1:])] = [
        {
            "in": "a",
            "level": {"2020": printed(first), "2025": printed(last)},
            "change": {SPAN: make.dice.choice(forms)},
        }
    ]
    return "change in words"


def growth_in_words(make: Maker, rows: Rows) -> str:
    """＞7%, 百分之八, 两位数增长, 正增长, [63], 增长1.5倍, 减少20%以上 of an amount."""
    first = make.amount(10_000, 900_000)
    last = first * Fraction(make.dice.randint(60, 300), 100)
    rate, whole = rate_of(first, last), 100 * (last / first - 1)
    levels = {"2020": printed(first), "2025": digits(last, 2)}
    row: Data = {"in": "a", "level": levels}
    if whole < 0:
        verb, least = make.dice.choice(("压减", "减少", "下降", "降低", "压缩", "缩减")), int(-whole)
        forms = [f"{verb}{digits(-whole, 1)}%", f"{verb}{least}%以上", f"{verb}[{digits(-whole, 1)}]"]
        row["total_growth"] = {SPAN: make.dice.choice(forms)}
    elif make.chance(0.5):
        forms = [
            f"[{digits(whole, 1)}]",
            f"增长{digits(whole, 0)}%",
            f"百分之{digits(whole, 1)}",
        ]
        if whole >= 1:
            forms.append(f"＞[{int(whole - 1)}]")
        if whole >= 100:
            forms += ["增长一倍", f"增长{digits(whole / 100, 1)}倍"]
        row["total_growth"] = {SPAN: make.dice.choice(forms)}
    else:
        floor = int(rate)
        forms = [
            f"≥{floor}%",
            f"{floor}%～{floor + 1}%",
            f"百分之{digits(rate, 1)}",
        ]
        forms += [f"{floor}%—{floor + 1}%左右", f"{floor}到{floor + 1}%"]
        if floor >= 1:
            forms += [f"＞{floor - 1}%", f"大于{floor - 1}%"]
        if rate >= 10:
            forms.append("两位数增长")
        if rate > Fraction(1, 10):
            forms.append("正增长")
        if first == last:
            forms.append("零增长")
        row["growth"] = {SPAN: make.dice.choice(forms)}
    rows[make.dice.choice(MONEY)] = [row]
    return "growth in words"


def proportion(make: Maker, rows: Rows) -> str:
    """18.9:39.0:42.1, and one of the shares beside it; each rounded alone."""
    one = Fraction(make.dice.randint(300, 2000), 100)
    two = Fraction(make.dice.randint(2500, 5000), 100)
    shares, decimals = (one, two, 100 - one - two), make.dice.choice((0, 1, 1, 2))
    sign = make.dice.choice((":", "：", "∶"))
    rows["sectors"] = [{"in": "a", "level": {"2025": sign.join(digits(each, decimals) for each in shares)}}]
    rows["tertiary_share"] = [{"in": "b", "level": {"2025": f"{digits(shares[2], 1)}%"}}]
    return "proportion"


def other_keys(make: Maker, rows: Rows) -> str:
    """A second mark, in step, an assigned number, levels at the prices of a year."""
    base = make.amount(50_000, 900_000)
    target = base * Fraction(make.dice.randint(110, 180), 100)
    rate = rate_of(base, target)
    levels, growth = {"2020": printed(base), "2025": digits(target, 2)}, f"{digits(rate, 1)}%"
    row: Data = {"in": "a", "level": levels, "growth": {SPAN: growth}, "prices": "2020"}
    if make.chance(0.5):
        row["strive"] = {SPAN: f"{digits(rate + 2, 0)}%"}
    rows["gdp"] = [row]
    name = make.dice.choice(MONEY)
    if make.chance(0.5):
        rows[name] = [{"in": "b", "level": dict(levels), "growth": {SPAN: {"in_step": "gdp"}}}]
    else:
        rows[name] = [
            {"in": "b", "level": dict(levels), "growth": {SPAN: {"assigned": "国家", "value": growth}}}
        ]
    return "other keys"


NOTATIONS: tuple[Callable[[Maker, Rows], str], ...] = (
    count_in_words,
    amount_in_words,
    share_in_words,
    change_in_words,
    growth_in_words,
    proportion,
    other_keys,
)
