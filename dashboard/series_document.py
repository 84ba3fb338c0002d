"""One indicator's series as a document that outside tools read: `rules`, ``series --format json``.

It only grows: a key that has been given out keeps its name, its place and its meaning. Each point names what
it was converted with: the rate and its days, the population, the table of prices, the baseline, the whole.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
from babel.numbers import get_territory_currencies

from dashboard.analysis.comparability import Passport, least_comparable, passports
from dashboard.analysis.exchange import rate_table
from dashboard.analysis.formula import Formula, breaks_of, computed, inputs_of
from dashboard.analysis.levels import change_since_baseline, per_festival_day, share_of_network
from dashboard.analysis.like_for_like import like_for_like, of_register
from dashboard.analysis.normalise import Refusal, Shaped, View, graded, normalise
from dashboard.analysis.parts import Split, splits
from dashboard.analysis.rollup import rollup
from dashboard.analysis.wording import refusal_sentence
from dashboard.choosing import Level, unknown
from dashboard.config import DATA
from dashboard.domain.catalogue import (
    Catalogue,
    ComparabilityNote,
    Indicator,
    Place,
    SeriesBreak,
    Source,
)
from dashboard.domain.comparability import ComparabilityAnswer
from dashboard.domain.prices import PriceTable
from dashboard.domain.roles import Actor, Permission
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import Translator
from dashboard.intake.formulas import Measures, read_measures
from dashboard.store import queries
from dashboard.store.lifecycle import profile
from dashboard.store.queries import Scope

if TYPE_CHECKING:
    from sqlalchemy import Connection

POINT_KEYS = (
    "place", "period_start", "period_end", "precision", "month_since_designation", "value", "unit",
    "currency", "qualifier", "kind", "preferred", "grade", "flags", "source",
)  # fmt: skip
ADDED_KEYS = (
    "disaggregation", "low", "high", "reasons", "exchange_rate", "exchange_from", "exchange_to", "population",
    "population_boundary", "price_table", "price_year", "price_factor", "compared_with", "divisor", "members",
    "members_with_value", "national_rate", "national_from", "national_to", "national_currency",
    "calendar_matched",
)  # fmt: skip
"""Keys that came later, and so stand last: the part of a split, the interval where one is published, why the
grade is what it is, and what the value was converted with, null where it was not."""

PERIOD_KEYS = ("period_start", "period_end", "precision")
UNDATED_KEYS = tuple(key for key in (*POINT_KEYS, *ADDED_KEYS) if key not in PERIOD_KEYS)
AS_PUBLISHED = View()
INHABITANTS = 100_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. No places means the home city; `as_known_at` is a day, None is now.

    `incomplete_network` takes the share of the members that have a value; `like_for_like` holds an unfinished
    year against the same months of earlier ones; `split` tells whether the parts add up to the whole.
    """

    indicator: str
    places: tuple[str, ...] = ()
    view: View = AS_PUBLISHED
    as_known_at: date | None = None
    submitted: bool = False
    level: Level = "published"
    incomplete_network: bool = False
    like_for_like: bool = False
    split: bool = False


def asked(request: Request) -> Request:
    """The request with its level and its view in agreement.

    Raises `InvalidChoiceError` where they contradict each other or a year is missing.
    """
    view, level = request.view, request.level
    if level == "per_100000":
        if view.per not in (None, INHABITANTS):
            raise InvalidChoiceError("error.series.level_and_per")
        view = replace(view, per=INHABITANTS)
    elif level == "index" and view.index_base is None:
        raise InvalidChoiceError("error.series.index_base_missing")
    elif level not in ("published", "index") and view.index_base is not None:
        raise InvalidChoiceError("error.series.level_and_index")
    elif level == "share_of_network" and view.per is not None:
        raise InvalidChoiceError("error.series.level_and_per")
    elif level == "published" and view.index_base is not None:
        level = "index"
    elif level == "published" and view.per == INHABITANTS:
        level = "per_100000"
    if (view.prices == "constant") != (view.base_year is not None):
        raise InvalidChoiceError("error.series.base_year")
    if view.prices == "purchasing_power" and view.currency is not None:
        raise InvalidChoiceError("error.series.purchasing_power_currency")
    if view.table and not view.prices:
        raise InvalidChoiceError("error.series.table_without_prices")
    return replace(request, view=view, level=level)


