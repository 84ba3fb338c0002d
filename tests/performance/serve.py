"""Serves one of our entry scripts through the product's own application: ``python serve.py SCRIPT``."""

import sys
from pathlib import Path

# Only the tests need it, not the product (`requirements.txt`); Streamlit reads it in where it finds it.
sys.modules["plotly"] = None  # type: ignore[assignment]
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dashboard.config import Settings  # noqa: E402
from dashboard.server import application, streamlit_config  # noqa: E402

settings = Settings.from_env()
application(settings, Path(sys.argv[1]).resolve()).run(config=streamlit_config(settings))
