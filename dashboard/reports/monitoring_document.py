"""The draft of the Membership Monitoring Report as a Word document, to be finished by those who owe it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from dashboard.domain.activity import Activity
from dashboard.domain.promise import Promise
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing
from dashboard.reports.document import WordDocument, opened_template
from dashboard.reports.monitoring import MonitoringReport, Part
from dashboard.reports.office_file import printable
from dashboard.reports.slides import cited


def monitoring_document(
    report: MonitoringReport, t: Translator, places: Mapping[str, str], template: bytes | None = None
) -> bytes:
    """The draft as DOCX: headings, captions and alternative texts, and what lacks said where it lacks.

    `places` are the names of places by slug. Raises `InvalidFileError` for a `template` that is no DOCX.
    """
    briefing = printable(dataclasses.replace(report.briefing, title=report.title))
    made = _Report(briefing, opened_template(template), own=template is None)
    made.t, made.places = t, places
    made.head()
    made.small(report.note)
    made.completeness(report)
    for part in report.parts:
        made.part(part)
    made.bullets(briefing.labels["caveats"], briefing.caveats)
    made.bullets(briefing.labels["sources"], map(cited, briefing.sources))
    return made.saved()


class _Report(WordDocument):
    """The document of one report, written from top to bottom."""

    t: Translator
    places: Mapping[str, str]
    b: Briefing

    def captioned(
        self, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
    ) -> None:
        """A table under its caption."""
        line = self.paragraph(caption, "Caption")
        line.paragraph_format.keep_with_next = True
        self.table(columns, rows, shares)

    def completeness(self, report: MonitoringReport) -> None:
        """How far the draft is, and what is owed by whom."""
        t = self.t
        self.heading(t("monitoring.completeness"))
        self.paragraph(complete(report, t))
        if report.lacks:
            rows = [
                (f"{part.template.number}. {part.title}", lacking(part, t), part.owner)
                for part in report.parts
                if part.lacks
            ]
            columns = [t("monitoring.section"), t("monitoring.lacks"), t("monitoring.owner")]
            self.captioned(t("monitoring.caption.lacks"), columns, rows, (0.36, 0.4, 0.24))

    def part(self, part: Part) -> None:
        t = self.t
        self.heading(f"{part.template.number}. {part.title}", part.template.level)
        self.small(part.guidance)
        for line in part.text.split("\n"):
            self.paragraph(line.strip())
        if not part.text.strip():
            self.caveat(t("monitoring.unwritten", owner=part.owner))
        elif not part.finished:
            self.caveat(t("monitoring.unfinished", owner=part.owner))
        level = part.template.level + 1
        if part.facts:
            columns = [t("monitoring.fact_name"), t("monitoring.fact_value")]
            self.captioned(t("monitoring.caption.facts"), columns, part.facts, (0.35, 0.65))
        if part.template.verdicts:
            columns = [t("monitoring.claim"), t("monitoring.verdict"), t("monitoring.reason")]
            rows = [story[:3] for story in part.stories]
            self.captioned(t("monitoring.caption.verdicts"), columns, rows, (0.3, 0.2, 0.5))
        else:
            self._stories(part, level)
        if part.statements:
            self.heading(t("monitoring.figures"), level)
            self.figures(part.statements)
        for chart in part.charts:
            self.chart(chart)
        self._activities(part, level)
        self._plan(part, level)
        evidence = [
            f"{t(f'evidence.{one.stance}')}: " + _documented(one.title, t.text(one.note), one.address)
            for one in part.evidence
        ]
        self.bullets(t("monitoring.evidence"), evidence, level)

    def _stories(self, part: Part, level: int) -> None:
        for name, verdict, reason, analysis in part.stories:
            self.heading(name, level)
            self.paragraph(f"{self.t('monitoring.verdict')}: {verdict}. {reason}")
            for line in analysis.split("\n"):
                self.paragraph(line.strip())

    def _activities(self, part: Part, level: int) -> None:
        if not part.activities:
            return
        t = self.t
        self.heading(t("monitoring.activities"), level)
        columns = [t(f"monitoring.column.{name}") for name in ("what", "when", "with", "goals")]
        rows = [
            (t.text(one.title), t.period(one.period), with_whom(one, self.places, t), goals(one))
            for one in part.activities
        ]
        self.captioned(t("monitoring.caption.activities"), columns, rows, (0.4, 0.2, 0.24, 0.16))
        if part.more_activities:
            self.small(t("monitoring.more_activities", count=part.more_activities))

    def _plan(self, part: Part, level: int) -> None:
        """What the application still owes, and the targets that are set."""
        t = self.t
        if part.promises:
            self.heading(t("monitoring.promises"), level)
            names = ("promise", "owner", "due", "state")
            rows = [self._promised(one) for one in part.promises]
            columns = [t(f"monitoring.column.{name}") for name in names]
            self.captioned(t("monitoring.caption.promises"), columns, rows, (0.42, 0.2, 0.17, 0.21))
        if part.targets:
            self.heading(t("monitoring.targets"), level)
            columns = [t(f"monitoring.column.{name}") for name in ("indicator", "when", "target")]
            self.captioned(t("monitoring.caption.targets"), columns, part.targets, (0.55, 0.2, 0.25))

    def _promised(self, one: Promise) -> tuple[str, str, str, str]:
        """A promise's words, owner, due day and state; what is overdue is said."""
        t, late = self.t, one.days_overdue(self.b.made)
        state = t(f"promise.state.{one.state}")
        return (
            t.text(one.text), one.owner or t("promise.nobody"),
            t.date(one.due) if one.due else t("promise.undated"),
            f"{state}\n{t('promise.overdue', count=late)}" if late else state,
        )  # fmt: skip


def _documented(title: str, note: str, address: str) -> str:
    """What a document is, what it shows, and where it is."""
    said = ": ".join(filter(None, (title, note)))
    return f"{said} ({address})" if address else said


def complete(report: MonitoringReport, t: Translator) -> str:
    """The completeness meter in words."""
    there = report.asked - len(report.lacks)
    return t("monitoring.complete", there=there, asked=report.asked, share=t.percent(100 * report.share))


def lacking(part: Part, t: Translator) -> str:
    """What a section lacks, in words; that an unwritten text is not finished need not be said."""
    unwritten = any(lack.what == "text" for lack in part.lacks)
    said = [lack.what for lack in part.lacks if not (unwritten and lack.what == "finished")]
    return ". ".join(t(f"monitoring.lack.{what}") for what in said)


def with_whom(activity: Activity, places: Mapping[str, str], t: Translator) -> str:
    """The partner cities and the organisation, "" for none."""
    named = [places.get(slug, slug) for slug in activity.partner_places]
    return t.list([*named, *filter(None, [activity.organisation])]) if named or activity.organisation else ""


def goals(activity: Activity) -> str:
    """The goals of the 2030 Agenda that it is registered under: ``4, 11.4``."""
    return ", ".join(activity.sdg_targets)
