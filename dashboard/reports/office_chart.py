"""`ChartSpec` → a native chart that slides, document and workbook can be edited in.

Every chart is a scatter of real times, because only that keeps a gap a gap and a day a day: a run of values
that may be joined is a series of its own with a line, what may not be joined has marks only, a target is a
hollow diamond. The designation, the baseline and the pandemic are series too, so that they move along when
somebody resizes the chart. DrawingML is written by hand: one text serves PowerPoint and Word, and python-pptx
writes neither labels, error bars nor the periods in words beside the numbers.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.palette import LIGHT
from dashboard.charts.spec import ChartSpec, Mark, Series

Kind = Literal["line", "points", "target", "at_least", "at_most", "rule", "span", "envelope"]

_EPOCH = date(1899, 12, 30).toordinal()
"""Day 0 of Excel, from March 1900 on."""
_DENSE = 60
"""A line of more values than this is drawn without marks, as in the picture."""
_LABELLED = 4
"""A strand of so few values has each written beside its mark; a longer one its last."""
_HOLLOW = "#cbd2d9"
"""The inside of what is illustrative; not white, because some programs draw no rim round a mark."""
_SYMBOLS = ("circle", "square", "triangle", "diamond", "x", "plus")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")
_SHEET_NAME = "Data"
_COUNTING = {"da": "[$-406]", "en": "[$-809]"}
"""Windows' numbers of Danish and British: a program that heeds them writes 40.000 for the one, 40,000 for the
other; the others go by their own language."""
BEYOND = ("+", "−", "±")
"""The columns of `Spot.beyond`."""
PANDEMIC = "#cbd2d9"
WARNING = "#8f4700"


@dataclass(frozen=True, slots=True)
class Spot:
    """One point: where it stands, and its period and value in words. `x` counts days as Excel does, or months
    since designation."""

    x: float
    y: float
    when: str = ""
    written: str = ""
    source: str = ""
    low: float | None = None
    high: float | None = None
    spread: float = 0.0
    hollow: bool = False

    @property
    def beyond(self) -> tuple[float, float, float]:
        """How far the value may reach up and down, and the time either way."""
        up = 0.0 if self.high is None else max(self.high - self.y, 0.0)
        return up, 0.0 if self.low is None else max(self.y - self.low, 0.0), self.spread


@dataclass(frozen=True, slots=True)
class Strand:
    """One series of the native chart. `legend` says whether the legend names it."""

    name: str
    kind: Kind
    spots: tuple[Spot, ...]
    colour: str
    symbol: str = "circle"
    dash: str = "solid"
    width: float = 1.5
    legend: bool = True
    muted: bool = False

    @property
    def joined(self) -> bool:
        return self.kind in ("line", "rule", "span", "envelope")

    @property
    def marked(self) -> bool:
        """Whether its values have a mark each."""
        return self.kind in ("points", "target", "at_least", "at_most") or (
            self.kind == "line" and len(self.spots) <= _DENSE
        )

    @property
    def labelled(self) -> tuple[int, ...]:
        """The points that have their value written beside them."""
        count = len(self.spots)
        if self.kind in ("at_least", "at_most"):
            return tuple(range(count))
        if self.kind not in ("line", "points") or self.muted:
            return ()
        if count > _DENSE:
            return ()  # its own line would run through the words
        return tuple(range(count)) if count <= _LABELLED else (count - 1,)


def place(spec: ChartSpec, x: float) -> float:
    """A horizontal position as a cell holds it: Excel's day, or months."""
    return x - _EPOCH if spec.axis == "calendar" else x


def strands(spec: ChartSpec) -> tuple[Strand, ...]:
    """All series of the native chart: values first, in their order, then what stands around them. The longest
    stands before all: LibreOffice loses what it has read when a longer series follows."""
    found = [*(s for one in spec.series for s in _of_series(spec, one)), *_context(spec)]
    longest = max(found, key=lambda strand: len(strand.spots), default=None)
    return tuple(found) if longest is None else (longest, *(s for s in found if s is not longest))


