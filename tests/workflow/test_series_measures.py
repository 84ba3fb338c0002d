"""The series document over a store: people's answers, tables of prices, and what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from dashboard.analysis.normalise import View
from dashboard.analysis.prices import read_price_tables
from dashboard.domain.comparability import AnswerWord, ComparabilityAnswer, Question
from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.i18n import Translator
from dashboard.series_document import Request, series_document
from dashboard.store.commands import answer_comparability, define_price_tables, record
from dashboard.store.engine import reading
from dashboard.store.work import unit_of_work
from tests.sample import ANALYST, APPROVER, articles

RATES = """table,version,kind,unit,country,currency,year,rate
pris,1,price_index,,DK,DKK,2020,100
pris,1,price_index,,DK,DKK,2023,120
"""


def document(store: Engine, request: Request) -> dict[str, Any]:
    with reading(store) as connection:
        return series_document(connection, request, ANALYST, Translator("en"), datetime.now(UTC).date())


def write(store: Engine, *drafts: Any) -> None:
    with unit_of_work(store, APPROVER, "test") as work:
        record(work, drafts, state=WorkflowState.APPROVED)


def test_a_persons_answer_moves_the_grade_of_the_points_and_is_told_without_a_name(store: Engine) -> None:
    write(
        store, articles(12, method="count", source="newspaper"),
        articles(30, place="tucson", method="count", source="newspaper", boundary="city"),
    )  # fmt: skip
    asked = Request("press_articles", ("viborg", "tucson"))
    before = {p["place"]: p["grade"] for p in document(store, asked)["points"]}
    assert before == {"viborg": "comparable", "tucson": "illustrative"}  # not defined alike between places
    answer = ComparabilityAnswer(
        "press_articles", "tucson", Question.DEFINITION, AnswerWord.PARTLY, "Same monitor, wider search"
    )
    with unit_of_work(store, APPROVER, "test") as work:
        assert answer_comparability(work, [answer]) == 1
    told = document(store, asked)
    assert {p["place"]: p["grade"] for p in told["points"]} == {"viborg": "comparable", "tucson": "with_care"}
    (passport,) = told["passports"]
    assert passport["answers"][0] == {
        "question": "definition", "asked": "Do the figures measure the same thing?", "answer": "partly",
        "answered": "Partly", "by": "person", "reason": "Same monitor, wider search",
    }  # fmt: skip
    assert APPROVER.email not in str(told)
    with unit_of_work(store, APPROVER, "test") as work:
        withdrawn = replace(answer, answer=AnswerWord.WITHDRAWN, reason="Looked again")
        assert answer_comparability(work, [withdrawn]) == 1
    assert {p["place"]: p["grade"] for p in document(store, asked)["points"]} == before


def test_constant_prices_by_the_table_that_is_known(store: Engine) -> None:
    write(
        store, articles(600, indicator="grants_received", unit="currency", currency="DKK"),
        articles(500, indicator="grants_received", unit="currency", currency="DKK", period=Period.year(2022)),
    )  # fmt: skip
    view = View(prices="constant", base_year=2020)
    asked = Request("grants_received", view=view)
    assert {row["code"] for row in document(store, asked)["refused"]} == {"no_rate_table"}
    with unit_of_work(store, APPROVER, "test") as work:
        define_price_tables(work, read_price_tables(RATES)[0])
    told = document(store, asked)
    assert [(p["value"], p["price_table"], p["price_year"]) for p in told["points"]] == [
        (500, "pris (1)", 2023)
    ]  # fmt: skip
    (refused,) = told["refused"]
    assert (refused["code"], refused["period_start"]) == ("price_rate_missing", "2022-01-01")
    assert "2022" in refused["reason"]
    assert date.fromisoformat(refused["period_end"]) == date(2022, 12, 31)
