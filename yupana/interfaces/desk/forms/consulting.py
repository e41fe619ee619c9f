"""The forms around a text: documents, consultation, comments of bodies, answers, repeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.rules import MOST_ANSWER, MOST_COMMENT, MOST_REASON
from yupana.interfaces.desk.forms.authority import day_field
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict


class DocumentForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_("The signed act, the text as it was approved. It is kept as it is, by its digest."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class ConsultForm(forms.Form):
    """Until when everybody may comment."""

    closes_on = day_field(_("Last day for comments"))
    sure = forms.BooleanField(
        label=_("I understand that the text stands still until the consultation is closed."),
        error_messages={"required": _("Tick the box to open it.")},
    )


class AnswerForm(forms.Form):
    """What became of a comment, and why."""

    verdict = forms.ChoiceField(
        label=_("What became of it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    text = forms.CharField(
        label=_("Answer"),
        max_length=MOST_ANSWER,
        help_text=_("Everybody reads it beside the comment. If you withhold the comment, say why."),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        field: Any = self.fields["verdict"]
        field.choices = [(verdict.value, label(verdict)) for verdict in Verdict]


class AnswersForm(AnswerForm):
    """One answer for several comments, of those that wait."""

    comments = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Tick the comments that it answers."),
            "invalid_choice": _("One of the comments was answered meanwhile. Look at what waits, and tick again."),
        },
    )

    def __init__(self, sent: QueryDict | None = None, *, waiting: Iterable[int] = ()) -> None:
        super().__init__(sent)
        field: Any = self.fields["comments"]
        field.choices = [(each, each) for each in waiting]


class RepealForm(forms.Form):
    """The act that puts an edition out of force."""

    act = forms.CharField(label=_("Act that repeals it"), max_length=300)
    reason = forms.CharField(label=_("Reason"), max_length=MOST_REASON, widget=forms.Textarea({"rows": 4}))
    on = day_field(_("Day of the act"))
    sure = forms.BooleanField(
        label=_("I understand that it cannot be put in force again."),
        error_messages={"required": _("Tick the box to repeal it.")},
    )


class SpeakForm(forms.Form):
    """What a body says; ``entity`` is asked only of whoever acts for several."""

    entity = forms.TypedChoiceField(label=_("In the name of"), coerce=int)
    item = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Comment"), max_length=MOST_COMMENT, widget=forms.Textarea({"rows": 6}))

    def __init__(
        self, sent: QueryDict | None = None, *, bodies: Sequence[tuple[int, str]] = (), item: str = ""
    ) -> None:  # fmt: skip
        super().__init__(sent, initial={"item": item})
        field: Any = self.fields["entity"]
        field.choices = bodies
