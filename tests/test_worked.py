"""The arithmetic shown with a contradiction: what a reader computes by hand, number by number and unit by unit."""

from __future__ import annotations

import pytest

from plantrack.audit.identities import identities_of, identity_in_words
from plantrack.audit.wording import message_of
from test_contradictions import audited, own, rows
from test_levels import proof_of

PARTS = ("aa", "bb", "cc")
PLUS = own(*PARTS, "dd")
IN_TWO_UNITS = "  dd: {zh: 甲dd, en: dd, unit: 万元, kind: stock}\n" + rows(
    aa="level: {2020: 10.0}", dd="level: {2020: 200000.0}"
)
"""Ten of 亿元, and twice as much in 万元."""
ONE_YEAR = "growth: {2019->2020: 6.0%}, place: guangdong"
OF_PROVINCE = "growth: {2015->2020: 5.0%}, place: guangdong"
OF_CHINA = "growth: {2015->2020: 5.0%}, place: china"
SHOWN = {
    "two ways in two steps each": (
        "own:\n"
        + "".join(f"  {each}: {{zh: 甲{each}, en: {each}, unit: 倍, kind: ratio}}\n" for each in "vwxyz")
        + rows(w="level: {2020: 2.0}", x="level: {2020: 3.0}")
        + "laws: [v = w * w, y = 3 * v + 1, z = x * x, y = 2 * z + 1]\n",
        (
            "y 2020 comes to two different values: v 2020: w 2.0^2 = 4; y 2020: 3 × 4 + 1 = 13; z 2020: x 3.0^2 = 9; "
            "y 2020: 2 × 9 + 1 = 19 (18 to 20)"
        ),
    ),
    "a whole number limits another": (
        "own:\n"
        + "".join(f"  {each}: {{zh: 甲{each}, en: {each}, unit: 个, kind: stock}}\n" for each in "xyz")
        + rows(x="level: {2025: 10}", z="level: {2025: 20}")
        + "laws: [x >= y, y >= z]\n",
        'x 2025 "10" (表): y: ≥z 20; ≥20',
    ),
    "nothing is what is not printed at least": (
        own("aa") + rows(aa="level: {2020: 40.0, 2025: 52.0}, change: {2020->2025: 120.0}"),
        'aa 2025 "52.0" (表): 0 + 120.0 = 120.0 or more (≥119.9)',
    ),
    "a change of nothing is added": (
        rows(banks="level: {2020: 20, 2025: 30}, annual_change: {2020->2025: 0家}"),
        'banks 2025 "30" (表): 20 + 5 × 0 = 20 (17 to 23), 10 apart',
    ),
    "the change of a level is not the level": (
        own("aa") + rows(aa="level: {2020: 0.5, 2025: 不少于0.80}, annual_change: {2020->2025: 0.0以下}"),
        'aa 2020–2025 "0.0以下" (表): change of aa: 0.80 - 0.5 ≥ 0.25; 0.30 ÷ 5 = 0.06 or more (≥0.05)',
    ),
    "an end that only reaches a bound by rounding is told closer": (
        rows(premium="level: {2020: 100, 2025: 180}, growth: {2020->2025: 13%以上}"),
        (  # from 179.5 / 100.5 to 180.5 / 99.5: 12.30 to 12.65
            'insurance premiums 2020–2025 "13%以上" (表): (180 ÷ 100)^(1/5) - 1 = 12.5% (12.2 to 12.7%)'
        ),
    ),
    "of a range the middle": (
        rows(banks="level: {2020: 20家, 2025: 24家}, change: {2020->2025: 新增2—3家}"),
        'banks 2025 "24家" (表): 20 + 2.5 = 22.5 (22.0 to 23.0), 1.5 apart',
    ),
    # -- growth, steps and multiples
    "growth of a year": (
        rows(loans="level: {2020: 100.0, 2021: 150.0}, growth: {2020->2021: 20.0%}"),
        'loans 2020–2021 "20.0%" (表): (150.0 ÷ 100.0) - 1 = 50.0%, 30.0 points apart',
    ),
    "growth over years": (  # 1.5 ** 0.2 = 1.08447
        rows(loans="level: {2020: 100, 2025: 150.00}, growth: {2020->2025: 10.00%}"),
        'loans 2020–2025 "10.00%" (表): (150.00 ÷ 100)^(1/5) - 1 = 8.45%, 1.55 points apart',
    ),
    "growth of several spans": (  # 1.1 ** 2 × 1.05 ** 3 = 1.40073, its fifth root 1.06973
        rows(loans="growth: {2020->2022: 10.0%, 2022->2025: 5.0%, 2020->2025: 9.0%}"),
        (
            'loans 2020–2025 "9.0%" (表): ((1 + growth a year 10.0%)^2 × (1 + growth a year 5.0%)^3)^(1/5) - 1 = 7.0%, '
            "2.0 points apart"
        ),
    ),
    "growth before that of a later span": (  # 1.25 ** 0.2 = 1.0456
        rows(
            loans="level: {2015: 100, 2025: 150.0}, growth: {2015->2020: 10.0%}, total_growth: {2020->2025: 20.0%}"
        ),
        (
            'loans 2015–2020 "10.0%" (表): loans 2020: 150.0 ÷ (1 + total growth 20.0%) = 125; loans: 125 ÷ 100 = 1.25 '
            "times; 1.25^(1/5) - 1 = 4.6%, 5.4 points apart"
        ),
    ),
    "a multiple by growth": (  # 1.09 ** 5 = 1.53862
        rows(loans="growth: {2020->2025: 9.0%}, multiple: {2020->2025: 2.0倍}"),
        'loans 2020–2025 "2.0倍" (表): (1 + growth a year 9.0%)^5 = 1.54 times, 0.46 times apart',
    ),
    "a multiple below one": (
        rows(loans="level: {2020: 100.0, 2025: 50.0}, multiple: {2020->2025: 0.70倍}"),
        'loans 2020–2025 "0.70倍" (表): 50.0 ÷ 100.0 = 0.50 times, 0.20 times apart',
    ),
    "a change a year": (
        rows(loans="level: {2020: 100.0, 2025: 150.0}, annual_change: {2020->2025: 增加20.0}"),
        'loans 2025 "150.0" (表): 100.0 + 5 × 20.0 = 200.0, 50.0 apart',
    ),
    "changes one after the other": (
        rows(loans="change: {2020->2022: 30.0, 2022->2025: 40.0, 2020->2025: 90.0}"),
        'loans 2020–2025 "90.0" (表): 30.0 + 40.0 = 70.0, 20.0 apart',
    ),
    "growth beside a change": (  # 150 / 100 over five years
        rows(loans="level: {2025: 150.0}, change: {2020->2025: 50.0}, growth: {2020->2025: 10.0%}"),
        (
            'loans 2020–2025 "10.0%" (表): loans: 150.0 ÷ (150.0 - 50.0) = 1.5 times; 1.5^(1/5) - 1 = 8.4%, '
            "1.6 points apart"
        ),
    ),
    "a direction": (
        rows(premium="level: {2020: 100.0, 2025: 90.0}, change: {2020->2025: up}"),
        'insurance premiums 2020–2025 "up" (表): 90.0 - 100.0 = -10.0 (-10.1 to -9.9)',
    ),
    "a bound": (  # at most 120.0 / 99.95
        rows(loans="level: {2020: 100.0, 2025: 120以下}, total_growth: {2020->2025: 30.0%}"),
        'loans 2020–2025 "30.0%" (表): (120 ÷ 100.0) - 1 = 20.0% (-100.0 to 20.1%), 10.0 points apart',
    ),
    "a bound carried on": (  # 100.0 × 1.0995 ** 2 = 120.89; (100 / 121) ** (1 / 3) = 0.93845
        rows(loans="level: {2020: 100.0以上, 2025: 100.0}, growth: {2020->2022: 10.0%, 2022->2025: 5.0%}"),
        (
            'loans 2022–2025 "5.0%" (表): loans 2022: 100.0 × (1 + growth a year 10.0%)^2 ≥ 120; '
            "loans: 100.0 ÷ 121 = 0.826 times; 0.826^(1/3) - 1 = -6.2% (-100.0 to -6.1%), 11.2 points apart"
        ),
    ),
    "a step at another place": (  # 300 / 0.2 = 1500, of which 100 is a fifteenth
        rows(
            deposits="level: {2020: 100.0}|level: {2020: 300.0}, place: foshan",
            deposits_share_of_province="level: {2020: 10.0%}|level: {2020: 20.0%}, place: foshan",
        ),
        (
            'deposits as a share of the province\'s 2020 "10.0%" (表): Guangdong deposits: Foshan 300.0 ÷ deposits as '
            "a share of the province's 20.0% = 1500; deposits 100.0 ÷ 1500 = 6.7%, 3.3 points apart"
        ),
    ),
    "what limits a number, with what rounding leaves": (
        own("aa", "bb") + rows(aa="level: {2020: 40}", bb="level: {2020: 50}") + "laws: [aa >= bb]\n",
        'aa 2020 "40" (表): ≥bb 50 (≥49 with rounding)',  # 49.5, and 49 as it is written
    ),
    "what is small is not written as nothing": (  # 40万元 are 0.004亿元, 40.5 are 0.00405
        own("aa")
        + "  dd: {zh: 甲dd, en: dd, unit: 万元, kind: stock}\n"
        + rows(aa="level: {2020: 1}", dd="level: {2020: 40}")
        + "laws: [dd >= aa]\n",
        'aa 2020 "1" (表): dd 40 ÷ 10000 = 0.0040 or less (≤0.0041)',
    ),
    "a repetition": (
        rows(premium="level: {2020: 100.0}|level: {2020: 120.0}"),
        'insurance premiums 2020 "100.0" (表): elsewhere "120.0" (文), 20.0 apart',
    ),
    "a repetition of growth": (
        rows(loans="growth: {2020->2025: 8.0%}|growth: {2020->2025: 9.0%}"),
        'loans 2020–2025 "8.0%" (表): elsewhere "9.0%" (文), 1.0 points apart',
    ),
    "a repetition of a change a year": (
        rows(loans="annual_change: {2020->2025: 8.0}|annual_change: {2020->2025: 9.0}"),
        'loans 2020–2025 "8.0" (表): elsewhere "9.0" (文), 1.0 apart',
    ),
    "a repetition as a multiple": (  # 1.50 - 1.08
        rows(loans="total_growth: {2020->2025: 8.0%}|multiple: {2020->2025: 1.50倍}"),
        'loans 2020–2025 "1.50倍" (文): elsewhere "8.0%" (表), 0.42 times apart',
    ),
    "a rise for a fall": (  # 8.5 + 8.0
        rows(loans="total_growth: {2020->2025: 下降8.0%}|total_growth: {2020->2025: 8.5%}"),
        'loans 2020–2025 "下降8.0%" (表): elsewhere "8.5%" (文), 16.5 points apart',
    ),
    "growth of the whole span beside that of a year": (  # 1.08 ** 0.2 = 1.0155
        rows(loans="total_growth: {2020->2025: 8.0%}|growth: {2020->2025: 9.0%}"),
        'loans 2020–2025 "9.0%" (文): (1 + total growth 8.0%)^(1/5) - 1 = 1.6%, 7.4 points apart',
    ),
    "a change of the whole span beside that of a year": (
        rows(loans="annual_change: {2020->2025: 8.0}|change: {2020->2025: 50.0}"),
        'loans 2020–2025 "50.0" (文): 5 × 8.0 = 40.0, 10.0 apart',
    ),
    "a multiple of another quantity": (
        PLUS + rows(aa="level: {2020: 10.0}", bb="level: {2020: 4.0}") + "laws: [aa = 2 * bb]\n",
        'aa 2020 "10.0" (表): bb 4.0 × 2 = 8.0, 2.0 apart',
    ),
    "two ways to what is not printed": (
        "own:\n"
        + "".join(f"  {each}: {{zh: 甲{each}, en: {each}, unit: 倍, kind: ratio}}\n" for each in "wxyz")
        + rows(w="level: {2020: 2.0}", x="level: {2020: 3.0}")
        + "laws: [y = w * w, z = x * x, y = 2 * z + 1]\n",
        (
            "y 2020 comes to two different values: y 2020: w 2.0^2 = 4; z 2020: x 3.0^2 = 9; "
            "y 2020: 2 × 9 + 1 = 19 (18 to 20)"
        ),
    ),
    "a ratio that only has a direction, of two": (  # at most 1 ÷ at least 1
        rows(
            premium="change: {2020->2025: down}",
            insurance_depth="multiple: {2020->2025: 2.00倍}",
            gdp="change: {2020->2025: up}, prices: current",
        ),
        'insurance depth 2020–2025 "2.00倍" (表): "down", "up" = 1.00 times (0.00 to 1.00 times), 1.00 times apart',
    ),
    "the same said twice, and not elsewhere nor of anything else": (
        rows(
            loans="level: {2020: 100.0, 2025: 150.0}, total_growth: {2020->2025: 20.0%, 2020->2024: 18.0%}, "
            "multiple: {2020->2025: 1.20倍}|total_growth: {2020->2025: 20%}|"
            "total_growth: {2020->2025: 20.00%}, place: guangdong",
            deposits="total_growth: {2020->2025: 20.000%}",
        ),
        'loans 2020–2025 "20.0%" "1.20倍" (表): (150.0 ÷ 100.0) - 1 = 50.0%, 30.0 points apart',
    ),
    # -- points
    "points": (
        rows(npl_ratio="level: {2020: 1.50, 2025: 1.00}, change: {2020->2025: 下降0.80个百分点}"),
        'non-performing loan ratio 2025 "1.00" (表): 1.50% - 0.80 points = 0.70%, 0.30 points apart',
    ),
    "points a year": (
        rows(npl_ratio="level: {2020: 2.50, 2025: 1.00}, annual_change: {2020->2025: 下降0.50个百分点}"),
        'non-performing loan ratio 2025 "1.00" (表): 2.50% - 5 × 0.50 points = 0.00%, 1.00 points apart',
    ),
    "a comparison": (
        rows(
            npl_ratio="level: {2025: {below: npl_ratio@guangdong}}|level: {2025: 1.70}|"
            "level: {2025: 1.60}, place: guangdong"
        ),
        (
            'non-performing loan ratio 2025 "below Guangdong" (表): '
            "Zhaoqing 1.70% - Guangdong 1.60% = 0.10 points (0.09 to 0.11 points)"
        ),
    ),
    "a comparison with what has no end": (  # 1.005 - 1.60
        rows(
            npl_ratio="level: {2025: {above: npl_ratio@guangdong}}|level: {2025: 1.00}|"
            "level: {2025: 1.60以上}, place: guangdong"
        ),
        (
            'non-performing loan ratio 2025 "above Guangdong" (表): '
            "Zhaoqing 1.00% - Guangdong 1.60% = -0.60 points or less (≤-0.59 points)"
        ),
    ),
    "what is at least as much as a sum": (  # 50 + 59.95
        rows(loans="level: {2020: 50以上, 2025: 90.0}, change: {2020->2025: 60.0}"),
        'loans 2025 "90.0" (表): 50 + 60.0 = 110.0 or more (≥109.9)',
    ),
    "a comparison of amounts": (
        rows(
            premium="level: {2025: {above: premium@guangdong, by: 10亿元}}|level: {2025: 110.0}|"
            "level: {2025: 120.0}, place: guangdong"
        ),
        (
            'insurance premiums 2025 "above Guangdong by 10亿元" (表): '
            "Zhaoqing 110.0 - Guangdong 120.0 = -10.0 (-10.1 to -9.9)"
        ),
    ),
    # -- sums
    "a total": (
        PLUS
        + rows(
            aa="level: {2020: 100.00}",
            bb="level: {2020: 60.0}",
            cc="level: {2020: 30.00}",
            dd="level: {2020: 5.000}",
        )
        + "laws: [aa = bb + cc + dd]\n",
        'aa 2020 "100.00" (表): bb 60.0 + cc 30.00 + dd 5.000 = 95.000, 5.000 apart',
    ),
    "no less than parts with a factor": (  # 59.995 + 2 × 29.5 = 118.995
        PLUS
        + rows(aa="level: {2020: 100.0}", bb="level: {2020: 60.00}", cc="level: {2020: 30}")
        + "laws: [aa >= bb + 2 * cc]\n",
        'aa 2020 "100.0" (表): bb 60.00 + 2 × cc 30 = 120.00 or more (≥118.99)',
    ),
    "parts with factors": (  # 15 and 8
        PLUS
        + rows(
            aa="level: {2020: 100.0}",
            bb="level: {2020: 60.00}",
            cc="level: {2020: 20.0}",
            dd="level: {2020: 24.0}",
        )
        + "laws: [aa = bb + 0.75 * cc + dd / 3]\n",
        'aa 2020 "100.0" (表): bb 60.00 + 0.75 × cc 20.0 + dd 24.0 ÷ 3 = 83.00, 17.00 apart',
    ),
    "parts with factors that are no decimals": (
        PLUS
        + rows(aa="level: {2020: 100.0}", bb="level: {2020: 60.00}", cc="level: {2020: 21.0}")
        + "laws: [aa = bb + 2/3 * cc]\n",
        'aa 2020 "100.0" (表): bb 60.00 + (2/3) × cc 21.0 = 74.00, 26.00 apart',
    ),
    "growth of a total": (
        PLUS
        + rows(
            aa="growth: {2020->2021: 10.0%}",
            bb="level: {2020: 60.0, 2021: 80.0}",
            cc="level: {2020: 40.0, 2021: 50.0}",
        )
        + "laws: [aa = bb + cc]\n",
        (
            'aa 2020–2021 "10.0%" (表): aa: (bb 80.0 + cc 50.0) ÷ (bb 60.0 + cc 40.0) = 1.3 times; '
            "1.3 - 1 = 30.0%, 20.0 points apart"
        ),
    ),
    "shares of a whole": (
        rows(
            primary_share="level: {2020: 20.0}",
            secondary_share="level: {2020: 50.0}",
            tertiary_share="level: {2020: 40.0}",
        ),
        (
            'share of the primary sector in GDP 2020 "20.0" (表): 100% - share of the secondary sector in GDP 50.0% - '
            "share of the tertiary sector in GDP 40.0% = 10.0%, 10.0 points apart"
        ),
    ),
    "quarters": (
        rows(premium="level: {2020-Q1: 30.0, 2020-Q2: 30.0, 2020-Q3: 30.0, 2020-Q4: 30.0, 2020: 150.0}"),
        'insurance premiums 2020 "150.0" (表): 30.0 + 30.0 + 30.0 + 30.0 = 120.0, 30.0 apart',
    ),
    # -- products
    "a share of what a share tells": (
        rows(
            premium="level: {2020: 100.0}",
            insurance_depth="level: {2020: 4.00}",
            finance_value_added="level: {2020: 200.0}",
            finance_share_of_gdp="level: {2020: 10.0}",
        ),
        (
            'finance as a share of GDP 2020 "10.0" (表): GDP: insurance premiums 100.0 ÷ insurance depth 4.00% = 2500; '
            "value added of finance 200.0 ÷ 2500 = 8.0%, 2.0 points apart"
        ),
    ),
    "growth by growth and shares": (
        rows(
            premium="total_growth: {2020->2025: 50.0%}",
            insurance_depth="level: {2020: 4.00, 2025: 5.00}",
            gdp="total_growth: {2020->2025: 10.0%}, prices: current",
        ),
        (
            'GDP 2020–2025 "10.0%" (表): GDP: insurance depth 4.00% × insurance premiums (1 + total growth 50.0%) ÷ '
            "insurance depth 5.00% = 1.2 times; 1.2 - 1 = 20.0%, 10.0 points apart"
        ),
    ),
    "growth through a quantity that is not printed": (  # 1.5 × 4 / 5 × 6 / 5
        rows(
            premium="total_growth: {2020->2025: 50.0%}",
            insurance_depth="level: {2020: 4.00, 2025: 5.00}",
            finance_value_added="multiple: {2020->2025: 2.00倍}, prices: current",
            finance_share_of_gdp="level: {2020: 5.00, 2025: 6.00}",
        ),
        (
            'value added of finance 2020–2025 "2.00倍" (表): finance as a share of GDP 6.00% × insurance depth 4.00% × '
            "insurance premiums (1 + total growth 50.0%) ÷ finance as a share of GDP 5.00% ÷ insurance depth 5.00% = "
            "1.44 times, 0.56 times apart"
        ),
    ),
    "a multiple by ratios that change and level make": (  # 5 / 4 × 1.5 / (6 / 5)
        rows(
            premium="total_growth: {2020->2025: 50.0%}",
            insurance_depth="level: {2025: 6.00}, change: {2020->2025: 1.00个百分点}",
            finance_value_added="multiple: {2020->2025: 2.00倍}, prices: current",
            finance_share_of_gdp="level: {2025: 5.00}, change: {2020->2025: 1.00个百分点}",
        ),
        (
            'value added of finance 2020–2025 "2.00倍" (表): finance as a share of GDP: 5.00% ÷ (5.00% - 1.00 points) '
            "= 1.25 times; insurance depth: 6.00% ÷ (6.00% - 1.00 points) = 1.2 times; "
            "GDP: insurance premiums (1 + total growth 50.0%) ÷ 1.2 = 1.25 times; 1.25 × 1.25 = 1.56 times, "
            "0.44 times apart"
        ),
    ),
    # -- comparisons
    "growth a year beside another's": (
        rows(
            loans=f"growth: {{2015->2020: {{above: loans@guangdong}}}}|growth: {{2015->2020: 3.0%}}|{OF_PROVINCE}"
        ),
        'loans 2015–2020 "above Guangdong" (表): Zhaoqing 3.0% - Guangdong 5.0% = -2.0 points (-2.1 to -1.9 points)',
    ),
    "growth that levels tell beside another's": (  # 1.03 ** 0.2 = 1.00593
        rows(
            loans="growth: {2015->2020: {above: loans@guangdong}}|level: {2015: 100.0, 2020: 103.0}|"
            + OF_PROVINCE
        ),
        (
            'loans 2015–2020 "above Guangdong" (表): loans: (103.0 ÷ 100.0)^(1/5) - 1 = 0.593%; '
            "0.593% - Guangdong 5.0% = -4.407 points (-4.477 to -4.337 points)"
        ),
    ),
    "growth beside that of another indicator": (
        rows(
            loans="total_growth: {2015->2020: {below: deposits}}|total_growth: {2015->2020: 7.0%}",
            deposits="total_growth: {2015->2020: 5.0%}",
        ),
        'loans 2015–2020 "below deposits" (表): 7.0% - deposits 5.0% = 2.0 points (1.9 to 2.1 points)',
    ),
    "rates that fall, by half and not at all": (
        rows(
            loans="growth: {2019->2020: {above: loans@guangdong}}|growth: {2019->2020: 下降50.0%}|"
            "growth: {2019->2020: 下降2.0%}, place: guangdong"
        ),
        (
            'loans 2019–2020 "above Guangdong" (表): Zhaoqing (-50.0%) - Guangdong (-2.0%) = -48.0 points '
            "(-48.1 to -47.9 points)"
        ),
    ),
    "a rate of nothing": (
        rows(
            loans="growth: {2019->2020: {below: loans@guangdong}}|growth: {2019->2020: 5.0%}|"
            "growth: {2019->2020: 0.0%}, place: guangdong"
        ),
        'loans 2019–2020 "below Guangdong" (表): Zhaoqing 5.0% - Guangdong 0.0% = 5.0 points (4.9 to 5.1 points)',
    ),
    "a rate and a gap beside another's growth": (
        rows(
            loans="growth: {2015->2016: {above: loans@guangdong}}|growth: {2015->2016: 4.0%}|"
            "growth: {2015->2016: {above: loans@china, by: 2.0个百分点}}, place: guangdong|"
            "growth: {2015->2016: 5.0%}, place: china"
        ),
        (
            'loans 2015–2016 "above Guangdong" (表): Guangdong loans: China 5.0% + Guangdong 1.95 points = 7.0%; '
            "Zhaoqing 4.0% - 7.0% = -3.0 points (-3.2 to -2.8 points)"
        ),
    ),
    "what a comparison limits beside another's growth": (
        rows(
            loans=f"growth: {{2015->2020: {{above: loans@guangdong}}}}|growth: {{2015->2020: 3.0%}}|{OF_CHINA}|"
            "growth: {2015->2020: {above: loans@china}}, place: guangdong"
        ),
        (
            'loans 2015–2020 "above Guangdong" (表): Guangdong loans: ≥China 5.0% (≥4.9% with rounding); '
            "Zhaoqing 3.0% - 5.0% = -2.0 points or less (≤-1.9 points)"
        ),
    ),
    "growth a year beside growth of the whole span": (  # 1.25 ** 0.2 = 1.04564
        rows(
            loans="growth: {2015->2020: {above: loans@guangdong}}|growth: {2015->2020: 3.0%}|"
            "total_growth: {2015->2020: 25.0%}, place: guangdong"
        ),
        (
            'loans 2015–2020 "above Guangdong" (表): Guangdong loans: (1 + total growth 25.0%)^(1/5) - 1 = 4.564%; '
            "Zhaoqing 3.0% - 4.564% = -1.564 points (-1.623 to -1.505 points)"
        ),
    ),
    "a gap between rates": (
        rows(
            loans="growth: {2019->2020: {below: loans@guangdong, by: 2.0个百分点}}|growth: {2019->2020: 5.0%}|"
            + ONE_YEAR
        ),
        (
            'loans 2019–2020 "below Guangdong by 2.0个百分点" (表): Zhaoqing 5.0% - Guangdong 6.0% = -1.0 points '
            "(-1.1 to -0.9 points)"
        ),
    ),
    "a multiple since a moment": (  # 2 / (1.5 / (5 / 4))
        "moments: {early: {zh: 初期, en: early, either: [2015, 2016]}}\n"
        + rows(
            premium="multiple: {early->2020: 2.00倍}",
            insurance_depth="multiple: {early->2020: 1.40倍}",
            finance_value_added="multiple: {early->2020: 1.50倍}, prices: current",
            finance_share_of_gdp="level: {2020: 5.00}, change: {early->2020: 1.00个百分点}",
        ),
        (
            'insurance depth early to 2020 "1.40倍" (表): finance as a share of GDP: 5.00% ÷ (5.00% - 1.00 points) = '
            "1.25 times; GDP: value added of finance 1.50 ÷ 1.25 = 1.2 times; insurance premiums 2.00 ÷ 1.2 = "
            "1.67 times, 0.27 times apart"
        ),
    ),
    "a multiple by growth of two others": (
        rows(
            premium="total_growth: {2020->2025: 50.0%}",
            insurance_depth="multiple: {2020->2025: 1.25倍}",
            gdp="total_growth: {2020->2025: 10.0%}, prices: current",
        ),
        (
            'insurance depth 2020–2025 "1.25倍" (表): insurance premiums (1 + total growth 50.0%) ÷ '
            "GDP (1 + total growth 10.0%) = 1.36 times, 0.11 times apart"
        ),
    ),
    "growth by levels that shares tell": (
        rows(
            premium="level: {2020: 100.0, 2025: 150.0}",
            insurance_depth="level: {2020: 4.00, 2025: 5.00}",
            gdp="total_growth: {2020->2025: 10.0%}, prices: current",
        ),
        (
            'GDP 2020–2025 "10.0%" (表): GDP 2020: insurance premiums 100.0 ÷ insurance depth 4.00% = 2500; '
            "GDP 2025: insurance premiums 150.0 ÷ insurance depth 5.00% = 3000; GDP: 3000 ÷ 2500 = 1.2 times; "
            "1.2 - 1 = 20.0%, 10.0 points apart"
        ),
    ),
}


