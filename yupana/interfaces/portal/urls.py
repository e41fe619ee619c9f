"""Addresses of the portal."""

from django.urls import path

from yupana.interfaces.portal import downloads, entities, home, plan, record, text

app_name = "portal"
EDITION = "planes/<str:instrument>/<str:code>/"
ITEM = f"{EDITION}<str:role>/<str:item>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", home.search, name="search"),
    path("planes/<str:instrument>/", plan.instrument, name="instrument"),
    path(EDITION, plan.edition, name="edition"),
    path(f"{EDITION}texto/", text.text, name="text"),
    path(f"{EDITION}entidades/", plan.debtors, name="debtors"),
    path(f"{EDITION}entidades.csv", downloads.debtors, name="debtors_csv"),
    path(ITEM, plan.item, name="item"),
    path(f"{ITEM}texto/", text.place, name="text_of"),
    path(f"{ITEM}lista.csv", downloads.item, name="item_csv"),
    path("entidades/", entities.register, name="register"),
    path("entidades.csv", downloads.register, name="register_csv"),
    path("entidades/<str:source>/<str:source_id>/", entities.entity, name="entity"),
    path("verificar/", record.verify, name="verify"),
    path("como-se-cuenta/", record.method, name="method"),
]
