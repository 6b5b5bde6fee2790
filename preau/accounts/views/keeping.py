"""The accounts of others: who has one, inviting, blocking."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.accounts import actions, confirmations, letters, lists, queries, tasks
from preau.accounts.forms import EmailForm, HolderFilterForm, InvitingForm
from preau.accounts.models import Account, Invitation
from preau.accounts.returning import page_of_ours
from preau.accounts.rules import may_forget_second_factor, may_keep_account, may_see_accounts
from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit import clock, jobs
from preau.kit.access import opens, reaches, sees
from preau.kit.acts import act, act_door, done, form_door, go_on, is_confirmed, show, typed, understood
from preau.kit.http import Request, pdf_answer
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.people.models import Person, PersonQuerySet


@require_safe
@sensitive_to_take
@opens(may_see_accounts)
def accounts(request: Request) -> HttpResponseBase:
    form = HolderFilterForm(request.GET)
    persons = may_keep_account.among(Person.objects.all(), request.person)
    found = queries.holders(persons, **form.wanted)
    return answer_list(request, lists.accounts, found, form=form, template="accounts/accounts.html")


@act_door
@sensitive
@sees(may_keep_account, to=may_see_accounts, persons=Person)
def invitations(request: Request, persons: PersonQuerySet) -> HttpResponse:
    asked = understood(InvitingForm(persons, typed(request)))
    invite = _by_email if asked["channel"] == Invitation.Channel.EMAIL else _by_letter
    return invite(request, asked["persons"])


def _by_letter(request: Request, persons: Iterable[Person]) -> HttpResponse:
    invited = act(request, actions.invite, persons=persons, channel=Invitation.Channel.LETTER)
    pdf = letters.sheets(invited, request.build_absolute_uri("/"))
    return pdf_answer(pdf, _("invitations-%(day)s") % {"day": clock.today().isoformat()}, keep=True)


def _by_email(request: Request, persons: Iterable[Person]) -> HttpResponse:
    reached, missed = actions.those_with_email(persons)
    where = request.build_absolute_uri("/")
    keys = [person.pk for person in reached]
    jobs.start(tasks.invite_by_email, persons=keys, by=request.person.pk, address=where)
    words = ngettext(
        "The invitation leaves by e-mail.", "%(count)s invitations leave by e-mail.", len(reached)
    ) % {"count": len(reached)}
    if missed:
        names = ", ".join(person.full_name for person in missed[:5]) + ("…" if missed[5:] else "")
        words += " " + _("Without an e-mail: %(names)s. Make letters for them.") % {"names": names}
    return go_on(request, words, page_of_ours(request))


@require_safe
@reaches(may_keep_account, holder=Person)
def account(request: Request, holder: Person) -> HttpResponse:
    return _page(request, holder)


def _page(request: Request, holder: Person, form: EmailForm | None = None) -> HttpResponse:
    standing = queries.standing_of(holder)
    return show(
        request,
        "accounts/account.html",
        holder=holder,
        standing=standing,
        form=form or EmailForm(instance=standing.account),
        may_forget_second_factor=may_forget_second_factor.allows(request.person, holder),
    )


@act_door
@sensitive
@reaches(may_keep_account, holder=Person)
def blocking(request: Request, holder: Person) -> HttpResponse:
    act(request, actions.block, account=_account(holder))
    words = _("%(name)s is signed out and signs in no more.") % {"name": holder.full_name}
    return go_on(request, words, "accounts:account", holder.pk)


@act_door
@sensitive
@reaches(may_keep_account, holder=Person)
def unblocking(request: Request, holder: Person) -> HttpResponse:
    act(request, actions.unblock, account=_account(holder))
    words = _("%(name)s signs in again as before.") % {"name": holder.full_name}
    return go_on(request, words, "accounts:account", holder.pk)


@act_door
@sensitive
@reaches(may_keep_account, holder=Person)
def email(request: Request, holder: Person) -> HttpResponse:
    owned = _account(holder)
    form = EmailForm.of(owned, typed(request))
    if not done(request, form, actions.change_email, account=owned):
        return _page(request, holder, form)
    words = _(
        "%(name)s signs in with this e-mail too. Both addresses are told; a forgotten password is renewed "
        "through it from tomorrow on."
    ) % {"name": holder.full_name}
    return go_on(request, words, "accounts:account", holder.pk)


@form_door
@sensitive
@reaches(may_forget_second_factor, holder=Person)
def second_factor_lost(request: Request, holder: Person) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.forgetting_second_factor(holder))
    act(request, actions.forget_second_factor, account=_account(holder))
    words = _("%(name)s signs in with the password alone, until a new second factor is set up.")
    return go_on(request, words % {"name": holder.full_name}, "accounts:account", holder.pk)


def _account(holder: Person) -> Account:
    return get_object_or_404(Account.objects.select_related("person"), person=holder)
