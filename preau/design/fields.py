"""A form field as people meet it: its label, its control, what helps, what is wrong, tied together."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from .pieces import NOTHING, attributes, classes, icon

NATIVE = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


def field(bound: BoundField, wide: Any = False, label: Any = "", **more: Any) -> str:
    """Draw a field. More arguments are attributes of its control: `hx_get`, `placeholder`, `autofocus`."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    _be_native(widget)
    label = label or bound.label
    help_id, errors_id = f"{bound.auto_id}_help", f"{bound.auto_id}_errors"
    told = classes(help_id if bound.help_text else "", errors_id if bound.errors else "")
    parts = {
        "kind": classes("field", "field-wide" if wide else "", "field-wrong" if bound.errors else ""),
        "optional": _optional(bound),
        "label": label,
        "help": _help(bound, help_id),
        "errors": _errors(bound, errors_id),
    }
    if getattr(widget, "use_fieldset", False):
        return _group(bound, parts, told, more)
    asked = {key.replace("_", "-"): value for key, value in more.items()}
    asked |= {"aria-describedby": told} if told else {}
    asked |= {"aria-invalid": "true"} if bound.errors else {}
    asked |= {"autofocus": True} if _is_first_to_mend(bound) else {}
    if isinstance(widget, forms.CheckboxInput):
        return _tick(bound, parts, asked)
    return format_html(
        '<div class="{}"><label for="{}">{}{}</label>{}{}{}</div>',
        parts["kind"],
        bound.id_for_label,
        label,
        parts["optional"],
        parts["help"],
        kept(bound, asked),
        parts["errors"],
    )


def kept(bound: BoundField, asked: dict[str, Any]) -> str:
    """Draw a control. A text of more than a line is kept by the browser until its form is sent."""
    drawn = bound.as_widget(attrs=asked)
    is_long = isinstance(bound.field.widget, forms.Textarea)
    return format_html("<kept-text>{}</kept-text>", drawn) if is_long else drawn


def fields(form: forms.BaseForm) -> str:
    """Draw every field of a form in a grid, its hidden ones with it."""
    hidden = format_html_join("", "{}", ((bound,) for bound in form.hidden_fields()))
    shown = format_html_join("", "{}", ((field(bound, _is_long(bound)),) for bound in form.visible_fields()))
    return format_html('{}<div class="fields">{}</div>', hidden, shown)


def form_errors(form: forms.BaseForm) -> str:
    """Draw what is wrong with the whole form, and with what nobody can see (its hidden fields)."""
    wrong = [str(error) for error in form.non_field_errors()]
    wrong += [str(error) for bound in form.hidden_fields() for error in bound.errors]
    if not wrong:
        return NOTHING
    sentences = format_html_join("", "<p>{}</p>", ((sentence,) for sentence in wrong))
    return format_html(
        '<div class="note note-bad" role="alert">{}<div class="note-words">{}</div></div>',
        icon("alert-triangle"),
        sentences,
    )


def _be_native(widget: forms.Widget) -> None:
    """Let the browser's own calendar and clock ask for dates and hours."""
    for kind, native, written in NATIVE:
        if isinstance(widget, kind) and widget.input_type == "text":
            widget.input_type = native
            widget.format = written


def _is_first_to_mend(bound: BoundField) -> bool:
    """Say whether this is the first field that came back with reasons: one types there next."""
    return bool(bound.errors) and next(iter(bound.form.errors)) == bound.name


def _is_long(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.Textarea | forms.CheckboxSelectMultiple | forms.RadioSelect)


def _optional(bound: BoundField) -> str:
    """Say that a field may stay empty, in a form where another may not."""
    if bound.field.required or isinstance(bound.field.widget, forms.CheckboxInput):
        return NOTHING
    if not any(other.required for other in bound.form.fields.values()):
        return NOTHING
    return format_html(' <span class="field-optional">{}</span>', gettext("optional"))


def _help(bound: BoundField, its_id: str) -> str:
    if not bound.help_text:
        return NOTHING
    return format_html('<div class="field-help" id="{}">{}</div>', its_id, bound.help_text)


def _errors(bound: BoundField, its_id: str) -> str:
    if not bound.errors:
        return NOTHING
    sentences = format_html_join(
        "", "<p>{}{}</p>", ((icon("alert-triangle"), error) for error in bound.errors)
    )
    return format_html('<div class="field-errors" id="{}">{}</div>', its_id, sentences)


def _tick(bound: BoundField, parts: dict[str, Any], asked: dict[str, Any]) -> str:
    return format_html(
        '<div class="{} field-tick">{}<label for="{}">{}</label>{}{}</div>',
        parts["kind"],
        bound.as_widget(attrs=asked),
        bound.id_for_label,
        parts["label"],
        parts["help"],
        parts["errors"],
    )


def _group(bound: BoundField, parts: dict[str, Any], told: str, more: dict[str, Any]) -> str:
    """Draw several controls under one name: choices to tick, a file with its former one."""
    tied = attributes({"aria-describedby": told, "aria-invalid": "true" if bound.errors else None})
    return format_html(
        '<fieldset class="{}"{}><legend>{}{}</legend>{}{}{}</fieldset>',
        classes(parts["kind"], "field-group"),
        tied,
        parts["label"],
        parts["optional"],
        parts["help"],
        bound.as_widget(attrs={key.replace("_", "-"): value for key, value in more.items()}),
        parts["errors"],
    )
