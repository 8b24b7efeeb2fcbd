"""Whether the server that can be written to is there; while it is not, who is asked instead, and when it is back."""

import threading
from collections.abc import Callable

import psycopg
import structlog

from index.storage.postgres.bounded_connection import BoundedConnection
from index.storage.postgres.server_search import FoundServers

LOOK_EVERY = 1.0  # seconds between looks for the primary while it is away; judged
log = structlog.get_logger(__name__)


class PrimaryWatch:
    """Knows whether the primary is there, and has a connection to a replica while it is not."""

    def __init__(self, find: Callable[[], FoundServers], lost: Callable[[], None]) -> None:
        """Look by `find`; `lost` is called whenever the primary has gone."""
        self._find = find
        self._lost = lost
        self._lock = threading.Lock()
        self._there = threading.Event()
        self._there.set()
        self._stopped = threading.Event()
        self._replica: BoundedConnection | None = None
        self.error = psycopg.OperationalError()  # why it is away

    @property
    def is_away(self) -> bool:
        """Return True while nothing can be written."""
        return not self._there.is_set()

    def look(self) -> bool:
        """Look, after a connection was lost, whether the primary is there all the same; return True if it is."""
        with self._lock:  # others wait for what the first one finds
            if self.is_away:
                return False
            if self._finds_primary():
                return True
            self._lost()
            self._there.clear()
            log.warning("the database cannot be written to", is_read=self._replica is not None)
            threading.Thread(target=self._wait_until_back, name="primary", daemon=True).start()
            return False

    def wait(self, seconds: float) -> bool:
        """Wait for the primary; return False if it is still away after so many seconds."""
        return self._there.wait(seconds)

    def replica(self) -> BoundedConnection | None:
        """Return a connection, which threads share, to a server that can be read; None where there is none."""
        return self._replica

    def give_up(self, replica: BoundedConnection) -> None:
        """Use a replica no longer whose connection was lost; another is found at the next look."""
        replica.close()
        if self._replica is replica:
            self._replica = None

    def stop(self) -> None:
        """Look no more, and close what is open."""
        self._stopped.set()
        if self._replica:
            self._replica.close()

    def _finds_primary(self) -> bool:
        """Return True if there is a primary; else keep a replica, if we have none."""
        found = self._find()
        is_needed = self._replica is None or self._replica.closed
        if found.primary is None and is_needed and not self._stopped.is_set():
            self._replica = found.replica
        else:
            found.close()
        self.error = found.error
        return found.primary is not None

    def _wait_until_back(self) -> None:
        while not self._stopped.wait(LOOK_EVERY):
            if self._finds_primary():
                log.info("the database can be written to again")
                self._there.set()
                if self._replica:
                    self.give_up(self._replica)
                return
