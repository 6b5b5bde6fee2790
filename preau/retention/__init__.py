"""
How long things are kept: what the school decides, of whom nothing may go, what goes next, and that it goes.

Each app says what it lets go and how (`kit.retention`). Here the school decides for how many days each *kind*
is kept; a *hold* keeps all that is about a person whatever the periods say (an appeal, a dispute); a page
counts what the next run would erase, and the run does it, once a day.
"""
