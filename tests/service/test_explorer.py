"""The pages for people: each kind of thing, its tables at the same address, both languages, and what goes wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from hyoka_kg.query import load_catalogue
from hyoka_kg.service.explorer.plan import page_plans, plan_for
from hyoka_kg.service.explorer.words import LANGUAGES, words_in
from hyoka_kg.store import StorePlace

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
JUKI = "住民基本台帳ネットワークシステムセキュリティ対策経費"
DOC = "/doc/doc/mic/ex-ante/fy2017/08"
SHEET = "/doc/doc/mic/review-sheet/fy2018/0036"
LARGEST = 300_000
ClientOver = Callable[..., AbstractContextManager[TestClient]]
WriteQuads = Callable[[Path, Iterable[ox.Quad]], Path]

# A page of each kind, with words that it must show.
PAGES = {
    "project": ("/doc/project/mic/juki-net-security", [JUKI, "0032-2", "Ⅲ→４→（１）→②", "1287", "(２百万円)"]),
    "policy": ("/doc/policy/mic/e-government", ["電子政府・電子自治体の推進", "電子決裁に要する期間", "2015-06-30"]),
    "indicator": (f"{DOC}/indicator/4", ["電子決裁に要する期間", "56.9時間", "未達", "以下"]),
    "measurand": ("/doc/measurand/e-gov-accesses", ["481,994,000", "達成"]),
    "strategy": (
        "/doc/strategy/it-nation-declaration",
        ["世界最先端IT国家創造宣言", "2013-06-14", "官民データ活用推進基本計画"],
    ),
    "version": ("/doc/strategy/it-nation-declaration/2015-06-30", ["個人番号カードの普及・利活用の促進"]),
    "clause": ("/doc/strategy/it-nation-declaration/2015-06-30/c2", ["Ⅲ→４→（１）", "電子政府・電子自治体の推進"]),
    "document": (DOC, ["（総務省29－⑧）", "総務省ＬＡＮ整備・運用事業", "対数目盛"]),
    "sheet": (SHEET, ["職員旅費（職員A）", "差額 0.8", "0036"]),
    "organisation": ("/doc/org/mic", ["総務省", "平成30年度 / 2018", "ministry=mic&amp;year=2018"]),
    "finding": ("/doc/finding/BUD-02/15438b140c", ["BUD-02", "105222百万円", "1356"]),
    "entry": (f"{DOC}/entry/9", ["住民基本台帳", "0039"]),
    "textcell": (f"{DOC}/indicator/4/cell/name", ["電子決裁に要する期間"]),
    "number": ("/doc/review-number/mic/fy2018/0036", [JUKI, "平成30年度 / 2018"]),
    "thing": (f"{DOC}/entry/9/budget/executed/2016", ["(２百万円)", "6ページ 913行"]),
}
OTHERS = ["/", "/findings", "/compare", "/queries", "/queries/tr01", "/search?q=住民基本台帳"]


@pytest.fixture(scope="module")
def site(sample_store: Path, client_over: ClientOver) -> Iterator[TestClient]:
    with client_over(StorePlace(str(sample_store))) as made:
        yield made


def page_of(site: TestClient, address: str, status: int = 200) -> str:
    answer = site.get(address, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), answer.text
    return answer.text


def test_every_kind_of_page_but_payees_is_tried() -> None:
    # The sample names no corporate number; payees are tried on a graph of their own below.
    assert {plan.kind for plan in page_plans()} == {*PAGES, "payee"}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_shows_what_the_papers_say(site: TestClient, kind: str) -> None:
    address, told = PAGES[kind]
    page = page_of(site, address)
    assert [words for words in told if words not in page] == []
    assert words_in("ja").of("kinds", kind) in page
    assert "構築日" in page
    assert "出典" in page


@pytest.mark.parametrize("address", [*(address for address, _ in PAGES.values()), *OTHERS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_small_runs_no_script_and_names_its_language(site: TestClient, address: str, language: str) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}lang={language}"
    answer = site.get(asked, headers=HTML)
    assert len(answer.content) <= LARGEST
    assert "<script" not in answer.text
    assert 'style="' not in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("address", [*(address for address, _ in PAGES.values()), *OTHERS])
def test_every_address_of_a_page_is_on_this_host_and_every_anchor_on_the_page(site: TestClient, address: str) -> None:
    page = page_of(site, address)
    targets = set(re.findall(r'(?:href|src|action)="([^"]+)"', page))
    anchors = set(re.findall(r'id="([^"]+)"', page))
    foreign = [one for one in targets if not one.startswith(("http://testserver/", "#"))]
    # What the papers themselves name may lead out: the licence, a law.
    assert [
        one for one in foreign if not one.startswith(("https://creativecommons.org/", "https://laws.e-gov.go.jp/"))
    ] == []
    assert {one[1:] for one in targets if one.startswith("#")} <= anchors


def test_pages_lead_to_pages(site: TestClient) -> None:
    links: set[str] = set()
    for address, _ in PAGES.values():
        found = re.findall(r'href="http://testserver(/[^"#]+)', page_of(site, address))
        links |= {
            one.replace("&amp;", "&") for one in found if "format=" not in one and "." not in one.rpartition("/")[2]
        }
    # A part of them, spread over all: each costs a page.
    tried = sorted(links)[::9]
    assert len(links) > 250
    assert [one for one in tried if site.get(one, headers=HTML).status_code != 200] == []


def test_the_name_of_a_thing_leads_to_its_page(site: TestClient) -> None:
    answer = site.get("/id/project/mic/juki-net-security", headers=HTML)
    assert JUKI in answer.text
    assert urlsplit(str(answer.url)).path == "/doc/project/mic/juki-net-security"


@pytest.mark.parametrize("kind", PAGES)
def test_each_table_is_there_as_csv_json_and_sparql(site: TestClient, kind: str) -> None:
    address, _ = PAGES[kind]
    names = set(re.findall(r'<section class="table" id="([a-z_]+)"', page_of(site, address)))
    assert names
    for name in names:
        table = site.get(address, params={"table": name, "format": "csv"})
        rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
        assert len(site.get(address, params={"table": name, "format": "json"}).json()) == len(rows) > 0
        sparql = site.get(address, params={"table": name, "format": "rq"})
        assert sparql.headers["content-type"].startswith("application/sparql-query")
        asked = site.get("/sparql", params={"query": sparql.text, "format": "csv"})
        assert len(list(csv.reader(io.StringIO(asked.text, newline="")))) == len(rows) + 1


def test_the_parts_of_a_table_make_the_whole(site: TestClient) -> None:
    whole = site.get(DOC, params={"table": "document_claims", "format": "json"}).json()
    shown, page = 0, 1
    while True:
        text = page_of(site, f"{DOC}?table=document_claims&page={page}")
        section = text.partition('id="document_claims"')[2].partition("</section>")[0]
        shown += section.count("<tr>") - 1
        if 'rel="next"' not in section:
            break
        page += 1
    assert (shown, page) == (len(whole), -(-len(whole) // 25))
    assert len(whole) > 700


def test_claims_stand_beside_their_lines(site: TestClient) -> None:
    row = next(
        row
        for row in site.get(DOC, params={"table": "document_claims", "format": "json"}).json()
        if row["claim_iri"].endswith("/indicator/4/obs/actual/2016")
    )
    assert (row["page"], row["line"], row["quote"], row["value"]) == (1, 57, "56.9時間", 56.9)


def test_years_are_told_in_both_calendars_and_codes_in_words(site: TestClient) -> None:
    page = page_of(site, "/doc/project/mic/juki-net-security")
    assert "平成29年度 / 2017" in page
    assert "令和元年度 / 2019" in page
    assert "<td>執行額</td>" in page
    english = page_of(site, "/doc/project/mic/juki-net-security?lang=en")
    assert '<td class="date">FY2017</td>' in english
    assert "Executed" in english or "executed amount" in english


def test_a_value_is_cited_with_its_receipt(site: TestClient) -> None:
    page = page_of(site, f"{DOC}/entry/9/budget/executed/2016")
    cited = page.partition('class="cite"')[2].partition("</details>")[0]
    assert "https://w3id.org/hyoka/id/doc/mic/ex-ante/fy2017/08/entry/9/budget/executed/2016" in cited
    assert "出典：mic-ex-ante-fy2017-08" in cited
    assert "6ページ 913行" in cited


def test_search_shows_receipts_and_narrows_by_ministry_and_year(site: TestClient) -> None:
    page = page_of(site, "/search?q=住民基本台帳")
    assert JUKI in page
    assert re.search(r"出典：mic-[a-z0-9-]+", page)
    assert "ministry=mic" in page
    of_year = site.get("/search", params={"q": "住民基本台帳", "year": "2018"}).json()
    everything = site.get("/search", params={"q": "住民基本台帳"}).json()
    assert 0 < of_year["total"] < everything["total"]
    assert all("/fy2018/" in one["thing"] for one in of_year["found"])
    assert site.get("/search", params={"q": "住民基本台帳", "ministry": "moe"}).json()["total"] == 0
    assert "このグラフにありません" in page_of(site, "/search?q=住民基本台帳&ministry=moe")


def test_search_as_a_table_at_the_same_address(site: TestClient) -> None:
    rows = list(
        csv.DictReader(io.StringIO(site.get("/search?q=住民基本台帳&format=csv", headers=HTML).text, newline=""))
    )
    assert rows[0]["document"] or rows[0]["thing"]
    assert "語を一つ以上" in page_of(site, "/search?q=")


def gold() -> list[dict[str, str]]:
    with (Path(__file__).parent / "search_gold.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_enough_searches() -> None:
    assert len(gold()) == 33


@pytest.mark.parametrize("asked", gold(), ids=lambda asked: asked["words"])
def test_the_right_thing_is_found_as_high_as_it_was(site: TestClient, asked: dict[str, str]) -> None:
    page = page_of(site, f"/search?q={asked['words']}")
    listed = page.partition('<ol class="found"')[2].partition("</ol>")[0]
    found = re.findall(r'href="http://testserver/doc/([^"?]+)"', listed)
    rank = found.index(asked["right"]) + 1 if asked["right"] in found else 0
    assert rank <= int(asked["most"])
    assert (rank > 0) == (asked["most"] != "0")


def test_a_part_of_a_word_is_offered_where_nothing_holds_the_whole(site: TestClient) -> None:
    assert "「住民」で探す" in page_of(site, "/search?q=住民税額表")
    assert "で探す</a>" not in page_of(site, "/search?q=住民基本台帳")


def test_a_page_says_what_it_looked_for_in_place_of_the_words(site: TestClient) -> None:
    assert "「住民基本台張」と一字違いのもの：1件" in page_of(site, "/search?q=住民基本台張")
    assert "「0036」を除いた語を含むもの：1件" in page_of(site, "/search?q=0036 住民基本台帳")
    assert "「住民基本台帳ネットワーク」としても探しました。" in page_of(site, "/search?q=住基ネット")
    plain = page_of(site, "/search?q=住民基本台帳")
    assert [told for told in ("一字違い", "除いた語", "としても") if told in plain] == []


def test_two_papers_stand_side_by_side(site: TestClient) -> None:
    page = page_of(site, "/compare?a=mic-ex-ante-fy2017-08&b=mic-review-sheet-fy2018-0036")
    rows = site.get("/compare?table=compare_documents&format=json").json()
    assert JUKI in page
    both = [row for row in rows if row["value_a"] is not None and row["value_b"] is not None]
    assert {(row["fy"], row["phase"], row["value_a"], row["value_b"]) for row in both} >= {(2016, "executed", 2, 2)}
    assert "no-such-paper" in page_of(site, "/compare?a=no-such-paper", 400)


def test_a_question_has_a_form_and_its_answer_under_it(site: TestClient) -> None:
    page = page_of(site, "/queries/cq09?threshold=20")
    rows = site.get("/queries/cq09.json?threshold=20").json()
    assert page.count("<tr>") == len(rows) + 1
    assert 'value="20"' in page
    assert "/queries/cq09.csv?threshold=20" in page
    wrong = page_of(site, "/queries/cq09?threshold=x")
    assert "is not a value for &#39;threshold&#39;" in wrong
    assert [query.id for query in load_catalogue() if f"/queries/{query.id}" not in page_of(site, "/queries")] == []


@pytest.mark.parametrize("name", [query.id for query in load_catalogue()])
def test_every_question_has_a_page(site: TestClient, name: str) -> None:
    page = page_of(site, f"/queries/{name}")
    assert load_catalogue()[name].summary in page.replace("&#39;", "'").replace("&#34;", '"')
    assert 'class="why"' not in page


def test_the_same_addresses_still_give_data(site: TestClient) -> None:
    for accept in ("*/*", "application/json", None):
        headers = {"Accept": accept} if accept else {}
        assert site.get("/queries", headers=headers).headers["content-type"] == "application/json"
        assert site.get("/search?q=住民", headers=headers).headers["content-type"] == "application/json"
    turtle = site.get("/doc/project/mic/juki-net-security", headers={"Accept": "text/turtle, text/html;q=0.5"})
    assert turtle.headers["content-type"].startswith("text/turtle")


def test_an_unknown_thing_is_not_there_and_near_ones_are_named(site: TestClient) -> None:
    page = page_of(site, "/doc/project/mic/juki-net-securty", 404)
    assert "/doc/project/mic/juki-net-security" in page
    assert "juki-net-securty" in page
    assert ">住民基本台帳ネットワークシステムセキュリティ対策経費</a>" in page
    english = page_of(site, "/doc/project/mic/juki-net-securty?lang=en", 404)
    assert ">Security measures for the Basic Resident Register Network System</a>" in english
    assert "<code>hyk:project/mic/juki-net-security</code>" in english
    assert 'name="q"' in page
    assert "何も述べていません" in page_of(site, "/doc/" + "x" * 5000, 404)


WRONG = [
    ("/doc/project/mic/juki-net-security?table=no_such&format=csv", 404),
    ("/doc/project/mic/juki-net-security?table=project_money&format=exe", 404),
    ("/doc/project/mic/juki-net-security?table=project_money&page=0", 400),
    ("/doc/project/mic/juki-net-security?table=project_money&page=x", 400),
    ("/doc/project/mic/juki-net-security?table=project_money&page=1&page=2", 400),
    ("/search?q=a&page=-1", 400),
    ("/search?q=a&kind=nonsense", 400),
    ("/picture/trace.svg", 400),
    ("/picture/nonsense.svg?thing=hyk:project/mic/juki-net-security", 400),
    ("/picture/trace.gif?thing=hyk:project/mic/juki-net-security", 404),
    ("/doc/a%3E%20%7D%20SERVICE%20%3Chttp://b/", 404),
]


@pytest.mark.parametrize(("address", "status"), WRONG)
def test_a_wrong_address_gives_a_page_that_leads_on(site: TestClient, address: str, status: int) -> None:
    page = page_of(site, address, status)
    assert 'class="why"' in page
    assert 'action="http://testserver/search"' in page
    assert "Traceback" not in page
    assert site.get(address).headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("address", ["/search?q=", "/queries/cq14?phrase=", "/compare?a=", "/doc/", "/findings?rule="])
def test_a_million_characters_are_refused_or_searched_but_never_shown_back(
    site: TestClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The client of the tests would refuse to send so much.
    monkeypatch.setattr("httpx2._urlparse.MAX_URL_LENGTH", 2_000_000)
    answer = site.get(address + "a" * 1_000_000, headers=HTML)
    assert answer.status_code in (200, 400, 404)
    assert "a" * 5000 not in answer.text


def test_pictures_have_addresses_of_their_own(site: TestClient) -> None:
    svg = site.get("/picture/trace.svg?thing=mic/juki-net-security")
    assert (svg.status_code, svg.headers["content-type"]) == (200, "image/svg+xml")
    assert svg.text.startswith("<svg")


EX, HYK, HYOKA = "http://example.org/", "https://w3id.org/hyoka/id/", "https://w3id.org/hyoka/def#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
MARKUP = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
# What an IRI may hold (RFC 3987), and markup gives a meaning of its own.
ODD = "project/x/a'b&lt;i&gt;(c)"


def hostile_quads() -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{EX}g")
    for kind, of in (
        ("project/x/markup", "Project"),
        ("strategy/markup", "Strategy"),
        ("strategy/markup/2020-01-01", "StrategyVersion"),
        ("doc/x/markup", "EvaluationDocument"),
    ):
        thing = ox.NamedNode(HYK + kind)
        yield ox.Quad(thing, ox.NamedNode(RDF_TYPE), ox.NamedNode(HYOKA + of), graph)
        yield ox.Quad(thing, ox.NamedNode(LABEL), ox.Literal(MARKUP, language="ja"), graph)
        yield ox.Quad(thing, ox.NamedNode(f"{EX}see"), ox.NamedNode("javascript:alert(3)"), graph)
        yield ox.Quad(thing, ox.NamedNode(f"{EX}see"), ox.NamedNode(HYK + ODD), graph)
    yield ox.Quad(ox.NamedNode(HYK + ODD), ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{HYOKA}Project"), graph)
    yield from many_clauses(graph)
    yield from payee(graph, "1020001071491", "富士通株式会社")
    yield from payee(graph, "1170001000568", "")
    gone = ox.NamedNode(f"{HYK}project/x/gone")
    yield ox.Quad(gone, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{HYOKA}Project"), graph)
    yield ox.Quad(gone, ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated"), ox.Literal(True), graph)


def many_clauses(graph: ox.NamedNode) -> Iterator[ox.Quad]:
    eli, dcterms = "http://data.europa.eu/eli/ontology#", "http://purl.org/dc/terms/"
    work, version = ox.NamedNode(f"{HYK}strategy/markup"), ox.NamedNode(f"{HYK}strategy/markup/2020-01-01")
    yield ox.Quad(work, ox.NamedNode(f"{eli}has_member"), version, graph)
    yield ox.Quad(version, ox.NamedNode(f"{eli}is_member_of"), work, graph)
    yield ox.Quad(version, ox.NamedNode(f"{dcterms}title"), ox.Literal(MARKUP, language="ja"), graph)
    yield ox.Quad(version, ox.NamedNode(f"{eli}version_date"), ox.Literal("2020-01-01"), graph)
    for number in range(500):
        clause = ox.NamedNode(f"{HYK}strategy/markup/2020-01-01/c{number}")
        yield ox.Quad(clause, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{HYOKA}StrategyClause"), graph)
        yield ox.Quad(version, ox.NamedNode(f"{eli}has_part"), clause, graph)
        yield ox.Quad(clause, ox.NamedNode(f"{eli}is_part_of"), version, graph)
        yield ox.Quad(clause, ox.NamedNode(f"{HYOKA}clausePath"), ox.Literal(f"第{number}"), graph)
        yield ox.Quad(clause, ox.NamedNode(LABEL), ox.Literal(MARKUP * 3, language="ja"), graph)


def payee(graph: ox.NamedNode, number: str, name: str) -> Iterator[ox.Quad]:
    payee, paid = ox.NamedNode(f"{HYK}corporation/{number}"), ox.NamedNode(f"{HYK}doc/x/markup/payment/{number}")
    yield ox.Quad(payee, ox.NamedNode(RDF_TYPE), ox.NamedNode("http://www.w3.org/ns/org#Organization"), graph)
    if name:
        yield ox.Quad(payee, ox.NamedNode(LABEL), ox.Literal(name, language="ja"), graph)
    yield ox.Quad(
        ox.NamedNode(f"{HYK}fy/2016"),
        ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation"),
        ox.Literal(2016),
        graph,
    )
    document = ox.NamedNode(f"{HYK}doc/x/markup")
    yield ox.Quad(document, ox.NamedNode("http://purl.org/dc/terms/identifier"), ox.Literal("x-markup"), graph)
    yield ox.Quad(paid, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{HYOKA}Payment"), graph)
    for name, value in (
        (f"{HYOKA}payee", payee),
        (f"{HYOKA}statedIn", document),
        (f"{HYOKA}fiscalYear", ox.NamedNode(f"{HYK}fy/2016")),
        (f"{HYOKA}payeeAsPrinted", ox.Literal("富士通(株)")),
        ("http://data.openbudgets.eu/ontology/dsd/measure/amount", ox.Literal(3_000_000)),
    ):
        yield ox.Quad(paid, ox.NamedNode(name), value, graph)


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, write_quads: WriteQuads, client_over: ClientOver
) -> Iterator[TestClient]:
    with client_over(StorePlace(str(write_quads(tmp_path_factory.mktemp("hostile"), hostile_quads())))) as made:
        yield made


@pytest.mark.parametrize("path", ["project/x/markup", "strategy/markup", "strategy/markup/2020-01-01", "doc/x/markup"])
def test_markup_in_a_label_is_text(hostile: TestClient, path: str) -> None:
    page = page_of(hostile, f"/doc/{path}")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


def test_signs_of_markup_in_a_name_are_escaped_and_lead_to_its_page(hostile: TestClient) -> None:
    page = page_of(hostile, "/doc/project/x/markup")
    [target] = set(re.findall(r'href="([^"]*/doc/project/x/a[^"]*)"', page))
    assert target.endswith("/doc/project/x/a%27b%26lt;i%26gt;%28c%29")
    assert "a&#39;b&amp;lt;i&amp;gt;(c)" in page
    assert "a&#39;b&amp;lt;i&amp;gt;(c)" in page_of(hostile, "/doc/" + target.partition("/doc/")[2])


def test_a_project_without_figures_says_why(hostile: TestClient) -> None:
    page = page_of(hostile, "/doc/project/x/markup")
    assert page.count("この図は描けません") == 3
    assert "どの文書にも記載がない" in page
    assert "No paper states" in page_of(hostile, "/doc/project/x/markup?lang=en")


def test_five_hundred_clauses_come_by_pages(hostile: TestClient) -> None:
    page = page_of(hostile, "/doc/strategy/markup/2020-01-01")
    assert page.partition('id="version_clauses"')[2].partition("</section>")[0].count("<tr>") == 51
    assert "ほか420箇所" in page_of(hostile, "/doc/strategy/markup")
    assert len(hostile.get("/doc/strategy/markup/2020-01-01?table=version_clauses&format=json").json()) == 500


def test_a_payee_shows_its_payments(hostile: TestClient) -> None:
    page = page_of(hostile, "/doc/corporation/1020001071491")
    assert "<h1>富士通株式会社</h1>" in page
    assert "x-markup" in page
    # One without a name of its own is called as the newest paper prints it; so are findings and sheets of tables.
    assert "<h1>富士通(株)</h1>" in page_of(hostile, "/doc/corporation/1170001000568")
    assert plan_for(["http://www.w3.org/ns/org#Organization"]).kind == "payee"


def test_what_was_withdrawn_is_gone(hostile: TestClient) -> None:
    assert "取り下げられました" in page_of(hostile, "/doc/project/x/gone", 410)


def test_an_empty_graph_says_so(tmp_path: Path, write_quads: WriteQuads, client_over: ClientOver) -> None:
    with client_over(StorePlace(str(write_quads(tmp_path, [])))) as empty:
        assert "まだ何も入っていません" in page_of(empty, "/")
        assert "所見はない" in page_of(empty, "/findings")
        assert "何も述べていません" in page_of(empty, "/doc/project/mic/juki-net-security", 404)
        assert "何も述べていません" in page_of(empty, "/explore", 404)
        assert "no index of its texts" in page_of(empty, "/search?q=住民基本台帳", 400)
        for address in ("/queries/tr01", "/queries/na02", "/queries", "/compare", "/sparql-editor", "/about"):
            assert page_of(empty, address)


def test_a_graph_that_is_being_built_is_told(client_over: ClientOver, tmp_path: Path) -> None:
    with client_over(StorePlace(str(tmp_path / "none"))) as absent:
        pages = ("/", "/doc/project/mic/juki-net-security", "/findings", "/search?q=x", "/compare", "/explore")
        for address in (*pages, "/queries/tr01", "/picture/trace.svg?thing=juki-net-security"):
            page = page_of(absent, address, 503)
            assert "いまはグラフを開けません" in page
            assert str(tmp_path) not in page


@pytest.mark.parametrize("folder", ["pages", "pictures"])
def test_a_query_of_a_page_is_ordered_and_told_in_both_languages(folder: str) -> None:
    queries = list(load_catalogue(folder))
    assert len(queries) == {"pages": 45, "pictures": 6}[folder]
    for query in queries:
        assert re.search(r"\}\s*(GROUP BY [^{}]+)?\s*(ORDER BY [^{}]+)?(LIMIT \d+)?\s*\Z", query.text), query.id
        assert query.summary
        assert query.summary_en
        assert len(set(query.columns)) == len(query.columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_table_has_a_heading(language: str) -> None:
    names = {table.name for plan in page_plans() for table in plan.tables} | {"findings", "compare_documents"}
    for query in [*(load_catalogue("pages")[name] for name in names), *load_catalogue()]:
        for column in query.columns:
            assert re.sub(r"_(iri|ja|en)\Z", "", column) in words_in(language).group("columns"), (query.id, column)


def test_both_languages_have_the_same_words() -> None:
    from hyoka_kg.service.explorer import words

    def keys(tree: object) -> object:
        return {key: keys(value) for key, value in tree.items()} if isinstance(tree, dict) else None

    written = words._read()
    assert keys(written["ja"]) == keys(written["en"])
