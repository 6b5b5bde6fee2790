"""What is written with a margin is sent without."""

from django.template import Engine, Origin

from preau.design.loading import Loader


def _sent(tmp_path, name, contents):
    written = tmp_path / name
    written.write_text(contents)
    return Loader(Engine()).get_contents(Origin(str(written), template_name=name))


def test_a_page_loses_its_margins_and_keeps_its_lines(tmp_path):
    written = "<ul>\n    <li\n\t class='a'>\n        {{ name }} and  so on\n    </li>\n</ul>\n"
    assert _sent(tmp_path, "page.html", written) == (
        "<ul>\n<li\nclass='a'>\n{{ name }} and  so on\n</li>\n</ul>\n"
    )


def test_a_letter_is_sent_as_it_is_laid_out(tmp_path):
    assert _sent(tmp_path, "letter.txt", "Dear all,\n\n    yours\n") == "Dear all,\n\n    yours\n"
