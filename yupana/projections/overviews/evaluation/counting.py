"""The one function that counts an evaluation, and the canonical structure that it gives.

The same call, period, day and position give the same bytes for ever: what was recorded later is never read. Shares are
told as [done, due, unknown, ratio, known part]; the last two in basis points, weighted alike, None: nothing to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana import __version__
from yupana.domain.progress.evaluations import bands_in, scheme_of
from yupana.domain.progress.histories import History, histories
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.ledger import queries as ledger
from yupana.projections.figures import rules
from yupana.projections.figures.reached import reached
from yupana.projections.overviews.applicability import department
from yupana.projections.overviews.evaluation.grades import grade, judged_by
from yupana.projections.overviews.evaluation.places import Places
from yupana.projections.overviews.evaluation.population import DUE, Owes, bodies, report_calls, shares, standings
from yupana.projections.overviews.evaluation.progress import checked_rows, oddities
from yupana.projections.overviews.evaluation.sums import Sums, basis_points

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.progress.rules import Bands
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.kernel.share import Share
    from yupana.projections.overviews.evaluation.population import Body

    Counted = Mapping[int, Mapping[tuple[str, int | None], Share]]

FORMAT = "yupana-evaluation/1"
CHUNK = 500  # bodies that are read together
OF_PLANS = (rules.COVERAGE, rules.TIMELINESS, *rules.LADDER)
OF_REPORTS = (rules.COVERAGE, rules.TIMELINESS, *rules.PROGRESS)


@dataclass
class _Group:
    """What was added up of some bodies: of their plans, and of their reports on the period."""

    plans: Sums = field(default_factory=Sums)
    reports: Sums = field(default_factory=Sums)


class _Count:
    """Everything that is added up while bodies go by."""

    def __init__(self, call: Call, period: str, as_of: date, position: int) -> None:
        self.call, self.period, self.as_of, self.position = call, period, as_of, position
        self.places = Places(call)
        last = parse_period(period).last
        asked = [each for each in report_calls(call, position) if parse_period(each.period).last <= last]
        self.asked = sorted(asked, key=lambda each: (parse_period(each.period).last, each.period))
        self.report = next((each for each in self.asked if each.period == period), None)
        scheme = scheme_of(self.places.instrument, as_of, position=position)
        self.act, self.bands = scheme.act if scheme else "", bands_in(scheme)
        self.by = rules.EFFICACY if self.report else rules.ANSWERED
        self.whole = _Group()
        self.levels: dict[str, _Group] = defaultdict(_Group)
        self.departments: dict[str, _Group] = defaultdict(_Group)
        self.trend: dict[str, Sums] = {each.period: Sums() for each in self.asked}
        self.odd: Counter[str] = Counter()
        self.peers: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)

    def run(self) -> list[Plain]:
        """Read all bodies, some at a time, and tell each."""
        everybody = bodies(self.call, self.report, self.position)
        told: list[Plain] = []
        for at in range(0, len(everybody), CHUNK):
            told += self._some(everybody[at : at + CHUNK])
        return told

    def _some(self, some: list[Body]) -> list[Plain]:
        plans = [body.obligation for body in some]
        reports = self._reports({body.entity for body in some})
        keys = [*plans, *(each for owed in reports.values() for each in owed.values())]
        counted = shares(keys, self.position, self.as_of)
        stands = standings(keys, counted, self.position)
        read = histories(plans, position=self.position) if self.asked else {}
        return [
            self._one(body, counted, stands, reports.get(body.entity, {}), read.get(body.obligation)) for body in some
        ]

    def _reports(self, debtors: Collection[int]) -> dict[int, dict[str, int]]:
        """Find what these bodies have to report, by body and period."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for call in self.asked:
            owed: list[Obligation] = list(call.obligations.filter(debtor__in=debtors))
            for each in owed:
                found[each.debtor_id][call.period] = each.pk
        return found

    def _one(
        self,
        body: Body,
        counted: Counted,
        stands: Mapping[int, Owes],
        reports: Mapping[str, int],
        history: History | None,
    ) -> Plain:
        """Count one body, add it to every group that it belongs to, and tell it."""
        own = _Group(_sums(counted.get(body.obligation, {}), OF_PLANS))
        for period, owed in reports.items():
            sums = _sums(counted.get(owed, {}), OF_REPORTS)
            if history and stands[owed] in DUE:
                for (measure, item), share in reached(history, period).items():
                    sums.add(measure, item, share)
            self.trend[period].add_all(sums)
            if period == self.period:
                own.reports = sums
        for group in (self.whole, self.levels[body.level], self.departments[department(body.territory)]):
            group.plans.add_all(own.plans)
            group.reports.add_all(own.reports)
        plan, report = stands[body.obligation], stands.get(reports.get(self.period, 0), Owes.NOTHING)
        odd, checked = Counter[str](), (0, 0)
        if history and report is Owes.ACCEPTED:
            odd, checked = oddities(history, self.period), checked_rows(history, self.period)
        self.odd += odd
        judged = plan if self.report is None else judged_by(plan, report)
        graded = grade(judged, own.reports if self.report else own.plans, self.by, self.places.weights, self.bands)
        peers = self.peers[body.level, body.kind, body.category]
        peers[str(graded.band) if graded.band is not None else graded.why] += 1
        return {
            "entity": body.ref,
            "name": body.name,
            "code": body.code,
            "level": body.level,
            "kind": body.kind,
            **_category(body.category),
            "territory": body.territory,
            "department": department(body.territory),
            "plan": plan.value,
            "report": report.value,
            "plans": own.plans.told(OF_PLANS, self.places.weights),
            "reports": own.reports.told(OF_REPORTS, self.places.weights),
            "band": graded.band,
            "unranked": graded.why,
            "score": basis_points(graded.score.ratio),
            "known": basis_points(graded.known.ratio),
            "checked": list(checked),
            "flags": dict(sorted(odd.items())),
        }

    def told(self, group: _Group, items: Collection[int] | None = None) -> dict[str, Plain]:
        """Tell one group, or some items of it."""
        weights = self.places.weights
        return {
            "plans": group.plans.told(OF_PLANS, weights, items),
            "reports": group.reports.told(OF_REPORTS, weights, items),
        }

    def no_line(self, group: _Group) -> dict[str, Plain]:
        """Tell what answers no line, so that lines add up to a group; nothing where everything answers one."""
        none = [None]
        told: dict[str, Plain] = {
            "plans": group.plans.told(rules.LADDER, self.places.weights, none),
            "reports": group.reports.told(rules.PROGRESS, self.places.weights, none),
        }
        return {"no_line": told} if any(told.values()) else {}

    def lines(self, group: _Group) -> list[Plain]:
        """Tell what a group did of every line that binds, from which its weighted figures follow."""
        return [{"item": name, **self.told(group, [item])} for item, name in self.places.names.items()]


