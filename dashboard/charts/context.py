"""What stands around the values: designation, baselines, breaks, the pandemic and other events (F48, F49)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import Axis, Band, Event, Rule, Series
from dashboard.charts.words import places_named
from dashboard.domain.catalogue import Annotation, Baseline, Designation, Place, SeriesBreak
from dashboard.domain.period import Period, Precision, months_between
from dashboard.i18n import Translator

PANDEMIC = Period(date(2020, 3, 1), date(2022, 3, 31), Precision.MONTH)
"""The months shaded as the pandemic on every time axis: without them an aligned chart blames the
designation for it (`features`, N1)."""

_SPAN_DAYS = 45
"""An annotation longer than this is a band, a shorter one a mark."""


def rules_of(
    quantity: Quantity,
    axis: Axis,
    places: Mapping[str, Place],
    home: str,
    baselines: Sequence[Baseline],
    breaks: Sequence[SeriesBreak],
    series: Sequence[Series],
    t: Translator,
) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Designation, baselines and breaks between values; and the words of the breaks, which are numbered."""
    made: list[Rule] = []
    anchor_place = places.get(home) or (next(iter(places.values())) if len(places) == 1 else None)
    designation = anchor_place.designation if anchor_place else None
    if axis == "designation":
        made.append(Rule("x", "designation", 0.0, t("chart.designation")))
    elif designation and designation.precision is not Precision.YEAR:
        day = t.period(_designation_period(designation))
        made.append(
            Rule("x", "designation", float(designation.day.toordinal()), t("chart.designated", day=day))
        )
    for baseline in baselines:
        if baseline.place in places and baseline.currency in ("", quantity.currency):
            words = t(
                "chart.baseline",
                when=t.period(baseline.period),
                value=quantity.written(baseline.value, currency=baseline.currency),
            )
            made.append(Rule("y", "baseline", baseline.value, words))
    key: list[str] = []
    for one in sorted(breaks, key=lambda b: b.day):
        place = places.get(one.place)
        if place is None:
            continue
        at = float(one.day.toordinal())
        if axis == "designation":
            if place.designation is None or place.designation.precision is Precision.YEAR:
                continue
            at = float(months_between(place.designation.day, one.day))
        xs = [mark.x for drawn in series if drawn.place == one.place for mark in drawn.marks]
        if not xs or not min(xs) <= at <= max(xs):
            continue
        text = t.text(one.text)
        if len(places) > 1:
            text = t("chart.series", place=t.text(place.name), part=text)
        key.append(t("chart.key.break", text=text))
        made.append(Rule("x", "break", at, key[-1], len(key)))
    return tuple(made), tuple(key)


def _designation_period(designation: Designation) -> Period:
    """A designation's date as exactly as it is known."""
    if designation.precision is Precision.YEAR:
        return Period.year(designation.day.year)
    if designation.precision is Precision.MONTH:
        return Period.month(designation.day.year, designation.day.month)
    return Period.day(designation.day)


def context_of(
    annotations: Sequence[Annotation],
    axis: Axis,
    places: Mapping[str, Place],
    home: str,
    x_range: tuple[float, float],
    series: Sequence[Series],
    key: tuple[str, ...],
    t: Translator,
) -> tuple[tuple[Band, ...], tuple[Event, ...], tuple[str, ...]]:
    """Bands and numbered events within the axis, and the whole key."""
    bands: list[Band] = []
    events: list[Event] = []
    words = list(key)
    drawn = list(dict.fromkeys(one.place for one in series))
    told = [a for a in annotations if a.kind != "pandemic"]
    pandemic = next((a.period for a in annotations if a.kind == "pandemic"), PANDEMIC)

    def add_band(period: Period, place: Place | None, kind: str, label: str, number: int | None) -> bool:
        span = _placed(period, axis, place)
        if span is None or span[1] <= x_range[0] or span[0] >= x_range[1]:
            return False
        start, end = max(span[0], x_range[0]), min(span[1], x_range[1])
        owner = place.slug if place and axis == "designation" and len(drawn) > 1 else ""
        bands.append(
            Band(start, end, "pandemic" if kind == "pandemic" else "annotation", label, owner, number)
        )
        return True

    across: list[Place | None] = [None] if axis == "calendar" else [places[slug] for slug in drawn]
    shaded = [add_band(pandemic, place, "pandemic", t("chart.pandemic"), None) for place in across]
    if any(shaded):
        strips = any(band.series for band in bands)
        words.append(t("chart.pandemic_strips" if strips else "chart.pandemic_key", span=t.period(pandemic)))

    vague = [
        place
        for place in places.values()
        if place.designation
        and place.designation.precision is Precision.YEAR
        and (place.slug in drawn or len(places) == 1)
    ]
    if axis == "designation" and vague:
        label = t("chart.designation_band", places=places_named([t.text(p.name) for p in vague], t))
        bands.append(Band(max(-6.0, x_range[0]), min(6.0, x_range[1]), "designation", label))
        words.append(label)
    elif axis == "calendar":
        for place in vague:
            if place.slug == home or len(places) == 1:
                year = place.designation.day.year if place.designation else 0
                first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
                if first < x_range[1] and after > x_range[0]:
                    label = t("chart.designation_year", year=str(year))
                    bands.append(Band(float(first), float(after), "designation", label))
                    words.append(label)

    number = len(key)
    for note in sorted(told, key=lambda a: a.period.anchor or date.max):
        if note.period.anchor is None or (note.place and note.place not in places):
            continue
        owner = places.get(note.place or home)
        label = t("chart.key.event", when=t.period(note.period), text=t.text(note.text))
        start, end = note.period.start, note.period.end
        if start and end and (end - start).days > _SPAN_DAYS:
            if add_band(note.period, owner, "annotation", label, number + 1):
                number += 1
                words.insert(number - 1, label)
            continue
        span = _placed(note.period, axis, owner)
        if span and x_range[0] <= span[0] <= x_range[1]:
            number += 1
            events.append(Event((span[0] + span[1]) / 2, number, label))
            words.insert(number - 1, label)
    return tuple(bands), tuple(events), tuple(words)


def _placed(period: Period, axis: Axis, place: Place | None) -> tuple[float, float] | None:
    """Start and end of a period on an axis; None where the place has no exact designation to count from."""
    start, end = period.start or period.end, period.end or period.start
    if start is None or end is None:
        return None
    if axis == "calendar":
        return float(start.toordinal()), float(end.toordinal())
    if place is None or place.designation is None or place.designation.precision is Precision.YEAR:
        return None
    origin = place.designation.day
    return float(months_between(origin, start)), float(months_between(origin, end))
