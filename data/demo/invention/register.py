"""The invented register of activities 2015-2027: several hundred dated records of every kind.

How many there are of a kind in a year is stated, not drawn, so that the story holds: few before the
designation of 30 October 2019, a pandemic, growth in what the city does itself, and a fading press.
"""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from invention import words
from invention.chance import Chance, Deck
from invention.places import COUNTRY, JOINED, NAME, PARTNERS
from invention.writing import Row, on, span

YEARS = range(2015, 2027)
DESIGNATED = date(2019, 10, 30)
TODAY = date(2026, 10, 31)
"""The register was last filled in on this day; later records are planned."""

COUNTS: dict[str, tuple[int, ...]] = {
    "grant": (4, 4, 5, 5, 6, 7, 9, 10, 11, 11, 12, 10),
    "article_naming": (0, 0, 0, 1, 17, 24, 20, 18, 16, 14, 12, 10),
    "article_other": (2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2),
    "event_international": (1, 2, 2, 2, 2, 1, 4, 6, 7, 7, 7, 6),
    "event_local": (2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2),
    "event_abroad": (1, 1, 2, 1, 2, 0, 2, 4, 5, 6, 6, 5),
    "partnership": (1, 1, 2, 2, 2, 4, 5, 6, 7, 7, 8, 7),
    "sdg_action": (0, 0, 0, 0, 0, 2, 4, 6, 7, 8, 8, 8),
    "council_decision": (2, 2, 2, 3, 4, 4, 5, 5, 5, 6, 6, 5),
    "exchange": (1, 1, 2, 2, 3, 1, 3, 7, 8, 9, 10, 9),
    "award": (2, 2, 1, 2, 2, 2, 3, 4, 5, 5, 6, 6),
}  # fmt: skip

COLUMNS = (
    "key", "kind", "place", "title_da", "title_en", "description_da", "description_en", "period_start",
    "period_end", "period_precision", "state", "source", "organisation", "country", "language", "role",
    "direction", "outcome", "level", "currency", "amount_applied", "amount_granted", "amount_received",
    "amount_spent", "granted_own_share", "participants", "foreign_participants", "people_sent", "meetings",
    "reach", "staff_months", "names_designation", "paid", "joint_output", "tone", "attribution",
    "attribution_reason", "confidence", "mechanisms", "partner_places", "sdg_targets", "primary_sdg",
    "culture2030", "mmr_section", "objective", "area_of_action", "same_as", "claims", "note",
)  # fmt: skip

FOLLOW_UPS = (
    (12, "gentaget med samme partner."),
    (12, "fortsat for egne midler."),
    (12, "ikke gentaget."),
    (24, "stadig i gang, nu uden tilskud."),
    (24, "afsluttet uden videreførelse."),
    (36, "indgår i den faste drift."),
)
"""What became of it after so many months (N20)."""


def activities() -> list[Row]:
    """All records, by kind and then by date; keys are unique."""
    rows = [
        *_grants(), *_articles(), *_events(), *_partnerships(), *_sdg_actions(), *_council_decisions(),
        *_exchanges(), *_attendances(), *_conferences(), *_awards(), *_costs(),
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["kind"], row["period_start"], row["key"]))


def _counted(name: str) -> Iterator[tuple[int, int, int, Chance]]:
    """Year, number within the year, number in all, and the chance of each record of a kind."""
    serial = 0
    for year, count in zip(YEARS, COUNTS[name], strict=True):
        for index in range(count):
            yield year, index, serial, Chance("register", name, year, index)
            serial += 1


def _day(chance: Chance, year: int, first: int = 1, last: int = 12) -> date:
    """A weekday in the months given; in the current year never after the register was filled in."""
    if year == TODAY.year:
        last = min(last, TODAY.month)
    day = date(year, first, 1) + timedelta(days=chance.whole(0, (last - first + 1) * 30 - 2))
    day -= timedelta(days=max(0, day.weekday() - 4))
    return min(day, TODAY) if year == TODAY.year else day


def _state(start: date, end: date, chance: Chance) -> str:
    """Planned, running or done by its days, or cancelled: rarely, but mostly so in the spring of 2020."""
    if start > TODAY:
        return "planned"
    if chance.happens(0.7 if date(2020, 3, 11) <= start <= date(2020, 8, 31) else 0.03):
        return "cancelled"
    return "running" if end > TODAY else "done"


def _members(day: date) -> list[str]:
    """The partners that were members of the network on that day."""
    return [slug for slug in PARTNERS if JOINED.get(slug, date(2018, 1, 1)) <= day]


def _partner(day: date, serial: int) -> str:
    """Partners take turns; before the designation there were only two contacts."""
    known = ["hallbrueck", "eskerwick"] if day < DESIGNATED else _members(day)
    return known[serial % len(known)]


