"""Values per head of the published figures, recomputed by a spreadsheet from the same CSV file.

LibreOffice gets the figures, the days and the raw populations; it works out the day of each figure, the
population of that day and the rate. The dashboard's own rule is not asked.
"""

from __future__ import annotations

import csv
import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard.config import DATA
from dashboard.ui import cached
from tests.pages.conftest import OpenPage, stamp

DATED = {"viborg": "municipality", "york": "unitary authority", "tucson": "city"}
UNDATED = {"bristol": "city", "karlsruhe": "city", "dundee": "city", "kolding": "municipality"}
SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
    '<table:table table:name="per head">{rows}</table:table></office:spreadsheet></office:body>'
    "</office:document>"
)
FULL_PRECISION = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"


def raw_populations(place: str, unit: str) -> list[tuple[str, float]]:
    """What `populations.csv` says of a place and area: the day as written, and the number."""
    with (DATA / "reference" / "populations.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["city"].lower() == place]
    found = [row for row in rows if row["geo_unit"].startswith(unit)]
    assert found, place
    return [(r["reference_date"], float(r["population"])) for r in found]


def formula_of_day(written: str) -> str:
    """A day as a spreadsheet writes it; a year stands for its middle."""
    year, month, day = written.split("-") if "-" in written else (written, "7", "1")
    return f"DATE({int(year)};{int(month)};{int(day)})"


def formula_of_population(place: str, anchor: str, day: date) -> str:
    """Undated: the number as it is. Dated: the straight line between the two days around `day`."""
    if place in UNDATED:
        return str(raw_populations(place, UNDATED[place])[0][1])
    known = sorted(raw_populations(place, DATED[place]))
    around = [(a, b) for a, b in pairwise(known) if a[0] <= day.isoformat() < b[0]]
    before, after = around[0] if around else (known[-1], known[-1])
    (first, low), (second, high) = before, after
    if before == after:
        return str(low)
    x1, x2 = formula_of_day(first), formula_of_day(second)
    return f"({low}+({anchor}-{x1})/({x2}-{x1})*({high}-{low}))"


def rate(point: pd.Series) -> str:
    """The whole rate as one formula: value / population on the middle day × 100,000."""
    end = f"DATE({point.period_end:%Y;%m;%d})"
    start = end if pd.isna(point.period_start) else f"DATE({point.period_start:%Y;%m;%d})"
    anchor = f"({start}+INT(({end}-{start})/2))"
    population = formula_of_population(point.place, anchor, point.anchor.date())
    return f"of:={point.value!r}/{population}*100000"


@pytest.mark.slow
def test_a_spreadsheet_comes_to_the_same(real: OpenPage, tmp_path: Path) -> None:
    real("about")  # the store with the published figures is now the one that is read
    here = cached.world(stamp())
    view = ("calendar", 100_000, None, None)
    shaped = [cached.shaped(stamp(), i.code, None, view).points for i in here.catalogue.indicators]
    points = pd.concat([made for made in shaped if len(made)], ignore_index=True)
    points = points[points["place"].isin([*DATED, *UNDATED]) & points["period_end"].notna()]
    assert len(points) > 30
    assert set(DATED) <= set(points["place"])
    cells = "".join(
        f'<table:table-row><table:table-cell table:formula="{rate(point)}" '
        'office:value-type="float"/></table:table-row>'
        for point in points.itertuples()
    )
    (tmp_path / "rates.fods").write_text(SHEET.format(rows=cells), encoding="utf-8")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", FULL_PRECISION, "--outdir", str(tmp_path), str(tmp_path / "rates.fods"),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (tmp_path / "rates.csv").read_text(encoding="utf-8")
    by_spreadsheet = [float(line.replace(",", ".")) for line in text.split()]
    assert by_spreadsheet == pytest.approx(points["shown_value"].tolist(), rel=1e-9)
