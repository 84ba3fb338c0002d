"""A form of the catalogue: fields, then what the change touches, then the reason and the save.

Each field is kept on the server as soon as it is left, together with the version it was begun with. Where
somebody else has changed the thing meanwhile, both are shown and nothing is saved until the person has
chosen; what was typed is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from dashboard.domain.problem import Problem
from dashboard.errors import DashboardError, InvalidDraftsError, StaleDraftError
from dashboard.i18n import Translator
from dashboard.intake.definition_form import Typed, in_other_words
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.engine import reading
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.entry_drafts import load_entry
from dashboard.store.work import UnitOfWork, unit_of_work
from dashboard.ui import address, cached, markup
from dashboard.ui.catalogue_fields import Field, Group, changes
from dashboard.ui.session import Visit

EDGE = "page"
PREFIX = "catalogue:"
_ROUND = "catalogue_round"
_DONE = "catalogue_done"
_STALE = "catalogue_stale"
REASON = "reason"

Facts = list[tuple[str, str]]
Sentence = tuple[str, dict[str, Any]]
"""The key of a sentence, and what fills it."""


@dataclass(frozen=True)
class Form:
    """One thing that is made or changed. `name` is unique to it and names what is kept of it.

    `standing` are the texts of the newest `version` (0: there is none), `begun` gives the texts of an older
    one, `numeric` the fields that are written differently in the other language, `meanwhile` says who
    changed it last.
    """

    name: str
    groups: tuple[Group, ...]
    standing: Typed
    version: int
    numeric: Sequence[str] = ()
    begun: Callable[[int], Typed | None] = lambda version: None
    meanwhile: str = ""

    @property
    def fields(self) -> list[Field]:
        return [field for group in self.groups for field in group.fields]


@dataclass
class State:
    """What this session knows of a form that is being filled in."""

    typed: Typed
    based_on: int
    step: Literal["fields", "preview"] = "fields"
    touched: set[str] = field(default_factory=set)
    attempted: bool = False
    restored: bool = False


def who(versions: Sequence[Version[Any]], visit: Visit) -> str:
    """Who wrote the newest version, and when."""
    if not versions:
        return ""
    moment = versions[0].recorded_at
    return visit.t("review.by", actor=versions[0].actor, moment=moment or "")


def started(form: Form, visit: Visit) -> State:
    """What was typed of the form: in this session, else kept from an earlier one, else as it stands."""
    states: dict[str, State] = st.session_state.setdefault("catalogue_states", {})
    name = f"{form.name}@{visit.t.language}"
    if name not in states:
        with reading(cached.engine()) as connection:
            kept = load_entry(connection, visit.actor, form.name)
        states[name] = State(dict(form.standing), form.version)
        if kept is not None:
            before = Translator(str(kept.payload["language"]))
            typed = in_other_words(kept.payload["typed"], form.numeric, before, visit.t)
            states[name] = State(form.standing | typed, int(kept.payload["based_on"]), restored=True)
    return states[name]


def ask(form: Form, state: State, problems: Sequence[Problem], visit: Visit) -> None:
    """The fields, each with what is wrong with it, and the way on to the preview."""
    t = visit.t
    if state.restored:
        st.info(t("catalogue.restored"))
    everything = state.attempted or form.version > 0  # an empty form is not wrong before it is sent
    shown = [p for p in problems if everything or state.touched & _names(p)]
    for group in form.groups:
        st.subheader(group.title, anchor=False)
        for line in group.lines:
            asked = [one for one in line if one.only is None or state.typed.get(one.only[0]) == one.only[1]]
            for column, one in zip(st.columns(len(asked)) if asked else [], asked, strict=True):
                with column:
                    _field(form, state, one, visit)
                    for problem in shown:
                        if one.name in _names(problem):
                            st.error(t(f"problem.{problem.code}", **problem.params))
    everywhere = {one.name for one in form.fields}
    for problem in shown:
        if not _names(problem) & everywhere:
            st.error(t(f"problem.{problem.code}", **problem.params))
    if state.attempted and problems:
        st.error(t("catalogue.to_mend", count=len(problems)))
    with st.container(horizontal=True):
        st.button(t("catalogue.go_on"), type="primary", on_click=_go_on, args=(state, not problems))
        if state.typed != form.standing:
            st.button(t("catalogue.discard"), on_click=discard, args=(form, visit))


def _names(problem: Problem) -> set[str]:
    """The fields a problem stands at: the rule's own name, a row's list, or the first of two languages."""
    head = problem.field.partition(".")[0]
    return {problem.field, head, f"{head}_da"}


def preview(
    form: Form,
    state: State,
    touches: Facts,
    act: Callable[[UnitOfWork, str], Sentence],
    visit: Visit,
    shown: dict[str, str] | None = None,
) -> None:
    """What becomes of each field and what hangs on it, then the reason and the save.

    `act` writes it and gives the sentence that says so; `shown` is what the address is to hold afterwards.
    """
    t = visit.t
    rows = changes(form.fields, form.standing if form.version else {}, state.typed, visit)
    st.header(t("catalogue.preview"), anchor=False)
    if not rows:
        st.html(markup.paragraph(t("catalogue.no_change"), "none"))
        st.button(t("catalogue.back_to_fields"), on_click=_back, args=(state,))
        return
    if form.version:
        columns = [t("column.what"), t("column.before"), t("column.after")]
        st.html(
            markup.table(
                columns, [[name, old or t("word.none"), new or t("word.none")] for name, old, new in rows]
            )
        )
    else:
        st.html(markup.table([t("column.what"), t("column.after")], [[name, new] for name, _, new in rows]))
    st.subheader(t("catalogue.touches"), anchor=False)
    st.html(markup.facts(touches) or markup.paragraph(t("catalogue.touches_nothing"), "none"))
    _reason(form, state, visit)
    with st.container(horizontal=True):
        save = st.button(t("catalogue.save"), type="primary")
        st.button(t("catalogue.back_to_fields"), on_click=_back, args=(state,))
    if save:
        if not str(state.typed.get(REASON) or "").strip():
            st.error(t("problem.reason_required"))
            return
        carry_out(form, act, visit, str(state.typed[REASON]).strip(), shown)


def carry_out(
    form: Form,
    act: Callable[[UnitOfWork, str], Sentence],
    visit: Visit,
    reason: str,
    shown: dict[str, str] | None = None,
) -> None:
    """Write it as one unit of work; a refusal is said, somebody else's change is shown at the next run."""
    t = visit.t
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            done = act(work, reason)
    except InvalidDraftsError as error:
        for words in dict.fromkeys(t(f"problem.{p.code}", **p.params) for p in error.problems):
            st.error(words)
        return
    except StaleDraftError:
        st.session_state[_STALE] = True
        st.rerun()
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        return
    discard(form, visit)
    st.session_state[_DONE] = done
    address.write(do="", which="", **(shown or {}))
    st.rerun()


