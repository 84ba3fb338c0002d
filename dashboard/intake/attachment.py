"""A file that somebody attaches as evidence: what it is by its first bytes, and whether it can be kept.

Kept are documents, pictures, tables, letters and plain text. Programs, pages with scripts and files that
are not what their names say are refused: a colleague will open what is kept here.
"""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from dashboard.domain.problem import Problem

LARGEST = 15 * 1024 * 1024
"""Bytes of one file; below the server's own limit on uploads (`config.toml`), which has no words of ours."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": (f"{_OFFICE}wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}presentationml.presentation", _ZIP),
    "odt": (f"{_OPEN}text", _ZIP),
    "ods": (f"{_OPEN}spreadsheet", _ZIP),
    "odp": (f"{_OPEN}presentation", _ZIP),
    "msg": ("application/vnd.ms-outlook", _OLE),
    "eml": ("message/rfc822", b""),
    "csv": ("text/csv", b""),
    "txt": ("text/plain", b""),
}
"""What may be kept: the ending of the name, its type, and how the content begins ("" is text)."""


def file_kind(name: str, content: bytes) -> str | Problem:
    """The type of a file, or why it cannot be kept: ``file_too_large``, ``file_kind``, ``file_not_as_named``,
    ``file_without_content``."""
    if not content:
        return Problem("file_without_content", "file_name", params={"given": name})
    if len(content) > LARGEST:
        size, most = len(content) / 1024**2, LARGEST / 1024**2
        params = {"given": name, "size": round(size, 1), "most": most}
        return Problem("file_too_large", "file_name", params=params)
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending not in KINDS:
        choices = ", ".join(KINDS)
        return Problem("file_kind", "file_name", params={"given": name, "choices": choices})
    mime, begins = KINDS[ending]
    if not content.startswith(begins) or (not begins and b"\x00" in content):
        return Problem("file_not_as_named", "file_name", params={"given": name, "ending": ending})
    return mime


def plain_name(name: str) -> str:
    """The name of a file without its folders and without signs that no file name should have."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ")
    stem, dot, ending = kept.strip(" .").rpartition(".")
    return f"{stem[:180]}{dot}{ending[:20]}" or "fil"
