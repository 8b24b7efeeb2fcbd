"""The priority of queries: while one is answered, the ingestion of articles waits."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_WAIT_SECONDS = 0.1  # judged: articles still come in, slowly, however many queries there are


class QueryPriority:
    """Lets the ingestion of articles wait while queries are answered. Any thread may use it."""

    def __init__(self) -> None:
        self._running_queries = 0
        self._lock = threading.Lock()
        self._idle = threading.Event()  # set while no query is answered
        self._idle.set()

    @contextmanager
    def query(self) -> Iterator[None]:
        """Count a query for as long as the block runs."""
        with self._lock:
            self._running_queries += 1
            self._idle.clear()
        try:
            yield
        finally:
            with self._lock:
                self._running_queries -= 1
                if not self._running_queries:
                    self._idle.set()

    def yield_to_queries(self) -> None:
        """Block until no query is being answered, at most MAX_WAIT_SECONDS."""
        self._idle.wait(MAX_WAIT_SECONDS)
