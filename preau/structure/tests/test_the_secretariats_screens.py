from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.files.tests.builders import picture
from preau.kit.tables import read_table
from preau.people.models import Duty, Person, Relationship
from preau.structure import queries
from preau.structure.models import CalendarEvent, CourseGroup, Enrolment, ReportPeriod, School, SchoolYear

HOSTILE = "<script>alert(1)</script>"

LISTS = [
    "structure:pupils",
    "structure:new_pupil",
    "structure:staff",
    "structure:new_staff",
    "structure:new_class",
    "structure:courses",
    "structure:new_course",
    "structure:subjects",
    "structure:levels",
    "structure:statuses",
    "structure:groups",
    "structure:new_group",
    "structure:school",
    "structure:readiness",
    "people:families",
]


def many_pupils(school, count):
    """Enrol more pupils in 4TTA, each with a mother, all following its mathematics."""
    people = Person.objects.bulk_create(
        Person(given_name=f"P{n}", family_name="Zed", sort_name=f"zed p{n:03}") for n in range(count)
    )
    mothers = Person.objects.bulk_create(
        Person(given_name=f"M{n}", family_name="Zed", sort_name=f"zed m{n:03}") for n in range(count)
    )
    first_day = date(2026, 8, 24)
    Enrolment.objects.bulk_create(
        Enrolment(pupil=p, class_group=school.class_4tta, starts_on=first_day) for p in people
    )
    Relationship.objects.bulk_create(
        Relationship(pupil=p, guardian=m) for p, m in zip(people, mothers, strict=True)
    )
    return people


@pytest.mark.parametrize("page", LISTS)
def test_each_list_opens_for_the_secretary_and_for_no_stranger(school, visit, page):
    assert school.everybody

    assert visit(page, as_=school.maes).status_code == 200
    assert visit(page, as_=school.zoe).status_code == 404


def test_the_list_of_classes_holds_those_of_the_reader(school, visit):
    assert school.everybody

    def found(who):
        page = visit("structure:classes", as_=who).context["page"]
        return [line.class_group for part in page.parts for line in part.rows]

    assert found(school.maes) == [school.class_2cb, school.class_4tta, school.class_5ttb]
    assert found(school.vandamme) == [school.class_4tta]
    assert found(school.noor) == [school.class_4tta]
    for stranger in (school.samira, school.zoe):
        assert visit("structure:classes", as_=stranger).status_code == 404


@pytest.mark.parametrize("page", LISTS)
def test_each_list_says_what_to_do_in_an_empty_school(school, visit, page):
    assert visit(page, as_=school.maes).status_code == 200


def test_pupils_are_found_by_name_class_and_status(school, visit, school_day):
    assert school.everybody
    Enrolment.objects.filter(pupil=school.alma).update(ends_on=date(2026, 10, 1))

    def found(**query):
        page = visit("structure:pupils", as_=school.maes, query=query)
        return [line.pupil for line in page.context["page"]]

    assert found() == [school.emma, school.elias, school.noor]
    assert found(q="haddad") == [school.elias, school.noor]
    assert found(class_group=school.class_2cb.pk) == [school.elias]
    assert found(status="left") == [school.alma]
    assert found(status="to_come") == []
    assert found(level=school.class_4tta.year_level_id, sort="-name") == [school.noor, school.emma]
    assert found(sort="class") == [school.elias, school.emma, school.noor]
    assert found(sort="-born") == [school.elias, school.emma, school.noor]
    assert found(status="' OR 1=1", class_group="9999", sort="__class__") == [
        school.emma,
        school.elias,
        school.noor,
    ]


def test_ticked_pupils_go_to_another_class(school, tap):
    assert school.everybody
    form = {"pupils": [school.noor.pk, school.emma.pk], "to": school.class_2cb.pk, "on": "2026-11-09"}

    answer = tap("structure:moves", form | {"confirmed": "yes"}, as_=school.maes, htmx=False)

    assert answer.headers["Location"].endswith(f"/classes/{school.class_2cb.pk}/")
    assert queries.class_of(school.noor) == school.class_2cb
    assert queries.pupils_of(school.class_2cb).count() == 3


def test_nobody_ticked_brings_the_list_back_with_a_reason(school, tap):
    assert school.everybody

    answer = tap("structure:moves", {"to": school.class_2cb.pk, "on": "2026-11-09"}, as_=school.maes)

    assert answer.status_code == 422
    assert "Tick the pupils first" in answer.text


