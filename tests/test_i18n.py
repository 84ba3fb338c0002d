"""Words, numbers, money, dates and periods, in Danish and in English."""

from __future__ import annotations

import datetime as dt
from string import Formatter

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.period import Period, Precision
from dashboard.domain.text import Text
from dashboard.i18n import LANGUAGES, Translator, words

DA, EN = Translator("da"), Translator("en")
DAY = dt.date(2019, 10, 30)
SPACE = "\u00a0"  # what must not be broken over two lines


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


# -- the two files ---------------------------------------------------------------------------------


def test_both_files_have_the_same_keys() -> None:
    assert set(words("da")) ^ set(words("en")) == set()
    assert set(LANGUAGES) == {"da", "en"}


def test_both_files_have_the_same_placeholders() -> None:
    """Except that the singular may say "one" instead of the number."""
    differing = []
    for key in set(words("da")) & set(words("en")):
        difference = placeholders(words("da")[key]) ^ placeholders(words("en")[key])
        if difference - ({"count"} if key.endswith(".one") else set()):
            differing.append(key)
    assert sorted(differing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_both_forms(language: str) -> None:
    keys = set(words(language))
    assert [key for key in sorted(keys) if key.endswith(".one") and f"{key[:-4]}.other" not in keys] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_empty_or_padded(language: str) -> None:
    """But for the line break at the end of a long text."""
    written = words(language).items()
    assert [key for key, text in written if not text or text.rstrip("\n") != text.strip()] == []


def test_the_placeholders_have_names() -> None:
    assert [
        key for key in words("da") if not all(n.isidentifier() for n in placeholders(words("da")[key]))
    ] == []


# -- words -----------------------------------------------------------------------------------------


def test_a_missing_key_is_shown_as_missing() -> None:
    assert DA("no.such.key") == "⟦no.such.key⟧"
    assert EN("no.such.key", count=2) == "⟦no.such.key⟧"
    assert not DA.has("no.such.key")
    assert DA.has("word.yes")


def test_the_form_follows_the_number() -> None:
    assert [DA("chart.more_places", count=n) for n in (0, 1, 2, 1000)] == [
        "0 andre steder", "1 andet sted", "2 andre steder", "1.000 andre steder",
    ]  # fmt: skip
    assert [EN("chart.more_places", count=n) for n in (1, 1000)] == ["1 other place", "1,000 other places"]
    assert DA.has("chart.more_places")


def test_parameters_are_written_in_the_language() -> None:
    assert DA("chart.baseline", when=DAY, value=1234.5) == "Udgangspunkt 30. oktober 2019: 1.234,5"
    assert EN("chart.baseline", when=DAY, value=1234.5) == "Baseline 30 October 2019: 1,234.5"
    assert DA("chart.qualifier.about", value=True) == "ca. Ja"
    assert DA("chart.qualifier.about", value=Text("ord", "word")) == "ca. ord"


def test_a_missing_translation_is_marked_and_never_silently_the_other_language() -> None:
    assert [t.text(Text("ord", "word")) for t in (DA, EN)] == ["ord", "word"]
    assert DA.text(Text("", "word")) == "word [ikke oversat]"
    assert EN.text(Text("ord", "")) == "ord [not translated]"
    assert DA.text(Text()) == ""


def test_there_are_two_languages() -> None:
    with pytest.raises(ValueError, match="sv"):
        Translator("sv")


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (1234.5, None, "1.234,5", "1,234.5"),
        (1234.5, 2, "1.234,50", "1,234.50"),
        (1_000_000, None, "1.000.000", "1,000,000"),
        (1234.5678, None, "1.234,568", "1,234.568"),
        (-3, None, "−3", "−3"),
        (0, 1, "0,0", "0.0"),
        (None, None, "–", "–"),
        (float("nan"), None, "–", "–"),
        (1.5e300, None, "1,5E300", "1.5E300"),
        (-1e30, 2, "−1E30", "−1E30"),
        (float("inf"), None, "∞", "∞"),
    ],
)
def test_numbers(value: float | None, decimals: int | None, danish: str, english: str) -> None:
    assert (DA.number(value, decimals), EN.number(value, decimals)) == (danish, english)


@pytest.mark.parametrize(("value", "decimals"), [(-0.0, None), (-0.4, 0), (-0.0001, None)])
def test_nothing_is_never_less_than_nothing(value: float, decimals: int | None) -> None:
    assert DA.number(value, decimals) == "0"


@given(st.integers(-(10**15), 10**15), st.sampled_from([DA, EN]))
def test_a_number_written_is_the_number_read(thousandths: int, t: Translator) -> None:
    value = thousandths / 1000 if abs(thousandths) < 10**12 else float(thousandths)
    written = t.number(value).replace("−", "-")
    assert float(parse_decimal(written, locale=t.locale, strict=True)) == pytest.approx(value, abs=5e-4)


def test_percentages() -> None:
    assert (DA.percent(12.5, 1), EN.percent(12.5, 1)) == (f"12,5{SPACE}%", "12.5%")
    assert (DA.percent(-3), EN.percent(100)) == (f"−3{SPACE}%", "100%")


