"""Faults of ours: logged with a number, told to the person by that number."""

import secrets
import traceback

import discord
import structlog

log = structlog.get_logger(__name__)


def report(error: BaseException, where: str) -> str:
    """Log an error and where it arose, and give the number it is logged under.

    What an error says is left out, since it may repeat a person's question.
    """
    number = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault", id=number, where=where, error=_kind(error), frames=frames)
    return number


def _kind(error: BaseException) -> str:
    """Name an error, with Discord's status and code when it is one of Discord's."""
    name = type(error).__name__
    return f"{name} {error.status} {error.code}" if isinstance(error, discord.HTTPException) else name
