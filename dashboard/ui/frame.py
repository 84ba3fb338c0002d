"""What stands around every page: navigation, the city's name, language, "as known at", standing notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.config import ROOT
from dashboard.domain.period import Precision
from dashboard.domain.roles import Permission
from dashboard.errors import DashboardError, StoreError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui import address, markup, session
from dashboard.ui.board import Headline
from dashboard.ui.session import Visit

PAGES = (
    ("overview", Permission.READ),
    ("claim", Permission.READ),
    ("indicator", Permission.READ),
    ("compare", Permission.READ),
    ("sdg", Permission.READ),
    ("enter", Permission.RECORD),
    ("review", Permission.READ_SUBMITTED),
    ("sources", Permission.READ),
    ("about", Permission.READ),
)
"""Slugs in the order of the navigation; they stay when the language changes, so that links survive."""

_STYLE = Path(__file__).parent / "assets" / "dashboard.css"


def page_path(slug: str) -> Path:
    return ROOT / "pages" / f"{slug}.py"


def navigation(t: Translator) -> st.Page:
    """The pages this person may open, along the top; the one to run."""
    actor = session.current_actor()
    pages = [
        st.Page(page_path(slug), title=t(f"page.{slug}"), url_path=slug, default=slug == "overview")
        for slug, permission in PAGES
        if actor.may(permission)
    ]
    return st.navigation(pages, position="top")


def link(slug: str, label: str, **choices: str) -> None:
    """A link to a page within the application; language and "as known at" come along."""
    kept = {name: address.read(name) for name in address.STICKY if address.read(name)}
    st.page_link(page_path(slug), label=label, query_params={**kept, **choices})


def href(slug: str, **choices: str) -> str:
    """The address of a page, for links inside finished HTML."""
    kept = {name: address.read(name) for name in address.STICKY if address.read(name)}
    query = urlencode({**kept, **choices})
    path = "" if slug == "overview" else slug
    return f"/{path}" + (f"?{query}" if query else "")


def head(visit: Visit) -> None:
    """The row above each page: whose dashboard it is, as of when, and in which language."""
    t = visit.t
    with st.container(key="frame-head", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="brand">{escape(t("frame.brand", city=visit.home.name))}</p>', width="stretch")
        _known_at(visit)
        _language(t)
    notices(visit)


def notices(visit: Visit) -> None:
    """What must stand on a page all the time: invented figures, and a view of the past."""
    t = visit.t
    if visit.world.profile.invented:
        st.html(f'<p class="notice invented" role="note">{escape(t("frame.invented"))}</p>')
    if visit.known is not None:
        st.html(f'<p class="notice past" role="note">{escape(t("frame.past", day=visit.known))}</p>')


def foot(visit: Visit) -> None:
    """The line under each page: local mode, and the state of the store that is shown."""
    t = visit.t
    lines = [t("frame.revision", revision=str(visit.stamp.revision))]
    if visit.actor.local:
        lines.insert(0, t("frame.local"))
    st.html(f'<footer class="foot"><p>{escape(" ".join(lines))}</p></footer>')


def paragraph(text: str) -> str:
    """A leading paragraph under a title."""
    return markup.paragraph(text, "lead")


def designation_title(visit: Visit) -> str:
    """The title of the front page: the city, its field and since when."""
    t, home = visit.t, visit.home
    if home.designation is None:
        return t("overview.title_plain", city=home.name)
    fields = [t(f"field.{m.field}") for m in home.fields if m.valid_to is None]
    known = home.designation
    day = str(known.day.year) if known.precision is Precision.YEAR else t.date(known.day)
    return t("overview.title", city=home.name, field=t.list(fields), day=day)


def headlines(found: Sequence[Headline], t: Translator) -> None:
    """Three to five figures in plain words; an empty state where there is none."""
    if not found:
        st.html(markup.paragraph(t("overview.no_headlines"), "none"))
        return
    st.html(f'<div class="headlines">{"".join(one.markup for one in found)}</div>')


def _known_at(visit: Visit) -> None:
    t = visit.t
    label = (
        t("frame.known_now") if visit.known is None else t("frame.known_on", day=t.short_date(visit.known))
    )
    with st.popover(label, type="tertiary"):
        st.date_input(
            t("frame.known_at"), value=visit.known, max_value=session.today(), format="DD.MM.YYYY",
            key="known_at", on_change=_choose_known, help=t("frame.known_help"),
        )  # fmt: skip
        if visit.known is not None:
            st.button(t("frame.known_reset"), on_click=address.forget, args=("known",))


def _choose_known() -> None:
    day = st.session_state.get("known_at")
    if day is None:
        address.forget("known")
    else:
        address.write(known=day.isoformat())


def _language(t: Translator) -> None:
    st.session_state["language"] = t.language
    st.segmented_control(
        t("frame.language"), LANGUAGES, key="language", format_func=t.language_name,
        label_visibility="collapsed", on_change=_choose_language, required=True,
    )  # fmt: skip


def _choose_language() -> None:
    address.write(lang=st.session_state["language"])


@contextmanager
def boundary(t: Translator) -> Iterator[None]:
    """Turn a failed request into one plain sentence with a way back; everything else is the server's."""
    try:
        yield
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        if not isinstance(error, StoreError):
            for name in address.STICKY:
                if error.params.get("name") == name or error.key.endswith(f".{name}"):
                    address.forget(name)
            link("overview", t("frame.way_back"))


def style() -> None:
    """The one style sheet, for what the theme cannot say."""
    st.html(_STYLE)
