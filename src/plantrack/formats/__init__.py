"""How results are written: in come tables, out go text and files.

One module a format, which knows tables and no result. Only here a sentence is said in a language and a
number becomes characters.
"""