@pytest.mark.parametrize(("body", "said"), SHOWN.values(), ids=SHOWN.keys())
def test_the_arithmetic_is_what_a_reader_computes(body: str, said: str) -> None:
    (found,) = (each for each in audited(body).findings if each.proof is not None)
    assert found.message.say("en") == said


def spanned(said: str) -> str:
    return rows(loans=f"level: {{2020: 100.0, 2025: 150.0}}, {said}")


def of_parts(law: str, unit: str = "家") -> str:
    kind = own("aa", "bb", unit=unit).replace("stock", "ratio" if "%" in unit else "stock")
    return f"{kind}{rows(aa='level: {2020: 60}', bb='level: {2020: 50}')}laws: [{law}]\n"


LED_TO_TWICE = (
    own("aa", "ee", "ll")
    + "  rr: {zh: 比, en: rr, unit: '%', kind: ratio, is: aa / ll}\nlaws: [ll = rr * ee]\n"
    + rows(aa="level: {2020: 100.0}", ee="level: {2020: 500.0}", rr="level: {2020: 50.0%}")
)


@pytest.mark.parametrize(
    ("body", "said"),
    [  # from 99.95–100.05 to 149.95–150.05
        (spanned("growth: {2020->2025: 10.00%}"), "mean growth a year of 8.43–8.47%, printed"),
        (spanned("total_growth: {2020->2025: 10.00%}"), "mean total growth of 49.88–50.13%, printed"),
        (spanned("multiple: {2020->2025: 2.00倍}"), "mean multiple of 1.50, printed"),
        (spanned("change: {2020->2025: 60.0}"), "mean change of 49.90–50.10, printed"),
        (spanned("annual_change: {2020->2025: 20.0}"), "mean change a year of 9.98–10.02, printed"),
        (  # (1.00 - 2.50) / 5
            rows(npl_ratio="level: {2020: 2.50, 2025: 1.00}, annual_change: {2020->2025: 下降0.20个百分点}"),
            "mean change a year of -0.30 points, printed",
        ),
        (  # from 1.495–1.505 to 1.005 at most
            rows(npl_ratio="level: {2020: 1.50, 2025: 1.00以下}, change: {2020->2025: 上升0.50个百分点}"),
            "mean change of -1.51 to -0.50 points, printed",
        ),
        (of_parts("aa + bb = 100"), ": aa(2020) + bb(2020) must come to 100 and comes to 110.00"),
        (of_parts("100 - 2 * aa = bb"), ": 2 × aa(2020) + bb(2020) must come to 100 and comes to 170.00"),
        (of_parts("aa + bb = 1", "'%'"), ": aa(2020) + bb(2020) must come to 100% and comes to 109.00–111.00%"),
        (of_parts("aa >= bb + 0.2", "'%'"), ": 5 × aa(2020) >= 5 × bb(2020) + 1 does not hold"),
        (SHOWN["a repetition"][0], 'premiums: 2020 "120.0" (文) and 2020 "100.0" (表) cannot both be true'),
        (
            SHOWN["two ways to what is not printed"][0],
            "under y = w * w (2020); z = x * x (2020); y = 2 * z + 1 (2020)",
        ),
        (  # 99.95 / 0.5005 to 100.05 / 0.4995, and 0.4995 × 499.95 to 0.5005 × 500.05
            LED_TO_TWICE,
            (
                'll 2020 is 199.7–200.3 × 100 million yuan by rr 2020 "50.0%" (表), aa 2020 "100.0" (表), '
                'but 249.7–250.3 × 100 million yuan by rr 2020 "50.0%" (表), ee 2020 "500.0" (表)'
            ),
        ),
    ],
)  # fmt: skip
def test_a_contradiction_in_one_sentence(body: str, said: str) -> None:
    assert said in message_of(*proof_of(body)).say("en")


