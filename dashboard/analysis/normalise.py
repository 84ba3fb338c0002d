"""From a tidy frame to points that may stand beside each other, or why they may not (F41–F48, N1, N6).

Every row of the frame ends in exactly one of three places: among the points, among the undated
statements, or refused with a reason. The order of work: what can be drawn at all → which values a line
may join → per inhabitants → constant prices or purchasing power → one currency → index → months since
designation → grade.

**Constant prices in one currency**: each amount is first given in the prices of the base year by the price
index of its own country, then converted at the mean rate of the *base year*: the exchange rates of the years
between have no part in it.

**Amounts in another currency than the country's** (a grant from Brussels to a Danish town): a table of prices
speaks of a country's own money only. Such an amount is first converted to that at the rate of its own day or
period, which is what it was worth where it was spent, and then given in other prices. Both rates are told
(`national_rate`, `exchange_rate`). This order is the house's own: `rules` is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from dashboard.analysis.exchange import rate_table, span_of
from dashboard.analysis.population import NoInhabitants, by_boundary, inhabitants
from dashboard.analysis.prices import NotConverted, constant_prices, latest, purchasing_power
from dashboard.analysis.series import INEXACT_QUALIFIERS, INPUT_FLAGS, Joined, Row, join, rows_of
from dashboard.domain.catalogue import (
    ComparabilityGrade,
    ComparabilityNote,
    Designation,
    Indicator,
    IndicatorKind,
    Place,
    PlaceKind,
    Population,
    PopulationBasis,
    SeriesBreak,
)
from dashboard.domain.period import Period, Precision, months_between
from dashboard.domain.prices import PriceTable, RateKind

Span = tuple[date, date]
Axis = Literal["calendar", "designation"]
Prices = Literal["", "constant", "purchasing_power"]

DIVISIBLE = frozenset({IndicatorKind.NUMBER, IndicatorKind.MONEY})
INDEXABLE = frozenset({IndicatorKind.NUMBER, IndicatorKind.MONEY, IndicatorKind.PERCENTAGE})
POSITIONS = frozenset({"rank", "rank_position", "score"})  # units in which a ratio means nothing
SMALLEST_BASE = 1e-9  # below this a base is rounding, not a value
DESIGNATION_MONTHS = {Precision.DAY: 0, Precision.MONTH: 0, Precision.QUARTER: 1, Precision.YEAR: 6}
"""By how many months either way a designation of each precision may be off."""

ILLUSTRATIVE_REASONS = frozenset(
    {"unit_differs", "population_undated", "designation_year_only", "contested", "input_illustrative"}
)
"""Reasons that make a point illustrative; every other reason asks for care."""

_GRADES = [grade.value for grade in ComparabilityGrade]


@dataclass(frozen=True, slots=True)
class View:
    """How values are to be shown. As published on the calendar when nothing is asked for.

    `per` divides by inhabitants (100000), `currency` converts money (ISO 4217), `index_base` is the year
    whose value becomes 100, `axis` puts each place at its own month 0. `prices` gives money in the prices of
    `base_year`, or in purchasing power, by the loaded table called `table` ("": the one with the latest year
    for the country).
    """

    axis: Axis = "calendar"
    per: int | None = None
    currency: str | None = None
    index_base: int | None = None
    prices: Prices = ""
    base_year: int | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not shown, and why: ``t("refusal." + code, **params)`` is the sentence.

    `observation` is the id of the row (None for a value rolled up from activities).
    """

    place: str
    period_start: date | None
    period_end: date | None
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    observation: int | None = None


