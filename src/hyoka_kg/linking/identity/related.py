"""Read the related projects of the RSシステム (table 1-5) as links: what merged into what, and what split."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus

_ONWARDS = "onwards"
_METHOD, _EVIDENCE = "related-project-list", ("stated-relation",)


def related_links(digests: Sequence[SheetDigest]) -> Iterator[Link]:
    """Yield the mergers and splits that sheets of one year state of each other, once each.

    Other relations (親事業, 子事業 …) are between projects that both go on, and are no matter of identity.
    """
    by_id = {digest.rs_id: digest.key for digest in digests if digest.rs_id}
    seen: set[Link] = set()
    for digest in digests:
        for printed, identifier in digest.relations:
            relation = _relations().get(printed)
            other = by_id.get(identifier)
            if relation is None or other is None or other == digest.key:
                continue
            name, direction = relation
            ends = (digest.key, other) if direction == _ONWARDS else (other, digest.key)
            link = Link(*ends, name, _METHOD, _EVIDENCE, LinkStatus.ACCEPTED)
            if link not in seen:
                seen.add(link)
                yield link


@cache
def _relations() -> Mapping[str, tuple[str, str]]:
    content = files(__package__).joinpath("relations.csv").read_text(encoding="utf-8")
    return {row["printed"]: (row["relation"], row["direction"]) for row in csv.DictReader(io.StringIO(content))}
