"""`verbatim feeds watch` in several processes on one server: nothing is fetched twice, no host asked twice at once."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise

import pytest
from aiohttp import web

from index.archive import Archive
from index.feeds.subscriptions import Subscriptions
from tests.conftest import MODELS, REPOSITORY
from tests.index.feeds.harness import DAM, until
from tests.web.feeds import Story, rss
from tests.web.newspaper import Newspaper, Wanted

HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
ARTICLES = 5  # of each host
SHORTEST_INTERVAL = 40.0  # seconds between two polls of a feed, and a little less
FETCHERS = ("one", "two", "three")
# A process whose leases run out soon, or that asks one host at a time, and that is the real command for the rest.
RUN_OUT_SOON = "from index.feeds import leases; leases.LEASE_SECONDS, leases.RENEW_SECONDS = 6.0, 1.0"
ASK_ONE = "from index.feeds import poller; poller.MAX_CONCURRENT_HOSTS = 1"
WATCH = "from bot.cli import app; app.main(['feeds', 'watch'])"


class WatchedNewspaper(Newspaper):
    """A newspaper that knows who asked which host for what, from when to when."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.requests: list[tuple[float, float, str, str]] = []
        self.by_host: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        try:
            return await super()._answer(request)
        finally:
            agent = request.headers["User-Agent"]
            who = next(name for name in FETCHERS if f"{name}@example.com" in agent)
            self.requests.append((began, time.monotonic(), who, request.path))
            self.by_host[request.host].append((began, time.monotonic()))


class CrosswiseNewspaper(WatchedNewspaper):
    """A newspaper of two hosts: a page of one leads to the other while that is at the answer to another page."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1")
        self.hosts: list[str] = []  # those that were asked for a page that leads elsewhere
        self.both = asyncio.Event()

    async def _to(self, request: web.Request, rest: str) -> web.Response:
        self.hosts.append(request.host)
        if len(self.hosts) == 2:
            self.both.set()
        await self.both.wait()
        await asyncio.sleep(2.0 if request.host == self.hosts[0] else 0.0)
        return await super()._to(request, rest)

    def lead_elsewhere(self, host: str, other: str) -> str:
        """Announce a page on a host that leads to the other, in a feed; its address."""
        name = host.partition(":")[0]
        self.press.publish(name, f"{DAM} Gate {name}.")
        story = Story(f"http://{host}/to/{name}?url=http://{other}/press/{name}", f"Gate {name}")
        self.wanted[f"/of/{name}"] = Wanted(rss([story]))
        return f"http://{host}/of/{name}"


@contextmanager
def fetcher(name, folder, address, hosts, change) -> Iterator[subprocess.Popen]:
    """A process that follows the feeds, in a folder of its own."""
    folder.mkdir()
    (folder / "models").symlink_to(MODELS, target_is_directory=True)
    settings = {
        "VERBATIM_STORE": address.url,
        "VERBATIM_DATA": str(folder),
        "VERBATIM_CONTACT": f"{name}@example.com",
        "VERBATIM_OPEN_HOSTS": ",".join(hosts),
        "VERBATIM_READER": "none",
        "PYTHONPATH": str(REPOSITORY),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{change}; {WATCH}"],
            cwd=folder,
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def holder_of_a_page(store, processes):
    """The process that has a page in its hands, if one has."""
    rows = store.query("SELECT holder FROM fetch_leases WHERE kind = 'page'")
    pids = {int(holder.split(":")[1]) for (holder,) in rows}
    return next((process for process in processes if process.pid in pids), None)


def one_at_a_time(requests):
    return all(ended <= began for (_, ended, *_), (began, *_) in pairwise(sorted(requests)))


@pytest.fixture
def papers():
    with ExitStack() as opened:
        papers = [opened.enter_context(WatchedNewspaper(host)) for host in HOSTS]
        for paper in papers:
            for number in range(ARTICLES):
                paper.press.publish(f"dam-{number}", f"{DAM} Gate {number} of {paper.host}.")
        yield papers


async def test_several_fetchers_lose_nothing_and_do_nothing_twice_though_one_is_killed(
    papers, postgres_address, models, encoder, tmp_path
):
    hosts = [f"{paper.host}:{paper.port}" for paper in papers]
    with ExitStack() as opened:
        archive = opened.enter_context(Archive(tmp_path, encoder, store=postgres_address))
        feeds = opened.enter_context(Subscriptions(postgres_address))
        for paper in papers:
            feeds.add(paper.press.feed(), time.time())
        processes = [
            opened.enter_context(fetcher(name, tmp_path / name, postgres_address, hosts, RUN_OUT_SOON))
            for name in FETCHERS
        ]
        await until(archive.stored_articles, "article")
        killed = await until(lambda: holder_of_a_page(feeds.store, processes), "page in somebody's hands")
        killed.send_signal(signal.SIGKILL)
        killed.wait(60)
        done_before = {row[0] for row in feeds.store.query("SELECT url FROM pages WHERE state = 'stored'")}
        await until(lambda: len(archive.stored_articles()) == ARTICLES * len(HOSTS), "articles")
        await until(lambda: not feeds.store.query("SELECT 1 FROM fetch_leases WHERE kind = 'page'"), "end")
    victim = FETCHERS[processes.index(killed)]
    everything = [request for paper in papers for request in paper.requests]
    assert {who for _, _, who, _ in everything} - {victim}
    for paper in papers:
        asked = sorted(paper.requests)
        assert one_at_a_time(asked)
        fetched = Counter((path, who == victim) for _, _, who, path in asked if path.startswith("/press/"))
        assert set(fetched.values()) == {1}
        by_both = {path for path, by_victim in fetched if by_victim and (path, False) in fetched}
        assert not done_before & {paper.origin + path for path in by_both}
        polls = [began for began, _, who, path in asked if path == "/feed/rss" and who != victim]
        assert all(later - earlier > SHORTEST_INTERVAL for earlier, later in pairwise(polls))
    log = "".join((tmp_path / name / "log").read_text() for name in FETCHERS if name != victim)
    assert "Traceback" not in log


async def test_a_host_is_asked_one_thing_at_a_time_also_where_pages_of_another_lead(
    postgres_address, models, encoder, tmp_path
):
    both = FETCHERS[:2]
    with ExitStack() as opened:
        paper = opened.enter_context(CrosswiseNewspaper())
        hosts = [f"{name}:{paper.port}" for name in ("127.0.0.1", "localhost")]
        archive = opened.enter_context(Archive(tmp_path, encoder, store=postgres_address))
        feeds = opened.enter_context(Subscriptions(postgres_address))
        for name in both:
            opened.enter_context(fetcher(name, tmp_path / name, postgres_address, hosts, ASK_ONE))
        for name in both:
            log = tmp_path / name / "log"
            await until(lambda log=log: "following the feeds" in log.read_text(), "start")
        for host, other in zip(hosts, reversed(hosts), strict=True):
            feeds.add(paper.lead_elsewhere(host, other), time.time())
        await until(lambda: len(archive.stored_articles()) == 2, "articles")
        await until(lambda: not feeds.store.query("SELECT 1 FROM fetch_leases WHERE kind = 'page'"), "end")
    assert set(paper.by_host) == set(hosts)
    assert all(map(one_at_a_time, paper.by_host.values()))
    fetched = [(who, path) for _, _, who, path in paper.requests if path != "/robots.txt"]
    assert {who for who, path in fetched if path.startswith("/to/")} == set(both)
    assert set(Counter(path for _, path in fetched).values()) == {1}
    assert "Traceback" not in "".join((tmp_path / name / "log").read_text() for name in both)
