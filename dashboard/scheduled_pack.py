"""The pack of the last finished quarter, written to a folder by a timer: once, whoever asks how often.

What is there already is known by its name, which bears city, quarter, language and code. A format that is
missing is written from the pack that was frozen then, so that all files of a quarter say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.briefing_pack import composed, freeze
from dashboard.domain.period import Period
from dashboard.domain.roles import Actor
from dashboard.errors import InvalidChoiceError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.reports.briefing import Briefing
from dashboard.reports.compose import Choice
from dashboard.reports.formats import PackFormat, written
from dashboard.reports.frozen import opened
from dashboard.store.engine import reading
from dashboard.store.lifecycle import profile
from dashboard.writing import write_atomically

if TYPE_CHECKING:
    from sqlalchemy import Engine

ENDINGS = {"datapackage": "zip"}
_CODE = re.compile(r"[a-z2-7]{4}-[a-z2-7]{4}\Z")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What a run did: the quarter, the code of its pack, what was written now and what stood there."""

    quarter: Period
    code: str
    written: tuple[Path, ...]
    there: tuple[Path, ...]


def last_quarter(today: date) -> Period:
    """The newest calendar quarter that is over."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    return Period.quarter(year, quarter + 1)


def write_last_quarter(
    engine: Engine, actor: Actor, folder: Path, formats: Sequence[str], t: Translator, today: date,
    edge: str, address: str = "", both: bool = False,
) -> Scheduled:  # fmt: skip
    """Write the pack of the last finished quarter in some formats, each file whole or not at all.

    Nothing is composed or frozen where all files are there. `both` puts the other language behind this one.
    Raises `InvalidChoiceError` where the folder cannot be made or written to.
    """
    quarter = last_quarter(today)
    with reading(engine) as connection:
        city = profile(connection).home_place
    name = f"{city}-{_name(quarter)}-{t.language}"
    wanted = tuple(dict.fromkeys(formats))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        standing = _standing(folder, name)
    except OSError as error:
        raise InvalidChoiceError("error.output", what=str(folder)) from error
    there = tuple(standing[one] for one in wanted if one in standing)
    if len(there) == len(wanted):
        return Scheduled(quarter, _code_of(there[0]), (), there)
    if standing:
        with reading(engine) as connection:
            pack = opened(connection, _code_of(next(iter(standing.values()))))
    else:
        pack = _composed(engine, actor, quarter, t, today, address, both)
    files = {
        folder / f"{name}-{pack.code}.{ENDINGS.get(one, one)}": written(pack, one)
        for one in wanted
        if one not in standing
    }
    freeze(engine, actor, pack, edge)  # only a pack that could be written is kept
    for path, content in files.items():
        write_atomically(path, content)
    return Scheduled(quarter, pack.code, tuple(files), there)


def told(run: Scheduled, t: Translator) -> str:
    """What a run did, in plain words for a log."""
    quarter = t.period(run.quarter)
    if not run.written:
        return t("command.quarterly_there", quarter=quarter, code=run.code, count=len(run.there))
    files = ", ".join(path.name for path in run.written)
    return t("command.quarterly_written", quarter=quarter, code=run.code, files=files)


def _composed(
    engine: Engine, actor: Actor, quarter: Period, t: Translator, today: date, address: str, both: bool
) -> Briefing:
    choice = Choice(quarter, address=address)
    other = next(Translator(one) for one in LANGUAGES if one != t.language)
    with reading(engine) as connection:
        return composed(connection, actor, choice, t, today, (choice, other) if both else None)


def _name(quarter: Period) -> str:
    """``2026-Q3``: sorted by name is sorted by time."""
    start = quarter.start or date.min
    return f"{start.year}-Q{(start.month + 2) // 3}"


def _standing(folder: Path, name: str) -> dict[str, Path]:
    """The files of a quarter that are there, by format; of several codes the one that sorts first."""
    found: dict[str, Path] = {}
    codes = sorted({_code_of(path) for path in folder.glob(f"{name}-*") if _CODE.match(_code_of(path))})
    for one in PackFormat if codes else ():
        path = folder / f"{name}-{codes[0]}.{ENDINGS.get(one, one)}"
        if path.is_file():
            found[one] = path
    return found


def _code_of(path: Path) -> str:
    """The code at the end of a file's name."""
    return path.stem[-9:]
