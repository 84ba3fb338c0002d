"""From rows of the shaped frame to marks, series and table rows, in one language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.conversion import is_converted, made_with
from dashboard.charts.palette import reference_colour
from dashboard.charts.quantity import Quantity
from dashboard.charts.spec import Axis, Key, Mark, Role, Series, Shape
from dashboard.charts.words import part_words
from dashboard.domain.catalogue import Place, Target
from dashboard.domain.observation import REALISED, ObservationKind
from dashboard.domain.period import Period, Precision

USED = (
    "place", "disaggregation", "period_start", "period_end", "precision", "kind", "qualifier", "preferred",
    "source", "note", "anchor", "month_since_designation", "month_uncertainty", "shown_value", "shown_low",
    "shown_high", "shown_unit", "shown_currency", "grade", "segment", "gap_before",
)  # fmt: skip
"""The columns of the shaped frame that a chart reads."""

_PLANNED = frozenset(ObservationKind) - REALISED


class MarkWriter:
    """Turns rows into marks, series and table rows in one language."""

    def __init__(
        self,
        quantity: Quantity,
        axis: Axis,
        places: Mapping[str, Place],
        sources: Mapping[str, str],
        home: str,
        controls: Collection[str] = (),
    ) -> None:
        """`controls` are places that never were designated and stand in the home city's months."""
        self.quantity, self.axis, self.places, self.sources, self.home = quantity, axis, places, sources, home
        self.controls = controls
        self.t = quantity.t
        references = [slug for slug in places if slug != home]
        self.colours = {slug: reference_colour(i) for i, slug in enumerate(references)} | {home: "home"}
        self._periods: dict[tuple[Any, Any, str], str] = {}
        self._written: dict[tuple[Any, ...], str] = {}

    def columns(self, frame: pd.DataFrame) -> tuple[str, ...]:
        """The names of the columns of `table`; what values were made with has one where there is any."""
        names = ["place", "part", "period", *(["month"] if self.axis == "designation" else []), "value"]
        names += ["made_with"] if is_converted(frame) else []
        return tuple(self.t(f"chart.column.{c}") for c in [*names, "kind", "grade", "source", "note"])

    def when(self, row: Mapping[str, Any]) -> str:
        """The period of a row in words, each written once."""
        found = (row["period_start"], row["period_end"], str(row["precision"]))
        if found not in self._periods:
            self._periods[found] = self.t.period(_period(row))
        return self._periods[found]

    def written(self, row: Mapping[str, Any]) -> str:
        """The value of a row in words, each written once: a chart and its table share most of them."""
        found = (row["shown_value"], row["qualifier"], row["shown_unit"], row["shown_currency"])
        if found not in self._written:
            self._written[found] = self.quantity.written(*found)
        return self._written[found]

    def place_label(self, slug: str) -> str:
        name = self.t.text(self.places[slug].name)
        return self.t("chart.control", place=name) if slug in self.controls else name

    def series(self, frame: pd.DataFrame) -> tuple[Series, ...]:
        """One series a place and disaggregation: home first, then in the order of `places`."""
        if not len(frame):
            return ()
        order = {slug: i for i, slug in enumerate(self.places)}
        groups = sorted(
            frame.groupby(["place", "disaggregation"], sort=False),
            key=lambda item: (item[0][0] != self.home, order[item[0][0]], item[0][1]),
        )
        made = []
        for index, ((slug, part), rows) in enumerate(groups):
            name = self.place_label(slug)
            label = self.t("chart.series", place=name, part=part_words(part, self.t)) if part else name
            if part and len(self.places) == 1:
                label = part_words(part, self.t)
            role: Role = "home" if slug == self.home else "reference"
            marks = tuple(self.mark(row, label) for row in rows.sort_values("anchor").to_dict("records"))
            made.append(
                Series(
                    key=f"{slug}|{part}", label=label, place=slug, role=role, colour=self.colours[slug],
                    marker=index, dash=index, marks=marks,
                )
            )  # fmt: skip
        return tuple(made)

    def mark(self, row: Mapping[str, Any], label: str) -> Mark:
        kind, qualifier = str(row["kind"]), str(row["qualifier"]) or "="
        value = float(row["shown_value"])
        segment = None if pd.isna(row["segment"]) else int(row["segment"])
        other_unit = bool(row["shown_unit"]) and row["shown_unit"] != self.quantity.unit
        written = self.written(row)
        unfinished = "partial_year" in str(row.get("reasons", "")).split(";")
        competing = segment is None and kind in REALISED and not other_unit and not row["preferred"]
        competing = competing and not unfinished
        shape: Shape = "dot"
        if kind == ObservationKind.TARGET:
            shape = "target"
        elif qualifier in (">", ">="):
            shape = "lower_bound"
        elif qualifier in ("<", "<="):
            shape = "upper_bound"
        low, high = _number(row["shown_low"]), _number(row["shown_high"])
        extra = []
        if kind != ObservationKind.ACTUAL:
            extra.append(self.t(f"chart.kind.{kind}"))
        if row["grade"] not in ("", "comparable"):
            extra.append(self.t(f"chart.grade.{row['grade']}"))
        if competing:
            extra.append(self.t("chart.not_preferred"))
        if unfinished:
            extra.append(self.t("chart.unfinished"))
        if low is not None and high is not None:
            extra.append(
                self.t("chart.interval", low=self.quantity.number(low), high=self.quantity.number(high))
            )
        when = self.when(row)
        tail = f" ({', '.join(extra)})" if extra else ""
        return Mark(
            x=float(row["month_since_designation"])
            if self.axis == "designation"
            else _ordinal(row["anchor"]),
            y=value,
            written=written,
            when=when,
            label=f"{label}, {when}: {written}{tail}",
            low=low,
            high=high,
            segment=segment,
            gap=bool(row["gap_before"]),
            spread=(_number(row["month_uncertainty"]) or 0.0) if self.axis == "designation" else 0.0,
            shape=shape,
            hollow=competing
            or unfinished
            or other_unit
            or row["grade"] == "illustrative"
            or kind in _PLANNED,
            muted=competing,
            unfinished=unfinished,
            kind=kind,
            grade=str(row["grade"]),
            qualifier=qualifier,
            source=self.sources.get(str(row["source"]), str(row["source"])),
        )

    def with_targets(self, series: tuple[Series, ...], targets: Sequence[Target]) -> tuple[Series, ...]:
        """The same series with the places' targets among their marks, never joined by a line."""
        made = list(series)
        for target in targets:
            anchor = target.period.anchor
            if (
                anchor is None
                or target.place not in self.places
                or target.currency not in ("", self.quantity.currency)
            ):
                continue
            when, written = self.t.period(target.period), self.quantity.written(target.value)
            mark = Mark(
                x=float(anchor.toordinal()), y=target.value, written=written, when=when,
                label=self.t("chart.target", when=when, value=written), shape="target", hollow=True,
                kind=ObservationKind.TARGET.value,
            )  # fmt: skip
            found = next((i for i, one in enumerate(made) if one.place == target.place), None)
            if found is None:
                role: Role = "home" if target.place == self.home else "reference"
                made.append(
                    Series(f"{target.place}|", self.place_label(target.place), target.place, role,
                           self.colours[target.place], len(made), len(made), (mark,))
                )  # fmt: skip
            else:
                one = made[found]
                marks = tuple(sorted((*one.marks, mark), key=lambda m: m.x))
                made[found] = Series(
                    one.key, one.label, one.place, one.role, one.colour, one.marker, one.dash, marks
                )
        return tuple(made)

    def table(self, frame: pd.DataFrame) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[Key, ...], ...]]:
        """Every dated value in order of place and time, drawn or not: in words, and as plain numbers and
        days for those who sort or calculate."""
        if not len(frame):
            return (), ()
        order = {slug: i for i, slug in enumerate(self.places)}
        converted = is_converted(frame)
        made = []
        for row in frame.sort_values(["anchor"], kind="stable").to_dict("records"):
            month = row["month_since_designation"]
            month = None if pd.isna(month) else int(month)
            place, part = self.place_label(row["place"]), part_words(row["disaggregation"], self.t)
            source = self.sources.get(str(row["source"]), str(row["source"]))
            kind = self.t(f"chart.kind.{row['kind']}")
            grade = self.t(f"chart.grade.{row['grade']}") if row["grade"] else ""
            months = [self.t.number(month, 0)] if self.axis == "designation" else []
            if "partial_year" in str(row.get("reasons", "")).split(";"):
                kind = f"{kind}, {self.t('chart.unfinished')}"
            last = [made_with(row, self.quantity)] if converted else []
            last += [kind, grade, source, str(row["note"])]
            cells = (place, part, self.when(row), *months, self.written(row), *last)
            first: list[Key] = [place, part, row["anchor"].date().isoformat()]
            keys = (*first, *([month] if months else []), float(row["shown_value"]), *last)
            made.append((row["place"] != self.home, order[row["place"]], cells, keys))
        made.sort(key=lambda item: item[:2])
        return tuple(cells for _, _, cells, _ in made), tuple(keys for *_, keys in made)


def _period(row: Mapping[str, Any]) -> Period:
    start, end = row["period_start"], row["period_end"]
    return Period(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
        Precision(row["precision"] or "none"),
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _ordinal(moment: pd.Timestamp) -> float:
    return float(moment.toordinal())
