"""Where things happened and with whom: a map, and the table that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.analysis.register import counted
from dashboard.charts.layout import NARROW, WIDE
from dashboard.charts.world_map import WORLD, Spot, View, around, world_map
from dashboard.domain.activity import Activity, ActivityState
from dashboard.domain.catalogue import Place, PlaceKind
from dashboard.ui import activity_list, address, frame, markup, pickers
from dashboard.ui.chart_element import draw_markup
from dashboard.ui.session import Visit

AREAS = ("world", "near")


def places(found: Sequence[Activity], visit: Visit) -> None:
    """The places of the records as circles, how many have no coordinates, and the table."""
    t = visit.t
    standing = [a for a in counted(found) if a.state is not ActivityState.PLANNED]
    with_others = [a for a in standing if _others(a, visit)]
    counts = Counter(slug for a in with_others for slug in _others(a, visit))
    here = visit.world.places
    located = {slug: here[slug] for slug in counts if slug in here and here[slug].longitude is not None}
    st.html(
        markup.paragraph(
            t("activities.map_sentence", count=len(with_others), places=len(counts), all=len(standing)),
            "lead",
        )
    )
    if not counts:
        return
    if located:
        view = _view(visit)
        st.html(markup.paragraph(t("activities.map_reads", city=visit.home.name), "small"))
        _draw(located, counts, view, visit)
        _left_out(counts, located, view, visit)
    else:
        st.html(markup.paragraph(t("activities.no_map"), "none"))
    _table(counts, located, visit)


def _others(activity: Activity, visit: Visit) -> set[str]:
    """The other places of a record; a network of cities is not a place on a map."""
    here = visit.world.places
    around = {activity.place, *activity.partner_places} - {visit.home.slug}
    return {slug for slug in around if slug not in here or here[slug].kind is not PlaceKind.NETWORK}


def _view(visit: Visit) -> View:
    """The world, or what lies near the home city, where it is known where that is."""
    t, home = visit.t, visit.home
    area = address.one_of("area", AREAS)
    if home.longitude is None or home.latitude is None:
        return WORLD
    st.session_state["area"] = area
    st.segmented_control(
        t("activities.area.label"), AREAS, key="area", required=True, on_change=pickers.write,
        args=("area",), format_func=lambda one: t(f"activities.area.{one}", city=home.name),
    )  # fmt: skip
    return around(home.longitude, home.latitude) if area == "near" else WORLD


def _draw(located: dict[str, Place], counts: Counter[str], view: View, visit: Visit) -> None:
    t, home = visit.t, visit.home
    spots = [_spot(place, counts[slug], visit) for slug, place in located.items()]
    if home.longitude is not None:
        spots.append(_spot(home, 0, visit))
    most = counts.most_common(3)
    named = t.list([f"{t.text(visit.world.places[slug].name)} ({n})" for slug, n in most])
    alternative = t("activities.map_alternative", places=named)
    pictures = [
        world_map(
            spots, view, title=t("activities.map_title"), alternative=alternative, language=t.language,
            width=width,
        )
        for width in (WIDE, NARROW)
    ]  # fmt: skip
    draw_markup(
        f'<figure><div class="chart-still"><div class="chart-wide">{pictures[0]}</div>'
        f'<div class="chart-narrow">{pictures[1]}</div></div></figure>'
        f'<p class="small">{escape(t("activities.map_source"))}</p>',
        "activity-map",
    )


def _spot(place: Place, count: int, visit: Visit) -> Spot:
    t = visit.t
    home = place.slug == visit.home.slug
    name = t.text(place.name)
    said = name if home else t("activities.spot", place=name, count=count)
    return Spot(name, place.longitude or 0.0, place.latitude or 0.0, count, said, home)


def _left_out(counts: Counter[str], located: dict[str, Place], view: View, visit: Visit) -> None:
    """What the picture does not show, said aloud."""
    t = visit.t
    unlocated = [slug for slug in counts if slug not in located]
    outside = [s for s, p in located.items() if not view.holds(p.longitude or 0.0, p.latitude or 0.0)]
    lines = []
    if unlocated:
        names = t.list([_name(slug, visit) for slug in pickers.by_name(visit, unlocated)])
        lines.append(t("activities.no_coordinates", places=names, count=len(unlocated)))
    if outside:
        names = t.list([_name(slug, visit) for slug in pickers.by_name(visit, outside)])
        lines.append(t("activities.outside", places=names, count=len(outside)))
    if lines:
        st.html("".join(markup.paragraph(line, "small") for line in lines))


def _table(counts: Counter[str], located: dict[str, Place], visit: Visit) -> None:
    t = visit.t
    rows = []
    for slug, count in counts.most_common():
        place = visit.world.places.get(slug)
        name = frame.anchor("activities", _name(slug, visit), place=slug)
        country = t.country(place.country) if place and place.country else t("word.none")
        rows.append(
            [name, escape(country), t.number(count), escape(t("word.yes" if slug in located else "word.no"))]
        )
    columns = [t("column.place"), t("activities.country"), t("activities.records"), t("activities.on_map")]
    st.html(activity_list.table(columns, rows, t("activities.map_caption"), numbers=(2,)))


def _name(slug: str, visit: Visit) -> str:
    place = visit.world.places.get(slug)
    return visit.t.text(place.name) if place else slug
