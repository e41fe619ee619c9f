"""A State to be attacked, and how to see that it stands as it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.cache import cache

from tests.interfaces.cli import conftest as cli
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

APART = {"sessions.Session"}  # of whoever asks


def counts() -> dict[str, int]:
    """How many rows every table has, and the last entry of the record."""
    held = {
        model._meta.label: model._default_manager.count()  # noqa: SLF001 - Django's public names
        for model in apps.get_models(include_auto_created=True)
    }
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {**{name: count for name, count in held.items() if name not in APART}, "last": last or 0}


@pytest.fixture(scope="module")
def loaded_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The small State of the command line's tests, brought in once for a module."""
    folder = tmp_path_factory.mktemp("sauce")
    named = {"entidades": cli.ENTITIES, "plan_ejes": cli.AXES, "plan_lineas": cli.LINES, "plan_metas": cli.TARGETS}
    for name, text in named.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, cli.prepared(django_db_blocker):
        patch.setenv("YUPANA_HOME", str(folder / "home"))
        cache.clear()
        cli.run("import", "entities", folder / "entidades.csv")
        cli.run("import", "instrument", folder, "--title", "El plan")
        yield folder
