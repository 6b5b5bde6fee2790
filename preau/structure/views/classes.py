"""Classes: their list, their pupils, who is in charge."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches, sees
from preau.kit.acts import act, act_door, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.lists.pages import ListReading
from preau.kit.sensitive import sensitive, sensitive_to_take

from .. import actions, confirmations, lists, queries
from ..forms.classes import ClassForm, TutorForm
from ..models import ClassGroup, Tutorship
from ..rules import may_manage_structure, may_open_classes, may_read_class_list, may_read_classmates
from ..tabs import class_tabs


@require_safe
@sees(may_read_classmates, to=may_open_classes, classes=ClassGroup)
def classes(request: Request, classes: QuerySet[ClassGroup]) -> HttpResponseBase:
    year = queries.current_year()
    return answer_list(
        request,
        lists.classes,
        queries.classes_of_year(classes, year),
        template="structure/classes.html",
        year=year,
        may_manage=may_manage_structure.admits(request.person),
    )


@require_safe
@sensitive_to_take
@reaches(may_read_classmates, class_group=ClassGroup)
def class_group(request: Request, class_group: ClassGroup) -> HttpResponseBase:
    reads_list = may_read_class_list.allows(request.person, class_group)
    if reads_list:
        actions.note_look_at_class(class_group=class_group, by=request.person, at=moment_of(request))
    return answer_list(
        request,
        lists.class_list,
        queries.pupils_of(class_group, on=queries.day_in(class_group.school_year)),
        subject=class_group,
        template="structure/class_group.html",
        class_group=class_group,
        tutorships=queries.tutorships_of(class_group),
        tabs=class_tabs(class_group, "structure:class_group") if reads_list else [],
        may_manage=may_manage_structure.admits(request.person),
    )


@require_safe
@sensitive_to_take
@reaches(may_read_class_list, class_group=ClassGroup)
def class_courses(request: Request, class_group: ClassGroup) -> HttpResponseBase:
    return answer_list(
        request,
        lists.class_courses,
        queries.groups_of_class(class_group, on=queries.day_in(class_group.school_year)),
        subject=class_group,
        template="structure/class_courses.html",
        class_group=class_group,
        tabs=class_tabs(class_group, "structure:class_courses"),
    )


@require_safe
@sensitive
@reaches(may_read_class_list, class_group=ClassGroup)
def class_sheet(request: Request, class_group: ClassGroup) -> HttpResponse:
    actions.note_look_at_class(class_group=class_group, by=request.person, at=moment_of(request))
    reading = ListReading(
        lists.class_list, queries.pupils_of(class_group), reader=request.person, subject=class_group
    )
    return show(
        request,
        "structure/class_sheet.html",
        class_group=class_group,
        sight=reading.on_paper(),
        tutorships=queries.tutorships_of(class_group),
    )


@form_door
@sensitive
@opens(may_manage_structure)
def new_class(request: Request) -> HttpResponse:
    form = ClassForm(typed(request))
    if made := done(request, form, actions.create_class):
        words = _("The class %(name)s exists. Put somebody in charge.") % {"name": made.result.name}
        return go_on(request, words, "structure:class_group", made.result.pk)
    return show(request, "structure/new_class.html", form=form)


@form_door
@sensitive
@reaches(may_manage_structure, class_group=ClassGroup)
def class_identity(request: Request, class_group: ClassGroup) -> HttpResponse:
    form = ClassForm.of(class_group, typed(request))
    if changed := done(request, form, actions.change_class, class_group=class_group):
        words = _("The class is called %(name)s.") % {"name": changed.result.name}
        return go_on(request, words, "structure:class_group", class_group.pk)
    return _identity(request, class_group, form, TutorForm())


@act_door
@sensitive
@reaches(may_manage_structure, class_group=ClassGroup)
def tutors(request: Request, class_group: ClassGroup) -> HttpResponse:
    form = TutorForm(typed(request))
    if taken := done(request, form, actions.take_charge, class_group=class_group):
        names = {"name": taken.result.tutor.full_name, "class_group": class_group.name}
        words = _("%(name)s is in charge of %(class_group)s from that day.") % names
        return go_on(request, words, "structure:class_group", class_group.pk)
    return _identity(request, class_group, ClassForm.of(class_group), form)


def _identity(
    request: Request, class_group: ClassGroup, form: ClassForm, tutor_form: TutorForm
) -> HttpResponse:
    return show(
        request,
        "structure/class_identity.html",
        class_group=class_group,
        form=form,
        tutor_form=tutor_form,
        tutorships=queries.tutorships_of(class_group),
    )


@form_door
@sensitive
@reaches(may_manage_structure, tutorship=Tutorship)
def tutorship_end(request: Request, tutorship: Tutorship) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.ending_tutorship(tutorship))
    act(request, actions.end_tutorship, tutorship=tutorship, on=clock.today())
    names = {"name": tutorship.tutor.full_name, "class_group": tutorship.class_group.name}
    words = _("%(name)s is no longer in charge of %(class_group)s.") % names
    return go_on(request, words, "structure:class_group", tutorship.class_group_id)
