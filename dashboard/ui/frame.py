"""What stands around every page: navigation, the city's name, language, "as known at", standing notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.config import ROOT
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import DashboardError, StoreError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.ui import address, markup, session
from dashboard.ui.session import Visit

PAGES = (
    ("overview", Permission.READ),
    ("claim", Permission.READ),
    ("indicator", Permission.READ),
    ("compare", Permission.READ),
    ("activities", Permission.READ),
    ("sdg", Permission.READ),
    ("briefing", Permission.READ),
    ("report", Permission.READ),
    ("promises", Permission.READ),
    ("enter", Permission.RECORD),
    ("import", Permission.IMPORT),
    ("review", Permission.READ_SUBMITTED),
    ("catalogue", Permission.READ),
    ("sources", Permission.READ),
    ("about", Permission.READ),
)
"""Slugs in the order of the navigation; they stay when the language changes, so that links survive."""

FRONT = "overview"
GROUPS = (
    ("results", ("claim", "indicator", "compare", "activities", "sdg")),
    ("reports", ("briefing", "report", "promises")),
    ("registration", ("enter", "import", "review")),
    ("background", ("catalogue", "sources", "about")),
)
"""The menu behind the front page. On a wide screen the first group lies open, the others unfold."""
_FILES = {"import": "import_file"}
"""Pages whose slug no module of Python's can be called by."""


_TITLED = "_titled"


def page_path(slug: str) -> Path:
    return ROOT / "pages" / f"{_FILES.get(slug, slug)}.py"


def navigation(t: Translator) -> st.Page:
    """The page that the address names; Streamlit's own menu stays hidden, `menu` is ours."""
    pages = [
        st.Page(page_path(slug), title=t(f"page.{slug}"), url_path=slug, default=slug == FRONT)
        for slug in _open_to(session.current_actor())
    ]
    return st.navigation(pages, position="hidden")


def _open_to(actor: Actor) -> list[str]:
    return [slug for slug, permission in PAGES if actor.may_somewhere(permission)]


def href(slug: str, **choices: str) -> str:
    """The address of a page within the application; language and "as known at" come along."""
    kept = {name: address.read(name) for name in address.STICKY if address.read(name)}
    query = urlencode({**kept, **choices})
    path = "" if slug == FRONT else slug
    return f"/{path}" + (f"?{query}" if query else "")


def link(slug: str, label: str, **choices: str) -> None:
    """A line with a link to a page within the application."""
    st.html(go(slug, label, **choices))


def go(slug: str, label: str, **choices: str) -> str:
    """A line with a link to a page, for finished HTML."""
    return f'<p class="go">{anchor(slug, label, **choices)}</p>'


def anchor(slug: str, label: str, **choices: str) -> str:
    """A link to a page, for finished HTML."""
    return f'<a href="{escape(href(slug, **choices))}">{escape(label)}</a>'


def menu(t: Translator, slug: str) -> None:
    """The row above each page: whose dashboard it is, its pages, the language, and as of when.

    One piece of finished HTML: it stands before the page is known to work, needs no part of Streamlit's in
    the browser, and the links to the other language make the document speak it too.
    """
    brand = t("frame.brand", city=home) if (home := session.home_name()) else t("server.title_plain")
    st.html(
        f'<div class="frame"><a class="skip" href="#content">{escape(t("frame.skip"))}</a>'
        f'<div class="frame-head"><p class="brand">{escape(brand)}</p>'
        f"{_known_at(t, slug)}{_languages(t, slug)}</div>"
        f'<nav aria-label="{escape(t("frame.pages"))}"><ul>{_groups(t, slug)}</ul></nav></div>'
        '<div id="content" tabindex="-1"></div>'
    )


def _groups(t: Translator, slug: str) -> str:
    """The front page and the groups of the menu, each a `details` of the browser's own: it works with a
    keyboard and without a script, and of those with one name only one is open."""
    may_open = _open_to(session.current_actor())
    listed = f"<li>{_page(t, FRONT, slug)}</li>"
    for group, slugs in GROUPS:
        if pages := [one for one in slugs if one in may_open]:
            here = ' aria-current="true"' if slug in pages else ""
            inner = "".join(f"<li>{_page(t, one, slug)}</li>" for one in pages)
            listed += (
                f'<li class="{group}"><details name="pages"><summary{here}>{escape(t(f"frame.{group}"))}'
                f"</summary><ul>{inner}</ul></details></li>"
            )
    return listed


def _page(t: Translator, one: str, slug: str) -> str:
    return _choice(href(one), t(f"page.{one}"), one == slug)


