"""The forms of the authority's planner: publishing, calling, extending, waiving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.obligations.labels import CALENDAR_NAMES, PLAN_TYPE_NAMES
from yupana.domain.obligations.rules import MOST_DUE_IN, Visibility
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import QueryDict
    from django_stubs_ext import StrPromise


def day_field(label: StrPromise, hint: StrPromise | str = "", *, required: bool = True) -> forms.DateField:
    """Ask for a day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


class PublishForm(forms.Form):
    """The act and the day that make an edition final."""

    act = forms.CharField(
        label=_("Act that approves it"), max_length=300, help_text=_("For example: Decreto Supremo 3251, artículo 2.")
    )
    on = day_field(_("Day of publication"))
    sure = forms.BooleanField(
        label=_("I understand that the text cannot be changed afterwards."),
        error_messages={"required": _("Tick the box to publish.")},
    )


class WindowForm(forms.Form):
    """From which day to which something is taken; the fields are those of its kinds."""

    def clean(self) -> dict[str, Any]:
        """Refuse a window that has no end, two ends, or one before it begins."""
        cleaned = super().clean() or self.cleaned_data
        opens: date | None = cleaned.get("opens_on")
        due: date | None = cleaned.get("due_on")
        if "due_on" in cleaned and "due_in" in cleaned and bool(due) == bool(cleaned["due_in"]):
            self.add_error("due_on", _("Say the last day, or in how many days: one of the two."))
        if opens and due and due < opens:
            self.add_error("due_on", _("The due day is before the opening day."))
        return cleaned


class CallForm(WindowForm):
    """Who is asked for what, and when."""

    editions = forms.MultipleChoiceField(label=_("What is put to them"), widget=forms.CheckboxSelectMultiple)
    since = forms.ChoiceField(
        label=_("What of it binds"),
        required=False,
        help_text=_("A complementary call puts only what the edition says differently from an earlier one."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, help_text=_("Empty: made from the editions and the period.")
    )
    audience = forms.CharField(
        label=_("Audience"),
        max_length=1000,
        initial=pgettext_lazy("audience", "all"),
        help_text=_(
            'all · level:municipal · under:CODE · code:CODE · id:NUMBER · territory:LP · kind:"…", joined with and, '
            "or, not and parentheses. The next step shows whom it reaches."
        ),
    )
    opens_on = day_field(_("Opens on"))
    due_on = day_field(_("Due on"), _("The last day on time."), required=False)
    due_in = forms.IntegerField(
        label=_("or in so many days"),
        required=False,
        min_value=1,
        max_value=MOST_DUE_IN,
        help_text=_("Counted from the opening, instead of a day."),
    )
    plan_type = forms.ChoiceField(label=_("Kind of plan"), required=False, choices=list(PLAN_TYPE_NAMES.items()))
    calendar = forms.ChoiceField(
        label=_("Days that count"),
        required=False,
        choices=list(CALENDAR_NAMES.items()),
        initial="bolivia",
        help_text=_("With working days, a last day on which nobody works moves to the next one."),
    )
    period = forms.CharField(label=_("Period it is about"), max_length=12, help_text=_("2026, 2026-S1, 2024-2029"))
    asks_target = forms.BooleanField(label=_("Indicator and target"), required=False, initial=True)
    asks_responsible = forms.BooleanField(label=_("Responsible unit"), required=False, initial=True)
    asks_budget = forms.BooleanField(label=_("Budget"), required=False, initial=True)
    visibility = forms.ChoiceField(
        label=_("Who sees what is accepted"),
        required=False,
        choices=[
            ("", _("As usual for its kind")),
            (Visibility.PUBLIC.value, _("Everybody")),
            (Visibility.RESTRICTED.value, _("Entity and authority only")),
        ],
        help_text=_("Usually everybody; of security plans (PISI) only the entity and the authority."),
    )
    remedy_days = forms.IntegerField(
        label=_("Days to mend what is returned"),
        min_value=1,
        max_value=365,
        initial=15,
        help_text=_("Counted as chosen above."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        published: Iterable[tuple[str, str]],
        earlier: Iterable[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        everything = [("", _("Everything that binds"))]
        since = [(ref, _("Only what changed since %(edition)s") % {"edition": ref}) for ref, _title in earlier]
        self.fields["editions"].choices = list(published)  # type: ignore[attr-defined] # a ChoiceField has choices
        self.fields["since"].choices = everything + since  # type: ignore[attr-defined] # the same

    def asked(self) -> list[forms.BoundField]:
        """Return the fields that say what each activity has to say."""
        return [self[name] for name in ("asks_responsible", "asks_target", "asks_budget")]

    def clean_period(self) -> str:
        """Refuse what is no period, and say what is."""
        text: str = self.cleaned_data["period"].strip()
        try:
            parse_period(text)
        except ValueError as unreadable:
            raise forms.ValidationError(_("Write a year, a half or a span: 2026, 2026-S1, 2024-2029.")) from unreadable
        return text


class ExtendForm(forms.Form):
    """Another due day for one obligation."""

    due_on = day_field(_("New due day"))
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    act = forms.CharField(label=_("Act that grants it"), max_length=300)


class WaiveForm(forms.Form):
    """An obligation that is lifted."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    act = forms.CharField(label=_("Act that grants it"), max_length=300)
