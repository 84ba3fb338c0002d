"""``python -m tests.performance.import_speed``: an import of 200,000 rows beside ``pandas.to_sql``.

Everything runs on this computer in one run, taking turns, each in a process of its own; the figure that
matters is the ratio. pandas writes the frame it was handed, without reading a file, checking anything,
looking for what stands there already, or keeping a history; the import does all of that, from the bytes of
the file to the commit.

* *file*: pandas writes the columns of the file;
* *stored*: pandas writes the columns that the import keeps of each row.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

ROWS = 200_000
HEADINGS = (
    "Indikator", "Sted", "Kilde", "Periode", "Værdi", "Enhed", "Art", "Opdeling", "Område", "Metode",
    "Status", "Pålidelighed", "Hentet den", "Bemærkning",
)  # fmt: skip


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """A register of daily counts: three indicators, a breakdown, Danish numbers and days."""
    first = date(1990, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number % 12_000)
        member = f"origin=part_{number // 12_000}"
        yield (
            "press_articles", "viborg", "municipality", f"{day:%d.%m.%Y}", f"{number % 9_000},5", "articles",
            "actual", member, "municipality", "optalt i hånden", "final", "own_count", "01.06.2024",
            f"linje {number}",
        )  # fmt: skip


def make_file(path: Path, count: int) -> None:
    lines = [";".join(HEADINGS), *(";".join(row) for row in rows(count))]
    path.write_text("\r\n".join(lines), encoding="utf-8")


def timed_import(store: str, file: str) -> None:
    from dashboard.i18n import Translator
    from dashboard.importing import commit, load_known, open_file, preview, propose
    from dashboard.store.engine import open_engine, reading
    from tests.sample import ANALYST

    engine = open_engine(f"sqlite:///{store}")
    with reading(engine) as connection:
        connection.exec_driver_sql("SELECT 1")
    started = time.perf_counter(), time.process_time()
    with reading(engine) as connection:
        known = load_known(connection)
        table = open_file(Path(file))
        mapping = propose(connection, table, known, ANALYST.email)
        shown = preview(connection, table, mapping, known, Translator("da"), today=date(2024, 6, 1))
    looked = time.perf_counter()
    done = commit(engine, ANALYST, "benchmark", shown)
    ended = time.perf_counter(), time.process_time()
    assert done.new == ROWS, (done, shown.problems[:3])
    _tell(*started, *ended, preview=looked - started[0])


def timed_pandas(store: str, file: str, stored: bool) -> None:
    import pandas as pd
    from sqlalchemy import create_engine

    if stored:
        with create_engine(f"sqlite:///{file}").connect() as connection:
            frame = pd.read_sql_table("observation", connection)
    else:
        frame = pd.read_csv(file, sep=";", decimal=",")
    assert len(frame) == ROWS
    engine = create_engine(f"sqlite:///{store}")
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    started = time.perf_counter(), time.process_time()
    frame.to_sql("observation", engine, index=False)
    _tell(*started, time.perf_counter(), time.process_time())


def _tell(wall: float, cpu: float, wall_end: float, cpu_end: float, **more: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall_end - wall, "cpu": cpu_end - cpu, "mib": peak, **more}))


def _run(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.performance.import_speed", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _empty_store(path: Path) -> None:
    from dashboard.store.engine import open_engine
    from tests import sample

    engine = open_engine(f"sqlite:///{path}")
    sample.fill(engine)
    engine.dispose()


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] == "import":
        timed_import(*arguments[1:3])
        return 0
    if arguments and arguments[0] in ("file", "stored"):
        timed_pandas(arguments[1], arguments[2], arguments[0] == "stored")
        return 0
    parser = argparse.ArgumentParser(prog="python -m tests.performance.import_speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args(arguments).runs
    measured: dict[str, list[dict[str, float]]] = {"import": [], "file": [], "stored": []}
    with tempfile.TemporaryDirectory() as folder:
        file, empty, full = (Path(folder) / name for name in ("rows.csv", "empty.sqlite", "full.sqlite"))
        make_file(file, ROWS)
        _empty_store(empty)
        for _ in range(runs):
            shutil.copyfile(empty, full)
            measured["import"].append(_run("import", str(full), str(file)))
            for what, source in (("file", file), ("stored", full)):
                target = Path(folder) / f"{what}.sqlite"
                measured[what].append(_run(what, str(target), str(source)))
                target.unlink()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{full}{suffix}").unlink(missing_ok=True)
    _print(measured)
    return 0


def _print(measured: dict[str, list[dict[str, float]]]) -> None:
    def median(what: str, name: str) -> float:
        return statistics.median(run[name] for run in measured[what])

    names = {
        "import": "import of the file, to the commit",
        "file": "pandas.to_sql, columns of the file",
        "stored": "pandas.to_sql, columns as stored",
    }
    print(f"| {ROWS:,} rows | seconds | processor | rows/s | peak MiB | speed of the import beside it |")
    print("|---|---|---|---|---|---|")
    for what, name in names.items():
        wall, cpu = median(what, "wall"), median(what, "cpu")
        ratios = [b["wall"] / a["wall"] for a, b in zip(measured["import"], measured[what], strict=True)]
        by_cpu = [b["cpu"] / a["cpu"] for a, b in zip(measured["import"], measured[what], strict=True)]
        ratio = f"{statistics.median(ratios):.2f} ({statistics.median(by_cpu):.2f} of processor time)"
        cells = (f"{wall:.1f}", f"{cpu:.1f}", f"{ROWS / wall:,.0f}", f"{median(what, 'mib'):.0f}",
                 ratio if what != "import" else "")  # fmt: skip
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