@dataclass(frozen=True, eq=False)
class Shaped:
    """The outcome of `normalise`.

    `points` has the columns of the tidy frame and:

    * `anchor`: its day on the calendar; `month_since_designation` and `month_uncertainty` (± months), NA
      where the designation is unknown; `matched`: whether the months are those of the home city, because the
      place never was designated;
    * `shown_value`, `shown_low`, `shown_high`, `shown_unit` (``index`` for an index), `shown_currency`;
    * `grade` and `reasons` (codes joined by ``;``, words under ``grade.reason``);
    * `segment`: points with one number may be joined by a line, NA never; `gap_before`: a whole period is
      missing before it;
    * `population`, `population_boundary`, `exchange_rate`: what it was divided by and multiplied with; NaN
      and "" where it was not; `rate_from` and `rate_to`: the days whose rates these are, NaT where none were;
    * `national_rate`, `national_from`, `national_to` and `national_currency`: the rate to the country's own
      money before prices were applied, its days and that money; NaN, NaT and "" where none was needed;
    * `price_factor`, `price_table` (name and version), `price_year` and `price_base`: what an amount was
      multiplied with for constant prices or purchasing power, by which table, from which year and (constant
      prices) to which; NaN, "" and NA where not.

    `unit` and `currency` are those of `shown_value`; `currency` is "" when the points have several.
    """

    points: pd.DataFrame
    undated: pd.DataFrame
    refused: tuple[Refusal, ...]
    view: View
    unit: str
    currency: str


@dataclass(slots=True)
class _Point:
    """A row on its way to the chart."""

    row: Row
    segment: int | None
    gap_before: bool
    reasons: list[str]
    factor: float = 1.0
    population: float = float("nan")
    boundary: str = ""
    rate: float = float("nan")
    rate_span: Span | None = None
    national: float = float("nan")
    national_span: Span | None = None
    national_currency: str = ""
    price_factor: float = float("nan")
    price_table: str = ""
    price_year: int | None = None
    price_base: int | None = None
    unit: str = ""
    currency: str = ""
    month: int | None = None
    uncertainty: int | None = None
    matched: bool = False

    @property
    def shown(self) -> float:
        return self.row.value * self.factor


Refuse = Callable[..., None]


def normalise(
    frame: pd.DataFrame,
    indicator: Indicator,
    view: View,
    places: Mapping[str, Place],
    populations: Sequence[Population] = (),
    breaks: Sequence[SeriesBreak] = (),
    notes: Sequence[ComparabilityNote] = (),
    tables: Sequence[PriceTable] = (),
    home: str = "",
) -> Shaped:
    """Shape the rows of one indicator for one view.

    `frame` is the tidy frame of `indicator` for any number of places; `places` by slug. `home` is the city
    whose months a never-designated place takes. Never raises on data: what cannot be shown is refused, with
    one of the codes under ``refusal`` in the locale files.
    """
    rows = rows_of(frame)
    refused: list[tuple[int, Refusal]] = []
    observations = frame["observation"].tolist()

    def refuse(row: Row, code: str, **params: object) -> None:
        id_ = observations[row.position]
        known = None if pd.isna(id_) else int(id_)
        refused.append((row.position, Refusal(row.place, row.start, row.end, code, params, known)))

    rows, undated = _drawable(rows, indicator, view, refuse)
    one_measure = view.currency is not None or view.prices != ""
    joined = join(rows, indicator, breaks, one_currency=one_measure)
    points = _begin(rows, joined)
    if view.per is not None:
        points = _per_inhabitants(points, indicator, view.per, places, populations, refuse)
    if view.prices:
        points = _in_prices(points, view, places, tables, refuse)
    if view.currency is not None:
        base = view.base_year if view.prices == "constant" else None
        points = _in_currency(points, view.currency, base, refuse)
    if view.index_base is not None:
        points = _indexed(points, indicator, view.index_base, refuse)
    points = _since_designation(points, view.axis, places, places.get(home), refuse)
    currencies, units = {point.currency for point in points}, {point.unit for point in points}
    measured = units.pop() if view.prices == "purchasing_power" and len(units) == 1 else indicator.unit
    return Shaped(
        points=_frame_of(points, frame, indicator, notes),
        undated=frame.iloc[undated].reset_index(drop=True),
        refused=tuple(refusal for _, refusal in sorted(refused, key=lambda pair: pair[0])),
        view=view,
        unit="index" if view.index_base is not None else measured,
        currency=currencies.pop() if len(currencies) == 1 else "",
    )


