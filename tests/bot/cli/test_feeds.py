"""`verbatim feeds` as a person meets it, against the local newspaper."""

import asyncio
import gzip
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from bot.cli.feeds_output import check_lines
from index.archive import Archive
from index.errors import BadFeed
from index.feeds.manager import FeedCheck, FeedManager
from index.feeds.subscriptions import Subscriptions
from index.parsing.feeds.opml import read_opml
from index.parsing.feeds.reader import MAX_FEED_BYTES
from index.storage.places import NEWS_FILE
from tests.conftest import REPOSITORY
from tests.web import feeds
from tests.web.feeds import Story
from tests.web.newspaper import Newspaper, Wanted

EXAMPLE = REPOSITORY / "examples" / "outlets.opml"
ENOUGH = 90  # seconds after which something waited for will not come any more


@pytest.fixture
def paper(folder, monkeypatch):
    with Newspaper() as paper:
        monkeypatch.setenv("VERBATIM_OPEN_HOSTS", f"{paper.host}:{paper.port}")
        paper.press.publish("dam", "The Ellwater dam will be opened on Friday, the water board said.")
        yield paper


def test_a_feed_is_added_listed_and_removed(run, paper):
    added = run("feeds", "add", paper.press.feed())
    assert added.code == 0
    assert added.out.startswith("added: The Harbour Post · RSS · 1 item, newest just now · http")
    assert "VERBATIM_CONTACT" in added.err
    assert run("feeds", "add", paper.press.feed()).out.startswith("followed already: ")
    listed = run("feeds", "list")
    assert f"The Harbour Post · {paper.press.feed()}\n      RSS · 0 articles\n" in listed.out
    assert run("feeds", "remove", paper.press.feed()).code == 0
    gone = run("feeds", "remove", paper.press.feed())
    assert (gone.code, "not followed" in gone.err) == (1, True)
    assert "No feed is followed" in run("feeds", "list").out


def test_a_servers_feed_is_listed_for_it_lifted_and_taken_from_it(run, paper, folder):
    refused = run("feeds", "add", paper.press.feed(), "--server", "42")
    assert (refused.code, "not added" in refused.out) == (1, True)  # the owner's own network is no server's
    desk = FeedManager(folder / "data", paper.settings())
    for number, circle in enumerate(("guild:42", "guild:7", "house")):
        desk.add(FeedCheck(f"https://post.example/{number}"), circle=circle)
    desk.close()
    listed = run("feeds", "list", "--server", "42").out
    assert "https://post.example/0\n      server 42 · not looked at yet" in listed
    assert "https://post.example/2" in listed
    assert "https://post.example/1" not in listed
    assert "https://post.example/1" in run("feeds", "list").out
    assert run("feeds", "accept", "https://post.example/1").out.startswith("accepted: ")
    assert "the house, server 7" in run("feeds", "list").out
    assert run("feeds", "accept", "https://post.example/1").out.startswith("in the house already: ")
    assert run("feeds", "accept", "https://post.example/9").code == 1
    assert run("feeds", "remove", "https://post.example/0", "--server", "7").code == 1
    assert "go with it" in run("feeds", "remove", "https://post.example/0", "--server", "42").out


def test_the_feed_of_a_site_is_found(run, paper):
    link = '<link rel="alternate" type="application/atom+xml" href="/feed/atom">'
    paper.wanted["/"] = Wanted(f"<html><head>{link}</head></html>", "text/html")
    assert (
        f"Atom · 1 item, newest just now · {paper.press.feed('atom')}"
        in run("feeds", "add", paper.origin).out
    )


def test_what_is_no_feed_is_not_added(run, paper):
    ran = run("feeds", "add", f"{paper.origin}/news/bridge", f"{paper.origin}/none", paper.press.feed())
    assert ran.code == 1
    assert "not added: http" in ran.out
    assert "it names no feed" in ran.out
    assert "no such page (404)" in ran.out
    assert len(run("feeds", "list").out.splitlines()) == 2


@pytest.mark.parametrize(
    "url", ["post/feed", "ftp://post.example/", "http://192.168.1.1/feed", "http://localhost/"]
)
def test_addresses_that_are_never_fetched_are_told(run, folder, url):
    ran = run("feeds", "add", url)
    assert ran.code == 1
    assert re.search("not a web address|private or reserved", ran.out)


def test_a_page_that_names_a_bad_feed_is_told_as_such(run, paper):
    link = '<link rel="alternate" type="application/rss+xml" href="/none">'
    paper.wanted["/"] = Wanted(f"<html><head>{link}</head></html>", "text/html")
    out = run("feeds", "add", paper.origin).out
    assert "what it names as its feed is none" in out
    assert "no such page" in out


def test_lists_are_imported_and_exported(run, folder):
    ran = run("feeds", "import", str(EXAMPLE))
    assert (ran.code, "added" in ran.out) == (0, True)
    assert ", 0 followed already" in ran.out
    again = run("feeds", "import", "-", stdin=EXAMPLE.read_bytes())
    assert again.out.startswith("0 feeds added")
    exported = run("feeds", "export")
    assert {one.url for one in read_opml(exported.out.encode())} == {
        one.url for one in read_opml(EXAMPLE.read_bytes())
    }


def test_an_import_fetches_nothing(run, folder, paper):
    (folder / "mine.opml").write_text(f'<opml><body><outline xmlUrl="{paper.press.feed()}"/></body></opml>')
    assert run("feeds", "import", "mine.opml").code == 0
    assert not paper.seen


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read"), ("hello", "OPML"), ("<opml/>", "holds no feed")]
)
def test_lists_that_are_none_are_told(run, folder, content, words):
    if content is not None:
        (folder / "mine.opml").write_text(content)
    ran = run("feeds", "import", "mine.opml")
    assert ran.code == 2
    assert words in ran.err


def test_the_example_list_holds_well_known_outlets(run):
    outlines = read_opml(EXAMPLE.read_bytes())
    assert len(outlines) >= 20
    assert all(outline.title and outline.url.startswith("https://") for outline in outlines)
    assert "example" in EXAMPLE.read_text(encoding="utf-8")


def test_a_good_feed_is_called_so(run, paper):
    run("feeds", "add", paper.press.feed())
    ran = run("feeds", "check")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert ran.out.startswith("ok: The Harbour Post · RSS · 1 item")


def endless(kind):
    return [Story(f"http://{kind}.example/{number}", published=datetime.now(UTC)) for number in range(50_000)]


BAD = {
    "a parser bomb": (Wanted("<rss><channel>" + "<a>" * 50_000), "it announces nothing|no feed|tangled|took more than"),
    "a page of 2 GB": ("/huge", "sent more than 10 MB"),
    "a gzip bomb on the wire": ("/bomb", "sent more than 10 MB"),
    "a gzip bomb in a file": (Wanted(gzip.compress(b"<rss>" + b" " * (MAX_FEED_BYTES + 1))), "larger than 20 MB"),
    "a redirect loop": ("/circle", "more than 5 redirects"),
    "headers without end": ("/flood", "did not answer as a web site does"),
    "a broken connection": ("/cut", "broke off"),
    "damaged gzip": ("/damaged", "broke off or sent a damaged answer"),
    "broken XML": (Wanted(feeds.rss([Story("/1")])[:-30].replace("</title>", "")), "its XML is broken"),
    "billion laughs": (Wanted(feeds.LAUGHS), "XML is broken|no feed"),
    "a file of ours asked for": (Wanted(feeds.PRYING), "note|fix"),
    "50,000 items": (lambda: Wanted(feeds.rss(endless("post"))), "49,000 items too many"),
    "a date in 2099": (Wanted(feeds.rss([Story("/1", published=datetime(2099, 1, 1, tzinfo=UTC))])), "1 item dated as cannot be true"),
    "a date in 1970": (Wanted(feeds.rss([Story("/1", published=datetime(1970, 1, 1, tzinfo=UTC))])), "1 item dated as cannot be true"),
    "an item without a link": (Wanted(feeds.rss([Story("")])), "1 item without an address"),
    "an item without a title": (Wanted(feeds.rss([Story("/1", title="")])), "1 item without a title"),
    "an empty answer": (Wanted(""), "the answer is empty"),
    "a picture": (Wanted(b"\x89PNG\r\n\x1a\n", "image/png"), "it is no feed"),
    "a page without a feed": ("/news/bridge", "names no feed"),
    "gone for good": ("/status/410", r"no such page \(410\)"),
    "a failing server": ("/status/503", "failing just now"),
    "a busy server": ("/status/429", "asks us to wait"),
}  # fmt: skip


