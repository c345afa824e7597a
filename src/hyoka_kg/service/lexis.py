"""The lexical pieces of SPARQL (1.1, section 19.8) that tell a query's code from its strings, IRIs and comments."""

from __future__ import annotations

import re

_COMMENT = r"\#[^\n\r]*"
_IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""
_STRING = r"""\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
    |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+'"""

# A reader may see too little of a name, never too much. A quote that no string follows is dead: no way to read the
# text goes on from there.
TOKEN = re.compile(
    rf"""(?P<space>\s+|{_COMMENT})
    |(?P<iri>{_IRI})
    |(?P<string>{_STRING})
    |(?P<mark>[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|_:\w[\w.-]*)
    |(?P<name>(?:[^\W\d_][\w.-]{{0,200}})?:(?:[\w:.-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<open>[{{(\[])
    |(?P<close>[}})\]])
    |(?P<sign>[-+!^])
    |(?P<dead>["'])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
IRI = re.compile(_IRI)
IRI_WITH_HOST = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
IRI_WITH_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
BLOCK_FOLLOWS = re.compile(r"(?:\s|#[^\n\r]*)*+\{")
# SPARQL 1.1, section 19.2: codepoint escapes.
_ESCAPE = r"\\u(?P<short>[0-9A-Fa-f]{4})|\\U(?P<long>00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
ESCAPE = re.compile(_ESCAPE)
PIECE = re.compile(
    rf"(?P<comment>{_COMMENT})|(?P<iri>{_IRI})|(?P<string>{_STRING})|(?P<escape>{_ESCAPE})", re.VERBOSE | re.DOTALL
)


def decode_escape(match: re.Match[str]) -> str:
    """Return the character of a matched codepoint escape."""
    return chr(int(match["short"] or match["long"], 16))
