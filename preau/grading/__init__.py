"""
How grades become results: categories, tokens, scales of words, schemes, and the results that are kept.

The arithmetic is in `averages.py`, which knows no database. What a school starts with is in `fwb.py`. There
is no screen here: the gradebook shows and edits it all; competences, sheets and report cards build on it.
"""
