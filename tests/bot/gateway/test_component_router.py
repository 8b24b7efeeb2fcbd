"""Which handler an interaction reaches by its custom_id."""

from contextlib import contextmanager
from types import SimpleNamespace

import discord
import pytest

from bot.gateway.component_router import ComponentRouter, page_number
from bot.ui.buttons import Action, ButtonSpec

ANSWER = "A" * 11


def used(custom_id, kind=discord.InteractionType.component, buttons=()):
    message = SimpleNamespace(components=[SimpleNamespace(children=list(buttons))])
    return SimpleNamespace(type=kind, data={"custom_id": custom_id, "values": ["x"]}, message=message)


def sent(custom_id):
    data = {"type": 2, "style": 2, "custom_id": custom_id, "label": "Label"}
    return discord.components.Button(data)


class Recorder:
    """A router with a handler of each kind, and what reached them."""

    def __init__(self):
        self.calls, self.in_flight = [], []
        self.router = ComponentRouter(self.counted)
        self.router.add_component("settings:", self.handler("menu"))
        self.router.add_form("v1:why:", self.handler("form"))
        self.router.add_actions((Action.MORE, Action.SHARE), self.handler("action"))

    @contextmanager
    def counted(self):
        self.in_flight.append("begun")
        yield
        self.in_flight.append("ended")

    def handler(self, name):
        async def handle(interaction, argument):
            self.calls.append((name, argument))

        return handle


@pytest.fixture
def recorder():
    return Recorder()


async def test_a_menu_and_a_form_reach_their_handler_with_the_rest_of_the_custom_id(recorder):
    await recorder.router.dispatch(used("settings:daily:2"))
    await recorder.router.dispatch(used(f"v1:why:{ANSWER}", discord.InteractionType.modal_submit))
    assert recorder.calls == [("menu", "daily:2"), ("form", ANSWER)]
    assert recorder.in_flight == ["begun", "ended"] * 2


async def test_a_button_reaches_the_handler_of_its_action(recorder):
    name = f"v1:more:{ANSWER}:3:0"
    await recorder.router.dispatch(used(name, buttons=[sent("other"), sent(name)]))
    expected = ButtonSpec(Action.MORE, ANSWER, frozenset({0, 1}), 0, "Label")
    assert recorder.calls == [("action", expected)]


@pytest.mark.parametrize(
    "interaction",
    [
        used(""),
        used("of another version"),
        used("v1:why:of a component, not a form"),
        used("settings:of a form", discord.InteractionType.modal_submit),
        used("settings:x", discord.InteractionType.application_command),
        used(f"v1:more:{ANSWER}:3:0"),  # forged: no such button on the message
        used(f"v1:up:{ANSWER}:3:0", buttons=[sent(f"v1:up:{ANSWER}:3:0")]),  # no handler
        used(f"v1:more:{ANSWER}:zz:0", buttons=[sent(f"v1:more:{ANSWER}:zz:0")]),
        used(f"v2:more:{ANSWER}:3:0", buttons=[sent(f"v2:more:{ANSWER}:3:0")]),
    ],
)
async def test_what_is_not_registered_is_ignored(recorder, interaction):
    await recorder.router.dispatch(interaction)
    assert recorder.calls == []
    assert recorder.in_flight == []


async def test_a_message_may_be_missing(recorder):
    interaction = used(f"v1:more:{ANSWER}:3:0")
    interaction.message = None
    await recorder.router.dispatch(interaction)
    assert recorder.calls == []


@pytest.mark.parametrize("prefix", ["settings:", "settings:page", "sett", ""])
def test_prefixes_that_clash_are_refused(recorder, prefix):
    with pytest.raises(ValueError, match="clashes"):
        recorder.router.add_component(prefix, recorder.handler("other"))
    with pytest.raises(ValueError, match="already"):
        recorder.router.add_actions([Action.MORE], recorder.handler("other"))


def test_pages_are_read_and_what_is_none_is_refused():
    assert [page_number(text) for text in ("", "1", "12", "x", "1:2")] == [1, 1, 12, None, None]


async def test_custom_ids_of_earlier_versions_reach_their_handlers(bot):
    """These formats stand under cards in people's channels."""
    router = bot.context.router
    assert sorted(router._components) == ["feeds:", "following:", "outlets:", "settings:"]
    assert sorted(router._forms) == ["following:", "v1:check:", "v1:why:"]
    assert set(router._actions) == set(Action)
