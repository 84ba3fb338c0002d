"""Settings, read once from the environment; everything else takes them as an argument."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec

from dashboard.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"
PREFIX = "DASHBOARD_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment may change. Names in the environment carry the prefix ``DASHBOARD_``."""

    database_url: str = f"sqlite:///{DATA / 'dashboard.sqlite'}"
    demonstration_url: str = f"sqlite:///{DATA / 'demonstration.sqlite'}"
    files: Path = DATA / "files"
    base_url: str = "http://localhost:8501"
    address: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8501

    @classmethod
    def from_env(cls) -> Settings:
        """The settings of this process.

        Raises `ConfigurationError`, naming the first setting that cannot be used.
        """
        found = {}
        for field, kind in get_type_hints(cls, include_extras=True).items():
            name = PREFIX + field.upper()
            if (given := os.environ.get(name)) is not None:
                try:
                    found[field] = msgspec.convert(given.strip(), kind, strict=False, dec_hook=_made_of_text)
                except msgspec.ValidationError as error:
                    raise ConfigurationError(name=name, given=given) from error
        return cls(**found)


def _made_of_text(kind: type[Any], given: str) -> Any:
    """A type that the reader does not know, such as a path."""
    return kind(given)