def _of_series(spec: ChartSpec, one: Series) -> Iterable[Strand]:
    colour, symbol = LIGHT[one.colour], _SYMBOLS[one.marker % len(_SYMBOLS)]
    dash, width = _DASHES[one.dash % len(_DASHES)], 2.25 if one.role == "home" else 1.5
    named = False
    on_line: set[int] = set()
    for path in one.paths:
        on_line |= {id(mark) for mark in path}
        yield Strand(one.label, "line", _spots(spec, path), colour, symbol, dash, width, legend=not named)
        named = True
    groups: dict[tuple[Kind, bool], list[Mark]] = {}
    for mark in one.marks:
        if id(mark) not in on_line:
            groups.setdefault((_kind(mark), mark.muted), []).append(mark)
    for (kind, muted), marks in groups.items():
        name = marks[-1].label if kind == "target" else one.label
        shown = kind == "target" or not named
        named = named or kind != "target"
        paint = LIGHT["soft"] if kind == "target" else colour
        yield Strand(name, kind, _spots(spec, marks), paint, _symbol(kind, symbol), legend=shown, muted=muted)


def _kind(mark: Mark) -> Kind:
    if mark.shape == "target":
        return "target"
    return {"lower_bound": "at_least", "upper_bound": "at_most"}.get(mark.shape, "points")  # type: ignore[return-value]


def _symbol(kind: Kind, symbol: str) -> str:
    """Office has no arrow: "more than" points upwards, "at most" is a bar; both have their words beside
    them."""
    return {"target": "diamond", "at_least": "triangle", "at_most": "dash"}.get(kind, symbol)


def _spots(spec: ChartSpec, marks: Iterable[Mark]) -> tuple[Spot, ...]:
    return tuple(
        Spot(place(spec, m.x), m.y, m.when, m.written, m.source, m.low, m.high, m.spread,
             m.hollow or m.shape == "target")
        for m in marks
    )  # fmt: skip


def _context(spec: ChartSpec) -> Iterable[Strand]:
    (left, right), (low, high) = spec.x_range, (round(end, 12) for end in spec.y_range)
    ink, soft = LIGHT["ink"], LIGHT["soft"]
    if spec.envelope is not None:
        band = spec.envelope
        for number, values in enumerate((band.middle, band.low, band.high)):
            line = tuple(Spot(place(spec, x), y) for x, y in zip(band.x, values, strict=True))
            yield Strand(band.label, "envelope", line, soft, width=1.5 if not number else 0.75,
                         dash="solid" if not number else "sysDash", legend=not number)  # fmt: skip
    for rule in spec.rules:
        ends = ((left, rule.at), (right, rule.at)) if rule.axis == "y" else ((rule.at, low), (rule.at, high))
        line = tuple(Spot(place(spec, x), y) for x, y in ends)
        dash = {"designation": "solid", "baseline": "sysDash", "break": "sysDot"}[rule.kind]
        colour = soft if rule.kind == "baseline" else ink
        yield Strand(rule.label, "rule", line, colour, dash=dash, width=1.25)
    for shade in spec.bands:
        line = (Spot(place(spec, shade.start), low), Spot(place(spec, shade.end), low))
        yield Strand(shade.label, "span", line, PANDEMIC, width=7.0)


