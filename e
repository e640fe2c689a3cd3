tests/cases/plans/invalid/pt905-not-waivable.yaml:9:44: PT107 error "力争115" is no printed number that is understood; forms that are: 76.91, 8.50%, 1.2万亿元, 50以上, 超过9000元, 约2亿, 2—3家, 下降2.06个百分点, 1/15左右, 翻一番; or a direction: up, down, not up, not down [invalid-numeral]
no waiver is drafted for 1 finding(s): they are corrected
