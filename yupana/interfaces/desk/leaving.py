"""Addresses of a plan that leaves its entity, below the desk: explained, signed, handed in, printed, with its files."""

from django.urls import path

from yupana.interfaces.desk import approve, hand_in, plan_files, printed

_PLAN, _VERSION = "plan/<int:obligation>", "entregas/<int:submission>"

urlpatterns = [
    path(f"{_PLAN}/enviar/", hand_in.hand_in, name="plan-submit"),
    path(f"{_PLAN}/explicar/", hand_in.justify, name="plan-justify"),
    path(f"{_PLAN}/a-firma/", approve.ready, name="plan-ready"),
    path(f"{_PLAN}/aprobar/", approve.approve, name="plan-approve"),
    path(f"{_PLAN}/devolver/", approve.give_back, name="plan-give-back"),
    path(f"{_PLAN}/archivos/", plan_files.attach, name="plan-file-add"),
    path(f"{_PLAN}/archivos/<str:digest>/quitar/", plan_files.detach, name="plan-file-remove"),
    path(f"{_VERSION}/", hand_in.version, name="version"),
    path(f"{_VERSION}/imprimir/", printed.printed, name="version-print"),
    path(f"{_VERSION}/archivos/<str:digest>/", plan_files.document, name="version-file"),
]
