"""The table beside a chart: the same numbers, sortable, and to be taken along with what they mean (F66, F67).

It is made when somebody opens it. Sorting is a script of ours (`assets/pages.js`) on plain buttons; without
it the table stands in its own order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.spec import ChartSpec, Key
from dashboard.domain.catalogue import Indicator
from dashboard.domain.observation import ObservationStatus
from dashboard.series_document import cell_text, plain_number
from dashboard.ui import cached, formula_parts, markup, paging
from dashboard.ui.chart_element import draw_data
from dashboard.ui.session import Visit

AT_A_TIME = 500
"""More rows than this are shown in parts; the file has all."""

About = Sequence[tuple[str, str]]
"""What a figure means: names and words, as they stand above the numbers in a file."""


def figure(
    drawn: cached.Drawn,
    indicator: Indicator,
    frame: pd.DataFrame,
    shown: str,
    visit: Visit,
    key: str,
    whole: Callable[[], ChartSpec] | None = None,
) -> None:
    """A chart: what it shows and what it does not, the picture, its notes and its source, and its table.

    `frame` has the observations behind it, `shown` is the view in words, `key` is unique on the page.
    `whole` has the rows of the file where they are more than those of the table.
    """
    spec = drawn.spec
    if spec.empty:
        st.html(markup.paragraph(visit.t("card.empty_chart"), "none"))
    else:
        st.html(markup.paragraph(spec.sentence, "lead"))
        draw_data(drawn.data, key)
    if words := "".join(markup.paragraph(line, "small") for line in (*spec.notes, spec.source) if line):
        st.html(words)
    chart_table(spec, lambda: about(indicator, spec, frame, shown, visit), visit, key, whole)


def chart_table(
    spec: ChartSpec,
    meant: Callable[[], About],
    visit: Visit,
    key: str,
    whole: Callable[[], ChartSpec] | None = None,
) -> None:
    """The rows of a chart under it, closed until they are asked for; nothing for a chart without rows."""
    if not spec.rows:
        return
    t = visit.t
    opened = st.expander(t("figures.title", count=len(spec.rows)), key=f"table-{key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        first = paging.first_shown(len(spec.rows), AT_A_TIME)
        rows, keys = spec.rows[first : first + AT_A_TIME], spec.keys[first : first + AT_A_TIME]
        long = len(spec.rows) > AT_A_TIME or whole is not None
        st.html(markup.paragraph(t("figures.sort_shown" if long else "figures.sort"), "small"))
        st.html(sortable(spec.columns, rows, keys, spec.title))
        paging.turn(len(spec.rows), AT_A_TIME, visit)
        download(spec, meant, visit, key, whole)


def download(
    spec: ChartSpec,
    meant: Callable[[], About],
    visit: Visit,
    key: str,
    whole: Callable[[], ChartSpec] | None = None,
) -> None:
    """The button that gives all rows of a chart as a file, which is made when somebody presses it."""
    t = visit.t
    plain = t("figures.plain", column="{column}")

    def made() -> bytes:
        return as_csv(whole() if whole else spec, meant(), plain)

    st.download_button(
        t("figures.download"), made,
        file_name=t("figures.file", name=key), mime="text/csv", key=f"file-{key}", on_click="ignore",
    )  # fmt: skip


def sortable(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    keys: Sequence[Sequence[Key]],
    caption: str,
    chosen: Sequence[int] = (),
) -> str:
    """A plain table whose headings are buttons; each cell bears what it is sorted by. `chosen` rows stand
    out."""
    numeric = [any(isinstance(row[i], float | int) for row in keys) for i in range(len(columns))]
    right = [' class="number"' if yes else "" for yes in numeric]
    head = "".join(
        f'<th scope="col" aria-sort="none"{side}><button type="button">{escape(name)}</button></th>'
        for name, side in zip(columns, right, strict=True)
    )
    body = "".join(
        ('<tr class="chosen">' if number in chosen else "<tr>")
        + "".join(
            f'<td{side} data-key="{escape("" if key is None else str(key))}">{escape(words)}</td>'
            for words, key, side in zip(row, by, right, strict=True)
        )
        + "</tr>"
        for number, (row, by) in enumerate(zip(rows, keys, strict=True))
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="plain sortable"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def as_csv(spec: ChartSpec, about: About, plain: str) -> bytes:
    """All rows of a chart as CSV (comma, point in numbers, UTF-8 with byte order mark).

    Lines that begin with ``#`` stand first and say what the numbers are. A column of plain numbers follows
    that of its words; `plain` names it.
    """
    out = io.StringIO()
    out.writelines(f"# {name}: {' '.join(words.split())}\r\n" for name, words in about if words)
    writer = csv.writer(out)
    numeric = [any(isinstance(row[i], float | int) for row in spec.keys) for i in range(len(spec.columns))]
    head: list[str] = []
    for name, number in zip(spec.columns, numeric, strict=True):
        head += [name, plain.format(column=name)] if number else [name]
    writer.writerow(head)
    for row, by in zip(spec.rows, spec.keys, strict=True):
        cells: list[object] = []
        for words, key, number in zip(row, by, numeric, strict=True):
            cells += [cell_text(words), cell_text(_number(key))] if number else [cell_text(words)]
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def _number(key: Key) -> object:
    return plain_number(key) if isinstance(key, float) else key


def about(indicator: Indicator, spec: ChartSpec, frame: pd.DataFrame, shown: str, visit: Visit) -> About:
    """What the figures of a chart mean; `frame` has the observations behind it, `shown` is the view."""
    t = visit.t
    titles = cached.source_titles(visit.stamp, t.language)
    behind = [frame["source"]]
    for one in visit.world.inputs(indicator.code):
        places = tuple(dict.fromkeys(str(slug) for slug in frame["place"]))
        behind.append(cached.series(visit.stamp, one.code, places)["source"])
    keys = dict.fromkeys(str(key) for cited in behind for key in cited.unique() if key)
    sources = dict.fromkeys(titles.get(key, key) for key in keys)
    status = t("figures.about.submitted" if visit.stamp.submitted else "figures.about.approved")
    provisional = int(frame["status"].isin([ObservationStatus.PROVISIONAL.value]).sum())
    if provisional:
        status = f"{status}, {t('figures.about.provisional', count=provisional)}"
    city, name = t.text(visit.home.name), t.text(indicator.name)
    day = t.date(visit.stamp.day)
    state = f"{t('figures.about.revision')} {visit.stamp.revision}"
    citation = f"{t('frame.brand', city=city)} {name}. {state}, {day}."
    pairs = [
        ("indicator", f"{name} ({indicator.code}, {indicator.version})"),
        ("says", spec.sentence),
        ("definition", t.text(indicator.definition)),
        ("method", t.text(indicator.method)),
        ("formula", formula_parts.in_words(indicator, visit)),
        ("unit", spec.unit),
        ("shown", shown),
        ("caveat", t.text(indicator.caveat)),
        ("source", "; ".join(sources)),
        ("status", status),
        ("known", t.date(visit.known) if visit.known else ""),
        ("revision", str(visit.stamp.revision)),
        ("downloaded", day),
        ("citation", citation),
    ]
    named = [(t(f"figures.about.{key}"), words) for key, words in pairs]
    if visit.world.profile.invented:
        named.insert(0, (spec.mark or "!", t("figures.about.invented")))
    return named
