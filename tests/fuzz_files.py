"""``python -m tests.fuzz_files --count 10000 [--seed N]``: files that nobody meant to be read.

Each file is made from its seed and number alone, so that ``--seed S --only N`` makes it again. It goes the
whole way of the import page: opened, mapped, looked at, told in words and as sheets, and saved if nothing
forbids it. A file may be refused in a sentence; it may not end in any other exception, and the store holds
all of what was promised or nothing.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Engine, func, select

from dashboard.errors import DashboardError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.importing import commit, load_known, preview, propose
from dashboard.intake.headings import meanings
from dashboard.intake.known import Known
from dashboard.intake.preview import Preview
from dashboard.intake.problem_sheet import problem_words, problems_as_csv, problems_as_xlsx
from dashboard.intake.table_file import read_table
from dashboard.store import queries, schema
from dashboard.store.engine import open_engine, reading
from tests import sample
from tests.intake_files.files import csv_of, ods_of, ods_row, zip_of
from tests.intake_files.messy import messy_workbook

Random = random.Random
Rows = list[list[Any]]

HEADINGS = ("Indikator", "Periode", "Værdi", "Kilde", "Sted", "Bemærkning", "Opdeling", "Art", "Enhed",
            "År", "Kvartal", "Måned", "Tæller", "Nævner", "Hentet den", "Område", "", "Løfte", "Valuta",
            "2022", "2023K1", "jan-24", "2023/24", "Artikler", "Artikler (antal)", "Tilskud (DKK)",
            "Tilskud (1.000 kr.)", "Hvorfor mangler tallet?", "Tekst", "I alt")  # fmt: skip
REGISTER = ("Nøgle", "Art", "Titel", "Dato", "Bevilget", "Valuta", "Verdensmål", "Partnerbyer", "Sted",
            "Kilde", "Deltagere", "Løfte", "Betalt omtale", "Virkemåder")  # fmt: skip
WORDS = ("Artikler", "press_articles", "Andel", "Tilskud", "Tilfredshed", "Fortælling", "Viborg", "tucson",
         "municipality", "Folkebladet", "ikke opgjort", "ja", "nej", "DKK", "articles", "besøg", "trin 2",
         "faktisk", "mål", "11.4;8", "origin=abroad", "kommune", "I alt", "Kilde: regnskabet", "æøåÆØÅ", "ß",
         "نص", "漢字", "👩‍👩‍👧", "e\u0301", "\u202eabc", "media", "Bevilling", "Presseomtale",
         "a-1")  # fmt: skip
NUMBERS = (
    "12", "1.234,5", "1,234.5", "12,5", "12.5", "1.234", "−3", "-3", "+3", "0", "0,0", "1e5", "1e400",
    "9" * 30, "9" * 400, "0," + "0" * 50 + "1", "NaN", "inf", "-inf", "１２", "٣", "1 000", "1\u00a0000",
    "12 %", "12,5%", "kr. 5", "5 kr.", "--5", "1_000", ",", ".", "−", "0x1F", "1/2", "½",
)  # fmt: skip
PERIODS = ("2023", "2023K3", "3. kvt. 2024", "jan-24", "2023-07", "31.12.2025", "05-03-2026", "31.12.25",
           "12/31/2025", "2023/24", "2019-2021", "udateret", "30.02.2024", "9999", "0001", "2024-13", "99",
           "1. halvår 2024", "marts", "2024-01-01T00:00:00", "0000-00-00",
           "1.1.2019 - 31.12.2019")  # fmt: skip
FORMULAS = ("=1+1", "=SUM(A1:A9)", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", '=HYPERLINK("http://x")', "'=1",
            "=1/0", "#DIV/0!", "#REF!", "\t=1", "=")  # fmt: skip
CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029\ufeff\u200b\ufffe\ufffd"
DEFAULTS = {"source": "municipality", "period": "2024", "indicator": "Artikler", "currency": "DKK"}
"""What a person would add to a file that lacks a column."""
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp865",
             "iso-8859-1", "utf-8")  # fmt: skip
MAGIC = (
    b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18, b"%PDF-1.7", b"\x1f\x8b", b"<html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\r\n", b"\x00",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>",
)  # fmt: skip
NAMES = (
    "tal.csv", "tal.CSV", "tal.tsv", "tal.txt", "tal.xlsx", "tal.xlsm", "tal.ods", "tal", ".csv", "tal.docx",
    "../../etc/tal.csv", "tal\x00.csv", "æøå 2024.csv", "x" * 300 + ".csv", "{count}.csv", "a\\b.xlsx",
    "tal.csv.exe", "",
)  # fmt: skip
XML = (
    ('r="A1"', 'r="XFD1048576"'), ("<v>", "<v>9e999"), ("<v>", "<v>-"), ('t="s"', 't="e"'),
    ("<row", "<rov"), ("</c>", ""), ('r="', 'r="-'), ("<v>1</v>", "<v>99999999</v>"), ('s="1"', 's="999"'),
    ("<c ", "<c t='d' "), ("</row>", "</row><row r='7'/>" * 50), ("<sheetData>", "<sheetData><!-- -->"),
    ("UTF-8", "UTF-99"), ("<?xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><?xml"), ('r="2"', 'r="0"'),
    ('r="B2"', 'r="2B"'), ("office:value=", "office:value-x="), ('office:value="', 'office:value="x'),
    ("table:table-cell", "cell"), ('repeated="1"', 'repeated="-1"'), ('repeated="1"', 'repeated="999999999"'),
    ("<f>", "<f><f>"), ('mergeCell ref="', 'mergeCell ref="Z'),
    ("<mergeCell ", "<mergeCell ref='A1:XFD1048576' x"),
)  # fmt: skip
"""What stands in the XML of a workbook, and what takes its place."""


TODAY = date(2024, 6, 1)


def one_of(rng: Random, *lots: Sequence[Any]) -> Any:
    return rng.choice(rng.choice(lots))


def cell(rng: Random) -> str:
    """A cell as somebody, or something, may have written it."""
    text = str(one_of(rng, WORDS, NUMBERS, PERIODS, NUMBERS, WORDS, PERIODS, FORMULAS, ("",)))
    if rng.random() < 0.01:
        text += rng.choice(CONTROLS)
    if rng.random() < 0.004:
        text = rng.choice('xæ9;"') * rng.choice((300, 33_000))
    return text


def likely_cell(rng: Random, heading: str, odd: float) -> str:
    """Mostly what the heading asks for, so that many files come far; `odd` is how often it is not."""
    if rng.random() < odd:
        return cell(rng)
    asked: dict[str, Sequence[str]] = {
        "Indikator": ("Artikler", "Andel", "press_articles"), "Kilde": ("municipality", "Folkebladet"),
        "Sted": ("Viborg", "tucson", ""), "Art": ("", "faktisk", "Bevilling"), "Valuta": ("DKK", ""),
        "Periode": (f"{rng.randint(1990, 2030)}K{rng.randint(1, 4)}", f"{rng.randint(1990, 2030)}"),
        "Dato": ("05-03-2024", "2024"), "Nøgle": [f"a-{n}" for n in range(40)], "Opdeling": ("",
        "origin=abroad"),
        "Titel": ("Tilskud", "Artikel"), "År": [f"{rng.randint(1990, 2030)}"], "Bemærkning": ("", "x"),
    }  # fmt: skip
    plain = (f"{rng.randint(0, 99)},{rng.randint(0, 9)}", str(rng.randint(0, 99)))
    return str(rng.choice(asked.get(heading, plain)))


def table(rng: Random) -> Rows:
    """Headings and rows: long, wide, or a register; sometimes with a title above and a note below."""
    shape = rng.random()
    if shape < 0.45:
        heads = list(HEADINGS[:4])
        heads += rng.sample(HEADINGS[4:19], rng.choice((0, 0, 1, 3)))
    elif shape < 0.75:
        heads = ["Indikator", "Kilde", *rng.sample(HEADINGS[19:], rng.randint(1, 5))]
    elif shape < 0.9:
        heads = [*REGISTER[:4], *rng.sample(REGISTER[4:], rng.randint(0, 5))]
    else:
        heads = rng.choices(
            (*HEADINGS, *meanings(rng.choice(("observations", "activities")))), k=rng.randint(1, 9)
        )
    if rng.random() < 0.2:
        rng.shuffle(heads)
    rows: Rows = [list(heads)]
    odd = rng.choice((0, 0.01, 0.2))
    rows += [[likely_cell(rng, head, odd) for head in heads] for _ in range(rng.choice((1, 2, 5, 12)))]
    if rng.random() < 0.15:
        rows[:0] = [["Opgørelse 2024"], []][: rng.randint(1, 2)]
    if rng.random() < 0.15:
        rows += [[], ["Kilde: kommunens regnskab"]]
    if rng.random() < 0.2:  # ragged
        for row in rng.sample(rows, min(len(rows), 3)):
            if row and rng.random() < 0.5:
                del row[rng.randrange(len(row)) :]
            else:
                row += [cell(rng) for _ in range(rng.randint(1, 4))]
    return rows


def delimited(rng: Random) -> bytes:
    """Text, quoted well or badly, in any encoding."""
    sign = rng.choice((";", ";", ",", "\t", "|"))
    quoting = rng.random()

    def written(text: str) -> str:
        if quoting < 0.85 and any(bad in text for bad in (sign, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text if quoting < 0.97 else f'"{text}'

    rows = [[written(str(one)) for one in row] for row in table(rng)]
    content = csv_of(rows, sign).decode()
    if rng.random() < 0.5:
        return content.encode()
    if rng.random() < 0.1:
        content = content.replace("\r\n", rng.choice(("\n", "\r", "\n\n", "\x0b", "\u2028")))
    return content.encode(rng.choice(ENCODINGS), rng.choice(("replace", "ignore", "xmlcharrefreplace")))


def workbook(rng: Random) -> bytes:
    """An Excel workbook with cells of every type."""
    content = io.BytesIO()
    options = {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": rng.random() < 0.5}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})
        formats = [
            book.add_format({"num_format": form}) for form in ("0%", "mmm-yy", "yyyy", "dd-mm-yyyy", "0.00")
        ]
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            page = book.add_worksheet()
            rows = table(rng)
            top, left = rng.choice((0, 0, 0, 3)), rng.choice((0, 0, 0, 2))
            for number, row in enumerate(rows, start=top):
                for column, text in enumerate(row, start=left):
                    place(rng, page, number, column, text, formats)
            if rng.random() < 0.15 and len(rows) > 2:
                first = top + rng.randrange(len(rows))
                page.merge_range(first, left, first + rng.randint(0, 3), left + rng.randint(1, 3), "Artikler")
            if rng.random() < 0.05:
                page.write(rng.choice((500, 40_000)), rng.choice((0, 50, 16_383)), 1)
            if rng.random() < 0.05:
                page.hide()
            if rng.random() < 0.05:
                page.protect("hemmelig")
    return content.getvalue()


def place(rng: Random, page: Any, row: int, column: int, text: str, formats: Sequence[Any]) -> None:
    kind, form = rng.random(), rng.choice(formats)
    if kind < 0.7 or not text:
        page.write_string(row, column, text[:32_767])
    elif kind < 0.8:
        page.write_number(
            row, column, rng.choice((1, 2.5, -3, 1e300, 5e-324, 45_000, 45_000.5, 1e17, 2_958_466)), form
        )
    elif kind < 0.86:
        moment = datetime(2024, 1, 1) + timedelta(
            days=rng.randint(-9_000, 9_000), hours=rng.choice((0, 0, 7))
        )
        page.write_datetime(row, column, moment, form)
    elif kind < 0.9:
        page.write_boolean(row, column, rng.random() < 0.5)
    elif kind < 0.97:
        page.write_formula(row, column, "=A1+1", form, rng.choice((1, "", "#DIV/0!", "tekst", True, 12.5)))
    else:
        page.write_blank(row, column, None, form)


def opendocument(rng: Random) -> bytes:
    rows = "".join(ods_row(*map(clean, row), times=rng.choice((1, 1, 1, 2))) for row in table(rng))
    if rng.random() < 0.1:
        rows += '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    odd = (
        'office:value-type="percentage" office:value="0.5"', 'table:formula="of:=1+1"',
        'office:value-type="date" office:date-value="2024-03-05"',
        'office:value-type="date" office:date-value="x"',
        'office:value-type="boolean" office:boolean-value="true"',
        'office:value-type="time" office:time-value="PT25H"',
    )  # fmt: skip
    if rng.random() < 0.4:
        rows += ods_row(*[(rng.choice(odd), "x") for _ in range(3)])
    return ods_of(rows, encrypted=rng.random() < 0.03)


def clean(text: str) -> str:
    """XML cannot say everything."""
    return "".join(sign for sign in text if sign.isprintable())


def broken_workbook(rng: Random) -> bytes:
    """A workbook with one of its parts changed, taken out or swapped, packed again."""
    made = rng.choice((workbook, opendocument, lambda _: messy_workbook()))(rng)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    part = parts[name]
    how = rng.random()
    if how < 0.15:
        del parts[name]
    elif how < 0.3:
        parts[name] = flipped(rng, part)
    elif how < 0.4:
        parts[name] = part[: rng.randrange(len(part) + 1)]
    else:
        for sheet in [n for n in parts if "sheet1.xml" in n or n == "content.xml"] + [name]:
            text = parts[sheet].decode("utf-8", "replace")
            for old, new in rng.sample(XML, 4):
                text = text.replace(old, new, rng.choice((1, 1, -1)))
            parts[sheet] = text.encode()
    return zip_of(parts)


def flipped(rng: Random, content: bytes) -> bytes:
    """Some bytes are others."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 3, 20)) if changed else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng: Random, content: bytes) -> bytes:
    """Cut off, doubled, or with something inside that does not belong."""
    at = rng.randrange(len(content) + 1)
    return rng.choice(
        (content[:at], content[at:], content[:at] + rng.randbytes(9) + content[at:], content * 2)
    )


