"""Files of evidence, kept by the hash of their content beside the store and named in it (F52, F58).

A file is written under another name, forced to the disk and renamed: it is there whole or not at all, and
before any row names it. The same content is kept once. Nothing here is ever run or opened by the server.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from dashboard.domain.evidence import CONTENT_DIGEST
from dashboard.errors import StoreError


def keep_file(folder: Path, content: bytes) -> str:
    """Keep a file; gives the SHA-256 of its content, by which it is found again.

    Raises `StoreError` where the folder cannot be written to.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = file_path(folder, digest)
    if path.exists():
        return digest
    written: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".writing-", delete=False) as file:
            written = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as error:
        if written is not None:
            written.unlink(missing_ok=True)
        raise StoreError("error.files", folder=str(folder)) from error
    return digest


def file_path(folder: Path, digest: str) -> Path:
    """Where the content of a digest lies; raises `ValueError` for what is no digest."""
    if not CONTENT_DIGEST.match(digest):
        raise ValueError(digest)
    return folder / digest[:2] / digest


def read_file(folder: Path, digest: str) -> bytes:
    """The content; raises `StoreError` where it is gone or is not what it was any more."""
    try:
        content = file_path(folder, digest).read_bytes()
    except OSError as error:
        raise StoreError("error.file_gone", digest=digest) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreError("error.file_gone", digest=digest)
    return content
