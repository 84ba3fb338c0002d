"""Single statements: contested, competing, undated, planned and told values that are no regular series."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from datetime import date

from invention.register import CONFERENCES
from invention.writing import Row, as_of, on, span, year


def observations() -> list[Row]:
    return [
        *_media_values(), *_competing(), *_undated(), *_tone(), *_origins(), *_splits(), *_plans(), *_economy(), *_told(),
        *_peers_yes_no(), *_network(),
    ]  # fmt: skip


def _row(
    indicator: str,
    place: str,
    value: float | None,
    unit: str,
    source: str,
    period: Row | None = None,
    **more: object,
) -> Row:
    return {
        "indicator": indicator, "place": place, "value": value, "unit": unit, "source": source, "qualifier": "=",
        "kind": "actual", "status": "final", "confidence": "own_count",
        **(period or {"period_precision": "none"}), **more,
    }  # fmt: skip


def _media_values() -> list[Row]:
    """The same six months valued three times, and a claim from another city: none of them is added up."""
    contested: Row = {"unit": "currency", "confidence": "anecdote", "kind": "asserted", "flags": "contested"}
    first_half = span(date(2019, 11, 1), date(2020, 4, 30), "month")
    code = "media_value_claimed"
    return [
        _row(code, "mosevig", 9_400_000.0, source="demo-press-release", period=first_half, currency="DKK",
             method="annoncepris gange 3", note="Omfatter al omtale af byen, også sport og ulykker.", **contested),
        _row(code, "mosevig", 14_000_000.0, source="demo-press-cuttings", period=span(date(2019, 7, 1), date(2020, 6, 30), "month"),
             currency="DKK", method="ikke oplyst", note="Perioden begynder fire måneder før udnævnelsen.", **contested | {"qualifier": ">"}),
        _row(code, "mosevig", 1_100_000.0, source="demo-media-value-study", period=first_half, currency="DKK", method="annoncepris, kun omtale af titlen",
             note="Tæller kun 19 stykker omtale, der nævner udnævnelsen. Uden multiplikator.", **contested | {"kind": "estimate", "confidence": "estimate"}),
        _row(code, "palo-cenizo", 4_800_000.0, source="demo-peer-report", period=span(date(2015, 12, 11), date(2016, 6, 10), "month"), currency="USD",
             method="ikke oplyst", note="Byens eget udsagn uden beregning.", **contested),
        _row(code, "eskerwick", 350_000.0, source="demo-peer-report", currency="GBP", method="ikke oplyst",
             period={"period_precision": "none"}, note="Uden årstal.", **contested),
    ]  # fmt: skip


def _competing() -> list[Row]:
    """Two sources, one fact: both stay, and the choice between them is a judgement with a reason."""
    kick_off = on(date(2020, 9, 17))
    return [
        _row("event_participants", "mosevig", 250.0, "persons", "demo-register", kick_off, note="Fejringen af udnævnelsen på havnen."),
        _row("event_participants", "mosevig", 310.0, "persons", "demo-press-cuttings", kick_off, qualifier="~",
             confidence="press_report", kind="self_reported"),
        _row("event_participants", "mosevig", 640.0, "persons", "demo-register", on(date(2022, 6, 3)), note="Åbningen af mediekunst i byens rum."),
        _row("event_participants", "mosevig", 900.0, "persons", "demo-press-cuttings", on(date(2024, 10, 30)), qualifier="~",
             confidence="press_report", kind="self_reported", note="Femårsdagen for udnævnelsen."),
        _row("festival_visits", "mosevig", 31_500.0, "visits", "demo-press-cuttings", year(2024), kind="asserted", qualifier=">",
             confidence="press_report", note="Udtalt af festivalen ved åbningen, før optællingen."),
        _row("creative_companies", "mosevig", 236.0, "companies", "demo-industry-study", year(2024), kind="estimate",
             confidence="estimate", boundary="municipality", note="Omfatter også kultur og reklame, så tallet er højere end registrets."),
        _row("partner_organisations", "mosevig", 45.0, "organisations", "demo-monitoring-report", year(2023), kind="self_reported", qualifier="~",
             note="Monitoreringsrapporten tæller også hensigtserklæringer."),
        _row("designation_budget", "mosevig", 1_000_000.0, "currency", "demo-candidacy", year(2021), kind="ex_ante", currency="DKK",
             note="Budgettet i kandidaturet."),
    ]  # fmt: skip


def _undated() -> list[Row]:
    """What cities say about themselves without a year: listed, never drawn."""
    say: Row = {"kind": "self_reported", "qualifier": "~", "confidence": "anecdote"}
    source = "demo-peer-report"
    return [
        _row("visitors_per_year", "hallbrueck", 900_000.0, "visits", source, **say),
        _row("visitors_per_year", "saint-aubrac", 350_000.0, "visits", source, **say),
        _row("visitors_per_year", "mosevig", 400_000.0, "visits", "demo-candidacy", **say),
        _row("festival_digital_views", "mosevig", 1_200_000.0, "clicks", "demo-press-release", **say | {"kind": "asserted", "qualifier": ">"}),
        _row("creative_employees", "lovhamra", 610.0, "persons", source, boundary="municipality", **say),
        _row("food_industry_share_of_jobs", "palo-cenizo", 13.0, "percent", source, **say),
        _row("technology_jobs", "hallbrueck", 6400.0, "persons", source, **say),
        _row("municipal_savings_from_design", "eskerwick", 1_300_000.0, "currency", source, currency="GBP", flags="contested", **say),
        _row("media_arts_share_of_cultural_funding", "vallombra", 22.0, "percent", source, **say),
        _row("sector_share_of_gdp", "ribeira-alva", 3.4, "percent", source, **say),
        _row("small_venue_gross_value", "eskerwick", 2_100_000.0, "currency", source, currency="GBP", **say),
        _row("music_tourism_jobs", "eskerwick", 180.0, "FTE", source, **say),
    ]  # fmt: skip


def _tone() -> list[Row]:
    """Tone of a fixed sample; a new guide in 2022 breaks the series."""
    table = {
        2018: (17, 30),
        2019: (38, 60),
        2020: (43, 60),
        2021: (39, 60),
        2022: (31, 60),
        2023: (29, 60),
        2024: (26, 60),
        2025: (24, 60),
    }
    return [
        _row("media_positive_tone_share", "mosevig", round(100 * part / whole, 1), "percent", "demo-media-monitor", year(number),
             numerator=float(part), denominator=float(whole), confidence="own_count", method="læst stikprøve",
             method_version="2" if number >= 2022 else "1", flags="method-break" if number == 2022 else "")
        for number, (part, whole) in table.items()
    ]  # fmt: skip


def _origins() -> list[Row]:
    """Where the festival's guests come from; the parts make 100 per cent in each year."""
    table = {2016: (61, 19, 16, 4), 2019: (58, 20, 17, 5), 2022: (60, 18, 15, 7), 2025: (55, 19, 17, 9)}
    return [
        _row("visitor_origin_share", "mosevig", float(share), "percent", "demo-festival-reports", on(date(number, 9, 24)), kind="survey",
             disaggregation=f"origin={origin}", note="Spurgt ved indgangen.")
        for number, shares in table.items()
        for origin, share in zip(("local", "regional", "national", "abroad"), shares, strict=True)
    ]  # fmt: skip


