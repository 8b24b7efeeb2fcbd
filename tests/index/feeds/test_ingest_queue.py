"""What becomes of fetched articles, from the local newspaper to a real archive."""

import asyncio
import threading
import time

import index.feeds.worker
from index.articles import Article
from index.errors import BusyIndex
from index.feeds import ingest_queue
from index.feeds.ingest_queue import BATCH_SIZE
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.feeds.url_frontier import PageState, UrlFrontier
from tests.index.feeds.harness import DAM, RAISED, found, polling, states, until


class AddingArchive:
    """An archive that adds articles in a way of its own, and is the real one in all else."""

    def __init__(self, archive, iter_add):
        self._archive, self.iter_add = archive, iter_add

    def __getattr__(self, name):
        return getattr(self._archive, name)


async def test_what_its_owner_removed_does_not_come_back_by_a_feed(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    story = Article(url, "The Press", "The dam", f"{DAM}\n{RAISED}")
    archive.add([story])
    archive.remove(url)
    async with polling(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
    assert archive.article(url) is None


async def test_an_archive_that_is_busy_gets_the_articles_later(archive, subscriptions, tmp_path, paper):
    refusals = ["once"]

    def refuse_once(articles, *, requested):
        if refusals:
            refusals.pop()
            raise BusyIndex("The disk is full.")
        return archive.iter_add(articles, requested=requested)

    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(AddingArchive(archive, refuse_once), tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_articles_are_added_again_after_not_even_that_they_were_not_could_be_noted(
    archive, subscriptions, tmp_path, paper, monkeypatch
):
    refusals = ["results", "retry"]

    def refusing(method):
        def call(*arguments, **more):
            if refusals:
                refusals.pop()
                raise BusyIndex("The database is locked.")
            return method(*arguments, **more)

        return call

    monkeypatch.setattr(index.feeds.worker, "RETRY_DELAY", 0.2)
    for name in ("mark_stored", "schedule_retry"):
        monkeypatch.setattr(UrlFrontier, name, refusing(getattr(UrlFrontier, name)))
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.STORED: 1}, "article")
    assert not refusals


async def test_one_odd_article_does_not_keep_out_the_others(archive, subscriptions, tmp_path, paper):
    def stumble(articles, *, requested):
        if any("odd" in one.article.title for one in articles):
            raise ZeroDivisionError
        return archive.iter_add(articles, requested=requested)

    paper.press.publish("odd", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(AddingArchive(archive, stumble), tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
        paper.press.publish("dam", DAM)
        await until(lambda: found(archive, DAM), "article")
    assert BATCH_SIZE > 1


async def test_a_full_queue_is_waited_for_and_not_looked_at_all_the_time(
    archive, subscriptions, tmp_path, paper, monkeypatch
):
    looks, begun, may_end = [], threading.Event(), threading.Event()

    def wait_and_add(articles, *, requested):
        begun.set()
        may_end.wait()
        return archive.iter_add(articles, requested=requested)

    due_feeds = Subscriptions.due_feeds
    monkeypatch.setattr(
        Subscriptions, "due_feeds", lambda self, now: looks.append(now) or due_feeds(self, now)
    )
    monkeypatch.setattr(ingest_queue, "QUEUE_SIZE", 1)
    monkeypatch.setattr(ingest_queue, "BATCH_SIZE", 1)
    for number in range(4):
        paper.press.publish(f"dam-{number}", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(AddingArchive(archive, wait_and_add), tmp_path, paper, PollSchedule()):
        await until(begun.is_set, "article to add")
        await asyncio.sleep(0.5)  # until the next one waits and fills the queue
        before = len(looks)
        await asyncio.sleep(2.0)
        seen = len(looks) - before
        may_end.set()
        await until(lambda: len(found(archive, DAM)) == 4, "articles")
    assert seen <= 4  # one a second, and some for what ends
