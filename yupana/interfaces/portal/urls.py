"""Addresses of the portal."""

from django.urls import path

from yupana.interfaces.portal import (
    alignment,
    compare,
    consultation,
    documents,
    downloads,
    entities,
    evidence,
    explain,
    files,
    history,
    home,
    indicators,
    plan,
    printed,
    record,
    text,
    why,
)

app_name = "portal"
EDITION = "planes/<str:instrument>/<str:code>/"
ITEM = f"{EDITION}<str:role>/<str:item>/"
CONSULTATION = f"{EDITION}consulta/"

urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", home.search, name="search"),
    path("planes/<str:instrument>/", plan.instrument, name="instrument"),
    path(EDITION, plan.edition, name="edition"),
    path(f"{EDITION}texto/", text.text, name="text"),
    path(f"{EDITION}articulacion/", alignment.alignment, name="alignment"),
    path(f"{EDITION}articulacion.csv", alignment.table, name="alignment_csv"),
    path(f"{EDITION}descarga/<str:form>/", files.edition, name="download"),
    path(f"{EDITION}cambios/", compare.changes, name="changes"),
    path(f"{EDITION}cambios.csv", compare.as_table, name="changes_csv"),
    path(f"{EDITION}cambios.json", compare.as_json, name="changes_json"),
    path(f"{EDITION}entidades/", plan.debtors, name="debtors"),
    path(f"{EDITION}entidades.csv", downloads.debtors, name="debtors_csv"),
    path(f"{EDITION}documentos/<str:digest>/", documents.document, name="document"),
    path(CONSULTATION, consultation.consultation, name="consultation"),
    path(f"{CONSULTATION}cambios/", compare.proposed, name="proposed"),
    path(f"{CONSULTATION}opinar/", consultation.say, name="say"),
    path(f"{CONSULTATION}recibos/<str:receipt>/", consultation.receipt, name="receipt"),
    path(f"{CONSULTATION}<str:role>/<str:item>/", consultation.put_item, name="put_item"),
    path(f"{EDITION}indicadores/", indicators.indicators, name="indicators"),
    path(f"{EDITION}indicadores.csv", indicators.indicators_csv, name="indicators_csv"),
    path(f"{EDITION}indicadores/<str:role>/<str:item>/", indicators.indicator, name="indicator"),
    path(ITEM, plan.item, name="item"),
    path(f"{ITEM}texto/", text.place, name="text_of"),
    path(f"{ITEM}historia/", history.history, name="history"),
    path(f"{ITEM}lista.csv", downloads.item, name="item_csv"),
    path("entidades/", entities.register, name="register"),
    path("entidades.csv", downloads.register, name="register_csv"),
    path("entidades/<str:source>/<str:source_id>/", entities.entity, name="entity"),
    path("entidades/<str:source>/<str:source_id>/por-que/<str:code>/", why.why, name="why"),
    path("entregas/<int:submission>/imprimir/", printed.printed, name="printed"),
    path("entregas/<int:submission>/archivos/<str:digest>/", printed.document, name="plan_document"),
    path("respaldos/<int:piece>/", evidence.file, name="evidence_document"),
    path("verificar/", record.verify, name="verify"),
    path("verificar/<str:seal>/", printed.verified, name="verify_plan"),
    path("como-se-cuenta/", record.method, name="method"),
    path("explicar/", explain.explain, name="explain"),
]
