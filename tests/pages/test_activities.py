"""The register of activities through its page: enter, mend, approve, count, over a store of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.roles import LOCAL_ACTOR, Actor, Role
from dashboard.store import commands, queries
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope
from dashboard.store.queries.activity_history import load_activity_versions
from dashboard.store.work import unit_of_work
from dashboard.ui import cached, session
from dashboard.ui.session import today
from tests.conftest import Databases
from tests.pages.conftest import Application, OpenPage, stamp
from tests.pages.reading import MISSING, body, raw, tables, words

KEY = "grant-2026-stoette-til-aebleoevaerkstedet"
TITLE = "Støtte til Æbleøværkstedet"


@pytest.fixture(scope="module")
def address(databases: Databases) -> str:
    return databases.address("sqlite", "demonstration")


@pytest.fixture
def pages(address: str, application: Application) -> OpenPage:
    application.show(address)
    return application.open


def records(address: str, submitted: bool = False) -> dict[str, Activity]:
    engine = open_engine(address)
    with reading(engine) as connection:
        found = queries.load_activities(connection, Scope(submitted=submitted))
    engine.dispose()
    return {one.key: one for one in found}


def versions(address: str, key: str = KEY) -> list[tuple[str, float | None]]:
    engine = open_engine(address)
    with reading(engine) as connection:
        found = load_activity_versions(connection, Scope(), key, pending=True)
    engine.dispose()
    return [(one.state.value, one.activity.amount_granted) for one in found]


def field(page: AppTest, label: str) -> object:
    kinds = (page.text_input, page.selectbox, page.text_area, page.multiselect)
    return next(box for kind in kinds for box in kind if box.label == label)


def put(page: AppTest, label: str, value: object) -> AppTest:
    return field(page, label).set_value(value).run()  # type: ignore[attr-defined, no-any-return]


def press(page: AppTest, label: str) -> AppTest:
    page = next(one for one in page.button if one.label == label).click().run()
    assert not page.exception
    return page


def counted(pages: OpenPage, year: str = "2026") -> str:
    """The value of the indicator "money granted" for a year, as its table says it."""
    page = pages("indicator", indicator="funding_granted")
    page.session_state["table-series"] = True  # opened: it is made only then
    page.run()
    assert not page.exception
    rows = [row for table in tables(page) for row in table if row and year in row]
    assert rows, "the chart has a table"
    return " ".join(rows[0])


# -- the journey of one grant ----------------------------------------------------------------------


def test_bad_input_is_said_in_one_sentence_beside_its_field(pages: OpenPage, address: str) -> None:
    page = pages("activities", new="grant")
    assert not page.exception
    assert not page.error, "nothing is wrong with a form that is still empty"
    put(page, "Bevilget beløb", "1.5")
    assert [e.value for e in page.error] == [
        "»1.5« kan læses på to måder: 1,5 eller 15. Skriv tallet, så der ikke er tvivl."
    ]
    put(page, "Periode", "12/31/2026")
    assert any("har måneden først" in e.value for e in page.error)
    press(page, "Send til godkendelse")
    said = [e.value for e in page.error]
    assert any("Navnet mangler" in sentence for sentence in said)
    assert any("3 felter skal rettes" in sentence for sentence in said)
    assert KEY not in records(address, submitted=True)


def test_what_was_typed_is_offered_again_and_can_be_thrown_away(pages: OpenPage) -> None:
    put(pages("activities", new="award"), "Titel på dansk", "Halvfærdig")
    again = pages("activities", new="award")
    assert field(again, "Titel på dansk").value == "Halvfærdig"  # type: ignore[attr-defined]
    assert any("i gang med" in info.value for info in again.info)
    press(again, "Kassér og begynd forfra")
    assert field(pages("activities", new="award"), "Titel på dansk").value == ""  # type: ignore[attr-defined]


def test_a_grant_in_danish_waits_for_approval(pages: OpenPage, address: str) -> None:
    page = pages("activities", new="grant")
    for label, value in (
        ("Titel på dansk", TITLE), ("Periode", "15.01.2026"), ("Bevillingsgiver", "Æblefonden"),
        ("Ansøgt beløb", "1.234.500,5"), ("Bevilget beløb", "1.000.000"), ("Heraf til byen selv", "250.000"),
        ("Svar på ansøgningen", "granted"), ("Virkemåder", ["standards", "partners"]),
        ("Løfter", ["funding"]),
    ):  # fmt: skip
        put(page, label, value)
        assert not page.exception
    assert not page.error
    press(page, "Send til godkendelse")
    assert any("sendt til godkendelse" in said.value for said in page.success)
    assert [title.value for title in page.title] == [TITLE]

    assert KEY not in records(address), "readers see nothing before it is approved"
    waiting = records(address, submitted=True)[KEY]
    assert (waiting.amount_applied, waiting.amount_granted) == (1234500.5, 1_000_000)
    assert (waiting.granted_own_share, waiting.currency) == (250_000, "DKK")


def test_once_approved_the_roll_up_follows_and_lists_it(pages: OpenPage, address: str) -> None:
    before = counted(pages)
    page = pages("activities", activity=KEY)
    assert "Venter på godkendelse" in words(page)
    press(page, "Godkend")
    assert any("tæller nu med" in said.value for said in page.success)
    assert KEY in records(address)
    assert counted(pages) != before

    indicator = pages("indicator", indicator="funding_granted")
    assert f"activity={KEY}" in body(indicator), "the value lists what it is made of"
    assert "Penge bevilget, hele projektet" in words(pages("activities", activity=KEY)), (
        "and the record says so"
    )


def test_an_edit_is_a_new_version_with_a_reason_and_keeps_the_old(pages: OpenPage, address: str) -> None:
    page = pages("activities", activity=KEY, edit="1")
    assert field(page, "Bevilget beløb").value == "1.000.000"  # type: ignore[attr-defined]
    put(page, "Bevilget beløb", "900.000")
    press(page, "Send til godkendelse")
    assert any("Begrundelsen mangler" in e.value for e in page.error)
    put(page, "Hvorfor rettes registreringen?", "Fonden satte beløbet ned")
    press(page, "Send til godkendelse")
    assert any("sendt til godkendelse" in said.value for said in page.success)
    assert records(address)[KEY].amount_granted == 1_000_000, "the approved version still stands"

    assert "Bevilget beløb: 1.000.000\xa0DKK → 900.000\xa0DKK" in body(page).replace("&nbsp;", "\xa0")
    press(page, "Godkend")
    assert records(address)[KEY].amount_granted == 900_000
    assert versions(address) == [
        ("submitted", 1_000_000), ("approved", 1_000_000), ("submitted", 900_000), ("approved", 900_000),
    ]  # fmt: skip
    said = words(pages("activities", activity=KEY))
    assert "Fonden satte beløbet ned" in said


def test_nothing_changed_is_nothing_saved(pages: OpenPage, address: str) -> None:
    before = versions(address)
    page = pages("activities", activity=KEY, edit="1")
    put(page, "Hvorfor rettes registreringen?", "Uden grund")
    press(page, "Send til godkendelse")
    assert any("ikke rettet noget" in info.value for info in page.info)
    assert versions(address) == before


def test_files_and_links_go_with_the_record_and_are_handed_out_again(
    pages: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_FILES", str(tmp_path))
    page = pages("activities", activity=KEY, edit="1")
    files = [("tilsagn.pdf", b"%PDF-1.4 x", "application/pdf"), ("bilag.csv", b"a;b", "text/csv")]
    page.file_uploader[0].set_value(files).run()
    page = pages("activities", activity=KEY, edit="1")  # a closed tab does not lose them
    assert "tilsagn.pdf" in words(page)
    press(page, "Send til godkendelse")
    assert any("2 bilag er vedlagt" in said.value for said in page.success), "and the record stays as it is"

    put(page, "Link", "https://aeblefonden.dk/svar")
    assert any("Tilføj linket" in one.value for one in page.warning)
    put(page, "Linkets titel", "Fondens svar")
    put(page, "Adresse på en arkiveret kopi, hvis der er en", "https://web.archive.org/aeblefonden")
    press(page, "Tilføj linket")
    page = put(pages("activities", activity=KEY), "Hvad siger det?", "contradicts")
    press(page, "Vedlæg")
    assert any("1 bilag er vedlagt" in said.value for said in page.success)

    reader = Actor("laeser@example.dk", "Læser", frozenset({Role.READER}))
    monkeypatch.setattr(session, "current_actor", lambda: reader)
    page = pages("activities", activity=KEY)
    shown = words(page)
    assert "Vedlagt af " in shown
    assert "Vedlagt efter godkendelsen" in shown
    assert "@" not in shown, "an address is not for readers"
    assert "https://web.archive.org/aeblefonden" in body(page)
    assert [one.value for one in page.subheader] == ["Taler for", "Taler imod"]
    assert [one.label for one in page.get("download_button")] == ["Hent »tilsagn.pdf«", "Hent »bilag.csv«"]
    assert not page.file_uploader


def test_who_was_overtaken_is_told_and_loses_nothing(pages: OpenPage, address: str) -> None:
    page = pages("activities", activity=KEY, edit="1")
    put(page, "Bevillingsgiver", "Pærefonden")
    engine = open_engine(address)
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        [other] = [one for one in queries.load_activities(work.connection, Scope()) if one.key == KEY]
        changed = Activity(**{n: getattr(other, n) for n in Activity.__slots__} | {"meetings": 3.0})
        commands.register(work, [changed], reason="Talt")
    engine.dispose()
    put(page, "Hvorfor rettes registreringen?", "Nyt navn")
    assert any("har rettet registreringen" in warning.value for warning in page.warning)
    press(page, "Send til godkendelse")
    assert any("En anden har rettet" in e.value for e in page.error)
    assert field(page, "Bevillingsgiver").value == "Pærefonden"  # type: ignore[attr-defined]
    press(page, "Byg videre på den nye udgave")
    press(page, "Send til godkendelse")
    saved = records(address, submitted=True)[KEY]
    assert (saved.organisation, saved.meetings) == ("Pærefonden", 3), "both changes stand"


def test_a_returned_and_a_withdrawn_record(pages: OpenPage, address: str) -> None:
    page = pages("activities", activity=KEY)
    press(page, "Send tilbage")
    assert any("Bemærkningen mangler" in e.value for e in page.error)
    put(page, "Bemærkning til beslutningen", "Vis brevet")
    press(page, "Send tilbage")
    assert any("sendt tilbage" in said.value for said in page.success)
    assert "Forslag, der er sendt tilbage" in [h.value for h in page.header]
    assert records(address)[KEY].organisation == "Æblefonden"


def test_an_old_version_stands_again_and_so_does_what_was_withdrawn(pages: OpenPage, address: str) -> None:
    page = pages("activities", activity="award-2026-034")
    old = records(address)["award-2026-034"]
    put(pages("activities", activity=old.key, edit="1"), "Titel på dansk", "Forkert")
    page = pages("activities", activity=old.key, edit="1")
    put(page, "Hvorfor rettes registreringen?", "Fejl")
    press(press(page, "Send til godkendelse"), "Godkend")
    assert records(address)[old.key].title.da == "Forkert"

    assert f"activity={old.key}&amp;edit=1&amp;from=1" in body(pages("activities", activity=old.key))
    page = pages("activities", activity=old.key, edit="1", **{"from": "1"})
    assert field(page, "Titel på dansk").value == old.title.da  # type: ignore[attr-defined]
    put(page, "Hvorfor rettes registreringen?", "Tilbage til den rigtige")
    press(press(page, "Send til godkendelse"), "Godkend")
    assert records(address)[old.key] == old

    page = put(
        pages("activities", activity=old.key), "Bemærkning til beslutningen", "Prisen blev trukket tilbage"
    )
    press(page, "Træk tilbage")
    assert old.key not in records(address)
    assert "tæller ikke længere med" in words(page)
    page = pages("activities", activity=old.key, edit="1")
    put(page, "Hvorfor rettes registreringen?", "Den blev givet alligevel")
    press(press(page, "Send til godkendelse"), "Godkend")
    assert records(address)[old.key] == old


def test_readers_meet_nothing_that_is_not_approved(
    pages: OpenPage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was proposed above for the grant, and a draft that was never public."""
    engine = open_engine(address)
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        [grant] = [one for one in queries.load_activities(work.connection, Scope()) if one.key == KEY]
        draft = Activity(**{n: getattr(grant, n) for n in Activity.__slots__} | {"key": "hemmelig"})
        commands.register(work, [draft])
    engine.dispose()
    assert "hemmelig" in body(pages("activities"))

    reader = Actor("laeser@example.dk", "Læser", frozenset({Role.READER}))
    monkeypatch.setattr(session, "current_actor", lambda: reader)
    listed = pages("activities", q="Æbleøværkstedet")
    assert "Ny registrering" not in words(listed)
    assert "hemmelig" not in body(listed)
    assert any("findes ikke" in e.value for e in pages("activities", activity="hemmelig").error)
    record = pages("activities", activity=KEY)
    assert "Æblefonden" in words(record)
    assert "Pærefonden" not in raw(record), "neither in the facts nor in the history"
    assert not record.button
    for refused in (pages("activities", new="grant"), pages("activities", activity=KEY, edit="1")):
        assert any("rettigheder" in e.value for e in refused.error)
        assert not refused.text_input