def _splits() -> list[Row]:
    """Parts of figures of the home city: some add up, some leave a rest, one year something is counted twice."""
    partners = {
        2020: (5, 7, None),
        2021: (6, 8, 5),
        2022: (8, 10, 6),
        2023: (7, 9, 6),
        2024: (9, 12, 8),
        2025: (11, 15, 9),
    }
    counted: Row = {"retrieved": date(2026, 10, 12)}
    rows = [
        _row("partner_organisations", "mosevig", None if count is None else float(count), "organisations", "demo-register", year(number),
             disaggregation=f"partner={kind}", missing_reason="not_collected" if count is None else "", **counted)
        for number, counts in partners.items()
        for kind, count in zip(("education", "business", "association"), counts, strict=True)
    ]  # fmt: skip
    grants = {
        2023: (1_300_000, 500_000, 310_000),
        2024: (1_290_000, 480_000, 342_000),
        2025: (1_400_000, 480_000, 334_000),
    }
    rows += [
        _row("public_funding_festival", "mosevig", float(amount), "currency", "demo-accounts", year(number), currency="DKK",
             disaggregation=f"giver={giver}", confidence="audited_record", status="provisional" if number == 2025 else "final", **counted)
        for number, amounts in grants.items()
        for giver, amount in zip(("municipality", "region", "state"), amounts, strict=True)
    ]  # fmt: skip
    answers = {"under_35": (152, 288), "from_35_to_64": (247, 531), "from_65": (142, 332)}
    return rows + [
        _row("residents_valuing_title", "mosevig", round(100 * yes / asked, 1), "percent", "demo-resident-survey", year(2026), kind="survey",
             numerator=float(yes), denominator=float(asked), disaggregation=f"age={group}", boundary="municipality", method="telefon og net, vægtet",
             confidence="official_statistic", confidence_reason="Repræsentativ undersøgelse, svarprocent 44.", **counted)
        for group, (yes, asked) in answers.items()
    ]  # fmt: skip


