"""
What a file says of persons: who they are, how to reach them, who answers for whom.

Who is a pupil and who teaches, an upper app knows: it declares the kinds of files that are about them, and
compares the persons in them with the register here.
"""

from . import undoing
