"""Fill the page of a review sheet that follows the money: flow chart, uses, payees, contracts."""

from __future__ import annotations

from hyoka_kg.synthesis.cells import Cells, corporate_number
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.facts import Fact
from hyoka_kg.synthesis.printing import widen
from hyoka_kg.synthesis.words import words

_PLACEHOLDER = "9999999999999"  # the number that sheets print for individuals
_MILLION = 1_000_000


def fill_flow(cells: Cells, executed: int) -> None:
    """Add blocks, uses, payees and the empty list of contracts; the blocks share what was executed."""
    count = 2 if executed > 20 and happens(cells.chance, 0.5) else 1
    first = round(executed * (1.0 if count == 1 else cells.chance.uniform(0.3, 0.9)), 1)
    amounts = dict(zip("AB"[:count], (first, round(executed - first, 1)), strict=False))
    _fill_blocks(cells, amounts)
    _fill_expenses(cells, amounts)
    for label, amount in amounts.items():
        _fill_payments(cells, label, amount)
    cells.sheet.lists["", "payment_blocks"] = [f"payment-block/{label}" for label in amounts]
    if cells.sheet.fiscal_year >= 2016:
        _fill_contracts(cells)


def _fill_blocks(cells: Cells, amounts: dict[str, float]) -> None:
    w, year = words(), cells.sheet.fiscal_year - 1
    parts: list[str | Fact] = []
    for label, amount in amounts.items():
        subject = f"block/{label}"
        wide = chr(ord(label) + 0xFEE0)
        printed = f"{amount:,.1f}" if amount % 1 else f"{amount:,.0f}"
        printed = (widen(printed) if happens(cells.chance, 0.3) else printed) + w["million"]
        name = cells.text(subject, "name", cells.chance.choice(w["block_names"]))
        payer = cells.text(subject, "payer", w["ministry"]["name"]) if label == "A" else None
        total = cells.sheet.add(Fact(subject, "amount", year, printed, "money", str(round(amount * _MILLION))))
        uses = cells.text(subject, "uses", cells.chance.choice(w["flow_uses"]))
        parts += [payer, "\n\n"] if payer else ["\n\n"]
        parts += [cells.text(subject, "label", wide, value=label), "\n", name, " ", total, "\n", uses]
    cells.sheet.place("", "flow", *parts)


def _fill_expenses(cells: Cells, amounts: dict[str, float]) -> None:
    scope, rows, sheet = "expense-pair/1", [f"expense-row/{i}" for i in range(1, 4)], cells.sheet
    for side, label in (("left", "A"), ("right", "B")):
        sheet.place(scope, f"{side}_label", label)
        amount = amounts.get(label)
        if amount is None:
            total = cells.money(f"expense/{label}/total", "amount", sheet.fiscal_year - 1, 0)
        else:
            _fill_expense(cells, rows, side, label, amount)
            total = cells.money(f"expense/{label}/total", "amount", sheet.fiscal_year - 1, amount, decimals=1)
        sheet.place(scope, f"{side}_total", total)
    sheet.lists["", "expense_pairs"] = [scope]
    sheet.lists[scope, "rows"] = rows


def _fill_expense(cells: Cells, rows: list[str], side: str, label: str, amount: float) -> None:
    w, left = words(), amount
    count = cells.chance.randint(1, len(rows))
    for i, row in enumerate(rows[:count], 1):
        share = left if i == count else round(left * cells.chance.uniform(0.2, 0.7), 1)
        left = round(left - share, 1)
        subject = f"expense/{label}/{i}"
        cells.sheet.place(row, f"{side}_item", cells.text(subject, "item", cells.chance.choice(w["expense_items"])))
        cells.sheet.place(row, f"{side}_use", cells.text(subject, "use", cells.chance.choice(w["expense_uses"])))
        fact = cells.money(subject, "amount", cells.sheet.fiscal_year - 1, share, decimals=1)
        cells.sheet.place(row, f"{side}_amount", fact)


def _fill_payments(cells: Cells, label: str, amount: float) -> None:
    count, scope = cells.chance.randint(1, 10), f"payment-block/{label}"
    subjects = [f"payment/{label}/{i}" for i in range(1, count + 1)]
    cells.sheet.place(scope, "label", label)
    cells.sheet.lists[scope, "payments"] = subjects
    shares = sorted((round(amount / count * cells.chance.uniform(0.2, 1.0), 1) for _ in subjects), reverse=True)
    for i, (subject, share) in enumerate(zip(subjects, shares, strict=True)):
        _fill_payment(cells, subject, i, share)


def _fill_payment(cells: Cells, subject: str, i: int, amount: float) -> None:
    w, chance, detailed = words(), cells.chance, cells.sheet.fiscal_year >= 2016
    person = happens(chance, 0.2)
    payee = w["individual"].format(letter=chr(ord("A") + i)) if person else chance.choice(w["payees"])
    cells.text(subject, "payee", payee)
    cells.text(subject, "work", chance.choice(w["works"]))
    cells.money(subject, "amount", cells.sheet.fiscal_year - 1, amount, decimals=1)
    bid = happens(chance, 0.6)
    if detailed:
        cells.text(subject, "corporate_number", _PLACEHOLDER if person else corporate_number(chance))
        cells.text(subject, "method", chance.choice(w["bid_marks"][: 2 if bid else 4][0 if bid else 2 :]))
        cells.missing(subject, "reason")
    if bid:
        cells.text(subject, "bidders", str(chance.randint(1, 8)))
        cells.percent(subject, "bid_rate", None, chance.uniform(0.6, 1.0))
    else:
        cells.missing(subject, "bidders")
        cells.missing(subject, "bid_rate", kind="percent")


def _fill_contracts(cells: Cells) -> None:
    for field in ("block", "payee", "corporate_number", "work", "method", "bidders", "bid_rate", "reason"):
        cells.missing("contract/1", field)
    cells.blank("contract/1", "amount")
    cells.sheet.lists["", "contracts"] = ["contract/1"]
