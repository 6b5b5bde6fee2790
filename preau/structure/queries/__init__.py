"""The questions about the school in time: its years, and who belongs where on which day."""

from .ties import (
    class_of,
    classes_by_pupil,
    classes_in,
    enrolled_pupils,
    groups_followed_by,
    groups_in,
    groups_taught_by,
    members_of,
    pupils_of,
    staff,
    teachers_of,
    tutors_of,
    with_size,
)
from .years import calendar_of, current_period, current_year, periods_of, school, school_years

__all__ = [
    "calendar_of",
    "class_of",
    "classes_by_pupil",
    "classes_in",
    "current_period",
    "current_year",
    "enrolled_pupils",
    "groups_followed_by",
    "groups_in",
    "groups_taught_by",
    "members_of",
    "periods_of",
    "pupils_of",
    "school",
    "school_years",
    "staff",
    "teachers_of",
    "tutors_of",
    "with_size",
]
