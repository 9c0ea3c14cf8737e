"""`jiandu case`: opening a case, doing acts in it, and reading it."""

from jiandu.cli.frame.command import Folder

command = Folder(__name__, __path__, name="case")
