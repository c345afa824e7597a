"""Which pairs of sheets of two years are worth comparing: those that share something rare, so that it stays linear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from hyoka_kg.linking.identity.digests import SheetDigest

# What more sheets of one year than this share tells them not apart.
_COMMON = 12
_NAME_PARTS = 3
# Names of which one is the other with more behind it share their beginning.
_BEGINNING = 8
Pair = tuple[int, int]
Tokens = Callable[[SheetDigest], set[Hashable]]


def candidate_pairs(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest]) -> list[Pair]:
    """Return the pairs to compare, as places in the two sequences, in order."""
    pairs = {*_named(earlier, later), *_sharing(earlier, later, _tokens)}
    longer = _longer_names(earlier, later)
    return sorted({*pairs, *longer, *_near_names(earlier, later, pairs), *_sharing(earlier, later, _origin)})


def _sharing(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], tell: Tokens) -> Iterator[Pair]:
    """Yield the pairs that share a token which few bear."""
    first, second = _index(earlier, tell), _index(later, tell)
    for token, places in second.items():
        others = first.get(token, ())
        if len(places) <= _COMMON and len(others) <= _COMMON:
            yield from ((one, other) for one in others for other in places)


def _named(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest]) -> Iterator[Pair]:
    """Yield the pairs that a list, a history or a 予算事業ID names, and those of one ministry and name."""
    by_key = {digest.key: place for place, digest in enumerate(earlier)}
    by_id = {digest.rs_id: place for place, digest in enumerate(earlier) if digest.rs_id}
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, digest in enumerate(earlier):
        by_name[digest.key.ministry, digest.form].append(place)
    for place, digest in enumerate(later):
        yield from ((by_key[key], place) for key in (*digest.stated, *digest.histories) if key in by_key)
        if digest.rs_id in by_id:
            yield by_id[digest.rs_id], place
        yield from ((one, place) for one in by_name[digest.key.ministry, digest.form])


def _index(digests: Sequence[SheetDigest], tell: Tokens) -> Mapping[Hashable, list[int]]:
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, digest in enumerate(digests):
        for token in tell(digest):
            index[token].append(place)
    return index


def _tokens(digest: SheetDigest) -> set[Hashable]:
    """Return what a sheet may share with a former one: name, sentences, indicators, and several figures at once."""
    ministry = digest.key.ministry
    tokens: set[Hashable] = {("name", digest.form), *digest.sentences}
    tokens |= {(ministry, indicator.form) for indicator in digest.indicators if indicator.form}
    by_year: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for phase, year, yen in digest.figures:
        by_year[year].append((phase, yen // 1_000_000))
    tokens |= {(year, *sorted(amounts)) for year, amounts in by_year.items() if len(amounts) > 1}
    tokens |= {(ministry, phase, year, yen // 1_000_000) for phase, year, yen in digest.figures}
    return tokens


def _origin(digest: SheetDigest) -> set[Hashable]:
    """Return what sheets share that began in one year in one bureau: names and figures may both have changed since."""
    return {(digest.key.ministry, digest.bureau, digest.start)} if digest.start and digest.bureau else set()


def _longer_names(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest]) -> Iterator[Pair]:
    """Yield the pairs of which one name is the other with more behind it."""
    for one, other in _sharing(earlier, later, _beginning):
        short, long = sorted((earlier[one].form, later[other].form), key=len)
        if long.startswith(short):
            yield one, other


def _beginning(digest: SheetDigest) -> set[Hashable]:
    return {(digest.key.ministry, digest.form[:_BEGINNING])} if len(digest.form) >= _BEGINNING else set()


def _near_names(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], known: Iterable[Pair]) -> Iterator[Pair]:
    """Yield pairs of one ministry whose names share rare parts, for the sheets that have no other candidate."""
    met = list(known)
    left, right = {one for one, _ in met}, {other for _, other in met}
    parts = _name_parts((place, earlier[place]) for place in range(len(earlier)) if place not in left)
    for place, digest in enumerate(later):
        if place in right:
            continue
        shared = Counter(one for part in _parts(digest) for one in parts.get(part, ())[:_COMMON])
        yield from ((one, place) for one, count in sorted(shared.items()) if count >= _NAME_PARTS)


def _name_parts(digests: Iterable[tuple[int, SheetDigest]]) -> dict[tuple[str, str], list[int]]:
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, digest in digests:
        for part in _parts(digest):
            index[part].append(place)
    return index


def _parts(digest: SheetDigest) -> set[tuple[str, str]]:
    form = digest.form
    return {(digest.key.ministry, form[at : at + _NAME_PARTS]) for at in range(len(form) - _NAME_PARTS + 1)}
