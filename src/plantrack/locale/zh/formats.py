"""Formats of findings, selection, configuration. English template -> Chinese."""

MESSAGES = {
    # help
    "Plan files, folders or patterns; `-` reads one from stdin; none means every plan.": "规划文件、文件夹或通配符；`-` 表示从标准输入读取；不写则检查全部规划。",
    "Ids, paths, folders or patterns; none means every plan.": "标识、路径、文件夹或通配符；不写则审核全部规划。",
    "What the file read from stdin is called.": "从标准输入读取的文件叫什么名字。",
    "Only these: codes, beginnings of codes (PT3) or names.": "只看这些：代码、代码开头（如 PT3）或名称。",
    "Without these: codes, beginnings of codes or names.": "不看这些：代码、代码开头或名称。",
    "Whether warnings count as errors.": "警告是否按错误处理。",
    "Only the verdict of each target: table, csv or markdown.": "只列各目标的判断：table、csv 或 markdown。",
    # usage
    "--targets: write -f table, csv or markdown, not {name}": "--targets：请用 -f table、csv 或 markdown，不能用 {name}",
    '"{asked}" names no code; write a code, the beginning of codes or a name, as {guesses}': "没有代码“{asked}”；请写代码、代码开头或名称，如 {guesses}",
    "{file} cannot be read: {reason}": "{file} 无法读取：{reason}",
    "{file} is not valid TOML: {reason}": "{file} 不是有效的 TOML：{reason}",
    '{file}: [tool.plantrack] has no key "{key}"; write one of {guesses}': "{file}：[tool.plantrack] 没有键“{key}”；可用 {guesses}",
    "{file}: `{key}` must be {expected}, found {found}": "{file}：`{key}` 应当是{expected}，现在是 {found}",
    # progress
    "plan files read:": "已读规划文件：",
    "auditing {number} plan(s) …": "正在审核 {number} 个规划……",
    # laws
    "{one} on one side and {other} on the other: what is added or compared is measured alike": "一边是{one}，另一边是{other}：只有同类的量才能相加、相比",
    "a plain number beside {unit} has no unit: numbers are added to and compared with ratios and counts only": "{unit}与一个不带单位的数相加或相比：只有比率和个数可以这样写",
    "a law is a product of powers or a sum of multiples; this is neither: write it as several, with indicators of your own between": "关系式要么是乘除，要么是加减；这一条两者都不是：请借助自设指标拆成几条",
    "both sides say the same, and nothing is left of this law": "等式两边说的是同一件事，相减后什么也不剩",
    "something is missing at the end: a law reads like `a = b / c` or `a >= b + c`": "末尾缺少内容：关系式形如 `a = b / c` 或 `a >= b + c`",
    "nothing is compared with itself: name another indicator, or a place as {name}@parent": "不能与自身比较：请写另一个指标，或写明地区，如 {name}@parent",
    '"{name}" is not defined by itself': "“{name}”不能用自身来定义",
    "there is no day {date}": "没有 {date} 这一天",
    '"{text}" is no number that is understood, as 100% or -3%': "“{text}”不是可识别的数，应如 100% 或 -3%",
    "the least growth {low} is above the greatest {high}": "下限 {low} 高于上限 {high}",
    "{said}: growth a year is written in %, as -3%": "{said}：年增速用 % 写，如 -3%",
    "{limit} is no amount of {unit}: write the limit in the indicator's unit": "{limit} 不能换算为{unit}：请用该指标的单位写上限",
    # formats
    "{number} error(s)": "错误 {number} 个",
    "{number} warning(s)": "警告 {number} 个",
    "{sum}: {parts}": "{sum}：{parts}",
    "(waived {date}: {reason})": "（{date} 豁免：{reason}）",
    "Findings": "问题清单",
    "Targets": "目标判断",
    "file": "文件",
    "column": "列",
    "what it is about": "所涉对象",
    "waived on": "豁免日期",
    "waived because": "豁免理由",
    "from": "起",
    "to": "止",
}
