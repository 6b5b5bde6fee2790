"""What the school decides of its grading."""

from .defaults import adopt_defaults
from .scales import LevelInUse, ScaleInUse, keep_scale, remove_scale
from .schemes import SchoolNeedsAScheme, end_scheme, keep_scheme
