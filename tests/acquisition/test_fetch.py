"""Fetching from a server that misbehaves: each trouble has its message, and nothing half-written stays."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import pytest

from hyoka_kg.acquisition.parts import Part, Version

WHOLE_FILE = "source/table.zip"


@pytest.fixture
def content(tools: SimpleNamespace) -> bytes:
    whole: bytes = tools.zipped()
    return whole


def send(body: bytes, **headers: str) -> Any:
    return lambda handler: handler.answer(200, body, **headers)


def drop(body: bytes, after: int, **headers: str) -> Any:
    """Announce the whole body, send its beginning, and hang up."""
    return lambda handler: handler.answer(200, body[:after], Content_Length=str(len(body)), **headers)


def rest(body: bytes) -> Any:
    """Send what a Range asks for."""

    def behave(handler: Any) -> None:
        first = int(re.fullmatch(r"bytes=(\d+)-", handler.headers["Range"])[1])
        handler.answer(206, body[first:], Content_Range=f"bytes {first}-{len(body) - 1}/{len(body)}", ETag='"v1"')

    return behave


def redirect(target: str) -> Any:
    return lambda handler: handler.answer(302, Location=target)


def test_a_file_enters_the_archive_with_its_row(bench: Any, content: bytes, tools: SimpleNamespace) -> None:
    bench.serve(send(content, ETag='"v1"', Last_Modified="Wed, 01 Apr 2026 00:00:00 GMT"))
    before = datetime.now(UTC).replace(microsecond=0)
    [one] = bench.fetch()
    assert (one.status, one.sha256, one.bytes) == ("fetched", tools.sha256(content), len(content))
    assert sorted(bench.files) == ["manifest.csv", WHOLE_FILE]
    assert bench.files[WHOLE_FILE] == content
    [entry] = bench.again().archive.entries
    assert (entry.url, entry.etag, entry.way) == (f"{bench.server.base}/table.zip", '"v1"', "network")
    assert entry.licence == "https://example.org/licence"
    assert before <= datetime.fromisoformat(entry.retrieved_at) <= datetime.now(UTC)
    assert bench.server.requests[0][1]["User-Agent"].startswith("hyoka-kg/")
    assert bench.server.requests[0][1]["Accept-Encoding"] == "identity"


def test_what_is_there_is_not_asked_for_again(bench: Any, content: bytes) -> None:
    bench.serve(send(content))
    bench.fetch()
    assert [one.status for one in bench.again().fetch()] == ["kept"]
    assert len(bench.server.requests) == 1


def test_a_pause_lies_between_two_files(bench: Any, content: bytes) -> None:
    bench.names = ("table.zip", "other.zip", "third.zip")
    for name in bench.names:
        bench.serve(send(content), name=name)
    assert [one.status for one in bench.fetch()] == ["fetched"] * 3
    assert bench.waits == [0.5, 0.5]


def test_a_dropped_file_is_resumed_by_range(bench: Any, content: bytes) -> None:
    bench.serve(drop(content, 4000, ETag='"v1"'), rest(content))
    assert [one.status for one in bench.fetch()] == ["fetched"]
    assert bench.files[WHOLE_FILE] == content
    _, second = bench.server.requests
    assert (second[1]["Range"], second[1]["If-Range"]) == ("bytes=4000-", '"v1"')
    assert bench.waits == [1.0]
    assert "next try in 1 s" in bench.said[0]


def test_a_version_that_changed_meanwhile_starts_anew(bench: Any, content: bytes) -> None:
    bench.serve(drop(content, 4000, ETag='"v0"'), send(content, ETag='"v1"'))
    bench.fetch()
    assert bench.files[WHOLE_FILE] == content
    assert bench.archive.entries[0].etag == '"v1"'


@pytest.mark.parametrize("etag", ["", 'W/"v1"'])
def test_without_a_strong_mark_nothing_is_resumed(bench: Any, content: bytes, etag: str) -> None:
    bench.serve(drop(content, 4000, ETag=etag), send(content))
    bench.fetch()
    assert bench.files[WHOLE_FILE] == content
    assert "Range" not in bench.server.requests[1][1]


def test_a_server_that_always_drops_is_given_up(bench: Any, content: bytes) -> None:
    bench.serve(drop(content, 4000))
    told = bench.fail()
    assert f"{bench.server.base}/table.zip: gave up after 5 tries" in told
    assert "nothing that can be resumed" in told
    assert "Run the command again later" in told
    assert bench.waits == [1.0, 2.0, 4.0, 8.0]
    assert bench.files == {}


def test_a_later_run_goes_on_where_an_earlier_one_ended(bench: Any, content: bytes) -> None:
    bench.serve(drop(content, 4000, ETag='"v1"'), lambda handler: handler.answer(503))
    assert "What had arrived is 4,000 bytes" in bench.fail()
    assert not any(name.startswith("source/") for name in bench.files)
    bench.serve(rest(content))
    later = bench.again()
    assert [one.status for one in later.fetch()] == ["fetched"]
    assert later.files[WHOLE_FILE] == content
    assert sorted(later.files) == ["manifest.csv", WHOLE_FILE]


def test_a_wrong_range_is_not_glued_together(bench: Any, content: bytes) -> None:
    def wrong(handler: Any) -> None:
        handler.answer(206, content[100:], Content_Range=f"bytes 100-{len(content) - 1}/{len(content)}")

    bench.serve(drop(content, 4000, ETag='"v1"'), wrong, send(content))
    assert [one.status for one in bench.fetch()] == ["fetched"]
    assert bench.files[WHOLE_FILE] == content


@pytest.mark.parametrize(("size", "requests"), [(None, 1), (7, 2)], ids=["all is there", "another size"])
def test_a_range_beyond_the_end(bench: Any, content: bytes, size: int | None, requests: int) -> None:
    [download] = bench.source.downloads
    with Part(bench.archive.part_of(download), download.url).begin(Version('"v1"')) as file:
        file.write(content)
    beyond = f"bytes */{len(content) if size is None else size}"
    bench.serve(lambda handler: handler.answer(416, Content_Range=beyond), send(content))
    assert [one.status for one in bench.fetch()] == ["fetched"]
    assert bench.files[WHOLE_FILE] == content
    assert len(bench.server.requests) == requests


def test_a_part_of_another_address_is_not_gone_on_with(bench: Any, content: bytes) -> None:
    [download] = bench.source.downloads
    with Part(bench.archive.part_of(download), "https://example.org/former").begin(Version('"v1"')) as file:
        file.write(b"other")
    bench.serve(send(content))
    bench.fetch()
    assert "Range" not in bench.server.requests[0][1]
    assert bench.files[WHOLE_FILE] == content


def test_a_length_that_is_too_long_is_a_drop(bench: Any, content: bytes) -> None:
    bench.serve(send(content, Content_Length=str(len(content) + 10)))
    assert "peer closed connection without sending complete message body" in bench.fail()
    assert bench.files == {}


def test_a_length_that_is_too_short_is_a_broken_zip(bench: Any, content: bytes) -> None:
    bench.serve(send(content, Content_Length=str(len(content) - 10)))
    told = bench.fail()
    assert "the zip is not whole" in told
    assert f"{len(content) - 10:,} bytes" in told
    assert bench.files == {}


def test_a_damaged_member_is_a_broken_zip(bench: Any, content: bytes) -> None:
    bench.serve(send(content[:2000] + b"x" + content[2001:]))
    assert "the zip is not whole" in bench.fail()
    assert bench.files == {}


@pytest.mark.parametrize("start", [b"<!doctype html>", b"\xef\xbb\xbf\n <html>"])
def test_a_web_page_is_no_zip(bench: Any, start: bytes) -> None:
    bench.serve(send(start + b"<title>RS</title>", Content_Type="text/html"))
    told = bench.fail()
    assert "a web page came" in told
    assert "Look at https://example.org/page" in told
    assert "ウェブページが届きました" in told
    assert bench.files == {}


@pytest.mark.parametrize(("body", "told"), [(b"", "first bytes none"), (b"id,name\n1,a\n", "first bytes 69 64 2c")])
def test_other_bytes_are_no_zip(bench: Any, body: bytes, told: str) -> None:
    bench.serve(send(body))
    assert told in bench.fail()
    assert bench.files == {}


def test_an_encoding_that_was_not_asked_for_is_refused(bench: Any, content: bytes) -> None:
    bench.serve(send(content, Content_Encoding="gzip"))
    assert "in the encoding 'gzip' though none was asked for" in bench.fail()


def test_a_redirect_within_the_hosts_is_followed(bench: Any, content: bytes) -> None:
    bench.serve(redirect("/moved.zip"))
    bench.serve(send(content), name="moved.zip")
    assert [one.status for one in bench.fetch()] == ["fetched"]


@pytest.mark.parametrize("targets", [["/table.zip"], ["/b.zip", "/table.zip"], [f"/{n}.zip" for n in range(9)]])
def test_redirects_without_end_are_told(bench: Any, targets: list[str]) -> None:
    for name, target in zip(["table.zip", *(target.strip("/") for target in targets)], targets, strict=False):
        bench.serve(redirect(target), name=name)
    told = bench.fail()
    assert "redirects lead in a circle or too far" in told
    assert bench.server.base in told
    assert bench.files == {}


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/table.zip",
        "https://127.0.0.1/table.zip",
        "http://localhost/table.zip",
        "//169.254.169.254/latest",
        "http://127.0.0.1.example.org/table.zip",
        "http://[broken",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(bench: Any, target: str) -> None:
    bench.serve(redirect(target))
    told = bench.fail()
    assert f"redirected to {target}, which is not http on 127.0.0.1. Not followed" in told
    assert len(bench.server.requests) == 1
    assert bench.files == {}


@pytest.mark.parametrize("target", ["data:application/zip;base64,UEsDBA==", "http://127.0.0.1:port/table.zip"])
def test_a_redirect_to_no_address_is_not_followed(bench: Any, target: str) -> None:
    bench.serve(redirect(target))
    bench.patience = type(bench.patience)(tries=1)
    told = bench.fail()
    assert "an unreadable address" in told or "Invalid URL in location header" in told
    assert bench.files == {}


def test_an_announced_giant_is_refused_unread(bench: Any, content: bytes) -> None:
    bench.limit = 10_000
    bench.serve(send(content, Content_Length="10001"))
    told = bench.fail()
    assert "10,001 bytes have come or are announced, more than the limit of 10,000" in told
    assert "--max-mb" in told
    assert bench.files == {}


def test_an_endless_body_is_cut_at_the_limit(bench: Any) -> None:
    def endless(handler: Any) -> None:
        handler.answer(200, Content_Length="", Transfer_Encoding="chunked", ETag='"v1"')
        while True:
            handler.wfile.write(b"1000\r\n" + b"PK\x03\x04" * 1024 + b"\r\n")

    bench.limit = 100_000
    bench.serve(endless)
    assert "more than the limit of 100,000" in bench.fail()
    assert bench.files == {}


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_waited_for_as_it_asks(bench: Any, content: bytes, status: int) -> None:
    bench.serve(lambda handler: handler.answer(status, Retry_After="7"), send(content))
    assert [one.status for one in bench.fetch()] == ["fetched"]
    assert bench.waits == [7.0]
    assert f"HTTP {status}" in bench.said[0]


def test_a_date_to_come_back_at_is_understood(bench: Any, content: bytes) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    bench.serve(lambda handler: handler.answer(503, Retry_After=until), send(content))
    bench.fetch()
    assert 0 < bench.waits[0] <= 60


def test_an_unreadable_time_to_come_back_is_no_reason_to_hurry(bench: Any, content: bytes) -> None:
    bench.serve(lambda handler: handler.answer(503, Retry_After="soon"), send(content))
    bench.fetch()
    assert bench.waits == [1.0]


def test_a_server_that_is_busy_for_long_ends_the_run(bench: Any, content: bytes) -> None:
    bench.names = ("table.zip", "other.zip")
    bench.serve(lambda handler: handler.answer(429, Retry_After="3600"))
    bench.serve(send(content), name="other.zip")
    told = bench.fail()
    assert "asks to come back in 3600 s" in told
    assert "3600 秒以上" in told
    assert bench.waits == []
    assert len(bench.server.requests) == 1


def test_a_missing_file_is_told_and_the_next_one_fetched(bench: Any, content: bytes) -> None:
    bench.names = ("table.zip", "other.zip")
    bench.serve(lambda handler: handler.answer(404))
    bench.serve(send(content), name="other.zip")
    first, second = bench.fetch()
    assert (first.status, second.status) == ("failed", "fetched")
    assert "the server answered HTTP 404 Not Found. Look at https://example.org/page" in first.trouble
    assert sorted(bench.files) == ["manifest.csv", "source/other.zip"]


def test_a_trickle_is_given_up(bench: Any, content: bytes) -> None:
    def trickle(handler: Any) -> None:
        handler.answer(200, content[:4], Content_Length=str(len(content)))
        for byte in content[4:60]:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.01)

    bench.patience = type(bench.patience)(tries=2, slow_seconds=0.1, read_seconds=5.0)
    bench.serve(trickle)
    assert re.search(r"only \d+ bytes came in 0\.\d s", bench.fail())
    assert bench.files == {}


def test_silence_is_given_up(bench: Any, content: bytes) -> None:
    def silent(handler: Any) -> None:
        handler.answer(200, content[:4], Content_Length=str(len(content)))
        time.sleep(0.5)

    bench.patience = type(bench.patience)(tries=2, read_seconds=0.1)
    bench.serve(silent)
    assert "gave up after 2 tries" in bench.fail()
    assert bench.files == {}


def test_a_server_that_is_not_there_ends_the_run(bench: Any) -> None:
    bench.names = ("table.zip", "other.zip")
    bench.server.shutdown()
    bench.server.server_close()
    told = bench.fail()
    assert "gave up after 5 tries" in told
    assert "refused" in told


def test_another_content_than_the_registered_one_is_refused(bench: Any, content: bytes, tools: SimpleNamespace) -> None:
    bench.known = "0" * 64
    bench.serve(send(content))
    told = bench.fail()
    assert f"SHA-256 {'0' * 64} (registered in data/sources/downloads.yml) expected" in told
    assert f"{tools.sha256(content)} came" in told
    assert "--update" in told
    assert bench.files == {}


def test_the_registered_content_is_taken(bench: Any, content: bytes, tools: SimpleNamespace) -> None:
    bench.known = tools.sha256(content)
    bench.serve(send(content))
    assert [one.status for one in bench.fetch()] == ["fetched"]


def test_a_new_version_is_taken_on_demand_and_the_former_one_kept(
    bench: Any, content: bytes, tools: SimpleNamespace
) -> None:
    newer = tools.zipped("新版")
    bench.serve(send(content, ETag='"v1"'), send(newer, ETag='"v2"'))
    bench.fetch()
    later = bench.again()
    assert [one.status for one in later.fetch(update=True)] == ["updated"]
    assert bench.server.requests[1][1]["If-None-Match"] == '"v1"'
    aside = f".superseded/source/{tools.sha256(content)[:16]}-table.zip"
    assert later.files[WHOLE_FILE] == newer
    assert later.files[aside] == content
    assert [entry.etag for entry in bench.again().archive.entries] == ['"v1"', '"v2"']


def test_an_unchanged_version_stays(bench: Any, content: bytes) -> None:
    bench.serve(send(content, Last_Modified="Wed, 01 Apr 2026 00:00:00 GMT"), lambda handler: handler.answer(304))
    bench.fetch()
    before = bench.files
    assert [one.status for one in bench.again().fetch(update=True)] == ["kept"]
    assert bench.server.requests[1][1]["If-Modified-Since"] == "Wed, 01 Apr 2026 00:00:00 GMT"
    assert bench.files == before


def test_a_file_that_must_never_change_is_refused_even_on_demand(
    bench: Any, content: bytes, tools: SimpleNamespace
) -> None:
    bench.changes_in_place = False
    bench.serve(send(content), send(tools.zipped("別物")))
    bench.fetch()
    before = bench.files
    told = bench.again().fail(update=True)
    assert "This file is never replaced by its publisher: do not use it" in told
    assert bench.files == before


def test_a_file_that_was_damaged_is_fetched_again(bench: Any, content: bytes) -> None:
    bench.serve(send(content))
    bench.fetch()
    (bench.archive.folder / WHOLE_FILE).write_bytes(b"damaged")
    assert [one.status for one in bench.again().fetch()] == ["fetched"]
    assert bench.files[WHOLE_FILE] == content
