"""Every limit lets through what just fits and names what breaks it."""

import copy

import discord
import pytest

from tests.discord_server import limits, running
from tests.discord_server.bare import BareClient

V2 = 1 << 15
URL = "https://news.example/"


def text(content="x"):
    return {"type": 10, "content": content}


def link(url=URL, **more):
    return {"type": 2, "style": 5, "label": "Read", "url": url, **more}


def button(custom_id="a", **more):
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **more}


def row(*children):
    return {"type": 1, "components": list(children)}


def section(*children, accessory=None):
    return {"type": 9, "components": list(children), "accessory": accessory or link()}


def box(*children):
    return {"type": 17, "components": list(children)}


def menu(count=1, **more):
    options = [{"label": f"o{n}", "value": f"v{n}"} for n in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options, **more}


def card(*components):
    return {"flags": V2, "components": list(components)}


def plain(*components):
    return {"content": "x", "components": list(components)}


def embed(**parts):
    return {"embeds": [parts]}


def fields(count, value="v"):
    return embed(fields=[{"name": "n", "value": value} for _ in range(count)])


def buttons(count):
    return row(*(button(f"b{n}") for n in range(count)))


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        embed(title="x" * 256, description="y" * 4096),
        fields(25),
        embed(description="x" * 4096, footer={"text": "y" * 1904}),
        plain(*(row(button(f"r{n}")) for n in range(5))),
        plain(buttons(5)),
        plain(row(menu(25, placeholder="p" * 150))),
        plain(row(menu(3, min_values=0, max_values=3))),
        card(*(text() for _ in range(40))),
        card(text("x" * 1500), box(text("y" * 2500))),
        card(box(section(text(), text(), text()), {"type": 14}, buttons(5))),
        card(section(text(), accessory={"type": 11, "media": {"url": URL}})),
        card(section(text(), accessory=link(URL + "a" * (512 - len(URL))))),
        card(row(button("c" * 100, label="l" * 80))),
        card(row(link("http://news.example/#:~:text=a%2Db"))),
        {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"content": "x", "flags": 1 << 2 | 1 << 12},
    ],
)
def test_what_just_fits(body):
    assert limits.message_faults(body) == []


