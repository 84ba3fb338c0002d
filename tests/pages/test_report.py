"""The page of the report to UNESCO: how far it is, writing a section, and what happens when two write it."""

from __future__ import annotations

from dashboard.domain.report_section import ReportSection
from dashboard.i18n import Translator
from dashboard.reports.monitoring import report_key
from dashboard.store.commands.report_sections import write_section
from dashboard.store.work import unit_of_work
from tests.pages.conftest import OpenPage
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import headings, words
from tests.sample import ANALYST, APPROVER, READER

da = Translator("da")


def test_the_page_says_what_is_missing_and_who_owes_it(demonstration: OpenPage) -> None:
    page = demonstration("report", due="2027")
    said = words(page)
    assert "Rapporten dækker 2024–2027" in said
    assert da("monitoring.lack.text") in said
    assert "Økonomi" in said
    assert "14 af 28" in said
    assert "6.3. Anslået årligt budget" in said
    part = demonstration("report", due="2027", section="action-plan", lang="en")
    assert "6. Action plan for the next four years" in headings(part)
    assert "Every primary school offers" in words(part)
    refused = demonstration("report", due="2025")
    assert "2027, 2023" in refused.error[0].value


def test_an_analyst_writes_a_section_and_finds_what_was_typed_again(desk: Desk) -> None:
    page = desk.open(ANALYST, "report", due="2027", section="local-initiatives")
    write(page, da("monitoring.text"), "Byen åbnede et værksted.")
    again = desk.open(ANALYST, "report", due="2027", section="local-initiatives")
    assert again.text_area[0].value == "Byen åbnede et værksted.", "kept on the server before it is saved"
    again.checkbox[0].check().run()
    press(again, da("monitoring.save"))
    assert da("monitoring.done") in [one.value for one in again.success]
    said = words(desk.open(READER, "report", due="2027"))
    assert da("monitoring.is_finished") in said
    reader = desk.open(READER, "report", due="2027", section="local-initiatives")
    assert "Byen åbnede et værksted." in words(reader)
    assert buttons(reader) == []
    english = words(desk.open(READER, "report", due="2027", lang="en"))
    assert Translator("en")("monitoring.other_language") in english


def test_two_who_write_the_same_section_see_each_other(desk: Desk) -> None:
    page = desk.open(ANALYST, "report", due="2027", section="executive-summary")
    write(page, da("monitoring.text"), "Min tekst")
    theirs = ReportSection(report_key(2027), "executive-summary", "da", "Deres tekst")
    with unit_of_work(desk.store, APPROVER, "test") as work:
        write_section(work, theirs, 0)
    again = desk.open(ANALYST, "report", due="2027", section="executive-summary")
    assert again.text_area[0].value == "Min tekst"
    assert "Deres tekst" in words(again)
    assert any("nyere udgave" in one.value for one in again.warning)
    press(again, da("monitoring.save"))
    assert "Min tekst" in words(desk.open(READER, "report", due="2027", section="executive-summary"))
