"""`/feeds` on the local Discord: who may, what it says, what it does."""

import threading
import time
from contextlib import asynccontextmanager

import pytest
from discord import ui

from bot.circles import MAX_FEEDS_OF_PERSON, MAX_FEEDS_OF_SERVER
from bot.cli.feeds_output import check_lines
from bot.services.query_service import Limits
from bot.texts import ENGLISH, Texts
from bot.ui.feed_cards import FeedsPanel, feed_check_card, feed_list_card
from index.errors import BadFeed
from index.feeds.manager import FeedManager, FeedStatus
from index.feeds.subscriptions import Subscriptions
from index.parsing.feeds.opml import MAX_OPML_BYTES, Outline, write_opml
from index.storage.places import NEWS_FILE
from tests.bot.newsroom import online
from tests.discord_server.deeds import CannotDo, Upload
from tests.discord_server.interactions import DEFER
from tests.discord_server.people import Person
from tests.discord_server.state import MANAGE_GUILD, ORDINARY
from tests.web.newspaper import Newspaper, Wanted


@pytest.fixture
def paper():
    with Newspaper() as paper:
        paper.press.publish("dam", "The Ellwater dam will be opened on Friday.")
        yield paper


@pytest.fixture
def manager(discord_server):
    return discord_server.person("Mia", permissions=ORDINARY | MANAGE_GUILD)


@pytest.fixture
def owner(discord_server):
    return Person(discord_server, discord_server.owner)


@asynccontextmanager
async def bot(server, folder, paper):
    """The bot, to which the newspaper's address counts as any other on the web."""
    async with online(server, folder, fetching=paper.settings()) as running:
        yield running


@pytest.fixture
def public(monkeypatch):
    """Let a server's people reach the newspaper: in a test it lies where only the owner's network does."""
    looking, checking = FeedManager.preview, FeedManager.check
    monkeypatch.setattr(FeedManager, "preview", lambda desk, url, **_: looking(desk, url))
    monkeypatch.setattr(FeedManager, "check", lambda desk, urls, **_: checking(desk, urls))


async def said(person, channel, command, **options):
    asked = await person.slash(channel, f"feeds {command}", **options)
    seen = await person.waits_for_answer(asked)
    assert seen.ephemeral
    return seen.text


def followed(folder):
    with Subscriptions(folder / NEWS_FILE) as subscriptions:
        return [feed.url for feed in subscriptions.all()]


async def test_who_may_manage_a_server_looks_after_feeds(discord_server, tmp_path, paper, manager, public):
    channel, url = discord_server.channel, paper.press.feed()
    async with bot(discord_server, tmp_path, paper):
        assert "I follow no feeds here yet" in await said(manager, channel, "list")
        assert "I now follow The Harbour Post" in await said(manager, channel, "add", address=url)
        assert followed(tmp_path) == [url]
        assert "I already follow" in await said(manager, channel, "add", address=url)
        listed = await said(manager, channel, "list")
        assert "I follow 1 feed." in listed
        assert "**The Harbour Post**" in listed
        checked = await said(manager, channel, "check")
        assert "RSS · 1 item" in checked
        (choice,) = await manager.types(channel, "feeds remove", "address", "harbour")
        assert (choice["name"], choice["value"]) == ("The Harbour Post", url)
        assert "I no longer follow The Harbour Post here" in await said(
            manager, channel, "remove", address=url
        )
        assert "I do not follow this feed" in await said(manager, channel, "remove", address=url)
    assert followed(tmp_path) == []


async def test_who_may_not_is_not_offered_it(discord_server, tmp_path, paper):
    ada = discord_server.person("Ada")
    async with bot(discord_server, tmp_path, paper):
        with pytest.raises(CannotDo, match="permissions"):
            await ada.slash(discord_server.channel, "feeds list")


async def test_elsewhere_than_on_a_server_of_the_bots_everybody_has_feeds_of_their_own(
    discord_server, tmp_path, paper, public
):
    elsewhere = await discord_server.new_guild("Elsewhere", bot_inside=False)
    mia = discord_server.person(
        "Mia", guild=elsewhere, installed_app=True, permissions=ORDINARY | MANAGE_GUILD
    )
    ben = discord_server.person("Ben", installed_app=True)
    url = paper.press.feed()
    async with bot(discord_server, tmp_path, paper):
        assert "I now follow" in await said(mia, mia.direct, "add", address=url)
        for place in (elsewhere.channels[0], mia.direct):
            assert "The Harbour Post" in await said(mia, place, "list")
            (choice,) = await mia.types(place, "feeds remove", "address", "")
            assert choice["value"] == url
        assert "I follow no feeds here yet" in await said(ben, ben.direct, "list")
        assert "I do not follow this feed" in await said(ben, ben.direct, "remove", address=url)
        assert await ben.types(ben.direct, "feeds remove", "address", "") == []
        body = write_opml([Outline(f"https://post.example/{number}") for number in range(30)])
        paper.wanted["/mine.opml"] = Wanted(body)
        file = Upload("mine.opml", f"{paper.origin}/mine.opml", len(body))
        assert f"I now follow {MAX_FEEDS_OF_PERSON - 1} new feeds" in await said(
            mia, mia.direct, "import", file=file
        )
        refused = f"No more than {MAX_FEEDS_OF_PERSON} feeds can be added here"
        assert refused in await said(mia, mia.direct, "add", address=url)
    assert len(followed(tmp_path)) == MAX_FEEDS_OF_PERSON


