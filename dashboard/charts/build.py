"""Builders: from a shaped frame and plain values to a `ChartSpec`.

The frame has the columns of `domain.observation.FRAME_COLUMNS` and those that the analysis adds:
`anchor` (the day on the time axis), `month_since_designation`, `shown_value`, `shown_unit`,
`shown_low`, `shown_high`, `shown_currency`, `month_uncertainty`, `grade`, `segment` and `gap_before`.
Rows without a value or an anchor are never drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from dashboard.charts.context import context_of, rules_of
from dashboard.charts.conversion import CONVERTED
from dashboard.charts.marks import USED, MarkWriter
from dashboard.charts.quantity import Quantity
from dashboard.charts.scale import (
    calendar_range,
    calendar_ticks,
    month_range,
    month_ticks,
    value_range,
    value_ticks,
)
from dashboard.charts.spec import (
    POINT_LIMIT,
    Axis,
    ChartSpec,
    Envelope,
    Rule,
    Series,
    Tick,
)
from dashboard.charts.words import alternative, sentence
from dashboard.domain.catalogue import (
    Annotation,
    Baseline,
    Indicator,
    IndicatorKind,
    Place,
    SeriesBreak,
    Target,
)
from dashboard.domain.observation import REALISED
from dashboard.i18n import Translator

_SOURCES_NAMED = 3
_HAPPENED = frozenset(kind.value for kind in REALISED)

SMALL_NUMBER = 5
"""Counts that are all below this are listed as marks and not joined by a line (N18)."""

_ENOUGH = 5
"""Fewer values than this are drawn with zero on the axis, however close they lie."""


def series_chart(
    points: pd.DataFrame,
    indicator: Indicator,
    t: Translator,
    *,
    place: Place,
    unit: str = "",
    currency: str = "",
    per: int | None = None,
    index_base: int | None = None,
    baselines: Sequence[Baseline] = (),
    targets: Sequence[Target] = (),
    annotations: Sequence[Annotation] = (),
    breaks: Sequence[SeriesBreak] = (),
    sources: Mapping[str, str] | None = None,
    undated: int = 0,
    refused: int = 0,
    invented: bool = False,
    home: bool = True,
) -> ChartSpec:
    """One indicator at one place over calendar time; the parts of a split only where there is no whole.

    `unit`, `currency`, `per` and `index_base` are those of the shaped frame; `sources` maps source keys to
    titles; `undated` and `refused` count what cannot be drawn; `home` is false for a reference place alone.
    """
    return _chart(
        points, indicator, t, places={place.slug: place}, home=place.slug if home else "", axis="calendar",
        unit=unit, currency=currency, per=per, index_base=index_base, baselines=baselines, targets=targets,
        annotations=annotations, breaks=breaks, sources=sources or {}, undated=undated, refused=refused,
        invented=invented, focus=(), title=t.text(indicator.name),
    )  # fmt: skip


def compare_chart(
    points: pd.DataFrame,
    indicator: Indicator,
    t: Translator,
    *,
    places: Mapping[str, Place],
    home: str,
    axis: Axis = "calendar",
    unit: str = "",
    currency: str = "",
    per: int | None = None,
    index_base: int | None = None,
    targets: Sequence[Target] = (),
    annotations: Sequence[Annotation] = (),
    breaks: Sequence[SeriesBreak] = (),
    sources: Mapping[str, str] | None = None,
    undated: int = 0,
    refused: int = 0,
    invented: bool = False,
    focus: Sequence[str] = (),
    measure: str = "",
    behind: pd.DataFrame | None = None,
) -> ChartSpec:
    """One indicator at several places, over calendar time or months since designation.

    `places` are drawn in this order, which also fixes their colours; `home` is the slug of the city whose
    dashboard this is. With more than `POINT_LIMIT` points the home city and `focus` are drawn one by one
    and the rest as a band. `measure` is what else was done to the values (`Quantity`). `behind`
    are points of other places, drawn as such a band; those that are illustrative only stay out of it.
    """
    return _chart(
        points, indicator, t, places=places, home=home, axis=axis, unit=unit, currency=currency, per=per,
        index_base=index_base, baselines=(), targets=targets, annotations=annotations, breaks=breaks,
        sources=sources or {}, undated=undated, refused=refused, invented=invented, focus=focus,
        title=t.text(indicator.name), measure=measure, behind=behind,
    )  # fmt: skip


def sparkline(
    points: pd.DataFrame,
    indicator: Indicator,
    t: Translator,
    *,
    place: Place,
    unit: str = "",
    currency: str = "",
    per: int | None = None,
    index_base: int | None = None,
    targets: Sequence[Target] = (),
    breaks: Sequence[SeriesBreak] = (),
    invented: bool = False,
) -> ChartSpec:
    """A small chart of the whole (no disaggregation) at one place, without axes, for a board or a card; with
    its parts where only a target or another plan is of the whole."""
    whole = points[points["disaggregation"] == ""]
    return _chart(
        whole if whole["kind"].isin(_HAPPENED).any() else points, indicator, t,
        places={place.slug: place}, home=place.slug, axis="calendar", unit=unit, currency=currency, per=per,
        index_base=index_base, baselines=(), targets=targets, annotations=(), breaks=breaks, sources={},
        undated=0, refused=0, invented=invented, focus=(), title=t.text(indicator.name), small=True,
    )  # fmt: skip


def _chart(
    points: pd.DataFrame,
    indicator: Indicator,
    t: Translator,
    *,
    places: Mapping[str, Place],
    home: str,
    axis: Axis,
    unit: str,
    currency: str,
    per: int | None,
    index_base: int | None,
    baselines: Sequence[Baseline],
    targets: Sequence[Target],
    annotations: Sequence[Annotation],
    breaks: Sequence[SeriesBreak],
    sources: Mapping[str, str],
    undated: int,
    refused: int,
    invented: bool,
    focus: Sequence[str],
    title: str,
    small: bool = False,
    measure: str = "",
    behind: pd.DataFrame | None = None,
) -> ChartSpec:
    known = points["place"].isin(list(places)) & points["anchor"].notna() & points["shown_value"].notna()
    dated = points.loc[
        known, [*USED, *(name for name in ("matched", "reasons", *CONVERTED) if name in points)]
    ]
    if not currency:
        currency = _usual_currency(dated, home)
    if not unit:
        found = set(dated["shown_unit"])
        unit = indicator.unit if indicator.unit in found else _most_common(dated["shown_unit"])
        unit = unit or indicator.unit
    quantity = Quantity(indicator, unit, currency, per, index_base, t, measure)
    wholes = _without_parts(dated, currency)
    drawable = wholes[wholes["shown_currency"].isin(["", currency])]
    other_currency = len(wholes) - len(drawable)
    with_month = drawable[drawable["month_since_designation"].notna()] if axis == "designation" else drawable
    no_month = len(drawable) - len(with_month)

    single, gathered = _within_limit(with_month, home, focus)
    controls = _controls(with_month)
    writer = MarkWriter(quantity, axis, places, sources, home, controls)
    series = writer.series(single)
    few = [number for number, one in enumerate(series) if not small and _too_small(one, quantity)]
    series = tuple(_unjoined(one) if number in few else one for number, one in enumerate(series))
    as_published = index_base is None and per is None and not measure
    if axis == "calendar" and as_published:
        series = writer.with_targets(series, targets)
    if behind is not None:
        gathered = pd.concat([gathered, _behind(behind, axis, places, unit, currency)], ignore_index=True)
    envelope = envelope_of(_counted(gathered), axis, t)
    around = {slug: _in_months_of(place, places.get(home), controls) for slug, place in places.items()}
    rules, rule_key = rules_of(
        quantity, axis, around, home, baselines if as_published else (), breaks, series, t
    )
    reached = _reach(series, envelope, rules, axis)
    x_range = calendar_range(reached) if axis == "calendar" else month_range(reached)
    bands, events, key = context_of(annotations, axis, around, home, x_range, series, rule_key, t)
    rules = tuple(r for r in rules if r.axis == "y" or x_range[0] <= r.at <= x_range[1])

    y_values = _heights(series, envelope, rules)
    # Zero belongs to the axis, save for an index and for many values so close that nothing could be read.
    close = len(y_values) >= _ENOUGH and min(y_values) > 0.75 * max(y_values)
    from_zero = index_base is None and not close and not small
    lowest, highest, step = value_range(y_values, from_zero=from_zero, whole=quantity.whole)
    ticks = value_ticks(lowest, highest, step, lambda v: quantity.tick(v, highest))
    if indicator.kind is IndicatorKind.YES_NO:
        lowest, highest = -0.1, 1.3
        ticks = tuple(Tick(value, quantity.number(value)) for value in (0.0, 1.0))

    labels = [t.text(p.name) for p in places.values()]
    context = [*key, *(r.label + "." for r in rules if r.kind != "break")]
    notes = _notes(
        t,
        undated,
        refused,
        other_currency,
        no_month,
        len(single) + len(gathered),
        gathered,
        series,
        lowest > 0 and index_base is None,
        "gathered" if behind is None else "gathered_file",
        len(dated) - len(wholes),
    )
    if few:
        notes = (*notes, t("chart.note.small_numbers", most=SMALL_NUMBER))
    if behind is not None and envelope is not None:
        notes = (t("chart.note.band", label=envelope.label), *notes)
    if controls and home in places:
        named = t.list(t.text(places[slug].name) for slug in places if slug in controls)
        notes = (*notes, t("chart.note.control", places=named, city=t.text(places[home].name)))
    rows, keys = ((), ()) if small else writer.table(dated)
    return ChartSpec(
        title=title,
        sentence=sentence(
            title, labels if gathered.size else _place_labels(series, places, t) or labels, axis, series, t
        ),
        alternative=alternative(series, quantity, axis, [] if small else context, t),
        language=t.language,
        axis=axis,
        x_label=t("chart.months") if axis == "designation" else "",
        y_label=quantity.axis_label(highest),
        x_range=x_range,
        y_range=(lowest, highest),
        x_ticks=calendar_ticks(*x_range, t) if axis == "calendar" else month_ticks(*x_range, t),
        y_ticks=ticks,
        series=series,
        rules=rules,
        bands=bands,
        events=events,
        envelope=envelope,
        key=key,
        notes=notes,
        caveat=t.text(indicator.caveat),
        mark=t("chart.invented") if invented else "",
        source=_source_line(dated, sources, t),
        stands_for=len(single) + len(gathered),
        columns=() if small else writer.columns(dated),
        rows=rows,
        keys=keys,
        small=small,
        unit=quantity.words(quantity.unit, quantity.currency),
    )


def _too_small(one: Series, quantity: Quantity) -> bool:
    """Whether a series counts so few things that a line would make a trend of chance (N18)."""
    counts = quantity.whole and quantity.indicator.kind is IndicatorKind.NUMBER
    realised = one.realised
    return counts and len(realised) > 1 and all(abs(mark.y) < SMALL_NUMBER for mark in realised)


def _unjoined(one: Series) -> Series:
    """A series whose marks stand for themselves."""
    return replace(one, marks=tuple(replace(mark, segment=None) for mark in one.marks))


def _counted(gathered: pd.DataFrame) -> pd.DataFrame:
    """What a band of quartiles may be made of: whole values that may be joined and are no illustrations."""
    kept = gathered["segment"].notna() & (gathered["disaggregation"] == "")
    return gathered[
        kept & (gathered["grade"] != "illustrative") & ~gathered["place"].isin(_controls(gathered))
    ]


def _controls(points: pd.DataFrame) -> frozenset[str]:
    """The places that never were designated and stand in the home city's months."""
    return frozenset(points.loc[points["matched"].eq(True), "place"]) if "matched" in points else frozenset()