def noise(rng: Random) -> bytes:
    return rng.choice((b"", *MAGIC)) + rng.randbytes(rng.choice((0, 1, 20, 500, 5_000)))


MAKERS: dict[str, tuple[Callable[[Random], bytes], Sequence[str]]] = {
    "text": (delimited, ("tal.csv",)),
    "text, bytes changed": (lambda rng: flipped(rng, delimited(rng)), ("tal.csv", "tal.txt")),
    "text, cut": (lambda rng: cut(rng, delimited(rng)), ("tal.csv",)),
    "text after a magic number": (lambda rng: rng.choice(MAGIC) + delimited(rng), NAMES),
    "noise": (noise, NAMES),
    "Excel": (workbook, ("tal.xlsx",)),
    "Excel, bytes changed": (lambda rng: flipped(rng, workbook(rng)), ("tal.xlsx",)),
    "Excel, cut": (lambda rng: cut(rng, workbook(rng)), ("tal.xlsx", "tal.ods")),
    "OpenDocument": (opendocument, ("tal.ods",)),
    "OpenDocument, cut": (lambda rng: cut(rng, opendocument(rng)), ("tal.ods",)),
    "broken workbook": (broken_workbook, ("tal.xlsx", "tal.ods", "tal.xlsx")),
    "wrong name": (lambda rng: rng.choice((delimited, workbook, opendocument))(rng), NAMES),
}
WEIGHTS = (30, 10, 6, 5, 6, 14, 6, 4, 8, 3, 12, 4)


