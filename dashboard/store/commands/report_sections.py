"""Writing a section of a report to the network (N7)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dashboard.domain.report_section import ReportSection, check_section
from dashboard.domain.roles import Permission
from dashboard.errors import InvalidDraftsError, StaleDraftError
from dashboard.store.commands.rows import insert_one, schema
from dashboard.store.work import UnitOfWork, digest


def write_section(work: UnitOfWork, section: ReportSection, based_on: int) -> int:
    """Append a version of a section in one language; 0 where it says the same already.

    `based_on` is the version that was begun with, 0 for none. Raises `InvalidDraftsError` with every problem,
    `StaleDraftError` where somebody else has written meanwhile, and `PermissionDeniedError`.
    """
    work.actor.require(Permission.RECORD)
    if problems := check_section(section):
        raise InvalidDraftsError(problems)
    table = schema.report_section
    newest = work.connection.execute(
        select(table.c.version, table.c.content_digest)
        .where(
            table.c.report == section.report,
            table.c.section == section.section,
            table.c.language == section.language,
        )
        .order_by(table.c.version.desc())
        .limit(1)
    ).one_or_none()
    if (newest.version if newest else 0) != based_on:
        raise StaleDraftError("error.stale_definition")
    content = digest(section)
    if newest is not None and newest.content_digest == content:
        return 0
    insert_one(
        work.connection, table, report=section.report, section=section.section, language=section.language,
        version=based_on + 1, content_digest=content, text=section.text, owner=section.owner,
        items=list(section.items), finished=section.finished, change_set_id=work.change_set_id,
    )  # fmt: skip
    work.note("write_section", "report", f"{section.report}/{section.section}", after=section)
    return 1


def begin_sections(work: UnitOfWork, sections: Sequence[ReportSection]) -> int:
    """Write those of a file's sections that nobody has written yet; how many. What people write stands."""
    table = schema.report_section
    there = {
        tuple(row)
        for row in work.connection.execute(
            select(table.c.report, table.c.section, table.c.language).distinct()
        )
    }
    fresh = [one for one in sections if (one.report, one.section, one.language) not in there]
    return sum(write_section(work, one, 0) for one in fresh)
