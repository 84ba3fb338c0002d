"""The register of activities: finding records, what they add up to, and how they lie over the years."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard.analysis.register import FEWEST, Wanted, attributed, chosen, counted, money
from dashboard.charts.svg import svg
from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.follow_up import FollowUp, Persistence, closed, follow_ups
from dashboard.domain.roles import Permission
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.ui import (
    activity_list,
    activity_map,
    activity_network,
    address,
    cached,
    cards,
    frame,
    markup,
    paging,
    pickers,
    register,
    value_markup,
)
from dashboard.ui.register import Timeline
from dashboard.ui.session import Visit

PAGE = 50
SHOWN = ("list", "map", "ties", "later")
FILTERS = ("q", "kind", "year", "claim", "goal", "place", "state")
_MORE = ("claim", "goal", "place", "state")


def overview(visit: Visit) -> None:
    """The whole register: ways in, filters, and what was found, as a list, a map, ties or follow-ups."""
    t = visit.t
    st.html(frame.paragraph(t("activities.lead", city=visit.home.name)))
    _ways_in(visit)
    wanted = _wanted(visit)
    found = chosen(register.records(visit.stamp), wanted)
    shown = _shown(visit)
    if not found:
        key = "activities.none_found" if wanted != Wanted() else "activities.empty"
        st.html(markup.paragraph(t(key), "none"))
    elif shown == "map":
        activity_map.places(found, visit)
    elif shown == "ties":
        activity_network.ties(found, visit)
    elif shown == "later":
        _later(found, visit)
    else:
        _summary(found, visit)
        _timeline(found, wanted, visit)
        _listing(found, visit)


def _ways_in(visit: Visit) -> None:
    """For those who keep the register: a new record, a file, and what waits for a decision."""
    t = visit.t
    if visit.known is not None or not visit.actor.may(Permission.RECORD):
        return
    links = [frame.anchor("activities", t("activities.new"), new=ActivityKind.GRANT.value)]
    if visit.actor.may(Permission.IMPORT):
        links.append(frame.anchor("import", t("activities.from_file"), kind="activities"))
    st.html(markup.links(links, beside=True))
    with reading(cached.engine()) as connection:
        pending = queries.load_pending_activities(connection, visit.actor)
    if pending:
        st.html(markup.paragraph(t("activities.pending", count=len(pending)), "small"))
        lines = [
            frame.anchor("activities", t.text(one.title), activity=one.key)
            + escape(f" – {t(f'state.{one.state}')}, {value_markup.person(one.author, visit)}")
            for one in pending[:PAGE]
        ]
        st.html(markup.links(lines))


# -- finding ---------------------------------------------------------------------------------------


def _wanted(visit: Visit) -> Wanted:
    """The filters, each in the address."""
    t, here = visit.t, visit.world
    every = register.records(visit.stamp)
    years = sorted({_year(a) for a in every} - {0}, reverse=True)
    claims = {claim.id: f"{claim.number}. {t.text(claim.name)}" for claim in here.catalogue.claims}
    places = {slug for a in every for slug in (a.place, *a.partner_places)}
    first, second, third = st.columns([2, 1, 1])
    with first:
        st.session_state["q"] = address.read("q")
        st.text_input(t("activities.search"), key="q", on_change=_narrow, args=("q",))
    with second:
        kind = _choice("kind", [k.value for k in ActivityKind], visit, lambda k: t(f"activity.{k}"))
    with third:
        year = _choice("year", [str(y) for y in years], visit, str)
    with st.expander(t("activities.more_filters"), expanded=any(address.read(name) for name in _MORE)):
        left, right = st.columns(2)
        with left:
            claim = _choice("claim", list(claims), visit, claims.__getitem__)
            place = _choice(
                "place", pickers.by_name(visit, list(places)), visit,
                lambda slug: t.text(here.places[slug].name),
            )  # fmt: skip
        with right:
            goal = _choice(
                "goal", [str(n) for n in range(1, 18)], visit, lambda n: f"{n}. {t(f'sdg.name.{n}')}"
            )
            state = _choice(
                "state", [s.value for s in ActivityState], visit, lambda s: t(f"activity_state.{s}")
            )
    return Wanted(
        kind, claim, int(goal) if goal else None, place, int(year) if year else None, state,
        address.read("q"),
    )  # fmt: skip


def _choice(name: str, options: list[str], visit: Visit, words: Callable[[str], str]) -> str:
    """One filter; the first option asks for nothing."""
    t = visit.t
    chosen_one = address.one_of(name, ["", *options], "")
    st.session_state[name] = chosen_one
    st.selectbox(
        t(f"activities.filter.{name}"), ["", *options], key=name, on_change=_narrow, args=(name,),
        format_func=lambda option: words(option) if option else t("activities.all"),
    )  # fmt: skip
    return chosen_one


def _narrow(name: str) -> None:
    """Another choice begins on its first page."""
    address.write(page="")
    pickers.write(name)


def _shown(visit: Visit) -> str:
    t = visit.t
    shown = address.one_of("show", SHOWN)
    st.session_state["show"] = shown
    st.segmented_control(
        t("activities.show.label"), SHOWN, key="show", required=True, on_change=_narrow, args=("show",),
        format_func=lambda option: t(f"activities.show.{option}"),
    )  # fmt: skip
    return shown


def _kept() -> dict[str, str]:
    """The filters, for links that come back to the same list."""
    return {name: address.read(name) for name in (*FILTERS, "show") if address.read(name)}


def _year(activity: Activity) -> int:
    day = activity.period.start or activity.period.end
    return day.year if day else 0


# -- what was found --------------------------------------------------------------------------------


def _summary(found: list[Activity], visit: Visit) -> None:
    """How many, each counted once, and the money by stage."""
    t = visit.t
    standing = counted(found)
    cancelled = sum(a.state is ActivityState.CANCELLED for a in found)
    repeated = len(found) - cancelled - len(standing)
    lines = [t("activities.found", count=len(standing))]
    if repeated:
        lines.append(t("activities.repeated", count=repeated))
    if cancelled:
        lines.append(t("activities.cancelled", count=cancelled))
    st.html(markup.paragraph(" ".join(lines), "lead"))
    sums = money(found, visit.world.currency)
    if sums:
        rows = [
            [
                t(f"import.column.{one.field}"), t.money(one.amount, visit.world.currency),
                t.number(one.records - len(one.left_out)),
            ]
            for one in sums
        ]  # fmt: skip
        columns = [t("activities.stage_name"), t("activities.sum"), t("activities.records")]
        st.html(markup.table(columns, rows, t("activities.money_caption"), numbers=(1, 2)))
        left_out = {key for one in sums for key in one.left_out}
        if left_out:
            st.html(markup.paragraph(t("activities.left_out", keys=t.list(sorted(left_out))), "small"))
    _credit(found, visit)
    with st.expander(t("activities.rule_title")):
        rules = ("once", "goals", "stages", "currency", "year")
        st.html(markup.items(t(f"activities.rule.{rule}", currency=visit.world.currency) for rule in rules))


def _credit(found: list[Activity], visit: Visit) -> None:
    """What was reached beside what the title can be given credit for, step by step (N3)."""
    t, currency = visit.t, visit.world.currency
    steps = attributed(found, currency)
    if not any(step.grade for step in steps):
        return
    rows = [
        [
            t(f"attribution.{step.grade}") if step.grade else t("activities.not_judged"),
            t.number(step.records),
            t.money(step.granted, currency) if step.granted else "",
        ]
        for step in steps
    ]
    columns = [t("import.column.attribution"), t("activities.records"), t("import.column.amount_granted")]
    with st.expander(t("activities.credit")):
        st.html(markup.paragraph(t("activities.credit_why"), "small"))
        st.html(markup.table(columns, rows, t("activities.credit"), numbers=(1, 2)))


def _timeline(found: list[Activity], wanted: Wanted, visit: Visit) -> None:
    """The records by year: a chart where they are enough for one, and each kind beside its numbers."""
    t = visit.t
    standing = counted(found)
    if len(standing) < FEWEST or wanted.year is not None:
        if len(standing) < FEWEST:
            st.html(markup.paragraph(t("activities.too_few", fewest=FEWEST), "small"))
        return
    made = register.timeline(visit.stamp, t.language, wanted)
    st.header(t("activities.timeline"), anchor=False)
    if made.whole is not None:
        cards.chart(made.whole, visit, "timeline")
    if len(made.kinds) > 1:
        st.html(_kinds(made, visit))


def _kinds(made: Timeline, visit: Visit) -> str:
    """Each kind: how many, its own small chart, and its years in numbers."""
    t = visit.t
    rows = []
    for one in made.kinds:
        if one.chart is None or one.chart.empty:
            chart = escape(t("activities.few", fewest=FEWEST))
        else:
            drawn = markup.picture(svg(one.chart), one.chart.alternative)
            chart = f'<div class="spark">{drawn}</div>'
        years = ", ".join(
            f"{year or t('period.undated')}: {t.number(n)}" for year, n in sorted(one.years.items())
        )
        name = frame.anchor("activities", t(f"activity.{one.kind}"), **_kept() | {"kind": one.kind.value})
        rows.append([name, escape(t.number(one.count)), chart, escape(years)])
    columns = [
        t("column.kind"), t("activities.records"), t("activities.per_year"), t("activities.in_numbers"),
    ]  # fmt: skip
    return activity_list.table(columns, rows, t("activities.by_kind"), numbers=(1,))


def _listing(found: list[Activity], visit: Visit) -> None:
    st.header(visit.t("activities.records_title"), anchor=False)
    first = paging.first_shown(len(found), PAGE)
    st.html(activity_list.listing(found[first : first + PAGE], visit, **_kept()))
    paging.turn(len(found), PAGE, visit)


def _later(found: list[Activity], visit: Visit) -> None:
    """What became of won things, and which questions are due (N20)."""
    t = visit.t
    asked = {a.key: a for a in counted(found)}
    answers = [answer for answer in register.answers(visit.stamp) if answer.activity in asked]
    st.html(markup.paragraph(t("activities.later_lead"), "small"))
    if answers:
        outcomes = {a: sum(one.outcome is a for one in answers) for a in Persistence}
        rows = [[t(f"activities.outcome.{a}"), t.number(n)] for a, n in outcomes.items()]
        columns = [t("activities.became"), t("activities.answers")]
        st.html(markup.table(columns, rows, t("activities.answers_caption"), numbers=(1,)))
    due = follow_ups(asked.values(), closed(answers), visit.stamp.day)
    if not due:
        st.html(markup.paragraph(t("activities.nothing_due"), "none"))
        return
    together: dict[str, list[FollowUp]] = {}
    for question in due:
        together.setdefault(question.activity, []).append(question)
    records = t("activities.due_records", count=len(together))
    st.html(markup.paragraph(f"{t('activities.due', count=len(due))} {records}", "lead"))
    first = paging.first_shown(len(together), PAGE)
    st.html(activity_list.due(list(together.values())[first : first + PAGE], asked, visit))
    paging.turn(len(together), PAGE, visit)
