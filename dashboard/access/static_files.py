"""Files that never change while the server runs, compressed once and sent from memory.

Streamlit sends its scripts as they are (2.6 MB for an empty page); compressed they are 0.5 MB. Each file
is compressed when it is first asked for, or beforehand by `prepare`, and kept: all of them together are
some 2 MB, and only names that exist on disk are ever kept.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Lock

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

_COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json", ".html", ".txt", ".map", ".ttf"})
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".woff": "font/woff", ".map": "application/json"}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of files under an address. `immutable`: every name in it changes with its content."""

    path: Path
    immutable: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One file in memory, in one form: `packed` with gzip where that is worth it. The rare client that does
    not take gzip has it unpacked for it. Packed, it has another tag (RFC 9110, 8.8.3)."""

    media_type: str
    caching: str
    content: bytes
    tag: str
    packed: bool


class StaticFiles:
    """Answers GET and HEAD under the addresses of `folders` and passes everything else on.

    An address (``/static/``) ends with a slash. What is not there is a 404 and never the front page.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Folder], library: Library) -> None:
        self.app = app
        self.folders = folders
        self.library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            for address, folder in self.folders.items():
                if scope["path"].startswith(address):
                    name = scope["path"][len(address) :]
                    kept = self.library.kept(folder, name)
                    if kept is None:
                        kept = await to_thread.run_sync(self.library.fetch, folder, name)
                    answer = respond(kept, Headers(scope=scope)) if kept else _missing()
                    await answer(scope, receive, send)
                    return
        await self.app(scope, receive, send)


class Library:
    """The files in memory. One is shared by the middleware and whoever prepares it."""

    def __init__(self) -> None:
        self._kept: dict[Path, Kept] = {}
        self._lock = Lock()

    def kept(self, folder: Folder, name: str) -> Kept | None:
        """The file if it is in memory already; touches no disk."""
        return self._kept.get(folder.path / name)

    def fetch(self, folder: Folder, name: str) -> Kept | None:
        """The file, read and compressed if need be; None where there is no such file in the folder."""
        path = _inside(folder.path, name)
        if path is None:
            return None
        with self._lock:
            if path not in self._kept:
                self._kept[path] = compress(path, folder.immutable or _says_its_version(name))
            return self._kept[path]

    def prepare(self, folder: Folder, names: Iterable[str]) -> None:
        """Read and compress these files now, so that no visitor waits for it."""
        for name in names:
            self.fetch(folder, name)


def compress(path: Path, immutable: bool) -> Kept:
    """A file as it is kept: with gzip where that makes a text smaller."""
    content = path.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:20]
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    caching = _FOR_EVER if immutable else _ASK_AGAIN
    if path.suffix in _COMPRESSIBLE:
        packed = gzip.compress(content, 9, mtime=0)
        if len(packed) < len(content):
            return Kept(media_type, caching, packed, tag, packed=True)
    return Kept(media_type, caching, content, tag, packed=False)


def respond(kept: Kept, request: Headers) -> Response:
    """The answer to one request: the smallest body that the browser takes, or *not modified*."""
    packed = kept.packed and accepts_gzip(request.get("accept-encoding", ""))
    tag = f'"{kept.tag}-gzip"' if packed else f'"{kept.tag}"'
    headers = {"Cache-Control": kept.caching, "ETag": tag}
    if kept.packed:
        headers["Vary"] = "Accept-Encoding"
    known = {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = gzip.decompress(kept.content) if kept.packed and not packed else kept.content
    # The media type goes in as a header: Starlette would copy it anew for each answer.
    return Response(content, headers={"Content-Type": _with_charset(kept.media_type), **headers})


def accepts_gzip(offer: str) -> bool:
    """Whether an ``Accept-Encoding`` takes gzip; a weight of nought is a refusal (RFC 9110, 12.5.3)."""
    for part in offer.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _missing() -> Response:
    return PlainTextResponse("404", status_code=404, headers={"Cache-Control": _ASK_AGAIN})


def _inside(folder: Path, name: str) -> Path | None:
    """The file of that name if it truly lies in the folder, whatever dots and links are in the name."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or "\\" in name or "\0" in name or name.startswith("/"):
        return None
    path = folder / name
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None


def _says_its_version(name: str) -> bool:
    """``plotly-basic-4.1.1.min.js``: a new version has a new name."""
    stem = PurePosixPath(name).name.rpartition("-")[2]
    numbers = stem.split(".")
    return len(numbers) > 3 and all(part.isdigit() for part in numbers[:3])
