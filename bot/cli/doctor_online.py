"""`verbatim doctor --online`: the token, the install link, the commands and the feeds, as the network shows them."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import discord

from bot.cli.doctor import CheckResult, CheckStatus
from bot.cli.open_archive import open_archive
from bot.client import Verbatim
from bot.config import Settings, token_problem
from bot.context import TABLES, BotContext
from bot.gateway.command_sync import is_registered
from bot.gateway.connection import FATAL_ERRORS, WRONG_TOKEN
from bot.services.conversation import Conversation
from bot.services.query_service import QueryService
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettingsStore
from index import Archive, FeedCheck, FeedManager, FeedStatus

MAX_FEEDS_NAMED = 10  # judged; `verbatim feeds check` names them all
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
)
_PORTAL = "https://discord.com/developers/applications, your application"


class UnregisteredBot(Verbatim):
    """The bot with its commands, which registers none of them with Discord."""

    async def setup_hook(self) -> None:
        """Load the commands."""
        await self.load_commands()


def check_online(settings: Settings) -> Iterator[CheckResult]:
    """Yield the results of the checks that need the network; those of Discord only with a well-formed token."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not token_problem(token):
        with open_archive(settings) as archive, tempfile.TemporaryDirectory() as folder:
            yield from asyncio.run(_check_discord(settings, token, archive, Path(folder)))
    yield from asyncio.run(_check_feeds(settings))


async def _check_discord(settings: Settings, token: str, archive: Archive, folder: Path) -> list[CheckResult]:
    """Log in, without connecting to the gateway; `folder` is empty: nothing that the bot remembers is touched."""
    database = await Database.open(folder, TABLES)
    service, feeds = QueryService(archive), FeedManager(folder, settings.fetching)
    context = BotContext.create(service, Conversation(), database, GuildSettingsStore(database), feeds)
    bot = UnregisteredBot(context, folder)
    try:
        async with bot:
            await bot.login(token)
            return [_check_login(bot), *_check_installation(bot), await _check_commands(bot, settings.data)]
    except discord.LoginFailure:
        return [CheckResult("discord", CheckStatus.FIX, FATAL_ERRORS[WRONG_TOKEN])]
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        message = (
            f"Discord cannot be reached ({type(error).__name__}). Check this machine's network, or try later."
        )
        return [CheckResult("discord", CheckStatus.FIX, message)]
    finally:
        await service.stop(1.0)
        feeds.close()
        await database.close()


def _check_login(bot: Verbatim) -> CheckResult:
    name = bot.user.name if bot.user else ""
    return CheckResult("discord", CheckStatus.OK, f"takes the token of {name}")


def _check_installation(bot: Verbatim) -> Iterator[CheckResult]:
    """Check what the application's install link would install."""
    app = bot.application
    if app is None:
        return
    problems = _installation_problems(app)
    for problem in problems:
        yield CheckResult("install link", CheckStatus.FIX, f"{problem} ({_PORTAL})")
    params = app.guild_integration_config.oauth2_install_params if app.guild_integration_config else None
    lacking = PERMISSIONS & ~params.permissions if params else discord.Permissions.none()
    if lacking:
        names = ", ".join(name.replace("_", " ") for name, is_set in lacking if is_set)
        message = f"asks servers for too little: {names} ({_PORTAL}, Installation, Guild Install)"
        yield CheckResult("install link", CheckStatus.NOTE, message)
    if not app.bot_public:
        message = f"only you can add the bot; switch on Public Bot to let others ({_PORTAL}, Bot)"
        yield CheckResult("install link", CheckStatus.NOTE, message)
    if not problems:
        link = app.custom_install_url or f"https://discord.com/oauth2/authorize?client_id={app.id}"
        yield CheckResult("install link", CheckStatus.OK, link)


def _installation_problems(app: discord.AppInfo) -> list[str]:
    """Return what keeps people from adding the bot, or its commands from arriving."""
    problems = []
    for name, config, needed in (
        ("Guild Install", app.guild_integration_config, {"bot", "applications.commands"}),
        ("User Install", app.user_integration_config, {"applications.commands"}),
    ):
        params = config.oauth2_install_params if config else None
        missing = needed - set(params.scopes if params else ())
        if config is None:
            problems.append(f"switch on {name} under Installation")
        elif missing and not app.custom_install_url:
            problems.append(f"give {name} the scopes {', '.join(sorted(missing))} under Installation")
    if app.bot_require_code_grant:
        problems.append("switch off Requires OAuth2 Code Grant under Bot")
    if app.interactions_endpoint_url:
        problems.append("empty the Interactions Endpoint URL: commands do not reach the bot")
    return problems


async def _check_commands(bot: Verbatim, data: Path) -> CheckResult:
    """Compare the commands that Discord offers with those of this version."""
    registered = {(command.type, command.name) for command in await bot.tree.fetch_commands()}
    chat_input = discord.AppCommandType.chat_input
    own = {(getattr(command, "type", chat_input), command.name) for command in bot.tree.get_commands()}
    missing = sorted(name for _, name in own - registered)
    if missing:
        message = f"not registered yet: {', '.join(missing)}; the next `verbatim run` does it"
        return CheckResult("commands", CheckStatus.NOTE, message)
    if own != registered or not await is_registered(bot.tree, data):
        message = "registered by another version or data folder; the next `verbatim run` registers them anew"
        return CheckResult("commands", CheckStatus.NOTE, message)
    return CheckResult("commands", CheckStatus.OK, f"{len(own)} are registered")


async def _check_feeds(settings: Settings) -> list[CheckResult]:
    """Fetch every feed that is followed, and its newest page."""
    manager = FeedManager(settings.data, settings.fetching, store=settings.postgres)
    try:
        statuses = manager.statuses()
        checks = await manager.check([status.feed.url for status in statuses])
    finally:
        manager.close()
    if not checks:
        return [CheckResult("feeds", CheckStatus.NOTE, "none is followed; add some: verbatim feeds add URL")]
    return list(_feed_results(statuses, checks))


def _feed_results(statuses: list[FeedStatus], checks: list[FeedCheck]) -> Iterator[CheckResult]:
    broken = [
        (status.feed.name, check.error) for status, check in zip(statuses, checks, strict=True) if check.error
    ]
    reached = len(checks) - len(broken)
    for name, error in broken[:MAX_FEEDS_NAMED]:
        yield CheckResult("feeds", CheckStatus.NOTE, f"{name}: {error}")
    status = CheckStatus.OK if reached else CheckStatus.FIX
    advice = "; `verbatim feeds check` says more" if broken else ""
    yield CheckResult("feeds", status, f"{reached} of {len(checks)} can be read{advice}")
