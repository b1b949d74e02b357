"""Who may ask the served page: whoever has the address that was printed, from a page of its own, and nobody else.

Every request needs the token in its path and the server's own name as Host, so that another name that leads to this
machine (DNS rebinding) gets nothing. A browser says where a request comes from; from elsewhere none is answered. There
is no cookie that another site could make use of. See https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
"""

from __future__ import annotations

import secrets
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_CAP: Final = 256 << 10
"""Bytes of a request."""
_HEADERS: Final = {
    "content-security-policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Lets through what belongs here, and takes the token off its path.

    Args:
        app: what is guarded.
        token: what every path begins with.
        port: of the server.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():  # beside an answer's own policy: both hold
                    headers.append(name, value)
            await send(message)

        if why := self._refused(scope):
            await PlainTextResponse(why, status_code=403)(scope, receive, send_with_headers)
            return
        inner = scope["path"].removeprefix(f"/{self._token}")
        if not inner:  # addresses on the page are relative to the folder
            await RedirectResponse(f"/{self._token}/")(scope, receive, send_with_headers)
            return
        await self._app({**scope, "path": inner, "raw_path": None, "root_path": ""}, receive, send_with_headers)

    def _refused(self, scope: Scope) -> str:
        """Why a request is not answered; "" if it is."""
        headers = Headers(scope=scope)
        first = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
        if not secrets.compare_digest(first.encode("utf-8", "replace"), self._token.encode()):
            return "The address needs the token that grade desk has printed."
        if headers.get("host", "") not in self._hosts:
            return "This server answers under its own name only."
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in self._hosts}:
            return "The request comes from another site."
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "The request comes from another site."
        if scope["method"] not in ("GET", "HEAD"):
            if origin is None:
                return "The request does not say where it comes from."
            if headers.get("content-type", "").partition(";")[0] != "application/json":
                return "What is sent must be JSON."
            length = headers.get("content-length", "")
            if not length.isdecimal() or int(length) > BODY_CAP:
                return "What is sent is too long."
        return ""
