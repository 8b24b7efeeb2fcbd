"""The running bot as an operator sees it: its parts, as they come up, and which of them work."""

from dataclasses import dataclass

from bot.gateway.connection import GatewayStatus, GatewaySupervisor
from bot.services.query_service import QueryService
from bot.shards import number_ranges
from index import Archive, FeedManager, FeedWorker, FeedWorkerState

OK = "ok"
_FEEDS = {FeedWorkerState.FOLLOWING: OK, FeedWorkerState.ELSEWHERE: "ok: another process follows them"}


@dataclass(slots=True)
class BotStatus:
    """The parts of the bot; each is None until it is there."""

    archive: Archive | None = None
    service: QueryService | None = None
    feeds: FeedManager | None = None
    worker: FeedWorker | None = None
    gateway: GatewaySupervisor | None = None
    is_waiting: bool = False  # for a database, before anything else

    @property
    def is_stopping(self) -> bool:
        """Return True once the bot is to end."""
        return self.service is not None and self.service.stopping

    def checks(self) -> dict[str, str]:
        """Return for Discord, the index and the feeds whether it works: a text that begins with "ok", or why not."""
        if self.is_stopping:
            return dict.fromkeys(("discord", "index", "feeds"), "stopping")
        state = self.worker.state if self.worker else FeedWorkerState.STARTING
        return {
            "discord": self._discord(),
            "index": self._index(),
            "feeds": _FEEDS.get(state, state.value),
        }

    def _discord(self) -> str:
        """Return whether Discord is connected; of several shards, which are not."""
        now = self.gateway.status() if self.gateway else GatewayStatus()
        if now.is_connected:
            return OK
        lost = [shard.number for shard in now.shards if not shard.is_connected]
        return (
            f"not connected: shards {number_ranges(lost)}"
            if lost and len(now.shards) > 1
            else "not connected"
        )

    def _index(self) -> str:
        """Return whether the index answers and follows the store; while it is made, how far it is."""
        if self.archive is None:
            return "waiting for the database" if self.is_waiting else "opening"
        if self.archive.is_behind():
            return "answers, but no news comes in: the store is out of reach"
        percent = self.archive.percent_built
        return OK if percent is None else f"{percent} % made"


def is_ready(checks: dict[str, str]) -> bool:
    """Return True if all of `BotStatus.checks` are ok."""
    return all(text.startswith(OK) for text in checks.values())
