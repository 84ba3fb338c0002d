"""Entering a record of the register, and editing one as a new version.

There is no form that is sent as a whole: each field is kept on the server as soon as it is left. Problems
stand beside their fields; what is merely missing is said when somebody tries to save.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard.analysis.exchange import rate_table
from dashboard.domain.activity import AMOUNTS, COUNTS, Activity, ActivityKind, ActivityState, Mechanism
from dashboard.domain.observation import Attribution, Confidence, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem, errors_of
from dashboard.domain.review import Action
from dashboard.domain.roles import Permission
from dashboard.domain.text import Text
from dashboard.intake.activity_form import (
    CODES,
    COMMON,
    MORE,
    OWN,
    TRUTHS,
    ReadActivity,
    changes,
    codes_of,
    read_activity,
    typed,
)
from dashboard.store import commands
from dashboard.store.commands.evidence import attach_to_activity
from dashboard.store.engine import reading
from dashboard.store.queries.activity_history import (
    ActivityVersion,
    load_activity_keys,
    load_activity_versions,
)
from dashboard.store.queries.entry_drafts import load_entry
from dashboard.store.queries.scope import Scope
from dashboard.store.work import UnitOfWork
from dashboard.ui import (
    activity_words,
    address,
    cached,
    deciding,
    evidence_form,
    frame,
    markup,
    pickers,
    register,
    value_markup,
)
from dashboard.ui.deciding import Sentence
from dashboard.ui.session import Visit

_NEW = ":new"
"""No key of a source has a colon."""
_BEGUN = "begun_on"
"""The version that somebody began to edit, kept with the fields."""
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes that stand for no country: unions, and placeholders of the locale data (CLDR)."""
_LONG = ("description_da", "description_en", "note")
_CODED = ("role", "outcome", *CODES)
_MISSING = frozenset(
    {"name_required", "period_blank", "source_required", "reason_required", "primary_sdg_required"}
)


def asked(visit: Visit) -> bool:
    """Whether the address asks for a form."""
    return bool(address.read("new") or (address.read("edit") and address.read("activity")))


def entry(visit: Visit) -> None:
    """The form of the address: of a new record, or of one that is edited."""
    visit.actor.require(Permission.RECORD)
    t = visit.t
    key = "" if address.read("new") else address.read("activity")
    versions = _versions(key)
    frame.titled(
        t("activities.edit_title", title=versions[-1].activity.title) if versions else t("activities.new"),
        visit, t("page.activities"),
    )  # fmt: skip
    back = {"activity": key} if versions else {}
    st.html(markup.links([frame.anchor("activities", t("activities.leave"), **back)]))
    if not deciding.possible(visit):
        return
    if versions:
        _edit(versions, visit)
    else:
        _new(visit)


def _versions(key: str) -> tuple[ActivityVersion, ...]:
    """All versions as they are now: what is edited must not come from a cache of another second."""
    if not key:
        return ()
    with reading(cached.engine()) as connection:
        return load_activity_versions(connection, Scope(), key, pending=True)


def _new(visit: Visit) -> None:
    t = visit.t
    kind = ActivityKind(
        pickers.one(t("column.kind"), "new", [k.value for k in ActivityKind], lambda k: t(f"activity.{k}"))
    )
    form = f"activity:new:{kind.value}:{t.language}"
    start = _first_guess(kind, visit)
    _offer_kept(form, {**typed(start, t), _BEGUN: 0}, visit)
    with reading(cached.engine()) as connection:
        taken = load_activity_keys(connection)

    def read(fields: dict[str, Any]) -> ReadActivity:
        return read_activity(fields, kind, visit.home.slug, t, taken=taken, sources=visit.world.sources)

    _fill_in(form, start, None, read, visit)


def _edit(versions: tuple[ActivityVersion, ...], visit: Visit) -> None:
    """The fields of the newest version, or of an older one that is to stand again (`from` in the address);
    either way what is saved comes after the newest that the person has seen."""
    t, newest = visit.t, versions[-1]
    wanted = address.number("from", 1, newest.version)
    older = next((one for one in versions if one.version == wanted), None)
    form = f"activity:{newest.activity.key}:{t.language}" + (f":{wanted}" if older else "")
    _offer_kept(form, {**typed((older or newest).activity, t), _BEGUN: newest.version}, visit)
    begun = int(st.session_state[_key(_BEGUN, form)])
    base = next((one for one in versions if one.version == begun), newest)
    origin = (older or base).activity

    def read(fields: dict[str, Any]) -> ReadActivity:
        return read_activity(fields, origin.kind, origin.place, t, before=origin, sources=visit.world.sources)

    if older is not None and older.recorded_at is not None:
        st.info(t("activities.from_older", moment=older.recorded_at))
    if base.version != newest.version:
        _overtaken(form, base, newest, visit)
    _fill_in(form, origin, newest, read, visit)