def test_laws_that_are_broken_together_are_told_with_names() -> None:
    """325 more until 2019 and 190 until 2021 leave no growth from 2019 to 2021."""
    body = own("stk") + rows(
        stk="growth: {2019->2021: 5.6%}, change: {2015->2021: 新增190.04亿元, 2015->2019: 高于325.01亿元}"
    )
    (finding,) = [each for each in audited(body).findings if each.proof is not None]
    said = finding.message.say("zh")
    assert "甲stk(2021) = 甲stk(2019) × (1 + 累计增长)" in said
    assert "[" not in said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            rows(premium="level: {2020: 2893.08}|level: {2020: 2893.07}"),
            (
                'insurance premiums: 2020 "2893.08" (表), 2020 "2893.07" (文): '
                "the last digit differs by one, which is rounding"
            ),
        ),
        (
            rows(listed_companies="level: {2025: 超过50家}|level: {2025: 50}"),
            'listed companies: 2025 "超过50家" (表), 2025 "50" (文): only the wording differs',
        ),
        (
            rows(listed_companies="level: {2020: 100家, 2025: 200家}, multiple: {2020->2025: 超过2倍}"),
            (
                'listed companies 2020 "100家" (表), listed companies 2025 "200家" (表), '
                'listed companies 2020–2025 "超过2倍" (表): only the wording differs'
            ),
        ),
        (  # three times less than 10.05 is less than 30.15
            PLUS + rows(aa="level: {2020: 30.2}", **dict.fromkeys(("bb", "cc", "dd"), "level: {2020: 10.0}"))
            + "laws: [aa = bb + cc + dd]\n",
            (
                'aa 2020 "30.2" (表), bb 2020 "10.0" (表), cc 2020 "10.0" (表), dd 2020 "10.0" (表): '
                "the difference is no more than rounding"
            ),
        ),
    ],
)  # fmt: skip
def test_a_note_says_that_nothing_but_words_or_rounding_differs(body: str, said: str) -> None:
    (found,) = audited(body).findings
    assert (found.level.value, found.message.say("en")) == ("note", said)


