"""The finished pieces of the front page: headline figures and the claim-versus-evidence board (N14, F64).

Everything is server-made HTML with inline SVG, so that the front page needs no chart code in the browser.
Pure building: the cached figures come in, text goes out, and every word of the data is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard.analysis.coverage import BestFigure, Coverage, best_figure, how_sure
from dashboard.analysis.verdict import Verdict
from dashboard.charts.quantity import Quantity
from dashboard.charts.svg import svg
from dashboard.domain.catalogue import Claim, Indicator
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.ui import cached, markup
from dashboard.ui.cached import Stamp, World

HEADLINES = 5
"""At most this many headline figures (F64: three to five)."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure in plain words: what it is, compared with what, and how sure we are."""

    claim: str
    markup: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One claim on the board: finished markup, and the words of the link to its page."""

    claim: str
    link: str
    markup: str


def figure_words(figure: BestFigure, indicator: Indicator, t: Translator) -> str:
    """A figure as a person would say it: ``ca. 30.000 personer``."""
    quantity = Quantity(indicator, figure.unit, figure.currency, None, None, t)
    return quantity.written(figure.value, figure.qualifier, figure.unit, figure.currency)


@st.cache_resource(max_entries=12, show_spinner=False)
def headlines(stamp: Stamp, language: str) -> tuple[Headline, ...]:
    """Three to five figures, one a claim: those since the designation first, then the best supported."""
    here, t = cached.world(stamp), Translator(language)
    found = [(claim, cached.coverage(stamp)[claim.id].best) for claim in here.catalogue.claims]
    figures = [(claim, best) for claim, best in found if best is not None]
    figures.sort(key=lambda pair: _rank(pair[1]))
    once = {(best.indicator, best.observation): (claim, best) for claim, best in reversed(figures)}
    figures = [pair for pair in figures if pair in once.values()]
    chosen = sorted(figures[:HEADLINES], key=lambda pair: pair[0].number)
    return tuple(Headline(claim.id, _headline(claim, best, here, stamp, t)) for claim, best in chosen)


def _rank(best: BestFigure) -> tuple[bool, bool, int]:
    rank = best.confidence.now.rank if best.confidence else 9
    return best.before_designation, not best.period.dated, rank


def _headline(claim: Claim, best: BestFigure, here: World, stamp: Stamp, t: Translator) -> str:
    indicator = here.catalogue.indicator(best.indicator)
    if indicator is None:
        return ""
    return (
        f'<article class="headline"><p class="headline-value">{escape(figure_words(best, indicator, t))}</p>'
        f'<p class="headline-name">{escape(t.text(indicator.name))}, {escape(t.period(best.period))}</p>'
        f"<dl><dt>{escape(t('overview.compared'))}</dt>"
        f"<dd>{escape(_compared(best, indicator, here, stamp, t))}</dd>"
        f"<dt>{escape(t('overview.how_sure'))}</dt><dd>{escape(how_sure(best.confidence, t))}</dd>"
        f"<dt>{escape(t('overview.for_claim'))}</dt><dd>{escape(t.text(claim.name))}</dd></dl></article>"
    )


def _compared(best: BestFigure, indicator: Indicator, here: World, stamp: Stamp, t: Translator) -> str:
    """With what a headline can honestly be compared: its baseline, its own past, or nothing."""
    if best.before_designation:
        return t("overview.is_baseline")
    quantity = Quantity(indicator, best.unit, best.currency, None, None, t)
    baseline = next(
        (b for b in here.baselines if (b.indicator, b.place) == (indicator.code, here.home.slug)), None
    )
    if baseline is not None and baseline.currency == best.currency and best.period.dated:
        value = quantity.written(baseline.value, "=", best.unit, best.currency)
        return t("overview.against_baseline", value=value, when=t.period(baseline.period))
    points = cached.shaped(stamp, indicator.code, (here.home.slug,), cached.AS_PUBLISHED).points
    earlier = points[
        (points["anchor"] < pd.Timestamp(best.period.anchor)) & points["segment"].notna()
        if best.period.anchor
        else points["anchor"].isna()
    ]
    if indicator.comparable_over_time and len(earlier):
        row = earlier.iloc[-1]
        value = quantity.written(float(row["value"]), row["qualifier"], row["unit"], row["currency"])
        return t("overview.against_earlier", value=value, when=t.period(_period(row)))
    return t("overview.against_nothing")


def _period(row: pd.Series) -> Period:
    start, end = row["period_start"], row["period_end"]
    return Period(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
        Precision(row["precision"]),
    )


@st.cache_resource(max_entries=12, show_spinner=False)
def rows(stamp: Stamp, language: str) -> tuple[BoardRow, ...]:
    """The board: one row a claim, in the city's own order."""
    here, t = cached.world(stamp), Translator(language)
    verdicts, coverage = cached.verdicts(stamp), cached.coverage(stamp)
    return tuple(
        BoardRow(
            claim.id,
            t("overview.read_claim", name=claim.name),
            _row(claim, verdicts[claim.id], coverage[claim.id], here, stamp, t),
        )
        for claim in here.catalogue.claims
    )


