"""The invented city, its invented peers, and how many live there.

No place here exists. Countries are real, so that currencies, maps and languages can be shown.
"""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from datetime import date

from invention.writing import Row, both

HOME = "mosevig"
PARTNERS = (
    "hallbrueck", "eskerwick", "palo-cenizo", "saint-aubrac", "lovhamra", "ribeira-alva", "vallombra",
)  # fmt: skip
JOINED = {"vallombra": date(2021, 11, 8), "ribeira-alva": date(2019, 10, 30)}
"""Partners that were no members before this day; the others were members before 2018."""
COUNTRY = {
    "mosevig": "DK", "torsbaek": "DK", "hallbrueck": "DE", "eskerwick": "GB", "palo-cenizo": "US",
    "saint-aubrac": "FR", "lovhamra": "SE", "ribeira-alva": "PT", "vallombra": "IT",
}  # fmt: skip
CURRENCY = {
    "DK": "DKK",
    "GB": "GBP",
    "US": "USD",
    "SE": "SEK",
    "DE": "EUR",
    "FR": "EUR",
    "PT": "EUR",
    "IT": "EUR",
}
NAME = {
    "mosevig": "Mosevig", "torsbaek": "Torsbæk", "hallbrueck": "Hallbrück", "eskerwick": "Eskerwick",
    "palo-cenizo": "Palo Cenizo", "saint-aubrac": "Saint-Aubrac", "lovhamra": "Lövhamra",
    "ribeira-alva": "Ribeira Alva", "vallombra": "Vallombra",
}  # fmt: skip
LIST = "demo-membership-list"
INVENTED = "Opdigtet by til demonstrationen. / Invented city for the demonstration."


def _city(
    slug: str, latitude: float, longitude: float, boundary: str, field: str, day: date, note: str = "",
    precision: str = "day",
) -> Row:  # fmt: skip
    return {
        "slug": slug, "kind": "city", "name": both(NAME[slug], NAME[slug]), "country": COUNTRY[slug],
        "latitude": latitude, "longitude": longitude, "reference_boundary": boundary,
        "address": f"https://{slug}.example/creative-city", "note": f"{INVENTED} {note}".strip(),
        "field": [{"field": field, "valid_from": day, "precision": precision, "source": LIST}],
        "designation": [{"day": day, "precision": precision, "source": LIST, "event": "announced"}],
    }  # fmt: skip


def places() -> list[Row]:
    """Nine cities, the region they are compared with, and the network."""
    home = _city("mosevig", 56.36, 9.12, "municipality", "media_arts", date(2019, 10, 30))
    home["designation"] += [
        {"day": date(2019, 6, 27), "precision": "day", "source": "demo-candidacy", "event": "submitted",
         "note": "Kandidaturen blev indsendt. / The candidacy was submitted."},
        {"day": date(2020, 9, 17), "precision": "day", "source": "demo-press-cuttings", "event": "celebrated",
         "note": "Udnævnelsen blev fejret på havnen. / The title was celebrated at the harbour."},
    ]  # fmt: skip
    changed = _city("saint-aubrac", 44.62, 3.05, "city", "media_arts", date(2013, 10, 24),
                    "Skiftede felt fra mediekunst til litteratur i 2023. / Changed field in 2023.")  # fmt: skip
    changed["field"] = [
        {"field": "media_arts", "valid_from": date(2013, 10, 24), "valid_to": date(2023, 6, 30),
         "precision": "day", "source": LIST},
        {"field": "literature", "valid_from": date(2023, 7, 1), "precision": "day", "source": LIST},
    ]  # fmt: skip
    return [
        home,
        _city("palo-cenizo", 32.9, -110.4, "city", "gastronomy", date(2015, 12, 11),
              "Andet felt, andet land og dobbelt så stor: sammenlignes kun pr. indbygger."),
        _city("hallbrueck", 49.9, 8.3, "city", "media_arts", date(2017, 10, 31)),
        _city("eskerwick", 54.1, -1.3, "city", "design", date(2014, 12, 1)),
        changed,
        _city("lovhamra", 61.2, 15.4, "municipality", "gastronomy", date(2015, 1, 1),
              "Kun året for udnævnelsen er kendt. / Only the year of designation is known.", "year"),
        _city("ribeira-alva", 40.7, -7.9, "municipality", "literature", date(2019, 10, 30),
              "Folketallet findes kun for hele byregionen. / Population for the metropolitan area only."),
        _city("vallombra", 44.3, 10.9, "city", "media_arts", date(2021, 11, 8),
              "Folketallet er uden årstal. / The population carries no year."),
        {
            "slug": "torsbaek", "kind": "city", "name": both("Torsbæk", "Torsbæk"), "country": "DK",
            "latitude": 55.92, "longitude": 9.55, "reference_boundary": "municipality",
            "address": "https://torsbaek.example", "note": f"{INVENTED} Har aldrig haft titlen. / Never designated.",
        },
        {
            "slug": "midtfjord", "kind": "region", "name": both("Midtfjord", "Midtfjord"), "country": "DK",
            "latitude": 56.2, "longitude": 9.3, "reference_boundary": "region",
            "note": "Opdigtet landsdel til demonstrationen. / Invented region for the demonstration.",
        },
        {
            "slug": "invented-network", "kind": "network",
            "name": both("Netværket af kreative byer (opdigtede tal)", "The creative cities network (invented figures)"),
            "note": "Opdigtet netværk med opdigtede tal. / Invented network, invented figures.",
        },
    ]  # fmt: skip


