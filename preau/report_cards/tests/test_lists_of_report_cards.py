"""How far periods and classes are, on the screen and in a file."""

from preau.kit import clock

from .builders import EVENING, FRIDAY, content, graded, made, published


def lines_of(answer):
    return content(answer).decode("utf-8-sig").splitlines()


def test_the_secretary_takes_away_what_each_class_lacks(school, visit):
    graded(school)
    place = {"period_id": school.december.pk}
    with clock.at(FRIDAY):
        lines = lines_of(visit("report_cards:period", as_=school.maes, query={"file": "csv"}, **place))
        assert (
            visit("report_cards:period", as_=school.vandamme, query={"file": "csv"}, **place).status_code
            == 404
        )

    assert lines[0].split(";") == ["Class", "Open", "Grades", "Comments", "Words", "Courses to settle"]
    assert any(line.startswith("4TTA;2;") for line in lines)


def test_the_periods_say_how_far_their_cards_are(school, visit):
    graded(school)
    assert "not made yet" in visit("report_cards:periods", as_=school.pirard).text
    made(school)
    assert "made" in _december(visit("report_cards:periods", query={"file": "csv"}))
    published(school, at=EVENING)
    with clock.at(FRIDAY):
        assert "will be published" in _december(visit("report_cards:periods", query={"file": "csv"}))
    with clock.at(EVENING):
        newest = lines_of(visit("report_cards:periods", query={"file": "csv", "sort": "-from"}))[1]
    assert newest.startswith("Décembre")
    assert newest.endswith(";published")


def _december(answer):
    return next(line for line in lines_of(answer) if line.startswith("Décembre"))
