"""Routes for answering interactions: the first response, and the webhook that stands behind the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads, posting
from tests.discord_server.call import Call
from tests.discord_server.interactions import (
    ANSWER,
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    MODAL,
    SHOW_MODAL,
    UPDATE,
    Interaction,
)
from tests.discord_server.limits import choice_faults, modal_faults
from tests.discord_server.refusals import Refusal, invalid_form, unknown
from tests.discord_server.state import EPHEMERAL, LOADING, MENU_ANSWER, PLAIN, SLASH_ANSWER, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Answer = tuple[int, Any]
ALLOWED = {
    COMMAND: {ANSWER, DEFER, SHOW_MODAL},
    COMPONENT: {ANSWER, DEFER, DEFER_UPDATE, UPDATE, SHOW_MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {ANSWER, DEFER, DEFER_UPDATE, UPDATE},
}


async def respond(server: DiscordServer, call: Call) -> Answer:
    """The first response to an interaction."""
    interaction = server.interactions.get(call.named["interaction_token"])
    if interaction is None or interaction.id != call.id("interaction_id"):
        raise unknown("interaction", 10062)
    body = call.body or {}
    kind, data = body.get("type"), body.get("data") or {}
    _require_fit(interaction, kind, data, files=bool(call.files))
    interaction.acknowledge(server.clock.now(), kind)
    try:
        await _act(server, interaction, kind, data, call.files)
    except Refusal:
        interaction.acknowledged = None
        raise
    return (200, _callback(interaction, kind)) if call.flag("with_response") else (204, None)


def _require_fit(interaction: Interaction, kind: int, data: dict[str, Any], *, files: bool) -> None:
    """Refuse before the acknowledgement counts, as Discord does."""
    faults: list[str] = []
    if kind not in ALLOWED[interaction.kind] or (
        kind in (UPDATE, DEFER_UPDATE) and interaction.source is None
    ):
        faults = [f"type: {kind} cannot answer an interaction of type {interaction.kind}"]
    elif kind == DEFER and (data.get("flags") or 0) & ~EPHEMERAL:
        faults = ["flags: only EPHEMERAL can be set when deferring"]
    elif kind == CHOICES:
        faults = choice_faults(data.get("choices") or [])
    elif kind == SHOW_MODAL:
        faults = modal_faults(data)
    elif kind == ANSWER:
        posting.require_fit(data, files=files)
    if faults:
        raise invalid_form(faults)


async def _act(
    server: DiscordServer,
    interaction: Interaction,
    kind: int,
    data: dict[str, Any],
    files: list[dict[str, Any]],
) -> None:
    if kind == ANSWER:
        interaction.answer = await _say(server, interaction, data, files, _first_kind(interaction))
    elif kind == DEFER:
        interaction.answer = _promise(server, interaction, data.get("flags") or 0)
        await server.gateway.tell_message("MESSAGE_CREATE", interaction.answer)
    elif kind == UPDATE:
        interaction.answer = await posting.edit(server, interaction.source, data, files)
    elif kind == DEFER_UPDATE:
        interaction.answer = interaction.source
    elif kind == CHOICES:
        interaction.choices = data.get("choices") or []
    elif kind == SHOW_MODAL:
        interaction.modal = data


def _first_kind(interaction: Interaction) -> int:
    if interaction.kind == COMMAND:
        return SLASH_ANSWER if interaction.data.get("type", 1) == 1 else MENU_ANSWER
    return PLAIN


async def _say(
    server: DiscordServer,
    interaction: Interaction,
    body: dict[str, Any],
    files: list[dict[str, Any]],
    kind: int,
) -> Message:
    flags = _visibility(interaction, body.get("flags") or 0)
    return await posting.post(
        server,
        interaction.channel,
        body | {"flags": flags},
        files,
        kind=kind,
        interaction=interaction,
        only_for=interaction.person if flags & EPHEMERAL else None,
    )


def _visibility(interaction: Interaction, flags: int) -> int:
    return flags | EPHEMERAL if interaction.must_whisper else flags


def _promise(server: DiscordServer, interaction: Interaction, flags: int) -> Message:
    """The "is thinking" message that a deferral shows."""
    flags = _visibility(interaction, flags)
    return server.world.add_message(
        interaction.channel,
        server.bot,
        flags=flags | LOADING,
        kind=_first_kind(interaction),
        interaction=interaction,
        only_for=interaction.person if flags & EPHEMERAL else None,
    )


def _callback(interaction: Interaction, kind: int) -> dict[str, Any]:
    about: dict[str, Any] = {"id": str(interaction.id), "type": interaction.kind}
    resource: dict[str, Any] = {"type": kind}
    message = interaction.answer
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.loading
        about["response_message_ephemeral"] = payloads.is_ephemeral(message)
        if kind in (ANSWER, UPDATE):
            resource["message"] = payloads.message(message)
    return {"interaction": about, "resource": resource}


def _of_token(server: DiscordServer, call: Call) -> Interaction:
    interaction = server.interactions.get(call.named["webhook_token"])
    if interaction is None or call.id("webhook_id") != server.bot.id:
        raise unknown("Webhook", 10015)
    interaction.require_token(server.clock.now())
    return interaction


def _message(server: DiscordServer, call: Call) -> Message:
    """A message of this interaction: `@original`, a follow-up, or the message whose button was pressed."""
    interaction, name = _of_token(server, call), call.named["message_id"]
    own = [one for one in (interaction.answer, interaction.source, *interaction.followups) if one is not None]
    if name == "@original":
        own = own[:1] if interaction.answer is not None else []
    message = next((one for one in own if name in ("@original", str(one.id)) and not one.deleted), None)
    if message is None:
        raise unknown("Message", 10008)
    return message


async def follow_up(server: DiscordServer, call: Call) -> Answer:
    """A further message; straight after a deferral it fills the promised one, whose visibility stays."""
    interaction, body = _of_token(server, call), call.body or {}
    promised = interaction.answer
    if promised is not None and promised.loading and not promised.deleted:
        posting.require_fit(body, files=bool(call.files))
        return 200, payloads.message(await posting.edit(server, promised, body, call.files))
    interaction.require_followup()
    message = await _say(server, interaction, body, call.files, PLAIN)
    interaction.followups.append(message)
    return 200, payloads.message(message)


async def get_message(server: DiscordServer, call: Call) -> Answer:
    return 200, payloads.message(_message(server, call))


async def edit_message(server: DiscordServer, call: Call) -> Answer:
    message = _message(server, call)
    return 200, payloads.message(await posting.edit(server, message, call.body or {}, call.files))


async def delete_message(server: DiscordServer, call: Call) -> Answer:
    await posting.delete(server, _message(server, call))
    return 204, None


_MESSAGE = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
ROUTES = [
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", respond),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}", follow_up),
    ("GET", _MESSAGE, get_message),
    ("PATCH", _MESSAGE, edit_message),
    ("DELETE", _MESSAGE, delete_message),
]
