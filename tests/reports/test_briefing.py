"""A pack is composed of what is approved, frozen under its code, and stays as it was."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from html import unescape

import pandas as pd
import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import DatabaseError

from dashboard.analysis.coverage import how_sure
from dashboard.briefing_pack import code_of, composed, freeze, period_of
from dashboard.domain.activity import Activity, ActivityKind
from dashboard.domain.grading import counted
from dashboard.domain.observation import Confidence
from dashboard.domain.period import Period
from dashboard.domain.text import Text
from dashboard.errors import InvalidChoiceError, PermissionDeniedError
from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, as_content, digest, from_content
from dashboard.reports.compose import Choice, compose, figures_of
from dashboard.reports.frozen import opened
from dashboard.reports.material import gather
from dashboard.reports.page import page
from dashboard.reports.since import changes_since
from dashboard.store import schema
from dashboard.store.commands import register
from dashboard.store.engine import open_engine, reading
from dashboard.store.work import unit_of_work
from tests.conftest import Databases
from tests.reports.conftest import Packs
from tests.sample import ANALYST, APPROVER, READER, articles
from tests.workflow.acting import APPROVED, SUBMITTED, write

DA = Translator("da")
TODAY = date(2024, 6, 1)


@pytest.fixture
def filled(store: Engine) -> Engine:
    for year in range(2017, 2024):
        write(store, articles(10 + year - 2017, period=Period.year(year)), state=APPROVED)
    return store


def make(store: Engine, year: int = 2023, **choices: object) -> Briefing:
    with reading(store) as connection:
        choice = Choice(Period.year(year), **choices)  # type: ignore[arg-type]
        return composed(connection, READER, choice, DA, TODAY)


def said(briefing: Briefing, indicator: str = "press_articles") -> tuple[str, str]:
    one = next(s for s in briefing.statements if s.indicator == indicator)
    return one.value, one.period


def test_a_pack_says_what_is_approved_until_the_end_of_its_period(filled: Engine) -> None:
    write(filled, articles(99, period=Period.year(2023), method="other"), state=SUBMITTED)
    assert said(make(filled)) == ("16\xa0artikler", "2023")
    assert said(make(filled, 2020)) == ("13\xa0artikler", "2020")
    assert [s.number for s in make(filled).sections] == [1, 2]


def test_a_year_that_still_runs_is_not_made_whole(store: Engine) -> None:
    grants = [
        Activity(
            f"grant-{year}", ActivityKind.GRANT, "viborg", Text("Tilskud", "Grant"), Period.year(year),
            currency="DKK", amount_granted=year, amount_received=year, paid=True,
        )
        for year in (2021, 2022, 2023)
    ]  # fmt: skip
    with unit_of_work(store, APPROVER, "test") as work:
        register(work, grants, state=APPROVED)

    def of_2023(today: date) -> pd.DataFrame:
        with reading(store) as connection:
            figures = gather(connection, date(2023, 12, 31), today).figures
        return figures[figures["period_start"].dt.year == 2023]

    running, over = of_2023(date(2023, 6, 1)), of_2023(date(2024, 6, 1))
    assert list(over["value"]) == list(running["value"]) == [2023]
    assert list(over["status"]) != list(running["status"]), "the one is provisional, the other final"


def test_a_claim_without_figures_says_so(filled: Engine) -> None:
    funding = make(filled).sections[1]
    assert funding.statements == ()
    assert funding.missing
    assert funding.verdict == "not_enough_evidence"
    assert funding.narrative_note == DA("briefing.no_narrative")


def test_an_empty_period_makes_a_pack_all_the_same(store: Engine) -> None:
    empty = make(store, 1990)
    assert empty.headlines == ()
    assert len(empty.sections) == 2
    assert DA("briefing.label.nothing") in page(empty).decode()


def test_what_is_left_out_is_named(filled: Engine) -> None:
    pack = make(filled, claims=("media",), left_out=("Løn er udeladt.",))
    assert [s.claim for s in pack.sections] == ["media"]
    assert pack.left_out == ("Løn er udeladt.", "Ikke med i denne orientering: Midler.")


def test_content_and_pack_are_the_same_thing(filled: Engine) -> None:
    pack = make(filled)
    assert pack.charts
    assert from_content(as_content(pack)) == pack


def test_the_same_content_has_the_same_code_and_other_content_another(filled: Engine) -> None:
    pack = make(filled)
    assert re.fullmatch(r"[a-z2-7]{4}-[a-z2-7]{4}", pack.code)
    assert make(filled).code == pack.code == code_of(pack)
    assert make(filled, 2022).code != pack.code


def test_a_frozen_pack_stays_as_it_was_after_a_correction(filled: Engine) -> None:
    pack = make(filled)
    assert freeze(filled, APPROVER, pack, "test")
    assert not freeze(filled, APPROVER, pack, "test"), "the same pack is kept once"
    write(filled, articles(21, period=Period.year(2023)), state=APPROVED, reason="Talt om")
    with reading(filled) as connection:
        assert opened(connection, f" {pack.code.upper()} ") == pack
    later = make(filled)
    (change,) = later.changed
    assert (change.fate, change.before, change.after) == (
        "revised", "16\xa0artikler (2023)", "21\xa0artikler (2023)",
    )  # fmt: skip


def test_a_claim_that_is_left_out_on_purpose_is_not_a_figure_gone(filled: Engine) -> None:
    whole = make(filled)
    freeze(filled, APPROVER, whole, "test")
    part = make(filled, claims=("funding",))
    assert "press_articles" in {one.indicator for one in whole.statements}
    assert part.changed == ()


def test_new_and_overtaken_and_gone_are_told_apart(filled: Engine) -> None:
    old, new = make(filled, 2022), make(filled, 2023)
    assert [c.fate for c in changes_since(old, new.statements, DA)] == ["overtaken"]
    assert [c.fate for c in changes_since(dataclasses.replace(new, headlines=(), sections=()),
                                          new.statements, DA)] == ["new"]  # fmt: skip
    assert [c.fate for c in changes_since(new, (), DA)] == ["gone"]


def test_readers_and_analysts_freeze_nothing(filled: Engine) -> None:
    pack = make(filled)
    for actor in (READER, ANALYST):
        with pytest.raises(PermissionDeniedError):
            freeze(filled, actor, pack, "test")
    with reading(filled) as connection, pytest.raises(InvalidChoiceError):
        opened(connection, pack.code)


def test_a_frozen_pack_cannot_be_changed(filled: Engine) -> None:
    pack = make(filled)
    freeze(filled, APPROVER, pack, "test")
    with pytest.raises(DatabaseError), filled.begin() as connection:
        connection.execute(update(schema.briefing).values(content={}))


@pytest.mark.parametrize("given", ["", "i går", "2023-13", "fra 2023"])
def test_a_period_that_cannot_be_is_refused(given: str) -> None:
    with pytest.raises(InvalidChoiceError):
        period_of(given)


def test_an_unknown_claim_is_refused(filled: Engine) -> None:
    with pytest.raises(InvalidChoiceError):
        make(filled, claims=("nothing",))


def test_the_page_has_everything_that_is_frozen(filled: Engine) -> None:
    long = "Meget lang betegnelse " * 20
    pack = make(filled)
    one = dataclasses.replace(pack.sections[0].statements[0], name=long, caveat="Omstridt mål <b>")
    section = dataclasses.replace(pack.sections[0], statements=(one,), analysis="Første.\nAndet.")
    pack = dataclasses.replace(pack, sections=(section, pack.sections[1]), notice="Opdigtede tal")
    html = page(pack).decode()
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    for statement in pack.statements:
        for part in (statement.name, statement.value, statement.period, statement.compared,
                     statement.sure, statement.source, statement.caveat):  # fmt: skip
            assert " ".join(part.split()) in words
    for section in pack.sections:
        for part in (section.name, section.quotation, section.verdict_words, section.verdict_reason,
                     *section.missing, *section.against):  # fmt: skip
            assert " ".join(part.split()) in words
    for part in (pack.title, pack.code, pack.notice, *pack.caveats, *(s.title for s in pack.sources)):
        assert " ".join(part.split()) in words
    assert html.count("<figure>") == len(pack.charts) > 0
    assert "<b>" not in html.partition("Omstridt mål")[2][:5]
    assert not re.search(r'(?:src|href)="(?!#)', html), "nothing is fetched from anywhere"


def test_the_digest_is_of_what_is_said(filled: Engine) -> None:
    content = as_content(make(filled))
    assert digest(content) == digest(dict(reversed(content.items())))
    assert digest(content) != digest(content | {"title": "Andet"})


def test_what_a_chart_does_not_draw_is_told_with_its_reason(packs: Packs) -> None:
    """A pack has no list of refusals beside a chart, to which the note of the pages points."""
    for language, begins in (("da", "1 tal er ikke tegnet. "), ("en", "1 value is not drawn. ")):
        notes = [note for chart in packs[language, 2026].charts for note in chart.notes]
        (said,) = [note for note in notes if note.startswith(begins)]
        assert said == begins + Translator(language)("refusal.missing_not_applicable")
        assert not any("diagrammet" in note or "below the chart" in note for note in notes)


@pytest.mark.parametrize(
    ("until", "fallen"),
    [(date(2026, 12, 31), "none"), (date(2027, 10, 15), "some"), (date(2027, 12, 31), "all")],
)
def test_all_grades_of_a_pack_are_of_its_own_day(databases: Databases, until: date, fallen: str) -> None:
    """The reviews of the demonstration fall due in the autumn of 2027; the pack is made years later."""
    made = date(2031, 1, 1)
    engine = open_engine(databases.address("sqlite", "demonstration"))
    with reading(engine) as connection:
        material = gather(connection, until, made)
    engine.dispose()
    choice, t = Choice(Period.year(until.year)), Translator("en")
    figures = figures_of(material, choice)
    stored = material.figures.set_index("observation")["confidence"]
    lower = set()
    for at, figure in figures.items():
        indicator = material.catalogue.indicator(figure.indicator)
        assert indicator is not None
        assert figure.confidence is not None
        if figure.observation is not None:
            given = Confidence(stored[figure.observation])
            assert figure.confidence == counted(given, indicator.next_review, until)
        if indicator.next_review is not None and indicator.next_review < until:
            lower.add(at)
    assert {"none": not lower, "some": 0 < len(lower) < len(figures), "all": len(lower) == len(figures)}[
        fallen
    ]
    pack = compose(material, choice, t, made)
    shown = [one for section in pack.sections for one in section.statements]
    assert {(one.claim, one.indicator) for one in shown if "a step below" in one.sure} == lower
    for one in (*pack.headlines, *shown):
        assert one.sure == how_sure(figures[one.claim, one.indicator].confidence, t, short=True)