def _follow_up(day: date, chance: Chance) -> str:
    """A look back on every third record, where enough time has passed for one."""
    due = [(months, text) for months, text in FOLLOW_UPS if day + timedelta(days=31 * months) < TODAY]
    if not due or not chance.happens(0.35):
        return ""
    months, text = chance.pick(due)
    return f"Opfølgning efter {months} måneder: {text}"


def _attribution(day: date, named: bool, chance: Chance) -> tuple[str, str]:
    """A0 to A2 by rule; A3 and A4 are set where a condition or a comparison is recorded."""
    if day < DESIGNATED:
        return "A0", "Før udnævnelsen."
    if named:
        return "A2", "Udnævnelsen er nævnt i materialet."
    if chance.happens(0.5):
        return "A1", "Kontakten kom gennem netværket, men udnævnelsen er ikke nævnt."
    return "A0", "Ville efter alt at dømme være sket også uden titlen."


def _base(kind: str, name: str, serial: int, day: date, claims: tuple[str, ...]) -> Row:
    return {
        "key": f"{name}-{day.year}-{serial:03d}", "kind": kind, "place": "mosevig", **on(day), "state": "done",
        "source": "demo-register", "claims": claims, "confidence": "own_count",
    }  # fmt: skip


# -- money -----------------------------------------------------------------------------------------


def _grants() -> Iterator[Row]:
    """Applied → granted → received, in the funder's currency; before 2020 the funders are mostly Danish."""
    deck = Deck("grant", words.PROJECTS)
    for year, index, serial, chance in _counted("grant"):
        day = _day(chance, year, 2)
        funders = [
            f
            for f in words.FUNDERS
            if (not f[6] and f[1] != "international") or year >= 2020 or f[0] == "Nordisk Billedpulje"
        ]
        funder, level, country, currency, low, high, conditional = funders[(serial * 5 + year) % len(funders)]
        project = deck.deal(funder)
        # Two of five applications succeed before the title, about two of three after it.
        success = (index % 5 in (0, 3)) if year < 2020 else (index + year) % 3 != 0
        pending = day > date(2026, 8, 15)
        applied = round(chance.between(low, high), -3)
        named = day >= DESIGNATED and (conditional or chance.happens(0.55))
        grade, reason = _attribution(day, named, chance)
        if named and conditional:
            grade, reason = "A3", "Puljen kunne kun søges af byer med titlen; det står i opslaget."
        row = _base("grant", "grant", serial, day, ("funding",)) | {
            "title_da": f"{project[0]}: {'støtte fra' if success and not pending else 'ansøgning til'} {funder}",
            "title_en": f"{project[1]}: {'grant from' if success and not pending else 'application to'} {funder}",
            "organisation": funder, "level": level, "country": country, "currency": currency,
            "role": "lead" if country == "DK" or chance.happens(0.45) else "partner",
            "amount_applied": applied, "names_designation": named, "attribution": grade, "attribution_reason": reason,
            "confidence": "audited_record" if year < 2026 else "own_count",
            "mmr_section": "5" if level == "international" else "4", "objective": "3", "area_of_action": "pilot_projects",
            "outcome": "pending" if pending else "granted" if success else "declined",
            "state": "running" if pending else "done",
        }  # fmt: skip
        if success and not pending:
            granted = round(applied * chance.between(0.6, 1.0), -3)
            share = 1.0 if row["role"] == "lead" and country == "DK" else chance.between(0.35, 0.7)
            paid_out = {2026: 0.3, 2025: 0.7, 2024: 0.9}.get(year, 1.0)
            row |= {
                "amount_granted": granted, "granted_own_share": round(granted * share, -3),
                "amount_received": round(granted * share * paid_out, -3),
                "mechanisms": chance.pick_some(
                    ("standards", "confidence", "recognition", "partners", "non-monetary"), chance.whole(1, 2)
                ) if named else [],
                "note": _follow_up(day, chance),
                "state": "running" if year >= 2025 else "done",
            }  # fmt: skip
            if country != "DK" and year >= 2018:
                partner = _partner(day, serial)
                row["partner_places"] = [partner]
        yield row
    yield from _large_grants()


