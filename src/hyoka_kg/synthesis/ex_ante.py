"""Fill the ex-ante analysis sheet (事前分析表) of one fictitious policy and year."""

from __future__ import annotations

from datetime import date

from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.ex_ante_entries import fill_entries
from hyoka_kg.synthesis.ex_ante_indicators import fill_indicators
from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.ministry import MinistryYear
from hyoka_kg.synthesis.printing import print_date, print_fiscal_year, year_label
from hyoka_kg.synthesis.words import rates, words


def ex_ante_sheet(seed: int, year: MinistryYear, policy: int) -> Sheet:
    """Return the sheet of a policy with all of its cells and planted defects."""
    w, fiscal_year = words(), year.fiscal_year
    projects = [one for one in year.projects if one.policy == policy]
    mark = w["circled"][policy - 1] if policy <= len(w["circled"]) else str(policy)
    number = w["form_number"].format(ministry=w["ministry"]["name"], year=_short_year(fiscal_year), mark=mark)
    title = w["titles"]["ex-ante"].format(year=print_fiscal_year(fiscal_year, sheet=fiscal_year))
    sheet = Sheet(ex_ante_id(policy, fiscal_year), "ex-ante", fiscal_year, number, title)
    cells = Cells(sheet, stream(seed, "ex-ante", policy, fiscal_year), w["dash_ex_ante"])
    _fill_head(cells, policy)
    count = fill_indicators(cells, seed, policy)
    fill_entries(cells, seed, projects, count)
    _fill_citations(cells)
    _fill_notes(cells)
    return sheet


def ex_ante_id(policy: int, fiscal_year: int) -> str:
    """Return the id of a policy's sheet, in ASCII."""
    return f"{words()['ministry']['slug']}-ex-ante-fy{fiscal_year}-{policy:02d}"


def _short_year(fiscal_year: int) -> str:
    era = words()["short_era"] if fiscal_year >= words()["eras"][0][0] else ""
    return f"{era}{year_label(fiscal_year, fiscal_year)}"


def policies_of(year: MinistryYear) -> list[int]:
    """Return the policies that have projects in a year."""
    return sorted({one.policy for one in year.projects})


def _fill_head(cells: Cells, policy: int) -> None:
    w, sheet = words(), cells.sheet
    i = (policy - 1) % len(w["policy_names"])
    cells.text("document", "title", sheet.title)
    cells.text("document", "form_number", sheet.number)
    cells.text("document", "evaluation_mode", w["evaluation_mode"], value="monitoring")
    due = sheet.fiscal_year + 2
    scheduled = print_fiscal_year(due, sheet=sheet.fiscal_year).removesuffix(w["year_suffix"]) + w["year"]
    cells.text("document", "evaluation_scheduled", w["scheduled"].format(date=scheduled), value=f"{due}-08")
    sheet.place("", "policy_title", _policy_name(cells, policy, w["policy_names"][i]))
    cells.text("policy", "field", w["policy_fields"][i])
    cells.prose("policy", "policy-summary", 2)
    _fill_outcomes(cells)
    _fill_units(cells)


def _policy_name(cells: Cells, policy: int, name: str) -> Fact:
    w, number = words(), str(policy)
    inner = Fact("policy", "number", None, number, value=number)
    whole = f"{w['policy_prefix']}{number}{w['colon']}{name}"
    return cells.sheet.add(Fact("policy", "name", None, whole, value=name, inside=((len(w["policy_prefix"]), inner),)))


def _fill_outcomes(cells: Cells) -> None:
    parts: list[str | Fact] = []
    for key in ("final", "intermediate"):
        subject = f"policy/outcome/{key}"
        parts += ["\n"] * bool(parts) + [cells.text(subject, "label", words()[f"{key}_outcome"]), words()["colon"]]
        parts.append(cells.prose(subject, "outcome", 1))
    cells.sheet.place("", "outcomes", *parts)


def _fill_units(cells: Cells) -> None:
    w = words()
    units: list[str | Fact] = []
    posts: list[str | Fact] = []
    for i, (bureau, divisions) in enumerate(cells.chance.sample(w["bureaus"], cells.chance.randint(1, 3)), 1):
        division = cells.chance.choice(divisions)
        units += [w["comma"]] * (i > 1)
        units.append(cells.text(f"document/unit/{i}", "name", bureau + w["brackets"][0] + division + w["brackets"][1]))
        posts += ["\n"] * (i > 1)
        posts.append(cells.text(f"document/post/{i}", "title", bureau + division + cells.chance.choice(w["posts"])))
    cells.sheet.place("", "units", *units)
    cells.sheet.place("", "posts", *posts)


def _fill_citations(cells: Cells) -> None:
    w, chance, subjects = words(), cells.chance, []
    for i in range(1, chance.randint(3, 7) + 1):
        subject, plan = f"citation/{i}", chance.choice(w["plans"])
        subjects.append(subject)
        cells.text(subject, "title", plan["title"])
        _fill_dates(cells, subject, plan["dates"])
        parts: list[str | Fact] = []
        for j, heading in enumerate(chance.choice(w["clauses"]), 1):
            parts += ["\n"] * (j > 1) + [cells.text(f"{subject}/clause/{j}", "heading", heading)]
        cells.sheet.place(subject, "clauses", *parts)
    cells.sheet.lists["", "citations"] = subjects


def _fill_dates(cells: Cells, subject: str, dates: list[str]) -> None:
    w, chance = words(), cells.chance
    told = dates[: chance.randint(1, len(dates))]
    days = [date.fromisoformat(one) for one in told]
    printed = print_date(days[0], chance) + "".join(
        "\n" + w["revision"].format(date=print_date(day, chance)) for day in days[1:]
    )
    if happens(chance, rates("values")["impossible_citation_date"]):
        day = date.fromisoformat(w["impossible_date"])
        fact = cells.sheet.add(Fact(subject, "dates", None, print_date(day, chance), "date_revisions", day.isoformat()))
        cells.sheet.plant("impossible_citation_date", fact, f"truly {';'.join(told)}")
        return
    cells.sheet.add(Fact(subject, "dates", None, printed, "date_revisions", ";".join(told)))


def _fill_notes(cells: Cells) -> None:
    subjects = []
    for i, note in enumerate(words()["notes"], 1):
        subjects.append(f"document/note/{i}")
        cells.sheet.add(Fact(subjects[-1], "note", None, note, "prose", note))
    cells.sheet.lists["", "notes"] = subjects