def graded(shaped: Shaped, reasons: Mapping[str, tuple[ComparabilityGrade, Sequence[str]]]) -> Shaped:
    """`shaped` with the points of each place graded no better than its passport says.

    `reasons` gives, by place, the grade and the reason codes of `comparability.passports`.
    """
    points = shaped.points.copy()
    grades, texts = [], []
    for place, grade, text in zip(points["place"], points["grade"], points["reasons"], strict=True):
        other, codes = reasons.get(place, (ComparabilityGrade.COMPARABLE, ()))
        grades.append(worst(grade, other.value))
        texts.append(";".join(dict.fromkeys([*filter(None, text.split(";")), *codes])))
    points["grade"] = pd.Series(grades, index=points.index, dtype="str")
    points["reasons"] = pd.Series(texts, index=points.index, dtype="str")
    return Shaped(points, shaped.undated, shaped.refused, shaped.view, shaped.unit, shaped.currency)


def worst(*grades: str) -> str:
    """The least trusting of some grades."""
    return max(grades, key=_GRADES.index)


def _drawable(
    rows: Sequence[Row], indicator: Indicator, view: View, refuse: Refuse
) -> tuple[list[Row], list[int]]:
    """The rows that may become points, and the positions of the undated statements."""
    drawable: list[Row] = []
    undated: list[int] = []
    for row in rows:
        if row.indicator != indicator.code:
            refuse(row, "other_indicator")
        elif indicator.kind is IndicatorKind.NARRATIVE:
            refuse(row, "narrative")
        elif not row.has_value:
            refuse(row, f"missing_{row.missing_reason}" if row.missing_reason else "no_value")
        elif not row.drawable:
            refuse(row, "implausible")
        elif row.start is not None and row.end is not None and row.end < row.start:
            refuse(row, "period_reversed")
        elif row.dated:
            drawable.append(row)
        elif (
            view.per is not None
            or view.index_base is not None
            or view.prices
            or (view.currency is not None and row.currency != view.currency)
        ):
            refuse(row, "undated")
        else:
            undated.append(row.position)
    return drawable, undated


def _begin(rows: Sequence[Row], joined: Joined) -> list[_Point]:
    return [
        _Point(row, segment, gap, [reason] if reason else [], unit=row.unit, currency=row.currency)
        for row, segment, gap, reason in zip(
            rows, joined.segments, joined.gap_before, joined.reasons, strict=True
        )
    ]


def _per_inhabitants(
    points: Sequence[_Point],
    indicator: Indicator,
    per: int,
    places: Mapping[str, Place],
    populations: Sequence[Population],
    refuse: Refuse,
) -> list[_Point]:
    """Divide by the population at the anchor day (an open period's is its first day)."""
    index = by_boundary(populations)
    kept = []
    for point in points:
        row = point.row
        place = places.get(row.place)
        basis = indicator.population_basis
        if basis is PopulationBasis.NONE or indicator.kind not in DIVISIBLE:
            refuse(row, "population_basis_none")
            continue
        if place is None:
            refuse(row, "place_unknown")
            continue
        boundary = row.boundary if basis is PopulationBasis.BOUNDARY else place.reference_boundary
        if not boundary:
            code = "boundary_unknown" if basis is PopulationBasis.BOUNDARY else "reference_boundary_missing"
            refuse(row, code)
            continue
        found = inhabitants(index, row.place, boundary, row.anchor)
        if isinstance(found, NoInhabitants):
            refuse(row, found.code, **dict(found.params))
            continue
        point.factor *= per / found.value
        point.population, point.boundary = found.value, found.boundary
        if found.illustrative:
            point.reasons.append("population_undated")
        elif found.method == "nearest":
            point.reasons.append("population_nearest")
        kept.append(point)
    return kept


