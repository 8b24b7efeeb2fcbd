"""Every kind of component is on the page, and nothing a message holds can break out of it."""

from datetime import UTC, datetime

import pytest
from lxml import html

from tests.discord_server import DiscordServer, Seen
from tests.discord_server.state import EPHEMERAL, REPLY
from tests.pictures.page import page

NOW = datetime(2025, 10, 22, 16, 20, tzinfo=UTC)
MODAL = {
    "title": "What was wrong?",
    "components": [
        {"type": 18, "label": "Reason", "component": {"type": 21, "options": [{"label": "Off topic", "default": True}]}},
        {"type": 18, "label": "More", "description": "If you like", "component": {"type": 4, "style": 2, "required": False}},
    ],
}  # fmt: skip


@pytest.fixture
def server():
    return DiscordServer()


def drawn(server, *components, **traits):
    """Draw one message of the bot and give the page's tree."""
    message = server.world.add_message(server.channel, server.bot, components=list(components), **traits)
    return html.fromstring(page([Seen(message, server.owner)], NOW))


def test_a_container_has_its_colour_its_texts_and_its_buttons_in_order(server):
    button = {"type": 2, "style": 5, "label": "Read", "url": "https://a.example/?a=1&b=%22"}
    tree = drawn(
        server,
        {
            "type": 17,
            "accent_color": 0xF0B232,
            "components": [
                {"type": 10, "content": "## Title\n> words"},
                {"type": 14},
                {"type": 9, "components": [{"type": 10, "content": "beside"}], "accessory": button},
                {
                    "type": 1,
                    "components": [{"type": 2, "style": 2, "emoji": {"name": "👍"}, "custom_id": "a"}],
                },
                {"type": 1, "components": [{"type": 3, "options": [{"label": "Newest", "default": True}]}]},
            ],
        },
    )
    assert tree.xpath("//section/@style") == ["--edge:#f0b232"]
    assert tree.xpath("//section//text()") == ["Title", "words", "beside", "Read", "👍", "Newest"]
    assert tree.xpath("//a[@target]/@href") == [button["url"]]


def test_embeds_and_text_are_drawn_too(server):
    embed = {"title": "T", "description": "**D**", "color": 0, "fields": [{"name": "N", "value": "V"}], "footer": {"text": "F"}}  # fmt: skip
    tree = drawn(server, content="said", embeds=[embed])
    assert [text.strip() for text in tree.xpath("//article//text()")] == [
        "“", "Verbatim", "APP", "4:20 PM", "said", "T", "D", "N", "V", "F",
    ]  # fmt: skip


def test_what_only_one_person_sees_says_so(server):
    assert "Only you can see this" in drawn(server, content="x", flags=EPHEMERAL).text_content()
    assert "Only you can see this" not in drawn(server, content="x").text_content()


def test_a_reply_shows_what_it_answers(server):
    asked = server.world.add_message(server.channel, server.owner, content=f"<@{server.bot.id}> why?")
    tree = drawn(server, content="so", kind=REPLY, reference=asked, mentions=[server.bot])
    assert tree.find_class("reply")[0].text_content() == "Olive Owner @Verbatim why?"


def test_a_modal_shows_its_fields():
    text = html.fromstring(page([MODAL], NOW)).text_content()
    for words in ("What was wrong?", "Reason*", "Off topic", "More", "If you like", "Cancel", "Submit"):
        assert words in text


def test_an_unknown_component_is_an_error(server):
    with pytest.raises(KeyError):
        drawn(server, {"type": 99})


def test_tags_in_a_message_are_text(server):
    evil = '"><script>alert(1)</script>'
    tree = drawn(
        server,
        {"type": 10, "content": evil},
        {"type": 1, "components": [{"type": 2, "style": 1, "label": evil, "custom_id": "a"}]},
        content=evil,
        embeds=[{"description": evil, "footer": {"text": evil}}],
    )
    assert not tree.xpath("//script")
    assert tree.text_content().count(evil) == 5