def _large_grants() -> Iterator[Row]:
    """The few grants that carry the totals of a town of this size (N17), and one counterfactual (A4)."""
    large = (
        ("large-2017", date(2017, 5, 18), "Ombygning af det gamle mejeri: støtte fra Fonden Havblik",
         "Conversion of the old dairy: grant from Fonden Havblik", "Fonden Havblik", "DK", "DKK",
         6_000_000.0, 3_500_000.0, 3_500_000.0, 3_500_000.0, False, "A0", "Før udnævnelsen."),
        ("large-2022", date(2022, 6, 9), "Levende byer: europæisk samarbejde om mediekunst i byens rum",
         "Living cities: European cooperation on media arts in public space",
         "Det europæiske program for kreative byer", "BE", "EUR",
         2_400_000.0, 2_000_000.0, 1_150_000.0, 1_090_000.0, True, "A3",
         "Titlen var en betingelse for at være hovedansøger; det står i indkaldelsens punkt 3.2."),
        ("large-2024", date(2024, 9, 12), "Animationens hus: støtte til udstillinger fra Fonden Havblik",
         "House of Animation: grant for exhibitions from Fonden Havblik", "Fonden Havblik", "DK", "DKK",
         8_000_000.0, 5_000_000.0, 5_000_000.0, 3_200_000.0, True, "A4",
         "Samme ansøgning fik afslag i 2018 uden titlen og blev imødekommet i 2024; Torsbæk fik afslag begge gange."),
        ("large-2025", date(2025, 5, 22), "Havnens digitale scene: støtte fra Statens Animationspulje",
         "The harbour's digital stage: grant from Statens Animationspulje", "Statens Animationspulje", "DK", "DKK",
         4_500_000.0, 3_000_000.0, 3_000_000.0, 1_500_000.0, False, "A1", "Titlen er ikke nævnt i bevillingen."),
    )  # fmt: skip
    for (
        key,
        day,
        da,
        en,
        funder,
        country,
        currency,
        applied,
        granted,
        share,
        received,
        named,
        grade,
        reason,
    ) in large:
        yield _base("grant", "grant", 0, day, ("funding",)) | {
            "key": f"grant-{key}", "title_da": da, "title_en": en, "organisation": funder, "country": country,
            "currency": currency, "amount_applied": applied, "amount_granted": granted, "granted_own_share": share,
            "amount_received": received, "names_designation": named, "attribution": grade,
            "attribution_reason": reason, "role": "lead", "outcome": "granted", "confidence": "audited_record",
            "level": "international" if country == "BE" else "national", "mmr_section": "5" if country == "BE" else "4",
            "objective": "2", "area_of_action": "pilot_projects",
            "mechanisms": ["standards", "recognition", "partners"] if named else [],
            "partner_places": ["hallbrueck", "vallombra", "saint-aubrac"] if country == "BE" else [],
            "state": "running" if day.year >= 2024 else "done",
            "description_da": "Projektet løber over tre år; beløbene er for hele perioden." if day.year >= 2022 else "",
            "description_en": "The project runs for three years; the amounts are for the whole period." if day.year >= 2022 else "",
        }  # fmt: skip
    yield _base("grant", "grant", 0, date(2018, 9, 20), ("funding",)) | {
        "key": "grant-declined-2018", "title_da": "Animationens hus: ansøgning til Fonden Havblik",
        "title_en": "House of Animation: application to Fonden Havblik", "organisation": "Fonden Havblik",
        "country": "DK", "currency": "DKK", "amount_applied": 8_000_000.0, "names_designation": False,
        "attribution": "A0", "attribution_reason": "Før udnævnelsen.", "role": "lead", "outcome": "declined",
        "level": "national", "mmr_section": "4", "objective": "2", "area_of_action": "pilot_projects",
        "note": "Søgt igen i 2024, se grant-large-2024.",
    }  # fmt: skip


def _costs() -> Iterator[Row]:
    """What the title costs, booked once a year; part of the staff time is an estimate."""
    table = {
        2018: {"candidacy": (180_000, 3.0)},
        2019: {"candidacy": (410_000, 7.5), "travel": (38_000, 0.2), "communication": (95_000, 1.0)},
    }
    for index, year in enumerate(range(2020, 2027)):
        table[year] = {
            "staff": (520_000 + 21_000 * index, 11.5 if year < 2023 else 16.0),
            "travel": ((12_000, 18_000, 96_000, 121_000, 134_000, 142_000, 118_000)[index], 0.8),
            "co_financing": ((150_000, 300_000, 780_000, 940_000, 860_000, 720_000, 510_000)[index], 0.5),
            "communication": ((260_000, 140_000, 120_000, 115_000, 90_000, 85_000, 60_000)[index], 1.5),
            "events": ((40_000, 85_000, 210_000, 240_000, 255_000, 260_000, 190_000)[index], 2.0),
        }
    names = {
        "candidacy": ("Arbejdet med kandidaturet", "Work on the candidacy"),
        "staff": ("Koordinatorens løn", "The coordinator's salary"),
        "travel": ("Rejser og ophold", "Travel and accommodation"),
        "co_financing": ("Medfinansiering af projekter", "Co-financing of projects"),
        "communication": ("Kommunikation om titlen", "Communication about the title"),
        "events": ("Netværkets arrangementer i Mosevig", "The network's events in Mosevig"),
    }
    for year, lines in table.items():
        for code, (amount, months) in lines.items():
            end = TODAY if year == TODAY.year else date(year, 12, 31)
            yield {
                "key": f"cost-{year}-{code.replace('_', '-')}", "kind": "cost", "place": "mosevig",
                **span(date(year, 1, 1), end, "day" if year == TODAY.year else "year"),
                "title_da": f"{names[code][0]} {year}", "title_en": f"{names[code][1]} {year}",
                "state": "running" if year == TODAY.year else "done", "outcome": code, "source": "demo-accounts",
                "currency": "DKK", "amount_spent": float(amount), "staff_months": months, "country": "DK",
                "confidence": "audited_record" if year < 2026 else "own_count", "mmr_section": "6",
                "claims": ("funding",),
                "note": "Opgjort til og med oktober." if year == TODAY.year else "Timer er skønnet." if code != "staff" else "",
            }  # fmt: skip


