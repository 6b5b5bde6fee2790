"""The nouns of report cards."""

from .cards import Build, Drawing, Immutable, ReportCard, fingerprint
from .releases import Hold, Reading, Release
from .words import TutorWord