BAD = {
    "content: 2001": {"content": "x" * 2001},
    "embeds: 11": {"embeds": [{"title": "t"}] * 11},
    "embed title: 257": embed(title="x" * 257),
    "embed description: 4097": embed(description="x" * 4097),
    "embed footer: 2049": embed(footer={"text": "x" * 2049}),
    "embed author: 257": embed(author={"name": "x" * 257}),
    "embed field name: 257": embed(fields=[{"name": "x" * 257, "value": "v"}]),
    "embed field value: 1025": fields(1, "x" * 1025),
    "embed field value: empty": fields(1, ""),
    "embed: 26 fields": fields(26),
    "embeds: 6001 characters": embed(description="x" * 4096, footer={"text": "y" * 1905}),
    "embed url": embed(title="t", url="ftp://news.example"),
    "content: cannot be used": card(text()) | {"content": "x"},
    "embeds: cannot be used": card(text()) | embed(title="t"),
    "poll: cannot be used": card(text()) | {"poll": {"question": {"text": "q"}}},
    "sticker_ids: cannot be used": card(text()) | {"sticker_ids": ["1"]},
    "components: 41 with": card(*(box(*(text() for _ in range(19))) for _ in range(2)), text()),
    "components: 4001 characters": card(text("x" * 2000), box(text("y" * 2001))),
    "cannot stand at the top": card(button()),
    "6 action rows": plain(*(row(button(f"r{n}")) for n in range(6))),
    "needs the Components V2 flag": plain(text()),
    "'a' is used 2 times": card(row(button("a")), row(button("a"))),
    "id: 7 is used 2 times": card(text() | {"id": 7}, text() | {"id": 7}),
    "action row: empty": plain(row()),
    "6 buttons": plain(buttons(6)),
    "must stand alone": plain(row(menu(), button())),
    "action row: cannot hold": card(row(text())),
    "section: 0 components": card(section()),
    "section: 4 components": card(section(*[text()] * 4)),
    "only text displays": card(section(link())),
    "as its accessory": card(section(text(), accessory=text())),
    "text display: 0": card(text("")),
    "container: empty": card(box()),
    "container: cannot hold": card(box(box(text()))),
    "media gallery": card({"type": 12, "items": []}),
    "button label: 81": card(row(button(label="x" * 81))),
    "button style": card(row(button(style=7))),
    "button custom_id: 0": card(row({"type": 2, "style": 1, "label": "Go"})),
    "button custom_id: 101": card(row(button("x" * 101))),
    "only a link button": card(row(button(url=URL))),
    "a label or an emoji": card(row(button(label=""))),
    "cannot have a custom_id": card(row(link(custom_id="a"))),
    "link button url: 513": card(row(link(URL + "a" * (513 - len(URL))))),
    "link button url: 0": card(row(link(""))),
    "not a well-formed": card(row(link("javascript:alert(1)"))),
    "'https://news.example/a b' is not": card(row(link("https://news.example/a b"))),
    "is not a URL": card(row(link("https://[news.example/"))),
    "select: 26 options": plain(row(menu(26))),
    "select: 0 options": plain(row(menu(0))),
    "have the same value": plain(row(menu() | {"options": [{"label": "a", "value": "v"}] * 2})),
    "select option label: 101": plain(row(menu() | {"options": [{"label": "a" * 101, "value": "v"}]})),
    "select option description": plain(
        row(menu() | {"options": [{"label": "a", "value": "v", "description": "d" * 101}]})
    ),
    "select placeholder: 151": plain(row(menu(placeholder="p" * 151))),
    "max_values 3 do not fit": plain(row(menu(2, max_values=3))),
    "parse holds 'users'": {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    "a bot cannot set": {"content": "x", "flags": 1},
}


@pytest.mark.parametrize(("fault", "body"), BAD.items(), ids=BAD)
def test_what_breaks_a_message(fault, body):
    assert any(fault in one for one in limits.message_faults(body)), limits.message_faults(body)


def label(component, **more):
    return {"type": 18, "label": "Why", "component": component, **more}


def written(**more):
    return {"type": 4, "custom_id": "w", "style": 1, **more}


def radio(count=2, kind=21):
    options = [{"label": f"o{n}", "value": f"v{n}"} for n in range(count)]
    return {"type": kind, "custom_id": "r", "options": options}


def modal(*components, **more):
    return {"custom_id": "m", "title": "Why?", "components": list(components), **more}


GOOD_MODAL = modal(
    label(written(min_length=1, max_length=4000, placeholder="p" * 100)),
    label(radio(10), description="d" * 100),
    {"type": 10, "content": "Thanks."},
    title="t" * 45,
)

BAD_MODAL = {
    "modal title: 46": modal(label(written()), title="t" * 46),
    "modal title: 0": modal(label(written()), title=""),
    "modal custom_id: 101": modal(label(written()), custom_id="m" * 101),
    "modal: 0 components": modal(),
    "modal: 6 components": modal(*(label(written(custom_id=f"w{n}")) for n in range(6))),
    "'w' is used 2 times": modal(label(written()), label(written())),
    "label: 46": modal(label(written(), label="l" * 46)),
    "label description: 101": modal(label(written(), description="d" * 101)),
    "label: holds no component": modal(label(None)),
    "text input custom_id: 101": modal(label(written(custom_id="w" * 101))),
    "text input placeholder: 101": modal(label(written(placeholder="p" * 101))),
    "text input value: 4001": modal(label(written(value="v" * 4001))),
    "text input label: 46": modal(row(written(label="l" * 46))),
    "max_length 4001": modal(label(written(max_length=4001))),
    "group: 1 options": modal(label(radio(1))),
    "group: 11 options": modal(label(radio(11))),
    "group: 0 options": modal(label(radio(0, kind=22))),
    "select: 26 options": modal(label(menu(26))),
    "cannot hold a button": modal(row(button())),
}


def test_a_modal_that_just_fits():
    assert limits.modal_faults(GOOD_MODAL) == []


@pytest.mark.parametrize(("fault", "body"), BAD_MODAL.items(), ids=BAD_MODAL)
def test_what_breaks_a_modal(fault, body):
    assert any(fault in one for one in limits.modal_faults(body)), limits.modal_faults(body)


def test_the_choices_offered_while_typing():
    choice = {"name": "n" * 100, "value": "v" * 100}
    assert limits.choice_faults([choice] * 25) == []
    assert limits.choice_faults([choice] * 26) == ["choices: 26, at most 25"]
    assert len(limits.choice_faults([{"name": "n" * 101, "value": "v" * 101}, {"name": "", "value": 1}])) == 3


async def test_a_bad_body_is_refused_remembered_and_without_effect(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        with pytest.raises(discord.HTTPException) as caught:
            await client.get_partial_messageable(discord_server.channel.id).send("x" * 2001)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert "2001 characters" in str(caught.value)
    assert not discord_server.channel.messages
    assert len(discord_server.violations) == 1
    discord_server.violations.clear()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"flags": 0}, "cannot be removed"), ({"content": "x"}, "Components V2"), ({"components": []}, "empty")],
)
async def test_a_card_stays_a_card(discord_server, change, reason):
    client = BareClient()
    async with running(client, discord_server):
        place = discord_server.channel.id
        sent = await client.http.request(_route("POST", place), json=copy.deepcopy(card(text("one"))))
        await client.http.request(_route("PATCH", place, sent["id"]), json=card(text("two")))
        with pytest.raises(discord.HTTPException, match=reason):
            await client.http.request(_route("PATCH", place, sent["id"]), json=change)
        message = discord_server.world.messages[int(sent["id"])]
        assert [one["content"] for one in message.components] == ["two"]
        assert len(discord_server.violations) == 1
        discord_server.violations.clear()


async def test_a_message_becomes_a_card_only_without_its_content(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        place = discord_server.channel.id
        sent = await client.http.request(_route("POST", place), json={"content": "one"})
        with pytest.raises(discord.HTTPException, match="Components V2"):
            await client.http.request(_route("PATCH", place, sent["id"]), json=card(text()))
        discord_server.violations.clear()
        edited = await client.http.request(
            _route("PATCH", place, sent["id"]), json=card(text()) | {"content": None}
        )
        assert (edited["content"], edited["flags"]) == ("", V2)


def _route(method, channel_id, message_id=None):
    path = "/channels/{channel_id}/messages"
    if message_id is None:
        return discord.http.Route(method, path, channel_id=channel_id)
    return discord.http.Route(method, path + "/{message_id}", channel_id=channel_id, message_id=message_id)
