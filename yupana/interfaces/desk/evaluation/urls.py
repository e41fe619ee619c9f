"""Addresses of evaluations at the desk."""

from django.urls import path

from yupana.interfaces.desk.evaluation import bands, writing

urlpatterns = [
    path("evaluaciones/", writing.index, name="evaluating"),
    path("evaluaciones/<str:evaluation>/", writing.write, name="evaluation-write"),
    path("evaluaciones/<str:evaluation>/cifras/", writing.preview, name="evaluation-figures"),
    path("evaluaciones/<str:evaluation>/publicar/", writing.publish, name="evaluation-publish"),
    path("evaluaciones/<str:evaluation>/descartar/", writing.discard, name="evaluation-discard"),
    path("semaforo/", bands.bands, name="bands"),
]