# -- what others write and give --------------------------------------------------------------------


def _may_be_written(gentle: bool, level: str, card: tuple[words.Headline, words.Pair]) -> bool:
    """Nobody pays for criticism, and no foreign paper writes about the council's quarrels."""
    da, _, tone = card[0]
    abroad = level == "international"
    return not (gentle and tone == "critical") and not (
        abroad and any(word in da for word in words.AT_HOME_ONLY)
    )


def _articles() -> Iterator[Row]:
    """Coverage; after the first year fewer articles name the title, and more of them are paid for."""
    for name in ("article_naming", "article_other"):
        naming = name == "article_naming"
        headlines = words.HEADLINES_NAMING if naming else words.HEADLINES_OTHER
        deck = Deck(name, [(headline, thing) for headline in headlines for thing in words.NEWS_THINGS])
        for year, index, serial, chance in _counted(name):
            first, last = (
                (11, 12)
                if naming and year == 2019 and index > 3
                else (3, 6)
                if naming and year == 2019
                else (1, 12)
            )
            day = _day(chance, year, first, last)
            outlets = words.OUTLETS if naming and day >= DESIGNATED else words.OUTLETS[:8]
            outlet, level, country, language, low, high = outlets[(serial * 5 + year) % len(outlets)]
            paid = chance.happens(0.08 if year <= 2020 else 0.08 + 0.055 * (year - 2020))
            # Critics were few in the first year.
            gentle = naming and year <= 2020 and chance.happens(0.7)
            (da, en, tone), thing = deck.deal(fits=partial(_may_be_written, gentle or paid, level))
            if naming and day < DESIGNATED:
                da, en, tone = (
                    "Mosevig søger om at blive kreativ by: {thing} er med",
                    "Mosevig bids to become a creative city: {thing} is part of it",
                    "neutral",
                )
            grade, reason = _attribution(day, naming, chance)
            yield _base("article", "article", serial + (0 if naming else 500), day, ("media",)) | {
                "title_da": da.format(thing=thing[0]), "title_en": en.format(thing=thing[1]),
                "organisation": outlet, "level": level, "country": country, "language": language,
                "reach": None if chance.happens(0.12) else round(chance.whole(low, high), -2), "names_designation": naming, "paid": paid,
                "tone": tone, "attribution": grade, "attribution_reason": reason, "confidence": "press_report",
                "mmr_section": "4", "objective": "3", "area_of_action": "communication",
                "note": "Sponsoreret indhold." if paid else "",
            }  # fmt: skip


def _is_abroad(abroad: bool, award: words.Award) -> bool:
    return (award[2] == "international") == abroad


def _awards() -> Iterator[Row]:
    deck = Deck("award", words.AWARDS)
    for year, index, serial, chance in _counted("award"):
        day = _day(chance, year, 3, 11)
        # One international prize in two or three years before the title, about half of the prizes after.
        international = (index == 0 and year in (2016, 2018)) if year < 2020 else index % 2 == 0
        level_kind = "international" if international else "national"
        da, en, level, country, giver = deck.deal(level_kind, partial(_is_abroad, international))
        named = day >= DESIGNATED and chance.happens(0.25)
        grade, reason = _attribution(day, named, chance)
        yield _base("award", "award", serial, day, ("recognition",)) | {
            "title_da": da, "title_en": en, "level": level, "country": country, "organisation": giver,
            "names_designation": named, "outcome": "nominated" if "nomineret" in da else "won",
            "attribution": grade, "attribution_reason": reason, "confidence": "press_report",
            "mmr_section": "4", "objective": "3", "area_of_action": "communication",
        }  # fmt: skip


# -- what the city shows and does -------------------------------------------------------------------


