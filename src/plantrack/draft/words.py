"""The words by which whole documents are read: what names an indicator, a year, a column; beside the one list of words.

A word about numbers themselves, a bound, verb, scale or unit, belongs into `plantrack.numbers.words`.
"""

from __future__ import annotations

import re

from plantrack.numbers.words import BOUND_WORDS, EMPTY, FALLING, RISING, SIGN_OF, any_of

ORDINAL = "[一二三四五六七八九十]{1,3}"
PLAN = rf'(?:"({ORDINAL})五"|({ORDINAL})五(?=期间|时期|以来|规划|期?末|期?初|初期)|第({ORDINAL})个五年规划)'
"""The name of a five-year plan: 十四五."""
YEAR = r"(?:19|20)[0-9]{2}"
_BEFORE = any_of(each.word for each in BOUND_WORDS if each.stands == "before")
_BEHIND = any_of(each.word for each in BOUND_WORDS if each.stands == "behind")
_VERBS = any_of(SIGN_OF)

# -- sentences -----------------------------------------------------------------------------------

SENTENCE_ENDS = "。；;！!？?\n"
PART_ENDS, OTHER_TIME = frozenset("；;"), re.compile(r"(?<![上去])年|期|今后|未来|目标|力争|计划|预计|届时")
SIGN_OF_OTHERS = {
    **dict.fromkeys(("递增", "净增加", "多增", "增产", "增收", "上调", "上浮", "攀升"), 1),
    **dict.fromkeys(("增", "升", "涨", "多", "高"), 1),
    **dict.fromkeys(("递减", "净减少", "少增", "减产", "减收", "下调", "下浮", "下跌", "压降", "缩水"), -1),
    **dict.fromkeys(("放缓", "负增长", "减排", "精简", "削减"), -1),
    **dict.fromkeys(("降", "减", "跌", "少", "低"), -1),
}
"""Verbs of documents that no plan file writes -> the sign of the change that they tell."""
_OTHERS = any_of(each for each in SIGN_OF_OTHERS if each not in {*"升多少高低"}) + "|(?<!提)升"
LEAD = re.compile(
    rf"(?:(?P<verb>(?<!改造)(?<!巩固)(?<!优化)(?<!整治)(?:{_VERBS}|{_OTHERS})|(?<=[年底末初期])[多少高低])了?)?"
    rf"(?:(?P<reach>至|到|达到|达|为|(?<!最)[高多]达)了?)?(?:(?P<bound>{_BEFORE})(?:了|为|达到|达|有|在)?)?"
    r"(?P<minus>(?<=[长加高升降少低落滑至到达为是在由从于率额值速幅润差(、和及与])—)?$"
)
"""Verb, what is reached, bound and minus right before a number."""
FALLS, RISES = ("下降", "减少"), ("增长", "增加")
"""What is written for them: of shares, and of amounts."""
COMES_TO = frozenset(("达到", "达", "高达", "多达"))
"""Behind a verb they tell how much it is, of shares: 增长达8%."""
FALL_RATE = re.compile(rf"(?:降幅|减幅|跌幅|降速|(?:{any_of(FALLING)})(?:幅度|速度))(?:分别)?$")
"""The end of a name that tells how fast something falls: 能耗降幅."""
DASH = re.compile(r"(?<!—)—$")
BOUND_BEHIND = re.compile(rf"(?:\s*\([^()\n]{{1,20}}\))?\s*(?:{_BEHIND})")
RANGE_SIGN = re.compile(r"—|至|到")
_LIST_SIGN = r"(?:、|和|及|与)(?:全[国省市区])?第?"
LIST_SIGN = re.compile(_LIST_SIGN)
LISTED = re.compile(rf"[^，。；;:：、0-9]{{0,8}}{_LIST_SIGN}(?:{_BEFORE})?—?")
"""Between two numbers of a list: the unit of the first, the sign, a bound of the second."""
RANK_SIGN = re.compile(r"第$")
FIRST_RANK = "首位"
GROWTH_NAMED = re.compile(
    rf"(?:增速|增幅|涨幅|降幅|减幅|跌幅|降速|(?<!自然)增长率|增长速度|(?:{_VERBS})幅度)[^，、]{{0,6}}$"
)
YEARLY_MEAN = "年(?:平)?均(?!浓度|气温|温度|降[水雨]|径流|日照|风速|值|水平)"
YEARLY = re.compile(rf"{YEARLY_MEAN}|每年")
LAST_YEAR = re.compile(r"同比|[比较]上年|[比较]去年|[比较]年初")
OVER_SEVERAL = re.compile(rf"[比较][^，。]{{0,8}}(?:{YEAR}年|末|初|前)[^，]{{0,20}}$|累计(?:增长|下降|降低)")
_OTHERS_THAN = (
    r"[比较](?:全[国省市区球]|世界|同期|预期|[^，。；;、:0-9]{1,8}(?:平均|总体))"
    r"[^，。；;、:0-9]{0,10}[高低快慢多少]出?$"
)
"""比全国平均水平高."""
COMPARED = re.compile(
    r"(?:[高低快慢优]于|高出|超出)[^，。；;、:0-9]{2,20}$|(?:超过|高)(?:全国|全省|全市|全区|同期|预期)[^，。；;、:0-9]{0,10}$|"
    + _OTHERS_THAN
)
"""Of numbers in points: how a value lies to another one, 高于全国平均水平2个百分点."""
WITH_COUNTRY = re.compile(
    rf"(?:(?P<more>[高快]于|超过|高出|超出|高)|[低慢]于)全国(?:平均)?(?:水平)?(?P<by>(?:{_BEFORE})?[0-9].*)"
)
IN_STEP = re.compile(
    r"[与和同跟](?P<other>[^，。；;、:\s\d]{2,16}?)(?:增长|增速|增幅|提高|发展)?(?:保持|基本|大体)*同步(?:增长|提高)?"
)
GROWS_IN_STEP = re.compile(
    rf"(?P<name>[^，。；;、:\s]{{2,30}}?)(?:增长|增速|增幅|提高)(?:保持)?{IN_STEP.pattern}"
)
THE_ECONOMY = frozenset(("经济", "国民经济"))
"""Names of what grows with GDP: 与经济增长同步."""
OTHER_VALUE = re.compile(
    rf"(?:[高低快慢]于|超过|高出|高)(?:全国|全省|全市|同期|预期)[^，]{{0,14}}$|{_OTHERS_THAN}"
)
FROM = re.compile(r"(?:从(?![业事而严容紧])|(?<![自理])由(?!于))[^，。；;从由]{0,14}$")
MOVED_TO = re.compile(r"[至到]$")
NO_AMOUNT = re.compile(
    r"\s*(?:年|个?月|个?季度|小时|分钟|天|周|日|步|条龙|站式|级|版|维|大(?!卡)|强(?!度)|号|个?方面|连[增升涨冠跌降]|"
    r"个[^，。；;、]{0,4}台阶|(?:周?岁|岁及?)以[上下](?=[\u4e00-\u9fa5])(?!的?占))"
)
"""Units of what is no amount: 连续5年, 1小时交通圈, 4大产业, 世界500强."""
NO_UNIT = re.compile(r"[\u4e00-\u9fa5]\w{2}(?!/)")
"""A word that is too long for an unknown unit: 8英寸半导体, 420万困难群众."""
OF_NAME = re.compile(r"[级内外]")
"""Behind an amount that is part of a name: 50米内换乘比例."""
SIZE = re.compile(r"元以[上下]$")
TIME_TOLD = re.compile(
    rf"(?:{_VERBS}|(?:天数|时间|时长|时限|用时|年限)(?:[从由][^，。；;]{{0,8}})?)(?:至|到|达到|达|为|在|稳定在|保持在)?"
    rf"(?:{YEAR}年的)?(?:{_BEFORE})?$"
)
"""Before a time that is an amount: 优良天数增加7.8天."""
OF_EVERY = re.compile(r"每$")
TOP_RANK = re.compile(r"[居列排升跃位]")
TO_ONE = re.compile(r":1(?![0-9.:])")
LATIN = re.compile(r"[A-Za-z]+")
POINTS_SAID = re.compile(r"(?<=个)(?:点(?![位多])|BPS?|bps?)")
"""Behind 个 it is a unit of another kind: 5.5个点, 30个BP."""
CLAUSE_BEHIND = re.compile(r"(?P<noun>[^\d，。；、,;:：！？（）()\s]{2,16})")
_IS_RANKED = "(?:[稳跃位]居|居(?=[全第世各中西东省前首同长亚]))"
IN_RANKING = re.compile(rf"(?:{_IS_RANKED}|[位名排]列)[^，。；;、]{{0,8}}$")
IN_A_ROW = re.compile(r"连续$")
MAKING = re.compile(
    r"(?:打造|建设|培育|发展|新建|建成|引进|培养|拥有|形成|实施|新增|建立|设立|落地|引育|认定|创建|推出|布局|办理|开展|提供|发放|"
    r"孵化|引入|组建|举办|开工|遴选|储备|选派|改造提升|巩固提升|优化提升|为(?:全[市省区县]|我[市省区县])?)了?$"
)
"""Verbs whose object stands behind the number: 打造4个产业集群."""
PREDICATE = (
    rf"{_VERBS}|创[历下出佳]|再创|屡创|{_IS_RANKED}|持续|保持|稳[定步]|不断|连续|显著|明显|大幅|总体|[高低快慢优]于|超过|突破|"
    "连跨|跨[过越上]|迈[上过入]|站上|提供|办理|实现|首次|历史性|纳入|列入|入选|通过(?!率)|完成(?!率)|得到|享受|投入使用|有序|成为|被|获(?!得感)|在|均|全部|以(?![上下内外])"
)
"""With which a sentence goes on behind its subject."""
_IN_NOUN = r"[^\d，。；;、,;:：！？（）()\s]"
NOUN_BEHIND = re.compile(
    rf"的?(?!\s|{PREDICATE}|{any_of(each.word for each in BOUND_WORDS)}|"
    r"[的为位至到和与及由从占达比较用将已把后时级]|台阶|大关|关口)"
    rf"(?:[^\d，。；;\s]{{2,24}}?等(?!级))?"
    rf"(?P<noun>{_IN_NOUN}{{2,24}}?(?=[\d，。；;、,;:：！？（）()\s]|$|{PREDICATE})|{_IN_NOUN}{{16}})"
)
STRUCTURE = re.compile(r"产业(?:结构|比例|比重)|三次产业")
PARTS_OF_STRUCTURE = ("第一产业比重", "第二产业比重", "第三产业比重")
RATIO_SIGN = ":"

