"""The promises of the candidacy: the list, one of them opened, and the form that adds and changes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.domain.catalogue import Claim
from dashboard.domain.promise import Promise, PromiseState, in_order
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidChoiceError
from dashboard.intake.promise_form import read_promise, start_promise, typed_promise
from dashboard.store.commands.promises import change_promise
from dashboard.store.engine import reading
from dashboard.store.queries import Scope
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.promises import load_promise_versions, load_promises
from dashboard.store.work import UnitOfWork
from dashboard.ui import address, cached, frame, markup, value_markup
from dashboard.ui.cached import Stamp
from dashboard.ui.catalogue_fields import Field, Group
from dashboard.ui.catalogue_form import Facts, Form, Sentence, ask, conflict, preview, said, started, who
from dashboard.ui.session import Visit

FORM = "promise:"
_LOOKS = {
    PromiseState.KEPT: "supported", PromiseState.PARTLY_KEPT: "mixed", PromiseState.DROPPED: "not_supported",
}  # fmt: skip


@st.cache_resource(max_entries=6, show_spinner=False)
def _promises(stamp: Stamp) -> tuple[Promise, ...]:
    with reading(cached.engine()) as connection:
        return in_order(load_promises(connection, stamp.scope), stamp.day)


def show(visit: Visit) -> None:
    """The promise that the address names, the form, or all of them."""
    t, known = visit.t, {one.key: one for one in _promises(visit.stamp)}
    do = address.one_of("do", ("", "new", "change"))
    key = address.read("promise")
    if key and key not in known:
        raise InvalidChoiceError(
            "error.address.promise", given=key, instead=address.nearest(key, list(known))
        )
    promise = known.get(key)
    frame.titled(t("promise.title"), visit)
    said(visit)
    if do and (do == "new") == (promise is None):
        visit.actor.require(Permission.DEFINE)
        frame.link("promises", t("promise.back"), **({"promise": key} if key else {}))
        if visit.known is not None:
            st.html(markup.paragraph(t("deciding.past", day=visit.known), "none"))
            return
        _form(promise, set(known), visit)
    elif promise is not None:
        frame.link("promises", t("promise.back"))
        _opened(promise, visit)
    else:
        _listed(visit)


def _may(visit: Visit) -> bool:
    return visit.known is None and visit.actor.may(Permission.DEFINE)


def _listed(visit: Visit) -> None:
    t, found = visit.t, _promises(visit.stamp)
    st.html(frame.paragraph(t("promise.lead")))
    if not found:
        st.html(markup.paragraph(t("promise.none"), "none"))
    else:
        st.html(markup.paragraph(_counted(found, visit)))
    if _may(visit):
        st.html(markup.links([frame.anchor("promises", t("promise.do.new"), do="new")]))
    if found:
        st.html("".join(_card(one, visit) for one in found))


def _counted(found: Sequence[Promise], visit: Visit) -> str:
    """How many there are in each state, and how many are overdue."""
    t, states = visit.t, Counter(one.state for one in found)
    parts = [f"{t(f'promise.state.{state}')}: {states[state]}" for state in PromiseState if states[state]]
    late = sum(one.days_overdue(visit.stamp.day) > 0 for one in found)
    return f"{t('promise.count', count=len(found))} {' · '.join(parts)}. {t('promise.late', count=late)}"


def _card(one: Promise, visit: Visit) -> str:
    name = frame.anchor("promises", visit.t.text(one.text), promise=one.key)
    return f'<section class="card"><h2>{name}</h2>{_standing(one, visit)}</section>'


def _standing(one: Promise, visit: Visit) -> str:
    """State, what is overdue, and who owes what by when; indicators and evidence as links."""
    t, catalogue = visit.t, visit.world.catalogue
    state = f"<span>{escape(t(f'promise.state.{one.state}'))}</span>"
    html = f'<p class="verdict {_LOOKS.get(one.state, "not_enough_evidence")}">{state}</p>'
    if late := one.days_overdue(visit.stamp.day):
        html += markup.paragraph(t("promise.overdue", count=late), "caveat")
    claim = catalogue.claim(one.claim)
    html += markup.facts(
        [
            (t("promise.why"), one.reason),
            (t("promise.owner"), one.owner or t("promise.nobody")),
            (t("promise.due"), t.date(one.due) if one.due else t("promise.undated")),
            (t("promise.serves"), _claim_name(claim, visit) if claim else ""),
        ]
    )
    links = [
        frame.anchor("indicator", t("promise.indicator", name=indicator.name), indicator=indicator.code)
        for code in one.indicators
        if (indicator := catalogue.indicator(code)) is not None
    ]
    links += [
        markup.with_links(f"{t('promise.evidence')}: {document.title} {document.address}".strip())
        for document in one.evidence
    ]
    missing = [
        name for name, given in (("indicator", one.indicators), ("evidence", one.evidence)) if not given
    ]
    said_ = "".join(markup.paragraph(t(f"promise.without_{name}"), "small") for name in missing)
    return html + markup.links(links) + said_


def _claim_name(claim: Claim, visit: Visit) -> str:
    return f"{claim.number}. {visit.t.text(claim.name)}"


def _opened(one: Promise, visit: Visit) -> None:
    """One promise with where it stands in the application, and every version of it."""
    t = visit.t
    st.header(t.text(one.text), anchor=False)
    source = visit.world.sources.get(one.source)
    st.html(_standing(one, visit))
    st.html(
        markup.facts([(t("promise.source"), source.title if source else ""), (t("promise.page"), one.page)])
    )
    if _may(visit):
        anchor = frame.anchor("promises", t("promise.do.change"), promise=one.key, do="change")
        st.html(markup.links([anchor]))
    with reading(cached.engine()) as connection:
        versions = load_promise_versions(connection, visit.stamp.scope, one.key)
    st.header(t("promise.history"), anchor=False)
    names = ("version", "recorded", "actor", "why", "changed")
    rows = [_version(version, visit) for version in versions]
    st.html(markup.table([t(f"column.{name}") for name in names], rows))


def _version(version: Version[Promise], visit: Visit) -> list[str]:
    t, one = visit.t, version.item
    moment = t.moment(version.recorded_at) if version.recorded_at else ""
    stated = " · ".join(
        filter(None, [t(f"promise.state.{one.state}"), one.reason, t.date(one.due) if one.due else ""])
    )
    person = value_markup.person(version.actor, visit)
    return [str(version.number), moment, person, version.reason or t("promise.from_file"), stated]


def of_claim(claim: Claim, visit: Visit) -> None:
    """The promises that serve a claim, for the claim's own page; nothing where there are none at all."""
    t, everything = visit.t, _promises(visit.stamp)
    if not everything:
        return
    st.header(t("promise.of_claim"), anchor=False)
    own = [one for one in everything if one.claim == claim.id]
    lines = [
        frame.anchor("promises", t.text(one.text), promise=one.key)
        + f' <span class="small">{escape(_in_short(one, visit))}</span>'
        for one in own
    ]
    st.html(markup.links(lines) or markup.paragraph(t("promise.none_of_claim"), "none"))