def make(seed: int, number: int) -> tuple[str, str, bytes]:
    """The file of a number: what it is, its name and its bytes."""
    rng = Random(f"{seed}:{number}")
    [what] = rng.choices(list(MAKERS), WEIGHTS)
    maker, names = MAKERS[what]
    return what, rng.choice(names), maker(rng)


# -- the way of each file --------------------------------------------------------------------------


@dataclass
class Told:
    """What became of the files: counted, and each one that did what no file may do."""

    seed: int
    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    values: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    failures: list[str] = field(default_factory=list)

    def failed(self, number: int, what: str, why: str) -> None:
        self.failures.append(f"--seed {self.seed} --only {number} ({what}): {why}")

    def words(self, count: int) -> str:
        lines = [
            f"fuzz of imported files: seed {self.seed}, {count} files, "
            f"{len(self.failures)} with a traceback or a partial write",
            "  " + ", ".join(f"{name} {number}" for name, number in self.outcomes.most_common()),
            f"  {self.values} values and activities saved; slowest file {self.slowest[0]:.2f} s (number "
            f"{self.slowest[1]})",
            "  refused: " + ", ".join(f"{name} {number}" for name, number in self.refusals.most_common()),
        ]
        return "\n".join([*lines, *self.failures[:20]])


def state(engine: Engine) -> tuple[int, int, int]:
    """Revision, and how many versions of figures and of activities there are in all."""
    with reading(engine) as connection:
        rows = (
            int(connection.execute(select(func.count()).select_from(part)).scalar_one())
            for part in (schema.observation, schema.activity_version)
        )
        return (queries.current_revision(connection), *rows)  # type: ignore[return-value]


