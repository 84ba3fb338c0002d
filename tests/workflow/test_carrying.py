"""A correction takes over what was judged about the value: the choice among rivals, and the grades."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from dashboard.domain.evidence import Preference
from dashboard.domain.grading import CARRIED
from dashboard.domain.observation import Attribution, Confidence, MissingReason
from dashboard.domain.text import Text
from dashboard.store import schema
from dashboard.store.commands import approve, grade, prefer, restore, undo_batch
from dashboard.store.engine import reading
from dashboard.store.queries import Pile, load_pile, load_value_history
from dashboard.store.queries.history import broken_link, load_changes
from dashboard.store.queries.integrity import empty_preferences
from dashboard.store.queries.scope import Scope
from tests.sample import ANALYST, APPROVER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, load, pictures, series, values, write

OWN, PAPER = articles(12), articles(20, source="newspaper")
CHOICE = Preference("press_articles", "viborg", OWN.period, "municipality", 12, Text("Talt", "Counted"))


@pytest.fixture
def judged(store: Engine) -> Engine:
    """Two sources that disagree; the municipality's is preferred and graded twice."""
    own, _ = write(store, OWN, PAPER, state=APPROVED)
    act(store, APPROVER, prefer, [CHOICE])
    act(store, APPROVER, grade, own, "Talt i hånden", confidence=Confidence.OWN_COUNT)
    act(store, APPROVER, grade, own, "Nævner titlen", attribution=Attribution.A2, share=(0.25, 0.5))
    return store


def shown(store: Engine) -> dict[str, tuple[float, bool, str, str, str]]:
    """By source: the value, whether it is preferred, its grades, and why it is preferred."""
    frame = series(store)
    names = ["value", "preferred", "confidence", "attribution", "preferred_reason"]
    rows = frame[names].itertuples(index=False, name=None)
    return dict(zip(frame["source"], rows, strict=True))


def standing(value: float) -> tuple[float, bool, str, str, str]:
    return (value, True, "own_count", "A2", "Talt\x1fCounted")


def correct(store: Engine, value: float | None, way: str, **changes: object) -> int:
    """The municipality's value corrected, by one of the ways to make a correction public; its id."""
    draft = replace(OWN, value=value, **changes)  # type: ignore[arg-type]
    if way == "at once":
        return write(store, draft, state=APPROVED, reason="Talt om")[0]
    if way == "batch":
        load(store, draft)
        return int(series(store)["observation"].max())
    [row] = write(store, draft, state=SUBMITTED, reason="Talt om")
    act(store, APPROVER, approve, [row])
    return row


@pytest.mark.parametrize("way", ["review", "at once", "batch"])
def test_a_correction_keeps_preference_and_grades(judged: Engine, way: str) -> None:
    new = correct(judged, 13, way)
    assert shown(judged) == {"municipality": standing(13), "newspaper": (20, False, "", "", "")}
    table = schema.observation_grade
    with reading(judged) as connection:
        rows = connection.execute(
            select(
                *[
                    table.c[name]
                    for name in ("confidence", "attribution", "share_low", "share_high", "reason")
                ]
            )
            .where(table.c.observation_id == new)
            .order_by(table.c.sequence)
        ).all()
        assert broken_link(connection) is None
        assert empty_preferences(connection) == ()
    assert [tuple(row) for row in rows] == [
        ("own_count", "", None, None, "Talt i hånden"), ("", "A2", 0.25, 0.5, "Nævner titlen"),
    ]  # fmt: skip


