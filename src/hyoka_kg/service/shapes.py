"""The shape of a query: its text with all absolute IRIs made equal. What is judged of a text does not depend on them.

Look-ups differ in little else, so judgements of shapes are kept and found again.
"""

from __future__ import annotations

import re

# An IRI with a host is one token in every way to read a query (see guard), and without quotes it is so inside strings
# and comments, too: putting another in its place moves no border of a token.
_IRI = re.compile(r"""<[A-Za-z][A-Za-z0-9+.-]*://[^<>"'{}|^`\\\x00-\x20]*>""")
_STAND_IN = "<a://a>"
# Longer ones are seldom seen twice.
LONGEST_KEPT = 2000


def shape_of(query: str) -> str:
    """Return the shape of a query.

    >>> shape_of("ASK { <http://a/1> <http://a/2> 'b' }")
    "ASK { <a://a> <a://a> 'b' }"
    """
    return _IRI.sub(_STAND_IN, query)
