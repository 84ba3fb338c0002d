"""The formats of a pack, each with its writer; a writer and its libraries are loaded when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from dashboard.errors import DashboardError, InvalidChoiceError, InvalidFileError
from dashboard.reports.briefing import Briefing
from dashboard.reports.counting import left_out, text_of


class PackFormat(StrEnum):
    """The formats of a pack (`WRITERS`), as the command line names them."""

    HTML = "html"
    PDF = "pdf"
    PPTX = "pptx"
    DOCX = "docx"
    XLSX = "xlsx"
    DATAPACKAGE = "datapackage"


def _html(briefing: Briefing) -> bytes:
    from dashboard.reports.page import page

    return page(briefing)


def _pdf(briefing: Briefing) -> bytes:
    from dashboard.reports.pdf import pdf

    return pdf(briefing)


def _pptx(briefing: Briefing, template: bytes | None = None) -> bytes:
    from dashboard.reports.slides import slides

    return slides(briefing, template)


def _docx(briefing: Briefing, template: bytes | None = None) -> bytes:
    from dashboard.reports.document import document

    return document(briefing, template)


def _xlsx(briefing: Briefing) -> bytes:
    from dashboard.reports.workbook import workbook

    return workbook(briefing)


def _data_package(briefing: Briefing) -> bytes:
    from dashboard.reports.data_package import data_package

    return data_package(briefing)


WRITERS: Mapping[str, Callable[[Briefing], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "docx": _docx,
    "xlsx": _xlsx,
    "datapackage": _data_package,
}
"""Each format's writer. None of them works anything out: it lays out what is frozen."""

TEMPLATED: Mapping[str, Callable[[Briefing, bytes | None], bytes]] = {"pptx": _pptx, "docx": _docx}
"""The formats that can be laid out in a file of the city's own."""

BOTH_LANGUAGES = ("html", "pdf", "pptx", "docx", "xlsx")
"""The formats in which a pack of two languages has them after each other; the data package has its tables in
the first and the other in its frozen content."""


def written(briefing: Briefing, form: str, template: bytes | None = None) -> bytes:
    """A pack in a format of `WRITERS`. Raises `InvalidChoiceError` where the format has no template,
    `InvalidFileError` for a template that is none, and `DashboardError` rather than hand out a file that
    lacks a figure, a verdict, a caveat or a source of the pack."""
    if template is None:
        content = WRITERS[form](briefing)
    elif form in TEMPLATED:
        content = TEMPLATED[form](briefing, template)
    else:
        raise InvalidChoiceError("error.briefing.no_template", what=form)
    text = text_of(content)
    if text is None:
        return content
    parts = briefing.languages if form in BOTH_LANGUAGES else (briefing,)
    lacking = [what for part in parts for what in left_out(part, text)]
    if lacking:
        raise DashboardError("error.briefing.incomplete", count=len(lacking), first=lacking[0])
    return content


def written_all_the_same(
    briefing: Briefing, form: str, template: bytes | None
) -> tuple[bytes, InvalidFileError | None]:
    """The same in our own layout where the city's file cannot be used, with the reason to be told."""
    try:
        return written(briefing, form, template), None
    except InvalidFileError as error:
        return written(briefing, form), error
