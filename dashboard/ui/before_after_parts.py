"""Before and since the title: what changed here, and what changed elsewhere meanwhile."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from dashboard.analysis.before_after import BeforeAfter, Comparison, Level, Mix, before_after
from dashboard.analysis.intervals import Interval
from dashboard.analysis.sensitivity import PANDEMIC
from dashboard.charts.quantity import Quantity
from dashboard.charts.worked_lines import Side, before_since_chart
from dashboard.domain.catalogue import Indicator
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.ui import cached, markup
from dashboard.ui.chart_element import element_data
from dashboard.ui.chart_stage import stage_of
from dashboard.ui.figure_table import figure
from dashboard.ui.reference_pool import pool
from dashboard.ui.session import Visit


def before_and_since(indicator: Indicator, visit: Visit) -> None:
    """The whole section: sentences first, then the tables, what was left out, and how it is worked out."""
    t = visit.t
    st.header(t("beforeafter.title"), anchor=False)
    made = _made(visit.stamp, indicator.code, False)
    st.html("".join(_sentences(made, indicator, visit)))
    if made.refused is None:
        _draw(made, indicator, visit)
        st.html(_level_table(made, indicator, visit))
        if made.comparison is not None:
            st.html(_place_table(made, made.comparison, indicator, visit))
    if lines := _left_out(made, visit):
        with st.expander(t("beforeafter.left_out_title")):
            st.html(markup.items(lines))
    with st.expander(t("beforeafter.method_title")):
        st.html("".join(markup.paragraph(line) for line in t("beforeafter.method").split("\n") if line))


@st.cache_resource(max_entries=64, show_spinner=False)
def _made(stamp: cached.Stamp, code: str, without_pandemic: bool) -> BeforeAfter:
    here = cached.world(stamp)
    indicator = here.indicator(code)
    places, _ = pool(stamp, code, "series")
    shaped = cached.shaped(stamp, code, places, cached.AS_PUBLISHED)
    without = (PANDEMIC,) if without_pandemic else ()
    return before_after(shaped, indicator, here.home, here.places, stamp.day, without)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(stamp: cached.Stamp, language: str, code: str) -> cached.Drawn:
    """The finished chart of an indicator that something can be said of."""
    here, t = cached.world(stamp), Translator(language)
    indicator = here.indicator(code)
    made = _made(stamp, code, False)
    places, _ = pool(stamp, code, "series")
    shaped = cached.shaped(stamp, code, places, cached.AS_PUBLISHED)
    compared = made.comparison.references if made.comparison else ()
    spec = before_since_chart(
        shaped.points,
        stage_of(stamp, t, indicator, made.unit, made.currency),
        _side(made.before),
        _side(made.since),
        references=[reference.place for reference in compared],
        by_ratio=made.scale == "percent",
        left_out=[(period.start, period.end) for period, _ in made.left_out],
    )
    return cached.Drawn(spec, element_data(spec, t))


def _side(level: Level | None) -> Side:
    """A side that the analysis did not refuse."""
    if level is None:
        raise ValueError("a comparison without a level")
    return Side(level.first, level.last, level.middle, level.low, level.high)


def _draw(made: BeforeAfter, indicator: Indicator, visit: Visit) -> None:
    references = made.comparison.references if made.comparison else ()
    places = (made.place, *(reference.place for reference in references))
    frame = cached.series(visit.stamp, indicator.code, places)
    drawn = _drawn(visit.stamp, visit.t.language, indicator.code)
    figure(drawn, indicator, frame, visit.t("beforeafter.title"), visit, "before-since")


def _sentences(made: BeforeAfter, indicator: Indicator, visit: Visit) -> list[str]:
    t, city = visit.t, _name(made.place, visit)
    if made.refused is not None or made.before is None or made.since is None or made.change is None:
        code, params = (made.refused.code, made.refused.params) if made.refused else ("too_few", {})
        return [markup.paragraph(t(f"beforeafter.refused.{code}", city=city, **params), "none")]
    quantity = quantity_of(made, indicator, visit)
    written = {
        "before": quantity.written(made.before.middle),
        "since": quantity.written(made.since.middle),
    }
    said = [t("beforeafter.level", city=city, **written, **_words(made.change, made, quantity, visit))]
    if made.comparison is None:
        code = made.no_comparison.code if made.no_comparison else "no_references"
        said.append(t(f"beforeafter.refused.{code}", city=city))
        return [markup.paragraph(said[0], "lead"), *map(markup.paragraph, said[1:])]
    compared = made.comparison
    count = len(compared.references)
    anyway = _signed(compared.anyway.estimate, made, quantity, visit)
    said.append(t("beforeafter.anyway", count=count, anyway=anyway))
    said.append(t("beforeafter.difference", city=city, **_words(compared.difference, made, quantity, visit)))
    said.append(t(f"beforeafter.sign.{_sign(compared.difference)}", city=city))
    if compared.illustration:
        said.append(t("beforeafter.illustration", count=count))
    said.append(_without_pandemic(indicator, made, quantity, visit))
    said.append(_mix_words(made, quantity, visit))
    said.append(t("beforeafter.not_an_effect"))
    return [markup.paragraph(said[0], "lead"), *map(markup.paragraph, said[1:])]


def _name(slug: str, visit: Visit) -> str:
    return visit.t.text(visit.world.places[slug].name)


def quantity_of(made: BeforeAfter, indicator: Indicator, visit: Visit) -> Quantity:
    return Quantity(indicator, made.unit, made.currency, None, None, visit.t)


def _words(interval: Interval, made: BeforeAfter, quantity: Quantity, visit: Visit) -> dict[str, str]:
    """An estimate and its bounds, each with its sign."""
    low = interval.low if interval.low is not None else interval.estimate
    high = interval.high if interval.high is not None else interval.estimate
    values = {"change": interval.estimate, "low": low, "high": high}
    return {name: _signed(value, made, quantity, visit) for name, value in values.items()}


def _signed(value: float, made: BeforeAfter, quantity: Quantity, visit: Visit) -> str:
    """``+12 %``, ``−3,4 procentpoint``, ``+120 virksomheder``."""
    t = visit.t
    size = abs(value)
    if made.scale == "percent":
        text = t.percent(size, 0 if size >= 9.95 else 1)
    elif made.unit == "percent":
        text = t("beforeafter.points", value=t.number(size, 1))
    else:
        text = quantity.written(size)
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _sign(interval: Interval) -> str:
    return {1: "higher", -1: "lower"}.get(interval.sign, "unclear")


def _without_pandemic(indicator: Indicator, made: BeforeAfter, quantity: Quantity, visit: Visit) -> str:
    """The same without 2020 and 2021 (N17)."""
    other = _made(visit.stamp, indicator.code, True)
    if other.comparison is None or other.scale != made.scale:
        return visit.t("beforeafter.pandemic_refused")
    words = _words(other.comparison.difference, other, quantity, visit)
    return visit.t("beforeafter.pandemic", **words)


def _mix_words(made: BeforeAfter, quantity: Quantity, visit: Visit) -> str:
    t, city = visit.t, _name(made.place, visit)
    if made.mix is None:
        code, params = (made.no_mix.code, made.no_mix.params) if made.no_mix else ("no_references", {})
        return t(f"beforeafter.refused.{code}", city=city, **params)
    control = made.mix.control
    names = t.list(
        t("beforeafter.weight", place=_name(slug, visit), share=t.percent(100 * weight))
        for slug, weight in control.weights
    )
    size = abs(control.gap)
    points = made.scale == "percent"
    gap = t("beforeafter.index_points", value=t.number(size, 1)) if points else quantity.written(size)
    way = "mix_above" if control.gap > 0 else "mix_below"
    return " ".join(
        [
            t(f"beforeafter.{way}", city=city, places=names, gap=gap),
            t("beforeafter.mix_rank", city=city, rank=str(control.rank), places=str(control.places)),
        ]
    )


def _level_table(made: BeforeAfter, indicator: Indicator, visit: Visit) -> str:
    t, quantity = visit.t, quantity_of(made, indicator, visit)
    rows = []
    for side, level in (("before", made.before), ("since", made.since)):
        if level is not None:
            band = t("beforeafter.band", low=quantity.number(level.low), high=quantity.number(level.high))
            span = t.period(Period(level.first, level.last, Precision.DAY))
            rows.append(
                [t(f"beforeafter.{side}"), span, str(level.points), quantity.written(level.middle), band]
            )
    columns = [t(f"beforeafter.column.{name}") for name in ("side", "span", "points", "middle", "band")]
    caption = t("beforeafter.levels", city=_name(made.place, visit))
    return markup.table(columns, rows, caption, numbers=(2, 3))


def _place_table(made: BeforeAfter, compared: Comparison, indicator: Indicator, visit: Visit) -> str:
    t, quantity = visit.t, quantity_of(made, indicator, visit)
    weights = dict(made.mix.control.weights) if isinstance(made.mix, Mix) else {}
    rows = [[_name(made.place, visit), _signed(compared.home, made, quantity, visit), "", ""]]
    for reference in sorted(compared.references, key=lambda r: -r.change):
        share = weights.get(reference.place)
        rows.append(
            [
                _name(reference.place, visit),
                _signed(reference.change, made, quantity, visit),
                t(f"beforeafter.titled.{reference.titled}"),
                t.percent(100 * share) if share else "",
            ]
        )
    names = ("place", "change", "titled", "weight") if weights else ("place", "change", "titled")
    columns = [t(f"beforeafter.column.{name}") for name in names]
    caption = t("beforeafter.changes", before=compared.before, since=compared.since)
    return markup.table(columns, [row[: len(names)] for row in rows], caption, numbers=(1, 3), chosen=(0,))


def _left_out(made: BeforeAfter, visit: Visit) -> list[str]:
    """The periods and places that do not count, each with its reason."""
    t = visit.t
    counted = Counter(code for _, code in made.left_out)
    lines = [t(f"beforeafter.left_out.{code}", count=count) for code, count in counted.items()]
    by_code: dict[str, list[str]] = {}
    for slug, code in made.not_compared:
        by_code.setdefault(code, []).append(_name(slug, visit))
    return lines + [
        t("beforeafter.not_compared_line", places=t.list(names), why=t(f"beforeafter.not_compared.{code}"))
        for code, names in by_code.items()
    ]
