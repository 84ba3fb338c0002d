"""Splits: what a figure is made of, and whether its parts add up to it (F12)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from html import escape

import streamlit as st

from dashboard.analysis.parts import Member, Split, splits
from dashboard.analysis.wording import boundary_name
from dashboard.charts.layout import NARROW, WIDE
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import ChartSpec, Key
from dashboard.charts.stacked_bars import Bar, Slice, stacked_bars
from dashboard.charts.words import part_words
from dashboard.domain.catalogue import Indicator, Place
from dashboard.ui import cached, markup
from dashboard.ui.chart_element import draw_markup
from dashboard.ui.figure_table import about, download, sortable
from dashboard.ui.session import Visit

Group = tuple[Split, ...]
"""The splits of one place that are of one sort (`_sort`), in order of time."""
Sort = tuple[tuple[str, ...], str, str, str, str, str]


def has_parts(indicator: Indicator, places: Sequence[str], visit: Visit) -> bool:
    """Whether any of the places has a part of the figure; asked of what the chart has read already."""
    frame = cached.series(visit.stamp, indicator.code, tuple(places))
    return bool((frame["disaggregation"] != "").any())


@st.cache_resource(max_entries=128, show_spinner=False)
def groups(stamp: cached.Stamp, code: str, place: str) -> tuple[Group, ...]:
    """The splits of an indicator at a place."""
    found: dict[Sort, list[Split]] = {}
    indicator = cached.world(stamp).indicator(code)
    for one in splits(cached.series(stamp, code, (place,)), indicator):
        found.setdefault(_sort(one), []).append(one)
    return tuple(map(tuple, found.values()))


def _sort(one: Split) -> Sort:
    """What the splits of a group have in common: dimensions, source, currency and what fact they are."""
    return one.dimensions, one.source, one.currency, one.kind, one.boundary, one.method


def at_place(indicator: Indicator, place: Place, visit: Visit) -> None:
    """Every split at a place under one heading; nothing where there is none."""
    found = groups(visit.stamp, indicator.code, place.slug)
    if found:
        st.header(visit.t("split.title"), anchor=False)
    for group in found:
        _group(group, found, indicator, place, visit)


def at_places(indicator: Indicator, places: Sequence[str], visit: Visit) -> None:
    """The splits of the chosen places, one place after the other."""
    t = visit.t
    st.header(t("split.title"), anchor=False)
    found = {slug: groups(visit.stamp, indicator.code, slug) for slug in places}
    if not any(found.values()):
        st.html(markup.paragraph(t("split.none"), "none"))
    for slug, those in found.items():
        for group in those:
            _group(group, those, indicator, visit.world.places[slug], visit)


def _group(group: Group, among: Sequence[Group], indicator: Indicator, place: Place, visit: Visit) -> None:
    """What the parts are, whether they add up, the picture where parts can be laid end to end, the table."""
    t = visit.t
    newest = group[-1]
    titles = cached.source_titles(visit.stamp, t.language)
    name = t("split.by", place=t.text(place.name), dimension=_dimension(newest, visit))
    apart = _apart(newest, [other[-1] for other in among], visit)
    name = f"{name} ({', '.join(apart)})" if apart else name
    st.subheader(name, anchor=False)
    quantity = Quantity(indicator, newest.unit or indicator.unit, newest.currency, None, None, t)
    problems, rest = _said(group, quantity, visit)
    if place != visit.home:
        rest.append(_compares(indicator, place, visit))
    st.html(
        "".join(markup.paragraph(line, "caveat") for line in problems)
        + (markup.items(rest) if len(rest) > 1 else "".join(map(markup.paragraph, rest)))
    )
    said = " ".join([name + ".", *problems, *rest])
    parts = list(dict.fromkeys(member.part for one in group for member in one.members))
    key = f"split-{place.slug}-{_key(newest)}"
    if all(_laid_out(one) for one in group):
        _draw(group, parts, quantity, place, name, said, key, visit)
    spec = _table(group, parts, quantity, name, said, visit)
    problem_rows = [number for number, one in enumerate(group) if one.surplus]
    st.html(sortable(spec.columns, spec.rows, spec.keys, spec.title, problem_rows))
    frame = cached.series(visit.stamp, indicator.code, (place.slug,))
    download(spec, lambda: about(indicator, spec, frame, name, visit), visit, key)
    source = titles.get(newest.source, newest.source)
    st.html(markup.paragraph(t("split.rule", source=source), "small"))


def _compares(indicator: Indicator, place: Place, visit: Visit) -> str:
    """How far the figures of another place can be compared with those of the home city."""
    t, both = visit.t, (visit.home.slug, place.slug)
    passport = cached.comparability(visit.stamp, indicator.code, both).get(place.slug)
    grade = t(f"grade.{passport.grade}") if passport else t("word.none")
    return t("split.compares", grade=grade)


def _dimension(split: Split, visit: Visit) -> str:
    """``hjemsted``, or the code where nobody has named it."""
    t = visit.t
    return t.list(
        t(f"dimension.{one}") if t.has(f"dimension.{one}") else one.replace("_", " ")
        for one in split.dimensions
    )


def _apart(split: Split, among: Sequence[Split], visit: Visit) -> list[str]:
    """What sets a split apart from the others of the place by the same dimensions, in words; what is blank
    has none."""
    t = visit.t
    others = [other for other in among if other.dimensions == split.dimensions]
    said = {
        "currency": split.currency,
        "kind": t(f"chart.kind.{split.kind}"),
        "boundary": split.boundary and boundary_name(split.boundary, t),
        "method": split.method,
    }
    return [
        text
        for field, text in said.items()
        if text and any(getattr(other, field) != getattr(split, field) for other in others)
    ]


def _key(split: Split) -> str:
    """What names the elements and the file of a group and no other of the place; people write boundary and
    method as they like, so those are in it as a digest."""
    dimensions, source, currency, kind, *free = _sort(split)
    digest = sha256("\x1f".join(free).encode()).hexdigest()[:8] if any(free) else ""
    return "-".join(filter(None, (*dimensions, source, currency, kind, digest)))


def _laid_out(split: Split) -> bool:
    """Whether the parts can be laid end to end: amounts, shares of one whole, or numerators on one base."""
    return split.basis != "numerators" or len({member.denominator for member in split.members}) == 1


def _written(value: float, split: Split, quantity: Quantity) -> str:
    """A sum of parts in words; numerators are plain counts, whatever the unit of the percentage."""
    return quantity.t.number(value) if split.basis == "numerators" else quantity.written(value)


def _said(group: Group, quantity: Quantity, visit: Visit) -> tuple[list[str], list[str]]:
    """What does not add up and must be looked at, and what else is to be said of the periods."""
    t = visit.t
    problems: list[str] = []
    rest: list[str] = []
    added = 0
    for one in group:
        period = t.period(one.period)
        total = _written(one.total or 0.0, one, quantity)
        whole = "" if one.whole is None else _written(one.whole, one, quantity)
        if one.surplus is not None:
            amounts = {"total": total, "more": _written(one.surplus, one, quantity), "whole": whole}
            if one.missing:
                problems.append(t("split.too_much_known", period=period, count=one.missing, **amounts))
            else:
                problems.append(t("split.too_much", period=period, **amounts))
        elif one.code == "incomplete":
            code = "split.part_missing" if whole else "split.part_missing_no_whole"
            rest.append(t(code, period=period, count=one.missing, total=total, whole=whole))
        elif one.unassigned is not None:
            left = _written(one.unassigned, one, quantity)
            rest.append(t("split.left_over", period=period, total=total, left=left, whole=whole))
        elif one.code == "no_whole":
            rest.append(f"{period}: {t('split.no_whole')}")
        else:
            added += 1
    if added == len(group):
        rest.append(t("split.all", count=added))
    elif added:
        rest.append(t("split.others", count=added))
    return problems, rest


def _draw(
    group: Group, parts: Sequence[str], quantity: Quantity, place: Place, name: str, said: str, key: str,
    visit: Visit,
) -> None:  # fmt: skip
    """A bar a period, and the key of its parts."""
    t = visit.t
    numbers = {part: number for number, part in enumerate(parts, start=1)}
    bars = [
        Bar(
            t.period(one.period),
            tuple(
                Slice(
                    numbers[member.part],
                    size,
                    f"{part_words(member.part, t)}, {t.period(one.period)}: {_written(size, one, quantity)}",
                )
                for member in sorted(one.members, key=lambda m: numbers[m.part])
                if (size := _size(member, one)) is not None and size > 0
            ),
            one.whole,
            one.unassigned,
            f"{t('split.unassigned')}: {_written(one.unassigned or 0.0, one, quantity)}",
        )
        for one in group
    ]
    highest = max(max(sum(s.value for s in bar.slices), bar.whole or 0.0) for bar in bars)
    pictures = [
        stacked_bars(
            bars, lambda v: quantity.tick(v, highest), parts=len(parts), whole=quantity.whole, width=width,
            title=name, alternative=said, language=t.language,
            role="home" if place == visit.home else "reference-4",
        )
        for width in (WIDE, NARROW)
    ]  # fmt: skip
    lines = [
        f"<li><span><b>{number}</b></span>{escape(_name(part, visit))}</li>"
        for part, number in numbers.items()
    ]
    if any(one.unassigned for one in group):
        lines.append(f'<li><span class="line"></span>{escape(t("split.unassigned_key"))}</li>')
    if any(one.whole is not None for one in group):
        lines.append(f'<li><span class="upright"></span>{escape(t("split.whole_key"))}</li>')
    draw_markup(
        f'<figure><div class="chart-still"><div class="chart-wide">{pictures[0]}</div>'
        f'<div class="chart-narrow">{pictures[1]}</div></div></figure>'
        f'<ul class="chart-key">{"".join(lines)}</ul>',
        key,
    )
    unit = quantity.axis_label(highest)
    st.html(markup.paragraph(t("split.reads", unit=unit) if unit else t("split.reads_plain"), "small"))


def _name(part: str, visit: Visit) -> str:
    """A part as it stands on its own, with a capital."""
    words = part_words(part, visit.t)
    return words[:1].upper() + words[1:]


def _size(member: Member, split: Split) -> float | None:
    """How long a part is drawn: what is added up."""
    return member.numerator if split.basis == "numerators" else member.value


def _table(
    group: Group, parts: Sequence[str], quantity: Quantity, name: str, said: str, visit: Visit
) -> ChartSpec:
    """A row a period: every part, what is in none, the sum, the whole, and whether they agree."""
    t = visit.t
    rows: list[tuple[str, ...]] = []
    keys: list[tuple[Key, ...]] = []
    for one in group:
        by_part = {member.part: member for member in one.members}
        sums = (one.unassigned, one.total, one.whole)
        cells = [_cell(by_part.get(part), quantity, visit) for part in parts]
        cells += ["" if value is None else _written(value, one, quantity) for value in sums]
        rows.append((t.period(one.period), *cells, _verdict(one, visit)))
        anchor = one.period.anchor
        sizes = [by_part[part].value if part in by_part else None for part in parts]
        keys.append((anchor.isoformat() if anchor else "", *sizes, *sums, rows[-1][-1]))
    columns = [t("column.period"), *(_name(part, visit) for part in parts)]
    columns += [t(f"split.column.{column}") for column in ("unassigned", "total", "whole", "adds_up")]
    return ChartSpec(
        title=name, sentence=said, alternative=said, language=t.language, axis="calendar", x_label="",
        y_label="", x_range=(0.0, 1.0), y_range=(0.0, 1.0), x_ticks=(), y_ticks=(), columns=tuple(columns),
        rows=tuple(rows), keys=tuple(keys), unit=quantity.words(quantity.unit, quantity.currency),
        mark=t("chart.invented") if visit.world.profile.invented else "",
    )  # fmt: skip


def _cell(member: Member | None, quantity: Quantity, visit: Visit) -> str:
    """A part in words: its value, and for a percentage what it is made of (F10)."""
    t = visit.t
    if member is None:
        return ""
    if member.value is None:
        return t(f"missing.{member.missing_reason}") if member.missing_reason else t("word.none")
    value = quantity.written(member.value, member.qualifier)
    if member.numerator is None or member.denominator is None:
        return value
    return t("split.made_of", value=value, above=member.numerator, below=member.denominator)


def _verdict(one: Split, visit: Visit) -> str:
    if one.surplus is not None:
        return visit.t("split.word.too_much")
    if one.code == "differs":
        return visit.t("split.word.left_over")
    return visit.t(f"split.word.{one.code}")
