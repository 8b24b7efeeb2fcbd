"""Leases: which host is asked and which page is in whose hands, where several fetchers share one database.

A fetcher takes the lease of a host before it asks that host for anything, where a page led it to another host too, so that
all of them together send each host one request at a time; and that of a feed or a page until what it brought is stored. It waits for no
host while it keeps another one from the rest. A lease that is not renewed runs out, and what a killed fetcher had in its
hands is due for the others (Gray and Cheriton, Leases: An Efficient Fault-Tolerant Mechanism for Distributed
File Cache Consistency, SOSP 1989). Time is the database's, so that the fetchers' clocks need not agree.
"""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from index.errors import VerbatimError
from index.feeds.subscriptions import Subscription
from index.feeds.url_frontier import QueuedPage
from index.storage.engine import SKIP_LOCKED
from index.storage.store import Store

LEASE_SECONDS = 45.0  # judged: several renewals, and for how long what a killed fetcher had stays put
RENEW_SECONDS = 10.0  # between two renewals; judged
TURN_SECONDS = (
    300.0  # for which a request waits until its host is free; judged: then its page is tried again later
)
HOST, PAGE = "host", "page"  # kinds of leases; a feed is a page here
MAX_REST = 2 * 3600.0  # twice what a host is left alone for at most
# What ends further in the future than any lease was written while the database's clock was ahead.
_HAS_RUN_OUT = "fetch_leases.until <= ? OR fetch_leases.until > ? OR (fetch_leases.holder <> '' AND fetch_leases.until > ?)"
NOBODY = ""  # who holds the lease of a host that rests


class LostLeases(VerbatimError):  # noqa: N818 - names what happened
    """Leases ran out before they were renewed: another fetcher may have taken what they are of."""


class HeldElsewhere(NamedTuple):
    """What is not to be asked for now: hosts that others ask or that rest, and addresses that others have."""

    hosts: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()


class _AlreadyTaken(Exception):  # noqa: N818 - undoes a transaction
    """Another fetcher was quicker."""


