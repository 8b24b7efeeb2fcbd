"""Posts of follows, found by the article they quote."""

from dataclasses import replace

import pytest

from bot.storage.follows import Follow, FollowStore
from bot.storage.posts import Post

URL = "https://news.example/a"


@pytest.fixture
def follows(database):
    return FollowStore(database, clock=lambda: 1_000_000)


async def posted(follows):
    follow = await follows.add(Follow(0, 1, None, None, "Did it rain?", "en", 5), (), 3)
    post = Post(follow.id, URL, 3, "It rained.")
    await follows.advance(follow, 8, [post])
    return follow, post


def test_words_that_differ_in_punctuation_and_case_alone_have_one_key():
    assert Post(1, URL, 0, "It rained, in Norwick").key == Post(1, URL, 9, "It rained in Norwick.").key
    one, other = Post(1, "u", 0, "“We will win,” he said."), Post(2, "v", 9, "'We WILL win', he said")
    assert one.key == other.key
    assert one.key != Post(1, "u", 0, "“We will lose,” he said.").key
    assert Post(1, URL, 0, "…").key == "…"


async def test_only_posts_that_were_sent_can_be_corrected(follows):
    follow, post = await posted(follows)
    assert await follows.posts.from_articles([URL]) == []
    await follows.record_sent(follow, [post], channel=4, message=77)
    assert await follows.posts.from_articles([URL, "https://news.example/b"]) == [
        replace(post, channel=4, message=77)
    ]


async def test_corrected_words_replace_the_old_ones(follows):
    follow, post = await posted(follows)
    corrected = replace(post, words="It snowed.", channel=4, message=77)
    await follows.posts.replace(post, corrected)
    assert await follows.posts.from_articles([URL]) == [corrected]
    await follows.posts.replace(corrected, None)
    assert await follows.posts.posted(follow.id) == (set(), set())


async def test_a_cursor_is_kept_by_name(follows):
    assert await follows.posts.cursor("corrections") is None
    await follows.posts.set_cursor("corrections", 4)
    await follows.posts.set_cursor("corrections", 9)
    assert await follows.posts.cursor("corrections") == 9
