"""A catalogue as files: out and in again, part of it, and what is no catalogue at all."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.config import DATA
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Catalogue
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.domain.text import Text
from dashboard.errors import InvalidFileError
from dashboard.i18n import LANGUAGES, Translator
from dashboard.intake.catalogue import read_catalogue, write_catalogue
from dashboard.intake.catalogue_files import MOST_BYTES, MOST_FILES, Fate, archive, compare, read_files
from dashboard.setting_up import SetUp, set_up
from dashboard.store import queries
from dashboard.store.commands import define_claims, define_indicators, set_bands
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import create_store
from dashboard.store.queries import Scope
from dashboard.store.work import unit_of_work
from tests.sample import APPROVER

INDICATORS = "indicators/06-media.toml"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The starter catalogue as a store gives it back."""
    read = read_catalogue(DATA / "catalogue")
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}")
    create_store(engine, "real", "viborg", Text("Viborg", "Viborg"))
    with unit_of_work(engine, APPROVER, "test") as work:
        define_claims(work, read.claims)
        define_indicators(work, read.indicators)
    with reading(engine) as connection:
        found = queries.load_catalogue(connection, Scope())
    engine.dispose()
    return found


def zipped(files: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()


def test_what_is_carried_out_comes_back_the_same(standing: Catalogue) -> None:
    again = read_files([("katalog.zip", archive(standing))], standing)
    assert again.problems == ()
    assert again.claims == standing.claims
    assert {i.code: i for i in again.indicators} == {i.code: i for i in standing.indicators}
    assert {one.fate for one in compare(again, standing)} == {Fate.UNCHANGED}
    assert archive(again) == archive(standing)


def test_the_archive_unpacked_is_a_folder_that_a_store_is_set_up_from(
    standing: Catalogue, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(standing))) as packed:
        packed.extractall(tmp_path)
    read = read_catalogue(tmp_path / "catalogue")
    assert read.problems == ()
    assert read.claims == standing.claims
    assert sorted(read.indicators, key=lambda i: i.code) == sorted(standing.indicators, key=lambda i: i.code)


def test_another_store_set_up_from_the_archive_has_the_same_catalogue(
    standing: Catalogue, tmp_path: Path
) -> None:
    """What ``init --catalogue FOLDER`` does, with an indicator that was retired on the page."""
    first, *others = standing.indicators
    gone = replace(first, retired=True, valid_to=date(2026, 12, 31), valid_from=date(2019, 10, 30))
    there = replace(standing, indicators=(gone, *others))
    with zipfile.ZipFile(io.BytesIO(archive(there))) as packed:
        packed.extractall(tmp_path)
    engine = open_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    set_up(engine, SetUp(catalogue=tmp_path / "catalogue"), LOCAL_ACTOR, "test")
    with reading(engine) as connection:
        assert queries.load_catalogue(connection, Scope()) == there
    engine.dispose()


def test_the_starter_files_are_no_change_to_the_store_made_of_them(standing: Catalogue) -> None:
    files = [(path.name, path.read_bytes()) for path in (DATA / "catalogue").rglob("*.toml")]
    assert {one.fate for one in compare(read_files(files, standing), standing)} == {Fate.UNCHANGED}


def test_one_file_alone_is_read_against_the_claims_that_stand(standing: Catalogue) -> None:
    text = write_catalogue(standing)[INDICATORS].replace("Antal", "Tallet på", 1)
    offered = read_files([("06-media.toml", text.encode())], standing)
    assert offered.problems == ()
    found = compare(offered, standing)
    assert [one.fields for one in found if one.fate is Fate.CHANGED] == [("definition",)]
    assert len(found) == text.count("[[indicator]]")


def test_claims_alone_are_read_and_keep_their_numbers(standing: Catalogue) -> None:
    text = write_catalogue(standing)["claims.toml"]
    reworded = text.replace('da = "Anerkendelse"', 'da = "Anseelse"', 1)
    offered = read_files([("claims (1).toml", reworded.encode())], standing)
    assert offered.problems == ()
    assert [(one.name, one.fields) for one in compare(offered, standing) if one.fields] == [
        ("recognition", ("name",))
    ]
    swapped = text.replace("number = 9", "number = 10")
    assert [p.code for p in read_files([("claims.toml", swapped.encode())], standing).problems] == [
        "claim_number_fixed"
    ]


def test_a_new_indicator_is_told_from_a_changed_one(standing: Catalogue) -> None:
    made = replace(standing.indicators[0], code="quite_new")
    text = write_catalogue(Catalogue(standing.claims, (made,)))
    (file,) = (name for name in text if name != "claims.toml")
    offered = read_files([("ny.toml", text[file].encode())], standing)
    assert [(one.name, one.fate) for one in compare(offered, standing)] == [("quite_new", Fate.NEW)]


