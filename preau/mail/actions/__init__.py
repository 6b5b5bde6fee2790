"""All that is written about e-mails: queueing, handing over, and what comes back."""

from .bounces import keep_from as keep_from
from .bounces import note_bounce as note_bounce
from .bounces import try_address_again as try_address_again
from .claims import claim as claim
from .claims import give_up as give_up
from .claims import hand_over as hand_over
from .claims import mark_sent as mark_sent
from .claims import put_off as put_off
from .claims import recover as recover
from .queueing import send_again as send_again
from .queueing import send_later as send_later
from .queueing import send_many as send_many
from .queueing import withdraw as withdraw
