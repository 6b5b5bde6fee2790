"""
What the school does for one pupil besides teaching: today, reasonable adjustments.

A *measure* is something the school can do (one third more time, font 14). A *plan* says which measures one
pupil has, in which subjects, from when to when; its *adjustments* are these measures one by one. Teachers
read the plan of a pupil and say so. What a pupil has or suffers from is never written here: only what helps.

Pages of marks do not know this app: it hangs its flags and sentences in the places of the gradebook.
"""
