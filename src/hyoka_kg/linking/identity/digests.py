"""What identity needs of a sheet: names, years, units, figures and numbers; its prose only as hashes of sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hyoka_kg.model import SheetKey, SheetPart
from hyoka_kg.normalization.folding import SENTENCE_END, bare_form, key_form
from hyoka_kg.normalization.number_mentions import find_project_numbers, tells_history

Figure = tuple[str, int, int]
_LEAST_SENTENCE = 12
_BYTES = 8
_PLAN_TEXTS = frozenset({"purpose", "overview", "current-issues"})
_HISTORY_TEXTS = ("former-number", "remarks")
_UNITS = frozenset({"bureau", "division"})


class IndicatorDigest(NamedTuple):
    """An indicator of a sheet.

    Attributes:
        path: Its path below the sheet.
        kind: `outcome` or `output`.
        form: Its wording, in the form that is compared.
        unit: Its unit as printed, in the same form.
        values: Role, fiscal year and number of each value.
    """

    path: str
    kind: str
    form: str
    unit: str
    values: tuple[tuple[str, int, str], ...]


class SheetDigest(NamedTuple):
    """A sheet as identity sees it; a field that no part has told is empty.

    Attributes:
        key: The sheet.
        rs_id: 予算事業ID.
        name: Name of the project as printed.
        form: The name in the form that is compared.
        start: Fiscal year in which the project began.
        end: Fiscal year in which it ends.
        bureau: Bureau in charge, in the form that is compared.
        division: Division in charge, likewise.
        figures: Phase, fiscal year and yen of every amount that is not zero.
        payees: Corporate numbers of the payees.
        sentences: Hashes of the sentences of purpose and overview.
        stated: Former sheets that an official list names.
        histories: Former sheets that a free text names.
        told: The free texts that tell of former projects, in the form in which names are compared.
        relations: Relation as printed and 予算事業ID of related projects.
        indicators: Its indicators.
    """

    key: SheetKey
    rs_id: str = ""
    name: str = ""
    form: str = ""
    start: int = 0
    end: int = 0
    bureau: str = ""
    division: str = ""
    figures: tuple[Figure, ...] = ()
    payees: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()
    stated: tuple[SheetKey, ...] = ()
    histories: tuple[SheetKey, ...] = ()
    told: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    indicators: tuple[IndicatorDigest, ...] = ()

    @property
    def amounts(self) -> dict[tuple[str, int], int]:
        """Return the figures in yen by phase and fiscal year."""
        return {(phase, year): yen for phase, year, yen in self.figures}

    def joined(self, other: SheetDigest) -> SheetDigest:
        """Return what two parts of one sheet tell: the first filled text or year, and all members of the lists."""
        return self._replace(**{name: _joined(getattr(self, name), getattr(other, name)) for name in self._fields[1:]})


def _joined(mine: Any, theirs: Any) -> Any:
    return mine + theirs if isinstance(mine, tuple) else mine or theirs


class DigestMaker:
    """Makes digests of the parts of sheets.

    Attributes:
        issuers: Ministry by the abbreviation inside a number.
    """

    def __init__(self, issuers: Mapping[str, str]) -> None:
        self.issuers = issuers

    def digest(self, part: SheetPart) -> SheetDigest:
        """Return the digest of a part."""
        entry = next((dict(node.values) for node in part.nodes if node.kind == "entry"), {})
        texts = {kind: list(_texts(part, kind)) for kind in (*_UNITS, *_PLAN_TEXTS, *_HISTORY_TEXTS)}
        return SheetDigest(
            key=part.key,
            rs_id=part.rs_id,
            name=part.name.strip(),
            form=bare_form(part.name),
            start=int(entry.get("start_year", 0)),
            end=int(entry.get("end_year", 0)),
            bureau=key_form("".join(texts["bureau"])),
            division=key_form("".join(texts["division"])),
            figures=tuple(_figures(part)),
            payees=tuple(sorted(_payees(part))),
            sentences=tuple(sorted({h for kind in _PLAN_TEXTS for text in texts[kind] for h in sentence_hashes(text)})),
            stated=tuple(_stated(part)),
            histories=tuple(key for kind in _HISTORY_TEXTS for text in texts[kind] for key in self._keys(text)),
            told=tuple(bare_form(text) for kind in _HISTORY_TEXTS for text in texts[kind] if tells_history(text)),
            relations=tuple(_relations(part)),
            indicators=tuple(_indicators(part)),
        )

    def _keys(self, text: str) -> Iterator[SheetKey]:
        """Yield the sheets that a free text names; one of an unknown ministry says nothing."""
        for mention in find_project_numbers(text):
            number = mention.number
            issuer = self.issuers.get(number.ministry_abbreviation or "")
            if issuer and number.sheet_fiscal_year:
                yield SheetKey(issuer, number.sheet_fiscal_year, number.slug)


def _texts(part: SheetPart, box: str) -> Iterator[str]:
    for node in part.nodes:
        if node.kind == "text" and ("box", box) in node.values:
            yield dict(node.values)["as_printed"]


def _figures(part: SheetPart) -> Iterator[Figure]:
    """Yield the amounts; a zero that may be a blank is no figure, and a zero tells nothing of who a project is."""
    for node in part.nodes:
        if node.kind == "budget":
            values = dict(node.values)
            yen = int(float(values.get("amount", "0")))
            if yen:
                yield values["phase"], int(values["fiscal_year"]), yen


def _payees(part: SheetPart) -> set[str]:
    return {
        value.rpartition("/")[2]
        for node in part.nodes
        if node.kind in ("payment", "expense")
        for name, value in node.values
        if name == "corporate_number"
    }


def sentence_hashes(text: str) -> set[int]:
    """Return a hash of each sentence that is long enough to be of one project only."""
    sentences = key_form(text).split(SENTENCE_END)
    return {_hash(sentence) for sentence in sentences if len(sentence) >= _LEAST_SENTENCE}


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BYTES).digest(), "big", signed=True)


def _stated(part: SheetPart) -> Iterator[SheetKey]:
    """Yield the numbers of the list of former sheets."""
    for node in part.nodes:
        if node.kind == "link":
            ministry, year, number = dict(node.values)["link_from"].split("/")
            yield SheetKey(ministry, int(year.removeprefix("fy")), number)


def _relations(part: SheetPart) -> Iterator[tuple[str, str]]:
    for node in part.nodes:
        values = dict(node.values)
        if node.kind == "text" and values.get("related_id"):
            yield values["as_printed"], values["related_id"]


def _indicators(part: SheetPart) -> Iterator[IndicatorDigest]:
    """Yield the indicators with the numbers of their years."""
    numbers: dict[str, list[tuple[str, int, str]]] = {}
    for node in part.nodes:
        if node.kind == "observation":
            values = dict(node.values)
            if "value" in values and "fiscal_year" in values:
                told = (values["role"], int(values["fiscal_year"]), values["value"])
                numbers.setdefault(node.owner, []).append(told)
    for node in part.nodes:
        if node.kind == "indicator":
            values = dict(node.values)
            wording = values.get("label") or values.get("title") or values.get("statement", "")
            unit = key_form(values.get("unit_printed", ""))
            years = tuple(numbers.get(node.path, ()))
            yield IndicatorDigest(node.path, values["indicator_kind"], bare_form(wording), unit, years)
