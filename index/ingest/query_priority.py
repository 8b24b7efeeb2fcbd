"""Who goes first: a question before the articles that come in meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_WAIT = 0.1  # seconds: so articles come in, slowly, however many questions there are


class QueryPriority:
    """Lets whoever works on articles step aside while questions are answered. Any thread may use it."""

    def __init__(self) -> None:
        self._asking = 0
        self._lock = threading.Lock()
        self._quiet = threading.Event()
        self._quiet.set()

    @contextmanager
    def query(self) -> Iterator[None]:
        """Count a question for as long as the block runs."""
        with self._lock:
            self._asking += 1
            self._quiet.clear()
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                if not self._asking:
                    self._quiet.set()

    def yield_to_queries(self) -> None:
        """Wait until no question is being answered, but not longer than PATIENCE."""
        self._quiet.wait(MAX_WAIT)
