"""One figure as a person typed it, into a draft and problems: pure, strict, never guessing.

Every field arrives as the text or code it has on the form. What cannot be read becomes a problem beside its
field, and all problems come at once.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.domain.catalogue import Designation, Indicator, IndicatorKind, Source
from dashboard.domain.evidence import WEB_ADDRESS
from dashboard.domain.grading import RULE, Basis, Link, attribution_by_rule, confidence_by_rule
from dashboard.domain.observation import (
    Attribution,
    Confidence,
    Draft,
    MissingReason,
    ObservationKind,
    ObservationStatus,
    Qualifier,
    check,
)
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.i18n import Translator
from dashboard.intake.numbers import read_number

TIES: dict[str, Link] = {
    "none": Link(),
    "plausible": Link(plausible=True),
    "named": Link(named=True),
    "condition": Link(condition=True),
    "compared": Link(compared=True),
}
"""What the source may say of the title: one choice, from nothing to a comparison (N3)."""

_BASES = {
    "audited_record": Basis.ACCOUNTS, "official_statistic": Basis.STATISTICS, "own_count": Basis.COUNT,
    "no_method": Basis.COUNT, "self_reported": Basis.COUNT, "survey": Basis.COUNT, "audited": Basis.ACCOUNTS,
    "press_report": Basis.PRESS, "estimate": Basis.GUESS, "estimated": Basis.GUESS,
    "anecdote": Basis.REMARK, "asserted": Basis.REMARK,
}  # fmt: skip
_TIE_REASONS = {
    "compared": "compared", "condition": "condition", "names_title": "named", "plausible": "plausible",
    "no_link_stated": "none", "weak_link": "none",
}  # fmt: skip


def basis_of(reason: str) -> str:
    """Which answer gave a confidence by rule, so that it can be offered again; "" for another reason."""
    found = _BASES.get(reason.removeprefix(RULE)) if reason.startswith(RULE) else None
    return found.value if found is not None else ""


def tie_of(reason: str) -> str:
    """The same for an attribution by rule."""
    return _TIE_REASONS.get(reason.removeprefix(RULE), "") if reason.startswith(RULE) else ""


@dataclass(frozen=True, slots=True)
class FigureFields:
    """The form as it stands: typed texts, and codes of what was chosen.

    `basis` and `tie` answer the two questions of the rules for confidence and attribution (`TIES`); the
    grades and reasons beside them are a person's own, where they differ from the rule.
    """

    period: Period
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    low: str = ""
    high: str = ""
    yes: str = ""
    step: str = ""
    text: str = ""
    missing: str = ""
    currency: str = ""
    source: str = ""
    source_title: str = ""
    source_address: str = ""
    qualifier: str = Qualifier.EQUAL.value
    kind: str = ObservationKind.ACTUAL.value
    status: str = ObservationStatus.FINAL.value
    basis: str = ""
    tie: str = ""
    confidence: str = ""
    confidence_reason: str = ""
    attribution: str = ""
    attribution_reason: str = ""
    disaggregation: str = ""
    method: str = ""
    boundary: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was read: the draft as far as it goes, a source made on the spot, and every problem."""

    draft: Draft
    new_source: Source | None = None
    problems: tuple[Problem, ...] = field(default=())


