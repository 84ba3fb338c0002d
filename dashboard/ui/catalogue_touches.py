"""What hangs on a definition and would move with it: said before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.verdict import verdicts
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import (
    Baseline,
    Catalogue,
    Claim,
    Indicator,
    Place,
    SeriesBreak,
    Source,
    Target,
)
from dashboard.domain.definition_change import breaks_series
from dashboard.domain.text import Text
from dashboard.store.engine import reading
from dashboard.store.queries.reach import count_values, load_cited
from dashboard.ui import cached
from dashboard.ui.light_parts import colour_words, light_of, value_words
from dashboard.ui.session import Visit

Facts = list[tuple[str, str]]
NAMED = 5
"""How many places are named before the rest are counted."""


def of_indicator(before: Indicator | None, after: Indicator, visit: Visit) -> Facts:
    """Values, targets, claims and verdicts under an indicator, and the break that the change leaves."""
    t, world = visit.t, visit.world
    with reading(cached.engine()) as connection:
        values = count_values(connection, after.code)
    count = sum(values.values())
    records = len(cached.home_activities(visit.stamp)) if after.rollup else 0
    claims = dict.fromkeys((*(before.claims if before else ()), *after.claims))
    named = [world.catalogue.claim(id) for id in claims]
    facts = [
        (t("catalogue.touch.values"), _where(values, visit)),
        (t("catalogue.touch.register"), t("catalogue.touch.records", count=records) if records else ""),
        (t("catalogue.touch.judged"), _judged(after.code, visit)),
        (t("catalogue.touch.claims"), "; ".join(f"{c.number}. {t.text(c.name)}" for c in named if c)),
    ]
    breaks: tuple[SeriesBreak, ...] = world.breaks
    if before is not None and breaks_series(before, after, count) and after.valid_from:
        breaks = (*breaks, SeriesBreak(after.code, visit.home.slug, after.valid_from, "definition", Text()))
        facts.append((t("catalogue.touch.break"), t("catalogue.touch.break_on", day=after.valid_from)))
    if before is not None and before.retired != after.retired:
        key = "catalogue.touch.retired" if after.retired else "catalogue.touch.revived"
        facts.append((t("catalogue.touch.retirement"), t(key)))
    others = tuple(i for i in world.catalogue.indicators if i.code != after.code)
    made = replace(world.catalogue, indicators=(*others, after))
    return [*facts, *_verdicts(visit, catalogue=made, breaks=breaks)]


def of_files(claims: Sequence[Claim], indicators: Sequence[Indicator], visit: Visit) -> Facts:
    """What many definitions at once would move: the values under them, and the verdicts."""
    t, standing = visit.t, visit.world.catalogue
    with reading(cached.engine()) as connection:
        count = sum(sum(count_values(connection, one.code).values()) for one in indicators)
    told = {one.id: one for one in claims}
    named = {one.code: one for one in indicators}
    made = replace(
        standing,
        claims=(*(c for c in standing.claims if c.id not in told), *claims),
        indicators=(*(i for i in standing.indicators if i.code not in named), *indicators),
    )
    values = t("catalogue.values", count=count) if count else ""
    return [(t("catalogue.touch.values"), values), *_verdicts(visit, catalogue=made)]


def of_claim(claim: Claim, visit: Visit) -> Facts:
    t = visit.t
    served = visit.world.catalogue.of_claim(claim.id)
    return [
        (t("catalogue.touch.indicators"), t("catalogue.touch.served", count=len(served)) if served else "")
    ]


def of_place(before: Place | None, after: Place, visit: Visit) -> Facts:
    """How many indicators have values there, and the dates that count months from the designation."""
    t = visit.t
    there = _recorded_at(after.slug, visit)
    facts = [
        (t("catalogue.touch.indicators"), t("catalogue.touch.present", count=there) if there else ""),
    ]
    old, new = (before.designation if before else None), after.designation
    if before is not None and there and old != new:
        facts.append((t("catalogue.touch.months"), t("catalogue.touch.months_move")))
    if before is not None and there and before.reference_boundary != after.reference_boundary:
        facts.append((t("catalogue.touch.rates"), t("catalogue.touch.rates_move")))
    moved = visit.home.slug == after.slug and before is not None
    return [*facts, *(_verdicts(visit, home=after) if moved else [])]


def _recorded_at(place: str, visit: Visit) -> int:
    """How many indicators of the catalogue have values at a place; those that are computed do not count."""
    found = cached.presence(visit.stamp)
    own = {indicator.code for indicator in visit.world.catalogue.indicators}
    return int(((found["place"] == place) & found["indicator"].isin(own)).sum())


def of_population(place: Place, visit: Visit) -> Facts:
    t = visit.t
    there = _recorded_at(place.slug, visit)
    rates = t("catalogue.touch.rates_of", count=there) if there else ""
    return [(t("catalogue.touch.rates"), rates)]


def of_judgement(
    before: Baseline | Target | None, after: Baseline | Target, indicator: Indicator, visit: Visit
) -> Facts:
    """The chart that draws it, and the verdicts that are judged by it."""
    t, world = visit.t, visit.world
    name = world.places[after.place].name if after.place in world.places else after.place
    facts = [(t("catalogue.touch.chart"), t("catalogue.touch.chart_of", name=indicator.name, place=name))]
    if isinstance(after, Baseline):
        kept = tuple(b for b in world.baselines if (b.indicator, b.place) != (after.indicator, after.place))
        return [*facts, *_verdicts(visit, baselines=(*kept, after))]
    targets = tuple(one for one in world.targets if one != before)
    return [*facts, *_verdicts(visit, targets=(*targets, after))]


def of_withdrawal(item: Baseline | Target, indicator: Indicator, visit: Visit) -> Facts:
    """The chart that no longer draws it, and the verdicts that are judged without it."""
    t, world = visit.t, visit.world
    name = world.places[item.place].name if item.place in world.places else item.place
    facts = [(t("catalogue.touch.chart"), t("catalogue.touch.chart_of", name=indicator.name, place=name))]
    if isinstance(item, Baseline):
        named = (item.indicator, item.place)
        kept = tuple(b for b in world.baselines if (b.indicator, b.place) != named)
        return [*facts, *_verdicts(visit, baselines=kept)]
    return [*facts, *_verdicts(visit, targets=tuple(one for one in world.targets if one != item))]


def of_bands(before: Bands | None, after: Bands | None, indicator: Indicator, visit: Visit) -> Facts:
    """The colour of the home city's latest value, as it is and as it would be."""
    t = visit.t
    old, new = (light_of(indicator, one, visit) if one else None for one in (before, after))
    judged = new or old
    if judged is None:
        return []
    said = t(
        "catalogue.touch.light_moves", value=value_words(judged, indicator, visit),
        old=colour_words(old, t), new=colour_words(new, t),
    )  # fmt: skip
    return [(t("catalogue.touch.light"), said)]


