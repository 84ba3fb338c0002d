"""What the invented city has decided about its figures: baselines, targets, breaks, notes, texts, choices."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from invention.narratives import narratives
from invention.places import HOME
from invention.writing import Row, both, on, span, year

BEFORE = span(date(2015, 1, 1), date(2018, 12, 31), "year")
MEAN = "Gennemsnit af de fire hele år før kandidaturet, så et enkelt godt år ikke bliver målestok."
FIRST = "Første måling; spørgsmålet gav ikke mening, før titlen fandtes."

# indicator, value, period, reason, currency
_BASELINES: tuple[tuple[str, float, Row, str, str], ...] = (
    ("resident_awareness", 29.0, year(2020), FIRST, ""),
    ("residents_valuing_title", 66.0, year(2020), FIRST, ""),
    ("invitations_received", 4.75, BEFORE, MEAN, ""),
    ("awards_received", 1.75, BEFORE, MEAN, ""),
    ("media_news_volume_share", 0.0022, span(date(2016, 1, 1), date(2018, 12, 31), "year"),
     "Gennemsnit af de år, databasen dækker før kandidaturet.", ""),
    ("joint_projects_completed", 1.0, BEFORE, MEAN, ""),
    ("partner_creative_cities", 1.5, BEFORE, MEAN, ""),
    ("exchanges_out", 0.75, BEFORE, MEAN, ""),
    ("international_events_hosted", 2.75, BEFORE, MEAN, ""),
    ("foreign_participants", 473.25, BEFORE, MEAN, ""),
    ("appearances_abroad", 1.25, BEFORE, MEAN, ""),
    ("festival_entry_countries", 19.0, BEFORE, MEAN, ""),
    ("creative_companies", 162.5, BEFORE, MEAN, ""),
    ("culture_sector_full_time_jobs", 654.75, BEFORE, MEAN, ""),
    ("culture_share_of_city_budget", 4.125, BEFORE, MEAN, ""),
    ("agenda_share_naming_creative_sector", 2.0, BEFORE, "Gennemsnit af 16 kvartaler før kandidaturet.", ""),
    ("media_unpaid_share", 100.0, BEFORE, "Gennemsnit af de fire hele år før kandidaturet; dengang blev ingen omtale købt, men der var kun to eller tre artikler om året.", ""),
    ("funding_success_rate", 45.8, BEFORE, MEAN, ""),
    ("funding_funders", 2.25, BEFORE, MEAN, ""),
    ("funding_granted_own_share", 1_470_000, BEFORE,
     "Gennemsnit af de fire hele år før kandidaturet. Tilskuddet på 3,5 mio. kr. i 2017 er med og trækker op.", "DKK"),
    ("filming_days", 145.0, BEFORE, MEAN, ""),
)  # fmt: skip

PLAN = "Handleplanen for den kreative sektor, vedtaget i byrådet."
# indicator, first year, values to 2027, reason, currency
_TARGETS: tuple[tuple[str, int, tuple[float, ...], str, str], ...] = (
    ("international_events_hosted", 2021, (3, 4, 5, 5, 6, 6, 7), PLAN, ""),
    ("exchanges_out", 2021, (2, 3, 3, 4, 4, 5, 6), PLAN, ""),
    ("invitations_received", 2021, (8, 10, 12, 14, 16, 18, 20), PLAN, ""),
    ("creative_companies", 2021, (175, 182, 190, 198, 206, 214, 222), PLAN, ""),
    ("culture_share_of_city_budget", 2021, (4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.1), "Kandidaturet lovede at holde niveauet fra 2018.", ""),
    ("media_articles", 2021, (30, 35, 40, 40, 40, 40, 40), "Kommunikationsplanen for titlen.", ""),
    ("conference_attended", 2021, (1, 1, 1, 1, 1, 1, 1), "Medlemskabet forudsætter, at byen deltager hvert år.", ""),
    ("conference_meetings", 2021, (4, 10, 12, 15, 15, 18, 20), PLAN, ""),
    ("funding_granted_own_share", 2021, (1_500_000,) * 7, "Handleplanen: mindst 1,5 mio. kr. om året i byens egen andel.", "DKK"),
    ("filming_days", 2021, (110, 150, 160, 160, 165, 165, 170), "Aftalen med filmkontoret om optagedage.", ""),
)  # fmt: skip


def baselines() -> list[Row]:
    return [
        {"indicator": code, "place": HOME, **period, "value": value, "reason": reason, "currency": currency,
         "comment": "Fastsat i maj 2020 af Kulturforvaltningen."}
        for code, value, period, reason, currency in _BASELINES
    ]  # fmt: skip


def targets() -> list[Row]:
    yearly = [
        {"indicator": code, "place": HOME, **year(first + index), "value": value, "final": first + index == 2027,
         "reason": reason, "currency": currency}
        for code, first, values, reason, currency in _TARGETS
        for index, value in enumerate(values)
    ]  # fmt: skip
    single = (("resident_awareness", 2022, 35.0), ("resident_awareness", 2024, 45.0), ("resident_awareness", 2026, 55.0),
              ("resident_awareness", 2027, 60.0), ("sdg_actions_done", 2027, 10.0))  # fmt: skip
    return yearly + [
        {
            "indicator": code,
            "place": HOME,
            **year(number),
            "value": value,
            "final": number == 2027,
            "reason": PLAN,
        }
        for code, number, value in single
    ]


def marks() -> list[Row]:
    def note(
        key: str, kind: str, period: Row, da: str, en: str, place: str = HOME, indicator: str = ""
    ) -> Row:
        return {
            "key": key,
            "kind": kind,
            **period,
            "text": both(da, en),
            "place": place,
            "indicator": indicator,
        }

    terms = ((2014, 2017), (2018, 2021), (2022, 2025), (2026, 2029))
    return [
        note("pandemic", "pandemic", span(date(2020, 3, 11), date(2022, 1, 31)), "Pandemien", "The pandemic", place=""),
        *(note(f"election-{day.year}", "election", on(day), f"Kommunalvalg {day.year}", f"Local election {day.year}")
          for day in (date(2017, 11, 21), date(2021, 11, 16), date(2025, 11, 18))),
        *(note(f"council-{first}", "council_term", span(date(first, 1, 1), date(last, 12, 31), "year"),
               f"Byrådsperioden {first}-{last}", f"Council term {first}-{last}",
               indicator="agenda_share_naming_creative_sector") for first, last in terms),
        note("candidacy", "event", on(date(2019, 6, 27)), "Kandidaturet indsendes", "The candidacy is submitted"),
        note("celebration", "event", on(date(2020, 9, 17)), "Udnævnelsen fejres på havnen", "The title is celebrated at the harbour"),
        note("coordinator", "event", on(date(2020, 2, 1)), "Koordinator ansat", "Coordinator appointed"),
        note("animation-house", "event", on(date(2023, 5, 12)), "Animationshuset åbner i det gamle mejeri", "The animation house opens in the old dairy"),
        note("monitoring-report", "event", on(date(2023, 11, 24)), "Første monitoreringsrapport afleveres", "First monitoring report delivered"),
        note("budget-2023", "event", on(date(2022, 10, 11)), "Budgetaftale med besparelser på kultur", "Budget deal with savings on culture",
             indicator="culture_share_of_city_budget"),
        note("large-grant-2022", "event", on(date(2022, 6, 9)), "Europæisk tilskud til Levende byer", "European grant for Living Cities",
             indicator="funding_granted_own_share"),
        note("film-office", "event", on(date(2022, 8, 31)), "Filmkontoret lukker", "The film office closes", indicator="filming_days"),
        note("torsbaek-museum", "event", on(date(2021, 6, 5)), "Nyt museum åbner i Torsbæk", "A new museum opens in Torsbæk", place="torsbaek",
             indicator="venue_visits"),
    ]  # fmt: skip


def series_breaks() -> list[Row]:
    return [
        {"indicator": "festival_visits", "place": HOME, "day": date(2022, 1, 1), "kind": "method", "source": "demo-festival-reports",
         "text": both("Fra 2022 tælles gæsterne af sensorer; før var tallet et skøn ved indgangene.",
                      "From 2022 guests are counted by sensors; before, the figure was an estimate at the gates.")},
        {"indicator": "creative_employees", "place": HOME, "day": date(2023, 1, 1), "kind": "definition", "source": "demo-labour-statistics",
         "text": both("Fra 2023 tælles kun hovedjob.", "From 2023 only main jobs are counted.")},
        {"indicator": "media_positive_tone_share", "place": HOME, "day": date(2022, 1, 1), "kind": "method", "source": "demo-media-monitor",
         "text": both("Ny vejledning for vurdering af tone.", "New guide for judging tone.")},
        {"indicator": "film_inward_investment", "place": "eskerwick", "day": date(2023, 4, 1), "kind": "method", "source": "demo-peer-report",
         "text": both("Nye satser for forbrug pr. optagedag: stigningen er ikke vækst.", "New rates for spending per filming day: the rise is not growth.")},
        {"indicator": "festival_visits", "place": "eskerwick", "day": date(2018, 1, 1), "kind": "duration", "source": "demo-peer-report",
         "text": both("Designugen blev forlænget fra fem til ni dage.", "The design week was extended from five to nine days.")},
    ]  # fmt: skip


def comparability_notes() -> list[Row]:
    table = (
        ("creative_companies", "torsbaek", "comparable", "Samme register og samme branchekoder som i Mosevig.", "Same register and same industry codes as in Mosevig."),
        ("culture_sector_full_time_jobs", "torsbaek", "comparable", "Samme statistik.", "Same statistics."),
        ("creative_companies", "hallbrueck", "with_care", "Tysk register: virksomheder uden omsætning tæller ikke med.", "German register: companies without turnover are left out."),
        ("creative_companies", "eskerwick", "with_care", "Omfatter også arkitekter.", "Also covers architects."),
        ("culture_expenditure_per_inhabitant", "hallbrueck", "with_care", "Delstaten betaler for teatret, som Mosevig selv betaler for.",
         "The federal state pays for the theatre, which Mosevig pays for itself."),
        ("festival_visits", "hallbrueck", "with_care", "Gratis festival over ni dage; Mosevigs varer fem.", "Free festival of nine days; Mosevig's lasts five."),
        ("festival_visits", "vallombra", "illustrative", "Byens eget skøn uden metode.", "The city's own estimate without a method."),
        ("media_value_claimed", "palo-cenizo", "illustrative", "Udsagn uden beregning, andet land og andre annoncepriser.", "A statement without a calculation, other country and other prices."),
        ("designation_budget", "palo-cenizo", "with_care", "Titlen forvaltes af en forening, ikke af kommunen.", "The title is run by an association, not by the municipality."),
        ("resident_awareness", "eskerwick", "with_care", "Spurgt på gaden, ikke repræsentativt.", "Asked in the street, not representative."),
        ("media_news_volume_share", "palo-cenizo", "with_care", "Bynavnet bruges også om en bjergkæde.", "The name is also used for a mountain range."),
        ("wikipedia_pageviews", "torsbaek", "comparable", "Samme opgørelse for alle byer.", "The same count for all cities."),
    )  # fmt: skip
    return [
        {"indicator": code, "place": place, "grade": grade, "text": both(da, en)}
        for code, place, grade, da, en in table
    ]


def comparability_answers() -> list[Row]:
    table = (
        ("wikipedia_pageviews", "vallombra", "definition", "partly", "Vallombra er også navnet på et skiområde, som læserne kan have ledt efter. / Vallombra is also the name of a ski area that readers may have looked for."),
        ("wikipedia_pageviews", "hallbrueck", "publisher", "yes", "Tallene hentes hos leksikonet selv, ikke hos byen. / The figures come from the encyclopedia itself, not from the city."),
        ("festival_spend", "hallbrueck", "definition", "no", "Hallbrücks regnskab omfatter også en messe. / Hallbrück's accounts also cover a fair."),
        ("creative_employees", "hallbrueck", "method", "yes", "Begge byer tæller beskæftigede pr. 30. november efter samme vejledning. / Both cities count the employed on 30 November by the same guide."),
    )  # fmt: skip
    return [
        {"indicator": code, "place": place, "question": question, "answer": answer, "reason": reason}
        for code, place, question, answer, reason in table
    ]


def preferences() -> list[Row]:
    def choice(code: str, period: Row, source: str, value: float, da: str, en: str) -> Row:
        return {"indicator": code, "place": HOME, "period_start": period["period_start"], "period_end": period["period_end"],
                "source": source, "value": value, "reason": both(da, en)}  # fmt: skip

    return [
        choice("event_participants", on(date(2020, 9, 17)), "demo-register", 250.0,
               "Talt ved indgangen efter pandemiens regler; avisens tal er et skøn.", "Counted at the entrance under pandemic rules; the newspaper's figure is an estimate."),
        choice("media_value_claimed", span(date(2019, 11, 1), date(2020, 4, 30)), "demo-media-value-study", 1_100_000.0,
               "Den eneste af de tre med en beskrevet metode og uden multiplikator. Tallet er stadig omstridt.",
               "The only one of the three with a stated method and no multiplier. The figure is still contested."),
        choice("festival_visits", year(2024), "demo-festival-reports", 27_600.0,
               "Talt af sensorer; det andet tal blev udtalt, før festivalen var begyndt.", "Counted by sensors; the other figure was stated before the festival began."),
        choice("creative_companies", year(2024), "demo-labour-statistics", 221.0,
               "Samme register og afgrænsning som de øvrige år.", "Same register and scope as the other years."),
        choice("partner_organisations", year(2023), "demo-register", 27.0,
               "Registret kræver en aftale; rapporten tæller også hensigtserklæringer.", "The register requires an agreement; the report also counts letters of intent."),
    ]  # fmt: skip


def bands() -> list[Row]:
    """Where amber and green begin; one indicator is red, so that all three colours are seen."""
    table = (
        ("resident_awareness", 40.0, 55.0, "", "Gul fra fire af ti borgere; grøn fra handleplanens mål for 2026."),
        ("invitations_received", 10.0, 20.0, "", "Grøn er handleplanens mål for 2027."),
        ("creative_companies", 190.0, 214.0, "", "Gul er handleplanens mål for 2023; grøn følger målet for 2026."),
        ("filming_days", 120.0, 160.0, "", "Grøn er aftalen med filmkontoret; under 120 dage kan kontoret ikke dække sine udgifter."),
        ("partner_organisations", 20.0, 35.0, "", "Fastsat af styregruppen: 35 partnere er, hvad koordinatoren kan nå at passe."),
        ("media_positive_tone_share", 35.0, 50.0, "", "Grøn, når mindst halvdelen af omtalen er positiv."),
        ("international_events_hosted", 4.0, 6.0, "", "Grøn er handleplanens mål for 2025."),
        ("funding_granted_own_share", 1_000_000.0, 1_500_000.0, "DKK", "Grøn er handleplanens mål på 1,5 mio. kr. om året."),
    )  # fmt: skip
    return [
        {"indicator": code, "amber": amber, "green": green, "currency": currency, "reason": reason}
        for code, amber, green, currency, reason in table
    ]


def evidence() -> list[Row]:
    """What each document is called in its own language, and what it shows in both."""
    table = (
        ("claim:recognition", "supports", "Borgerundersøgelsen 2026", "demo-resident-survey",
         "58 procent kender titlen.", "58 per cent know of the title."),
        ("claim:recognition", "contradicts", "Borgerundersøgelsen 2026", "demo-resident-survey",
         "Færre end halvdelen finder titlen vigtig.", "Fewer than half find the title important."),
        ("claim:collaboration", "supports", "Aftale om residensprogram med Hallbrück", "demo-register",
         "Underskrevet i 2021.", "An agreement on residencies with Hallbrück, signed in 2021."),
        ("claim:collaboration", "contradicts", "Midtvejsevalueringen", "demo-evaluation",
         "Hver tredje kontakt var ophørt efter to år.", "Every third contact had ended after two years."),
        ("claim:showcase", "supports", "Festivalens årsrapport 2025", "demo-festival-reports",
         "Der blev vist film fra 41 lande.", "Films from 41 countries were shown."),
        ("claim:showcase", "contradicts", "Kollegavurderingen 2021", "demo-peer-assessment",
         "Programmet er svært at finde på engelsk.", "The programme is hard to find in English."),
        ("claim:sdg", "supports", "Monitoreringsrapporten 2023", "demo-monitoring-report",
         "16 aktiviteter er mærket med verdensmål.", "16 activities are tagged with goals."),
        ("claim:sdg", "contradicts", "Midtvejsevalueringen", "demo-evaluation",
         "Mærkning er ikke virkning.", "Tagging is not impact."),
        ("claim:political-focus", "supports", "Byrådets referat", "demo-council-minutes",
         "Handleplanen for den kreative sektor er vedtaget.", "The action plan for the creative sector was adopted."),
        ("claim:political-focus", "contradicts", "Budgetaftalen for 2023", "demo-budget",
         "Aftalen sparer på kulturområdet.", "The agreement cuts spending on culture."),
        ("claim:media", "supports", "Udklip fra de to måneder efter udnævnelsen", "demo-press-cuttings",
         "Der er 13 artikler.", "There are 13 articles from the two months after the designation."),
        ("claim:media", "contradicts", "Efterprøvning af medieværdien", "demo-media-value-study",
         "Medieværdien var en niendedel af den oplyste.", "The media value was a ninth of the one stated."),
        ("claim:funding", "supports", "Indkaldelsen til Levende byer", "demo-register",
         "Titlen var en betingelse for at søge.", "The title was a condition for applying."),
        ("claim:funding", "contradicts", "Regnskabet", "demo-accounts",
         "Uden det europæiske tilskud er det udenlandske bidrag beskedent.", "Without the European grant, foreign money is modest."),
        ("claim:attraction", "supports", "Koproduktionsmarkedet 2025", "demo-festival-reports",
         "Deltagerne kom fra 23 lande.", "The participants came from 23 countries."),
        ("claim:attraction", "contradicts", "Filmkontorets opgørelse", "demo-accounts",
         "Optagedagene er næsten halveret siden 2018.", "Filming days have almost halved since 2018."),
        ("claim:conference", "supports", "Konferencerapporten 2025", "demo-conference-reports",
         "Mosevig holdt oplæg om måling.", "Mosevig gave a talk on measuring."),
        ("claim:conference", "contradicts", "Midtvejsevalueringen", "demo-evaluation",
         "Få møder blev til projekter.", "Few meetings turned into projects."),
        ("indicator:media_value_claimed", "contradicts", "Medietal Nord 2021", "demo-media-value-study",
         "Tallet for 2019–2020 kunne ikke efterprøves.", "The figure for 2019–2020 could not be reproduced."),
        ("indicator:creative_companies", "contradicts", "Branchestatistikken", "demo-labour-statistics",
         "Samme vækst begyndte i 2018, før titlen.", "The same growth began in 2018, before the title."),
        ("activity:grant-large-2022", "supports", "Tilsagnsbrev til Levende byer", "demo-register",
         "Brevet nævner titlen.", "The letter mentions the title."),
        ("activity:grant-large-2024", "supports", "Afslaget fra 2018 og bevillingen fra 2024", "demo-register",
         "De to er lagt side om side.", "The refusal of 2018 and the grant of 2024, side by side."),
    )  # fmt: skip
    return [
        {
            "subject": subject,
            "stance": stance,
            "title": f"{title} (opdigtet)",
            "address": f"https://example.invalid/{source}#{number}",
            "note": both(da, en),
        }
        for number, (subject, stance, title, source, da, en) in enumerate(table, start=1)
    ]


TABLES: dict[str, Callable[[], list[Row]]] = {
    "baseline": baselines, "target": targets, "annotation": marks, "series_break": series_breaks,
    "comparability_note": comparability_notes, "comparability_answer": comparability_answers, "narrative": narratives, "preference": preferences, "evidence": evidence,
    "bands": bands,
}  # fmt: skip
