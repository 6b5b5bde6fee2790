"""What is done with persons: recording them, where they live, who answers for whom, what they do here."""

from .doubles import OneAndTheSame, propose_again, tell_apart
from .duties import AboveOnesOwn, AlreadyHeld, NobodyElseLeads, NobodyPromotesOneself, end_duty, give_duty
from .households import NoAddress, change_household, leave_household, move_household, settle
from .merging import BuiltOnMerge, CannotMerge, CannotUndoMerge, forget_merges, merge_persons, undo_merge
from .persons import (
    NumberTaken,
    change_person,
    drop_external_id,
    note_external_id,
    note_opening,
    record_person,
)
from .readings import note_first_reading, take_note_of
from .relationships import (
    AlreadyRelated,
    NotAnsweringForOneself,
    NotForSomebodyElse,
    NotOfAge,
    RestrictionUnchecked,
    SchoolKeepsParentsOut,
    change_rights,
    decide_parent_access,
    end_relationship,
    relate_guardian,
    relate_new_guardian,
)
