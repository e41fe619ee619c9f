"""Addresses of follow-up, below the desk."""

from django.urls import path

from yupana.interfaces.desk.followup import answers, asking

_CALL = "convocatorias/<str:code>"

urlpatterns = [
    path(f"{_CALL}/seguimiento/", asking.followup, name="followup"),
    path(f"{_CALL}/seguimiento/pedir/", asking.ask, name="followup-ask"),
    path(f"{_CALL}/seguimiento/ritmo/", asking.rhythm, name="followup-rhythm"),
    path(f"{_CALL}/informes/", answers.answers, name="answers"),
    path(f"{_CALL}/informes.csv", answers.answers_csv, name="answers-csv"),
    path(f"{_CALL}/informes.xlsx", answers.answers_xlsx, name="answers-xlsx"),
]
