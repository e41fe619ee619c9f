"""Addresses of indicators, below the desk."""

from django.urls import path

from yupana.interfaces.desk.indicators import sheets

_SHEETS = "instrumentos/<str:instrument>/<str:edition>/fichas"

urlpatterns = [
    path(f"{_SHEETS}/", sheets.sheets, name="sheets"),
    path(f"{_SHEETS}/<str:role>/<str:item>/", sheets.sheet, name="sheet"),
]
