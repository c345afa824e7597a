"""Find the former sheets that a history tells by name: 「…及び…を統合」 names projects, and seldom their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.normalization.folding import bare_form
from hyoka_kg.normalization.number_mentions import names_former, told_in_name

# A shorter name is a common word as well.
_LEAST_NAME = 10


def with_named(earlier: Iterable[SheetDigest], later: Iterable[SheetDigest]) -> list[SheetDigest]:
    """Return the later sheets, each with the earlier ones of its ministry that its histories name added to them."""
    by_ministry: dict[str, list[SheetDigest]] = defaultdict(list)
    for digest in earlier:
        if len(digest.form) >= _LEAST_NAME:
            by_ministry[digest.key.ministry].append(digest)
    told = map(_with_own_name, later)
    return [_with_named(digest, by_ministry[digest.key.ministry]) if digest.told else digest for digest in told]


def _with_own_name(digest: SheetDigest) -> SheetDigest:
    """Return a sheet with that part of its name among its histories that tells the former one."""
    told = told_in_name(digest.name)
    return digest._replace(told=(*digest.told, bare_form(told))) if told else digest


def _with_named(digest: SheetDigest, formers: Sequence[SheetDigest]) -> SheetDigest:
    named = [one for one in formers if one.form != digest.form and _is_told(digest, one)]
    # A name within a longer one that is named too is no name of its own.
    whole = [one for one in named if not any(one.form != other.form and one.form in other.form for other in named)]
    known = {*digest.stated, *digest.histories}
    return digest._replace(histories=digest.histories + tuple(one.key for one in whole if one.key not in known))


def _is_told(digest: SheetDigest, former: SheetDigest) -> bool:
    return any(names_former(text, former.form) for text in digest.told)
