"""A field: its label, its control, what helps and what is wrong, tied together."""

import re

from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict


class LessonForm(forms.Form):
    title = forms.CharField(help_text="As pupils read it.")
    points = forms.DecimalField(min_value=0)
    on = forms.DateField(required=False)
    at = forms.TimeField(required=False)
    starts = forms.DateTimeField(required=False)
    counts = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[("T", "Test"), ("H", "Homework")], widget=forms.RadioSelect)
    secret = forms.CharField(
        required=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    file = forms.FileField(required=False)
    remark = forms.CharField(required=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("The period is closed: ask the <b>secretary</b>.")


def draw(source: str, form: forms.Form) -> str:
    return engines["django"].from_string(source).render({"form": form}, RequestFactory().get("/"))


def test_a_label_names_its_control():
    drawn = draw("{% field form.title %}", LessonForm())
    assert '<label for="id_title">Title</label>' in drawn
    assert 'id="id_title"' in drawn


def test_help_and_errors_are_read_with_the_control():
    drawn = draw("{% field form.title %}", LessonForm({"title": ""}))
    assert 'aria-describedby="id_title_help id_title_errors"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_title_help">As pupils read it.' in drawn
    assert 'id="id_title_errors"' in drawn


def test_a_field_without_errors_claims_none():
    drawn = draw("{% field form.points %}", LessonForm())
    assert "aria-invalid" not in drawn
    assert "aria-describedby" not in drawn


def test_days_and_hours_are_asked_by_the_browsers_own_calendar():
    form = LessonForm(initial={"on": "2026-11-24"})
    assert 'type="date"' in draw("{% field form.on %}", form)
    assert 'value="2026-11-24"' in draw("{% field form.on %}", form)
    assert 'type="time"' in draw("{% field form.at %}", form)
    assert 'type="datetime-local"' in draw("{% field form.starts %}", form)


def test_what_the_browsers_calendar_sends_is_understood():
    form = LessonForm({"on": "2026-11-24", "at": "10:24", "starts": "2026-11-24T10:24"})
    form.is_valid()
    assert not {"on", "at", "starts"} & set(form.errors)


def test_choices_are_a_group_with_a_legend():
    drawn = draw("{% field form.kind %}", LessonForm({"kind": ""}))
    assert drawn.startswith(
        '<fieldset class="field field-wrong field-group" aria-describedby="id_kind_errors"'
    )
    assert "<legend>Kind</legend>" in drawn


def test_a_tick_comes_before_its_label():
    drawn = draw("{% field form.counts %}", LessonForm())
    assert drawn.index('type="checkbox"') < drawn.index("<label")


def test_the_browser_may_fill_in_a_password():
    assert 'autocomplete="current-password"' in draw("{% field form.secret %}", LessonForm())


def test_what_may_stay_empty_says_so_where_something_else_may_not():
    assert "optional" in draw("{% field form.remark %}", LessonForm())
    assert "optional" not in draw("{% field form.title %}", LessonForm())


def test_a_field_takes_more_attributes_and_spans_the_row():
    drawn = draw('{% field form.title wide=True hx_get="/names/" placeholder="Équations" %}', LessonForm())
    assert 'hx-get="/names/"' in drawn
    assert 'placeholder="Équations"' in drawn
    assert 'class="field field-wide"' in drawn


def test_a_whole_form_is_drawn_with_its_hidden_fields():
    drawn = draw("{% fields form %}", LessonForm())
    assert drawn.count('class="field') >= 10
    assert 'type="hidden" name="version"' in drawn
    assert not re.search(r"<label[^>]*>Version", drawn)


def test_what_is_wrong_with_the_whole_form_is_an_alert_and_stays_text():
    drawn = draw("{% form_errors form %}", LessonForm({"version": "x"}))
    assert 'role="alert"' in drawn
    assert "&lt;b&gt;secretary" in drawn
    assert drawn.count("<p>") == 2


def test_a_form_without_faults_says_nothing():
    assert draw("{% form_errors form %}", LessonForm()) == ""


def test_what_was_typed_comes_back():
    form = LessonForm(MultiValueDict({"title": ['<i>"x"']}))
    assert 'value="&lt;i&gt;&quot;x&quot;"' in draw("{% field form.title %}", form)
