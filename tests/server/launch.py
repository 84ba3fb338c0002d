"""Serves a script of the tests through the product's own application: ``python launch.py SCRIPT``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dashboard.config import Settings
from dashboard.server import application, streamlit_config


async def stay_cold() -> None:
    """No run before the first visitor: the first request meets a fresh server."""


settings = Settings.from_env()
application(settings, Path(sys.argv[1]), warm=stay_cold).run(config=streamlit_config(settings))
