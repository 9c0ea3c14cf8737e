"""`jiandu trail`: whether the trail is as it was written, and the trail itself."""

from jiandu.cli.frame.command import Folder

command = Folder(__name__, __path__, name="trail")
