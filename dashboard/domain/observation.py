"""Observations: one published value of one indicator at one place, and what must be true of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import check_texts


class Qualifier(StrEnum):
    """How the source bounds its value."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


class ObservationKind(StrEnum):
    """What sort of statement the value is. Only `REALISED` kinds say what happened."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    SURVEY = "survey"
    SELF_REPORTED = "self_reported"
    ASSERTED = "asserted"
    TARGET = "target"
    FORECAST = "forecast"
    EX_ANTE = "ex_ante"
    BUDGET = "budget"


REALISED = frozenset(
    {
        ObservationKind.ACTUAL,
        ObservationKind.ESTIMATE,
        ObservationKind.SURVEY,
        ObservationKind.SELF_REPORTED,
        ObservationKind.ASSERTED,
    }
)


class ObservationStatus(StrEnum):
    """Observation status (F36); `sdmx` gives the code of SDMX CL_OBS_STATUS."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    REVISED = "revised"

    @property
    def sdmx(self) -> str:
        return {"final": "A", "provisional": "P", "estimated": "E", "revised": "A"}[self.value]


class MissingReason(StrEnum):
    """Why there is no value; none of these is zero."""

    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"


class WorkflowState(StrEnum):
    """The five states of a value (F32); readers see `APPROVED` only."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Confidence(StrEnum):
    """Quality of the number itself (N4), best first."""

    AUDITED_RECORD = "audited_record"
    OFFICIAL_STATISTIC = "official_statistic"
    OWN_COUNT = "own_count"
    PRESS_REPORT = "press_report"
    ESTIMATE = "estimate"
    ANECDOTE = "anecdote"

    @property
    def rank(self) -> int:
        """0 is the best grade."""
        return list(Confidence).index(self)


class Attribution(StrEnum):
    """How far the designation is behind the value (N3)."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"


