"""What all tests share: texts that are compared with a file, and accepted by one command."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

Golden = Callable[[str, str], None]
ACCEPT = "JIANDU_ACCEPT"

settings.register_profile("usual", deadline=None)  # a machine that is busy with other tests is no error
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.load_profile("soak" if os.environ.get("JIANDU_SOAK") else "usual")


@pytest.fixture(autouse=True, scope="session")
def nothing_remembered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What was judged before these tests is not known to them."""
    os.environ["JIANDU_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("show-en.txt", text)`: the text is that of the file in `golden/` beside the test.

    `JIANDU_ACCEPT=1 pytest …` writes the files anew; read the difference before committing it.
    """
    folder = Path(request.path).parent / "golden"

    def compare(name: str, text: str) -> None:
        file = folder / name
        if os.environ.get(ACCEPT):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no golden file {file.name}: {ACCEPT}=1 pytest writes it"
        assert text == file.read_text(encoding="utf-8")

    return compare