def test_it_is_told_in_the_history_as_what_it_is(judged: Engine) -> None:
    """In the words of whoever judged, by whoever made the correction public, and marked as taken over."""
    new = correct(judged, 13, "review")
    with reading(judged) as connection:
        newest, oldest = load_value_history(connection, APPROVER, new)
        commands = [change.command for change in load_changes(connection, Scope(), 2)]
    assert commands == ["approve", "carry_judgements"]
    assert [(g.confidence or g.attribution, g.actor, g.carried) for g in newest.grades] == [
        ("own_count", APPROVER.email, True), ("A2", APPROVER.email, True),
    ]  # fmt: skip
    assert [g.carried for g in oldest.grades] == [False, False]
    (choice,) = newest.preferences
    assert (choice.preferred, choice.reason.da, choice.actor, choice.carried) == (
        True, "Talt", APPROVER.email, True,
    )  # fmt: skip
    assert [c.carried for c in oldest.preferences] == [False]


def test_before_it_is_approved_nothing_moves(judged: Engine) -> None:
    write(judged, replace(OWN, value=13), state=SUBMITTED)
    assert shown(judged)["municipality"] == standing(12)
    with reading(judged) as connection:
        (row,) = load_pile(connection, APPROVER, Pile.WAITING).rows.to_dict("records")
    assert (row["old_preferred"], row["old_confidence"], row["old_attribution"]) == (True, "own_count", "A2")
    assert (row["confidence"], row["attribution"]) == ("", "")


def test_what_the_correction_says_of_itself_stands(judged: Engine) -> None:
    correct(judged, 13, "review", confidence=Confidence.ESTIMATE, confidence_reason="Kun et skøn")
    assert shown(judged)["municipality"] == (13, True, "estimate", "A2", "Talt\x1fCounted")


def test_a_grade_that_was_recorded_with_the_value_follows_as_well(store: Engine) -> None:
    write(store, replace(OWN, confidence=Confidence.OWN_COUNT), state=APPROVED)
    new = correct(store, 13, "review")
    assert shown(store)["municipality"][2] == "own_count"
    with reading(store) as connection:
        newest, _ = load_value_history(connection, APPROVER, new)
    assert [one.reason for one in newest.grades] == [CARRIED]


def test_a_later_choice_is_not_undone_by_a_correction(judged: Engine) -> None:
    act(judged, APPROVER, prefer, [replace(CHOICE, source="newspaper", value=20)])
    correct(judged, 13, "review")
    assert {source: row[1] for source, row in shown(judged).items()} == {
        "municipality": False, "newspaper": True,
    }  # fmt: skip


def test_a_choice_after_a_correction_moves_and_its_repetition_changes_nothing(judged: Engine) -> None:
    correct(judged, 13, "review")
    assert act(judged, APPROVER, prefer, [CHOICE]) == 0, "the files name the first version"
    assert shown(judged)["municipality"] == standing(13)
    act(judged, APPROVER, prefer, [replace(CHOICE, source="newspaper", value=20)])
    assert not shown(judged)["municipality"][1]


def test_a_correction_that_takes_the_value_away_takes_nothing_over(judged: Engine) -> None:
    correct(judged, None, "review", missing_reason=MissingReason.NOT_COLLECTED)
    frame = series(judged)
    assert not frame[frame["source"] == "municipality"]["preferred"].any()


def test_undoing_a_correction_brings_back_exactly_what_was_seen(judged: Engine) -> None:
    before = pictures(judged)
    batch = load(judged, replace(OWN, value=13))
    assert shown(judged)["municipality"] == standing(13)
    act(judged, APPROVER, undo_batch, batch, "Forkert fil")
    assert pictures(judged) == before
    assert shown(judged)["municipality"] == standing(12)


def test_a_restored_version_is_preferred_as_the_one_it_replaces(judged: Engine) -> None:
    new = correct(judged, 13, "review")
    with reading(judged) as connection:
        oldest = load_value_history(connection, APPROVER, new)[-1].observation
    act(judged, APPROVER, restore, oldest, "Det første var rigtigt", APPROVED)
    assert shown(judged)["municipality"] == standing(12)
    assert sorted(values(judged)) == [12, 20]
    assert act(judged, ANALYST, restore, new, "Nej") is not None
