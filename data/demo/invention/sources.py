"""The invented sources: each says in its note that it does not exist."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from datetime import date

from invention.writing import Row

NOTE = "Opdigtet kilde til demonstrationen; den findes ikke. / Invented source for the demonstration; it does not exist."

# key, title, producer, published, interested party
_TABLE: tuple[tuple[str, str, str, str, bool], ...] = (
    ("demo-register", "Mosevig Kommunes aktivitetsregister for Creative City (opdigtet)",
     "Mosevig Kommune, Kulturforvaltningen", "2026-10-31", True),
    ("demo-accounts", "Mosevig Kommunes regnskab 2015-2025 (opdigtet)",
     "Mosevig Kommune, Økonomi", "2026-04-15", False),
    ("demo-budget", "Mosevig Kommunes vedtagne budget 2026 (opdigtet)", "Mosevig Kommune, Økonomi", "2025-10-09", False),
    ("demo-resident-survey", "Borgerundersøgelsen i Mosevig 2016-2026 (opdigtet)",
     "Analysehuset Midtfjord", "2026-06-12", False),
    ("demo-labour-statistics", "Register over arbejdspladser og virksomheder i de kreative erhverv (opdigtet)",
     "Statistikkontoret i Midtfjord", "2026-05-28", False),
    ("demo-industry-study", "Brancheanalyse af animation, spil og visuelle medier i Midtfjord (opdigtet)",
     "Erhvervsrådet Midtfjord", "2025-03-04", True),
    ("demo-festival-reports", "Mosevig Animationsfestivals årsrapporter 2015-2026 (opdigtet)",
     "Foreningen Mosevig Animationsfestival", "2026-10-05", True),
    ("demo-media-monitor", "Medieovervågning for Mosevig, årlige opgørelser (opdigtet)",
     "Medietal Nord", "2026-02-10", False),
    ("demo-press-cuttings", "Udklip fra Mosevig Tidende 2019-2026 (opdigtet)", "Mosevig Tidende", "2026-10-30", False),
    ("demo-page-views", "Opslag på leksikonartikler, månedlige tal (opdigtet)",
     "Leksikonstatistik", "2026-11-01", False),
    ("demo-accommodation", "Overnatninger og gæster, månedlig opgørelse (opdigtet)",
     "Statistikkontoret i Midtfjord", "2026-10-20", False),
    ("demo-population", "Folketal i byer og kommuner (opdigtet)", "Statistikkontoret i Midtfjord", "2026-02-11", False),
    ("demo-price-tables", "Prisindeks og købekraft for otte lande, 2013-2025 (opdigtet)", "Statistikkontoret i Midtfjord", "2026-06-01", False),
    ("demo-council-minutes", "Dagsordener og referater fra Mosevig Byråd 2015-2026 (opdigtet)",
     "Mosevig Kommune, Byrådssekretariatet", "2026-10-28", False),
    ("demo-candidacy", "Mosevigs kandidatur til titlen som kreativ by, 2019 (opdigtet)",
     "Mosevig Kommune", "2019-06-27", True),
    ("demo-monitoring-report", "Mosevigs monitoreringsrapport til netværket, 2023 (opdigtet)",
     "Mosevig Kommune", "2023-11-24", True),
    ("demo-membership-list", "Liste over medlemmer af netværket af kreative byer (opdigtet)",
     "Netværkets sekretariat i demonstrationen", "2025-12-01", False),
    ("demo-conference-reports", "Rapporter fra netværkets årlige konferencer (opdigtet)",
     "Netværkets sekretariat i demonstrationen", "2026-09-15", False),
    ("demo-peer-report", "Tal fra samarbejdsbyerne, indsamlet ved spørgeskema (opdigtet)",
     "Samarbejdsbyernes fælles arbejdsgruppe", "2026-06-30", True),
    ("demo-press-release", "Pressemeddelelse: Mosevigs medieværdi efter udnævnelsen (opdigtet)",
     "Mosevig Turisme", "2020-06-18", True),
    ("demo-media-value-study", "Efterprøvning af medieværdien 2019-2020 (opdigtet)", "Medietal Nord", "2021-03-02", False),
    ("demo-peer-assessment", "Netværkets kollegavurdering af Mosevig 2021-2025 (opdigtet)",
     "Samarbejdsbyernes fælles arbejdsgruppe", "2025-11-19", True),
    ("demo-evaluation", "Midtvejsevaluering af titlen som kreativ by (opdigtet)",
     "Analysehuset Midtfjord", "2023-05-31", False),
)  # fmt: skip


def sources() -> list[Row]:
    return [
        {
            "key": key, "title": title, "producer": producer, "address": f"https://example.invalid/{key}",
            "published": published, "accessed": date(2026, 11, 1), "licence": "CC0-1.0",
            "citation": f"{producer}: {title}", "interested_party": interested, "verified": "invented", "note": NOTE,
        }
        for key, title, producer, published, interested in _TABLE
    ]  # fmt: skip
