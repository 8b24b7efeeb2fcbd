"""What each command of `verbatim feeds` does, and what it says."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.cli.answer_view import plain
from bot.cli.open_archive import notes, opened, output
from bot.config import Settings
from bot.shutdown import ShutdownSignal
from index import FeedCheck, FeedManager, FeedStatus, VerbatimError

STOPPING = 10.0  # seconds for ending what is under way
REFUSALS = 3  # pages without an article that `check` names


def run_add(settings: Settings, urls: Sequence[str]) -> int:
    """Look at every address and follow the feeds there; 1 if one was none."""
    faults = 0
    with _desk(settings) as desk, notes().status("Looking at the feeds ..."):
        for url in urls:
            checked = asyncio.run(desk.preview(url))
            if checked.feed is None:
                faults += 1
                _say(f"not added: {_place(url, str(checked.error))}")
                continue
            new = desk.add(checked)
            _say(f"{'added' if new else 'followed already'}: {_described(checked)} · {checked.url}")
    _hint(settings)
    return 1 if faults else 0


def run_list(settings: Settings) -> int:
    """Print every feed, two lines each."""
    with _desk(settings) as desk:
        listed = desk.statuses()
    if not listed:
        _say("No feed is followed. Add one: verbatim feeds add URL")
    for one in listed:
        for line in lines_of(one, time.time()):
            _say(line)
    return 0


def run_remove(settings: Settings, url: str) -> int:
    """Follow a feed no more; 1 if it was not followed."""
    with _desk(settings) as desk:
        removed = desk.remove(url)
    if removed:
        _say(f"removed: {url} · its articles stay in the index")
        return 0
    notes().print(f"This feed is not followed: {plain(url)}", markup=False)
    return 1


def run_check(settings: Settings, urls: Sequence[str]) -> int:
    """Look at feeds and say what was found; 1 if something is wrong with one."""
    with _desk(settings) as desk:
        urls = urls or [one.feed.url for one in desk.statuses()]
        if not urls:
            _say("No feed is followed. Add one: verbatim feeds add URL")
        with notes().status("Looking at the feeds ..."):
            found = asyncio.run(desk.check(urls))
        for url, checked in zip(urls, found, strict=True):
            for line in findings(url, checked):
                _say(line)
            if feed := desk.find(checked.url):
                for page, reason in desk.refusals(feed, REFUSALS):
                    _say(f"      lately not taken in: {_place(page, reason)}")
    return 1 if any(checked.error for checked in found) else 0


def run_import(settings: Settings, file: str) -> int:
    """Follow every feed of an OPML file."""
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise VerbatimError(
            f"{file} cannot be read ({getattr(error, 'strerror', None) or error})."
        ) from error
    with _desk(settings) as desk:
        new, known = desk.import_opml(body)
    _say(f"{_feeds(new)} added, {known:,} followed already. They are looked at when Verbatim runs.")
    _hint(settings)
    return 0


def run_export(settings: Settings) -> int:
    """Write the OPML list to standard output, as bytes."""
    with _desk(settings) as desk:
        sys.stdout.buffer.write(desk.export_opml())
    return 0


def run_watch(settings: Settings) -> int:
    """Follow the feeds until SIGINT or SIGTERM."""
    from bot import logs
    from index import FeedWorker

    logs.configure_logging(settings.log_level)
    wish = ShutdownSignal()
    with wish.installed(), opened(settings) as archive:
        watch = FeedWorker(archive, settings.data, settings.fetching)

        async def follow() -> bool:
            stop = wish.on_this_loop()
            watch.start()
            await stop.wait()
            return await watch.stop(STOPPING)

        ended = asyncio.run(follow())
    return 0 if ended else 1


def findings(url: str, checked: FeedCheck) -> Iterator[str]:
    """Say what a look at a feed found, first in a word: `ok`, `note` or `fix`."""
    if checked.feed is None:
        yield f"fix: {_place(url, str(checked.error))}"
        return
    lines = list(checked.feed.warnings)
    if not checked.feed.items:
        lines.append("it announces nothing")
    if checked.article_error:
        lines.append(f"its newest page is no article: {checked.article_error}")
    elif checked.article_from_feed:
        lines.append("its newest page cannot be had; the text that the feed carries is taken")
    yield f"{'note' if lines else 'ok'}: {_described(checked)} · {checked.url}"
    for line in lines:
        yield f"      {line}"


def lines_of(listed: FeedStatus, now: float) -> Iterator[str]:
    """Describe one feed: its name and address, then how it fares."""
    feed = listed.feed
    yield f"{feed.name} · {feed.url}" if feed.title else feed.url
    facts = [feed.kind or "not looked at yet", f"{listed.stored_articles:,} articles"]
    if waiting := listed.waiting_pages:
        facts.append(f"{waiting:,} waiting")
    if feed.last_new_item:
        facts.append(f"something new {ago(now - feed.last_new_item)}")
    if feed.paused:
        facts.append("PAUSED, looked at once a day")
    elif feed.interval:
        facts.append(f"looked at every {duration(feed.interval)}")
    if feed.error_text:
        facts.append(f"failed {feed.failures:,} times: {feed.error_text}")
    yield f"      {' · '.join(facts)}"


def ago(seconds: float) -> str:
    """Say how long ago something was: `5 minutes ago`."""
    return "just now" if seconds < 60 else f"{duration(seconds)} ago"


def duration(seconds: float) -> str:
    """Say how long something takes, in one unit: `45 seconds`, `6 minutes`, `2 hours`, `3 days`."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length or (seconds >= length and unit != "day"):
            number = round(seconds / length)
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return f"{round(seconds)} seconds"


@contextmanager
def _desk(settings: Settings) -> Iterator[FeedManager]:
    desk = FeedManager(settings.data, settings.fetching)
    try:
        yield desk
    finally:
        desk.close()


def _described(checked: FeedCheck) -> str:
    feed = checked.feed
    if feed is None:
        return checked.url
    number = len(feed.items)
    newest = feed.items[0].published.timestamp() if feed.items and feed.items[0].published else None
    age = f", newest {ago(time.time() - newest)}" if newest else ""
    return f"{feed.title or 'without a name'} · {feed.kind} · {number:,} {'item' if number == 1 else 'items'}{age}"


def _place(url: str, fault: str) -> str:
    return fault if url in fault else f"{url}: {fault}"


def _feeds(number: int) -> str:
    return f"{number:,} {'feed' if number == 1 else 'feeds'}"


def _hint(settings: Settings) -> None:
    if not settings.contact:
        notes().print("Set VERBATIM_CONTACT, so that the sites can reach you if need be.")


def _say(line: str) -> None:
    indent = len(line) - len(line.lstrip())
    output().print(" " * indent + plain(line), markup=False, soft_wrap=True)
