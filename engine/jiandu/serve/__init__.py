"""The engine over HTTP, for hosts that are not Python. Needs the extra `serve`.

`schemas/openapi.yaml` says what there is; this package is made from it. An act is carried out in a thread and is never
broken off: a client that goes away, or a time limit, ends only the waiting.
"""

from jiandu.serve.limits import Limits
from jiandu.serve.service import application
from jiandu.serve.tokens import Tokens

__all__ = ["Limits", "Tokens", "application"]
