"""The web server: Streamlit's application with our own door, document and files around it, in one process."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import hashlib
import logging
import os
import socket
import sys
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope
from streamlit.runtime import Runtime

from dashboard.access.front_page import (
    Beside,
    FrontPage,
    Words,
    boot_script,
    chunks_needed,
    modules_named,
    rewrite,
)
from dashboard.access.headers import (
    SecurityHeaders,
    content_security_policy,
    inline_scripts,
    security_headers,
)
from dashboard.access.static_files import Folder, Library, StaticFiles, compress, respond
from dashboard.config import ROOT, Settings
from dashboard.domain.roles import LOCAL_ACTOR
from dashboard.domain.text import Text
from dashboard.due_calendar import ADDRESS as CALENDAR
from dashboard.due_calendar import LOOPBACK, load_calendar, served
from dashboard.errors import ConfigurationError, DashboardError, InvalidChoiceError, StoreError
from dashboard.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from dashboard.store.engine import open_engine, reading
from dashboard.store.lifecycle import profile
from dashboard.store.queries.places import load_places
from dashboard.store.queries.scope import Scope as StoreScope

if TYPE_CHECKING:
    from sqlalchemy import Engine

SCRIPT = ROOT / "dashboard" / "app.py"
"""Streamlit's entry script. Beside `pages/` it would open them all: see `architecture.md`."""

FRONT = "overview"
ASSETS = ROOT / "dashboard" / "ui" / "assets"
_STREAMLIT = Path(st.__file__).parent / "static"
_FILES: Mapping[str, Folder] = {
    "/static/": Folder(_STREAMLIT / "static", immutable=True),
    "/assets/": Folder(ASSETS),
    "/_stcore/bidi-components/dashboard.chart/": Folder(ASSETS),
    "/_stcore/bidi-components/entry.grid/": Folder(ASSETS),
    "/_stcore/bidi-components/briefing.deck/": Folder(ASSETS),
}
_PARTS = ("Html",)
"""Streamlit's script parts that every page is made of; they load beside the application."""

_MORE_PARTS = {
    "claim": ("BidiComponent", "Selectbox"),
    "indicator": ("BidiComponent", "Selectbox"),
    "compare": ("BidiComponent", "Selectbox", "Multiselect"),
    "activities": ("BidiComponent", "Selectbox", "TextInput", "ButtonGroup"),
    "briefing": ("BidiComponent", "TextInput", "Multiselect", "TextArea", "Selectbox", "Checkbox"),
    "enter": ("Selectbox", "TextInput", "ButtonGroup"),
    "catalogue": ("Selectbox", "TextInput", "ButtonGroup"),
}
"""What a page needs besides: thirty small files that would each wait for the one before."""

_OWN_WORDS = {
    "help": "Help for ",
    "remove": "Remove ",
    "open": "Open",
    "close": "Close",
    "clear": "Clear all",
    "chosen": "Selected values",
    "upload": "file upload",
}
"""What Streamlit calls parts of its fields for a screen reader, in English whatever the page speaks."""

_CHART_MODULE = "/_stcore/bidi-components/dashboard.chart/chart.js"
_STREAMLITS_OWN = (
    "_stcore",
    "media",
    "component",
    "static",
    "app",
    "auth",
    "oauth2callback",
    "manifest.json",
)

_FIRST_COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor")

_SWEEP_SECONDS = 60

log = logging.getLogger("dashboard.server")


def application(
    settings: Settings,
    script: Path = SCRIPT,
    ready: Callable[[], object] | None = None,
    warm: Callable[[], Awaitable[object]] | None = None,
) -> st.App:
    """The ASGI application over an entry script.

    `ready` raises when the store does not answer. `warm` is awaited before the first visitor is let in;
    without one the entry script is run once, which fills the caches that every page shares.
    """
    engine = open_engine(settings.database_url)
    words = {language: document_words(engine, language) for language in LANGUAGES}
    documents = {slug: _documents(words, slug) for slug in page_slugs()}
    every = [html for by_language in documents.values() for html in by_language.values()]
    headers = security_headers(
        content_security_policy(script for html in every for script in inline_scripts(html))
    )
    library = Library()
    modules = {name.removeprefix("/static/") for html in every for name in modules_named(html)}
    fronts = {slug: FrontPage(by_language, DEFAULT_LANGUAGE) for slug, by_language in documents.items()}
    return st.App(
        script,
        routes=[
            *_calendar_routes(engine, settings),
            *_routes(fronts, ready or partial(_store_answers, engine)),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers=headers),
            Middleware(StaticFiles, folders=_FILES, library=library),
        ],
        lifespan=_lifespan(partial(_prepare, library, modules), warm or _run_script_once),
        on_script_error=report_script_error,
        exception_handlers={Exception: partial(_failed, headers)},
    )


