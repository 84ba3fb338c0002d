"""Deciding through the pages, in Danish, as two people at one desk: nothing is public before it should be."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.evidence import Document, Preference
from dashboard.domain.observation import Confidence, MissingReason, WorkflowState
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor, Role
from dashboard.domain.text import Text
from dashboard.store.commands import (
    approve,
    attach_documents,
    grade,
    open_batch,
    prefer,
    record,
    register,
)
from dashboard.store.work import unit_of_work
from dashboard.ui.session import today
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import raw, tables, words
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, act, load, values
from tests.workflow.acting import write as written

Y23 = articles(12)
"""Twelve articles about Viborg in 2023."""


def choose(page: AppTest, part: str) -> AppTest:
    next(box for box in page.checkbox if part in box.label).check().run()
    return page


def said(page: AppTest) -> str:
    return " ".join(one.value for one in (*page.success, *page.error))


def enter(desk: Desk, value: str) -> None:
    """The analyst enters the articles of 2023 and sends them for approval."""
    choices = {"indicator": "press_articles", "place": "viborg", "period": Y23.period.key}
    page = desk.open(ANALYST, "enter", **choices)
    write(page, "Tal", value)
    source = next(one for one in page.selectbox if one.label.startswith("Kilde"))
    if source.value != "municipality":
        source.set_value("municipality").run()
    press(page, "Send til godkendelse")
    assert not page.error


def test_a_returned_value_comes_back_is_mended_and_approved(desk: Desk) -> None:
    enter(desk, "12")
    waiting = desk.open(APPROVER, "review")
    choose(waiting, "2023")
    press(waiting, "Send tilbage")
    assert "Bemærkningen mangler" in said(waiting), "a return without a note is refused"
    write(waiting, "Bemærkning", "December mangler")
    press(waiting, "Send tilbage")
    assert "1 er sendt tilbage" in said(waiting)

    mine = desk.open(ANALYST, "review")
    assert "Sendt tilbage af approver@example.org" in words(mine)
    assert "December mangler" in words(mine)
    assert "Ret tallet" in words(mine)
    enter(desk, "13")

    again = desk.open(APPROVER, "review")
    choose(again, "2023")
    press(again, "Godkend")
    assert "1 er godkendt" in said(again)
    assert values(desk.store) == [13]
    assert "Intet er sendt tilbage til dig." in words(desk.open(ANALYST, "review", pile="returned"))


def test_a_change_of_an_approved_value_asks_for_a_reason(desk: Desk) -> None:
    written(desk.store, Y23, state=APPROVED)
    written(desk.store, replace(Y23, value=99), state=SUBMITTED)
    page = desk.open(APPROVER, "review")
    assert "Ændrer et godkendt tal uden begrundelse" in words(page)
    assert "12 artikler" in words(page)
    assert "99 artikler" in words(page)
    choose(page, "2023")
    press(page, "Godkend")
    assert "Begrundelsen mangler" in said(page)
    assert values(desk.store) == [12]
    write(page, "Bemærkning", "Dobbelt optælling")
    press(page, "Godkend")
    assert values(desk.store) == [99]


def test_a_correction_says_what_goes_over_to_it_and_the_history_tells_that_it_did(desk: Desk) -> None:
    own, _ = written(desk.store, Y23, replace(Y23, value=20, source="newspaper"), state=APPROVED)
    choice = Preference("press_articles", "viborg", Y23.period, "municipality", 12, Text("Talt i hånden"))
    act(desk.store, APPROVER, prefer, [choice])
    act(desk.store, APPROVER, grade, own, "Optalt", Confidence.OWN_COUNT)
    [new] = written(desk.store, replace(Y23, value=13), state=SUBMITTED, reason="Talt om")
    page = desk.open(APPROVER, "review")
    assert "Følger med, når det godkendes valgt frem for andre kilders tal; Egen optælling" in words(page)
    choose(page, "2023")
    press(page, "Godkend")
    history = {"indicator": "press_articles", "place": "viborg", "value": str(new)}
    told = words(desk.open(APPROVER, "indicator", **history))
    assert "Valgt frem for andre kilder Talt i hånden" in told
    assert told.count("fulgte med fra den forrige udgave") == 2
    written(desk.store, replace(Y23, value=None, missing_reason=MissingReason.NOT_COLLECTED), state=SUBMITTED)
    gone = words(desk.open(APPROVER, "review"))
    assert "Bortfalder, når det godkendes valgt frem for andre kilders tal; Egen optælling" in gone


def test_other_particulars_of_an_approved_value_need_a_reason_too(desk: Desk) -> None:
    written(desk.store, Y23, state=APPROVED)
    written(desk.store, replace(Y23, note="Uden læserbreve"), state=SUBMITTED)
    page = desk.open(APPROVER, "review")
    assert "12 artikler (uændret, men andre oplysninger er nye)" in words(page)
    assert "Ændrer et godkendt tal uden begrundelse" in words(page)
    choose(page, "2023")
    press(page, "Godkend")
    assert "Begrundelsen mangler" in said(page)


def test_everything_on_the_page_is_chosen_at_once(desk: Desk) -> None:
    drafts = [articles(n, period=Period.month(2015 + n // 12, n % 12 + 1)) for n in range(60)]
    written(desk.store, *drafts, state=SUBMITTED)
    page = desk.open(APPROVER, "review")
    assert "Venter på godkendelse (60)" in str(page.button_group(key="pile").options)
    assert "Viser 1–50 af 60." in words(page)
    choose(page, "Vælg alle 50 på siden")
    press(page, "Godkend")
    assert "50 er godkendt" in said(page)
    assert len(values(desk.store)) == 50
    assert "Vælg alle 10 på siden" in [box.label for box in page.checkbox]


def test_the_second_page_has_the_rest(desk: Desk) -> None:
    drafts = [articles(n, period=Period.month(2015 + n // 12, n % 12 + 1)) for n in range(60)]
    written(desk.store, *drafts, state=SUBMITTED)
    page = desk.open(APPROVER, "review")
    press(page, "Næste")
    assert "Viser 51–60 af 60." in words(page)
    assert not any("januar 2015" in box.label for box in page.checkbox)
    assert any("december 2019" in box.label for box in page.checkbox)
    press(page, "Forrige")
    assert any("januar 2015" in box.label for box in page.checkbox)


def test_a_claim_and_an_indicator_narrow_the_list(desk: Desk) -> None:
    written(desk.store, Y23, articles(2, indicator="partner_satisfaction", unit="points"), state=SUBMITTED)
    assert len(desk.open(APPROVER, "review").checkbox) == 3
    funding = desk.open(APPROVER, "review", claim="funding")
    assert [box.label.split(",")[0] for box in funding.checkbox[1:]] == ["Tilfredshed"]
    one = desk.open(APPROVER, "review", indicator="press_articles")
    assert [box.label.split(",")[0] for box in one.checkbox[1:]] == ["Artikler"]
    none = desk.open(APPROVER, "review", claim="media", indicator="visitors_abroad_share")
    assert "Intet venter på godkendelse." in words(none)


def test_a_whole_batch_is_seen_and_approved(desk: Desk) -> None:
    written(desk.store, Y23, state=APPROVED)
    drafts = [articles(n, period=Period.year(2000 + n), note=f"række {n}") for n in range(1, 24)]
    batch = load(desk.store, *drafts, state=SUBMITTED, actor=ANALYST)
    inbox = desk.open(APPROVER, "review")
    assert "Indlæsning 1, Indlæsning: 23" in words(inbox), "that a batch waits is said"
    assert "Venter på godkendelse (23)" in str(inbox.button_group(key="pile").options)
    assert not inbox.checkbox
    page = desk.open(APPROVER, "review", view="batches", batch=str(batch))
    table = tables(page)[-1]
    assert len(table) == 1 + 23
    assert table[-1][2:6] == ["2023", "12 artikler", "23 artikler", "Venter på godkendelse"]
    press(page, "Godkend hele indlæsningen (23)")
    assert "Begrundelsen mangler" in said(page), "one of them changes what readers see"
    assert values(desk.store) == [12]
    write(page, "Bemærkning", "Ny optælling for alle år")
    press(page, "Godkend hele indlæsningen (23)")
    assert "23 er godkendt" in said(page)
    assert sorted(values(desk.store)) == list(range(1, 24))


def test_a_whole_batch_is_sent_back_and_sent_again(desk: Desk) -> None:
    batch = load(desk.store, Y23, articles(3, period=Period.year(2022)), state=SUBMITTED, actor=ANALYST)
    page = desk.open(APPROVER, "review", view="batches", batch=str(batch))
    write(page, "Bemærkning", "Forkert år")
    press(page, "Send hele indlæsningen tilbage (2)")
    assert f"Indlæsning {batch}, Indlæsning: 2" in words(desk.open(ANALYST, "review", pile="returned"))
    mine = desk.open(ANALYST, "review", view="batches", batch=str(batch))
    assert "Godkend" not in " ".join(buttons(mine)), "an analyst does not approve"
    write(mine, "Bemærkning", "Året passer")
    press(mine, "Send alle 2 til godkendelse")
    page = desk.open(APPROVER, "review", view="batches", batch=str(batch))
    press(page, "Godkend hele indlæsningen (2)")
    assert sorted(values(desk.store)) == [3, 12]


def test_a_batch_is_undone_with_a_reason(desk: Desk) -> None:
    written(desk.store, Y23, state=APPROVED)
    batch = load(desk.store, replace(Y23, value=99), articles(3, period=Period.year(2022)))
    page = desk.open(APPROVER, "review", view="batches", batch=str(batch))
    assert next(one for one in page.button if one.label == "Fortryd indlæsningen").disabled
    write(page, "Hvorfor fortrydes", "Forkert fil")
    press(page, "Fortryd indlæsningen")
    assert "2 tal er som før" in said(page)
    assert values(desk.store) == [12]


def test_a_record_of_the_register_is_decided_beside_the_values(desk: Desk) -> None:
    festival = Activity(
        "festival-2024", ActivityKind.EVENT, "viborg", Text("Festival", "Festival"), Period.year(2024),
        participants=300, claims=("media",),
    )  # fmt: skip
    act(desk.store, APPROVER, register, [festival], state=WorkflowState.APPROVED)
    changed = replace(festival, participants=450, organisation="Biblioteket")
    act(desk.store, ANALYST, register, [changed], state=WorkflowState.SUBMITTED, reason="Dørsalg talt med")
    page = desk.open(APPROVER, "review")
    table = tables(page)[-1]
    assert table[1:] == [["Organisation", "–", "Biblioteket"], ["Deltagere", "300", "450"]]
    assert "Dørsalg talt med" in words(page)
    choose(page, "Festival")
    press(page, "Godkend")
    assert "1 er godkendt" in said(page)
    assert "Intet venter på godkendelse." in words(page)


def test_a_batch_of_records_is_listed_and_approved(desk: Desk) -> None:
    meetings = [
        Activity(
            f"meeting-{n}", ActivityKind.EVENT, "viborg", Text(f"Møde {n}", f"Meeting {n}"), Period.year(2024)
        )
        for n in range(3)
    ]
    with unit_of_work(desk.store, ANALYST, "test") as work:
        batch = open_batch(work, "Møder", "moeder.csv", rows_read=3, rows_loaded=3)
        register(work, meetings, state=WorkflowState.SUBMITTED, batch=batch)
    inbox = desk.open(APPROVER, "review")
    assert f"Indlæsning {batch}, Møder: 3" in words(inbox)
    assert not inbox.checkbox
    assert "3 venter på din godkendelse" in words(desk.open(APPROVER, "overview"))
    page = desk.open(APPROVER, "review", view="batches", batch=str(batch))
    press(page, "Godkend hele indlæsningen (3)")
    assert "3 er godkendt" in said(page)
    assert "Intet venter på godkendelse." in words(desk.open(APPROVER, "review"))


def test_a_list_that_is_not_there_is_said(desk: Desk) -> None:
    page = desk.open(ANALYST, "review", pile="waiting")
    assert ["waiting" in one.value for one in page.error] == [True], "an analyst has no such list"


def test_an_own_approval_is_marked(desk: Desk) -> None:
    [id_] = written(desk.store, Y23, state=SUBMITTED, actor=APPROVER)
    page = desk.open(APPROVER, "review")
    assert "Registreret af dig" in words(page)
    choose(page, "2023")
    assert "også tal, som du selv har registreret" in words(page)
    press(page, "Godkend")
    history = desk.open(READER, "indicator", indicator="press_articles", place="viborg", value=str(id_))
    assert "Godkendt af den, der registrerede det" in words(history)


def test_nothing_is_decided_in_the_past(desk: Desk) -> None:
    written(desk.store, Y23, state=SUBMITTED)
    day = today().isoformat()  # the store was written a moment ago
    for view in ("inbox", "batches", "locks"):
        page = desk.open(APPROVER, "review", view=view, known=day)
        assert "Her kan intet besluttes" in words(page), view
        assert not page.button, view


def test_a_reader_has_no_review(desk: Desk) -> None:
    with unit_of_work(desk.store, ANALYST, "test") as work:
        record(work, [Y23], state=SUBMITTED)
    page = desk.open(READER, "review")
    assert "12" not in words(page)
    assert not page.checkbox


def test_the_documents_of_a_value_are_shown_beside_it(desk: Desk) -> None:
    [id_] = written(desk.store, Y23, state=SUBMITTED)
    report = Document("Rapport om omtale", "https://example.org/rapport", "https://web.example.org/kopi")
    act(desk.store, ANALYST, attach_documents, id_, [report])
    said = words(desk.open(APPROVER, "review"))
    for part in ("Rapport om omtale", "https://example.org/rapport", "https://web.example.org/kopi"):
        assert part in said


def test_the_second_of_two_approvers_is_told(desk: Desk) -> None:
    [id_] = written(desk.store, Y23, state=SUBMITTED)
    page = desk.open(APPROVER, "review")
    choose(page, "2023")
    act(desk.store, replace(APPROVER, email="other@example.org"), approve, [id_])
    press(page, "Godkend")
    assert "Tallet er allerede godkendt af other@example.org" in said(page)
    assert values(desk.store) == [12]


def test_a_returned_record_comes_back_to_who_wrote_it(desk: Desk) -> None:
    meeting = Activity("meeting", ActivityKind.EVENT, "viborg", Text("Møde", "Meeting"), Period.year(2024))
    act(desk.store, ANALYST, register, [meeting], state=WorkflowState.SUBMITTED)
    page = desk.open(APPROVER, "review")
    choose(page, "Møde")
    write(page, "Bemærkning", "Hvor mange kom?")
    press(page, "Send tilbage")
    assert "Sendt tilbage til mig (0)" in str(page.button_group(key="pile").options)
    mine = desk.open(ANALYST, "review")
    assert "Sendt tilbage til mig (1)" in str(mine.button_group(key="pile").options)
    assert "Sendt tilbage af approver@example.org" in words(mine)
    assert "Hvor mange kom?" in words(mine)
    assert "1 er sendt tilbage til dig" in words(desk.open(ANALYST, "overview"))
    choose(mine, "Møde")
    press(mine, "Træk tilbage")
    assert "1 er trukket tilbage" in said(mine), "a record of one's own is taken back without an approver"


MEDIA = Actor(
    "media@example.org", "Mette", frozenset({Role.READER}), claim_roles=frozenset({(Role.APPROVER, "media")})
)
"""Somebody who answers for the press and for nothing else."""


def test_an_approver_of_one_claim_sees_and_approves_only_its_values(desk: Desk) -> None:
    score = articles(3, indicator="partner_satisfaction", unit="points")
    written(desk.store, Y23, score, state=SUBMITTED)
    batch = load(desk.store, replace(Y23, period=Period.year(2022)), replace(score, period=Period.year(2022)),
                 state=SUBMITTED, actor=ANALYST)  # fmt: skip
    page = desk.open(MEDIA, "review")
    assert ">Godkend</a>" in raw(page), "the menu leads there"
    assert "Venter på godkendelse (2)" in str(page.button_group(key="pile").options)
    assert not any("Tilfredshed" in box.label for box in page.checkbox)
    choose(page, "Artikler")
    press(page, "Godkend")
    assert "1 er godkendt" in said(page)
    whole = desk.open(MEDIA, "review", view="batches", batch=str(batch))
    assert "Tilfredshed" not in words(whole)
    assert "kun tal, der hører til dem" in words(whole)
    press(whole, "Godkend det ene tal under dine løfter")
    assert "1 er godkendt" in said(whole)
    assert values(desk.store) == [12, 12]
    assert "Venter på godkendelse (2)" in str(desk.open(APPROVER, "review").button_group(key="pile").options)
    assert "Godkend" not in " ".join(buttons(desk.open(READER, "review"))), "a reader is refused"


def test_a_document_attached_after_the_approval_is_seen_by_the_approver(desk: Desk) -> None:
    [value] = written(desk.store, Y23, state=APPROVED)
    assert "Bilag tilføjet efter godkendelsen" not in words(desk.open(APPROVER, "review"))
    act(desk.store, ANALYST, attach_documents, value, [Document("Nyt regneark", "https://viborg.dk/ark")])
    page = desk.open(APPROVER, "review")
    assert "Bilag tilføjet efter godkendelsen" in [one.value for one in page.header]
    assert "Nyt regneark af analyst@example.org" in words(page)
    assert f"value={value}" in raw(page)
    history = {"indicator": "press_articles", "place": "viborg", "value": str(value)}
    assert "Bilag tilføjet efter godkendelsen Nyt regneark" in words(
        desk.open(READER, "indicator", **history)
    )
    assert "Nyt regneark" not in words(desk.open(ANALYST, "review"))