def _plans() -> list[Row]:
    """Budgets, forecasts and expectations: never joined with what happened."""
    return [
        _row("culture_share_of_city_budget", "mosevig", 3.3, "percent", "demo-budget", year(2026), kind="budget"),
        _row("venue_visits", "mosevig", 168_000.0, "visits", "demo-budget", year(2026), kind="forecast", confidence="estimate", qualifier="~"),
        _row("museum_visits_forecast", "mosevig", 60_000.0, "visits", "demo-candidacy", year(2024), kind="forecast", confidence="estimate"),
        _row("museum_visits_forecast", "mosevig", 38_000.0, "visits", "demo-budget", year(2027), kind="forecast", confidence="estimate",
             note="Nedjusteret efter åbningen af animationshuset."),
        _row("museum_revenue_forecast", "mosevig", 4_200_000.0, "currency", "demo-candidacy", year(2024), kind="forecast", currency="DKK", confidence="estimate"),
        _row("economic_impact_expected", "mosevig", 35_000_000.0, "currency", "demo-candidacy", span(date(2020, 1, 1), date(2023, 12, 31), "year"),
             kind="ex_ante", currency="DKK", confidence="estimate", flags="contested", boundary="municipality"),
        _row("grants_budget_growth", "mosevig", 10.0, "percent", "demo-budget", year(2022), kind="budget"),
        _row("grants_budget_growth", "mosevig", -6.0, "percent", "demo-budget", year(2024), kind="budget"),
        _row("companies_attracted", "mosevig", 3.0, "companies", "demo-industry-study", as_of(date(2026, 6, 30)), status="provisional",
             boundary="municipality", note="Første halvår 2026."),
    ]  # fmt: skip


