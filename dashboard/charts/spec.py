"""What a chart says, apart from how it is drawn: screen, paper, slide and workbook draw the same `ChartSpec`.

Horizontal positions are plain numbers: on the calendar axis the proleptic ordinal of a day
(`datetime.date.toordinal`, with fractions allowed), on the designation axis months since designation.
All words are already written in one language; a renderer adds none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.domain.observation import REALISED

Axis = Literal["calendar", "designation"]
Key = float | str | None
Role = Literal["home", "reference"]
Shape = Literal["dot", "target", "lower_bound", "upper_bound"]

POINT_LIMIT = 5000
"""At most this many points are drawn in a chart (`rules`, conversions)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value. `y`, `low` and `high` are in the chart's unit; `segment` None is never joined by a line.

    `shape`: a bound ("more than", "at most") is an arrow, a target a diamond, the rest as the series is.
    `hollow` stands for illustrative, planned or not preferred; `muted` for a competing value that is not
    preferred, `unfinished` for a year that is not over (and hollow, too). `spread` is by how much `x` may be
    off either way, `gap` that a whole period is missing before it. `written` is the value in words ("ca. 12
    mio. DKK"), `label` the whole hover text.
    """

    x: float
    y: float
    written: str
    when: str
    label: str
    low: float | None = None
    high: float | None = None
    segment: int | None = None
    gap: bool = False
    spread: float = 0.0
    shape: Shape = "dot"
    hollow: bool = False
    muted: bool = False
    unfinished: bool = False
    kind: str = "actual"
    grade: str = "comparable"
    qualifier: str = "="
    source: str = ""

    @property
    def careful(self) -> bool:
        """Whether it is comparable with care only, which a dashed mark says."""
        return self.grade == "with_care" and not self.hollow

    @property
    def day(self) -> date:
        """The day of `x` on the calendar axis."""
        return date.fromordinal(int(self.x))


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one place and disaggregation, in order of time.

    `colour` is a colour role of `charts.palette` and means the place; `marker` and `dash` are indices that
    tell series apart without colour. Without `marked` only the line is seen: its values are worked out.
    """

    key: str
    label: str
    place: str
    role: Role
    colour: str
    marker: int
    dash: int
    marks: tuple[Mark, ...]
    marked: bool = True

    @property
    def realised(self) -> tuple[Mark, ...]:
        """The marks that say what happened, not what was planned."""
        return tuple(mark for mark in self.marks if mark.kind in REALISED)

    @property
    def paths(self) -> tuple[tuple[Mark, ...], ...]:
        """The runs of two or more marks that a line may join: of one segment, and without a gap (F47)."""
        runs: list[list[Mark]] = []
        current: dict[int, list[Mark]] = {}
        for mark in self.marks:
            if mark.segment is None:
                continue
            if mark.gap or mark.segment not in current:
                current[mark.segment] = []
                runs.append(current[mark.segment])
            current[mark.segment].append(mark)
        return tuple(tuple(run) for run in runs if len(run) > 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the whole chart: a day (`axis` "x") or a value (`axis` "y")."""

    axis: Literal["x", "y"]
    kind: Literal["designation", "baseline", "break"]
    at: float
    label: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A span of time behind the data. With `series` it holds for that series only (the pandemic on the
    designation axis comes at another month for each place) and is drawn as a strip in its colour."""

    start: float
    end: float
    kind: Literal["pandemic", "designation", "annotation"]
    label: str
    series: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one time: a numbered mark on the axis, explained in `ChartSpec.key`."""

    x: float
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The places that are not drawn one by one: quartiles at each x."""

    x: tuple[float, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Level:
    """A height over a span of the horizontal axis, from `start` to `end`: a line at `middle` and, where they
    are given, a shade from `low` to `high`. `label` is what it is in words, `name` the few that stand in the
    picture."""

    start: float
    end: float
    middle: float
    label: str
    low: float | None = None
    high: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its words; `edge` is where a year begins, when its words stand in its middle."""

    at: float
    label: str
    edge: float | None = None


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A whole chart. `sentence` says what it shows and what it does not (F56); `notes` what was left out;
    `alternative` is the text for those who do not see it; `key` explains the numbered marks; `columns` and
    `rows` are the table with every dated value, drawn or not (F77), and `keys` the same cells as plain
    numbers, days or words, to sort and to calculate by. `unit` is that of `Mark.y`, also where
    the axis counts in millions."""

    title: str
    sentence: str
    alternative: str
    language: str
    axis: Axis
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    series: tuple[Series, ...] = ()
    rules: tuple[Rule, ...] = ()
    bands: tuple[Band, ...] = ()
    events: tuple[Event, ...] = ()
    envelope: Envelope | None = None
    key: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    caveat: str = ""
    mark: str = ""
    source: str = ""
    stands_for: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    small: bool = False
    unit: str = ""
    levels: tuple[Level, ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()

    @property
    def drawn(self) -> int:
        """How many points are drawn one by one."""
        return sum(len(series.marks) for series in self.series)

    @property
    def empty(self) -> bool:
        return self.drawn == 0 and self.envelope is None