@pytest.fixture(scope="module")
def looks(tmp_path_factory):
    """What `verbatim feeds check` says of everything bad, looked at together with a good feed at the end."""
    with Newspaper() as paper:
        paper.press.publish("dam", "The Ellwater dam will be opened on Friday, the water board said.")
        urls = []
        for number, (answer, _) in enumerate(BAD.values()):
            path = answer if isinstance(answer, str) else f"/bad/{number}.xml"
            if not isinstance(answer, str):
                paper.wanted[path] = answer() if callable(answer) else answer
            urls.append(paper.origin + path)
        desk = FeedManager(tmp_path_factory.mktemp("data"), paper.settings())
        checked = asyncio.run(desk.check([*urls, paper.press.feed()]))
        desk.close()
        lines = ["\n".join(check_lines(one.url, one)) for one in checked]
        yield dict(zip([*BAD, "good"], lines, strict=True))


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_a_clear_line(looks, name):
    assert re.match("(note|fix): ", looks[name])
    assert re.search(BAD[name][1], looks[name])


def test_bad_input_does_no_harm_to_the_next(looks):
    assert looks["good"].startswith("ok: The Harbour Post")


def test_titles_with_markup_and_controls_stay_in_their_line(run, paper):
    paper.wanted["/f.xml"] = Wanted(
        feeds.rss([Story("/news/bridge")], title="A <b>bold</b>\n\x1b[31m title".replace("\x1b", "&#x1b;"))
    )
    out = run("feeds", "check", f"{paper.origin}/f.xml").out
    assert "\x1b" not in out


def test_check_says_what_came_of_the_newest_page(run, paper):
    for path, story in {
        "/a.xml": Story("/news/teaser"),
        "/b.xml": Story("/news/teaser", full="<p>" + "Words and more. " * 99),
    }.items():
        paper.wanted[path] = Wanted(feeds.rss([story]))
    ran = run("feeds", "check", f"{paper.origin}/a.xml", f"{paper.origin}/b.xml")
    assert ran.code == 0
    assert "its newest page is no article: only the beginning can be read without a subscription" in ran.out
    assert "the text that the feed carries is taken" in ran.out


def test_list_says_how_a_feed_fares(run, folder, paper):
    run("feeds", "add", paper.press.feed())
    with Subscriptions(folder / "data" / NEWS_FILE) as subscriptions:
        feed = subscriptions.all()[0]
        for _ in range(12):
            feed = subscriptions.record_failure(
                feed, BadFeed("post.example has no such page (404)."), time.time()
            )
    out = run("feeds", "list").out
    assert "PAUSED, looked at once a day · failed 12 times: post.example has no such page (404)." in out


def test_feeds_are_followed_without_discord(folder, paper):
    """The command a person types, as a process of its own."""
    desk = FeedManager(folder / "data", paper.settings())
    desk.import_opml(f'<opml><body><outline xmlUrl="{paper.press.feed()}"/></body></opml>'.encode())
    desk.close()
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "feeds", "watch"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "VERBATIM_LOG_FORMAT": "json"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + ENOUGH
        while not paper.seen["/press/dam"]:
            assert time.monotonic() < end
            time.sleep(0.05)
        with Subscriptions(folder / "data" / NEWS_FILE) as subscriptions:
            while subscriptions.frontier.counts_by_state() != {1: {"stored": 1}}:
                assert time.monotonic() < end
                time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        output = running.communicate(timeout=ENOUGH)[0]
    finally:
        running.kill()
    assert running.returncode == 0, output
    assert '"event": "articles taken in"' in output
    assert "Traceback" not in output
    with Archive.open(folder / "data") as archive:
        assert archive.ask("When will the Ellwater dam be opened?").quotes
