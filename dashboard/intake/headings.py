"""Headings of columns as people write them, in Danish and English, and the fields they mean."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

from dashboard.domain.activity import Activity
from dashboard.domain.observation import Draft
from dashboard.i18n import LANGUAGES, words
from dashboard.intake.known import folded

PERIOD_PARTS = ("period", "year", "quarter", "month", "period_start", "period_end", "period_precision")
OBSERVATION_FIELDS = (
    "indicator", "place", "source", *PERIOD_PARTS, "value",
    *(
        f.name for f in dataclasses.fields(Draft)
        if f.name not in ("indicator", "place", "source", "period", "value", "based_on")
    ),
)  # fmt: skip
ACTIVITY_FIELDS = (
    "key", "kind", "place", "title_da", "title_en", "description_da", "description_en", *PERIOD_PARTS,
    *(
        f.name for f in dataclasses.fields(Activity)
        if f.name not in ("key", "kind", "place", "title", "description", "period")
    ),
)  # fmt: skip
FIELDS = {"observations": OBSERVATION_FIELDS, "activities": ACTIVITY_FIELDS}

_COMMON = {
    "place": "sted by kommune stednavn byen kommunenavn place city municipality town",
    "source": "kilde datakilde kildenøgle kildehenvisning source reference",
    "period": "periode tid tidspunkt dato opgørelsesdato period time date",
    "year": "år årstal year",
    "quarter": "kvartal quarter",
    "month": "måned month",
    "period_start": "fra start startdato begyndelse from start_date",
    "period_end": "til slut slutdato to end end_date",
    "currency": "valuta valutakode currency",
    "confidence": "pålidelighed datakvalitet confidence",
    "note": "note bemærkning bemærkninger kommentar kommentarer anmærkning comment comments remark remarks",
}
_OWN = {
    "observations": {
        "indicator": "indikator indikatorkode indikatornavn nøgletal måltal indicator metric measure kpi",
        "value": "værdi tal antal beløb resultat værdien value amount number figure result",
        "unit": "enhed måleenhed unit",
        "kind": "art type værditype kind",
        "status": "status",
        "disaggregation": "opdeling fordeling opdelt disaggregation breakdown split",
        "boundary": "afgrænsning område geografi boundary area",
        "method": "metode opgørelsesmetode method",
        "qualifier": "forbehold qualifier",
        "numerator": "tæller numerator",
        "denominator": "nævner denominator",
        "text": "tekst fortælling text narrative",
        "retrieved": "hentet hentet_den retrieved",
        "flags": "mærker flag flags",
        "claim": "påstand udsagn claim",
    },
    "activities": {
        "key": "nøgle id key",
        "kind": "art type slags kind",
        "title_da": "titel navn overskrift",
        "title_en": "title name headline",
        "state": "tilstand status state",
        "organisation": "organisation medie bevillingsgiver afsender funder outlet",
        "country": "land country",
        "language": "sprog language",
        "amount_applied": "ansøgt søgt søgt_beløb applied",
        "amount_granted": "bevilget bevilling granted",
        "amount_received": "modtaget udbetalt received",
        "amount_spent": "brugt forbrug spent",
        "participants": "deltagere participants attendees",
        "reach": "rækkevidde læsertal reach",
        "partner_places": "partnerbyer samarbejdsbyer partners",
        "sdg_targets": "verdensmål sdg",
        "primary_sdg": "hovedmål",
        "claims": "påstande udsagn claims",
        "objective": "netværkets_mål",
        "attribution": "tilskrivning udnævnelsens_andel attribution",
    },
}
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")


@cache
def meanings(kind: str) -> dict[str, str]:
    """Headings, folded, and the field of each, for ``observations`` or ``activities``."""
    found: dict[str, str] = {}
    for table in (_COMMON, _OWN[kind]):
        for field, names in table.items():
            found.update({folded(name.replace("_", " ")): field for name in names.split()})
    for language in LANGUAGES:
        for key, heading in words(language).items():
            head, _, field = key.rpartition(".")
            if head in ("import.column", "export.column") and field in FIELDS[kind]:
                found[folded(heading)] = field
    for field in FIELDS[kind]:
        found[folded(field.replace("_", " "))] = field
        found[folded(field)] = field
    return found


def field_of(heading: str, kind: str) -> str:
    """The field a heading means, "" where it is none we know; what stands in brackets is passed over."""
    known = meanings(kind)
    plain = folded(heading)
    return known.get(plain) or known.get(folded(_BRACKETS.sub(" ", heading)).rstrip(" *:"), "")
