#!/usr/bin/env python3
"""The command line, run from a checkout: `python cli.py validate guides`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "engine"))

from jiandu.cli import main

if __name__ == "__main__":
    sys.exit(main())