def test_all_who_are_found_join_a_group(school, tap):
    assert school.everybody
    form = {"everyone": "on", "q": "haddad", "group": school.physics_5ttb.pk, "on": "2026-11-09"}

    tap("structure:joins", form, as_=school.maes)

    assert set(queries.members_of(school.physics_5ttb)) == {school.alma, school.noor, school.elias}


def test_a_new_pupil_is_recorded_in_a_class(school, tap, visit):
    form = {
        "family_name": HOSTILE,
        "given_name": "Zora",
        "language": "fr",
        "to": school.class_4tta.pk,
        "on": "2026-11-24",
    }

    for day in ("2082-03-01", "1912-03-01"):
        refused = tap("structure:new_pupil", form | {"born_on": day}, as_=school.maes, htmx=False)
        assert (refused.status_code, "check the year" in refused.text) == (422, True)
    answer = tap("structure:new_pupil", form, as_=school.maes, htmx=False)

    zora = Person.objects.get(given_name="Zora")
    assert answer.headers["Location"].endswith(f"/people/{zora.pk}/")
    assert queries.class_of(zora) == school.class_4tta
    for page, ids in (
        ("people:person", {"somebody_id": zora.pk}),
        ("structure:pupils", {}),
        ("structure:class_group", {"class_group_id": school.class_4tta.pk}),
    ):
        shown = visit(page, as_=school.maes, **ids).text
        assert HOSTILE not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_a_pupil_changes_class_and_leaves_on_the_screen(school, tap):
    assert school.everybody
    ids = {"pupil_id": school.noor.pk}

    form = {"to": school.class_2cb.pk, "on": "2026-11-09", "confirmed": "yes"}
    tap("structure:enrolment", form, as_=school.maes, **ids)
    assert queries.class_of(school.noor) == school.class_2cb

    again = tap("structure:enrolment", {"to": school.class_2cb.pk, "on": "2026-11-10"}, **ids)
    assert again.status_code == 422
    assert "already in 2CB" in again.text

    tap("structure:leaving", {"last_day": "2026-11-30"}, **ids)
    assert school.noor.enrolments.get(class_group=school.class_2cb).ends_on == date(2026, 12, 1)


def test_a_class_of_twenty_eight_costs_no_more_than_a_class_of_two(
    school, visit, django_assert_max_num_queries
):
    assert school.everybody
    queries.school(), queries.current_year()
    many_pupils(school, 26)
    ids = {"class_group_id": school.class_4tta.pk}
    visit("structure:class_group", as_=school.maes, **ids)

    with django_assert_max_num_queries(10):  # One of them notes that somebody looked.
        page = visit("structure:class_group", **ids)
    assert len(page.context["page"]) == 28
    with django_assert_max_num_queries(9):
        visit("structure:class_courses", **ids)


@pytest.mark.parametrize(
    "page", ["structure:pupils", "structure:staff", "people:families", "structure:groups"]
)
def test_a_long_list_costs_no_more_than_a_short_one(school, visit, page, django_assert_max_num_queries):
    assert school.everybody
    many_pupils(school, 60)
    visit(page, as_=school.maes)

    with django_assert_max_num_queries(12):
        assert visit(page).status_code == 200


def test_a_class_shows_each_reader_what_is_theirs(school, visit):
    assert school.everybody
    school.samira.mobile = "0470 12 34 56"
    school.samira.save()
    ids = {"class_group_id": school.class_4tta.pk}

    tutor = visit("structure:class_group", as_=school.vandamme, **ids).text
    pupil = visit("structure:class_group", as_=school.emma, **ids).text

    assert "0470 12 34 56" in tutor
    assert "14/02/2011" in tutor
    assert "Haddad Noor" in pupil
    assert "0470" not in pupil
    assert "14/02/2011" not in pupil
    assert "file=xlsx" in tutor
    taken = visit("structure:class_group", as_=school.emma, query={"file": "xlsx"}, **ids)
    assert "Content-Disposition" not in taken
    assert "Not understood" in taken.text
    assert visit("structure:class_group", as_=school.thys, **ids).status_code == 404
    assert visit("structure:class_sheet", as_=school.vandamme, **ids).status_code == 200