@dataclass(frozen=True)
class _World:
    """What one document is made from, as known at one moment."""

    connection: Connection
    scope: Scope
    catalogue: Catalogue
    every: Mapping[str, Place]
    home: str
    chosen: tuple[str, ...]
    measures: Measures
    tables: tuple[PriceTable, ...]
    notes: tuple[ComparabilityNote, ...]
    breaks: tuple[SeriesBreak, ...]
    answers: tuple[ComparabilityAnswer, ...]
    sources: Mapping[str, Source]
    today: date


@dataclass(frozen=True)
class _Told:
    """A shaped series and everything that is told of it beside the points."""

    shaped: Shaped
    frame: pd.DataFrame
    passports: Mapping[str, Passport]
    formula: Formula | None


def series_document(
    connection: Connection, request: Request, actor: Actor, t: Translator, today: date
) -> dict[str, Any]:
    """The series as plain JSON types, in the order of `rules`; null for nothing.

    Raises `InvalidChoiceError` for an indicator, place, currency, table or day that the store does not know,
    naming what is near, and for views that contradict each other; `PermissionDeniedError` when submitted
    values are asked for in vain.
    """
    if request.submitted:
        actor.require(Permission.READ_SUBMITTED)
    request = asked(request)
    home = profile(connection).home_place
    scope = scope_of(connection, request.as_known_at, request.submitted, today)
    every = queries.load_places(connection, scope)
    catalogue = queries.load_catalogue(connection, scope)
    measures = read_measures(DATA / "catalogue", catalogue)
    indicator, formula = _indicator(catalogue, measures, request.indicator)
    chosen = request.places or (home,)
    for slug in chosen:
        if slug not in every:
            raise unknown("place", slug, {p.slug: (p.name.da, p.name.en) for p in every.values()})
    currencies = rate_table().currencies
    if request.view.currency is not None and request.view.currency not in currencies:
        raise unknown("currency", request.view.currency, {c: (t.currency_name(c),) for c in currencies})
    tables = queries.load_price_tables(connection, scope)
    if request.view.table and not any(table.called(request.view.table) for table in tables):
        raise unknown("price_table", request.view.table, {table.name: (table.title,) for table in tables})
    world = _World(
        connection, scope, catalogue, every, home, chosen, measures, tables,
        queries.load_notes(connection, scope), queries.load_breaks(connection, scope),
        queries.load_answers(connection, scope), queries.load_sources(connection, scope),
        request.as_known_at or today,
    )  # fmt: skip
    told = _tell(world, request, indicator, formula)
    return _document(told, request, indicator, world, t)


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


def _indicator(catalogue: Catalogue, measures: Measures, code: str) -> tuple[Indicator, Formula | None]:
    """The indicator of a code, with its formula where it is computed."""
    if (made := measures.computed.get(code)) is not None:
        return made.indicator, made.formula
    indicator = catalogue.indicator(code)
    if indicator is None:
        every = [*catalogue.indicators, *(made.indicator for made in measures.computed.values())]
        raise unknown("indicator", code, {i.code: (i.name.da, i.name.en) for i in every})
    return indicator, None


def _tell(world: _World, request: Request, indicator: Indicator, formula: Formula | None) -> _Told:
    """The chosen places shaped for the view, graded against the home city whether it is shown or not."""
    network = request.level == "share_of_network"
    places = None if network else [*world.chosen, *({world.home} - set(world.chosen))]
    frame, passes, refused = _figures(world, indicator, formula, places, request.view)
    breaks = breaks_of(formula, indicator.code, world.breaks) if formula else world.breaks
    shown = list(world.every) if network else list(world.chosen)
    populations = queries.load_populations(world.connection, world.scope, shown)
    rows = frame if network else frame[frame["place"].isin(world.chosen)].reset_index(drop=True)
    shaped = normalise(
        rows, indicator, request.view, world.every, populations, breaks, world.notes, world.tables, world.home
    )
    shaped = graded(shaped, {slug: (p.grade, p.reasons) for slug, p in passes.items()})
    if network:
        own = _of_places(shaped, world.chosen)
        shaped = share_of_network(own, shaped, indicator, world.every, incomplete=request.incomplete_network)
    elif request.level == "change_since_baseline":
        baselines = queries.load_baselines(world.connection, world.scope)
        shaped = change_since_baseline(
            shaped, indicator, baselines, world.every, populations, breaks, world.tables
        )
    elif request.level == "per_festival_day":
        shaped = per_festival_day(shaped, _festival_days(world, indicator))
    own_refused = tuple(refusal for refusal in refused if refusal.place in world.chosen)
    shaped = replace(shaped, refused=(*shaped.refused, *own_refused))
    return _Told(shaped, frame[frame["place"].isin(world.chosen)], passes, formula)