@pytest.mark.parametrize(
    ("body", "wanted", "low", "high"),
    [
        (spanned("multiple: {2020->2025: 2.00倍}"), 1, 1.995 * 99.95 / 150.05, 2.005 * 100.05 / 149.95),
        (spanned("change: {2020->2025: 60.0}"), 0, 99.95 + 59.95 - 150.05, 100.05 + 60.05 - 149.95),
        (SHOWN["shares of a whole"][0], 0, 0.1995 + 0.4995 + 0.3995 - 1, 0.2005 + 0.5005 + 0.4005 - 1),
        (SHOWN["what is at least as much as a sum"][0], 0, 50 + 59.95 - 90.05, None),
    ],
)
def test_the_range_of_a_relation_excludes_what_it_must_contain(
    body: str, wanted: int, low: float, high: float | None
) -> None:
    (found,) = (each.proof for each in audited(body).findings if each.proof is not None)
    ends = [None if end is None else float(end) for end in found.ratio]
    assert found.must_contain == wanted
    assert ends == [None if end is None else pytest.approx(end, rel=1e-4) for end in (low, high)]


@pytest.mark.parametrize(
    ("premium", "gdp"),
    [
        ("10000", "249675–250325"),
        ("30.0", "747.8–752.2"),
        ("0.1000", "2.496–2.504"),
    ],
)
def test_digits_tell_the_ends_of_what_is_not_printed_apart(premium: str, gdp: str) -> None:
    figures = rows(
        premium=f"level: {{2020: {premium}}}",
        insurance_depth="level: {2020: 4.00}",
        finance_value_added="level: {2020: 200}",
        finance_share_of_gdp="level: {2020: 10.00}",
    )
    said = message_of(*proof_of(figures)).say("en")
    assert "GDP 2020 is 1994–2006 × 100 million yuan by" in said, said
    assert f"but {gdp} × 100 million yuan by" in said, said


