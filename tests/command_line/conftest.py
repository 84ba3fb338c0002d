"""The command line as a person runs it: a process of its own, on a real store of each kind.

The process is a fork of the tests' own and runs the module as ``python -m dashboard`` does: its own
arguments, environment, output and exit status, but without a second of imports each time.
"""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
import traceback
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

# What the verbs load when they run, so that every fork has it already.
import dashboard.__main__
import dashboard.briefing_pack
import dashboard.checking
import dashboard.exporting
import dashboard.import_account
import dashboard.reports.data_package
import dashboard.reports.document
import dashboard.reports.monitoring_document
import dashboard.reports.page
import dashboard.reports.pdf
import dashboard.reports.slides
import dashboard.reports.workbook
import dashboard.scheduled_pack
import dashboard.series_document
import dashboard.setting_up  # noqa: F401
from tests.conftest import DIALECTS, Databases

ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    status: int
    out: str
    error: str
    content: bytes


class Terminal:
    """Runs ``python -m dashboard`` against one real and one demonstration store."""

    def __init__(self, real: str, demonstration: str) -> None:
        self.real = real
        self.demonstration = demonstration

    def __call__(self, *arguments: str, **environment: str) -> Result:
        stores = {"DASHBOARD_DATABASE_URL": self.real, "DASHBOARD_DEMONSTRATION_URL": self.demonstration}
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
            child = os.fork()
            if child == 0:
                _become(arguments, stores | {"COLUMNS": "100"} | environment, out.fileno(), error.fileno())
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            told = []
            for file in (out, error):
                file.seek(0)
                told.append(file.read())
        content, complaint = told[0], told[1].decode()
        assert "Traceback" not in complaint, complaint
        return Result(status, content.decode(errors="replace"), complaint, content)


def _become(arguments: tuple[str, ...], environment: dict[str, str], out: int, error: int) -> NoReturn:
    """Turn this process into the command line; the imports that took a second are kept."""
    status = 70
    try:
        for name in [name for name in os.environ if name.startswith("DASHBOARD_")]:
            del os.environ[name]
        os.environ.update(environment)
        os.chdir(ROOT)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(error, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["dashboard", *arguments]
        runpy.run_module("dashboard", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


@pytest.fixture(params=DIALECTS)
def terminal(request: pytest.FixtureRequest, databases: Databases) -> Terminal:
    """As before the first `init`: two databases with nothing in them."""
    return Terminal(databases.address(request.param, "empty"), databases.address(request.param, "empty"))


@pytest.fixture
def terminal_sqlite(databases: Databases) -> Terminal:
    """The same on SQLite alone, for what does not touch the database's own behaviour."""
    return Terminal(databases.address("sqlite", "empty"), databases.address("sqlite", "empty"))


@pytest.fixture(scope="session", params=DIALECTS)
def filled(request: pytest.FixtureRequest, databases: Databases) -> Terminal:
    """After `init` and `init --demonstration`; tests only read."""
    return Terminal(*(databases.address(request.param, kind) for kind in ("real", "demonstration")))


@pytest.fixture
def filled_sqlite(databases: Databases) -> Terminal:
    """The same on SQLite alone, in a copy of its own that a test may write to."""
    return Terminal(*(databases.address("sqlite", kind) for kind in ("real", "demonstration")))