def _economy() -> list[Row]:
    """Studies of the creative economy: different years, scopes and authors, so no series."""
    study: Row = {"confidence": "estimate", "kind": "estimate"}
    home = "demo-industry-study"
    return [
        _row("creative_economy_value", "mosevig", 310_000_000.0, "currency", home, year(2018), currency="DKK", boundary="municipality", **study),
        _row("creative_economy_value", "mosevig", 395_000_000.0, "currency", home, year(2023), currency="DKK", boundary="municipality", **study),
        _row("creative_economy_value", "eskerwick", 142_000_000.0, "currency", "demo-peer-report", year(2019), currency="GBP", boundary="city", **study),
        _row("sector_revenue", "mosevig", 205_000_000.0, "currency", home, year(2023), currency="DKK", boundary="municipality", **study),
        _row("sector_revenue", "hallbrueck", 61_000_000.0, "currency", "demo-peer-report", year(2021), currency="EUR", boundary="city", **study),
        _row("sector_revenue", "lovhamra", 118_000_000.0, "currency", "demo-peer-report", year(2022), currency="SEK", boundary="municipality", **study),
        _row("sector_economic_impact", "palo-cenizo", 27_000_000.0, "currency", "demo-peer-report", year(2019), currency="USD", boundary="metropolitan_area",
             flags="contested", **study),
        _row("creative_sector_jobs", "mosevig", 560.0, "FTE", home, year(2023), boundary="municipality", **study),
        _row("creative_wages", "hallbrueck", 44_000_000.0, "currency", "demo-peer-report", year(2021), currency="EUR", boundary="city", **study),
        _row("sector_growth_per_year", "mosevig", 4.1, "percent", home, span(date(2017, 1, 1), date(2023, 12, 31), "year"), **study),
        _row("sector_growth_per_year", "torsbaek", 2.6, "percent", home, span(date(2017, 1, 1), date(2023, 12, 31), "year"), **study),
        _row("sector_share_of_output", "mosevig", 1.2, "percent", home, year(2023), **study),
        _row("share_of_national_sector_companies", "midtfjord", 8.7, "percent", "demo-labour-statistics", year(2023), confidence="official_statistic"),
        _row("media_arts_share_of_creative_enterprises", "hallbrueck", 31.0, "percent", "demo-peer-report", year(2021), **study),
        _row("media_arts_share_of_creative_employment", "hallbrueck", 38.0, "percent", "demo-peer-report", year(2021), **study),
        _row("music_tourism_spend", "eskerwick", 5_600_000.0, "currency", "demo-peer-report", year(2018), currency="GBP", **study),
        _row("small_venue_tourist_spend", "eskerwick", 900_000.0, "currency", "demo-peer-report", year(2018), currency="GBP", **study),
        _row("funding_secured", "eskerwick", 420_000.0, "currency", "demo-peer-report", span(date(2019, 4, 1), date(2021, 3, 31), "month"), currency="GBP",
             kind="self_reported"),
        _row("funding_secured", "hallbrueck", 1_900_000.0, "currency", "demo-peer-report", span(date(2018, 1, 1), date(2022, 12, 31), "year"), currency="EUR",
             kind="self_reported"),
        _row("funding_leveraged", "eskerwick", 390_000.0, "currency", "demo-peer-report", span(date(2019, 4, 1), date(2021, 3, 31), "month"), currency="GBP",
             kind="self_reported"),
        _row("funding_secured_partner", "palo-cenizo", 750_000.0, "currency", "demo-peer-report", year(2022), currency="USD", kind="self_reported"),
        _row("financial_benefit_of_designations", "midtfjord", 22_000_000.0, "currency", "demo-evaluation", year(2018), currency="DKK", **study),
        _row("financial_benefit_of_designations", "midtfjord", 31_000_000.0, "currency", "demo-evaluation", year(2022), currency="DKK",
             note="Anden afgrænsning end i 2018: ingen udvikling.", **study),
        _row("jrc_c3_rank_in_peer_group", "mosevig", None, "rank", "demo-evaluation", year(2019), missing_reason="not_applicable",
             note="Byen er for lille til undersøgelsen."),
        _row("jrc_c3_rank_in_peer_group", "hallbrueck", 23.0, "rank", "demo-evaluation", year(2017), confidence="official_statistic"),
        _row("jrc_c3_rank_in_peer_group", "hallbrueck", 21.0, "rank", "demo-evaluation", year(2019), confidence="official_statistic"),
        _row("jrc_c3_rank_in_peer_group", "eskerwick", 34.0, "rank", "demo-evaluation", year(2019), confidence="official_statistic"),
        _row("festival_digital_views", "mosevig", 212_000.0, "clicks", "demo-festival-reports", year(2020)),
        _row("festival_digital_views", "mosevig", 148_000.0, "clicks", "demo-festival-reports", year(2021)),
        _row("festival_digital_views", "mosevig", 39_000.0, "clicks", "demo-festival-reports", year(2022)),
        _row("resident_awareness", "eskerwick", 34.0, "percent", "demo-peer-report", year(2018), kind="survey", low=30.1, high=37.9),
        _row("resident_awareness", "palo-cenizo", 47.0, "percent", "demo-peer-report", year(2019), kind="survey", low=43.2, high=50.8),
    ]  # fmt: skip


_LEARNING = {
    2020: "Samarbejdet gik i stå i foråret. Ét fælles onlineforløb med Hallbrück viste, at elever kan tegne sammen på afstand, men ikke lære hinanden at kende.",
    2021: "Residenserne kom i gang igen. Vi lærte at aftale rettigheder før opholdet; to film kunne ikke vises, fordi det var glemt.",
    2022: "Syv udvekslinger. De bedste resultater kom, hvor samme to medarbejdere mødtes mere end én gang.",
    2023: "Eskerwick delte sin metode til at spørge borgerne. Vi bruger den fra 2024. Fællesudstillingen med Vallombra blev dyrere end aftalt.",
    2024: "Tre idéer fra konferencen blev til projekter, fem gjorde ikke. Det, der manglede, var en navngiven ansvarlig i begge byer.",
    2025: "Samarbejdet med Palo Cenizo om mad og billeder har givet to undervisningsforløb. Kontakten til Ribeira Alva er gået i stå.",
}


