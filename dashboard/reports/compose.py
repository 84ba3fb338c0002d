"""From the store's material to a `Briefing`: what is said, in which order, by which visible rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.analysis.coverage import BestFigure, Coverage, best_figure, how_sure
from dashboard.analysis.normalise import Refusal
from dashboard.analysis.rollup import REGISTER
from dashboard.analysis.wording import refusal_sentence
from dashboard.charts.build import series_chart
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import ChartSpec
from dashboard.domain.catalogue import Claim, Indicator
from dashboard.domain.evidence import Stance
from dashboard.domain.period import Period, Precision
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, Changed, Cited, Section, Statement
from dashboard.reports.material import Material

HEADLINES = 5
STATEMENTS = 4
"""So many figures a claim: the pack is two to four pages, and names what it leaves out."""

LABELS = (
    "headlines", "claims", "quotation", "verdict", "analysis", "recommendation", "figures", "figure", "value",
    "when", "compared", "sure", "source", "against", "missing", "changed", "change", "before", "after", "why",
    "left_out", "caveats", "sources", "made", "as_at", "code", "page", "nothing", "chart_table", "chart_key",
    "notice", "of", "contents", "metadata", "address", "licence", "place", "claim",
    "open",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headline:
    """What a person decides about one headline, named by claim and indicator: words of their own beside the
    figure, or that it is left out and why."""

    claim: str
    indicator: str
    words: str = ""
    out: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides about a pack. No claims or headlines means: all of them, and the proposed ones.

    `left_out` says what was left out and why.
    """

    period: Period
    claims: tuple[str, ...] = ()
    headlines: tuple[Headline, ...] = ()
    left_out: tuple[str, ...] = ()
    title: str = ""
    address: str = ""


def compose(
    material: Material, choice: Choice, t: Translator, made: date, code: str = "",
    changed: Sequence[Changed] = (), editor: str = "",
) -> Briefing:  # fmt: skip
    """The whole pack in the language of `t`; a claim without figures is in it and says so. `editor` is who
    edited the headlines, where anybody did."""
    home = material.home
    claims = _claims(material, choice)
    sections = tuple(_section(claim, material, choice.period, t) for claim in claims)
    proposal = offered(material, choice, t)[:HEADLINES]
    headlines = _headlines(material, choice, t)
    edited = headlines != proposal
    rule = t("briefing.headline_rule")
    if edited:
        rule += " " + _edited(proposal, editor, t)
    cited = _cited(sections, headlines, material)
    invented = material.profile.invented
    left_out = [*_without(proposal, choice, t), *choice.left_out]
    others = [c for c in material.catalogue.claims if c not in claims]
    if others:
        left_out.append(t("briefing.claims_left_out", claims=t.list(t.text(c.name) for c in others)))
    return Briefing(
        code=code,
        language=t.language,
        city=t.text(home.name),
        title=choice.title or t("briefing.title", city=home.name, period=t.period(choice.period)),
        period=t.period(choice.period),
        period_key=choice.period.key,
        made=made,
        as_at=t.date(made),
        revision=material.revision,
        invented=invented,
        notice=t("briefing.invented") if invented else "",
        headline_rule=rule,
        headlines=headlines,
        proposal=proposal if edited else (),
        sections=sections,
        changed=tuple(changed),
        left_out=tuple(left_out),
        caveats=_caveats((*headlines, *(one for s in sections for one in s.statements)), t),
        sources=cited,
        labels={name: t(f"briefing.label.{name}") for name in LABELS},
        address=choice.address,
    )


def offered(material: Material, choice: Choice, t: Translator) -> tuple[Statement, ...]:
    """What can be a headline: the best figure of each claim, each figure once. The first `HEADLINES` are the
    proposal by the visible rule (figures since the designation, then dated ones, then the best supported),
    in the order of the claims; the others follow in theirs."""
    best_of = material.coverage
    found = [(c, best) for c in _claims(material, choice) if (best := best_of[c.id].best) is not None]
    found.sort(key=lambda pair: _rank(pair[1]))
    once: dict[tuple[str, int | None], tuple[Claim, BestFigure]] = {}
    for claim, best in found:
        once.setdefault((best.indicator, best.observation), (claim, best))
    ranked = list(once.values())
    ordered = [
        pair
        for part in (ranked[:HEADLINES], ranked[HEADLINES:])
        for pair in sorted(part, key=lambda pair: pair[0].number)
    ]
    made = (_statement(best, claim, material, t) for claim, best in ordered)
    return tuple(one for one in made if one is not None)


