"""The page of findings. English template -> Chinese."""

MESSAGES = {
    "What the plans' own numbers say of one another": "各规划数据相互核对的结果",
    "What is wrong with plan files": "规划文件中的问题",
    "Made by `plantrack {command}`; not to be edited by hand.": "由 `plantrack {command}` 生成，请勿手工修改。",
}
