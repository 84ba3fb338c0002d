"""The page of promises: what is overdue is said, one is added and changed with a reason, nobody else may."""

from __future__ import annotations

from dashboard.i18n import Translator
from tests.pages.conftest import OpenPage
from tests.pages.persons import Desk, buttons, press, write
from tests.pages.reading import body, tables, words
from tests.sample import APPROVER, READER

da = Translator("da")


def test_the_list_says_what_is_owed_overdue_and_shown(demonstration: OpenPage) -> None:
    said = words(demonstration("promises"))
    assert da("promise.count", count=11) in said
    assert "Over fristen: Den var for" in said
    assert da("promise.state.dropped") in said
    assert "Rettighederne til to tredjedele" in said
    page = demonstration("promises", promise="animation-in-every-school", lang="en")
    said = words(page)
    assert "Every primary school offers" in said
    assert "no indicator" in said.casefold()
    (history,) = tables(page)
    assert history[1][0] == "1"
    assert "Promised in the application" in words(demonstration("claim", claim="showcase", lang="en"))


def test_a_city_whose_sources_hold_no_application_has_none_and_says_so(real: OpenPage) -> None:
    page = real("promises")
    assert da("promise.none") in words(page)
    assert '<section class="card">' not in body(page)
    assert da("promise.of_claim") not in words(real("claim"))
    refused = real("promises", promise="no-such")
    assert "no-such" in refused.error[0].value


def test_a_project_leader_adds_one_and_drops_it_with_a_reason(desk: Desk) -> None:
    page = desk.open(APPROVER, "promises", do="new")
    text = da("catalogue.in_da", name=da("promise.text"))
    press(page, da("catalogue.go_on"))
    assert da("problem.promise_text") in [error.value for error in page.error]
    write(page, text, "Filmene samles i et arkiv")
    page.selectbox[0].select("municipality").run()
    write(page, da("promise.due"), "30.06.2020")
    press(page, da("catalogue.go_on"))
    write(page, da("catalogue.reason"), "Står i ansøgningen")
    press(page, da("catalogue.save"))
    assert da("promise.done_new") in [done.value for done in page.success]

    key = "filmene-samles-i-et-arkiv"
    assert "Over fristen: Den var for" in words(desk.open(APPROVER, "promises"))
    page = desk.open(APPROVER, "promises", promise=key, do="change")
    states = next(box for box in page.selectbox if box.label == da("promise.state_label"))
    states.select("dropped").run()
    press(page, da("catalogue.go_on"))
    assert da("problem.promise_dropped") in [error.value for error in page.error]
    write(page, da("promise.why"), "For dyrt")
    press(page, da("catalogue.go_on"))
    write(page, da("catalogue.reason"), "Byrådets beslutning")
    press(page, da("catalogue.save"))
    said = words(desk.open(READER, "promises", promise=key))
    assert "Byrådets beslutning" in said
    assert "Står i ansøgningen" in said
    assert "Over fristen: Den var for" not in said

    reader = desk.open(READER, "promises", promise=key)
    assert da("promise.do.change") not in words(reader)
    refused = desk.open(READER, "promises", promise=key, do="change")
    assert refused.error
    assert buttons(refused) == []