def _claims(material: Material, choice: Choice) -> list[Claim]:
    return [c for c in material.catalogue.claims if not choice.claims or c.id in choice.claims]


def _rank(best: BestFigure) -> tuple[bool, bool, int]:
    rank = best.confidence.now.rank if best.confidence else 9
    return best.before_designation, not best.period.dated, rank


def _headlines(material: Material, choice: Choice, t: Translator) -> tuple[Statement, ...]:
    """The proposal or, where a person decided, theirs in their order; one without a figure now is passed."""
    can = offered(material, choice, t)
    if not choice.headlines:
        return can[:HEADLINES]
    found = {(one.claim, one.indicator): one for one in can}
    kept = [h for h in choice.headlines if not h.out and (h.claim, h.indicator) in found]
    return tuple(replace(found[h.claim, h.indicator], words=h.words.strip()) for h in kept[:HEADLINES])


def _edited(proposal: Sequence[Statement], editor: str, t: Translator) -> str:
    who = editor or t("briefing.somebody")
    if not proposal:
        return t("briefing.edited_from_nothing", who=who)
    return t("briefing.edited", who=who, names=t.list(one.name for one in proposal))


def _without(proposal: Sequence[Statement], choice: Choice, t: Translator) -> list[str]:
    """A sentence for each proposed headline that a person left out."""
    out = {(h.claim, h.indicator): h.reason.strip() for h in choice.headlines if h.out}
    return [
        t("briefing.headline_out", name=one.name, reason=out[one.claim, one.indicator])
        for one in proposal
        if (one.claim, one.indicator) in out
    ]


def _section(claim: Claim, material: Material, period: Period, t: Translator) -> Section:
    verdict, cover = material.verdicts[claim.id], material.coverage[claim.id]
    step = verdict.steps[-1]
    figures = _figures(claim, cover, material)
    analysis, recommendation, note = _narrative(f"claim:{claim.id}", period, material, t)
    return Section(
        claim=claim.id, number=claim.number, name=t.text(claim.name), quotation=t.text(claim.quotation),
        verdict=verdict.word, verdict_words=t(f"verdict.{verdict.word}"),
        verdict_reason=t(f"verdict.step.{step.code}", **step.params),
        analysis=analysis, recommendation=recommendation, narrative_note=note,
        statements=tuple(s for f in figures if (s := _statement(f, claim, material, t)) is not None),
        charts=_charts(figures[:1], material, t), against=_against(claim, material, t),
        missing=_missing(cover, material, t),
    )  # fmt: skip


def _figures(claim: Claim, cover: Coverage, material: Material) -> list[BestFigure]:
    """The best figure first, then one of each other indicator of the claim, the best supported first."""
    if cover.best is None:
        return []
    others = [
        found
        for indicator in material.catalogue.of_claim(claim.id)
        if indicator.code != cover.best.indicator and not indicator.retired
        if (found := best_figure(material.figures, [indicator], material.home, material.day)) is not None
    ]
    others.sort(key=_rank)
    return [cover.best, *others][:STATEMENTS]


def figures_of(material: Material, choice: Choice) -> dict[tuple[str, str], BestFigure]:
    """What stands behind each figure of the claims, by claim and indicator."""
    return {
        (claim.id, figure.indicator): figure
        for claim in _claims(material, choice)
        for figure in _figures(claim, material.coverage[claim.id], material)
    }


def _statement(figure: BestFigure, claim: Claim, material: Material, t: Translator) -> Statement | None:
    indicator = material.catalogue.indicator(figure.indicator)
    if indicator is None:
        return None
    quantity = Quantity(indicator, figure.unit, figure.currency, None, None, t)
    return Statement(
        indicator=indicator.code, claim=claim.id, name=t.text(indicator.name),
        value=quantity.written(figure.value, figure.qualifier, figure.unit, figure.currency),
        period=t.period(figure.period), compared=_compared(figure, indicator, quantity, material, t),
        sure=how_sure(figure.confidence, t, short=True), source=_source_title(figure.source, material, t),
        caveat=t.text(indicator.caveat) if indicator.contested else "",
    )  # fmt: skip


