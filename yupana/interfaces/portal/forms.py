"""What a citizen can send: words about a text, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from yupana.domain.instruments.rules import MOST_COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAME = 120  # characters of the name of an item in a list


class CommentForm(forms.Form):
    """A comment. ``item`` is "role:code", empty for the whole; ``website`` is a trap for programs."""

    item = forms.CharField(
        label=_("What it is about"), required=False, max_length=100, widget=forms.HiddenInput
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your comment"),
        max_length=MOST_COMMENT,
        help_text=_(
            "Anybody may comment; you are asked for no name. Do not write data about people: once it is answered, "
            "everybody can read it."
        ),
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write your comment.")},
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def offer(self, items: Iterable[tuple[str, str]]) -> None:
        """Let an item be chosen, each told as its key and name, or the whole; for whoever named one that is gone."""
        named = ((key, Truncator(name).chars(MOST_NAME)) for key, name in items)
        self.fields["item"].widget = forms.Select(choices=[("", _("The whole text")), *named])

    def clean_website(self) -> str:
        """Refuse what only a program fills in, in words for whoever did it by mistake."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("One field was to stay empty. It is empty now: send your comment again."))
        return ""
