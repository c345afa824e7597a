"""Judge a statement that no rule bears out: what it says of two sheets, and whether the evidence lets it stand."""

from __future__ import annotations

from typing import NamedTuple

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence
from hyoka_kg.normalization.number_mentions import names_former

_LEAST_CELLS, _SENTENCES = 3, 2
_SPOKEN_FOR = ("initial", "supplementary", "requested")
Verdict = tuple[str, bool | None]


class Statement(NamedTuple):
    """That a sheet names a former one, and what else is known of both.

    Attributes:
        one: The former sheet.
        other: The sheet that names it.
        facts: The evidence about the pair.
        hop: What a link of the two would be, were they one project.
        follower: The sheet of the later year that goes on from the former one, or None.
        has_before: Whether the later sheet goes on from another one.
        is_claimed_again: Whether other sheets name the former one too.
        is_listed: Whether the later sheet names others too.
        is_whole: Whether the follower has all the money of the former sheet.
        has_namesake: Whether another former sheet bears the name of the later one.
    """

    one: SheetDigest
    other: SheetDigest
    facts: Evidence
    hop: str
    follower: SheetDigest | None
    has_before: bool
    is_claimed_again: bool
    is_listed: bool
    is_whole: bool
    has_namesake: bool

    @property
    def is_own(self) -> bool:
        """Return whether both sheets are of one ministry."""
        return self.one.key.ministry == self.other.key.ministry

    @property
    def is_new(self) -> bool:
        """Return whether the later project begins when the former sheet is published, or after."""
        return self.other.start >= self.one.key.fiscal_year

    @property
    def is_near(self) -> bool:
        """Return whether both are of one division, or of one bureau and have more than that in common.

        A number that is one off names a neighbour: of the same bureau, and of another subject.
        """
        facts = self.facts
        is_kin = facts.payees == "shared" or facts.start == "equal" or facts.name == "akin"
        return self.is_own and (facts.division == "equal" or (facts.bureau == "equal" and is_kin))

    @property
    def is_told(self) -> bool:
        """Return whether a history of the later sheet tells the name of the former one, too."""
        return bool(self.one.form) and any(names_former(text, self.one.form) for text in self.other.told)

    @property
    def goes_on(self) -> bool:
        """Return whether the former project lives on in a sheet of its own, which has or asks for new money.

        A sheet that only accounts for the years before is the last of its project.
        """
        return self.follower is not None and not is_last(self.follower)

    @property
    def has_after(self) -> bool:
        """Return whether the former project goes on by itself; one that ended for a sheet of its bureau did not."""
        is_heir = self.is_own and self.facts.bureau == "equal" and not is_last(self.other)
        return self.goes_on if is_heir else self.follower is not None


def judge(statement: Statement) -> Verdict:
    """Return what a statement says, and whether it stands: True, False where it is refuted, None without support."""
    facts = statement.facts
    if _is_refuted(statement):
        return statement.hop, False
    if not statement.has_before and _is_cut(statement):
        return "split-into", True
    if _is_moved(statement):
        return "transferred", True
    if statement.has_before or statement.is_listed:
        return "merged-into", _if_certain(_is_merged(statement))
    if statement.has_after and not is_supported(facts) and _is_older(statement):
        return statement.hop, False
    if statement.has_after or statement.is_claimed_again:
        return "split-into", _if_certain(_is_split(statement))
    return statement.hop, None


def _is_refuted(statement: Statement) -> bool:
    is_apart = statement.follower is not None and statement.has_before
    return is_apart and not statement.is_listed and not _is_alike(statement.facts)


def _is_moved(statement: Statement) -> bool:
    """Return whether a project of another ministry moved: it is the only one named, and more than that says so."""
    if statement.is_own or statement.facts.is_only != "yes" or statement.has_before:
        return False
    is_ended = statement.follower is not None and not statement.goes_on
    return is_supported(statement.facts) or (is_ended and statement.is_new)


def _is_merged(statement: Statement) -> bool:
    """Return whether a listed sheet became a part of the one that lists it.

    A sheet that goes on by itself is only related to one that came by itself. A list names related sheets too, and
    may be misprinted as a whole: alone it joins no two subjects. One number beside a predecessor is a misprint.
    """
    facts = statement.facts
    if facts.name == "equal" and facts.text in ("equal", "some"):
        return True
    if statement.has_after:
        return is_supported(facts) and not statement.has_before
    return is_supported(facts) or statement.is_told or (statement.is_listed and statement.is_near)