class SoleFetcher:
    """What stands for leases where a fetcher is alone: nobody keeps anything from it."""

    min_sleep = 0.02  # seconds between two looks at what is due and cannot be started; judged

    def sync(
        self, hosts: Collection[str], pages: Collection[str], rest: Callable[[str], float]
    ) -> HeldElsewhere:
        """Return that nothing is held elsewhere."""
        return HeldElsewhere()

    def take_feed(self, feed: Subscription) -> bool:
        """Return True: the feed may be polled."""
        return True

    def take_page(self, page: QueuedPage) -> bool:
        """Return True: the page may be fetched."""
        return True

    async def take_turn(self, host: str) -> None:
        """Return at once: nobody else asks a host."""

    def end_turn(self, host: str) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class FetchLeases(SoleFetcher):
    """The leases of one fetcher among several. Every method blocks but `take_turn`; for one thread."""

    min_sleep = 0.25  # bounds what each fetcher asks of the database

    def __init__(self, store: Store, holder: str | None = None) -> None:
        """Hold leases as `holder`, of `fetcher_name`; one who begins again calls `close` first."""
        self._store = store
        self._holder = holder or fetcher_name()
        self._hosts: set[str] = set()
        self._asked: set[str] = set()  # of these, those that a request is being sent to
        self._done: set[str] = set()  # and those whose request has ended
        self._pages: set[str] = set()
        self._renewed_at = time.monotonic()

    def sync(
        self, hosts: Collection[str], pages: Collection[str], rest: Callable[[str], float]
    ) -> HeldElsewhere:
        """Give back all but `hosts` and `pages`, renew these in time, and return what is held elsewhere.

        Of `hosts` those are given back whose request has ended; others are kept while a request is sent to them. `rest`
        returns how many seconds a host is to be left alone by everybody when it is given back. Raise LostLeases, and
        BusyIndex when the database cannot be reached.
        """
        kept = self._asked.union(set(hosts) - self._done)
        self._give_back({host: rest(host) for host in self._hosts - kept}, self._pages.difference(pages))
        if time.monotonic() - self._renewed_at >= RENEW_SECONDS:
            self._renew()
        rows = self._store.query(
            f"SELECT kind, name FROM fetch_leases WHERE NOT ({_HAS_RUN_OUT}) AND holder <> ?",
            *(*_run_out(self._store.now()), self._holder),
        )
        return HeldElsewhere(
            frozenset(name for kind, name in rows if kind == HOST),
            frozenset(name for kind, name in rows if kind == PAGE),
        )

    def take_feed(self, feed: Subscription) -> bool:
        """Take a feed and its host; return False if others have it or ask there, or have polled it meanwhile."""
        host = _host(feed.url)
        with self._attempt() as taken:
            self._lock_due("SELECT 1 FROM feeds WHERE id = ? AND due = ?", feed.id, feed.due)
            self._take(PAGE, feed.url)
            self._take(HOST, host)
            taken += [(PAGE, feed.url), (HOST, host)]
        return self._keep(taken)

    def take_page(self, page: QueuedPage) -> bool:
        """Take a page and its host; return False if others have it or ask there, or have dealt with it meanwhile."""
        host = _host(page.url)
        with self._attempt() as taken:
            self._lock_due("SELECT 1 FROM pages WHERE url = ? AND due = ?", page.url, page.due)
            self._take(PAGE, page.url)
            self._take(HOST, host)
            taken += [(PAGE, page.url), (HOST, host)]
        return self._keep(taken)

    async def take_turn(self, host: str) -> None:
        """Take a host for a request, once no other fetcher has it. Raise TimeoutError after TURN_SECONDS."""
        async with asyncio.timeout(TURN_SECONDS):
            while host not in self._hosts and not self._take_host(host):  # noqa: ASYNC110 - another process has it
                await asyncio.sleep(self.min_sleep)
        self._asked.add(host)
        self._done.discard(host)

    def end_turn(self, host: str) -> None:
        """Let the next `sync` give a host back, though the task that it was taken for goes on."""
        self._asked.discard(host)
        self._done.add(host)

    def close(self) -> None:
        """Give back everything."""
        with self._store.side_transaction():
            self._store.execute("DELETE FROM fetch_leases WHERE holder = ?", self._holder)
        self._hosts, self._pages, self._done = set(), set(), set()

    def _take_host(self, host: str) -> bool:
        """Take a host; return False if others have it, and while the database cannot be reached."""
        with suppress(VerbatimError):
            with self._attempt() as taken:
                self._take(HOST, host)
                taken.append((HOST, host))
            return self._keep(taken)
        return False

    @contextmanager
    def _attempt(self) -> Iterator[list[tuple[str, str]]]:
        """Let what is done inside happen wholly or not at all; yield the list of what is taken, empty if not at all."""
        taken: list[tuple[str, str]] = []
        try:
            with self._store.side_transaction():
                yield taken
        except _AlreadyTaken:
            taken.clear()

    def _lock_due(self, statement: str, *values: object) -> None:
        """Lock a row that is due still, so that nobody records a fetch of it before the leases are written."""
        if not self._store.query(statement + SKIP_LOCKED, *values):
            raise _AlreadyTaken

    def _take(self, kind: str, name: str) -> None:
        now = self._store.now()
        written = self._store.execute(
            "INSERT INTO fetch_leases VALUES (?, ?, ?, ?) ON CONFLICT (kind, name)"
            " DO UPDATE SET holder = excluded.holder, until = excluded.until"
            f" WHERE {_HAS_RUN_OUT} OR fetch_leases.holder = excluded.holder",
            *(kind, name, self._holder, now + LEASE_SECONDS, *_run_out(now)),
        )
        if not written:
            raise _AlreadyTaken

    def _keep(self, taken: list[tuple[str, str]]) -> bool:
        """Remember what was taken; return True if anything was."""
        for kind, name in taken:
            (self._hosts if kind == HOST else self._pages).add(name)
            self._done.discard(name)
        return bool(taken)

    def _give_back(self, rests: dict[str, float], pages: Collection[str]) -> None:
        """Let hosts rest for so many seconds each, and others have pages."""
        if not rests and not pages:
            return
        now = self._store.now()
        with self._store.side_transaction():
            for host, seconds in sorted(rests.items()):
                self._store.execute(
                    "UPDATE fetch_leases SET holder = ?, until = ? WHERE kind = ? AND name = ? AND holder = ?",
                    *(NOBODY, now + seconds, HOST, host, self._holder),
                )
            self._store.execute(
                "DELETE FROM fetch_leases WHERE kind = ? AND holder = ? AND name IN (SELECT value FROM json_each(?))",
                *(PAGE, self._holder, list(pages)),
            )
        self._hosts.difference_update(rests)
        self._done.difference_update(rests)
        self._pages.difference_update(pages)

    def _renew(self) -> None:
        """Prolong all leases, and delete those that nobody prolonged. Raise LostLeases when one of ours was taken."""
        now = self._store.now()
        with self._store.side_transaction():
            renewed = self._store.execute(
                "UPDATE fetch_leases SET until = ? WHERE holder = ?", now + LEASE_SECONDS, self._holder
            )
        if renewed < len(self._hosts) + len(self._pages):
            raise LostLeases("The database was out of reach for so long that other fetchers took over.")
        self._renewed_at = time.monotonic()
        with self._store.side_transaction():
            run_out = f"SELECT kind, name FROM fetch_leases WHERE {_HAS_RUN_OUT}{SKIP_LOCKED}"
            self._store.execute(f"DELETE FROM fetch_leases WHERE (kind, name) IN ({run_out})", *_run_out(now))


def fetcher_name() -> str:
    """Return a name that no other fetcher has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def _run_out(now: float) -> tuple[float, float, float]:
    """Return the values of `_HAS_RUN_OUT`."""
    return now, now + MAX_REST, now + 2 * LEASE_SECONDS


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
