"""A file through the page: read, mapped, looked at, saved once, said again, undone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import Translator
from dashboard.store import queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.ui import session
from tests.conftest import Databases
from tests.intake_files.files import csv_of, xlsx_of
from tests.intake_files.messy import messy_workbook
from tests.pages.conftest import Application, OpenPage
from tests.pages.reading import MISSING, raw, table_after, words

DA = Translator("da")
VIEWS, AWARE = "Opslag på byens artikel på Wikipedia", "Borgere, der kender UNESCO-titlen"
CODES = ("wikipedia_pageviews", "resident_awareness")
SOURCE = "Mosevig Kommunes regnskab 2015-2025 (opdigtet)"
HEAD = ("Indikator", "Periode", "Værdi", "Kilde")
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
"""How a workbook with a password begins, and what it says inside."""


@pytest.fixture(scope="module")
def address(databases: Databases) -> str:
    return databases.address("sqlite", "demonstration")


@pytest.fixture
def pages(address: str, application: Application) -> OpenPage:
    application.show(address)
    return application.open


def recorded(address: str) -> pd.DataFrame:
    """What the team sees of the source of these tests."""
    engine = open_engine(address)
    with reading(engine) as connection:
        frame = queries.load_series(connection, Scope(submitted=True), CODES, ["mosevig"])
    engine.dispose()
    return frame[frame["source"] == "demo-accounts"]


def revision(address: str) -> int:
    engine = open_engine(address)
    with reading(engine) as connection:
        found = queries.current_revision(connection)
    engine.dispose()
    return found


def upload(pages: OpenPage, content: bytes, name: str = "tal.csv", **choices: str) -> AppTest:
    page = pages("import", **choices)
    assert not page.exception
    page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not page.exception
    assert MISSING not in raw(page).partition('id="content"')[2]
    return page


def labelled(boxes: Any, label: str) -> Any:
    return next(box for box in boxes if box.label.startswith(label))


def answer_warnings(page: AppTest) -> None:
    """A year where months are usual, and whatever else is odd about the figures of these tests."""
    labelled(page.text_input, DA("import_file.reason_warnings")).set_value("Sådan er det").run()


def button(page: AppTest, label: str) -> Any:
    return labelled(page.button, label)


def test_a_messy_workbook_goes_all_the_way_and_back(pages: OpenPage, address: str) -> None:
    messy = messy_workbook(VIEWS, AWARE, SOURCE)
    before, stood = revision(address), len(recorded(address))
    page = upload(pages, messy, "opgørelse 2024.xlsx")
    said = words(page)
    assert "opgørelse 2024.xlsx er læst som tal: arket »Tal«" in said
    assert labelled(page.selectbox, DA("import_file.header_row")).value == "4"
    assert labelled(page.selectbox, "Kolonne C").value == "value"
    assert labelled(page.selectbox, "Kolonne G").value == ""
    assert "5 værdier er nye, 1 række kan ikke læses og 2 rækker udelades." in said
    assert "»I alt« kendes ikke" in said
    assert "tjek med økonomi" in said
    assert not [b for b in page.button if "godkendelse" in b.label], "nothing can be saved yet"

    labelled(page.checkbox, "Udelad den ene række med fejl").check().run()
    assert "5 værdier er nye og 3 rækker udelades." in words(page)
    send = button(page, "Send 5 værdier til godkendelse")
    assert send.disabled, "a warning waits for an answer"
    labelled(page.text_input, DA("import_file.reason_warnings")).set_value("Noten er til økonomi").run()
    assert revision(address) == before, "looking writes nothing"
    button(page, "Send 5 værdier til godkendelse").click().run()
    assert not page.exception
    assert [one.value for one in page.success] == [DA("import_file.done", new=5, changed=0)]
    assert "/review?view=batches&amp;batch=" in raw(page)
    found = recorded(address)
    assert len(found) == stood + 5
    assert {1234.5, 980, 1100, 1050.25, 12.5} <= set(found["value"])
    assert set(found["state"].tail(5)) == {"submitted"}

    again = upload(pages, messy, "opgørelse 2024.xlsx")
    labelled(again.checkbox, "Udelad den ene række med fejl").check().run()
    assert "5 værdier er uændrede" in words(again)
    assert [one.value for one in again.info] == [DA("import_file.changes_nothing")]
    assert not [b for b in again.button if "godkendelse" in b.label]

    batch = raw(page).split("view=batches&amp;batch=")[1].split('"')[0].split("&")[0]
    review = pages("review", view="batches", batch=batch)
    assert not review.exception
    assert "opgørelse 2024.xlsx" in words(review)
    labelled(review.text_input, DA("review.undo_reason")).set_value("Forkert fil").run()
    button(review, DA("review.undo")).click().run()
    assert not review.exception
    assert len(recorded(address)) == stood


def test_columns_can_be_chosen_and_are_remembered(pages: OpenPage) -> None:
    rows = [("Hvad", "2023", "2024", "Kommentar?"), (VIEWS, "1.000", "2.000", "se bilag")]
    page = upload(pages, csv_of(rows))
    assert labelled(page.multiselect, DA("import_file.periods")).value == ["1", "2"]
    assert any("»Kilde«" in warning.value for warning in page.warning)
    labelled(page.selectbox, "Kolonne D").select("note").run()
    labelled(page.selectbox, DA("import_file.source")).select("demo-accounts").run()
    assert "2 værdier er nye." in words(page)
    answer_warnings(page)
    button(page, "Send 2 værdier til godkendelse").click().run()
    assert not page.exception
    assert page.success

    rows = [("Hvad", "2024", "2025", "Kommentar?"), (VIEWS, "2.500", "3.000", "se bilag")]
    page = upload(pages, csv_of(rows))
    assert labelled(page.selectbox, "Kolonne D").value == "note"
    assert labelled(page.selectbox, DA("import_file.source")).value == "demo-accounts"
    assert "1 værdi ændres og 1 værdi er ny." in words(page)
    assert "2.000 " in words(page)
    assert "bliver til 2.500" in words(page)


def test_a_source_is_made_on_the_spot(pages: OpenPage, address: str) -> None:
    page = upload(pages, csv_of([HEAD[:3], (AWARE, "2022", "44,5")]))
    labelled(page.selectbox, DA("import_file.source")).select("\x00new").run()
    labelled(page.text_input, DA("enter.source_title")).set_value("Borgerpanelet 2022").run()
    button(page, DA("import_file.make_source")).click().run()
    assert not page.exception
    assert "1 værdi er ny." in words(page)
    engine = open_engine(address)
    with reading(engine) as connection:
        assert "Borgerpanelet 2022" in [s.title for s in queries.load_sources(connection, Scope()).values()]
    engine.dispose()


def test_a_source_typed_in_other_letters_is_the_one_that_is_there(pages: OpenPage, address: str) -> None:
    before = revision(address)
    page = upload(pages, csv_of([HEAD[:3], (AWARE, "2021", "44,5")]))
    labelled(page.selectbox, DA("import_file.source")).select("\x00new").run()
    labelled(page.text_input, DA("enter.source_title")).set_value(SOURCE.upper()).run()
    button(page, DA("import_file.make_source")).click().run()
    assert not page.exception
    assert labelled(page.selectbox, DA("import_file.source")).value == "demo-accounts"
    assert revision(address) == before, "nothing was made"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "kort.csv", "kort.csv er et billede og ikke en tabel."),
        (b"a;b\n1;2", "tal.docx", "tal.docx er ikke en slags fil"),
        (xlsx_of([HEAD]), "tal.csv", "tal.csv er i virkeligheden en Excel-projektmappe"),
        (LOCKED, "tal.xlsx", "adgangskode"),
        (b"1;2;3\n4;5;6", "tal.csv", "ligner kolonnenavne"),
        (b"", "tom.csv", "tom.csv er tom."),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_and_nothing_is_written(
    pages: OpenPage, address: str, content: bytes, name: str, sentence: str
) -> None:
    before = revision(address)
    page = upload(pages, content, name)
    (error,) = page.error
    assert sentence in error.value
    assert revision(address) == before


def test_the_row_of_headings_can_be_pointed_out(pages: OpenPage) -> None:
    rows = [("Hvad tælles", "Når", "Så mange"), (VIEWS, "2021", "5")]
    page = upload(pages, csv_of(rows))
    labelled(page.selectbox, DA("import_file.header_row")).select("1").run()
    assert not page.exception
    labelled(page.selectbox, "Kolonne B").select("period").run()
    labelled(page.selectbox, "Kolonne C").select("value").run()
    labelled(page.selectbox, DA("import_file.source")).select("demo-accounts").run()
    assert "1 værdi er ny." in words(page)


def test_every_problem_is_shown_with_its_row_and_column(pages: OpenPage) -> None:
    rows = [
        HEAD,
        (VIEWS, "2021", "12.5", SOURCE),
        (AWARE, "31.12.25", "-3", "Avisen"),
        (AWARE, "2022", "130", SOURCE),
    ]
    page = upload(pages, csv_of(rows), lang="en")
    problems = table_after(page, "4 errors")
    assert [(row, column[:1]) for row, column, _ in problems] == [
        ("3", "B"),
        ("3", "C"),
        ("3", "D"),
        ("4", "C"),
    ]
    page = upload(pages, csv_of(rows))
    problems = table_after(page, "5 fejl")
    assert ("2", "C") in [(row, column[:1]) for row, column, _ in problems], "12.5 has two readings in Danish"
    assert len(page.get("download_button")) == 2


def test_activities_come_by_the_same_page(pages: OpenPage) -> None:
    rows = [("Nøgle", "Art", "Titel", "Dato"), ("a-1", "Bevilling", "Tilskud til værksted", "05-03-2024")]
    page = upload(pages, csv_of(rows), "register.csv")
    assert "register.csv er læst som aktiviteter" in words(page)
    button(page, "Send 1 aktivitet til godkendelse").click().run()
    assert not page.exception
    page = upload(pages, csv_of(rows), "register.csv")
    assert "1 aktivitet er uændret." in words(page)


def test_the_register_has_a_door_of_its_own_to_the_import(pages: OpenPage) -> None:
    assert "/import?kind=activities" in raw(pages("activities"))
    page = pages("import", kind="activities")
    assert [one.label for one in page.get("download_button")] == [DA("import_file.template_activities")]
    assert "/activities" in raw(page)
    rows = [("Titel", "Dato"), ("Tilskud til værksted", "05-03-2024")]  # which nothing tells from figures
    page = upload(pages, csv_of(rows), "liste.csv", kind="activities")
    assert "liste.csv er læst som aktiviteter" in words(page)
    labelled(page.selectbox, DA("import_file.kind")).select("observations").run()
    assert "liste.csv er læst som aktiviteter" not in words(page), "a person's own choice goes first"
    wrong = pages("import", kind="party")
    assert any("Arten »party« findes ikke" in error.value for error in wrong.error)


def test_a_view_of_the_past_takes_no_file(pages: OpenPage) -> None:
    today = session.today()
    page = pages("import", known=today.isoformat())
    assert len(page.file_uploader) == 0
    assert DA("deciding.past", day=today) in words(page)


def test_without_a_file_there_are_templates(pages: OpenPage) -> None:
    page = pages("import", lang="en")
    assert [one.label for one in page.get("download_button")] != []
    assert "Templates" in [header.value for header in page.header]
