"""The accounts of others: who has one, inviting, blocking."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from preau.accounts import actions, letters, lists, queries, tasks
from preau.accounts.forms import EmailForm, HolderFilterForm
from preau.accounts.guards import needs_second_factor
from preau.accounts.models import Account, Invitation
from preau.accounts.returning import page_of_ours
from preau.accounts.rules import may_forget_second_factor, may_keep_account, may_see_accounts
from preau.design.lists import answer_list
from preau.kit import clock, jobs
from preau.kit.access import opens, reaches, sees
from preau.kit.http import pdf_answer
from preau.people.models import Person


@require_GET
@opens(may_see_accounts)
def accounts(request):
    form = HolderFilterForm(request.GET)
    persons = may_keep_account.among(Person.objects.all(), request.person)
    found = queries.holders(persons, **form.wanted)
    return answer_list(request, lists.accounts, found, form=form, template="accounts/accounts.html")


@require_POST
@needs_second_factor
@sees(may_keep_account, to=may_see_accounts, persons=Person)
def invitations(request, persons):
    if "everybody" in request.POST:
        chosen = queries.holders(persons, **HolderFilterForm(request.POST).wanted_for_an_act())
    else:
        keys = [key for key in request.POST.getlist("person") if key.isdecimal()]
        chosen = queries.holders(persons.filter(pk__in=keys))
    chosen = chosen.exclude(account__is_active=False)
    if request.POST.get("channel") == Invitation.Channel.EMAIL:
        return _by_email(request, list(chosen[: actions.MOST_AT_ONCE + 1]))
    return _by_letter(request, list(chosen[: actions.MOST_AT_ONCE + 1]))


def _by_letter(request, persons):
    invited = actions.invite(
        persons=persons, by=request.person, at=clock.now(), channel=Invitation.Channel.LETTER
    )
    pdf = letters.sheets(invited, request.build_absolute_uri("/"))
    return pdf_answer(pdf, _("invitations-%(day)s") % {"day": clock.today().isoformat()}, keep=True)


def _by_email(request, persons):
    reached, missed = actions.those_with_email(persons)
    where = request.build_absolute_uri("/")
    jobs.start(
        tasks.invite_by_email, persons=[person.pk for person in reached], by=request.person.pk, address=where
    )
    words = ngettext(
        "The invitation leaves by e-mail.", "%(count)s invitations leave by e-mail.", len(reached)
    )
    messages.success(request, words % {"count": len(reached)})
    if missed:
        names = ", ".join(person.full_name for person in missed[:5]) + ("…" if missed[5:] else "")
        messages.warning(
            request, _("Without an e-mail: %(names)s. Make letters for them.") % {"names": names}
        )
    return redirect(page_of_ours(request))


@require_GET
@reaches(may_keep_account, holder=Person)
def account(request, holder):
    standing = queries.standing_of(holder)
    form = EmailForm(instance=standing.account)
    forgets = may_forget_second_factor.admits(request.person)
    context = {"holder": holder, "standing": standing, "form": form, "may_forget_second_factor": forgets}
    return render(request, "accounts/account.html", context)


@require_POST
@needs_second_factor
@reaches(may_keep_account, holder=Person)
def blocking(request, holder):
    actions.block(account=_account(holder), by=request.person, at=clock.now())
    messages.success(request, _("%(name)s is signed out and signs in no more.") % {"name": holder.full_name})
    return redirect("accounts:account", holder.pk)


@require_POST
@needs_second_factor
@reaches(may_keep_account, holder=Person)
def unblocking(request, holder):
    actions.unblock(account=_account(holder), by=request.person)
    messages.success(request, _("%(name)s signs in again as before.") % {"name": holder.full_name})
    return redirect("accounts:account", holder.pk)


@require_POST
@needs_second_factor
@reaches(may_keep_account, holder=Person)
def email(request, holder):
    owned = _account(holder)
    form = EmailForm(request.POST, instance=owned)
    if not form.is_valid():
        context = {"holder": holder, "standing": queries.standing_of(holder), "form": form}
        return render(request, "accounts/account.html", context, status=422)
    actions.change_email(account=owned, email=form.cleaned_data["email"], by=request.person)
    messages.success(request, _("%(name)s signs in with this e-mail too.") % {"name": holder.full_name})
    return redirect("accounts:account", holder.pk)


@require_POST
@needs_second_factor
@reaches(may_forget_second_factor, holder=Person)
def second_factor_lost(request, holder):
    actions.forget_second_factor(account=_account(holder), by=request.person)
    words = _("%(name)s signs in with the password alone, until a new second factor is set up.")
    messages.success(request, words % {"name": holder.full_name})
    return redirect("accounts:account", holder.pk)


def _account(holder):
    return get_object_or_404(Account.objects.select_related("person"), person=holder)