# -- what is no amount of its own, and what is open ---------------------------------------------

COUNTED = r"的?(?:企业|园区|项目|集群|产业|公司|平台|基地|产品|品牌|(?:行政)?村|[县镇乡])"
COUNTED_OF_SIZE = re.compile(
    rf"{COUNTED}[^，。；;、\n0-9]{{0,6}}[0-9.]+(?:[余多]?[个家户条种款]|%)|(?<=以[上下]){COUNTED}(?!资金|投资)"
)
"""Behind a size of what is told in numbers: 100亿元企业10家, 10万元以上的村."""
COUNTED_AHEAD = re.compile(r"[0-9]+[个家]超?$")
"""Before a size of what is counted: 5个超500亿元的产业集群."""
AND_MORE = re.compile(r"多(?=[，。；;、,]|\s|$)")
OF_OTHER = re.compile(
    r"(?:(?:[为成]|占(?=[年全]))(?:年初|年度|全年|调整|省下达)?(?:预算|计划|目标任务|目标|任务)的?|"
    rf"(?:恢复[到至]|相当于|[为是])(?:{YEAR}年|上年|去年)[底末]?(?:同期)?的)(?:[0-9.]+%[、和])*$"
)
FALL_CHANGED = re.compile(r"[降减跌]幅[^，。；;]{0,12}(?:收窄|扩大|缩小)$")
PART_OF_YEAR = re.compile(
    r"(?<![0-9])(?!12月(?:[末底]|31))[0-9]{1,2}月(?![0-9]{1,2}日?印)|[一二三四]季度|[上下]半年|前[0-9一二三]个?(?:月|季度)"
)
"""A time that is no year: 2021年6月末, 上半年."""
SPAN_COUNTED = re.compile(
    r"(?<![0-9])[两二三四2-4]年(?:年均|平均|来|间|累计)|(?:[前后近头]|过去|最近|未来|今后)[两二三四2-4]年|"
    rf"自{YEAR}年(?:以来|起)"
)
"""Years that are counted and not named: 近三年年均."""
SPAN_SAID = re.compile(
    rf"[从由][^，。；]{{1,30}}[至到]|[比较与同和][^，。；]{{0,8}}(?:{YEAR}年|[末初])|[五5]年|时期|期间|累计"
)
"""Before growth that is that of a whole period."""

