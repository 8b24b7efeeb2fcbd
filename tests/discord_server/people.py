"""A person at their Discord client: what they can do, and what they then see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import deeds, mentions, posting
from tests.discord_server.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFER_UPDATE,
    MODAL,
    WAIT,
    Interaction,
)
from tests.discord_server.seen import Seen
from tests.discord_server.state import REPLY, Channel, Message, User

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

CHAT_INPUT, MESSAGE_MENU = 1, 3


class Person:
    """Acts as a user does. What their client would not let them do raises `deeds.CannotDo`."""

    def __init__(self, server: DiscordServer, user: User):
        self.server = server
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def direct(self) -> Channel:
        """Their direct-message channel with the bot."""
        return self.server.world.direct_channel(self.user, self.server.bot)

    # --- writing

    async def says(self, channel: Channel, text: str, **traits: Any) -> Message:
        """Write a message; `<@id>` in the text mentions that user. Traits are those of state.Message.

        `forwards=message` makes it a forwarded message, whose words are in its snapshot only.
        """
        users = self.server.world.users
        named = [users[one] for one in mentions.users_in(text) if one in users]
        named += [one for one in traits.pop("mentions", []) if one not in named]
        message = self.server.world.add_message(channel, self.user, content=text, mentions=named, **traits)
        await self.server.gateway.tell_message("MESSAGE_CREATE", message)
        return message

    async def dm(self, text: str) -> Message:
        """Write to the bot in private."""
        return await self.says(self.direct, text)

    async def mention(self, channel: Channel, text: str) -> Message:
        """Write a message that begins with the bot's mention."""
        return await self.says(channel, f"<@{self.server.bot.id}> {text}")

    async def reply(self, message: Message | Seen, text: str, *, ping: bool = True) -> Message:
        """Reply to a message, with or without notifying its author."""
        source = _message(message)
        pinged = [source.author] if ping else []
        return await self.says(source.channel, text, mentions=pinged, kind=REPLY, reference=source)

    async def edits(self, message: Message, text: str) -> None:
        """Change an own message."""
        message.history.append(message.body())
        message.content, message.edited_at = text, self.server.world.now()
        await self.server.gateway.tell_message("MESSAGE_UPDATE", message)

    async def deletes(self, *messages: Message) -> None:
        """Delete own messages; several of one channel together, as moderators do."""
        await posting.delete(self.server, *messages)

    # --- interacting

    async def slash(self, channel: Channel, name: str, **options: Any) -> Interaction:
        """Send a slash command; a subcommand's name follows after a space."""
        command = deeds.command(self, channel, CHAT_INPUT, name)
        data = deeds.command_data(command, name, options)
        return await self._interact(COMMAND, channel, data, command=command)

    async def types(
        self, channel: Channel, name: str, option: str, text: str, **others: Any
    ) -> list[dict[str, Any]]:
        """Type into an option with autocomplete, and give the choices offered."""
        command = deeds.command(self, channel, CHAT_INPUT, name)
        data = deeds.command_data(command, name, {**others, option: text}, focused=option)
        interaction = await self._interact(AUTOCOMPLETE, channel, data, command=command)
        await self.server.until(lambda: interaction.choices is not None, f"choices for {option}")
        return interaction.choices or []

    async def uses(self, message: Message | Seen, name: str) -> Interaction:
        """Use a message command (Apps, after a right click) on a message."""
        target = _message(message)
        command = deeds.command(self, target.channel, MESSAGE_MENU, name)
        data = deeds.menu_data(command, target)
        return await self._interact(COMMAND, target.channel, data, command=command, source=target)

    async def click(self, message: Message | Seen, name: str) -> Interaction:
        """Press the button with this custom_id, label or emoji."""
        button = deeds.control(self, _message(message), name, deeds.BUTTON)
        data = {"custom_id": button["custom_id"], "component_type": button["type"], "id": button["id"]}
        return await self._interact(COMPONENT, _message(message).channel, data, source=_message(message))

    async def chooses(self, message: Message | Seen, name: str, *values: str) -> Interaction:
        """Choose values in the text select with this custom_id."""
        menu = deeds.control(self, _message(message), name, deeds.TEXT_SELECT)
        data = deeds.choice_data(menu, list(values))
        return await self._interact(COMPONENT, _message(message).channel, data, source=_message(message))

    async def chooses_channels(self, message: Message | Seen, name: str, *channels: Channel) -> Interaction:
        """Choose channels in the channel select with this custom_id."""
        menu = deeds.control(self, _message(message), name, deeds.CHANNEL_SELECT)
        data = deeds.channels_data(self, menu, list(channels))
        return await self._interact(COMPONENT, _message(message).channel, data, source=_message(message))

    async def submits(self, shown: Interaction, values: dict[str, Any] | None = None) -> Interaction:
        """Fill in and send the modal that answered an interaction; `values` by custom_id."""
        data = deeds.modal_data(shown.modal, values or {})
        source = shown.source if shown.kind == COMPONENT else None
        return await self._interact(MODAL, shown.channel, data, source=source, parent=shown)

    async def _interact(
        self,
        kind: int,
        channel: Channel,
        data: dict[str, Any],
        *,
        command: dict[str, Any] | None = None,
        source: Message | None = None,
        parent: Interaction | None = None,
    ) -> Interaction:
        server = self.server
        interaction = Interaction(
            server.world.snowflake(),
            kind,
            self.user,
            channel,
            data,
            server.clock.now(),
            app_in_guild=deeds.app_is_in(self, channel, command),
            app_id=server.bot.id,
            source=source,
            parent=parent,
            patience=server.patience,
        )
        server.interactions[interaction.token] = interaction
        await server.gateway.tell("INTERACTION_CREATE", interaction.payload(), channel.guild)
        return interaction

    # --- seeing

    def can_see(self, message: Message) -> bool:
        """Whether the message is on their screen; a message for one person is on that one's only."""
        return self.is_in(message.channel) and not message.deleted and message.only_for in (None, self.user)

    def is_in(self, channel: Channel) -> bool:
        return self.user in (channel.guild.members if channel.guild else channel.people)

    def sees(self, channel: Channel) -> list[Seen]:
        """All they see in a channel, oldest first."""
        return [Seen(one, self.user) for one in channel.messages.values() if self.can_see(one)]

    async def waits_for_answer(self, interaction: Interaction, within: float = WAIT) -> Seen:
        """Wait until the interaction is answered (not only "thinking") and give what this person sees."""

        def answered() -> Message | None:
            message = interaction.answer
            if message is not None and not message.loading and self._settled(interaction, message):
                return message
            return interaction.followups[0] if interaction.followups else None

        message = await self.server.until(answered, f"an answer to {interaction.data}", within)
        if not self.can_see(message):
            raise deeds.CannotDo(f"{self.user.name} cannot see the answer")
        return Seen(message, self.user)

    def _settled(self, interaction: Interaction, message: Message) -> bool:
        """A deferred update is settled by the edit that follows."""
        if interaction.callback != DEFER_UPDATE:
            return True
        return len(message.history) > interaction.edits_before

    async def waits_for_modal(self, interaction: Interaction, within: float = WAIT) -> dict[str, Any]:
        """Wait for the modal an interaction opens and give it as sent."""
        return await self.server.until(lambda: interaction.modal, f"a modal for {interaction.data}", within)

    async def waits_for_followup(
        self, interaction: Interaction, number: int = 1, within: float = WAIT
    ) -> Seen:
        """Wait for the n-th follow-up message."""
        found = await self.server.until(
            lambda: interaction.followups[number - 1 : number], f"follow-up {number}", within
        )
        return Seen(found[0], self.user)

    async def waits_for_reply(self, message: Message, within: float = WAIT) -> Seen:
        """Wait for the bot's first message after this one in its channel that the person can see.

        In private a line of plain text that was never edited only announces an answer.
        """

        def later() -> list[Seen]:
            bot = self.server.bot
            return [
                one
                for one in self.sees(message.channel)
                if one.id > message.id and one.message.author is bot and not one.announces
            ]

        return (await self.server.until(later, f"a reply to {message.content!r}", within))[0]


def _message(message: Message | Seen) -> Message:
    return message.message if isinstance(message, Seen) else message
