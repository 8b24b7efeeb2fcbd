"""Followed questions: limits, cursors, and posts that are undone."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.storage.follows import MAX_FAILURES, MAX_FOLLOWS_PER_PERSON, Follow, FollowStore
from bot.storage.posts import Post


@pytest.fixture
def follows(database):
    return FollowStore(database, clock=lambda: 1_000_000)


def new(person=1, server=None, channel=None):
    return Follow(0, person, server, channel, "Did it rain?", "en", cursor=5)


async def test_a_person_may_follow_only_so_many(follows):
    for _ in range(MAX_FOLLOWS_PER_PERSON):
        await follows.add(new(), (), 3)
    with pytest.raises(Refused) as refused:
        await follows.add(new(), (), 3)
    assert refused.value.kind == "too-many-follows"
    assert len(await follows.visible_to(1)) == MAX_FOLLOWS_PER_PERSON


async def test_a_server_may_have_only_so_many(follows):
    await follows.add(new(person=1, server=9, channel=4), (), 1)
    with pytest.raises(Refused) as refused:
        await follows.add(new(person=2, server=9, channel=4), (), 1)
    assert refused.value.kind == "server-follows"
    await follows.add(new(person=2), (), 1)  # in private it counts for the person alone


async def test_a_cursor_moves_once_and_back_again(follows):
    follow = await follows.add(new(), (), 3)
    post = Post(follow.id, "https://news.example/a", 0, "It rained.")
    assert await follows.advance(follow, 8, [post])
    assert not await follows.advance(follow, 9, [post])
    assert await follows.posts.posted(follow.id) == ({post.key}, {post.url})
    await follows.undo_advance(follow, [post], refused=True)
    undone = await follows.get(follow.id)
    assert (undone.cursor, undone.failures, undone.last_posted) == (5, 1, 0)
    assert await follows.posts.posted(follow.id) == (set(), set())


async def test_a_follow_is_paused_by_failures_and_resumed_by_a_new_question(follows):
    follow = await follows.add(new(), (), 3)
    for _ in range(MAX_FAILURES):
        await follows.undo_advance(follow, (), refused=True)
    assert (await follows.get(follow.id)).is_paused
    await follows.change_question(follow.id, "Did it snow?", 7)
    changed = await follows.get(follow.id)
    assert (changed.question, changed.cursor, changed.is_paused) == ("Did it snow?", 7, False)


async def test_what_is_deleted_takes_its_posts_along(follows):
    follow = await follows.add(new(server=9, channel=4), (), 3)
    await follows.advance(follow, 8, [Post(follow.id, "https://news.example/a", 0, "It rained.")])
    await follows.delete_server(9)
    assert await follows.all() == []
    assert await follows.posts.posted(follow.id) == (set(), set())


@pytest.mark.parametrize("order", [True, False, None])
async def test_the_order_of_the_persons_dates_is_kept(follows, order):
    made = await follows.add(replace(new(), day_first=order), [], 9)
    assert (await follows.get(made.id)).day_first is order
    await follows.change_question(made.id, "Did it rain on 11/3/2026?", 7, day_first=not order)
    assert (await follows.get(made.id)).day_first is (not order)


@pytest.mark.parametrize(("seconds", "undone"), [(100, 1), (200, 0)])
async def test_a_post_that_a_killed_process_left_is_made_again_while_discord_would_know_it(
    database, seconds, undone
):
    now = [1_000_000]
    follows = FollowStore(database, clock=lambda: now[0])
    known, news = (
        Post(0, f"https://news.example/{n}", 0, words) for n, words in enumerate(("Dry.", "It rained."))
    )
    sent, left = [await follows.add(new(person), [known], 3) for person in (1, 2)]
    now[0] += 1000
    for follow in (sent, left):
        assert await follows.advance(follow, 8, [news])
    await follows.record_sent(sent, [news], 4, 77)
    now[0] += seconds
    assert await follows.undo_unfinished() == undone
    assert (await follows.get(sent.id)).cursor == 8
    now_left = await follows.get(left.id)
    assert (now_left.cursor, now_left.last_posted) == ((5, 0) if undone else (8, 1_001_000))
    assert await follows.posts.posted(left.id) == (
        ({known.key}, {known.url}) if undone else ({known.key, news.key}, {known.url, news.url})
    )
    assert await follows.undo_unfinished() == 0
