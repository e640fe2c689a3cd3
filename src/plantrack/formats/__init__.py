"""How results are written.

In: a `Table`, records, a JSON document or a `Report` of findings, and a language. Out: text, bytes or a file.

One module a format, which knows tables and findings and no result. Only here a sentence gets a language and a number
becomes characters. A new format of results is a module here and a branch where `cli/emit` chooses the format; a new
format of findings is a module in `findings/` and a line in its `FORMATS`. Optional libraries (xlsxwriter, matplotlib)
are imported in their own module only. What a spreadsheet, a terminal or a workflow runner could take for a command is
made harmless here.
"""