def _is_split(statement: Statement) -> bool:
    """Return whether a sheet that nothing else precedes was a part of the one it names."""
    facts = statement.facts
    if statement.has_namesake:
        return False
    is_moved = not statement.is_own and statement.is_claimed_again and not statement.goes_on
    is_begun = statement.is_new and (_is_at_home(statement) or is_moved)
    is_old = facts.start == "equal" and statement.one.start < statement.one.key.fiscal_year
    return is_supported(facts) or is_begun or (statement.is_own and is_old)


def _is_at_home(statement: Statement) -> bool:
    """Return whether a former sheet of the same bureau and division goes on, or one that is near ends."""
    is_unit = statement.facts.bureau == statement.facts.division == "equal"
    return (statement.is_own and is_unit) or (statement.follower is None and statement.is_near)


def _is_older(statement: Statement) -> bool:
    """Return whether the later project has years of its own before, with other money."""
    return 0 < statement.other.start < statement.one.key.fiscal_year and statement.facts.figures == "differ"


def _is_cut(statement: Statement) -> bool:
    """Return whether a sheet that several of its ministry name was cut up: none goes on with all its money."""
    is_named = statement.is_claimed_again and statement.is_own
    return is_named and not statement.is_whole and _is_cut_from(statement)


def _is_cut_from(statement: Statement) -> bool:
    """Return whether a sheet that nothing precedes tells of money of years before, never more than the other had.

    Money of the past that no sheet of that past has as its own was told within another: a statement tells which.
    """
    one, other = statement.one, statement.other
    is_near = (one.start == other.start > 0) or (one.bureau == other.bureau != "")
    known = {cell: yen for cell, yen in one.amounts.items() if yen > 0}
    common = [(yen, known[phase, year]) for phase, year, yen in other.figures if (phase, year) in known]
    return is_near and len(common) >= _LEAST_CELLS and all(0 < yen < whole for yen, whole in common)


def is_last(sheet: SheetDigest) -> bool:
    """Return whether a sheet only accounts for the years before: it has and asks for no new money."""
    year = sheet.key.fiscal_year
    has_new = any(phase in _SPOKEN_FOR and about >= year for phase, about, _ in sheet.figures)
    return bool(sheet.figures) and not has_new


def is_late_part(one: SheetDigest, facts: Evidence) -> bool:
    """Return whether a sheet that tells no money of the past was a part of another, which began when it did.

    Its project is older than the former sheet, and no sheet of that year was its own; or its name is that of the
    former one with more behind it (…のうち…), and no other sheet bears that.
    """
    is_near = facts.ministry == facts.bureau == facts.start == "equal" and facts.stated in ("no", "none")
    is_named = facts.longer == "later" and facts.shared_name == "no"
    is_worded = facts.text == "equal" or (facts.text == "some" and facts.payees == "shared")
    is_related = is_named or (one.start < one.key.fiscal_year and is_worded)
    return is_near and is_related and facts.figures == "none"


def is_moved_without_money(one: SheetDigest, other: SheetDigest, facts: Evidence) -> bool:
    """Return whether a sheet of another ministry without any money tells of a project in its own words.

    What information systems of all ministries cost stands in one central budget from FY2020 on (内閣官房 一括計上,
    デジタル庁): each has a sheet there that has no amounts of its own.
    """
    is_other = facts.ministry in ("differs", "founded") and not other.figures
    is_kin = facts.start == "equal" or other.start >= one.key.fiscal_year
    return is_other and is_kin and facts.text == "equal" and len({*one.sentences} & {*other.sentences}) >= _SENTENCES


def _if_certain(is_certain: bool) -> bool | None:
    return True if is_certain else None


def _is_alike(facts: Evidence) -> bool:
    """Return whether name, many figures or wording speak for a pair: few equal figures and indicators do not."""
    return facts.name in ("equal", "close", "near") or facts.figures == "equal" or facts.text in ("equal", "some")


def is_supported(facts: Evidence) -> bool:
    """Return whether anything but the statement speaks for a pair."""
    return (
        facts.name in ("equal", "close", "near")
        or facts.figures in ("equal", "some", "weak")
        or facts.text in ("equal", "some")
        or facts.indicators in ("valued", "worded")
    )
