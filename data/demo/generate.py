"""Write the demonstration: the invented, complete life of a creative city, as a data set folder.

Run ``python data/demo/generate.py`` to renew the files beside this script, or give another folder.
The same version of this script writes the same bytes everywhere; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from invention import (
    follow_ups,
    judgements,
    places,
    prices,
    promises,
    register,
    report_sections,
    series,
    sources,
    statements,
)
from invention.writing import Row, csv_text, toml_table, toml_text

NOTICE = "# Alt i denne mappe er opdigtet til demonstrationen. / Everything in this folder is invented.\n\n"
SET: Row = {
    "title": {
        "da": "Demonstration: den opdigtede by Mosevig",
        "en": "Demonstration: the invented city of Mosevig",
    },
    "invented": True,
    "home_place": places.HOME,
    "licence": "CC0-1.0",
    "price_source": "demo-price-tables",
}
QUOTATIONS: list[Row] = [
    {
        "claim": "media",
        "text": {
            "da": "Øget synlighed i medierne i ind- og udland",
            "en": "More visibility in the media at home and abroad",
        },
    },
    {
        "claim": "attraction",
        "text": {
            "da": "Tiltrækning af internationale events, investeringer og partnerskaber til Mosevig",
            "en": "International events, investment and partnerships drawn to Mosevig",
        },
    },
    {
        "claim": "conference",
        "text": {
            "da": "Deltagelse ved de årlige konferencer, som er en platform for dialog og vidensdeling",
            "en": "Taking part in the annual conferences, a platform for dialogue and shared knowledge",
        },
    },
]
"""Claims that the catalogue quotes with another city's name or figures, as this city words them."""
POPULATION_COLUMNS = ("place", "boundary", "value", "day", "precision", "source", "qualifier")


def files() -> dict[str, str]:
    """The text of every file of the folder, by name."""
    observations = [*series.observations(), *statements.observations()]
    return {
        "set.toml": NOTICE + toml_table(SET) + "\n\n" + toml_text("quotation", QUOTATIONS),
        "places.toml": NOTICE + toml_text("place", places.places()),
        "sources.toml": NOTICE + toml_text("source", sources.sources()),
        "populations.csv": csv_text(POPULATION_COLUMNS, places.populations()),
        "prices.csv": csv_text(prices.COLUMNS, prices.prices()),
        "observations.csv": csv_text(series.COLUMNS, observations),
        "activities.csv": csv_text(register.COLUMNS, register.activities()),
        "follow_ups.csv": csv_text(follow_ups.COLUMNS, follow_ups.follow_ups()),
        "judgements.toml": NOTICE
        + "\n".join(toml_text(table, entries()) for table, entries in judgements.TABLES.items()),
        "promises.toml": NOTICE + toml_text("promise", promises.promises()),
        "report_sections.toml": NOTICE + toml_text("section", report_sections.report_sections()),
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
