"""Registers the commands with Discord, only when they changed: Discord limits how often that may be done."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

SYNC_TIMEOUT = 30.0  # seconds, judged; a rate limit may be much longer, and the bot can answer without
FINGERPRINT_FILE = "commands.sha256"
log = structlog.get_logger(__name__)


async def sync_if_changed(tree: app_commands.CommandTree[Any], folder: Path) -> bool:
    """Register the commands if they differ from those registered last; return True if that was done.

    Their fingerprint is stored in `folder`. A failure is logged, and tried again on the next start: the
    commands registered before go on working.
    """
    file = folder / FINGERPRINT_FILE
    try:
        fingerprint = await _fingerprint(tree)
        if await asyncio.to_thread(_read, file) == fingerprint:
            return False
        async with asyncio.timeout(SYNC_TIMEOUT):
            synced = await tree.sync()
        await asyncio.to_thread(_write, file, fingerprint)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.warning("commands not registered; next start tries again", why=type(error).__name__)
        return False
    log.info("commands registered", commands=[command.name for command in synced])
    return True


async def is_registered(tree: app_commands.CommandTree[Any], folder: Path) -> bool:
    """Return True if the commands are those registered last from `folder`."""
    return await asyncio.to_thread(_read, folder / FINGERPRINT_FILE) == await _fingerprint(tree)


async def _fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return the SHA-256, in hex, of the application's id and of all that would be sent."""
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    text = json.dumps([tree.client.application_id, payload], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> str:
    """Return the stored fingerprint, empty where there is none."""
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


def _write(file: Path, fingerprint: str) -> None:
    """Store the fingerprint atomically."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(fingerprint + "\n", encoding="ascii")
    part.replace(file)
