"""The sentences of a chart: what it shows and what it does not, what was left out, and its text alternative.

No sentence speaks of a trend: that is the analysis's to say, from five points without a break (`rules`).
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import Axis, Series
from dashboard.i18n import Translator

_LISTED = 4
"""A series of so few points is listed value by value instead of summed up."""

_NAMED = 6
"""So many places are named in a sentence; more are counted."""


def part_words(disaggregation: str, t: Translator) -> str:
    """``visitor_origin=abroad`` in words: the members, translated where the locale has them."""
    members = [pair.partition("=")[2] or pair for pair in disaggregation.split(";") if pair]
    words = (
        t(f"member.{m}") if t.has(f"member.{m}") else m.replace("_", " ").replace("-", " ") for m in members
    )
    return ", ".join(words)


def places_named(labels: Sequence[str], t: Translator) -> str:
    """``Viborg, Linz og Tucson``, or the first few and how many more."""
    names = list(dict.fromkeys(labels))
    if len(names) <= _NAMED:
        return t.list(names)
    return t.list([*names[: _NAMED - 1], t("chart.more_places", count=len(names) - _NAMED + 1)])


def sentence(name: str, labels: Sequence[str], axis: Axis, series: Sequence[Series], t: Translator) -> str:
    """One sentence: what the chart shows, and what it does not (F56)."""
    where = places_named(labels, t)
    marks = [mark for one in series for mark in one.realised]
    if not marks:
        return t("chart.sentence.none", indicator=name, places=where)
    if len(marks) == 1:
        return t("chart.sentence.single", indicator=name, places=where, when=marks[0].when)
    if all(len(one.realised) < 5 for one in series):
        return t("chart.sentence.few", indicator=name, places=where, count=len(marks))
    if axis == "designation":
        return t("chart.sentence.designation", indicator=name, places=where)
    first, last = min(marks, key=lambda m: m.x), max(marks, key=lambda m: m.x)
    return t("chart.sentence.calendar", indicator=name, places=where, first=first.when, last=last.when)


def alternative(
    series: Sequence[Series],
    quantity: Quantity,
    axis: Axis,
    context: Sequence[str],
    t: Translator,
) -> str:
    """The chart in words: each series with its values or its extremes, then `context`."""
    if not any(one.marks for one in series):
        return t("chart.alternative.none")
    parts = [t(f"chart.alternative.{axis}", count=len(series))]
    for one in series:
        marks = one.realised if one.marked else one.marks
        planned = [f"{mark.label}." for mark in one.marks if mark not in marks]
        if len(marks) <= _LISTED:
            listed = "; ".join(f"{mark.when}: {mark.written}" for mark in marks)
            parts += [t("chart.alternative.listed", label=one.label, values=listed)] if marks else []
            parts += planned
            continue
        low, high = min(marks, key=lambda m: m.y), max(marks, key=lambda m: m.y)
        parts.append(
            t(
                "chart.alternative.summed",
                label=one.label,
                count=len(marks),
                first=f"{marks[0].written} ({marks[0].when})",
                last=f"{marks[-1].written} ({marks[-1].when})",
                low=f"{low.written} ({low.when})",
                high=f"{high.written} ({high.when})",
            )
        )
        runs = len({m.segment for m in one.marks if m.segment is not None})
        if runs > 1:
            parts.append(t("chart.alternative.breaks", count=runs))
        parts += planned
    return " ".join([*parts, *context])
