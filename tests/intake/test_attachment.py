"""What may be attached as evidence: by its name, and by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.problem import Problem
from dashboard.intake.attachment import KINDS, LARGEST, file_kind, plain_name


@pytest.mark.parametrize("ending", KINDS)
def test_a_file_that_is_what_its_name_says_is_kept(ending: str) -> None:
    mime, begins = KINDS[ending]
    assert file_kind(f"bilag.{ending.upper()}", begins + b" resten") == mime


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("skadelig.exe", b"MZ", "file_kind"), ("side.html", b"<script>", "file_kind"),
        ("billede.svg", b"<svg onload=", "file_kind"), ("uden", b"tekst", "file_kind"),
        ("rapport.pdf", b"MZ\x90", "file_not_as_named"), ("noter.txt", b"a\x00b", "file_not_as_named"),
        ("tom.pdf", b"", "file_without_content"),
        ("stor.pdf", b"%PDF-" + b"0" * LARGEST, "file_too_large"),
    ],
)  # fmt: skip
def test_everything_else_is_refused_in_one_sentence(name: str, content: bytes, code: str) -> None:
    found = file_kind(name, content)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\mine\\Årsrapport 2025.pdf", "Årsrapport 2025.pdf"),
     ("a\u202egnp.exe", "agnp.exe"), ("\x00", "fil"), ("...", "fil")],
)  # fmt: skip
def test_a_name_is_kept_without_folders_and_tricks(given: str, kept: str) -> None:
    assert plain_name(given) == kept


@given(st.text(), st.binary(max_size=64))
def test_reading_a_file_never_raises(name: str, content: bytes) -> None:
    called = plain_name(name)
    assert called
    assert "/" not in called
    assert isinstance(file_kind(called, content), str | Problem)
