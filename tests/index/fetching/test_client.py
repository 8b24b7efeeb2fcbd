import asyncio
import gzip
import re
import socket
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from index.errors import FetchError
from index.fetching import ssrf_guard
from index.fetching.client import Fetcher, FetchResponse, FetchSettings
from tests.web.newspaper import CHARSETS, HTML, Newspaper, Wanted
from tests.web.raw_server import answering, http


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with Newspaper() as paper:
        yield paper


class Names(AbstractResolver):
    """A name server that gives each question the next of `answers`, and the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def get(paper: Newspaper, path: str, **settings: object) -> FetchResponse:
    async with Fetcher(paper.settings(**settings)) as fetcher:
        return await fetcher.get(paper.origin + path)


async def failure(paper: Newspaper, path: str, **settings: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await get(paper, path, **settings)
    return caught.value


async def test_a_page_comes_with_its_address_and_text(paper: Newspaper) -> None:
    page = await get(paper, "/news/bridge")
    assert (page.url, page.status, page.media_type) == (f"{paper.origin}/news/bridge", 200, "text/html")
    assert "The council voted on Monday" in page.text


async def test_requests_name_us_and_carry_nothing_else(paper: Newspaper) -> None:
    async with Fetcher(paper.settings()) as fetcher:
        await fetcher.get(f"{paper.origin}/news/bridge")
        await fetcher.get(f"{paper.origin}/to?url=/news/bridge")
    sent = {name.lower() for name in paper.headers["/news/bridge"]}
    assert sent <= {"host", "user-agent", "accept", "accept-encoding"}
    assert paper.headers["/news/bridge"]["User-Agent"] == "Verbatim/0.1 (+mail@example.com)"


async def test_proxies_and_passwords_of_the_environment_are_not_used(
    paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert (await get(paper, "/news/bridge")).status == 200


async def test_redirects_are_followed_and_the_last_address_is_told(paper: Newspaper) -> None:
    assert (await get(paper, "/hops/3")).url == f"{paper.origin}/news/bridge"


@pytest.mark.parametrize("path", ["/circle", "/hops/9"])
async def test_redirects_are_counted(paper: Newspaper, path: str) -> None:
    error = await failure(paper, path)
    assert "more than 5 redirects" in str(error)
    assert sum(paper.seen.values()) <= 7


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "no such page"),
        (410, "no such page"),
        (403, "does not give us"),
        (500, "failing"),
        (302, "without a page"),
    ],
)
async def test_refusals_say_what_the_site_answered(paper: Newspaper, status: int, words: str) -> None:
    error = await failure(paper, f"/status/{status}")
    assert words in str(error)
    assert error.status == status


async def test_a_busy_site_says_how_long_to_wait(paper: Newspaper) -> None:
    assert (await failure(paper, "/status/429")).retry_after == 120.0


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
async def test_endless_pages_are_left_at_the_limit(paper: Newspaper, path: str) -> None:
    tracemalloc.start()
    try:
        error = await failure(paper, path, max_bytes=3_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "more than 3 MB" in str(error)
    assert peak < 40_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, br"])
async def test_no_coding_of_a_page_swells_beyond_the_limit(paper: Newspaper, coding: str) -> None:
    """Those that were not asked for are not unpacked; of the others only as much as may be kept."""
    packed = zlib.compress(b"<p>" * 20_000_000, 9)
    body = packed if coding == "deflate" else gzip.compress(packed, 9)
    if coding == "gzip":
        body = gzip.compress(b"<p>" * 20_000_000, 9)
    paper.wanted["/packed"] = Wanted(body, "text/html", headers={"Content-Encoding": coding})
    tracemalloc.start()
    try:
        with suppress(FetchError):
            page = await get(paper, "/packed", max_bytes=3_000_000)
            assert page.body == body  # as it came: of no use, and of no harm
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert paper.seen["/packed"] == 1
    assert peak < 40_000_000


async def test_a_huge_page_is_not_read_to_its_end(paper: Newspaper) -> None:
    await failure(paper, "/huge", max_bytes=3_000_000)
    assert paper.sent < 100


@pytest.mark.parametrize("path", ["/drip", "/hang"])
async def test_slow_pages_are_given_up(paper: Newspaper, path: str) -> None:
    assert "did not answer in time" in str(await failure(paper, path, total_timeout=0.5))


async def test_silence_is_given_up(paper: Newspaper) -> None:
    assert "did not answer in time" in str(await failure(paper, "/hang", read_timeout=0.3))


@pytest.mark.parametrize("path", ["/cut", "/damaged"])
async def test_broken_answers_are_told(paper: Newspaper, path: str) -> None:
    assert "broke off or sent a damaged answer" in str(await failure(paper, path))


async def test_long_headers_are_read_and_endless_ones_refused(paper: Newspaper) -> None:
    assert (await get(paper, "/header/20000")).status == 200
    assert "did not answer as a web site does" in str(await failure(paper, "/header/90000"))


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4"])
async def test_only_pages_are_taken(paper: Newspaper, kind: str) -> None:
    assert f"sent {kind}, which is not a page" in str(await failure(paper, f"/kind/{kind}"))


@pytest.mark.parametrize("declared", ["header", "meta"])
@pytest.mark.parametrize("name", CHARSETS)
async def test_charsets_are_read_as_browsers_do(paper: Newspaper, name: str, declared: str) -> None:
    assert CHARSETS[name] in (await get(paper, f"/charset/{name}?by={declared}")).text


async def test_headers_without_end_are_given_up(paper: Newspaper) -> None:
    assert "did not answer as a web site does" in str(await failure(paper, "/flood"))
    assert paper.sent < 1_000


async def test_how_long_an_answer_is_fresh_is_told(paper: Newspaper) -> None:
    assert (await get(paper, "/tagged")).max_age == 300.0
    assert (await get(paper, "/news/bridge")).max_age is None
    for age, left in (("299", 1.0), ("900", 0.0), ("٣", 300.0), ("-5", 300.0), ("1e9", 300.0)):
        headers = {"Cache-Control": "max-age=300", "Age": age}
        paper.wanted["/aged"] = Wanted(HTML["/news/bridge"], "text/html", headers=headers)
        assert (await get(paper, "/aged")).max_age == left


@pytest.mark.parametrize(
    ("hops", "moved"), [([], False), ([302], False), ([301], True), ([301, 308], True), ([301, 302], False)]
)
async def test_only_a_move_for_good_counts_as_one(paper: Newspaper, hops: list[int], moved: bool) -> None:
    path = "/news/bridge"
    for status in hops:
        path = f"/to?status={status}&url={quote(path, safe='')}"
    assert (await get(paper, path)).moved_permanently is moved


async def test_a_strangers_address_does_not_reach_the_owners_network(paper: Newspaper) -> None:
    async with Fetcher(paper.settings()) as fetcher:
        with pytest.raises(FetchError, match="only 80 and 443"):
            await fetcher.get(f"{paper.origin}/news/bridge", allow_private=False)
    assert not paper.seen


async def test_a_strangers_robots_txt_does_not_lead_into_the_owners_network(
    paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newspaper("127.0.0.2") as public:
        monkeypatch.setitem(ssrf_guard.WEB_PORTS, "http", public.port)
        monkeypatch.setattr(ssrf_guard, "is_public", lambda address: address == "127.0.0.2")
        public.wanted["/robots.txt"] = Wanted(status=302, headers={"Location": f"{paper.origin}/reboot"})
        async with Fetcher(paper.settings()) as fetcher:
            with pytest.raises(FetchError, match="only 80 and 443"):
                await fetcher.get(f"{public.origin}/news/bridge", allow_private=False)
            assert not paper.seen
            await fetcher.get(f"{public.origin}/news/bridge")
        assert paper.seen == {"/reboot": 1}
        assert public.seen["/news/bridge"] == 1


async def test_what_has_not_changed_is_not_sent_again(paper: Newspaper) -> None:
    async with Fetcher(paper.settings()) as fetcher:
        page = await fetcher.get(f"{paper.origin}/tagged")
        again = await fetcher.get(page.url, etag=page.etag, last_modified=page.last_modified)
    assert (page.etag, page.last_modified) == ('"v1"', "Mon, 11 Nov 2024 18:00:00 GMT")
    assert (again.status, again.body) == (304, b"")


async def test_robots_txt_is_obeyed_also_after_a_redirect(paper: Newspaper) -> None:
    for path in ("/news/secret", "/to?url=/news/secret"):
        assert "forbids robots" in str(await failure(paper, path))
    assert paper.seen["/news/secret"] == 0


async def test_a_site_without_robots_txt_allows_all(paper: Newspaper) -> None:
    paper.robots_status = 404
    assert (await get(paper, "/news/secret")).status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_site_that_cannot_give_its_rules_is_left_alone(paper: Newspaper, status: int) -> None:
    paper.robots_status = status
    assert "robots.txt" in str(await failure(paper, "/news/bridge"))
    assert paper.seen["/news/bridge"] == 0


async def test_rules_are_asked_for_once(paper: Newspaper) -> None:
    async with Fetcher(paper.settings()) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{paper.origin}/news/bridge") for _ in range(2)))
        await fetcher.get(f"{paper.origin}/news/mobile")
    assert paper.seen["/robots.txt"] == 1
    assert paper.seen["/news/bridge"] == 2


async def test_the_delay_a_site_asks_for_is_known(paper: Newspaper) -> None:
    paper.robots = "User-agent: Verbatim\nCrawl-delay: 7\n"
    async with Fetcher(paper.settings()) as fetcher:
        assert await fetcher.crawl_delay(f"{paper.origin}/news/bridge") == 7.0


async def test_the_delay_a_site_asks_for_is_kept(paper: Newspaper) -> None:
    paper.robots = "User-agent: *\nCrawl-delay: 0.5\n"
    async with Fetcher(paper.settings()) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{paper.origin}/news/{name}") for name in ("bridge", "mobile")))
    first, second = (paper.times[f"/news/{name}"][0] for name in ("bridge", "mobile"))
    assert abs(second - first) >= 0.49


async def test_hostile_rules_end(paper: Newspaper) -> None:
    paper.robots = "User-agent: *\n" + f"Disallow: /{'*a' * 2_000}$\n" * 200
    assert (await get(paper, "/hops/0")).status == 200


async def test_nobody_listening_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with Fetcher(FetchSettings(open_hosts=frozenset({f"127.0.0.1:{port}"}))) as fetcher:
            with pytest.raises(FetchError, match="cannot be reached"):
                await fetcher.get(f"http://127.0.0.1:{port}/")


async def test_what_is_not_http_is_told() -> None:
    async with answering(b"SSH-2.0-nonsense\r\n\r\n") as (url, settings), Fetcher(settings) as fetcher:
        with pytest.raises(FetchError, match="did not answer as a web site does"):
            await fetcher.get(url)


async def test_bytes_that_are_no_text_in_headers_do_not_get_out_of_them() -> None:
    answer = http(b"", b'ETag: "\xff"', b"Last-Modified: \xff", b"Content-Type: text/html; x=\xff")
    async with answering(answer) as (url, settings), Fetcher(settings) as fetcher:
        page = await fetcher.get(url)
    assert (page.etag, page.last_modified, page.content_type) == (None, None, "text/html; x=\ufffd")
    answer = http(b"", b"Location: http://\xff/\xff", status=b"301 Moved")
    async with answering(answer) as (url, settings), Fetcher(settings) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(url)
    "".join((str(caught.value), caught.value.url, *map(str, caught.value.facts.values()))).encode()


PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "10.0.0.1",
    "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[fc00::1]",
    "[fd00:ec2::254]", "[fe80::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "[::127.0.0.1]", "[2001:db8::1]", "0", "127.0.1", "0x7f.0.0.1", "017700000001", "0xa9fea9fe",
    "169.254.43518", "0300.0250.0.1", "127.0.0.1.", "localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:a00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::169.254.169.254]", "[2002:a9fe:a9fe::]", "[fe80::1%25lo]",
    "[::1%25lo]", "[fec0::1]", "100.127.255.254", "198.18.0.1", "203.0.113.9", "240.0.0.1", "192.88.99.1", "192.0.0.8",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
async def test_no_private_address_is_reached_by_number(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(ssrf_guard.socket, "socket", lambda *_, **info: made.append(info))
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError):
            await fetcher.get(f"http://{host}/latest/meta-data/")
    assert made == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"]
)
async def test_no_private_address_is_reached_by_name(address: str) -> None:
    async with Fetcher(resolver=Names(address)) as fetcher:
        with pytest.raises(FetchError, match="private or reserved address"):
            await fetcher.get("https://news.example/story")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
async def test_no_redirect_leads_to_a_private_address(paper: Newspaper, host: str) -> None:
    error = await failure(paper, f"/to?url=http://{host}/news/secret")
    assert re.search("private or reserved address|cannot be looked up|not the name of a web site", str(error))
    assert paper.seen["/news/secret"] == 0


@pytest.mark.parametrize(
    "target", ["ftp://example.com/x", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/"]
)
async def test_redirects_stay_on_the_web(paper: Newspaper, target: str) -> None:
    assert "not a web address" in str(await failure(paper, f"/to?url={target}"))


async def test_a_name_that_changes_its_address_gets_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look-up leads to what counts as public here, every later one to a host inside."""
    with Newspaper("127.0.0.2") as public, Newspaper("127.0.0.1", public.port) as inside:
        monkeypatch.setitem(ssrf_guard.WEB_PORTS, "http", public.port)
        monkeypatch.setattr(ssrf_guard, "is_public", lambda address: address == "127.0.0.2")
        async with Fetcher(
            FetchSettings(min_crawl_delay=0.0), Names("127.0.0.2", "127.0.0.2", "127.0.0.1")
        ) as fetcher:
            await fetcher.get(f"http://news.example:{public.port}/news/bridge")
            with pytest.raises(FetchError, match="private or reserved address"):
                await fetcher.get(f"http://news.example:{public.port}/news/mobile")
        assert public.seen["/news/bridge"] == 1
        assert not inside.seen


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://example.com:22/", "only 80 and 443"),
        ("http://example.com:8080/", "only 80 and 443"),
        ("http://me:secret@example.com/", "user name"),
        ("http://www.example.com@127.0.0.1/", "user name"),
        ("ftp://example.com/", "not a web address"),
        ("http:///path", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://example.com:99999/", "not a web address"),
        ("http://a\ud800b/", "not a web address"),
        ("", "not a web address"),
        ("http://" + "a" * 300 + ".example/", "not the name of a web site"),
    ],
)
async def test_odd_addresses_are_refused_in_words(url: str, words: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError, match=words):
            await fetcher.get(url)
