"""The doors. The address says the language, so that a link shows the same page to everybody: Spanish has no prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from yupana.interfaces import health

handler500 = "yupana.interfaces.faults.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
urlpatterns += i18n_patterns(
    path("desk/", include("yupana.interfaces.desk.urls")),
    path("", include("yupana.interfaces.portal.urls")),
    prefix_default_language=False,
)
