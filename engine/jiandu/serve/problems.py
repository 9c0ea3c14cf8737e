"""What went wrong, as RFC 9457 has it: a status, our code, and words in the language of whoever asked."""

import json
import logging
import traceback
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from jiandu.catalogue import Language, language_of_locale, say
from jiandu.data import reason_data
from jiandu.errors import ConflictError, JianduError, Reason, RefusedError, StoreError, TamperedError, UsageError
from jiandu.serve.contract import UnfitError

LOG = logging.getLogger("jiandu.http")
RETRY_AFTER = "1"
"""Seconds after which it is worth asking again, where nobody knows better."""

_USAGE = {
    **dict.fromkeys(("token-missing", "token-expired", "token-invalid"), 401),
    "http-not-found": 404,
    "http-not-allowed": 405,
    "http-moved-on": 412,
    "body-too-large": 413,
    "body-no-json": 415,
    "too-many-requests": 429,
    "took-too-long": 503,
    "http-unforeseen": 500,
}
_REFUSED = (
    ({"unknown-case", "unknown-guide"}, 404),
    ({"unknown-person", "restricted", "outside-unit"}, 403),
    ({"record-invalid", "card-invalid", "key-reused"}, 422),
)


def problem(error: Exception, language: Language, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that was not done. What nobody foresaw is logged by its place, and never shown."""
    known = _known(error)
    status = _status(known)
    data: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    data |= {"code": known.code, "detail": _words(known, language)}
    if isinstance(known, RefusedError):
        data["reasons"] = [reason_told(reason, language) for reason in known.reasons]
    if isinstance(known, UnfitError):
        data["errors"] = list(known.errors)
    given = {"Content-Language": language, "Cache-Control": "no-store", **_more(status), **(headers or {})}
    content = json.dumps(data, ensure_ascii=False).encode()
    return Response(content, status, given, media_type="application/problem+json")


def reason_told(reason: Reason, language: Language) -> dict[str, Any]:
    """A reason as data; the file that says so by its name alone, for where it lies is no stranger's business."""
    at = reason.place
    return {**reason_data(reason, language), "place": str(replace(at, file=Path(at.file).name)) if at else None}


def language_of(header: str | None) -> Language:
    """The language that `Accept-Language` likes best of the two; that of the service where it names neither."""
    wished = []
    for part in (header or "").lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        wished.append((_number(weight), tag[:2]))
    best = max((wish for wish in wished if wish[1] in ("zh", "en") and wish[0] > 0), default=None, key=lambda w: w[0])
    if best is None:
        return language_of_locale()
    return "zh" if best[1] == "zh" else "en"


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0


def _known(error: Exception) -> JianduError:
    if isinstance(error, HTTPException):
        found = error.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        return UsageError("http-not-allowed" if found else "http-not-found")
    if isinstance(error, (RefusedError, ConflictError, UsageError, TamperedError)):
        return error
    if isinstance(error, StoreError):
        LOG.error("database: %s", error.code)
        return error
    at = traceback.extract_tb(error.__traceback__)[-1]
    LOG.error("unforeseen %s at %s:%s", type(error).__name__, at.filename, at.lineno)
    return UsageError("http-unforeseen")


def _status(error: JianduError) -> int:
    if isinstance(error, RefusedError):
        codes = {reason.code for reason in error.reasons}
        return next((status for family, status in _REFUSED if codes <= family), 409)
    if isinstance(error, UsageError):
        return _USAGE.get(error.code, 400)
    return {ConflictError: 409, TamperedError: 500}.get(type(error), 503)


def _words(error: JianduError, language: Language) -> str:
    """What is said; of a database not where it is kept."""
    return say("http-database", language) if isinstance(error, StoreError) else error.text(language)


def _more(status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": RETRY_AFTER} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
