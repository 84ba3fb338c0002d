"""Traffic lights: the colour of the latest value, always with its word and its limits (F8)."""

from __future__ import annotations

from html import escape

from dashboard.analysis.traffic_light import Light, traffic_light
from dashboard.charts.quantity import Quantity
from dashboard.domain.bands import Bands
from dashboard.domain.catalogue import Indicator
from dashboard.i18n import Translator
from dashboard.ui import cached, markup
from dashboard.ui.session import Visit

_QUALIFIERS = {"~": "about", ">": "more", "<": "less", ">=": "at_least", "<=": "at_most"}


def light_of(indicator: Indicator, bands: Bands, visit: Visit) -> Light | None:
    """The light of the home city's latest value; None where it has no value."""
    points = cached.shaped(visit.stamp, indicator.code, (visit.home.slug,), cached.AS_PUBLISHED).points
    return traffic_light(points, indicator, visit.home.slug, bands)


def shown(indicator: Indicator, visit: Visit) -> str:
    """The colour, the value and the limits as HTML; "" where no limits are set or nothing is known."""
    bands = visit.world.bands.get(indicator.code)
    light = light_of(indicator, bands, visit) if bands else None
    if bands is None or light is None:
        return ""
    t, value = visit.t, value_words(light, indicator, visit)
    if light.colour is None:
        return markup.paragraph(t(f"light.{light.code}", value=value))
    word = f"<span>{escape(t(f'light.{light.colour}'))}</span>"
    said = escape(t("light.latest", value=value, limits=limits(bands, indicator, t)))
    return f'<p class="verdict {light.colour}">{word} {said}</p>'


def value_words(light: Light, indicator: Indicator, visit: Visit) -> str:
    """The value with its period: ``45.000 besøg (2024)``."""
    row, t = light.row, visit.t
    value = _exact(row.value, Quantity(indicator, row.unit, row.currency, None, None, t))
    if row.qualifier in _QUALIFIERS:
        value = t(f"chart.qualifier.{_QUALIFIERS[row.qualifier]}", value=value)
    return t("light.value", value=value, period=t.period(row.period))


def colour_words(light: Light | None, t: Translator) -> str:
    """The word of a colour; that there is none, where there is none."""
    return t(f"light.{light.colour}") if light and light.colour else t("light.none")


def limits(bands: Bands, indicator: Indicator, t: Translator) -> str:
    """What each colour stands for, from the best to the worst."""
    quantity = Quantity(indicator, indicator.unit, bands.currency, None, None, t)
    key = "light.limits_up" if bands.green > bands.amber else "light.limits_down"
    return t(key, amber=_exact(bands.amber, quantity), green=_exact(bands.green, quantity))


def _exact(value: float, quantity: Quantity) -> str:
    """A value with all its decimals and its unit: rounded, it could stand on the wrong side of a limit."""
    t, name = quantity.t, quantity.words(quantity.unit, quantity.currency, value)
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    if quantity.unit == "percent":
        return t.percent(value, decimals)
    number = t.number(value, decimals)
    return f"{number}\u00a0{name}" if name else number
