"""
The school in time: years and periods, classes and courses, and who belongs to which from when to when.

Ties are dated, their end excluded: a mark stays with the group in which it was given.
"""

from .classes import ClassGroup, DutyScope, Enrolment, Tutorship, YearLevel
from .courses import (
    Course,
    CourseGroup,
    CourseStatus,
    GroupMembership,
    Subject,
    TeachingAssignment,
)
from .rollover import OUT, UNKNOWN, ClassStep, PupilStep, Rollover
from .years import CalendarEvent, ReportPeriod, School, SchoolYear