def test_every_problem_comes_at_once(standing: Catalogue) -> None:
    text = write_catalogue(standing)[INDICATORS]
    text = text.replace('kind = "number"', 'kind = "amount"', 1).replace("decimals = 0", "decimals = 9", 1)
    codes = {p.code for p in read_files([("06-media.toml", text.encode())], standing).problems}
    assert codes == {"not_one_of", "decimals_range"}


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("katalog.xlsx", b"PK", "kind"),
        ("katalog.zip", b"no zip", "damaged"),
        ("katalog.zip", zipped({"read me.txt": "hej"}), "nothing"),
        ("katalog.zip", zipped({"a/x.toml": "a = 1", "b/x.toml": "a = 2"}), "twice"),
        ("katalog.zip", zipped({f"{n}.toml": "" for n in range(MOST_FILES + 1)}), "large"),
        ("katalog.zip", zipped({"bomb.toml": b" " * (MOST_BYTES + 1)}), "large"),
        ("stor.toml", b" " * (MOST_BYTES + 1), "large"),
    ],
    ids=["kind", "damaged", "nothing", "twice", "many", "bomb", "large"],
)  # fmt: skip
def test_what_is_no_catalogue_gets_one_sentence(
    standing: Catalogue, name: str, content: bytes, key: str
) -> None:
    with pytest.raises(InvalidFileError) as refused:
        read_files([(name, content)], standing)
    assert refused.value.key == f"catalogue.file.{key}"
    for language in LANGUAGES:
        assert "⟦" not in Translator(language)(refused.value.key, **refused.value.params)


def test_a_damaged_archive_never_ends_in_a_traceback(standing: Catalogue) -> None:
    whole, chance = archive(standing), random.Random(3)
    told = set()
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_files([("katalog.zip", bytes(broken))], standing)
        except InvalidFileError as error:
            told.add(error.key)
    assert told == {"catalogue.file.damaged"}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[indicator]]\ncode = 3\n", b"indicator = 7", b"= ="])
def test_any_text_is_read_or_told(standing: Catalogue, content: bytes) -> None:
    assert read_files([("x.toml", content)], standing).problems


COMPANIES = Bands("creative_companies", 200, 220.5)
GRANTED = Bands("funding_granted_own_share", 1e6, 1.5e6, "DKK")
COLOURED = (COMPANIES, GRANTED)


def test_the_limits_of_colours_go_out_and_come_back(standing: Catalogue) -> None:
    coloured = replace(standing, bands=COLOURED)
    again = read_files([("katalog.zip", archive(coloured))], coloured)
    assert again.problems == ()
    assert set(again.bands) == set(COLOURED)
    assert {one.fate for one in compare(again, coloured)} == {Fate.UNCHANGED}
    stricter = replace(coloured, bands=(replace(COMPANIES, green=300), GRANTED))
    fates = {one.name: one.fate for one in compare(again, stricter) if isinstance(one.after, Bands)}
    assert fates == {COMPANIES.indicator: Fate.CHANGED, GRANTED.indicator: Fate.UNCHANGED}
    (new, _) = (one for one in compare(again, standing) if isinstance(one.after, Bands))
    assert (new.before, new.fate) == (None, Fate.NEW)


def test_files_without_limits_leave_those_that_stand(standing: Catalogue) -> None:
    offered = read_files([("katalog.zip", archive(standing))], standing)
    found = compare(offered, replace(standing, bands=COLOURED))
    assert {one.fate for one in found} == {Fate.UNCHANGED}


@pytest.mark.parametrize(
    ("code", "table", "problem"),
    [
        ("creative_companies", "{ amber = 5, green = 5 }", "bands_order"),
        ("creative_companies", "{ amber = 5, green = 9, currency = 'DKK' }", "currency_with_unit"),
        ("creative_companies", "{ amber = -5, green = 9 }", "below_minimum"),
        ("creative_companies", "{ amber = 5 }", "field_required"),
        ("creative_companies", "{ amber = 5, green = 9, blue = 3 }", "field_unknown"),
        ("creative_companies", "7", "table_expected"),
        ("permanent_showcase", "{ amber = 0, green = 1 }", "bands_kind"),
    ],
)
def test_limits_that_are_no_good_are_told(standing: Catalogue, code: str, table: str, problem: str) -> None:
    files = write_catalogue(standing)
    (name,) = (name for name, text in files.items() if f'code = "{code}"' in text)
    text = files[name].replace(f'code = "{code}"', f'code = "{code}"\nbands = {table}', 1)
    assert [p.code for p in read_files([(name, text.encode())], standing).problems] == [problem]


def test_a_store_set_up_from_the_archive_has_the_same_colours(standing: Catalogue, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(replace(standing, bands=COLOURED)))) as packed:
        packed.extractall(tmp_path)
    engine = open_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    wanted = SetUp(catalogue=tmp_path / "catalogue")
    set_up(engine, wanted, LOCAL_ACTOR, "test")
    with unit_of_work(engine, APPROVER, "page") as work:
        set_bands(work, COMPANIES.indicator, None, 1, "Misforstås")
    done = set_up(engine, wanted, LOCAL_ACTOR, "test")
    assert [(one.kind, one.file_changed) for one in done.kept] == [("bands", False)]
    with reading(engine) as connection:
        assert queries.load_bands(connection, Scope()) == {GRANTED.indicator: GRANTED}
    engine.dispose()
