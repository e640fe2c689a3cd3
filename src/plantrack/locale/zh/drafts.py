"""Drafts of plan files. English template -> Chinese."""

MESSAGES = {
    "A plan file to go through, from a document: every number with its line.": "由文件草拟规划文件，供逐条核对：每个数字都注明所在行",
    "The document: .docx, .xlsx, .html, .pdf, .md or .txt.": "文件：.docx、.xlsx、.html、.pdf、.md 或 .txt",
    "Keep the confirmed rows of this plan file, and add what it does not have.": "保留该规划文件中已确认的行，补上其中没有的数据",
    "--update takes years and place from the plan file: leave the others out": "--update 以规划文件中的年份和地区为准，请勿再写其他选项",
    "line {line}: {name} {printed}": "第{line}行：{name} {printed}",
    "{kept} confirmed rows stay; {dropped} rows to be confirmed were drafted anew; {added} figures above are in no confirmed row": "保留已确认的{kept}行；重新草拟待确认的{dropped}行；以上{added}个数据不在已确认的行中",
    "{file}: write what stands under {key} on lines of its own, so that more can be added": "{file}：请将 {key} 下的内容另起行书写，以便补充",
    "formulas whose values are not in the file: {number}": "公式未存结果、无法读取的单元格：{number}个",
    "Base year, where the document does not tell it.": "基期年份（文件中没有写明时）",
    "Target year, where the document does not tell it.": "目标年份（文件中没有写明时）",
    "Whose plan it is, where the document does not tell it.": "规划所属地区（文件中没有写明时）",
    "Leave out what a person would have to confirm.": "不写入需要人工确认的数字",
    "the year is not told": "没有写明年份",
    "the years are not told": "没有写明起止年份",
    "the same indicator has another number elsewhere": "同一指标在别处是另一个数，请核对是否为同一指标",
    "{file} tells no figures that are understood": "{file}中没有可以识别的数据",
    "{file}: the document does not tell its base and target year; say them: --base 2020 --target 2025": "{file}没有写明基期和目标年份，请注明：--base 2020 --target 2025",
    "the drafted file has errors: {message}": "草拟的规划文件有错误：{message}",
    'to make ids of Chinese names, install what it takes: pip install "plantrack[draft]"': '由中文名称生成标识需要另行安装：pip install "plantrack[draft]"',
    "{numbers} numbers tell how much: {placed} became figures, {doubtful} of them await a person, {left} could not be written and stand at the end; {others} more are dates, numbering and names": "文件中有{numbers}个表示数量的数字：已写成数据{placed}个，其中{doubtful}个请人工确认；{left}个未能写入，列在末尾；另有{others}个是日期、编号和名称",
}
