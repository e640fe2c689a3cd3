"""From a document to statements and a plan file.

In: a `Document`. Out: one `Statement` for each printed number that tells how much of something there is, was or shall
be. Nothing is invented: each stands on a line of the document, with its words; what is doubtful carries the doubt.

`tables` reads target tables, `sentences` prose, `names` what indicators are called, `period` which years are meant.
"""
