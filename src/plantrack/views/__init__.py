"""What each result shows.

In: a result (audit, paths, tracking, comparison, trace, plans). Out: tables of typed cells with titles, notes and
formulas (`table`), tidy records (`tidy`) and JSON documents.

One module a result. A sentence is still a `Text` and a number still a number, with the form in which it is written:
no language is chosen and no number becomes characters here. A new column is one line in its result's module; a
worksheet is named in `book`, a column of a tidy table in `columns`. Nothing is computed that a result does not hold.
"""