def read_figure(
    fields: FigureFields,
    indicator: Indicator,
    place: str,
    t: Translator,
    designation: Designation | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Figure:
    """Read the form of one figure of `indicator` at `place`, in the language of `t`.

    `designation` is when the place got its title; without one nothing is due to it. `sources` are those that
    are known, by key.
    """
    problems: list[Problem] = []

    def number(name: str) -> float | None:
        typed = getattr(fields, name).strip()
        if not typed:
            return None
        found = read_number(typed, t)
        if isinstance(found, Problem):
            problems.append(Problem(found.code, name, params=found.params))
            return None
        return found

    value: float | None
    numerator, denominator = number("numerator"), number("denominator")
    if indicator.kind is IndicatorKind.YES_NO:
        value = {"yes": 1.0, "no": 0.0}.get(fields.yes)
    elif indicator.kind is IndicatorKind.SCORE:
        value = float(fields.step) if fields.step else None
    elif indicator.kind is IndicatorKind.PERCENTAGE and numerator is not None and denominator:
        value = round(100 * numerator / denominator, 6)
    elif indicator.kind is IndicatorKind.NARRATIVE:
        value = None
    else:
        value = number("value")
    missing = MissingReason(fields.missing) if fields.missing else None
    unreadable = bool(problems)
    made, source = _source(fields, sources, problems)
    draft = Draft(
        indicator=indicator.code,
        place=place,
        source=source,
        period=fields.period,
        value=value,
        text=fields.text.strip() if indicator.kind is IndicatorKind.NARRATIVE else "",
        text_language=t.language if indicator.kind is IndicatorKind.NARRATIVE else "",
        missing_reason=missing,
        qualifier=Qualifier(fields.qualifier),
        kind=ObservationKind(fields.kind),
        status=ObservationStatus(fields.status),
        unit=indicator.unit,
        currency=fields.currency if indicator.kind is IndicatorKind.MONEY and value is not None else "",
        numerator=numerator if value is not None else None,
        denominator=denominator if value is not None else None,
        low=number("low"),
        high=number("high"),
        disaggregation=fields.disaggregation,
        boundary=fields.boundary,
        method=fields.method.strip(),
        note=fields.note.strip(),
    )
    draft = replace(draft, **_grades(fields, designation))
    found = check(draft, indicator)
    if unreadable:  # the field itself says what is wrong; that there is no value follows from it
        found = [problem for problem in found if problem.code != "value_or_reason"]
    problems += found
    problems += _reasons(draft)
    return Figure(draft, made, tuple(problems))


def _grades(fields: FigureFields, designation: Designation | None) -> dict[str, Any]:
    """Confidence and attribution: a person's own with their reason, else by the rule with the rule's."""
    found: dict[str, Any] = {}
    if fields.confidence:
        found["confidence"] = Confidence(fields.confidence)
        found["confidence_reason"] = fields.confidence_reason.strip()
    elif not fields.missing:
        kind = ObservationKind(fields.kind)
        ruled = confidence_by_rule(kind, Basis(fields.basis), fields.method) if fields.basis else None
        if ruled is not None:
            found |= {"confidence": ruled.grade, "confidence_reason": ruled.reason}
    if fields.attribution:
        found["attribution"] = Attribution(fields.attribution)
        found["attribution_reason"] = fields.attribution_reason.strip()
    elif fields.tie and not fields.missing:
        tied = attribution_by_rule(TIES[fields.tie], fields.period, designation)
        if tied is not None:
            found |= {"attribution": tied.grade, "attribution_reason": tied.reason}
    return found


def _source(
    fields: FigureFields, sources: Mapping[str, Source] | None, problems: list[Problem]
) -> tuple[Source | None, str]:
    """The chosen source, or one made on the spot from its title."""
    if not fields.source_title.strip():
        return None, fields.source
    made, problem = new_source(fields.source_title, fields.source_address, sources)
    if problem is not None:
        problems.append(problem)
    return made, made.key if made is not None else ""


def new_source(
    title: str, address: str, sources: Mapping[str, Source] | None = None
) -> tuple[Source | None, Problem | None]:
    """A source made on the spot; nothing without a title, and a problem for what is no web address.

    One that is in `sources` under the same title, and the same address where one is given, is that one.
    Another that would have its key gets a key of its own: a figure must not slip under a source that
    nobody named.
    """
    title, address, known = title.strip(), address.strip(), sources or {}
    if not title:
        return None, None
    problem = None
    if address and not WEB_ADDRESS.match(address):
        problem = Problem("web_address", "source_address", params={"given": address})
        address = ""
    for there in known.values():  # whatever its key: those of the files were not made from their titles
        if there.title.casefold() == title.casefold() and address in ("", there.address):
            return there, problem
    key = source_key(title)
    if key in known:
        told_apart = f"{title}\x1f{address}".encode("utf-8", "surrogatepass")
        key = f"{key}-{hashlib.sha256(told_apart).hexdigest()[:6]}"
    return known.get(key, Source(key=key, title=title, address=address)), problem


def source_key(title: str) -> str:
    """A key from a title: ``Årsrapport 2025`` becomes ``aarsrapport-2025``."""
    folded = title.casefold()
    for letter, letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ß", "ss")):
        folded = folded.replace(letter, letters)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100] or "kilde"


def _reasons(draft: Draft) -> list[Problem]:
    """A grade that a person gives stands with their reason (N3, N4)."""
    return [
        Problem("reason_required", name)
        for name, grade, reason in (
            ("confidence_reason", draft.confidence, draft.confidence_reason),
            ("attribution_reason", draft.attribution, draft.attribution_reason),
        )
        if grade is not None and not reason
    ]
