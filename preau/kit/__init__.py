"""
The tools every part of the school is made with: rules, events, slots, modules, the clock, sheets, letters.

Knows nothing of schools and has no tables.
"""
