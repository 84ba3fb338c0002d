"""The parts of the front page: few pieces of finished HTML, since a page costs what its elements cost."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.domain.period import Precision
from dashboard.i18n import Translator
from dashboard.ui import board, frame, markup
from dashboard.ui.board import Headline
from dashboard.ui.session import Visit


def title(visit: Visit) -> str:
    """The city, its field and since when."""
    t, home = visit.t, visit.home
    if home.designation is None:
        return t("overview.title_plain", city=home.name)
    fields = [t(f"field.{m.field}") for m in home.fields if m.valid_to is None]
    known = home.designation
    day = str(known.day.year) if known.precision is Precision.YEAR else t.date(known.day)
    return t("overview.title", city=home.name, field=t.list(fields), day=day)


def opening(visit: Visit) -> None:
    """What the page is, and three to five figures in plain words (F64)."""
    t = visit.t
    found = board.headlines(visit.stamp, t.language)
    st.html(frame.paragraph(t("overview.lead")) + headlines(found, t))


def headlines(found: Sequence[Headline], t: Translator) -> str:
    """The figures beside each other; an empty state where there is none."""
    if not found:
        return markup.paragraph(t("overview.no_headlines"), "none")
    return f'<div class="headlines">{"".join(one.markup for one in found)}</div>'


def claims(visit: Visit) -> None:
    """Each claim beside its evidence (N14), how to read it, and the line under the page."""
    t = visit.t
    rows = "".join(
        f'<section class="card">{row.markup}{frame.go("claim", row.link, claim=row.claim)}</section>'
        for row in board.rows(visit.stamp, t.language)
    )
    rule = f"<details><summary>{escape(t('overview.rule'))}</summary>{board.legend(t)}</details>"
    st.html(rows + rule + frame.footer(visit))
