"""Drafts of plan files. English template -> Chinese."""

MESSAGES = {
    "A plan file to go through, from a document: every number with its line.": "由文件草拟规划文件，供逐条核对：每个数字都注明所在行",
    "The document: .docx, .html, .pdf, .md or .txt.": "文件：.docx、.html、.pdf、.md 或 .txt",
    "Base year, where the document does not tell it.": "基期年份（文件中没有写明时）",
    "Target year, where the document does not tell it.": "目标年份（文件中没有写明时）",
    "Whose plan it is, where the document does not tell it.": "规划所属地区（文件中没有写明时）",
    "Leave out what a person would have to confirm.": "不写入需要人工确认的数字",
    "the year is not told": "没有写明年份",
    "{file}: a plan file is called by the plan's id, in small letters, digits and `-`: write -o {name}.yaml": "{file}：规划文件以规划标识命名，只能用小写字母、数字和“-”：请写 -o {name}.yaml",
    "no unit is told: {unit} is taken": "没有写明单位，按{unit}处理",
    "the years are not told": "没有写明起止年份",
    "the same indicator has another number elsewhere": "同一指标在别处是另一个数，请核对是否为同一指标",
    "{file} tells no figures that are understood": "{file}中没有可以识别的数据",
    "{file}: the document does not tell its base and target year; say them: --base 2020 --target 2025": "{file}没有写明基期和目标年份，请注明：--base 2020 --target 2025",
    "the drafted file has errors: {message}": "草拟的规划文件有错误：{message}",
    'to make ids of Chinese names, install what it takes: pip install "plantrack[draft]"': '由中文名称生成标识需要另行安装：pip install "plantrack[draft]"',
    "{numbers} numbers tell how much: {placed} became figures, {doubtful} of them await a person, {left} could not be written and stand at the end; {others} more are dates, numbering and names": "文件中有{numbers}个表示数量的数字：已写成数据{placed}个，其中{doubtful}个请人工确认；{left}个未能写入，列在末尾；另有{others}个是日期、编号和名称",
}
