"""The command line: `jiandu …`. Words only; what is done is done below.

Commands are the modules of this package, each with its `command`; none is imported before it is asked for.
"""

from jiandu.cli.frame.running import main

__all__ = ["main"]
