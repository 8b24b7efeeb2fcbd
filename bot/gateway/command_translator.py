"""Translates the names and descriptions of commands into the bot's languages."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Command, Parameter, TranslationContextTypes, locale_str

from bot.texts import texts_for


class CommandTranslator(app_commands.Translator):
    """Looks up the text of each part of a command, its name included."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return a part of a command in a language; None where the English is used."""
        texts, key = texts_for(str(locale)), text_key(context)
        return texts(key) if key and texts.language != "en" else None


def text_key(context: TranslationContextTypes) -> str | None:
    """Return the key of the text for a part of a command: `name-ask`, `command-ask-since`, `option-since`."""
    where, part = context.location, context.data
    if isinstance(part, Parameter):
        if where is app_commands.TranslationContextLocation.parameter_name:
            return f"option-{part.name}"
        return f"{_command(part.command)}-{part.name}"
    if isinstance(part, app_commands.Choice):
        return f"choice-{part.value}"
    if isinstance(part, app_commands.ContextMenu):
        return f"menu-{part.name.lower().replace(' ', '-')}"
    named = {
        app_commands.TranslationContextLocation.command_name,
        app_commands.TranslationContextLocation.group_name,
    }
    described = {
        app_commands.TranslationContextLocation.command_description,
        app_commands.TranslationContextLocation.group_description,
    }
    if where in named:
        return f"name-{part.name}"
    return _command(part) if where in described else None


def _command(command: "Command[Any, ..., Any] | app_commands.Group") -> str:
    return f"command-{command.qualified_name.replace(' ', '-')}"
