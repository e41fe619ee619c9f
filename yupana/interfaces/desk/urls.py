"""Addresses of the desk."""

from django.urls import path

from yupana.interfaces.desk import (
    account,
    calls,
    changes,
    consult,
    copying,
    deadlines,
    discarding,
    documents,
    foreign,
    grid,
    inbox,
    leaving,
    letter,
    looking,
    partners,
    plan,
    publish,
    queue,
    repeal,
    review,
    rows,
    signing,
    speak,
    succession,
    why,
    workbook,
)
from yupana.interfaces.desk.editions import urls as drafts
from yupana.interfaces.desk.evaluation import urls as evaluation
from yupana.interfaces.desk.evidence import urls as evidence
from yupana.interfaces.desk.followup import urls as followup
from yupana.interfaces.desk.indicators import urls as indicators
from yupana.interfaces.desk.oversight import urls as oversight
from yupana.interfaces.desk.people import urls as people
from yupana.interfaces.desk.reporting import urls as reporting
from yupana.interfaces.desk.updates import urls as updates
from yupana.interfaces.desk.verification import urls as verification

app_name = "desk"
EDITION = "instrumentos/<str:instrument>/<str:edition>/"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("ingresar/", signing.sign_in, name="sign-in"),
    path("salir/", signing.sign_out, name="sign-out"),
    path("contrasena/", account.password, name="password"),
    # What an entity writes
    path("plan/<int:obligation>/", plan.plan, name="plan"),
    path("plan/<int:obligation>/por-que/", why.why, name="plan-why"),
    path("plan/<int:obligation>/copiar/", copying.copy, name="plan-copy"),
    path("plan/<int:obligation>/descartar/", discarding.discard, name="plan-discard"),
    path("plan/<int:obligation>/celdas/", grid.cells, name="plan-cells"),
    path("plan/<int:obligation>/empezar/", plan.start, name="plan-start"),
    path("plan/<int:obligation>/datos/", plan.header, name="plan-header"),
    path("plan/<int:obligation>/planilla-propia/", foreign.bring, name="foreign"),
    path("plan/<int:obligation>/planilla-propia/<int:upload>/", foreign.columns, name="foreign-columns"),
    path("plan/<int:obligation>/planilla/", workbook.workbook, name="workbook"),
    path("plan/<int:obligation>/planilla/plan.<str:form>", workbook.give, name="workbook-file"),
    path("plan/<int:obligation>/planilla/subir/", workbook.bring, name="workbook-add"),
    path("cargas/<int:upload>/", workbook.upload, name="upload"),
    path("cargas/<int:upload>/descartar/", workbook.drop, name="upload-drop"),
    path("plan/<int:obligation>/anio-uno/", plan.year_one, name="plan-year"),
    path("plan/<int:obligation>/filas/nueva/", rows.add, name="row-add"),
    path("plan/<int:obligation>/filas/<int:number>/", rows.edit, name="row"),
    path("plan/<int:obligation>/filas/<int:number>/quitar/", rows.remove, name="row-remove"),
    path("plan/<int:obligation>/filas/<int:number>/participantes/", partners.partners, name="partners"),
    path("participaciones/<int:partnership>/", partners.partner, name="partner"),
    *leaving.urlpatterns,
    *reporting.urlpatterns,
    *evidence.urlpatterns,
    path("consultas/", speak.hearings, name="hearings"),
    path("consultas/<str:instrument>/<str:edition>/", speak.speak, name="speak"),
    # What the authority decides
    path("revision/", queue.queue, name="queue"),
    path("revision/varias/", queue.together, name="queue-together"),
    path("revision/<int:submission>/", review.review, name="review"),
    path("revision/<int:submission>/notas/", looking.notes, name="review-notes"),
    path("revision/<int:submission>/lista/", looking.checklist, name="review-list"),
    path("entregas/<int:submission>/cambios/", changes.version_changes, name="version-changes"),
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
    *deadlines.urlpatterns,
    *indicators.urlpatterns,
    *oversight.urlpatterns,
    *followup.urlpatterns,
    *verification.urlpatterns,
    *evaluation.urlpatterns,
    *people.urlpatterns,
    path("convocatorias/", calls.calls, name="calls"),
    path("convocar/", calls.new, name="call-new"),
    path("convocatorias/<str:code>/", calls.call, name="call"),
    path("convocatorias/<str:code>/cerrar/", calls.close, name="call-close"),
    path("obligaciones/<int:obligation>/ampliar/", calls.extend, name="extend"),
    path("obligaciones/<int:obligation>/eximir/", calls.waive, name="waive"),
    path("obligaciones/<int:obligation>/transferir/", succession.transfer, name="transfer"),
    path("obligaciones/<int:obligation>/suceder/", succession.succession, name="succession"),
    path("obligaciones/<int:obligation>/transcribir/", letter.letter, name="letter"),
]