def _row(claim: Claim, verdict: Verdict, cover: Coverage, here: World, stamp: Stamp, t: Translator) -> str:
    quotation, step = t.text(claim.quotation), verdict.steps[-1]
    return (
        '<div class="claim-row"><div class="claim-said">'
        f"<h3>{claim.number}. {escape(t.text(claim.name))}</h3>"
        f"<blockquote>{escape(quotation)}</blockquote>"
        f"{verdict_badge(verdict, t)}"
        f'<p class="small">{escape(t(f"verdict.step.{step.code}", **step.params))}</p>'
        f'<p class="small"><b>{escape(t("overview.shown_by"))}</b> {escape(t.text(claim.shown_by))}</p></div>'
        f'<div class="claim-figure">{_figure(cover, here, stamp, t)}</div>'
        f'<div class="claim-evidence">{_evidence(cover, here, t)}</div></div>'
    )


def verdict_badge(verdict: Verdict, t: Translator) -> str:
    """The word of the verdict; the colour of its mark repeats it and never replaces it."""
    return f'<p class="verdict {verdict.word}"><span>{escape(t(f"verdict.{verdict.word}"))}</span></p>'


def _figure(cover: Coverage, here: World, stamp: Stamp, t: Translator) -> str:
    best = cover.best
    indicator = here.catalogue.indicator(best.indicator) if best else None
    if best is None or indicator is None:
        return f'<p class="none">{escape(t("overview.no_figure"))}</p>'
    spark = cached.spark(stamp, t.language, indicator.code)
    chart = markup.picture(svg(spark), spark.alternative) if not spark.empty else ""
    before = (
        f'<p class="small">{escape(t("coverage.before_designation"))}</p>' if best.before_designation else ""
    )
    as_at = t("overview.as_at", day=_recorded(best, stamp))
    return (
        f'<p class="value">{escape(figure_words(best, indicator, t))}</p>'
        f"<p>{escape(t.text(indicator.name))}, {escape(t.period(best.period))}</p>"
        f'<p class="small">{escape(as_at)}</p>{before}<div class="spark">{chart}</div>'
    )


def _recorded(best: BestFigure, stamp: Stamp) -> object:
    """The day the figure was recorded; a value made from the register is as of the day shown."""
    if best.observation is None:
        return stamp.day
    frame = cached.home_figures(stamp)
    moment = frame.loc[frame["observation"] == best.observation, "recorded_at"]
    return moment.iloc[0].date() if len(moment) and not pd.isna(moment.iloc[0]) else stamp.day


def _evidence(cover: Coverage, here: World, t: Translator) -> str:
    lines: list[tuple[str, str]] = [(t("overview.evidence"), _counts(cover, t))]
    lines.append((t("overview.confidence"), how_sure(cover.best_confidence, t)))
    lines.append((t("overview.freshness"), t(f"coverage.{cover.freshness}")))
    lines.append((t("overview.missing"), _missing(cover, here, t)))
    against = [e for e in here.evidence if e.subject == cover.claim and e.stance.value == "contradicts"]
    if against:
        lines.append((t("overview.against"), t("overview.against_count", count=len(against))))
    inner = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines)
    return f"<dl>{inner}</dl>"


def _counts(cover: Coverage, t: Translator) -> str:
    return t(
        "overview.counts",
        observations=t("count.observations", count=cover.observations),
        sources=t("count.sources", count=cover.sources),
    )


def _missing(cover: Coverage, here: World, t: Translator) -> str:
    """What is not known, in one sentence; the claim's page has the list."""
    parts = []
    if cover.without_observation:
        parts.append(t("overview.missing_values", count=len(cover.without_observation), of=cover.indicators))
    if cover.undated_only:
        parts.append(t("overview.missing_dates", count=len(cover.undated_only)))
    return " ".join(parts) or t("overview.missing_nothing")


def legend(t: Translator) -> str:
    """How to read the board: the rule of the verdict in plain words."""
    names = ("rule", "now", "usual_variation", "beside")
    return "".join(markup.paragraph(t(f"verdict.{name}")) for name in names)


@st.cache_resource(max_entries=512, show_spinner=False)
def indicator_row(stamp: Stamp, language: str, code: str) -> str:
    """One indicator of a claim: the figure, when, and the small chart, as finished markup."""
    here, t = cached.world(stamp), Translator(language)
    indicator = here.indicator(code)
    figure = best_figure(cached.home_figures(stamp), [indicator], here.home, stamp.day)
    words = figure_words(figure, indicator, t) if figure else t("claim.only_contested")
    when = t.period(figure.period) if figure else ""
    spark = cached.spark(stamp, t.language, indicator.code)
    chart = markup.picture(svg(spark), spark.alternative) if not spark.empty else ""
    caveat = f'<p class="caveat">{escape(t.text(indicator.caveat))}</p>' if indicator.contested else ""
    retired = f"<p>{markup.tags([t('catalogue.retired')])}</p>" if indicator.retired else ""
    return (
        f'<div class="indicator-row"><div><h3>{escape(t.text(indicator.name))}</h3>{retired}'
        f'<p class="value">{escape(words)}</p><p class="small">{escape(when)}</p>{caveat}</div>'
        f'<div class="spark">{chart}</div></div>'
    )
