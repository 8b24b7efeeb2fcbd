"""Settings of a server, as its managers chose them; defaults everywhere else."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.storage.database import Connection, Database, TableSchema

TABLE = TableSchema("servers", ("CREATE TABLE servers (id INTEGER PRIMARY KEY, settings TEXT NOT NULL)",))
DEFAULT_FOLLOWS, DEFAULT_DAILY_POSTS = 20, 24  # followed questions of a server, posts a day of one; judged


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of a server.

    `outlets` are those that answers come from, all when empty; `private` that only the asker sees answers unless
    they choose otherwise; `language` one of ours, None for the one Discord has for the server; `channels` where
    following posts may go, all when empty; `follows` how many questions may be followed there, and `daily` how
    many posts a day each of them may make, of one to three quotes each.
    """

    outlets: tuple[str, ...] = ()
    private: bool = False
    language: str | None = None
    channels: tuple[int, ...] = ()
    follows: int = DEFAULT_FOLLOWS
    daily: int = DEFAULT_DAILY_POSTS

    def allows_posts_in(self, *channels: int | None) -> bool:
        """Return True if following posts may go to one of these: a channel, or a thread and the channel it is in."""
        return not self.channels or any(channel in self.channels for channel in channels)


_SETTINGS_ADAPTER = TypeAdapter(GuildSettings)
DEFAULT_SETTINGS = GuildSettings()


_STORED_SERVERS = (
    "SELECT id FROM servers UNION SELECT server FROM follows WHERE channel IS NOT NULL AND server IS NOT NULL"
    " UNION SELECT server FROM dailies WHERE channel IS NOT NULL AND server IS NOT NULL"
)


async def stored_servers(database: Database) -> frozenset[int]:
    """Return the ids of the servers with settings, or where questions are followed or briefs posted for everybody."""
    return frozenset(row[0] for row in await database.fetch_all(_STORED_SERVERS))


# Counts changes of any server's settings, among the marks of `bot.storage.posts`.
_COUNT_CHANGE = "INSERT INTO marks VALUES ('settings', 1) ON CONFLICT (name) DO UPDATE SET mark = marks.mark + 1 RETURNING mark"


class GuildSettingsStore:
    """All servers' settings, held in memory and written through. `refresh` reads what other processes have changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, GuildSettings] = {}
        self._changes = 0  # that are known

    async def load(self) -> None:
        """Read all settings into memory, in the place of what is there; skip those that cannot be parsed."""
        await self._load(await self._count_changes())

    async def refresh(self) -> None:
        """Read all settings again if another process has changed any."""
        changes = await self._count_changes()
        if changes != self._changes:
            await self._load(changes)

    async def _count_changes(self) -> int:
        row = await self._database.fetch_one("SELECT mark FROM marks WHERE name = 'settings'")
        return int(row[0]) if row else 0

    async def _load(self, changes: int) -> None:
        """Read all settings, as they are after so many changes or more."""
        known = {}
        for server, settings in await self._database.fetch_all("SELECT id, settings FROM servers"):
            with suppress(ValueError):
                known[server] = _SETTINGS_ADAPTER.validate_json(settings)
        self._known, self._changes = known, changes

    def get(self, server: int | None) -> GuildSettings:
        """Return the settings of a server; the defaults for None, a private conversation."""
        return DEFAULT_SETTINGS if server is None else self._known.get(server, DEFAULT_SETTINGS)

    def allowed_outlets(self, server: int | None) -> tuple[str, ...]:
        """Return the outlets that may be searched on a server; empty means all."""
        return self.get(server).outlets

    async def put(self, server: int, settings: GuildSettings) -> None:
        """Store the settings of a server."""
        await self.change(server, lambda _: settings)

    async def change(self, server: int, choose: Callable[[GuildSettings], GuildSettings]) -> None:
        """Store what `choose` makes of a server's settings as they are stored, so that no other change is lost.

        It is called in the database's thread, and once more where the database is tried again.
        """

        def work(db: Connection) -> tuple[GuildSettings, int]:
            row = db.execute("SELECT settings FROM servers WHERE id = ?", (server,)).fetchone()
            settings = choose(_parsed(row[0]) if row else DEFAULT_SETTINGS)
            db.execute(
                "INSERT INTO servers VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET settings = excluded.settings",
                (server, _SETTINGS_ADAPTER.dump_json(settings).decode()),
            )
            return settings, _counted(db)

        self._known[server], changes = await self._database.transaction(work)
        self._note(changes)

    async def delete(self, server: int) -> None:
        """Delete the settings of a server that the bot has left."""

        def work(db: Connection) -> int:
            db.execute("DELETE FROM servers WHERE id = ?", (server,))
            return _counted(db)

        changes = await self._database.transaction(work)
        self._known.pop(server, None)
        self._note(changes)

    def _note(self, changes: int) -> None:
        """Note how many changes there were with one of our own."""
        if (
            changes == self._changes + 1
        ):  # else another process has changed something before, which is not known
            self._changes = changes


def _counted(db: Connection) -> int:
    """Count a change inside its transaction; return how many there were."""
    return int(db.execute(_COUNT_CHANGE).fetchone()[0])


def _parsed(settings: str) -> GuildSettings:
    """Return stored settings; the defaults for what cannot be parsed."""
    with suppress(ValueError):
        return _SETTINGS_ADAPTER.validate_json(settings)
    return DEFAULT_SETTINGS
