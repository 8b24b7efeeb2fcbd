"""Feeds followed for real: the local newspaper on one side, a real archive on the other."""

import time

import index.feeds.worker
from index.feeds.url_frontier import PageState
from index.feeds.worker import FeedWorker, FeedWorkerState
from tests.index.feeds.harness import DAM, RAISED, found, polling, states, until


async def test_an_article_comes_is_corrected_and_goes(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        paper.press.correct("dam", RAISED)
        (corrected,) = await until(lambda: found(archive, RAISED), "correction")
        assert corrected.article.revised is not None
        assert not found(archive, DAM)
        paper.press.withdraw("dam")
        await until(lambda: archive.article(url) is None, "removal")
        await until(lambda: states(subscriptions) == {PageState.GONE: 1}, "end")
    assert not archive.ask("When will the Ellwater dam be opened?").quotes


async def test_only_one_process_follows_a_folders_feeds(archive, subscriptions, tmp_path, paper, capsys):
    paper.press.publish("dam", DAM)
    async with polling(archive, tmp_path, paper), polling(archive, tmp_path, paper):
        subscriptions.add(paper.press.feed(), time.time())
        await until(lambda: found(archive, DAM), "article")
        await until(lambda: "another process" in "".join(capsys.readouterr()), "word of it")


async def test_a_worker_says_what_it_does(archive, tmp_path, paper):
    idle = FeedWorker(archive, tmp_path, paper.settings())
    assert idle.state is FeedWorkerState.STARTING
    async with polling(archive, tmp_path, paper) as first:
        await until(lambda: first.state is FeedWorkerState.FOLLOWING, "following")
        async with polling(archive, tmp_path, paper) as second:
            await until(lambda: second.state is FeedWorkerState.ELSEWHERE, "word of the other")
            assert first.state is FeedWorkerState.FOLLOWING
    assert first.state is second.state is FeedWorkerState.STOPPED


async def test_a_worker_that_failed_says_so_and_then_follows_again(archive, tmp_path, paper, monkeypatch):
    def break_down(*_):
        raise OSError("a disk that cannot be read")

    monkeypatch.setattr(index.feeds.worker, "RETRY_DELAY", 0.2)
    monkeypatch.setattr(index.feeds.worker, "Subscriptions", break_down)
    async with polling(archive, tmp_path, paper) as worker:
        await until(lambda: worker.state is FeedWorkerState.FAILED, "failure")
        monkeypatch.undo()
        await until(lambda: worker.state is FeedWorkerState.FOLLOWING, "following")


async def test_nothing_announced_is_lost_when_it_stops(archive, subscriptions, tmp_path, paper):
    for number in range(40):
        paper.press.publish(f"dam-{number}", f"{DAM} Gate {number}.")
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: archive.stored_articles(), "articles")
    async with polling(archive, tmp_path, paper):
        await until(lambda: len(archive.stored_articles()) == 40, "all articles")
