"""Interactions that no client would send: forged, replayed by others, or carried to another server."""

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage.feedback import FeedbackStore
from bot.storage.guild_settings import DEFAULT_SETTINGS
from bot.texts import ENGLISH
from bot.ui.buttons import Action
from tests.bot.newsroom import online
from tests.discord_server.deeds import BUTTON, RADIO_GROUP, SUBCOMMAND, TEXT_INPUT, TEXT_SELECT
from tests.discord_server.interactions import COMMAND, COMPONENT, MODAL
from tests.discord_server.state import MANAGE_GUILD, ORDINARY

QUESTION = "Did Trump call Putin?"
PREFIXES = [
    "settings:",
    "following:",
    "outlets:",
    "v1:why:",
    "v1:check:",
    *(f"v1:{action}:" for action in Action),
]
SCRAPS = [
    "private",
    "outlets",
    "daily",
    "end",
    "edit",
    "page",
    "1",
    "-1",
    "f1",
    "d1",
    "999999999999999999999",
    "\ud800",
]
rests = st.lists(st.sampled_from([*SCRAPS, ":", "/", "A" * 11, "٣", "\n# @everyone"]), max_size=6).map(
    "".join
)
custom_ids = st.builds(
    lambda start, rest: f"{start}{rest}"[:100], st.sampled_from([*PREFIXES, "", "v9:"]), rests
)


@pytest.fixture
async def managed(discord_server, bot):
    """A server whose manager has opened every panel, an answer, and what she and Ada follow."""
    mia = discord_server.person("Mia", permissions=ORDINARY | MANAGE_GUILD)
    seen = {}
    for name, options in {
        "settings": {}, "following": {}, "ask": {"question": QUESTION}, "follow": {"question": QUESTION, "private": True},
    }.items():  # fmt: skip
        seen[name] = await mia.waits_for_answer(await mia.slash(discord_server.channel, name, **options))
    seen["following"] = await mia.waits_for_answer(await mia.slash(discord_server.channel, "following"))
    return seen


async def forge(person, kind, channel, data, source=None):
    """Send what the person's own client would not."""
    return await person._interact(kind, channel, {"id": 1, **data}, source=source)


def commands_to_manage(commands):
    """List the data of every command that Discord offers by a permission only, with all its subcommands."""
    for command in commands.values():
        if command["default_member_permissions"] is not None:
            inner = [one for one in command["options"] or () if one["type"] == SUBCOMMAND] or [None]
            for one in inner:
                filled = [_filled(option) for option in (one or command).get("options") or ()]
                options = [{"type": SUBCOMMAND, "name": one["name"], "options": filled}] if one else filled
                files = {
                    "1": {
                        "id": "1",
                        "filename": "a.opml",
                        "size": 9,
                        "url": "https://a.example/a",
                        "proxy_url": "https://a.example/a",
                    }
                }
                yield {
                    "id": command["id"], "name": command["name"], "type": command["type"], "options": options,
                    "resolved": {"attachments": files},
                }  # fmt: skip


def _filled(option):
    value = "1" if option["type"] == 11 else "https://post.example/feed"
    return {"type": option["type"], "name": option["name"], "value": value}


async def test_every_managing_command_asks_for_the_permission_itself(discord_server, bot, ada):
    """A server may offer a command to people that Discord itself would not offer it to."""
    found = list(commands_to_manage(discord_server.commands))
    names = {" ".join([one["name"], *(inner["name"] for inner in one["options"])]) for one in found}
    assert {
        "settings",
        "feeds add",
        "feeds remove",
        "feeds import",
        "feeds export",
        "feeds list",
        "feeds check",
    } == names
    for data in found:
        command = discord_server.commands[1, data["name"]]
        asked = await ada._interact(COMMAND, discord_server.channel, data, command=command)
        told = await ada.waits_for_answer(asked)
        assert told.ephemeral
        assert told.text in {ENGLISH("error-not-manager"), ENGLISH("error-feeds-place")}, data
    assert bot.context.feeds.statuses() == []


@pytest.mark.parametrize(
    "setting", ["private", "outlets", "language", "channels", "follows", "daily", "page"]
)
async def test_no_menu_of_a_panel_works_for_somebody_else(discord_server, bot, ada, managed, setting):
    data = {"custom_id": f"settings:{setting}:1", "component_type": TEXT_SELECT, "values": ["yes"]}
    used = await forge(ada, COMPONENT, discord_server.channel, data, managed["settings"].message)
    assert (await ada.waits_for_answer(used)).text == ENGLISH("error-not-manager")
    assert bot.context.guild_settings.get(discord_server.guild.id) == DEFAULT_SETTINGS