# -- names ---------------------------------------------------------------------------------------

_IS_OF_YEAR = "[是为]|达到?|相当于"
"""Before the year of which something is so many times as much: 达到2015年的2.5倍."""
_OF_PLAN = rf'(?="?{ORDINAL}五|{YEAR}年)'
NAME_BREAKS = re.compile(
    rf"(?<=[，。；;：:])[是比较]{_OF_PLAN}|是(?=\"?{ORDINAL}五)|[，,。；;：:！!？?\n（）()]"
)
STRIVE = re.compile(r"[，,、]?(?:并|且)?(?:力争|争取)(?:增长|达到|达|实现|突破|到|超过)?")
"""Between a number and a higher one that is striven for."""
GENERIC = re.compile(
    "同口径|[期末初]{2}|初期|(?:经济)?总?[量数额]|总?数量|规模|增[速幅]|人数|价值|均|金额|其中",
)
"""Words that name no indicator of their own: the one before goes on."""
TRAILING = re.compile(
    rf"(?:{any_of((*EMPTY, *SIGN_OF))}|[为达占至到约超近以从由有的了是在居已仍净再也将要可升增降减涨共排列皆仅、]|"
    r"(?<![产功智节性])能|(?<![人户亩日月年平])均|"
    rf"{YEAR}年?—{YEAR}年|(?:[与同和]{YEAR}年[底末初]?相比)|(?:相当)?[在于]?{YEAR}年[底末初]?|原[来先]|{ORDINAL}五(?:期间|时期|以来|期?末)?|(?:[两三四五]|(?<![0-9])[2-9])年|双双|折合|跨过|迈过|连跨|站上|首次|历史性|逆势|成功|"
    rf"突破|超过|跨越|接近|不低于|年均|每年|逐年|(?:在?{YEAR}年)?的?基础上|同比|分别|平均|[比较]上年末?|[比较]{YEAR}年(?:同期|[底末初])?|[比较]{ORDINAL}五(?:时期|期间|期?[末初])?|累计|总计|合计|继续|稳步|快速|左右|预计|"
    r"跃升|跃上|连续|各省区|全国|全球|全省|保持|稳定|控制|维持|稳居|跃居|位居|排名|迈上|大关|攀升|扩大|高达|多达|以上|建成|"
    r"拥有|完成|新增)$"
)
LEADING = re.compile(
    rf"^(?:到|至|截至|自)?(?:(?:{YEAR}年?[—至到])?{YEAR}年(?:底|末|初)?|{PLAN}(?:期间|时期|末|以来|规划)?)[，,]?|^(?:{_VERBS})[至到]|"
    rf"^[比较][^，]{{1,8}}[末年初前]的?|^[比较]{ORDINAL}五(?:时期|期间)?|"
    r"^(?:受[^，]{1,8}?影响|其中|全年|今年|去年|上年|预计|力争|实现|完成|累计|、|主要预期目标是|分别|同时|另外|并(?![购联网])|且|以及|及|和|与|使|让|推动|带动|"
    r"确保|努力|争取|达到|新增的|全市|全省|全区|全县|我市|我省|我区|我县|该|《规划》提出|《规划》要求|要求|提出|方面|来|的|共有|"
    r"按(?:可比|不变|现行|当年)价格?(?:计算)?|五年来|期间|一年来|经济|办理|开立|累计发放(?!额)|发放(?!额)|成立|设立|引进|目前已?|现有|包括|是|仅|各类|动态|纳入|每年|[0-9]+[.、]|[(（][一二三四五六七八九十0-9]+[)）])[，,：:]?"
)
OF_YEAR_BEHIND = re.compile(rf"(?:{_IS_OF_YEAR}){YEAR}年[底末初]?$")
FROM_BEHIND = re.compile(rf"[从由](?:{YEAR}年|上年末?|去年末?|年初|{ORDINAL}五(?:时期|期)?末)?$")
QUOTES = re.compile(r'["“”《》]')
IN_ROUND_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
EMPTY_INSIDE = re.compile(r"(?<=[\u4e00-\u9fa5]{2})(?:合计|累计|总体)?实现了?(?=[\u4e00-\u9fa5]{2})")
NAME_LISTS = re.compile(r"[、和]|与(?![^、和与]{1,12}(?:比率|之比|比值|比例))|及(?![率时格以])")
INSIDE_PREDICATE = re.compile(
    r"(?<=[\u4e00-\u9fa5]{2})(?:连跨|跨[过越]|迈[上过]|[稳跃位]居|创历史|再创|屡创)"
)
ONLY_PREDICATE = re.compile(rf"{_IS_RANKED}|排名|位列|[再屡]创|创[历下出佳]|均|持续|[高低快慢优]于")
"""With which a part of a list begins that names nothing: 稳居全国前十强."""
OF_LIST = re.compile(r"等(?:主要)?(?:指标|行业|领域)?$")
LIST_SIGNS = "、，,;；:：。和与及"
NAMELESS = re.compile(r"等$|^首[批期]$")
"""Names behind which stands what is counted: 某茶等5个品牌."""
HEADS = (
    *(
        "常住居民人均可支配收入",
        "居民人均可支配收入",
        "人均可支配收入",
        "居民收入",
        "贷款余额",
        "存款余额",
        "播种面积",
    ),
    *(
        "增加值",
        "零售额",
        "销售额",
        "进出口",
        "周转量",
        "吞吐量",
        "收入",
        "余额",
        "比重",
        "占比",
        "产量",
        "数量",
        "总额",
    ),
    *("产值", "投资", "出口", "人数", "企业", "面积", "数", "率", "额", "值"),
)
"""Ends of names that the parts of a list share, a longer one before its own end."""
_PLACE = r"[\u4e00-\u9fa5]{1,6}?(?:自治州|[省市县区州旗镇乡])"
PLACE_ALONE, PLACE_BEFORE = re.compile(_PLACE), re.compile(rf"{_PLACE}(?=..)")
"""A place of a list, and that before the last name: 甲县 and 乙县 of 甲县、乙县财政收入."""
IN_TOTAL = re.compile(r"(?:累计|总数|总量|总计|合计)$")
PART = "其中"
OF_PART = re.compile(r"其中[，,]?$")
PART_BEGINS = re.compile(r"[，,(]?其中")
QUOTED = re.compile(r"“[^“”]{0,8}$"), re.compile(r"[^“”]{0,8}”")
"""Around a number that is part of a catchword: “3个100万”."""
SUBJECT = re.compile(rf"(?P<noun>[^，]{{2,20}}?(?:{'|'.join(HEADS)}|量))(?={PREDICATE}|$)")
RANKED = re.compile(
    rf"(?:{_IS_RANKED}|排(?=[全第在名列各])名?|位列|列(?=全)|[升跃进][至到]|[从由](?=全)|在)[^，。；;、]{{0,20}}$"
)
"""The words before a rank that name no indicator: 居全国, 在261个城市中取得."""
SHARED_RANK = re.compile(r"(?:并列)?第$")
GROWTH_ENDS = re.compile(
    rf"(?:年均|平均)?(?:[增降][速幅]|[涨减跌]幅|增长率|增长速度|(?:{_VERBS})幅度)(?:分别)?$"
)
OF_EACH = re.compile(r"(?:(?<![年平人户亩日月])均|皆|双双)(?:实现)?$")
"""Before a verb: one number is told of each name of a list."""
SIZES = frozenset(("规模", "金额", "价值", "人数", "同口径"))
"""Words for a size that is not the one before: 结算1200笔，金额超3亿美元."""
BALANCE, GROWTH_OF_PRICES = "余额", "涨幅"
EMPTY_ENDS = ("规模", "数量", "增长", "增速", "增幅", "增长率", "增长速度")
"""Ends of names without which they name the same."""
SHARE_OF, SHARE = "占", "比重"
SHARE_SAID = re.compile(r"占(?P<of>全[国省市区县])?的?$")
"""Before a share whose name does not tell that it is one: 外贸占全省的5%, 工业占60%."""
SHARE_NAMED = re.compile(r"占.*(?:比重|比例|比)$|占比$|比重$")
SHARE_TOLD = re.compile(r"占(?![地道用补]).*$|比重$")
IN = "中"
"""Between a whole and the part of it that a row names: 固定资产投资中第二产业."""
OF, EACH_OF = "的", "分别"
ADDED = "新增"
NUMBERING = re.compile(
    r"^(?:[0-9]{1,3}[.、．)）]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[#*◆●·•\-—]|\s)+"
)
AMONG = re.compile(r"^(?:其中|含)[:：,，]?")
UNIT_BEHIND = re.compile(r"[(（]([^()（）]{1,12})[)）]\s*[*①-⑳※]?$")
ANY_PLACE = re.compile(r"^(?:全国|全省|全市|全区|全县|我国|我省|我市|我区)")
RATIO = re.compile(
    r"率$|比重|比例|占比|占.{1,20}(?:比|的)|^每|^[百千万]人|人均|强度|系数|平均|密度|程度|年限|预期寿命|单位.{1,12}(?:能耗|用水|排放)"
)
FLOW = re.compile(
    r"新增|新建|补充|建设|转移|累计|投资|收入|产值|增加值|生产总值|销售额|交易额|零售额|产量|支出|总额$|保费|融资|增量|改造|投入|发放|"
    r"[发用]电量|用水量|消费量|吞吐量|周转量|客运量|货运量|排放量|人次"
)
INDEX = re.compile(r"指数$")
RATE_NAMED = re.compile(r"(?:增[速幅]|(?<!自然)增长(?:率|速度)?)$")
CHANGE_NAMED = re.compile(rf"(?<!自然)(?:{any_of((*FALLING, *RISING))})(?:率|幅度)?$|{RATE_NAMED.pattern}")
RISE_NAMED = re.compile(rf"(?<!自然)(?:{any_of(RISING)})(?:率|幅度)?$|{RATE_NAMED.pattern}")
HAS_SIGN = re.compile(rf"[\[〔【]?(?:[-—]|{any_of(SIGN_OF)})")
"""A number that tells itself whether it is a rise or a fall."""
MAY_BE_NEGATIVE = re.compile(r"净(?!化|水)|差额|顺差|逆差|结余|盈余|盈亏|利润|效益|气温|收支|增减|增[速长幅]")
"""Names of what may be less than nothing."""
WORSE_HIGHER = re.compile(r"失业|死亡|不良|排放|能耗|消耗|发生率|事故|负债|成本|用水量|浓度")
PLACE = re.compile(
    r"([\u4e00-\u9fa5]{2,7}?(?<![全各我本该某外两几每社小景辖片库灾校街])(?:自治区|自治州|省|市|县|区))(?![场民值级域间块别份会]|生产)"
)
"""The name of a place, unlike 全省 and 市场."""
TITLE = re.compile(r"规划|报告|方案|意见|纲要|计划|通知|专栏")
SOURCE = re.compile(r"^来源[:：]\s*")

