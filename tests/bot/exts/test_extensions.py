"""Cogs are loaded as extensions."""

from importlib import import_module
from pathlib import Path

from bot import exts
from bot.exts import extension_names


def test_every_public_module_is_an_extension_in_a_stable_order():
    files = Path(exts.__file__).parent.glob("[!_]*.py")
    assert extension_names() == sorted(f"bot.exts.{file.stem}" for file in files)
    assert all(callable(import_module(name).setup) for name in extension_names())


async def test_the_bot_loads_every_extension(bot):
    assert sorted(bot.extensions) == extension_names()
    assert len(bot.cogs) == len(extension_names())
