"""
What pupils achieve: assessments of a course group, grades, and the results they make.

A grade holds points or a token (CM, NR…). What the software computes, what the teacher retains and what the
council decides are three fields, never one. How a result is computed is in `averages.py`, which knows no
database.
Report cards, councils and follow-up are made of these facts by the apps above.
"""
