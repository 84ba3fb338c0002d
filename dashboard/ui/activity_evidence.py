"""What a record of the register stands on: its source, and the files and links attached to it (F52, F58)."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.domain.activity import Activity
from dashboard.domain.evidence import Stance
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.commands.evidence import attach_to_activity
from dashboard.store.engine import reading
from dashboard.store.queries.entry_drafts import load_entry
from dashboard.store.queries.evidence import RecordDocument, load_activity_documents
from dashboard.store.work import UnitOfWork
from dashboard.ui import activity_list, cached, deciding, evidence_form, markup
from dashboard.ui.deciding import Sentence
from dashboard.ui.session import Visit


def evidence(shown: Activity, keeps: bool, visit: Visit) -> None:
    """The source with its address and archived copy, everything that was attached, and for those who keep
    the register the way to attach more."""
    t = visit.t
    st.header(t("activities.evidence"), anchor=False)
    source = visit.world.sources.get(shown.source)
    if source is None:
        st.html(markup.paragraph(t("activities.no_source"), "none"))
    else:
        row = [escape(source.title), *map(markup.with_links, (source.address, source.archived_address))]
        columns = [t("column.source"), t("column.address"), t("activities.archived")]
        st.html(activity_list.table(columns, [row], t("activities.source_caption")))
    found = attached(shown.key, visit)
    for stance in Stance:
        documents = [one for one in found if one.stance is stance]
        if documents:
            st.subheader(t(f"evidence.{stance}"), anchor=False)
        for position, one in enumerate(documents):
            notes = (t.text(one.note), t("document.late") if one.late else "")
            evidence_form.handed_out(
                one.document, one.actor, one.recorded_at, f"{stance}-{position}", visit, *notes
            )
    if not found:
        st.html(markup.paragraph(t("activities.nothing_attached"), "none"))
    if keeps:
        _attach(shown.key, visit)


def attached(key: str, visit: Visit) -> tuple[RecordDocument, ...]:
    """The documents of a record that this person may see, as of the day they look at."""
    with reading(cached.engine()) as connection:
        return load_activity_documents(connection, visit.actor, visit.stamp.scope, key)


def _attach(key: str, visit: Visit) -> None:
    """Files and links, what they say of the record, and the button that attaches them."""
    t = visit.t
    form = f"documents:{key}"

    def key_of(name: str) -> str:
        return deciding.key(f"{name}@{form}")

    def keep() -> None:
        keep_entry(cached.engine(), visit.actor, form, _typed(key_of("")))

    _offer_kept(form, key_of("/kept"), key_of(""), visit)
    documents = evidence_form.documents(key_of)
    with st.expander(t("activities.attach_title"), expanded=bool(documents)):
        evidence_form.inputs(key_of, keep, visit)
        stance = st.selectbox(
            t("activities.attach_stance"), list(Stance), key=deciding.key("attach-stance"),
            format_func=lambda one: t(f"activities.stance.{one}"),
        )  # fmt: skip
        unadded = evidence_form.problems_of(key_of)
        pressed = st.button(t("activities.attach"), disabled=not documents, key="attach", type="primary")
        for problem in unadded:
            st.warning(t(f"problem.{problem.code}", **problem.params))
    if not pressed or unadded:
        return

    def attach(work: UnitOfWork) -> Sentence:
        new = attach_to_activity(work, key, documents, stance or Stance.CONTEXT)
        return ("activities.done.attach", {"count": new}) if new else ("activities.done.attached", {})

    deciding.carry_out(visit, attach, lambda: forget_entry(cached.engine(), visit.actor, form))


def _typed(ending: str) -> dict[str, Any]:
    """What stands in the fields, which all have this ending."""
    return {
        str(name).removesuffix(ending): value
        for name, value in st.session_state.items()
        if str(name).endswith(ending) and not str(name).startswith("/")
    }


def _offer_kept(form: str, looked: str, ending: str, visit: Visit) -> None:
    """Once a round, what was added before and never attached comes back: a closed tab loses no file."""
    if st.session_state.get(looked):
        return
    st.session_state[looked] = True
    with reading(cached.engine()) as connection:
        kept = load_entry(connection, visit.actor, form)
    for name, value in (kept.payload if kept else {}).items():
        st.session_state[f"{name}{ending}"] = value
