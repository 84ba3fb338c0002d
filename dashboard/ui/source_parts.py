"""The parts of the sources page."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.catalogue import Source
from dashboard.ui import address, cached, markup
from dashboard.ui.session import Visit


def listing(visit: Visit) -> None:
    """All sources, or those whose words contain the search."""
    t = visit.t
    st.session_state["q"] = address.read("q")
    st.text_input(t("sources.search"), key="q", on_change=_search)
    cited = cached.citations(visit.stamp)
    wanted = address.read("q").casefold()
    found = [s for s in visit.world.sources.values() if wanted in _words(s).casefold()]
    found.sort(key=lambda source: (-cited.get(source.key, 0), t.sort_key(source.title)))
    st.html(markup.paragraph(t("sources.found", count=len(found)), "small"))
    rows = [
        [
            source.title,
            t.number(cited.get(source.key, 0)),
            t(f"verified.{source.verified or 'unknown'}"),
            source.licence,
            " ".join(filter(None, [source.address, source.archived_address])),
            source.note,
        ]
        for source in found
    ]
    names = ("source", "values", "verified", "licence", "address", "note")
    told = [i for i, _ in enumerate(names) if i < 2 or any(row[i] for row in rows)]
    st.html(
        markup.table(
            [t(f"column.{names[i]}") for i in told], [[row[i] for i in told] for row in rows],
            numbers=[1], linked=[told.index(4)] if 4 in told else [],
        )
    )  # fmt: skip


def _words(source: Source) -> str:
    return " ".join((source.title, source.producer, source.address, source.note, source.key))


def _search() -> None:
    address.write(q=st.session_state["q"].strip())
