"""How a chart's values are written: number, unit, qualifier, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

from dashboard.domain.catalogue import Indicator, IndicatorKind
from dashboard.i18n import Translator

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """The unit of a chart. `per` is the number of inhabitants a rate is given for, `index_base` the year
    whose value is 100; both None for values as published."""

    indicator: Indicator
    unit: str
    currency: str
    per: int | None
    index_base: int | None
    t: Translator
    measure: str = ""

    @property
    def whole(self) -> bool:
        """Whether the values are counts or steps, so that an axis needs no fractions."""
        plain = self.per is None and self.index_base is None and not self.measure
        return plain and self._kind in ("count", "yes_no", "score")

    @property
    def _kind(self) -> str:
        if self.index_base is not None:
            return "index"
        if self.indicator.kind in (IndicatorKind.YES_NO, IndicatorKind.SCORE):
            return self.indicator.kind.value
        if self.currency:
            return "money"
        if self.unit == "percent":
            return "percent"
        counted = self.indicator.decimals == 0 and self.per is None and not self.measure
        return "count" if counted else "number"

    def words(self, unit: str, currency: str = "", count: float = 2) -> str:
        """The name of a unit: ``virksomheder``, ``DKK``, ``indeks (2019 = 100)``; "" where it has none."""
        if self.index_base is not None:
            return self.t("chart.index", year=str(self.index_base))
        name = currency or (
            self.t(f"unit.{unit}", count=count) if unit and self.t.has(f"unit.{unit}") else ""
        )
        if self._kind in ("yes_no", "score"):
            return ""
        return self.t("chart.per", unit=name, per=self.per).strip() if self.per else name

    def number(self, value: float) -> str:
        """The bare number, with the indicator's decimals or, for rates, three significant digits."""
        if self._kind == "yes_no":
            return self.t("word.yes" if value else "word.no")
        if self._kind == "score":
            step = next((s for s in self.indicator.scale if s.value == value), None)
            return self.t.text(step.text) if step else self.t.number(value)
        if self._kind == "money" and abs(value) >= _MILLION:
            return self.t.compact(value)
        if self._kind == "index":
            return self.t.number(value, 1)
        if self.per is not None or self._kind == "money" or (self.measure and self.unit != "percent"):
            return self.t.number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)
        if value != int(value) and self.indicator.decimals == 0 and abs(value) < 100:
            # A mean of small counts, such as a baseline of 1.75 awards a year, must not be rounded away.
            return self.t.number(value, most=2)
        return self.t.number(value, self.indicator.decimals if value != int(value) else 0)

    def written(self, value: float, qualifier: str = "=", unit: str = "", currency: str = "") -> str:
        """A value in words with its qualifier and unit: ``over 1.000 virksomheder``, ``ca. 12,5 %``."""
        unit, currency = unit or self.unit, currency or self.currency
        if unit == "percent" and self.per is None and self.index_base is None:
            decimals = max(self.indicator.decimals, 1) if self.measure else self.indicator.decimals
            text = self.t.percent(value, decimals if value != int(value) else 0)
        else:
            name = self.words(unit, currency, value)
            text = f"{self.number(value)}\u00a0{name}" if name else self.number(value)
        qualifiers = {"~": "about", ">": "more", "<": "less", ">=": "at_least", "<=": "at_most"}
        code = qualifiers.get(qualifier)
        return self.t(f"chart.qualifier.{code}", value=text) if code else text

    def in_millions(self, highest: float) -> bool:
        """Whether an axis up to `highest` is written in millions."""
        return highest >= _MILLION and self._kind in ("money", "count", "number")

    def tick(self, value: float, highest: float) -> str:
        """The words of an axis tick, short."""
        if self._kind == "percent":
            # A share of the world's news is thousandths of a per cent: as many decimals as the tick has.
            return self.t.percent(value, next((n for n in range(6) if isclose(value, round(value, n))), 6))
        if self.in_millions(highest):
            return self.t.number(value / _MILLION)
        # A step of a scale is a whole phrase: the axis has its number, the mark and the table its words.
        return self.number(value) if self._kind == "yes_no" else self.t.number(value)

    def axis_label(self, highest: float) -> str:
        """What stands above the value axis."""
        name = self.words(self.unit, self.currency)
        if self._kind == "percent":
            name = self.t("chart.percent")
        elif self.in_millions(highest):
            name = self.t("chart.millions", unit=name).strip()
        return f"{name} {self.measure}".strip()