def said(visit: Visit) -> None:
    """What the last save did, said once."""
    done = st.session_state.pop(_DONE, None)
    if done:
        st.success(visit.t(done[0], **done[1]))


def conflict(form: Form, state: State, visit: Visit) -> bool:
    """Whether somebody else changed the thing since this form was begun; then both are shown."""
    t = visit.t
    if state.based_on == form.version:
        st.session_state.pop(_STALE, None)
        return False
    base = form.begun(state.based_on) or {}
    st.warning(t("catalogue.conflict", who=form.meanwhile))
    if st.session_state.pop(_STALE, False):
        st.error(t("error.stale_definition"))
    rows = []
    for one in form.fields:
        old, theirs, mine = (
            one.said(texts.get(one.name), visit) for texts in (base, form.standing, state.typed)
        )
        if len({old, theirs, mine}) > 1:
            rows.append([one.label, *(words or t("word.none") for words in (old, theirs, mine))])
    columns = [t("column.what"), t("catalogue.begun"), t("catalogue.theirs"), t("catalogue.mine")]
    st.html(markup.table(columns, rows))
    st.html(markup.paragraph(t("catalogue.conflict_help"), "small"))
    with st.container(horizontal=True):
        st.button(t("catalogue.merge"), type="primary", on_click=_merge, args=(form, state, base, visit))
        st.button(t("catalogue.discard"), on_click=discard, args=(form, visit))
    return True


def _merge(form: Form, state: State, base: Typed, visit: Visit) -> None:
    """Mine where I changed something, theirs everywhere else; from here on their version is the old one."""
    for name, theirs in form.standing.items():
        if state.typed.get(name) == base.get(name):
            state.typed[name] = theirs
    state.based_on, state.step = form.version, "fields"
    _renew()
    _keep(form, state, visit)


