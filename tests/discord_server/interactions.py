"""The life of an interaction: created, acknowledged within three seconds, answered for a quarter of an hour."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server import payloads
from tests.discord_server.refusals import Refusal, unknown
from tests.discord_server.state import EVERYTHING, USE_EXTERNAL_APPS, Channel, Message, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
PONG, ANSWER, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL = 1, 4, 5, 6, 7, 8, 9

PATIENCE = 3.0
WAIT = (
    90.0  # seconds until a person gives up; only a test that fails waits so long, on however busy a machine
)
TOKEN_LIFE = 15 * 60.0
FOLLOWUPS_WITHOUT_INSTALL = 5


@dataclass(eq=False)
class Interaction:
    """What a person did, and what the bot made of it. Times are seconds of the server's clock."""

    id: int
    kind: int
    person: User
    channel: Channel
    data: dict[str, Any]
    created: float
    app_in_guild: bool
    app_id: int
    source: Message | None = None
    parent: Interaction | None = None
    patience: float = PATIENCE
    # In the real form: "interaction:" in base64, then random characters.
    token: str = field(default_factory=lambda: f"aW50ZXJhY3Rpb246{secrets.token_urlsafe(48)}")
    acknowledged: float | None = None
    callback: int | None = None
    answer: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    edits_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.edits_before = len(self.source.history) if self.source else 0

    @property
    def owners(self) -> dict[str, str]:
        """`authorizing_integration_owners`: the guild (or 0 in a direct message), and the user who installed the app."""
        owners: dict[str, str] = {}
        if self.app_in_guild:
            owners["0"] = str(self.channel.guild.id) if self.channel.guild else "0"
        if self.person.installed_app:
            owners["1"] = str(self.person.id)
        return owners

    @property
    def must_whisper(self) -> bool:
        """Whether the guild lets the user-installed app answer its user only."""
        place = self.channel.guild
        may_speak = (
            self.app_in_guild or place is None or self.person.permissions_in(place) & USE_EXTERNAL_APPS
        )
        return not may_speak

    @property
    def wait(self) -> float | None:
        """Seconds from the deed to the acknowledgement."""
        return None if self.acknowledged is None else self.acknowledged - self.created

    def acknowledge(self, now: float, callback: int) -> None:
        """Take the one first response, or refuse it as Discord does."""
        if self.acknowledged is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if now - self.created > self.patience:
            raise unknown("interaction", 10062)
        self.acknowledged, self.callback = now, callback

    def require_token(self, now: float) -> None:
        """Refuse follow-ups before the acknowledgement and after the token's end."""
        if self.acknowledged is None:
            raise unknown("Webhook", 10015)
        if now - self.created > TOKEN_LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")

    def require_followup(self) -> None:
        if not self.app_in_guild and len(self.followups) >= FOLLOWUPS_WITHOUT_INSTALL:
            raise Refusal(
                400, 40094, "This interaction has reached the maximum number of follow-up messages."
            )

    def payload(self) -> dict[str, Any]:
        """What INTERACTION_CREATE carries."""
        place = self.channel.guild
        answer: dict[str, Any] = {
            "id": str(self.id),
            "application_id": str(self.app_id),
            "type": self.kind,
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel_id": str(self.channel.id),
            "channel": payloads.channel(self.channel)
            | {"permissions": str(self.person.permissions_in(place))},
            "context": self.channel.context,
            "locale": self.person.locale,
            "app_permissions": str(self.channel.bot_permissions if place else EVERYTHING),
            "authorizing_integration_owners": self.owners,
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
        }
        if place is None:
            answer["user"] = payloads.user(self.person)
        else:
            answer["guild_id"] = str(place.id)
            answer["guild"] = {"id": str(place.id), "locale": place.locale, "features": []}
            answer["guild_locale"] = place.locale
            answer["member"] = payloads.member(self.person, place)
        if self.source is not None and self.kind != COMMAND:
            answer["message"] = payloads.message(self.source)
        return answer
