"""The draft of the Membership Monitoring Report: what belongs where, what lacks, and the document of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine

from dashboard.domain.period import Period
from dashboard.domain.promise import OPEN
from dashboard.domain.report_section import ReportSection
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.errors import InvalidChoiceError, InvalidFileError
from dashboard.i18n import Translator
from dashboard.reports.material import gather
from dashboard.reports.monitoring import (
    INITIATIVES,
    MonitoringReport,
    composed_report,
    draft,
    report_key,
    within,
)
from dashboard.reports.monitoring_document import complete, monitoring_document
from dashboard.reports.monitoring_template import TEMPLATE, read_template
from dashboard.store.commands.report_sections import write_section
from dashboard.store.engine import open_engine, reading
from dashboard.store.queries import Scope, load_activities
from dashboard.store.queries.promises import load_promises
from dashboard.store.queries.report_sections import load_sections
from dashboard.store.work import unit_of_work
from tests.conftest import Databases

TODAY = date(2026, 11, 1)
DA = Translator("da")
KEY = report_key(2027)


@pytest.fixture(scope="module")
def city(databases: Databases) -> Iterator[Engine]:
    """The demonstration, with one section written and chosen, and one finished."""
    engine = open_engine(databases.address("sqlite", "demonstration"))
    with reading(engine) as connection:
        key = next(a.key for a in load_activities(connection, Scope()) if a.mmr_section == "5")
    items = ("indicator:conference_people_sent", f"activity:{key}")
    chosen = ReportSection(KEY, "inter-city-cooperation", "da", "Vi arbejder sammen.", "Udvalget", items)
    finished = ReportSection(KEY, "executive-summary", "da", "Fire gode år.\nOg et svært.", finished=True)
    with unit_of_work(engine, LOCAL_ACTOR, "test") as work:
        write_section(work, finished, 0)
        write_section(work, chosen, 0)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def report(city: Engine) -> MonitoringReport:
    with reading(city) as connection:
        return draft(connection, 2027, DA, TODAY)


def test_each_section_shows_what_the_template_puts_under_it(city: Engine, report: MonitoringReport) -> None:
    parts = {part.template.id: part for part in report.parts}
    assert list(parts) == [one.id for one in read_template().sections]
    assert [name for name, *_ in parts["executive-summary"].stories] == [
        f"{section.number}. {section.name}" for section in report.briefing.sections
    ]
    facts = dict(parts["general-information"].facts)
    assert facts["Udnævnt"] == "30. oktober 2019"
    assert facts["Rapporten dækker"] == "2024–2027"
    local = parts["local-initiatives"]
    assert {one.claim for one in local.statements} == {"recognition", "political-focus", "attraction"}
    assert local.activities
    assert {one.mmr_section for one in local.activities} == {"4"}
    assert all(one.kind in INITIATIVES and within(one, report.period) for one in local.activities)
    days = [one.period.anchor for one in local.activities]
    assert days == sorted(days, reverse=True)
    with reading(city) as connection:
        owed = {one.key for one in load_promises(connection, Scope()) if one.state in OPEN}
    assert {one.key for one in parts["action-plan"].promises} == owed
    assert parts["action-plan"].promises[0].days_overdue(TODAY) > 0, "the longest overdue first"
    assert parts["action-plan"].targets


def test_what_people_chose_takes_the_place_of_the_rule(report: MonitoringReport) -> None:
    part = next(one for one in report.parts if one.template.id == "inter-city-cooperation")
    assert [one.indicator for one in part.statements] == ["conference_people_sent"]
    assert len(part.activities) == 1
    assert part.more_activities == 0
    assert part.owner == "Udvalget"
    assert part.stories, "of what nobody chose the rule still shows"


@pytest.mark.parametrize(("until", "lower"), [(date(2026, 12, 31), False), (date(2027, 12, 31), True)])
def test_a_chosen_figure_is_as_sure_as_on_the_reports_own_day(city: Engine, until: date, lower: bool) -> None:
    """Its review falls due in 2027; a draft that is made years later counts by the end of its period."""
    made = date(2031, 1, 1)
    with reading(city) as connection:
        material = gather(connection, until, made)
        sections = load_sections(connection, Scope(), KEY)
    period = Period.year(until.year)
    found = composed_report(material, read_template(), period, sections, (), DA, made)
    part = next(one for one in found.parts if one.template.id == "inter-city-cooperation")
    (one,) = part.statements
    assert one.indicator not in {s.indicator for s in found.briefing.statements}
    now, given = DA("confidence.press_report"), DA("confidence.own_count")
    fallen = DA("confidence.aged_short", now=now, then=given)
    assert one.sure == (fallen if lower else given)


def test_the_meter_counts_what_is_missing_and_who_owes_it(report: MonitoringReport) -> None:
    lacks = {(one.section, one.what): one.owner for one in report.lacks}
    assert not [at for at in lacks if at[0] == "executive-summary"]
    assert lacks["inter-city-cooperation", "finished"] == "Udvalget"
    assert ("inter-city-cooperation", "text") not in lacks
    assert lacks["action-plan-communication", "text"] == "Kommunikation"
    needs = sum(len(one.needs) + 1 for one in read_template().sections)
    assert report.asked == needs
    assert report.share == pytest.approx(1 - len(report.lacks) / needs)
    assert f"{needs - len(report.lacks)} af {needs}" in complete(report, DA)


def test_the_document_holds_every_section_and_says_what_lacks(report: MonitoringReport) -> None:
    content = monitoring_document(report, DA, {})
    assert content == monitoring_document(report, DA, {}), "the same draft is the same file"
    made = docx.Document(io.BytesIO(content))
    heads = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    for part in report.parts:
        name = f"{part.template.number}. {part.title}"
        assert (f"Heading {part.template.level}", name) in heads
    levels = [int(style[-1]) for style, _ in heads]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    text = "\n".join(p.text for p in made.paragraphs)
    cells = "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)
    assert "Fire gode år." in text
    assert "Vi arbejder sammen." in text
    assert "Teksten mangler. Ansvarlig: Kommunikation." in text
    assert "Alle folkeskoler tilbyder" in cells
    assert "Over fristen" in cells
    captions = [p.text for p in made.paragraphs if p.style.name == "Caption"]
    assert len(captions) >= len(made.tables) - sum(bool(part.statements) for part in report.parts)
    assert all(s.header.paragraphs[0].text.startswith("Demonstration") for s in made.sections)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count("<c:chart") == body.count("descr=") > 0
    assert "⟦" not in text + cells


def test_the_same_in_english(city: Engine) -> None:
    t = Translator("en")
    with reading(city) as connection:
        english = draft(connection, None, t, TODAY)
    part = english.parts[0]
    assert (english.year, part.title, part.text, part.written_in_other) == (
        2027, "Executive summary", "", True,
    )  # fmt: skip
    made = docx.Document(io.BytesIO(monitoring_document(english, t, {})))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "6. Action plan for the next four years" in text
    assert "Afsnit" not in text


def test_an_earlier_report_knows_nothing_later(city: Engine) -> None:
    with reading(city) as connection:
        earlier = draft(connection, 2023, DA, TODAY)
        with pytest.raises(InvalidChoiceError, match="2025"):
            draft(connection, 2025, DA, TODAY)
    for part in earlier.parts:
        assert all(a.period.start is None or a.period.start <= date(2023, 12, 31) for a in part.activities)
    assert earlier.period.start == date(2019, 10, 30)


@pytest.mark.parametrize(
    "broken", ["", "x = [", 'title = {da = "a", en = "b"}\nevery_years = 4\n[[section]]\nid = "A b"\n']
)
def test_a_template_that_is_none_is_refused_in_one_sentence(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "report.toml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(InvalidFileError) as refused:
        read_template(path)
    assert "report.toml" in DA(refused.value.key, **refused.value.params)
    twice = TEMPLATE.read_text(encoding="utf-8").replace('id = "action-plan-local"', 'id = "action-plan"')
    path = tmp_path / "twice.toml"
    path.write_text(twice, encoding="utf-8")
    with pytest.raises(InvalidFileError):
        read_template(path)