def test_growth_of_parts_is_not_multiplied_to_growth_of_a_total() -> None:
    grown = {
        name: f"growth: {{2020->2025: {rate}.0%}}" for name, rate in zip(PARTS, (10, 12, 13), strict=True)
    }
    (found,) = audited(own(*PARTS) + rows(**grown) + "laws: [aa = bb + cc]\n").findings
    assert found.proof is not None
    assert found.proof.derivation is None


SHARES_OF_TWO = (
    "own:\n"
    + "".join(f'  {each}: {{zh: 甲{each}, en: {each}, unit: "%", kind: ratio}}\n' for each in ("aa", "bb"))
    + rows(aa="level: {2020: 30.0%}", bb="level: {2020: 60.0%}")
)


@pytest.mark.parametrize(
    ("body", "identity"),
    [
        (
            rows(
                loans="growth: {2019->2020: {above: loans@guangdong}}|growth: {2019->2020: 5.0%}|" + ONE_YEAR
            ),
            "(1 + growth[loans@zhaoqing]) >= (1 + growth[loans@guangdong])",
        ),
        (
            rows(
                loans="growth: {2020->2021: {above: last_year}, 2019->2020: 6.0%}|growth: {2020->2021: 5.0%}"
            ),
            "(1 + growth[loans(2020->2021)]) >= (1 + growth[loans(2019->2020)])",
        ),
        (
            rows(loans="growth: {2020->2022: 10.0%, 2022->2025: 5.0%, 2020->2025: 9.0%}"),
            "(1 + growth)^5 = (1 + growth)^2 × (1 + growth)^3",
        ),
        (
            rows(loans="change: {2020->2022: 30.0, 2022->2025: 40.0, 2020->2025: 90.0}"),
            "change[loans(2020->2022)] + change[loans(2022->2025)] = change[loans(2020->2025)]",
        ),
        (SHARES_OF_TWO + "laws: [aa + bb = 1]\n", "1 = aa(2020) + bb(2020)"),
        (SHARES_OF_TWO + "laws: [aa = bb + 1]\n", "bb(2020) + 1 = aa(2020)"),
        (SHARES_OF_TWO + "laws: [aa = bb - 0.5]\n", "2 × bb(2020) = 2 × aa(2020) + 1"),
    ],
)
def test_what_looks_the_same_in_an_identity_is_told_apart(body: str, identity: str) -> None:
    assert identities_of(*proof_of(body)) == (identity,)