def _events() -> Iterator[Row]:
    yield from _festivals()
    for year, index, serial, chance in _counted("event_international"):
        known = [e for e in words.EVENTS_INTERNATIONAL if e[2] <= max(year, 2016)]
        da, en, _, size, abroad = known[index % len(known)]
        day = _day(chance, year, 2, 11)
        state = _state(day, day, chance)
        turnout = size * chance.between(0.8, 1.25) * (0.5 if year in (2020, 2021) else 1.0)
        named = day >= DESIGNATED and chance.happens(0.6)
        grade, reason = _attribution(day, named, chance)
        if da == "Møde mellem mediekunstbyer":
            named, grade, reason = True, "A3", "Mødet holdes kun i byer med titlen."
        # Every third is also kept under claim 8; the second record names the first, so that totals count one.
        row = _base("event", "event", serial, day, ("showcase",)) | {
            "title_da": f"{da} {year}", "title_en": f"{en} {year}", "level": "international", "role": "host",
            "country": "DK", "state": state, "organisation": "Mosevig Kommune", "names_designation": named,
            "attribution": grade, "attribution_reason": reason, "mmr_section": "5", "objective": "1",
            "area_of_action": "experience_sharing", "outcome": "attracted" if da in words.ATTRACTED else "own",
        }  # fmt: skip
        if state == "done":
            row |= {
                "participants": float(round(turnout)),
                "foreign_participants": float(round(turnout * abroad * chance.between(0.85, 1.15))),
            }
            row["note"] = _follow_up(day, chance)
        if day >= DESIGNATED:
            row["partner_places"] = chance.pick_some(_members(day), 2 if abroad > 0.3 else 1)
        yield row
        if serial % 4 == 1:
            yield row | {
                "key": f"{row['key']}-attraction", "claims": ("attraction",), "same_as": row["key"],
                "description_da": "Samme arrangement, også ført under tiltrækning.",
                "description_en": "The same event, also kept under attraction.", "note": "",
            }  # fmt: skip
    for year, _, serial, chance in _counted("event_local"):
        da, en = words.EVENTS_LOCAL[(serial * 3 + year) % len(words.EVENTS_LOCAL)]
        day = _day(chance, year)
        state = _state(day, day, chance)
        row = _base("event", "event-local", serial, day, ("showcase",)) | {
            "title_da": f"{da} {year}", "title_en": f"{en} {year}", "level": "local", "role": "host", "country": "DK",
            "state": state, "organisation": chance.pick(words.ORGANISATIONS[""]), "names_designation": False,
            "attribution": "A0", "attribution_reason": "Lokalt arrangement, ikke knyttet til titlen.",
            "mmr_section": "4", "objective": "5", "area_of_action": "communication",
        }  # fmt: skip
        if state == "done":
            row |= {"participants": float(chance.whole(40, 900)), "foreign_participants": 0.0}
        yield row
    yield from _appearances()
    yield from _planned_events()


def _festivals() -> Iterator[Row]:
    """The yearly festival: older than the title, cancelled in 2020, small in 2021."""
    people = (24800, 25600, 27100, 27900, 28800, None, 9400, 21900, 25300, 27600, 28900, 28200)
    foreign = (310, 330, 360, 370, 395, None, 120, 520, 690, 760, 820, 860)
    for year, count, abroad in zip(YEARS, people, foreign, strict=True):
        row = _base("event", "festival", 0, date(year, 9, 22), ("showcase",)) | {
            "key": f"festival-{year}", **span(date(year, 9, 22), date(year, 9, 26)),
            "title_da": f"{words.FESTIVAL[0]} {year}", "title_en": f"{words.FESTIVAL[1]} {year}",
            "level": "international", "role": "host", "country": "DK",
            "organisation": "Foreningen Mosevig Animationsfestival", "state": "done" if count else "cancelled",
            "participants": count and float(count), "foreign_participants": abroad and float(abroad),
            "names_designation": year >= 2020, "attribution": "A1" if year >= 2020 else "A0",
            "attribution_reason": "Festivalen fandtes før titlen; den udenlandske deltagelse er vokset siden."
            if year >= 2020 else "Før udnævnelsen.",
            "mmr_section": "4", "objective": "3", "area_of_action": "communication", "confidence": "own_count",
            "note": "Aflyst på grund af pandemien." if not count else "",
        }  # fmt: skip
        yield row
        if year in (2022, 2024, 2026):
            yield row | {
                "key": f"festival-{year}-attraction",
                "claims": ("attraction",),
                "same_as": f"festival-{year}",
            }


