"""The known cases of the real corpora: sheets of 総務省 and 内閣官房, and the tables of the RSシステム."""

from __future__ import annotations

import itertools
import lzma
import shutil
from pathlib import Path

import pytest

from hyoka_kg.config import data_dir
from hyoka_kg.linking.identity.links import Link
from hyoka_kg.linking.identity.records import parse_sheet, read_links, read_projects, sheet_text
from hyoka_kg.pipeline.national.identity import identify
from hyoka_kg.pipeline.national.planning import plan_corpus

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
MINISTRIES = ("総務省", "内閣官房")
TABLES = ("1-1", "1-2", "2-1")
JUKI = ("2015/0040", "2016/0036", "2017/0039", "2018/0036", "2019/0037", "2020/0037", "2021/20-0032", "2024/rs-698")

Found = tuple[dict[str, str], dict[tuple[str, str], Link]]


@pytest.fixture(scope="session")
def found(corpus_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return project by sheet and link by pair, of two ministries over all years."""
    folder = tmp_path_factory.mktemp("two-ministries")
    corpus = folder / "corpus"
    corpus.mkdir()
    for path in sorted((corpus_dir / "judgit").glob("judgit_20[0-9][0-9].ndjson.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            kept = [line for line in lines if any(f'"府省庁": "{name}"' in line for name in MINISTRIES)]
        (corpus / path.name.removesuffix(".xz")).write_text("".join(kept), encoding="utf-8")
    for table in TABLES:
        (path,) = (corpus_dir / "rs_2024").glob(f"{table}_*.zip")
        shutil.copy(path, corpus)
    identity = identify(plan_corpus(corpus, data_dir()), data_dir(), folder / "store")
    projects = {sheet_text(key): project for key, project in read_projects(identity.projects).items()}
    links = {(sheet_text(link.earlier), sheet_text(link.later)): link for link in read_links(identity.links)}
    return projects, links


def test_juki_net_security_is_one_project_from_2015_to_the_budget_project_698(found: Found) -> None:
    projects, links = found
    sheets = [f"mic/fy{sheet}" for sheet in JUKI]
    assert {projects[sheet] for sheet in sheets} == {"mic/juki-net-security"}
    assert [key for key, project in projects.items() if project == "mic/juki-net-security"] == sheets
    for pair in itertools.pairwise(sheets):
        assert links[pair].joins
        assert {"equal-name", "equal-start-year"} <= set(links[pair].evidence)


def test_the_misprinted_predecessor_of_2019_0034_is_refuted(found: Found) -> None:
    projects, links = found
    assert links["mic/fy2018/0034", "mic/fy2019/0034"].status == "refuted"
    assert links["mic/fy2018/0033", "mic/fy2019/0034"].joins
    assert links["mic/fy2018/0032", "mic/fy2019/0033"].joins
    assert projects["mic/fy2018/0034"] == projects["mic/fy2019/0035"] == "mic/ict-training"


def test_the_security_projects_of_municipalities_are_two(found: Found) -> None:
    projects, _ = found
    by_project: dict[str, list[str]] = {}
    for sheet, project in projects.items():
        by_project.setdefault(project, []).append(sheet)
    assert by_project["mic/municipal-security-2015"] == ["mic/fy2016/0052", "mic/fy2017/0051"]
    assert by_project["mic/municipal-security-2017"][:2] == ["mic/fy2016/new29-0004", "mic/fy2017/new29-0004"]
    assert len(by_project["mic/municipal-security-2017"]) == 7


@pytest.mark.parametrize(
    ("whole", "parts"),
    [("0033", ("new02-0008", "new02-0011", "new02-0015")), ("0034", ("new02-0009", "new02-0010", "new02-0013"))],
)
def test_two_projects_split_three_ways_each_in_2020(found: Found, whole: str, parts: tuple[str, ...]) -> None:
    _, links = found
    told = {later: link for (earlier, later), link in links.items() if earlier == f"mic/fy2019/{whole}"}
    split = {later: link for later, link in told.items() if link.relation == "split-into"}
    assert set(split) == {f"cas/fy2020/{part}" for part in parts}
    assert {str(link.status) for link in split.values()} == {"accepted"}


def test_two_projects_merge_in_2020(found: Found) -> None:
    _, links = found
    merged = {
        parse_sheet(earlier).number: link
        for (earlier, later), link in links.items()
        if later == "cas/fy2020/new02-0006"
    }
    assert set(merged) == {"0044", "0071"}
    assert {(link.relation, str(link.status)) for link in merged.values()} == {("merged-into", "accepted")}