def _choice(to: str, label: str, current: bool, language: str = "") -> str:
    """A link of the frame. One to another language says so, in that language."""
    spoken = f' lang="{language}" hreflang="{language}"' if language else ""
    here = ' aria-current="page"' if current else ""
    return f'<a href="{escape(to)}"{spoken}{here}>{escape(label)}</a>'


def _here(slug: str, without: str, **choices: str) -> str:
    """The address of the page as it is, one choice left out or made otherwise."""
    kept = {name: value for name, value in st.query_params.items() if name != without}
    query = urlencode(kept | choices)
    return href(slug).partition("?")[0] + (f"?{query}" if query else "")


def _languages(t: Translator, slug: str) -> str:
    """The same view in each language; a change of language loads a document of that language."""
    links = "".join(
        f"<li>{_choice(_here(slug, 'lang', lang=one), t.language_name(one), one == t.language, one)}</li>"
        for one in LANGUAGES
    )
    return f'<ul class="languages" aria-label="{escape(t("frame.language"))}">{links}</ul>'


def _known_at(t: Translator, slug: str) -> str:
    """As of which day the page shows the store, and the field to choose another."""
    known = session.known_at_or_none()
    label = t("frame.known_now") if known is None else t("frame.known_on", day=t.short_date(known))
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in st.query_params.items()
        if name != "known"
    )
    back = _choice(_here(slug, "known"), t("frame.known_reset"), False) if known else ""
    return (
        f'<details class="known"><summary>{escape(label)}</summary>'
        f'<form method="get" action="{href(slug).partition("?")[0]}">{kept}'
        f"<label>{escape(t('frame.known_at'))} "
        f'<input type="date" name="known" required max="{session.today()}" value="{known or ""}"></label>'
        f'<p class="small">{escape(t("frame.known_help"))}</p>'
        f'<button type="submit">{escape(t("frame.known_show"))}</button> {back}</form></details>'
    )


def head(visit: Visit) -> None:
    """What must stand on a page all the time: invented figures, and a view of the past."""
    t, said = visit.t, ""
    if visit.world.profile.invented:
        said += f'<p class="notice invented" role="note">{escape(t("frame.invented"))}</p>'
    if visit.known is not None:
        said += f'<p class="notice past" role="note">{escape(t("frame.past", day=visit.known))}</p>'
    if said:
        st.html(said)


def titled(title: str, visit: Visit, section: str = "") -> None:
    """The one title of a page, which the window and the history of the browser bear too.

    `section` is the name of the page where the title is the thing that was chosen on it.
    """
    t = visit.t
    if section:
        st.html(f'<p class="section">{escape(section)}</p>')
    st.session_state[_TITLED] = True
    st.title(title, anchor=False)
    st.set_page_config(page_title=f"{title} · {t.text(visit.home.name)}")


def foot(visit: Visit) -> None:
    """The line under each page."""
    st.html(footer(visit))


def footer(visit: Visit) -> str:
    """Local mode, and the state of the store that is shown."""
    t = visit.t
    lines = [t("frame.revision", revision=str(visit.stamp.revision))]
    if visit.actor.local:
        lines.insert(0, t("frame.local"))
    return f'<footer class="foot"><p>{escape(" ".join(lines))}</p></footer>'


def paragraph(text: str) -> str:
    """A leading paragraph under a title."""
    return markup.paragraph(text, "lead")


@contextmanager
def boundary(t: Translator, slug: str) -> Iterator[None]:
    """Turn a failed request into one plain sentence, the nearest choices that can be, and a way back;
    everything else is the server's."""
    st.session_state[_TITLED] = False
    try:
        yield
    except DashboardError as error:
        if not st.session_state[_TITLED]:
            st.title(t("frame.refused"), anchor=False)
        st.error(t(error.key, **error.params))
        if near := _nearest(error, slug):
            st.html(markup.links(near, beside=True))
        if not isinstance(error, StoreError):
            for name in address.STICKY:
                if error.params.get("name") == name or error.key.endswith(f".{name}"):
                    st.query_params.pop(name, None)
            link("overview", t("frame.way_back"))


def _nearest(error: DashboardError, slug: str) -> list[str]:
    """Links to the same page with what was meant, by name; none for a choice of several."""
    name = error.key.removeprefix("error.address.")
    if name not in ("claim", "indicator", "place") or name == error.key:
        return []
    names = session.names(name)
    options = str(error.params.get("instead", "")).split(", ")
    return [_choice(_here(slug, name, **{name: one}), names[one], False) for one in options if one in names]