async def test_a_strangers_feed_does_not_reach_the_owners_network(discord_server, tmp_path, paper, manager):
    async with bot(discord_server, tmp_path, paper):
        text = await said(manager, discord_server.channel, "add", address=paper.press.feed())
    assert "I cannot follow" in text
    assert not paper.seen
    assert followed(tmp_path) == []


async def test_the_owner_may_anywhere(discord_server, tmp_path, paper, owner):
    async with bot(discord_server, tmp_path, paper):
        assert "I now follow" in await said(owner, owner.direct, "add", address=paper.press.feed())


async def test_only_what_a_server_added_can_it_remove(discord_server, tmp_path, paper, manager, owner):
    url = paper.press.feed()
    async with bot(discord_server, tmp_path, paper):
        await said(owner, owner.direct, "add", address=url)
        assert "only whoever runs me can remove it" in await said(
            manager, discord_server.channel, "remove", address=url
        )
        assert await manager.types(discord_server.channel, "feeds remove", "address", "") == []
    assert followed(tmp_path) == [url]


@pytest.mark.parametrize(
    ("path", "words"),
    [("/news/bridge", "names no feed"), ("/none", "no such page"), ("/huge", "more than 10 MB")],
)
async def test_what_is_no_feed_is_told(discord_server, tmp_path, paper, manager, public, path, words):
    async with bot(discord_server, tmp_path, paper):
        text = await said(manager, discord_server.channel, "add", address=paper.origin + path)
    assert words in text


async def test_lists_come_in_and_go_out(discord_server, tmp_path, paper, manager):
    body = write_opml([Outline("https://post.example/a", "A"), Outline("https://post.example/b", "B")])
    paper.wanted["/mine.opml"] = Wanted(body)
    file = Upload("mine.opml", f"{paper.origin}/mine.opml", len(body))
    async with bot(discord_server, tmp_path, paper):
        text = await said(manager, discord_server.channel, "import", file=file)
        assert "I now follow 2 new feeds, and 0 I followed already" in text
        asked = await manager.slash(discord_server.channel, "feeds export")
        await discord_server.until(lambda: asked.answer, "a file")
        (sent,) = asked.answer.attachments
    assert (sent["filename"], sent["size"]) == ("feeds.opml", len(body))


async def test_a_list_that_goes_out_slowly_is_promised(discord_server, tmp_path, paper, manager, monkeypatch):
    gate, export = threading.Event(), FeedManager.export_opml
    monkeypatch.setattr(FeedManager, "export_opml", lambda *given: gate.wait(60) and export(*given))
    async with bot(discord_server, tmp_path, paper):
        asked = await manager.slash(discord_server.channel, "feeds export")
        await discord_server.until(lambda: asked.callback, "an acknowledgement")
        gate.set()
        assert asked.callback == DEFER
        seen = await manager.waits_for_answer(asked)
    assert seen.ephemeral
    assert [sent["filename"] for sent in asked.answer.attachments] == ["feeds.opml"]


async def test_a_list_that_goes_out_counts_as_a_click(discord_server, tmp_path, paper, manager):
    async with online(discord_server, tmp_path, limits=Limits(clicks=1), fetching=paper.settings()):
        asked = await manager.slash(discord_server.channel, "feeds export")
        await discord_server.until(lambda: asked.answer, "a file")
        assert "Please wait" in await said(manager, discord_server.channel, "export")


@pytest.mark.parametrize(
    ("body", "size", "words"), [(b"hello", 5, "no list of feeds"), (b"", MAX_OPML_BYTES + 1, "at most 5 MB")]
)
async def test_lists_that_are_none_are_told(discord_server, tmp_path, paper, manager, body, size, words):
    paper.wanted["/mine.opml"] = Wanted(body)
    file = Upload("mine.opml", f"{paper.origin}/mine.opml", size)
    async with bot(discord_server, tmp_path, paper):
        assert words in await said(manager, discord_server.channel, "import", file=file)


async def test_a_server_adds_so_many_feeds_and_no_more(discord_server, tmp_path, paper, manager):
    body = write_opml(
        [Outline(f"https://post.example/{number}") for number in range(MAX_FEEDS_OF_SERVER + 9)]
    )
    paper.wanted["/mine.opml"] = Wanted(body)
    file = Upload("mine.opml", f"{paper.origin}/mine.opml", len(body))
    async with bot(discord_server, tmp_path, paper):
        assert f"I now follow {MAX_FEEDS_OF_SERVER} new feeds" in await said(
            manager, discord_server.channel, "import", file=file
        )
        assert f"No more than {MAX_FEEDS_OF_SERVER} feeds can be added here" in await said(
            manager, discord_server.channel, "import", file=file
        )
    assert len(followed(tmp_path)) == MAX_FEEDS_OF_SERVER


