"""What every chart of the home city stands on: its unit, its name, what happened around it, its sources."""

from __future__ import annotations

from dashboard.charts.quantity import Quantity
from dashboard.charts.worked_lines import Stage
from dashboard.domain.catalogue import Indicator
from dashboard.i18n import Translator
from dashboard.ui import cached


def stage_of(stamp: cached.Stamp, t: Translator, indicator: Indicator, unit: str, currency: str) -> Stage:
    here = cached.world(stamp)
    return Stage(
        Quantity(indicator, unit, currency, None, None, t),
        here.home,
        [note for note in here.annotations if note.indicator in ("", indicator.code)],
        cached.source_titles(stamp, t.language),
        here.profile.invented,
    )