# -- years ---------------------------------------------------------------------------------------

BULLETIN = re.compile(r"(20[0-9]{2})年[^，。；]{0,24}统计公报")
"""A bulletin of a year tells what was reached in it."""
REPORT = re.compile(r"工作报告\s*\(?(20[0-9]{2})年?|(20[0-9]{2})年[^。\n]{0,20}工作报告")
YEARS_NAMED = re.compile(r"(20[0-9]{2})年?\s*[—至到-]\s*(20[0-9]{2})年")
COMPARED_WITH = re.compile(rf"[与同和]({YEAR})年[底末初]?相比")
YEARS_TOLD = re.compile(rf"(?<![从由自])({YEAR})年?[—至到-]({YEAR})年")
PLAN_IN_TITLE = re.compile(rf'"({ORDINAL})五"|第({ORDINAL})个五年(?:规划|计划)')
PLAN_OF_REVIEW = re.compile(rf'(?<![比较])"({ORDINAL})五"(?!规划|[^，。；;是]{{1,8}}规划)')
SPAN_NAMED = re.compile(rf"{PLAN}(期间|时期|以来|规划期|期?末|期?初|初期)?")
IN_SENTENCE = re.compile(r"[，。；;]")
BY_YEAR = re.compile(r"到(20[0-9]{2})年")
AT_END = frozenset(("末", "期末"))
FIVE_YEARS = re.compile(r"这五年|过去五年|五年间|[五5]年来|的五年|[五5]年累计")
PAST_YEAR = re.compile(r"过去的?一年|一年来|收官之年")
OPENED, CLOSED = re.compile(r"[(（][^()（）]*$"), re.compile(r"[)）]")
YEARS_SHARED = re.compile(rf"{YEAR}年?(?:[、和与及]{YEAR}年?)+(?=[^，。；]*分别)")
"""Years of which each has one number of a list: 2021年和2022年分别增长6%和5%."""
THIS_YEAR = re.compile(r"今年|预期目标")
REVIEW = re.compile(r"回顾|现状|基础|成就|成效|成绩|进展|过去|问题|短板|不足|挑战|形势|环境")
AIM = re.compile(r"目标|预期|展望|安排|任务|思路|重点")
SAID_YEAR = re.compile(r"(20[0-9]{2})年(?!代|以?前|以来|起|远景)")
FROM_SAID_YEAR = re.compile(
    rf"(?:[从由比较][^，。；;、:]{{0,10}}|是|(?:{_IS_OF_YEAR})(?={YEAR}年[底末初]?的))20[0-9]{{2}}年[^，。；;]{{0,20}}$|"
    rf"(?:恢复[到至]|相当于|[为是]){YEAR}年[底末]?(?:同期)?的[0-9.]+%[^，。；;]*"
)
NOW = re.compile(r"目前|近年来|至今")
FROM_YEAR = re.compile(r"[从由](20[0-9]{2})年")
LEVEL_THAN = re.compile(rf"[比较]({YEAR})年(?![^，。；;]*(?:{_VERBS}|[至到达])[^，。；;]*$)[^，。；;]*$")
"""Before a level that is compared with, not the one that is told: 较2015年末不良贷款率(3%)下降."""
THAN_YEAR = re.compile(rf"(?:[比较是]|(?:{_IS_OF_YEAR})(?={YEAR}年[底末初]?的))(20[0-9]{{2}})年")
THAN_POINT_OF_PLAN = re.compile(rf'[比较是]"?({ORDINAL})五"?(?:时期|规划)?期?(末|初)')
THAN_PLAN = re.compile(
    rf'(?:[比较]"?{ORDINAL}五"?|[是为]"?{ORDINAL}五"?(?:时期|期间)?(?:期?[末初]|的))[^，。；;]{{0,12}}$'
)
THAN_PERIOD = re.compile(
    rf'[比较是为]"?({ORDINAL})五"?(?:(?:时期|期间)[^，。；;]{{0,4}}|的|(?:增长|增加|下降|减少|提高|降低))$'
)
OVER_PERIOD = re.compile(
    r"(?<!末)累计|五年内|(?:五年|期间|时期|以来)[，,]?[^，。；]*(?:新增|新建|建成|完成|投入|(?<!公)共(?![享同青产治]))"
)
"""Where a flow is meant for all years of the period, not for the last."""
OVER_YEARS, ADDS = re.compile(r"五年|期间|时期|以来|累计"), re.compile(r"[，、,](?:新增|新建)")
THAN_END_OF_PLAN = re.compile(r"[比较][^，]{1,8}末的?$")
YEAR_BEFORE = re.compile(r"上年|去年")
NUMBER_AHEAD = re.compile(r"(?<=[^0-9(（])[由从达为至到]*[0-9]")
HEADING = re.compile(r"\s*(?:第.{1,4}[章节]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])")
CHAPTER = re.compile(r"\s*第.{1,4}章")

