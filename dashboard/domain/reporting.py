"""What is due, and how complete and timely reporting is (F15, F27, F31): pure rules over dates.

An indicator with a frequency expects one value for each whole calendar period since a given day. A value
counts for the period in which it ends. It is on time when it was recorded no later than `TIMELY_DAYS`
after the period's end, or on the due date that the catalogue states. Periods that were over before the
store existed count for completeness only: nobody could have been on time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from dashboard.domain.catalogue import Frequency, Indicator
from dashboard.domain.follow_up import added_months
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text

MONTHS_OF = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.ANNUAL: 12,
    Frequency.BIENNIAL: 24,
    Frequency.FOUR_YEARLY: 48,
}
TIMELY_DAYS = {
    Frequency.MONTHLY: 15,
    Frequency.QUARTERLY: 30,
    Frequency.ANNUAL: 90,
    Frequency.BIENNIAL: 90,
    Frequency.FOUR_YEARLY: 180,
}
"""Days after the end of a period; a quarter of a year for annual figures, which wait for the accounts."""
IRREGULAR_DAYS = 90
"""An irregular indicator with a stated due date is met by a value recorded this long before it, or later."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One value with its first recording: what completeness and timeliness are counted from.

    `state` is the present one, `actor` who recorded it first, `recorded` the day (UTC). `missing` says
    that what was reported is the reason why there is no value.
    """

    indicator: str
    start: date | None
    end: date | None
    recorded: date
    actor: str
    state: WorkflowState
    missing: bool = False

    @property
    def day(self) -> date | None:
        """The day that says for which period it counts."""
        return self.end or self.start


@dataclass(frozen=True, slots=True)
class Due:
    """A value that is asked for. `late` is in days, negative while there is time; `earlier` is how many
    older periods are missing as well. An irregular one has an undated period."""

    indicator: str
    owner: Text
    period: Period
    due_on: date
    late: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How one indicator was reported: whole periods expected and reported, and how fast.

    `days` is the median from the end of a period to its recording, None where no period ended since the
    store exists. `missing` are the periods without a value, the oldest first.
    """

    indicator: str
    expected: int
    reported: int
    on_time: int
    late: int
    days: float | None
    missing: tuple[Period, ...]

    @property
    def share(self) -> float | None:
        """Reported of expected, 0 to 1; None where nothing was expected."""
        return self.reported / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class PersonReport:
    """What one person recorded, and what became of it."""

    actor: str
    recorded: int
    on_time: int
    late: int
    approved: int
    waiting: int
    returned: int


def expected_periods(frequency: Frequency, since: date, today: date) -> tuple[Period, ...]:
    """The whole calendar periods that began on or after the one `since` falls in and are over at `today`.

    Spans of several years are counted from the year of `since`. Nothing is expected of an irregular one.
    """
    months = MONTHS_OF.get(frequency)
    if months is None:
        return ()
    month = (since.month - 1) // months * months + 1 if months < 12 else 1
    start, periods = date(since.year, month, 1), []
    while (following := added_months(start, months)) <= today:
        periods.append(Period(start, following - timedelta(days=1), _PRECISION[frequency]))
        start = following
    return tuple(periods)


_PRECISION = {
    Frequency.MONTHLY: Precision.MONTH,
    Frequency.QUARTERLY: Precision.QUARTER,
    Frequency.ANNUAL: Precision.YEAR,
    Frequency.BIENNIAL: Precision.YEAR,
    Frequency.FOUR_YEARLY: Precision.YEAR,
}


def due_on(indicator: Indicator, period: Period) -> date:
    """The last day on which the value of a period is on time."""
    assigned, end = indicator.next_due, period.end or date.min
    interval = MONTHS_OF.get(indicator.frequency, 0)
    if assigned is not None and end < assigned <= added_months(end, interval):
        return assigned
    return end + timedelta(days=TIMELY_DAYS.get(indicator.frequency, 0))


def asked_for(indicator: Indicator) -> bool:
    """Whether people are asked for values: not where the register of activities makes them."""
    return not indicator.retired and indicator.rollup is None


def due_list(
    indicators: Iterable[Indicator], reports: Iterable[Reported], since: date, today: date
) -> tuple[Due, ...]:
    """What is missing at `today`, one row an indicator, the most overdue first."""
    told = _by_indicator(reports)
    found = []
    for indicator in indicators:
        if not asked_for(indicator):
            continue
        own = told.get(indicator.code, [])
        missing = _missing(indicator, own, since, today)
        if missing:
            day = due_on(indicator, missing[-1])
            late = (today - day).days
            found.append(Due(indicator.code, indicator.owner, missing[-1], day, late, len(missing) - 1))
        elif indicator.frequency is Frequency.IRREGULAR and indicator.next_due is not None:
            day = indicator.next_due
            opens = day - timedelta(days=IRREGULAR_DAYS)
            if opens <= today and not any(report.recorded >= opens for report in own):
                found.append(Due(indicator.code, indicator.owner, Period(), day, (today - day).days, 0))
    return tuple(sorted(found, key=lambda due: (-due.late, due.indicator)))


def upcoming(
    indicators: Iterable[Indicator], reports: Iterable[Reported], since: date, today: date
) -> tuple[Due, ...]:
    """What falls due at `today` or later and is not reported: of periods that are over, and of the one that
    runs; the soonest first."""
    told = _by_indicator(reports)
    found = []
    for indicator in indicators:
        if not asked_for(indicator):
            continue
        months = MONTHS_OF.get(indicator.frequency)
        if months is not None:
            end = added_months(today, months)
            asked = _missing(indicator, told.get(indicator.code, []), since, end)
            days = [(period, due_on(indicator, period)) for period in asked]
        else:
            days = [(Period(), indicator.next_due)] if indicator.next_due else []
        found += [
            Due(indicator.code, indicator.owner, period, day, (today - day).days, 0)
            for period, day in days
            if day >= today
        ]
    return tuple(sorted(found, key=lambda due: (due.due_on, due.indicator)))


