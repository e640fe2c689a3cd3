"""The page of findings. English template -> Chinese."""

MESSAGES = {
    "What the plans' own numbers say of one another": "各规划数字相互核对的结果",
    "Made by `plantrack check --all -f page`; not to be edited by hand.": "由 `plantrack check --all -f page` 生成，请勿手工修改。",
}