# -- follow-ups, evidence --------------------------------------------------------------------------


def test_a_follow_up_is_answered(pages: OpenPage, address: str) -> None:
    later = pages("activities", show="later", kind="event")
    assert not later.exception
    [listed] = [table for table in tables(later) if "Skulle spørges" in table[0]]
    assert all("måneder efter" in row[2] for row in listed[1:])
    shown = body(later).partition("Skulle spørges")[2]
    keys = re.findall(r'/activities\?activity=([^"]+)"', shown)
    assert len(keys) == len(set(keys)) == len(listed) - 1, "a record once, with all that is asked about it"
    assert any(" og " in row[2] for row in listed)

    page = pages("activities", activity="event-2024-033")
    put(page, "Hvad blev der af det?", "repeated")
    put(page, "Hvor ved I det fra?", "Holdt igen i 2025")
    press(page, "Gem svaret")
    assert any("Svaret er gemt" in said.value for said in page.success)
    rows = [row for table in tables(page) for row in table if "Holdt igen i 2025" in row]
    assert [row[1] for row in rows] == ["Gentaget"]


def test_evidence_is_attached_with_its_address(pages: OpenPage, address: str) -> None:
    page = pages("activities", activity="event-2024-033")
    put(page, "Linkets titel", "Programmet")
    put(page, "Link", "programmet")
    press(page, "Tilføj linket")
    assert any("ikke en webadresse" in e.value for e in page.error)
    put(page, "Link", "https://mosevig.example/program.pdf")
    press(press(page, "Tilføj linket"), "Vedlæg")
    assert 'href="https://mosevig.example/program.pdf"' in body(page)


