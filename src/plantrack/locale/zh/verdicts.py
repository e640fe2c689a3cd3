"""Verdict and status of a target."""

MESSAGES = {
    "verdict": "判断",
    "holds": "相符",
    "fails": "不符",
    "see above": "见上",
    "contradicted": "不一致",
    "wording only": "仅表述不同",
    "not enough data": "缺数据",
    "— (nothing to compare)": "—（无可比数据）",
    "undetermined": "无法判断",
}