def serve(settings: Settings) -> None:
    """Serve until stopped, at the address and port of the settings.

    Raises `ConfigurationError` when the port is taken.
    """
    require_free_port(settings.address, settings.port)
    # The entry script runs in this process and reads its settings anew: it must find the same store.
    os.environ["DASHBOARD_DATABASE_URL"] = settings.database_url
    application(settings).run(config=streamlit_config(settings))


def streamlit_config(settings: Settings) -> dict[str, Any]:
    """`.streamlit/config.toml` as flat options, found from any working directory, and where to listen.

    On the loopback only names of this machine are answered, so that no other site can pose as it
    (DNS rebinding).
    """
    options = _options() | {"server.address": settings.address, "server.port": settings.port}
    if settings.address in LOOPBACK:
        options["server.allowedHosts"] = ["localhost", "127.0.0.1", "[::1]"]
    return options


def first_themes(options: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Colours and fonts of both themes by the names that the application in the browser knows them by."""
    fonts = {name: options[f"theme.{name}"] for name in ("headingFont", "codeFont")}
    return {
        theme: {
            "bodyFont": options["theme.font"],
            **fonts,
            **{name: options[f"theme.{theme}.{name}"] for name in _FIRST_COLOURS},
        }
        for theme in ("light", "dark")
    }


def _options() -> dict[str, Any]:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def require_free_port(address: str, port: int) -> None:
    """Raises `ConfigurationError` when the port is taken, or the address is not one of this machine."""
    try:
        [(family, *_, target), *_] = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        with socket.socket(family) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
    except OSError as error:
        raise ConfigurationError("server.port_taken", address=address, port=str(port)) from error


def document_words(engine: Engine, language: str) -> Words:
    """Title and description of the document; without a store to name the city, in general words."""
    t = Translator(language)
    city = _home_name(engine)
    title = t("server.title", city=city) if city else t("server.title_plain")
    description = t("server.description", city=city) if city else t("server.description_plain")
    own = {said: t(f"server.own.{name}") for name, said in _OWN_WORDS.items()}
    changed = {said: word for said, word in own.items() if word != said.strip()}
    return Words(language, title, description, t("server.without_scripts"), changed)


def _home_name(engine: Engine) -> Text | None:
    try:
        with reading(engine) as connection:
            home = profile(connection).home_place
            place = load_places(connection, StoreScope(), [home]).get(home)
    except StoreError:
        return None
    return place.name if place else None


def _store_answers(engine: Engine) -> None:
    with reading(engine) as connection:
        profile(connection)


def page_slugs() -> tuple[str, ...]:
    """The addresses of the pages: what the navigation knows."""
    from dashboard.ui.frame import PAGES  # it imports every part of the interface

    return tuple(slug for slug, _ in PAGES)


def _documents(words: Mapping[str, Words], slug: str) -> dict[str, str]:
    template = (_STREAMLIT / "index.html").read_text(encoding="utf-8")
    parts = (*_PARTS, *_MORE_PARTS.get(slug, ()))
    modules = [f"/static/js/{name}" for name in chunks_needed(_STREAMLIT / "static" / "js", parts)]
    if "BidiComponent" in parts:
        modules.append(_CHART_MODULE)
    script = f"{boot_script(first_themes(_options()))};\n{_asset('pages.js')}"
    beside = Beside(script, f"{heading_font()}\n{_asset('dashboard.css')}", modules)
    said = list(words.values())
    return {language: rewrite(template, one, said, beside) for language, one in words.items()}


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def heading_font() -> str:
    """The style rule of the one vendored font; text is readable in another until it has arrived."""
    with (ASSETS / "fonts" / "vendored.toml").open("rb") as file:
        name = tomllib.load(file)["source-serif-4"]["file"]
    source = f"url(/assets/fonts/{name}) format('woff2')"
    return f"@font-face{{font-family:'Source Serif 4';font-weight:600;font-display:swap;src:{source}}}"


def _prepare(library: Library, modules: Iterable[str]) -> None:
    library.prepare(_FILES["/static/"], modules)
    library.prepare(_FILES["/assets/"], (path.name for path in ASSETS.iterdir() if path.suffix == ".js"))


def _routes(fronts: Mapping[str, FrontPage], ready: Callable[[], object]) -> list[BaseRoute]:
    def answers_ready(request: Request) -> Response:
        t = Translator(_language(request))
        try:
            ready()
        except DashboardError as error:
            return _sentence(t(error.key, **error.params), 503)
        except StoreError:
            return _sentence(t(StoreError.default_key), 503)
        return _sentence(t("server.ready"), 200)

    def robots(_request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /_stcore/\nDisallow: /media/\n")

    icon = compress(ASSETS / "favicon.png", immutable=False)

    def favicon(request: Request) -> Response:
        return respond(icon, request.headers)

    def elsewhere(request: Request) -> Response:
        name = request.url.path.strip("/")
        if name in fronts:  # with a slash too many, or the front page by its name
            address = "/" if name == FRONT else f"/{name}"
            return RedirectResponse(address + (f"?{request.url.query}" if request.url.query else ""), 308)
        language = _language(request)
        return HTMLResponse(_no_such_page(Translator(language)), 404, {"Cache-Control": "no-store"})

    return [
        Route("/readyz", answers_ready),
        Route("/robots.txt", robots),
        Route("/favicon.png", favicon),
        Route("/", fronts[FRONT].answer),
        # By its name Streamlit does not know its front page, and would say so in a dialogue.
        *(Route(f"/{slug}", front.answer) for slug, front in fronts.items() if slug != FRONT),
        Elsewhere("/{path:path}", elsewhere),
    ]


def _calendar_routes(engine: Engine, settings: Settings) -> list[BaseRoute]:
    """What falls due, at an address that a calendar program reads again and again."""

    def due(request: Request) -> Response:
        t = Translator(_language(request))
        today = datetime.now(UTC).date()
        try:
            made = load_calendar(
                engine, LOCAL_ACTOR, settings, t, today, request.query_params.get("owner", "").strip()
            )
        except InvalidChoiceError as error:
            return _sentence(t(error.key, **error.params), 404)
        except DashboardError as error:
            return _sentence(t(error.key, **error.params), 503)
        name = t("completeness.calendar_file")
        tag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
        headers = {
            "ETag": tag, "Cache-Control": "private, no-cache",
            "Content-Disposition": f'inline; filename="{name}"',
        }  # fmt: skip
        known = request.headers.get("if-none-match", "").split(",")
        if {one.strip().removeprefix("W/") for one in known} & {tag, "*"}:
            return Response(status_code=304, headers=headers)
        return Response(made, media_type="text/calendar", headers=headers)

    return [Route(CALENDAR, due)] if served(settings) else []


class Elsewhere(Route):
    """Addresses that are neither ours nor Streamlit's own: a 404, where Streamlit shows its front page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first = str(scope.get("path", "")).lstrip("/").partition("/")[0]
        return (Match.NONE, {}) if first in _STREAMLITS_OWN else super().matches(scope)


def _no_such_page(t: Translator) -> str:
    words, way_back = escape(t("server.no_such_page")), escape(t("frame.way_back"))
    return (
        f'<!DOCTYPE html><html lang="{t.language}"><head><meta charset="utf-8"><title>{words}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:15vh auto;"
        f"max-width:34rem;padding:0 1rem}}</style></head><body><main><h1>{words}</h1>"
        f'<p><a href="/?lang={t.language}">{way_back}</a></p></main></body></html>'
    )


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _sentence(text: str, status: int) -> Response:
    return PlainTextResponse(text + "\n", status_code=status, headers={"Cache-Control": "no-store"})


def _failed(headers: Mapping[str, str], request: Request, _error: Exception) -> Response:
    """One sentence for what a route failed to foresee; the server writes the traceback to its log."""
    answer = _sentence(Translator(_language(request))("error.unexpected"), 500)
    answer.headers.update(headers)  # this answer passes no middleware
    return answer


def report_script_error(error: Exception) -> bool:
    """Write the traceback to standard error and show the person one sentence. True: nothing else is shown."""
    from dashboard.ui import session

    t = session.translator()
    if isinstance(error, DashboardError):
        st.error(t(error.key, **error.params))
    else:
        log.error("A page failed", exc_info=error)
        st.error(t("error.unexpected"))
    return True


def _lifespan(
    prepare: Callable[[], None], warm: Callable[[], Awaitable[object]]
) -> Callable[[st.App], AbstractAsyncContextManager[dict[str, Any] | None]]:
    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
        _few_arenas()
        await to_thread.run_sync(prepare)
        await warm()
        # What is here for good need not be looked through at every sweep.
        gc.collect()
        gc.freeze()
        _give_back()
        sweeping = asyncio.create_task(_sweep())
        yield None
        sweeping.cancel()

    return lifespan


async def _sweep() -> None:
    """Collect what ended sessions left behind, now and then and not after each run (see `config.toml`)."""
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        gc.collect()
        _give_back()


_M_ARENA_MAX = -8
"""The number of this setting in the C library's ``malloc.h``."""


def _few_arenas() -> None:
    """Let all threads share two heaps: the C library of Linux else gives eight to each core, half empty."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _give_back() -> None:
    """Hand memory that is no longer used to the system again; the C library of Linux keeps it else."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library: nothing to hand back
            ctypes.CDLL(None).malloc_trim(0)


async def _run_script_once() -> None:
    await Runtime.instance().does_script_run_without_error()
