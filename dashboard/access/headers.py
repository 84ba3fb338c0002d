"""Security headers on every answer, and the policy that lets a page load nothing but its own parts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_scripts(html: str) -> list[str]:
    """The bodies of the scripts written into a page itself."""
    return [found["body"] for found in _SCRIPT.finditer(html) if "src=" not in found["attributes"]]


def content_security_policy(scripts: Iterable[str]) -> str:
    """A policy for pages whose only inline scripts are `scripts`, known by their SHA-256.

    Everything comes from this server. Styles may be inline because Streamlit writes its own at run time;
    ``blob:`` workers and images and ``data:`` images and fonts are made in the page, not fetched.
    """
    digests = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(policy: str) -> Mapping[str, str]:
    """What each answer carries, whatever it answers."""
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


_PARTS = ("text/javascript", "text/css", "font/")
_FOR_PARTS = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy")


class SecurityHeaders:
    """Adds `headers` to every HTTP answer that passes, in place of any the answer has of the same name.

    Scripts, styles and fonts carry only the headers that a browser heeds on them: a page is made of sixty
    such files, and the policy of the document sixty times over is 40 kB that no compression touches.

    Streamlit lets every other site read some of its answers; nobody needs that here, so it is taken back.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                part = headers.get("content-type", "").startswith(_PARTS)
                for name in _FOR_PARTS if part else self.headers:
                    headers[name] = self.headers[name]
                if headers.get("access-control-allow-origin") == "*":
                    del headers["access-control-allow-origin"]
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)