def _overtaken(form: str, base: ActivityVersion, newest: ActivityVersion, visit: Visit) -> None:
    """Somebody else was faster: what they changed, and the way to save one's own upon it."""
    t = visit.t
    who = value_markup.person(newest.actor, visit)
    st.warning(t("activities.overtaken", actor=who, moment=newest.recorded_at or ""))
    rows = activity_words.changed(base.activity, newest.activity, visit)
    if rows:
        columns = [t("activities.field"), t("column.before"), t("column.after")]
        st.html(markup.table(columns, rows, t("activities.changes")))
    st.button(t("activities.build_upon"), on_click=_build_upon, args=(form, base, newest, visit))


def _build_upon(form: str, base: ActivityVersion, newest: ActivityVersion, visit: Visit) -> None:
    """Take over what the other changed, where one did not change the same field."""
    old, new = typed(base.activity, visit.t), typed(newest.activity, visit.t)
    for name, value in new.items():
        key = _key(name, form)
        if st.session_state.get(key, old[name]) == old[name]:
            st.session_state[key] = value
    st.session_state[_key(_BEGUN, form)] = newest.version
    _keep(form, visit)


def _first_guess(kind: ActivityKind, visit: Visit) -> Activity:
    """An empty record with what is most likely: the claim that its kind serves first, the source that its
    like had last, the city's own money."""
    served = [
        i.claim
        for i in visit.world.catalogue.indicators
        if i.rollup and kind.value in i.rollup.activity_kinds
    ]
    like = [a for a in register.records(visit.stamp) if a.kind is kind and a.source]
    return Activity(
        "", kind, visit.home.slug, Text(), Period(), ActivityState.DONE,
        like[-1].source if like else "", claims=tuple(served[:1]),
        currency=visit.world.currency if "currency" in OWN[kind] else "",
    )  # fmt: skip


# -- keeping what is typed -------------------------------------------------------------------------


def _key(name: str, form: str) -> str:
    return f"{name}@{form}#{st.session_state.get('activity_round', 0)}"


def _key_of(form: str) -> evidence_form.KeyOf:
    """What names the fields of documents, which are kept with the others."""
    return partial(_key, form=form)


def _offer_kept(form: str, start: dict[str, Any], visit: Visit) -> None:
    """Fill the fields: with what was typed before and never saved, else with the record as it is."""
    if st.session_state.get("activity_form") != form or _key("title_da", form) not in st.session_state:
        st.session_state["activity_form"] = form
        with reading(cached.engine()) as connection:
            kept = load_entry(connection, visit.actor, form)
        st.session_state["activity_restored"] = kept is not None
        st.session_state["activity_tried"] = False
        for name, value in {**start, **(kept.payload if kept else {})}.items():
            st.session_state[_key(name, form)] = value
    if st.session_state.get("activity_restored"):
        st.info(visit.t("activities.restored"))
        st.button(visit.t("enter.discard"), on_click=_discard, args=(form, visit))


def _discard(form: str, visit: Visit) -> None:
    commands.forget_entry(cached.engine(), visit.actor, form)
    _clear()


def _clear() -> None:
    st.session_state["activity_round"] = st.session_state.get("activity_round", 0) + 1
    for name in ("activity_form", "activity_restored", "activity_tried"):
        st.session_state.pop(name, None)


def _keep(form: str, visit: Visit) -> None:
    """Keep all fields as they stand: called whenever one of them changes."""
    commands.keep_entry(cached.engine(), visit.actor, form, _fields(form))


def _fields(form: str) -> dict[str, Any]:
    ending = _key("", form)
    return {
        str(key).removesuffix(ending): value
        for key, value in st.session_state.items()
        if str(key).endswith(ending)
    }


# -- the fields ------------------------------------------------------------------------------------


