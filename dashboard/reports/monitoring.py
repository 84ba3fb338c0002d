"""The draft of the Membership Monitoring Report (N7): what is written, what belongs to it, and what lacks.

Every number and word comes from the store as a briefing's do; people write the text of each section and may
choose what is shown in it. Where they chose nothing, the template's rule shows the figures, stories and
evidence of the section's claims and the latest of the activities that the register puts under it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.analysis.coverage import best_figure, how_sure
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import ChartSpec
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.evidence import EvidenceLink, EvidenceSubject
from dashboard.domain.period import Period, Precision
from dashboard.domain.promise import OPEN, Promise, in_order
from dashboard.domain.report_section import ReportSection, due_years
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, Statement
from dashboard.reports.compose import Choice, compose
from dashboard.reports.material import Material, gather
from dashboard.reports.monitoring_template import NEEDS, ReportTemplate, SectionTemplate, read_template
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.promises import load_promises
from dashboard.store.queries.report_sections import load_sections

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_ACTIVITIES = 12
"""So many activities a section by the rule; the report says how many more there are."""
INITIATIVES = frozenset({
    ActivityKind.EVENT, ActivityKind.PARTNERSHIP, ActivityKind.SDG_ACTION, ActivityKind.EXCHANGE,
    ActivityKind.CONFERENCE_ATTENDANCE, ActivityKind.COUNCIL_DECISION,
})  # fmt: skip
"""What is an initiative of the city's own: not what others wrote, gave or charged."""
_HAPPENED = frozenset({ActivityState.RUNNING, ActivityState.DONE})

Stories = tuple[tuple[str, str, str, str], ...]
"""Of each claim: its name, the verdict in words, the reason, and what the city tells of it."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a section lacks: what (of `NEEDS`, or ``finished``), and who owes it."""

    section: str
    number: str
    what: str
    owner: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the draft, every word of it in the report's language."""

    template: SectionTemplate
    title: str
    guidance: str
    owner: str
    text: str
    finished: bool
    written_in_other: bool
    facts: tuple[tuple[str, str], ...]
    stories: Stories
    statements: tuple[Statement, ...]
    charts: tuple[ChartSpec, ...]
    activities: tuple[Activity, ...]
    more_activities: int
    evidence: tuple[EvidenceLink, ...]
    promises: tuple[Promise, ...]
    targets: tuple[tuple[str, str, str], ...]
    lacks: tuple[Lack, ...]
    version: int
    author: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """The whole draft; `briefing` is the reading of the store that its figures come from."""

    key: str
    year: int
    title: str
    note: str
    period: Period
    briefing: Briefing
    parts: tuple[Part, ...]

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return tuple(lack for part in self.parts for lack in part.lacks)

    @property
    def asked(self) -> int:
        """How many things the sections need in all, being finished among them."""
        return sum(len(part.template.needs) + 1 for part in self.parts if not part.template.optional)

    @property
    def share(self) -> float:
        """How much of it is there, 0 to 1."""
        return 1 - len(self.lacks) / self.asked if self.asked else 1.0


def report_key(year: int) -> str:
    """The name of a report in the store."""
    return f"membership-monitoring-{year}"


def years_of(designated: date, today: date) -> tuple[int, ...]:
    """The years of the reports that were due and of the next two, from the day of the designation."""
    return due_years(designated.year, today.year + 8)[: len(due_years(designated.year, today.year - 1)) + 2]


def next_year(designated: date, today: date) -> int:
    """The year of the report that is due this year or next in turn."""
    return next(year for year in due_years(designated.year, today.year + 4) if year >= today.year)


def period_of_report(designated: date, year: int) -> Period:
    """The time a report tells of: since the year of the report before, the first since the designation."""
    start = designated if year - 4 <= designated.year else date(year - 3, 1, 1)
    return Period(start, date(year, 12, 31), Precision.DAY if start == designated else Precision.YEAR)