@dataclass(frozen=True)
class Scale:
    """The two axes of a native chart: their ends, steps and number formats."""

    spec: ChartSpec

    @cached_property
    def x_step(self) -> float:
        """From one named tick to the next; years are as long as they are on average."""
        ticks = [tick.at for tick in self.spec.x_ticks]
        steps = [b - a for a, b in pairwise(ticks)]
        step = min(steps, default=365.25 if self.spec.axis == "calendar" else 12.0)
        if self.spec.axis != "calendar":
            return step
        years = max(1, round(step / 365.25))
        room = max(1, math.ceil(len(ticks) * years / 12))
        return 365.25 * max(years, room)

    @cached_property
    def x_ends(self) -> tuple[float, float]:
        """So that a tick's words stand under the middle of its year, the axis begins in the middle of one."""
        (left, right), step = self.spec.x_range, self.x_step
        first = self.spec.x_ticks[0].at if self.spec.x_ticks else left
        while first > left:
            first -= step
        count = math.ceil((right - first) / step - 0.5)
        return place(self.spec, first), place(self.spec, max(first + count * step, right))

    @property
    def x_format(self) -> str:
        return "yyyy" if self.spec.axis == "calendar" else "0"

    @cached_property
    def y_step(self) -> float:
        ticks = [tick.at for tick in self.spec.y_ticks]
        return ticks[1] - ticks[0] if len(ticks) > 1 else 0.0

    @cached_property
    def y_format(self) -> str:
        """As the ticks are written: whole or with decimals, per cent, millions, or words for a yes and no."""
        ticks = self.spec.y_ticks
        if not ticks:
            return "General"
        if not any(any(map(str.isdigit, tick.label)) for tick in ticks):
            pairs = [f'[={tick.at:g}]"{tick.label}"' for tick in ticks if tick.label][:2]
            return ";".join([*pairs, '""'])
        top = ticks[-1]
        in_millions = abs(top.at) >= 1e6 and sum(map(str.isdigit, top.label)) < len(str(int(abs(top.at))))
        step = self.y_step / 1e6 if in_millions else self.y_step
        decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
        decimals += step > 0 and abs(round(step, decimals) - step) > step * 1e-6
        number = "#,##0" + ("." + "0" * decimals if decimals else "") + (",," if in_millions else "")
        sign = re.search(r"\s?%$", top.label)  # Danish has a space before it
        return _COUNTING.get(self.spec.language, "") + number + (f'"{sign[0]}"' if sign else "")


# -- the chart as DrawingML ------------------------------------------------------------------------

_HEAD = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_ACROSS, _UP = 500001, 500002
"""The numbers of the two axes; any two different ones do."""


def chart_xml(spec: ChartSpec, size: float = 11, external: str = "", font: str = "") -> bytes:
    """The chart part; words are `size` points, in `font` or the one of the file's theme. `external` is the
    relation to its workbook, where the program that packs the file does not add it by itself."""
    drawn = strands(spec)
    lang = {"da": "da-DK", "en": "en-GB"}.get(spec.language, spec.language)
    rows = _first_rows(drawn)
    series = "".join(_series(number, strand, rows[number], size, lang) for number, strand in enumerate(drawn))
    scale = Scale(spec)
    low, high = (round(end, 12) for end in spec.y_range)
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
        for number, strand in enumerate(drawn) if not strand.legend
    )  # fmt: skip
    legend = (
        f'<c:legend><c:legendPos val="b"/>{hidden}<c:overlay val="0"/>{_words(size - 1, lang)}</c:legend>'
        if sum(strand.legend for strand in drawn) > 1 else ""
    )  # fmt: skip
    link = f'<c:externalData r:id="{external}"><c:autoUpdate val="0"/></c:externalData>' if external else ""
    return (
        f'{_HEAD}<c:date1904 val="0"/><c:lang val="{lang}"/><c:roundedCorners val="0"/><c:chart>'
        f"{_title(spec, size, lang)}"
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:scatterChart>'
        f'<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f'<c:axId val="{_ACROSS}"/><c:axId val="{_UP}"/></c:scatterChart>'
        + _axis(_ACROSS, _UP, "b", *scale.x_ends, scale.x_step, scale.x_format, spec.x_label, size, lang)
        + _axis(_UP, _ACROSS, "l", low, high, scale.y_step, scale.y_format, spec.y_label, size, lang)
        + f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{_line(None, 0)}</c:spPr>{_words(size, lang, font=font)}{link}</c:chartSpace>"
    ).encode()


