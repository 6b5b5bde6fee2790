"""What monitors and robots may ask without signing in."""

from django.urls import reverse


def test_health_says_that_all_is_well_and_no_more(db, client):
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_programs_that_look_for_a_picture_at_its_old_place_find_it(db, client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert client.get(reverse("design:manifest")).json()["start_url"] == "/"


def test_robots_are_kept_out(db, client):
    assert "Disallow: /" in client.get("/robots.txt").text


def test_whoever_finds_a_weakness_learns_whom_to_tell(school, client):
    school.lycee.email = "bureau@lycee.example"
    school.lycee.save()

    text = client.get("/.well-known/security.txt").text

    assert "Contact: mailto:bureau@lycee.example" in text
    assert "Expires: 2027-11-24T00:00:00Z" in text
