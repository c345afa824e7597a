"""Fill the values of a finding into its message: `{name}`, `{?name}` and `{$name}` alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOLE = re.compile(r"\{[?$]?(\w+)\}")


def fill(message: str, values: Mapping[str, str]) -> str:
    """Return the message with its values; a hole without a value stays visible.

    >>> fill("executed {executed} of {?budget} {x}", {"executed": "779", "budget": "725"})
    'executed 779 of 725 {x}'
    """
    return _HOLE.sub(lambda hole: values.get(hole[1], hole[0]), message)
