"""`preau report-cards`: made, then published, each told in a sentence."""

from preau.console.main import main
from preau.report_cards.models import Release, ReportCard


def test_the_cards_of_a_period_are_made_then_published(school, capsys):
    _ = school.maths_4tta, school.first_period, school.december, school.lycee

    assert main(["report-cards", "build", "--period", "p1"]) == 0
    assert "report cards made" in capsys.readouterr().out
    assert ReportCard.objects.filter(period=school.first_period).exists()

    assert main(["report-cards", "publish", "--period", "Premiere periode"]) == 0
    assert "pupils read from 24/11/2026 10:24 on" in capsys.readouterr().out
    assert Release.objects.get().period == school.first_period


def test_what_is_not_made_cannot_be_published(school, capsys):
    _ = school.first_period

    assert main(["report-cards", "publish", "--period", "P1"]) == 1

    assert capsys.readouterr().err.startswith("preau: ")
    assert not Release.objects.exists()
