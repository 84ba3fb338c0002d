"""Links between documents and what they speak for or against."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.domain.evidence import EvidenceLink, EvidenceSubject, Stance, check_evidence

LINK = EvidenceLink(
    "article-1", EvidenceSubject.CLAIM, "media", Stance.SUPPORTS, "En artikel", "https://avis.dk/1"
)


@pytest.mark.parametrize(
    "change",
    [
        {}, {"address": ""}, {"subject_kind": EvidenceSubject.INDICATOR, "subject": "press_articles"},
        {"subject_kind": EvidenceSubject.ACTIVITY, "subject": "grant-1"},
    ],
)  # fmt: skip
def test_a_sound_link_has_no_problem(change: dict[str, Any]) -> None:
    assert check_evidence(replace(LINK, **change)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "Article 1"}, "slug_form"),
        ({"subject": "Media"}, "subject_form"),
        ({"subject_kind": EvidenceSubject.INDICATOR, "subject": "press-articles"}, "subject_form"),
        ({"title": ""}, "name_required"),
        ({"address": "avis.dk"}, "web_address"),
        ({"address": "javascript://avis.dk/%0aalert(1)"}, "web_address"),
        ({"address": "https://avis.dk/1\n"}, "web_address"),
    ],
)
def test_problems_of_a_link(change: dict[str, Any], code: str) -> None:
    assert [p.code for p in check_evidence(replace(LINK, **change))] == [code]
