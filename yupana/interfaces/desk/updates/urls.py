"""Addresses of what an edition brings about, below the desk."""

from django.urls import path

from yupana.interfaces.desk.updates import binds

_EDITION = "instrumentos/<str:instrument>/<str:edition>"
_BINDS = f"{_EDITION}/obliga"

urlpatterns = [
    path(f"{_BINDS}/", binds.binds, name="binds"),
    path(f"{_BINDS}/<uuid:lineage>/", binds.binds_whom, name="binds-whom"),
]
