"""One thing of the catalogue opened: its fields, what stands on it, and how it came to be what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboard.analysis.wording import boundary_name
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Baseline, Claim, Indicator, IndicatorKind, Place, Source, Target
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.definition_form import Typed, typed_claim, typed_moment, typed_source
from dashboard.intake.indicator_form import TEXTS, typed_indicator
from dashboard.intake.place_form import typed_place
from dashboard.store.engine import reading
from dashboard.store.queries.bands import load_band_versions
from dashboard.store.queries.definition_history import (
    Version,
    load_baseline_versions,
    load_claim_versions,
    load_indicator_versions,
    load_place_versions,
    load_population_versions,
    load_source_versions,
    load_target_versions,
)
from dashboard.store.queries.reach import load_cited, load_counts
from dashboard.ui import cached, catalogue_bands, frame, markup
from dashboard.ui.catalogue_fields import (
    Field,
    Group,
    changes,
    claim_groups,
    indicator_groups,
    place_groups,
    source_groups,
)
from dashboard.ui.catalogue_judgement import target_name
from dashboard.ui.session import Visit

FEW = 12
"""So many links stand open; more are folded under one line."""


def indicator(one: Indicator, visit: Visit, may: bool) -> None:
    """All fields of an indicator, its baselines and targets, its figures and its versions."""
    t = visit.t
    if one.retired:
        day = one.valid_to
        words = t("catalogue.retired_on", day=day) if day else t("catalogue.retired_now")
        st.html(markup.tags([t("catalogue.retired")]) + markup.paragraph(words, "caveat"))
    if may:
        doing = {
            "indicator_change": "change",
            ("indicator_revive" if one.retired else "indicator_retire"): "retire",
        }
        _do(
            [
                frame.anchor("catalogue", t(f"catalogue.do.{key}"), indicator=one.code, do=do)
                for key, do in doing.items()
            ]
        )
    groups = indicator_groups(visit)
    typed = typed_indicator(one, t)
    _texts(TEXTS, typed, visit)
    for group in groups[1:]:
        _group(group, typed, visit)
    with reading(cached.engine()) as connection:
        scope = visit.stamp.scope
        versions = load_indicator_versions(connection, scope, one.code)
        baselines = load_baseline_versions(connection, scope, one.code)
        targets = load_target_versions(connection, scope, one.code)
        bands = load_band_versions(connection, scope, one.code)
        values = load_counts(connection, scope, one.code)
    st.header(t("catalogue.judged_by"), anchor=False)
    _judgements(one, baselines, targets, visit, may)
    catalogue_bands.shown(one, bands, visit, may)
    st.header(t("catalogue.figures"), anchor=False)
    _figures(one, values, visit)
    st.header(t("catalogue.versions"), anchor=False)
    _versions(versions, lambda item: typed_indicator(item, t) | {"retired": item.retired}, groups, visit)


def claim(one: Claim, visit: Visit, may: bool) -> None:
    t = visit.t
    if may:
        _do([
            frame.anchor("catalogue", t("catalogue.do.claim_change"), claim=one.id, do="change"),
            frame.anchor("catalogue", t("catalogue.do.indicator_new"), do="new", serves=one.id),
        ])  # fmt: skip
    _texts(("name", "quotation", "shown_by", "counter"), typed_claim(one, t), visit)
    st.html(markup.facts([(t("catalogue.field.number"), str(one.number)), (t("catalogue.field.id"), one.id)]))
    st.header(t("catalogue.touch.indicators"), anchor=False)
    served = visit.world.catalogue.of_claim(one.id)
    st.html(
        markup.links(frame.anchor("catalogue", t.text(i.name), indicator=i.code) for i in served)
        or markup.paragraph(t("catalogue.touches_nothing"), "none")
    )
    frame.link("claim", t("catalogue.see_claim"), claim=one.id)
    with reading(cached.engine()) as connection:
        versions = load_claim_versions(connection, visit.stamp.scope, one.id)
    st.header(t("catalogue.versions"), anchor=False)
    _versions(versions, lambda item: typed_claim(item, t), claim_groups(visit), visit)


def place(one: Place, visit: Visit, may: bool) -> None:
    """A place with its designations, its fields and when each held, and how many lived there."""
    t = visit.t
    if may:
        _do([
            frame.anchor("catalogue", t("catalogue.do.place_change"), place=one.slug, do="change"),
            frame.anchor("catalogue", t("catalogue.do.place_population"), place=one.slug, do="population"),
        ])  # fmt: skip
    groups = place_groups(visit)
    _group(groups[0], typed_place(one, t), visit, titled=False)
    st.header(t("catalogue.field.designations"), anchor=False)
    rows = [
        [t(f"catalogue.event.{d.event}"), _moment(d.day, d.precision, t), _title(d.source, visit), d.note]
        for d in one.designations
    ]
    columns = [t(f"catalogue.field.{name}") for name in ("event", "day", "source", "note")]
    _table(columns, rows, "catalogue.no_designations", visit)
    st.header(t("catalogue.field.fields"), anchor=False)
    rows = [
        [t(f"field.{m.field}"), _moment(m.valid_from, m.precision, t),
         _moment(m.valid_to, m.precision, t) or t("catalogue.still"), _title(m.source, visit)]
        for m in one.fields
    ]  # fmt: skip
    columns = [t(f"catalogue.field.{name}") for name in ("creative_field", "from", "to", "source")]
    _table(columns, rows, "catalogue.no_fields", visit)
    with reading(cached.engine()) as connection:
        versions = load_place_versions(connection, visit.stamp.scope, one.slug)
        populations = load_population_versions(connection, visit.stamp.scope, one.slug)
    st.header(t("catalogue.populations"), anchor=False)
    _populations(one, populations, visit, may)
    st.header(t("catalogue.figures"), anchor=False)
    found = cached.presence(visit.stamp)
    codes = set(found.loc[found["place"] == one.slug, "indicator"])
    there = [i for i in visit.world.catalogue.indicators if i.code in codes]
    links = [frame.anchor("indicator", t.text(i.name), indicator=i.code, place=one.slug) for i in there]
    if len(there) > FEW:
        _folded(t("catalogue.touch.present", count=len(there)), links)
    else:
        st.html(markup.links(links) or markup.paragraph(t("catalogue.no_figures"), "none"))
    st.header(t("catalogue.versions"), anchor=False)
    _versions(versions, lambda item: typed_place(item, t), groups, visit)


def source(one: Source, visit: Visit, may: bool) -> None:
    """A source and the figures that stand on it."""
    t = visit.t
    if may:
        _do([frame.anchor("catalogue", t("catalogue.do.source_change"), source=one.key, do="change")])
    groups = source_groups(visit)
    (group,) = groups
    typed = typed_source(one, t)
    pairs = [(field.label, field.said(typed[field.name], visit)) for field in group.fields]
    st.html(
        markup.table([t("column.what"), t("column.stated")], [pair for pair in pairs if pair[1]], linked=[1])
    )
    st.html(markup.facts([(t("catalogue.field.key"), one.key)]))
    st.header(t("catalogue.figures"), anchor=False)
    with reading(cached.engine()) as connection:
        cited = load_cited(connection, visit.stamp.scope, one.key)
        versions = load_source_versions(connection, visit.stamp.scope, one.key)
    lines = []
    for row in cited:
        wanted = visit.world.catalogue.indicator(row.indicator)
        where = visit.world.places.get(row.place)
        if wanted and where:
            label = t("catalogue.cited_by", name=wanted.name, place=where.name)
            count = t("catalogue.values", count=row.values)
            anchor = frame.anchor("indicator", label, indicator=row.indicator, place=row.place)
            lines.append(f'{anchor}<span class="small"> {count}</span>')
    st.html(markup.links(lines) or markup.paragraph(t("catalogue.no_figures"), "none"))
    st.header(t("catalogue.versions"), anchor=False)
    _versions(versions, lambda item: typed_source(item, t), groups, visit)


def _folded(summary: str, anchors: Sequence[str]) -> None:
    """Many links under one line that opens."""
    if anchors:
        st.html(f"<details><summary>{escape(summary)}</summary>{markup.links(anchors)}</details>")


def _do(anchors: Sequence[str]) -> None:
    """What may be done with the thing, beside each other."""
    st.html(markup.links(anchors, beside=True))


def _texts(names: Sequence[str], typed: Typed, visit: Visit) -> None:
    """Both languages beside each other, what is missing said as missing."""
    t = visit.t
    rows = [
        [
            t(f"catalogue.field.{name}"),
            *(typed[f"{name}_{one}"] or t("catalogue.not_written") for one in LANGUAGES),
        ]
        for name in names
        if name != "caveat" or typed["caveat_da"] or typed["caveat_en"]
    ]
    columns = [t("column.what"), *(t.language_name(one) for one in LANGUAGES)]
    st.html(markup.table(columns, rows))


def _group(group: Group, typed: Mapping[str, Any], visit: Visit, titled: bool = True) -> None:
    """The fields of a group that say something, as names and what they are."""
    fields = [f for f in group.fields if not f.name.endswith(("_da", "_en")) and f.widget != "rows"]
    pairs = [(f.label, f.said(typed.get(f.name), visit)) for f in fields]
    pairs += [(f.label, f.said(typed.get(f.name), visit)) for f in group.fields if f.name == "scale"]
    if any(words for _, words in pairs):
        if titled:
            st.header(group.title, anchor=False)
        st.html(markup.facts(pairs))


def _judgements(
    one: Indicator,
    baselines: Sequence[Version[Baseline]],
    targets: Sequence[Version[Target]],
    visit: Visit,
    may: bool,
) -> None:
    """Baselines and targets as they stand, the ones they took the place of, and the ways to change."""
    t = visit.t
    judged: list[tuple[str, str, Version[Any]]] = [
        *(("baseline", v.item.place, v) for v in baselines),
        *(("target", target_name(v.item), v) for v in targets),
    ]
    rows, links, seen = [], [], set()
    for kind, name, version in judged:
        item, newest = version.item, (kind, name) not in seen
        seen.add((kind, name))
        where = visit.world.places.get(item.place)
        quantity = Quantity(one, one.unit, item.currency, None, None, t)
        words = t("column.baseline") if kind == "baseline" else t("catalogue.group.target")
        if kind == "target" and item.final:
            words = t("catalogue.final_target")
        stands = newest and not version.withdrawn
        key = "catalogue.taken_back" if version.withdrawn else "catalogue.earlier"
        rows.append([
            words if stands else t(key, what=words),
            t.text(where.name) if where else item.place, t.period(item.period),
            quantity.written(item.value, "=", one.unit, item.currency),
            item.reason, version.actor, t.moment(version.recorded_at) if version.recorded_at else "",
        ])  # fmt: skip
        if may and stands:
            about: dict[str, Any] = {
                "what": words.lower(), "place": where.name if where else item.place,
                "period": t.period(item.period),
            }  # fmt: skip
            doing = (("catalogue.change_one", kind), ("catalogue.take_back_one", f"{kind}_back"))
            links.append(" · ".join(
                frame.anchor("catalogue", t(key, **about), indicator=one.code, do=do, which=name)
                for key, do in doing
            ))  # fmt: skip
    columns = [
        t(f"column.{name}") for name in ("what", "place", "period", "value", "why", "actor", "recorded")
    ]
    _table(columns, rows, "catalogue.no_judgements", visit, numbers=[3])
    if may and one.kind is not IndicatorKind.NARRATIVE:
        _do([
            frame.anchor("catalogue", t(f"catalogue.do.indicator_{do}"), indicator=one.code, do=do)
            for do in ("baseline", "target")
        ])  # fmt: skip
    _folded(t("catalogue.change_judgements"), links)


def _figures(one: Indicator, values: Mapping[str, int], visit: Visit) -> None:
    t = visit.t
    lines = []
    for slug, count in values.items():
        where = visit.world.places.get(slug)
        if where:
            anchor = frame.anchor("indicator", t.text(where.name), indicator=one.code, place=slug)
            lines.append(f'{anchor}<span class="small"> {t("catalogue.values", count=count)}</span>')
    if one.rollup:
        label = t("catalogue.from_register", place=visit.home.name)
        lines.append(frame.anchor("indicator", label, indicator=one.code, place=visit.home.slug))
    st.html(markup.links(lines) or markup.paragraph(t("catalogue.no_figures"), "none"))
    if len(values) > 1:
        frame.link("compare", t("indicator.compare"), indicator=one.code)


def _populations(one: Place, versions: Sequence[Version[Any]], visit: Visit, may: bool) -> None:
    t = visit.t
    rows, links, seen = [], [], set()
    for version in sorted(versions, key=lambda v: (v.item.boundary, v.item.day or date.min), reverse=True):
        item, newest = version.item, version.item.natural_key not in seen
        seen.add(item.natural_key)
        boundary = boundary_name(item.boundary, t)
        day = _moment(item.day, item.precision, t) or t("period.undated")
        number = f"{'' if item.qualifier == '=' else item.qualifier}{t.number(item.value)}"
        rows.append([
            boundary if newest else t("catalogue.earlier", what=boundary), day, number,
            _title(item.source, visit), version.reason, version.actor,
        ])  # fmt: skip
        if may and newest:
            label = t("catalogue.correct_population", boundary=boundary, day=day)
            links.append(
                frame.anchor("catalogue", label, place=one.slug, do="population", which=item.natural_key)
            )
    columns = [t("catalogue.field.boundary"), t("catalogue.field.day"), t("catalogue.field.inhabitants")]
    columns += [t("column.source"), t("column.why"), t("column.actor")]
    _table(columns, rows, "catalogue.no_populations", visit, numbers=[2])
    _folded(t("catalogue.correct_populations"), links)


def _versions(
    versions: Sequence[Version[Any]],
    typed: Callable[[Any], Typed],
    groups: Sequence[Group],
    visit: Visit,
) -> None:
    """Every version, the newest first: when, who, why, and what it made of what stood before."""
    t = visit.t
    fields = [field for group in groups for field in group.fields]
    fields.append(Field("retired", t("catalogue.field.retired"), "truth"))
    older: list[Any] = [v.item for v in versions[1:]]
    rows = []
    for version, before in zip(versions, [*older, None], strict=True):
        moved = changes(fields, typed(before), typed(version.item), visit) if before is not None else []
        said = "; ".join(
            t("catalogue.moved", name=name, old=old or t("word.none"), new=new or t("word.none"))
            for name, old, new in moved
        )
        moment = t.moment(version.recorded_at) if version.recorded_at else ""
        first = t("catalogue.first_version") if before is None else t("catalogue.reworked")
        rows.append([str(version.number), moment, version.actor, version.reason, said or first])
    columns = [t(f"column.{name}") for name in ("version", "recorded", "actor", "why", "changed")]
    st.html(markup.table(columns, rows))


def _table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    empty: str,
    visit: Visit,
    numbers: Sequence[int] = (),
) -> None:
    found = markup.table(columns, rows, numbers=numbers) if rows else markup.paragraph(visit.t(empty), "none")
    st.html(found)


def _moment(day: Any, precision: Any, t: Translator) -> str:
    """A day as exactly as it is known, in words where it is a day or a month."""
    if day is None:
        return ""
    return t.month(day) if precision == "month" else typed_moment(day, precision, t)


def _title(key: str, visit: Visit) -> str:
    found = visit.world.sources.get(key)
    return found.title if found else key
