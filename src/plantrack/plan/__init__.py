"""A plan: what its file may write, the catalogue it uses, and its figures.

In: mappings of text, which pydantic checks (`model`). Out: a `PlanFile` with everything that is wrong with its file,
and, if nothing is, the `Plan`: figures with indicator, measure, interval, times and place (`figures`, `measures`).
No file is opened here; `folders` tells where plan files lie.

A key of the plan file is a field in `model`. A word of units, an indicator, a law or a group of places is a line of
`units.yaml`, `indicators.yaml`, `laws.yaml` or `places.yaml`; provinces and prefectures stand in `divisions.tsv`.
`Catalogue.of` adds what plans declare. `units` composes units of words, `naming` tells what a name stands for.
`actuals` are values published later, `omissions` the numbers that a transcription leaves out, `citing` how figures
and where they stand are told. Figures are frozen: the audit and everything after it read them and change nothing.
"""
