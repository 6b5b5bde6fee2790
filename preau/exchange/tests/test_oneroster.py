"""A OneRoster bundle comes in, old or new, tidy or not."""

from datetime import date
from decimal import Decimal

import pytest

from preau.exchange.actions import run_import
from preau.gradebook.models import Assessment, Grade
from preau.kit import clock
from preau.people.models import ExternalId, Person, Relationship
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    SchoolYear,
    TeachingAssignment,
)
from tests.imports import bundle
from tests.odd_files import odd

MANIFEST = (
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\nfile.orgs,bulk\n"
)
ORGS = "sourcedId,status,dateLastModified,name,type\norg1,,,Lycée,school\n"
SESSIONS = """\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y,,,2026-2027,schoolYear,2026-08-24,2027-07-03,,2027
t1,,,Automne,gradingPeriod,2026-08-24,2026-12-19,y,2027
t2,,,Printemps,gradingPeriod,2026-12-19,2027-07-03,y,2027
"""
USERS = """\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,sms,phone,agentSourcedIds,grades,password
u1,,,true,org1,student,noor,Noor,Haddad,,,,"u4",04,secret
u2,,,true,org1,student,emma,Emma,Claes,,,,,04,
u3,,,true,org1,teacher,claire,Claire,Vandamme,claire@example.org,0470123456,,,,secret
u4,,,true,org1,guardian,samira,Samira,Haddad,,,,,,
u5,tobedeleted,,true,org1,student,gone,Gone,Away,,,,,04,
"""
COURSES = "sourcedId,status,dateLastModified,title,courseCode,grades,subjects,subjectCodes\nc1,,,Mathématique 4,4:MATH4,04,Math,MATH\n"  # noqa: E501
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,termSourcedIds
k1,,,4TTA,04,c1,,homeroom,t1
k2,,,Math 4TTA,04,c1,4:MATH4-01,scheduled,"t1,t2"
"""
ENROLLMENTS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,,,k1,org1,u1,student,,,
e2,,,k1,org1,u2,student,,,
e3,,,k2,org1,u1,student,,2026-09-01,
e4,,,k2,org1,u2,student,,,
e5,,,k2,org1,u3,teacher,true,,
"""
DEMOGRAPHICS = "sourcedId,status,dateLastModified,birthDate,sex\nu1,,,2011-02-14,female\n"
CATEGORIES = "sourcedId,status,dateLastModified,title\ng1,,,Interro\n"
ITEMS = """\
sourcedId,status,dateLastModified,title,assignDate,dueDate,classSourcedId,categorySourcedId,gradingPeriodSourcedId,resultValueMin,resultValueMax
l1,,,Fractions,2026-09-20,2026-09-24,k2,g1,t1,0,10
"""
RESULTS = """\
sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate
r1,,,l1,u1,fully graded,8.5,2026-09-25
r2,,,l1,u2,exempt,,2026-09-25
"""
OLD = {
    "manifest.csv": MANIFEST,
    "orgs.csv": ORGS,
    "academicSessions.csv": SESSIONS,
    "users.csv": USERS,
    "courses.csv": COURSES,
    "classes.csv": CLASSES,
    "enrollments.csv": ENROLLMENTS,
    "demographics.csv": DEMOGRAPHICS,
    "categories.csv": CATEGORIES,
    "lineItems.csv": ITEMS,
    "results.csv": RESULTS,
}
ROLES = """\
sourcedId,status,dataLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
p1,active,2026-01-01,u1,primary,student,,,org1
p2,active,2026-01-01,u2,primary,student,,,org1
p3,active,2026-01-01,u3,primary,teacher,,,org1
p4,active,2026-01-01,u4,primary,parent,,,org1
p6,active,2026-01-01,nobody,primary,student,,,org1
"""
NEW = OLD | {
    "manifest.csv": MANIFEST.replace("1.1", "1.2"),
    "users.csv": USERS.replace(",role,", ",notes,")
    .replace(",student,", ",,")
    .replace(",teacher,", ",,")
    .replace(",guardian,", ",,"),
    "roles.csv": ROLES,
}


def bring_in(tmp_path, files, **more):
    return run_import(kind="oneroster", path=bundle(tmp_path, files), by=None, at=clock.now(), **more)


def warnings_of(report):
    return [(line.file, line.line, line.wrong) for line in report.lines if line.status == "warning"]


