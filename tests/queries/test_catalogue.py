"""The catalogue: what a header says, what it may leave out, and which files are refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.errors import QueryError
from hyoka_kg.query import load_catalogue, load_query

FULL = """#+ id: cq99
#+ summary: 執行額
#+ summary_en: Executed amounts
#+ description: In yen.
#+ tags: [money, year]
#+ params:
#+   - {name: fy, type: integer, default: 2016, description_ja: 年度, description_en: Fiscal year}
#+   - {name: project, type: iri, of: project, optional: true}
#+ one_of: [fy, project]
#+ columns: fy, project amount
SELECT ?fy WHERE { VALUES ?fy { 2016 } } # no header
"""


def file_of(folder: Path, text: str | bytes, name: str = "cq99_amounts.rq") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_header_is_read_whole_and_left_out_of_the_body(tmp_path: Path) -> None:
    query = load_query(file_of(tmp_path, FULL))
    assert (query.id, query.name, query.tags) == ("cq99", "cq99_amounts", ("money", "year"))
    assert (query.summary_in("ja"), query.summary_in("en"), query.description) == (
        "執行額",
        "Executed amounts",
        "In yen.",
    )
    assert query.columns == ("fy", "project", "amount")
    assert query.one_of == ("fy", "project")
    year, project = query.params
    assert (year.name, year.type, year.default, year.optional) == ("fy", "integer", "2016", False)
    assert (project.of, project.default, project.optional, project.description_en) == ("project", None, True, "")
    assert query.body == "SELECT ?fy WHERE { VALUES ?fy { 2016 } } # no header\n"


def test_a_file_without_a_header_is_named_by_its_own_name(tmp_path: Path) -> None:
    query = load_query(file_of(tmp_path, "ASK {}\n"))
    assert (query.id, query.summary, query.summary_en) == ("cq99", "cq99_amounts", "cq99_amounts")
    assert (query.params, query.columns, query.tags, query.body) == ((), (), (), "ASK {}\n")
    listed = load_query(file_of(tmp_path, "#+ columns: [a, b c]\nASK {}\n"))
    assert listed.columns == ("a", "b c")


@pytest.mark.parametrize(
    "content",
    [
        "#+ params:\n#+   - {type: integer}\nASK {}\n",
        "#+ params:\n#+   - {name: fy}\nASK {}\n",
        "#+ params: [fy]\nASK {}\n",
        "#+ - a list\nASK {}\n",
        "#+ summary: [never closed\nASK {}\n",
        "#+ tags: 3\nASK {}\n",
        "ASK { ?s ?p '年' }".encode("shift_jis"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(QueryError, match=r"cq99_amounts\.rq: cannot read the query or its '#\+' header"):
        load_query(file_of(tmp_path, content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"none\.rq: cannot read"):
        load_query(tmp_path / "none.rq")


def test_a_query_is_found_by_id_or_file_name_and_near_names_are_told() -> None:
    catalogue = load_catalogue()
    assert catalogue["cq04"] is catalogue[catalogue["cq04"].name]
    assert len(catalogue) == len(list(catalogue)) == len(catalogue.queries)
    with pytest.raises(QueryError, match=r"no canned query 'cq4'\. Did you mean .*cq04.*List them: hyoka queries"):
        catalogue["cq4"]
    with pytest.raises(QueryError, match=r"no canned query '∀'\. List them: hyoka queries$"):
        catalogue["∀"]
