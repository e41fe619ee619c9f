"""One field for every form that asks for a body: whoever fills it in knows a name, seldom the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.entities.queries import MOST_ALIKE, alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.entities.models import Entity

OF_THESE = "-of-these"  # behind the name of the field: which one was chosen of several that fit


class EntityInput(forms.TextInput):
    """What was typed, and which body was chosen where several fitted."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ANN401 - as Django has it
        """Read both."""
        return super().value_from_datadict(data, files, name), data.get(f"{name}{OF_THESE}", "")

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401 - as Django has it
        """Show what was typed."""
        typed: str | None = super().format_value(value[0] if isinstance(value, tuple) else value)
        return typed


class EntityField(forms.CharField):
    """A body by its name, acronym or code. One that fits alone is taken; of several the page asks which.

    ``candidates`` are those several, after it was read: the template ``desk/parts/entity.html`` offers them.
    """

    widget = EntityInput
    candidates: tuple[Entity, ...] = ()

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as Django has it
        more.setdefault("help_text", gettext_lazy("Part of its name, its acronym or its code."))
        super().__init__(max_length=120, **more)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a field gives what it reads
        """Find the body; say so where there is none, or more than one."""
        typed, chosen = value
        text = super().clean(typed)
        found = alike(text)
        picked = [each for each in found if each.ref == chosen]
        if len(found) == 1 or picked:
            return (picked or found)[0]
        if not found:
            raise forms.ValidationError(
                _("No entity is called “%(text)s”. Write part of its name, its acronym or its code."),
                params={"text": text},
            )
        if len(found) > MOST_ALIKE:
            raise forms.ValidationError(
                _("More than %(most)s entities are called like this. Write more of the name, or the code."),
                params={"most": MOST_ALIKE},
            )
        self.candidates = tuple(found)
        raise forms.ValidationError(_("Several entities are called like this. Choose one of them."))
