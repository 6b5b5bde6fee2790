"""The questions the screens of report cards ask."""

from .checks import CardsFound, Checked, cards_found, checked
from .classes import (
    ClassAtEnd,
    ClassPage,
    class_at_end_of,
    class_page,
    classes_for,
    facts_shown,
    pupils_at_end_of,
)
from .differences import Difference, differences_of
from .dossiers import held_about
from .facts import Snapshot, facts_of, snapshot_of
from .missing import ClassState, LateTeacher, Missing, late_teachers, missing_before
from .periods import (
    Changes,
    PeriodLine,
    PeriodState,
    changes_since,
    last_build,
    period_lines,
    period_state,
    periods_of_year,
    release_of,
)
from .printing import copies_of_class, names_not_drawn
from .reading import (
    CardPage,
    card_page,
    cards_by_child,
    panel_cards,
    readable_cards,
    unread_by,
    waiting_cards,
)
from .waiting import waiting_steps, words_to_write