def of_source(source: Source, visit: Visit) -> Facts:
    """How many values cite it, of which indicators, and the baselines and targets that do."""
    t, world = visit.t, visit.world
    with reading(cached.engine()) as connection:
        cited = load_cited(connection, visit.stamp.scope, source.key)
    count = sum(row.values for row in cited)
    found = [world.catalogue.indicator(code) for code in dict.fromkeys(row.indicator for row in cited)]
    names = [t.text(one.name) for one in found if one is not None]
    more = len(names) - NAMED
    listed = [*names[:NAMED], t("catalogue.touch.more_indicators", count=more)] if more > 0 else names
    baselines = sum(1 for one in world.baselines if one.source == source.key)
    targets = sum(1 for one in world.targets if one.source == source.key)
    return [
        (t("catalogue.touch.values"), t("catalogue.touch.citing", count=count) if count else ""),
        (t("catalogue.touch.indicators"), t.list(listed) if listed else ""),
        (t("catalogue.touch.judged"), _counted(baselines, targets, visit)),
    ]


def _where(values: dict[str, int], visit: Visit) -> str:
    """How many values, and at which places."""
    t = visit.t
    count = sum(values.values())
    if not count:
        return ""
    names = [t.text(visit.world.places[slug].name) for slug in values if slug in visit.world.places]
    more = len(names) - NAMED
    listed = [*names[:NAMED], t("catalogue.touch.more", count=more)] if more > 0 else names
    return t("catalogue.touch.values_at", count=count, places=t.list(listed))


def _judged(code: str, visit: Visit) -> str:
    """How many baselines and targets the indicator has."""
    t, world = visit.t, visit.world
    baselines = sum(1 for one in world.baselines if one.indicator == code)
    targets = sum(1 for one in world.targets if one.indicator == code)
    return _counted(baselines, targets, visit, [t("catalogue.touch.bands")] if code in world.bands else [])


def _counted(baselines: int, targets: int, visit: Visit, more: Sequence[str] = ()) -> str:
    t = visit.t
    said = [t("catalogue.touch.baselines", count=baselines)] if baselines else []
    said += [t("catalogue.touch.targets", count=targets)] if targets else []
    said += more
    return t.list(said) if said else ""


def _verdicts(
    visit: Visit,
    catalogue: Catalogue | None = None,
    home: Place | None = None,
    baselines: tuple[Baseline, ...] | None = None,
    targets: tuple[Target, ...] | None = None,
    breaks: tuple[SeriesBreak, ...] | None = None,
) -> Facts:
    """The claims that would be judged otherwise: old and new word. None where all stay as they are."""
    t, world = visit.t, visit.world
    old = cached.verdicts(visit.stamp)
    new = verdicts(
        cached.home_figures(visit.stamp), catalogue or world.catalogue, home or world.home,
        world.baselines if baselines is None else baselines,
        world.targets if targets is None else targets, world.breaks if breaks is None else breaks,
    )  # fmt: skip
    moved = [
        t("catalogue.touch.verdict_moves", claim=claim.name, old=_word(old[claim.id].word, visit),
          new=_word(new[claim.id].word, visit))
        for claim in world.catalogue.claims
        if claim.id in new and old[claim.id].word != new[claim.id].word
    ]  # fmt: skip
    said = "; ".join(moved) or t("catalogue.touch.verdict_stays")
    return [(t("catalogue.touch.verdict"), said)]


def _word(word: str, visit: Visit) -> str:
    return visit.t(f"verdict.{word}")
