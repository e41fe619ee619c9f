"""Addresses of the desk."""

from django.urls import path

from yupana.interfaces.desk import (
    account,
    calls,
    consult,
    documents,
    hand_in,
    inbox,
    letter,
    plan,
    publish,
    repeal,
    review,
    rows,
    signing,
    speak,
)
from yupana.interfaces.desk.editions import urls as drafts
from yupana.interfaces.desk.updates import urls as updates

app_name = "desk"
EDITION = "instrumentos/<str:instrument>/<str:edition>/"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("ingresar/", signing.sign_in, name="sign-in"),
    path("salir/", signing.sign_out, name="sign-out"),
    path("contrasena/", account.password, name="password"),
    # What an entity writes
    path("plan/<int:obligation>/", plan.plan, name="plan"),
    path("plan/<int:obligation>/empezar/", plan.start, name="plan-start"),
    path("plan/<int:obligation>/datos/", plan.header, name="plan-header"),
    path("plan/<int:obligation>/anio-uno/", plan.year_one, name="plan-year"),
    path("plan/<int:obligation>/enviar/", hand_in.hand_in, name="plan-submit"),
    path("plan/<int:obligation>/filas/nueva/", rows.add, name="row-add"),
    path("plan/<int:obligation>/filas/<int:number>/", rows.edit, name="row"),
    path("plan/<int:obligation>/filas/<int:number>/quitar/", rows.remove, name="row-remove"),
    path("entregas/<int:submission>/", hand_in.version, name="version"),
    path("consultas/", speak.hearings, name="hearings"),
    path("consultas/<str:instrument>/<str:edition>/", speak.speak, name="speak"),
    # What the authority decides
    path("revision/", review.queue, name="queue"),
    path("revision/<int:submission>/", review.review, name="review"),
    path("revision/<int:submission>/filas/<int:number>/", review.reclassify, name="reclassify"),
    path("instrumentos/", publish.editions, name="editions"),
    path(EDITION, publish.publish, name="publish"),
    path(f"{EDITION}documentos/", documents.attach, name="document-add"),
    path(f"{EDITION}documentos/<str:digest>/", documents.document, name="original"),
    path(f"{EDITION}documentos/<str:digest>/quitar/", documents.detach, name="document-remove"),
    path(f"{EDITION}consulta/", consult.consultation, name="consult"),
    path(f"{EDITION}consulta/abrir/", consult.open_, name="consult-open"),
    path(f"{EDITION}consulta/cerrar/", consult.close, name="consult-close"),
    path(f"{EDITION}consulta/<int:comment>/", consult.answer, name="consult-answer"),
    path(f"{EDITION}abrogar/", repeal.repeal, name="repeal"),
    *drafts.urlpatterns,
    *updates.urlpatterns,
    path("convocatorias/", calls.calls, name="calls"),
    path("convocar/", calls.new, name="call-new"),
    path("convocatorias/<str:code>/", calls.call, name="call"),
    path("convocatorias/<str:code>/cerrar/", calls.close, name="call-close"),
    path("obligaciones/<int:obligation>/ampliar/", calls.extend, name="extend"),
    path("obligaciones/<int:obligation>/eximir/", calls.waive, name="waive"),
    path("obligaciones/<int:obligation>/transcribir/", letter.letter, name="letter"),
]
