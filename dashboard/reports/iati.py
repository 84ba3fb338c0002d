"""The city's results as IATI 2.03 (F71): what donors and ministries read.

The designation is the activity; each claim is a result of each level (output, outcome, impact, or other),
with its indicators, baselines, targets and actual values. What the standard asks for and we cannot say is
left out and counted, never guessed: a value without days has no period, and a measure that is not qualitative
must have a number. Values that disagree all stand, each with its source; negative results too.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.domain.catalogue import (
    Baseline,
    Catalogue,
    Indicator,
    IndicatorKind,
    Place,
    ResultLevel,
    Target,
    TimeAggregation,
)
from dashboard.domain.observation import REALISED, ObservationKind
from dashboard.domain.period import Period, Precision
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator

Row = dict[str, Any]
VERSION = "2.03"
LOCAL_GOVERNMENT, IMPLEMENTING, UNDER_WAY, ACTUAL_START, GENERAL = "11", "4", "2", "2", "1"
"""Codes of OrganisationType, OrganisationRole, ActivityStatus, ActivityDateType and DescriptionType."""
RESULT_TYPES = {ResultLevel.OUTPUT: "1", ResultLevel.OUTCOME: "2", ResultLevel.IMPACT: "3"}
OTHER_RESULT = "9"
QUALITATIVE = "5"
MEASURES = {
    IndicatorKind.PERCENTAGE: "2", IndicatorKind.YES_NO: "3", IndicatorKind.SCORE: "4",
    IndicatorKind.NARRATIVE: QUALITATIVE,
}  # fmt: skip
"""Codes of IndicatorMeasure; everything else is counted in a unit, "1"."""
OWN_VOCABULARY = "99"
_SAID = (
    "qualifier", "currency", "status", "confidence", "boundary", "method", "source_title", "source_address",
    "licence", "note", "flags",
)  # fmt: skip
"""The columns of a row that its comment tells in words."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class IatiFile:
    """The file, how many values are in it, and how many have no place in the standard."""

    content: bytes
    values: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Results:
    """What is reported: the home city's rows of an export, and what they are held against."""

    home: Place
    catalogue: Catalogue
    rows: Sequence[Row]
    baselines: Sequence[Baseline]
    targets: Sequence[Target]
    exported: date
    known_at: datetime | None
    notice: str


def iati(results: Results, t: Translator, organisation: str = "") -> IatiFile:
    """The file in the language of `t`.

    `organisation` is the city's identifier on the list of org-id.guide (in Denmark DK-CVR- and the number);
    without one the file bears a name of our own and says that it is not registered. Raises
    `InvalidChoiceError` for a city without a designation, since an activity must have begun.
    """
    designation = results.home.designation
    if designation is None:
        raise InvalidChoiceError("error.export.undesignated", what=results.home.slug)
    return _File(results, t, organisation or f"{results.home.country}-{results.home.slug}".upper()).written(
        designation.day, registered=bool(organisation)
    )


