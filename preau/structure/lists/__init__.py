"""The lists of the school: who sits in a class, who works here, what is taught."""

from .classes import classes
from .courses import courses, levels, statuses, subjects
from .groups import class_courses, groups, members
from .pupils import class_list, pupils
from .rollover import rollover
from .staff import staff

__all__ = [
    "class_courses",
    "class_list",
    "classes",
    "courses",
    "groups",
    "levels",
    "members",
    "pupils",
    "rollover",
    "staff",
    "statuses",
    "subjects",
]
