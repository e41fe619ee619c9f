"""Addresses of verification, below the desk."""

from django.urls import path

from yupana.interfaces.desk.verification import checking, findings, first

_ROW = "verificacion/<int:submission>/filas/<int:number>"

urlpatterns = [
    path("verificacion/", first.first, name="to-verify"),
    path("verificacion.csv", first.as_csv, name="to-verify-csv"),
    path("verificacion.xlsx", first.as_xlsx, name="to-verify-xlsx"),
    path("verificacion/hallazgos/", findings.findings, name="findings"),
    path(f"{_ROW}/", checking.check, name="check"),
    path("verificacion/veredictos/<int:verdict>/objetar/", findings.dispute, name="verdict-dispute"),
    path("verificacion/veredictos/<int:verdict>/responder/", findings.answer, name="verdict-answer"),
    path("verificacion/veredictos/<int:verdict>/corregir/", findings.open_action, name="corrective-open"),
    path("verificacion/correctivos/<int:corrective>/", findings.step, name="corrective-step"),
]