def compute(call: Call, period: str, as_of: date, position: int) -> dict[str, Plain]:
    """Count the evaluation of a period of the plans under a call, up to a position of the record and as of a day."""
    if position > ledger.head().size:
        raise Refused("evaluation-position")
    count = _Count(call, period, as_of, position)
    entities = count.run()
    whole, branches = count.whole, count.places.branches
    return {
        "format": FORMAT,
        "call": call.code,
        "report": count.report.code if count.report else "",
        "period": period,
        "as_of": as_of.isoformat(),
        "position": position,
        "formula": rules.FORMULA,
        "program": __version__,
        "ranked_by": count.by,
        "scheme": {"floor": count.bands.coverage, "bands": _bands(count.bands), "act": count.act},
        "total": count.told(whole),
        **count.no_line(whole),
        "instruments": [{"name": name, **count.told(whole, items)} for name, items in count.places.editions],
        "items": [
            {"item": each.name, "text": each.text, "weight": each.weight, "root": each.is_root, "binds": each.binds,
             "lines": [count.places.names[item] for item in each.items], **count.told(whole, each.items)}
            for each in branches
        ],
        "levels": [
            {"level": name, **count.told(each), "lines": count.lines(each), **count.no_line(each)}
            for name, each in sorted(count.levels.items())
        ],
        "departments": [
            {"territory": name, **count.told(each), "lines": count.lines(each), **count.no_line(each)}
            for name, each in sorted(count.departments.items())
        ],
        "peers": [
            {"level": level, "kind": kind, **_category(category), "counts": dict(sorted(found.items()))}
            for (level, kind, category), found in sorted(count.peers.items())
        ],
        "trend": [
            {"period": each.period, "call": each.code,
             "reports": count.trend[each.period].told(OF_REPORTS, count.places.weights)}
            for each in count.asked
        ],
        "flags": dict(sorted(count.odd.items())),
        "entities": entities,
    }  # fmt: skip


def _category(category: str) -> dict[str, Plain]:
    """Tell a category only where there is one: what was frozen before there were any stays the same bytes."""
    return {"category": category} if category else {}


def _bands(bands: Bands) -> list[Plain]:
    return [[each.floor, each.name] for each in bands.bands]


def _sums(counted: Mapping[tuple[str, int | None], Share], measures: Collection[str]) -> Sums:
    sums = Sums()
    for (measure, item), share in counted.items():
        if measure in measures:
            sums.add(measure, item, share)
    return sums
