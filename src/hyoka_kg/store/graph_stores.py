"""The graphs of another server, put, read back and removed by the Graph Store Protocol (SPARQL 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

import pyoxigraph as ox

from hyoka_kg.errors import StoreError

# N-Triples are Turtle, and every server reads Turtle.
_SENT = "text/turtle"
_ABSENT = 404


@dataclass(frozen=True, slots=True)
class GraphStoreServer:
    """A server's graph store.

    Attributes:
        url: Where graphs are put, as `?graph=IRI` is added to it.
        read_url: Where they are read without credentials; the same place where it is empty.
        user: Who writes.
        password: The writer's password; Basic or Digest, as the server asks.
        seconds: Longest time of one request.
    """

    url: str
    read_url: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 600.0

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Let a graph hold these triples and no others.

        Raises:
            StoreError: The server does not take them.
        """
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        self._send("PUT", self.url, graph, body)

    def remove(self, graph: str) -> None:
        """Remove a graph.

        Raises:
            StoreError: The server does not do it.
        """
        self._send("DELETE", self.url, graph)

    def read(self, graph: str) -> list[str]:
        """Return the triples of a graph as sorted N-Triples lines, literals in their canonical form.

        Raises:
            StoreError: The server does not give it.
        """
        content = self._send("GET", self.read_url or self.url, graph)
        canonical = ox.Store()
        try:
            canonical.load(content, format=ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            raise StoreError(f"The server's graph <{graph}> cannot be read back: {error}") from error
        return sorted(str(quad.triple) for quad in canonical)

    def _send(self, method: str, url: str, graph: str, body: bytes | None = None) -> bytes:
        address = f"{url}{'&' if '?' in url else '?'}graph={quote(graph, safe='')}"
        # Virtuoso answers 406 to a PUT that names what it accepts.
        headers = {"Accept": "application/n-triples"} if method == "GET" else {"Content-Type": _SENT}
        request = Request(address, body, headers, method=method)  # noqa: S310 - checked by the door
        try:
            if method == "PUT" and self.user:
                self._sign(request)
            with self._opener().open(request, timeout=self.seconds) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            if error.code == _ABSENT and method != "PUT":
                return b""
            raise StoreError(
                f"{method} <{graph}> at {url}: the server answers {error.code} {error.reason}. "
                "Check its address, and the user and password (HYOKA_PUBLISH_PASSWORD)."
            ) from error
        except (URLError, OSError) as error:
            raise StoreError(f"{method} <{graph}> at {url}: the server does not answer: {error}") from error

    def _sign(self, request: Request) -> None:
        """Answer a Digest challenge beforehand: a server that asks late closes the connection on a large body."""
        try:
            build_opener().open(request.full_url, timeout=self.seconds).close()
        except HTTPError as error:
            scheme, _, challenge = (error.headers.get("WWW-Authenticate") or "").partition(" ")
            if scheme.casefold() == "digest":
                terms = parse_keqv_list(parse_http_list(challenge))
                answer = HTTPDigestAuthHandler(self._passwords()).get_authorization(request, terms)
                request.add_unredirected_header("Authorization", f"Digest {answer}")

    def _passwords(self) -> HTTPPasswordMgrWithDefaultRealm:
        known = HTTPPasswordMgrWithDefaultRealm()
        if self.user:
            known.add_password(None, self.url, self.user, self.password)
        return known

    def _opener(self) -> OpenerDirector:
        known = self._passwords()
        return build_opener(HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known))
