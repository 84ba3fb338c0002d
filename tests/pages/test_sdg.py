"""The seventeen goals through their page, counted again by hand from the register."""

from __future__ import annotations

from dashboard.domain.activity import Activity, ActivityKind, ActivityState
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.store.commands import register
from tests.pages.conftest import OpenPage
from tests.pages.persons import Desk
from tests.pages.reading import body, tables, words
from tests.sample import APPROVER, READER
from tests.workflow.acting import act


def action(key: str, primary: str, *targets: str, reach: float | None = None,
           state: ActivityState = ActivityState.DONE, codes: tuple[str, ...] = ()) -> Activity:  # fmt: skip
    return Activity(
        key, ActivityKind.SDG_ACTION, "viborg", Text(f"Indsats {key}", f"Action {key}"), Period.year(2024),
        state, sdg_targets=targets, primary_sdg=primary, reach=reach, culture2030=codes,
    )  # fmt: skip


def test_primary_and_secondary_stand_apart_and_every_gap_is_said(desk: Desk) -> None:
    found = [
        action("a", "4", "4", "10.2", reach=120), action("b", "4.7", "4.7"),
        action("c", "13", "13", "4", state=ActivityState.PLANNED),
        action("d", "5", "5", state=ActivityState.CANCELLED),
    ]  # fmt: skip
    act(desk.store, APPROVER, lambda work: register(work, found, state=WorkflowState.APPROVED))
    page = desk.open(READER, "sdg")
    table = next(rows for rows in tables(page) if len(rows) == 18)
    assert table[4] == ["4. Kvalitetsuddannelse", "2", "0", "0", "2", "1", "120 (oplyst for 1 af 2)"]
    assert table[5][1:] == ["0", "0", "0", "0", "0", "–"], "what was cancelled counts nowhere"
    assert [one.label for one in page.expander] == [
        "4. Kvalitetsuddannelse: 2 primære, 1 berører også",
        "10. Mindre ulighed: 1 berører også",
        "13. Klimaindsats: 1 primær",
    ]
    behind = [rows[1:] for rows in tables(page) if rows[0][0] == "Registrering"]
    assert [[row[0] for row in rows] for rows in behind] == [
        ["Indsats a", "Indsats b"], ["Indsats c"], ["Indsats a"], ["Indsats c"],
    ]  # fmt: skip
    assert [rows[0][-1] for rows in behind[1:3]] == ["13", "4"], "where they count instead"
    assert "/activities?activity=a" in body(page)
    assert "/activities?goal=4" in body(page)
    said = words(page)
    assert "2 indsatser uden oplysning" in said
    assert "ingen indsats har det som det primære: 10 (Mindre ulighed)." in said
    assert "Kun planer, intet er begyndt: 13 (Klimaindsats)." in said
    assert "1 (Afskaf fattigdom), 2 (Stop sult)" in said


def test_culture_2030_has_its_dimensions_with_indicators_and_actions(demonstration: OpenPage) -> None:
    page = demonstration("sdg", lang="en")
    assert not page.exception
    dimensions = [rows[1:] for rows in tables(page) if rows[0][0] == "Code"]
    assert len(dimensions) == 4
    assert sum(map(len, dimensions)) == 22
    assert sum(int(row[-1]) for rows in dimensions for row in rows) > 0
    assert "/indicator?lang=en&amp;indicator=" in body(page)
    assert "of 22 Culture|2030 indicators have one of our own" in words(page)