def test_exports_are_safe_from_formulas_and_follow_the_filter(school, visit):
    assert school.everybody
    school.noor.given_name = '=HYPERLINK("https://example.org")'
    school.noor.save()

    answer = visit("structure:pupils", as_=school.maes, query={"q": "haddad", "file": "xlsx"})
    book = BytesIO(b"".join(answer.streaming_content))
    with ZipFile(book) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    rows = [list(row) for row in read_table(book, name="pupils.xlsx").rows]
    assert len(rows) == 2
    assert any('=HYPERLINK("https://example.org")' in row for row in rows)
    for page in ("structure:staff", "structure:courses"):
        taken = visit(page, as_=school.maes, query={"file": "ods"})
        assert taken["Content-Disposition"].startswith("attachment")


def test_a_group_is_given_a_class_and_a_teacher(school, tap, visit):
    group = school.physics_5ttb
    assert school.everybody
    ids = {"group_id": group.pk}

    tap(
        "structure:members", {"class_group": school.class_4tta.pk, "on": "2026-11-24"}, as_=school.maes, **ids
    )
    tap(
        "structure:teachers", {"teacher": school.vandamme.pk, "kind": "CO_TEACHER", "on": "2026-11-24"}, **ids
    )

    assert queries.members_of(group).count() == 3
    assert list(queries.teachers_of(group)) == [school.thys, school.vandamme]
    page = visit("structure:group", as_=school.thys, **ids)
    assert page.status_code == 200
    assert "Leaves" not in page.text
    again = tap(
        "structure:teachers",
        {"teacher": school.thys.pk, "kind": "MAIN", "on": "2026-11-24"},
        as_=school.maes,
        **ids,
    )
    assert again.status_code == 422
    assert "Marc Thys already teaches" in again.text
    leaving = group.memberships.get(pupil=school.noor)
    tap("structure:membership_end", {"last_day": "2026-11-24"}, membership_id=leaving.pk)
    leaving.refresh_from_db()
    assert leaving.ends_on == date(2026, 11, 25)


def test_a_replacement_is_noted_from_a_day_to_a_day(school, tap, visit):
    own = school.maths_4tta.assignments.get()
    ids = {"assignment_id": own.pk}
    assert school.thys.pk
    assert visit("structure:replacement", as_=school.maes, **ids).status_code == 200

    tap(
        "structure:replacement",
        {"replacement": school.thys.pk, "on": "2026-11-16", "until": "2026-12-04"},
        as_=school.maes,
        **ids,
    )

    assert school.thys.assignments.get().ends_on == date(2026, 12, 5)


def test_the_year_is_opened_and_its_periods_are_changed(school, tap, visit):
    assert school.maes
    assert "2026-2027" in visit("structure:year", as_=school.maes).text

    tap("structure:opening", {"first_year": 2026}, as_=school.maes)
    year = SchoolYear.objects.get()
    page = visit("structure:school_year", as_=school.nys, school_year_id=year.pk)
    assert "181 days of school" in page.text

    first = year.periods.get(code="P1")
    form = {
        "code": "P1",
        "name": "Toussaint",
        "kind": "TJ",
        "starts_on": "2026-08-24",
        "ends_on": "2026-10-16",
        "weight": "10",
    }
    tap("structure:period", form, as_=school.maes, period_id=first.pk)
    assert ReportPeriod.objects.get(pk=first.pk).name == "Toussaint"
    refused = tap("structure:period", form | {"ends_on": "2026-12-01"}, period_id=first.pk)
    assert refused.status_code == 422
    assert "already belong to “Décembre”" in refused.text

    tap(
        "structure:events",
        {"kind": "DAY_OFF", "name": "Fancy-fair", "starts_on": "2027-06-01"},
        school_year_id=year.pk,
    )
    fair = CalendarEvent.objects.get(name="Fancy-fair")
    assert fair.ends_on == date(2027, 6, 2)
    tap("structure:event_removal", {}, event_id=fair.pk)
    assert not CalendarEvent.objects.filter(name="Fancy-fair").exists()


def test_the_logo_is_a_picture_whatever_its_name(school, tap, visit, client):
    assert school.lycee
    known = {"name": "Lycée du Parc", "accent": "#123456"}
    svg = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")

    refused = tap("structure:school", known | {"logo": svg}, as_=school.maes)
    assert refused.status_code == 422
    assert "“logo.png” is none of these: PNG, JPEG or WebP." in refused.text
    assert visit("structure:logo").status_code == 404

    tap("structure:school", known | {"logo": SimpleUploadedFile("x.exe", picture(), "text/html")})
    client.logout()
    answer = visit("structure:logo")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert School.objects.get().logo.name == "x.png"
    assert School.objects.get().accent == "#123456"

    tap("structure:logo_removal", {}, as_=school.nys)
    assert visit("structure:logo").status_code == 404


