"""What a value was made with, in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from dashboard.charts.conversion import made_with
from dashboard.charts.quantity import Quantity
from dashboard.i18n import Translator
from tests.sample import MONEY

EN = Translator("en")
RATE = {
    "currency": "IDR", "shown_currency": "DKK", "rate_from": datetime(2025, 3, 3),
    "rate_to": datetime(2025, 3, 3),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "written"), [(0.00044912, "0.0004491"), (7.46013, "7.4601"), (0.1345, "0.1345")]
)
def test_a_small_rate_keeps_its_digits(rate: float, written: str) -> None:
    quantity = Quantity(MONEY, "currency", "DKK", None, None, EN, "")
    assert f"1 IDR = {written} DKK" in made_with(RATE | {"exchange_rate": rate}, quantity)