# -- finding ---------------------------------------------------------------------------------------


def sentence(page: AppTest) -> str:
    return next(
        html.value for html in page.html if 'class="lead"' in html.value and "tæller med" in html.value
    )


def test_a_record_with_several_goals_is_found_under_each_and_counts_once(demonstration: OpenPage) -> None:
    several = next(
        one
        for one in cached.home_activities(stamp())
        if len({target.partition(".")[0] for target in one.sdg_targets}) > 1
    )
    for goal in {"", *(target.partition(".")[0] for target in several.sdg_targets)}:
        page = demonstration("activities", q=several.key, **({"goal": goal} if goal else {}))
        assert f"activity={several.key}&" in body(page) or f'activity={several.key}"' in body(page), goal
        assert "1 registrering tæller med" in sentence(page), goal


def test_the_same_event_under_two_claims_counts_once(demonstration: OpenPage) -> None:
    page = demonstration("activities", q="Sommerskole i stop motion 2024")
    assert "1 registrering tæller med" in sentence(page)
    assert "1 gentager en anden under et andet løfte" in sentence(page)
    again = demonstration("activities", q="Sommerskole i stop motion 2024", claim="attraction")
    assert "1 registrering tæller med" in sentence(again)
    assert "gentager en anden under" not in sentence(again)
    record = demonstration("activities", activity="event-2024-033")
    assert "activity=event-2024-033-attraction" in body(record)


