"""Addresses of evidence, below the desk."""

from django.urls import path

from yupana.interfaces.desk.evidence import bringing, piece

urlpatterns = [
    path("respaldos/", bringing.evidence, name="evidence"),
    path("respaldos/<int:piece>/", piece.piece, name="evidence-piece"),
    path("respaldos/<int:piece>/archivo/", piece.file, name="evidence-file"),
]
