"""The pure rules of review, reporting, grading and follow-up, with literals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.catalogue import Designation, Frequency
from dashboard.domain.follow_up import (
    FollowUp,
    FollowUpAnswer,
    Persistence,
    added_months,
    closed,
    follow_ups,
)
from dashboard.domain.grading import (
    Basis,
    Link,
    aged,
    attribution_by_rule,
    check_grade,
    confidence_by_rule,
)
from dashboard.domain.observation import Attribution, Confidence, ObservationKind, WorkflowState
from dashboard.domain.period import Period, Precision
from dashboard.domain.reporting import (
    Due,
    Reported,
    by_person,
    completeness,
    due_list,
    due_on,
    expected_periods,
    offered_period,
    responsible,
    upcoming,
)
from dashboard.domain.review import TRANSITIONS, Action, Version, actions, head, shown, transition
from dashboard.domain.roles import GRANTS, Permission, Role
from dashboard.domain.text import Text
from tests.sample import ARTICLES, MONEY, STORY
from tests.workflow.acting import APPROVED, DRAFT, RETURNED, SUBMITTED, WITHDRAWN


def may(role: Role) -> object:
    return lambda permission: permission in GRANTS[role]


# -- transitions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "own", "state", "expected"),
    [
        (Role.READER, True, DRAFT, ()),
        (Role.ANALYST, True, DRAFT, (Action.SUBMIT, Action.WITHDRAW)),
        (Role.ANALYST, False, DRAFT, (Action.SUBMIT,)),
        (Role.ANALYST, True, SUBMITTED, (Action.WITHDRAW,)),
        (Role.ANALYST, False, SUBMITTED, ()),
        (Role.ANALYST, True, RETURNED, (Action.SUBMIT, Action.WITHDRAW)),
        (Role.ANALYST, True, APPROVED, ()),
        (Role.APPROVER, True, DRAFT, (Action.SUBMIT, Action.APPROVE, Action.WITHDRAW)),
        (Role.APPROVER, False, DRAFT, (Action.SUBMIT, Action.WITHDRAW)),
        (Role.APPROVER, False, SUBMITTED, (Action.APPROVE, Action.RETURN, Action.WITHDRAW)),
        (Role.APPROVER, False, APPROVED, (Action.WITHDRAW,)),
        (Role.APPROVER, True, WITHDRAWN, ()),
    ],
)
def test_who_may_do_what_in_which_state(
    role: Role, own: bool, state: WorkflowState, expected: tuple[Action, ...]
) -> None:
    assert actions(state, own, may(role)) == expected  # type: ignore[arg-type]


def test_an_author_who_approves_is_not_asked_why_he_takes_his_draft_back() -> None:
    own = transition(Action.WITHDRAW, DRAFT, True, may(Role.APPROVER))  # type: ignore[arg-type]
    others = transition(Action.WITHDRAW, DRAFT, False, may(Role.APPROVER))  # type: ignore[arg-type]
    assert own is not None
    assert others is not None
    assert (own.note, others.note) == (False, True)


def test_nothing_becomes_public_without_an_approver_and_nothing_leaves_the_public_without_a_note() -> None:
    for (_, state), ways in TRANSITIONS.items():
        for way in ways:
            assert state is not WITHDRAWN
            if way.to is APPROVED or state is APPROVED:
                assert way.permission is Permission.APPROVE
            if state is APPROVED or way.to is RETURNED:
                assert way.note


# -- what is shown ---------------------------------------------------------------------------------


def version(number: int, *states: WorkflowState) -> Version:
    return Version(number, number, tuple((10 * number + n, state) for n, state in enumerate(states)))


@pytest.mark.parametrize(
    ("versions", "public", "team", "top"),
    [
        ((), None, None, None),
        ((version(1, DRAFT),), None, 1, 1),
        ((version(1, DRAFT, SUBMITTED, APPROVED),), 1, 1, 1),
        ((version(1, APPROVED), version(2, SUBMITTED)), 1, 2, 2),
        ((version(1, APPROVED), version(2, SUBMITTED, RETURNED)), 1, 1, 2),
        ((version(1, APPROVED), version(2, DRAFT, WITHDRAWN)), 1, 1, 1),
        ((version(1, APPROVED), version(2, APPROVED, WITHDRAWN)), None, None, 2),
        ((version(1, APPROVED), version(2, WITHDRAWN)), None, None, 2),
        ((version(1, APPROVED), version(2, WITHDRAWN), version(3, DRAFT)), None, 3, 3),
        ((version(2, APPROVED), version(1, DRAFT)), 2, 2, 2),
    ],
)
def test_what_readers_and_the_team_are_shown(
    versions: tuple[Version, ...], public: int | None, team: int | None, top: int | None
) -> None:
    found = (shown(versions, False), shown(versions, True), head(versions))
    assert tuple(v.id if v else None for v in found) == (public, team, top)


def test_what_was_shown_at_a_revision() -> None:
    versions = (version(1, APPROVED), version(2, DRAFT, APPROVED, WITHDRAWN))
    seen = {revision: shown(versions, False, revision) for revision in (9, 10, 20, 21, 22)}
    assert {revision: v.id if v else None for revision, v in seen.items()} == {
        9: None, 10: 1, 20: 1, 21: 2, 22: None,
    }  # fmt: skip


# -- follow-ups ------------------------------------------------------------------------------------

FAIR = Activity("messe", ActivityKind.EVENT, "viborg", Text("Messe"), Period.day(date(2022, 2, 28)))
GRANT = replace(FAIR, key="tilskud", kind=ActivityKind.GRANT, currency="DKK", amount_granted=5)


def test_questions_are_asked_after_one_two_and_three_years() -> None:
    day = date(2024, 2, 28)
    assert follow_ups([FAIR], [], date(2023, 2, 27)) == ()
    assert follow_ups([FAIR], [], day) == (
        FollowUp("messe", 12, date(2023, 2, 28)), FollowUp("messe", 24, day),
    )  # fmt: skip
    assert follow_ups([FAIR], [("messe", 12)], day) == (FollowUp("messe", 24, day),)


@pytest.mark.parametrize(
    ("activity", "asked"),
    [
        (GRANT, True),
        (replace(GRANT, amount_granted=None, amount_applied=5), False),
        (replace(FAIR, state=ActivityState.CANCELLED), False),
        (replace(FAIR, state=ActivityState.PLANNED), False),
        (replace(FAIR, period=Period()), False),
        (replace(FAIR, kind=ActivityKind.ARTICLE), False),
        (replace(FAIR, kind=ActivityKind.PARTNERSHIP), True),
    ],
)
def test_only_won_things_are_followed(activity: Activity, asked: bool) -> None:
    assert bool(follow_ups([activity], [], date(2023, 3, 1))) == asked


def test_what_has_ended_is_not_asked_about_again() -> None:
    answers = [
        FollowUpAnswer("messe", 12, Persistence.ENDED, "lukket"),
        FollowUpAnswer("tilskud", 12, Persistence.REPEATED, "igen"),
    ]
    assert closed(answers) == {("messe", 12), ("messe", 24), ("messe", 36), ("tilskud", 12)}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_later_is_so_many_months_later(day: date, months: int) -> None:
    later = added_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


# -- grading ---------------------------------------------------------------------------------------

ACTUAL = ObservationKind.ACTUAL
TITLE = Designation(date(2019, 10, 30), Precision.DAY, "")


@pytest.mark.parametrize(
    ("kind", "basis", "method", "grade", "reason"),
    [
        (ACTUAL, Basis.ACCOUNTS, "", Confidence.AUDITED_RECORD, "rule:audited_record"),
        (ACTUAL, Basis.COUNT, "talt ved døren", Confidence.OWN_COUNT, "rule:own_count"),
        (ACTUAL, Basis.COUNT, " ", Confidence.ANECDOTE, "rule:no_method"),
        (ACTUAL, Basis.PRESS, "", Confidence.PRESS_REPORT, "rule:press_report"),
        (ObservationKind.ASSERTED, Basis.ACCOUNTS, "", Confidence.ANECDOTE, "rule:asserted"),
        (ObservationKind.FORECAST, Basis.STATISTICS, "", Confidence.ESTIMATE, "rule:estimated"),
        (ObservationKind.SURVEY, Basis.STATISTICS, "", Confidence.OWN_COUNT, "rule:survey"),
    ],
)
def test_confidence_follows_from_the_statement_and_its_basis(
    kind: ObservationKind, basis: Basis, method: str, grade: Confidence, reason: str
) -> None:
    found = confidence_by_rule(kind, basis, method)
    assert found is not None
    assert (found.grade, found.reason) == (grade, reason)


def test_a_target_has_no_confidence_and_a_place_without_a_title_no_attribution() -> None:
    assert confidence_by_rule(ObservationKind.TARGET, Basis.COUNT, "") is None
    assert attribution_by_rule(Link(compared=True), Period.year(2023), None) is None


@pytest.mark.parametrize(
    ("link", "period", "grade", "reason"),
    [
        (Link(), Period.year(2023), Attribution.A0, "rule:no_link_stated"),
        (Link(plausible=True), Period.year(2023), Attribution.A1, "rule:plausible"),
        (Link(plausible=True, named=True), Period.year(2023), Attribution.A2, "rule:names_title"),
        (Link(named=True, condition=True), Period.year(2023), Attribution.A3, "rule:condition"),
        (Link(compared=True), Period.year(2023), Attribution.A4, "rule:compared"),
        (Link(compared=True), Period.year(2018), Attribution.A0, "rule:before_designation"),
        (Link(compared=True), Period(), Attribution.A4, "rule:compared"),
    ],
)
def test_attribution_climbs_the_ladder_and_never_before_the_title(
    link: Link, period: Period, grade: Attribution, reason: str
) -> None:
    found = attribution_by_rule(link, period, TITLE)
    assert found is not None
    assert (found.grade, found.reason) == (grade, reason)


def test_a_title_known_by_year_only_does_not_date_its_own_year_before_it() -> None:
    by_year = replace(TITLE, day=date(2019, 12, 31), precision=Precision.YEAR)
    early = attribution_by_rule(Link(named=True), Period.month(2019, 3), by_year)
    assert early is not None
    assert early.grade is Attribution.A2


def test_confidence_falls_a_step_when_the_review_date_is_passed() -> None:
    day = date(2025, 1, 1)
    assert aged(Confidence.OWN_COUNT, day, day) is Confidence.OWN_COUNT
    assert aged(Confidence.OWN_COUNT, day, date(2025, 1, 2)) is Confidence.PRESS_REPORT
    assert aged(Confidence.ANECDOTE, day, date(2026, 1, 1)) is Confidence.ANECDOTE
    assert aged(Confidence.OWN_COUNT, None, date(2026, 1, 1)) is Confidence.OWN_COUNT


def test_a_grading_needs_a_grade_a_reason_and_a_possible_share() -> None:
    wrong = check_grade(None, None, (0.6, 0.5), " ")
    assert [p.code for p in wrong] == ["grade_required", "reason_required", "share_form"]
    assert check_grade(Confidence.ESTIMATE, None, (0, 1), "skøn") == []
    assert [p.code for p in check_grade(None, Attribution.A1, (-0.1, 0.5), "x")] == ["share_form"]
    assert [p.code for p in check_grade(None, Attribution.A1, (0.1, 1.1), "x")] == ["share_form"]


# -- reporting -------------------------------------------------------------------------------------

TODAY = date(2026, 3, 15)


def report(year: int, recorded: date, **changes: object) -> Reported:
    plain = Reported(
        "press_articles", date(year, 1, 1), date(year, 12, 31), recorded, "a@example.org", APPROVED
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frequency", "since", "first", "last", "count"),
    [
        (Frequency.ANNUAL, date(2019, 10, 30), date(2019, 1, 1), date(2025, 12, 31), 7),
        (Frequency.MONTHLY, date(2025, 11, 5), date(2025, 11, 1), date(2026, 2, 28), 4),
        (Frequency.QUARTERLY, date(2025, 5, 5), date(2025, 4, 1), date(2025, 12, 31), 3),
        (Frequency.BIENNIAL, date(2019, 10, 30), date(2019, 1, 1), date(2024, 12, 31), 3),
    ],
)
def test_expected_periods_are_whole_and_over(
    frequency: Frequency, since: date, first: date, last: date, count: int
) -> None:
    periods = expected_periods(frequency, since, TODAY)
    assert (periods[0].start, periods[-1].end, len(periods)) == (first, last, count)


def test_a_period_is_over_on_the_day_after_its_end() -> None:
    assert len(expected_periods(Frequency.ANNUAL, date(2025, 1, 1), date(2025, 12, 31))) == 0
    assert len(expected_periods(Frequency.ANNUAL, date(2025, 1, 1), date(2026, 1, 1))) == 1
    assert expected_periods(Frequency.IRREGULAR, date(2019, 1, 1), TODAY) == ()


def test_the_catalogues_own_date_is_the_due_date_of_the_period_before_it() -> None:
    dated = replace(ARTICLES, next_due=date(2026, 2, 15))
    assert due_on(dated, Period.year(2025)) == date(2026, 2, 15)
    assert due_on(dated, Period.year(2024)) == date(2025, 3, 31)
    assert due_on(ARTICLES, Period.year(2025)) == date(2026, 3, 31)


def test_what_lies_ahead_are_the_open_due_dates_and_that_of_the_running_period() -> None:
    """On 15 March 2026 the year 2025 may still be told; that of 2026 falls due in March 2027."""
    told = replace(ARTICLES, code="told")
    asked = replace(STORY, code="asked", retired=False, next_due=date(2026, 6, 1))
    past = replace(STORY, code="past", retired=False, next_due=date(2026, 3, 14))
    reports = [report(2025, date(2026, 2, 1), indicator="told"), report(2024, date(2025, 2, 1))]
    found = upcoming([ARTICLES, told, asked, past, MONEY, STORY], reports, date(2024, 1, 1), TODAY)
    assert [(due.indicator, due.period, due.due_on, due.late) for due in found] == [
        ("press_articles", Period.year(2025), date(2026, 3, 31), -16),
        ("asked", Period(), date(2026, 6, 1), -78),
        ("press_articles", Period.year(2026), date(2027, 3, 31), -381),
        ("told", Period.year(2026), date(2027, 3, 31), -381),
    ]


def test_what_is_due_is_the_newest_missing_period_with_the_older_ones_counted() -> None:
    since = date(2022, 1, 1)
    reports = [report(2022, date(2023, 2, 1)), report(2024, date(2025, 2, 1), state=RETURNED)]
    late = replace(ARTICLES, code="early", next_due=date(2026, 2, 15))
    assert due_list([ARTICLES, late, MONEY, STORY], reports, since, TODAY) == (
        Due("early", late.owner, Period.year(2025), date(2026, 2, 15), 28, 3),
        Due("press_articles", ARTICLES.owner, Period.year(2025), date(2026, 3, 31), -16, 2),
    )


def test_an_irregular_indicator_is_due_by_its_own_date_only() -> None:
    irregular = replace(ARTICLES, frequency=Frequency.IRREGULAR, next_due=date(2026, 4, 1))
    none = replace(irregular, next_due=None)
    [due] = due_list([irregular, replace(none, code="none")], [], TODAY, TODAY)
    assert (due.indicator, due.period, due.late) == ("press_articles", Period(), -17)
    assert due_list([irregular], [report(2025, date(2026, 2, 1))], TODAY, TODAY) == ()
    assert due_list([irregular], [], TODAY, date(2025, 12, 31)) == ()


def test_the_offered_period_follows_the_last_reported() -> None:
    since = date(2022, 1, 1)
    filed = [report(2022, date(2023, 1, 1)), report(2023, date(2024, 1, 1))]
    assert offered_period(ARTICLES, filed, since, TODAY) == Period.year(2024)
    assert offered_period(ARTICLES, [report(2025, TODAY)], since, TODAY) == Period.year(2024)
    all_in = [*filed, report(2024, TODAY), report(2025, TODAY)]
    assert offered_period(ARTICLES, all_in, since, TODAY) == Period.year(2026)
    irregular = replace(ARTICLES, frequency=Frequency.IRREGULAR)
    assert offered_period(irregular, filed, since, TODAY) is None


def test_completeness_counts_all_periods_and_timeliness_those_since_the_store_exists() -> None:
    reports = [
        report(2022, date(2025, 6, 1)), report(2024, date(2025, 3, 31)), report(2025, date(2026, 4, 1)),
        report(2025, date(2026, 5, 1), actor="b@example.org"),
    ]  # fmt: skip
    found = completeness(ARTICLES, reports, date(2022, 1, 1), date(2024, 6, 1), date(2026, 6, 1))
    assert (found.expected, found.reported, found.on_time, found.late) == (4, 3, 1, 1)
    assert found.missing == (Period.year(2023),)
    assert found.days == (90 + 91) / 2
    assert found.share == 0.75
    assert completeness(STORY, [], date(2022, 1, 1), TODAY, TODAY).share is None


def test_each_person_is_told_what_became_of_their_values() -> None:
    reports = [
        report(2024, date(2025, 3, 31)), report(2025, date(2026, 4, 1), state=SUBMITTED),
        report(2025, date(2026, 2, 1), actor="b@example.org", state=RETURNED),
        report(2010, date(2026, 2, 1), actor="b@example.org"),
    ]  # fmt: skip
    first, second = by_person([ARTICLES], reports, date(2020, 1, 1))
    assert (first.actor, first.recorded, first.on_time, first.late) == ("a@example.org", 2, 1, 1)
    assert (first.approved, first.waiting, first.returned) == (1, 1, 0)
    assert (second.recorded, second.on_time, second.late, second.returned) == (2, 1, 0, 1)


def test_an_owner_is_named_by_name_or_address() -> None:
    owner = Text("Kulturforvaltningen, Anna Approver", "Culture department")
    assert responsible(owner, "anna approver", "x@example.org")
    assert responsible(Text("x@Example.org"), "", "X@example.org")
    assert not responsible(owner, "", "")
    assert not responsible(owner, "Rikke Reader", "reader@example.org")