def through(engine: Engine, known: Known, name: str, content: bytes, rng: Random, told: Told) -> str:
    """The whole way of one file; the word for what became of it."""
    t = Translator(rng.choice(LANGUAGES))
    try:
        file = read_table(content, name)
        with reading(engine) as connection:
            mapping = propose(connection, file, known, sample.ANALYST.email)
            if rng.random() < 0.9:
                for problem in mapping.problems:
                    mapping = mapping.with_default(problem.field, DEFAULTS.get(problem.field, ""))
            if rng.random() < 0.2:
                column = rng.choice(mapping.columns)
                mapping = mapping.with_field(column.position, rng.choice(("", "note", "value", "period")))
            if rng.random() < 0.3:
                mapping = mapping.with_year_begins(rng.randint(2, 12))
            shown = preview(connection, file, mapping, known, t, today=rng.choice((None, TODAY)))
    except DashboardError as error:
        say(error, t)
        told.refusals[error.key] += 1
        return "refused"
    spell_out(shown, t, rng)
    rest = shown.without_problem_rows() if shown.errors and rng.random() < 0.5 else shown
    if rest.errors:
        return "not saved for its errors"
    try:
        done = commit(
            engine, sample.ANALYST, "fuzz", rest, reason=rng.choice(("", "afprøvning", "afprøvning"))
        )
    except DashboardError as error:
        say(error, t)
        told.refusals[error.key] += 1
        return "not saved"
    told.values += done.new + done.changed
    if done.batch is None:
        return "nothing new"
    with reading(engine) as connection:
        again = preview(connection, file, mapping, known, t)
        again = again.without_problem_rows() if again.errors else again
    assert again.changes_nothing, f"the same file again would change something: {again.changes[:1]}"
    return "saved"


