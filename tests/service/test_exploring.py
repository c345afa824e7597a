"""The two pages with scripts: what they tell without them, what they may load, and what the built files are made of."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hyoka_kg.query import load_catalogue
from hyoka_kg.store import StorePlace

HTML = {"Accept": "text/html"}
JUKI = "hyk:project/mic/juki-net-security"
SCRIPTED = ["/explore", "/sparql-editor"]


@pytest.fixture(scope="module")
def site(sample_store: Path, client_over: Callable[..., AbstractContextManager[TestClient]]) -> Iterator[TestClient]:
    with client_over(StorePlace(str(sample_store))) as made:
        yield made


@pytest.fixture(scope="module")
def browser(root: Path) -> Path:
    return root / "src" / "hyoka_kg" / "service" / "browser"


@pytest.fixture(scope="module")
def built(root: Path) -> Path:
    return root / "src" / "hyoka_kg" / "service" / "static" / "built"


def page_of(site: TestClient, address: str) -> str:
    answer = site.get(address, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def counts_of(page: str) -> dict[str, tuple[int, int]]:
    """Return how many there are and how many are shown, by the key of the relation, of the first thing of a page."""
    table = page.partition('id="around-1"')[2].partition("</table>")[0]
    row = r'only=(?:out|in)%3A([^"&]+)[^>]*>[^<]*</a></td><td class="number">([\d,]+)</td><td class="number">(\d+)'
    return {key: (int(n.replace(",", "")), int(shown)) for key, n, shown in re.findall(row, table)}


def test_relations_are_counted_and_shared_out_before_they_are_shown(site: TestClient) -> None:
    page = page_of(site, f"/explore?id={JUKI}")
    counts = counts_of(page)
    assert counts["hyoka%3AhasProject"] == (1, 1)
    assert counts["hyoka%3AentryOf"] == (8, 8)
    assert counts["hyoka%3Aidentifies"] == (12, 12)
    assert counts["hyoka%3AbudgetSubject"] == (206, 68)
    assert sum(shown for _, shown in counts.values()) == 100
    assert 'id="cut"' in page
    assert "合わせて100件まで" in page


def test_the_same_things_are_drawn_and_told_in_the_table(site: TestClient) -> None:
    page = page_of(site, f"/explore?id={JUKI}&size=25")
    graph = json.loads(page.partition('id="graph">')[2].partition("</script>")[0])
    rows = page.partition('id="around-1"')[2].count("?id=hyk%3A")
    assert graph["nodes"][0]["id"] == JUKI
    assert len(graph["nodes"]) == 1 + 25
    assert len(graph["edges"]) == 25
    assert {edge["source"] for edge in graph["edges"]} | {edge["target"] for edge in graph["edges"]} == {
        node["id"] for node in graph["nodes"]
    }
    assert rows >= 25
    assert {"source": "hyk:policy/mic/e-government", "target": JUKI, "label": "達成手段をもつ"} in graph["edges"]


def test_one_relation_alone_a_second_thing_and_the_way_back(site: TestClient) -> None:
    alone = page_of(site, f"/explore?id={JUKI}&only=in%3Ahyoka%3AentryOf")
    assert counts_of(alone)["hyoka%3AentryOf"] == (8, 8)
    assert counts_of(alone)["hyoka%3AbudgetSubject"] == (206, 0)
    both = page_of(site, f"/explore?id={JUKI}&also=hyk:policy/mic/e-government")
    assert "「電子政府・電子自治体の推進」の隣" in both
    assert re.search(
        r'class="close" href="http://testserver/explore\?id=hyk%3Aproject%2Fmic%2Fjuki-net-security"', both
    )
    whole = page_of(site, "/explore?id=https://w3id.org/hyoka/id/org/mic&lang=en")
    assert "Ministry of Internal Affairs" in whole


def test_a_thing_without_links_says_so_and_what_is_not_there_is_not_found(site: TestClient) -> None:
    assert site.get("/explore?id=hyk:project/mic/none", headers=HTML).status_code == 404
    assert site.get("/explore?id=%3Cscript%3E", headers=HTML).status_code == 404
    assert site.get(f"/explore?id={JUKI}&only=in:hyoka:none", headers=HTML).status_code == 404
    assert site.get(f"/explore?id={JUKI}&size=10000", headers=HTML).status_code == 400
    assert site.get(f"/explore?id={JUKI}&format=pdf", headers=HTML).status_code == 404


def test_the_neighbourhood_is_there_for_programs(site: TestClient) -> None:
    rows = site.get(f"/explore?id={JUKI}&size=25&format=json").json()
    assert len(rows) == 25
    assert {row["direction"] for row in rows} == {"in", "out"}
    assert {"other", "label", "kind"} <= rows[0].keys()
    assert site.get(f"/explore?id={JUKI}&format=csv").text.count("\n") == 101


def test_every_page_of_a_thing_leads_there(site: TestClient) -> None:
    for path in ("project/mic/juki-net-security", "org/mic", "doc/mic/ex-ante/fy2017/08/indicator/4"):
        assert f"/explore?id=hyk%3A{path.replace('/', '%2F')}" in page_of(site, f"/doc/{path}")


@pytest.mark.parametrize("name", [query.id for query in load_catalogue()])
def test_each_canned_query_can_be_started_from_in_the_editor(site: TestClient, name: str) -> None:
    page = page_of(site, f"/sparql-editor?example={name}")
    text = page.partition('spellcheck="false">')[2].partition("</textarea>")[0]
    assert text.startswith("PREFIX") or text.startswith("SELECT")
    assert "#+" not in text
    assert f'<option value="{name}" selected>' in page


def test_the_plain_form_asks_the_endpoint_and_what_was_written_stays(site: TestClient) -> None:
    page = page_of(site, "/sparql-editor?query=SELECT+%3C%2Ftextarea%3E")
    assert "SELECT &lt;/textarea&gt;</textarea>" in page
    assert '<form id="ask" class="search" action="http://testserver/sparql" method="get">' in page
    assert site.get("/sparql-editor?example=none", headers=HTML).status_code == 404
    words = json.loads(page.partition('id="words">')[2].partition("</script>")[0])
    assert "hyoka: <https://w3id.org/hyoka/def#>" in words["prefixes"]
    assert "https://w3id.org/hyoka/def#Project" in words["classes"]
    assert "https://w3id.org/hyoka/def#entryOf" in words["properties"]


@pytest.mark.parametrize("address", SCRIPTED)
def test_scripts_come_from_this_host_and_only_styles_may_be_inline(site: TestClient, address: str) -> None:
    answer = site.get(address, headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert [name for name, value in policy.items() if "unsafe" in value] == ["style-src"]
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert [one for one in scripts if "application/json" not in one and "/static/built/" not in one] == []
    other = site.get("/about").headers["content-security-policy"]
    assert "script-src" not in other
    assert "unsafe" not in other


def test_built_files_are_named_for_what_they_hold_and_kept_for_good(site: TestClient, built: Path) -> None:
    names = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert set(names) == {"editor.css", "editor.js", "explore.css", "explore.js"}
    assert {*names.values(), "manifest.json", "NOTICE.txt"} == {file.name for file in built.iterdir()}
    for name in names.values():
        held = hashlib.sha256((built / name).read_bytes()).hexdigest()
        assert name.rpartition(".")[0].endswith(held[:10]), name
        answer = site.get(f"/static/built/{name}")
        assert (answer.status_code, answer.content) == (200, (built / name).read_bytes())
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_licences_of_what_is_built_in_are_carried(browser: Path, built: Path) -> None:
    lock = json.loads((browser / "package-lock.json").read_text(encoding="utf-8"))
    notice = (built / "NOTICE.txt").read_text(encoding="utf-8")
    carried = {
        path.removeprefix("node_modules/"): one["version"]
        for path, one in lock["packages"].items()
        if path and not one.get("dev") and not one.get("optional")
    }
    assert len(carried) > 30
    assert [name for name, version in carried.items() if f"{name} {version}\n" not in notice] == []
    licences = {one.get("license", "") for path, one in lock["packages"].items() if path}
    assert not [one for one in licences if "GPL" in one]


def test_the_lock_file_names_no_host(browser: Path) -> None:
    text = (browser / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert "://" not in text
    assert text.count("integrity") > 40


def test_the_built_files_are_what_the_sources_make(browser: Path, built: Path, tmp_path: Path) -> None:
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    work = tmp_path / "browser"
    shutil.copytree(browser, work, ignore=shutil.ignore_patterns("node_modules"))
    if (browser / "node_modules").is_dir():
        (work / "node_modules").symlink_to(browser / "node_modules")
    else:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        fetched = subprocess.run(command, cwd=work, capture_output=True, timeout=300, check=False)
        if fetched.returncode:
            pytest.skip("the packages of the lock file cannot be fetched here")
    subprocess.run(["node", "build.mjs", str(tmp_path / "made")], cwd=work, check=True, timeout=120)
    made = {file.name: file.read_bytes() for file in (tmp_path / "made").iterdir()}
    assert made == {file.name: file.read_bytes() for file in built.iterdir()}