def compared_with(how: str, own_level: int, of_province: int) -> str:
    printed = f"level: {{2020: {own_level}.0}}|level: {{2020: {of_province}.0}}, place: guangdong"
    return rows(loans=f"level: {{2020: {{{how}: loans@guangdong}}}}|{printed}")


@pytest.mark.parametrize(
    ("body", "identity"),
    [
        (
            rows(loans="level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 5.0%}"),
            "loans(2025) = loans(2020) × (1 + growth a year)^5",
        ),
        (
            rows(loans="level: {2020: 100.0, 2025: 150.0}, annual_change: {2020->2025: 增加20.0}"),
            "loans(2025) = 5 × change a year + loans(2020)",
        ),
        (
            SHOWN["a share of what a share tells"][0],
            (
                "finance as a share of GDP(2020) × insurance premiums(2020) = "
                "value added of finance(2020) × insurance depth(2020)"
            ),
        ),
        (
            rows(
                deposits="level: {2020: 100.0}|level: {2020: 1000.0}, place: guangdong",
                deposits_share_of_province="level: {2020: 20.0}",
            ),
            (
                "deposits of Zhaoqing(2020) = deposits of Guangdong(2020) × "
                "deposits as a share of the province's of Zhaoqing(2020)"
            ),
        ),
        (
            rows(loans="level: {2020: 100.0}", green_loans="level: {2020: 120.0}"),
            "loans(2020) >= green loans(2020)",
        ),
        (
            own(*PARTS)
            + rows(aa="level: {2020: 100.0}", bb="level: {2020: 60.0}", cc="level: {2020: 20.0}")
            + "laws: [bb >= aa - cc]\n",
            "bb(2020) + cc(2020) >= aa(2020)",
        ),
        (
            rows(loans="level: {2020: 100.0, 2021: 150.0}, growth: {2020->2021: 5.0%}"),
            "loans(2021) = loans(2020) × (1 + growth a year)",
        ),
        (compared_with("below", 100, 90), "loans of Guangdong(2020) >= loans of Zhaoqing(2020)"),
        (compared_with("at_most", 100, 90), "loans of Guangdong(2020) >= loans of Zhaoqing(2020)"),
        (compared_with("above", 90, 100), "loans of Zhaoqing(2020) >= loans of Guangdong(2020)"),
        (compared_with("at_least", 90, 100), "loans of Zhaoqing(2020) >= loans of Guangdong(2020)"),
        (
            rows(loans="level: {2025: 150.0}, change: {2020->2025: 50.0}, multiple: {2020->2025: 2.00倍}"),
            "loans(2025) / (loans(2025) - change) = multiple",
        ),
        (
            rows(loans="level: {2020: 100.0}, change: {2020->2025: 50.0}, multiple: {2020->2025: 2.00倍}"),
            "(loans(2020) + change) / loans(2020) = multiple",
        ),
        (
            own("aa", "bb")
            + rows(aa="level: {2020: 10.0}", bb="level: {2020: 30.0}")
            + "laws: [2 * bb = 3 * aa]\n",
            "3 × aa(2020) = 2 × bb(2020)",
        ),
        (own("aa") + IN_TWO_UNITS + "laws: [dd = 3 * aa]\n", "3 × aa(2020) = dd(2020)"),
        (own("aa") + IN_TWO_UNITS + "laws: [aa = dd]\n", "dd(2020) = aa(2020)"),
        (own("aa") + IN_TWO_UNITS + "laws: [aa >= 2 * dd]\n", "aa(2020) >= 2 × dd(2020)"),
        (
            own("aa", "bb")
            + IN_TWO_UNITS
            + rows(bb="level: {2020: 30.0}").removeprefix("figures:\n")
            + "laws: [bb = aa + 3 * dd]\n",
            "aa(2020) + 3 × dd(2020) = bb(2020)",
        ),
    ],
)
def test_the_identity_names_places_where_there_are_several_and_is_one_of_quantities(
    body: str, identity: str
) -> None:
    assert identity_in_words(*proof_of(body)).say("en") == identity
