"""
The tools every part of the school is made with: rules, events, slots, modules, the clock, sheets, letters.

Knows nothing of schools. Its one table remembers which forms were sent, so that twice is once.
"""
