"""An address to which each event is posted, signed so that the receiver knows who sent it, and when.

Source: the Standard Webhooks specification for the signature, the CloudEvents HTTP binding (structured mode) for the
rest.
"""

import base64
import binascii
import hashlib
import hmac
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import SplitResult
from urllib.request import HTTPRedirectHandler, Request, build_opener

from jiandu.clock import Clock, SystemClock
from jiandu.errors import UsageError
from jiandu.relay.sink import CONTENT_TYPE, SinkError
from jiandu.store import EventRow

TIMEOUT = 10
"""Seconds to wait for a connection, and for each piece of an answer."""

SHORTEST = 24
"""Bytes that a secret has at least, by the specification."""


class _NoRedirect(HTTPRedirectHandler):
    """A redirected POST becomes a GET without the event, and a success: that would lose it."""

    def redirect_request(self, *_: Any) -> None:
        return None


class HttpSink:
    """Any answer of 2xx means that the receiver has the event; a proxy is taken from the environment."""

    patience = 3.0 * TIMEOUT

    def __init__(self, url: str, secret: bytes, clock: Clock | None = None) -> None:
        self._url, self._secret, self._clock = url, secret, clock or SystemClock()
        self._opener = build_opener(_NoRedirect)

    def send(self, event: EventRow) -> None:
        body = event.payload.encode()
        request = Request(self._url, body, self._headers(event.id, body), method="POST")  # noqa: S310 – http alone comes here
        try:
            self._opener.open(request, timeout=TIMEOUT).close()
        except HTTPError as error:
            error.close()
            raise SinkError("sink-refused", f"HTTP {error.code}") from error
        except (OSError, HTTPException) as error:
            raise SinkError("sink-unreachable", str(error) or type(error).__name__) from error

    def close(self) -> None:
        pass

    def _headers(self, name: str, body: bytes) -> dict[str, str]:
        stamp = str(int(self._clock.now().timestamp()))
        return {
            "Content-Type": CONTENT_TYPE,
            "Webhook-Id": name,
            "Webhook-Timestamp": stamp,
            "Webhook-Signature": signature(self._secret, name, stamp, body),
        }


def signature(secret: bytes, name: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over id, time stamp (seconds since 1970) and body, with dots between them."""
    made = hmac.digest(secret, f"{name}.{stamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(made).decode()


def opened(address: SplitResult, secret: str | None) -> HttpSink:
    """The sink of an address and a secret: base64, with or without `whsec_` before it. Raises UsageError."""
    if not address.hostname or address.username:
        raise UsageError("relay-address")
    if secret is None:
        raise UsageError("relay-secret-missing")
    try:
        key = base64.b64decode(secret.strip().removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < SHORTEST:
        raise UsageError("relay-secret", least=SHORTEST)
    return HttpSink(address.geturl(), key)
