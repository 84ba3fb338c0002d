"""One key for all charts of a paper: the same event has the same number in each of them.

On a screen every chart explains its own numbers. On paper nine charts would print the same ten lines nine
times, so here the numbers are made common and their words are handed back to be printed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts.spec import ChartSpec


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the key. `number` is None for a shaded span; `break_` for what belongs to one series only
    and is drawn as a square."""

    number: int | None
    words: str
    break_: bool = False


def shared_key(charts: Sequence[ChartSpec]) -> tuple[tuple[ChartSpec, ...], tuple[Entry, ...]]:
    """The charts with common numbers and no key of their own, and the key of all of them.

    Numbered by time on the axis, then by words; shaded spans stand last.
    """
    places: dict[str, tuple[float, bool]] = {}
    shaded: dict[str, None] = {}
    for chart in charts:
        numbers = _numbers(chart)
        for number, words in enumerate(chart.key, start=1):
            if number in numbers:
                places.setdefault(words, numbers[number])
            else:
                shaded.setdefault(words)
    ordered = sorted(places, key=lambda words: (places[words][0], words))
    common = {words: number for number, words in enumerate(ordered, start=1)}
    key = [Entry(number, words, places[words][1]) for words, number in common.items()]
    key += [Entry(None, words) for words in shaded]
    return tuple(_renumbered(chart, common) for chart in charts), tuple(key)


def own_breaks(chart: ChartSpec, key: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of the breaks in one chart: a break must be explained where its figures stand."""
    drawn = {rule.number for rule in chart.rules if rule.kind == "break"}
    return tuple(entry for entry in key if entry.break_ and entry.number in drawn)


def _numbers(chart: ChartSpec) -> dict[int, tuple[float, bool]]:
    """Where each number of a chart stands on its axis, and whether it is a break."""
    found = {rule.number: (rule.at, True) for rule in chart.rules if rule.number is not None}
    found |= {band.number: (band.start, False) for band in chart.bands if band.number is not None}
    return found | {event.number: (event.x, False) for event in chart.events}


def _renumbered(chart: ChartSpec, common: dict[str, int]) -> ChartSpec:
    def number(old: int | None) -> int | None:
        return None if old is None else common[chart.key[old - 1]]

    return replace(
        chart,
        rules=tuple(replace(rule, number=number(rule.number)) for rule in chart.rules),
        bands=tuple(replace(band, number=number(band.number)) for band in chart.bands),
        events=tuple(replace(event, number=common[chart.key[event.number - 1]]) for event in chart.events),
        key=(),
    )
