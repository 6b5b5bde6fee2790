"""What the house holds about a person, to be taken away by that person: it names those who looked alone."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.accounts.models import Account
from preau.design.pieces import button
from preau.files.models import StoredFile
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.models import Merge, ParentAccess, Person, Relationship, ToldApart
from preau.trail.models import Trace
from preau.trail.queries import looks_at
from preau.trail.words import sentence_of
from preau.work.models import Work

from .models import Pilot, Use
from .rules import may_hand_data_over, may_open_file, may_see_as

OF_ONESELF = (
    "family_name",
    "given_name",
    "preferred_name",
    "gender",
    "born_on",
    "language",
    "email",
    "phone",
    "mobile",
)


@contributes("people")
def identity(person: Person) -> Tables:
    return {
        "person": [{name: getattr(person, name) for name in OF_ONESELF}],
        "numbers": list(person.external_ids.values("system", "value")),
        "addresses": list(person.households.order_by("pk").values("street", "postcode", "city", "country")),
        "duties": list(person.duties.order_by("starts_on").values("kind", "starts_on", "ends_on")),
        "rights_over_pupils": list(
            person.wards.order_by("pk").values("kind", "starts_on", "ends_on", *Relationship.RIGHTS)
        ),
        "guardians_access": list(
            person.guardianships.order_by("pk").values("kind", "is_legal_responsible", "starts_on", "ends_on")
        ),
        "told_apart_from_a_namesake": list(
            ToldApart.objects.filter(Q(one=person) | Q(other=person)).order_by("at").values("at")
        ),
        "records_made_one": list(Merge.objects.filter(kept=person).order_by("at").values("at")),
        "decision_on_parents": list(
            ParentAccess.objects.filter(pupil=person).values("is_granted", "decided_at")
        ),
    }


@contributes("accounts")
def account(person: Person) -> Tables:
    kept, of_account = Account.objects.filter(person=person), {"user__person": person}
    sessions = UserSession.objects.filter(**of_account).order_by("created_at")
    return {
        "account": list(
            kept.values("username", "email", "email_given_at", "is_active", "created_at", "last_login")
        ),
        "invitations": list(
            person.invitations.order_by("created_at").values("channel", "created_at", "expires_at", "used_at")
        ),
        "sessions": list(sessions.values("created_at", "last_seen_at", "ip", "user_agent")),
        "second_factors": list(
            Authenticator.objects.filter(**of_account)
            .order_by("pk")
            .values("type", "created_at", "last_used_at")
        ),
    }


@contributes("files")
def files(person: Person) -> Tables:
    kept = StoredFile.objects.filter(kept_by=person).order_by("kept_at")
    return {"files_i_keep": list(kept.values("name", "size", "kept_at"))}


@contributes("work")
def work(person: Person) -> Tables:
    asked = Work.objects.filter(asked_by=person).order_by("asked_at")
    return {"work_asked_for": list(asked.values("title", "asked_at", "finished_at"))}


@contributes("structure")
def places(person: Person) -> Tables:
    span = ("starts_on", "ends_on")
    return {
        "classes": list(person.enrolments.order_by("starts_on").values("class_group__name", *span)),
        "courses_followed": list(
            person.memberships.order_by("starts_on").values("group__course__name", *span)
        ),
        "courses_taught": list(
            person.assignments.order_by("starts_on").values(
                "group__course__name", "group__name", "kind", *span
            )
        ),
        "classes_tutored": list(person.tutorships.order_by("starts_on").values("class_group__name", *span)),
    }


@contributes("trail")
def traces(person: Person) -> Tables:
    return {
        "acts": list(Trace.objects.filter(by=person, is_look=False).order_by("at").values("at", "act")),
        "acts_about_me": list(
            Trace.objects.filter(about=person, is_look=False)
            .exclude(by=person)
            .order_by("at")
            .values("at", "act")
        ),
        "who_looked": [
            {"at": trace.at, "by": trace.by.full_name if trace.by else "", "what": sentence_of(trace)}
            for trace in looks_at(person)
        ],
    }


@contributes("portal")
def habits(person: Person) -> Tables:
    return {
        "modules_tried": list(Pilot.objects.filter(person=person).values("module")),
        "modules_used": list(Use.objects.filter(person=person).order_by("on").values("on", "module")),
    }


@offer("people.person", rank=90)
def data_to_hand_over(request: Any, person: Person) -> str | None:
    """Offer all that is held about somebody, to be handed over: on paper everybody may ask for it."""
    if not may_hand_data_over.allows(request.person, person):
        return None
    return render_to_string("portal/_hand_over.html", {"somebody": person}, request)


@offer("people.person.ways")
def way_to_the_file(request: Any, person: Person) -> str | None:
    """Lead from the register to the file of a pupil."""
    if not may_open_file.allows(request.person, person):
        return None
    return button(_("School file"), reverse("portal:pupil", args=[person.pk]), "quiet", mark="folder")


@offer("people.person.ways")
def way_to_their_eyes(request: Any, person: Person) -> str | None:
    """Lead those who may to what this person sees."""
    if not may_see_as.allows(request.person, person):
        return None
    return button(_("See as this person"), reverse("portal:see_as", args=[person.pk]), "quiet", mark="eye")


@lets_go("portal.uses", gettext_lazy("Who opened which module on which day"), days=400, whose=("person",))
def uses(before: datetime) -> QuerySet[Use]:
    return Use.objects.filter(on__lt=before.date())
