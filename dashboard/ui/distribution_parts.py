"""Where the home city stands among all places with a value for the same period."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.comparability import passports
from dashboard.analysis.distribution import Distribution, Placed, distribution
from dashboard.analysis.normalise import graded, normalise
from dashboard.analysis.peers import suggest
from dashboard.analysis.series import PARTIAL_FLAG
from dashboard.charts.layout import NARROW, WIDE
from dashboard.charts.quantity import Quantity
from dashboard.charts.ranked_dots import Dot, ranked_dots
from dashboard.charts.spec import ChartSpec
from dashboard.domain.catalogue import Indicator
from dashboard.ui import cached, markup, measured, pickers
from dashboard.ui.chart_element import draw_markup
from dashboard.ui.figure_table import About, about, download, sortable
from dashboard.ui.measured import Measure
from dashboard.ui.reference_pool import MOST_PLACES, pool
from dashboard.ui.session import Visit

GROUPS = ("all", "same_country", "same_field", "same_size")


def standing(indicator: Indicator, asked: Measure, visit: Visit) -> None:
    """The sentence, the values in a table by size, and what a word such as *better* rests on.

    Inhabitants, currency and prices are those that a person chose above; an index, a change or a share would
    say something else of one period, so there the values are as published, which is told.
    """
    t, city = visit.t, visit.t.text(visit.home.name)
    st.header(t("standing.title", city=city), anchor=False)
    group = pickers.one(t("standing.pick"), "group", GROUPS, lambda code: t(f"standing.group.{code}"))
    view = Measure(
        per=asked.per, currency=asked.currency, prices=asked.prices, base_year=asked.base_year,
        table=asked.table,
    )  # fmt: skip
    made, unit, currency, known = _made(visit.stamp, indicator.code, view, group)
    if made.code:
        st.html(markup.paragraph(t(f"standing.{made.code}", city=city), "none"))
        return
    quantity = Quantity(indicator, unit, currency, view.per, None, t, measured.measure_words(view, t))
    if asked.level in ("index", "baseline", "network", "festival"):
        st.html(markup.paragraph(t("standing.as_published"), "small"))
    said = _sentences(made, quantity, visit)
    st.html(markup.paragraph(said[0], "lead") + "".join(map(markup.paragraph, said[1:])))
    _draw(made, quantity, " ".join(said), visit)
    spec = _table(made, quantity, " ".join(said), visit)
    own = [number for number, p in enumerate(made.places) if p.place == visit.home.slug]
    st.html(sortable(spec.columns, spec.rows, spec.keys, spec.title, own))

    def meant() -> About:
        frame = cached.series(visit.stamp, indicator.code, pool(visit.stamp, indicator.code, "dated")[0])
        return about(indicator, spec, frame, spec.title, visit)

    download(spec, meant, visit, "standing")
    st.html(markup.paragraph(t("standing.rule"), "small"))
    if known > MOST_PLACES:
        st.html(markup.paragraph(t("standing.most", known=known, most=MOST_PLACES), "small"))


@st.cache_resource(max_entries=64, show_spinner=False)
def _made(stamp: cached.Stamp, code: str, view: Measure, group: str) -> tuple[Distribution, str, str, int]:
    """The distribution, its unit, its currency, and how many cities have figures at all; only the rows of the
    one period are shaped."""
    here = cached.world(stamp)
    indicator = here.indicator(code)
    places, known = pool(stamp, code, "dated")
    frame = _latest_period(cached.series(stamp, code, places), here.home.slug)
    breaks, said = here.breaks_of(code), cached.answers(stamp)
    tables = measured.price_tables(stamp)
    shaped = normalise(frame, indicator, view.view, here.places, here.populations, breaks, here.notes, tables)
    passes = (
        cached.comparability(stamp, code, places)
        if here.inputs(code)
        else passports(frame, indicator, here.home.slug, here.sources, here.notes, breaks, said)
    )
    shaped = graded(shaped, {slug: (p.grade, p.reasons) for slug, p in passes.items()})
    peers = None
    if group != "all":
        found = suggest(here.home, here.places.values(), here.populations, here.catalogue.claims)
        peers = [peer.place for peer in found if group in peer.reasons]
    made = distribution(shaped, indicator, here.home.slug, peers=peers, group=group)
    own = shaped.points[shaped.points["place"] == here.home.slug]
    currency = str(own["shown_currency"].iloc[-1]) if len(own) else ""
    return made, shaped.unit, currency, known


def _latest_period(frame: pd.DataFrame, home: str) -> pd.DataFrame:
    """The rows of the home city's latest period that another place has too, else of its latest; a year that
    is not over is no period to stand in."""
    valued = frame[frame["value"].notna() & frame["period_end"].notna() & (frame["disaggregation"] == "")]
    valued = valued[~valued["flags"].str.contains(PARTIAL_FLAG, regex=False)]
    own = valued[valued["place"] == home].sort_values("period_end", ascending=False, kind="stable")
    keys = list(dict.fromkeys(zip(own["period_start"].astype("str"), own["period_end"], strict=True)))
    spans = list(zip(valued["period_start"].astype("str"), valued["period_end"], strict=True))
    shared = {span for span, place in zip(spans, valued["place"], strict=True) if place != home}
    chosen = next((key for key in keys if key in shared), keys[0] if keys else None)
    same = pd.Series([span == chosen for span in spans], index=valued.index, dtype="bool")
    return valued[same].reset_index(drop=True)


def _sentences(made: Distribution, quantity: Quantity, visit: Visit) -> list[str]:
    t, city = visit.t, visit.t.text(visit.home.name)
    own = next(p for p in made.places if p.place == visit.home.slug)
    lead = "standing.lead" if made.others else "standing.alone"
    said = [
        t(
            lead, city=city, value=quantity.written(own.value), period=t.period(made.period),
            count=made.others, lower=str(made.lower),
        )
    ]  # fmt: skip
    if made.quartiles is not None:
        low, middle, high = (quantity.written(value) for value in made.quartiles)
        said.append(t("standing.middle", low=low, middle=middle, high=high))
    if made.rank is not None:
        best, worst = made.rank
        key = "standing.rank_one" if best == worst else "standing.rank"
        said.append(t(key, best=str(best), worst=str(worst), places=str(made.others + 1)))
    else:
        said.append(t("standing.no_rank"))
    outside = sum(not p.counted for p in made.places)
    if outside:
        said.append(t("standing.illustrative", count=outside))
    return said


def _draw(made: Distribution, quantity: Quantity, said: str, visit: Visit) -> None:
    """A dot for each place, the highest first, hollow where it is illustrative only."""
    t = visit.t
    highest = max(p.value for p in made.places)
    dots = [
        Dot(
            (name := t.text(visit.world.places[p.place].name)),
            p.value,
            (value := quantity.written(p.value)),
            t("standing.dot", place=name, value=value, grade=t(f"grade.{p.grade}")),
            p.interval.low if p.interval else None,
            p.interval.high if p.interval else None,
            home=p.place == visit.home.slug,
            hollow=not p.counted,
        )
        for p in made.places
    ]
    pictures = [
        ranked_dots(
            dots, lambda v: quantity.tick(v, highest), whole=quantity.whole, width=width,
            title=_caption(made, visit), alternative=said, language=t.language,
        )
        for width in (WIDE, NARROW)
    ]  # fmt: skip
    draw_markup(
        f'<figure><div class="chart-still"><div class="chart-wide">{pictures[0]}</div>'
        f'<div class="chart-narrow">{pictures[1]}</div></div></figure>',
        "standing",
    )
    st.html(markup.paragraph(t("standing.reads", unit=quantity.axis_label(highest)), "small"))


def _caption(made: Distribution, visit: Visit) -> str:
    t = visit.t
    return t("standing.caption", group=t(f"standing.group.{made.group}"), period=t.period(made.period))


def _table(made: Distribution, quantity: Quantity, said: str, visit: Visit) -> ChartSpec:
    """The same values as rows, the highest first."""
    t = visit.t
    rows = [
        (
            t.text(visit.world.places[p.place].name),
            quantity.written(p.value),
            _interval(p, quantity, visit),
            t(f"grade.{p.grade}"),
            t(f"standing.word.{p.standing}"),
        )
        for p in made.places
    ]
    columns = [t(f"column.{name}") for name in ("place", "value")]
    columns += [t("standing.interval"), t("column.grade"), t("standing.against", city=visit.home.name)]
    return ChartSpec(
        title=_caption(made, visit), sentence=said, alternative=said, language=t.language, axis="calendar",
        x_label="", y_label="", x_range=(0.0, 1.0), y_range=(0.0, 1.0), x_ticks=(), y_ticks=(),
        columns=tuple(columns), rows=tuple(rows),
        keys=tuple((row[0], p.value, *row[2:]) for row, p in zip(rows, made.places, strict=True)),
        unit=quantity.words(quantity.unit, quantity.currency),
        mark=t("chart.invented") if visit.world.profile.invented else "",
    )  # fmt: skip


def _interval(placed: Placed, quantity: Quantity, visit: Visit) -> str:
    if placed.interval is None:
        return visit.t("standing.no_interval")
    low, high, _ = placed.interval
    return visit.t("standing.from_to", low=quantity.written(low), high=quantity.written(high))
