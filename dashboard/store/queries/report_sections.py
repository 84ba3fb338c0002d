"""What has been written of a report to the network, section by section (N7)."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.domain.report_section import ReportSection
from dashboard.store import schema
from dashboard.store.queries.definition_history import Version
from dashboard.store.queries.scope import Scope, newest


def load_sections(
    connection: Connection, scope: Scope, report: str
) -> dict[tuple[str, str], Version[ReportSection]]:
    """The newest version of each section, by section and language."""
    table, sets = schema.report_section, schema.change_set
    current = newest(
        table, scope, table.c.section, table.c.language, where=table.c.report == report
    )  # fmt: skip
    rows = connection.execute(
        select(current, sets.c.actor, sets.c.recorded_at)
        .join(sets, sets.c.id == current.c.change_set_id)
        .order_by(current.c.id)
    )
    found = {}
    for row in rows:
        section = ReportSection(
            row.report, row.section, row.language, row.text, row.owner, tuple(row.items), row.finished
        )
        found[row.section, row.language] = Version(row.version, section, row.actor, row.recorded_at, "")
    return found
