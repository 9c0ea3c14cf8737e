"""Where guides/ and schemas/ are: inside the wheel, or beside engine/ in a checkout."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SITE = "jiandu.site.yaml"
"""The file beside the guides in which a province or an office sets their settings."""
_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The shipped folder of that name (`guides` or `schemas`)."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


@cache
def schema(name: str) -> dict[str, Any]:
    """The shipped JSON Schema of that name (`guide`, `lexicon`, `site`, `scenario`, `calendar` …)."""
    loaded: dict[str, Any] = json.loads((folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded
