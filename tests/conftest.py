"""What every test relies on."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples each run; `--hypothesis-profile=deep` looks for new ones.
settings.register_profile("same", deadline=None, max_examples=40, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=5000)
settings.load_profile("same")


# Keep out what the shell may have set.
for name in ("DISCLOSURE_DATA", "SUPPLIER"):
    os.environ.pop(name, None)
