"""The history of one value on its page: who, when and why, restored, graded and talked about."""

from __future__ import annotations

from dataclasses import replace

from dashboard.domain.observation import Confidence
from dashboard.store.commands import approve, comment, grade, return_
from dashboard.ui.session import today
from dashboard.ui.value_markup import label
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import body, tables, words
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, values
from tests.workflow.acting import write as written

Y23 = articles(12)


def at(id_: int) -> dict[str, str]:
    return {"indicator": "press_articles", "place": "viborg", "value": str(id_)}


def two_versions(desk: Desk) -> list[int]:
    """12 articles, corrected to 21 because of a slip of the pen; both public."""
    first = written(desk.store, Y23, state=APPROVED)
    second = written(desk.store, replace(Y23, value=21), state=SUBMITTED, reason="Cifrene var byttet om")
    act(desk.store, APPROVER, approve, second, "Set i rapporten")
    return [*first, *second]


def test_each_version_tells_who_when_and_why(desk: Desk) -> None:
    _, newest = two_versions(desk)
    act(desk.store, APPROVER, grade, newest, "Optalt to gange", Confidence.OWN_COUNT)
    said = words(desk.open(APPROVER, "indicator", **at(newest)))
    for part in (
        "Udgave 2: 21 artikler", "Udgave 1: 12 artikler", "Cifrene var byttet om", "analyst@example.org",
        "approver@example.org", "Set i rapporten", "Egen optælling – Optalt to gange",
    ):  # fmt: skip
        assert part in said, part
    older, newer = said.index("Udgave 1"), said.index("Udgave 2")
    assert newer < older, "the newest comes first"


def test_the_table_of_an_indicator_leads_to_each_value(desk: Desk) -> None:
    first, newest = two_versions(desk)
    page = desk.open(READER, "indicator", indicator="press_articles", place="viborg")
    for id_ in (first, newest):
        assert f"value={id_}" in body(page)
    assert tables(page)[-1][1][3:5] == ["12 artikler", "21 artikler"]


def test_a_reader_sees_no_draft_no_note_and_no_comment(desk: Desk) -> None:
    _, newest = two_versions(desk)
    written(desk.store, replace(Y23, value=7654), state=SUBMITTED, reason="Endnu en rettelse")
    act(desk.store, ANALYST, comment, newest, "Er det virkelig sandt?")
    page = desk.open(READER, "indicator", **at(newest))
    said = words(page)
    assert "Udgave 2: 21 artikler" in said
    for hidden in ("7.654", "Endnu en rettelse", "Set i rapporten", "Er det virkelig sandt?"):
        assert hidden not in said
    assert "Gendan udgaven" not in buttons(page)


