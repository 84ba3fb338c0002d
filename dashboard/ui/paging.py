"""Long lists a page at a time; the address says which."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import address, markup
from dashboard.ui.session import Visit

_MOST = 1_000_000


def first_shown(total: int, size: int) -> int:
    """How many stand before the page of the address, which goes no further than there is something on it."""
    return (_page(total, size) - 1) * size


def turn(total: int, size: int, visit: Visit) -> None:
    """What is shown of how many, and the way back and on; nothing where one page holds all."""
    t = visit.t
    if total <= size:
        return
    page = _page(total, size)
    first, last = (page - 1) * size + 1, min(page * size, total)
    st.html(markup.paragraph(t("paging.shown", first=first, last=last, count=total), "small"))
    with st.container(horizontal=True):
        st.button(t("paging.earlier"), disabled=page == 1, on_click=address.write, kwargs={"page": page - 1})
        st.button(
            t("paging.later"), disabled=last == total, on_click=address.write, kwargs={"page": page + 1}
        )


def _page(total: int, size: int) -> int:
    return min(address.number("page", 1, _MOST) or 1, max(1, -(-total // size)))
