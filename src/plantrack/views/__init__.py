"""What each result shows: in come results, out go tables of typed cells and JSON documents.

One module a result. Sentences are still `Text`, numbers still numbers, with the form in which they are
written; only a format says the one in a language and turns the other into characters.
"""