def _compared(
    figure: BestFigure, indicator: Indicator, quantity: Quantity, material: Material, t: Translator
) -> str:
    """With what a figure can honestly be compared: its baseline, its own past, or nothing."""
    if figure.before_designation:
        return t("overview.is_baseline")
    home = material.home.slug
    baseline = next((b for b in material.baselines if (b.indicator, b.place) == (indicator.code, home)), None)
    if baseline is not None and baseline.currency == figure.currency and figure.period.dated:
        value = quantity.written(baseline.value, "=", figure.unit, figure.currency)
        return t("overview.against_baseline", value=value, when=t.period(baseline.period))
    points = material.shaped(indicator).points
    anchor = figure.period.anchor
    if anchor is not None and indicator.comparable_over_time:
        earlier = points[(points["anchor"] < pd.Timestamp(anchor)) & points["segment"].notna()]
        if len(earlier):
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


def _charts(figures: Sequence[BestFigure], material: Material, t: Translator) -> tuple[ChartSpec, ...]:
    """The series of the chosen figures, where there are two dated values or more."""
    made = []
    for figure in figures:
        indicator = material.catalogue.indicator(figure.indicator)
        if indicator is None:
            continue
        shaped = material.shaped(indicator)
        if shaped.points["anchor"].nunique() < 2:
            continue
        titles = {key: _source_title(key, material, t) for key in {*shaped.points["source"]}}
        made.append(_with_refusals(
            series_chart(
                shaped.points, indicator, t, place=material.home, unit=shaped.unit, currency=shaped.currency,
                baselines=[b for b in material.baselines if b.indicator == indicator.code],
                targets=[one for one in material.targets if one.indicator == indicator.code],
                annotations=[a for a in material.annotations if a.indicator in ("", indicator.code)],
                breaks=[b for b in material.breaks if b.indicator == indicator.code],
                sources=titles, undated=len(shaped.undated), invented=material.profile.invented,
            ),
            shaped.refused, t,
        ))  # fmt: skip
    return tuple(made)


def _with_refusals(chart: ChartSpec, refused: Sequence[Refusal], t: Translator) -> ChartSpec:
    """The chart with what is not drawn and why among its notes: a pack has no list of refusals beside it."""
    if not refused:
        return chart
    reasons = dict.fromkeys(refusal_sentence(one, t) for one in refused)
    said = " ".join((t("briefing.not_drawn", count=len(refused)), *reasons))
    return replace(chart, notes=(*chart.notes, said))


def _narrative(subject: str, period: Period, material: Material, t: Translator) -> tuple[str, str, str]:
    """Analysis, recommendation, and what must be said of them: only what was published is printed."""
    stories = [n for n in material.narratives if n.subject == subject and n.published]
    stories = [n for n in stories if n.period.end is None or period.end is None or n.period.end <= period.end]
    stories.sort(key=lambda n: (n.language == t.language, n.period.end or date.min), reverse=True)
    if not stories:
        return "", "", t("briefing.no_narrative")
    story = stories[0]
    note = "" if story.language == t.language else t("narrative.other_language")
    return story.analysis, story.recommendation, note


def _against(claim: Claim, material: Material, t: Translator) -> tuple[str, ...]:
    codes = {claim.id, *(i.code for i in material.catalogue.of_claim(claim.id))}
    found = [e for e in material.evidence if e.subject in codes and e.stance is Stance.CONTRADICTS]
    return tuple(": ".join(filter(None, [e.title, t.text(e.note)])) for e in found)


def _missing(cover: Coverage, material: Material, t: Translator) -> tuple[str, ...]:
    lines = []
    if cover.without_observation:
        lines.append(t("overview.missing_values", count=len(cover.without_observation), of=cover.indicators))
    if cover.undated_only:
        lines.append(t("overview.missing_dates", count=len(cover.undated_only)))
    return tuple(lines)


def _source_title(key: str, material: Material, t: Translator) -> str:
    if key == REGISTER:
        return t("source.register")
    source = material.sources.get(key)
    return source.title if source else key


def _cited(
    sections: Sequence[Section], headlines: Sequence[Statement], material: Material
) -> tuple[Cited, ...]:
    """The sources of all figures that are shown, each once, by title."""
    shown = {one.source for one in headlines} | {one.source for s in sections for one in s.statements}
    found = [source for source in material.sources.values() if source.title in shown]
    found.sort(key=lambda source: source.title.casefold())
    return tuple(Cited(s.key, s.title, s.producer, s.address, s.licence) for s in found)


def _caveats(statements: Sequence[Statement], t: Translator) -> tuple[str, ...]:
    """What must be said of the pack as a whole: how to read it, and the fixed words of contested measures."""
    said = dict.fromkeys(one.caveat for one in statements if one.caveat)
    return (t("briefing.how_to_read"), t("verdict.rule"), *said)
