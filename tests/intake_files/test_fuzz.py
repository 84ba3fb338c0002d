"""A few hundred of the files of `tests.fuzz_files`; ten thousand are run by themselves."""

from __future__ import annotations

import pytest

from tests import fuzz_files

SEED, COUNT = 2019, 300


def test_no_file_ends_in_a_traceback_or_a_partial_write(capsys: pytest.CaptureFixture[str]) -> None:
    told = fuzz_files.run(COUNT, SEED)
    with capsys.disabled():
        print(f"\n{told.words(COUNT)}")
    assert told.failures == []
    assert told.outcomes["saved"] > COUNT / 50, "files that come all the way are among them"
    assert len(told.refusals) > 10, "and many kinds of those that do not"


def test_a_file_is_made_again_from_its_seed_and_number() -> None:
    assert fuzz_files.make(SEED, 7) == fuzz_files.make(SEED, 7)
    assert len({fuzz_files.make(SEED, number)[2] for number in range(30)}) > 25


def test_the_run_sees_what_it_is_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that raises, and a commit that writes a part, are both told."""
    monkeypatch.setattr(fuzz_files, "read_table", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in fuzz_files.run(1, SEED).words(1)
    monkeypatch.undo()
    whole = fuzz_files.commit

    def forgetful(*given: object, **more: object) -> object:
        done = whole(*given, **more)  # type: ignore[arg-type]
        return type(done)(None)

    monkeypatch.setattr(fuzz_files, "commit", forgetful)
    assert "rows written, 0 promised" in fuzz_files.run(60, SEED).words(60)