async def test_a_panel_carried_to_another_server_changes_that_one_alone(discord_server, bot, managed):
    elsewhere = await discord_server.new_guild("Elsewhere")
    eve = discord_server.person("Eve", guild=elsewhere, permissions=ORDINARY | MANAGE_GUILD)
    data = {"custom_id": "settings:private:1", "component_type": TEXT_SELECT, "values": ["yes"]}
    await forge(eve, COMPONENT, elsewhere.channels[0], data, managed["settings"].message)
    await discord_server.until(
        lambda: bot.context.guild_settings.get(elsewhere.id).private, "the setting of her own server"
    )
    assert bot.context.guild_settings.get(discord_server.guild.id) == DEFAULT_SETTINGS


@pytest.mark.parametrize("action", ["end", "edit"])
@pytest.mark.parametrize("place", ["same", "other server", "direct"])
async def test_what_somebody_else_follows_cannot_be_ended_or_changed(
    discord_server, bot, managed, action, place
):
    elsewhere = await discord_server.new_guild("Elsewhere")
    eve = discord_server.person("Eve", guild=elsewhere, permissions=ORDINARY | MANAGE_GUILD | 1 << 13)
    ada = discord_server.person(
        "Ada", permissions=ORDINARY | 1 << 13
    )  # she may manage messages, not private follows
    who, where = {
        "same": (ada, discord_server.channel), "other server": (eve, elsewhere.channels[0]), "direct": (eve, eve.direct),
    }[place]  # fmt: skip
    mia = next(one.id for one in discord_server.guild.members if one.name == "Mia")
    [follow] = await bot.context.follows.visible_to(mia, None)
    menu = {"custom_id": f"following:{action}:1", "component_type": TEXT_SELECT, "values": [f"f{follow.id}"]}
    form = {
        "custom_id": f"following:{action}:1:f{follow.id}",
        "components": _field("question", "Who won?", TEXT_INPUT),
    }
    for kind, data in ((COMPONENT, menu), (MODAL, form)):
        used = await forge(who, kind, where, data, managed["following"].message)
        assert (await who.waits_for_answer(used)).text == ENGLISH("error-follow-gone")
    assert await bot.context.follows.visible_to(mia, None) == [follow]


def _field(name, value, kind):
    return [{"type": 18, "id": 1, "component": {"type": kind, "id": 2, "custom_id": name, "value": value}}]


@pytest.mark.parametrize(
    "path", ["1/2", "1/2)\n# [all](https://evil.example) @everyone", "", "/", "../../1/2", "١/٢"]
)
async def test_a_forged_form_writes_no_link_of_its_own_into_a_public_card(discord_server, bot, ada, path):
    fields = [*_field("question", QUESTION, TEXT_INPUT), *_field("private", False, 23)]
    sent = await forge(
        ada, MODAL, discord_server.channel, {"custom_id": f"v1:check:{path}", "components": fields}
    )
    told = await ada.waits_for_answer(sent)
    assert (told.ephemeral, told.text) == (True, ENGLISH("error-command-changed"))
    assert discord_server.pings == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("A" * 11, "rubbish"), ("A" * 11, None), ("x", "other"), ("A" * 60, "other"), ("", "other")],
)
async def test_a_forged_vote_is_refused_in_words_and_not_kept(discord_server, bot, ada, answer, reason):
    fields = [*_field("reason", reason, RADIO_GROUP), *_field("words", "hello", TEXT_INPUT)]
    sent = await forge(
        ada, MODAL, discord_server.channel, {"custom_id": f"v1:why:{answer}", "components": fields}
    )
    assert (await ada.waits_for_answer(sent)).text == ENGLISH("error-command-changed")
    assert await FeedbackStore(bot.database).votes() == []


async def test_forged_custom_ids_change_nothing_and_break_nothing(discord_server, tmp_path, ada):
    drawn = []

    @settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))
    @given(custom_ids, st.sampled_from([COMPONENT, MODAL]), st.lists(st.sampled_from(SCRAPS), max_size=2))
    def draw(custom_id, kind, values):
        drawn.append((custom_id, kind, values))

    draw()
    async with online(discord_server, tmp_path) as bot:
        asked = await ada.waits_for_answer(await ada.slash(discord_server.channel, "ask", question=QUESTION))
        before = asked.text  # which a forged press may replace by a panel of her own
        with structlog.testing.capture_logs() as logged:
            for custom_id, kind, values in drawn:
                fields = _field("question", values[0] if values else None, TEXT_INPUT)
                data = {"custom_id": custom_id.encode("utf-8", "replace").decode(), "components": fields}
                if kind == COMPONENT:
                    data |= {
                        "component_type": BUTTON,
                        "values": [value.encode("utf-8", "replace").decode() for value in values],
                    }
                await forge(ada, kind, discord_server.channel, data, asked.message)
            told = await ada.waits_for_answer(
                await ada.slash(discord_server.channel, "ask", question=QUESTION)
            )
        assert told.text == before
        assert [line for line in logged if line["log_level"] == "error"] == []
        assert bot.context.guild_settings.get(discord_server.guild.id) == DEFAULT_SETTINGS
        assert await FeedbackStore(bot.database).votes() == []
    discord_server.violations.clear()  # of cards that a refusal was told beside
