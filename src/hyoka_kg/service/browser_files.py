"""What browsers load: files with a hash of what they hold in their names, which `browser/build.mjs` makes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

_BUILT = "/static/built/"
_FOR_GOOD = "public, max-age=31536000, immutable"


def built(name: str) -> str:
    """Return the path of a built file, such as `explore.js`."""
    return _BUILT + _manifest()[name]


class LastingFiles(StaticFiles):
    """Files that never change under their names."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return a file that may be kept for good."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = _FOR_GOOD
        return response


@cache
def _manifest() -> dict[str, str]:
    written: dict[str, str] = json.loads(
        (files("hyoka_kg.service") / "static" / "built" / "manifest.json").read_bytes()
    )
    return written
