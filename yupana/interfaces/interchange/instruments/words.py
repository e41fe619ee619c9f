"""How roles, answers and columns are written in Spanish and in English."""

from __future__ import annotations

from yupana.domain.instruments.facts import Heading, ItemRole, OriginKind, TargetSource, Transition
from yupana.foundation.kernel.text import fold, squeeze

Key = tuple[ItemRole, str]

# How each role is written: first the singular as in headers and cells, then the plural as in file names.
WORDS: dict[ItemRole, tuple[str, ...]] = {
    ItemRole.AXIS: ("eje", "axis", "eje estratégico", "ejes", "axes"),
    ItemRole.LINE: ("línea", "line", "línea estratégica", "líneas", "lines"),
    ItemRole.OBJECTIVE: ("objetivo", "objective", "objetivo estratégico", "objetivos", "objectives"),
    ItemRole.GUIDELINE: ("lineamiento", "guideline", "lineamientos", "guidelines"),
    ItemRole.REQUIREMENT: ("requisito", "requirement", "requisitos", "requirements"),
    ItemRole.ACTION: ("acción", "action", "acción prevista", "acciones", "actions"),
    ItemRole.TARGET: ("meta", "target", "metas", "targets"),
    ItemRole.INDICATOR: ("indicador", "indicator", "indicadores", "indicators"),
    ItemRole.TEXT: ("texto", "text", "textos", "texts"),
}
ROLES = {fold(word): role for role, words in WORDS.items() for word in words}
COVER = {"instrument": ("instrument", "instrumento"), "edition": ("edition", "edición")}
COVERS = {fold(word): part for part, words in COVER.items() for word in words}
COLUMNS: dict[str, tuple[str, ...]] = {
    "role": ("role", "rol", "tipo"),
    "code": ("code", "código", "codigo", "id"),
    "parent": ("parent", "superior", "padre"),
    "text": ("text", "texto", "descripción"),
    "binds": ("binds", "vincula", "obliga"),
    "body": ("body", "desarrollo", "explicación"),
    "legal_basis": ("legal_basis", "base legal", "normativa"),
    "due_on": ("due_on", "plazo", "fecha límite"),
    "audience": ("audience", "alcance", "a quién obliga"),
    "stake": ("stake", "peso", "ponderación"),
    "transition": ("transition", "transición", "rige desde"),
    "number": ("target_number", "valor de la meta"),
    "unit": ("target_unit", "unidad de la meta"),
    "target_on": ("target_due_on", "fecha de la meta"),
    "source": ("target_source", "fuente de la meta"),
    "counted": ("target_counted", "se cuenta sobre"),
    "baseline": ("target_baseline", "línea base"),
    "lineage": ("lineage", "linaje"),
    "origins": ("origins", "orígenes"),
    "kind": ("kind", "clase"),
    "more": ("more", "otros datos"),
}
REQUIRED = ("role", "code", "text")
YES_NO = {"": None, "1": True, "si": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
TRANSITIONS = {
    "": Transition.NOW,
    **dict.fromkeys(("now", "ahora"), Transition.NOW),
    **dict.fromkeys(("next_plan", "proximo poa"), Transition.NEXT_PLAN),
    **dict.fromkeys(("end_of_year", "fin de gestion"), Transition.END_OF_YEAR),
}
SOURCES = {
    **dict.fromkeys(("count", "conteo"), TargetSource.COUNT),
    **dict.fromkeys(("ask", "consulta"), TargetSource.ASK),
    **dict.fromkeys(("report", "reporte"), TargetSource.REPORT),
}
ORIGINS = {
    **dict.fromkeys(("split", "division"), OriginKind.SPLIT),
    **dict.fromkeys(("merge", "fusion"), OriginKind.MERGE),
}


def cover_of(stem: str) -> Heading:
    """Make a cover that says a code made from a file's name, and nothing else."""
    return Heading(squeeze(stem).replace(" ", "-").upper(), "", "", "", "", "")


def role_of(word: str) -> ItemRole | None:
    """Say which role a word means, in Spanish or English, in the singular or plural."""
    return ROLES.get(fold(word))
