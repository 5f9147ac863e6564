"""The web application around the pages: ``streamlit run dashboard/app.py``.

Adds what Streamlit alone does not give: ``/readyz`` that asks the warehouse, security headers that keep the browser on
this host, and the language of the document for screen readers, hyphenation and the choice of glyphs.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `streamlit run` puts only dashboard/ on the path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import warehouse
from dashboard.data import data
from dashboard.papers import papers
from ingest import build_state, paths

_LOG = logging.getLogger("gongkai.dashboard")

# Streamlit's bundle needs inline styles, one inline script, blob: modules (components) and wasm/eval (charts).
# Everything else, above all any other host, is refused by the browser itself.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", _CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


def readyz(request: Request) -> JSONResponse:
    """200 with the build's name when the file of the pointer is there and answers a query now; 503 otherwise.

    ``last_build`` says whether readers have the last build: ``published``, ``running`` or ``failed``.
    """
    state = build_state.read(paths.data_dir())
    last_build = state.outcome if state else "published"
    try:
        build = warehouse.current()
        build.check()
    except Exception:
        _LOG.warning("not ready", exc_info=True)
        return JSONResponse({"status": "no readable build", "last_build": last_build}, status_code=503)
    return JSONResponse({"status": "ready", "build": build.name, "last_build": last_build})


def overview(request: Request) -> RedirectResponse:
    """The first page has no name of its own for Streamlit: whoever types one gets there all the same."""
    return RedirectResponse(f"{_BASE}/?{request.url.query}" if request.url.query else f"{_BASE}/")


class PageHeaders:
    """Adds the security headers to every answer and the page's language to the HTML shell."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = _document_language(scope)
        # The shell is rewritten below, so it must arrive uncompressed and unconditionally.
        unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in unwanted]}
        start: Message | None = None
        shell: list[bytes] | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal start, shell
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *_HEADERS]
                start = {**message, "headers": headers}
                is_html = dict(headers).get(b"content-type", b"").startswith(b"text/html")
                if is_html and b"content-encoding" not in dict(headers):
                    shell = []
                else:
                    await send(start)
            elif message["type"] == "http.response.body" and shell is not None and start is not None:
                shell.append(message.get("body", b""))
                if not message.get("more_body", False):
                    body = b"".join(shell).replace(b'<html lang="en">', b'<html lang="%s">' % language, 1)
                    kept = [pair for pair in start["headers"] if pair[0] not in (b"content-length", b"etag")]
                    await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                    await send({"type": "http.response.body", "body": body, "more_body": False})
            else:
                await send(message)

        await self.app(scope, receive, send_with_headers)


def _document_language(scope: Scope) -> bytes:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return b"en" if asked == "en" else b"zh-CN"


# Streamlit puts its own addresses below the base path, not those of others.
_BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")

app = st.App(
    "router.py",
    routes=[
        Route(f"{_BASE}/readyz", readyz, methods=["GET"]),
        Route(f"{_BASE}/overview", overview, methods=["GET"]),
        Route(_BASE + "/papers/{paper:str}", papers, methods=["GET"]),
        Route(_BASE + "/data/{page:str}/{query:str}.{ending:str}", data, methods=["GET"]),
    ],
    # A page of another site whose name was made to lead here must get no figure of ours: Streamlit asks
    # server.allowedHosts for its websocket only.
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts"), www_redirect=False),
        Middleware(PageHeaders),
    ],
)
