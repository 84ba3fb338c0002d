"""The code on the paper leads to the frozen pack: read from each file as a telephone reads it."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from dashboard.reports.briefing import Briefing
from dashboard.reports.document import document
from dashboard.reports.page import page
from dashboard.reports.pdf import pdf
from dashboard.reports.slides import slides
from tests.reports.conftest import Packs


@pytest.fixture(scope="module")
def both(packs: Packs) -> Briefing:
    other = dataclasses.replace(packs["en", 2025], code=packs["da", 2025].code)
    return dataclasses.replace(packs["da", 2025], translation=other)


def seen(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_the_address_is_the_one_of_the_frozen_pack(both: Briefing) -> None:
    assert both.link == f"https://byen.example/briefing?code={both.code}"
    assert dataclasses.replace(both, address="https://byen.example/").link == both.link
    assert dataclasses.replace(both, address="").link == ""


def test_the_first_page_of_each_language_bears_the_code(both: Briefing, tmp_path: Path) -> None:
    content = pdf(both)
    file = tmp_path / "pack.pdf"
    file.write_bytes(content)
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(content)).pages]
    said = [one.labels["open"] for one in both.languages]
    firsts = [n for n, words in enumerate(pages, start=1) if any(one in words for one in said)]
    assert len(firsts) == 2
    for number in firsts:
        subprocess.run(
            ["pdftoppm", "-r", "150", "-f", str(number), "-l", str(number), "-png", file, tmp_path / "page"],
            check=True,
        )  # fmt: skip
    shown = sorted(tmp_path.glob("page*.png"))
    assert [seen(Image.open(one)) for one in shown] == [[both.link]] * 2
    assert "".join(both.link.split()) in "".join(pages[0].replace("\u200b", "").split())


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_office_files_have_the_code_as_points_and_as_lines(both: Briefing, form: str) -> None:
    content = slides(both) if form == "pptx" else document(both)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
        drawings = [archive.read(name) for name in archive.namelist() if name.endswith(".svg")]
        words = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml")).decode()
    assert {text for one in pictures for text in seen(Image.open(io.BytesIO(one)))} == {both.link}
    assert len(drawings) == 2
    assert all(one.startswith(b"<svg") for one in drawings)
    assert words.count("svgBlip") >= 2
    assert f": {both.link}" in words


def test_without_an_address_there_is_no_code(both: Briefing) -> None:
    bare = dataclasses.replace(both, address="", translation=None)
    assert "<path stroke" not in page(bare).decode().split("<h1>")[0]
    assert pdf(bare).startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(slides(bare))) as archive:
        assert not [name for name in archive.namelist() if "code-" in name]
