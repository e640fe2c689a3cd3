"""What each result shows.

In: a result (audit, paths, tracking, comparison, trace, plans). Out: tables of typed cells with titles, notes and
formulas (`table`), and records of typed values, written as JSON (`documents`) or laid flat as tidy rows (`tidy`).

A sentence is still a `Text` and a number still a number, with the form in which it is written: no language is chosen
and no number becomes characters here. A worksheet is named in `worksheets`. Nothing is computed that a result lacks.
"""
