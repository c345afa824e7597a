"""What all sheets of two years tell of a pair of them: shared names, who else names a sheet, founded ministries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence, compare
from hyoka_kg.linking.identity.naming import with_named
from hyoka_kg.model import SheetKey


class Surroundings:
    """The sheets of two publication years, as far as they bear on the evidence about any two of them.

    Attributes:
        later: The sheets of the later year, each with the former sheets that its histories tell by name.
    """

    def __init__(
        self, earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], ministries: Set[str] = frozenset()
    ) -> None:
        """Count names and statements; `ministries` are those of the earlier year whose sheets are not among these."""
        self.later = with_named(earlier, later)
        self._ministries = ministries | {digest.key.ministry for digest in earlier}
        counts = [Counter((digest.key.ministry, digest.form) for digest in year) for year in (earlier, self.later)]
        self._names = counts[0].keys()
        self._shared = {name for year in counts for name, count in year.items() if count > 1}
        year = earlier[0].key.fiscal_year if earlier else 0
        told = [(key, digest.key) for digest in self.later for key in set(digest.stated + digest.histories)]
        told = [(key, by) for key, by in told if key.fiscal_year == year]
        self._claims, self._lists = Counter(key for key, _ in told), Counter(by for _, by in told)

    def compare(self, one: SheetDigest, other: SheetDigest) -> Evidence:
        """Return the evidence about an earlier and a later sheet."""
        names = {(digest.key.ministry, digest.form) for digest in (one, other)}
        return compare(
            one,
            other,
            is_name_shared=bool(names & self._shared),
            is_only=not self.is_claimed_again(one.key) and not self.is_listing(other.key),
            is_founded=other.key.ministry not in self._ministries,
        )

    def has_namesake(self, later: SheetDigest) -> bool:
        """Return whether an earlier sheet of its ministry bears the name of a later one."""
        return (later.key.ministry, later.form) in self._names

    def is_claimed_again(self, earlier: SheetKey) -> bool:
        """Return whether several later sheets name an earlier one."""
        return self._claims[earlier] > 1

    def is_listing(self, later: SheetKey) -> bool:
        """Return whether a later sheet names several earlier ones."""
        return self._lists[later] > 1
