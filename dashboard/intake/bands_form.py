"""The limits of an indicator's colours as a person typed them, and as the texts of their form (F8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.domain.bands import Bands, check_bands
from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.i18n import Translator
from dashboard.intake.definition_form import FormReader, Read, Typed, plain

NUMERIC = LIMITS = ("amber", "green")


def typed_bands(bands: Bands | None, currency: str, t: Translator) -> Typed:
    """The texts of the form; `currency` is offered where no limits are set yet."""
    if bands is None:
        return {"amber": "", "green": "", "currency": currency}
    return {"amber": plain(bands.amber, t), "green": plain(bands.green, t), "currency": bands.currency}


def read_bands(typed: Mapping[str, Any], t: Translator, indicator: Indicator) -> Read[Bands | None]:
    """The limits; None where both fields are empty, which is that there are to be no colours."""
    form = FormReader(typed, t)
    if not any(form.text(name) for name in LIMITS):
        return Read(None)
    amber, green = (form.number(name, required=True) for name in LIMITS)
    if amber is None or green is None:
        return Read(None, tuple(form.problems))
    money = indicator.kind is IndicatorKind.MONEY
    bands = Bands(indicator.code, amber, green, form.text("currency", required=True) if money else "")
    form.adopt(check_bands(bands, indicator), but=("currency_with_unit",))
    return Read(bands, tuple(form.problems))
