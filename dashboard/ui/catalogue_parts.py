"""The parts of the catalogue page: what there is, and one thing opened with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.domain.catalogue import Indicator, IndicatorKind, PlaceKind
from dashboard.domain.roles import Permission
from dashboard.store.engine import reading
from dashboard.store.queries.entry_drafts import load_entries
from dashboard.ui import (
    address,
    cached,
    catalogue_bands,
    catalogue_change,
    catalogue_exchange,
    catalogue_judgement,
    catalogue_open,
    frame,
    markup,
)
from dashboard.ui.catalogue_form import PREFIX, said
from dashboard.ui.session import Visit

SECTIONS = ("claims", "indicators", "places", "sources", "files")
STATES = ("active", "retired", "all")
OPENED = ("indicator", "claim", "place", "source")
DOABLE = {
    "indicator": ("change", "retire", "baseline", "baseline_back", "target", "target_back", "bands"),
    "claim": ("change",),
    "place": ("change", "population"),
    "source": ("change",),
}
MADE = {"claims": "claim", "indicators": "indicator", "places": "place", "sources": "source"}
LONGEST_LIST = 100


def may_define(visit: Visit) -> bool:
    """Whether this person may change the catalogue; in a view of the past nobody may."""
    return visit.actor.may(Permission.DEFINE) and visit.known is None


def show(visit: Visit) -> None:
    """The thing that the address names, or what it is to become, or the lists."""
    for kind in OPENED:
        if address.read(kind):
            _opened(kind, visit)
            return
    _lists(visit)


def _opened(kind: str, visit: Visit) -> None:
    t, world = visit.t, visit.world
    options: dict[str, dict[str, Any]] = {
        "indicator": {i.code: i for i in world.catalogue.indicators},
        "claim": {c.id: c for c in world.catalogue.claims},
        "place": world.places,
        "source": world.sources,
    }
    found = options[kind]
    thing = found[address.one_of(kind, list(found))]
    name = thing.title if kind == "source" else t.text(thing.name)
    do = address.one_of("do", ("", *DOABLE[kind]))
    frame.titled(name, visit, t("page.catalogue"))
    said(visit)
    if do and _refused(visit):
        return
    if do:
        _back({kind: address.read(kind)}, visit)
        st.header(t(f"catalogue.do.{kind}_{_doing(do, thing)}"), anchor=False)
        _DO[kind, do](thing, visit)
    else:
        _back({"section": f"{kind}s"}, visit)
        _SHOW[kind](thing, visit, may_define(visit))


def _doing(do: str, thing: Any) -> str:
    return "revive" if do == "retire" and thing.retired else do


_DO: dict[tuple[str, str], Callable[[Any, Visit], None]] = {
    ("indicator", "change"): catalogue_change.indicator,
    ("indicator", "retire"): catalogue_change.retirement,
    ("indicator", "baseline"): catalogue_judgement.baseline,
    ("indicator", "baseline_back"): catalogue_judgement.baseline_back,
    ("indicator", "target"): catalogue_judgement.target,
    ("indicator", "target_back"): catalogue_judgement.target_back,
    ("indicator", "bands"): catalogue_bands.bands,
    ("claim", "change"): catalogue_change.claim,
    ("place", "change"): catalogue_change.place,
    ("place", "population"): catalogue_change.population,
    ("source", "change"): catalogue_change.source,
}
_SHOW: dict[str, Callable[[Any, Visit, bool], None]] = {
    "indicator": catalogue_open.indicator,
    "claim": catalogue_open.claim,
    "place": catalogue_open.place,
    "source": catalogue_open.source,
}


def _back(choices: dict[str, str], visit: Visit) -> None:
    frame.link("catalogue", visit.t("catalogue.back"), **choices)


def _refused(visit: Visit) -> bool:
    """Whether nothing may be changed here, which is said."""
    visit.actor.require(Permission.DEFINE)
    if visit.known is None:
        return False
    st.html(markup.paragraph(visit.t("deciding.past", day=visit.known), "none"))
    return True


def _lists(visit: Visit) -> None:
    t = visit.t
    section = address.one_of("section", SECTIONS, "indicators")
    if address.one_of("do", ("", "new")) and section in MADE:
        made = MADE[section]
        frame.titled(t("page.catalogue"), visit)
        st.header(t(f"catalogue.do.{made}_new"), anchor=False)
        if not _refused(visit):
            _back({"section": section}, visit)
            _NEW[made](visit)
        return
    frame.titled(t("page.catalogue"), visit)
    said(visit)
    st.html(frame.paragraph(t("catalogue.lead")))
    st.session_state["section"] = section
    st.segmented_control(
        t("catalogue.show"), SECTIONS, key="section", required=True, on_change=_choose_section,
        format_func=lambda one: t(f"catalogue.section.{one}"),
    )  # fmt: skip
    if may_define(visit):
        _begun(visit)
        if section in MADE:
            frame.link("catalogue", t(f"catalogue.do.{MADE[section]}_new"), section=section, do="new")
    st.header(t(f"catalogue.section.{section}"), anchor=False)
    _LIST[section](visit)


def _choose_section() -> None:
    address.write(section=st.session_state["section"], q="")


def _begun(visit: Visit) -> None:
    """What this person began and did not save, with the way back to it."""
    with reading(cached.engine()) as connection:
        kept = load_entries(connection, visit.actor, PREFIX)
    links = [link for one in kept if (link := _way_back(one.form, visit))]
    if links:
        st.info(visit.t("catalogue.begun_list", count=len(links)))
        st.html(markup.links(links))


def _way_back(form: str, visit: Visit) -> str:
    """A link to a form by its name; "" where what it was about is gone."""
    t, world = visit.t, visit.world
    kind, name, which = [*form.removeprefix(PREFIX).split(":", 2), "", ""][:3]
    if name == "new":
        return frame.anchor("catalogue", t(f"catalogue.do.{kind}_new"), section=f"{kind}s", do="new")
    about = {"claim": "claim", "place": "place", "population": "place", "source": "source"}.get(
        kind, "indicator"
    )
    if about == "source":
        name, which = form.removeprefix(f"{PREFIX}{kind}:"), ""
    do = {"revive": "retire"}.get(kind, "change" if kind in OPENED else kind)
    thing: Any = {
        "claim": world.catalogue.claim(name), "place": world.places.get(name),
        "indicator": world.catalogue.indicator(name), "source": world.sources.get(name),
    }[about]  # fmt: skip
    if thing is None or (do == "retire" and thing.retired != (kind == "revive")):
        return ""
    called = thing.title if about == "source" else thing.name
    label = t("catalogue.begun_one", name=called, what=t(f"catalogue.do.{about}_{_doing(do, thing)}"))
    choices = {} if which in ("", "new") else {"which": which}
    return frame.anchor("catalogue", label, **{about: name, "do": do}, **choices)


_NEW: dict[str, Callable[[Visit], None]] = {
    "claim": lambda visit: catalogue_change.claim(None, visit),
    "indicator": lambda visit: catalogue_change.indicator(None, visit),
    "place": lambda visit: catalogue_change.place(None, visit),
    "source": lambda visit: catalogue_change.source(None, visit),
}


# -- the lists -------------------------------------------------------------------------------------


def _claims(visit: Visit) -> None:
    t = visit.t
    for claim in visit.world.catalogue.claims:
        served = visit.world.catalogue.of_claim(claim.id)
        st.html(
            f'<section class="card"><h3>{escape(f"{claim.number}. {t.text(claim.name)}")}</h3>'
            f"<blockquote>{markup.paragraph(t.text(claim.quotation))}</blockquote>"
            + markup.paragraph(t("catalogue.touch.served", count=len(served)), "small")
            + frame.go("catalogue", t("catalogue.open", name=claim.name), claim=claim.id)
            + "</section>"
        )


def _indicators(visit: Visit) -> None:
    """The indicators that fit what is asked for, under their claims."""
    t, catalogue = visit.t, visit.world.catalogue
    wanted = _filters(visit)
    found = [i for i in catalogue.indicators if all(fits(i) for fits in wanted)]
    st.html(markup.paragraph(t("catalogue.found", count=len(found), all=len(catalogue.indicators)), "small"))
    for claim in catalogue.claims:
        mine = [i for i in found if i.claim == claim.id]
        if mine:
            st.subheader(f"{claim.number}. {t.text(claim.name)}", anchor=False)
            st.html(markup.links(_indicator_line(i, visit) for i in mine))


def _indicator_line(one: Indicator, visit: Visit) -> str:
    t = visit.t
    words = [
        t(f"catalogue.kind.{one.kind}"),
        t.text(one.owner),
        t("catalogue.register") if one.rollup else "",
        t("catalogue.overdue", day=one.next_review) if one.next_review and _overdue(one, visit) else "",
    ]
    tag = markup.tags([t("catalogue.retired")]) if one.retired else ""
    beside = f'<span class="small"> {escape(" · ".join(filter(None, words)))}</span>'
    return frame.anchor("catalogue", t.text(one.name), indicator=one.code) + beside + tag


def _overdue(one: Indicator, visit: Visit) -> bool:
    return not one.retired and one.next_review is not None and one.next_review < visit.stamp.day


def _filters(visit: Visit) -> list[Callable[[Indicator], bool]]:
    """The fields above the list, and what they ask of an indicator."""
    t, catalogue = visit.t, visit.world.catalogue
    claims = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in catalogue.claims}
    owners = sorted({t.text(i.owner) for i in catalogue.indicators}, key=t.sort_key)
    left, middle, right = st.columns(3)
    with left:
        wanted = _search(visit)
        state = _choice("state", STATES, "active", lambda one: t(f"catalogue.state.{one}"), visit)
    with middle:
        claim = _choice("serves", ("", *claims), "", lambda id: claims.get(id, t("catalogue.any")), visit)
        owner = _choice("owner", ("", *owners), "", lambda one: one or t("catalogue.any"), visit)
    with right:
        kind = _choice(
            "kind", ("", *IndicatorKind), "",
            lambda one: t(f"catalogue.kind.{one}") if one else t("catalogue.any"), visit,
        )  # fmt: skip
        late = _choice(
            "review", ("", "overdue"), "",
            lambda one: t("catalogue.review_overdue") if one else t("catalogue.any"), visit,
        )  # fmt: skip

    def said_in(one: Indicator) -> bool:
        texts = (one.code, *(w for text in one.texts.values() for w in (text.da, text.en)))
        return wanted in " ".join(texts).casefold()

    tests: list[Callable[[Indicator], bool]] = []
    if wanted:
        tests.append(said_in)
    if state != "all":
        tests.append(lambda one: one.retired == (state == "retired"))
    if claim:
        tests.append(lambda one: claim in one.claims)
    if owner:
        tests.append(lambda one: t.text(one.owner) == owner)
    if kind:
        tests.append(lambda one: one.kind.value == kind)
    if late:
        tests.append(lambda one: _overdue(one, visit))
    return tests


def _search(visit: Visit) -> str:
    st.session_state["catalogue_q"] = address.read("q")
    st.text_input(visit.t("catalogue.search"), key="catalogue_q", on_change=_write, args=("q", "catalogue_q"))
    return address.read("q").casefold()


def _choice(
    name: str, options: Sequence[str], default: str, words: Callable[[str], str], visit: Visit
) -> str:
    """One filter: the address says what is chosen."""
    chosen = address.one_of(name, options, default)
    key = f"catalogue_{name}"
    st.session_state[key] = chosen
    st.selectbox(
        visit.t(f"catalogue.filter.{name}"), options, key=key, format_func=words, on_change=_write,
        args=(name, key),
    )  # fmt: skip
    return chosen


def _write(name: str, key: str) -> None:
    address.write(**{name: str(st.session_state[key]).strip()})


def _places(visit: Visit) -> None:
    t, places = visit.t, visit.world.places
    left, right = st.columns(2)
    with left:
        wanted = _search(visit)
    with right:
        kind = _choice(
            "place_kind", ("", *PlaceKind), "",
            lambda one: t(f"catalogue.place_kind.{one}") if one else t("catalogue.any"), visit,
        )  # fmt: skip
    home = visit.home.slug
    found = sorted(
        (
            place
            for place in places.values()
            if (not kind or place.kind.value == kind)
            and wanted
            in f"{place.slug} {place.name.da} {place.name.en} {t.country(place.country)}".casefold()
        ),
        key=lambda place: (place.slug != home, t.sort_key(t.text(place.name))),
    )
    lines = []
    for place in found[:LONGEST_LIST]:
        words = [t(f"catalogue.place_kind.{place.kind}"), t.country(place.country) if place.country else ""]
        words.append(t.list(t(f"field.{m.field}") for m in place.fields) if place.fields else "")
        beside = f'<span class="small"> {escape(" · ".join(filter(None, words)))}</span>'
        lines.append(frame.anchor("catalogue", t.text(place.name), place=place.slug) + beside)
    _first_only(lines, len(found), visit)


def _sources(visit: Visit) -> None:
    t = visit.t
    wanted = _search(visit)
    cited = cached.citations(visit.stamp)
    found = [
        one
        for one in visit.world.sources.values()
        if wanted in f"{one.key} {one.title} {one.producer} {one.note}".casefold()
    ]
    found.sort(key=lambda one: (-cited.get(one.key, 0), t.sort_key(one.title)))
    lines = []
    for one in found[:LONGEST_LIST]:
        count = t("catalogue.cited", count=cited.get(one.key, 0))
        beside = f'<span class="small"> {escape(count)}</span>'
        lines.append(frame.anchor("catalogue", one.title, source=one.key) + beside)
    _first_only(lines, len(found), visit)


def _first_only(lines: list[str], count: int, visit: Visit) -> None:
    if not lines:
        st.html(markup.paragraph(visit.t("catalogue.nothing_found"), "none"))
        return
    if count > len(lines):
        words = visit.t("catalogue.first_only", shown=len(lines), count=count)
        st.html(markup.paragraph(words, "small"))
    st.html(markup.links(lines))


_LIST: dict[str, Callable[[Visit], None]] = {
    "claims": _claims,
    "indicators": _indicators,
    "places": _places,
    "sources": _sources,
    "files": catalogue_exchange.files,
}