def _told() -> list[Row]:
    """Narrative indicators: no number, a text."""
    rows = [
        _row("collaboration_learning", "mosevig", None, "text", "demo-register", year(number), text=text, text_language="da", kind="self_reported")
        for number, text in _LEARNING.items()
    ]  # fmt: skip
    return [
        *rows,
        _row("sdg_change_account", "mosevig", None, "text", "demo-monitoring-report", span(date(2020, 1, 1), date(2023, 12, 31), "year"), text_language="da",
             kind="self_reported", text="Kommunen har gennemført 16 aktiviteter mærket med verdensmål. Kun to har et målt resultat: "
             "affaldet pr. festivalgæst er faldet fra 0,41 til 0,29 kg, og 46 kvinder har fået en mentor i spilbranchen. "
             "For de øvrige ved vi, hvor mange der deltog, men ikke hvad det ændrede."),
    ]  # fmt: skip


def _peers_yes_no() -> list[Row]:
    """Yes or no at the peers, each at one day."""
    rows = []
    for place, commitment, showcase, strategy in (
        ("torsbaek", 1, 0, 1), ("hallbrueck", 1, 1, 1), ("eskerwick", 0, 1, 1), ("lovhamra", 1, 0, 0), ("vallombra", 0, 1, 0),
    ):  # fmt: skip
        for code, answer in (
            ("sdg_council_commitment", commitment),
            ("permanent_showcase", showcase),
            ("creative_strategy_adopted", strategy),
        ):
            rows.append(
                _row(
                    code,
                    place,
                    float(answer),
                    "yes_no",
                    "demo-peer-report",
                    as_of(date(2026, 6, 30)),
                    kind="self_reported",
                )
            )
    return rows


def _network() -> list[Row]:
    """The invented network: members, and who came to its conferences; reports before the event are expectations."""
    rows, total = [], 116
    for number, added in {
        2015: 47,
        2016: 0,
        2017: 58,
        2018: 0,
        2019: 61,
        2020: 0,
        2021: 44,
        2022: 0,
        2023: 51,
        2024: 0,
        2025: 55,
    }.items():
        total += added if number > 2015 else 0
        rows += [
            _row("network_members", "invented-network", float(total), "cities", "demo-membership-list", as_of(date(number, 12, 31))),
            _row("network_members_added", "invented-network", float(added), "cities", "demo-membership-list", year(number)),
            _row("network_countries", "invented-network", float(54 + (total - 116) // 6), "countries", "demo-membership-list", as_of(date(number, 12, 31)),
                 kind="estimate" if number in (2016, 2018) else "actual"),
        ]  # fmt: skip
    for number, _, _, start, end, people in CONFERENCES:
        period, source = span(start, end), "demo-conference-reports"
        if people is None:
            rows.append(
                _row(
                    "conference_participants",
                    "invented-network",
                    None,
                    "persons",
                    source,
                    period,
                    missing_reason="not_published",
                )
            )
            continue
        rows += [
            _row("conference_participants", "invented-network", float(people), "persons", source, period, confidence="press_report"),
            _row("conference_cities", "invented-network", float(round(people * 0.31)), "cities", source, period, confidence="press_report"),
            _row("conference_countries", "invented-network", float(round(people * 0.13)), "countries", source, period, confidence="press_report"),
        ]  # fmt: skip
        if number in (2019, 2023, 2025):
            rows.append(
                _row(
                    "conference_mayors",
                    "invented-network",
                    float(round(people * 0.1)),
                    "persons",
                    source,
                    period,
                    confidence="press_report",
                )
            )
    rows.append(
        _row("conference_participants", "invented-network", 330.0, "persons", "demo-press-cuttings", span(date(2022, 7, 18), date(2022, 7, 22)),
             kind="forecast", qualifier="~", confidence="press_report", note="Ventet før konferencen; 270 kom.")
    )  # fmt: skip
    return rows
