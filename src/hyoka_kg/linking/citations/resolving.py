"""Resolve a citation as read to the work, version and clauses that it means; abstain where it does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hyoka_kg.linking.citations.index import MISPRINT, StrategyIndex, Version
from hyoka_kg.normalization.citations import Act, Citation, ClausePath, Decision, read_citations

_DAY, _YEAR = 10, 4
_FISCAL_YEAR, _NO_SUCH_DAY, _YEAR_ONLY = "fiscal_year", "no_such_day", "year_only"
_JOINED_WITHIN = 4


class Method(StrEnum):
    """How a version was found."""

    DATE = "printed-date"
    EDITION = "printed-edition"
    SHARED_DATE = "date-of-the-next-title"
    ONLY_VERSION = "only-version-of-the-work"
    NAME = "printed-name"
    NONE = ""


class Flag(StrEnum):
    """What keeps a citation from a version, or what a reader should know of one that has it."""

    UNKNOWN_TITLE = "unknown-title"
    AMBIGUOUS_TITLE = "ambiguous-title"
    TITLE_MISPRINT = "title-misprint"
    VERSION_NOT_STATED = "version-not-stated"
    DATE_UNKNOWN = "date-of-no-version"
    EDITION_UNKNOWN = "edition-unknown"
    IMPOSSIBLE_PAIR = "impossible-pair"
    AMBIGUOUS_DATE = "ambiguous-date"
    NO_SUCH_DAY = "no-such-day"
    FISCAL_YEAR_IN_DATE = "fiscal-year-in-date"
    DECISION_MISPRINT = "decision-misprint"
    ERA_LABEL = "era-label"
    BRACKET_OPEN = "bracket-open"


_READER_FLAGS = {
    "fiscal_year_in_date": Flag.FISCAL_YEAR_IN_DATE,
    "decision_misprint": Flag.DECISION_MISPRINT,
    "no_such_day": Flag.NO_SUCH_DAY,
    "bracket_open": Flag.BRACKET_OPEN,
    "era_label_after_era_end": Flag.ERA_LABEL,
    "era_label_before_era_begin": Flag.ERA_LABEL,
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a citation means.

    Attributes:
        citation: The citation as read.
        strategy_id: The work, or empty.
        versions: The versions, in the order of their printed dates; none where the string does not tell.
        method: How they were found.
        flags: What is odd, or why there is none.
    """

    citation: Citation
    strategy_id: str = ""
    versions: tuple[str, ...] = ()
    method: Method = Method.NONE
    flags: tuple[Flag, ...] = ()

    @property
    def paths(self) -> tuple[ClausePath, ...]:
        """Return the printed paths to clauses."""
        return self.citation.paths


def resolve_text(raw: str, index: StrategyIndex) -> tuple[Resolved, ...]:
    """Return the citations in a string with what each means."""
    return resolve_citations(read_citations(raw, index.titles), index)


def resolve_citations(citations: Sequence[Citation], index: StrategyIndex) -> tuple[Resolved, ...]:
    """Return what each citation of one string means; titles in a row may share the date behind the last."""
    resolved = [_resolve(citation, index) for citation in citations]
    for place in range(len(resolved) - 2, -1, -1):
        resolved[place] = _with_shared_date(resolved[place], resolved[place + 1], index)
    return tuple(resolved)


def _resolve(citation: Citation, index: StrategyIndex) -> Resolved:
    odd = tuple(dict.fromkeys(_READER_FLAGS[flag] for flag in citation.flags if flag in _READER_FLAGS))
    uses = index.names.get(citation.name, ())
    if not uses:
        return Resolved(citation, flags=(Flag.UNKNOWN_TITLE, *odd))
    if len(uses) > 1:
        return Resolved(citation, flags=(Flag.AMBIGUOUS_TITLE, *odd))
    if uses[0].kind == MISPRINT:
        odd = (Flag.TITLE_MISPRINT, *odd)
    found = _version_of(citation, uses[0].strategy_id, index)
    return replace(found, flags=tuple(dict.fromkeys((*found.flags, *odd))))


def _version_of(citation: Citation, work: str, index: StrategyIndex) -> Resolved:
    known = index.versions.get(work, ())
    by_work = Resolved(citation, work, method=Method.NAME)
    if any(_NO_SUCH_DAY in decision.issues for decision in citation.decisions):
        return by_work
    states = list(_states(citation.decisions))
    if states:
        return _by_date(by_work, states, known, index)
    if citation.editions:
        return _by_edition(by_work, known)
    if work in index.only and len(known) == 1:
        return replace(by_work, versions=(known[0].version_id,), method=Method.ONLY_VERSION)
    return replace(by_work, flags=(Flag.VERSION_NOT_STATED,))