async def test_nobody_but_the_owner_lifts_a_feed(discord_server, tmp_path, paper, manager, owner, public):
    channel = discord_server.channel
    async with bot(discord_server, tmp_path, paper):
        await said(manager, channel, "add", address=paper.press.feed())
        asked = await owner.slash(channel, "feeds list")
        listed = await owner.waits_for_answer(asked)
        assert f"for the server {discord_server.guild.name}" in listed.text
        (button,) = [one for one in listed.buttons if one.get("custom_id", "").startswith("feeds:lift")]
        assert button["label"] == "For everybody: The Harbour Post"
        message = discord_server.world.channels[channel.id].messages[listed.id]
        message.only_for = None  # as if it had been shown to all
        pressed = await manager.waits_for_answer(await manager.click(listed, button["custom_id"]))
        assert "Only whoever runs me" in pressed.text
        assert (
            "for everybody"
            not in (await owner.waits_for_answer(await owner.slash(channel, "feeds list"))).text
        )
        again = await owner.waits_for_answer(await owner.click(listed, button["custom_id"]))
        assert f"for everybody and the server {discord_server.guild.name}" in again.text
        assert "for everybody" in await said(manager, channel, "list")


def test_a_long_list_of_the_owners_fits_a_card_page_by_page(tmp_path):
    with Subscriptions(tmp_path / NEWS_FILE) as subscriptions:
        for number in range(30):
            subscriptions.add(
                f"https://post.example/{number}", 0.0, title="*" * 400, circle=f"guild:{number % 3}"
            )
        listed = [FeedStatus(feed, {}, (f"guild:{feed.id % 3}",)) for feed in subscriptions.all()]
    shown = set()
    for page in range(1, 6):
        view = FeedsPanel(listed, lambda circle: circle * 20, ENGLISH, page).view()
        assert view.content_length() <= 4_000
        assert len(list(view.walk_children())) <= 40
        shown |= {one.custom_id.split(":")[-1] for one in view.walk_children() if isinstance(one, ui.Button)}
    assert {str(one.feed.id) for one in listed} <= shown


async def test_the_owner_is_told_once_of_a_feed_that_stays_broken(discord_server, tmp_path, paper, owner):
    with Subscriptions(tmp_path / NEWS_FILE) as subscriptions:
        subscriptions.add("https://post.example/feed", time.time(), title="The Post")
        gone = BadFeed("post.example has no such page (410).")
        subscriptions.record_failure(subscriptions.all()[0], gone, 0.0, permanent=True)
        async with bot(discord_server, tmp_path, paper):
            await discord_server.until(lambda: owner.direct.messages, "word of it")
            await discord_server.until(lambda: not subscriptions.unreported_pauses(), "an end of it")
    (message,) = owner.direct.messages.values()
    assert "still broken" in str(message.components)
    assert "no such page" in str(message.components)


async def test_an_owner_who_takes_no_messages_is_not_written_to_again(discord_server, tmp_path, paper, owner):
    owner.user.closed_to_messages = True
    with Subscriptions(tmp_path / NEWS_FILE) as subscriptions:
        subscriptions.add("https://post.example/feed", time.time())
        subscriptions.record_failure(subscriptions.all()[0], BadFeed("gone"), 0.0, permanent=True)
        async with bot(discord_server, tmp_path, paper):
            await discord_server.until(lambda: not subscriptions.unreported_pauses(), "an end of it")


async def test_what_is_wrong_is_told_in_the_persons_language(tmp_path, paper):
    """Of a feed in the list, and of one that is looked at; the terminal speaks English."""
    german, address = Texts("de"), f"{paper.origin}/status/500"
    desk = FeedManager(tmp_path, paper.settings())
    try:
        found = await desk.check([address, f"{paper.origin}/news/bridge", "nothing"])
        with Subscriptions(tmp_path / NEWS_FILE) as subscriptions:
            subscriptions.add(address, 0.0)
            subscriptions.record_failure(subscriptions.all()[0], found[0].error, 0.0)
        listed = feed_list_card(desk.statuses(), german)
    finally:
        desk.close()
    looked = feed_check_card(found, german)
    for card, words in ((listed, "hat gerade eine Störung"), (looked, "hat gerade eine Störung"), (looked, "keinen Feed nennt"),
                        (looked, "keine Webadresse")):  # fmt: skip
        assert any(words in block.text for block in card.blocks), words
    assert "is failing just now (500)" in "".join(check_lines(address, found[0]))


def test_a_long_list_fits_a_card_and_says_what_is_left_out(tmp_path):
    with Subscriptions(tmp_path / NEWS_FILE) as subscriptions:
        for number in range(200):
            subscriptions.add(f"https://post.example/{number}", 0.0, title="*" * 400)
        card = feed_list_card([FeedStatus(feed, {}) for feed in subscriptions.all()], ENGLISH)
    assert card.size <= 4_000
    assert "more" in card.blocks[-1].text
    assert card.view().content_length() <= 4_000