def test_an_older_version_is_restored_as_a_new_one(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(APPROVER, "indicator", **at(newest))
    assert next(one for one in page.button if one.label == "Gendan udgaven").disabled
    next(box for box in page.checkbox if "med det samme" in box.label).check().run()
    write(page, "Hvorfor gendannes", "Det første tal var rigtigt")
    press(page, "Gendan udgaven")
    assert any("gendannet og kan ses af alle" in one.value for one in page.success)
    assert values(desk.store) == [12]
    said = words(page)
    assert "Udgave 3: 12 artikler" in said
    assert "Det første tal var rigtigt" in said
    assert "Udgave 2: 21 artikler" in said, "nothing is taken away"


def test_an_analyst_restores_for_approval_only(desk: Desk) -> None:
    first, newest = two_versions(desk)
    page = desk.open(ANALYST, "indicator", **at(newest))
    assert not page.checkbox
    write(page, "Hvorfor gendannes", "Det første tal var rigtigt")
    press(page, "Gendan udgaven")
    assert any("venter på godkendelse" in one.value for one in page.success)
    assert values(desk.store) == [21]
    again = desk.open(ANALYST, "indicator", **at(first))
    write(again, "Hvorfor gendannes", "Igen")
    assert "Udgave 3: 12 artikler" in words(again)


def test_a_public_value_is_withdrawn_with_a_reason(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(APPROVER, "indicator", **at(newest))
    press(page, "Træk tilbage")
    assert any("Bemærkningen mangler" in one.value for one in page.error)
    write(page, "Bemærkning", "Kilden er trukket tilbage")
    press(page, "Træk tilbage")
    assert values(desk.store) == []
    assert "Kilden er trukket tilbage" in words(page)


def test_a_comment_is_answered_and_resolved(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(ANALYST, "indicator", **at(newest))
    write(page, "Ny kommentar", "Hvor kommer springet fra?")
    press(page, "Skriv kommentaren")
    assert "Kommentarer (1 åben)" in [one.value for one in page.subheader]
    assert "1 åben kommentar" in words(desk.open(APPROVER, "overview"))
    [row] = tables(desk.open(APPROVER, "review", view="comments"))[0][1:]
    assert row[:2] == ["Artikler, Viborg, 2023", "Hvor kommer springet fra?"]
    other = desk.open(APPROVER, "indicator", **at(newest))
    assert "Hvor kommer springet fra?" in words(other)
    write(other, "Svar", "En tastefejl er rettet")
    press(other, "Send svar")
    press(other, "Afslut kommentaren")
    assert "Kommentarer (0 åbne)" in [one.value for one in other.subheader]
    assert "Der er ingen åbne kommentarer." in words(desk.open(APPROVER, "review", view="comments"))
    said = words(desk.open(ANALYST, "indicator", **at(newest)))
    assert said.index("Hvor kommer springet fra?") < said.index("En tastefejl er rettet")


def test_a_returned_value_shows_its_note_to_the_team(desk: Desk) -> None:
    [id_] = written(desk.store, Y23, state=SUBMITTED)
    act(desk.store, APPROVER, return_, [id_], "Hvilke aviser?")
    assert "Hvilke aviser?" in words(desk.open(ANALYST, "indicator", **at(id_)))
    page = desk.open(READER, "indicator", **at(id_))
    assert any("ingen værdi med nummer" in one.value for one in page.error)


def test_in_the_past_nothing_is_decided_and_later_words_are_not_known(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(APPROVER, "indicator", **at(newest), known="2099-01-01")
    assert page.error, "no day of the future"
    day = today().isoformat()
    page = desk.open(APPROVER, "indicator", **at(newest), known=day)
    assert "Udgave 2: 21 artikler" in words(page)
    assert "Her kan intet besluttes" in words(page)
    assert "Gendan udgaven" not in buttons(page)
    assert "Skriv kommentaren" not in buttons(page)


def test_another_indicator_leaves_the_value_behind(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(APPROVER, "indicator", indicator="partner_satisfaction", value=str(newest))
    assert "Udgave 2" not in words(page)
    assert "value" not in page.query_params


def test_a_value_is_graded_again_with_a_reason(desk: Desk) -> None:
    _, newest = two_versions(desk)
    page = desk.open(APPROVER, "indicator", **at(newest))
    page.selectbox(key="grade_attribution#0").set_value("A3").run()
    write(page, "Titlens andel, mindst", "12,5")
    write(page, "Titlens andel, højst", "1.5")
    write(page, "Hvorfor den vurdering", "Bevillingen nævner titlen")
    press(page, "Gem vurderingen")
    assert any("1,5" in one.value and "15" in one.value for one in page.error), "both readings are named"
    write(page, "Titlens andel, højst", "40")
    press(page, "Gem vurderingen")
    said = words(page).replace("\xa0", " ")
    assert "A3: Titlen var en betingelse eller en angivet grund" in said
    assert "12,5 % til 40 % kan tilskrives titlen" in said
    assert "Bevillingen nævner titlen" in said
    other = desk.open(ANALYST, "indicator", **at(newest))
    write(other, "Hvorfor den vurdering", "Det tror jeg ikke")
    other.selectbox(key="grade_confidence#0").set_value("estimate").run()
    press(other, "Gem vurderingen")
    assert any("rettigheder" in one.value for one in other.error)


def test_the_first_grade_is_told_with_its_rule(desk: Desk) -> None:
    graded = replace(Y23, confidence=Confidence.OWN_COUNT, confidence_reason="rule:own_count")
    [id_] = written(desk.store, graded, state=APPROVED)
    said = words(desk.open(READER, "indicator", **at(id_)))
    assert "Pålidelighed Egen optælling – " in said
    assert "rule:" not in said


def test_words_of_the_data_are_no_marks_of_a_label() -> None:
    assert label("Støtte: $5 og *10* [se]") == r"Støtte\: \$5 og \*10\* \[se\]"
