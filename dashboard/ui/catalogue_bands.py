"""Setting and showing the limits between red, amber and green of an indicator (F8)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.domain.bands import Bands, check_bands, unsuitable
from dashboard.domain.catalogue import Indicator
from dashboard.intake.bands_form import NUMERIC, read_bands, typed_bands
from dashboard.store.commands import set_bands
from dashboard.store.engine import reading
from dashboard.store.queries import Scope
from dashboard.store.queries.bands import load_band_versions
from dashboard.store.queries.definition_history import Version
from dashboard.store.work import UnitOfWork
from dashboard.ui import cached, catalogue_touches, frame, light_parts, markup
from dashboard.ui.catalogue_fields import band_groups
from dashboard.ui.catalogue_form import PREFIX, Form, Sentence, ask, conflict, preview, started, who
from dashboard.ui.session import Visit


def bands(of: Indicator, visit: Visit) -> None:
    """The two limits, asked for in the indicator's unit; both left empty is that there are no colours."""
    t = visit.t
    with reading(cached.engine()) as connection:
        versions = load_band_versions(connection, Scope(), of.code)
    before = versions[0].item if versions else None
    if before is None and unsuitable(of):
        st.html(markup.paragraph(t(f"problem.{unsuitable(of)}"), "none"))
        return
    texts = {v.number: typed_bands(v.item, visit.world.currency, t) for v in versions}
    form = Form(
        name=f"{PREFIX}bands:{of.code}",
        groups=band_groups(of, visit),
        standing=typed_bands(before, visit.world.currency, t),
        version=versions[0].number if versions else 0,
        numeric=NUMERIC,
        begun=texts.get,
        meanwhile=who(versions, visit),
    )
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = read_bands(state.typed, t, of)
    if state.step == "fields" or read.problems:
        st.html(markup.paragraph(t("catalogue.bands_why")))
        ask(form, state, read.problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        set_bands(work, of.code, read.item, state.based_on, reason)
        return ("catalogue.done.bands" if read.item else "catalogue.done.bands_away"), {"name": of.name}

    preview(form, state, catalogue_touches.of_bands(before, read.item, of, visit), save, visit)


def shown(one: Indicator, versions: Sequence[Version[Bands | None]], visit: Visit, may: bool) -> None:
    """The limits that stand, whether they still fit, and every version of them."""
    t = visit.t
    st.header(t("catalogue.lights"), anchor=False)
    standing = versions[0].item if versions else None
    if standing is None:
        st.html(markup.paragraph(t("catalogue.no_lights"), "none"))
    else:
        st.html(markup.paragraph(light_parts.limits(standing, one, t)))
        for problem in check_bands(standing, one):
            st.html(markup.paragraph(t(f"problem.{problem.code}", **problem.params), "caveat"))
    if versions:
        columns = [t(f"column.{name}") for name in ("version", "recorded", "actor", "why", "changed")]
        st.html(markup.table(columns, [_row(version, one, visit) for version in versions]))
    if may and (standing is not None or not unsuitable(one)):
        anchor = frame.anchor("catalogue", t("catalogue.do.indicator_bands"), indicator=one.code, do="bands")
        st.html(markup.links([anchor]))


def _row(version: Version[Bands | None], one: Indicator, visit: Visit) -> list[str]:
    t = visit.t
    moment = t.moment(version.recorded_at) if version.recorded_at else ""
    said = light_parts.limits(version.item, one, t) if version.item else t("catalogue.lights_taken_away")
    return [str(version.number), moment, version.actor, version.reason, said]