def populations() -> list[Row]:
    """Yearly for the two Danish cities, by census or estimate for the others; two are deliberately weak."""
    rows: list[Row] = []

    def add(place: str, boundary: str, value: int, day: date | None, qualifier: str = "=") -> None:
        rows.append({
            "place": place, "boundary": boundary, "value": value, "day": day,
            "precision": "day" if day else "none", "source": "demo-population", "qualifier": qualifier,
        })  # fmt: skip

    municipality = (
        92410,
        92655,
        93020,
        93610,
        94080,
        94466,
        94702,
        94790,
        94655,
        94980,
        95402,
        95551,
        95730,
        95868,
    )
    urban = (37880, 38190, 38520, 38960, 39340, 39690, 39930, 40120, 40260, 40610, 41020, 41290, 41540, 41775)
    peer = (90120, 90310, 90688, 91040, 91415, 91702, 91880, 91955, 92010, 92240, 92611, 92790, 92904, 93050)
    for index, year in enumerate(range(2013, 2027)):
        add("mosevig", "municipality", municipality[index], date(year, 1, 1))
        add("mosevig", "urban_area", urban[index], date(year, 1, 1))
        add("torsbaek", "municipality", peer[index], date(year, 1, 1))
    for place, boundary, dated in (
        ("palo-cenizo", "city", {date(2010, 4, 1): 198400, date(2020, 4, 1): 213900, date(2024, 7, 1): 219300}),
        ("palo-cenizo", "metropolitan_area", {date(2020, 4, 1): 402800}),
        ("hallbrueck", "city", {date(y, 12, 31): 151300 + 720 * (y - 2013) for y in range(2013, 2026, 2)}),
        ("eskerwick", "city", {date(2011, 3, 27): 117600, date(2021, 3, 21): 121950, date(2024, 6, 30): 123400}),
        ("saint-aubrac", "city", {date(y, 1, 1): 64900 - 110 * (y - 2013) for y in (2013, 2016, 2019, 2022)}),
        ("lovhamra", "municipality", {date(y, 12, 31): 51100 + 140 * (y - 2014) for y in range(2014, 2026)}),
        ("ribeira-alva", "metropolitan_area", {date(2011, 3, 21): 143200, date(2021, 4, 19): 139800}),
    ):  # fmt: skip
        for day, value in dated.items():
            add(place, boundary, value, day, "~" if day == date(2024, 7, 1) else "=")
    add("vallombra", "city", 87400, None, "~")
    add("midtfjord", "region", 612000, date(2019, 1, 1), "~")
    add("midtfjord", "region", 621500, date(2025, 1, 1), "~")
    return rows
