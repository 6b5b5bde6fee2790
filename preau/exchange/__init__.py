"""
What comes in by a file and goes out by one.

A *kind* of import (people, staff, courses, memberships, grades) says what it can take in: its *targets*. A
*mapping* says where each target finds its value in the file of a *source*. An import *run* reads the file,
compares it with what the school knows, tells what would be new, changed, gone or in error, and writes all of
it or nothing. A OneRoster bundle is several such files at once.
"""