DISAGGREGATION = re.compile(r"([a-z_]+=[a-z0-9_]+(;[a-z_]+=[a-z0-9_]+)*)?\Z")
LARGEST_VALUE = 1e17  # NUMERIC(24, 6) holds 18 digits before the point
SMALLEST_DENOMINATOR = 1e-6  # and six after it: anything smaller would be stored as zero
LIMITS = {
    "text_language": 2, "unit": 40, "disaggregation": 200, "boundary": 40, "method_version": 40,
}  # fmt: skip
"""The longest texts of a draft, in characters: the widths of the store's columns."""
_TEXTS = (
    *LIMITS, "indicator", "place", "source", "text", "method", "confidence_reason", "attribution_reason",
    "note", "claim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """One observation as a form, a file or the command line hands it over.

    `indicator` and `place` are codes, `source` is the key of a source. `value` is in `unit` (and in
    `currency`, ISO 4217, when the unit is ``currency``); percentages are 0..100. `disaggregation` is
    ``dimension=member`` pairs joined by ``;`` in alphabetical order, empty for the whole.
    `boundary` says to which area the number belongs ("" is unknown). `text` holds a narrative.
    `based_on` is the row that stood there when it was begun, 0 where none did, None where nobody looked.
    """

    indicator: str
    place: str
    source: str
    period: Period = Period()
    value: float | None = None
    text: str = ""
    text_language: str = ""
    missing_reason: MissingReason | None = None
    qualifier: Qualifier = Qualifier.EQUAL
    kind: ObservationKind = ObservationKind.ACTUAL
    unit: str = ""
    currency: str = ""
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    disaggregation: str = ""
    boundary: str = ""
    method: str = ""
    method_version: str = ""
    status: ObservationStatus = ObservationStatus.FINAL
    confidence: Confidence | None = None
    confidence_reason: str = ""
    attribution: Attribution | None = None
    attribution_reason: str = ""
    retrieved: date | None = None
    flags: tuple[str, ...] = ()
    note: str = ""
    claim: str = ""
    based_on: int | None = None

    @property
    def natural_key(self) -> str:
        """Digest of what makes it the same fact from the same source (`rules`, store), 32 digits."""
        return _digest(
            f"{self.indicator}\x1f{self.place}\x1f{_key(self.period)}\x1f{self.disaggregation}"
            f"\x1f{self.kind._value_}"
            f"\x1f{self.boundary}\x1f{self.method}\x1f{self.source}"
        )

    @property
    def content(self) -> tuple[object, ...]:
        """Everything that is stated, to tell a repetition from a correction."""
        return tuple(_content(self))

    @property
    def content_digest(self) -> str:
        """Digest of `content`, the same for equal contents (12 and 12.0), 32 digits."""
        numbers = (self.value, self.numerator, self.denominator, self.low, self.high)
        written = ["" if number is None else repr(number + 0.0) for number in numbers]
        missing, confidence, attribution = self.missing_reason, self.confidence, self.attribution
        return _digest(  # the values of the enumerations themselves: writing a member takes much longer
            f"{self.indicator}\x1f{self.place}\x1f{self.source}\x1f{_key(self.period)}\x1f{written}"
            f"\x1f{self.text}\x1f{self.text_language}\x1f{missing and missing._value_}"
            f"\x1f{self.qualifier._value_}\x1f{self.kind._value_}\x1f{self.unit}\x1f{self.currency}"
            f"\x1f{self.disaggregation}\x1f{self.boundary}\x1f{self.method}\x1f{self.method_version}"
            f"\x1f{self.status._value_}\x1f{confidence and confidence._value_}"
            f"\x1f{self.confidence_reason}\x1f{attribution and attribution._value_}"
            f"\x1f{self.attribution_reason}\x1f{self.retrieved}\x1f{self.flags}\x1f{self.note}"
            f"\x1f{self.claim}"
        )


_content = attrgetter(*(f.name for f in fields(Draft) if f.name != "based_on"))
_texts = attrgetter(*_TEXTS)


def _key(period: Period) -> str:
    return _period_key(period.start, period.end, period.precision._value_)


@lru_cache(maxsize=50_000)
def _period_key(start: date | None, end: date | None, precision: str) -> str:
    """`Period.key`, made once: the rows of a file share their periods."""
    return Period(start, end, Precision(precision)).key


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def check(draft: Draft, indicator: Indicator) -> list[Problem]:
    """All problems of one draft; pure, never raises, run beside the field and again by the command."""
    if _plain_number(draft, indicator):
        return []
    problems: list[Problem] = []

    def add(code: str, field: str, **params: object) -> None:
        problems.append(Problem(code, field, params=params))

    if not draft.source:
        add("source_required", "source")
    if not draft.place:
        add("place_required", "place")
    if draft.period.problem:
        add(draft.period.problem, "period")
    if not DISAGGREGATION.match(draft.disaggregation):
        add("disaggregation_form", "disaggregation", given=draft.disaggregation)
    if draft.claim and draft.claim not in indicator.claims:
        add("claim_not_served", "claim", claim=draft.claim, indicator=indicator.code)
    for flag in draft.flags:
        if not flag or ";" in flag or not flag.isprintable():
            add("flag_form", "flags", given=flag)
    if not _plainly_written(draft):
        problems += check_texts(draft, _TEXTS, LIMITS)
    return problems + _check_value(draft, indicator)


def _plain_number(draft: Draft, indicator: Indicator) -> bool:
    """Whether it is a number and nothing else, of which `check` can find nothing wrong, told quickly: two
    hundred thousand drafts of a file are checked twice."""
    value = draft.value
    return (
        indicator.kind is IndicatorKind.NUMBER
        and value is not None
        and _others(draft) == _NO_OTHERS
        and -LARGEST_VALUE < value < LARGEST_VALUE
        and (indicator.minimum is None or value >= indicator.minimum)
        and (indicator.maximum is None or value <= indicator.maximum)
        and draft.unit == indicator.unit != "currency"
        and draft.source != ""
        and draft.place != ""
        and (draft.disaggregation == "" or DISAGGREGATION.match(draft.disaggregation) is not None)
        and draft.period.problem is None
        and _plainly_written(draft)
    )


_others = attrgetter(
    "numerator", "denominator", "low", "high", "missing_reason", "text", "currency", "claim", "flags"
)
_NO_OTHERS = (None, None, None, None, None, "", "", "", ())


def _plainly_written(draft: Draft) -> bool:
    """Whether `check_texts` can find nothing, told quickly: many thousands of drafts are checked at once."""
    return (
        "".join(_texts(draft)).isprintable()
        and len(draft.text_language) <= LIMITS["text_language"]
        and len(draft.unit) <= LIMITS["unit"]
        and len(draft.disaggregation) <= LIMITS["disaggregation"]
        and len(draft.boundary) <= LIMITS["boundary"]
        and len(draft.method_version) <= LIMITS["method_version"]
    )


def _check_value(draft: Draft, indicator: Indicator) -> list[Problem]:
    problems: list[Problem] = []

    def add(code: str, field: str = "value", severity: str = "error", **params: object) -> None:
        problems.append(
            Problem(code, field, severity="warning" if severity == "warning" else "error", params=params)
        )

    narrative = indicator.kind is IndicatorKind.NARRATIVE
    has_value = bool(draft.text.strip()) if narrative else draft.value is not None
    missing = draft.missing_reason is not None
    if has_value == missing or (missing and draft.text):
        add("value_or_reason")
    numbers = {
        "value": draft.value, "numerator": draft.numerator, "denominator": draft.denominator,
        "low": draft.low, "high": draft.high,
    }  # fmt: skip
    for name, number in numbers.items():
        if number is not None and not abs(number) < LARGEST_VALUE:  # nor is it with nan
            add("number_impossible", name)
            return problems
    if narrative and draft.value is not None:
        add("narrative_with_number")
    if (draft.numerator is None) != (draft.denominator is None):
        add("numerator_and_denominator", "numerator")
    if draft.denominator is not None and abs(draft.denominator) < SMALLEST_DENOMINATOR:
        add("denominator_zero", "denominator")
    if draft.low is not None and draft.high is not None and draft.low > draft.high:
        add("interval_reversed", "low")
    if draft.value is None:
        return problems
    if (draft.unit == "currency") != bool(draft.currency):
        add("currency_with_unit", "currency")
    if draft.currency and not re.fullmatch(r"[A-Z]{3}", draft.currency):
        add("currency_code", "currency", given=draft.currency)
    if indicator.kind is IndicatorKind.MONEY and draft.unit != "currency":
        add("money_without_currency", "currency")
    if indicator.kind is IndicatorKind.YES_NO and draft.value not in (0, 1):
        add("yes_or_no")
    if indicator.kind is IndicatorKind.SCORE and draft.value not in {s.value for s in indicator.scale}:
        add("score_outside_scale", given=draft.value)
    if (
        draft.numerator is not None
        and draft.denominator
        and abs(100 * draft.numerator / draft.denominator - draft.value) > 0.051
    ):
        add("percentage_not_derived", given=draft.value)
    if (draft.low is not None and draft.low > draft.value) or (
        draft.high is not None and draft.high < draft.value
    ):
        add("value_outside_interval", "low")
    if indicator.minimum is not None and draft.value < indicator.minimum:
        add("below_minimum", minimum=indicator.minimum, given=draft.value)
    if indicator.maximum is not None and draft.value > indicator.maximum:
        add("above_maximum", maximum=indicator.maximum, given=draft.value)
    if draft.unit and draft.unit != indicator.unit:
        add("unit_differs", "unit", "warning", given=draft.unit, expected=indicator.unit)
    return problems


FRAME_COLUMNS: dict[str, str] = {
    "observation": "Int64",  # id of the row, missing for a value rolled up from activities
    "indicator": "str",
    "place": "str",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "precision": "str",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "qualifier": "str",
    "unit": "str",
    "currency": "str",
    "kind": "str",
    "status": "str",
    "missing_reason": "str",
    "text": "str",
    "disaggregation": "str",
    "boundary": "str",
    "method": "str",
    "method_version": "str",
    "confidence": "str",
    "confidence_reason": "str",  # "rule:CODE" where a rule graded it, else a person's words
    "attribution": "str",
    "attribution_reason": "str",
    "state": "str",
    "preferred": "bool",
    "preferred_reason": "str",
    "source": "str",
    "flags": "str",  # joined by ;
    "note": "str",
    "revision": "Int64",
    "recorded_at": "datetime64[us]",
    "activities": "Int64",  # how many activities a rolled-up value is made of
}
"""The tidy frame: one row an observation. Text columns hold "" where there is nothing, never NaN."""
