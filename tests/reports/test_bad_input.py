"""Whatever a pack is made of, each format is made and says all of it, or what is missing."""

from __future__ import annotations

import dataclasses

import pytest

from dashboard.errors import DashboardError, InvalidFileError
from dashboard.reports.briefing import Briefing
from dashboard.reports.counting import left_out, text_of
from dashboard.reports.formats import BOTH_LANGUAGES, WRITERS, written, written_all_the_same
from dashboard.reports.slides import slides
from tests.reports.conftest import Packs
from tests.reports.hard_pack import hard


def nothing(pack: Briefing) -> Briefing:
    """An empty period: claims without figures, charts and stories, and no headline."""
    bare = {"statements": (), "charts": (), "analysis": "", "recommendation": ""}
    sections = tuple(dataclasses.replace(section, **bare) for section in pack.sections)
    return dataclasses.replace(pack, headlines=(), sections=sections, sources=(), changed=(), left_out=())


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_period_is_told_in_every_format(packs: Packs, form: str) -> None:
    pack = nothing(packs["da", 2025])
    text = text_of(written(pack, form))
    assert form in ("pdf", "datapackage") or (text is not None and pack.labels["nothing"] in text)


@pytest.mark.parametrize("form", WRITERS)
def test_long_names_and_signs_get_through_every_format(packs: Packs, form: str) -> None:
    assert written(hard(packs["da", 2025]), form)


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "pdf"])
def test_a_figure_that_a_writer_loses_is_said_loudly(
    packs: Packs, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packs["da", 2025]
    short = dataclasses.replace(pack, sections=pack.sections[1:])
    write = WRITERS[form]
    monkeypatch.setitem(WRITERS, form, lambda _: write(short))  # type: ignore[arg-type, index]
    with pytest.raises(DashboardError) as raised:
        written(pack, form)
    assert raised.value.key == "error.briefing.incomplete"


@pytest.mark.parametrize("form", [form for form in BOTH_LANGUAGES if form != "pdf"])
def test_a_lost_language_is_said_as_loudly(packs: Packs, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both = dataclasses.replace(packs["da", 2025], translation=packs["en", 2025])
    write = WRITERS[form]
    monkeypatch.setitem(  # type: ignore[misc]
        WRITERS,
        form,
        lambda pack: write(dataclasses.replace(pack, translation=None)),  # type: ignore[arg-type]
    )
    with pytest.raises(DashboardError):
        written(both, form)


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_a_template_that_is_none_is_told_and_the_pack_made_all_the_same(packs: Packs, form: str) -> None:
    pack = packs["da", 2025]
    content, unusable = written_all_the_same(pack, form, b"Kaere alle")
    assert isinstance(unusable, InvalidFileError)
    assert left_out(pack, text_of(content) or "") == ()
    assert content == written(pack, form)
    if form == "pptx":
        assert written_all_the_same(pack, form, slides(pack))[1] is None
