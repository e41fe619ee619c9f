"""Addresses of what is seen of a whole call, below the desk."""

from django.urls import path

from yupana.interfaces.desk.oversight import explain, matrix, money, owing, radar

_CALL = "convocatorias/<str:code>"

urlpatterns = [
    path(f"{_CALL}/explicar/", explain.explain, name="call-explain"),
    path(f"{_CALL}/matriz/", matrix.matrix, name="matrix"),
    path(f"{_CALL}/matriz.csv", matrix.matrix_csv, name="matrix-csv"),
    path(f"{_CALL}/matriz.xlsx", matrix.matrix_xlsx, name="matrix-xlsx"),
    path(f"{_CALL}/lineamientos/", owing.guidelines, name="guidelines"),
    path(f"{_CALL}/pendientes/", owing.owing, name="owing"),
    path(f"{_CALL}/dinero/", money.money, name="money"),
    path(f"{_CALL}/dinero.csv", money.money_csv, name="money-csv"),
    path(f"{_CALL}/parecidas/", radar.radar, name="radar"),
    path(f"{_CALL}/parecidas.csv", radar.radar_csv, name="radar-csv"),
    path(f"{_CALL}/parecidas/decir/", radar.liken, name="liken"),
]
