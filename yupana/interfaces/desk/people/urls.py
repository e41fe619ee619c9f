"""Addresses of people who come and go."""

from django.urls import path

from yupana.interfaces.desk.people import access, handover, invitation, inviting, own, silent

_SILENT = "convocatorias/<str:code>/silencio"
urlpatterns = [
    path("correo/", own.email, name="email"),
    path("traspaso/", handover.handover, name="handover"),
    path("invitacion/<int:person>/<str:token>/", invitation.accept, name="invitation"),
    path("invitar/", inviting.invite, name="invite"),
    path("invitar/hoja/", inviting.sheet, name="invite-sheet"),
    path("acceso/", access.find, name="access-find"),
    path("acceso/<int:entity>/", access.access, name="access"),
    path(f"{_SILENT}/", silent.listed, name="silent"),
    path(f"{_SILENT}/entidades.csv", silent.as_csv, name="silent-csv"),
    path(f"{_SILENT}/<int:entity>/", silent.contact, name="contact"),
]
