"""The service as an ASGI application: who asks, how much and how often, what, and the answer."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from jiandu.case import Actor
from jiandu.engine import Engine
from jiandu.errors import Reason, RefusedError, UsageError
from jiandu.serve.body import parse
from jiandu.serve.contract import Operation, operations
from jiandu.serve.limits import Buckets, Limits
from jiandu.serve.operations import OPERATIONS, Answer, Asked
from jiandu.serve.problems import language_of, problem
from jiandu.serve.tokens import Tokens

LOG = logging.getLogger("jiandu.http")
NOBODY = Actor("", auth="none")


def application(engine: Engine, tokens: Tokens, limits: Limits | None = None) -> Starlette:
    """The service over an engine that has a directory, whose people the tokens name."""
    if engine.office.directory is None:
        raise TypeError("an engine without a directory: nobody's roles would be known")
    service = _Service(engine, tokens, limits or Limits())
    paths: dict[str, list[Operation]] = {}
    for operation in operations():
        paths.setdefault(operation.path.replace("{guide}", "{guide:path}"), []).append(operation)
    routes = [Route(path, service.at(found), methods=[one.method for one in found]) for path, found in paths.items()]
    return Starlette(routes=routes, exception_handlers={404: _astray, 405: _astray})


class _Service:
    def __init__(self, engine: Engine, tokens: Tokens, limits: Limits) -> None:
        self.engine, self.tokens, self.limits = engine, tokens, limits
        self.buckets = Buckets(limits)
        self.threads = ThreadPoolExecutor(limits.threads, "jiandu")

    def at(self, found: Iterable[Operation]) -> Any:
        """What answers at a path."""
        by_method = {operation.method: operation for operation in found}

        async def answer(request: Request) -> Response:
            operation = by_method["GET" if request.method == "HEAD" else request.method]
            began = perf_counter()
            response = await self.answer(request, operation)
            spent = ceil((perf_counter() - began) * 1000)
            LOG.info("%s %s: %d in %d ms", operation.method, operation.path, response.status_code, spent)
            return response

        return answer

    async def answer(self, request: Request, operation: Operation) -> Response:
        """The answer, or what stood in its way. Whoever waits too long is told; what was begun is done to its end."""
        language = language_of(request.headers.get("Accept-Language"))
        asked = Asked(self.engine, NOBODY, language, {}, {}, {}, {})
        try:
            async with asyncio.timeout(self.limits.seconds):
                asked = replace(asked, by=NOBODY if operation.public else self.person(request))
                asked = replace(asked, **await self.read(request, operation))
                return await self.done(operation, asked)
        except TimeoutError:
            return problem(UsageError("took-too-long"), language)
        except _TooManyError as error:
            return problem(error, language, {"Retry-After": str(error.seconds)})
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:
            return problem(error, language)

    async def done(self, operation: Operation, asked: Asked) -> Response:
        """The answer to what is asked, worked out in a thread. When nobody waits any more, what has not begun never
        does, and what has begun is done to its end."""
        work = OPERATIONS[operation.id]
        return await asyncio.get_running_loop().run_in_executor(self.threads, _response, work, asked)

    def person(self, request: Request) -> Actor:
        """Who asks, and has not asked too often."""
        found = self.tokens.person(request.headers.get("Authorization"))
        if wait := self.buckets.wait(found):
            raise _TooManyError(ceil(wait))
        return Actor(found, auth=self.tokens.auth)

    async def read(self, request: Request, operation: Operation) -> dict[str, Any]:
        """What is asked, by its place. Raises UnfitError where it does not fit the description."""
        known = operation.parameters
        asked = {
            "path": {name: request.path_params[name] for name in known["path"]},
            "query": _several(request.query_params.multi_items(), known["query"]),
            "header": _several((name, value) for name in known["header"] for value in request.headers.getlist(name)),
            "body": await self.body(request, operation) if operation.takes_body else None,
        }
        operation.check(asked)
        return {**asked, "body": asked["body"] or {}}

    async def body(self, request: Request, operation: Operation) -> Any:
        """The JSON of the body. Raises UsageError: `body-too-large`, `body-no-json`, and as `parse` does."""
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > self.limits.body:
                raise UsageError("body-too-large", most=self.limits.body)
        if not content and not operation.needs_body:
            return {}
        media, _, more = request.headers.get("Content-Type", "").lower().partition(";")
        if media.strip() != "application/json" or more.strip() not in ("", "charset=utf-8"):
            raise UsageError("body-no-json")
        return parse(bytes(content))


class _TooManyError(UsageError):
    """A person who has asked too often, and has to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too-many-requests", seconds=seconds)
        self.seconds = seconds


def _several(pairs: Iterable[tuple[str, str]], known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Values by name: numbers where the description wants them, lists, which fit nothing, where a name comes twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        wanted = (known or {}).get(name, {}).get("type")
        plain = value.isascii() and value.isdigit() and len(value) < 10
        one = int(value) if wanted == "integer" and plain else value
        found[name] = [found[name], one] if name in found else one
    return found


def _response(work: Callable[[Asked], Answer], asked: Asked) -> Response:
    """What is answered. A directory may have to look long for a person, so it is asked here. Raises RefusedError."""
    directory = asked.engine.office.directory
    if asked.by is not NOBODY and (directory is None or directory.person(asked.by.id) is None):
        raise RefusedError((Reason("unknown-person", {"name": asked.by.id}),))
    answer = work(asked)
    content = json.dumps(answer.data, ensure_ascii=False).encode()
    headers = {"Content-Language": asked.language, "Cache-Control": "no-store", **answer.headers}
    return Response(content, answer.status, headers, media_type=answer.media)


async def _astray(request: Request, error: Exception) -> Response:
    """Nothing is there, or not by this method."""
    return problem(error, language_of(request.headers.get("Accept-Language")), getattr(error, "headers", None))
