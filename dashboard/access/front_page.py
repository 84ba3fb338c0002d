"""The one HTML document of the application: Streamlit's, rewritten for this product.

Streamlit's document says ``lang="en"``, is called "Streamlit", fetches a font that is not used and learns
where its server is only after two questions. Here it has the reader's language, the city's title and
description, a sentence for browsers without scripts in both languages, and it names the parts that every
page needs, so that they load beside the application and not after it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from dashboard.access.static_files import Kept, respond

_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
_LINK = re.compile(r"<link\b[^>]*>\s*")
_KIND = re.compile(r"""\brel=["']([\w -]+)["']""")
_HEAD_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_COMMENT = re.compile(r"<!--(?!\s*Copyright).*?-->\s*", re.DOTALL)
_DROPPED_LINKS = frozenset({"shortcut icon", "preload", "service-desc"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the document says in one language."""

    language: str
    title: str
    description: str
    without_scripts: str
    own: Mapping[str, str] = field(default_factory=dict)
    """What Streamlit calls its own parts for a screen reader, and what they are to be called. What ends with
    a space is the beginning of a longer name."""


def boot_script(themes: Mapping[str, Mapping[str, str]]) -> str:
    """What the application would otherwise learn only once it is connected.

    Where its server is (two requests one after the other less on every opening), that no other origin may
    send it messages, and the colours and fonts of ``light`` and ``dark``, so that it does not first paint
    itself in Streamlit's own and fetch a font for that.
    """
    host = {"allowedOrigins": ["@"], "useExternalAuthToken": False, "blockErrorDialogs": False}
    config = {
        "BACKEND_BASE_URL": "@",
        "HOST_CONFIG": host,
        **{f"{name.upper()}_THEME": dict(theme) for name, theme in themes.items()},
    }
    text = json.dumps(config, separators=(",", ":")).replace("<", "\\u003c").replace('"@"', "location.origin")
    return f"window.prerenderReady=false;window.__streamlit={text}"


def chunks_needed(folder: Path, parts: Iterable[str]) -> tuple[str, ...]:
    """File names of Streamlit's script parts (``Html``) and of all that they import, in order of need.

    A part that this version of Streamlit does not have is left out; a test notices.
    """
    wanted = [path.name for part in parts for path in sorted(folder.glob(f"{part}.*.js"))]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        if name not in found:
            found[name] = None
            wanted += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Beside:
    """What every document has besides its words: its one script and style, and modules to load early."""

    script: str
    style: str
    modules: Sequence[str]
    """Addresses; the ones that Streamlit's document names already are not repeated."""


def rewrite(template: str, words: Words, noscript: Sequence[Words], beside: Beside) -> str:
    """Streamlit's document with our language, title and words, and what to load beside it."""
    html = _COMMENT.sub("", template)
    html = _LINK.sub(lambda found: "" if _is_dropped(found.group()) else found.group(), html)
    own = f' data-words="{escape(json.dumps(words.own, ensure_ascii=False))}"' if words.own else ""
    html = html.replace('<html lang="en">', f'<html lang="{escape(words.language)}"{own}>', 1)
    title = (
        '<meta name="color-scheme" content="light dark" />\n    '
        f"<title>{escape(words.title)}</title>\n"
        f'    <meta name="description" content="{escape(words.description)}" />\n'
        f"    <style>{beside.style}</style>\n"
        '    <link rel="icon" type="image/png" href="/favicon.png" />'
    )
    html = re.sub(r"<title>.*?</title>", lambda _: title, html, count=1, flags=re.DOTALL)
    html = _HEAD_SCRIPT.sub(lambda _: f"<script>{beside.script}</script>", html, count=1)
    said = "".join(f'<p lang="{one.language}">{escape(one.without_scripts)}</p>' for one in noscript)
    html = _NOSCRIPT.sub(lambda _: f"<noscript>{said}</noscript>", html, count=1)
    html = html.replace('="./', '="/')
    new = [address for address in beside.modules if f'"{address}"' not in html]
    links = "".join(f'  <link rel="modulepreload" crossorigin href="{address}">\n  ' for address in new)
    return html.replace("</head>", f"{links}</head>", 1)


def _is_dropped(link: str) -> bool:
    kind = _KIND.search(link)
    return kind is not None and kind[1] in _DROPPED_LINKS


def modules_named(html: str) -> tuple[str, ...]:
    """Addresses of the scripts, styles and modules that a document loads."""
    return tuple(re.findall(r'(?:src|href)="(/static/(?:js|css)/[^"]+)"', html))


class FrontPage:
    """The document in each language, compressed once; `default` is sent where no language is chosen."""

    def __init__(self, pages: Mapping[str, str], default: str) -> None:
        self._pages = {language: _keep(html) for language, html in pages.items()}
        self._default = default

    def answer(self, request: Request) -> Response:
        kept = self._pages.get(request.query_params.get("lang", ""), self._pages[self._default])
        return respond(kept, request.headers)


def _keep(html: str) -> Kept:
    content = html.encode()
    tag = hashlib.sha256(content).hexdigest()[:20]
    return Kept("text/html", "no-cache", gzip.compress(content, 9, mtime=0), tag, packed=True)