def _states(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Yield the last printed state of each decision: a revision stands for what it revised.

    A year in brackets tells the state only where no day or month does: （平成31年度）（平成30年9月4日決定） names the
    year that the document is for.
    """
    dated = [decision for decision in decisions if decision.date]
    is_told = any(len(decision.date) > _YEAR for decision in dated)
    state: Decision | None = None
    for decision in dated:
        if is_told and _YEAR_ONLY in decision.issues:
            continue
        if state is not None and (state.date.startswith(decision.date) or decision.date.startswith(state.date)):
            state = max(state, decision, key=lambda one: len(one.date))
            continue
        if state is not None and decision.act is not Act.REVISED:
            yield state
        state = decision
    if state is not None:
        yield state


def _by_date(found: Resolved, states: list[Decision], known: tuple[Version, ...], index: StrategyIndex) -> Resolved:
    editions = frozenset(map(str, found.citation.editions))
    versions: list[str] = []
    flags: list[Flag] = []
    for state in states:
        dated = [version for version in known if _is_dated(version, state)]
        fitting = [version for version in dated if _is_compatible(version, editions)]
        if len(fitting) == 1:
            versions.append(fitting[0].version_id)
        else:
            flags.append(_why_not(found, state, dated, fitting, index))
    if flags:
        return replace(found, flags=tuple(dict.fromkeys(flags)))
    return replace(found, versions=tuple(dict.fromkeys(versions)), method=Method.DATE)


def _why_not(
    found: Resolved, state: Decision, dated: list[Version], fitting: list[Version], index: StrategyIndex
) -> Flag:
    if fitting:
        return Flag.AMBIGUOUS_DATE
    if dated or _by_edition(found, index.versions.get(found.strategy_id, ())).versions:
        return Flag.IMPOSSIBLE_PAIR
    others = index.related[found.strategy_id] - {found.strategy_id}
    elsewhere = any(_is_dated(version, state) for work in others for version in index.versions.get(work, ()))
    return Flag.IMPOSSIBLE_PAIR if elsewhere and len(state.date) == _DAY else Flag.DATE_UNKNOWN


def _is_dated(version: Version, state: Decision) -> bool:
    if _FISCAL_YEAR in state.issues:
        first = int(state.date)
        return f"{first}-04-01" <= version.date <= f"{first + 1}-03-31"
    return version.date.startswith(state.date)


def _is_compatible(version: Version, editions: frozenset[str]) -> bool:
    """Return whether no printed edition contradicts those of a version."""
    own = _by_kind(version.editions)
    return all(own.get(kind, number) == number for kind, number in _by_kind(editions).items())


def _by_kind(editions: Iterable[str]) -> dict[str, str]:
    """Return the numbers by kind; a revision of a year (2023改訂版) is an edition of that year."""
    pairs = (edition.split(":") for edition in editions)
    return {"year" if kind == "revision" else kind: number for kind, number in pairs}


def _by_edition(found: Resolved, known: tuple[Version, ...]) -> Resolved:
    printed = frozenset(map(str, found.citation.editions))
    matches = [
        version for version in known if version.editions & _spelled(printed) and _is_compatible(version, printed)
    ]
    exact = [version for version in matches if _by_kind(version.editions) == _by_kind(printed)]
    for choice in (matches, exact):
        if len(choice) == 1:
            return replace(found, versions=(choice[0].version_id,), method=Method.EDITION)
    if matches:
        return replace(found, flags=(Flag.AMBIGUOUS_DATE,))
    return _by_year(found, known)


def _spelled(editions: frozenset[str]) -> frozenset[str]:
    """Return editions with 2023改訂版 and 2023 standing for each other."""
    numbers = {edition.partition(":")[2] for edition in editions if edition.startswith(("year:", "revision:"))}
    return editions | {f"{kind}:{number}" for number in numbers for kind in ("year", "revision")}


def _by_year(found: Resolved, known: tuple[Version, ...]) -> Resolved:
    """Take a printed year for the year of decision where the work numbers no edition by years."""
    printed = _by_kind(map(str, found.citation.editions))
    has_years = any("year" in _by_kind(version.editions) for version in known)
    matches = [version for version in known if version.date[:_YEAR] == printed.get("year")]
    if len(printed) == 1 and not has_years and len(matches) == 1:
        return replace(found, versions=(matches[0].version_id,), method=Method.EDITION)
    return replace(found, flags=(Flag.EDITION_UNKNOWN,))


def _with_shared_date(found: Resolved, following: Resolved, index: StrategyIndex) -> Resolved:
    """Return an undated citation with the version of the date that the next title bears, where both stand in a row."""
    if not found.strategy_id or found.versions or found.citation.decisions:
        return found
    gap = following.citation.start - found.citation.end
    states = {state.date for state in _states(following.citation.decisions) if len(state.date) == _DAY}
    if gap > _JOINED_WITHIN or not states:
        return found
    editions = frozenset(map(str, found.citation.editions))
    known = index.versions.get(found.strategy_id, ())
    shared = [version for version in known if version.date in states and _is_compatible(version, editions)]
    if len(shared) != 1:
        return found
    kept = tuple(flag for flag in found.flags if flag not in {Flag.VERSION_NOT_STATED, Flag.EDITION_UNKNOWN})
    return replace(found, versions=(shared[0].version_id,), method=Method.SHARED_DATE, flags=kept)
