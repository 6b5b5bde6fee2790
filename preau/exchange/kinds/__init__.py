"""The kinds of import, in the order in which a school brings them in."""

from preau.kit.imports.targets import Kind

from .courses import COURSES
from .grades import GRADES
from .memberships import MEMBERSHIPS
from .people import PEOPLE
from .staff import STAFF

KINDS: dict[str, Kind] = {kind.key: kind for kind in (PEOPLE, STAFF, COURSES, MEMBERSHIPS, GRADES)}
"""The kinds that are one table. A OneRoster bundle is many, and has a home of its own."""

STAFF_NUMBERS = "acronym"
"""The system of the numbers by which files name teachers, whatever numbers they give to pupils."""