def _in_months_of(place: Place, home: Place | None, controls: Collection[str]) -> Place:
    """A place as its months are counted: a control's from the home city's designation."""
    return replace(place, designations=home.designations) if home and place.slug in controls else place


def _without_parts(dated: pd.DataFrame, currency: str) -> pd.DataFrame:
    """What is drawn: where a place has a value of the whole for a period, its parts are not drawn as well.

    The whole must be drawn itself, so it is in the chart's currency. What is planned is no whole of what has
    happened: it stands only for the parts of the same plan.
    """
    parts = dated["disaggregation"] != ""
    wholes = dated[~parts & dated["shown_currency"].isin(["", currency])]
    happened = wholes[wholes["kind"].isin(_HAPPENED)]
    when = ["place", "period_start", "period_end"]
    hidden = parts & (_among(dated, happened, when) | _among(dated, wholes, [*when, "kind"]))
    return dated[~hidden]


def _among(rows: pd.DataFrame, others: pd.DataFrame, names: list[str]) -> np.ndarray:
    """For each of the rows whether one of the others has the same in these columns."""
    found: np.ndarray = pd.MultiIndex.from_frame(rows[names]).isin(pd.MultiIndex.from_frame(others[names]))
    return found


def _most_common(values: Iterable[str]) -> str:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""


