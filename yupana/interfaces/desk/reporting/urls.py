"""Addresses of reports, below the desk."""

from django.urls import path

from yupana.interfaces.desk.reporting import books, leaving, pieces, report

_REPORT = "avance/<int:obligation>"

urlpatterns = [
    path(f"{_REPORT}/", report.report, name="report"),
    path(f"{_REPORT}/empezar/", report.start, name="report-start"),
    path(f"{_REPORT}/celdas/", report.cells, name="report-cells"),
    path(f"{_REPORT}/sin-cambios/", report.same, name="report-same"),
    path(f"{_REPORT}/filas/<int:number>/respaldos/", pieces.choose, name="report-evidence"),
    path(f"{_REPORT}/planilla/", books.book, name="report-book"),
    path(f"{_REPORT}/planilla/avance.<str:form>", books.give, name="report-book-file"),
    path(f"{_REPORT}/planilla/subir/", books.bring, name="report-book-add"),
    path(f"{_REPORT}/planilla/ejecucion/", books.spending, name="report-spending"),
    path(f"{_REPORT}/planilla/aplicar/", books.apply, name="report-book-apply"),
    path(f"{_REPORT}/enviar/", leaving.hand_in, name="report-submit"),
    path(f"{_REPORT}/descartar/", leaving.discard, name="report-discard"),
    path("avance/entregas/<int:submission>/", leaving.version, name="report-version"),
]