def offered_period(
    indicator: Indicator, reports: Iterable[Reported], since: date, today: date
) -> Period | None:
    """The period that the entry form offers: the oldest missing one after the last reported, else the
    newest missing, else the one that runs now; None for an irregular indicator."""
    own = _by_indicator(reports).get(indicator.code, [])
    missing = _missing(indicator, own, since, today)
    last = max((report.day for report in own if report.day is not None), default=date.min)
    following = [period for period in missing if (period.start or date.min) > last]
    if following or missing:
        return (following or missing[-1:])[0]
    months = MONTHS_OF.get(indicator.frequency)
    if months is None:
        return None
    over = expected_periods(indicator.frequency, since, today)
    start = over[-1].end + timedelta(days=1) if over and over[-1].end else since
    running = expected_periods(indicator.frequency, start, added_months(start, 2 * months))
    return running[0] if running else None


def completeness(
    indicator: Indicator, reports: Iterable[Reported], since: date, started: date, today: date
) -> Completeness:
    """How complete and timely one indicator is; `started` is the first day of the store."""
    own = [report for report in reports if report.indicator == indicator.code]
    periods = expected_periods(indicator.frequency, since, today)
    first = {period: day for period in periods if (day := _first_recorded(period, own)) is not None}
    timed = {period: day for period, day in first.items() if period.end and period.end >= started}
    on_time = sum(day <= due_on(indicator, period) for period, day in timed.items())
    delays = [(day - period.end).days for period, day in timed.items() if period.end]
    return Completeness(
        indicator.code,
        len(periods),
        len(first),
        on_time,
        len(timed) - on_time,
        float(median(delays)) if delays else None,
        tuple(period for period in periods if period not in first),
    )


class Standing(StrEnum):
    """How one period of one indicator stands."""

    ON_TIME = "on_time"
    LATE = "late"
    REPORTED = "reported"  # of a period that was over before the store existed: neither in time nor late
    REASONED = "reasoned"  # said that there is no value, and why
    AWAITED = "awaited"  # nothing yet, and still time
    OWED = "owed"  # nothing, and the day has passed
    NOT_ASKED = "not_asked"  # before the indicator was in force


def standings(
    indicator: Indicator, reports: Iterable[Reported], since: date, started: date, today: date
) -> dict[Period, Standing]:
    """How each whole period since a day stands, the oldest first; the arguments are `completeness`'."""
    own = [report for report in reports if report.indicator == indicator.code]
    valid_from = indicator.valid_from or date.min
    return {
        period: Standing.NOT_ASKED
        if period.end and period.end < valid_from
        else _standing(indicator, period, own, started, today)
        for period in expected_periods(indicator.frequency, since, today)
    }


def _standing(
    indicator: Indicator, period: Period, own: Sequence[Reported], started: date, today: date
) -> Standing:
    valued = _first_recorded(period, [report for report in own if not report.missing])
    day = valued or _first_recorded(period, own)
    due = due_on(indicator, period)
    if day is None:
        return Standing.OWED if due < today else Standing.AWAITED
    if valued is None:
        return Standing.REASONED
    if period.end and period.end < started:
        return Standing.REPORTED
    return Standing.ON_TIME if valued <= due else Standing.LATE


def by_person(
    indicators: Sequence[Indicator], reports: Iterable[Reported], started: date
) -> tuple[PersonReport, ...]:
    """What each person recorded, by address. A value is late when its own period's due date had passed."""
    known = {indicator.code: indicator for indicator in indicators}
    counts: dict[str, Counter[str]] = {}
    for report in reports:
        count = counts.setdefault(report.actor, Counter())
        count["recorded"] += 1
        count[report.state.value] += 1
        indicator, day = known.get(report.indicator), report.day
        if indicator is not None and day is not None and day >= started and indicator.frequency in MONTHS_OF:
            day_due = due_on(indicator, Period(report.start, day))
            count["on_time" if report.recorded <= day_due else "late"] += 1
    return tuple(
        PersonReport(
            actor, count["recorded"], count["on_time"], count["late"], count["approved"],
            count["submitted"], count["returned"],
        )
        for actor, count in sorted(counts.items())
    )  # fmt: skip


def responsible(owner: Text, name: str, email: str) -> bool:
    """Whether the owner of an indicator names this person, by name or by address."""
    words = f"{owner.da}\n{owner.en}".casefold()
    return any(text and text.casefold() in words for text in (name.strip(), email.strip()))


def _by_indicator(reports: Iterable[Reported]) -> dict[str, list[Reported]]:
    told: dict[str, list[Reported]] = {}
    for report in reports:
        told.setdefault(report.indicator, []).append(report)
    return told


def _missing(indicator: Indicator, own: Sequence[Reported], since: date, today: date) -> list[Period]:
    periods = expected_periods(indicator.frequency, max(since, indicator.valid_from or since), today)
    return [period for period in periods if _first_recorded(period, own) is None]


def _first_recorded(period: Period, own: Sequence[Reported]) -> date | None:
    """The day on which the first value of a period was recorded; a value that was returned is none."""
    start, end = period.start or date.min, period.end or date.max
    days = [
        report.recorded
        for report in own
        if report.day is not None
        and start <= report.day <= end
        and report.state not in (WorkflowState.RETURNED, WorkflowState.WITHDRAWN)
    ]
    return min(days, default=None)