def _figures(
    world: _World, indicator: Indicator, formula: Formula | None, places: Sequence[str] | None, view: View
) -> tuple[pd.DataFrame, dict[str, Passport], tuple[Refusal, ...]]:
    """The figures of an indicator, recorded, rolled up or computed, and how far each place compares."""
    if formula is None:
        frame = _recorded(world, indicator, places, view)
        return frame, _passports(world, indicator, frame), ()
    inputs = [i for i in world.catalogue.indicators if i.code in formula.codes]
    frames = {i.code: _recorded(world, i, places, view) for i in inputs}
    made = computed(formula, indicator, inputs_of(frames, inputs, world.every, world.breaks, world.notes))
    passes = least_comparable([_passports(world, i, frames[i.code]) for i in inputs], indicator.code)
    return made.frame, passes, made.refused


def _recorded(world: _World, indicator: Indicator, places: Sequence[str] | None, view: View) -> pd.DataFrame:
    """The recorded figures of an indicator, with the home city's register rolled up."""
    frame = queries.load_series(world.connection, world.scope, [indicator.code], places)
    if indicator.rollup is None or world.home not in world.every:
        return frame
    country = world.every[world.home].country
    register = queries.load_activities(world.connection, world.scope, [world.home])
    own = currency_of(country)
    money = own if view.prices else view.currency or own  # tables of prices speak of the country's money
    rolled = rollup(register, indicator, country, money, world.today)
    return pd.concat([frame, rolled], ignore_index=True) if len(rolled) else frame


def _passports(world: _World, indicator: Indicator, frame: pd.DataFrame) -> dict[str, Passport]:
    return passports(frame, indicator, world.home, world.sources, world.notes, world.breaks, world.answers)


def _of_places(shaped: Shaped, chosen: Sequence[str]) -> Shaped:
    """What was shaped for all places, for some of them."""
    return replace(
        shaped,
        points=shaped.points[shaped.points["place"].isin(chosen)].reset_index(drop=True),
        undated=shaped.undated[shaped.undated["place"].isin(chosen)].reset_index(drop=True),
        refused=tuple(refusal for refusal in shaped.refused if refusal.place in chosen),
    )


def _festival_days(world: _World, indicator: Indicator) -> Shaped | None:
    """The days of the festival at the chosen places; None where the indicator is not about a festival."""
    days = world.catalogue.indicator(world.measures.festival_days)
    if days is None or indicator.code not in world.measures.of_festival:
        return None
    frame = queries.load_series(world.connection, world.scope, [days.code], world.chosen)
    return normalise(frame, days, AS_PUBLISHED, world.every, breaks=world.breaks)


def currency_of(country: str) -> str:
    """The money of a country today; Danish kroner where no country is known."""
    return str(next(iter(get_territory_currencies(country or "DK")), "DKK"))


def _document(
    told: _Told, request: Request, indicator: Indicator, world: _World, t: Translator
) -> dict[str, Any]:
    view, shaped = request.view, told.shaped
    points = [_point(row) for row in shaped.points.to_dict("records")]
    undated = [_point(_as_stated(row, indicator)) for row in shaped.undated.to_dict("records")]
    bank = t("series.exchange_table", last=rate_table().last.isoformat()) if view.currency else None
    return {
        "indicator": indicator.code,
        "unit": shaped.unit,
        "view": {
            "axis": view.axis,
            "per": view.per,
            "currency": view.currency,
            "index_base": view.index_base,
            "as_known_at": request.as_known_at.isoformat() if request.as_known_at else None,
            "level": request.level,
            "prices": view.prices or None,
            "base_year": view.base_year,
            "table": view.table or None,
            "exchange_table": bank,
            "incomplete_network": request.incomplete_network,
        },
        "points": points,
        "undated": [{key: point[key] for key in UNDATED_KEYS} for point in undated],
        "refused": [_refused(refusal, t, world.catalogue) for refusal in shaped.refused],
        "formula": _formula(told.formula, world.catalogue, t),
        "passports": [
            _passport(told.passports[slug], t)
            for slug in world.chosen
            if slug in told.passports and slug != world.home
        ],
        "like_for_like": [_likeness(told, indicator, slug, request, world, t) for slug in world.chosen]
        if request.like_for_like
        else None,
        "splits": [_split(split, t) for split in splits(told.frame, indicator)] if request.split else None,
    }


