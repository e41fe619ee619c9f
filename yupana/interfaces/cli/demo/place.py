"""The home of a demonstration: made anew each time, and never in a home that holds anything else."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from yupana.domain.entities.models import Entity
from yupana.domain.instruments.models import Instrument
from yupana.foundation import home
from yupana.interfaces.cli import database
from yupana.interfaces.cli.demo import mark, publishing, story
from yupana.interfaces.cli.frame import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = 3  # so many strangers are named; one is reason enough


@contextmanager
def claimed() -> Iterator[None]:
    """Empty the demonstration's home and put fresh tables in it; mark what is written inside. Refuse any other home."""
    place = home.home()
    check(place)
    home.prepare()
    if not mark.stands(place):
        mark.put(place)
    with database.serving_alone() as alone:
        if not alone:
            raise Rejected(_("The demonstration in %(home)s is being served. Stop it first.") % {"home": place})
        check_records(place)
        connection.close()
        mark.empty(place)
        try:
            database.ready()
            yield
        finally:
            mark.put(place)


def check(place: Path) -> None:
    """Refuse whatever could be somebody's work."""
    if connection.vendor != "sqlite" or Path(settings.DATABASES["default"]["NAME"]) != place / mark.DATABASE:
        raise Rejected(_("The demonstration keeps its database in its home. Run it without DATABASE_URL."))
    if not place.exists() or not any(place.iterdir()):
        return
    if not mark.stands(place):
        told = _("%(home)s is not the home of a demonstration. Choose another: YUPANA_HOME=/tmp/demo yupana demo")
        raise Rejected(told % {"home": place})
    _refuse(place, mark.strangers(place))


def check_records(place: Path) -> None:
    """Refuse a database that holds a register or an instrument of somebody else, however it came there."""
    tables = connection.introspection.table_names() if (place / mark.DATABASE).exists() else []
    held: list[str] = []
    if Entity._meta.db_table in tables:  # noqa: SLF001 (Django documents _meta)
        sources = Entity.objects.exclude(source=story.SOURCE).order_by("source").values_list("source", flat=True)
        held += [_("the register “%(name)s”") % {"name": name} for name in sources.distinct()]
    if Instrument._meta.db_table in tables:  # noqa: SLF001 (the same)
        others = Instrument.objects.exclude(code__in=(publishing.PLAN, publishing.ABOVE)).order_by("code")
        codes = others.values_list("code", flat=True)
        held += [_("the instrument %(code)s") % {"code": code} for code in codes]
    _refuse(place, held)


def _refuse(place: Path, held: list[str]) -> None:
    if held:
        named = ", ".join([*held[:NAMED], "…"] if len(held) > NAMED else held)
        told = _(
            "%(home)s holds what no demonstration made: %(named)s. Nothing was changed. "
            "Choose another home: YUPANA_HOME=/tmp/demo yupana demo"
        )
        raise Rejected(told % {"home": place, "named": named})
