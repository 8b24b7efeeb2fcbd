"""Building indexes anew in a thread of its own: how far it is, and giving it up."""

import threading
from collections.abc import Callable

from index.fault_report import report_fault

SAID_EVERY = 10  # percent; judged


class BuildCancelled(Exception):  # noqa: N818 - nothing went wrong
    """A build that was given up because the indexes are being closed; the next start goes on."""


class IndexBuild:
    """How far the indexes are that a thread makes from the store."""

    def __init__(self, articles: int, say: Callable[[int], object]) -> None:
        """`say` is called with the percent that are done, now and then. It is this thread that builds, or a new one."""
        self._steps = 2 * articles  # each is read for its vectors and for its words
        self._done = 0
        self._say = say
        self._thread = threading.current_thread()
        self._cancelled = threading.Event()
        self._lock = threading.Lock()  # over the next two
        self._is_deferred = False
        self.is_done = False

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 99."""
        return min(99, 100 * self._done // max(1, self._steps))

    @property
    def is_own_thread(self) -> bool:
        """Return True in the thread that builds."""
        return threading.current_thread() is self._thread

    def run_in_thread(self, work: Callable[[], None]) -> None:
        """Begin to build in a thread of its own."""

        def run() -> None:
            try:
                work()
            except BuildCancelled:
                return
            except Exception as error:  # noqa: BLE001 - nobody else would hear of it
                report_fault(error, "making the indexes")

        self._thread = threading.Thread(target=run, name="building", daemon=True)
        self._thread.start()

    def count(self, steps: int = 1) -> None:
        """Count one step, or some. Raise BuildCancelled."""
        self.wait(0)
        before = self.percent
        self._done += steps
        if self.percent // SAID_EVERY > before // SAID_EVERY:
            self._say(self.percent)

    def defer(self) -> bool:
        """Leave to the build what has been committed meanwhile; return False when that is too late."""
        with self._lock:
            self._is_deferred = True
            return not self.is_done

    def end(self) -> None:
        """Be done, unless something was deferred since the last time."""
        with self._lock:
            self.is_done, self._is_deferred = not self._is_deferred, False

    def wait(self, seconds: float) -> None:
        """Wait. Raise BuildCancelled."""
        if self._cancelled.wait(seconds) if seconds else self._cancelled.is_set():
            raise BuildCancelled

    def cancel(self) -> None:
        """Let the build raise BuildCancelled, and wait for its thread to end."""
        self._cancelled.set()
        if not self.is_own_thread:
            self._thread.join()