def _formula(formula: Formula | None, catalogue: Catalogue, t: Translator) -> dict[str, Any] | None:
    if formula is None:
        return None
    names = {i.code: t.text(i.name) for i in catalogue.indicators if i.code in formula.codes}
    return {"text": formula.text, "shown": formula.shown(names, t), "indicators": list(formula.codes)}


def _passport(passport: Passport, t: Translator) -> dict[str, Any]:
    return {
        "place": passport.place,
        "grade": passport.grade.value,
        "note": t.text(passport.note) if passport.note else None,
        "answers": [
            {
                "question": answered.question.value,
                "asked": t(f"passport.question.{answered.question}"),
                "answer": answered.answer.value,
                "answered": t(f"passport.answer.{answered.answer}"),
                "by": answered.by,
                "reason": answered.reason
                or " ".join(t(f"grade.reason.{r}") for r in answered.reasons)
                or None,
            }
            for answered in passport.answers
        ],
    }


def _likeness(
    told: _Told, indicator: Indicator, place: str, request: Request, world: _World, t: Translator
) -> dict[str, Any]:
    """One place's year that runs; as published, what the register counts is counted again from it."""
    view = request.view
    plain = request.level == "published" and not view.prices and view.per is None
    if indicator.rollup is not None and place == world.home and plain:
        country = world.every[place].country
        register = queries.load_activities(world.connection, world.scope, [place])
        currency = view.currency or currency_of(country)
        found = of_register(register, indicator, country, currency, world.today)
    else:
        found = like_for_like(told.shaped.points, indicator, place, world.today)
    return {
        "place": place,
        "code": found.code or None,
        "reason": t(f"like_for_like.{found.code}") if found.code else None,
        "year": found.year or None,
        "months": list(found.months),
        "value": plain_number(found.value),
        "earlier": [{"year": year, "value": plain_number(value)} for year, value in found.earlier],
        "difference": plain_number(found.difference),
        "percent": plain_number(found.percent),
        "left_out": [
            {"year": year, "code": code, "reason": t(f"like_for_like.{code}")}
            for year, code in found.left_out
        ],
    }


def _split(split: Split, t: Translator) -> dict[str, Any]:
    too_much = split.code == "incomplete" and split.surplus is not None
    return {
        "place": split.place,
        "period_start": day_text(split.period.start),
        "period_end": day_text(split.period.end),
        "source": split.source or None,
        "dimensions": list(split.dimensions),
        "parts": split.parts,
        "code": split.code,
        "reason": t("split.incomplete_too_much") if too_much else t(f"split.{split.code}"),
        "basis": split.basis,
        "whole": plain_number(split.whole),
        "total": plain_number(split.total),
        "difference": plain_number(split.difference),
        "missing": split.missing,
        "unassigned": plain_number(split.unassigned),
        "members": [
            {
                "part": member.part,
                "value": plain_number(member.value),
                "numerator": plain_number(member.numerator),
                "denominator": plain_number(member.denominator),
                "missing_reason": member.missing_reason or None,
            }
            for member in split.members
        ],
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
        "reasons": "",
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
        "reasons": [reason for reason in row["reasons"].split(";") if reason],
        "exchange_rate": plain_number(row.get("exchange_rate")),
        "exchange_from": day_text(row.get("rate_from")),
        "exchange_to": day_text(row.get("rate_to")),
        "population": plain_number(row.get("population")),
        "population_boundary": row.get("population_boundary") or None,
        "price_table": row.get("price_table") or None,
        **{
            name: plain_number(row.get(name))
            for name in (
                "price_year",
                "price_factor",
                "compared_with",
                "divisor",
                "members",
                "members_with_value",
            )
        },
        "national_rate": plain_number(row.get("national_rate")),
        "national_from": day_text(row.get("national_from")),
        "national_to": day_text(row.get("national_to")),
        "national_currency": row.get("national_currency") or None,
        "calendar_matched": bool(row.get("matched", False)),
    }


def _refused(refusal: Refusal, t: Translator, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "place": refusal.place,
        "period_start": day_text(refusal.period_start),
        "period_end": day_text(refusal.period_end),
        "code": refusal.code,
        "reason": refusal_sentence(refusal, t, {i.code: t.text(i.name) for i in catalogue.indicators}),
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
