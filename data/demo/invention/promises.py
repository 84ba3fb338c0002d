"""What the invented application promised, and what became of it."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from datetime import date

from invention.writing import Row, both

SOURCE = "demo-candidacy"
CULTURE, ECONOMY, SCHOOLS, TRADE = "Kulturforvaltningen", "Økonomi", "Børn og Unge", "Erhverv og Udvikling"

# key, da, en, page, owner, due, state, claim, indicators, reason, evidence (title, address)
_TABLE: tuple[tuple[str, str, str, str, str, date | None, str, str, tuple[str, ...], str, tuple[tuple[str, str], ...]], ...] = (
    ("culture-share-of-budget",
     "Mosevig holder kulturens andel af kommunens budget på niveauet fra 2018.",
     "Mosevig keeps culture's share of the municipal budget at the level of 2018.",
     "14", ECONOMY, date(2027, 12, 31), "under_way", "political-focus", ("culture_share_of_city_budget",),
     "Andelen er faldet fra 4,1 til 3,4 procent. Byrådet har endnu ikke taget stilling til, om tilsagnet stadig gælder.",
     (("Mosevig Kommunes regnskab 2015-2025 (opdigtet)", "https://example.invalid/demo-accounts"),)),
    ("five-joint-projects",
     "Byen gennemfører mindst fem fælles projekter med andre kreative byer inden udgangen af 2023.",
     "The city completes at least five joint projects with other creative cities before the end of 2023.",
     "9", CULTURE, date(2023, 12, 31), "kept", "collaboration", ("joint_projects_completed", "partner_creative_cities"),
     "14 fælles projekter var gennemført ved udgangen af 2023.",
     (("Mosevigs monitoreringsrapport til netværket, 2023 (opdigtet)", "https://example.invalid/demo-monitoring-report"),)),
    ("every-conference",
     "Byen deltager i netværkets årlige konference hvert år.",
     "The city takes part in the network's annual conference every year.",
     "10", CULTURE, date(2027, 10, 31), "under_way", "conference", ("conference_attended",),
     "Byen har deltaget, hver gang konferencen er holdt.", ()),
    ("film-office",
     "Byen opretter et filmkontor, som hjælper med tilladelser, lokaler og indkvartering.",
     "The city opens a film office that helps with permits, premises and accommodation.",
     "12", TRADE, date(2021, 6, 30), "partly_kept", "attraction", ("filming_days",),
     "Kontoret kom i gang til tiden, men lukkede igen i august 2022.",
     (("Dagsordener og referater fra Mosevig Byråd 2015-2026 (opdigtet)", "https://example.invalid/demo-council-minutes"),)),
    ("animation-in-every-school",
     "Alle folkeskoler tilbyder et forløb i animation.",
     "Every primary school offers a course in animation.",
     "16", SCHOOLS, date(2024, 8, 1), "under_way", "sdg", (),
     "11 af 14 skoler er med. De tre sidste mangler lærere, der er efteruddannet.", ()),
    ("forty-articles",
     "Byen omtales i mindst 40 artikler om året i medier uden for landsdelen.",
     "The city is mentioned in at least 40 articles a year in media outside the region.",
     "11", CULTURE, date(2025, 12, 31), "partly_kept", "media", ("media_articles",),
     "Omtalen toppede med 24 artikler i 2020 og er faldet siden. Målet er aldrig nået.",
     (("Medieovervågning for Mosevig, årlige opgørelser (opdigtet)", "https://example.invalid/demo-media-monitor"),)),
    ("open-film-archive",
     "Festivalens film samles i et åbent, digitalt arkiv.",
     "The festival's films are collected in an open digital archive.",
     "17", CULTURE, date(2023, 12, 31), "dropped", "showcase", (),
     "Rettighederne til to tredjedele af filmene kunne ikke købes for de penge, der var afsat. Byrådet opgav arkivet i 2022.",
     (("Dagsordener og referater fra Mosevig Byråd 2015-2026 (opdigtet)", "https://example.invalid/demo-council-minutes"),)),
    ("independent-evaluation",
     "Titlen evalueres af en uafhængig part hvert fjerde år.",
     "An independent party evaluates the title every four years.",
     "19", CULTURE, date(2023, 12, 31), "kept", "recognition", ("resident_awareness",),
     "Den første evaluering forelå i maj 2023.",
     (("Midtvejsevaluering af titlen som kreativ by (opdigtet)", "https://example.invalid/demo-evaluation"),)),
    ("host-a-network-meeting",
     "Byen er vært for et møde mellem netværkets byer inden for samme kunstart.",
     "The city hosts a meeting of the network's cities of the same creative field.",
     "10", CULTURE, date(2026, 6, 30), "planned", "showcase", ("international_events_hosted",),
     "Mødet er udskudt to gange, fordi der mangler overnatningspladser.", ()),
    ("own-share-of-grants",
     "Byen henter mindst 1,5 mio. kr. om året i eksterne tilskud til egne projekter.",
     "The city raises at least DKK 1.5 million a year in outside grants for its own projects.",
     "13", ECONOMY, date(2027, 12, 31), "under_way", "funding", ("funding_granted_own_share",),
     "Målet er nået hvert år siden 2020.", ()),
    ("accessible-events",
     "Alle arrangementer under titlen kan besøges af mennesker med handicap.",
     "All events under the title can be visited by people with disabilities.",
     "18", CULTURE, date(2027, 10, 1), "planned", "sdg", (), "", ()),
)  # fmt: skip


def promises() -> list[Row]:
    return [
        {
            "key": key, "text": both(da, en), "state": state, "owner": owner, "due": due, "page": page,
            "reason": reason, "claim": claim, "source": SOURCE, "indicators": indicators,
            "evidence": [{"title": title, "address": address} for title, address in evidence],
        }
        for key, da, en, page, owner, due, state, claim, indicators, reason, evidence in _TABLE
    ]  # fmt: skip
