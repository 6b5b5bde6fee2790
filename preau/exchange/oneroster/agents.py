"""Who answers for whom, in a bundle: the agents of a pupil."""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.kit.imports.report import Change, Line, Status
from preau.kit.imports.work import Import
from preau.people.imports.families import Families
from preau.people.imports.identity import Persons
from preau.people.imports.register import Register
from preau.people.models import Relationship
from preau.people.own_ties import NobodyTiesOneself

from .bundle import Bundle, Row
from .users import GUARDIAN, PUPIL, Users

KINDS = {"parent": Relationship.Kind.OTHER, "relative": Relationship.Kind.OTHER}


def relate_agents(work: Import, bundle: Bundle, users: Users) -> None:
    """Tie each pupil to the guardians the bundle names; whoever is none in the roles is told and left out."""
    pairs: dict[tuple[str, str], Row] = {}
    for row in users.rows:
        for agent in row.several("agentSourcedIds"):
            # A bundle may name the pair from either side.
            if users.has_role(row.key, PUPIL):
                pairs.setdefault((row.key, agent), row)
            elif users.has_role(row.key, GUARDIAN) and users.has_role(agent, PUPIL):
                pairs.setdefault((agent, row.key), row)
            else:
                _tell(bundle, row, _("%(name)s is no pupil: nobody answers for them.") % {"name": _name(row)})
    register = Register()
    register.load_families()
    families = Families(Persons(work, register, work.at.date()), set())
    for (pupil, agent), row in pairs.items():
        if _is_guardian(bundle, users, row, agent):
            _relate(families, users, row, pupil, agent)
    families.write()


def _is_guardian(bundle: Bundle, users: Users, row: Row, agent_id: str) -> bool:
    """Say whether the one who answers for a pupil is known, and a guardian in the roles; tell it when not."""
    if agent_id not in users.known:
        _tell(bundle, row, _("users.csv has nobody with the id “%(id)s”.") % {"id": agent_id})
        return False
    if not users.has_role(agent_id, GUARDIAN):
        name = _name(users.known[agent_id])
        _tell(bundle, row, _("%(name)s is no guardian in the roles: no tie is made.") % {"name": name})
        return False
    return True


def _relate(families: Families, users: Users, row: Row, pupil_id: str, agent_id: str) -> None:
    work, register = families.persons.work, families.persons.register
    pupil, guardian = register.numbered(work.source, pupil_id), register.numbered(work.source, agent_id)
    if pupil is None or guardian is None or pupil is guardian:
        return
    role = next(iter(sorted(users.roles[agent_id] & GUARDIAN)))
    kind = KINDS.get(role, Relationship.Kind.GUARDIAN)
    try:
        is_new = families.relate(pupil, guardian, kind)
    except NobodyTiesOneself as refusal:
        subject = pupil.person.list_name
        work.report.add(
            Line(Status.ERROR, row.line, "agentSourcedIds", subject, wrong=str(refusal), file=row.file)
        )
        return
    if is_new:
        label = str(kind.label)
        change = Change(label[:1].upper() + label[1:], "", guardian.person.full_name)
        subject = pupil.person.list_name
        work.report.add(
            Line(Status.CHANGED, row.line, "agentSourcedIds", subject, changes=[change], file=row.file)
        )


def _name(row: Row) -> str:
    return f"{row['givenName']} {row['familyName']}".strip() or row.key


def _tell(bundle: Bundle, row: Row, wrong: str) -> None:
    bundle.remark(row, "agentSourcedIds", wrong, _("Correct the roles or the agents, if it is wrong."))