@pytest.mark.parametrize(
    ("value", "currency", "compact", "danish", "english"),
    [
        (6e6, "USD", True, "6 mio. USD", "6M USD"),
        (6e6, "USD", False, "6.000.000 USD", "6,000,000 USD"),
        (2.6e6, "DKK", True, "2,6 mio. DKK", "2.6M DKK"),
        (1.5e9, "DKK", True, "1,5 mia. DKK", "1.5B DKK"),
        (-2.6e6, "DKK", True, "−2,6 mio. DKK", "−2.6M DKK"),
        (999_999, "EUR", True, "999.999 EUR", "999,999 EUR"),
        (7.25e6, "DKK", True, "7,3 mio. DKK", "7.3M DKK"),
        (-7.25e6, "DKK", True, "−7,3 mio. DKK", "−7.3M DKK"),
        (6.04e6, "DKK", True, "6 mio. DKK", "6M DKK"),
        (6.05e6, "DKK", True, "6,1 mio. DKK", "6.1M DKK"),
        (148.5e6, "DKK", True, "149 mio. DKK", "149M DKK"),
        (999.96e6, "DKK", True, "1 mia. DKK", "1B DKK"),
        (12.5, "DKK", False, "12,5 DKK", "12.5 DKK"),
    ],
)
def test_money(value: float, currency: str, compact: bool, danish: str, english: str) -> None:
    found = (DA.money(value, currency, compact), EN.money(value, currency, compact))
    assert tuple(words.replace(SPACE, " ") for words in found) == (danish, english)
    assert SPACE in found[0]


def test_a_currency_has_a_name() -> None:
    assert DA.currency_name("USD") == "amerikansk dollar"


@pytest.mark.parametrize(
    ("value", "decimals", "danish"),
    [
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.125, 2, "0,13"),
        (2.675, 2, "2,68"),
        (1.0005, 3, "1,001"),
    ],
)
def test_halves_go_up_as_people_round(value: float, decimals: int, danish: str) -> None:
    assert DA.number(value, decimals) == danish
    assert DA.number(value, most=decimals) == danish
    assert DA.percent(value, decimals) == f"{danish}{SPACE}%"


# -- time ------------------------------------------------------------------------------------------


def test_dates_and_moments() -> None:
    assert (DA.date(DAY), EN.date(DAY)) == ("30. oktober 2019", "30 October 2019")
    assert (DA.short_date(DAY), EN.short_date(DAY)) == ("30.10.2019", "30/10/2019")
    assert (DA.month(DAY), EN.month(DAY)) == ("oktober 2019", "October 2019")
    assert DA.date(None) == "–"
    moment = dt.datetime(2024, 3, 1, 9, 5)
    assert (DA.moment(moment), EN.moment(moment)) == ("1. mar. 2024 09.05 UTC", "1 Mar 2024 09:05 UTC")


@pytest.mark.parametrize(
    ("period", "danish", "english"),
    [
        (Period.year(2024), "2024", "2024"),
        (Period.quarter(2024, 3), "3. kvartal 2024", "Q3 2024"),
        (Period.month(2024, 4), "april 2024", "April 2024"),
        (Period.day(DAY), "30. oktober 2019", "30 October 2019"),
        (Period(), "uden årstal", "undated"),
        (Period.point(DAY), "pr. 30. oktober 2019", "as at 30 October 2019"),
        (Period.point(DAY, Precision.MONTH), "pr. oktober 2019", "as at October 2019"),
        (Period.point(DAY, Precision.YEAR), "pr. 2019", "as at 2019"),
        (Period(dt.date(2022, 1, 1), None, Precision.YEAR), "fra 2022", "from 2022"),
        (
            Period(dt.date(2024, 1, 1), dt.date(2024, 6, 30), Precision.QUARTER),
            "jan. 2024 – jun. 2024", "Jan 2024 – Jun 2024",
        ),
        (
            Period(dt.date(2015, 1, 1), dt.date(2018, 12, 31), Precision.YEAR), "2015–2018", "2015–2018",
        ),
        (
            Period(dt.date(2017, 4, 1), dt.date(2018, 3, 31), Precision.MONTH),
            "apr. 2017 – mar. 2018", "Apr 2017 – Mar 2018",
        ),
    ],
)  # fmt: skip
def test_periods_are_written_as_exactly_as_they_are_known(period: Period, danish: str, english: str) -> None:
    assert (DA.period(period), EN.period(period)) == (danish, english)


@given(
    st.sampled_from([DA, EN]),
    st.builds(Period, st.none() | st.dates(), st.none() | st.dates(), st.sampled_from(Precision)),
)
def test_every_period_can_be_written(t: Translator, period: Period) -> None:
    assert t.period(period).strip()
    assert "⟦" not in t.period(period)


# -- order and lists -------------------------------------------------------------------------------


def test_the_danish_alphabet_ends_with_its_own_letters() -> None:
    cities = ["Ålborg", "Østersund", "Ærø", "Zug", "Viborg", "Aarhus", "Linz", "aabenraa"]
    assert sorted(cities, key=DA.sort_key) == [
        "Linz", "Viborg", "Zug", "Ærø", "Østersund", "aabenraa", "Ålborg", "Aarhus",
    ]  # fmt: skip


def test_lists_and_countries() -> None:
    assert (DA.list(["a", "b", "c"]), EN.list(["a", "b"])) == ("a, b og c", "a and b")
    assert (DA.list(["a"]), DA.list([])) == ("a", "")
    assert (DA.country("DK"), EN.country("DK"), DA.country("XX")) == ("Danmark", "Denmark", "XX")
