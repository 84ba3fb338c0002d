"""Files of evidence: whole or not at all, once each, found by their content."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from dashboard.errors import StoreError
from dashboard.store.files import file_path, keep_file, read_file

CONTENT = b"%PDF-1.4 referat"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_found_again_by_its_content_and_kept_once(tmp_path: Path) -> None:
    digest = keep_file(tmp_path, CONTENT)
    assert digest == keep_file(tmp_path, CONTENT) == hashlib.sha256(CONTENT).hexdigest()
    assert names(tmp_path) == [digest]
    assert read_file(tmp_path, digest) == CONTENT


def test_a_write_that_breaks_off_leaves_no_file_under_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError) as caught:
        keep_file(tmp_path, CONTENT)
    assert caught.value.key == "error.files"
    assert not file_path(tmp_path, hashlib.sha256(CONTENT).hexdigest()).exists()
    assert names(tmp_path) == [], "nor anything beside it"


def test_a_file_that_is_gone_or_was_changed_is_told(tmp_path: Path) -> None:
    digest = keep_file(tmp_path, CONTENT)
    file_path(tmp_path, digest).write_bytes(b"noget andet")
    with pytest.raises(StoreError) as caught:
        read_file(tmp_path, digest)
    assert caught.value.key == "error.file_gone"
    file_path(tmp_path, digest).unlink()
    with pytest.raises(StoreError):
        read_file(tmp_path, digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_no_other_file_of_the_machine_has_a_name_here(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name[:5])):
        file_path(tmp_path, name)
