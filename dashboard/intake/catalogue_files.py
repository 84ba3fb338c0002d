"""A catalogue as files: one archive out, any of its files in, compared with what stands."""

from __future__ import annotations

import dataclasses
import io
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TypeVar

from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Catalogue, Claim, Indicator
from dashboard.domain.definition_change import changed
from dashboard.domain.problem import Problem
from dashboard.errors import InvalidFileError
from dashboard.intake.catalogue import read_catalogue, write_catalogue
from dashboard.intake.record import located
from dashboard.store.queries.catalogue import sdg_order

MOST_FILES = 100
MOST_BYTES = 8 * 2**20
CLAIMS = "claims.toml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changes"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Compared:
    """One definition of the files beside the one that stands; `fields` are those that differ."""

    before: Claim | Indicator | Bands | None
    after: Claim | Indicator | Bands
    fate: Fate
    fields: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The claim's id or the indicator's code."""
        match self.after:
            case Claim(id=id):
                return id
            case Bands(indicator=code):
                return code
            case Indicator(code=code):
                return code


def archive(catalogue: Catalogue) -> bytes:
    """The folder of a catalogue as a zip; the same catalogue gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in write_catalogue(catalogue).items():
            file.writestr(zipfile.ZipInfo(f"catalogue/{name}", _FIRST_DAY), text.encode())
    return packed.getvalue()


def read_files(files: Sequence[tuple[str, bytes]], standing: Catalogue) -> Catalogue:
    """The claims and indicators of TOML files, or of zips of them, with every problem as a value.

    Not all files of a catalogue need to be there: indicators without their claims are read against the
    claims that stand. Raises `InvalidFileError` for what is no such file, or too much of it.
    """
    texts = _unpacked(files)
    if not texts:
        raise InvalidFileError("catalogue.file.nothing")
    given = set(texts)
    if CLAIMS not in given:
        texts[CLAIMS] = write_catalogue(Catalogue(claims=standing.claims))[CLAIMS].encode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "indicators").mkdir()
        for path, content in texts.items():
            (folder / path).write_bytes(content)
        read = read_catalogue(folder)
    problems = list(read.problems)
    if given == {CLAIMS}:
        problems = [p for p in problems if p.code != "file_missing"]
    claims = read.claims if CLAIMS in given else ()
    problems += _numbers(claims, standing)
    return Catalogue(claims, tuple(map(ordered, read.indicators)), tuple(problems), read.bands)


def compare(offered: Catalogue, standing: Catalogue) -> tuple[Compared, ...]:
    """What each definition of the files would become; what stands and is not in them stays as it is, also
    the limits of the colours of an indicator that is."""
    found = [_compared(standing.claim(claim.id), claim) for claim in offered.claims]
    found += [_compared(standing.indicator(i.code), i) for i in offered.indicators]
    there = {bands.indicator: bands for bands in standing.bands}
    found += [_compared(there.get(bands.indicator), bands) for bands in offered.bands]
    return tuple(found)


Defined = TypeVar("Defined", Claim, Indicator, Bands)


def _compared(before: Defined | None, after: Defined) -> Compared:
    if before is None:
        return Compared(None, after, Fate.NEW)
    if isinstance(before, Bands) or isinstance(after, Bands):
        return Compared(before, after, Fate.UNCHANGED if before == after else Fate.CHANGED)
    fields = changed(before, after)
    return Compared(before, after, Fate.CHANGED if fields else Fate.UNCHANGED, fields)


def _numbers(claims: Sequence[Claim], standing: Catalogue) -> list[Problem]:
    """A claim keeps its number, and a new one takes none that is another's: links and reports name it."""
    taken = {claim.number: claim.id for claim in standing.claims}
    problems = []
    for row, claim in enumerate(claims, start=1):
        before = standing.claim(claim.id)
        wrong = before.number != claim.number if before else claim.number in taken
        if wrong:
            params = {"given": claim.number, "claim": claim.id}
            problems.append(located(Problem("claim_number_fixed", "number", params=params), CLAIMS, row))
    return problems


def ordered(indicator: Indicator) -> Indicator:
    """The codes of an indicator in the order in which the store gives them back."""
    rollup = indicator.rollup
    return dataclasses.replace(
        indicator,
        sdg_targets=tuple(sorted(indicator.sdg_targets, key=sdg_order)),
        culture2030=tuple(sorted(indicator.culture2030)),
        rollup=rollup and dataclasses.replace(rollup, where=tuple(sorted(rollup.where))),
    )


def _unpacked(files: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The contents by path in a catalogue's folder."""
    texts: dict[str, bytes] = {}
    for name, content in files:
        if name.lower().endswith(".zip"):
            members = _members(name, content)
        elif name.lower().endswith(".toml"):
            members = [(name, content)]
        else:
            raise InvalidFileError("catalogue.file.kind", name=name)
        for member, text in members:
            path = _path(member)
            if path in texts and texts[path] != text:
                raise InvalidFileError("catalogue.file.twice", name=path)
            texts[path] = text
    if len(texts) > MOST_FILES or sum(map(len, texts.values())) > MOST_BYTES:
        raise InvalidFileError("catalogue.file.large", files=MOST_FILES, size=MOST_BYTES // 2**20)
    return texts


def _path(name: str) -> str:
    """Where a file belongs in the folder, whatever it was packed under."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return CLAIMS if last.lower().startswith("claims") else f"indicators/{last}"


def _members(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """The TOML files of a zip; never more than may be kept, whatever the zip says of itself."""
    found, room = [], MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            wanted = [info for info in packed.infolist() if info.filename.lower().endswith(".toml")]
            for info in wanted[: MOST_FILES + 1]:
                with packed.open(info) as file:
                    text = file.read(room + 1)
                room -= len(text)
                if room < 0:
                    raise InvalidFileError("catalogue.file.large", files=MOST_FILES, size=MOST_BYTES // 2**20)
                found.append((info.filename, text))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise InvalidFileError("catalogue.file.damaged", name=name) from error
    return found
