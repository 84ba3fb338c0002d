"""Settings, read once from the environment; everything else takes them as an argument."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboard.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"


class Settings(BaseSettings):
    """What the environment may change. Names in the environment carry the prefix ``DASHBOARD_``."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", frozen=True, extra="ignore")

    database_url: str = f"sqlite:///{DATA / 'dashboard.sqlite'}"
    demonstration_url: str = f"sqlite:///{DATA / 'demonstration.sqlite'}"
    files: Path = DATA / "files"
    base_url: str = "http://localhost:8501"
    address: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)

    @classmethod
    def from_env(cls) -> Settings:
        """The settings of this process.

        Raises `ConfigurationError`, naming the first setting that cannot be used.
        """
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = "DASHBOARD_" + "_".join(str(part) for part in first["loc"]).upper()
            raise ConfigurationError(name=name, given=str(first.get("input"))) from error
