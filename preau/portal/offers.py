"""What the house holds about a person, for the person to take away. Others' names stay out."""

from preau.accounts.models import Account
from preau.kit.dossier import Tables, contributes
from preau.people.models import ParentAccess, Person, Relationship
from preau.trail.models import Trace

from .models import Pilot, Use

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
        "decision_on_parents": list(
            ParentAccess.objects.filter(pupil=person).values("is_granted", "decided_at")
        ),
    }


@contributes("accounts")
def account(person: Person) -> Tables:
    kept = Account.objects.filter(person=person)
    return {"account": list(kept.values("username", "email", "is_active", "created_at", "last_login"))}


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
        "looks_at_my_file": list(
            Trace.objects.filter(about=person, is_look=True).order_by("at").values("at", "act")
        ),
    }


@contributes("portal")
def habits(person: Person) -> Tables:
    return {
        "modules_tried": list(Pilot.objects.filter(person=person).values("module")),
        "modules_used": list(Use.objects.filter(person=person).order_by("on").values("on", "module")),
    }