def discard(form: Form, visit: Visit) -> None:
    """Forget what was typed of a form, because it is saved or not wanted."""
    forget_entry(cached.engine(), visit.actor, form.name)
    states: dict[str, State] = st.session_state.get("catalogue_states", {})
    for name in [name for name in states if name.startswith(f"{form.name}@")]:
        del states[name]
    _renew()


def _renew() -> None:
    """Give all fields new keys: the browser keeps what stands in a field as long as its key is the same."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _go_on(state: State, ready: bool) -> None:
    state.attempted = True
    state.restored = False
    if ready:
        state.step = "preview"


def _back(state: State) -> None:
    state.step = "fields"


def _key(form: Form, *parts: object) -> str:
    return f"{'.'.join(map(str, parts))}@{form.name}#{st.session_state.get(_ROUND, 0)}"


def _keep(form: Form, state: State, visit: Visit) -> None:
    payload = {"typed": state.typed, "based_on": state.based_on, "language": visit.t.language}
    keep_entry(cached.engine(), visit.actor, form.name, payload)


def _typed(form: Form, state: State, name: str, key: str, visit: Visit) -> None:
    """Take over what was typed into one field."""
    state.typed[name] = st.session_state[key]
    state.touched.add(name)
    _keep(form, state, visit)


def _typed_in_row(form: Form, state: State, name: str, row: int, column: str, key: str, visit: Visit) -> None:
    rows = [dict(one) for one in state.typed.get(name) or ()]
    while len(rows) <= row:
        rows.append({})
    rows[row][column] = st.session_state[key] or ""
    state.typed[name] = [one for one in rows if any(str(value or "").strip() for value in one.values())]
    if len(state.typed[name]) < len(rows):
        _renew()
    state.touched.add(name)
    _keep(form, state, visit)


def _reason(form: Form, state: State, visit: Visit) -> None:
    key = _key(form, REASON)
    st.session_state.setdefault(key, str(state.typed.get(REASON) or ""))
    st.text_area(
        visit.t("catalogue.reason"), key=key, on_change=_typed, args=(form, state, REASON, key, visit),
        help=visit.t("catalogue.reason_help"),
    )  # fmt: skip


def _field(form: Form, state: State, one: Field, visit: Visit) -> None:
    """One field with what is typed in it."""
    if one.fixed and form.version:
        words = one.said(state.typed.get(one.name), visit)
        st.html(markup.facts([(one.label, words or visit.t("word.none"))]))
        return
    if one.widget == "rows":
        _rows(form, state, one, visit)
        return
    key = _key(form, one.name)
    value = state.typed.get(one.name)
    _widget(one, key, value, visit, on_change=_typed, args=(form, state, one.name, key, visit))


def _rows(form: Form, state: State, one: Field, visit: Visit) -> None:
    """The rows there are, and one empty row more; a row whose fields are emptied is gone."""
    rows = [*(state.typed.get(one.name) or ()), {}]
    if one.help:
        st.html(markup.paragraph(one.help, "small"))
    for n, row in enumerate(rows):
        number = visit.t("catalogue.row", name=one.label, number=str(n + 1))
        last = n == len(rows) - 1
        with st.container(border=True):
            st.html(markup.paragraph(visit.t("catalogue.row_new") if last else number, "small"))
            for column, cell in zip(st.columns(len(one.columns)), one.columns, strict=True):
                with column:
                    key = _key(form, one.name, n, cell.name)
                    args = (form, state, one.name, n, cell.name, key, visit)
                    _widget(cell, key, row.get(cell.name), visit, on_change=_typed_in_row, args=args)


def _widget(one: Field, key: str, value: Any, visit: Visit, **when: Any) -> None:
    t = visit.t
    more = {"key": key, "help": one.help or None, **when}
    if one.widget == "truth":
        st.session_state.setdefault(key, bool(value))
        st.checkbox(one.label, **more)
    elif one.widget == "several":
        options = [*one.options, *(code for code in value or () if code not in one.options)]
        st.session_state.setdefault(key, list(value or ()))
        st.multiselect(one.label, options, format_func=one.words, placeholder=t("enter.not_chosen"), **more)
    elif one.widget == "choice":
        chosen = str(value or "")
        options = [*one.options] if chosen in one.options else [chosen, *one.options]
        st.session_state.setdefault(key, chosen)
        st.selectbox(
            one.label, options, format_func=lambda c: one.words(c) if c else t("enter.not_chosen"), **more
        )
    else:
        st.session_state.setdefault(key, str(value or ""))
        (st.text_area if one.widget == "area" else st.text_input)(one.label, **more)
