"""Following a store that others change on a server: the copy of it, the course it is in, and looking by itself."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from index.errors import BusyIndex, OtherEncoder, StoreAway, VerbatimError
from index.fault_report import report_fault
from index.storage.news_copy import NewsCopy
from index.storage.records import Watermark
from index.storage.store import Store

FOLLOW_EVERY = (
    1.0  # seconds between looks for what others have committed, where nobody asks meanwhile; judged
)
MAX_COPIED = 10_000  # sentences that are copied while others wait; judged: a second or two
END_SECONDS = 5.0  # that what is being followed has to end; judged
log = structlog.get_logger(__name__)


class StoreFollower:
    """Keeps a copy of a store on a server beside the indexes. Of a store in a file, which is at hand, it keeps none."""

    def __init__(self, folder: Path, store: Store, fingerprint: str) -> None:
        """Open the copy in `folder`, and let the store be read from there while nothing else can be reached.

        It is followed as long as its vectors are of the encoder with this fingerprint.
        """
        self._store = store
        self._fingerprint = fingerprint
        self._copy = NewsCopy(folder) if store.is_remote else None
        if self._copy:
            store.read_instead_by(self._copy.query)
        self._is_failing = False
        self._stopped = threading.Event()
        self._copying: threading.Thread | None = None
        self._following: threading.Thread | None = None

    def watermark(self) -> Watermark:
        """Return how far the store has come, in the course that is followed here."""
        stored = self._store.watermark()
        return self._copy.of_course(stored) if self._copy else stored

    def next_target(self) -> Watermark | None:
        """Bring the copy up to the store, and return how far indexes are to come; None where they stay as they are.

        That is when the store is encoded with another model by now: all is read from the copy from then on. Raise
        OtherEncoder where there is none, StoreAway while only what may be behind can be read.
        """
        try:
            self.sync_copy()
            target = self.watermark()
            self._store.check_encoder(
                self._fingerprint
            )  # after `target`: all that comes before it is of ours
        except OtherEncoder as error:
            if not (self._copy and self._copy.is_complete):
                raise
            if self._store.read_apart(apart=True):
                log.error(  # noqa: TRY400 - the words say it all
                    "no news is taken up any more; answering from what there was", why=str(error)
                )
            return None
        self._store.read_apart(apart=False)
        return target

    def sync_copy(self) -> None:
        """Bring the copy up to the store; in a thread of its own where much is missing. Raise StoreAway, OtherEncoder."""
        if self._copy is None or (self._copying and self._copying.is_alive()):
            return
        if self._copy.missing(self._store.watermark()) <= MAX_COPIED:
            self._try_to_copy()
        else:
            self._copying = threading.Thread(target=self._copy_much, name="copying", daemon=True)
            self._copying.start()

    def start(self, refresh: Callable[[], None]) -> None:
        """Call `refresh` now and then from now on, so that little is missing when the server is gone."""
        if self._copy:
            self._following = threading.Thread(
                target=self._follow, args=(refresh,), name="following", daemon=True
            )
            self._following.start()

    def stop(self) -> None:
        """End the threads, and close the copy."""
        self._stopped.set()
        for thread in (self._following, self._copying):
            if thread:
                thread.join(END_SECONDS)
        if self._copy:
            self._copy.close()

    def _follow(self, refresh: Callable[[], None]) -> None:
        while not self._stopped.wait(FOLLOW_EVERY):
            try:
                refresh()
            except VerbatimError:  # who asks is told
                continue
            except Exception as error:  # noqa: BLE001 - nobody else would hear of it
                report_fault(error, "following the store")

    def _copy_much(self) -> None:
        log.info("copying the news for times without the database")
        try:
            with suppress(StoreAway, OtherEncoder), self._store.current():
                self._try_to_copy()
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            report_fault(error, "copying the news")

    def _try_to_copy(self) -> None:
        """Copy what is missing; what keeps the copy from being written is no reason not to answer."""
        if self._copy is None:
            return
        try:
            self._copy.sync(self._store, self._check_course)
            self._is_failing = False
        except StoreAway:
            raise
        except BusyIndex as error:
            if not self._is_failing:
                log.warning("the copy of the news could not be written", why=str(error))
            self._is_failing = True

    def _check_course(self) -> None:
        if self._stopped.is_set():
            raise StoreAway("closing")
        self._store.check_encoder(self._fingerprint)
