"""What slides and documents share: a city's template is opened, and a file of the same pack is the same."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any, Literal

from dashboard.errors import InvalidFileError
from dashboard.reports.briefing import Briefing, as_content, from_content

Program = Literal["pptx", "docx"]

_MAIN = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml",
}
_KINDS = {"pptx": "presentation", "docx": "document"}
SVG = "image/svg+xml"
_SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMES = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_CONTENTS = "[Content_Types].xml"
_UNPACKED = 200 * 2**20
"""A template is a few megabytes; what unpacks to more than this is none."""
_EARLIEST = date(1980, 1, 1)  # the first day a zip knows
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have (section 2.2)."""


def template_of(content: bytes, program: Program) -> io.BytesIO:
    """A city's own file, to be opened by the library: also one saved as a template (.potx, .dotx).

    Raises `InvalidFileError` for anything else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
                raise refused(program)
            types = archive.read(_CONTENTS).decode()
            main = _MAIN[program].format(_KINDS[program])
            types = types.replace(_MAIN[program].format("template"), main)
            if main not in types:
                raise refused(program)
            files = [(name, archive.read(name)) for name in dict.fromkeys(archive.namelist())]
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise refused(program) from error
    changed = [(name, types.encode() if name == _CONTENTS else data) for name, data in files]
    return io.BytesIO(packed(changed, _EARLIEST))


def refused(program: Program) -> InvalidFileError:
    """The one sentence for a template that is not what it should be."""
    return InvalidFileError("error.briefing.template", program=program.upper())


def printable(briefing: Briefing) -> Briefing:
    """The pack without the characters that no XML file can hold."""
    content = as_content(briefing)
    cleaned = _printable(content)
    return briefing if cleaned == content else from_content(cleaned)


def _printable(content: Any) -> Any:
    if isinstance(content, str):
        return _NOT_XML.sub("", content)
    if isinstance(content, dict):
        return {key: _printable(value) for key, value in content.items()}
    return [_printable(value) for value in content] if isinstance(content, list) else content


def drawn_as_lines(picture: Any, relation: str) -> None:
    """Say of a picture of points that the same is there as lines (SVG), for the programs that draw them
    (MS-ODRAWXML 2.2.2, svgBlip)."""
    main, relations = picture.nsmap["a"], picture.nsmap["r"]
    (blip,) = picture.iter(f"{{{main}}}blip")
    lines = picture.makeelement(f"{{{_SVG_NAMES}}}svgBlip", nsmap={"asvg": _SVG_NAMES})
    lines.set(f"{{{relations}}}embed", relation)
    extension = picture.makeelement(f"{{{main}}}ext", uri=_SVG_USE)
    extension.append(lines)
    extensions = picture.makeelement(f"{{{main}}}extLst")
    extensions.append(extension)
    blip.append(extensions)


def moment(made: date) -> datetime:
    """The time that a file says it was made: the beginning of the pack's day."""
    return datetime.combine(made, time())


def describe(about: Any, briefing: Briefing, language: str) -> None:
    """The properties of a file, which have room for 255 characters each."""
    made = moment(briefing.made)
    about.title, about.author = briefing.title[:255], briefing.city[:255]
    about.last_modified_by, about.language = briefing.city[:255], language
    about.identifier, about.subject = briefing.code[:255], briefing.period[:255]
    about.comments, about.created, about.modified = briefing.notice[:255], made, made


def stamped(content: bytes, made: date) -> bytes:
    """The same zip with the day of the pack on every entry, so that the same pack gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()], made)


def packed(files: list[tuple[str, bytes]], made: date) -> bytes:
    """A new zip of named contents, each dated the day of the pack."""
    out = io.BytesIO()
    day = max(made, _EARLIEST)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
