"""A person talks with a bare discord.py client in every way there is."""

import io

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from tests.discord_server import CannotDo, running
from tests.discord_server.bare import BareClient

ARTICLE = "https://news.example/storm"


class Card(ui.LayoutView):
    """A quote with its link, and a button."""

    def __init__(self, quote: str):
        super().__init__(timeout=None)
        link = ui.Button(style=discord.ButtonStyle.link, label="Read in context", url=ARTICLE)
        self.add_item(
            ui.Container(ui.TextDisplay("## A storm"), ui.Section(ui.TextDisplay(quote), accessory=link))
        )
        self.add_item(ui.ActionRow(More(), ui.Button(emoji="👍", custom_id="good")))


class More(ui.DynamicItem[ui.Button], template=r"more:(?P<page>\d+)"):
    """Answers with the page's number, privately."""

    def __init__(self, page: int = 1):
        super().__init__(ui.Button(label="More", custom_id=f"more:{page}"))

    @classmethod
    async def from_custom_id(cls, interaction, item, match):
        return cls(int(match["page"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("page two", ephemeral=True)


class Menu(ui.View):
    """Two outlets, of which both may be chosen."""

    @ui.select(
        custom_id="outlets",
        max_values=2,
        options=[discord.SelectOption(label="Wire"), discord.SelectOption(label="Post")],
    )
    async def chosen(self, interaction: discord.Interaction, select: ui.Select) -> None:
        await interaction.response.edit_message(content=" and ".join(select.values), view=None)


class Reason(ui.Modal, title="Why?"):
    """Asks for a reason and a remark."""

    choice = ui.Label(
        text="Reason",
        component=ui.RadioGroup(
            custom_id="choice",
            options=[
                discord.RadioGroupOption(label="Old", value="old"),
                discord.RadioGroupOption(label="Off", value="off"),
            ],
        ),
    )
    remark = ui.Label(text="Remark", component=ui.TextInput(custom_id="remark", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        text = f"{self.choice.component.value}/{self.remark.component.value}"
        await interaction.response.send_message(text, ephemeral=True)


@app_commands.default_permissions(manage_guild=True)
class Feeds(app_commands.Group):
    """Feeds, for those who manage the server."""

    @app_commands.command()
    async def add(self, interaction: discord.Interaction, url: app_commands.Range[str, 5, 30]) -> None:
        """Add one."""
        await interaction.response.send_message(f"added {url}")


def make_client() -> BareClient:
    client = BareClient()
    client.add_dynamic_items(More)
    tree = client.tree

    @tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:
        """Answer at once."""
        await interaction.response.send_message(f"{question} {interaction.locale}", ephemeral=private)

    @tree.command()
    @app_commands.allowed_contexts(guilds=True)
    async def think(interaction: discord.Interaction, hidden: bool = False) -> None:
        """Answer after a while, with a card."""
        await interaction.response.defer(thinking=True, ephemeral=hidden)
        await interaction.edit_original_response(view=Card("> It rained."))

    @ask.autocomplete("question")
    async def offer(interaction: discord.Interaction, text: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{text} today?", value=text)]

    @tree.command()
    async def pick(interaction: discord.Interaction) -> None:
        """Offer a menu."""
        await interaction.response.send_message("Which?", view=Menu())

    @tree.context_menu(name="Check the news")
    async def check(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"Checked: {message.content}")

    @tree.command()
    async def why(interaction: discord.Interaction) -> None:
        """Open a form."""
        await interaction.response.send_modal(Reason())

    tree.add_command(Feeds())
    return client


@pytest.fixture
async def talk(discord_server):
    """A connected client and a person; ends with the client having raised nothing."""
    client = make_client()
    async with running(client, discord_server):
        yield client, discord_server, discord_server.person("Ann", locale="de")
    assert client.failures == []


async def test_an_immediate_answer_is_public(talk):
    _, server, ann = talk
    ben = server.person("Ben")
    asked = await ann.slash(server.channel, "ask", question="who?")
    seen = await ann.waits_for_answer(asked)
    assert (seen.text, seen.ephemeral, asked.callback) == ("who? de", False, 4)
    assert asked.wait is not None
    assert [one.text for one in ben.sees(server.channel)] == ["who? de"]


async def test_a_private_answer_is_seen_by_its_asker_only(talk):
    client, server, ann = talk
    ben = server.person("Ben")
    seen = await ann.waits_for_answer(await ann.slash(server.channel, "ask", question="who?", private=True))
    assert seen.ephemeral
    assert ben.sees(server.channel) == []
    with pytest.raises(discord.NotFound):
        await client.http.get_message(server.channel.id, seen.id)
    await ann.dm("and now")
    await server.until(lambda: client.heard, "a message")
    assert [message.content for message in client.heard] == ["and now"]


async def test_a_deferred_card_with_links_and_a_button(talk):
    client, server, ann = talk
    asked = await ann.slash(server.channel, "think")
    seen = await ann.waits_for_answer(asked)
    assert asked.callback == 5
    assert seen.is_v2
    assert seen.texts == ["## A storm", "> It rained."]
    assert seen.links == [ARTICLE]
    assert seen.labels == ["More", "👍"]
    assert seen.control("👍")["custom_id"] == "good"
    assert [was["flags"] for was in seen.history] == [1 << 7]
    pressed = await ann.click(seen, "More")
    assert (await ann.waits_for_answer(pressed)).text == "page two"
    with pytest.raises(CannotDo):
        await ann.click(seen, "Read in context")
    fetched = await client.get_channel(server.channel.id).fetch_message(seen.id)
    assert fetched.flags.components_v2


async def test_a_deferral_fixes_who_sees_the_answer(talk):
    _, server, ann = talk
    seen = await ann.waits_for_answer(await ann.slash(server.channel, "think", hidden=True))
    assert seen.ephemeral
    assert server.person("Ben").sees(server.channel) == []


async def test_a_form_is_filled_in(talk):
    _, server, ann = talk
    opened = await ann.slash(server.channel, "why")
    assert (await ann.waits_for_modal(opened))["title"] == "Why?"
    sent = await ann.submits(opened, {"choice": "off", "remark": "so it is"})
    assert (await ann.waits_for_answer(sent)).text == "off/so it is"
    with pytest.raises(CannotDo, match="required"):
        await ann.submits(opened, {"remark": "only"})


async def test_values_are_chosen_in_a_menu(talk):
    _, server, ann = talk
    seen = await ann.waits_for_answer(await ann.slash(server.channel, "pick"))
    for wrong in (["Radio"], ["Wire", "Post", "Wire"], []):
        with pytest.raises(CannotDo):
            await ann.chooses(seen, "outlets", *wrong)
    chosen = await ann.chooses(seen, "outlets", "Wire", "Post")
    assert (await ann.waits_for_answer(chosen)).content == "Wire and Post"
    assert seen.custom_ids == []


async def test_choices_while_typing(talk):
    _, server, ann = talk
    assert await ann.types(server.channel, "ask", "question", "rain") == [
        {"name": "rain today?", "value": "rain"}
    ]


async def test_a_message_command_gets_the_content(talk):
    _, server, ann = talk
    claim = await ann.says(server.channel, "It rained in Rome.")
    seen = await ann.waits_for_answer(await ann.uses(claim, "Check the news"))
    assert seen.text == "Checked: It rained in Rome."


async def test_a_subcommand_needs_its_permission(talk):
    _, server, ann = talk
    with pytest.raises(CannotDo, match="permissions"):
        await ann.slash(server.channel, "feeds add", url="https://a.example")
    boss = server.person("Bo", permissions=discord.Permissions.all().value)
    seen = await boss.waits_for_answer(await boss.slash(server.channel, "feeds add", url="https://a.example"))
    assert seen.text == "added https://a.example"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("nothing", {}),
        ("ask", {}),
        ("ask", {"question": 1}),
        ("ask", {"question": "x", "other": "y"}),
        ("ask", {"question": "x" * 6001}),
        ("feeds", {}),
        ("feeds remove", {}),
        ("feeds add", {"url": "abc"}),
    ],
)
async def test_what_a_client_does_not_offer(talk, name, options):
    _, server, _ = talk
    boss = server.person("Bo", permissions=discord.Permissions.all().value)
    with pytest.raises(CannotDo):
        await boss.slash(server.channel, name, **options)


async def test_a_reply_in_private_and_its_edit(talk):
    client, server, ann = talk
    note = await ann.dm("hello")
    await server.until(lambda: client.heard, "the note")
    assert client.heard[0].content == "hello"
    answer = await client.heard[0].reply("one", mention_author=False)
    await answer.edit(content="two")
    seen = await ann.waits_for_reply(note)
    assert (seen.text, seen.history[0]["content"], seen.message.reference) == ("two", "one", note)
    await answer.delete()
    assert seen.deleted
    assert len(ann.sees(ann.direct)) == 1


async def test_typing_is_seen(talk):
    client, server, ann = talk
    await ann.dm("hello")
    await server.until(lambda: client.heard, "the note")
    async with client.heard[0].channel.typing():
        pass
    assert len(ann.direct.typing) == 1


async def test_an_installed_app_works_where_the_bot_is_not(talk):
    _, server, ann = talk
    ivy = server.stranger("Ivy", installed_app=True)
    friends = server.group(ivy, ann)
    seen = await ivy.waits_for_answer(await ivy.slash(friends, "ask", question="who?"))
    assert seen.text == "who? en-US"
    with pytest.raises(CannotDo, match="not installed"):
        await ann.slash(friends, "ask", question="who?")
    with pytest.raises(CannotDo, match="context"):
        await ivy.slash(friends, "think")


async def test_a_guild_can_make_installed_apps_whisper(talk):
    _, server, _ = talk
    elsewhere = await server.new_guild("Elsewhere", bot_inside=False)
    ivy = server.person("Ivy", guild=elsewhere, installed_app=True, permissions=1 << 10 | 1 << 31)
    seen = await ivy.waits_for_answer(await ivy.slash(elsewhere.channels[0], "ask", question="who?"))
    assert seen.ephemeral


async def test_messages_are_found_again(talk):
    client, server, ann = talk
    for text in ("one", "two", "three"):
        await ann.says(server.channel, text)
    channel = await client.fetch_channel(server.channel.id)
    assert [message.content async for message in channel.history(limit=2)] == ["three", "two"]


async def test_a_person_can_be_closed_to_messages(talk):
    client, server, _ = talk
    shy = server.person("Shy", closed_to_messages=True)
    user = await client.fetch_user(shy.id)
    with pytest.raises(discord.Forbidden) as caught:
        await user.send("hello")
    assert caught.value.code == 50007


async def test_a_channel_where_the_bot_may_not_speak(discord_server):
    mute = discord_server.place("mute", permissions=1 << 10)
    unseen = discord_server.place("unseen", permissions=0)
    client = BareClient()
    async with running(client, discord_server):
        for place, code in ((mute, 50013), (unseen, 50001)):
            with pytest.raises(discord.Forbidden) as caught:
                await client.get_partial_messageable(place.id).send("hello")
            assert caught.value.code == code


async def test_a_file_comes_along(talk):
    client, server, ann = talk
    channel = client.get_partial_messageable(server.channel.id)
    sent = await channel.send("see", file=discord.File(io.BytesIO(b"words"), "quotes.txt"))
    assert [(one.filename, one.size) for one in sent.attachments] == [("quotes.txt", 5)]
    assert [one.text for one in ann.sees(server.channel)] == ["see"]


async def test_the_same_nonce_is_the_same_message(talk):
    client, server, ann = talk
    body = {"content": "once", "nonce": "7", "enforce_nonce": True}
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=server.channel.id)
    first = await client.http.request(route, json=body)
    again = await client.http.request(route, json=body)
    assert first["id"] == again["id"]
    assert len(ann.sees(server.channel)) == 1


async def test_an_answer_to_a_deleted_message_is_refused(talk):
    client, server, ann = talk
    note = await ann.dm("hello")
    await server.until(lambda: client.heard, "the note")
    await ann.deletes(note)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await client.heard[0].reply("too late")
