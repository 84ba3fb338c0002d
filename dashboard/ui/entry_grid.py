"""Many figures at once: the indicators of a claim and their periods at one place, typed or pasted.

Two layers. What is typed is kept on the server at once, and is no figure yet. Under the grid stands what
would be written, old beside new; only the button below that writes, all of it in one unit of work, and only
what stood there when it was pressed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Claim, Frequency, Indicator, IndicatorKind, Place, Source
from dashboard.domain.observation import (
    REALISED,
    Confidence,
    Draft,
    ObservationKind,
    WorkflowState,
)
from dashboard.domain.period import Period
from dashboard.domain.problem import Problem
from dashboard.errors import DashboardError, InvalidDraftsError, StaleDraftError
from dashboard.intake.figure_form import new_source
from dashboard.intake.grid import (
    GridColumn,
    GridReading,
    GridRow,
    ReadCell,
    Stood,
    cell_name,
    facts,
    read_columns,
    read_grid,
)
from dashboard.intake.numbers import write_number
from dashboard.intake.period_choices import choices
from dashboard.store import commands
from dashboard.store.commands.entry_drafts import forget_entry, keep_entry
from dashboard.store.engine import reading
from dashboard.store.queries.entry_drafts import load_entry
from dashboard.store.queries.locks import LockedSpans
from dashboard.store.queries.standing_values import load_standing
from dashboard.store.queries.value_history import load_value_history
from dashboard.store.work import unit_of_work
from dashboard.ui import (
    address,
    cached,
    cards,
    entry_form,
    frame,
    grid_element,
    markup,
    pickers,
    value_markup,
)
from dashboard.ui.cached import Stamp
from dashboard.ui.session import Visit

COLUMNS = 6
TYPED = ("h0", "h1")
"""The columns whose period is typed over them: another period, or an exact date."""

_RHYTHMS = {
    Frequency.ANNUAL: (Frequency.ANNUAL, Frequency.BIENNIAL, Frequency.FOUR_YEARLY, Frequency.IRREGULAR),
    Frequency.QUARTERLY: (Frequency.QUARTERLY,),
    Frequency.MONTHLY: (Frequency.MONTHLY,),
}
_REALISED = frozenset(kind.value for kind in REALISED)
_OWN, _NEW = "", "\x00new"
_PARTS: dict[str, Any] = {"cells": {}, "based": {}, "notes": {}, "source": _OWN, "title": "", "address": "",
                          "reason": ""}  # fmt: skip


@dataclass(frozen=True)
class _Sheet:
    """The grid as it is offered: its rows and columns, and what stands in each cell."""

    form: str
    place: Place
    rows: list[GridRow]
    columns: list[GridColumn]
    stood: Mapping[str, Stood]
    closed: frozenset[str]
    known: Mapping[str, pd.DataFrame]


def entry(visit: Visit) -> None:
    """The whole of it: what is chosen, the grid, what would be written, and the button."""
    t = visit.t
    one, two, three = st.columns([3, 2, 2])
    with one:
        claim = pickers.claim(visit)
    offered = [i for i in visit.world.catalogue.indicators if claim.id in i.claims and _typed_in(i)]
    rhythms = [r for r, members in _RHYTHMS.items() if any(i.frequency in members for i in offered)]
    with three:
        where = entry_form.place(visit)
    if not rhythms:
        st.html(markup.paragraph(t("grid.nothing"), "none"))
        return
    with two:
        rhythm = Frequency(
            pickers.one(t("grid.rhythm"), "rhythm", list(rhythms), lambda code: t(f"grid.rhythms.{code}"))
        )
    form = f"grid:{claim.id}:{where.slug}:{rhythm.value}"
    payload = _payload(form, visit)
    source = _source(payload, form, visit)
    indicators = [i for i in offered if i.frequency in _RHYTHMS[rhythm]]
    sheet = _sheet(form, indicators, where, rhythm, payload, source, visit)
    reading_ = read_grid(
        sheet.rows, sheet.columns, payload["cells"], sheet.stood, t, visit.stamp.day, known=sheet.known,
        based=payload["based"], notes=payload["notes"], locked=sheet.closed,
    )  # fmt: skip
    _draw(sheet, reading_, payload, claim, visit)
    _turn_pages(rhythm, visit)
    _conflicts(reading_, payload, form, visit)
    _confirm(sheet, reading_, payload, source, visit)


def _typed_in(indicator: Indicator) -> bool:
    return (
        indicator.rollup is None and not indicator.retired and indicator.kind is not IndicatorKind.NARRATIVE
    )


# -- what was typed and not saved ------------------------------------------------------------------


def _payload(form: str, visit: Visit) -> dict[str, Any]:
    """Everything typed into this grid, as this session knows it; a new session asks the store."""
    if st.session_state.get("grid_form") != form:
        with reading(cached.engine()) as connection:
            kept = load_entry(connection, visit.actor, form)
        found = {name: kept.payload.get(name, empty) for name, empty in _PARTS.items()} if kept else _empty()
        st.session_state["grid_form"], st.session_state["grid_payload"] = form, found
        st.session_state["grid_restored"] = bool(kept)
    payload: dict[str, Any] = st.session_state["grid_payload"]
    if st.session_state["grid_restored"]:
        st.info(visit.t("enter.restored"))
    return payload


def _empty() -> dict[str, Any]:
    return {name: dict(empty) if isinstance(empty, dict) else empty for name, empty in _PARTS.items()}


def _round() -> int:
    return int(st.session_state.get("grid_round", 0))


def _keep(payload: Mapping[str, Any], form: str, visit: Visit) -> None:
    keep_entry(cached.engine(), visit.actor, form, payload)


def _typed(key: str, form: str, seen: Mapping[str, int], visit: Visit) -> None:
    """The browser sent the texts: keep them, and for a field newly touched what stood there."""
    payload = st.session_state["grid_payload"]
    texts = grid_element.texts(key)
    payload["based"] = {name: payload["based"].get(name, seen.get(name, 0)) for name in texts if "|" in name}
    payload["cells"] = texts
    _keep(payload, form, visit)


def _say(name: str, key: str, form: str, visit: Visit) -> None:
    """A field beside the grid has changed; the answer to a warning is called ``notes|CELL``."""
    payload, value = st.session_state["grid_payload"], st.session_state[key]
    part, _, cell = name.partition("|")
    if cell:
        payload[part][cell] = value
    else:
        payload[part] = value
    _keep(payload, form, visit)


def _field(name: str, label: str, payload: dict[str, Any], form: str, visit: Visit) -> str:
    """A text field that is kept with the grid."""
    part, _, cell = name.partition("|")
    key = f"grid {name}@{form}#{_round()}"
    if key not in st.session_state:
        st.session_state[key] = payload[part].get(cell, "") if cell else payload[part]
    return str(st.text_input(label, key=key, on_change=_say, args=(name, key, form, visit)) or "")


def _forget(form: str, visit: Visit) -> None:
    forget_entry(cached.engine(), visit.actor, form)
    st.session_state["grid_payload"] = _empty()
    st.session_state["grid_restored"] = False
    st.session_state["grid_round"] = _round() + 1


# -- rows, columns and what stands in them ---------------------------------------------------------


def _source(payload: dict[str, Any], form: str, visit: Visit) -> tuple[str, Source | None]:
    """The source of the block: of each row its last one, one of those known, or a new one."""
    t = visit.t
    titles = {key: source.title for key, source in visit.world.sources.items()}
    words = {_OWN: t("grid.own_source"), _NEW: t("enter.source_new")} | titles
    keys = [_OWN, _NEW, *sorted(titles, key=lambda key: t.sort_key(titles[key]))]
    key = f"grid source@{form}#{_round()}"
    if st.session_state.get(key) not in keys:
        st.session_state[key] = payload["source"] if payload["source"] in keys else _OWN
    chosen = st.selectbox(
        t("enter.source"), keys, key=key, format_func=lambda k: words[k], on_change=_say,
        args=("source", key, form, visit),
    )  # fmt: skip
    if chosen != _NEW:
        return str(chosen or _OWN), None
    one, two = st.columns(2)
    with one:
        title = _field("title", t("enter.source_title"), payload, form, visit)
    with two:
        web = _field("address", t("enter.source_address"), payload, form, visit)
    made, problem = new_source(title, web, visit.world.sources)
    if problem is not None:
        st.error(t(f"problem.{problem.code}", **problem.params))
    return (made.key, made) if made is not None else (_NEW, None)


def _sheet(
    form: str, indicators: Sequence[Indicator], where: Place, rhythm: Frequency, payload: Mapping[str, Any],
    source: tuple[str, Source | None], visit: Visit,
) -> _Sheet:  # fmt: skip
    stamp = visit.stamp._replace(submitted=True)
    known = {i.code: cached.series(stamp, i.code, (where.slug,)) for i in indicators}
    rows = [_row_of(i, where, _records(stamp, i.code, where.slug), source[0], visit) for i in indicators]
    cells = payload["cells"]
    columns = read_columns(_offered(rhythm, cells, visit), {key: cells.get(key, "") for key in TYPED})
    begun = facts(rows, columns)
    keys = {name: draft.natural_key for name, draft in begun.items() if draft.source}
    with reading(cached.engine()) as connection:
        standing = load_standing(connection, sorted(set(keys.values())))
        locks = LockedSpans.load(connection)
    public = {i.code: _by_fact(_records(visit.stamp, i.code, where.slug)) for i in indicators}
    team = {i.code: _by_fact(_records(stamp, i.code, where.slug)) for i in indicators}
    stood = {}
    for name, key in keys.items():
        there = standing.get(key)
        if there is None:
            continue
        fact = _fact(begun[name])
        row = team[begun[name].indicator].get(fact, {})
        stood[name] = Stood(
            there.id,
            None if there.withdrawn else there.value,
            str(row.get("currency", begun[name].currency)),
            "" if there.withdrawn or there.value is not None else str(row.get("missing_reason", "")),
            fact in public[begun[name].indicator],
        )
    closed = frozenset(
        name
        for name, draft in begun.items()
        if locks.hold(draft.indicator, draft.period.end or draft.period.start)
    )
    return _Sheet(form, where, rows, columns, stood, closed, known)


@st.cache_resource(max_entries=256, show_spinner=False)
def _records(stamp: Stamp, code: str, place: str) -> tuple[dict[str, Any], ...]:
    """The rows of a series one by one; made once a revision, since a grid asks for them at each change."""
    rows = cached.series(stamp, code, (place,)).to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)


def _row_of(
    wanted: Indicator, where: Place, known: Sequence[Mapping[str, Any]], source: str, visit: Visit
) -> GridRow:
    """A row: what its values have in common with the last one, and those that stand with their own."""
    realised = [row for row in known if not row["disaggregation"] and row["kind"] in _REALISED]
    own = [row for row in realised if row["unit"] == wanted.unit]
    last: Mapping[Any, Any] = own[-1] if own else {}
    if source not in (_OWN, _NEW):
        own = [row for row in own if row["source"] == source]
        last = own[-1] if own else last
    chosen = str(last.get("source", "")) if source == _OWN else "" if source == _NEW else source
    begun = _begun(wanted, where, last, chosen, visit)
    if source == _NEW:
        return GridRow(wanted, begun)
    # Where two sources state a period, the one that the row goes on with is last, and stays.
    stated = {
        cards.period_of(row): _begun(wanted, where, row, str(row["source"]), visit)
        for row in sorted(own, key=lambda row: bool(row["source"] == chosen))
    }
    return GridRow(wanted, begun, stated)


def _begun(wanted: Indicator, where: Place, like: Mapping[Any, Any], source: str, visit: Visit) -> Draft:
    """A draft like an earlier value, but from `source`: everything but period and value."""
    money = wanted.kind is IndicatorKind.MONEY
    begun = Draft(
        indicator=wanted.code, place=where.slug, source=source, unit=wanted.unit,
        currency=str(like.get("currency") or visit.world.currency) if money else "",
        kind=ObservationKind(like.get("kind", ObservationKind.ACTUAL)),
        boundary=str(like.get("boundary", "")), method=str(like.get("method", "")),
        method_version=str(like.get("method_version", "")),
    )  # fmt: skip
    if like.get("confidence") and like["source"] == source:  # the same hand counted the same way
        grade = Confidence(like["confidence"])
        begun = replace(begun, confidence=grade, confidence_reason=str(like["confidence_reason"]))
    return begun


def _offered(rhythm: Frequency, cells: Mapping[str, str], visit: Visit) -> list[Period]:
    """The periods of the window that is open, oldest first, and every other one that was typed in."""
    every = choices(rhythm, visit.stamp.day)
    first = _back(rhythm, visit.stamp.day)
    typed = {name.partition("|")[2] for name in cells}
    window = every[first : first + COLUMNS]
    return sorted({*window, *(p for p in every if p.key in typed)}, key=lambda p: p.end or visit.stamp.day)


def _back(rhythm: Frequency, today: date) -> int:
    """How many periods the window ends before the running one."""
    return address.number("back", 0, len(choices(rhythm, today)) - 1) or 0


def _turn_pages(rhythm: Frequency, visit: Visit) -> None:
    """Links to the periods before and after those shown; what is typed stays."""
    back, count = _back(rhythm, visit.stamp.day), len(choices(rhythm, visit.stamp.day))
    kept = {name: value for name, value in st.query_params.items() if name not in ("back", *address.STICKY)}
    links = []
    for words, step in (("grid.earlier", back + COLUMNS), ("grid.later", max(back - COLUMNS, 0))):
        if step != back and step < count:
            links.append(frame.go("enter", visit.t(words), **kept, back=str(step)))
    if links:
        st.html("".join(links))


_Fact = tuple[Any, ...]


def _fact(draft: Draft) -> _Fact:
    start, end = (pd.Timestamp(day) if day else pd.NaT for day in (draft.period.start, draft.period.end))
    words = (draft.source, draft.kind.value, draft.method, draft.boundary, draft.disaggregation)
    return (*words, str(start), str(end), draft.period.precision.value)


def _by_fact(rows: Sequence[Mapping[str, Any]]) -> dict[_Fact, Mapping[str, Any]]:
    """The rows of a series by what they are about, as `_fact` says it of a draft."""
    words = ["source", "kind", "method", "boundary", "disaggregation"]
    words += ["period_start", "period_end", "precision"]
    return {tuple(str(row[name]) for name in words): row for row in rows}


# -- what is shown ---------------------------------------------------------------------------------


def _draw(sheet: _Sheet, read: GridReading, payload: Mapping[str, Any], claim: Claim, visit: Visit) -> None:
    t = visit.t
    key = f"grid-{hashlib.sha256(sheet.form.encode()).hexdigest()[:12]}-{_round()}-{t.language}"
    key += f"-{hashlib.sha256(repr([c.key for c in sheet.columns]).encode()).hexdigest()[:8]}"
    heads = [_head(column, visit) for column in sheet.columns]
    rows = [_row(row, sheet, heads, visit) for row in sheet.rows]
    data = {
        "id": key,
        "label": t("grid.label", claim=t.text(claim.name), place=t.text(sheet.place.name)),
        "corner": t("column.indicator"),
        "heads": heads,
        "rows": rows,
        "edits": payload["cells"],
        "marks": _marks(read, visit),
        "words": {"pasted": t("grid.pasted"), "beyond": t("grid.beyond")},
    }
    seen = {
        cell_name(row.indicator.code, column.key): 0 for row in sheet.rows for column in sheet.columns
    } | {name: stood.observation for name, stood in sheet.stood.items()}
    st.html(markup.paragraph(t("grid.how", number=t.number(1234.5)), "small"))
    grid_element.draw(data, key, partial(_typed, key, sheet.form, seen, visit))


def _head(column: GridColumn, visit: Visit) -> dict[str, Any]:
    t = visit.t
    if column.typed:
        number = str(TYPED.index(column.key) + 1)
        return {
            "key": column.key, "name": column.key, "text": "", "hint": t("grid.period_hint"),
            "label": t("grid.typed_period", number=number),
        }  # fmt: skip
    words = t.period(column.period) if column.period else ""
    return {"key": column.key, "name": "", "text": words, "label": words}


def _row(row: GridRow, sheet: _Sheet, heads: Sequence[Mapping[str, Any]], visit: Visit) -> dict[str, Any]:
    t, indicator = visit.t, row.indicator
    quantity = Quantity(indicator, indicator.unit, row.begun.currency, None, None, t)
    source = visit.world.sources.get(row.begun.source)
    unit = quantity.words(indicator.unit, row.begun.currency)
    name = t.text(indicator.name)
    cells = []
    for column, head in zip(sheet.columns, heads, strict=True):
        cell = cell_name(indicator.code, column.key)
        closed = cell in sheet.closed
        label = t("grid.cell", name=name, period=head["label"])
        cells.append({
            "name": cell, "stands": _plainly(sheet.stood.get(cell), indicator, visit), "closed": closed,
            "label": t("grid.closed_cell", cell=label) if closed else label,
        })  # fmt: skip
    return {
        "key": indicator.code, "text": name, "unit": unit, "source": source.title if source else "",
        "cells": cells,
    }  # fmt: skip


def _plainly(stood: Stood | None, indicator: Indicator, visit: Visit) -> str:
    """What stands in a cell, as it would be typed."""
    t = visit.t
    if stood is None or stood.empty:
        return ""
    if stood.value is None:
        return t(f"missing.{stood.missing}")
    if indicator.kind is IndicatorKind.YES_NO:
        return t("word.yes" if stood.value else "word.no")
    return write_number(stood.value, t)


def _marks(read: GridReading, visit: Visit) -> dict[str, dict[str, Any]]:
    """What is said of each field: a kind, a word in it, and sentences under its row."""
    t = visit.t
    marks: dict[str, dict[str, Any]] = {
        key: {"kind": "error", "word": t("grid.mark.error"), "texts": [_words(problem, visit)]}
        for key, problem in read.headings.items()
    }
    for cell in read.cells:
        begins = f"{_period(cell, visit)}: "
        shown = [*cell.errors, *cell.warnings]
        words = partial(entry_form.problem_words, wanted=cell.row.indicator, visit=visit)
        if cell.emptied:
            stands = _plainly(cell.stood, cell.row.indicator, visit)
            kind, texts = "warning", [begins + t("grid.emptied", value=stands)]
        elif cell.errors:
            kind, texts = "error", [begins + words(p) for p in shown]
        elif cell.warnings:
            kind, texts = "warning", [begins + words(p) for p in shown]
        elif cell.same or cell.draft is None:
            kind, texts = "same", []
        else:
            kind, texts = ("new" if cell.stood.empty else "changed"), []
        marks[cell.name] = {"kind": kind, "word": t(f"grid.mark.{kind}"), "texts": texts}
    return marks


def _words(problem: Problem, visit: Visit) -> str:
    return visit.t(f"problem.{problem.code}", **problem.params)


def _period(cell: ReadCell, visit: Visit) -> str:
    if cell.column.period is None:
        return visit.t("grid.typed_period", number=str(TYPED.index(cell.column.key) + 1))
    return visit.t.period(cell.column.period)


def _called(cell: ReadCell, visit: Visit) -> str:
    name = visit.t.text(cell.row.indicator.name)
    return visit.t("grid.cell", name=name, period=_period(cell, visit))


def _written(value: float | None, missing: str, currency: str, cell: ReadCell, visit: Visit) -> str:
    t = visit.t
    if value is None:
        return t(f"missing.{missing}") if missing else t("review.nothing_before")
    indicator = cell.row.indicator
    quantity = Quantity(indicator, indicator.unit, currency, None, None, t)
    if indicator.kind in (IndicatorKind.YES_NO, IndicatorKind.SCORE):
        return quantity.number(value)
    return f"{write_number(value, t)}\u00a0{quantity.words(indicator.unit, currency, value)}".strip()


def _before(cell: ReadCell, visit: Visit) -> str:
    return _written(cell.stood.value, cell.stood.missing, cell.stood.currency, cell, visit)


def _after(cell: ReadCell, visit: Visit) -> str:
    if cell.draft is None:
        return ""
    missing = cell.draft.missing_reason.value if cell.draft.missing_reason else ""
    return _written(cell.draft.value, missing, cell.draft.currency, cell, visit)


# -- before anything is written --------------------------------------------------------------------


def _conflicts(read: GridReading, payload: dict[str, Any], form: str, visit: Visit) -> None:
    """Somebody else saved meanwhile: both values, and which one shall stand."""
    t = visit.t
    for cell in read.conflicts:
        with reading(cached.engine()) as connection:
            theirs = load_value_history(connection, visit.actor, cell.stood.observation)[0]
        st.warning(
            t("grid.conflict", cell=_called(cell, visit), actor=value_markup.person(theirs.actor, visit),
              theirs=_before(cell, visit), mine=_after(cell, visit))
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button(
                t("grid.keep_mine"), key=f"mine {cell.name}", on_click=_rebase,
                args=(cell.name, cell.stood.observation, form, visit),
            )  # fmt: skip
            st.button(
                t("grid.take_theirs"), key=f"theirs {cell.name}", on_click=_give_up,
                args=(cell.name, form, visit),
            )  # fmt: skip


def _rebase(name: str, observation: int, form: str, visit: Visit) -> None:
    payload = st.session_state["grid_payload"]
    payload["based"][name] = observation
    _keep(payload, form, visit)


def _give_up(name: str, form: str, visit: Visit) -> None:
    payload = st.session_state["grid_payload"]
    payload["cells"].pop(name, None)
    payload["based"].pop(name, None)
    st.session_state["grid_round"] = _round() + 1  # the browser must let go of its text too
    _keep(payload, form, visit)


def _confirm(
    sheet: _Sheet, read: GridReading, payload: dict[str, Any], source: tuple[str, Source | None],
    visit: Visit,
) -> None:  # fmt: skip
    """What would be written, the answers that are asked for, and the buttons that write it."""
    t = visit.t
    if not read.cells and not read.headings:
        st.html(markup.paragraph(t("grid.nothing_yet"), "small"))
        return
    st.header(t("grid.summary"), anchor=False)
    said = [t("grid.changed", count=read.changed)] if read.changed else []
    said += [t("grid.new" if said else "grid.only_new", count=read.new)] if read.new else []
    if said or not read.wrong:
        st.html(markup.paragraph(", ".join(said) + "." if said else t("grid.no_change")))
    if read.wrong:
        st.error(t("grid.wrong", count=read.wrong))
    if read.changes:
        columns = [t(f"column.{name}") for name in ("indicator", "period", "before", "after", "source")]
        rows = [
            [
                t.text(cell.row.indicator.name), _period(cell, visit), _before(cell, visit),
                _after(cell, visit), _source_title(cell, source[1], visit),
            ]
            for cell in read.changes
        ]  # fmt: skip
        st.html(markup.table(columns, rows))
    if read.unanswered:
        st.warning(t("grid.unanswered", count=read.unanswered))
    for cell in read.changes:
        if cell.warnings:
            label = t("grid.answer", cell=_called(cell, visit))
            _field(f"notes|{cell.name}", label, payload, sheet.form, visit)
    reason = ""
    if read.needs_reason:
        reason = _field("reason", t("grid.reason"), payload, sheet.form, visit).strip()
    ready = read.ready and (bool(reason) or not read.needs_reason)
    with st.container(horizontal=True):
        # The key is what the page says would be written: a press on an older page writes nothing.
        submitted = st.button(
            t("grid.submit", count=len(read.changes)), type="primary", disabled=not ready,
            key=f"grid-submit-{read.digest}",
        )  # fmt: skip
        kept = st.button(t("enter.save_draft"), disabled=not ready, key=f"grid-draft-{read.digest}")
        st.button(t("enter.discard"), on_click=_forget, args=(sheet.form, visit), key="grid-discard")
    if read.ready and not ready:
        st.html(markup.paragraph(t("grid.reason_first"), "small"))
    if ready and (submitted or kept):  # a press arrives with what was typed since
        state = WorkflowState.SUBMITTED if submitted else WorkflowState.DRAFT
        _save(sheet, read, source[1], state, reason, visit)


def _source_title(cell: ReadCell, made: Source | None, visit: Visit) -> str:
    key = cell.draft.source if cell.draft is not None else ""
    if made is not None and made.key == key:
        return made.title
    return visit.world.sources[key].title if key in visit.world.sources else ""


def _save(
    sheet: _Sheet, read: GridReading, made: Source | None, state: WorkflowState, reason: str, visit: Visit
) -> None:
    """Everything in one unit of work and as one batch, or nothing."""
    t, count = visit.t, len(read.changes)
    title = t("grid.batch", place=t.text(sheet.place.name), day=t.short_date(visit.stamp.day))
    try:
        with unit_of_work(cached.engine(), visit.actor, entry_form.EDGE) as work:
            if made is not None:
                commands.define_sources(work, [made])
            batch = commands.open_batch(work, title, rows_read=count, rows_loaded=count)
            commands.record(work, read.drafts, state=state, batch=batch, reason=reason)
    except StaleDraftError:
        st.session_state["grid_done"] = ("warning", "grid.stale", 0)
        st.rerun()
    except InvalidDraftsError as error:
        for problem in error.problems:
            at = read.changes[problem.row - 1] if problem.row else None
            st.error((f"{_called(at, visit)}: " if at else "") + _words(problem, visit))
        return
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        return
    _forget(sheet.form, visit)
    st.session_state["grid_done"] = ("success", f"grid.done_{state.value}", count)
    st.rerun()


def said(visit: Visit) -> None:
    """What the last save did, said once."""
    kind, key, count = st.session_state.pop("grid_done", ("", "", 0))
    if key:
        (st.success if kind == "success" else st.warning)(visit.t(key, count=count))
