"""A year that is not over, beside the same months of earlier years and beside nothing else (N1)."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import streamlit as st

from dashboard.analysis.like_for_like import LikeForLike, like_for_like, of_register
from dashboard.analysis.normalise import Shaped
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.ui import cached, markup
from dashboard.ui.measured import Measure, measure_words
from dashboard.ui.session import Visit


def unfinished(indicator: Indicator, made: Shaped, asked: Measure, visit: Visit) -> None:
    """One sentence, and the years opened under it; nothing where no year is under way. What is counted from
    the register is counted again from it, which gives the values as published only."""
    found = like_for_like(made.points, indicator, visit.home.slug, visit.stamp.day)
    if indicator.rollup is not None and asked.level in ("published", "currency") and not asked.prices:
        found = _of_register(visit.stamp, indicator.code, asked.currency or visit.world.currency)
    if found.value is None:
        return
    t = visit.t
    of_home = made.points[made.points["place"] == visit.home.slug]
    money = [currency for currency in of_home["shown_currency"] if currency]
    quantity = Quantity(
        indicator, made.unit, money[-1] if money else "", asked.per, asked.index_base, t,
        measure_words(asked, t),
    )  # fmt: skip
    newest = of_home[of_home["anchor"].dt.year == found.year]
    quarters = bool((newest["precision"] == Precision.QUARTER.value).any())
    months = _months(found, found.year, quarters, t)
    said = t(
        "like.so_far", year=str(found.year), city=visit.home.name, value=quantity.written(found.value),
        months=months,
    )  # fmt: skip
    if found.code:
        st.html(markup.paragraph(f"{said} {t(f'like_for_like.{found.code}')}"))
        return
    before = dict(found.earlier).get(found.year - 1)
    if before is not None:
        beside = {"year": str(found.year - 1), "value": quantity.written(before)}
        said = f"{said} {t('like.beside', difference=_difference(found, quantity, t), **beside)}"
    rows = [
        [f"{year} ({_months(found, year, quarters, t)})", quantity.written(value)]
        for year, value in ((found.year, found.value), *found.earlier)
    ]
    left_out = [
        t("like.left_out", year=str(year), why=t(f"like_for_like.{code}")) for year, code in found.left_out
    ]
    title = t("like.title", year=str(found.year))
    columns = [t(f"like.column.{name}") for name in ("year", "value")]
    st.html(
        f"{markup.paragraph(said)}<details><summary>{escape(title)}</summary>"
        f"{markup.table(columns, rows, numbers=(1,), chosen=(0,))}"
        f"{markup.items(left_out)}{markup.paragraph(t('like.rule'), 'small')}</details>"
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_register(stamp: cached.Stamp, code: str, currency: str) -> LikeForLike:
    here = cached.world(stamp)
    register = cached.home_activities(stamp)
    return of_register(register, here.indicator(code), here.home.country, currency, stamp.day)


def _months(found: LikeForLike, year: int, quarters: bool, t: Translator) -> str:
    """``januar–oktober``, or the quarters; those that are no row are listed."""
    names = t.locale.months["format"]["wide"]
    if quarters:
        return t.list(t.period(Period.quarter(year, (m + 2) // 3)) for m in found.months)
    row = all(later - earlier == 1 for earlier, later in pairwise(found.months))
    if row and len(found.months) > 1:
        return t("like.from_to", first=names[found.months[0]], last=names[found.months[-1]])
    return t.list(names[m] for m in found.months)


def _difference(found: LikeForLike, quantity: Quantity, t: Translator) -> str:
    size = found.difference or 0.0
    sign = "+" if size > 0 else "−" if size < 0 else ""
    points = quantity.unit == "percent" and not quantity.per and quantity.index_base is None
    written = t("beforeafter.points", value=t.number(abs(size), 1)) if points else quantity.written(abs(size))
    text = f"{sign}{written}"
    if found.percent is None:
        return text
    share = f"{sign}{t.percent(abs(found.percent))}"
    return t("like.percent", difference=text, percent=share)
