"""Whether the statement of an action begins with what is to be done: a verb, or a noun of doing such as "training".

Spanish shows it by endings, with exceptions. English does not: there only words that begin no order tell.
"""

from __future__ import annotations

import re

from yupana.foundation.kernel.text import fold

_FIRST = re.compile(r"[\W\d_]*+(?:[a-z]{1,2}\)\s*+)?+[\W\d_]*+([^\W\d_]++)")  # behind bullets, numbers and marks
_WORD = re.compile(r"[^\W\d_]+")
MOST_LOOKED_AT = 1_000  # characters: enough to hear the language and to find the first word

SPANISH = frozenset(_WORD.findall("de la el los las en para del con y que por se su sus una un al"))
ENGLISH = frozenset(_WORD.findall("the of and to in for with by that on an is are their its at from"))
# Words that begin no order.
NEVER = frozenset(
    _WORD.findall(
        "the an there this these those all every each any some it its we our they in on at of from with without by if"
        " when because which who"
    )
)
# Spanish: infinitives with what hangs on them, nouns of doing, what will be done.
DOING = re.compile(
    r"(?:ar|er|ir)(?:se|lo|la|los|las|le|les)?$|[cst]ion(?:es)?$|mientos?$|aje$|eo$|[aei]ran?$|[aeiou]remos$"
)
DOINGS = frozenset(
    _WORD.findall(
        "ajuste alianza analisis apertura apoyo asistencia aumento avance ayuda busqueda cambio campana censo cierre"
        " cobro compra concurso control convenio convocatoria curso cursos desarrollo despliegue diagnostico diseno"
        " encuesta ensayo entrega envio estudio fomento impulso inicio intercambio inventario lectura mantenimiento"
        " mejora pago prueba pruebas puesta reforma refuerzo registro rescate resguardo respaldo retiro reuso taller"
        " talleres transferencia traslado traspaso uso vigilancia visita visitas se no"
    )
)
NO_DOINGS = frozenset(
    _WORD.findall(
        "para primera tercera manera carrera barrera frontera bandera madera cualquiera hora ahora obra letra palabra"
        " informacion poblacion nacion institucion instituciones condicion condiciones funcion funciones posicion"
        " opcion opciones nocion seccion situacion cuestion conocimiento conocimientos movimiento pensamiento lugar"
        " hogar pilar celular escolar familiar militar similar particular popular auxiliar mujer primer tercer"
        " cualquier ejemplar lenguaje paisaje personaje mensaje correo europeo museo empleo aereo"
    )
)


def without_verb(text: str) -> str:
    """Give the first word of an action that does not begin with a verb, "" where it does or nobody can tell."""
    first = _FIRST.match(text[:MOST_LOOKED_AT])
    if not first:
        return ""
    word = fold(first[1])
    words = _WORD.findall(fold(text[:MOST_LOOKED_AT]))
    spanish = sum(each in SPANISH for each in words) > sum(each in ENGLISH for each in words)
    fails = not _is_doing(word) if spanish else word in NEVER
    return first[1] if fails else ""


def _is_doing(word: str) -> bool:
    return word in DOINGS or (word not in NO_DOINGS and bool(DOING.search(word)))
