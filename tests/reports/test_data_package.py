"""The pack as data, read again by the published rules (the library of Frictionless Data)."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from dashboard.briefing_pack import code_of
from dashboard.reports.briefing import Briefing, from_content
from dashboard.reports.counting import left_out
from dashboard.reports.data_package import data_package
from tests.reports.conftest import Packs
from tests.reports.hard_pack import FORMULA, hard


def unpacked(pack: Briefing, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data_package(pack))) as archive:
        archive.extractall(folder)
    return folder / "datapackage.json"


def rows(descriptor: Path, name: str) -> list[dict[str, Any]]:
    return [row.to_dict() for row in Package(str(descriptor)).get_resource(name).read_rows()]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_package_is_valid_and_says_everything(
    packs: Packs, tmp_path: Path, language: str, year: int
) -> None:
    pack = packs[language, year]
    descriptor = unpacked(pack, tmp_path)
    report = validate(str(descriptor))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    about = json.loads(descriptor.read_text(encoding="utf-8"))
    assert (about["profile"], about["notice"], about["id"]) == ("data-package", pack.notice, pack.code)
    assert about["caveats"] == list(pack.caveats)
    assert {one["title"] for one in about["sources"]} == {one.title for one in pack.sources}
    assert all(one["licence"] for one in about["sources"])
    assert all(one.get("name") or one.get("path") for one in about["licenses"])
    text = "\n".join(file.read_text(encoding="utf-8") for file in (tmp_path / "data").iterdir())
    assert left_out(pack, text + about["title"] + about["id"]) == ()


def test_every_value_of_a_chart_has_its_number_unit_source_and_run(packs: Packs, tmp_path: Path) -> None:
    pack = packs["en", 2026]
    found = rows(unpacked(pack, tmp_path), "chart-values")
    marks = [(c, m) for c in pack.charts for one in c.series for m in one.marks]
    assert [(r["name"], float(r["value"]), r["date"]) for r in found] == [
        (chart.title, mark.y, mark.day) for chart, mark in marks
    ]
    assert all(r["unit"] for r in found)
    assert all(r["source"] for r in found if r["kind"] != "target")
    alone = [r for r, (_, mark) in zip(found, marks, strict=True) if mark.segment is None]
    assert alone
    assert all(r["joined_run"] is None for r in alone)


def test_figures_lead_to_their_claims_and_sources(packs: Packs, tmp_path: Path) -> None:
    pack = packs["da", 2026]
    descriptor = unpacked(pack, tmp_path)
    figures = rows(descriptor, "figures")
    assert [(r["headline"], r["name"], r["value_in_words"]) for r in figures] == [
        (n < len(pack.headlines), one.name, one.value) for n, one in enumerate(pack.statements)
    ]
    keys = {r["key"] for r in rows(descriptor, "sources")}
    assert {r["source_key"] for r in figures if r["source_key"]} == keys
    assert any(isinstance(float(r["value"]), float) and r["unit"] for r in figures if r["value"] is not None)


def test_the_frozen_pack_inside_has_the_code_it_says(packs: Packs) -> None:
    pack = packs["da", 2025]
    with zipfile.ZipFile(io.BytesIO(data_package(pack))) as archive:
        inside = from_content(json.loads(archive.read("briefing.json")))
    assert inside == pack
    assert code_of(inside) == pack.code


def test_a_hard_pack_is_valid_and_holds_no_formula(packs: Packs, tmp_path: Path) -> None:
    descriptor = unpacked(hard(packs["da", 2025]), tmp_path)
    assert validate(str(descriptor)).valid
    assert f"'{FORMULA}" in (tmp_path / "data" / "figures.csv").read_text(encoding="utf-8")
    for file in (tmp_path / "data").iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            assert line[:1] not in "=+-@"


def test_an_empty_pack_is_valid_too(packs: Packs, tmp_path: Path) -> None:
    pack = packs["da", 2025]
    empty = dataclasses.replace(pack, headlines=(), sections=(), sources=(), changed=())
    assert validate(str(unpacked(empty, tmp_path))).valid


def test_the_same_pack_gives_the_same_file(packs: Packs) -> None:
    assert data_package(packs["da", 2025]) == data_package(packs["da", 2025])
