"""Waivers. English template -> Chinese."""

MESSAGES = {
    "{number} finding(s) are corrected, not waived: no waiver is drafted for them": "{number}项问题应予改正，不作豁免",
    "--draft-waivers writes YAML to be pasted: leave -f out, and write one -o": "--draft-waivers 输出供粘贴的 YAML：请不要写 -f，-o 只写一个",
    # codes
    "a waiver that no finding needs": "没有对应问题的豁免",
    "a waiver without a reason": "没有写明理由的豁免",
    "a waiver for a code that does not exist": "豁免的代码不存在",
    "a waiver without a day, or of a day to come": "豁免没有日期，或日期在将来",
    "a waiver for what has to be corrected": "豁免了必须改正的问题",
    # findings
    'no code "{name}"; did you mean {guesses}?': "没有代码“{name}”；是不是 {guesses}？",
    "{code} is corrected, not waived: only contradictions, implausible figures and warnings about the file can be judged": "{code} 只能改正，不能豁免：可以豁免的只有不一致、数据异常和关于文件的警告",
    "no reason is given: say in `reason` why this finding stays": "没有写理由：请在 `reason` 里说明为什么保留这个问题",
    '"{date}" is no day: write YYYY-MM-DD, as 2026-11-24': "“{date}”不是日期：请写成 YYYY-MM-DD，如 2026-11-24",
    "{date} is still to come: write the day of the judgement": "{date} 还没到：请写作出判断的日期",
    "this waiver is not needed: {why}; remove it, or judge anew": "这条豁免没有对应的问题：{why}；请删去，或重新判断",
    "it names nothing under `figures` or `keys`": "`figures` 和 `keys` 下都是空的",
    "there is no {what}": "没有 {what}",
    "{what} reads {now} and was waived as {said}": "{what} 现在是 {now}，豁免时是 {said}",
    "{code} is found about {what}": "{code} 涉及的是 {what}",
    "{code} is not found about these": "没有发现涉及这些内容的 {code}",
    # output
    "{number} finding(s) waived; --show-waived shows them": "已豁免{number}处；用 --show-waived 查看",
    # help
    "Also show findings that a waiver covers.": "同时列出已豁免的问题。",
    "Print waivers for what is found, to paste into the plan file.": "为发现的问题写好豁免条目，供粘贴到规划文件。",
}
