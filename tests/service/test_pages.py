"""The page that explains the service, and the canned queries at addresses of their own, over the sample."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hyoka_kg.query import load_catalogue
from hyoka_kg.store import StorePlace

JUKI = "住民基本台帳ネットワークシステムセキュリティ対策経費"


@pytest.fixture(scope="module")
def site(sample_store: Path, client_over: Callable[..., AbstractContextManager[TestClient]]) -> Iterator[TestClient]:
    with client_over(StorePlace(str(sample_store))) as made:
        yield made


def test_the_page_explains_itself_with_an_answer_asked_now(site: TestClient) -> None:
    page = site.get("/about")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    example = page.text.partition('id="example"')[2].partition("</section>")[0]
    assert JUKI in example
    assert re.search(r"出典：mic-ex-ante-fy2017-08\s+[0-9]+ページ\s+[0-9]+行", example)
    assert "世界最先端" in example
    for query in load_catalogue():
        assert f"/queries/{query.id}.csv" in page.text
    assert "curl http://testserver/queries/tr01.csv" in page.text
    assert page.text.index("何が分かるか") < page.text.index("In English")


def test_every_link_of_the_page_leads_somewhere_on_this_host(site: TestClient) -> None:
    targets = set(re.findall(r'(?:href|src|action)="([^"]+)"', site.get("/about").text))
    pages = {target for target in targets if not target.startswith("#")}
    assert len(pages) > 4 * len(load_catalogue())
    for target in sorted(pages - {"http://testserver/sparql"}):
        assert target.startswith("http://testserver/"), target
        assert site.get(target).status_code == 200, target


def test_the_query_in_the_form_of_the_page_has_an_answer(site: TestClient) -> None:
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", site.get("/about").text, re.DOTALL)
    assert text is not None
    query = text[1].replace("&lt;", "<").replace("&gt;", ">")
    rows = list(csv.reader(io.StringIO(site.get("/sparql", params={"query": query, "format": "csv"}).text)))
    assert ["0039", "2017", JUKI] in rows


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_script(site: TestClient) -> None:
    page = site.get("/about")
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]


def test_the_page_stands_without_a_graph(client: TestClient) -> None:
    page = client.get("/about")
    assert (page.status_code, "いまは例を示せません" in page.text) == (200, True)


def test_names_on_the_page_are_escaped(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from hyoka_kg.service import home

    row = dict.fromkeys(load_catalogue()["tr01"].columns, "<script>alert(1)</script>")

    async def injected(engine: object) -> home.Example:
        return home.Example(row, [row], 1)

    monkeypatch.setattr(home, "_ask_example", injected)
    page = site.get("/about", headers={"Host": 'evil"><script>alert(2)</script>'})
    assert "<script" not in page.text


def test_the_list_tells_what_each_query_asks_and_takes(site: TestClient) -> None:
    queries = site.get("/queries").json()
    assert [query["id"] for query in queries] == [query.id for query in load_catalogue()]
    trace = next(query for query in queries if query["id"] == "tr01")
    assert {"summary", "summary_en", "columns", "parameters"} <= set(trace)
    assert trace["parameters"][0]["name"] == "project"
    assert trace["links"]["csv"] == "http://testserver/queries/tr01.csv"


@pytest.mark.parametrize("name", [query.id for query in load_catalogue()])
def test_each_canned_query_answers_in_each_style_with_its_columns(site: TestClient, name: str) -> None:
    columns = list(load_catalogue()[name].columns)
    table = list(csv.reader(io.StringIO(site.get(f"/queries/{name}.csv").text, newline="")))
    records = site.get(f"/queries/{name}.json").json()
    assert table[0] == columns
    assert len(records) == len(table) - 1
    assert all(list(record) == columns for record in records)
    assert site.get(f"/queries/{name}.md").text.startswith(f"| {columns[0]} |")


@pytest.mark.parametrize("name", [query.id for query in load_catalogue()])
def test_the_text_of_a_query_gives_the_same_rows_at_the_endpoint(site: TestClient, name: str) -> None:
    text = site.get(f"/queries/{name}.rq").text
    assert site.get("/sparql", params={"query": text, "format": "csv"}).text.splitlines()[0].split(",") == list(
        load_catalogue()[name].columns
    )
    assert site.get(f"/queries/{name}").json()["sparql"] == text


@pytest.mark.parametrize("project", ["mic/juki-net-security", JUKI, "hyk:project/mic/juki-net-security"])
def test_a_thing_may_be_named_in_the_url(site: TestClient, project: str) -> None:
    named = site.get("/queries/tr01.json", params={"project": project})
    assert named.json() == site.get("/queries/tr01.json").json()


WRONG = [
    ("/queries/zz99.csv", 404, "tr01"),
    ("/queries/zz99", 404, "tr01"),
    ("/queries/tr01.pdf", 404, "json, csv, excel.csv, tsv, ttl, md, rq"),
    ("/queries/tr01.csv?projct=a", 400, "project"),
    ("/queries/tr01.csv?project=a&project=b", 400, "more than once"),
    ("/queries/tr01.csv?project=no-such-project", 400, "no-such-project"),
    ("/queries/tr01.csv?project=http://a/%3E%20%7D%20SERVICE%20%3Chttp://b/%3E", 400, ""),
    ("/queries/..%2f..%2fpyproject.toml", 404, ""),
    ("/static/../app.py", 404, ""),
    ("/static/%2e%2e/app.py", 404, ""),
    ("/nowhere", 404, "/queries"),
]


@pytest.mark.parametrize(("address", "status", "told"), WRONG)
def test_a_wrong_address_says_what_is_right(site: TestClient, address: str, status: int, told: str) -> None:
    answer = site.get(address)
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_an_empty_field_of_a_form_means_the_default(site: TestClient) -> None:
    assert site.get("/queries/tr01.csv?project=").text == site.get("/queries/tr01.csv").text


def test_health_needs_no_store(client_with: Callable[..., TestClient]) -> None:
    answer = client_with(StorePlace("/nowhere")).get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_openapi_is_served_and_no_page_of_foreign_scripts(site: TestClient) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    assert {f"/queries/{query.id}.csv" for query in load_catalogue()} < set(paths)
    assert site.get("/docs").status_code == 404


def test_openapi_tells_the_type_and_an_example_of_each_parameter(site: TestClient) -> None:
    document = site.get("/openapi.json").json()
    operations = {path: methods["get"] for path, methods in document["paths"].items() if path.endswith(".json")}
    described = {query.id: operations[f"/queries/{query.id}.json"]["parameters"] for query in load_catalogue()}
    assert {p["name"] for p in described["tr01"]} == {"project", "page", "size"}
    number = next(p for p in described["cq09"] if p["name"] == "threshold")
    assert (number["schema"]["type"], number["example"]) == ("number", "50")
    ids = [method["operationId"] for methods in document["paths"].values() for method in methods.values()]
    assert len(ids) == len(set(ids)) > 6 * len(load_catalogue())


def test_pages_follow_each_other_and_make_the_whole(site: TestClient) -> None:
    whole = site.get("/queries/tr01.json")
    pages, address = [], "/queries/tr01.json?size=7"
    while address:
        answer = site.get(address)
        pages.append(answer.json())
        links = {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["link"])}
        assert {"first", "last"} <= set(links)
        address = links.get("next", "")
    assert [row for page in pages for row in page] == whole.json()
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert int(whole.headers["x-total-count"]) == len(whole.json())
    assert "link" not in whole.headers


@pytest.mark.parametrize("asked", ["page=0", "page=x", "size=0", "size=1001", "size=１０", "page=-1", "page=1&page=2"])
def test_pages_that_cannot_be_are_refused(site: TestClient, asked: str) -> None:
    assert site.get(f"/queries/tr01.json?{asked}").status_code == 400


def test_a_page_past_the_end_is_empty(site: TestClient) -> None:
    answer = site.get("/queries/tr01.json?page=900&size=10")
    assert (answer.status_code, answer.json()) == (200, [])


def test_csv_for_excel_has_a_mark_and_no_formula(site: TestClient) -> None:
    plain, excel = site.get("/queries/tr01.csv"), site.get("/queries/tr01.excel.csv")
    assert (plain.content[:3] == b"\xef\xbb\xbf", excel.content[:3] == b"\xef\xbb\xbf") == (False, True)
    assert "filename*=UTF-8''tr01_" in excel.headers["content-disposition"]


def test_the_catalogue_is_rdf_for_editors(site: TestClient) -> None:
    for answer in (site.get("/queries?format=nt"), site.get("/queries", headers={"Accept": "application/n-triples"})):
        assert answer.headers["content-type"] == "application/n-triples"
        assert answer.text.count("http://www.w3.org/ns/shacl#SPARQLSelectExecutable>") == len(load_catalogue())
    examples = site.get("/.well-known/sparql-examples")
    assert examples.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "sh:select" in examples.text


def test_an_answer_that_the_client_has_is_not_sent_again(site: TestClient) -> None:
    first = site.get("/queries/tr01.csv")
    again = site.get("/queries/tr01.csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = site.get("/queries/tr01.json", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_thing_leads_to_what_is_said_of_it(site: TestClient) -> None:
    seen = site.get("/id/project/mic/juki-net-security", follow_redirects=False)
    assert (seen.status_code, seen.headers["location"]) == (
        303,
        "http://testserver/doc/project/mic/juki-net-security",
    )
    turtle = site.get("/id/project/mic/juki-net-security")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert JUKI in turtle.text
    assert "entryOf" in turtle.text, "what links to it is said too"
    for suffix, kind in ((".nt", "application/n-triples"), (".jsonld", "application/ld+json"), (".rdf", "rdf+xml")):
        assert kind in site.get(f"/doc/project/mic/juki-net-security{suffix}").headers["content-type"]
    browser = site.get("/doc/project/mic/juki-net-security", headers={"Accept": "text/html,*/*;q=0.1"})
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    plain = site.get("/doc/project/mic/juki-net-security", headers={"Accept": "text/plain"})
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "address",
    ["/doc/project/none", "/doc/%3E%7D", "/doc/..%2f..%2fetc/passwd", "/doc/http://example.org/", "/doc/"],
)
def test_what_the_graph_does_not_know_is_not_found(site: TestClient, address: str) -> None:
    answer = site.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8"), answer.text


def test_a_redirect_never_leaves_this_host(site: TestClient) -> None:
    for address in ("/id//evil.example", "/id/https://evil.example/", "/id/%2F%2Fevil.example"):
        target = site.get(address, follow_redirects=False).headers["location"]
        assert target.startswith("http://testserver/doc/"), target


def test_a_graph_is_given_as_it_is(site: TestClient) -> None:
    listed = site.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g {} }", "format": "csv"}).text.split()
    assert len(listed) > 3
    name = next(graph for graph in listed if "ex-ante" in graph)
    answer = site.get("/graphs", params={"graph": name, "format": "nt"})
    count = site.get("/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"})
    assert answer.text.count("\n") == int(count.json()["results"]["bindings"][0]["n"]["value"])
    assert site.head("/graphs", params={"graph": name}).status_code == 200
    whole = site.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert whole.text.count("\n") > answer.text.count("\n")
    described = site.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert described.count("service-description#namedGraph>") == len(listed) - 1


@pytest.mark.parametrize(
    ("method", "asked", "status"),
    [
        ("GET", "graph=http://example.org/none", 404),
        ("GET", "graph=no%20iri", 400),
        ("GET", "", 400),
        ("GET", "default&graph=http://example.org/none", 400),
        ("PUT", "default", 405),
        ("DELETE", "graph=http://example.org/none", 405),
        ("PATCH", "default", 405),
    ],
)
def test_graphs_are_read_only(site: TestClient, method: str, asked: str, status: int) -> None:
    assert site.request(method, f"/graphs?{asked}").status_code == status


def test_void_counts_every_class_and_property_of_the_graph(site: TestClient) -> None:
    void = site.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    for query, name in (
        ("SELECT DISTINCT ?x { ?s a ?x }", "http://rdfs.org/ns/void#class>"),
        ("SELECT DISTINCT ?x { ?s ?x ?o }", "http://rdfs.org/ns/void#property>"),
    ):
        listed = site.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:]
        assert len(listed) > 20
        for iri in listed:
            assert f"{name} <{iri}>" in void
    assert "void:classPartition" in site.get("/.well-known/void").text
