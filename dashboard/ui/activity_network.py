"""Who works with whom, and whether it goes both ways (N9)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.analysis.ties import Network, Reciprocity, Tie, network
from dashboard.charts.layout import NARROW, WIDE
from dashboard.charts.tie_picture import Partner, tie_picture
from dashboard.domain.activity import Activity
from dashboard.ui import activity_list, frame, markup
from dashboard.ui.chart_element import draw_markup
from dashboard.ui.session import Visit


def ties(found: Sequence[Activity], visit: Visit) -> None:
    """The ties as a sentence, a picture and tables, with what they do not show."""
    t = visit.t
    made = network(found, visit.home.slug)
    st.html(markup.paragraph(t("activities.ties_rule"), "small"))
    if not made.ties:
        st.html(markup.paragraph(t("activities.no_ties"), "none"))
    else:
        st.html(markup.paragraph(_sentence(made, visit), "lead"))
        _draw(made, visit)
        st.html(markup.paragraph(t("activities.ties_reads", city=visit.home.name), "small"))
        _figures(made, visit)
        _table(made.ties, made, t("activities.ties_caption"), visit)
    if made.contacts:
        _table(made.contacts, made, t("activities.contacts_caption"), visit)
    st.html(markup.paragraph(t("activities.ties_limits", city=visit.home.name), "small"))


def _sentence(made: Network, visit: Visit) -> str:
    """What the picture shows: how many, how many go both ways, of how many it is not known."""
    t = visit.t
    both, unknown = made.with_reciprocity(Reciprocity.BOTH), made.with_reciprocity(Reciprocity.UNKNOWN)
    said = t("activities.ties_sentence", city=visit.home.name, count=len(made.ties), both=both)
    return f"{said} {t('activities.ties_unknown', count=unknown)}" if unknown else said


def _draw(made: Network, visit: Visit) -> None:
    t = visit.t
    partners = [
        Partner(
            tie.partner, _name(tie.partner, visit), len(tie.records), tie.reciprocity.value,
            t("activities.tie_said", place=_name(tie.partner, visit), count=len(tie.records),
              way=t(f"activities.way.{tie.reciprocity}", city=visit.home.name)),
        )
        for tie in made.ties
    ]  # fmt: skip
    alternative = _sentence(made, visit)
    pictures = [
        tie_picture(
            t.text(visit.home.name), partners, made.together, title=t("activities.ties_title"),
            alternative=alternative, language=t.language, width=width,
        )
        for width in (WIDE, NARROW)
    ]  # fmt: skip
    draw_markup(
        f'<figure><div class="chart-still"><div class="chart-wide">{pictures[0]}</div>'
        f'<div class="chart-narrow">{pictures[1]}</div></div></figure>',
        "activity-ties",
    )


def _figures(made: Network, visit: Visit) -> None:
    """The four counts of N9; shares are left to the reader where there are few ties (N18)."""
    t = visit.t
    alive, told = made.surviving(visit.stamp.day)
    total = t.number(len(made.ties))
    of = [
        ("both", made.with_reciprocity(Reciprocity.BOTH), total),
        ("outside_europe", made.outside_europe(visit.world.places), total),
        ("alive", alive, t.number(told)),
    ]
    pairs = [(t("activities.tie.partners"), total)]
    pairs += [(t(f"activities.tie.{name}"), t("activities.of", part=n, whole=all_)) for name, n, all_ in of]
    st.html(markup.facts(pairs))


def _table(listed: Sequence[Tie], made: Network, caption: str, visit: Visit) -> None:
    t = visit.t
    rows = []
    for tie in listed:
        alive = tie.alive(visit.stamp.day)
        told = t("activities.too_early") if alive is None else t("word.yes" if alive else "word.no")
        others = [
            _name(other, visit)
            for pair in made.together
            if tie.partner in pair
            for other in pair
            if other != tie.partner
        ]
        rows.append([
            frame.anchor("activities", _name(tie.partner, visit), place=tie.partner),
            t.number(len(tie.records)),
            escape(t(f"activities.way.{tie.reciprocity}", city=visit.home.name)),
            " / ".join(t.number(tie.stating(word)) for word in ("outgoing", "incoming", "mutual")),
            escape(" – ".join(dict.fromkeys(str(day.year) for day in (tie.first, tie.last) if day))),
            escape(told),
            escape(t.list(others)) if others else "",
        ])  # fmt: skip
    names = ("place", "records", "way_head", "directions", "years", "alive", "together")
    columns = [t("column.place"), *(t(f"activities.tie_column.{name}") for name in names[1:])]
    st.html(activity_list.table(columns, rows, caption, numbers=(1,)))


def _name(slug: str, visit: Visit) -> str:
    place = visit.world.places.get(slug)
    return visit.t.text(place.name) if place else slug