def draft(
    connection: Connection, year: int | None, t: Translator, today: date, scope: Scope | None = None
) -> MonitoringReport:
    """The draft of the report of a due year, the next one without. Raises `InvalidChoiceError` for a city
    without a designation and for a year in which none is due."""
    scope, template = scope or Scope(), read_template()
    material = gather(connection, today, today, scope)
    designation = material.home.designation
    if designation is None:
        raise InvalidChoiceError("error.monitoring.undesignated", what=t.text(material.home.name))
    chosen = next_year(designation.day, today) if year is None else year
    years = years_of(designation.day, today)
    if chosen not in years:
        raise InvalidChoiceError("error.monitoring.year", what=str(chosen), instead=tuple(map(str, years)))
    period = period_of_report(designation.day, chosen)
    until = min(period.end or today, today)
    if until < today:
        material = gather(connection, until, today, scope)
    sections = load_sections(connection, scope, report_key(chosen))
    promises = in_order(load_promises(connection, scope), today)
    return composed_report(material, template, period, sections, promises, t, today)


def composed_report(
    material: Material, template: ReportTemplate, period: Period,
    sections: Mapping[tuple[str, str], Version[ReportSection]], promises: Sequence[Promise], t: Translator,
    today: date,
) -> MonitoringReport:  # fmt: skip
    """The draft out of what was read of the store."""
    year = period.end.year if period.end else today.year
    title = f"{t.text(template.title)} {year}"
    briefing = compose(material, Choice(period, title=title), t, today)
    briefing = dataclasses.replace(briefing, code=t("monitoring.code", year=str(year)))
    made = _Draft(material, briefing, period, sections, promises, t, report_key(year))
    parts = tuple(made.part(one) for one in template.sections)
    return MonitoringReport(report_key(year), year, title, t.text(template.note), period, briefing, parts)


