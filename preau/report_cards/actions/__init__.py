"""What people do with report cards. The only place that writes."""

from .corrections import NothingToCorrect, correct_report_card
from .drawings import document_of
from .families import acknowledge, note_look_at_preview, note_reading
from .looks import note_look_at_class, note_look_at_differences, note_printing
from .making import (
    BuildUnderWay,
    GradebooksOpen,
    build_report_cards,
    close_gradebooks,
    make_ordered,
    order_build,
)
from .releases import (
    AlreadyHeld,
    AlreadyPublished,
    AlreadyRead,
    ChangedSince,
    NothingBuilt,
    hold,
    lift_hold,
    publish_report_cards,
    withdraw_report_cards,
)
from .words import write_tutor_word
