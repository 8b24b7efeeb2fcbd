"""Bodies against Discord's own API description."""

import aiohttp
import pytest

from tests.discord_server.rest import ROUTES
from tests.discord_server.schema import schema

CREATE = ("POST", "/channels/{channel_id}/messages")
CALLBACK = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
EDIT = ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
COMMANDS = ("PUT", "/applications/{application_id}/commands")


@pytest.fixture
def description(shared_data):
    found = schema()
    if found is None:
        pytest.skip("the API description ../shared/data/discord/openapi.json is absent")
    return found


def test_every_route_of_the_server_is_one_of_discords(description):
    known = [(method, template) for method, template, _ in ROUTES if description.knows(method, template)]
    assert len(known) == len(ROUTES)


@pytest.mark.parametrize(
    ("route", "body"),
    [
        (CREATE, {"content": "x", "message_reference": {"message_id": 1, "channel_id": 2}, "nonce": "5"}),
        (CREATE, {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}),
        (CALLBACK, {"type": 5, "data": {"flags": 64}}),
        (CALLBACK, {"type": 6}),
        (CALLBACK, {"type": 8, "data": {"choices": [{"name": "n", "value": "v"}]}}),
        (EDIT, {"content": None, "allowed_mentions": {"parse": []}}),
        (COMMANDS, [{"name": "ask", "description": "d", "type": 1, "options": []}]),
        (("POST", "/channels/{channel_id}/typing"), {"anything": 1}),
    ],
)
def test_a_right_body(description, route, body):
    assert description.faults(*route, body) == []


@pytest.mark.parametrize(
    ("route", "body", "where"),
    [
        (CREATE, {"content": 5}, "content"),
        (CREATE, {"message_reference": {"message_id": "x"}}, "message_reference"),
        (CREATE, {"components": [{"type": 9, "components": []}]}, "components/0"),
        (CREATE, {"allowed_mentions": {"parse": ["all"]}}, "allowed_mentions/parse/0"),
        (CALLBACK, {"data": {}}, "body"),
        (CALLBACK, {"type": 4, "data": {"content": "x" * 2001}}, "data/content"),
        (CALLBACK, {"type": 9, "data": {"title": "t" * 46, "custom_id": "c", "components": []}}, "data"),
        (EDIT, {"embeds": [{"title": "x" * 257}]}, "embeds/0/title"),
        (COMMANDS, [{"description": "d"}], "0"),
        (COMMANDS, {"name": "ask"}, "body"),
    ],
)
def test_a_wrong_body(description, route, body, where):
    faults = description.faults(*route, body)
    assert any(fault.startswith(where) for fault in faults), faults


async def test_a_wrong_body_is_refused_on_the_wire(description, discord_server):

    url = f"{discord_server.url}/channels/{discord_server.channel.id}/messages"
    headers = {"Authorization": f"Bot {discord_server.token}"}
    async with aiohttp.ClientSession(headers=headers) as web:
        async with web.post(url, json={"content": ["x"]}) as answer:
            assert (answer.status, answer.content_type) == (400, "application/json")
            assert (await answer.json())["code"] == 50035
        form = aiohttp.FormData()
        form.add_field("payload_json", '{"embeds": "none"}')
        form.add_field("files[0]", b"words", filename="words.txt")
        async with web.post(url, data=form) as answer:
            assert answer.status == 400
    assert [one.split(":")[0] for one in discord_server.violations] == [
        "POST /channels/{channel_id}/messages"
    ] * 2
    discord_server.violations.clear()