class _Draft:
    """One report while its sections are put together."""

    def __init__(
        self, material: Material, briefing: Briefing, period: Period,
        sections: Mapping[tuple[str, str], Version[ReportSection]], promises: Sequence[Promise],
        t: Translator, key: str,
    ) -> None:  # fmt: skip
        self.m, self.b, self.period, self.t, self.key = material, briefing, period, t, key
        self.written, self.promises = sections, promises

    def part(self, template: SectionTemplate) -> Part:
        t = self.t
        version = self.written.get((template.id, t.language))
        other = any(id == template.id and language != t.language for id, language in self.written)
        mine = version.item if version else ReportSection(self.key, template.id, t.language)
        claims = mine.chosen("claim") or template.claims
        activities = self._activities(template, mine)
        shown = activities if mine.chosen("activity") else activities[:MOST_ACTIVITIES]
        owed = tuple(one for one in self.promises if one.state in OPEN) if template.plan else ()
        part = Part(
            template=template, title=t.text(template.title), guidance=t.text(template.guidance),
            owner=mine.owner or t.text(template.owner), text=mine.text, finished=mine.finished,
            written_in_other=other and not mine.text.strip(),
            facts=self._facts() if template.facts else (),
            stories=self._stories(None if template.verdicts else claims),
            statements=self._statements(mine, claims), charts=self._charts(claims),
            activities=tuple(shown), more_activities=len(activities) - len(shown),
            evidence=self._evidence(mine, claims), promises=owed,
            targets=self._targets() if template.plan else (), lacks=(),
            version=version.number if version else 0, author=version.actor if version else "",
            items=mine.items,
        )  # fmt: skip
        return dataclasses.replace(part, lacks=tuple(_lacks(part)))

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """What the store knows of the general information; an unknown one is left out of the table."""
        t, home = self.t, self.m.home
        fields = [one.field for one in home.fields if one.valid_to is None or one.valid_to >= self.m.today]
        designation = home.designation
        day = ""
        if designation is not None:
            year_only = designation.precision is Precision.YEAR
            day = str(designation.day.year) if year_only else t.date(designation.day)
        pairs = [
            (t("monitoring.fact.city"), t.text(home.name)),
            (t("monitoring.fact.country"), t.country(home.country) if home.country else ""),
            (t("monitoring.fact.field"), t.list(t(f"field.{one}") for one in fields) if fields else ""),
            (t("monitoring.fact.designation"), day),
            (t("monitoring.fact.period"), t.period(self.period)),
            (t("monitoring.fact.made"), t.date(self.m.today)),
        ]
        return tuple((name, value) for name, value in pairs if value)

    def _stories(self, claims: Sequence[str] | None) -> Stories:
        """Verdict and story of some claims; of all of them, without the stories, where `claims` is None."""
        return tuple(
            (
                f"{s.number}. {s.name}",
                s.verdict_words,
                s.verdict_reason,
                s.analysis if claims is not None else "",
            )
            for s in self.b.sections
            if claims is None or s.claim in claims
        )

    def _statements(self, mine: ReportSection, claims: Sequence[str]) -> tuple[Statement, ...]:
        """The chosen indicators' figures, else the briefing's of the section's claims."""
        if not (codes := mine.chosen("indicator")):
            return tuple(one for s in self.b.sections if s.claim in claims for one in s.statements)
        known = {one.indicator: one for one in reversed(self.b.statements)}
        found = (known.get(code) or self._figure(code) for code in codes)
        return tuple(one for one in found if one is not None)

    def _figure(self, code: str) -> Statement | None:
        t, indicator = self.t, self.m.catalogue.indicator(code)
        best = best_figure(self.m.figures, [indicator], self.m.home, self.m.day) if indicator else None
        if indicator is None or best is None:
            return None
        quantity = Quantity(indicator, best.unit, best.currency, None, None, t)
        source = self.m.sources.get(best.source)
        return Statement(
            indicator=code, claim=indicator.claim, name=t.text(indicator.name),
            value=quantity.written(best.value, best.qualifier, best.unit, best.currency),
            period=t.period(best.period), compared=t("overview.against_nothing"),
            sure=how_sure(best.confidence, t, short=True),
            source=source.title if source else t("source.register"),
            caveat=t.text(indicator.caveat) if indicator.contested else "",
        )  # fmt: skip

    def _charts(self, claims: Iterable[str]) -> tuple[ChartSpec, ...]:
        return tuple(chart for s in self.b.sections if s.claim in claims for chart in s.charts)

    def _activities(self, template: SectionTemplate, mine: ReportSection) -> list[Activity]:
        """The chosen ones in their order, else the initiatives under this heading, the latest first."""
        known = {one.key: one for one in self.m.activities}
        if chosen := mine.chosen("activity"):
            return [known[key] for key in chosen if key in known]
        found = [
            one for one in self.m.activities
            if one.mmr_section in template.activities and one.kind in INITIATIVES and not one.same_as
            and one.state in _HAPPENED and within(one, self.period)
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.period.anchor or date.min, one.key), reverse=True)

    def _evidence(self, mine: ReportSection, claims: Sequence[str]) -> tuple[EvidenceLink, ...]:
        if chosen := mine.chosen("evidence"):
            return tuple(one for one in self.m.evidence if one.key in chosen)
        subjects = {(EvidenceSubject.CLAIM, id) for id in claims}
        subjects |= {
            (EvidenceSubject.INDICATOR, i.code) for i in self.m.catalogue.indicators if i.claim in claims
        }
        return tuple(one for one in self.m.evidence if (one.subject_kind, one.subject) in subjects)

    def _targets(self) -> tuple[tuple[str, str, str], ...]:
        """The targets of the four years after the report: indicator, period, value."""
        t, end = self.t, self.period.end or self.m.today
        found = []
        for one in self.m.targets:
            indicator, day = self.m.catalogue.indicator(one.indicator), one.period.end or one.period.start
            if indicator is None or day is None or one.place != self.m.home.slug:
                continue
            if end < day <= date(end.year + 4, 12, 31) or (one.final and day >= end):
                quantity = Quantity(indicator, indicator.unit, one.currency, None, None, t)
                value = quantity.written(one.value, "=", indicator.unit, one.currency)
                found.append((t.text(indicator.name), t.period(one.period), value))
        return tuple(found)


def within(activity: Activity, period: Period) -> bool:
    """Whether an activity took place in the time that a report tells of, at least in part."""
    first = activity.period.start or activity.period.end
    last = activity.period.end or activity.period.start
    if first is None or last is None or period.start is None or period.end is None:
        return False
    return first <= period.end and last >= period.start


def _lacks(part: Part) -> Iterable[Lack]:
    """What the template asks for and the section has not, in the order of `NEEDS`; an optional section
    lacks nothing."""
    template = part.template
    if template.optional:
        return
    there = {
        "text": bool(part.text.strip()),
        "facts": bool(part.facts),
        "figures": bool(part.statements),
        "activities": bool(part.activities),
        "plan": bool(part.promises or part.targets),
    }
    for need in NEEDS:
        if need in template.needs and not there[need]:
            yield Lack(template.id, template.number, need, part.owner)
    if not part.finished:
        yield Lack(template.id, template.number, "finished", part.owner)
