"""`python -m jiandu.trail verify BUNDLE`: checks a bundle with nothing but the standard library."""

import sys

from jiandu.trail.standalone import main

sys.exit(main(sys.argv[2:]) if sys.argv[1:2] == ["verify"] and len(sys.argv) > 2 else main(["", ""]))