def _in_prices(
    points: Sequence[_Point],
    view: View,
    places: Mapping[str, Place],
    tables: Sequence[PriceTable],
    refuse: Refuse,
) -> list[_Point]:
    """Money in constant prices or in purchasing power, by the country of its place (`prices`)."""
    constant = view.prices == "constant" and view.base_year is not None
    kind = RateKind.PRICE_INDEX if constant else RateKind.PURCHASING_POWER
    named = [table for table in tables if table.kind is kind and table.called(view.table)]
    chosen: dict[str, PriceTable | None] = {}
    found = []
    for point in points:
        row, place = point.row, places.get(point.row.place)
        if not point.currency:
            refuse(row, "not_an_amount")
        elif place is None or not place.country:
            refuse(row, "country_unknown")
        else:
            if place.country not in chosen:
                chosen[place.country] = latest(named, kind, place.country)
            table = chosen[place.country]
            if named and table is None:
                refuse(row, "price_country_missing", country=place.country)
            else:
                found.append((point, place.country, table))
    kept = []
    for point, country, table in _in_national_money(found, refuse):
        row = point.row
        if constant and view.base_year is not None:
            made = constant_prices(1.0, point.currency, country, row.period, view.base_year, table)
        else:
            made = purchasing_power(1.0, point.currency, country, row.period, table)
        if isinstance(made, NotConverted):
            refuse(row, made.code, **dict(made.params))
            continue
        point.factor *= made.factor
        point.price_factor, point.price_year, point.price_base = made.factor, made.year, made.base_year
        point.price_table = table.title if table else ""
        if not constant:
            point.unit, point.currency = made.unit, ""
        kept.append(point)
    return kept


Priced = tuple[_Point, str, PriceTable | None]


def _in_national_money(found: Sequence[Priced], refuse: Refuse) -> list[Priced]:
    """Each point in the money of its country's table, at the rate of its own day or period."""
    waiting: dict[tuple[str, str], list[tuple[_Point, Span]]] = {}
    kept = set()
    for point, country, table in found:
        own = table.currencies.get(country, "") if table else ""
        span = span_of(point.row.period)
        if not own or own == point.currency:
            kept.add(id(point))
        elif span is None:
            refuse(point.row, "open_period", currency=own)
        else:
            waiting.setdefault((point.currency, own), []).append((point, span))
    for point, rate, span, own in _exchanged(waiting, refuse):
        point.factor *= rate
        point.national, point.national_span = rate, span
        point.national_currency = point.currency = own
        kept.add(id(point))
    return [one for one in found if id(one[0]) in kept]


def _in_currency(
    points: Sequence[_Point], currency: str, base_year: int | None, refuse: Refuse
) -> list[_Point]:
    """Convert by the European Central Bank's rates (`exchange`), of `base_year` where one is given."""
    kept: list[_Point] = []
    waiting: dict[tuple[str, str], list[tuple[_Point, Span]]] = {}
    for point in points:
        span = span_of(point.row.period if base_year is None else Period.year(base_year))
        if not point.currency:
            refuse(point.row, "not_money", currency=currency)
        elif point.currency == currency:
            point.rate = 1.0
            kept.append(point)
        elif span is None:
            refuse(point.row, "open_period", currency=currency)
        else:
            waiting.setdefault((point.currency, currency), []).append((point, span))
    for point, rate, span, target in _exchanged(waiting, refuse):
        point.factor *= rate
        point.rate, point.rate_span, point.currency = rate, span, target
        kept.append(point)
    return sorted(kept, key=lambda point: point.row.position)