def say(error: DashboardError, t: Translator) -> None:
    """What a person would read: one line with all its words."""
    words = t(error.key, **error.params)
    assert "⟦" not in words, words
    for problem in getattr(error, "problems", ()):
        assert "⟦" not in problem_words(problem, t), problem


def spell_out(shown: Preview, t: Translator, rng: Random) -> None:
    for problem in shown.problems[:200]:
        assert "⟦" not in problem_words(problem, t), problem
    if len(shown.rows) < 5_000 and rng.random() < 0.3:
        problems_as_csv(shown, t)
        problems_as_xlsx(shown, t)


def run(count: int, seed: int, only: int | None = None) -> Told:
    """All files one after another into one store; after each it is asked what the store holds."""
    told = Told(seed)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'fuzz.sqlite'}")
        sample.fill(engine)
        with reading(engine) as connection:
            known = load_known(connection)
        stood = state(engine)
        for number in range(count) if only is None else [only]:
            what, name, content = make(seed, number)
            before, started = told.values, time.perf_counter()
            try:
                outcome = through(engine, known, name, content, Random(f"{seed}:{number}:way"), told)
            except Exception:
                outcome = "traceback"
                told.failed(number, what, traceback.format_exc(limit=-4))
            told.slowest = max(told.slowest, (time.perf_counter() - started, number))
            told.outcomes[outcome] += 1
            holds = state(engine)
            written = (holds[1] - stood[1]) + (holds[2] - stood[2])
            promised = told.values - before
            if written != promised or holds[0] - stood[0] != (1 if promised else 0):
                told.failed(number, what, f"{outcome}: {written} rows written, {promised} promised")
            stood = holds
        engine.dispose()
    return told


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_files", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=date.today().toordinal())
    parser.add_argument("--only", type=int, default=None, help="the number of one file")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    told = run(given.count, given.seed, given.only)
    print(told.words(1 if given.only is not None else given.count))
    print(f"  in {time.perf_counter() - started:.0f} s")
    return 1 if told.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
