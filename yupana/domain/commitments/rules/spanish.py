"""Spanish words as they are compared: without accents and endings, and without those that say nothing of what is done.

What says nothing is of three kinds: words of grammar, the words in which every plan is written whatever it is about,
and the names of the plans that every body has to draw up by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snowballstemmer.spanish_stemmer import SpanishStemmer

from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 3
_ACCENTED = re.compile(r"(?<=[csx])ion$")  # what the stemmer knows only with its accent
_GRAMMAR = """
a al algo algun alguna algunas algunos ante antes aquel aquella asi aun bajo bien cada como con contra cual cuales
cualquier cuando cuyo cuya de del desde donde dos durante e el ella ellas ello ellos en entre era eran es esa esas ese
eso esos esta estan estar estara estas este esto estos etc fue fueron ha han hacer hacia han hasta hay la las le les lo
los mas me mediante menos mientras mismo misma mismos mismas muy ni no nos o otra otras otro otros para pero por porque
pueda puedan puede pueden que quien quienes sea sean segun ser si sido sin sobre solo son su sus tal tambien tan tanto
tener tiene tienen toda todas todo todos traves tres tu u un una unas uno unos y ya
"""
_PLANNING = """
accion actividad adecuacion adecuado adecuar adopcion adoptar alcanzar ambito aplicable aplicacion aprobacion aprobado
aprobar avance base boliviano calidad concordancia condicion conforme contar coordinacion coordinar correspondiente
creacion crear cumplimiento cumplir definicion definido definir desarrollado desarrollar desarrollo determinado
diferente diseno disenar disponer diverso efectiva efectivo efectuar eficaz eficacia eficiencia eficiente ejecucion
ejecutar elaboracion elaborado elaborar entidad establecer establecido establecimiento estado estrategia
existente facilitar fin forma fortalecer fortalecimiento garantizar general generacion generar gestion implantacion
implantar implementacion implementado implementar indicador institucion institucional interesado lineamiento lograr
manera marco mejora mejoramiento mejorar mecanismo meta nivel normativa nuevo objetivo objeto oportuno optimizar
parte permite permitir permitira personal plan plurinacional politica porcentaje proceso promover proporcionar
proyecto publico realizacion realizado realizar relacionado resultado sector servidor social todo trabajo uso
utilizar vigente
decision toma marcha puesta corto mediano largo plazo oficina central regional nacional departamental municipal
municipio alcaldia gobernacion ministerio gobierno autonomo empresa
bolivia chuquisaca paz cochabamba oruro potosi tarija santa cruz beni pando
"""
# A plan that every body draws up by itself is no initiative that two could share.
_OWN_PLANS = re.compile(
    r"\bplan (?:(?:institucional|nacional|estrategico) )?(?:de )?(?:la )?(?:implementacion )?(?:de |del )?"
    r"(?:gobierno electronico|software libre(?: y (?:de )?estandares abiertos)?|seguridad de (?:la )?informacion)\b"
    r"|\b(?:pisi|pislea|pige|pisle)\b"
)


class Words:
    """Reads texts; what a word comes down to is worked out once. Not for two threads at once: the stemmer is not."""

    def __init__(self) -> None:
        self._stemmer, self._known = SpanishStemmer(), dict[str, str]()
        self._idle = {self._stem(word) for word in (*_GRAMMAR.split(), *_PLANNING.split())}

    def read(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each word that says something as its stem and as it stands, without accents."""
        for word in _WORD.findall(_OWN_PLANS.sub(" ", fold(text))):
            stem = self._stem(word)
            if len(word) >= _SHORTEST and stem not in self._idle:
                yield stem, word

    def _stem(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = fold(
                self._stemmer.stemWord(_ACCENTED.sub("i\N{LATIN SMALL LETTER O WITH ACUTE}n", word))
            )
        return self._known[word]
