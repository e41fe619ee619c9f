"""Addresses of what is seen of a whole call, below the desk."""

from django.urls import path

from yupana.interfaces.desk.oversight import radar

_CALL = "convocatorias/<str:code>"

urlpatterns = [
    path(f"{_CALL}/parecidas/", radar.radar, name="radar"),
    path(f"{_CALL}/parecidas.csv", radar.radar_csv, name="radar-csv"),
    path(f"{_CALL}/parecidas/decir/", radar.liken, name="liken"),
]
