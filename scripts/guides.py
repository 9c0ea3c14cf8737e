"""Writes docs/guides: what each guide says, as a page with its diagram, stages, time limits, papers and articles.

    python scripts/guides.py        write what has changed

The pages are Chinese, as the guides are; `jiandu --lang en show GUIDE --markdown` prints the same in English.
"""
# ruff: noqa: T201  a script says what it wrote

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "engine"))

from jiandu.cli.wording.guide import Told  # noqa: E402  the checkout is on the path only now
from jiandu.cli.wording.page import page  # noqa: E402
from jiandu.guide.library import Library  # noqa: E402

FOLDER = ROOT / "docs" / "guides"
FRESH = "<!-- 由 guides/{id}.yaml 生成（make docs），请勿手改。 -->\n"


def pages() -> dict[str, str]:
    """Every page by its path below docs/guides."""
    library = Library(ROOT / "guides")
    return {f"{name}.md": FRESH.format(id=name) + page(Told(library.guide(name), "zh")) for name in library.ids()}


def main() -> None:
    for name, text in pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"{name} written")


if __name__ == "__main__":
    main()
