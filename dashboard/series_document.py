"""One indicator's series as a document that outside tools read: `rules`, ``series --format json``.

It only grows: a key that has been given out keeps its name, its place and its meaning.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
from babel.numbers import get_territory_currencies

from dashboard.analysis.comparability import passports
from dashboard.analysis.exchange import rate_table
from dashboard.analysis.normalise import Refusal, Shaped, View, graded, normalise
from dashboard.analysis.rollup import rollup
from dashboard.choosing import unknown
from dashboard.domain.catalogue import Indicator, Place
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.lifecycle import profile
from dashboard.store.queries import Scope

if TYPE_CHECKING:
    from sqlalchemy import Connection

POINT_KEYS = (
    "place", "period_start", "period_end", "precision", "month_since_designation", "value", "unit",
    "currency", "qualifier", "kind", "preferred", "grade", "flags", "source",
)  # fmt: skip
ADDED_KEYS = ("disaggregation", "low", "high")
"""Keys that came later, and so stand last: the part of a split, and the interval where one is published."""

PERIOD_KEYS = ("period_start", "period_end", "precision")
UNDATED_KEYS = tuple(key for key in (*POINT_KEYS, *ADDED_KEYS) if key not in PERIOD_KEYS)
AS_PUBLISHED = View()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. No places means the home city; `as_known_at` is a day, None is now."""

    indicator: str
    places: tuple[str, ...] = ()
    view: View = AS_PUBLISHED
    as_known_at: date | None = None
    submitted: bool = False


def series_document(
    connection: Connection, request: Request, actor: Actor, t: Translator, today: date
) -> dict[str, Any]:
    """The series as plain JSON types, in the order of `rules`; null for nothing.

    Raises `InvalidChoiceError` for an indicator, place, currency or day that the store does not know,
    naming what is near, and `PermissionDeniedError` when submitted values are asked for in vain.
    """
    if request.submitted:
        actor.require(Permission.READ_SUBMITTED)
    home = profile(connection).home_place
    scope = scope_of(connection, request.as_known_at, request.submitted, today)
    every = queries.load_places(connection, scope)
    indicator = _indicator(connection, scope, request.indicator)
    chosen = request.places or (home,)
    for slug in chosen:
        if slug not in every:
            raise unknown("place", slug, {p.slug: (p.name.da, p.name.en) for p in every.values()})
    currencies = rate_table().currencies
    if request.view.currency is not None and request.view.currency not in currencies:
        raise unknown("currency", request.view.currency, {c: (t.currency_name(c),) for c in currencies})
    shaped = _shape(connection, scope, request, indicator, every, home, chosen, today)
    return _document(shaped, request, indicator, t)


def scope_of(connection: Connection, day: date | None, submitted: bool, today: date) -> Scope:
    """The scope of "as known at" a day. Raises `InvalidChoiceError` for a day without knowledge."""
    if day is None:
        return Scope(submitted=submitted)
    if day > today:
        raise InvalidChoiceError("error.day_ahead", what=day)
    revision = queries.revision_at(connection, day)
    if revision == 0:
        first = queries.recorded_at(connection, 1)
        raise InvalidChoiceError("error.day_before", what=day, first=first.date() if first else day)
    return Scope(revision, submitted)


def _indicator(connection: Connection, scope: Scope, code: str) -> Indicator:
    catalogue = queries.load_catalogue(connection, scope)
    indicator = catalogue.indicator(code)
    if indicator is None:
        raise unknown("indicator", code, {i.code: (i.name.da, i.name.en) for i in catalogue.indicators})
    return indicator


def _shape(
    connection: Connection,
    scope: Scope,
    request: Request,
    indicator: Indicator,
    every: Mapping[str, Place],
    home: str,
    chosen: Sequence[str],
    today: date,
) -> Shaped:
    """The chosen places shaped for the view, graded against the home city whether it is shown or not."""
    with_home = [*chosen, *({home} - set(chosen))]
    frame = queries.load_series(connection, scope, [indicator.code], with_home)
    if indicator.rollup is not None and home in every:
        country = every[home].country
        currency = request.view.currency or currency_of(country)
        register = queries.load_activities(connection, scope, [home])
        rolled = rollup(register, indicator, country, currency, request.as_known_at or today)
        frame = pd.concat([frame, rolled], ignore_index=True) if len(rolled) else frame
    notes = queries.load_notes(connection, scope)
    breaks = queries.load_breaks(connection, scope)
    found = passports(frame, indicator, home, queries.load_sources(connection, scope), notes, breaks)
    asked = frame[frame["place"].isin(list(chosen))].reset_index(drop=True)
    populations = queries.load_populations(connection, scope, chosen)
    shaped = normalise(asked, indicator, request.view, every, populations, breaks, notes)
    return graded(shaped, {slug: (p.grade, p.reasons) for slug, p in found.items()})


def currency_of(country: str) -> str:
    """The money of a country today; Danish kroner where no country is known."""
    return str(next(iter(get_territory_currencies(country or "DK")), "DKK"))


def _document(shaped: Shaped, request: Request, indicator: Indicator, t: Translator) -> dict[str, Any]:
    view = request.view
    points = [_point(row) for row in shaped.points.to_dict("records")]
    undated = [_point(_as_stated(row, indicator)) for row in shaped.undated.to_dict("records")]
    return {
        "indicator": indicator.code,
        "unit": shaped.unit,
        "view": {
            "axis": view.axis,
            "per": view.per,
            "currency": view.currency,
            "index_base": view.index_base,
            "as_known_at": request.as_known_at.isoformat() if request.as_known_at else None,
        },
        "points": points,
        "undated": [{key: point[key] for key in UNDATED_KEYS} for point in undated],
        "refused": [_refused(refusal, t) for refusal in shaped.refused],
    }


def _as_stated(row: Mapping[Any, Any], indicator: Indicator) -> dict[Any, Any]:
    """An undated row, whose value is shown as published and graded as what it is: an illustration."""
    return {
        **row,
        "month_since_designation": None,
        "shown_value": row["value"],
        "shown_unit": row["unit"] or indicator.unit,
        "shown_currency": row["currency"],
        "shown_low": row["low"],
        "shown_high": row["high"],
        "grade": "illustrative",
    }


def _point(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "place": row["place"],
        "period_start": day_text(row["period_start"]),
        "period_end": day_text(row["period_end"]),
        "precision": row["precision"],
        "month_since_designation": plain_number(row["month_since_designation"]),
        "value": plain_number(row["shown_value"]),
        "unit": row["shown_unit"] or None,
        "currency": row["shown_currency"] or None,
        "qualifier": row["qualifier"] or None,
        "kind": row["kind"] or None,
        "preferred": bool(row["preferred"]),
        "grade": row["grade"] or None,
        "flags": [flag for flag in row["flags"].split(";") if flag],
        "source": row["source"] or None,
        "disaggregation": row["disaggregation"] or None,
        "low": plain_number(row["shown_low"]),
        "high": plain_number(row["shown_high"]),
    }


def _refused(refusal: Refusal, t: Translator) -> dict[str, Any]:
    return {
        "place": refusal.place,
        "period_start": day_text(refusal.period_start),
        "period_end": day_text(refusal.period_end),
        "code": refusal.code,
        "reason": t(f"refusal.{refusal.code}", **refusal.params),
    }


def day_text(value: Any) -> str | None:
    """A date or timestamp as an ISO date; None for a missing one."""
    return None if value is None or pd.isna(value) else str(value)[:10]


def plain_number(value: Any) -> int | float | None:
    """A number without the last digits of floating arithmetic; whole numbers without a point."""
    if value is None or pd.isna(value) or not math.isfinite(value):
        return None
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def series_csv(document: Mapping[str, Any]) -> str:
    """The same document as one table; `row` says which of the three lists a line comes from."""
    columns = ("row", "indicator", *POINT_KEYS, "code", "reason", *ADDED_KEYS)
    lines = [
        {"row": kind, "indicator": document["indicator"], **item}
        for kind, list_ in (("point", "points"), ("undated", "undated"), ("refused", "refused"))
        for item in document[list_]
    ]
    return table_text(columns, lines)


def table_text(columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> str:
    """Lines as CSV (RFC 4180): comma, point in numbers, lists joined by ``;``, blank for nothing."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell_text(line.get(name)) for name in columns] for line in lines)
    return out.getvalue()


def cell_text(value: Any) -> Any:
    """A cell of a CSV file.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; a sign on its own (the
    qualifier ``=``) is harmless and stays as it is.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        value = ";".join(str(item) for item in value)
    if isinstance(value, str) and len(value) > 1 and value not in (">=", "<=") and value[0] in "=+-@\t\r":
        return f"'{value}"
    return value