def _exchanged(
    waiting: Mapping[tuple[str, str], Sequence[tuple[_Point, Span]]], refuse: Refuse
) -> Iterator[tuple[_Point, float, Span, str]]:
    """Each point with its rate, the days it is of, and the currency it leads to; by (from, to) currencies."""
    for (source, target), pairs in waiting.items():
        table = rate_table()
        rates, codes = table.rates([span for _, span in pairs], source, target)
        unquoted = target if target not in table.currencies else source
        for (point, span), rate, code in zip(pairs, rates.tolist(), codes, strict=True):
            if code:
                refuse(point.row, code, currency=unquoted, first=table.first, last=table.last)
            else:
                yield point, rate, span, target


def _indexed(points: Sequence[_Point], indicator: Indicator, year: int, refuse: Refuse) -> list[_Point]:
    """100 = the place's own joined value in the base year; several in one year count by their mean.

    Percentages are never averaged, so for them the base year must have one value. A value of another
    segment than the base lies across a break and is refused.
    """
    bases: dict[tuple[str, str], dict[int, list[float]]] = {}
    competing: set[tuple[str, str]] = set()
    for point in points:
        if point.row.anchor.year == year:
            series = (point.row.place, point.row.disaggregation)
            if point.segment is not None:
                bases.setdefault(series, {}).setdefault(point.segment, []).append(point.shown)
            elif "competing_unchosen" in point.reasons:
                competing.add(series)
    kept = []
    percentage = indicator.kind is IndicatorKind.PERCENTAGE
    for point in points:
        series = (point.row.place, point.row.disaggregation)
        segments = bases.get(series, {})
        values = segments.get(point.segment, []) if point.segment is not None else []
        code = ""
        if indicator.kind not in INDEXABLE or indicator.unit in POSITIONS:
            code = "cannot_index"
        elif point.segment is None:
            code = "base_competing" if series in competing else "index_unjoined"
        elif not values:
            code = "across_break" if segments else "base_competing" if series in competing else "base_missing"
        elif percentage and len(values) > 1:
            code = "base_several"
        elif not SMALLEST_BASE < sum(values) / len(values) < float("inf"):
            code = "base_not_positive"
        if code:
            refuse(point.row, code, year=str(year))
            continue
        point.factor *= 100 / (sum(values) / len(values))
        point.unit, point.currency = "index", ""
        kept.append(point)
    return kept


def _since_designation(
    points: Sequence[_Point], axis: Axis, places: Mapping[str, Place], home: Place | None, refuse: Refuse
) -> list[_Point]:
    """Months between the designation and each value's anchor, in calendar months.

    A designation known by its year only is counted from the middle of that year, ± 6 months: the point is
    a band and illustrative, and statistics by month must leave out rows whose `month_uncertainty` is not 0.

    A city that never was designated is a control: on this axis it is matched by the calendar, each value at
    the month of the home city's that it was taken in (N1).
    """
    kept = []
    here = {slug: places[slug] for slug in {p.row.place for p in points} & set(places)}
    designations = {slug: place.designation for slug, place in here.items()}
    ours = home.designation if home else None
    matched = {slug for slug, place in here.items() if ours is not None and never_designated(place)}
    for point in points:
        designation = designations.get(point.row.place)
        if axis == "designation" and point.row.place in matched:
            designation, point.matched = ours, True
        if designation is None or designation.precision is Precision.NONE:
            if axis == "designation":
                refuse(point.row, "designation_unknown")
                continue
        else:
            point.month = months_between(_month_zero(designation), point.row.anchor)
            point.uncertainty = DESIGNATION_MONTHS[designation.precision]
            if axis == "designation" and point.uncertainty:
                code = "year" if designation.precision is Precision.YEAR else "quarter"
                point.reasons.append(f"designation_{code}_only")
        kept.append(point)
    return kept


def never_designated(place: Place) -> bool:
    """Whether a city is known to carry no title: a member whose day is unknown has a creative field."""
    city = place.kind in (PlaceKind.CITY, PlaceKind.MUNICIPALITY)
    return city and not place.designations and not place.fields


