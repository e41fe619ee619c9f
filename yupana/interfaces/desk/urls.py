"""Addresses of the desk."""

from django.urls import path

from yupana.interfaces.desk import account, calls, hand_in, inbox, letter, plan, publish, review, rows, signing
from yupana.interfaces.desk.editions import urls as drafts

app_name = "desk"
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
    # What the authority decides
    path("revision/", review.queue, name="queue"),
    path("revision/<int:submission>/", review.review, name="review"),
    path("revision/<int:submission>/filas/<int:number>/", review.reclassify, name="reclassify"),
    path("instrumentos/", publish.editions, name="editions"),
    path("instrumentos/<str:instrument>/<str:edition>/", publish.publish, name="publish"),
    *drafts.urlpatterns,
    path("convocatorias/", calls.calls, name="calls"),
    path("convocar/", calls.new, name="call-new"),
    path("convocatorias/<str:code>/", calls.call, name="call"),
    path("convocatorias/<str:code>/cerrar/", calls.close, name="call-close"),
    path("obligaciones/<int:obligation>/ampliar/", calls.extend, name="extend"),
    path("obligaciones/<int:obligation>/eximir/", calls.waive, name="waive"),
    path("obligaciones/<int:obligation>/transcribir/", letter.letter, name="letter"),
]
