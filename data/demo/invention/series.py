"""The regular series of the observed indicators: a level, a course, a little noise, and known weaknesses."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from invention.chance import Chance
from invention.places import COUNTRY, CURRENCY, HOME
from invention.writing import Row, span, year

COLUMNS = (
    "indicator", "place", "source", "period_start", "period_end", "period_precision", "value", "text",
    "text_language", "missing_reason", "qualifier", "kind", "unit", "currency", "numerator", "denominator",
    "low", "high", "disaggregation", "boundary", "method", "method_version", "status", "confidence",
    "confidence_reason", "attribution", "attribution_reason", "retrieved", "flags", "note", "claim",
)  # fmt: skip

SIZE = {
    "mosevig": 1.0, "torsbaek": 0.97, "hallbrueck": 1.64, "eskerwick": 1.29, "palo-cenizo": 2.26,
    "saint-aubrac": 0.68, "lovhamra": 0.55, "ribeira-alva": 0.72, "vallombra": 0.92,
}  # fmt: skip
"""Inhabitants of the place's own boundary, as a multiple of the home city's."""
CROWNS = {"DKK": 1.0, "EUR": 7.45, "GBP": 8.7, "USD": 6.8, "SEK": 0.66}
"""Rough price level only: what a currency unit buys in the invented world. Never used to convert."""
EVERYWHERE = tuple(slug for slug in SIZE if slug != HOME)
PANDEMIC = {2020: 0.55, 2021: 0.72, 2022: 0.94}
MILD = {2020: 0.95, 2021: 0.96}
OFFICIAL = "official_statistic"


@dataclass(frozen=True)
class Line:
    """One indicator over the years, at home and at its peers.

    `level` is the home value of the first year; it grows by `before` a year to 2019 and by `after` from
    then on, the peers by `peers_after`. `whole` is the denominator of a percentage, `sample` the
    number asked in a survey; `fixed` gives the home values outright (None is missing).
    """

    code: str
    unit: str
    first: int
    level: float = 0.0
    before: float = 0.0
    after: float = 0.0
    noise: float = 0.03
    last: int = 2025
    every: int = 1
    decimals: int = 0
    dips: Mapping[int, float] = field(default_factory=dict)
    peers: tuple[str, ...] = ()
    peers_after: float | None = None
    sized: bool = True
    whole: int = 0
    sample: int = 0
    fixed: tuple[float | None, ...] = ()
    kind: str = "actual"
    boundary: str = ""
    source: str = "demo-register"
    confidence: str = "own_count"
    missing: str = "not_collected"
    method: str = ""


LINES: tuple[Line, ...] = (
    # 1 recognition
    Line("resident_awareness", "percent", 2020, every=2, last=2026, fixed=(29, 41, 52, 58), sample=1204, kind="survey",
         source="demo-resident-survey", boundary="municipality", confidence=OFFICIAL, method="telefon og net, vægtet"),
    Line("residents_valuing_title", "percent", 2020, every=2, last=2026, fixed=(66, 61, 54, 47), sample=1204, kind="survey",
         source="demo-resident-survey", boundary="municipality", confidence=OFFICIAL, method="telefon og net, vægtet"),
    Line("national_policy_mentions", "documents", 2015, fixed=(1, 0, 1, 2, 2, 4, 3, 5, 3, 2, 3)),
    # 2 collaboration
    Line("campaign_participation", "drawings", 2021, last=2024, fixed=(2140, 1630, None, 980), kind="self_reported"),
    Line("campaign_countries", "countries", 2021, last=2024, fixed=(27, 22, None, 17), kind="self_reported"),
    # 3 showcase
    Line("invitations_received", "invitations", 2015, fixed=(4, 5, 4, 6, 8, 6, 10, 17, 19, 22, 24)),
    Line("festival_entry_countries", "countries", 2015, last=2026, fixed=(19, 18, 20, 19, 21, None, 24, 33, 36, 39, 41, 42),
         source="demo-festival-reports", missing="not_applicable", peers=("hallbrueck", "vallombra"), sized=False, level=22, before=0.02, dips=MILD),
    Line("showcase_peer_assessment", "score", 2021, every=2, fixed=(3, 3, 4), source="demo-peer-assessment", kind="survey"),
    Line("permanent_showcase", "yes_no", 2015, last=2026, fixed=(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1)),
    # 4 SDG
    Line("sdg_council_commitment", "yes_no", 2015, last=2026, fixed=(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
         source="demo-council-minutes", confidence="audited_record"),
    Line("sdg_actions_with_measured_result", "actions", 2020, fixed=(None, 0, 1, 1, 2, 1)),
    Line("sdg_goals_addressed", "goals", 2020, fixed=(2, 4, 6, 8, 9, 9)),
    Line("culture2030_indicators_reported", "indicators", 2021, fixed=(0, 2, 4, 4, 5), peers=("hallbrueck", "lovhamra"), sized=False, level=2, before=0, after=0.2),
    # 5 political focus
    Line("creative_strategy_adopted", "yes_no", 2015, last=2026, fixed=(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
         source="demo-council-minutes", confidence="audited_record"),
    Line("political_anchoring", "score", 2015, last=2026, fixed=(1, 1, 1, 2, 2, 3, 3, 3, 2, 2, 2, 2), source="demo-council-minutes"),
    Line("culture_expenditure_per_inhabitant", "currency", 2010, 1860, 0.022, 0.009, 0.012, peers=EVERYWHERE, peers_after=0.018,
         sized=False, source="demo-accounts", confidence="audited_record"),
    Line("culture_share_of_city_budget", "percent", 2013, 4.2, -0.004, -0.03, 0.008, decimals=1, peers=("torsbaek", "hallbrueck", "lovhamra"),
         peers_after=-0.004, sized=False, source="demo-accounts", confidence="audited_record"),
    Line("culture_sector_full_time_jobs", "FTE", 2008, 604, 0.011, 0.021, 0.012, last=2024, dips=MILD, peers=EVERYWHERE, peers_after=0.009,
         boundary="own", source="demo-labour-statistics", confidence=OFFICIAL),
    Line("culture_sector_startups", "companies", 2010, 31, 0.02, 0.015, 0.11, last=2024, dips={2020: 0.7}, peers=("torsbaek", "hallbrueck", "lovhamra"),
         peers_after=0.01, boundary="own", source="demo-labour-statistics", confidence=OFFICIAL),
    Line("creative_companies", "companies", 2013, 152, 0.016, 0.062, 0.012, peers=("torsbaek", "hallbrueck", "eskerwick", "saint-aubrac", "vallombra", "ribeira-alva"),
         peers_after=0.016, boundary="own", source="demo-labour-statistics", confidence=OFFICIAL),
    Line("creative_employees", "persons", 2013, 812, 0.018, 0.03, 0.015, dips=MILD, peers=("torsbaek", "hallbrueck", "eskerwick", "palo-cenizo", "vallombra", "ribeira-alva"),
         peers_after=0.014, boundary="own", source="demo-labour-statistics", confidence=OFFICIAL),
    Line("creative_share_of_employment", "percent", 2014, 1.8, 0.01, 0.014, 0.015, decimals=1, whole=46200, every=2, last=2024, peers=("torsbaek", "hallbrueck"),
         sized=False, boundary="own", source="demo-labour-statistics", confidence=OFFICIAL),
    Line("visual_industry_turnover", "currency", 2017, 148_000_000, 0.04, 0.05, 0.03, every=2, source="demo-industry-study", kind="estimate",
         boundary="own", confidence="estimate"),
    # 6 media
    Line("media_news_volume_share", "percent", 2016, decimals=4, fixed=(0.0022, 0.0021, 0.0022, 0.0027, 0.0025, 0.0019, 0.0018, 0.0016, 0.0015, 0.0014),
         peers=("torsbaek", "hallbrueck", "eskerwick", "palo-cenizo"), level=0.0023, before=-0.005, after=-0.015, sized=True, source="demo-media-monitor", confidence=OFFICIAL),
    Line("media_countries", "countries", 2015, last=2026, fixed=(5, 6, 6, 7, 9, None, 8, 12, 13, 12, 14, 13), source="demo-festival-reports", missing="not_applicable"),
    Line("journalists_accredited", "persons", 2015, last=2026, fixed=(38, 41, 44, 43, 52, None, 21, 47, 51, 46, 44, 41), source="demo-festival-reports",
         missing="not_applicable", peers=("hallbrueck",), level=70, before=0.01, dips=PANDEMIC, sized=False),
    # 7 funding
    Line("designation_budget", "currency", 2020, 900_000, 0, 0.035, 0.02, last=2026, peers=("hallbrueck", "eskerwick", "palo-cenizo", "lovhamra"), peers_after=0.015,
         sized=False, source="demo-accounts", confidence="audited_record"),
    Line("public_funding_festival", "currency", 2015, 1_900_000, 0.02, 0.01, 0.02, peers=("hallbrueck",), source="demo-accounts", confidence="audited_record"),
    Line("sponsor_funding_festival", "currency", 2015, 620_000, 0.03, 0.02, 0.09, dips=PANDEMIC, source="demo-festival-reports"),
    Line("festival_spend", "currency", 2015, 3_400_000, 0.03, 0.03, 0.03, dips=PANDEMIC, peers=("hallbrueck",), source="demo-festival-reports"),
    Line("grants_to_local_events", "currency", 2015, 740_000, 0.02, -0.02, 0.04, peers=("torsbaek",), source="demo-accounts", confidence="audited_record"),
    # 8 attraction
    Line("companies_attracted", "companies", 2015, fixed=(1, 0, 2, 1, 2, 1, 2, 3, 2, 4, 2), boundary="municipality", source="demo-industry-study"),
    Line("investment_attracted", "currency", 2015, fixed=(2_100_000, 0, 4_600_000, 1_200_000, 3_000_000, 500_000, 2_400_000, 12_500_000, 3_100_000, 5_200_000, None),
         boundary="municipality", source="demo-industry-study", kind="estimate", confidence="estimate", missing="not_published"),
    Line("festival_visits", "visits", 2013, 26_000, 0.018, 0.01, 0.02, last=2026, dips={2020: 0.0, 2021: 0.36, 2022: 0.84, 2023: 0.95},
         fixed=(23900, 24300, 24800, 25600, 27100, 27900, 28800, None, 9400, 21900, 25300, 27600, 28900, 28200),
         peers=("hallbrueck", "eskerwick", "vallombra"),
         source="demo-festival-reports", kind="self_reported", missing="not_applicable"),
    Line("festival_days", "days", 2015, last=2026, fixed=(5, 5, 5, 5, 5, None, 3, 5, 5, 5, 5, 5), source="demo-festival-reports", missing="not_applicable",
         peers=("hallbrueck", "vallombra"), level=9, sized=False),
    Line("lodging_revenue_growth", "percent", 2016, decimals=1, fixed=(2.4, 3.1, 1.8, 2.9, -41.2, 18.6, 33.4, 7.2, 1.1, -0.6), source="demo-accommodation", confidence=OFFICIAL,
         boundary="municipality"),
    Line("venue_visits", "visits", 2013, 141_000, 0.012, 0.012, 0.02, dips=PANDEMIC, peers=("torsbaek", "hallbrueck", "lovhamra", "saint-aubrac"), source="demo-peer-report"),
    Line("film_inward_investment", "currency", 2015, 6_800_000, 0.03, -0.05, 0.12, dips={2020: 0.5}, peers=("eskerwick", "palo-cenizo"), source="demo-industry-study", kind="self_reported"),
    Line("filming_days", "days", 2015, last=2025, fixed=(142, 151, 139, 148, 146, 61, 98, 104, 96, 88, 79), source="demo-accounts", confidence="audited_record", peers=("eskerwick",),
         level=310, before=0.01, after=-0.01, dips=PANDEMIC, sized=False),
    Line("filming_licences", "licences", 2015, 34, 0.01, -0.03, 0.08, dips=PANDEMIC, peers=("eskerwick",), source="demo-accounts", confidence="audited_record"),
    Line("productions_filmed", "productions", 2015, fixed=(6, 7, 5, 8, 7, 2, 4, 6, 5, 5, 4), source="demo-industry-study", peers=("eskerwick", "palo-cenizo"), level=14, noise=0.1, dips=PANDEMIC),
    Line("partner_organisations", "organisations", 2015, fixed=(9, 9, 11, 12, 13, 16, 19, 24, 27, 29, 32), peers=("hallbrueck", "eskerwick", "palo-cenizo"), level=21, after=0.02, sized=False),
    # 9 conference, cost and network
    Line("conference_mayor_attended", "yes_no", 2021, last=2026, fixed=(0, 0, 1, 0, 1, 0)),
    Line("cost_travel_emissions", "tonnes_co2e", 2020, last=2025, decimals=1, fixed=(0.4, 0.3, 7.8, 9.6, 8.1, 8.9), kind="estimate", confidence="estimate"),
)  # fmt: skip


def observations() -> list[Row]:
    """All regular values, home and peers."""
    rows: list[Row] = []
    for line in LINES:
        for place in (HOME, *line.peers):
            rows += _yearly(line, place)
    return [*rows, *_page_views(), *_agenda_share()]


def _yearly(line: Line, place: str) -> Iterator[Row]:
    chance = Chance("series", line.code, place)
    currency = CURRENCY[COUNTRY[place]] if line.unit == "currency" else ""
    scale = (SIZE[place] if line.sized else 1.0) * (chance.between(0.78, 1.22) if place != HOME else 1.0)
    scale /= CROWNS.get(currency, 1.0)
    after = (
        line.after if place == HOME or line.peers_after is None else line.peers_after + 0.006 * chance.noise()
    )
    course = 1.0
    # The peers' own questionnaire began later than the home city's statistics and stops a year earlier.
    last = line.last if place == HOME else min(line.last, 2025)
    for index, number in enumerate(range(line.first, last + 1, line.every)):
        if place == HOME and line.fixed:
            value = line.fixed[index]
        else:
            wave = 1 + line.noise * chance.noise()
            value = line.level * scale * course * wave * line.dips.get(number, 1.0) or None
            course *= (1 + (line.before if number < 2019 else after)) ** line.every
        yield _observation(line, place, year(number), number, value, currency, chance)


def _observation(
    line: Line, place: str, period: Row, number: int, value: float | None, currency: str, chance: Chance
) -> Row:
    home = place == HOME
    row: Row = {
        "indicator": line.code, "place": place, **period, "unit": line.unit, "qualifier": "=", "kind": line.kind,
        "source": line.source if home or line.source in _SHARED_SOURCES else "demo-peer-report",
        "boundary": _boundary(line, place), "method": line.method, "status": "final",
        "confidence": line.confidence if home or line.source in _SHARED_SOURCES else "own_count",
        "retrieved": date(2026, 10, 12), "currency": currency if value is not None else "",
    }  # fmt: skip
    weak = not home and line.source not in _SHARED_SOURCES and chance.happens(0.04)
    if value is None or weak:
        return row | {
            "missing_reason": line.missing if home else "not_published" if chance.happens(0.5) else "not_collected",
            "currency": "", "note": "" if home else "Byen har ikke indsendt tal for året.",
        }  # fmt: skip
    digits = line.decimals if line.unit != "currency" or value < 10_000 else -3
    value = round(float(value), digits) + 0.0
    row["value"] = value
    if line.whole:
        whole = round(line.whole * SIZE[place] * (1 + 0.004 * (number - 2014)))
        part = round(value / 100 * whole)
        row |= {"numerator": float(part), "denominator": float(whole), "value": round(100 * part / whole, 1)}
    if line.sample:
        asked = line.sample + chance.whole(-60, 60)
        yes = round(value / 100 * asked)
        value = round(100 * yes / asked, 1)
        margin = round(196 * (value / 100 * (1 - value / 100) / asked) ** 0.5, 1)
        row |= {"value": value, "numerator": float(yes), "denominator": float(asked),
                "low": round(value - margin, 1), "high": round(value + margin, 1),
                "confidence_reason": "Repræsentativ undersøgelse, svarprocent 44."}  # fmt: skip
    if line.kind == "estimate":
        row["status"] = "estimated"
    if number == 2025 and line.confidence in (OFFICIAL, "audited_record") and home:
        row["status"] = "provisional"
    if line.code == "creative_companies" and home and number == 2022:
        row |= {
            "status": "revised",
            "note": "Først offentliggjort som 202; rettet i maj 2024, da dubletter blev fjernet.",
        }
    if line.code in _METHOD_FROM and home:
        first, old, new, flag = _METHOD_FROM[line.code]
        row |= {"method": new if number >= first else old, "method_version": "2" if number >= first else "1",
                "flags": flag if number == first else ""}  # fmt: skip
    if line.code == "film_inward_investment" and place == "eskerwick" and number >= 2023:
        row |= {"method_version": "2", "flags": "method-break" if number == 2023 else ""}
    if line.code == "festival_visits" and place == "hallbrueck" and number == 2016:
        row |= {"unit": "persons", "qualifier": "~", "note": "Rapporten skriver personer, ikke besøg."}
    if line.code == "festival_visits" and place == "vallombra" and number % 3 == 0:
        row["qualifier"] = ">="
    return row


_SHARED_SOURCES = {"demo-labour-statistics", "demo-media-monitor", "demo-accommodation"}
_METHOD_FROM = {
    "festival_visits": (2022, "skøn ved indgangene", "sensorer på pladsen", "method-break"),
    "creative_employees": (2023, "antal personer, alle job", "antal personer, hovedjob", "definition-break"),
}


def _boundary(line: Line, place: str) -> str:
    if line.boundary != "own":
        return line.boundary if place == HOME else ""
    if place == "hallbrueck" and line.code == "creative_employees":
        return "metropolitan_area"  # does not fit the population, and is refused per inhabitant
    return "municipality" if COUNTRY[place] in ("DK", "SE", "PT") else "city"


def _month(number: int, month: int) -> Row:
    first = date(number, month, 1)
    following = date(number + month // 12, month % 12 + 1, 1)
    return span(first, following - timedelta(days=1), "month")


def _page_views() -> Iterator[Row]:
    """Monthly since July 2015, everywhere: a spike at the designation that fades within a year and a half."""
    for place in (HOME, *EVERYWHERE):
        chance = Chance("pageviews", place)
        level = 1150 * SIZE[place] ** 0.8 * chance.between(0.8, 1.3) if place != HOME else 1240.0
        drift = 0.0006 if place == HOME else 0.001 * chance.noise()
        designated = {
            "mosevig": 52,
            "ribeira-alva": 52,
            "vallombra": 76,
            "palo-cenizo": 5,
            "hallbrueck": 28,
        }.get(place)
        for index in range(136):
            number, month = 2015 + (index + 6) // 12, (index + 6) % 12 + 1
            season = 1 + {7: 0.14, 8: 0.1, 9: 0.12 if place == HOME else 0.0, 12: -0.08, 1: -0.05}.get(
                month, 0.0
            )
            since = index - designated + 1 if designated else -1
            spike = 1 + (1.5 * 0.78**since if since >= 0 else 0.0)
            value = level * (1 + drift) ** index * season * spike * (1 + 0.05 * chance.noise())
            yield {
                "indicator": "wikipedia_pageviews", "place": place, **_month(number, month), "value": float(round(value)),
                "unit": "views", "qualifier": "=", "kind": "actual", "source": "demo-page-views", "status": "final",
                "confidence": OFFICIAL, "retrieved": date(2026, 11, 1), "method": "brugere, alle enheder",
                "claim": "recognition" if place == HOME else "",
            }  # fmt: skip


def _agenda_share() -> Iterator[Row]:
    """Quarterly, counted in the agendas: more attention around the designation, then back to normal."""
    for place in (HOME, "torsbaek"):
        chance = Chance("agenda", place)
        for index in range(47 if place == HOME else 44):
            number, quarter = 2015 + index // 4, index % 4 + 1
            share = 2.1 if place == HOME else 1.9
            if place == HOME and 2019 <= number <= 2021:
                share += 1.6
            points = chance.whole(88, 132)
            hits = max(0, round(points * share * (1 + 0.3 * chance.noise()) / 100))
            end = _month(number, 3 * quarter)["period_end"]
            yield {
                "indicator": "agenda_share_naming_creative_sector", "place": place,
                **span(date(number, 3 * quarter - 2, 1), end, "quarter"), "value": round(100 * hits / points, 1),
                "numerator": float(hits), "denominator": float(points), "unit": "percent", "qualifier": "=",
                "kind": "actual", "source": "demo-council-minutes" if place == HOME else "demo-peer-report",
                "status": "final", "confidence": "own_count", "retrieved": date(2026, 10, 12),
            }  # fmt: skip