def _usual_currency(dated: pd.DataFrame, home: str) -> str:
    """The currency of an unconverted chart: the home city's, else the most common. One axis, one currency."""
    own = _most_common(dated.loc[dated["place"] == home, "shown_currency"])
    return own or _most_common(dated["shown_currency"])


def _within_limit(frame: pd.DataFrame, home: str, focus: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is drawn one by one and what is gathered: whole places, home and focus first, up to the limit."""
    if len(frame) <= POINT_LIMIT:
        return frame, frame.iloc[0:0]
    counts = frame["place"].value_counts()
    chosen: list[str] = []
    room = POINT_LIMIT
    for slug in dict.fromkeys([home, *focus]):
        if slug in counts and counts[slug] <= room:
            chosen.append(slug)
            room -= int(counts[slug])
    single = frame["place"].isin(chosen)
    return frame[single], frame[~single]


def _behind(
    points: pd.DataFrame, axis: Axis, places: Mapping[str, Place], unit: str, currency: str
) -> pd.DataFrame:
    """The comparable values of places that are not drawn, in the unit and money of the chart."""
    kept = points["anchor"].notna() & points["shown_value"].notna() & points["segment"].notna()
    kept &= (points["disaggregation"] == "") & (points["grade"] != "illustrative")
    kept &= points["shown_unit"].isin([unit]) & points["shown_currency"].isin(["", currency])
    kept &= ~points["place"].isin(_controls(points))
    if axis == "designation":
        kept &= points["month_since_designation"].notna()
    return points.loc[kept & ~points["place"].isin(list(places)), list(USED)]


def _place_labels(series: Sequence[Series], places: Mapping[str, Place], t: Translator) -> list[str]:
    return [t.text(places[slug].name) for slug in dict.fromkeys(one.place for one in series)]


def envelope_of(frame: pd.DataFrame, axis: Axis, t: Translator) -> Envelope | None:
    """Quartiles (linear interpolation) of the gathered places by year, calendar or since designation."""
    if not len(frame):
        return None
    if axis == "calendar":
        at = frame["anchor"].dt.year.map(lambda y: float(date(int(y), 7, 2).toordinal()))
    else:
        at = frame["month_since_designation"].astype("float64").floordiv(12) * 12 + 6
    quartiles = frame.groupby(at)["shown_value"].quantile(np.array([0.25, 0.5, 0.75])).unstack().sort_index()
    return Envelope(
        x=tuple(float(x) for x in quartiles.index),
        low=tuple(quartiles[0.25].astype(float)),
        middle=tuple(quartiles[0.5].astype(float)),
        high=tuple(quartiles[0.75].astype(float)),
        label=t("chart.rest", count=int(frame["place"].nunique())),
    )


def _reach(
    series: Sequence[Series], envelope: Envelope | None, rules: Sequence[Rule], axis: Axis
) -> list[float]:
    """The x that the axis must hold: the values, and a designation not so far off that it squeezes them."""
    marks = [mark for one in series for mark in one.marks]
    xs = [x for mark in marks for x in (mark.x - mark.spread, mark.x + mark.spread)]
    xs += envelope.x if envelope else ()
    designation = [rule.at for rule in rules if rule.kind == "designation"]
    if not xs:
        return designation or [0.0 if axis == "designation" else float(date(2019, 7, 2).toordinal())]
    year = 366 if axis == "calendar" else 12
    near = max(float(year), 0.6 * (max(xs) - min(xs))) if max(xs) > min(xs) else 3.0 * year
    return xs + [at for at in designation if min(xs) - near <= at <= max(xs) + near]


def _heights(series: Sequence[Series], envelope: Envelope | None, rules: Sequence[Rule]) -> list[float]:
    """Every y that the axis must hold; 0 and 1 for an empty chart."""
    values = [
        y for one in series for mark in one.marks for y in (mark.y, mark.low, mark.high) if y is not None
    ]
    values += [*envelope.low, *envelope.high] if envelope else []
    values += [rule.at for rule in rules if rule.axis == "y"]
    return values or [0.0, 1.0]


def _notes(
    t: Translator,
    undated: int,
    refused: int,
    other_currency: int,
    no_month: int,
    total: int,
    gathered: pd.DataFrame,
    series: Sequence[Series],
    axis_cut: bool,
    gathered_words: str,
    parts: int,
) -> tuple[str, ...]:
    marks = [mark for one in series for mark in one.marks]
    counted = {"undated": undated, "refused": refused, "other_currency": other_currency, "no_month": no_month}
    counted["parts"] = parts
    made = [t(f"chart.note.{code}", count=count) for code, count in counted.items() if count]
    if len(gathered):
        made.insert(0, t(f"chart.note.{gathered_words}", total=total, drawn=len(marks)))
    if any(mark.hollow and mark.shape == "dot" and not mark.unfinished for mark in marks):
        made.append(t("chart.note.hollow"))
    if any(mark.unfinished for mark in marks):
        made.append(t("chart.note.unfinished"))
    if any(mark.careful for mark in marks):
        made.append(t("chart.note.careful"))
    if any(mark.shape in ("lower_bound", "upper_bound") for mark in marks):
        made.append(t("chart.note.bounds"))
    if any(mark.shape == "target" for mark in marks):
        made.append(t("chart.note.targets"))
    if axis_cut:
        made.append(t("chart.note.axis_cut"))
    return tuple(made)


def _source_line(dated: pd.DataFrame, sources: Mapping[str, str], t: Translator) -> str:
    """``Kilde: a, b og 3 andre``: the sources of most values first."""
    if not len(dated):
        return ""
    ordered = [key for key in dated["source"].value_counts().index if key]
    titles = [sources.get(key, key) for key in ordered[:_SOURCES_NAMED]]
    if len(ordered) > _SOURCES_NAMED:
        titles.append(t("chart.source_more", count=len(ordered) - _SOURCES_NAMED))
    return t("chart.source", sources=t.list(titles)) if titles else ""
