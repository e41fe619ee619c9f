"""Addresses of what an edition brings about, below the desk."""

from django.urls import path

from yupana.interfaces.desk.updates import binds, carry, impact

_EDITION = "instrumentos/<str:instrument>/<str:edition>"
_BINDS = f"{_EDITION}/obliga"
_IMPACT = f"{_EDITION}/impacto"

urlpatterns = [
    path(f"{_BINDS}/", binds.binds, name="binds"),
    path(f"{_BINDS}/entidad/", binds.binds_one, name="binds-one"),
    path(f"{_BINDS}/<uuid:lineage>/", binds.binds_whom, name="binds-whom"),
    path(f"{_IMPACT}/", impact.impact, name="impact"),
    path(f"{_IMPACT}/entidades.csv", impact.impact_csv, name="impact-csv"),
    path(f"{_IMPACT}/cambios/", impact.impact_changes, name="impact-changes"),
    path(f"{_IMPACT}/cambios.csv", impact.impact_changes_csv, name="impact-changes-csv"),
    path("convocatorias/<str:code>/trasladar/", carry.carry, name="carry"),
]
