"""Figures as an installed app."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Cells and the cursor up to which they follow the ledger."""

    name = "yupana.projections.figures"
    label = "figures"