def _appearances() -> Iterator[Row]:
    for year, index, serial, chance in _counted("event_abroad"):
        stages = [s for s in words.STAGES_ABROAD if year >= 2022 or s[1] in ("FR", "DE", "SE", "NO", "GB")]
        festival, country, partner = stages[(serial * 4 + index) % len(stages)]
        day = _day(chance, year, 3, 11)
        named = day >= DESIGNATED and chance.happens(0.5)
        grade, reason = _attribution(day, named, chance)
        show = (("Film fra Mosevig vist", "Films from Mosevig shown"), ("Udstilling fra Mosevig", "Exhibition from Mosevig"),
                ("Foredrag om animationsmiljøet i Mosevig", "Talk on the animation community in Mosevig"))[serial % 3]  # fmt: skip
        yield _base("event", "abroad", serial, day, ("showcase",)) | {
            "title_da": f"{show[0]} på {festival} {year}", "title_en": f"{show[1]} at {festival} {year}",
            "level": "international", "role": "participant", "country": country, "organisation": festival,
            "participants": float(chance.whole(60, 1400)), "names_designation": named,
            "partner_places": [partner] if partner and partner in _members(day) else [],
            "attribution": grade, "attribution_reason": reason, "mmr_section": "5", "objective": "3",
            "area_of_action": "exchange", "note": _follow_up(day, chance),
        }  # fmt: skip


def _planned_events() -> Iterator[Row]:
    plans = (
        (
            date(2026, 11, 26),
            "Branchedag for spil og film 2026",
            "Industry day for games and film 2026",
            "local",
        ),
        (
            date(2026, 12, 4),
            "Julens tegnefilm på biblioteket 2026",
            "Christmas animation at the library 2026",
            "local",
        ),
        (date(2027, 3, 11), "Nordisk Animationsforum 2027", "Nordic Animation Forum 2027", "international"),
        (
            date(2027, 6, 3),
            "Møde mellem mediekunstbyer 2027",
            "Meeting of media arts cities 2027",
            "international",
        ),
        (
            date(2027, 9, 21),
            "Mosevig Animationsfestival 2027",
            "Mosevig Animation Festival 2027",
            "international",
        ),
    )
    for index, (day, da, en, level) in enumerate(plans):
        yield _base("event", "planned", index, day, ("showcase",)) | {
            "title_da": da, "title_en": en, "level": level, "role": "host", "country": "DK", "state": "planned",
            "organisation": "Mosevig Kommune", "names_designation": False, "mmr_section": "6",
            "objective": "3", "area_of_action": "communication",
        }  # fmt: skip


def _partnerships() -> Iterator[Row]:
    deck = Deck("partnership", words.PARTNERSHIPS)
    for year, index, serial, chance in _counted("partnership"):
        day = _day(chance, year)
        partner = _partner(day, serial) if (year >= 2020 and index % 5 != 4) or index == 0 else ""
        da, en = deck.deal(partner)
        named = day >= DESIGNATED and bool(partner)
        grade, reason = _attribution(day, named, chance)
        if named and index % 3 == 0 and year >= 2021:
            grade, reason = "A3", "Partneren søgte udtrykkeligt en by i netværket."
        joint = bool(partner) and (index % 3 != 2 if year < 2020 else index % 6 != 5)
        end = day + timedelta(days=chance.whole(60, 420))
        organisation = words.ORGANISATIONS[partner][serial % len(words.ORGANISATIONS[partner])]
        row = _base("partnership", "partnership", serial, day, ("collaboration",) if partner else ("attraction",)) | {
            **span(day, end), "state": "running" if end > TODAY else "done",
            "title_da": f"{da}: samarbejde med {NAME[partner] if partner else organisation}",
            "title_en": f"{en}: cooperation with {NAME[partner] if partner else organisation}",
            "organisation": organisation, "country": COUNTRY[partner] if partner else "DK",
            "partner_places": [partner] if partner else [], "role": "lead" if serial % 2 else "partner",
            "direction": ("mutual", "outgoing", "mutual", "incoming")[serial % 4] if partner else "mutual",
            "joint_output": joint, "names_designation": named, "attribution": grade, "attribution_reason": reason,
            "level": "international" if partner else "national", "mmr_section": "5" if partner else "4",
            "objective": "1", "area_of_action": "pilot_projects",
            "outcome": "conference_lead" if partner and joint and year >= 2022 and index % 3 == 1 else "",
            "note": _follow_up(day, chance), "staff_months": round(chance.between(0.3, 3.0), 1),
        }  # fmt: skip
        if year >= 2022 and index == 2 and partner:
            extra = [slug for slug in _members(day) if slug != partner][:2]
            row["partner_places"] = [partner, *extra]
        if year == 2020 and index == 1:
            row |= {"state": "cancelled", "joint_output": False, "note": "Opgivet på grund af pandemien."}
        yield row


