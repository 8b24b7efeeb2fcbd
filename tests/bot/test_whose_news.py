"""Whose news, on the local Discord: a server's feed speaks to that server, and to nobody else by one byte."""

import pytest

from tests.bot.neighbours import QUESTION, found, neighbours, until
from tests.index.feeds.harness import DAM
from tests.web import feeds
from tests.web.feeds import Story
from tests.web.liars import ACTS, FORGED, calls_itself_another, forgery
from tests.web.newspaper import Newspaper, Wanted


@pytest.fixture
def paper():
    with Newspaper() as paper:
        yield paper


@pytest.fixture
def liar():
    with Newspaper("127.0.0.2") as paper:
        yield paper


@pytest.fixture
async def street(discord_server, tmp_path, models, monkeypatch, paper, liar):
    paper.press.publish("dam", DAM)
    async with neighbours(discord_server, tmp_path, models, monkeypatch, paper, liar) as street:
        await until(lambda: found(street.archive, DAM), "article")
        yield street


async def test_what_a_server_adds_is_heard_on_that_server_alone(street, paper, liar):
    """Every surface, while feeds that lie are added next door, one after the other."""
    url = paper.origin + "/news/dam"
    before = [await street.everything(person) for person in (street.ada, street.cleo)]
    assert DAM in str(before[0])
    assert DAM in str(before[1])
    for act in ACTS:
        act(liar, paper, url)
        added = await street.runs(street.ben, "feeds add", address=f"{liar.origin}/feed")
        assert "I now follow" in added.text
        await street.settled(liar)
        after = [await street.everything(person) for person in (street.ada, street.cleo)]
        assert after == before, act.__name__
        shown = await street.runs(street.ben, "ask", question="Who lied about the Ellwater dam?")
        assert (FORGED in shown.text) == (act.__name__ in {"calls_itself_another", "floods"}), act.__name__
        if FORGED in shown.text:
            assert f"The Harbour Post \\({liar.host}\\)" in shown.text
        (feed,) = await street.ben.types(street.oak, "feeds remove", "address", "")
        removed = await street.runs(street.ben, "feeds remove", address=feed["value"])
        assert "no longer answer here" in removed.text
        gone = await street.runs(street.ben, "ask", question="Who lied about the Ellwater dam?")
        assert FORGED not in gone.text, act.__name__
        liar.wanted.clear()


async def test_a_feed_that_changes_its_identity_later_is_quoted_under_its_host_next_door_alone(
    street, paper, liar
):
    liar.wanted["/first"] = forgery("The Village Gazette")
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/first")], title="The Village Gazette"))
    await street.runs(street.ben, "feeds add", address=f"{liar.origin}/feed")
    await street.settled(liar)
    before = [await street.everything(person) for person in (street.ada, street.cleo)]
    liar.wanted["/second"] = forgery()
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/second")], title="The Harbour Post"))
    await until(lambda: street.archive.article(f"{liar.origin}/second"), "second article")
    await street.settled(liar)
    assert [await street.everything(person) for person in (street.ada, street.cleo)] == before
    outlets = await street.runs(street.ben, "outlets")
    assert "Village Gazette" in outlets.text
    assert f"The Harbour Post \\({liar.host}\\)" in outlets.text


async def test_what_a_person_adds_in_private_is_theirs(street, liar):
    calls_itself_another(liar, None, "")
    assert "I now follow" in (await street.runs(street.cleo, "feeds add", address=f"{liar.origin}/feed")).text
    await street.settled(liar)
    asked = {"question": "Who lied about the Ellwater dam?"}
    assert FORGED in (await street.runs(street.cleo, "ask", **asked)).text
    assert FORGED in (await street.cleo.waits_for_reply(await street.cleo.dm(asked["question"]))).text
    for person in (street.ada, street.ben):
        assert FORGED not in (await street.runs(person, "ask", **asked)).text
        assert FORGED not in (await street.runs(person, "ask", person.direct, **asked)).text
    assert "I follow 1 feed" in (await street.runs(street.cleo, "feeds list")).text
    erased = await street.runs(street.cleo, "privacy", erase=True)
    assert "Erased" in erased.text
    assert FORGED not in (await street.runs(street.cleo, "ask", **asked)).text
    assert "I follow no feeds here yet" in (await street.runs(street.cleo, "feeds list")).text


async def test_whoever_presses_from_elsewhere_sees_their_own_news_or_a_reason(street, liar):
    calls_itself_another(liar, None, "")
    await street.runs(street.cleo, "feeds add", address=f"{liar.origin}/feed")
    await street.settled(liar)
    dora = street.discord.stranger("Dora", installed_app=True)
    friends = street.discord.group(street.cleo, dora)
    lies = await street.runs(street.cleo, "ask", friends, question="Who lied about the Ellwater dam?")
    assert FORGED in lies.text
    pressed = await dora.waits_for_answer(await dora.click(lies, "Context"))
    assert pressed.ephemeral
    assert FORGED not in pressed.text
    mixed = await street.runs(street.cleo, "ask", friends, question=QUESTION)
    everything = await street.cleo.waits_for_answer(await street.cleo.click(mixed, "Newest first"))
    assert FORGED in everything.text
    assert DAM in everything.text
    pressed = await dora.waits_for_answer(await dora.click(mixed, "Newest first"))
    assert DAM in pressed.text
    assert FORGED not in pressed.text
    assert "not among your news" in pressed.text


async def test_the_owner_lifts_a_servers_feed_into_the_house(street, liar):
    owner = type(street.ada)(street.discord, street.discord.owner)
    calls_itself_another(liar, None, "")
    await street.runs(street.ben, "feeds add", address=f"{liar.origin}/feed")
    await street.settled(liar)
    asked = {"question": "Who lied about the Ellwater dam?"}
    assert FORGED not in (await street.runs(street.ada, "ask", **asked)).text
    listed = await street.runs(owner, "feeds list", owner.direct)
    assert "for the server Oak" in listed.text
    assert "for everybody" in listed.text
    button = next(one for one in listed.custom_ids if one.startswith("feeds:lift"))
    lifted = await owner.waits_for_answer(await owner.click(listed, button))
    assert "for everybody and the server Oak" in lifted.text
    assert FORGED in (await street.runs(street.ada, "ask", **asked)).text
    assert FORGED in (await street.runs(street.cleo, "ask", **asked)).text


async def test_a_server_that_removes_the_bot_takes_its_feeds_along(street, liar):
    calls_itself_another(liar, None, "")
    await street.runs(street.ben, "feeds add", address=f"{liar.origin}/feed")
    await street.settled(liar)
    key = f"guild:{street.oak.guild.id}"
    assert any(FORGED in one.article.text for one in street.archive.arrivals(0, circle=key))
    await street.discord.expel_bot(street.oak.guild)
    await until(lambda: not street.archive.article(f"{liar.origin}/a", key), "end of its articles")
    assert not [one for one in street.bot.context.feeds.statuses() if not one.in_house]
    assert street.archive.prune().articles == 1
