"""`jiandu serve` as a process: it says where it listens, answers, and stops when it is told to."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from service import AUDIENCE, ISSUER, key, public, token

ROOT = Path(__file__).parents[2]
TOKENS = ("--algorithm", "ES256", "--issuer", ISSUER, "--audience", AUDIENCE)
ENVIRONMENT = {**os.environ, "JIANDU_PEOPLE": str(ROOT / "examples/people.yaml"), "LC_ALL": "en_US.UTF-8"}


def command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    (folder / "key.pem").write_bytes(public(key()))
    said = [sys.executable, str(ROOT / "cli.py"), "--db", "sqlite:///cases.db", *arguments]
    return subprocess.Popen(
        said, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def test_it_serves_until_it_is_stopped(tmp_path: Path) -> None:
    command(tmp_path, "db", "init", "--practice").communicate()
    with command(tmp_path, "serve", "--port", "0", "--keys", "key.pem", *TOKENS) as process:
        assert process.stdout is not None
        said, url = process.stdout.readline().rsplit(maxsplit=1)
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token('k1')}"}, trust_env=False) as client:
            answer = client.get("/cases")
            waited = sorted(client.get("/health").elapsed.total_seconds() for _ in range(40))[5]
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=20)
    assert (said, answer.status_code, answer.json()["cases"]) == ("Serving at", 200, [])
    assert waited < 0.035  # Nagle's algorithm would hold back every answer but the first few for 40 ms
    assert "jiandu.http INFO GET /cases: 200" in logged
    assert "Traceback" not in logged


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--keys", "none.pem"), "file-missing"),
        (("--keys", "cases.db"), "token-keys"),
        (("--keys", "key.pem", "--algorithm", "HS256"), "token-algorithm"),
        (("--keys", "key.pem", "--host", "192.0.2.1"), "serve-address"),
        (("--keys", "key.pem", "--port", "99999"), "serve-address"),
    ],
)
def test_what_it_cannot_serve_with_is_said_before_it_begins(
    tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    command(tmp_path, "db", "init").communicate()
    process = command(tmp_path, "serve", *TOKENS, *arguments)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, f"[{code}]" in said, "Traceback" in said) == (2, True, False)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    without = "import sys; sys.modules['starlette'] = None; from jiandu.cli import main; sys.exit(main(sys.argv[1:]))"
    said = [sys.executable, "-c", without, "serve", "--keys", "key.pem", *TOKENS]
    around = {**ENVIRONMENT, "PYTHONPATH": str(ROOT / "engine")}
    done = subprocess.run(said, cwd=tmp_path, env=around, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "[serve-extra]" in done.stderr) == (2, True)


def test_an_address_that_is_taken_is_said(tmp_path: Path) -> None:
    command(tmp_path, "db", "init").communicate()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = command(tmp_path, "serve", "--port", str(taken.getsockname()[1]), "--keys", "key.pem", *TOKENS)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, "[serve-address]" in said) == (2, True)
