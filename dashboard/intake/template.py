"""Workbooks to be filled in: one for figures (a column an indicator, a row a period), one for activities.

Pick lists stand on a sheet of their own; units are in the headings; the first sheet says in both languages
how it is done. What is filled in is read back by the same readers as any other workbook.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from dashboard.domain.activity import AMOUNTS, COUNTS, Activity
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.domain.observation import Draft
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.coded_words import LISTS, word_of
from dashboard.intake.headings import ACTIVITY_FIELDS, PERIOD_PARTS
from dashboard.intake.known import Known

FILLED_ROWS = 500
"""So many rows below the headings have pick lists."""

_FACTS = ("place", "source", "period", "kind", "boundary", "note")
_ACTIVITY_LISTS = {
    "kind": "activity_kind", "state": "state", "confidence": "confidence", "attribution": "attribution",
}  # fmt: skip
_TRUTHS = ("names_designation", "paid", "joint_output")
_MOST_LISTED = 2_000


@dataclass(slots=True)
class _Lists:
    """The sheet of pick lists: a column a list, each range named once."""

    page: Any
    title: str
    ranges: dict[tuple[str, ...], str]

    def range_of(self, words: Sequence[str]) -> str:
        given = tuple(dict.fromkeys(word for word in words if word))[:_MOST_LISTED]
        if given not in self.ranges:
            column = len(self.ranges)
            self.page.write_column(0, column, given)
            letter = xlsxwriter.utility.xl_col_to_name(column, True)
            self.ranges[given] = f"='{self.title}'!{letter}$1:{letter}${len(given)}"
        return self.ranges[given]


def figures_template(
    indicators: Sequence[Indicator],
    periods: Sequence[Period],
    known: Known,
    t: Translator,
    currency: str = "",
    filled: Iterable[Draft] = (),
) -> bytes:
    """An XLSX with a row for each period and a column for each indicator, its unit in the heading.

    `currency` is that of money in the headings. `filled` are drafts to stand there already; each must be of
    one of the indicators, in its own unit and currency. Periods that the drafts name get rows of their own.
    """
    drafts = list(filled)
    content = io.BytesIO()
    with _workbook(content, t, "figures", indicators) as (book, page, lists):
        heads = [t(f"import.column.{name}") for name in _FACTS]
        heads += [indicator_heading(indicator, t, currency) for indicator in indicators]
        _headings(book, page, heads)
        column_of = {indicator.code: len(_FACTS) + n for n, indicator in enumerate(indicators)}
        row = 1
        for facts, values in _by_row(drafts):
            for column, text in enumerate(_fact_words(facts, t)):
                page.write_string(row, column, text)
            for draft in values:
                _put(page, row, column_of[draft.indicator], draft, t)
            row += 1
        named = {draft.period for draft in drafts}
        for period in periods:
            if period not in named:
                page.write_string(row, 0, known.home)
                page.write_string(row, _FACTS.index("period"), period_words(period))
                row += 1
        picks = {
            "place": list(known.places),
            "source": list(known.sources),
            "kind": _words("observation_kind", t),
            "boundary": [t(f"boundary.{code}") for code in _BOUNDARIES],
        }
        for name, words in picks.items():
            _pick(page, lists, _FACTS.index(name), words)
        for indicator in indicators:
            _pick_value(page, lists, column_of[indicator.code], indicator, t)
    return content.getvalue()


def activities_template(
    known: Known, t: Translator, filled: Iterable[Activity] = (), kinds: Sequence[str] = ()
) -> bytes:
    """An XLSX with a row an activity. `kinds` narrows the list of kinds (all, unless given)."""
    names = [name for name in ACTIVITY_FIELDS if name not in PERIOD_PARTS]
    names[names.index("title_da") : names.index("title_da")] = ["period"]
    content = io.BytesIO()
    with _workbook(content, t, "activities", ()) as (book, page, lists):
        _headings(book, page, [t(f"import.column.{name}") for name in names])
        for row, activity in enumerate(filled, start=1):
            for column, name in enumerate(names):
                cell = _activity_cell(activity, name, t)
                if isinstance(cell, float | int):
                    page.write_number(row, column, cell)
                elif cell:
                    page.write_string(row, column, cell)
        picks = {name: _words(list_, t) for name, list_ in _ACTIVITY_LISTS.items()}
        if kinds:
            picks["kind"] = [word_of("activity_kind", kind, t) for kind in kinds]
        picks |= {"place": list(known.places), "source": list(known.sources)}
        picks |= {name: [t("word.yes"), t("word.no")] for name in _TRUTHS}
        for name, words in picks.items():
            _pick(page, lists, names.index(name), words)
        for name in AMOUNTS + COUNTS:
            _numbers(page, names.index(name), 0, None)
    return content.getvalue()


def indicator_heading(indicator: Indicator, t: Translator, currency: str = "") -> str:
    """The name with its unit: ``Festivalgæster (besøg)``, ``Tilskud (DKK)``."""
    if indicator.kind is IndicatorKind.MONEY:
        unit = currency
    elif indicator.kind is IndicatorKind.NARRATIVE:
        unit = ""
    else:
        unit = t(f"unit.{indicator.unit}", count=2) if t.has(f"unit.{indicator.unit}") else indicator.unit
    name = t.text(indicator.name)
    return f"{name} ({unit})" if unit else name


def period_words(period: Period) -> str:
    """A period as `read_period` reads it back: ``2024``, ``2024K3``, ``2024-07``, ``31.12.2024``."""
    start, end = period.start, period.end
    if start is None or end is None:
        day = start or end
        return f"{day:%d.%m.%Y}" if day else ""
    for made, text in (
        (Period.year(start.year), f"{start.year:04}"),
        (Period.quarter(start.year, (start.month + 2) // 3), f"{start.year:04}K{(start.month + 2) // 3}"),
        (Period.month(start.year, start.month), f"{start.year:04}-{start.month:02}"),
        (Period.day(start), f"{start:%d.%m.%Y}"),
    ):
        if period == made:
            return text
    if period.precision is Precision.MONTH:
        return f"{start:%Y-%m} – {end:%Y-%m}"
    return f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"


_BOUNDARIES = (
    "municipality", "city", "urban_area", "metropolitan_area", "region", "country", "unitary_authority",
    "prefecture_level_city", "other",
)  # fmt: skip


@contextmanager
def _workbook(
    content: io.BytesIO, t: Translator, what: str, indicators: Sequence[Indicator]
) -> Iterator[tuple[Any, Any, _Lists]]:
    """A workbook with the page to fill in, the page to read first and the page of lists."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    title = t(f"import.template.{what}")
    page = book.add_worksheet(title)
    lists = _Lists(book.add_worksheet(t("import.template.lists")), t("import.template.lists"), {})
    yield book, page, lists
    _read_me(book, t, what, indicators)
    book.close()


