"""``report_sections.toml``: what a city has written of its report to the network (N7), as ``[[section]]``."""

from __future__ import annotations

from pathlib import Path

from dashboard.domain.problem import Problem
from dashboard.domain.report_section import ReportSection, check_section
from dashboard.intake.record import Record, located, read_toml

FILE = "report_sections.toml"


def read_report_sections(path: Path, problems: list[Problem]) -> tuple[ReportSection, ...]:
    """All sections of a file; a missing file is no problem: then nothing has been written."""
    if not path.exists():
        return ()
    document = Record(read_toml(path, problems), FILE, None)
    found: dict[tuple[str, str, str], ReportSection] = {}
    for row, record in enumerate(document.tables("section"), start=1):
        record.row, record.problems = row, problems
        section = ReportSection(
            report=record.text("report", required=True), section=record.text("section", required=True),
            language=record.text("language", required=True), text=record.text("text"),
            owner=record.text("owner"), items=record.many("items"), finished=record.truth("finished"),
        )  # fmt: skip
        record.finish()
        record.adopt(check_section(section))
        key = section.report, section.section, section.language
        if found.setdefault(key, section) is not section:
            problems.append(located(Problem("key_twice", params={"given": section.section}), FILE, row))
    document.finish()
    problems += document.problems
    return tuple(found.values())