def _in_short(one: Promise, visit: Visit) -> str:
    t, late = visit.t, one.days_overdue(visit.stamp.day)
    return " · ".join(
        filter(None, [t(f"promise.state.{one.state}"), t("promise.overdue", count=late) if late else ""])
    )


# -- the form --------------------------------------------------------------------------------------


def _form(promise: Promise | None, taken: set[str], visit: Visit) -> None:
    t = visit.t
    versions: tuple[Version[Promise], ...] = ()
    if promise is not None:
        with reading(cached.engine()) as connection:
            versions = load_promise_versions(connection, Scope(), promise.key)
    texts = {version.number: typed_promise(version.item, t) for version in versions}
    form = Form(
        name=f"{FORM}{promise.key if promise else 'new'}",
        groups=_groups(visit),
        standing=texts[versions[0].number] if versions else start_promise(),
        version=versions[0].number if versions else 0,
        begun=texts.get,
        meanwhile=who(versions, visit),
    )
    st.header(t("promise.do.change" if promise else "promise.do.new"), anchor=False)
    state = started(form, visit)
    if conflict(form, state, visit):
        return
    read = read_promise(state.typed, t, taken.__contains__, promise)
    if state.step == "fields" or read.problems:
        ask(form, state, read.problems, visit)
        return

    def save(work: UnitOfWork, reason: str) -> Sentence:
        change_promise(work, read.item, state.based_on, reason)
        return ("promise.done_changed" if promise else "promise.done_new"), {}

    preview(form, state, _touches(read.item, visit), save, visit, {"promise": read.item.key})


def _touches(promise: Promise, visit: Visit) -> Facts:
    claim = visit.world.catalogue.claim(promise.claim)
    return [(visit.t("promise.serves"), _claim_name(claim, visit))] if claim else []


def _groups(visit: Visit) -> tuple[Group, ...]:
    t, world = visit.t, visit.world
    claims = {claim.id: _claim_name(claim, visit) for claim in world.catalogue.claims}
    names = {one.code: t.text(one.name) for one in world.catalogue.indicators}
    titles = {key: source.title for key, source in world.sources.items()}
    in_alphabet = sorted(titles, key=lambda key: t.sort_key(titles[key]))
    words = [
        Field(f"text_{one}", t("catalogue.in_" + one, name=t("promise.text")), "area") for one in ("da", "en")
    ]
    return (
        Group(t("promise.group.said"), (
            tuple(words),
            (Field("source", t("promise.source"), "choice", ("", *in_alphabet), lambda k: titles.get(k, k)),
             Field("page", t("promise.page"))),
        )),
        Group(t("promise.group.owed"), (
            (Field("owner", t("promise.owner"), help=t("promise.owner_help")),
             Field("due", t("promise.due"))),
            (Field("state", t("promise.state_label"), "choice", tuple(PromiseState),
                   lambda code: t(f"promise.state.{code}")),),
            (Field("explanation", t("promise.why"), "area", help=t("promise.why_help")),),
        )),
        Group(t("promise.group.shown"), (
            (Field("claim", t("promise.serves"), "choice", ("", *claims), lambda id: claims.get(id, id)),
             Field("indicators", t("promise.indicators"), "several",
                   tuple(sorted(names, key=lambda code: t.sort_key(names[code]))),
                   lambda code: names.get(code, code))),
            (Field("evidence_title", t("promise.evidence_title"), help=t("promise.evidence_help")),
             Field("evidence_address", t("promise.evidence_address"))),
        )),
    )  # fmt: skip