def _exchanges() -> Iterator[Row]:
    deck = Deck("exchange", words.TRAVELLERS)
    for year, index, serial, chance in _counted("exchange"):
        day = _day(chance, year, 2, 11)
        partner = _partner(day, serial)
        direction = (
            "outgoing"
            if index % 5 in (0, 2, 4)
            else "incoming"
            if index % 5 == 1 or (index % 5 == 3 and year % 2)
            else "mutual"
        )
        who_da, who_en, people = deck.deal(f"{partner}/{direction}")
        titles = {
            "outgoing": (f"{who_da} fra Mosevig på ophold i {NAME[partner]}", f"{who_en} from Mosevig on a stay in {NAME[partner]}"),
            "incoming": (f"{who_da} fra {NAME[partner]} på residens i Mosevig", f"{who_en} from {NAME[partner]} on a residency in Mosevig"),
            "mutual": (f"Gensidigt besøg: Mosevig og {NAME[partner]} bytter erfaringer", f"Mutual visit: Mosevig and {NAME[partner]} trade experience"),
        }  # fmt: skip
        named = day >= DESIGNATED and chance.happens(0.7)
        grade, reason = _attribution(day, named, chance)
        end = day + timedelta(days=chance.whole(2, 45))
        state = _state(day, end, chance)
        yield _base("exchange", "exchange", serial, day, ("collaboration",)) | {
            **span(day, end), "state": state,
            "title_da": titles[direction][0], "title_en": titles[direction][1], "direction": direction,
            "partner_places": [partner], "country": COUNTRY[partner],
            "organisation": chance.pick(words.ORGANISATIONS[partner]),
            "people_sent": float(people) if direction != "incoming" and state != "cancelled" else None,
            "participants": float(people), "joint_output": chance.happens(0.45), "names_designation": named,
            "attribution": grade, "attribution_reason": reason, "level": "international", "mmr_section": "5",
            "objective": "1", "area_of_action": "exchange", "note": _follow_up(day, chance) if state == "done" else "",
        }  # fmt: skip


def _sdg_actions() -> Iterator[Row]:
    """Tagged since 2020 only: there is no baseline, and so no verdict."""
    for year, index, serial, chance in _counted("sdg_action"):
        da, en, targets, culture, reach = words.SDG_ACTIONS[serial % len(words.SDG_ACTIONS)]
        day = _day(chance, year)
        if year == TODAY.year and index == 0:
            day = date(2026, 12, 1)
        end = day + timedelta(days=chance.whole(30, 300))
        state = "cancelled" if serial % 13 == 7 else _state(day, end, chance)
        repeat = serial // len(words.SDG_ACTIONS)
        named = chance.happens(0.4)
        grade, reason = _attribution(day, named, chance)
        yield _base("sdg_action", "sdg", serial, day, ("sdg",)) | {
            **span(day, end),
            "title_da": f"{da} ({repeat + 1}. runde)" if repeat else da,
            "title_en": f"{en} (round {repeat + 1})" if repeat else en,
            "state": state, "reach": round(reach * chance.between(0.7, 1.2)) if reach and state == "done" else None,
            "sdg_targets": targets, "primary_sdg": targets[0], "culture2030": culture,
            "organisation": chance.pick(words.ORGANISATIONS[""]), "names_designation": named,
            "attribution": grade, "attribution_reason": reason, "level": "local", "mmr_section": "4",
            "objective": "6", "area_of_action": "policy", "country": "DK", "note": _follow_up(day, chance) if state == "done" else "",
            "partner_places": [_partner(day, serial)] if "17.17" in targets else [],
        }  # fmt: skip
    for index, (da, en, target) in enumerate((
        ("Grøn drejebog for alle kulturhuse", "Green handbook for all cultural venues", "12.5"),
        ("Animation i sprogundervisning for nytilkomne", "Animation in language classes for newcomers", "4.5"),
        ("Fælles klimaregnskab for festivaler i netværket", "Shared carbon accounts for festivals in the network", "13.2"),
    )):  # fmt: skip
        yield _base("sdg_action", "sdg-planned", index, date(2027, 2, 1), ("sdg",)) | {
            "title_da": da, "title_en": en, "state": "planned", "sdg_targets": [target], "primary_sdg": target,
            "level": "local", "mmr_section": "6", "objective": "6", "area_of_action": "policy", "country": "DK",
            "names_designation": False,
        }  # fmt: skip


def _on_the_agenda(year: int, case: words.Pair) -> bool:
    """Whether a case could come up: nothing about the title before it, no follow-up before the evaluation."""
    about_title = any(word in case[0] for word in ("titlen", "netværk", "koordinator", "europæisk"))
    return year >= (2023 if "midtvejs" in case[0] else 2020 if about_title else 2015)