@pytest.mark.django_db
@pytest.mark.parametrize("files", [OLD, NEW], ids=["1.1", "1.2"])
def test_a_bundle_brings_the_whole_school(tmp_path, files):
    report = bring_in(tmp_path, files)

    assert report.applied, report.as_dict()
    year = SchoolYear.objects.get()
    assert (year.name, year.starts_on) == ("2026-2027", date(2026, 8, 24))
    assert list(ReportPeriod.objects.values_list("name", flat=True)) == ["Automne", "Printemps"]
    assert ClassGroup.objects.get().name == "4TTA"
    noor = Person.objects.get(given_name="Noor")
    assert (noor.born_on, noor.gender) == (date(2011, 2, 14), "F")
    assert Enrolment.objects.get(pupil=noor).class_group.year_level.code == "4"
    assert Relationship.objects.get(pupil=noor).guardian.given_name == "Samira"
    group = CourseGroup.objects.get()
    assert (group.code, group.course.code, group.course.name) == ("4:MATH4-01", "4:MATH4", "Mathématique 4")
    assert TeachingAssignment.objects.get().teacher.mobile == "+32470123456"
    assert GroupMembership.objects.get(pupil=noor).starts_on == date(2026, 9, 1)
    assessment = Assessment.objects.get()
    assert (assessment.title, assessment.max_points, assessment.category.code) == ("Fractions", 10, "INTERRO")
    assert Grade.objects.get(pupil=noor).points == Decimal("8.50")
    assert Grade.objects.get(pupil__given_name="Emma").token.code == "EXC"
    assert not Person.objects.filter(given_name="Gone").exists()


@pytest.mark.django_db
def test_the_same_bundle_again_changes_nothing(tmp_path):
    bring_in(tmp_path, OLD)
    again = bring_in(tmp_path, OLD)

    assert (again.counts["new"], again.counts["changed"], again.counts["gone"]) == (0, 0, 0)


@pytest.mark.django_db
def test_passwords_are_not_read_and_it_is_said(tmp_path):
    report = bring_in(tmp_path, OLD)

    assert any("passwords" in line.wrong for line in report.lines if line.status == "note")
    assert "secret" not in str(report.as_dict())


@pytest.mark.django_db
def test_who_is_no_longer_in_the_bundle_is_told(tmp_path):
    bring_in(tmp_path, OLD)
    report = bring_in(
        tmp_path,
        OLD
        | {
            "users.csv": USERS.replace("u2,,", "u2,tobedeleted,"),
            "enrollments.csv": ENROLLMENTS,
            "results.csv": "",
        },
    )

    assert "Claes Emma" in [line.subject for line in report.lines if line.status == "gone"]


@pytest.mark.django_db
def test_a_delta_bundle_does_not_say_that_others_are_gone(tmp_path):
    bring_in(tmp_path, OLD)
    delta = {
        "manifest.csv": MANIFEST.replace("bulk", "delta"),
        "users.csv": "\n".join(USERS.splitlines()[:2]) + "\n",
        "academicSessions.csv": SESSIONS,
    }

    assert bring_in(tmp_path, delta).counts["gone"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("file", odd("oneroster/v1p2_full.zip"))
def test_a_bundle_with_bad_references_comes_in(tmp_path, file):
    report = run_import(kind="oneroster", path=file.put_into(tmp_path), by=None, at=clock.now())

    ours = {"Claire Vandamme", "Noor Haddad", "Emma Claes"}
    theirs = {"John Doe", "MJ Jones", "Tom Jones", "Jim Smith", "mmichel Jones", "Anna Brown"}
    assert (report.exit_status, report.applied) == (0, True)
    assert {person.full_name for person in Person.objects.all()} == (ours if file.is_ours else theirs)
    assert report.counts["warnings"] > 3


def test_a_bundle_does_not_make_whoever_brings_it_a_father(school, tmp_path):
    """The administrator puts his own name in the bundle as the one who answers for Noor."""
    _ = school.first_period, school.december
    users = USERS.replace("samira,Samira,Haddad", "luc,Luc,Nys")
    path = bundle(tmp_path, OLD | {"users.csv": users})
    ExternalId.objects.create(person=school.nys, system="oneroster", value="u4")

    report = run_import(kind="oneroster", path=path, by=school.nys, at=clock.now())

    (told,) = [line for line in report.lines if "Nobody ties oneself" in line.wrong]
    assert (told.status, told.subject, told.column) == ("error", "Haddad Noor", "agentSourcedIds")
    assert not report.applied
    assert not Relationship.objects.exists()
    assert run_import(kind="oneroster", path=path, by=school.maes, at=clock.now()).applied
    assert Relationship.objects.get().guardian == school.nys


def test_nor_a_teacher_of_a_group(school, tmp_path):
    _ = school.first_period, school.december
    ExternalId.objects.create(person=school.nys, system="oneroster", value="u3")
    path = bundle(tmp_path, OLD | {"users.csv": USERS.replace("claire,Claire,Vandamme", "luc,Luc,Nys")})

    report = run_import(kind="oneroster", path=path, by=school.nys, at=clock.now())

    (told,) = [line for line in report.lines if "Nobody ties oneself" in line.wrong]
    assert (told.status, told.file) == ("error", "enrollments.csv")
    assert not report.applied
    assert not TeachingAssignment.objects.exists()
    assert run_import(kind="oneroster", path=path, by=school.maes, at=clock.now()).applied
    assert TeachingAssignment.objects.get().teacher == school.nys
