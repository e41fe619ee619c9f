"""The home of a demonstration: made anew each time, and never in a home that holds anything else."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from yupana.foundation import home
from yupana.interfaces.cli import database
from yupana.interfaces.cli.frame import Rejected

MARK = "DEMO"


def claim() -> None:
    """Empty the demonstration's home and put fresh tables in it; refuse a home that is not one."""
    place = home.home()
    check(place)
    connection.close()
    home.prepare()
    (place / MARK).touch()
    with database.serving_alone() as alone:
        if not alone:
            raise Rejected(_("The demonstration in %(home)s is being served. Stop it first.") % {"home": place})
        empty(place)
        database.ready()


def check(place: Path) -> None:
    """Refuse whatever could be somebody's work."""
    if connection.vendor != "sqlite" or Path(settings.DATABASES["default"]["NAME"]).parent != place:
        raise Rejected(_("The demonstration keeps its database in its home. Run it without DATABASE_URL."))
    if place.exists() and any(place.iterdir()) and not (place / MARK).is_file():
        told = _("%(home)s is not the home of a demonstration. Choose another: YUPANA_HOME=/tmp/demo yupana demo")
        raise Rejected(told % {"home": place})


def empty(place: Path) -> None:
    """Remove all but the mark and the locks that are being held."""
    for each in place.iterdir():
        if each.name == MARK or each.suffix == ".lock":
            continue
        shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
