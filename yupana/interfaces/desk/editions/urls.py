"""Addresses of the editor, below the desk."""

from django.urls import path

from yupana.interfaces.desk.editions import asides, begin, editor, faults, lineages, lines, places

_DRAFT = "instrumentos/<str:instrument>/<str:edition>"
_EDIT = f"{_DRAFT}/editar"
_ITEM = f"{_EDIT}/<uuid:lineage>"

urlpatterns = [
    path("instrumentos/nuevo/", begin.begin, name="edit-begin"),
    path(f"{_DRAFT}/siguiente/", begin.start, name="edit-start"),
    path(f"{_EDIT}/", editor.edit, name="edit"),
    path(f"{_EDIT}/portada/", begin.cover, name="edit-cover"),
    path(f"{_EDIT}/nuevo/", places.add, name="edit-add"),
    path(f"{_EDIT}/numerar/", places.number, name="edit-number"),
    path(f"{_EDIT}/lineas/", lines.lines, name="edit-lines"),
    path(f"{_EDIT}/linajes/", lineages.lineages, name="edit-lineages"),
    path(f"{_EDIT}/avisos/", faults.faults, name="edit-faults"),
    path(f"{_EDIT}/apartes/<int:number>/", asides.aside, name="edit-aside"),
    path(f"{_ITEM}/", editor.item, name="edit-item"),
    path(f"{_ITEM}/mover/", places.move, name="edit-move"),
    path(f"{_ITEM}/quitar/", places.remove, name="edit-remove"),
]
