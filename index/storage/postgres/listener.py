"""Listening for commits of other processes: told by NOTIFY, and looked for where the connection is lost."""

import threading
from collections.abc import Callable

import psycopg
import structlog

from index.storage.postgres.dialect import CHANNEL

LOOK_AGAIN = (
    5.0  # seconds; judged: how long a change stays unseen when a connection dies without anybody being told
)
# Seconds between looks while there is no connection to listen on: news answers within a second.
RETRY_DELAY = 0.5
WAKE_INTERVAL = 0.5  # seconds until the thread sees that it is to end, when nothing can wake it
log = structlog.get_logger(__name__)


class ChangeListener:
    """Counts what others commit, in a thread of its own. `own_name` is what our commits are told under."""

    def __init__(
        self,
        connect: Callable[[], "psycopg.Connection"],
        own_name: str,
        lost: Callable[[], object] = lambda: None,
    ) -> None:
        """Begin to listen; `connect` makes a connection in autocommit, `lost` is called when there is none any more."""
        self._connect = connect
        self._lost = lost
        self._own_name = own_name
        self._stopped = threading.Event()
        self._version = 0
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
        self._thread.start()

    @property
    def version(self) -> int:
        """Return a number that grows whenever others may have committed something."""
        return self._version

    def stop(self) -> None:
        """End the thread, which takes up to WAKE_INTERVAL."""
        self._stopped.set()

    def _run(self) -> None:
        lost = False
        while not self._stopped.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    if lost:
                        log.info("the database is there again")
                    lost = False
                    self._listen(connection)
            except psycopg.Error as error:
                if self._stopped.is_set():  # nobody is told any more
                    return
                if not lost:
                    log.warning("the database cannot be listened to", error=type(error).__name__)
                    self._lost()
                lost = True
                self._count()
                self._stopped.wait(RETRY_DELAY)

    def _listen(self, connection: "psycopg.Connection") -> None:
        """Count until stopped; raise when the connection is lost."""
        quiet = 0.0
        self._count()  # what was committed before it listened
        while not self._stopped.is_set():
            told = [one.payload for one in connection.notifies(timeout=WAKE_INTERVAL, stop_after=1)]
            quiet = 0.0 if told else quiet + WAKE_INTERVAL
            if any(name != self._own_name for name in told):
                self._count()
            elif quiet >= LOOK_AGAIN:
                connection.execute("SELECT 1")
                self._count()
                quiet = 0.0

    def _count(self) -> None:
        self._version += 1
