"""A plan: what its file may write, the catalogue it speaks of, and its figures, placed and measured.

In come mappings of text that pydantic checks; out come figures with intervals. No file is opened here.
"""