def _run(words: str, size: float, colour: str, lang: str, bold: bool = False) -> str:
    points = round(size * 100)
    return (
        f'<a:p><a:pPr><a:defRPr sz="{points}"/></a:pPr><a:r><a:rPr lang="{lang}" sz="{points}" '
        f'b="{int(bold)}">{_fill(colour)}</a:rPr><a:t>{escape(words)}</a:t></a:r></a:p>'
    )


def _words(size: float, lang: str, colour: str = LIGHT["soft"], font: str = "") -> str:
    latin = f"<a:latin typeface={quoteattr(font)}/>" if font else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
        f'{_fill(colour)}{latin}</a:defRPr></a:pPr><a:endParaRPr lang="{lang}"/></a:p></c:txPr>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def _line(colour: str | None, width: float, dash: str = "solid") -> str:
    if colour is None:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width * 12700)}" cap="flat">{_fill(colour)}<a:prstDash val="{dash}"/></a:ln>'


def _title(spec: ChartSpec, size: float, lang: str) -> str:
    """The name of the figure, smaller the longer it is, and under it the mark of invented figures."""
    shrunk = size + 2 if len(spec.title) <= 60 else size if len(spec.title) <= 140 else max(size - 3, 7)
    mark = _run(spec.mark, size - 1, WARNING, lang, bold=True) if spec.mark else ""
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{_run(spec.title, shrunk, LIGHT['ink'], lang, True)}"
        f'{mark}</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _axis(
    own: int, other: int, side: str, low: float, high: float, step: float, form: str, name: str,
    size: float, lang: str,
) -> str:  # fmt: skip
    up = side == "l"
    grid = f"<c:majorGridlines><c:spPr>{_line(LIGHT['grid'], 0.75)}</c:spPr></c:majorGridlines>" if up else ""
    title = ""
    if name:
        turned = ' rot="-5400000" vert="horz"' if up else ""
        title = (
            f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/>"
            f'{_run(name, size, LIGHT["soft"], lang)}</c:rich></c:tx><c:overlay val="0"/></c:title>'
        )
    unit = f'<c:majorUnit val="{step!r}"/>' if step > 0 else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/><c:max val="{high!r}"/>'
        f'<c:min val="{low!r}"/></c:scaling><c:delete val="0"/><c:axPos val="{side}"/>{grid}{title}'
        f'<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{_line(LIGHT["axis"], 0.75)}</c:spPr>'
        f'{_words(size, lang)}<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f"{unit}</c:valAx>"
    )


def _series(number: int, strand: Strand, row: int, size: float, lang: str) -> str:
    name, last = f"{_SHEET_NAME}!$A${row}", row + len(strand.spots) - 1
    line = _line(strand.colour if strand.joined else None, strand.width, strand.dash)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{name}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(strand.name)}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx><c:spPr>{line}</c:spPr>{_marker(strand)}{_hollow_points(strand)}"
        f"{_labels(strand, size, lang)}{_error_bars('y', strand, row)}{_error_bars('x', strand, row)}"
        f"<c:xVal>{_numbers(f'{_SHEET_NAME}!$C${row}:$C${last}', [s.x for s in strand.spots])}</c:xVal>"
        f"<c:yVal>{_numbers(f'{_SHEET_NAME}!$D${row}:$D${last}', [s.y for s in strand.spots])}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _marker(strand: Strand) -> str:
    if not strand.marked:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    return _mark(strand, hollow=False)


def _mark(strand: Strand, hollow: bool) -> str:
    inside = _fill(_HOLLOW if hollow else strand.colour)
    size = 9 if strand.kind == "target" else 5 if strand.muted else 7
    return (
        f'<c:marker><c:symbol val="{strand.symbol}"/><c:size val="{size}"/><c:spPr>{inside}'
        f"{_line(strand.colour, 1.25)}</c:spPr></c:marker>"
    )