def _fill_in(
    form: str, base: Activity, newest: ActivityVersion | None, read: Callable[[dict[str, Any]], ReadActivity],
    visit: Visit,
) -> None:  # fmt: skip
    """The fields of the kind, what is wrong with them, and the ways to save."""
    t, slots = visit.t, {}
    words = t("activities.numbers_help", number=t.number(1234.5), day=t.short_date(visit.stamp.day))
    st.html(markup.paragraph(words, "small"))
    left, right = st.columns(2, gap="large")
    with left:
        for name in COMMON:
            slots[name] = _field(name, form, base, visit)
    with right:
        for name in OWN[base.kind]:
            slots[name] = _field(name, form, base, visit)
    with st.expander(t("activities.more"), expanded=bool(st.session_state.get("activity_tried"))):
        for name in (name for name in MORE if name not in OWN[base.kind]):
            slots[name] = _field(name, form, base, visit)
    evidence_form.fields(_key_of(form), partial(_keep, form, visit), visit)
    fields = _fields(form)
    found = read(fields | ({"source": ""} if fields.get("source") == _NEW else {}))
    problems = list(found.problems)
    reason = ""
    if newest is not None:
        slots["reason"] = st.container()
        with slots["reason"]:
            reason = str(
                st.text_input(t("activities.reason"), **_widget("reason", form, visit)) or ""
            ).strip()
        if not reason and _was_public(newest):
            problems.append(Problem("reason_required", "reason"))
    tried = bool(st.session_state.get("activity_tried"))
    for name, slot in slots.items():
        here = found.of(name) if name != "reason" else [p for p in problems if p.field == name]
        with slot:
            for problem in here:
                if tried or problem.code not in _MISSING:
                    st.error(t(f"problem.{problem.code}", **problem.params))
    for problem in (unadded := evidence_form.problems_of(_key_of(form))):
        st.warning(t(f"problem.{problem.code}", **problem.params))
    _save(form, found, errors_of([*problems, *unadded]), reason, newest, visit)


def _was_public(newest: ActivityVersion) -> bool:
    """Whether the record has been public, so that a change of it needs a reason (F35)."""
    with reading(cached.engine()) as connection:
        found = load_activity_versions(connection, Scope(), newest.activity.key, pending=False)
    return bool(found)


def _widget(name: str, form: str, visit: Visit) -> dict[str, Any]:
    return {"key": _key(name, form), "on_change": _keep, "args": (form, visit)}


def _field(name: str, form: str, base: Activity, visit: Visit) -> Any:
    """One field; its container, in which its problems are said."""
    slot = st.container()
    with slot:
        _input(name, form, base, visit)
    return slot


def _input(name: str, form: str, base: Activity, visit: Visit) -> None:
    t = visit.t
    label, widget = activity_words.label(base.kind, name, t), _widget(name, form, visit)
    here = visit.world
    if name == "source":
        _source(label, form, visit)
    elif name == "state":
        _select(label, list(ActivityState), lambda s: t(f"activity_state.{s}"), widget, visit, empty=False)
    elif name == "attribution":
        _select(label, list(Attribution), lambda grade: t(f"attribution.{grade}"), widget, visit)
    elif name == "confidence":
        _select(label, list(Confidence), lambda grade: t(f"confidence.{grade}"), widget, visit)
    elif name in TRUTHS:
        _select(label, ["yes", "no"], lambda answer: t(f"word.{answer}"), widget, visit)
    elif name in _CODED and codes_of(base.kind, name):
        _select(
            label, list(codes_of(base.kind, name)), lambda c: activity_words.code(name, c, t), widget, visit
        )
    elif name in ("country", "language"):
        words: dict[str, str] = dict(t.locale.territories if name == "country" else t.locale.languages)
        codes = [one for one in words if len(one) == 2 and one.isalpha() and one not in _NO_COUNTRIES]
        codes.sort(key=lambda one: (one != here.home.country, t.sort_key(words[one])))
        _select(label, codes, lambda one: words.get(one, one), widget, visit)
    elif name == "currency":
        others = sorted(rate_table().currencies - {here.currency})
        _select(label, [here.currency, *others], lambda c: f"{c} ({t.currency_name(c)})", widget, visit)
    elif name == "primary_sdg":
        goals = read_activity(_fields(form), base.kind, base.place, t).activity.sdg_targets
        _select(label, list(goals), str, widget, visit)
    elif name == "same_as":
        every = {a.key: a for a in register.records(visit.stamp) if a.kind is base.kind and not a.same_as}
        _select(
            label, [key for key in reversed(every) if key != base.key],
            lambda key: f"{t.period(every[key].period)}: {t.text(every[key].title)}" if key in every else key,
            widget, visit,
        )  # fmt: skip
    elif name == "partner_places":
        slugs = [slug for slug in pickers.by_name(visit, list(here.places)) if slug != base.place]
        _several(label, slugs, lambda slug: t.text(here.places[slug].name), widget, visit)
    elif name == "claims":
        names = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in here.catalogue.claims}
        _several(label, list(names), lambda id: names.get(id, id), widget, visit)
    elif name == "culture2030":
        named = {code.code: f"{code.code}: {t.text(code.name)}" for code in here.vocabulary}
        _several(label, list(named), lambda code: named.get(code, code), widget, visit)
    elif name == "mechanisms":
        _several(label, list(Mechanism), lambda code: t(f"import.mechanism.{code}"), widget, visit)
    elif name in _LONG:
        st.text_area(label, height=80, **widget)
    else:
        _text(name, label, widget, visit)


