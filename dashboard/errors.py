"""The exceptions of the product: a request that cannot be answered.

Problems *in data* are values (`dashboard.domain.problem.Problem`), shown beside the data.
What stands here is raised when a whole request fails, and every edge (page, route, command
line) turns it into one translated sentence through its `key` and `params`::

    DashboardError
    ├── ConfigurationError       a setting from the environment cannot be used
    ├── StoreError               the store cannot be opened or does not fit
    │   ├── StoreMissingError        it has not been created yet
    │   ├── StoreVersionError        it was made by a newer version of the product
    │   └── MixedStoreError          invented data offered to the real store, or the reverse
    ├── InvalidChoiceError       an address or argument names something that does not exist
    ├── PermissionDeniedError    the actor may not do this
    ├── InvalidDraftsError       drafts with problems were offered to a command
    ├── InvalidFileError         a file cannot be read as what it is said to be
    └── StaleDraftError          the row moved after the draft was begun
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class DashboardError(Exception):
    """Base of all failed requests; `key` is a translation key and `params` fill its placeholders."""

    default_key = "error.unexpected"

    def __init__(self, key: str | None = None, **params: Any) -> None:
        self.key = key or self.default_key
        self.params = params
        super().__init__(f"{self.key} {params}" if params else self.key)


class ConfigurationError(DashboardError):
    default_key = "error.configuration"


class StoreError(DashboardError):
    default_key = "error.store"


class StoreMissingError(StoreError):
    default_key = "error.store_missing"


class StoreVersionError(StoreError):
    default_key = "error.store_version"


class MixedStoreError(StoreError):
    default_key = "error.mixed_store"


class InvalidChoiceError(DashboardError):
    """`params` hold `what` (the offending text) and, where there is one, `instead` (what would be right)."""

    default_key = "error.choice"


class PermissionDeniedError(DashboardError):
    default_key = "error.permission"


class InvalidDraftsError(DashboardError):
    """`problems` are all the problems found, not the first one only."""

    default_key = "error.drafts"

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__(self.default_key, count=len(problems))
        self.problems = tuple(problems)


class InvalidFileError(DashboardError):
    default_key = "error.file"


class StaleDraftError(DashboardError):
    default_key = "error.stale"
