"""Addresses about deadlines: what entities ask, and the calendar of working days."""

from django.urls import path

from yupana.interfaces.desk import calendars, pleas

urlpatterns = [
    path("plan/<int:obligation>/pedir/", pleas.plead, name="plead"),
    path("pedidos/<int:plea>/", pleas.plea, name="plea"),
    path("pedidos/<int:plea>/conceder/", pleas.grant, name="plea-grant"),
    path("pedidos/<int:plea>/denegar/", pleas.deny, name="plea-deny"),
    path("calendarios/<str:calendar>/", calendars.calendar, name="calendar"),
]