def test_a_colour_that_is_none_is_explained(school, tap):
    answer = tap("structure:school", {"name": "X", "accent": "red"}, as_=school.maes)

    assert answer.status_code == 422
    assert "six digits, e.g. #1f5f5b" in answer.text


def test_a_duty_is_given_for_some_classes_only(school, tap, visit):
    assert school.class_4tta
    assert school.thys.pk
    ids = {"somebody_id": school.thys.pk}
    assert visit("structure:duties", as_=school.pirard, **ids).status_code == 200

    form = {"kind": Duty.Kind.EDUCATOR, "starts_on": "2026-11-01", "class_groups": [school.class_4tta.pk]}
    tap("structure:duties", form, as_=school.pirard, **ids)

    duty = school.thys.duties.get()
    assert [scope.class_group for scope in duty.scopes.all()] == [school.class_4tta]
    asked = tap("structure:duty_end", {}, duty_id=duty.pk)
    assert "Marc Thys opens no longer what this duty opens" in asked.text
    assert Duty.objects.in_force().filter(pk=duty.pk).exists()
    tap("structure:duty_end", {"confirmed": "yes"}, duty_id=duty.pk)
    assert not Duty.objects.in_force().filter(pk=duty.pk).exists()
    assert visit("structure:duties", as_=school.maes, **ids).status_code == 404
    mine = tap("structure:duties", form, as_=school.pirard, somebody_id=school.pirard.pk)
    assert "Nobody gives oneself a duty" in mine.text


def test_what_the_school_lacks_is_listed_until_it_is_mended(school, visit, tap):
    assert school.everybody
    titles = {
        str(check.title): check for check in visit("structure:readiness", as_=school.maes).context["checks"]
    }

    assert titles["Each class has a titulaire"].first == [school.class_5ttb]
    assert titles["Each pupil has a guardian who can be written to"].count == 4
    assert titles["Each group has a teacher"].is_done

    form = {"tutor": school.thys.pk, "on": "2026-11-24", "takes_over": "on"}
    tap("structure:tutors", form, as_=school.maes, class_group_id=school.class_5ttb.pk)
    checks = visit("structure:readiness", as_=school.maes).context["checks"]
    assert next(c for c in checks if str(c.title) == "Each class has a titulaire").is_done


def test_short_lists_add_change_and_refuse_twice_the_same_code(school, tap):
    assert school.everybody
    tap("structure:subjects", {"code": "LAT", "name": "Latin", "rank": 30}, as_=school.maes)
    twice = tap("structure:subjects", {"code": "LAT", "name": "Latin bis", "rank": 30})
    assert twice.status_code == 422
    assert "The code LAT is already in use" in twice.text

    course = {
        "subject": school.maths_4tta.course.subject_id,
        "year_level": school.class_4tta.year_level_id,
        "weekly_periods": 6,
        "name": "Math 6",
        "code": "4:MATH6",
        "status": school.common_course.pk,
        "language": "fr",
    }
    tap("structure:new_course", course)
    made = queries.courses_found(words="math6").get()
    tap("structure:course", course | {"weekly_periods": 5, "name": "Math 5"}, course_id=made.pk)
    assert queries.courses_found(words="math6").get().weekly_periods == 5
    tap("structure:new_group", {"course": made.pk, "name": "4TTA"})
    assert CourseGroup.objects.get(course=made).code == "4:MATH6-01"


def test_a_past_year_is_closed_once_one_has_read_what_ends(school, tap, visit):
    maths, year = school.maths_4tta, {"school_year_id": school.maths_4tta.school_year_id}
    form = {"last_day": "2027-06-30"}
    assert school.noor

    asked = visit("structure:closing", as_=school.maes, **year)
    assert "ties still open end" in asked.text
    assert tap("structure:closing", form, **year).status_code == 200
    impossible = {"confirmed": "yes", "last_day": "2027-06-31"}
    assert tap("structure:closing", impossible, **year).status_code == 422
    assert maths.memberships.filter(ends_on=None).exists()

    tap("structure:closing", form | {"confirmed": "yes"}, **year)
    assert not maths.memberships.filter(ends_on=None).exists()