def test_below_five_records_are_listed_and_no_line_is_drawn(demonstration: OpenPage) -> None:
    few = demonstration("activities", kind="conference_attendance", q="2019")
    assert "tegnes der ingen kurve" in words(few)
    assert "År for år" not in [header.value for header in few.header]
    many = demonstration("activities", kind="article")
    assert "År for år" in [header.value for header in many.header]


def test_stages_of_money_stand_apart(demonstration: OpenPage) -> None:
    page = demonstration("activities", kind="grant", year="2024")
    [money] = [table for table in tables(page) if table[0][0] == "Trin"]
    stages = [row[0] for row in money[1:]]
    assert stages == ["Ansøgt beløb", "Bevilget beløb", "Modtaget beløb", "Heraf til byen selv"]


def test_the_pages_of_a_long_list(demonstration: OpenPage) -> None:
    first = demonstration("activities")
    second = demonstration("activities")
    second.query_params["page"] = "2"
    second.run()
    listed = [
        {tuple(row) for table in tables(page) if table[0][1] == "Registrering" for row in table[1:]}
        for page in (first, second)
    ]
    assert [len(rows) for rows in listed] == [50, 50]
    assert "Viser 51–100 af 700." in words(second)
    assert not listed[0] & listed[1]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("show", ["list", "map", "ties", "later"])
