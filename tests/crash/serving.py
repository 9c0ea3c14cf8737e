"""An engine in a process of its own, as a service runs several: `serving.py URL GUIDES`, a request a line, an answer a
line. It ends when it is told to, in the middle of whatever it does.
"""

import json
import sys

from crash.storm import answer
from jiandu.engine import Engine
from jiandu.errors import ConflictError, RefusedError
from jiandu.store import Database


def main(url: str, guides: str) -> None:
    engine = Engine(Database.connect(url), guides=guides)
    for line in sys.stdin:
        try:
            said = answer(engine, tuple(json.loads(line)))
        except (RefusedError, ConflictError) as refused:
            said = type(refused).__name__
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
