"""Feeds followed for real: the local newspaper on one side, a real archive on the other."""

import time

from index.feeds.url_frontier import PageState
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


async def test_nothing_announced_is_lost_when_it_stops(archive, subscriptions, tmp_path, paper):
    for number in range(40):
        paper.press.publish(f"dam-{number}", f"{DAM} Gate {number}.")
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: archive.stored_articles(), "articles")
    async with polling(archive, tmp_path, paper):
        await until(lambda: len(archive.stored_articles()) == 40, "all articles")
