"""From the register of activities to indicator values: counts and sums made in the open (F17).

One value a calendar year, from the first year of the register to the last. A year in that span without a
matching record is a real zero, because the register was kept; before and after it nothing is said. The
year of a record is the one it began in, or ended in where the indicator counts finished things. What is
planned or running is counted as it stands on one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.analysis.exchange import rate_table, span_of
from dashboard.analysis.series import PARTIAL_FLAG
from dashboard.domain.activity import Activity, ActivityState
from dashboard.domain.catalogue import Indicator, IndicatorKind, Rollup, RollupMeasure
from dashboard.domain.observation import FRAME_COLUMNS, ObservationKind, ObservationStatus
from dashboard.domain.period import Period

REGISTER = "register"
"""The source key of values made from the city's own register."""

_STANDING = (ActivityState.PLANNED.value, ActivityState.RUNNING.value)


@dataclass(frozen=True, slots=True)
class Part:
    """One rolled-up value before it is counted: its place and period, and the records it is made of."""

    place: str
    period: Period
    records: tuple[Activity, ...]
    provisional: bool = False


def rollup(
    activities: Sequence[Activity], indicator: Indicator, home_country: str, currency: str, today: date
) -> pd.DataFrame:
    """The values of a register indicator as a tidy frame (`FRAME_COLUMNS`), one row a place and year.

    `activities` are all records of the places asked for. Money is converted to `currency` (ISO 4217) at
    each record's own day (`rules`, conversions); a record that cannot be converted is left out and said
    so in `note`. An indicator without a rollup gives an empty frame.
    """
    rows: list[dict[str, object]] = []
    rule = indicator.rollup
    if rule is not None:
        rows = [
            _row(part, indicator, rule, home_country, currency)
            for part in made_of(activities, indicator, home_country, today)
        ]
    frame = pd.DataFrame(rows, columns=list(FRAME_COLUMNS))
    for name, kind in FRAME_COLUMNS.items():
        frame[name] = (
            pd.Series([value if isinstance(value, str) else "" for value in frame[name]], dtype="str")
            if kind == "str"
            else frame[name].astype("bool" if kind == "bool" else kind)
        )
    return frame


def members(activities: Iterable[Activity], indicator: Indicator, home_country: str) -> list[Activity]:
    """The records that a register indicator is made of, each counted once (N10)."""
    rule = indicator.rollup
    if rule is None:
        return []
    where = dict(rule.where) if rule.measure is not RollupMeasure.SHARE else {}
    chosen = [
        a
        for a in activities
        if a.kind.value in rule.activity_kinds
        and ("state" in where or a.state is not ActivityState.CANCELLED)
        and all(matches(a, name, wanted, home_country) for name, wanted in where.items())
    ]
    keys = {a.key for a in chosen}
    return [a for a in chosen if a.same_as not in keys]


def contributes(activity: Activity, rule: Rollup) -> bool:
    """Whether a member of a rolled-up value adds to it: a sum is made of the records that state its field, a
    number of different things of those that name any; the application that was declined is in neither."""
    if rule.measure is RollupMeasure.SUM:
        return getattr(activity, rule.field) is not None
    return rule.measure is not RollupMeasure.DISTINCT or bool(_members_of(activity, rule.field))


def matches(activity: Activity, name: str, wanted: str | bool, home_country: str) -> bool:
    """Whether a record answers one filter of a rollup."""
    if name == "foreign_participants_present":
        return bool(activity.foreign_participants) is wanted
    if name == "country_abroad":
        return bool(activity.country and activity.country != home_country) is wanted
    if name == "primary_sdg":
        return bool(activity.primary_sdg) is wanted
    stated = getattr(activity, name)
    if isinstance(wanted, bool):
        return bool(stated) is wanted
    return str(stated) == wanted


def made_of(
    activities: Iterable[Activity], indicator: Indicator, home_country: str, today: date
) -> list[Part]:
    """The values of a register indicator, each with the records it is made of, by place and period."""
    rule = indicator.rollup
    if rule is None:
        return []
    dated = [a for a in activities if a.period.dated and a.kind.value in rule.activity_kinds]
    return [
        part
        for place in sorted({a.place for a in dated})
        for part in _parts([a for a in dated if a.place == place], indicator, rule, home_country, today)
    ]