def test_every_view_of_the_register(each_store: tuple[str, OpenPage], show: str, language: str) -> None:
    _, open_page = each_store
    page = open_page("activities", show=show, lang=language)
    assert not page.exception
    assert not page.error
    assert MISSING not in raw(page)


def test_the_real_map_shows_where_the_network_met(real: OpenPage) -> None:
    page = real("activities", show="map", kind="conference")
    assert {">Viborg</text>", ">Santos</text>"} <= set(re.findall(r">[^<>]+</text>", raw(page)))
    assert not any("UNESCO Creative Cities Network" in row for table in tables(page) for row in table)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_form_of_every_kind(demonstration: OpenPage, language: str) -> None:
    for kind in ActivityKind:
        page = demonstration("activities", new=kind.value, lang=language)
        assert not page.exception, kind
        assert not page.error, kind
        assert MISSING not in raw(page), kind


def test_one_record_of_every_kind_can_be_read_and_edited(demonstration: OpenPage) -> None:
    seen = {}
    for kind in ("article", "partnership", "cost", "council_decision", "award", "conference"):
        page = demonstration("activities", kind=kind)
        key = body(page).partition("activity=")[2].partition('"')[0]
        seen[kind] = key
        for choices in ({}, {"edit": "1"}):
            opened = demonstration("activities", activity=key, **choices)
            assert not opened.exception, key
            assert not opened.error, key
            assert MISSING not in raw(opened), key
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"activity": "grant-2024-999"}, "Registreringen »grant-2024-999« findes ikke"),
        ({"kind": "party"}, "Arten »party« findes ikke"),
        ({"goal": "18"}, "Verdensmål »18« findes ikke"),
        ({"show": "globe"}, "Visningen »globe« findes ikke"),
        ({"new": "party"}, "Arten »party« findes ikke"),
    ],
)
def test_an_address_that_cannot_be_is_one_sentence(
    demonstration: OpenPage, choices: dict[str, str], said: str
) -> None:
    page = demonstration("activities", **choices)
    assert not page.exception
    assert any(said in error.value for error in page.error)


def test_in_the_past_nothing_can_be_entered(demonstration: OpenPage) -> None:
    page = demonstration("activities", new="grant", known=today().isoformat())
    assert not page.exception
    assert not page.button
    listed = demonstration("activities", known=today().isoformat())
    assert "Ny registrering" not in words(listed)