HEADS_TABLE = re.compile(r"\s*(?:序号\s*)?(?:类别\s*)?(?:\S*指标|名称|项目)")
CAPTION = re.compile(
    r"\s*(?:附?表|专栏)\s*[0-9一二三四五六七八九十]*|[^，。；;]*(?:表|指标)(?:[(（][^()（）]*[)）])?\s*$"
)
"""A line above a table that names it."""

# -- tables --------------------------------------------------------------------------------------

COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|编号|^号$"),
    ("property", r"属性|性质|指标类型|^类型$"),
    ("remark", r"备注|责任|牵头|说明|来源|部门"),
    ("growth", r"年均|年平均|增长|增速|累计|\[\]|变化"),
    ("unit", r"单位"),
    ("group", r"^类别$|^分类$|^领域$|^一级"),
    ("name", r"指标|名称|项目"),
)
"""Kind of column -> what its heading says, the first that fits."""
OVER_WHOLE = re.compile(rf"累计|[比较](?:{YEAR}|基期|{ORDINAL}五)")
"""Where a heading of growth means the whole step."""
YEAR_THAN_YEAR = re.compile(rf"({YEAR})年?[比较]({YEAR})")
PLAN_NAMED = re.compile(rf"(?<![比较])({ORDINAL})五")
FALLS_NAMED = re.compile(rf"^(?!.*(?:{any_of(RISING)}|增)).*(?:{any_of(FALLING)}|[降减跌]幅)")
GROWTH_COLUMN = re.compile(r"年均|增长|增速|累计|变化")
BASE_COLUMN = re.compile(r"现状|基期|基准|基数")
TARGET_COLUMN = re.compile(r"目标值|规划值|规划目标|^目标$")
PLAN_COLUMN = re.compile(rf"({ORDINAL})五(?:期?末|时期|期间)?(?:(?:规划|预期)?目标值?)?$")
IN_BRACKETS = re.compile(r"[\[〔【]")
PERCENT_PRINTED = re.compile(r"[%‰]")
YEAR_IN_BRACKETS = re.compile(rf"[(（]({YEAR})年?[)）]")
RANK_NAMED = re.compile(r"(?:排名|位次|名次|排位)$")
RANK_PRINTED = re.compile(r"\s*(?:第|前(?!移))\s*[0-9]")
BINDING = re.compile(r"约束性|预期性")
IS_BINDING = "约束"
NOTHING = frozenset("—-")
MEASURED = re.compile(r"[0-9]\s*([^0-9\s%‰—.]+)")
UNIT_PRINTED = re.compile(rf"[0-9][\])〕】]?\s*(?!{_BEHIND})[^0-9\s—.,\])〕】]")
"""A number with a scale or a unit behind it."""
ONLY_BOUNDS = re.compile(any_of(each.word for each in BOUND_WORDS))
BESIDE = re.compile(r"^(?:现价|不变价|可比价|按可比价)?(?:年均|平均)?(?:增速|增长率)[:：为]?")
"""What a cell of growth may say before the number."""
UNIT_ALONE = re.compile(r"[(（][^()（）]{1,12}[)）]")
"""A unit on a line of its own below its name."""
UNIT_ABOVE = re.compile(r"单位[:：]\s*([^\s,，;；、()（）]{1,8}+)(?!\s*[,，;；、])")
"""The unit of a whole table; where several are named, nobody can tell which is whose."""
NOTE_LINE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]|\s*[*※①-⑳]")
"""The beginning of a line below a table that explains it."""
NOTE_LEAD = re.compile(r"\s*(?:注[:：]?|备注[:：]|说明[:：])?\s*(?:[0-9]{1,2}[.、．])?\s*")
OF_MARK = r"(?:^|[;；。，,\s])(?:[带标注有]{{1,2}})?{mark}的?([^;；。①-⑳*※]*)"
"""What a note says of a mark: up to the next mark, or the end."""
