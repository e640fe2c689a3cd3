"""The overview of `show`. English template -> Chinese."""

MESSAGES = {
    "further figures": "其他数据",
    "further figures without a time are from {base} to {target}": "“其他数据”未注明时间的，指{base}—{target}年",
    "Other": "其他",
    "binding": "约束性",
    "at current prices": "按现价",
    "at constant prices": "按不变价",
}
