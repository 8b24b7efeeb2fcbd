"""`verbatim run` of a made-up next version, on a local Discord: `run_next_version.py <base url> <folder> [options]`.

Its tables have one column more, of news and of the bot. While it migrates them it holds its locks: it puts a file `migrating-news`
or `migrating-tables` in the folder, and goes on when `go-news` or `go-tables` is there.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.discord_server.aim import aimed_at

LATER = tuple(
    f"ALTER TABLE {table} ADD COLUMN later INTEGER" for table in ("articles", "bodies", "feeds", "pages")
)


def be_the_next_version(folder):
    """Add a version to the tables, and wait in the middle of its migrations."""
    from bot import client
    from index.storage import migrations, sqlite_database
    from index.storage.postgres import connections, schema

    run = schema._run

    def run_and_wait(db, statements):
        statements = tuple(statements)
        run(db, statements)
        part = "news" if statements == LATER else "tables"
        if statements[-1:] == LATER[-1:] or any("leases ADD COLUMN later" in one for one in statements):
            with (folder / f"migrating-{part}").open("a") as said:
                said.write(f"{part}\n")
            while not (folder / f"go-{part}").exists():
                time.sleep(0.02)

    schema._run = run_and_wait
    connections.IDLE_TIMEOUT = 600  # however slow the machine is
    migrations.MIGRATIONS = (*migrations.MIGRATIONS, LATER)
    migrations.LATEST_VERSION += 1
    sqlite_database.LATEST_VERSION += 1
    client.TABLES = tuple(
        replace(one, migrations=(*one.migrations, f"ALTER TABLE {one.name} ADD COLUMN later INTEGER"))
        for one in client.TABLES
    )


def main(base: str, folder: str, *options: str) -> None:
    """Run until a signal comes."""
    with aimed_at(base):
        from bot.cli import app

        be_the_next_version(Path(folder))
        app.main(["run", *options])


if __name__ == "__main__":
    main(*sys.argv[1:])
