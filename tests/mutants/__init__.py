"""Mutants: do the tests notice when the code says something else? Run by `bin/mutants`."""