def _month_zero(designation: Designation) -> date:
    day = designation.day
    if designation.precision is Precision.YEAR:
        return date(day.year, 7, 1)
    if designation.precision is Precision.QUARTER:
        return date(day.year, 3 * ((day.month - 1) // 3) + 2, 1)
    return day


def _frame_of(
    points: Sequence[_Point],
    frame: pd.DataFrame,
    indicator: Indicator,
    notes: Sequence[ComparabilityNote],
) -> pd.DataFrame:
    """The frame of points. A note about a place decides its grade, except what a conversion costs it."""
    noted = {note.place: note.grade.value for note in notes if note.indicator == indicator.code}
    grades = []
    for point in points:
        row, reasons = point.row, point.reasons
        if row.qualifier in INEXACT_QUALIFIERS:
            reasons.append("inexact")
        if indicator.contested:
            reasons.append("contested")
        reasons += [INPUT_FLAGS[flag] for flag in sorted(row.flags & INPUT_FLAGS.keys())]
        found = [
            "illustrative" if reason in ILLUSTRATIVE_REASONS else "with_care"
            for reason in reasons
            if reason != "not_realised"
        ]
        note = noted.get(row.place)
        converted = "illustrative" if {"population_undated", "designation_year_only"} & set(reasons) else ""
        if note is not None:
            reasons.append("note")
            found = [note, *filter(None, [converted])]
        grades.append(worst("comparable", *found))
    out = frame.iloc[[point.row.position for point in points]].reset_index(drop=True)
    low, high = out["low"].to_numpy(), out["high"].to_numpy()
    factor = np.array([point.factor for point in points], dtype="float64")
    added: dict[str, Any] = {
        "anchor": np.array([point.row.anchor for point in points], dtype="datetime64[us]"),
        "month_since_designation": pd.array([point.month for point in points], dtype="Int64"),
        "month_uncertainty": pd.array([point.uncertainty for point in points], dtype="Int64"),
        "matched": np.array([point.matched for point in points], dtype="bool"),
        "shown_value": np.array([point.shown for point in points], dtype="float64"),
        "shown_low": low * factor,
        "shown_high": high * factor,
        "shown_unit": _text([point.unit or indicator.unit for point in points]),
        "shown_currency": _text([point.currency for point in points]),
        "grade": _text(grades),
        "reasons": _text([";".join(dict.fromkeys(point.reasons)) for point in points]),
        "segment": pd.array([point.segment for point in points], dtype="Int64"),
        "gap_before": np.array([point.gap_before for point in points], dtype="bool"),
        "population": np.array([point.population for point in points], dtype="float64"),
        "population_boundary": _text([point.boundary for point in points]),
        "exchange_rate": np.array([point.rate for point in points], dtype="float64"),
        "rate_from": _days([point.rate_span[0] if point.rate_span else None for point in points]),
        "rate_to": _days([point.rate_span[1] if point.rate_span else None for point in points]),
        "national_rate": np.array([point.national for point in points], dtype="float64"),
        "national_from": _days([point.national_span[0] if point.national_span else None for point in points]),
        "national_to": _days([point.national_span[1] if point.national_span else None for point in points]),
        "national_currency": _text([point.national_currency for point in points]),
        "price_factor": np.array([point.price_factor for point in points], dtype="float64"),
        "price_table": _text([point.price_table for point in points]),
        "price_year": pd.array([point.price_year for point in points], dtype="Int64"),
        "price_base": pd.array([point.price_base for point in points], dtype="Int64"),
    }
    return pd.concat([out, pd.DataFrame(added, index=out.index)], axis=1)


def _days(values: Sequence[date | None]) -> Any:
    return np.array(values, dtype="datetime64[us]")


def _text(values: Sequence[str]) -> pd.Series:
    return pd.Series(values, dtype="str")