def _text(name: str, label: str, widget: dict[str, Any], visit: Visit) -> None:
    t = visit.t
    example = ""
    if name == "period":
        example = t("activities.period_example", day=t.short_date(visit.stamp.day))
    elif name == "sdg_targets":
        example = t("enter.example", number="11.4; 4")
    elif name in AMOUNTS:
        example = t("enter.example", number=t.number(1_234_500.5))
    elif name in COUNTS:
        example = t("enter.example", number=t.number(1.5 if name == "staff_months" else 1250))
    st.text_input(label, placeholder=example or None, **widget)


def _select(
    label: str, options: list[Any], words: Callable[[Any], str], widget: dict[str, Any], visit: Visit,
    empty: bool = True,
) -> None:  # fmt: skip
    """A choice of one; what stands there already is offered even where it is none of the usual."""
    given = st.session_state.get(widget["key"], "")
    offered = ([""] if empty else []) + [str(option) for option in options]
    if given not in offered:
        offered.append(given)
    st.selectbox(
        label, offered, **widget,
        format_func=lambda option: words(option) if option else visit.t("enter.not_chosen"),
    )  # fmt: skip


def _several(
    label: str, options: list[Any], words: Callable[[Any], str], widget: dict[str, Any], visit: Visit
) -> None:
    given = st.session_state.get(widget["key"]) or []
    offered = [str(option) for option in options]
    offered += [one for one in given if one not in offered]
    st.multiselect(label, offered, placeholder=visit.t("enter.not_chosen"), format_func=words, **widget)


def _source(label: str, form: str, visit: Visit) -> None:
    """The source, chosen or made on the spot with its address and that of its archived copy."""
    t = visit.t
    titles = {key: source.title for key, source in visit.world.sources.items()}
    keys = ["", _NEW, *sorted(titles, key=lambda key: t.sort_key(titles[key]))]
    widget = _widget("source", form, visit)
    if st.session_state.get(widget["key"], "") not in keys:
        st.session_state[widget["key"]] = ""
    words = {"": t("enter.source_empty"), _NEW: t("enter.source_new")}
    chosen = st.selectbox(label, keys, format_func=lambda key: words.get(key) or titles[key], **widget)
    if chosen == _NEW:
        st.text_input(t("enter.source_title"), **_widget("source_title", form, visit))
        st.text_input(t("enter.source_address"), **_widget("source_address", form, visit))
        st.text_input(t("activities.source_archived"), **_widget("source_archived", form, visit))
    else:
        for name in ("source_title", "source_address", "source_archived"):
            st.session_state.pop(_key(name, form), None)


# -- saving ----------------------------------------------------------------------------------------


def _save(
    form: str, found: ReadActivity, problems: list[Problem], reason: str, newest: ActivityVersion | None,
    visit: Visit,
) -> None:  # fmt: skip
    t = visit.t
    with st.container(horizontal=True):
        submitted = st.button(t("enter.submit"), type="primary", key="activity-submit")
        kept = st.button(t("enter.save_draft"), key="activity-draft")
    if not (submitted or kept):
        if st.session_state.get("activity_tried") and problems:
            st.error(t("activities.not_saved", count=len(problems)))
        return
    if problems:
        st.session_state["activity_tried"] = True
        st.rerun()
    state = WorkflowState.SUBMITTED if submitted else WorkflowState.DRAFT
    documents = evidence_form.documents(_key_of(form))
    unchanged = newest is not None and not changes(newest.activity, found.activity)
    unchanged = unchanged and newest is not None and newest.state is not WorkflowState.WITHDRAWN
    resubmit = unchanged and submitted and newest is not None and newest.state in (
        WorkflowState.DRAFT, WorkflowState.RETURNED,
    )  # fmt: skip
    if unchanged and not resubmit and not documents:
        st.info(t("activities.unchanged"))
        return
    seen = int(st.session_state[_key(_BEGUN, form)])
    key = found.activity.key

    def save(work: UnitOfWork) -> Sentence:
        if found.new_source is not None:
            commands.define_sources(work, [found.new_source])
        if resubmit:
            commands.decide_activities(work, Action.SUBMIT, {key: seen}, reason)
        elif not unchanged:
            commands.register(work, [found.activity], state=state, reason=reason, seen={key: seen})
        attached = attach_to_activity(work, key, documents) if documents else 0
        if unchanged and not resubmit:
            return ("activities.done.attach", {"count": attached}) if attached else (
                "activities.done.attached", {},
            )  # fmt: skip
        return f"activities.done.{'submit' if submitted else 'draft'}", {}

    def after() -> None:
        commands.forget_entry(cached.engine(), visit.actor, form)
        _clear()
        address.write(new="", edit="", activity=key, **{"from": ""})

    deciding.carry_out(visit, save, after)
