"""Writing a file to disk."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from dashboard.errors import InvalidChoiceError


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all. Raises `InvalidChoiceError` where it cannot be."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise InvalidChoiceError("error.output", what=str(path)) from error