def _parts(
    register: Sequence[Activity], indicator: Indicator, rule: Rollup, home_country: str, today: date
) -> list[Part]:
    """The parts of one place; `register` has its dated records of the right kinds, one at least."""
    chosen = members(register, indicator, home_country)
    place, state = register[0].place, dict(rule.where).get("state")
    if state in _STANDING:
        return [Part(place, Period.point(today), tuple(chosen))]
    year_of = year_ended if state == ActivityState.DONE.value else year_begun
    years = [year for year in map(year_of, register) if year <= today.year]
    if not years:
        return []
    return [
        Part(place, Period.year(year), tuple(a for a in chosen if year_of(a) == year), year == today.year)
        for year in range(min(years), max(years) + 1)
    ]


def year_begun(activity: Activity) -> int:
    """The calendar year a record counts in; 0 for an undated one."""
    day = activity.period.start or activity.period.end
    return day.year if day else 0


def year_ended(activity: Activity) -> int:
    """The calendar year a finished record counts in; 0 for an undated one."""
    day = activity.period.end or activity.period.start
    return day.year if day else 0


def value_of(part: Part, indicator: Indicator, home_country: str, currency: str) -> float | None:
    """What the records of a part come to by the indicator's own rule; None where there is no rule or no
    value."""
    if indicator.rollup is None:
        return None
    value = _row(part, indicator, indicator.rollup, home_country, currency)["value"]
    return value if isinstance(value, float) else None


def day_counted(activity: Activity, rule: Rollup) -> Period:
    """When in its year a record counts: the begin of its period, or the end where finished things are
    counted, as exactly as it is known."""
    ended = dict(rule.where).get("state") == ActivityState.DONE.value
    start, end = activity.period.start, activity.period.end
    day = (end or start) if ended else (start or end)
    return Period(day, day, activity.period.precision)


def _row(
    part: Part, indicator: Indicator, rule: Rollup, home_country: str, currency: str
) -> dict[str, object]:
    chosen, period, provisional = part.records, part.period, part.provisional
    value: float | None
    numerator = denominator = None
    left_out: list[str] = []
    if rule.measure is RollupMeasure.COUNT:
        value = float(len(chosen))
    elif rule.measure is RollupMeasure.DISTINCT:
        value = float(len({item for a in chosen for item in _members_of(a, rule.field)}))
    elif rule.measure is RollupMeasure.SHARE:
        hits = [a for a in chosen if all(matches(a, n, w, home_country) for n, w in rule.where)]
        numerator, denominator = float(len(hits)), float(len(chosen))
        value = 100 * numerator / denominator if denominator else None
        if not denominator:
            numerator = denominator = None
    else:
        in_money = indicator.kind is IndicatorKind.MONEY
        value, left_out = total(chosen, rule.field, currency if in_money else "")
    return {
        "indicator": indicator.code,
        "place": part.place,
        "period_start": pd.Timestamp(period.start) if period.start else pd.NaT,
        "period_end": pd.Timestamp(period.end) if period.end else pd.NaT,
        "precision": period.precision.value,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "qualifier": "=",
        "unit": indicator.unit,
        "currency": currency if indicator.kind is IndicatorKind.MONEY and value is not None else "",
        "kind": ObservationKind.ACTUAL.value,
        "status": (ObservationStatus.PROVISIONAL if provisional else ObservationStatus.FINAL).value,
        "missing_reason": "" if value is not None else "not_applicable",
        "confidence": "own_count",
        "attribution": "",
        "state": "approved",
        "preferred": False,
        "source": REGISTER,
        "flags": PARTIAL_FLAG if provisional else "",
        "note": "; ".join(left_out),
        "activities": len(chosen),
    }


def _members_of(activity: Activity, field: str) -> Sequence[str]:
    if field == "partner_place":
        return activity.partner_places
    value = str(getattr(activity, field))
    return (value,) if value else ()


def total(chosen: Iterable[Activity], field: str, currency: str) -> tuple[float, list[str]]:
    """The sum of a field, in `currency` where it is money; and the keys that could not be converted.

    Money is converted at the rate of each record's own day or period (`rules`, conversions).
    """
    found, left_out = 0.0, []
    for activity in chosen:
        amount = getattr(activity, field)
        if amount is None:
            continue
        if currency and activity.currency != currency:
            span = span_of(activity.period)
            rate = span and rate_table().rate(*span, activity.currency, currency)
            if not rate:
                left_out.append(activity.key)
                continue
            amount *= rate
        found += amount
    return found, left_out
