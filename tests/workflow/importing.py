"""An import in a process of its own, which can be told to die by ``kill -9`` at the n-th statement.

Run as ``python -m tests.workflow.importing URL ROWS DIE_AT``; 0 never dies, -1 dies after the commit.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys

from sqlalchemy import event

from dashboard.domain.observation import WorkflowState
from dashboard.domain.period import Period
from dashboard.store.commands import open_batch, record
from dashboard.store.engine import open_engine
from dashboard.store.work import unit_of_work
from tests.sample import APPROVER, articles

DIGEST = "d" * 64
FIRST = dt.date(1990, 1, 1)


def main(url: str, rows: int, die_at: int) -> None:
    engine = open_engine(url)
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", count)
    drafts = [articles(n, period=Period.day(FIRST + dt.timedelta(n))) for n in range(rows)]
    with unit_of_work(engine, APPROVER, "import") as work:
        batch = open_batch(work, "Stor fil", "tal.csv", DIGEST, rows_read=rows, rows_loaded=rows)
        record(work, drafts, state=WorkflowState.APPROVED, batch=batch)
    if die_at == -1:
        os.kill(os.getpid(), signal.SIGKILL)
    print(statements)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
