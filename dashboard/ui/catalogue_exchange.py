"""The catalogue out as files and in again: what the files would change is shown before it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Catalogue, Claim, Indicator
from dashboard.domain.definition_change import BREAKING, check_change
from dashboard.domain.problem import Problem
from dashboard.domain.roles import Permission
from dashboard.domain.text import Text
from dashboard.errors import DashboardError, InvalidDraftsError, StaleDraftError
from dashboard.i18n import Translator
from dashboard.intake.catalogue_files import Compared, Fate, archive, compare, read_files
from dashboard.intake.definition_form import Typed, typed_claim
from dashboard.intake.indicator_form import typed_indicator
from dashboard.store.commands import set_bands
from dashboard.store.commands.redefinitions import change_claim, redefine_indicators
from dashboard.store.engine import reading
from dashboard.store.queries import Scope
from dashboard.store.queries.bands import load_band_versions
from dashboard.store.queries.definition_history import load_claim_versions
from dashboard.store.queries.reach import count_values
from dashboard.store.work import unit_of_work
from dashboard.ui import cached, catalogue_touches, light_parts, markup
from dashboard.ui.catalogue_fields import Field, changes, claim_groups, indicator_groups
from dashboard.ui.session import Visit

EDGE = "page"
ZIP = "application/zip"
_DONE = "catalogue_loaded"
_ROUND = "catalogue_load_round"
MOST_SHOWN = 50


def files(visit: Visit) -> None:
    """Export for everybody; loading for those who define."""
    t = visit.t
    st.html(markup.paragraph(t("catalogue.export_why"), "lead"))
    st.download_button(
        t("catalogue.export"), archive(_standing(visit)), t("catalogue.export_name"), ZIP,
        on_click="ignore",
    )  # fmt: skip
    if not visit.actor.may(Permission.DEFINE) or visit.known is not None:
        return
    st.header(t("catalogue.load"), anchor=False)
    if done := st.session_state.pop(_DONE, None):
        st.success(t("catalogue.load_done", count=done))
    st.html(markup.paragraph(t("catalogue.load_why"), "lead"))
    given = st.file_uploader(
        t("catalogue.load_files"), type=["toml", "zip"], accept_multiple_files=True,
        key=f"catalogue_files#{st.session_state.get(_ROUND, 0)}",
    )  # fmt: skip
    if given:
        _offered([(file.name, file.getvalue()) for file in given], visit)


def _standing(visit: Visit) -> Catalogue:
    """The definitions that stand, with the limits of their colours."""
    return replace(visit.world.catalogue, bands=tuple(visit.world.bands.values()))


def _offered(given: Sequence[tuple[str, bytes]], visit: Visit) -> None:
    """What the files would change, every problem of them at once, and the confirmation."""
    t, standing = visit.t, _standing(visit)
    offered = read_files(given, standing)
    found = compare(offered, standing)
    problems = [*offered.problems, *_forbidden(found)]
    counted = {fate: sum(1 for one in found if one.fate is fate) for fate in Fate}
    st.html(markup.facts((t(f"catalogue.fate.{fate}"), t.number(n)) for fate, n in counted.items()))
    if problems:
        st.error(t("catalogue.load_problems", count=len(problems)))
        rows = [
            [str(p.params.get("file", "")), str(p.row or ""), t(f"problem.{p.code}", **p.params)]
            for p in problems
        ]
        st.html(markup.table([t("column.file"), t("column.entry"), t("column.wrong")], rows, numbers=[1]))
        return
    moved = [one for one in found if one.fate is not Fate.UNCHANGED]
    if not moved:
        st.html(markup.paragraph(t("catalogue.load_nothing"), "none"))
        return
    _preview(moved, offered, visit)
    st.subheader(t("catalogue.touches"), anchor=False)
    claims = [one.after for one in moved if isinstance(one.after, Claim)]
    indicators = [one.after for one in moved if isinstance(one.after, Indicator)]
    st.html(markup.facts(catalogue_touches.of_files(claims, indicators, visit)))
    reason = str(
        st.text_area(t("catalogue.reason"), key="catalogue_load_reason", help=t("catalogue.reason_help"))
        or ""
    )
    if st.button(t("catalogue.load_confirm", count=len(moved)), type="primary"):
        _load(moved, reason.strip(), visit)


def _forbidden(found: Sequence[Compared]) -> list[Problem]:
    """Changes that recorded values forbid, and a break that has no day."""
    problems = []
    with reading(cached.engine()) as connection:
        for one in found:
            if isinstance(one.before, Indicator) and isinstance(one.after, Indicator) and one.fields:
                count = sum(count_values(connection, one.name).values())
                for problem in check_change(one.before, one.after, count):
                    params = {**problem.params, "file": one.name}
                    problems.append(Problem(problem.code, problem.field, params=params))
    return problems


def _preview(moved: Sequence[Compared], offered: Catalogue, visit: Visit) -> None:
    """Old → new for each field that differs; of a new definition its name."""
    t = visit.t
    fields = {
        Claim: [f for group in claim_groups(visit) for f in group.fields],
        Indicator: [
            *(f for group in indicator_groups(visit) for f in group.fields),
            Field("retired", t("catalogue.field.retired"), "truth"),
        ],
    }
    rows = []
    for one in moved:
        if isinstance(one.after, Bands):
            rows.append(_lights(one.before, one.after, offered, visit))
            continue
        name = t.text(one.after.name)
        if one.before is None:
            rows.append([name, t(f"catalogue.fate.{one.fate}"), "", ""])
            continue
        if isinstance(one.before, Bands):
            continue
        differ = changes(fields[type(one.after)], _typed(one.before, t), _typed(one.after, t), visit)
        rows += [[name, label, old or t("word.none"), new or t("word.none")] for label, old, new in differ]
        if not differ:  # the rule of the register, which no form asks
            rows.append([name, t("catalogue.register"), "", ""])
    if len(rows) > MOST_SHOWN:
        st.html(markup.paragraph(t("catalogue.first_only", shown=MOST_SHOWN, count=len(rows)), "small"))
    columns = [t("column.name"), t("column.what"), t("column.before"), t("column.after")]
    st.html(markup.table(columns, rows[:MOST_SHOWN]))


def _lights(
    before: Claim | Indicator | Bands | None, after: Bands, offered: Catalogue, visit: Visit
) -> list[str]:
    """What each colour stood for, and what it would stand for."""
    t = visit.t
    indicator = offered.indicator(after.indicator)
    if indicator is None:
        return [after.indicator, t("catalogue.lights"), "", ""]
    old = light_parts.limits(before, indicator, t) if isinstance(before, Bands) else t("word.none")
    return [t.text(indicator.name), t("catalogue.lights"), old, light_parts.limits(after, indicator, t)]


def _typed(one: Claim | Indicator, t: Translator) -> Typed:
    if isinstance(one, Claim):
        return typed_claim(one, t)
    return typed_indicator(one, t) | {"retired": one.retired}


def _load(moved: Sequence[Compared], reason: str, visit: Visit) -> None:
    """All of it as one unit of work, each thing from the version that was compared."""
    t = visit.t
    indicators = [one.after for one in moved if isinstance(one.after, Indicator)]
    based_on = {one.before.code: one.before.version for one in moved if isinstance(one.before, Indicator)}
    text = Text(*(_broken(Translator(language)) for language in ("da", "en")))
    try:
        with unit_of_work(cached.engine(), visit.actor, EDGE) as work:
            for one in moved:
                if isinstance(one.after, Claim):
                    change_claim(work, one.after, _claim_version(visit, one.name), reason)
            redefine_indicators(work, indicators, based_on, reason, text)
            for one in moved:
                if isinstance(one.after, Bands):
                    set_bands(work, one.name, one.after, _bands_version(visit, one.name), reason)
    except InvalidDraftsError as error:
        for words in dict.fromkeys(t(f"problem.{p.code}", **p.params) for p in error.problems):
            st.error(words)
        return
    except StaleDraftError:
        st.error(t("error.stale_definition"))
        return
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        return
    st.session_state[_DONE] = len(moved)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _broken(t: Translator) -> str:
    return t("catalogue.break_text", what=t.list(t(f"catalogue.field.{name}").lower() for name in BREAKING))


def _claim_version(visit: Visit, id: str) -> int:
    """The version of a claim in the state of the store that was compared."""
    with reading(cached.engine()) as connection:
        versions = load_claim_versions(connection, Scope(visit.stamp.revision), id)
    return versions[0].number if versions else 0


def _bands_version(visit: Visit, code: str) -> int:
    """The same of the limits of an indicator's colours."""
    with reading(cached.engine()) as connection:
        versions = load_band_versions(connection, Scope(visit.stamp.revision), code)
    return versions[0].number if versions else 0
