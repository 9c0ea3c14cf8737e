"""The checks of these tests have the time they need, however busy the machine is."""

import pytest


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are walked through until so many situations were looked at, not until a second is over."""
    monkeypatch.setattr("jiandu.check.explore.SOME", (20_000, 120.0))