class _File:
    def __init__(self, results: Results, t: Translator, organisation: str) -> None:
        self.r, self.t, self.organisation = results, t, organisation
        self.values = self.left_out = 0

    def written(self, began: date, registered: bool) -> IatiFile:
        r, t = self.r, self.t
        root = Xml.Element("iati-activities", version=VERSION)
        said = [r.notice, "" if registered else t("export.iati.unregistered")]
        for words in filter(None, said):
            root.append(Xml.Comment(f" {words.replace('--', '–')} "))
        moment = {"last-updated-datetime": r.known_at.isoformat(timespec="seconds")} if r.known_at else {}
        activity = Xml.SubElement(root, "iati-activity", {_LANG: t.language, **moment})
        identifier = f"{self.organisation}-CREATIVE-CITY-{began.year}"
        Xml.SubElement(activity, "iati-identifier").text = identifier
        name = t.text(r.home.name)
        reporting = {"ref": self.organisation, "type": LOCAL_GOVERNMENT}
        self._words(Xml.SubElement(activity, "reporting-org", reporting), name)
        self._words(Xml.SubElement(activity, "title"), t("export.iati.title", city=name), r.notice)
        about = Xml.SubElement(activity, "description", type=GENERAL)
        self._words(about, t("export.iati.about"), t("export.iati.exported", day=r.exported), r.notice)
        taking_part = {"role": IMPLEMENTING, "type": LOCAL_GOVERNMENT}
        if registered:
            taking_part["ref"] = self.organisation
        self._words(Xml.SubElement(activity, "participating-org", taking_part), name)
        Xml.SubElement(activity, "activity-status", code=UNDER_WAY)
        Xml.SubElement(activity, "activity-date", {"type": ACTUAL_START, "iso-date": began.isoformat()})
        if r.home.country:
            Xml.SubElement(activity, "recipient-country", code=r.home.country)
        self._results(activity)
        Xml.indent(root)
        content = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
        return IatiFile(content + b"\n", self.values, self.left_out)

    def _results(self, activity: Xml.Element) -> None:
        t, rows = self.t, _by_indicator(self.r.rows)
        for claim in self.r.catalogue.claims:
            for code in (*RESULT_TYPES.values(), OTHER_RESULT):
                found = [
                    i for i in self.r.catalogue.indicators
                    if i.claim == claim.id and RESULT_TYPES.get(i.result_level, OTHER_RESULT) == code
                ]  # fmt: skip
                made = [one for i in found if (one := self._indicator(i, rows.get(i.code, []))) is not None]
                if not made:
                    continue
                result = Xml.SubElement(activity, "result", {"type": code, "aggregation-status": "false"})
                self._words(Xml.SubElement(result, "title"), f"{claim.number}. {t.text(claim.name)}")
                self._words(Xml.SubElement(result, "description"), t.text(claim.quotation), self.r.notice)
                result.extend(made)

    def _indicator(self, one: Indicator, rows: Sequence[Row]) -> Xml.Element | None:
        t, measure = self.t, MEASURES.get(one.kind, "1")
        attributes = {"measure": measure}
        if one.direction.sign:  # where nothing is judged, neither way is better
            attributes["ascending"] = "true" if one.direction.sign > 0 else "false"
        summed = one.time_aggregation is TimeAggregation.SUM
        attributes["aggregation-status"] = "true" if summed else "false"
        made = Xml.Element("indicator", attributes)
        self._words(Xml.SubElement(made, "title"), t.text(one.name))
        unit = f"{t('export.column.unit')}: {t(f'unit.{one.unit}', count=2)}" if one.unit else ""
        described = (t.text(one.definition), unit, t.text(one.limitations), t.text(one.caveat), self.r.notice)
        self._words(Xml.SubElement(made, "description"), *described)
        Xml.SubElement(made, "reference", vocabulary=OWN_VOCABULARY, code=one.code)
        home = self.r.home.slug
        self._baselines(made, [b for b in self.r.baselines if (b.indicator, b.place) == (one.code, home)])
        targets = [one_ for one_ in self.r.targets if (one_.indicator, one_.place) == (one.code, home)]
        self._periods(made, rows, targets, qualitative=measure == QUALITATIVE)
        return made if len(made.findall("baseline")) + len(made.findall("period")) else None

    def _baselines(self, made: Xml.Element, baselines: Iterable[Baseline]) -> None:
        for one in baselines:
            day = one.period.end or one.period.start
            if day is None:
                self.left_out += 1
                continue
            attributes = {"year": str(day.year), "iso-date": day.isoformat(), "value": _number(one.value)}
            baseline = Xml.SubElement(made, "baseline", attributes)
            self._words(
                Xml.SubElement(baseline, "comment"), self.t.period(one.period), one.currency, one.comment,
                one.reason, self.r.notice,
            )  # fmt: skip
            self.values += 1

    def _periods(
        self, made: Xml.Element, rows: Sequence[Row], targets: Sequence[Target], qualitative: bool
    ) -> None:
        """One element a span of days, in their order; targets before actual values, as the schema has it."""
        spans: dict[tuple[date, date], tuple[list[Xml.Element], list[Xml.Element]]] = {}

        def at(period: Period) -> tuple[list[Xml.Element], list[Xml.Element]] | None:
            if period.end is None:
                self.left_out += 1
                return None
            self.values += 1
            return spans.setdefault((period.start or period.end, period.end), ([], []))

        for target in targets:
            if (place := at(target.period)) is not None:
                element = Xml.Element("target", value=_number(target.value))
                comment = Xml.SubElement(element, "comment")
                self._words(comment, target.currency, target.reason, self.r.notice)
                place[0].append(element)
        for row in rows:
            kind = ObservationKind(row["kind"])
            realised, number = kind in REALISED, row["value"] is not None
            if not (realised or kind is ObservationKind.TARGET) or number == qualitative:
                self.left_out += 1
                continue
            period = Period(row["period_start"], row["period_end"], Precision(row["precision"] or "none"))
            if (place := at(period)) is not None:
                place[realised].append(self._value(row, "actual" if realised else "target", qualitative))
        for (start, end), (wanted, reached) in sorted(spans.items()):
            period_ = Xml.SubElement(made, "period")
            Xml.SubElement(period_, "period-start", {"iso-date": start.isoformat()})
            Xml.SubElement(period_, "period-end", {"iso-date": end.isoformat()})
            period_.extend([*wanted, *reached])

    def _value(self, row: Row, name: str, qualitative: bool) -> Xml.Element:
        """One value with what it is divided by, and everything that must be said of it."""
        t = self.t
        element = Xml.Element(name, {} if qualitative else {"value": _number(row["value"])})
        for part in str(row["disaggregation"] or "").split(";"):
            if part:
                sort, _, member = part.partition("=")
                Xml.SubElement(element, "dimension", name=sort, value=member)
        qualifier = row["qualifier"] or "="
        worded = row | {
            "qualifier": "" if qualifier == "=" else qualifier,
            "status": t(f"observation_status.{row['status']}") if row["status"] else "",
            "confidence": t(f"confidence.{row['confidence']}") if row["confidence"] else "",
        }
        said = [f"{t(f'export.column.{name}')}: {worded[name]}" for name in _SAID if worded[name]]
        known = t("export.iati.preferred") if row["preferred"] else ""
        self._words(Xml.SubElement(element, "comment"), str(row["text"] or ""), *said, known, self.r.notice)
        return element

    def _words(self, parent: Xml.Element, *parts: str) -> None:
        """A narrative in the file's language; the parts that say something, one after the other."""
        said = " · ".join(part.strip() for part in parts if part and part.strip())
        Xml.SubElement(parent, "narrative").text = _NOT_XML.sub("", said) or self.t("word.none")


def _by_indicator(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["indicator"], []).append(row)
    return found


def _number(value: float) -> str:
    """Plain digits with a point, no exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".")
