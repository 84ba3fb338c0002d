"""Confidence (N4) and attribution (N3) of a published figure by rule; a person may judge otherwise.

The reason is ``rule:NAME``, whose words stand in the locale files under ``rule``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.domain.catalogue import Catalogue, Designation
from dashboard.domain.observation import Attribution, Confidence, Draft, ObservationKind, check
from dashboard.domain.period import Precision
from dashboard.intake.record import Record
from dashboard.intake.reference.sources import SourceBook

RULE = "rule:"
_ESTIMATED = (ObservationKind.ESTIMATE, ObservationKind.FORECAST, ObservationKind.EX_ANTE)
_NO_METHOD = re.compile(r"\bnot stated\b")
_NAMES_TITLE = re.compile(r"\bdesignation", re.IGNORECASE)
_QUOTED_TITLE = re.compile(r'"[^"]*\bdesignation[^"]*"', re.IGNORECASE)


def graded(draft: Draft, sources: SourceBook, designation: Designation | None) -> Draft:
    """The draft with the grades that the rules give; `designation` is that of its place, if it has one."""
    confidence, why = _confidence(draft, sources)
    attribution, because = _attribution(draft, designation)
    return replace(
        draft,
        confidence=confidence,
        confidence_reason=f"{RULE}{why}" if why else "",
        attribution=attribution,
        attribution_reason=f"{RULE}{because}" if because else "",
    )


def _confidence(draft: Draft, sources: SourceBook) -> tuple[Confidence | None, str]:
    """From the kind of statement first, then from the kind of source it was read in."""
    if draft.kind is ObservationKind.TARGET:
        return None, ""
    if "implausible" in draft.flags:
        return Confidence.ANECDOTE, "implausible"
    if "derived" in draft.flags:
        return Confidence.ESTIMATE, "derived"
    if draft.kind is ObservationKind.ASSERTED:
        return Confidence.ANECDOTE, "asserted"
    if draft.kind in _ESTIMATED:
        return Confidence.ESTIMATE, "estimated"
    if "verified by" in draft.method:
        return Confidence.AUDITED_RECORD, "audited"
    if draft.kind is ObservationKind.SELF_REPORTED:
        if not draft.period.dated or _NO_METHOD.search(draft.method):
            return Confidence.ANECDOTE, "no_method"
        return Confidence.OWN_COUNT, "self_reported"
    if draft.kind is ObservationKind.SURVEY:
        return Confidence.OWN_COUNT, "survey"
    grade = sources.grade(draft.source)
    return grade, grade.value


def _attribution(draft: Draft, designation: Designation | None) -> tuple[Attribution | None, str]:
    """How far the source itself ties the figure to the title; never more than A2 by rule.

    A3 and A4 need a person who has read that the title was a condition, or compared. An undated figure
    that says nothing about the title gets no grade, and neither does a target or a place without a title.
    """
    if draft.kind is ObservationKind.TARGET:
        return None, ""
    if "pre-designation-overlap" in draft.flags:
        return Attribution.A0, "overlaps_before"
    end = draft.period.end
    if "baseline" in draft.flags or (designation and end and _before(draft, designation)):
        return Attribution.A0, "before_designation"
    if "attribution-weak" in draft.flags:
        if draft.kind is ObservationKind.ACTUAL:
            return Attribution.A1, "weak_link_decided"
        return Attribution.A0, "weak_link"
    if _NAMES_TITLE.search(draft.method) or _QUOTED_TITLE.search(draft.note):
        return Attribution.A2, "names_title"
    if designation is not None and draft.period.dated:
        return Attribution.A0, "no_link_stated"
    return None, ""


def _before(draft: Draft, designation: Designation) -> bool:
    """Whether the period ended before the title was given, as far as both dates are exact."""
    end = draft.period.end
    if end is None:
        return False
    if designation.precision is Precision.YEAR:
        return end.year < designation.day.year
    return end < designation.day


def checked(draft: Draft, catalogue: Catalogue, record: Record) -> Draft:
    """The draft, with the problems that its indicator finds in it placed at its row.

    A unit other than the indicator's is marked with the flag ``unit-differs``: such a value is kept and
    shown, and not joined with the others.
    """
    indicator = catalogue.indicator(draft.indicator)
    if indicator is None:
        record.problem("indicator_unknown", "indicator", given=draft.indicator)
        return draft
    record.adopt(check(draft, indicator))
    if draft.unit != indicator.unit:
        return replace(draft, flags=(*draft.flags, "unit-differs"))
    return draft
