"""What the invented city has written of its report to the network so far."""

# ruff: noqa: E501 - tables read better with one fact a line

from __future__ import annotations

from invention.writing import Row

REPORT = "membership-monitoring-2027"

# section, language, finished, owner, text
_TABLE: tuple[tuple[str, str, bool, str, str], ...] = (
    ("general-information", "da", True, "",
     "Rapporten afgives af Mosevig Kommune, Kulturforvaltningen. Byen har afgivet én rapport før, i november 2023. Kontakt: kulturforvaltningen@example.invalid."),
    ("general-information", "en", True, "",
     "The report is submitted by the Municipality of Mosevig, Culture Department. The city has submitted one report before, in November 2023. Contact: kulturforvaltningen@example.invalid."),
    ("global-management", "da", True, "",
     "Mosevig har deltaget i konferencen hvert år i perioden og holdt mellem 14 og 24 møder hver gang. Borgmesteren var med de fleste år, men ikke i 2026. Byen har endnu ikke været vært for et møde i netværket; det er udskudt to gange."),
    ("local-initiatives", "da", False, "",
     "Skolerne, de kreative virksomheder og festivalen har fået mest ud af titlen. Kendskabet til den er fordoblet siden 2020, men færre finder den vigtig. Kulturens andel af budgettet er faldet. (Mangler: hvad filmkontorets lukning har betydet.)"),
    ("action-plan-budget", "da", False, "Økonomi og Kulturforvaltningen",
     "Handleplanen koster efter planen det samme om året som i dag. Beløbet er ikke vedtaget endnu."),
)  # fmt: skip


def report_sections() -> list[Row]:
    return [
        {
            "report": REPORT,
            "section": section,
            "language": language,
            "finished": finished,
            "owner": owner,
            "text": text,
        }
        for section, language, finished, owner, text in _TABLE
    ]
