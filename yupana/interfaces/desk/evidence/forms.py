"""The one form by which evidence is brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.labels.evidence import LEVELS, MESSAGES
from yupana.domain.progress.rules.addresses import MOST as MOST_ADDRESS
from yupana.domain.progress.rules.evidence import MOST_NAME, MOST_NOTE
from yupana.interfaces.desk.forms.authority import day_field

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

READERS = (
    (Visibility.PUBLIC.value, _("Everybody, once the report that cites it is accepted")),
    (Visibility.RESTRICTED.value, _("Only your entity and the governing agency")),
)


class PieceForm(forms.Form):
    """A file or an address, and what is said of it."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A scan, a document, a workbook: at most 15 MB. It is kept exactly as it is."),
        error_messages={"empty": _("The file is empty.")},
    )
    url = forms.CharField(
        label=_("Or an address of the web"),
        required=False,
        max_length=MOST_ADDRESS,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=MOST_NAME,
        help_text=_("For example: Acta de entrega del sistema. Empty: the name of the file."),
    )
    level = forms.TypedChoiceField(label=_("How much it proves"), coerce=int)
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=READERS, widget=forms.RadioSelect)
    issued_on = day_field(_("Issued on"), required=False)
    valid_until = day_field(_("Valid until"), _("Empty: it does not expire."), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=MOST_NOTE, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self, sent: QueryDict | None = None, files: MultiValueDict[str, UploadedFile[Any]] | None = None
    ) -> None:  # fmt: skip
        super().__init__(sent, files)
        field: Any = self.fields["level"]
        field.choices = [("", _("Choose")), *((level.value, text) for level, text in LEVELS.items())]

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        told = super().clean() or self.cleaned_data
        brought = bool(told.get("file")), bool(told.get("url"))
        if not any(brought) and not {"file", "url"} & set(self.errors):
            raise forms.ValidationError(MESSAGES["evidence-nothing"])
        if all(brought):
            raise forms.ValidationError(MESSAGES["evidence-both"])
        return told

    def terms(self, otherwise: str) -> Terms:
        """What was said, under another name where none was given."""
        told = self.cleaned_data
        name = told["name"].strip() or otherwise[:MOST_NAME]
        return Terms(
            name, told["visibility"], told["level"], told["issued_on"], told["valid_until"], told["note"].strip()
        )