def _read_me(book: Any, t: Translator, what: str, indicators: Sequence[Indicator]) -> None:
    """How it is done, in both languages, the reader's own first."""
    page = book.add_worksheet(t("import.template.read_me"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 34, wrap)
    page.set_column(1, 1, 24, wrap)
    page.set_column(2, 2, 90, wrap)
    row = 0
    for language in sorted(LANGUAGES, key=lambda language: language != t.language):
        own = Translator(language)
        page.write_string(row, 0, own(f"import.template.title_{what}"), bold)
        keys = ("how", "picks", "numbers", "periods", *(("keys",) if what == "activities" else ()))
        for key in keys:
            row += 1
            page.merge_range(
                row, 0, row, 2, own(f"import.template.{key}", sheet=t(f"import.template.{what}")), wrap
            )
        if indicators:
            row += 2
            for column, key in enumerate(("indicator", "unit", "definition")):
                page.write_string(row, column, own(f"import.template.{key}"), bold)
        for indicator in indicators:
            row += 1
            page.write_string(row, 0, own.text(indicator.name))
            page.write_string(row, 1, own(f"unit.{indicator.unit}", count=2))
            page.write_string(row, 2, own.text(indicator.definition))
        row += 2


def _headings(book: Any, page: Any, heads: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
        page.set_column(column, column, max(12, min(len(head) + 2, 30)))
    page.freeze_panes(1, 0)


def _pick(page: Any, lists: _Lists, column: int, words: Sequence[str]) -> None:
    if words:
        rule = {"validate": "list", "source": lists.range_of(words), "error_type": "warning"}
        page.data_validation(1, column, FILLED_ROWS, column, rule)


def _numbers(page: Any, column: int, least: float | None, most: float | None) -> None:
    low, high = (-1e17 if least is None else least), (1e17 if most is None else most)
    rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    page.data_validation(1, column, FILLED_ROWS, column, {**rule, "error_type": "warning"})


def _pick_value(page: Any, lists: _Lists, column: int, indicator: Indicator, t: Translator) -> None:
    if indicator.kind is IndicatorKind.YES_NO:
        _pick(page, lists, column, [t("word.yes"), t("word.no")])
    elif indicator.kind is IndicatorKind.SCORE:
        _pick(page, lists, column, [t.text(step.text) for step in indicator.scale])
    elif indicator.kind is not IndicatorKind.NARRATIVE:
        _numbers(page, column, indicator.minimum, indicator.maximum)


def _words(list_: str, t: Translator) -> list[str]:
    return [word_of(list_, member.value, t) for member in LISTS[list_][0]]


_Facts = tuple[str, str, Period, str, str, str]


def _by_row(drafts: Sequence[Draft]) -> list[tuple[_Facts, list[Draft]]]:
    """Drafts that share the facts of a row, in the order in which they come."""
    rows: dict[_Facts, list[Draft]] = {}
    for d in drafts:
        facts = (d.place, d.source, d.period, d.kind.value, d.boundary, d.note)
        rows.setdefault(facts, []).append(d)
    return list(rows.items())


def _fact_words(facts: _Facts, t: Translator) -> Iterator[str]:
    place, source, period, kind, boundary, note = facts
    yield from (place, source, period_words(period), word_of("observation_kind", kind, t))
    yield t(f"boundary.{boundary}") if boundary else ""
    yield note


def _put(page: Any, row: int, column: int, draft: Draft, t: Translator) -> None:
    if draft.missing_reason is not None:
        page.write_string(row, column, t(f"missing.{draft.missing_reason}"))
    elif draft.value is None:
        page.write_string(row, column, draft.text)
    else:
        page.write_number(row, column, draft.value)


def _activity_cell(activity: Activity, name: str, t: Translator) -> str | float:
    if name == "period":
        return period_words(activity.period)
    field, _, language = name.rpartition("_")
    if language in LANGUAGES and field in ("title", "description"):
        text: Text = getattr(activity, field)
        return text.da if language == "da" else text.en
    value = getattr(activity, name)
    if value is None:
        return ""
    if name in _ACTIVITY_LISTS:
        return word_of(_ACTIVITY_LISTS[name], value, t)
    if isinstance(value, bool):
        return t("word.yes" if value else "word.no")
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else value