def _council_decisions() -> Iterator[Row]:
    deck = Deck("council", words.COUNCIL_CASES)
    for year, index, serial, chance in _counted("council_decision"):
        body_da, body_en = (
            words.COMMITTEES[0] if index == 0 else words.COMMITTEES[(serial + year) % len(words.COMMITTEES)]
        )
        da, en = deck.deal(body_da, partial(_on_the_agenda, year))
        day = _day(chance, year, 1, 12)
        outcome = (
            "rejected"
            if "nedlægge" in da or serial % 9 == 4
            else "noted"
            if "status" in da or "Opfølgning" in da
            else "adopted"
        )
        named = day >= DESIGNATED and (
            any(word in da for word in ("titlen", "netværk", "koordinator")) or chance.happens(0.35)
        )
        grade, reason = _attribution(day, named, chance)
        words_da = {"rejected": "Forkastet.", "noted": "Taget til efterretning.", "adopted": "Vedtaget."}[
            outcome
        ]
        yield _base("council_decision", "council", serial, day, ("political-focus",)) | {
            "title_da": f"{body_da}: {da}", "title_en": f"{body_en}: {en}", "outcome": outcome, "level": "local",
            "organisation": body_da, "country": "DK", "source": "demo-council-minutes", "names_designation": named,
            "attribution": grade, "attribution_reason": reason, "confidence": "audited_record",
            "description_da": f"{words_da} {'Besparelsen rammer også kulturskolen.' if 'Besparelser' in da else ''}".strip(),
            "description_en": {"rejected": "Rejected.", "noted": "Noted.", "adopted": "Adopted."}[outcome],
            "mmr_section": "4", "objective": "6", "area_of_action": "policy",
        }  # fmt: skip


# -- the network's own conference --------------------------------------------------------------------

# year, host, country, start, end, participants; 2020 was not held, 2021 was online
CONFERENCES: tuple[tuple[int, str, str, date, date, int | None], ...] = (
    (2016, "Lövhamra", "SE", date(2016, 9, 12), date(2016, 9, 15), 260),
    (2017, "Saint-Aubrac", "FR", date(2017, 6, 28), date(2017, 7, 1), 290),
    (2018, "Palo Cenizo", "US", date(2018, 6, 11), date(2018, 6, 15), 340),
    (2019, "Eskerwick", "GB", date(2019, 6, 10), date(2019, 6, 14), 455),
    (2021, "online", "", date(2021, 9, 8), date(2021, 9, 9), None),
    (2022, "Ribeira Alva", "PT", date(2022, 7, 18), date(2022, 7, 22), 270),
    (2023, "Hallbrück", "DE", date(2023, 9, 18), date(2023, 9, 22), 380),
    (2024, "Vallombra", "IT", date(2024, 7, 1), date(2024, 7, 5), 410),
    (2025, "Eskerwick", "GB", date(2025, 6, 23), date(2025, 6, 27), 520),
    (2026, "Saint-Aubrac", "FR", date(2026, 9, 7), date(2026, 9, 11), 545),
)


def _conferences() -> Iterator[Row]:
    for year, host, country, start, end, people in CONFERENCES:
        where_da, where_en = (f"i {host}", f"in {host}") if country else ("på nettet", "online")
        yield {
            "key": f"conference-{year}", "kind": "conference", "place": "invented-network", **span(start, end),
            "title_da": f"Netværkets årskonference {where_da} {year}", "title_en": f"The network's annual conference {where_en} {year}",
            "state": "done", "source": "demo-conference-reports", "country": country, "level": "international",
            "participants": people and float(people), "confidence": "press_report", "claims": ("conference",),
            "note": "" if people else "Antallet af deltagere er ikke offentliggjort.",
        }  # fmt: skip
    yield {
        "key": "conference-2020", "kind": "conference", "place": "invented-network",
        **span(date(2020, 6, 15), date(2020, 6, 19)), "title_da": "Netværkets årskonference 2020 (ikke afholdt)",
        "title_en": "The network's annual conference 2020 (not held)", "state": "cancelled",
        "source": "demo-conference-reports", "level": "international", "claims": ("conference",),
    }  # fmt: skip


def _attendances() -> Iterator[Row]:
    facts = {2019: (2, 3, False), 2021: (3, 6, True), 2022: (3, 14, True), 2023: (5, 22, True),
             2024: (4, 19, True), 2025: (5, 24, True), 2026: (4, 21, True)}  # fmt: skip
    for year, host, country, start, end, _ in CONFERENCES:
        if year not in facts:
            continue
        people, meetings, member = facts[year]
        where_da, where_en = (f"i {host}", f"in {host}") if country else ("på nettet", "online")
        yield _base("conference_attendance", "attendance", year - 2019, start, ("conference",)) | {
            **span(start, end), "title_da": f"Mosevig ved årskonferencen {where_da} {year}",
            "title_en": f"Mosevig at the annual conference {where_en} {year}", "people_sent": float(people),
            "meetings": float(meetings), "country": country, "role": "participant", "level": "international",
            "names_designation": member, "attribution": "A3" if member else "A0",
            "attribution_reason": "Kun medlemmer kan deltage med stemmeret." if member
            else "Før udnævnelsen: deltog som gæst med henblik på kandidaturet.",
            "mmr_section": "3", "objective": "1", "area_of_action": "experience_sharing",
            "note": "Borgmesteren deltog." if year in (2023, 2025) else "Gæst uden stemmeret." if not member else "",
        }  # fmt: skip
