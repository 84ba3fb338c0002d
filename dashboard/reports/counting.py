"""Whether a document says everything its briefing says, read from its plain text (the count check)."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from html import unescape

from dashboard.reports.briefing import Briefing

_TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SHARED = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_CELL = re.compile(rb'<c [^>]*t="s"[^>]*><v>(\d+)</v>')
_STOOD_IN = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


def stand_in(character: str) -> str:
    """What a writer prints for a character that its fonts do not have; nothing for one that has no shape."""
    return "" if unicodedata.category(character) in ("Cf", "Cc", "Mn") else f"[U+{ord(character):04X}]"


def left_out(briefing: Briefing, text: str) -> tuple[str, ...]:
    """Every figure (name and value), caveat, verdict and source that `text` lacks, in the pack's order.

    White space, hyphens and signs without a shape count for nothing, since a document breaks its lines where
    it likes. A name or value that stands for several different figures must stand there as often.
    """
    found = _plain(text)
    figures = dict.fromkeys(briefing.statements)
    wanted = Counter(said for one in figures for said in {_plain(one.name), _plain(one.value)})
    lacking = [
        f"{one.name}: {one.value}"
        for one in figures
        if any(found.count(said) < wanted[said] for said in map(_plain, (one.name, one.value)))
    ]
    others = (
        *briefing.caveats,
        *(said for one in figures for said in (one.caveat, one.words)),
        *(chart.caveat for chart in briefing.charts),
        *(words for s in briefing.sections for words in (s.name, s.verdict_words, s.verdict_reason)),
        *(source.title for source in briefing.sources),
        briefing.title, briefing.code, briefing.notice,
    )  # fmt: skip
    lacking += [said for said in dict.fromkeys(others) if _plain(said) not in found]
    return tuple(lacking)


def text_of(content: bytes) -> str | None:
    """The words of an HTML page, or of all parts of a ZIP (office files and data packages are some).

    None for a PDF: reading one back takes longer than writing it, so that is left to the tests.
    """
    if content.startswith(b"%PDF"):
        return None
    if not content.startswith(b"PK"):
        return _untagged(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if not n.endswith((".png", ".svg", ".bin"))}
    # A workbook keeps each text once; as often as a cell shows it, it is said.
    shared = _SHARED.findall(parts.pop("xl/sharedStrings.xml", b""))
    if shared:
        parts = {n: _CELL.sub(lambda cell: shared[int(cell[1])], part) for n, part in parts.items()}
    return "\n".join(text_of(part) or "" for part in parts.values())


def _untagged(content: bytes) -> str:
    return unescape(_TAGS.sub("", content.decode("utf-8", errors="replace")))


def _plain(text: str) -> str:
    back = _STOOD_IN.sub(lambda found: chr(int(found[1], 16)), text)
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", back)
        if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc", "Mn", "Pd")
    )
