"""A program that dies between the commit and the answer, and what its successor does: it asks again, with the same key.

The first run opens a case and is killed before it could tell anybody. The second sends the same request with the same
key and gets the first answer: one case, not two.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from jiandu import Actor, Engine
from jiandu.store import Database

KEY = "letter-2026-0042"  # kept by the caller before it asks: the number of the letter, a UUID written down first


def open_case(url: str) -> str:
    engine = Engine(url)
    card = {"track": "A", "source": "complaint", "applicant_role": "victim"}
    clerk = Actor("k1", frozenset(("complaints",)), "630102")
    return engine.open("case-filing", unit="630102", by=clerk, card=card, key=KEY).id


if len(sys.argv) > 1:  # the run that dies
    open_case(sys.argv[1])
    os.kill(os.getpid(), signal.SIGKILL)

with tempfile.TemporaryDirectory() as folder:
    url = f"sqlite:///{Path(folder) / 'cases.db'}"
    with Database.connect(url) as database:
        database.init(practice=False)
    died = subprocess.run([sys.executable, __file__, url], check=False)
    print("the first run ended with", died.returncode)
    first, second = open_case(url), open_case(url)
    print("one case:", first == second, "- entries:", Engine(url).verify().entries)
