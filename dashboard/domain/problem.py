"""What is wrong with data, as a value that is shown beside the data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a draft.

    `code` names the translated sentence ``problem.<code>``, which says what is wrong and what would
    be right; `params` fill it. `field` is the draft's field, `row` the 1-based data row of a file.
    A warning may be overridden with a comment, an error may not.
    """

    code: str
    field: str = ""
    row: int | None = None
    severity: Severity = "error"
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def at(self, row: int) -> Problem:
        """The same problem, placed at a row of a file."""
        return Problem(self.code, self.field, row, self.severity, self.params)


def errors_of(problems: list[Problem]) -> list[Problem]:
    """The problems that forbid writing."""
    return [problem for problem in problems if problem.severity == "error"]
