"""Opening a pupil's file leaves a trace, which the family may read."""

from preau.kit import modules
from preau.kit.modules import Module
from preau.trail.models import Trace


def test_a_teachers_look_is_noted_once(school, visit):
    _ = school.maths_4tta

    visit("portal:pupil", as_=school.vandamme, pupil_id=school.noor.pk)
    visit("portal:pupil", pupil_id=school.noor.pk)

    look = Trace.objects.get(is_look=True)
    assert (look.by, look.about) == (school.vandamme, school.noor)


def test_ones_own_look_and_the_familys_are_not_noted(school, visit):
    _ = school.class_4tta, school.samira

    visit("portal:pupil", as_=school.noor, pupil_id=school.noor.pk)
    visit("portal:pupil", as_=school.samira, pupil_id=school.noor.pk)

    assert not Trace.objects.exists()


def test_a_look_that_is_refused_leaves_no_trace(school, visit):
    _ = school.maths_4tta

    assert visit("portal:pupil", as_=school.thys, pupil_id=school.noor.pk).status_code == 404
    assert not Trace.objects.exists()


def test_the_family_finds_the_way_to_who_looked_and_a_teacher_does_not(school, visit):
    _ = school.maths_4tta, school.samira
    looks = f"/people/{school.noor.pk}/looks/"

    assert looks in visit("portal:pupil", as_=school.samira, pupil_id=school.noor.pk).text
    assert looks in visit("portal:pupil", as_=school.noor, pupil_id=school.noor.pk).text
    assert looks not in visit("portal:pupil", as_=school.vandamme, pupil_id=school.noor.pk).text


def test_modules_hang_their_panels_in_the_file(school, visit, monkeypatch):
    def panel(request, pupil):
        return f"A panel about {pupil.called}." if request.person != school.samira else None

    probe = Module(key="probe", name="Probe", icon="star", rank=5, panels=(panel,))
    monkeypatch.setitem(modules._modules, "probe", probe)
    _ = school.maths_4tta, school.samira

    about_noor = {"pupil_id": school.noor.pk}
    assert "A panel about Noor." in visit("portal:pupil", as_=school.vandamme, **about_noor).text
    assert "A panel about" not in visit("portal:pupil", as_=school.samira, **about_noor).text
