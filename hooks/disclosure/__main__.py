"""Runs the command line as `python -m disclosure`."""

import sys

from disclosure.cli import main

sys.exit(main())
