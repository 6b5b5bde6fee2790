"""A pupil takes away all that the gradebook holds and has published."""

from preau.gradebook import actions
from preau.kit.dossier import dossier_of

from .builders import TUESDAY, assessment, grade
from .parts import acquisition, competences, look_at, reach, rubric


def test_a_pupil_takes_away_what_is_published_and_no_more(school):
    by = school.vandamme
    (c1,) = competences(school.maths_4tta.course.subject, by=school.pirard, C1="Calculer")
    seen = assessment(school.maths_4tta, school.december, by=by, title="Racines")
    (part,) = look_at(seen, (c1, acquisition()), by=by)
    reach(part, school.noor, "EVA", by=by)
    grade(seen, school.noor, "12,5", by=by, remark="Courage")
    grade(seen, school.emma, "17", by=by)
    hidden = assessment(school.maths_4tta, school.december, by=by, title="Caché")
    grade(hidden, school.noor, "3", by=by)
    actions.publish_grades(assessment=seen, by=by, at=TUESDAY)

    held = dossier_of(school.noor)["gradebook"]

    assert [(it["assessment"], it["grade"], it["remark"]) for it in held["grades"]] == [
        ("Racines", "12.5", "Courage")
    ]
    assert [(it["competence"], it["reached"]) for it in held["competences"]] == [("C1 Calculer", "EVA")]
    assert "17" not in str(held)
    assert not any(dossier_of(by)["gradebook"].values())


def test_the_rubric_comes_with_the_grade(school):
    by = school.vandamme
    talk = assessment(school.maths_4tta, school.december, by=by)
    known = rubric(by=by)
    actions.attach_rubric(assessment=talk, rubric=known, by=by, at=TUESDAY)
    chosen = {criterion.pk: criterion.descriptors.last() for criterion in known.criteria.all()}
    actions.fill_rubric(assessment=talk, pupil=school.noor, chosen=chosen, version=0, by=by, at=TUESDAY)
    assert not dossier_of(school.noor)["gradebook"]["rubrics"]

    actions.publish_grades(assessment=talk, by=by, at=TUESDAY)

    rows = dossier_of(school.noor)["gradebook"]["rubrics"]
    assert [(row["criterion"], row["level"], row["points"]) for row in rows] == [
        ("Voix", "bien", 4),
        ("Plan", "bien", 6),
    ]
