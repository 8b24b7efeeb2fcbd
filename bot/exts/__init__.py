"""The extensions: one module for each thing a person can do, and helpers whose names begin with "_".

Each extension has a coroutine `setup(bot)` that adds its cog.
"""

from pkgutil import iter_modules


def extension_names() -> list[str]:
    """Return the dotted names of all extensions, sorted."""
    return sorted(
        f"{__name__}.{module.name}" for module in iter_modules(__path__) if not module.name.startswith("_")
    )
