"""A connection on which no statement waits for an answer that will not come.

The server's own time-outs end nothing where the server itself has stopped: its machine is cut off, or its processes are
frozen while the kernel goes on acknowledging. Nor do they end a commit that waits for a standby.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

from index.storage.engine import Row

# Seconds. Judged: a batch of articles (a statement), a person's patience (until it is asked what becomes of one).
STATEMENT_TIMEOUT, ASK_AFTER = 30, 2.0
GRACE = 5  # seconds that the server's own time-out has to be told in; judged


class NoAnswer(psycopg.OperationalError):
    """The client gave a statement up; nobody can tell whether the server did what it says."""


class BoundedConnection(psycopg.Connection[Row]):
    """A connection whose statements end by the client's clock too: after `limit` seconds, or once they are hopeless."""

    limit: float = STATEMENT_TIMEOUT + GRACE
    # of this connection, every ASK_AFTER seconds: may what it waits for still come?
    has_hope: Callable[["BoundedConnection"], bool] = staticmethod(lambda _: True)

    def wait(self, gen: PQGen[RV], *args: Any, **options: Any) -> RV:  # noqa: ANN401 - psycopg's own
        """Wait for a statement, as psycopg does. Raise NoAnswer, with the connection closed."""
        return super().wait(self._bounded(gen), *args, **options)

    def _bounded(self, gen: PQGen[RV]) -> PQGen[RV]:
        """Pass on what a statement waits for, which psycopg looks at ten times a second, until its time is up."""
        begun = asked = time.monotonic()
        is_hopeless = False
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    is_hopeless = False
                else:
                    now = time.monotonic()
                    if is_hopeless or now - begun > self.limit:
                        self._give_up(now - begun)
                    if now - asked > ASK_AFTER:
                        is_hopeless = not self.has_hope(self)  # what came meanwhile is taken all the same
                        asked = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as ended:
            result: RV = ended.value
            return result

    def _give_up(self, seconds: float) -> None:
        self.pgconn.finish()
        raise NoAnswer(f"no answer within {seconds:.0f} seconds")
