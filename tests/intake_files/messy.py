"""A workbook as a municipality makes it: for people to look at, and only then for a machine."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

ARTICLES, SHARE = "Artikler", "Andel"


def messy_workbook(articles: str = ARTICLES, share: str = SHARE, source: str = "Folkebladet") -> bytes:
    """A cover sheet, and a sheet with a merged title, a line of print, headings with units in row 4, an
    indicator merged over four quarters, blank rows, a total, a note below and a cell outside the table.

    Five values: 1234.5, 980, 1100 and 1050.25 in the quarters of 2024, and 12.5 for 2024.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2025, 1, 3)})
        cover = book.add_worksheet("Forside")
        cover.write(0, 0, "Opgørelse 2024")
        cover.write(1, 0, "Udarbejdet af Kultur og Fritid")
        page = book.add_worksheet("Tal")
        title = book.add_format({"bold": True, "font_size": 16})
        page.merge_range(0, 0, 0, 4, "Viborg Kommune – presse og gæster 2024", title)
        page.write(1, 0, "Udskrevet den 3. januar 2025")
        page.write_row(3, 0, ("Indikator", "Periode", "Værdi (antal)", "Kilde", "Bemærkning"))
        page.merge_range(4, 0, 7, 0, articles)
        quarters = (("1. kvt. 2024", "1.234,5"), ("2. kvt. 2024", "980"), ("3. kvt. 2024", 1100),
                    ("K4 2024", "1.050,25"))  # fmt: skip
        for number, (quarter, value) in enumerate(quarters):
            page.write_row(4 + number, 1, (quarter, value, source))
        page.write_row(9, 0, (share, "2024", "12,5 %", source, "foreløbig"))
        page.write(9, 6, "tjek med økonomi")
        page.write_row(10, 0, ("I alt", "2024", "4.364,75", source))
        page.merge_range(12, 0, 12, 4, "Kilde: kommunens egne optællinger. Tallene er foreløbige.")
        page.write(11, 3, "(uden biblioteket)")
    return content.getvalue()
