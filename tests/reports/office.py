"""Opens what was written with LibreOffice, as its readers do, and reads the pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path


def pages_of(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The words of each page of each named file: one start of LibreOffice for all, for it is slow."""
    for name, package in (("soffice", "libreoffice"), ("pdftotext", "poppler-utils")):
        assert shutil.which(name), f"{name} cannot be had here: install the package {package}."
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to",
         "pdf", "--outdir", folder / "pdf", *(folder / name for name in files)],
        capture_output=True, check=True, timeout=240,
    )  # fmt: skip
    return {name: _words(folder / "pdf" / f"{Path(name).stem}.pdf") for name in files}


def _words(pdf: Path) -> list[str]:
    found = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return found.split("\f")[:-1]


def boxes_of(pdf: Path) -> list[tuple[float, float, list[tuple[float, float]]]]:
    """Of each page: its width, its height, and how far right and down each word of it reaches."""
    found = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return [
        (float(width), float(height), [
            (float(x), float(y)) for x, y in re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', page)
        ])
        for width, height, page in re.findall(
            r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', found, re.DOTALL
        )
    ]  # fmt: skip