def _hollow_points(strand: Strand) -> str:
    """Values that are illustrative or not preferred, on a line of others."""
    if not strand.marked or strand.kind == "target":
        return ""
    line = _line(strand.colour if strand.joined else None, strand.width, strand.dash)
    return "".join(
        f'<c:dPt><c:idx val="{i}"/>{_mark(strand, True)}<c:bubble3D val="0"/><c:spPr>{line}</c:spPr></c:dPt>'
        for i, spot in enumerate(strand.spots) if spot.hollow
    )  # fmt: skip


_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{on}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _labels(strand: Strand, size: float, lang: str) -> str:
    labels = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>'
        f"{_run(strand.spots[i].written, size, strand.colour, lang, bold=True)}</c:rich></c:tx>"
        f'<c:dLblPos val="t"/>{_SHOWN.format(on=1)}</c:dLbl>'
        for i in strand.labelled
    )
    return f"<c:dLbls>{labels}{_SHOWN.format(on=0)}</c:dLbls>" if labels else ""


def _error_bars(axis: Literal["x", "y"], strand: Strand, row: int) -> str:
    """Intervals of values upright, and how far a time may be off across."""
    columns = ("F", "G") if axis == "y" else ("H", "H")
    sides = [[spot.beyond[ord(column) - ord("F")] for spot in strand.spots] for column in columns]
    if not any(map(any, sides)):
        return ""
    last = row + len(strand.spots) - 1
    ends = "".join(
        f"<c:{name}>{_numbers(f'{_SHEET_NAME}!${column}${row}:${column}${last}', values)}</c:{name}>"
        for name, column, values in zip(("plus", "minus"), columns, sides, strict=True)
    )
    return (
        f'<c:errBars><c:errDir val="{axis}"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{ends}<c:spPr>{_line(strand.colour, 1)}</c:spPr></c:errBars>'
    )


def _numbers(reference: str, values: Sequence[float]) -> str:
    return f"<c:numRef><c:f>{reference}</c:f><c:numCache>{_points(values)}</c:numCache></c:numRef>"


def _points(values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values))
    return f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'


# -- its numbers as a workbook ---------------------------------------------------------------------


def _first_rows(drawn: Sequence[Strand]) -> list[int]:
    """The row (from 1) of the first point of each strand; row 1 has the headings."""
    rows, row = [], 2
    for strand in drawn:
        rows.append(row)
        row += len(strand.spots)
    return rows


def chart_workbook(spec: ChartSpec, headings: Sequence[str], made: datetime) -> bytes:
    """What opens when somebody edits the numbers: series, period, position, value and words (`headings`)."""
    import xlsxwriter  # only where a chart is written

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": made})
        sheet = book.add_worksheet(_SHEET_NAME)
        write_data(book, sheet, spec, 0, 0, headings)
    return out.getvalue()


def write_data(
    book: Any, sheet: Any, spec: ChartSpec, top: int, left: int, headings: Sequence[str]
) -> tuple[tuple[Strand, int], ...]:
    """The numbers of a chart on a sheet, from a cell on; gives each strand with its first row (from 0)."""
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd" if spec.axis == "calendar" else "0.0"})
    sheet.set_column(left, left + 1, 22)
    sheet.set_column(left + 2, left + 3, 12)
    sheet.set_column(left + 4, left + 4, 24)
    drawn = strands(spec)
    spots = [(strand.name, spot) for strand in drawn for spot in strand.spots]
    beyond = any(any(spot.beyond) for _, spot in spots)
    for column, words in enumerate((*headings, *(BEYOND if beyond else ()))):
        sheet.write_string(top, left + column, words, bold)
    for row, (name, spot) in enumerate(spots, start=top + 1):
        sheet.write_string(row, left, name)
        sheet.write_string(row, left + 1, spot.when)
        sheet.write_number(row, left + 2, spot.x, day)
        sheet.write_number(row, left + 3, spot.y)
        sheet.write_string(row, left + 4, spot.written)
        if beyond:
            sheet.write_row(row, left + 5, spot.beyond)
    return tuple((strand, top + first - 1) for strand, first in zip(drawn, _first_rows(drawn), strict=True))
