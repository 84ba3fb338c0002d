"""Serves one of our entry scripts through the product's own application: ``python serve.py SCRIPT``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dashboard.config import Settings
from dashboard.server import application, streamlit_config

settings = Settings.from_env()
application(settings, Path(sys.argv[1]).resolve()).run(config=streamlit_config(settings))
